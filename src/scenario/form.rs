//! The notations of a value: plain, or a distribution, with what may stand beside it.

use super::diagnostic::Diagnostic;
use super::keys::{CONFIDENCE, METADATA};
use super::nearest::{listed, nearest};
use super::node::{Node, Table, Value, disturbs};
use super::units::scalar;
use crate::quantity::{Family, Scale, Unit};

/// Families that stand under their own name, with their parameters.
const NAMED: &[(&str, &[&str])] = &[
    ("uniform", &["least", "most"]),
    ("triangular", &["least", "likely", "most"]),
    ("normal", &["mean", "sd"]),
    ("lognormal", &["mean", "sd"]),
    ("gamma", &["mean", "sd"]),
    ("beta", &["mean", "sd"]),
    ("exponential", &["mean"]),
    ("empirical", &["values", "weights"]),
];

/// Keys with which a distribution begins.
const NOTATIONS: &str = "is; least, likely, most; nine_in_ten; p10_p50_p90; lognormal; gamma; \
                         beta; normal; uniform; triangular; exponential; empirical";

/// A value as it is written: its family, its parameters' places, and what stands beside it.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// `is`, `pert`, `nine_in_ten`, `p10_p50_p90`, or a name of its own.
    pub family: &'static str,
    /// Parameters by name.
    pub parts: Vec<(String, &'a Node)>,
    /// Weights of an empirical family.
    weights: Vec<f64>,
    /// The word of a share's time, `month` or `year`.
    pub per: Option<&'a Node>,
}

impl<'a> Form<'a> {
    /// Recognises a value's notation.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the notation; its parameters are not looked at.
    pub fn of(node: &'a Node) -> Result<Self, Vec<Diagnostic>> {
        let Value::Table(table) = &node.value else { return Ok(Form::plain(node, None)) };
        let mut wrong = metadata(table);
        let own: Vec<&str> = table
            .keys()
            .map(String::as_str)
            .filter(|key| !METADATA.contains(key) && *key != "per")
            .collect();
        let per = table.get("per");
        let form = match own.as_slice() {
            ["is"] => Ok(Form::plain(&table["is"], per)),
            ["nine_in_ten"] => points("nine_in_ten", &["low", "high"], &table["nine_in_ten"]),
            ["p10_p50_p90"] => points("p10_p50_p90", &["p10", "p50", "p90"], &table["p10_p50_p90"]),
            [key] if let Some((name, keys)) = NAMED.iter().find(|(name, _)| name == key) => {
                named(name, keys, &table[*key])
            }
            keys => pert(node, table, keys),
        };
        match form {
            Ok(form) if wrong.is_empty() => Ok(Form { per, ..form }),
            Ok(_) => Err(wrong),
            Err(more) => {
                wrong.extend(more);
                Err(wrong)
            }
        }
    }

    fn plain(node: &'a Node, per: Option<&'a Node>) -> Self {
        Form { family: "is", parts: vec![("is".to_owned(), node)], weights: Vec::new(), per }
    }

    /// The family, its parameters being indices into [`Form::parts`].
    pub fn family(&self, unit: Unit) -> Family<usize> {
        let scale = match unit {
            Unit::Share | Unit::Hazard => Scale::Logit,
            _ => Scale::Log,
        };
        let (low, high) = unit.domain();
        let high = if unit == Unit::Hazard { 1.0 } else { high };
        match self.family {
            "pert" => Family::Pert { least: 0, likely: 1, most: 2 },
            "nine_in_ten" => Family::NineInTen { low: 0, high: 1, scale },
            "p10_p50_p90" => Family::ThreePoint { p10: 0, p50: 1, p90: 2, scale },
            "uniform" => Family::Uniform { least: 0, most: 1 },
            "triangular" => Family::Triangular { least: 0, likely: 1, most: 2 },
            "normal" => Family::Normal { mean: 0, sd: 1, low, high },
            "lognormal" => Family::LogNormal { mean: 0, sd: 1 },
            "gamma" => Family::Gamma { mean: 0, sd: 1 },
            "beta" => Family::Beta { mean: 0, sd: 1 },
            "exponential" => Family::Exponential { mean: 0 },
            "empirical" => {
                Family::Empirical { values: self.weights.iter().copied().enumerate().collect() }
            }
            _ => Family::Fixed(0),
        }
    }

