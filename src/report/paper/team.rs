//! A team in words: who its coaches are, when it begins, how it is paid.

use super::{Block, Subject};
use crate::model::programme::{DeliveryOption, Pipeline, Team};
use crate::quantity::Day;
use crate::report::grid::{Grid, Row};
use crate::report::words;
use crate::scenario::path_of;

/// The teams of an option.
pub fn grid(subject: &Subject<'_>, option: &DeliveryOption) -> Block {
    let programme = &subject.scenario.programme;
    let several = programme.localities.len() > 1;
    let mut header = vec!["Coaches".to_owned(), "How it begins".to_owned(), "Paid".to_owned()];
    if several {
        header.insert(0, "Where".to_owned());
    }
    let row = |team: &Team| {
        let mut cells =
            vec![coaches(subject, option, team), begins(subject, team), paid(team).to_owned()];
        if several {
            cells.insert(0, places(subject, team));
        }
        Row::new(&team.name, cells)
    };
    let title = format!("How {} delivers", option.name);
    Block::Table(Grid::new("Team", header, option.teams.iter().map(row).collect()).titled(title))
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

fn places(subject: &Subject<'_>, team: &Team) -> String {
    let all = &subject.scenario.programme.localities;
    if team.serves.len() == all.len() {
        return "everywhere".to_owned();
    }
    let name = |&index: &usize| all.get(index).map(|locality| locality.name.clone());
    words::list(&team.serves.iter().filter_map(name).collect::<Vec<_>>())
}

fn coaches(subject: &Subject<'_>, option: &DeliveryOption, team: &Team) -> String {
    let posts = if team.posts == 1 { "post" } else { "posts" };
    let mut lines = vec![format!("{} {posts}", team.posts)];
    if team.fte != 1.0 {
        lines[0] += &format!(" of {} full time each", team.fte);
    }
    if team.in_post > 0 {
        lines.push(format!("{} already there", team.in_post));
    }
    if team.caseload.is_some()
        && let Some(caseload) = value(subject, option, team, &["caseload"])
    {
        lines.push(format!("caseload {caseload}"));
    }
    if let Some(most) = team.participants_max {
        lines.push(format!("at most {most} people"));
    }
    lines.join("\n")
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
pub fn paid(team: &Team) -> &'static str {
    match (&team.price, team.costs.salary.is_empty()) {
        (Some(_), true) => "a price",
        (Some(_), false) => "at cost, and a price",
        (None, false) => "at cost",
        (None, true) => "nothing stated",
    }
}
