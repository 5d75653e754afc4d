//! Values with their ranges beneath each other: places, cases, groups of people, inputs and pairs.

use super::canvas::{ChartError, Panel, Words, figure};
use super::rows::{Mark, Rows, ends_of, height, told};
use crate::analysis::rounding::half_width;
use crate::analysis::{Drivers, Estimate, Forecast, Variation};
use crate::model::Kind;
use crate::report::figure::Figure;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number::{alone, mean_alone, with_error};
use crate::report::{localities, reach, variation as cases, words};

/// Width of a panel of places, and of one with longer labels, in pixels.
const NARROW: u32 = 320;
const WIDE: u32 = 420;

/// A panel's heading, what it says, and its rows.
type Part = (String, String, Rows);

fn drawn(words: Words, grid: Grid, width: u32, parts: Vec<Part>) -> Result<Figure, ChartError> {
    let rows = parts.iter().map(|(_, _, rows)| rows.marks.len()).max().unwrap_or(0);
    let panels = parts.into_iter().map(|(heading, said, rows)| Panel {
        heading,
        said,
        told: told(&rows.marks),
        draw: Box::new(move |area| rows.draw(area)),
    });
    let panels: Vec<Panel<'_>> = panels.collect();
    figure(words, grid, (width, height(rows)), &panels)
}

/// Plans of every locality under every option, with its agreed number.
///
/// # Errors
///
/// Where there is only one locality, or drawing fails.
pub fn by_locality(forecast: &Forecast) -> Result<Figure, ChartError> {
    let grid = localities::grids(forecast).into_iter().next().ok_or(ChartError::Empty)?;
    let parts = forecast.facts.localities.iter().map(|locality| {
        let marks = forecast.options.iter().filter_map(|option| {
            let place = option.place(Some(&locality.name))?;
            let plans = place.statistic("plans")?;
            let chance = place.statistic("target_met").map(|met| alone(met.kind, met.mean));
            let chance = chance.map_or_else(String::new, |chance| format!("; {chance}"));
            Some(Mark {
                label: option.name.clone(),
                from: None,
                to: plans.mean.value,
                range: Some((plans.p10().value, plans.p90().value)),
                said: format!("{}{chance}", mean_alone(plans)),
                strong: false,
            })
        });
        let marks: Vec<Mark> = marks.collect();
        let agreed = locality.agreed as f64;
        let ends = ends_of(marks.iter(), Some(agreed));
        let agreed_words = format!("agreed {}", alone(Kind::People, Estimate::known(agreed)));
        let line = (agreed > 0.0).then_some((agreed, agreed_words));
        let said = "Mean plans; chance of the agreed number".to_owned();
        (locality.name.clone(), said, Rows { marks, kind: Kind::People, ends, line })
    });
    let parts: Vec<Part> = parts.collect();
    let words = Words {
        name: "localities",
        title: "Action plans in each locality".to_owned(),
        description: format!(
            "Mean plans of {} localities under each option, beside the agreed number of each; every locality \
             has a scale of its own.",
            parts.len()
        ),
        note: "Dot: the mean. Line: 8 worlds in 10. Dashed: the agreed number. Every locality has its own scale."
            .to_owned(),
    };
    drawn(words, grid, NARROW, parts)
}

