//! A team in words: who its coaches are, when it begins, how it is paid.

use super::{Block, Subject};
use crate::model::programme::{DeliveryOption, Pipeline, Team};
use crate::quantity::Day;
use crate::report::grid::{Grid, Row};
use crate::report::words;
use crate::scenario::path_of;

/// The teams of an option; those that begin and are paid alike stand in one row.
pub fn grid(subject: &Subject<'_>, option: &DeliveryOption) -> Block {
    let rows = option.teams.iter().map(|team| {
        let cells = [begins(subject, team), caseload(subject, option, team), paid(team).to_owned()];
        (who(subject, team), cells)
    });
    let header = ["How it begins", "Caseload of a coach", "Paid"].map(str::to_owned).to_vec();
    let title = format!("How {} delivers", option.name);
    Block::Table(Grid::new("Team", header, alike(rows)).titled(title))
}

/// Rows in which the labels of those with the same cells stand beneath each other.
pub fn alike<const N: usize>(rows: impl Iterator<Item = (String, [String; N])>) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    for (label, cells) in rows {
        match all.iter_mut().find(|row| row.cells == cells) {
            Some(row) => row.label += &format!("\n{label}"),
            None => all.push(Row::new(label, cells.to_vec())),
        }
    }
    all
}

/// A value of a team in words, as the scenario has it.
pub fn value<'a>(
    subject: &Subject<'a>,
    option: &DeliveryOption,
    team: &Team,
    key: &[&str],
) -> Option<&'a str> {
    let names = [&["option", &option.name, "team", &team.name], key].concat();
    let path = path_of(&names);
    subject.values.iter().find(|value| value.path == path).map(|value| value.value.as_str())
}

/// `Bolton Council: 9 posts, Bolton`.
fn who(subject: &Subject<'_>, team: &Team) -> String {
    let mut parts = vec![posts(team)];
    if team.fte != 1.0 {
        parts.push(format!("{} of full time each", team.fte));
    }
    if team.in_post > 0 {
        parts.push(format!("{} already there", team.in_post));
    }
    if let Some(most) = team.participants_max {
        parts.push(format!("at most {most} people"));
    }
    let all = &subject.scenario.programme.localities;
    if all.len() > 1 {
        let name = |&index: &usize| all.get(index).map(|locality| locality.name.clone());
        parts.push(match team.serves.len() == all.len() {
            true => "everywhere".to_owned(),
            false => words::list(&team.serves.iter().filter_map(name).collect::<Vec<_>>()),
        });
    }
    format!("{}: {}", team.name, parts.join(", "))
}

/// `9 posts`.
pub fn posts(team: &Team) -> String {
    format!("{} {}", team.posts, if team.posts == 1 { "post" } else { "posts" })
}

fn caseload(subject: &Subject<'_>, option: &DeliveryOption, team: &Team) -> String {
    let stated = team.caseload.and_then(|_| value(subject, option, team, &["caseload"]));
    stated.unwrap_or("no limit").to_owned()
}

fn begins(subject: &Subject<'_>, team: &Team) -> String {
    let programme = &subject.scenario.programme;
    let on = |day: Day| words::date(programme.calendar.date(day));
    let pipeline = |index: Option<usize>| index.and_then(|index| programme.pipelines.get(index));
    let mut lines = Vec::new();
    if let Some(day) = team.in_post_from {
        lines.push(format!("staff there from {}", on(day)));
    }
    if let Some(route) = pipeline(team.route) {
        lines.push(format!("{} from {}: {}", route.name, on(team.begins), stages(route)));
    }
    if let Some(recruitment) = pipeline(team.recruitment) {
        lines.push(format!("posts filled by {} recruitment", recruitment.name));
    }
    if let Some(day) = team.until {
        lines.push(format!("takes nobody new after {}", on(day)));
    }
    if let Some(day) = team.extended_to {
        lines.push(format!("goes on to {} if money allows", on(day)));
    }
    if let Some(day) = team.contract_ends {
        lines.push(format!("ends on {}", on(day)));
    }
    lines.join("\n")
}

fn stages(pipeline: &Pipeline) -> String {
    let names: Vec<&str> = pipeline.stages.iter().map(|stage| stage.name.as_str()).collect();
    names.join(", ")
}

/// How a team is paid for.
fn paid(team: &Team) -> &'static str {
    match (&team.price, has_salary(team)) {
        (Some(_), false) => "a price",
        (Some(_), true) => "at cost, and a price",
        (None, true) => "at cost",
        (None, false) => "nothing stated",
    }
}

/// Whether its coaches' pay is a cost: that of a provider is its own.
pub fn has_salary(team: &Team) -> bool {
    team.costs.salary.iter().any(|(_, amount)| !amount.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_that_are_alike_share_a_row_in_the_order_of_the_file() {
        let rows = [("Bolton", "a"), ("Bury", "b"), ("Wigan", "a")];
        let rows = rows.map(|(label, cell)| (label.to_owned(), [cell.to_owned()]));
        let alike = alike(rows.into_iter());
        let labels: Vec<&str> = alike.iter().map(|row| row.label.as_str()).collect();
        assert_eq!(labels, ["Bolton\nWigan", "Bury"]);
    }
}
