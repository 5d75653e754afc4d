//! Values that are uncertain or vary: a plain value, or a distribution in one of its notations.

use super::diagnostic::Diagnostic;
use super::keys::{CONFIDENCE, METADATA};
use super::nearest::{listed, nearest};
use super::node::{Node, Table, Value};
use super::units::scalar;
use crate::quantity::input::{Adjust, hazard};
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::quantity::{Family, Measure, Scale, Unit};

/// The extremes at which a world can stand: a coordinate is never nearer to 0 or 1 than this, even
/// where two of them are joined by a correlation.
const EXTREMES: [f64; 2] = [1e-15, 1.0 - 1e-10];

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

/// A value that is read: one for each world.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Its distribution.
    pub family: Family<f64>,
    /// How a draw becomes the value that is held.
    pub measure: Measure,
}

/// A parameter of a value that varies.
#[derive(Clone, Debug)]
pub struct Parameter<'a> {
    /// Its name: `mean`.
    pub name: String,
    /// Where it stands.
    pub node: &'a Node,
    /// Its value.
    pub stated: Stated,
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
    fn family(&self, unit: Unit) -> Family<usize> {
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
        Value::List(items) => items.iter().map(words).collect::<Vec<_>>().join(", "),
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
            ("source" | "owner" | "note", Value::Text(_)) => {}
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

/// Days in the time for which a share is stated.
fn per(form: &Form<'_>, node: &Node, unit: Unit) -> Result<Measure, Diagnostic> {
    const HELP: &str = "write { is = \"3%\", per = \"month\" } or per = \"year\"";
    match (unit, form.per, form.per.and_then(Node::text)) {
        (Unit::Hazard, _, Some("month")) => Ok(Measure::SharePer { days: DAYS_PER_MONTH }),
        (Unit::Hazard, _, Some("year")) => Ok(Measure::SharePer { days: DAYS_PER_YEAR }),
        (Unit::Hazard, Some(stated), _) => Err(Diagnostic::error(
            stated.at,
            format!("a share is stated per \"month\" or per \"year\", not per {}", stated.what()),
        )),
        (Unit::Hazard, None, _) => {
            Err(Diagnostic::error(node.at, "this share needs the time that it is stated for")
                .with_help(HELP))
        }
        (_, Some(stated), _) => {
            Err(Diagnostic::error(stated.key, "this value is not stated per time")
                .with_help("leave out per"))
        }
        (_, None, _) => Ok(Measure::Plain),
    }
}

/// Reads a value of which a world has one.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn uncertain(node: &Node, unit: Unit) -> Result<Stated, Vec<Diagnostic>> {
    let form = Form::of(node)?;
    let mut wrong = Vec::new();
    let values: Vec<f64> = form
        .parts
        .iter()
        .map(|(name, part)| {
            plain_part(name, part, unit).unwrap_or_else(|report| {
                wrong.push(report);
                0.0
            })
        })
        .collect();
    let measure = per(&form, node, unit).unwrap_or_else(|report| {
        wrong.push(report);
        Measure::Plain
    });
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let family = form.family(unit).map(|index| values[index]);
    within_domain(&family, unit).map_err(|why| vec![Diagnostic::error(node.at, why)])?;
    Ok(Stated { family, measure })
}

/// A value that is added to another: plain, and negative if it takes away.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn addition(node: &Node, unit: Unit) -> Result<Adjust, Vec<Diagnostic>> {
    let form = Form::of(node)?;
    let [(_, part)] = form.parts.as_slice() else {
        return Err(vec![Diagnostic::error(node.at, "what is added is a plain value")]);
    };
    let more = super::units::signed(part, unit).map_err(|report| vec![report])?;
    match per(&form, node, unit).map_err(|report| vec![report])? {
        Measure::Plain => Ok(Adjust::Add(more)),
        Measure::SharePer { days } if more.abs() < 1.0 => {
            let sign = if more < 0.0 { -1.0 } else { 1.0 };
            Ok(Adjust::Add(sign * hazard(more.abs(), days)))
        }
        Measure::SharePer { .. } => Err(vec![certain_hazard(node)]),
    }
}

fn certain_hazard(node: &Node) -> Diagnostic {
    Diagnostic::error(node.at, "100% per month or year has no rate: it would all be gone at once")
        .with_help("write a share below 100%")
}

