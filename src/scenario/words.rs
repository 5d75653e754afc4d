//! A scenario in words: what `check` prints.

use std::fmt::Write;

pub use super::json::describe_json;
use comfy_table::{ContentArrangement, Table, presets};

use super::Scenario;
use super::entry::Entry;
use super::path::Path;
use super::reconcile::reconcile;
use crate::model::programme::{DeliveryOption, Locality, Opens, Team};
use crate::model::reconciliation::{Reconciliation, Sides, Unit};
use crate::quantity::money::grouped;
use crate::quantity::{Day, Pence, Uncertain};

/// The widest line, in characters.
const WIDTH: u16 = 110;

/// How many names of a path make a heading, by its first names.
const HEADINGS: &[(&str, Option<&str>, usize)] = &[
    ("locality", Some("referrals"), 4),
    ("locality", None, 2),
    ("option", Some("team"), 4),
    ("option", None, 2),
    ("cohort", None, 2),
    ("attribute", None, 2),
    ("service", None, 2),
    ("pipeline", None, 2),
    ("correlated", None, 2),
    ("published", None, 2),
    ("stress", None, 2),
    ("programme", None, 1),
    ("funding", None, 1),
    ("fair_share", None, 1),
    ("journey", None, 1),
    ("reference_class", None, 1),
];

/// Everything in force, as a text that a locality lead can read: the scenario in sentences, every
/// value with the file and line that it comes from, published figures beside computed ones, and
/// what someone should look at.
pub fn describe(scenario: &Scenario) -> String {
    let parts = [
        introduction(scenario),
        allocations(scenario),
        options(scenario),
        values(scenario),
        reconciliation(scenario),
        warnings(scenario),
    ];
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
    parts.join("\n\n") + "\n"
}

/// A heading with a line beneath it.
fn heading(title: &str) -> String {
    format!("{title}\n{}\n", "-".repeat(title.chars().count()))
}

fn introduction(scenario: &Scenario) -> String {
    let programme = &scenario.programme;
    let calendar = &programme.calendar;
    let date = |day: Day| calendar.date(day);
    let mut text = format!("{}\n{}\n", scenario.title, "=".repeat(scenario.title.chars().count()));
    if let Some(question) = &scenario.question {
        let _ = writeln!(text, "{question}");
    }
    let _ = writeln!(
        text,
        "\n{}, {} to {}: {} days, {} quarters; last referral {}.",
        programme.name,
        date(0),
        date(calendar.last()),
        calendar.days(),
        calendar.quarters().len(),
        date(programme.last_referral),
    );
    let names: Vec<&str> = scenario.files().iter().map(|file| file.name.as_str()).collect();
    match names.split_first() {
        Some((own, [])) => drop(writeln!(text, "From {own}.")),
        Some((own, rest)) => {
            text.push_str(
                wrapped(&format!("From {own}, which extends {}.", rest.join(", "))).trim_start(),
            );
        }
        None => {}
    }
    for change in scenario.changes() {
        let _ = writeln!(text, "Changed by {change}.");
    }
    text
}

fn allocations(scenario: &Scenario) -> String {
    let mut text = heading("What each locality may be paid");
    for (index, locality) in scenario.programme.localities.iter().enumerate() {
        text.push_str(&allocation(scenario, locality));
        text.push_str(&fair_share(scenario, locality, index));
    }
    if scenario.programme.localities.len() > 1 {
        text.push_str(&all_together(scenario));
    }
    if let Some(central) = &scenario.programme.central {
        let _ = writeln!(text, "{}: {} beside the localities", central.name, central.amount);
    }
    text
}

/// The sums over several localities.
fn all_together(scenario: &Scenario) -> String {
    let localities = &scenario.programme.localities;
    let agreed: i64 = localities.iter().map(|locality| locality.agreed).sum();
    let total: Pence = localities.iter().map(|locality| locality.allocation.total).sum();
    let agreed = grouped(agreed.unsigned_abs());
    format!("All {}: {agreed} agreed participants, {total} in all\n", localities.len())
}

/// The fair share, and that another number is stated.
fn fair_share(scenario: &Scenario, locality: &Locality, index: usize) -> String {
    let shares = scenario.fair_shares.as_ref();
    let Some((shares, own)) = shares.and_then(|all| Some((all, all.places.get(index)?))) else {
        return String::new();
    };
    let total = grouped(shares.participants.unsigned_abs());
    let share = grouped(own.participants.unsigned_abs());
    let note = match locality.agreed == own.participants {
        true => String::new(),
        false => format!("; {} are stated", grouped(locality.agreed.unsigned_abs())),
    };
    format!("  fair share: {share} ({} of {total} by {}){note}\n", own.share, shares.by)
}

