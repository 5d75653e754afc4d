//! `workcast report RUN --out DIR`: what a board, a finance team, a committee clerk and an analyst take
//! away from a stored run. All of it comes from the ledger; nothing is simulated.

mod files;
mod tried;

use super::answer;
use super::args::Reported;
use super::described::Described;
use super::exit::Failure;
use super::export::Taken;
use super::output::Output;
use super::show::has_replicates;
use crate::analysis::{RunComparison, drivers, histogram, plans_fans};
use crate::report::board::{Board, pictures::pictures};
use crate::report::docx::docx;
use crate::report::export::Format;
use crate::report::figure::Figure;
use crate::report::paper::paper;
use crate::report::{RunFacts, chart, headline, html, workbook};
use crate::store::Ledger;
use files::Files;
use tried::Tried;

/// The amounts whose spread over the worlds is shown.
const SPREAD: [&str; 2] = ["unclaimed", "shortfall"];

/// Writes the report of a run, beside another if one is named.
///
/// # Errors
///
/// Where there is no such run, or the ledger cannot be read; where this version of the program reads
/// the stored scenario otherwise than the one that made the run; where a file is there already, or
/// cannot be written. Then none of the files appears.
pub fn report(
    asked: &str,
    other: Option<&str>,
    reported: &Reported,
    output: &Output,
) -> Result<(), Failure> {
    let ledger = Ledger::open(&output.db)?;
    let mut described = Described::read(&ledger, asked)?;
    described.forecast = described.forecast.with_months(&described.columns)?;
    if let Some(least) = reported.round_counts {
        described.forecast = described.forecast.rounding_counts(least);
    }
    let subject = described.subject();
    let Described { record, columns, scenario, forecast, .. } = &described;
    let mut spreads = Vec::new();
    for metric in SPREAD {
        spreads.extend(histogram(columns, metric)?);
    }
    let tried = Tried::find(&ledger, record, scenario, columns)?;
    let beside = other.map(|asked| beside(&ledger, asked, &record.id)).transpose()?;
    let board = Board {
        subject: &subject,
        drivers: &drivers(columns)?,
        fans: &plans_fans(columns, &forecast.facts)?,
        spreads: &spreads,
        stresses: tried.stresses.as_ref(),
        tried: &tried.rows,
        other: beside.as_ref().map(|(run, comparison)| (run, comparison)),
    };
    let figures = pictures(&board).map_err(not_drawn)?;

    let mut files = Files::into(&reported.out, reported.force)?;
    let about = headline::making(forecast, subject.run);
    files.add("report.html", html::page(&board.document(&figures), &about).as_bytes())?;
    let workbook = workbook(&subject).map_err(|error| Failure::File(error.to_string()))?;
    files.add("workbook.xlsx", &workbook)?;
    let mut pictures = Vec::new();
    for figure in &figures {
        pictures.push((figure, chart::png(&figure.whole).map_err(not_drawn)?));
    }
    let drawn = |figure: &Figure| {
        let found = pictures.iter().find(|(known, _)| known.name == figure.name);
        found.map(|(_, png)| png.clone())
    };
    let paper = docx(&paper(&subject, &figures), subject.run, &drawn);
    let paper = paper.map_err(|error| Failure::File(error.to_string()))?;
    files.add("board-paper.docx", &paper)?;
    for (figure, png) in &pictures {
        files.add(&format!("charts/{}.svg", figure.name), figure.whole.as_bytes())?;
        files.add(&format!("charts/{}.png", figure.name), png)?;
    }
    if !reported.no_data {
        let taken = Taken { record, columns };
        let tables = taken.tables(Some(scenario));
        for (format, folder) in [(Format::Csv, "data"), (Format::Parquet, "data/parquet")] {
            let folder = files.folder(folder, &taken.names(&tables, format, true))?;
            let (_, waiting) = taken.write(&tables, Some(forecast), format, &folder)?;
            files.wait_for(waiting);
        }
    }
    let names = files.appear()?;
    if output.json {
        output.json(&serde_json::json!({ "run": record.id, "out": reported.out, "files": names }));
    }
    output.remark(&format!("Wrote {} files into {}.", names.len(), reported.out.display()));
    Ok(())
}

/// Another run, and what this one differs by from it.
fn beside(
    ledger: &Ledger,
    asked: &str,
    id: &crate::store::RunId,
) -> Result<(RunFacts, RunComparison), Failure> {
    let other = ledger.resolve(asked)?;
    let record = ledger.record(&other)?;
    has_replicates(&record)?;
    let comparison = RunComparison::new(&ledger.stored(id)?, &ledger.stored(&other)?)?;
    Ok((answer::run_facts(&record), comparison))
}

fn not_drawn(error: chart::ChartError) -> Failure {
    Failure::File(error.to_string())
}