fn plain_part(name: &str, part: &Node, unit: Unit) -> Result<f64, Diagnostic> {
    if matches!(part.value, Value::Table(_)) {
        return Err(Diagnostic::error(
            part.at,
            format!("the {name} of this value must be plain: the value is uncertain already"),
        )
        .with_help(format!("write {}", super::units::wanted(unit))));
    }
    scalar(part, unit)
}

/// Whether a family is a distribution, and all that it can give makes sense for the unit.
fn within_domain(family: &Family<f64>, unit: Unit) -> Result<(), String> {
    let quantile = family.prepare().map_err(|why| format!("this makes no distribution: {why}"))?;
    let (least, most) = family.support();
    let (low, high) = unit.domain();
    if least < low {
        return Err("this distribution could give values below nothing".to_owned());
    }
    if unit == Unit::Hazard && most >= 1.0 && matches!(family, Family::Fixed(_)) {
        return Err("100% per month or year has no rate: write a share below 100%".to_owned());
    }
    let high = if unit == Unit::Hazard { 1.0 } else { high };
    if most > high {
        return Err("this distribution could give shares above 100%".to_owned());
    }
    if unit == Unit::Hazard && most >= 1.0 && reaches_end(family) {
        return Err(
            "this distribution could give 100% per month or year, which has no rate".to_owned()
        );
    }
    if quantile.at(EXTREMES[1]) > super::units::largest(unit) {
        return Err("this distribution could give values far too large to be meant".to_owned());
    }
    Ok(())
}

/// Whether the greatest value of a family is among those that it can give.
fn reaches_end(family: &Family<f64>) -> bool {
    !matches!(family, Family::NineInTen { .. } | Family::ThreePoint { .. })
}

/// Reads a length of time that varies, whose parameters may be uncertain.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn varying(node: &Node) -> Result<(Family<usize>, Vec<Parameter<'_>>), Vec<Diagnostic>> {
    let form = Form::of(node)?;
    let mut wrong = Vec::new();
    let mut parameters = Vec::new();
    for (name, part) in &form.parts {
        match uncertain(part, Unit::Time) {
            Ok(stated) => parameters.push(Parameter { name: name.clone(), node: part, stated }),
            Err(reports) => wrong.extend(reports),
        }
    }
    if let Err(report) = per(&form, node, Unit::Time) {
        wrong.push(report);
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let family = form.family(Unit::Time);
    in_every_world(&family, &parameters).map_err(|why| vec![Diagnostic::error(node.at, why)])?;
    Ok((family, parameters))
}

