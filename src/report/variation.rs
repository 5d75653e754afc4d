//! What `stress` and `vary` print: every case under every option, figure by figure.

use super::grid::{Grid, Row};
use super::number::{alone, difference};
use super::table::{draw, indented, wrapped};
use super::words;
use crate::analysis::variation::{CaseOption, Figure, VARIED};
use crate::analysis::{Facts, Variation};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// How the table is read.
pub const NOTE: &str = "In brackets: what changes against the base case in the same worlds, and how far that may be \
     off (±, 95%). Figures are means over all worlds, of the whole programme; shortfall counts \
     worlds without one as nothing.";

/// For each figure the base case and every variant that changes it, options beside each other;
/// with several localities, each case's plans by locality beneath.
pub fn text(variation: &Variation, title: &str, facts: &Facts) -> String {
    let mut notes = NOTE.to_owned();
    if let Some(like) = words::like_services(facts) {
        let agreed = grouped(facts.agreed(None).unsigned_abs());
        notes += &format!(" {agreed} action plans are agreed; {like}.");
    }
    let mut parts = vec![title.to_owned(), draw(&grid(variation))];
    parts.extend(by_locality(variation).as_ref().map(draw));
    parts.push(wrapped(&notes, ""));
    parts.join("\n\n") + "\n"
}

/// Every case under every figure that it changes.
pub fn grid(variation: &Variation) -> Grid {
    let header = options(variation);
    let mut rows = Vec::new();
    for metric in VARIED {
        rows.push(Row::new(words::metric(metric), Vec::new()));
        let under = variation.cases.iter().map(|case| (case.label.as_str(), &case.options[..]));
        rows.extend(collapsed(under, "cases", &header, metric));
    }
    Grid::new("", header, rows)
}

/// Plans of every locality in every case; nothing where there is only one locality.
pub fn by_locality(variation: &Variation) -> Option<Grid> {
    let header = options(variation);
    let mut rows = Vec::new();
    for case in variation.cases.iter().filter(|case| !case.localities.is_empty()) {
        if case.localities.iter().all(|place| is_unchanged(&place.options, "plans")) {
            rows.push(Row::new(case.label.clone(), vec!["(same)".to_owned(); header.len()]));
            continue;
        }
        rows.push(Row::new(case.label.clone(), Vec::new()));
        let under = case.localities.iter().map(|place| (place.name.as_str(), &place.options[..]));
        rows.extend(collapsed(under, "localities", &header, "plans"));
    }
    (!rows.is_empty()).then(|| Grid::new("Action plans by locality", header, rows))
}

/// A row for each case or locality in which a figure changes under some option, and one for all
/// others together.
fn collapsed<'a>(
    all: impl Iterator<Item = (&'a str, &'a [CaseOption])>,
    noun: &str,
    header: &[String],
    metric: &str,
) -> Vec<Row> {
    let (same, changed): (Vec<_>, Vec<_>) =
        all.partition(|(_, options)| is_unchanged(options, metric));
    let row = |(label, options): &(&str, &[CaseOption])| {
        let cells = header.iter().map(|option| cell(options, option, metric));
        Row::new(indented(label), cells.collect())
    };
    let mut rows: Vec<Row> = changed.iter().map(row).collect();
    match &same[..] {
        [] => {}
        [only] => rows.push(row(only)),
        many => {
            let others = if changed.is_empty() { "All" } else { "The other" };
            let label = indented(&format!("{others} {} {noun}", many.len()));
            rows.push(Row::new(label, vec!["(same)".to_owned(); header.len()]));
        }
    }
    rows
}

/// Whether a figure is the base case's in every world under every option.
pub fn is_unchanged(options: &[CaseOption], metric: &str) -> bool {
    let mut figures = options.iter().filter_map(|option| option.figure(metric)).peekable();
    figures.peek().is_some() && figures.all(Figure::is_unchanged)
}

/// Every option of any case, in the order in which they first stand.
fn options(variation: &Variation) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for option in variation.cases.iter().flat_map(|case| &case.options) {
        if !names.contains(&option.name) {
            names.push(option.name.clone());
        }
    }
    names
}

fn cell(options: &[CaseOption], option: &str, metric: &str) -> String {
    let option = options.iter().find(|candidate| candidate.name == option);
    let figure = option.and_then(|option| option.figure(metric));
    figure.map_or_else(|| "-".to_owned(), with_change)
}

fn with_change(figure: &Figure) -> String {
    let kind: Kind = figure.metric.kind;
    let Some(mean) = figure.mean else { return "-".to_owned() };
    let mean = alone(kind, mean);
    match figure.difference {
        None => mean,
        Some(_) if figure.is_unchanged() => format!("{mean} (same)"),
        // Two amounts of money beside each other are wider than a column.
        Some(change) if kind == Kind::Money => format!("{mean}\n({})", difference(kind, change)),
        Some(change) => format!("{mean} ({})", difference(kind, change)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::synthetic;
    use crate::ensemble::{ColumnData, Results};

    fn with_fewer_plans(results: &Results) -> Results {
        let mut fewer = results.clone();
        for place in fewer.options.iter_mut().flat_map(|option| &mut option.places) {
            for column in &mut place.metrics {
                let changes = ["plans", "unclaimed"].contains(&column.metric.name.as_str());
                let ColumnData::Whole(values) = &mut column.data else { continue };
                values.iter_mut().filter(|_| changes).for_each(|value| *value = *value * 57 / 100);
            }
        }
        fewer
    }

    #[test]
    fn every_case_stands_under_every_figure() {
        let base = synthetic::three_options(256);
        let mut variation = Variation::new("Base case", &base).unwrap();
        variation.add("43% fewer referrals", &with_fewer_plans(&base)).unwrap();
        variation.add("Council recruitment takes twice as long", &with_fewer_plans(&base)).unwrap();
        let facts = synthetic::facts();
        insta::assert_snapshot!(text(&variation, "Bury WorkWell: what could go wrong", &facts));
    }
}
