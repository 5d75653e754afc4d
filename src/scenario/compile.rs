//! From checked tables to a [`Programme`]: typed reading of values, the list of uncertain inputs,
//! and the reports of what makes no sense.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::diagnostic::Diagnostic;
use super::grammar::Leaf;
use super::keys::stress::READING;
use super::nearest::{listed, nearest};
use super::node::{Change, Node, Only, Set, Span, Value};
use super::path::Path;
use super::section::{Found, Section};
use super::units::largest;
use super::value::{self, Stated};
use crate::quantity::input::{adjusted, hazard};
use crate::quantity::points::dimension_of;
use crate::quantity::{
    Adjust, Calendar, Day, Family, FixedShare, Input, Key, Measure, Pence, Uncertain, Unit, Varying,
};

/// A scenario on its way to a programme.
pub struct Compiler<'a> {
    /// The whole file.
    pub root: Section<'a>,
    /// What makes no sense, so far.
    pub reports: Vec<Diagnostic>,
    /// The programme's days; any, if its dates are broken.
    pub calendar: Calendar,
    /// Whether the programme's dates are sound, so that other dates can be held against them.
    pub dated: bool,
    /// Names of the localities, in file order.
    pub localities: Vec<String>,
    /// Names of the cohorts, in file order.
    pub cohorts: Vec<String>,
    /// Index in the programme of each pipeline that something uses, in the order of first use.
    pub used: IndexMap<String, usize>,
    /// Uncertain inputs that something uses.
    pub inputs: Vec<Input>,
    /// The reading whose funding rules are compiled now; none for the scenario's own.
    pub reading: Option<String>,
    by_path: BTreeMap<String, u32>,
}

impl<'a> Compiler<'a> {
    /// A compiler that has read nothing yet.
    pub fn new(root: Section<'a>, calendar: Option<Calendar>, fallback: Calendar) -> Self {
        let names = |key: &str| {
            root.values(key).into_iter().map(|(name, _)| name.to_owned()).collect::<Vec<_>>()
        };
        let mut cohorts = names("cohort");
        if cohorts.is_empty() {
            cohorts.push("everyone".to_owned());
        }
        Compiler {
            localities: names("locality"),
            cohorts,
            root,
            reports: Vec::new(),
            dated: calendar.is_some(),
            calendar: calendar.unwrap_or(fallback),
            used: IndexMap::new(),
            inputs: Vec::new(),
            reading: None,
            by_path: BTreeMap::new(),
        }
    }

    /// Reports a mistake.
    pub fn wrong(&mut self, at: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.reports.push(Diagnostic::error(at, message));
        let last = self.reports.len() - 1;
        &mut self.reports[last]
    }

    /// Reports something to look at.
    pub fn warn(&mut self, at: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.reports.push(Diagnostic::warning(at, message));
        let last = self.reports.len() - 1;
        &mut self.reports[last]
    }

    // ---------------------------------------------------------------- plain values

    /// A text, a name or a chosen word.
    pub fn text(&self, section: &Section<'a>, key: &str) -> Option<String> {
        let node = section.found(key)?.in_force()?;
        node.text().map(str::to_owned)
    }

    /// Whether a key says a certain word.
    pub fn says(&self, section: &Section<'a>, key: &str, word: &str) -> bool {
        self.text(section, key).as_deref() == Some(word)
    }

    /// Yes or no.
    pub fn flag(&self, section: &Section<'a>, key: &str) -> bool {
        let node = section.found(key).and_then(|found| found.in_force());
        matches!(node.map(|node| node.value), Some(Value::Flag(true)))
    }

    /// A date as a day of the programme.
    pub fn date(&self, section: &Section<'a>, key: &str) -> Option<Day> {
        match section.found(key)?.node?.value {
            Value::Date(date) => Some(self.calendar.day(date)),
            _ => None,
        }
    }

    /// A known number in the measure that is held, after what a stress does to it.
    pub fn number(&mut self, section: &Section<'a>, key: &str) -> Option<f64> {
        let found = section.found(key)?;
        self.known(&found.in_force()?, &found.path, found.leaf()?)
    }

