//! 10 Costings: the two parts of the allocation, what each team costs, and where the money goes.

use super::across::Across;
use super::team::{alike, has_salary, posts, value};
use super::{Block, Section, Subject};
use crate::model::programme::{Allocation, DeliveryOption, Team};
use crate::quantity::money::grouped;
use crate::quantity::{Day, Pence, Uncertain};
use crate::report::definitions::definition;
use crate::report::grid::{Grid, Row};
use crate::report::headline::main_place;
use crate::report::number;
use crate::report::words;

pub fn sections(subject: &Subject<'_>) -> Vec<Section> {
    vec![
        Section::new("10 Costings", vec![allocation(subject)]),
        Section::inner("10.1 What is claimed of each part", vec![claimed(subject)]),
        Section::inner("10.2 The coaches", coaches(subject)),
        Section::inner("10.3 Where the money goes", spent(subject)),
    ]
}

fn allocation(subject: &Subject<'_>) -> Block {
    let programme = &subject.scenario.programme;
    let outcomes = programme.localities.iter().any(|l| l.allocation.outcome != Pence::ZERO);
    let cells = |agreed: i64, parts: [Pence; 4]| {
        let [total, basic, participant, outcome] = parts.map(|part| part.to_string());
        let mut cells = vec![grouped(agreed.unsigned_abs()), total, basic, participant];
        cells.extend(outcomes.then_some(outcome));
        cells
    };
    let parts = |a: &Allocation| [a.total, a.basic, a.participant, a.outcome];
    let mut rows: Vec<Row> = (programme.localities.iter())
        .map(|locality| {
            Row::new(&locality.name, cells(locality.agreed, parts(&locality.allocation)))
        })
        .collect();
    if rows.len() > 1 {
        let sum = |part: fn(&Allocation) -> Pence| {
            programme.localities.iter().map(|locality| part(&locality.allocation)).sum()
        };
        let all = [sum(|a| a.total), sum(|a| a.basic), sum(|a| a.participant), sum(|a| a.outcome)];
        rows.push(Row::new("All", cells(programme.localities.iter().map(|l| l.agreed).sum(), all)));
    }
    let mut header = ["Agreed plans", "Allocation", "Basic part", "Participant part"]
        .map(str::to_owned)
        .to_vec();
    header.extend(outcomes.then(|| "For outcomes".to_owned()));
    Block::Table(
        Grid::new("Locality", header, rows).titled("The allocation and its parts, at most"),
    )
}

/// What comes of each part, of every locality where there are several.
fn claimed(subject: &Subject<'_>) -> Block {
    let forecast = subject.forecast;
    if forecast.has_one_place() {
        let table = Across::new(forecast)
            .range("Basic part", "income_basic")
            .range("Participant part", "income_participant")
            .range_if_any("For outcomes", "income_outcome")
            .range("All of it", "income")
            .range("Never claimed", "unclaimed");
        return table
            .grid("What is claimed and received", "Part")
            .map_or_else(nothing, Block::Table);
    }
    let names = forecast.facts.localities.iter().map(|locality| Some(locality.name.as_str()));
    let rows = names.chain([None]).map(|place| {
        let cells = forecast.options.iter().map(|option| {
            let of = |metric| option.place(place)?.statistic(metric).map(number::mean);
            match (of("income_basic"), of("income_participant")) {
                (Some(basic), Some(participant)) => {
                    format!("{basic} basic\n{participant} participant")
                }
                _ => super::across::NOTHING.to_owned(),
            }
        });
        Row::new(place.unwrap_or("All"), cells.collect())
    });
    let header = forecast.options.iter().map(|option| option.name.clone()).collect();
    let grid = Grid::new("Locality", header, rows.collect());
    Block::Table(grid.titled("What is claimed and received of each part, means"))
}

fn nothing() -> Block {
    Block::text("The run holds no figure of this.")
}