fn allocation(scenario: &Scenario, locality: &Locality) -> String {
    let funding = &scenario.programme.funding;
    let stated = scenario.stated(&["locality", &locality.name, "allocation"]).is_some();
    let allocation = &locality.allocation;
    let mut text = format!(
        "{}: {} agreed participants, {} in all:\n  basic part {} ({}), participant part {} ({})",
        locality.name,
        grouped(locality.agreed.unsigned_abs()),
        allocation.total,
        allocation.basic,
        funding.basic.share,
        allocation.participant,
        funding.participant.share,
    );
    if let Some(outcome) = funding.outcome {
        let _ = write!(text, ", outcomes {} ({})", allocation.outcome, outcome.share);
    }
    text.push('\n');
    for (year, amount) in funding.years.iter().zip(&allocation.years) {
        let how = match stated {
            true => "stated; split by share and tariff".to_owned(),
            false => format!("{} x {} x {}", locality.agreed, year.share, year.tariff),
        };
        let _ = writeln!(text, "  {}: {} ({how})", year.label, amount.total);
    }
    text
}

fn options(scenario: &Scenario) -> String {
    let mut text = heading("The options");
    for option in &scenario.programme.options {
        let _ = writeln!(text, "{}: {}", option.name, opening(scenario, option));
        for team in &option.teams {
            text.push_str(&wrapped(&sentence(scenario, team)));
        }
    }
    text
}

/// When an option takes referrals, in words.
pub fn opening(scenario: &Scenario, option: &DeliveryOption) -> String {
    match option.opens {
        Opens::WithService => "takes referrals once someone can see people.".to_owned(),
        Opens::On(day) => {
            format!("takes referrals from {}.", scenario.programme.calendar.date(day))
        }
    }
}

/// A team in a sentence: when it is ready, how it fills its posts, how long it takes people.
pub fn sentence(scenario: &Scenario, team: &Team) -> String {
    let programme = &scenario.programme;
    let date = |day: Day| programme.calendar.date(day);
    let pipeline = |index: usize| programme.pipelines.get(index).map_or("", |p| p.name.as_str());
    let posts = if team.posts == 1 { "post" } else { "posts" };
    let mut text = format!("{}: {} {posts} of {} FTE", team.name, team.posts, team.fte);
    if let Some(from) = team.in_post_from {
        let _ = write!(text, ", {} filled from {}", team.in_post, date(from));
    }
    match team.route {
        Some(route) => {
            let _ =
                write!(text, "; ready after \"{}\", begun {}", pipeline(route), date(team.begins));
        }
        None if team.in_post_from.is_none() => {
            let _ = write!(text, "; ready on {}", date(team.begins));
        }
        None => {}
    }
    if let Some(recruitment) = team.recruitment {
        let _ = write!(text, "; posts filled through \"{}\"", pipeline(recruitment));
    }
    if let Some(most) = team.participants_max {
        let _ = write!(text, "; at most {most} people");
    }
    if let Some(until) = team.until {
        let _ = write!(text, "; takes people until {}", date(until));
    }
    if let Some(until) = team.extended_to {
        let _ = write!(text, ", while the allocation lasts until {}", date(until));
    }
    if team.fails.is_some_and(|fails| fails != Uncertain::ZERO) {
        text.push_str("; may fail");
    }
    text.push('.');
    text
}

/// A sentence in lines that begin two blanks in.
fn wrapped(sentence: &str) -> String {
    let mut text = String::new();
    let mut line = String::from(" ");
    for word in sentence.split(' ') {
        if line.chars().count() + word.chars().count() >= usize::from(WIDTH) {
            let _ = writeln!(text, "{line}");
            line = "   ".to_owned();
        }
        line.push(' ');
        line.push_str(word);
    }
    text + &line + "\n"
}

