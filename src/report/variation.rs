//! What `stress` and `vary` print: every case under every option, figure by figure.

use super::number::{alone, difference};
use super::table::{Row, draw, indented, wrapped};
use super::words;
use crate::analysis::Variation;
use crate::analysis::variation::{Case, Figure, VARIED};
use crate::model::Kind;

/// One table: for each figure the base case and every variant, options beside each other.
pub fn text(variation: &Variation, title: &str) -> String {
    let header = options(variation);
    let mut rows = Vec::new();
    for metric in VARIED {
        rows.push(Row::new(words::metric(metric), Vec::new()));
        for case in &variation.cases {
            let cells = header.iter().map(|option| cell(case, option, metric));
            rows.push(Row::new(indented(&case.label), cells.collect()));
        }
    }
    let notes = "In brackets: what changes against the base case in the same worlds, and how far that \
                 may be off (±, 95%). Figures are means over all worlds, of the whole programme; \
                 shortfall counts worlds without one as nothing.";
    format!("{title}\n\n{}\n\n{}\n", draw("", &header, &rows), wrapped(notes, ""))
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

fn cell(case: &Case, option: &str, metric: &str) -> String {
    let figure = (case.options.iter())
        .find(|candidate| candidate.name == option)
        .and_then(|option| option.figures.iter().find(|figure| figure.metric.name == metric));
    figure.map_or_else(|| "-".to_owned(), with_change)
}

fn with_change(figure: &Figure) -> String {
    let kind: Kind = figure.metric.kind;
    let Some(mean) = figure.mean else { return "-".to_owned() };
    let mean = alone(kind, mean);
    match figure.difference {
        None => mean,
        Some(change) if change.value == 0.0 && change.se == Some(0.0) => format!("{mean} (same)"),
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
        let mut variation = Variation::new("Base case", &base);
        variation.add("43% fewer referrals", &with_fewer_plans(&base));
        variation.add("Council recruitment takes twice as long", &with_fewer_plans(&base));
        insta::assert_snapshot!(text(&variation, "Bury WorkWell: what could go wrong"));
    }
}
