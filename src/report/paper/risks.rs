//! 12 Risk register: what the model holds of what may go wrong, with its chance and its cost.

use super::across::{mean_and_range, when};
use super::{BLANK, Block, Section, Subject, titled};
use crate::analysis::{Estimate, PlaceForecast};
use crate::model::Kind;
use crate::quantity::Uncertain;
use crate::quantity::money::grouped;
use crate::report::headline::main_place;
use crate::report::number::{self, with_error};
use crate::report::words::{self, chance, month};
use crate::scenario::path_of;

pub fn section(subject: &Subject<'_>) -> Section {
    let mut risks = vec![missed(subject), shortfall(subject), late_opening(subject)];
    risks.extend(failed_stages(subject));
    risks.push(failures(subject));
    risks.extend([waiting(subject), late_return(subject), disallowed(subject), cash(subject)]);
    let blank = || BLANK.to_owned();
    let rows = risks
        .into_iter()
        .flatten()
        .map(|(risk, said)| [risk, said.join("\n"), blank(), blank(), blank()]);
    let header = ["Risk", "In the simulation: chance and cost", "Owner", "Mitigation", "By when"];
    Section::new(
        "12 Risk register",
        vec![
            titled("Risks that the simulation holds", header, rows.collect()),
            Block::blank(
                "risks that the simulation does not hold (see 5.4), with owners and dates",
            ),
        ],
    )
}

/// A risk and what is said of it, a line for each option.
type Risk = Option<(String, Vec<String>)>;

fn each(
    subject: &Subject<'_>,
    risk: impl Into<String>,
    say: impl Fn(&PlaceForecast) -> Option<String>,
) -> Risk {
    let place = main_place(subject.forecast);
    let said: Vec<String> = (subject.forecast.options.iter())
        .filter_map(|option| Some(format!("{}: {}", option.name, say(option.place(place)?)?)))
        .collect();
    (!said.is_empty()).then(|| (risk.into(), said))
}

fn missed(subject: &Subject<'_>) -> Risk {
    let agreed = subject.forecast.facts.agreed(main_place(subject.forecast));
    let risk = format!("The agreed {} plans are missed", grouped(agreed.unsigned_abs()));
    each(subject, risk, |place| {
        let met = place.statistic("target_met")?.mean;
        let missed = Estimate { value: 1.0 - met.value, se: met.se };
        let unclaimed = place.statistic("unclaimed").map_or_else(String::new, |unclaimed| {
            format!("; {} never claimed", number::mean(unclaimed))
        });
        Some(format!("{}{unclaimed}", chance(missed)))
    })
}

fn shortfall(subject: &Subject<'_>) -> Risk {
    each(subject, "Cost that nobody pays for (shortfall)", |place| {
        let provision = place.provision.as_ref()?;
        let size = provision.mean_when_any.map_or_else(String::new, |size| {
            format!("; {} when there is one", with_error(Kind::Money, size))
        });
        let covered = with_error(Kind::Money, provision.p80);
        Some(format!("{}{size}; {covered} covers 8 worlds in 10", chance(provision.chance)))
    })
}

fn late_opening(subject: &Subject<'_>) -> Risk {
    let facts = &subject.forecast.facts;
    let replicates = subject.forecast.replicates;
    each(subject, "The service opens late", |place| {
        let opening = place.statistic("opening_day")?;
        let (middle, _) = when(facts, opening);
        let late = words::date(facts.date(libm::round(opening.p90().value) as i64));
        let never = match replicates.saturating_sub(opening.n as u64) {
            0 => String::new(),
            never => format!("; never in {} of {} worlds", grouped(never), grouped(replicates)),
        };
        Some(format!("{middle} in the middle world; 1 world in 10 after {late}{never}"))
    })
}

/// A chance as the scenario has it: one that is not known is another in each world.
fn chance_of(chance: Uncertain, value: &str) -> String {
    match chance {
        Uncertain::Fixed(_) => format!("with a chance of {value}"),
        Uncertain::Input(_) => format!("with a chance that is drawn for each world ({value})"),
    }
}