    /// A known number of a kind that stands at a path, after what a stress does to it.
    pub fn known(&mut self, node: &Node, path: &Path, leaf: Leaf) -> Option<f64> {
        let unit = match leaf {
            Leaf::Fixed(unit, ..) => unit,
            _ => Unit::Number,
        };
        let Ok(Stated { family: Family::Fixed(value), .. }) = value::uncertain(node, unit) else {
            return None;
        };
        let adjust = self.adjustments(&node.changes, unit);
        let value = adjusted(value, &adjust, unit);
        let (least, most, whole) = match leaf {
            Leaf::Whole(least, most) => (least as f64, most as f64, true),
            Leaf::Fixed(_, least, most) => (least, most, false),
            _ => return Some(value),
        };
        if let Some(change) = node.changes.first() {
            if whole && libm::floor(value) != value {
                self.wrong(change.at, format!("{path} would be {value}, no whole number"));
            } else if !(least..=most).contains(&value) {
                let message = format!("{path} would be {value}, out of its range");
                self.wrong(change.at, message).help(format!("allowed: {least} to {most}"));
            }
        }
        Some(value)
    }

    /// A known whole number.
    pub fn whole(&mut self, section: &Section<'a>, key: &str) -> Option<i64> {
        self.number(section, key).map(|number| number as i64)
    }

    /// A share that a rule fixes.
    pub fn share(&mut self, section: &Section<'a>, key: &str) -> Option<FixedShare> {
        self.number(section, key).and_then(FixedShare::new)
    }

    /// An amount that a rule fixes.
    pub fn money(&mut self, section: &Section<'a>, key: &str) -> Option<Pence> {
        self.number(section, key).map(Pence::from_pounds)
    }

    // ---------------------------------------------------------------- uncertain values

    /// A value of which a world has one; nothing where it is broken (the report is made elsewhere).
    pub fn uncertain(&mut self, section: &Section<'a>, key: &str) -> Uncertain {
        self.uncertain_if(section, key).unwrap_or(Uncertain::ZERO)
    }

    /// The same, where no value may hold.
    pub fn uncertain_if(&mut self, section: &Section<'a>, key: &str) -> Option<Uncertain> {
        let found = section.found(key)?;
        let node = found.in_force()?;
        let unit = match found.leaf()? {
            Leaf::Uncertain(unit) => unit,
            Leaf::Salary => Unit::Pounds,
            _ => return None,
        };
        self.value(&found, &node, unit)
    }

    /// The value of a key as it is at its place, after the changes that always apply.
    pub fn value(&mut self, found: &Found<'a>, node: &Node, unit: Unit) -> Option<Uncertain> {
        let stated = value::uncertain(node, unit).ok()?;
        let adjust = self.adjustments(&node.changes, unit);
        self.bounded(&stated.family, stated.measure, &adjust, unit, node);
        let draws = node.drawn_as.clone().map_or(found.draws.clone(), Path);
        Some(self.input(&found.path.to_string(), &draws.to_string(), stated, unit, adjust))
    }

    /// A value that only some tries or some quarters have.
    pub fn changed(
        &mut self,
        found: &Found<'a>,
        change: &Change,
        suffix: &str,
        unit: Unit,
    ) -> Uncertain {
        let base = found.in_force();
        let node = match &change.set {
            Set::To(node) => Some((**node).clone()),
            Set::Times(_) | Set::Add(_) => base,
        };
        let Some((node, stated)) =
            node.and_then(|node| value::uncertain(&node, unit).ok().map(|stated| (node, stated)))
        else {
            return Uncertain::ZERO;
        };
        let mut adjust = self.adjustments(&node.changes, unit);
        adjust.extend(self.adjustment(&change.set, unit));
        // The draws stay those of the value that it stands for.
        let path = format!("{}.{suffix}", found.path);
        self.input(&path, &found.draws.to_string(), stated, unit, adjust)
    }