/// Mean plans under every case of a variation, with the base case across.
///
/// # Errors
///
/// Where there is no case, or drawing fails.
pub fn by_case(variation: &Variation) -> Result<Figure, ChartError> {
    let base = variation.cases.first().ok_or(ChartError::Empty)?;
    let plans = |case: &crate::analysis::variation::Case, option: &str| {
        case.options.iter().find(|known| known.name == option)?.figure("plans")?.mean
    };
    let changes = |case: &&crate::analysis::variation::Case| {
        std::ptr::eq(*case, base) || !cases::is_unchanged(&case.options, "plans")
    };
    let shown: Vec<_> = variation.cases.iter().filter(changes).collect();
    let parts = base.options.iter().map(|option| {
        let marks = shown.iter().filter_map(|&case| {
            let mean = plans(case, &option.name)?;
            let half = half_width(mean).unwrap_or(0.0);
            Some(Mark {
                label: case.label.clone(),
                from: None,
                to: mean.value,
                range: Some((mean.value - half, mean.value + half)),
                said: alone(Kind::People, mean),
                strong: std::ptr::eq(case, base),
            })
        });
        let marks: Vec<Mark> = marks.collect();
        let line = plans(base, &option.name).map(|mean| (mean.value, "base case".to_owned()));
        (option.name.clone(), marks, line)
    });
    let parts: Vec<_> = parts.collect();
    let ends = ends_of(parts.iter().flat_map(|(_, marks, _)| marks), None);
    let worst = |marks: &[Mark]| {
        let least = marks.iter().skip(1).min_by(|a, b| a.to.total_cmp(&b.to));
        least.map_or_else(String::new, |least| format!("fewest: {} ({})", least.said, least.label))
    };
    let described = parts.iter().map(|(name, marks, _)| format!("{name}: {}", worst(marks)));
    let described = described.collect::<Vec<_>>().join("; ");
    let rows = |(name, marks, line): (String, Vec<Mark>, Option<(f64, String)>)| {
        let said = worst(&marks);
        (name, said, Rows { marks, kind: Kind::People, ends, line })
    };
    let words = Words {
        name: "stresses",
        title: "Action plans when something goes wrong".to_owned(),
        description: format!("Mean plans in the base case and under each stress. {described}."),
        note: format!(
            "Dot: the mean of all worlds, with its error (95%). Dashed: the base case. {} of {} stresses change no \
             option's plans and are left out.",
            variation.cases.len() - shown.len(),
            variation.cases.len() - 1
        ),
    };
    drawn(words, cases::grid(variation), WIDE, parts.into_iter().map(rows).collect())
}

/// Plans for each hundred referrals, by every value of every attribute.
///
/// # Errors
///
/// Where people differ by nothing, or drawing fails.
pub fn by_attribute(forecast: &Forecast) -> Result<Figure, ChartError> {
    let place = main_place(forecast);
    let mut parts: Vec<Part> = Vec::new();
    for attribute in &forecast.facts.attributes {
        let mut marks = Vec::new();
        for value in &attribute.values {
            for option in &forecast.options {
                let groups = option.place(place).map_or(&[][..], |place| &place.reach);
                let group =
                    groups.iter().find(|g| g.attribute == attribute.name && g.value == *value);
                let Some(rate) = group.and_then(|group| group.plans_per_referral) else { continue };
                let rate = reach::hundred(rate);
                let half = half_width(rate).unwrap_or(0.0);
                marks.push(Mark {
                    label: format!("{value}: {}", option.name),
                    from: None,
                    to: rate.value,
                    range: Some((rate.value - half, rate.value + half)),
                    said: alone(Kind::Number, rate),
                    strong: false,
                });
            }
        }
        if !marks.is_empty() {
            let ends = ends_of(marks.iter(), None);
            let rows = Rows { marks, kind: Kind::Number, ends, line: None };
            let said = "Action plans for each 100 referrals".to_owned();
            parts.push((format!("By {}", attribute.name), said, rows));
        }
    }
    let names = forecast.facts.attributes.iter().map(|attribute| attribute.name.clone());
    let words = Words {
        name: "reach",
        title: "Who is reached".to_owned(),
        description: format!(
            "Action plans for each 100 referrals by {}, under each option.",
            words::list(&names.collect::<Vec<_>>())
        ),
        note: "Dot: over all worlds, with its error (95%).".to_owned(),
    };
    let grids = reach::grids(forecast, place);
    drawn(words, joined(&grids), WIDE, parts)
}

/// Tables of the same columns as one.
fn joined(grids: &[Grid]) -> Grid {
    let Some(first) = grids.first() else { return Grid::default() };
    let mut all = Grid::new("Group", first.header.clone(), Vec::new());
    for grid in grids {
        all.rows.push(Row::new(grid.corner.clone(), Vec::new()));
        let mut label = "";
        for row in &grid.rows {
            // A value's name stands once in a table; a row by itself says which it is of.
            label = if row.label.is_empty() { label } else { &row.label };
            all.rows.push(Row::new(label, row.cells.clone()));
        }
    }
    all
}

