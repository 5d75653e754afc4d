//! What `runs`, `show` and `compare` print.

use super::grid::{Grid, Row};
use super::number::{alone, difference};
use super::table::{draw, list, wrapped};
use super::{RunFacts, drivers, headline, words};
use crate::analysis::run_comparison::{OptionPair, PairedFigure, RunComparison, Worlds};
use crate::analysis::{Drivers, Estimate, Fan, Forecast};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// The runs of a ledger, in the order given.
pub fn runs(runs: &[RunFacts]) -> String {
    if runs.is_empty() {
        return "The ledger holds no runs yet.\n".to_owned();
    }
    let header = ["Run", "Begun", "Scenario", "Made by", "Worlds", "Seed", "State"];
    let rows = runs.iter().map(row).collect();
    list(&Grid::plain(header, rows)) + "\n"
}

fn row(run: &RunFacts) -> [String; 7] {
    [
        id(run).to_owned(),
        begun(&run.created),
        run.title.clone(),
        match &run.extends {
            None => run.purpose.clone(),
            Some(shorter) => format!("{}, extends {shorter}", run.purpose),
        },
        grouped(run.replicates),
        run.seed.to_string(),
        run.status.clone(),
    ]
}

/// `2026-11-27 23:35` for `2026-11-27T23:35:16Z`; seconds are in the JSON.
fn begun(created: &str) -> String {
    let minute = created.get(..16).filter(|_| created.ends_with('Z'));
    minute.map_or_else(|| created.to_owned(), |minute| minute.replacen('T', " ", 1))
}

fn id(run: &RunFacts) -> &str {
    run.run.as_deref().unwrap_or("-")
}

/// One stored run: its first screen, and what matters most to it.
pub fn show(forecast: &Forecast, fans: &[Fan], run: &RunFacts, found: &[Drivers]) -> String {
    let parts = [heading(run), headline::text(forecast, fans, run), drivers::text(found)];
    parts.join("\n").trim_start().trim_end().to_owned() + "\n"
}

/// What is not to be overlooked: that a run is a stress or a variation, or stopped before its end.
fn heading(run: &RunFacts) -> String {
    let mut lines = String::new();
    if run.status != "complete" {
        lines += &format!("{}: {} worlds were finished.\n", run.status, grouped(run.replicates));
    }
    if let Some(shorter) = &run.extends {
        lines += &format!("This run begins with the replicates of run {shorter}.\n");
    }
    if run.purpose != "run" {
        lines += &format!("This run is a case of another command: {}.\n", run.purpose);
    }
    lines
}

/// Two runs beside each other, option by option.
pub fn compare(first: &RunFacts, second: &RunFacts, comparison: &RunComparison) -> String {
    let mut parts = vec![
        format!("First:  {}\nSecond: {}", line(first), line(second)),
        wrapped(pairing(comparison.worlds), ""),
    ];
    parts.extend(compared(first, second, comparison).iter().map(draw));
    parts.push("A difference smaller than the figure after its ± may be none at all.".to_owned());
    if !comparison.alone.is_empty() {
        parts.push(format!("In one of the two only: {}.", words::list(&comparison.alone)));
    }
    parts.join("\n\n") + "\n"
}

/// A table for each option that both runs have.
pub fn compared(first: &RunFacts, second: &RunFacts, comparison: &RunComparison) -> Vec<Grid> {
    let header = [id(first), id(second), "Second minus first"].map(str::to_owned);
    comparison.options.iter().map(|pair| option(pair, &header)).collect()
}

/// A run in one line: its name, its scenario, its worlds and its seed.
pub fn line(run: &RunFacts) -> String {
    format!(
        "{}, {}, {} worlds, seed {}, scenario {}",
        id(run),
        run.title,
        grouped(run.replicates),
        run.seed,
        words::short_hash(&run.hash)
    )
}

/// How two runs are set beside each other.
pub fn pairing(worlds: Worlds) -> &'static str {
    match worlds {
        Worlds::Same => {
            "Both runs met the same worlds (one seed): differences are taken world by world, as far \
             as both have them."
        }
        Worlds::Different => {
            "The runs met different worlds (two seeds): the errors of both add up, and a small \
             difference may not show. Give both the same seed to see it."
        }
    }
}

fn option(pair: &OptionPair, header: &[String]) -> Grid {
    let rows: Vec<Row> = pair.figures.iter().map(figure).collect();
    Grid::new(&pair.name, header.to_vec(), rows)
}

fn figure(figure: &PairedFigure) -> Row {
    let kind = figure.metric.kind;
    let mean = |mean: Option<Estimate>| mean.map_or_else(|| "-".to_owned(), |m| alone(kind, m));
    let cells = vec![mean(figure.first), mean(figure.second), change(kind, figure.difference)];
    Row::new(words::metric(&figure.metric.name), cells)
}

fn change(kind: Kind, change: Option<Estimate>) -> String {
    match change {
        None => "-".to_owned(),
        Some(change) if change.value == 0.0 && change.se == Some(0.0) => "the same".to_owned(),
        Some(change) => difference(kind, change),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{drivers, synthetic};
    use crate::ensemble::Results;

    fn facts(id: &str, seed: u64) -> RunFacts {
        RunFacts {
            run: Some(id.to_owned()),
            workcast: "0.1.0".to_owned(),
            created: "2026-11-23 18:40".to_owned(),
            purpose: "run".to_owned(),
            extends: None,
            status: "complete".to_owned(),
            title: "Bury WorkWell".to_owned(),
            hash: "5f1d0c".to_owned(),
            seed,
            replicates: 4_096,
        }
    }

    #[test]
    fn runs_are_listed() {
        let stopped = RunFacts { status: "incomplete (interrupted)".to_owned(), ..facts("m2", 1) };
        insta::assert_snapshot!(runs(&[facts("k3v9q2", 1), stopped]));
        assert_eq!(runs(&[]), "The ledger holds no runs yet.\n");
    }

    #[test]
    fn two_runs_stand_beside_each_other() {
        let run = synthetic::three_options(128);
        let mut other = Results { seed: 2, ..synthetic::three_options(256) };
        other.options.truncate(2);
        let comparison = RunComparison::new(&run, &other).unwrap();
        insta::assert_snapshot!(compare(&facts("k3v9q2", 1), &facts("m2", 2), &comparison));
    }

    #[test]
    fn a_stored_run_is_shown_with_its_drivers_and_its_state() {
        let results = synthetic::three_options(64);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let stopped = RunFacts { status: "incomplete (interrupted)".to_owned(), ..facts("m2", 1) };
        let text = show(&forecast, &[], &stopped, &drivers(&results).unwrap());
        assert!(text.contains("This run is incomplete (interrupted)"), "{text}");
        assert!(text.contains(synthetic::DEMAND), "{text}");
    }
}