/// Every value in force, under headings.
fn values(scenario: &Scenario) -> String {
    let entries = scenario.entries();
    let files = scenario.files();
    let mut text = heading("Every value in force");
    text.push_str(
        "\"default\": nobody stated it. \"changes\": this file replaces an inherited value.\n",
    );
    for (index, file) in files.iter().enumerate() {
        if short(&file.name) != file.name {
            let _ = writeln!(
                text,
                "{} is {}{}",
                short(&file.name),
                file.name,
                if index == 0 { ", this file" } else { "" }
            );
        }
    }
    let mut current: Option<Path> = None;
    let mut rows: Vec<[String; 4]> = Vec::new();
    for entry in &entries {
        let (title, key) = split(&entry.path);
        if current.as_ref() != Some(&title)
            && let Some(done) = current.replace(title)
        {
            text.push_str(&section(&done, &std::mem::take(&mut rows)));
        }
        rows.push([key.to_string(), entry.value.clone(), known(entry), origin(scenario, entry)]);
    }
    if let Some(done) = current {
        text.push_str(&section(&done, &rows));
    }
    text
}

/// A path's heading and what is left of it.
pub(super) fn split(path: &Path) -> (Path, Path) {
    let names = &path.0;
    let third = names.get(2).map(String::as_str);
    let length = HEADINGS
        .iter()
        .find(|(first, inner, length)| {
            names.first().is_some_and(|name| name == first)
                && (inner.is_none() || *inner == third)
                && names.len() > *length
        })
        .map_or(0, |(.., length)| *length);
    (Path(names[..length].to_vec()), Path(names[length..].to_vec()))
}

fn section(title: &Path, rows: &[[String; 4]]) -> String {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH);
    for row in rows {
        table.add_row(row);
    }
    let lines: Vec<String> =
        table.to_string().lines().map(|line| line.trim_end().to_owned()).collect();
    let title = if title.0.is_empty() { "scenario".to_owned() } else { title.to_string() };
    format!("\n[{title}]\n{}\n", lines.join("\n"))
}

/// How well a value is known.
fn known(entry: &Entry) -> String {
    entry.beside("confidence").unwrap_or_default()
}

/// Where a value comes from.
fn origin(scenario: &Scenario, entry: &Entry) -> String {
    let Some(at) = entry.at else { return "default".to_owned() };
    let place = short(&scenario.place(at)).to_owned();
    match entry.replaced {
        Some(old) => format!("{place} (changes {})", short(&scenario.place(old))),
        None => place,
    }
}

/// A file's name without its folders.
fn short(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn reconciliation(scenario: &Scenario) -> String {
    let figures = reconcile(scenario);
    if figures.is_empty() {
        return String::new();
    }
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(["", "published", "computed", "difference", ""]);
    for figure in &figures {
        let [published, computed, difference] = sides(&figure.sides);
        let explanation = figure.explanation.clone().unwrap_or_default();
        table.add_row([title(figure), published, computed, difference, explanation]);
    }
    let mut text = heading("Published figures beside computed ones");
    for line in table.to_string().lines() {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text.push_str(&printed_in(&figures));
    text
}

/// Which figure, and where: `Bury basic`, `Ten shares (whole programme allocation)`.
fn title(figure: &Reconciliation) -> String {
    let place = figure.locality.as_deref().unwrap_or("whole programme");
    match &figure.name {
        Some(name) => format!("{name} ({place} {})", figure.figure),
        None => format!("{place} {}", figure.figure),
    }
}

/// Published, computed and their difference.
pub fn sides(sides: &Sides) -> [String; 3] {
    match sides {
        Sides::Money { published_pence, computed_pence, difference_pence } => {
            [published_pence, computed_pence, difference_pence]
                .map(|pence| Pence::new(*pence).to_string())
        }
        Sides::Other { unit, published, computed, difference } => [published, computed, difference]
            .map(|value| match unit {
                Unit::People => {
                    let sign = if *value < 0.0 { "-" } else { "" };
                    format!("{sign}{}", grouped(libm::round(value.abs()) as u64))
                }
                Unit::Share => format!("{:.1}%", 100.0 * value),
                Unit::Days => format!("{value:.1} days"),
            }),
    }
}

fn printed_in(figures: &[Reconciliation]) -> String {
    let mut text = String::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for figure in figures {
        let Some(source) = &figure.source else { continue };
        let whose = figure.name.as_deref().or(figure.locality.as_deref());
        let pair = (whose.unwrap_or("The programme"), source.as_str());
        if !seen.contains(&pair) {
            seen.push(pair);
            let _ = writeln!(text, "{} as printed in: {source}", pair.0);
        }
    }
    text
}

fn warnings(scenario: &Scenario) -> String {
    if scenario.warnings.is_empty() {
        return "No warnings.".to_owned();
    }
    scenario.warnings.to_string()
}