/// Whether a family is a distribution whatever its uncertain parameters turn out to be: at every
/// corner of what they can be.
fn in_every_world(family: &Family<usize>, parameters: &[Parameter<'_>]) -> Result<(), String> {
    // An empirical family has as many parameters as values, but each stands alone.
    let corners = if parameters.len() <= 3 { 1 << parameters.len() } else { 2 };
    let ends: Vec<[f64; 2]> = parameters
        .iter()
        .map(|parameter| parameter.stated.ends())
        .collect::<Option<_>>()
        .ok_or("this makes no distribution")?;
    for corner in 0..corners {
        let bit = |index: usize| if parameters.len() <= 3 { corner >> index & 1 } else { corner };
        within_domain(&family.map(|index| ends[index][bit(index)]), Unit::Time).map_err(|why| {
            let uncertain = ends.iter().any(|[low, high]| low < high);
            if uncertain { format!("{why} (in some worlds)") } else { why }
        })?;
    }
    Ok(())
}

impl Stated {
    /// The least and the greatest value that a world can have.
    fn ends(&self) -> Option<[f64; 2]> {
        let quantile = self.family.prepare().ok()?;
        Some(EXTREMES.map(|u| quantile.at(u)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::node::{Span, parse_value};
    use super::*;

    const HERE: Span = Span { file: 0, start: 0, end: 0 };

    fn said(text: &str, unit: Unit) -> Vec<String> {
        match uncertain(&parse_value(text, HERE), unit) {
            Ok(_) => Vec::new(),
            Err(reports) => reports.into_iter().map(|report| report.message).collect(),
        }
    }

    #[test]
    fn every_notation_is_read() {
        for (text, unit) in [
            ("{ least = '1 week', likely = '3 weeks', most = '6 weeks' }", Unit::Time),
            ("{ nine_in_ten = [7, 28] }", Unit::People),
            ("{ p10_p50_p90 = ['8%', '12%', '18%'] }", Unit::Share),
            ("{ lognormal = { mean = '12 weeks', sd = '5 weeks' } }", Unit::Time),
            ("{ gamma = { mean = 3, sd = 1 } }", Unit::Number),
            ("{ beta = { mean = '30%', sd = '10%' } }", Unit::Share),
            ("{ normal = { mean = '£30', sd = '£10' } }", Unit::Pounds),
            ("{ uniform = { least = 1, most = 2 } }", Unit::Number),
            ("{ triangular = { least = 1, likely = 1, most = 2 } }", Unit::Number),
            ("{ exponential = { mean = '8 weeks' } }", Unit::Time),
            ("{ empirical = { values = [1, 2], weights = [3, 1] } }", Unit::Number),
            ("{ is = '60%', per = 'year', confidence = 'assumed' }", Unit::Hazard),
        ] {
            assert_eq!(said(text, unit), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn a_notation_that_is_not_one_says_which_there_are() {
        assert_eq!(
            said("{ lest = 1, likely = 2, most = 3 }", Unit::Number),
            ["a value has no key \"lest\""]
        );
        assert_eq!(said("{ least = 1, most = 3 }", Unit::Number), ["likely is missing"]);
        assert_eq!(said("{ source = 'x' }", Unit::Number), ["there is no value here"]);
        assert_eq!(
            said("{ nine_in_ten = [1, 2, 3] }", Unit::Number),
            ["nine_in_ten takes a list of 2 values"]
        );
        assert_eq!(
            said("{ is = 1, nine_in_ten = [1, 2] }", Unit::Number),
            ["a value is written in one way only, not with is and nine_in_ten at once"]
        );
    }

    #[test]
    fn a_value_that_is_uncertain_has_plain_limits() {
        let nested = "{ lognormal = { mean = { nine_in_ten = [1, 2] }, sd = 1 } }";
        assert!(said(nested, Unit::Number)[0].starts_with("the mean of this value must be plain"));
    }

    #[test]
    fn a_share_per_time_says_which_time() {
        assert_eq!(said("'3%'", Unit::Hazard), ["this share needs the time that it is stated for"]);
        assert!(said("{ is = '3%', per = 'week' }", Unit::Hazard)[0].contains("not per \"week\""));
        assert_eq!(
            said("{ is = '3%', per = 'month' }", Unit::Share),
            ["this value is not stated per time"]
        );
        assert!(said("{ is = '100%', per = 'month' }", Unit::Hazard)[0].contains("has no rate"));
    }

    #[test]
    fn what_stands_beside_a_value_is_checked_too() {
        assert!(
            said("{ is = 1, confidence = 'guess' }", Unit::Number)[0].contains("not \"guess\"")
        );
        assert!(said("{ is = 1, agreed_on = 'May' }", Unit::Number)[0].contains("is a date"));
        assert!(said("{ is = 1, owner = 5 }", Unit::Number)[0].contains("owner is a text"));
    }

    #[test]
    fn a_value_is_put_in_words() {
        let text = "{ lognormal = { mean = { p10_p50_p90 = ['8 weeks', '12 weeks', '18 weeks'] }, sd = '5 weeks' } }";
        assert_eq!(
            words(&parse_value(text, HERE)),
            "lognormal: mean (about 12 weeks, 8 in 10 between 8 weeks and 18 weeks), sd 5 weeks"
        );
        assert_eq!(words(&parse_value("{ is = '3%', per = 'month' }", HERE)), "3% a month");
    }

    #[test]
    fn a_mean_that_could_be_nothing_is_refused_before_the_first_world() {
        let text =
            "{ exponential = { mean = { uniform = { least = '0 weeks', most = '4 weeks' } } } }";
        // The least is nearly nothing but never quite; a plain nothing is.
        let never = "{ exponential = { mean = '0 weeks' } }";
        assert!(varying(&parse_value(text, HERE)).is_ok());
        assert!(varying(&parse_value(never, HERE)).is_err());
    }
}
