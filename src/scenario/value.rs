//! Values that are uncertain or vary: reading their parameters, and ruling out what no world could
//! draw.

use super::diagnostic::Diagnostic;
use super::form::Form;
use super::node::{Node, Value};
use super::units::scalar;
use crate::quantity::input::{Adjust, hazard};
use crate::quantity::time::{DAYS_PER_MONTH, DAYS_PER_YEAR};
use crate::quantity::{Family, Measure, Unit};

/// The extremes at which a world can stand: a coordinate is never nearer to 0 or 1 than this, even
/// where two of them are joined by a correlation.
pub const EXTREMES: [f64; 2] = [1e-15, 1.0 - 1e-10];

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
    let ends: Vec<[f64; 2]> = parameters.iter().map(|parameter| parameter.stated.ends()).collect();
    in_every_world(&family, &ends).map_err(|why| vec![Diagnostic::error(node.at, why)])?;
    Ok((family, parameters))
}

/// Whether a family is a distribution whatever its uncertain parameters turn out to be: at every
/// corner of what they can be, their least and greatest values being `ends`.
///
/// # Errors
///
/// In words: why there is a world in which it is none, or leaves its domain.
pub fn in_every_world(family: &Family<usize>, ends: &[[f64; 2]]) -> Result<(), String> {
    // An empirical family has as many parameters as values, but each stands alone.
    let corners = if ends.len() <= 3 { 1 << ends.len() } else { 2 };
    for corner in 0..corners {
        let bit = |index: usize| if ends.len() <= 3 { corner >> index & 1 } else { corner };
        within_domain(&family.map(|index| ends[index][bit(index)]), Unit::Time).map_err(|why| {
            let uncertain = ends.iter().any(|[low, high]| low < high);
            if uncertain { format!("{why} (in some worlds)") } else { why }
        })?;
    }
    Ok(())
}

impl Stated {
    /// The least and the greatest value that a world can have.
    pub fn ends(&self) -> [f64; 2] {
        // Only a family that is a distribution is ever stated.
        self.family.prepare().map_or([0.0; 2], |quantile| EXTREMES.map(|u| quantile.at(u)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::words;
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
