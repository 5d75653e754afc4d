//! Whether a file says only what it may, and all that it must.

use super::diagnostic::Diagnostic;
use super::form::Form;
use super::grammar::{Field, Leaf, Need, Shape, field};
use super::keys::cost::by_date;
use super::nearest::{listed, nearest};
use super::node::{Node, Value, disturbs, shortened};
use super::overlay;
use super::path::Path;
use super::units::{printed, range, scalar, wanted};
use super::value;
use crate::quantity::Unit;

/// The longest name, in characters.
const LONGEST_NAME: usize = 200;
/// The longest text for people, in characters.
const LONGEST_TEXT: usize = 4000;
/// The most names in one table.
const MOST_NAMES: usize = 2000;

/// Everything that is wrong with a value and what is inside it, as far as it can be judged alone.
pub fn check(node: &Node, shape: Shape, path: &Path, reports: &mut Vec<Diagnostic>) {
    match shape {
        Shape::Leaf(leaf) => self::leaf(node, leaf, reports),
        Shape::Table(fields) => table(node, fields, path, reports),
        Shape::Names(noun, inner) => names(node, noun, *inner, path, reports),
    }
}

fn table(node: &Node, fields: &'static [Field], path: &Path, reports: &mut Vec<Diagnostic>) {
    let Some(table) = node.table() else {
        let keys = listed(fields.iter().map(|field| field.key));
        reports.push(
            Diagnostic::error(node.at, format!("{path} is a table, not {}", node.what()))
                .with_help(format!("write [{path}] and beneath it its keys: {keys}")),
        );
        return;
    };
    let mut meant: Vec<&str> = Vec::new();
    for (key, value) in table {
        match field(fields, key) {
            Some(field) => check(value, field.shape, &path.with(key), reports),
            None => {
                let report = unknown(key, value, fields, path);
                meant.extend(nearest(key, fields.iter().map(|field| field.key)));
                reports.push(report);
            }
        }
    }
    for field in fields {
        let missing = matches!(field.need, Need::Compulsory) && !table.contains_key(field.key);
        // What is misspelt is not missing as well.
        if missing && !meant.contains(&field.key) {
            reports.push(self::missing(field, node, path));
        }
    }
}

fn unknown(key: &str, value: &Node, fields: &[Field], path: &Path) -> Diagnostic {
    let keys = || fields.iter().map(|field| field.key);
    let message = match path.0.is_empty() {
        true => format!("a scenario has no key \"{}\"", shortened(key)),
        false => format!("{path} has no key \"{}\"", shortened(key)),
    };
    let report =
        Diagnostic::error(value.key, message).with_help(format!("allowed: {}", listed(keys())));
    match nearest(key, keys()) {
        Some(meant) => report.with_label(format!("did you mean \"{meant}\"?")),
        None => report,
    }
}

fn missing(field: &Field, node: &Node, path: &Path) -> Diagnostic {
    let message = match path.0.is_empty() {
        true => format!("the scenario has no {}", field.key),
        false => format!("{path} has no {}", field.key),
    };
    let report = Diagnostic::error(node.key, message).with_help(field.about);
    let example = path.with(field.key);
    match field.shape {
        Shape::Leaf(leaf) => {
            report.with_help(format!("write {} = {}", field.key, example_of(leaf)))
        }
        Shape::Table(fields) => {
            let keys = fields.iter().filter(|field| matches!(field.need, Need::Compulsory));
            let keys = listed(keys.map(|field| field.key));
            report.with_help(format!("write [{example}] and beneath it: {keys}"))
        }
        Shape::Names(noun, _) => {
            report.with_help(format!("write [{example}.NAME] for each {noun}"))
        }
    }
}

fn example_of(leaf: Leaf) -> &'static str {
    match leaf {
        Leaf::Text | Leaf::Name(_) => "\"...\"",
        Leaf::List(_) => "[\"...\"]",
        Leaf::Paths => "\"...\"",
        Leaf::Dates => "[2025-06-30]",
        Leaf::Date | Leaf::Opens => "2024-10-01",
        Leaf::Flag => "true",
        Leaf::Choice(words) => match words.first() {
            Some(&"quarterly") => "\"quarterly\"",
            _ => "\"...\"",
        },
        Leaf::Whole(..) => "536",
        Leaf::Fixed(Unit::Number, ..) => "0.5",
        Leaf::Fixed(unit, ..) | Leaf::Uncertain(unit) => match unit {
            Unit::Share | Unit::Hazard => "\"60%\"",
            Unit::Pounds => "\"£800\"",
            Unit::Time => "\"12 weeks\"",
            _ => "35",
        },
        Leaf::Varying => "\"12 weeks\"",
        Leaf::Salary => "\"£42,700\"",
        Leaf::Printed => "1457",
        Leaf::Pairs(_) => "[[\"...\", \"...\"]]",
        Leaf::Mix(_) => "{ \"under 35\" = \"40%\", others = \"60%\" }",
        Leaf::Change => "{ times = 2 }",
    }
}

