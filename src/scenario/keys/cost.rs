//! What a locality runs itself, what a team costs to employ, what a provider charges.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::{Node, Value};
use super::super::section::{Found, Section};
use super::{AGREED_ON, CONFIDENT, DATE, NOTE, OWNER, SOURCE};
use crate::model::costs::TEAM_LINES;
use crate::model::programme::{CostTime, Price, RunningCost, TeamCosts};
use crate::quantity::{Day, Uncertain, Unit};

const POUNDS: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Pounds));
/// Whether a cost may be claimed.
pub const ELIGIBLE: Field =
    Field::or("eligible", Shape::Leaf(Leaf::Flag), "true", "Whether it may be claimed.");

/// Keys of `locality.L.costs.NAME`.
pub const RUNNING: &[Field] = &[
    Field::may("per_month", POUNDS, "none", "So much each month."),
    Field::may("once", POUNDS, "none", "So much once, on `from`."),
    Field::may("from", DATE, "the programme's start", "From this day, or on it."),
    Field::may("until", DATE, "the programme's end", "To this day."),
    ELIGIBLE,
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

/// Keys of a team's `costs`.
pub const TEAM: &[Field] = &[
    Field::or(
        "salary",
        Shape::Leaf(Leaf::Salary),
        "£0",
        "A year of a full-time coach, with on-costs; or by the date from which it holds.",
    ),
    Field::or("training", POUNDS, "£0", "For each hire, on the first day."),
    Field::or("recruitment", POUNDS, "£0", "For each hire, on the first day."),
    Field::or("at_end", POUNDS, "£0", "For each post that the contract's end closes."),
    Field::or("setup", POUNDS, "£0", "Once, on the programme's first day."),
    Field::or(
        "management",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "0%",
        "Management, as a share of salary.",
    ),
    ELIGIBLE,
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

/// Keys of a team's `price`.
pub const PRICE: &[Field] = &[
    Field::or("set_up_fee", POUNDS, "£0", "When the provider is ready."),
    Field::or("block_per_month", POUNDS, "£0", "Each month, from ready to the end of its work."),
    Field::or("per_plan", POUNDS, "£0", "For each plan."),
    Field::or("minimum", POUNDS, "£0", "The least it is paid in all, if it works to its end."),
    Field::or(
        "paid_after",
        Shape::Leaf(Leaf::Uncertain(Unit::Time)),
        "0 days",
        "From an invoice to its payment.",
    ),
    ELIGIBLE,
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// Costs stand on lines by their names, and teams' have theirs.
    pub fn not_a_team_line(&mut self, name: &str, section: &Section<'a>) {
        if TEAM_LINES.contains(&name) || name == "before" {
            let message = format!("\"{name}\" is the name of a line of cost already");
            self.wrong(section.at, message).help("give it another name");
        }
    }

    /// A locality's own cost.
    pub fn running_cost(&mut self, name: &str, section: &Section<'a>) -> RunningCost {
        self.not_a_team_line(name, section);
        let (monthly, once) = (section.stated("per_month"), section.stated("once"));
        let last = self.calendar.last();
        let from = self.within(section, "from", 0);
        let until = self.within(section, "until", last);
        self.in_order(section, "from", "until");
        match (monthly, once) {
            (None, None) if section.has_unknown() => {}
            (None, None) => {
                self.wrong(section.at, format!("the cost \"{name}\" has no amount"))
                    .help("write { per_month = \"£2,000\" } or { once = \"£5,000\" }");
            }
            (Some(_), Some(node)) => {
                self.wrong(node.key, format!("the cost \"{name}\" falls each month and once"))
                    .help("keep per_month or once; two costs need two names");
            }
            (None, Some(_)) => {
                if let Some(until) = section.stated("until") {
                    self.wrong(until.key, "a cost that falls once has no until")
                        .help("`from` is the day on which it falls");
                }
            }
            (Some(_), None) => {}
        }
        let key = if once.is_some() { "once" } else { "per_month" };
        RunningCost {
            name: name.to_owned(),
            amount: self.uncertain(section, key),
            when: match once {
                Some(_) => CostTime::Once { on: from },
                None => CostTime::Monthly { from, until },
            },
            eligible: self.flag(section, "eligible"),
        }
    }

    /// What a team costs to employ.
    pub fn team_costs(&mut self, section: &Section<'a>) -> TeamCosts {
        TeamCosts {
            salary: self.salary(section),
            management: self.uncertain(section, "management"),
            training: self.uncertain(section, "training"),
            recruitment: self.uncertain(section, "recruitment"),
            at_end: self.uncertain(section, "at_end"),
            setup: self.uncertain(section, "setup"),
            eligible: self.flag(section, "eligible"),
        }
    }

    /// Salaries by the day from which they hold, sorted.
    fn salary(&mut self, section: &Section<'a>) -> Vec<(Day, Uncertain)> {
        let Some(found) = section.found("salary") else { return Vec::new() };
        let Some(node) = found.node.filter(|node| by_date(node)) else {
            return vec![(0, self.uncertain(section, "salary"))];
        };
        let mut salary: Vec<(Day, Uncertain)> = Vec::new();
        for (text, amount) in node.table().into_iter().flatten() {
            let Ok(date) = text.parse() else { continue };
            let mut amount = amount.clone();
            // A stress on the salary as a whole is one on each of its amounts.
            amount.changes.extend(node.changes.iter().cloned());
            let dated = Found {
                path: found.path.with(text),
                draws: found.draws.with(text),
                ..found.clone()
            };
            let value = self.value(&dated, &amount, Unit::Pounds).unwrap_or(Uncertain::ZERO);
            salary.push((self.calendar.day(date), value));
        }
        salary.sort_by_key(|(day, _)| *day);
        salary
    }

    /// What a provider charges, where a team has a price.
    pub fn price(&mut self, section: &Section<'a>) -> Option<Price> {
        section.is_stated().then(|| Price {
            set_up_fee: self.uncertain(section, "set_up_fee"),
            block_per_month: self.uncertain(section, "block_per_month"),
            per_plan: self.uncertain(section, "per_plan"),
            minimum: self.uncertain(section, "minimum"),
            paid_after: self.uncertain(section, "paid_after"),
            eligible: self.flag(section, "eligible"),
        })
    }
}

/// Whether a salary is stated by date: some key of its table begins with a digit, or is no key at
/// all but a date in words, which is refused as a date.
pub fn by_date(node: &Node) -> bool {
    match &node.value {
        Value::Table(table) => table
            .keys()
            .any(|key| key.starts_with(|c: char| c.is_ascii_digit()) || key.contains(' ')),
        _ => false,
    }
}