    /// The value in words: `12 weeks; 8 in 10 between 8 weeks and 18 weeks`.
    pub fn in_words(&self) -> String {
        let word =
            |index: usize| self.parts.get(index).map_or(String::new(), |(_, node)| words(node));
        let text = match self.family {
            "is" => word(0),
            "pert" => format!("{} to {}, most likely {}", word(0), word(2), word(1)),
            "nine_in_ten" => format!("9 in 10 between {} and {}", word(0), word(1)),
            "p10_p50_p90" => {
                format!("about {}, 8 in 10 between {} and {}", word(1), word(0), word(2))
            }
            "uniform" => format!("anything from {} to {}", word(0), word(1)),
            "empirical" => {
                let values: Vec<String> = (0..self.parts.len()).map(word).collect();
                format!("one of {}", values.join(", "))
            }
            family => {
                let parts: Vec<String> = self
                    .parts
                    .iter()
                    .map(|(name, node)| match &node.value {
                        Value::Table(_) => format!("{name} ({})", words(node)),
                        _ => format!("{name} {}", words(node)),
                    })
                    .collect();
                format!("{family}: {}", parts.join(", "))
            }
        };
        match self.per.and_then(Node::text) {
            Some(per) => format!("{text} a {per}"),
            None => text,
        }
    }
}

/// Any value in words, as it is written where it is plain.
pub fn words(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Flag(flag) => (if *flag { "yes" } else { "no" }).to_owned(),
        Value::Date(date) => date.to_string(),
        Value::Other(what) => (*what).to_owned(),
        Value::List(items) => items.iter().map(item).collect::<Vec<_>>().join(", "),
        Value::Table(table) => match Form::of(node) {
            Ok(form) => form.in_words(),
            Err(_) => {
                let pairs: Vec<String> =
                    table.iter().map(|(key, value)| format!("{key} {}", words(value))).collect();
                pairs.join(", ")
            }
        },
    }
}

/// One of a list; a list inside it is a pair.
fn item(node: &Node) -> String {
    match &node.value {
        Value::List(pair) => pair.iter().map(words).collect::<Vec<_>>().join(" with "),
        _ => words(node),
    }
}

/// Mistakes in what stands beside a value.
fn metadata(table: &Table) -> Vec<Diagnostic> {
    let mut wrong = Vec::new();
    for (key, node) in table {
        match (key.as_str(), &node.value) {
            ("confidence", Value::Text(word)) if CONFIDENCE.contains(&word.as_str()) => {}
            ("confidence", _) => {
                let report = Diagnostic::error(
                    node.at,
                    format!("how well a value is known is not {}", node.what()),
                )
                .with_help(format!("allowed: {}", listed(CONFIDENCE.iter().copied())));
                let meant = node.text().and_then(|word| nearest(word, CONFIDENCE.iter().copied()));
                wrong.push(match meant {
                    Some(meant) => report.with_label(format!("did you mean \"{meant}\"?")),
                    None => report,
                });
            }
            ("agreed_on", Value::Date(_)) => {}
            ("agreed_on", _) => wrong.push(
                Diagnostic::error(node.at, "the day on which a value was agreed is a date")
                    .with_help("write agreed_on = 2024-10-30, without quotes"),
            ),
            ("source" | "owner" | "note", Value::Text(text)) if !disturbs(text) => {}
            ("source" | "owner" | "note", Value::Text(_)) => {
                wrong.push(Diagnostic::error(node.at, "this text holds control characters"));
            }
            ("source" | "owner" | "note", _) => wrong.push(Diagnostic::error(
                node.at,
                format!("{key} is a text in quotes, not {}", node.what()),
            )),
            _ => {}
        }
    }
    wrong
}

fn points<'a>(
    family: &'static str,
    names: &[&str],
    node: &'a Node,
) -> Result<Form<'a>, Vec<Diagnostic>> {
    match &node.value {
        Value::List(items) if items.len() == names.len() => Ok(Form {
            family,
            parts: names.iter().map(|name| (*name).to_owned()).zip(items).collect(),
            weights: Vec::new(),
            per: None,
        }),
        _ => {
            let count = names.len();
            let example = if count == 2 {
                "nine_in_ten = [7, 28]: 5 in 100 lie below the first, 5 in 100 above the second"
            } else {
                "p10_p50_p90 = [\"8 weeks\", \"12 weeks\", \"18 weeks\"]"
            };
            Err(vec![
                Diagnostic::error(node.at, format!("{family} takes a list of {count} values"))
                    .with_help(format!("write {example}")),
            ])
        }
    }
}