fn names(node: &Node, noun: &str, inner: Shape, path: &Path, reports: &mut Vec<Diagnostic>) {
    let Some(table) = node.table() else {
        reports.push(
            Diagnostic::error(
                node.at,
                format!("{path} holds a name for each {noun}, it is not {}", node.what()),
            )
            .with_help(format!("write [{path}.NAME]")),
        );
        return;
    };
    if table.len() > MOST_NAMES {
        reports.push(Diagnostic::error(node.key, format!("more than {MOST_NAMES} in one table")));
        return;
    }
    for (name, value) in table {
        // A path is no name: what is wrong with it is found where it is followed.
        let is_path = matches!(inner, Shape::Leaf(Leaf::Change));
        if let Some(why) = bad_name(name).filter(|_| !is_path) {
            let message = format!("the name of {} {noun} {why}", article(noun));
            reports.push(Diagnostic::error(value.key, message));
        }
        check(value, inner, &path.with(name), reports);
    }
}

/// `an` before a vowel.
fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" }
}

/// What is wrong with a name.
fn bad_name(name: &str) -> Option<String> {
    if name.trim().is_empty() {
        return Some("is empty".to_owned());
    }
    if name.chars().count() > LONGEST_NAME {
        return Some(format!("has more than {LONGEST_NAME} characters"));
    }
    name.chars()
        .any(char::is_control)
        .then(|| "holds a line break or another control character".to_owned())
}

fn leaf(node: &Node, leaf: Leaf, reports: &mut Vec<Diagnostic>) {
    let not_wanted = || {
        Diagnostic::error(node.at, format!("{} is wanted here, not {}", noun(leaf), node.what()))
            .with_help(format!("write {}", leaf.wanted()))
    };
    match (leaf, &node.value) {
        (Leaf::Text, Value::Text(text)) => {
            if text.trim().is_empty() {
                reports.push(Diagnostic::error(node.at, "this text is empty"));
            }
            if disturbs(text) {
                reports.push(Diagnostic::error(node.at, "this text holds control characters"));
            }
            if text.chars().count() > LONGEST_TEXT {
                reports.push(Diagnostic::error(
                    node.at,
                    format!("this text has more than {LONGEST_TEXT} characters"),
                ));
            }
        }
        (Leaf::Name(_), Value::Text(name)) => {
            if let Some(why) = bad_name(name) {
                reports.push(Diagnostic::error(node.at, format!("this name {why}")));
            }
        }
        (Leaf::Paths, Value::Text(_)) => {}
        (Leaf::List(_) | Leaf::Paths | Leaf::Dates, Value::List(items)) => {
            list(node, items, leaf, reports)
        }
        (Leaf::Date | Leaf::Opens, Value::Date(_)) => {}
        (Leaf::Date, Value::Text(text)) if text.parse::<jiff::civil::Date>().is_ok() => {
            reports.push(not_wanted().with_label("a date is written without quotes"));
        }
        (Leaf::Opens, Value::Text(text)) if text == "with service" => {}
        (Leaf::Flag, Value::Flag(_)) => {}
        (Leaf::Choice(words), Value::Text(word)) => choice(node, word, words, reports),
        (Leaf::Whole(least, most), _) => whole(node, least, most, reports),
        (Leaf::Fixed(unit, least, most), _) => fixed(node, unit, least, most, reports),
        (Leaf::Uncertain(unit), _) => {
            reports.extend(value::uncertain(node, unit).err().into_iter().flatten())
        }
        (Leaf::Varying, _) => reports.extend(value::varying(node).err().into_iter().flatten()),
        (Leaf::Salary, _) => salary(node, reports),
        (Leaf::Pairs(_), Value::List(items)) => {
            for item in items {
                pair(item, leaf, reports);
            }
        }
        (Leaf::Mix(_), Value::Table(mix)) if !mix.is_empty() => {
            reports.extend(mix.values().filter_map(|share| scalar(share, Unit::Share).err()));
        }
        (Leaf::Printed, _) => reports.extend(printed(node).err()),
        (Leaf::Change, _) => reports.extend(overlay::change(node).err().into_iter().flatten()),
        _ => reports.push(not_wanted()),
    }
}

fn noun(leaf: Leaf) -> String {
    match leaf {
        Leaf::Text => "a text".to_owned(),
        Leaf::Name(noun) => format!("the name of a {noun}"),
        Leaf::List("path") => "a list of paths".to_owned(),
        Leaf::List(noun) => format!("a list of names, each of a {noun},"),
        Leaf::Paths => "a path".to_owned(),
        Leaf::Dates => "a list of dates".to_owned(),
        Leaf::Date => "a date".to_owned(),
        Leaf::Opens => "\"with service\" or a date".to_owned(),
        Leaf::Flag => "true or false".to_owned(),
        Leaf::Choice(_) => "a word".to_owned(),
        Leaf::Mix(noun) => format!("a mix of {noun}s"),
        Leaf::Pairs(noun) => format!("a list of pairs, each of two {noun}s,"),
        _ => "a value".to_owned(),
    }
}

