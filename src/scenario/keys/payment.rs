//! Payment of the funding: outcomes, funders, the chain to the locality, what is paid back.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::section::Section;
use super::super::units::MOST_POUNDS;
use super::funding::{CAP, SHARE, percent};
use crate::model::programme::{
    BasicBasis, CapPeriod, ChainStep, DeliveryOption, Funder, OutcomeBasis, OutcomePart, PaidWhen,
    Pays, Repayment,
};
use crate::quantity::{FixedShare, Uncertain, Unit};

const TIME: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Time));

/// The most funders, and the most steps of a chain.
const MOST: usize = 20;

/// Keys of `funding.outcome`.
pub const OUTCOME: &[Field] = &[
    Field::must("share", SHARE, "Share of the allocation."),
    Field::must(
        "paid_on",
        Shape::Leaf(Leaf::Choice(&["in_work", "found_work", "sustained"])),
        "What counts as an outcome.",
    ),
    Field::must(
        "per_outcome",
        Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, MOST_POUNDS)),
        "What is paid for one.",
    ),
    Field::or("cap", CAP, "programme", "Over what its cap runs."),
];

/// Keys of `funding.funder.NAME`.
pub const FUNDER: &[Field] = &[
    Field::must("share", SHARE, "Share of every receipt."),
    Field::may("paid_after", TIME, "as funding.paid_after", "From a quarter's end to its payment."),
];

/// Keys of `funding.chain.NAME`.
pub const STEP: &[Field] = &[
    Field::may("passes_on_after", TIME, "none", "From its own receipt to the payment of the next."),
    Field::may(
        "pays_after",
        TIME,
        "none",
        "From the quarter's end to the payment of the next, whether or not it has received.",
    ),
];

impl<'a> Compiler<'a> {
    /// Over what a part's cap runs.
    pub fn cap(&self, part: &Section<'a>) -> CapPeriod {
        match self.says(part, "cap", "year") {
            true => CapPeriod::Year,
            false => CapPeriod::Programme,
        }
    }

    /// The part paid for outcomes, where there is one.
    pub fn outcome(&mut self, section: &Section<'a>) -> Option<OutcomePart> {
        section.is_stated().then(|| OutcomePart {
            share: self.share(section, "share").unwrap_or_default(),
            paid_on: match self.text(section, "paid_on").as_deref() {
                Some("found_work") => OutcomeBasis::FoundWork,
                Some("sustained") => OutcomeBasis::Sustained,
                _ => OutcomeBasis::InWork,
            },
            per_outcome: self.money(section, "per_outcome").unwrap_or_default(),
            cap: self.cap(section),
        })
    }

    /// When a profile is paid; only a profile can be paid in advance.
    pub fn paid(&mut self, funding: &Section<'a>, basic: BasicBasis) -> PaidWhen {
        if !self.says(funding, "paid", "in advance") {
            return PaidWhen::InArrears;
        }
        if basic != BasicBasis::Profile {
            self.wrong(funding.place("paid"), "nothing is there to be paid in advance").help(
                "only a profile is known beforehand: write funding.basic.paid_on = \"profile\"",
            );
        }
        PaidWhen::InAdvance
    }

    /// What is paid back at the end.
    pub fn repayment(&self, funding: &Section<'a>) -> Repayment {
        match self.text(funding, "reconciliation").as_deref() {
            Some("expenditure") => Repayment::AboveExpenditure,
            Some("participants") => Repayment::AbovePlans,
            _ => Repayment::None,
        }
    }

    /// Who pays, in file order.
    pub fn funders(&mut self, funding: &Section<'a>) -> Vec<Funder> {
        let named = funding.named("funder");
        self.at_most(funding, "funder", named.len());
        let mut funders = Vec::new();
        let mut sum = 0;
        for (name, section) in &named {
            let share = self.share(section, "share");
            sum += share.map_or(0, FixedShare::billionths);
            let own = self.uncertain_if(section, "paid_after");
            funders.push(Funder {
                name: (*name).to_owned(),
                share: share.unwrap_or_default(),
                paid_after: own.unwrap_or_else(|| self.uncertain(funding, "paid_after")),
            });
        }
        let is_sound = named.iter().all(|(_, section)| section.stated("share").is_some());
        if let (Some((_, last)), true) = (named.last(), is_sound)
            && sum != FixedShare::ALL.billionths()
        {
            let message = format!("the funders' shares make {}, not 100%", percent(sum));
            self.wrong(last.place("share"), message);
        }
        funders
    }

    /// Through whose hands the money goes, in order.
    pub fn chain(&mut self, funding: &Section<'a>) -> Vec<ChainStep> {
        let named = funding.named("chain");
        self.at_most(funding, "chain", named.len());
        named.iter().map(|(name, section)| self.step(name, section)).collect()
    }

    fn step(&mut self, name: &str, section: &Section<'a>) -> ChainStep {
        const HELP: &str = "write { passes_on_after = \"2 weeks\" }, counted from its receipt, or \
                            { pays_after = \"30 days\" }, counted from the quarter's end";
        let on_receipt = self.uncertain_if(section, "passes_on_after");
        let on_time = self.uncertain_if(section, "pays_after");
        match (section.stated("passes_on_after"), section.stated("pays_after")) {
            (None, None) if !section.has_unknown() => {
                let message = format!("it is not said when \"{name}\" pays the next");
                self.wrong(section.at, message).help(HELP);
            }
            (Some(_), Some(second)) => {
                let message = format!("it is said twice when \"{name}\" pays the next");
                self.wrong(second.key, message).help(HELP);
            }
            _ => {}
        }
        let pays = match on_time {
            Some(after) => Pays::OnTime(after),
            None => Pays::OnReceipt(on_receipt.unwrap_or(Uncertain::ZERO)),
        };
        ChainStep { name: name.to_owned(), pays }
    }

    fn at_most(&mut self, funding: &Section<'a>, key: &str, count: usize) {
        if count > MOST {
            let at = funding.place(key);
            self.wrong(at, format!("at most {MOST} names in funding.{key}, not {count}"));
        }
    }

    /// A step of the chain and a provider with costs of its own have a cash gap each, by name.
    pub fn one_gap_each(&mut self, options: &[DeliveryOption]) {
        let table = self.root.table("funding");
        for (name, section) in table.named("chain") {
            let mut providers = options
                .iter()
                .flat_map(|option| option.teams.iter().filter(|team| team.own_costs.is_some()));
            if providers.any(|team| team.name == name) {
                let message = format!("a team with own_costs is called \"{name}\" too");
                self.wrong(section.at, message)
                    .help("give one of them another name: both have a cash gap of their own");
            }
        }
    }
}