fn named<'a>(
    family: &'static str,
    keys: &[&'static str],
    node: &'a Node,
) -> Result<Form<'a>, Vec<Diagnostic>> {
    let example = || format!("write {family} = {{ {} = ... }}", keys.join(" = ..., "));
    let Some(table) = node.table() else {
        return Err(vec![
            Diagnostic::error(node.at, format!("{family} takes {}", keys.join(" and ")))
                .with_help(example()),
        ]);
    };
    let mut wrong: Vec<Diagnostic> = Vec::new();
    for (key, value) in table.iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
        wrong.push(unknown(key, value, &format!("{family} distribution"), keys));
    }
    if family == "empirical" {
        let form = empirical(node, table);
        return match form {
            Ok(form) if wrong.is_empty() => Ok(form),
            Ok(_) => Err(wrong),
            Err(more) => Err(wrong.into_iter().chain(more).collect()),
        };
    }
    for key in keys.iter().filter(|key| !table.contains_key(**key)) {
        wrong.push(
            Diagnostic::error(node.key, format!("a {family} distribution needs its {key}"))
                .with_help(example()),
        );
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Form {
        family,
        parts: keys.iter().map(|key| ((*key).to_owned(), &table[*key])).collect(),
        weights: Vec::new(),
        per: None,
    })
}

/// `empirical = { values = ["1 week", "3 weeks"], weights = [3, 1] }`; without weights all values
/// are equally likely.
fn empirical<'a>(node: &'a Node, table: &'a Table) -> Result<Form<'a>, Vec<Diagnostic>> {
    const HELP: &str = "write empirical = { values = [\"1 week\", \"3 weeks\"], weights = [3, 1] }";
    let list = |key: &str| match table.get(key).map(|node| &node.value) {
        Some(Value::List(items)) if !items.is_empty() => Some(items),
        _ => None,
    };
    let wrong = |at, message: &str| Err(vec![Diagnostic::error(at, message).with_help(HELP)]);
    let Some(values) = list("values") else {
        return wrong(node.at, "an empirical distribution needs a list of values");
    };
    let weights = match table.get("weights") {
        None => vec![1.0; values.len()],
        Some(stated) => {
            let items = list("weights").map_or(&[][..], Vec::as_slice);
            let read: Result<Vec<f64>, Diagnostic> =
                items.iter().map(|item| scalar(item, Unit::Number)).collect();
            let weights = read.map_err(|report| vec![report])?;
            if weights.len() != values.len() {
                return wrong(stated.at, "there must be one weight for each value");
            }
            if weights.iter().sum::<f64>() <= 0.0 {
                return wrong(stated.at, "at least one weight must be above 0");
            }
            weights
        }
    };
    let parts = values.iter().enumerate().map(|(i, node)| (format!("value {}", i + 1), node));
    Ok(Form { family: "empirical", parts: parts.collect(), weights, per: None })
}

/// What is left: least, likely and most, or something that is no notation at all.
fn pert<'a>(node: &'a Node, table: &'a Table, keys: &[&str]) -> Result<Form<'a>, Vec<Diagnostic>> {
    const THREE: [&str; 3] = ["least", "likely", "most"];
    let mut known: Vec<&str> = THREE.to_vec();
    known.extend(["is", "nine_in_ten", "p10_p50_p90"]);
    known.extend(NAMED.iter().map(|(name, _)| *name));
    let strange: Vec<&str> = keys.iter().copied().filter(|key| !known.contains(key)).collect();
    if !strange.is_empty() {
        known.extend(METADATA);
        known.push("per");
        return Err(strange
            .into_iter()
            .map(|key| unknown(key, &table[key], "value", &known))
            .collect());
    }
    let missing: Vec<&str> = THREE.iter().copied().filter(|key| !keys.contains(key)).collect();
    if keys.len() == 3 && missing.is_empty() {
        let parts = THREE.iter().map(|key| ((*key).to_owned(), &table[*key])).collect();
        return Ok(Form { family: "pert", parts, weights: Vec::new(), per: None });
    }
    let report = if keys.is_empty() {
        Diagnostic::error(node.at, "there is no value here")
            .with_help(format!("a value is plain, or begins with one of: {NOTATIONS}"))
    } else if keys.iter().all(|key| THREE.contains(key)) {
        let report = Diagnostic::error(node.at, format!("{} is missing", missing.join(" and ")))
            .with_help("write { least = ..., likely = ..., most = ... }");
        match missing.as_slice() {
            ["likely"] => report.with_help(
                "or, if all between are equally likely, { uniform = { least = ..., most = ... } }",
            ),
            _ => report,
        }
    } else {
        Diagnostic::error(
            node.at,
            format!("a value is written in one way only, not with {} at once", keys.join(" and ")),
        )
        .with_help(format!("keep one of: {NOTATIONS}"))
    };
    Err(vec![report])
}

/// A key that is not allowed, with the nearest that is.
pub fn unknown(key: &str, node: &Node, whose: &str, allowed: &[&str]) -> Diagnostic {
    let report = Diagnostic::error(
        node.key,
        format!("a {whose} has no key \"{}\"", super::node::shortened(key)),
    )
    .with_help(format!("allowed: {}", listed(allowed.iter().copied())));
    match nearest(key, allowed.iter().copied()) {
        Some(meant) => report.with_label(format!("did you mean \"{meant}\"?")),
        None => report,
    }
}