/// Stages of a route that may have to be tried again.
fn failed_stages(subject: &Subject<'_>) -> Vec<Risk> {
    let programme = &subject.scenario.programme;
    let mut risks = Vec::new();
    for (index, pipeline) in programme.pipelines.iter().enumerate() {
        let used: Vec<String> = (programme.options.iter())
            .filter(|option| option.teams.iter().any(|team| team.route == Some(index)))
            .map(|option| option.name.clone())
            .collect();
        if used.is_empty() {
            continue;
        }
        let said: Vec<String> = (pipeline.stages.iter())
            .filter(|stage| !stage.fails.is_zero() || stage.first_tries.is_some())
            .filter_map(|stage| {
                let path = path_of(&["pipeline", &pipeline.name, "stage", &stage.name, "fails"]);
                let value = subject.values.iter().find(|value| value.path == path)?;
                let chance = chance_of(stage.fails, &value.value);
                Some(format!("{}: each try may fail, {chance}", stage.name))
            })
            .collect();
        if !said.is_empty() {
            let risk = format!("A stage fails: {} ({})", pipeline.name, words::list(&used));
            risks.push(Some((risk, said)));
        }
    }
    risks
}

/// Teams whose provider may leave, with what it costs people.
fn failures(subject: &Subject<'_>) -> Risk {
    let place = main_place(subject.forecast);
    let mut said = Vec::new();
    for option in &subject.scenario.programme.options {
        let mut chances: Vec<(&str, Uncertain, Vec<String>)> = Vec::new();
        for team in &option.teams {
            let Some(fails) = team.fails.filter(|rate| !rate.is_zero()) else { continue };
            let Some(rate) = super::team::value(subject, option, team, &["fails"]) else {
                continue;
            };
            match chances.iter_mut().find(|(known, ..)| *known == rate) {
                Some((.., teams)) => teams.push(team.name.clone()),
                None => chances.push((rate, fails, vec![team.name.clone()])),
            }
        }
        if chances.is_empty() {
            continue;
        }
        let chances: Vec<String> = (chances.iter())
            .map(|(rate, fails, teams)| {
                format!("{}, {}", words::list(teams), chance_of(*fails, rate))
            })
            .collect();
        let found = subject.forecast.options.iter().find(|known| known.name == option.name);
        let disrupted = found
            .and_then(|found| found.place(place)?.statistic("disrupted"))
            .map_or_else(String::new, |people| {
                format!("; support broken off for {} people", mean_and_range(people, " "))
            });
        said.push(format!("{}: {}{disrupted}", option.name, chances.join("; ")));
    }
    (!said.is_empty()).then(|| ("A provider leaves".to_owned(), said))
}

fn waiting(subject: &Subject<'_>) -> Risk {
    each(subject, "People wait or are in support when it ends", |place| {
        let waiting = place.statistic("waiting_at_end")?;
        let support = place.statistic("in_support_at_end")?;
        Some(format!(
            "{} waiting, {} in support",
            mean_and_range(waiting, " "),
            mean_and_range(support, " ")
        ))
    })
}

fn late_return(subject: &Subject<'_>) -> Risk {
    let value = subject.values.iter().find(|value| value.path == "funding.late_return")?;
    let mut chances = subject.scenario.programme.funding.late_return.iter();
    chances.find(|late| !late.is_zero()).map(|&late| {
        let said = format!(
            "{}, for each quarter; its claim is then paid with the next, which deepens the cash gap",
            chance_of(late, &value.value)
        );
        ("A return is late".to_owned(), vec![said])
    })
}

fn disallowed(subject: &Subject<'_>) -> Risk {
    let is_any = !subject.scenario.programme.funding.disallowed.is_zero();
    let risk = "Part of a claim is disallowed";
    is_any.then(|| {
        each(subject, risk, |place| Some(mean_and_range(place.statistic("disallowed")?, " ")))
    })?
}

fn cash(subject: &Subject<'_>) -> Risk {
    each(subject, "Cash runs short before receipts come", |place| {
        let gap = place.statistic("cash_gap").filter(|gap| gap.mean.value > 0.0)?;
        let when = place.cash_months.as_ref().and_then(|months| months.most_often());
        let when = when.map_or_else(String::new, |(label, _)| {
            format!(", most often deepest in {}", month(label))
        });
        Some(format!("{}{when}", mean_and_range(gap, " ")))
    })
}