    /// Puts a value among the programme's inputs, if it is uncertain and not there yet.
    pub fn input(
        &mut self,
        path: &str,
        draws: &str,
        stated: Stated,
        unit: Unit,
        adjust: Vec<Adjust>,
    ) -> Uncertain {
        let mut input = Input {
            path: path.to_owned(),
            key: Key::name(draws),
            dimension: dimension_of(draws),
            family: stated.family,
            measure: stated.measure,
            unit,
            adjust,
            group: None,
        };
        if let Family::Fixed(value) = input.family {
            return Uncertain::Fixed(input.value(value));
        }
        let known = |compiler: &Self, path: &str| compiler.by_path.get(path).copied();
        match (known(self, path), &self.reading) {
            (Some(index), None) => return Uncertain::Input(index),
            // A reading shares the values that it does not change.
            (Some(index), Some(_)) if self.inputs[index as usize] == input => {
                return Uncertain::Input(index);
            }
            (None, None) => {}
            (_, Some(reading)) => {
                input.path = format!("{}.{path}", Path::of(&[READING, reading]));
                if let Some(index) = known(self, &input.path) {
                    return Uncertain::Input(index);
                }
            }
        }
        let index = self.inputs.len() as u32;
        self.by_path.insert(input.path.clone(), index);
        self.inputs.push(input);
        Uncertain::Input(index)
    }

    /// A length of time that varies.
    pub fn varying(&mut self, section: &Section<'a>, key: &str) -> Varying {
        self.varying_if(section, key).unwrap_or_else(|| Varying::fixed(0.0))
    }

    /// The same, where no value may hold.
    pub fn varying_if(&mut self, section: &Section<'a>, key: &str) -> Option<Varying> {
        let found = section.found(key)?;
        let node = found.in_force()?;
        let (family, parameters) = value::varying(&node).ok()?;
        let draws = node.drawn_as.clone().map_or(found.draws.clone(), Path);
        let (mut values, mut ends, mut changed) = (Vec::new(), Vec::new(), None);
        for parameter in parameters {
            // The changes of a plain value are those of the whole, made to each draw below.
            let whole = std::ptr::eq(parameter.node, &raw const node);
            let changes = if whole { &[][..] } else { &parameter.node.changes };
            let adjust = self.adjustments(changes, Unit::Time);
            changed = changes.first().map(|change| change.at).or(changed);
            ends.push(parameter.stated.ends().map(|end| adjusted(end, &adjust, Unit::Time)));
            values.push(self.input(
                &found.path.with(&parameter.name).to_string(),
                &draws.with(&parameter.name).to_string(),
                parameter.stated,
                Unit::Time,
                adjust,
            ));
        }
        if let (Some(at), Err(why)) = (changed, value::in_every_world(&family, &ends)) {
            self.wrong(at, format!("changed like this, {} fails: {why}", found.path));
        }
        let adjust = self.adjustments(&node.changes, Unit::Time);
        let high = family.map(|index| ends[index][1]);
        self.bounded(&high, Measure::Plain, &adjust, Unit::Time, &node);
        Some(Varying::new(family.map(|index| values[index]), adjust))
    }

    /// Reports where a stress makes a value larger than any that could be meant.
    fn bounded(
        &mut self,
        family: &Family<f64>,
        measure: Measure,
        adjust: &[Adjust],
        unit: Unit,
        node: &Node,
    ) {
        let (Some(change), Ok(quantile)) = (node.changes.first(), family.prepare()) else { return };
        let drawn = quantile.at(value::EXTREMES[1]);
        let held = match measure {
            Measure::Plain => drawn,
            Measure::SharePer { days } => hazard(drawn, days),
        };
        if adjusted(held, adjust, unit) > largest(unit) {
            self.wrong(
                change.at,
                "changed like this, the value could be far too large to be meant",
            );
        }
    }

    /// What a stress does to every draw.
    fn adjustments(&self, changes: &[Change], unit: Unit) -> Vec<Adjust> {
        let always = changes.iter().filter(|change| change.only == Only::Always);
        always.filter_map(|change| self.adjustment(&change.set, unit)).collect()
    }

    fn adjustment(&self, set: &Set, unit: Unit) -> Option<Adjust> {
        match set {
            Set::Times(factor) => Some(Adjust::Times(*factor)),
            Set::Add(node) => value::addition(node, unit).ok(),
            Set::To(_) => None,
        }
    }

