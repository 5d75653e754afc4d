//! The first sheet: what the workbook is, how to read it, and what its sheets hold.

use rust_xlsxwriter::{Format, FormatAlign, Formula, Url, Worksheet, XlsxError};

use super::sheet::{broken, heading, page, row_height, shown, title};
use super::table::{AGREES, Table};
use crate::quantity::money::grouped;
use crate::report::{Subject, headline};

/// Characters of the column that is read.
const WIDTH: usize = 108;
/// What this sheet is called.
pub const NAME: &str = "About";

/// Writes it, for the sheets that follow.
///
/// # Errors
///
/// Where a library cannot write it.
pub fn sheet(
    subject: &Subject<'_>,
    tables: &[Table],
    footer: &str,
) -> Result<Worksheet, XlsxError> {
    let mut page_of = Page { sheet: Worksheet::new(), row: 2 };
    page_of.sheet.set_name(NAME)?;
    page_of.sheet.set_column_width(0, 30)?;
    page_of.sheet.set_column_width(1, WIDTH as f64)?;
    title(&mut page_of.sheet, &subject.forecast.facts.title)?;
    page_of.head("What this is", "")?;
    page_of.line("Workbook", "Forecast of one run of workcast, for finance officers: cash, claims, costs and what they rest on.")?;
    if let Some(question) = &subject.forecast.facts.question {
        page_of.line("The question", question)?;
    }
    for (index, sentence) in headline::sentences(subject.forecast).iter().enumerate() {
        page_of.line(if index == 0 { "What the run says" } else { "" }, sentence)?;
    }
    page_of.space();
    page_of.head("The run", "")?;
    for (what, value) in facts(subject) {
        page_of.line(what, &value)?;
    }
    page_of.space();
    page_of.head("How to read it", "")?;
    for (what, how) in READING {
        page_of.line(what, how)?;
    }
    page_of.space();
    page_of.head("Sheet", "What it holds")?;
    for table in tables {
        page_of.link(table)?;
    }
    page_of.space();
    page_of.head("Totals", "")?;
    page_of.checks(tables)?;
    let last = page_of.row - 1;
    let mut sheet = page_of.sheet;
    page(&mut sheet, footer);
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_area(0, 0, last, 1)?;
    Ok(sheet)
}

/// What every reader has to know.
const READING: [(&str, &str); 8] = [
    (
        "World",
        "One simulated course of the programme. Every option lives through the same worlds, so that options can be set beside each other.",
    ),
    (
        "Mean",
        "The average over all worlds. It need not be any world's own figure: 0.4 of a person is 4 worlds in 10 with one.",
    ),
    (
        "P10, P50, P90",
        "1 world in 10 lies below P10, half of them below P50, 1 in 10 above P90. 8 worlds in 10 lie between P10 and P90.",
    ),
    ("P80 provision", "What covers the shortfall in 8 worlds of 10."),
    (
        "Error (95%)",
        "How far the simulation itself may be off; more worlds narrow it. It is not what the world may do: that is P10 to P90.",
    ),
    (
        "What adds up",
        "Means add up: of months, years, lines and places. Ranges do not: the P90 of a year is not the sum of the P90 of its months, because not every month is bad at once. Never add P10, P50, P90 or provisions.",
    ),
    (
        "Money",
        "Pounds without VAT, negative with a minus and in red. Cells hold the mean to the fraction of a penny and show it to the penny; the error says how many digits mean anything.",
    ),
    ("Empty cells", "No such figure: not nothing."),
];

fn facts(subject: &Subject<'_>) -> Vec<(&'static str, String)> {
    let run = subject.run;
    let mut facts = vec![
        ("Run", run.run.clone().unwrap_or_else(|| "not kept in a ledger".to_owned())),
        ("Made by the command", run.purpose.clone()),
        ("Begun (UTC)", run.created.clone()),
        ("Status", run.status.clone()),
        (
            "Scenario",
            subject.scenario.files().first().map_or_else(String::new, |file| file.name.clone()),
        ),
        ("Hash of the scenario", run.hash.clone()),
        ("Seed", run.seed.to_string()),
        ("Replicates (worlds)", grouped(run.replicates)),
        ("Version of workcast", run.workcast.clone()),
    ];
    facts.retain(|(_, value)| !value.is_empty());
    facts
}

/// Two columns of text that grow downwards.
struct Page {
    sheet: Worksheet,
    row: u32,
}

impl Page {
    fn head(&mut self, first: &str, second: &str) -> Result<(), XlsxError> {
        let format = heading();
        self.sheet.write_string_with_format(self.row, 0, first, &format)?;
        self.sheet.write_string_with_format(self.row, 1, second, &format)?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, first: &str, second: &str) -> Result<(), XlsxError> {
        let format = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        self.sheet.write_string_with_format(self.row, 0, first, &bold)?;
        self.sheet.write_string_with_format(self.row, 1, shown(second), &format)?;
        row_height(&mut self.sheet, self.row, broken(second, WIDTH))?;
        self.row += 1;
        Ok(())
    }

    fn link(&mut self, table: &Table) -> Result<(), XlsxError> {
        let to = Url::new(format!("internal:'{}'!A1", table.sheet)).set_text(table.sheet);
        self.sheet.write_url(self.row, 0, to)?;
        self.sheet.write_string(self.row, 1, table.holds)?;
        self.row += 1;
        Ok(())
    }

    /// How many totals there are, and how many of them agree with the engine.
    fn checks(&mut self, tables: &[Table]) -> Result<(), XlsxError> {
        let with: Vec<&Table> = tables.iter().filter(|table| table.checks() > 0).collect();
        let made: usize = with.iter().map(|table| table.checks()).sum();
        let agreeing: usize = with.iter().map(|table| table.agreeing()).sum();
        self.line("Totals that are checked", &grouped(made as u64))?;
        if with.is_empty() {
            return Ok(());
        }
        let counts = with.iter().map(|table| {
            let columns = table.columns.len().saturating_sub(1) as u16;
            let range = rust_xlsxwriter::utility::cell_range_absolute(
                table.header() + 1,
                0,
                table.last(),
                columns,
            );
            format!("COUNTIF('{}'!{range},\"{AGREES}\")", table.sheet)
        });
        let formula = Formula::new(counts.collect::<Vec<_>>().join("+"));
        let formula = formula.set_result(agreeing.to_string());
        let format = Format::new().set_num_format("#,##0").set_align(FormatAlign::Left);
        let bold = Format::new().set_bold();
        self.sheet.write_string_with_format(self.row, 0, "Of them agree with the engine", &bold)?;
        self.sheet.write_formula_with_format(self.row, 1, formula, &format)?;
        self.row += 1;
        Ok(())
    }

    fn space(&mut self) {
        self.row += 1;
    }
}
