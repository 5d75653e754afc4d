//! From a simulated or stored run to what is printed about it.

use std::path::Path;

use super::exit::Failure;
use super::output::{Output, write_file};
use crate::analysis::fan::plans_fans;
use crate::analysis::{Facts, PublishedFigure, Reference};
use crate::ensemble::{Columns, Outline};
use crate::report::{RunFacts, chart};
use crate::scenario::published::Figure;
use crate::scenario::{Published, Scenario};
use crate::store::RunRecord;

/// What is said about a scenario's programme beside its statistics.
pub fn facts(scenario: &Scenario) -> Facts {
    let reference = |(name, ratio): &(String, f64)| Reference { name: name.clone(), ratio: *ratio };
    let facts = Facts::new(
        &scenario.programme,
        scenario.title.clone(),
        scenario.question.clone(),
        scenario.reference_class.iter().map(reference).collect(),
    );
    let forecast = scenario.published.iter().filter_map(|figure| published(scenario, figure));
    Facts { published: forecast.collect(), ..facts }
}

/// A published figure that a run forecasts; `None` for one that the rules give.
fn published(scenario: &Scenario, figure: &Published) -> Option<PublishedFigure> {
    let (metric, by) = match &figure.figure {
        Figure::Computed(_) => return None,
        Figure::Count { until, .. } => {
            (figure.written.clone(), Some(scenario.programme.calendar.date(*until)))
        }
        Figure::Forecast { column } => (column.clone(), None),
    };
    Some(PublishedFigure {
        name: figure.name.clone()?,
        locality: figure.locality.clone(),
        option: figure.option.clone(),
        metric,
        by,
        value: figure.value.statistic(),
        known: figure.known.word().to_owned(),
        source: figure.source.clone(),
    })
}

/// What is said about a run in the ledger.
pub fn run_facts(record: &RunRecord) -> RunFacts {
    RunFacts {
        run: Some(record.id.to_string()),
        workcast: record.head.engine_version.clone(),
        created: record.head.created.clone(),
        purpose: record.head.purpose.to_string(),
        extends: record.head.extends.as_ref().map(ToString::to_string),
        status: record.status.to_string(),
        title: record.head.title.clone(),
        hash: record.head.scenario_hash.clone(),
        seed: record.head.seed,
        replicates: record.replicates,
    }
}

/// What is said about a run that could not be stored.
pub fn unstored(scenario: &Scenario, outline: &Outline) -> RunFacts {
    RunFacts {
        run: None,
        workcast: env!("CARGO_PKG_VERSION").to_owned(),
        title: scenario.title.clone(),
        hash: scenario.hash().to_owned(),
        seed: outline.seed,
        replicates: outline.replicates,
        ..RunFacts::default()
    }
}

/// Draws plans over time, if a picture is asked for.
///
/// # Errors
///
/// [`Failure::File`] where it cannot be drawn or written, and where a column cannot be read.
pub fn draw<C: Columns>(
    columns: &C,
    facts: &Facts,
    path: Option<&Path>,
    output: &Output,
) -> Result<(), Failure>
where
    Failure: From<C::Error>,
{
    let Some(path) = path else { return Ok(()) };
    let picture = chart::months::plans(&plans_fans(columns, facts)?, facts)
        .map_err(|error| Failure::File(format!("cannot draw {}: {error}", path.display())))?;
    write_file(path, &picture.whole)?;
    output.remark(&format!("Drew plans over time in {}.", path.display()));
    Ok(())
}