    // ---------------------------------------------------------------- names

    /// The index of a name among others of its kind; a report and `None` if it is not there.
    pub fn index_of(
        &mut self,
        noun: &str,
        name: &str,
        names: &[String],
        at: Span,
    ) -> Option<usize> {
        let found = names.iter().position(|candidate| candidate == name);
        if found.is_none() {
            self.no_such(noun, name, names, at);
        }
        found
    }

    fn no_such(&mut self, noun: &str, name: &str, names: &[String], at: Span) {
        let candidates = || names.iter().map(String::as_str);
        let meant = nearest(name, candidates()).map(|meant| format!("did you mean \"{meant}\"?"));
        let known = match names {
            [] => format!("this scenario has no {noun}"),
            _ => format!("there is: {}", listed(candidates())),
        };
        let message = format!("there is no {noun} \"{}\"", super::node::shortened(name));
        let report = self.wrong(at, message).help(known);
        report.label = meant;
    }

    /// The pipeline that a key names, from now on in use.
    pub fn pipeline(&mut self, section: &Section<'a>, key: &str) -> Option<usize> {
        let name = self.text(section, key)?;
        let names: Vec<String> =
            self.root.values("pipeline").into_iter().map(|(name, _)| name.to_owned()).collect();
        self.index_of("pipeline", &name, &names, section.place(key))?;
        let next = self.used.len();
        Some(*self.used.entry(name).or_insert(next))
    }

    /// The indices of listed names; all of them where nothing is listed.
    pub fn listed(
        &mut self,
        section: &Section<'a>,
        key: &str,
        noun: &str,
        names: &[String],
    ) -> Vec<usize> {
        let Some(node) = section.stated(key) else { return (0..names.len()).collect() };
        let Value::List(items) = &node.value else { return Vec::new() };
        let mut found = Vec::new();
        for item in items {
            let Some(name) = item.text() else { continue };
            match self.index_of(noun, name, names, item.at) {
                Some(index) if found.contains(&index) => {
                    self.wrong(item.at, format!("\"{name}\" is named twice"));
                }
                Some(index) => found.push(index),
                None => {}
            }
        }
        found.sort_unstable();
        found
    }

    // ---------------------------------------------------------------- dates

    /// A date that has to lie within the programme, or its default.
    pub fn within(&mut self, section: &Section<'a>, key: &str, default: Day) -> Day {
        let Some(day) = self.date(section, key) else { return default };
        if self.dated && !(0..=self.calendar.last()).contains(&day) {
            let (first, last) = (self.calendar.starts(), self.calendar.date(self.calendar.last()));
            self.wrong(section.place(key), "this date lies outside the programme")
                .help(format!("the programme runs from {first} to {last}"));
        }
        day
    }

    /// A date that has to lie near the programme, or none.
    pub fn near(&mut self, section: &Section<'a>, key: &str) -> Option<Day> {
        const NEAR: Day = 3660;
        let day = self.date(section, key)?;
        if self.dated && !(-NEAR..=self.calendar.last() + NEAR).contains(&day) {
            self.wrong(
                section.place(key),
                "this date is more than ten years away from the programme",
            )
            .help("is the year right?");
        }
        Some(day)
    }

    /// Reports where one date comes before another that it has to follow.
    pub fn in_order(&mut self, section: &Section<'a>, first: &str, then: &str) {
        let (Some(early), Some(late)) = (self.date(section, first), self.date(section, then))
        else {
            return;
        };
        if late < early {
            let date = self.calendar.date(early);
            self.wrong(section.place(then), format!("{then} comes before {first}"))
                .help(format!("{first} is {date}"));
        }
    }

    /// Reports a key that means nothing without another.
    pub fn needs(&mut self, section: &Section<'a>, key: &str, other: &str) {
        if let (Some(node), None) = (section.stated(key), section.stated(other)) {
            self.wrong(node.key, format!("{key} means nothing without {other}"))
                .help(format!("state {other} too, or leave out {key}"));
        }
    }
}