/// The inputs that plans go with, under every option.
///
/// # Errors
///
/// Where nothing is uncertain, or drawing fails.
pub fn by_input(found: &[Drivers]) -> Result<Figure, ChartError> {
    let parts = found.iter().filter(|drivers| !drivers.strongest.is_empty()).map(|drivers| {
        let marks = drivers.strongest.iter().map(|driver| {
            let half = half_width(driver.correlation).unwrap_or(0.0);
            let value = driver.correlation.value;
            Mark {
                label: words::path(&driver.path),
                from: Some(0.0),
                to: value,
                range: Some((value - half, value + half)),
                said: format!("{value:+.2}"),
                strong: true,
            }
        });
        let heading = format!("{}, {}", words::metric(&drivers.metric), drivers.option);
        let rows =
            Rows { marks: marks.collect(), kind: Kind::Number, ends: (-1.0, 1.0), line: None };
        (heading, "Rank correlation: -1 against, 0 none, +1 together".to_owned(), rows)
    });
    let parts: Vec<Part> = parts.collect();
    let first = found.iter().filter_map(|drivers| {
        let first = drivers.strongest.first()?;
        Some(format!(
            "{} under {}: {} ({:+.2})",
            words::metric(&drivers.metric),
            drivers.option,
            words::path(&first.path),
            first.correlation.value
        ))
    });
    let rows = found.iter().flat_map(|drivers| {
        drivers.strongest.iter().map(|driver| {
            let error = half_width(driver.correlation)
                .map_or_else(String::new, |half| format!(" ± {half:.2}"));
            [
                driver.path.clone(),
                words::metric(&drivers.metric).to_owned(),
                drivers.option.clone(),
                format!("{:+.2}{error}", driver.correlation.value),
            ]
        })
    });
    let words = Words {
        name: "drivers",
        title: "What matters most among what is uncertain".to_owned(),
        description: format!("The strongest input of each outcome. {}.", first.collect::<Vec<_>>().join("; ")),
        note: "Bar: rank correlation of the outcome with the input; the thin line is its error (95%). Inputs that the \
               scenario ties together share each other's number."
            .to_owned(),
    };
    let grid =
        Grid::plain(["Input", "Outcome", "Option", "Rank correlation (95%)"], rows.collect());
    drawn(words, grid, WIDE, parts)
}

/// Of pairs of options, in how many worlds the one has more than the other.
const PAIRED: [&str; 4] = ["plans", "unclaimed", "cash_gap", "cost"];

/// In how many worlds one option has more than another.
///
/// # Errors
///
/// Where there is only one option, or drawing fails.
pub fn by_pair(forecast: &Forecast) -> Result<Figure, ChartError> {
    let place = main_place(forecast);
    let pairs = |metric: &'static str| {
        forecast
            .comparisons
            .iter()
            .filter(move |pair| pair.locality.as_deref() == place && pair.metric == metric)
    };
    let parts = PAIRED.iter().map(|&metric| {
        let marks = pairs(metric).filter_map(|pair| {
            let found = pair.difference.as_ref()?;
            let half = half_width(found.greater).unwrap_or(0.0);
            Some(Mark {
                label: format!("{} above {}", pair.of, pair.with),
                from: Some(0.0),
                to: found.greater.value,
                range: Some((found.greater.value - half, found.greater.value + half)),
                said: alone(Kind::Chance, found.greater),
                strong: true,
            })
        });
        let line = Some((0.5, "half of the worlds".to_owned()));
        let rows = Rows { marks: marks.collect(), kind: Kind::Share, ends: (0.0, 1.0), line };
        (
            words::metric(metric).to_owned(),
            "Share of worlds in which the first has more".to_owned(),
            rows,
        )
    });
    let parts: Vec<Part> = parts.filter(|(_, _, rows)| !rows.marks.is_empty()).collect();
    let rows = PAIRED.iter().flat_map(|&metric| {
        pairs(metric).filter_map(move |pair| {
            let found = pair.difference.as_ref()?;
            Some([
                format!("{} above {}", pair.of, pair.with),
                words::metric(metric).to_owned(),
                with_error(Kind::Chance, found.greater),
                with_error(Kind::Chance, found.equal),
                crate::report::number::difference(pair.kind, found.mean),
            ])
        })
    });
    let each = pairs("plans").filter_map(|pair| {
        let found = pair.difference.as_ref()?;
        Some(format!(
            "{} above {} in {} of worlds",
            pair.of,
            pair.with,
            alone(Kind::Chance, found.greater)
        ))
    });
    let words = Words {
        name: "pairs",
        title: "World by world: which option has more".to_owned(),
        description: format!("Action plans: {}.", each.collect::<Vec<_>>().join("; ")),
        note: "Every option lives through the same worlds. Bar: the share of worlds in which the first has more, with \
               its error (95%)."
            .to_owned(),
    };
    let header = ["Pair", "Outcome", "More in", "The same in", "Mean difference"];
    drawn(words, Grid::plain(header, rows.collect()), WIDE, parts)
}