fn pair(node: &Node, leaf: Leaf, reports: &mut Vec<Diagnostic>) {
    let names = match &node.value {
        Value::List(items) => items.iter().filter(|item| item.text().is_some()).count(),
        _ => 0,
    };
    if !matches!(&node.value, Value::List(items) if items.len() == 2 && names == 2) {
        reports.push(
            Diagnostic::error(node.at, "a pair of two names is wanted here")
                .with_help(format!("write {}", leaf.wanted())),
        );
    }
}

fn list(node: &Node, items: &[Node], leaf: Leaf, reports: &mut Vec<Diagnostic>) {
    if items.is_empty() {
        let report = Diagnostic::error(node.at, "this list is empty");
        reports.push(report.with_help("name at least one, or leave the key out"));
    }
    let (wanted, fits): (_, fn(&Node) -> bool) = match leaf {
        Leaf::Dates => ("a date", |item| matches!(item.value, Value::Date(_))),
        _ => ("a name", |item| item.text().is_some()),
    };
    for item in items.iter().filter(|item| !fits(item)) {
        reports.push(
            Diagnostic::error(item.at, format!("{wanted} is wanted here, not {}", item.what()))
                .with_help(format!("write {}", leaf.wanted())),
        );
    }
}

fn choice(node: &Node, word: &str, words: &[&str], reports: &mut Vec<Diagnostic>) {
    if words.contains(&word) {
        return;
    }
    let report = Diagnostic::error(node.at, format!("\"{}\" is not allowed here", shortened(word)))
        .with_help(format!("allowed: {}", listed(words.iter().copied())));
    reports.push(match nearest(word, words.iter().copied()) {
        Some(meant) => report.with_label(format!("did you mean \"{meant}\"?")),
        None => report,
    });
}

/// A plain value, or a plain value with its source beside it.
fn plain(node: &Node, unit: Unit, reports: &mut Vec<Diagnostic>) -> Option<f64> {
    let form = match Form::of(node) {
        Ok(form) => form,
        Err(wrong) => {
            reports.extend(wrong);
            return None;
        }
    };
    let [(_, part)] = form.parts.as_slice() else {
        reports.push(
            Diagnostic::error(node.at, "this value is fixed: it cannot be a range")
                .with_help(format!("write {}", wanted(unit))),
        );
        return None;
    };
    if form.family != "is" {
        reports.push(
            Diagnostic::error(node.at, "this value is fixed: it cannot be a distribution")
                .with_help(format!("write {}", wanted(unit))),
        );
        return None;
    }
    scalar(part, unit).map_err(|report| reports.push(report)).ok()
}

fn whole(node: &Node, least: i64, most: i64, reports: &mut Vec<Diagnostic>) {
    let before = reports.len();
    let Some(number) = plain(node, Unit::Number, reports) else {
        for report in &mut reports[before..] {
            // What the key takes says more: a whole number, and from where to where.
            report.help.retain(|help| *help != format!("write {}", wanted(Unit::Number)));
        }
        return;
    };
    if libm::floor(number) != number {
        reports.push(Diagnostic::error(
            node.at,
            format!("a whole number is wanted here, not {number}"),
        ));
    } else if number < least as f64 || number > most as f64 {
        reports.push(Diagnostic::error(
            node.at,
            format!("a whole number from {least} to {most} is wanted here, not {number}"),
        ));
    }
}

fn fixed(node: &Node, unit: Unit, least: f64, most: f64, reports: &mut Vec<Diagnostic>) {
    let Some(number) = plain(node, unit, reports) else { return };
    if number < least || number > most {
        let range = range(unit, least, most);
        reports.push(Diagnostic::error(node.at, format!("this value is allowed {range}")));
    }
}

fn salary(node: &Node, reports: &mut Vec<Diagnostic>) {
    if !by_date(node) {
        reports.extend(value::uncertain(node, Unit::Pounds).err().into_iter().flatten());
        return;
    }
    for (date, amount) in node.table().into_iter().flatten() {
        if date.parse::<jiff::civil::Date>().is_err() {
            reports.push(
                Diagnostic::error(amount.key, format!("\"{}\" is not a date", shortened(date)))
                    .with_help("write { 2024-10-01 = \"£40,300\", 2025-04-01 = \"£42,700\" }"),
            );
        }
        reports.extend(value::uncertain(amount, Unit::Pounds).err().into_iter().flatten());
    }
}