fn coaches(subject: &Subject<'_>) -> Vec<Block> {
    let mut blocks = vec![Block::text(
        "From the scenario, before vacancies: what a full post costs in a year, with what the employer adds, or \
         what a provider charges.",
    )];
    for option in &subject.scenario.programme.options {
        let rows = option.teams.iter().map(|team| {
            let cells = [
                salary(subject, option, team),
                on_top(subject, option, team),
                price(subject, option, team),
            ];
            (format!("{}: {}", team.name, posts(team)), cells)
        });
        let header = ["Salary of one full post", "On top", "A provider's price"];
        let grid = Grid::new("Team", header.map(str::to_owned).to_vec(), alike(rows));
        let title = format!("What the coaches of {} cost", option.name);
        blocks.push(Block::Table(grid.titled(title)));
    }
    blocks
}

/// `£40,300 a year from 1 October 2024`, in force one after the other.
fn salary(subject: &Subject<'_>, option: &DeliveryOption, team: &Team) -> String {
    if !has_salary(team) {
        return "-".to_owned();
    }
    let calendar = &subject.scenario.programme.calendar;
    let known: Option<Vec<String>> = (team.costs.salary.iter())
        .map(|&(day, amount): &(Day, Uncertain)| match amount {
            Uncertain::Fixed(pounds) => {
                let pence = Pence::from_pounds(pounds).get();
                Some(format!("{} from {}", number::pounds(pence), words::date(calendar.date(day))))
            }
            Uncertain::Input(_) => None,
        })
        .collect();
    match known {
        Some(known) => known.join("\n"),
        None => value(subject, option, team, &["costs", "salary"]).unwrap_or("-").to_owned(),
    }
}

/// Parts of a team's costs or price: where it stands, whether there is any, what it is called.
type Part<'a> = (&'a str, Uncertain, &'a str);

fn listed(
    subject: &Subject<'_>,
    option: &DeliveryOption,
    team: &Team,
    table: &str,
    parts: &[Part<'_>],
) -> String {
    let said: Vec<String> = (parts.iter())
        .filter(|(_, amount, _)| !amount.is_zero())
        .filter_map(|(key, _, what)| {
            Some(format!("{} {what}", value(subject, option, team, &[table, key])?))
        })
        .collect();
    if said.is_empty() { "-".to_owned() } else { said.join("\n") }
}

fn on_top(subject: &Subject<'_>, option: &DeliveryOption, team: &Team) -> String {
    let costs = &team.costs;
    let parts = [
        ("management", costs.management, "of salary for management"),
        ("training", costs.training, "training, each hire"),
        ("recruitment", costs.recruitment, "recruiting, each hire"),
        ("at_end", costs.at_end, "at the end, each post"),
        ("setup", costs.setup, "setting up, once"),
    ];
    listed(subject, option, team, "costs", &parts)
}

fn price(subject: &Subject<'_>, option: &DeliveryOption, team: &Team) -> String {
    let Some(price) = &team.price else { return "-".to_owned() };
    let parts = [
        ("set_up_fee", price.set_up_fee, "setting up, once"),
        ("block_per_month", price.block_per_month, "a month"),
        ("per_plan", price.per_plan, "for each plan"),
        ("minimum", price.minimum, "at least in all"),
    ];
    listed(subject, option, team, "price", &parts)
}

/// The lines of cost that are something under some option.
fn spent(subject: &Subject<'_>) -> Vec<Block> {
    let forecast = subject.forecast;
    let place = main_place(forecast);
    let mut lines: Vec<&str> = Vec::new();
    let places = forecast.options.iter().filter_map(|option| option.place(place));
    for summary in places.flat_map(|place| &place.metrics) {
        let name = summary.metric.name.as_str();
        if name.starts_with("cost.") && !lines.contains(&name) {
            lines.push(name);
        }
    }
    let mut table = Across::new(forecast);
    for line in lines {
        let label = definition(line).unwrap_or_else(|| line.to_owned());
        table = table.range_if_any(capitalised(label.trim_start_matches("cost of ")), line);
    }
    for year in &subject.scenario.programme.funding.years {
        table = table.range_if_any(
            format!("All of it in {}", year.label),
            &format!("cost_by_year.{}", year.label),
        );
    }
    let table = table
        .range("All of it", "cost")
        .range("Of it, may be claimed", "eligible_expenditure")
        .row("Cost for each plan, middle world", |place| {
            let found = place.statistic("cost_per_plan")?;
            Some(number::with_error(found.kind, found.p50()))
        });
    vec![table.grid("Cost by line", "Line").map_or_else(nothing, Block::Table)]
}

fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
