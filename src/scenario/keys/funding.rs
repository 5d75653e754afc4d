//! How a programme is paid for.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::node::Only;
use super::super::section::Section;
use super::super::units::MOST_POUNDS;
use super::stress::QUARTER_ENDING;
use super::{AGREED_ON, CONFIDENT, DATE, NOTE, OWNER, SOURCE, TEXT, payment};
use crate::model::programme::{
    Allocation, BasicBasis, BasicPart, Funding, FundingYear, IncomeLimit, OutcomePart,
    ParticipantBasis, ParticipantPart, YearAllocation,
};
use crate::quantity::money::split;
use crate::quantity::share::product;
use crate::quantity::{Day, FixedShare, Pence, Uncertain, Unit};

pub(super) const SHARE: Shape = Shape::Leaf(Leaf::Fixed(Unit::Share, 0.0, 1.0));
pub(super) const CAP: Shape = Shape::Leaf(Leaf::Choice(&["programme", "year"]));

/// Keys of `funding`.
pub const KEYS: &[Field] = &[
    Field::must("claims", Shape::Leaf(Leaf::Choice(&["quarterly"])), "How often claims are made."),
    Field::must("basic", Shape::Table(BASIC), "The part paid against spending."),
    Field::must("participant", Shape::Table(PARTICIPANT), "The part paid for people."),
    Field::may(
        "outcome",
        Shape::Table(payment::OUTCOME),
        "none",
        "The part paid for people in work.",
    ),
    Field::or(
        "income_limit",
        Shape::Leaf(Leaf::Choice(&["expenditure", "none"])),
        "expenditure",
        "Whether claims may exceed eligible expenditure to date.",
    ),
    Field::or(
        "paid_after",
        Shape::Leaf(Leaf::Uncertain(Unit::Time)),
        "0 days",
        "From a quarter's end to its payment.",
    ),
    Field::or(
        "paid",
        Shape::Leaf(Leaf::Choice(&["in arrears", "in advance"])),
        "in arrears",
        "Whether a profile is paid after the quarter's end, or already after its first day.",
    ),
    Field::or(
        "reconciliation",
        Shape::Leaf(Leaf::Choice(&["none", "expenditure", "participants"])),
        "none",
        "What of the basic part is paid back at the end: what receipts are above eligible \
         expenditure, or what it is above its share of the tariff for each plan.",
    ),
    Field::or(
        "reconciled_after",
        Shape::Leaf(Leaf::Uncertain(Unit::Time)),
        "0 days",
        "From the programme's end to the day on which it is paid back.",
    ),
    Field::may(
        "funder",
        Shape::Names("funder", &Shape::Table(payment::FUNDER)),
        "one funder",
        "Who pays which share of every receipt.",
    ),
    Field::may(
        "chain",
        Shape::Names("step of the chain", &Shape::Table(payment::STEP)),
        "the funder pays the locality",
        "Through whose hands the money goes, from the funder to the locality.",
    ),
    Field::may("first_payment_from", DATE, "none", "No payment is made before this day."),
    Field::or(
        "late_return",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "0%",
        "Chance that a quarter's return is late.",
    ),
    Field::or(
        "late_return_shared",
        Shape::Leaf(Leaf::Flag),
        "true",
        "Whether one draw holds for all localities.",
    ),
    Field::or(
        "disallowed",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "0%",
        "Share of each expenditure claim that is never paid.",
    ),
    Field::or(
        "cost_of_cash",
        Shape::Leaf(Leaf::Uncertain(Unit::Share)),
        "0%",
        "Interest a year on a negative balance.",
    ),
    Field::may("paid_to", TEXT, "the locality", "Who holds the balance."),
    Field::must(
        "year",
        Shape::Names("funding year", &Shape::Table(YEAR)),
        "Funding years, by their labels.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const BASIC: &[Field] = &[
    Field::must("share", SHARE, "Share of the allocation."),
    Field::or(
        "paid_on",
        Shape::Leaf(Leaf::Choice(&["expenditure", "profile", "participants"])),
        "expenditure",
        "What it is paid on.",
    ),
    Field::or("cap", CAP, "programme", "Over what its cap runs."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const PARTICIPANT: &[Field] = &[
    Field::must("share", SHARE, "Share of the allocation."),
    Field::or(
        "paid_on",
        Shape::Leaf(Leaf::Choice(&["plan", "start"])),
        "plan",
        "What it is paid on.",
    ),
    Field::or("cap", CAP, "year", "Over what its cap runs."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const YEAR: &[Field] = &[
    Field::must("ends", DATE, "Its last day: the end of a calendar quarter."),
    Field::must("share", SHARE, "Share of the agreed participants."),
    Field::must(
        "tariff",
        Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, MOST_POUNDS)),
        "What is paid for one participant.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// The funding rules as a table states them: the scenario's own, or another reading of them.
    pub fn funding(&mut self, section: &Section<'a>) -> Funding {
        let (basic, participant) = (section.table("basic"), section.table("participant"));
        let outcome = self.outcome(&section.table("outcome"));
        let shares = (self.share(&basic, "share"), self.share(&participant, "share"));
        if let (Some(a), Some(b)) = shares {
            self.whole_parts(&participant, a, b, outcome.as_ref());
        }
        let basis = match self.text(&basic, "paid_on").as_deref() {
            Some("profile") => BasicBasis::Profile,
            Some("participants") => BasicBasis::Participants,
            _ => BasicBasis::Expenditure,
        };
        Funding {
            basic: BasicPart {
                share: shares.0.unwrap_or_default(),
                paid_on: basis,
                cap: self.cap(&basic),
            },
            participant: ParticipantPart {
                share: shares.1.unwrap_or_default(),
                paid_on: match self.says(&participant, "paid_on", "start") {
                    true => ParticipantBasis::Start,
                    false => ParticipantBasis::Plan,
                },
                cap: self.cap(&participant),
            },
            outcome,
            income_limit: match self.says(section, "income_limit", "none") {
                true => IncomeLimit::None,
                false => IncomeLimit::Expenditure,
            },
            paid: self.paid(section, basis),
            repayment: self.repayment(section),
            reconciled_after: self.uncertain(section, "reconciled_after"),
            funders: self.funders(section),
            chain: self.chain(section),
            paid_after: self.uncertain(section, "paid_after"),
            first_payment_from: self.near(section, "first_payment_from"),
            late_return: self.late_return(section),
            late_return_shared: self.flag(section, "late_return_shared"),
            disallowed: self.uncertain(section, "disallowed"),
            cost_of_cash: self.uncertain(section, "cost_of_cash"),
            paid_to: self.text(section, "paid_to"),
            years: self.years(section),
        }
    }

    fn whole_parts(
        &mut self,
        participant: &Section<'a>,
        a: FixedShare,
        b: FixedShare,
        outcome: Option<&OutcomePart>,
    ) {
        let c = outcome.map_or(FixedShare::default(), |outcome| outcome.share);
        let sum = a.billionths() + b.billionths() + c.billionths();
        if sum == FixedShare::ALL.billionths() {
            return;
        }
        let message = match outcome {
            None => {
                format!("the basic share ({a}) and the participant share ({b}) do not make 100%")
            }
            Some(_) => format!(
                "the basic share ({a}), the participant share ({b}) and the outcome share ({c}) do \
                 not make 100%"
            ),
        };
        self.wrong(participant.place("share"), message);
    }

    /// The chance of a late return for each quarter: the same, save where a stress names one.
    fn late_return(&mut self, section: &Section<'a>) -> Vec<Uncertain> {
        let Some(found) = section.found("late_return") else { return Vec::new() };
        let calendar = self.calendar.clone();
        let ends: Vec<_> = calendar.quarters().iter().map(|q| calendar.date(q.last)).collect();
        let changes = found.node.map_or(&[][..], |node| node.changes.as_slice());
        for change in changes {
            if let Only::QuarterEnding(date) = change.only
                && self.dated
                && !ends.contains(&date)
            {
                let known: Vec<String> = ends.iter().map(ToString::to_string).collect();
                self.wrong(change.at, format!("no quarter of the programme ends on {date}"))
                    .help(format!("quarters end on {}", known.join(", ")));
            }
        }
        ends.iter()
            .map(|end| {
                let special = changes.iter().find(|c| c.only == Only::QuarterEnding(*end));
                match special {
                    Some(change) => {
                        let suffix = format!("{QUARTER_ENDING}.{end}");
                        self.changed(&found, change, &suffix, Unit::Share)
                    }
                    None => self.uncertain(section, "late_return"),
                }
            })
            .collect()
    }

    /// The funding years, sorted by their ends.
    fn years(&mut self, section: &Section<'a>) -> Vec<FundingYear> {
        struct Read<'a> {
            label: &'a str,
            table: Section<'a>,
            ends: Day,
        }
        let named = section.named("year");
        let count = named.len();
        let mut read: Vec<Read<'a>> = named
            .into_iter()
            .filter_map(|(label, table)| {
                let ends = self.date(&table, "ends")?;
                Some(Read { label, table, ends })
            })
            .collect();
        for (early, late) in read.iter().zip(read.iter().skip(1)) {
            if late.ends < early.ends {
                let message =
                    format!("{} stands after {} but ends before it", late.label, early.label);
                self.wrong(late.table.place("ends"), message)
                    .help("funding years stand in the order of their ends");
            }
        }
        read.sort_by_key(|year| year.ends);
        let sound = self.dated && read.len() == count;
        let last_day = self.calendar.last();
        // Where a locality stands somewhere on the first day, years may be over by then.
        let mut localities = self.root.named("locality").into_iter();
        let under_way = localities.any(|(_, locality)| locality.table("opening").is_stated());
        let mut years = Vec::new();
        let mut first = 0;
        for year in &read {
            let at = year.table.place("ends");
            let is_over = under_way && year.ends < 0;
            if sound && !is_over && (year.ends < first || first > last_day) {
                self.wrong(
                    at,
                    format!("funding year {} covers no day of the programme", year.label),
                )
                .help(
                    "each year begins where the one before it ends, the first with the programme",
                );
            }
            let date = self.calendar.date(year.ends);
            if date.month() % 3 != 0 || date != date.last_of_month() {
                self.wrong(
                    at,
                    format!("funding year {} does not end with a calendar quarter", year.label),
                )
                .help("a funding year ends on 31 March, 30 June, 30 September or 31 December");
            }
            let last = year.ends.min(last_day);
            years.push(FundingYear {
                label: year.label.to_owned(),
                first,
                last,
                ends: year.ends,
                share: self.share(&year.table, "share").unwrap_or_default(),
                tariff: self.money(&year.table, "tariff").unwrap_or_default(),
                quarters: if is_over { (0, 0) } else { self.quarters(first, last) },
            });
            first = (year.ends + 1).max(0);
        }
        if let Some(year) = read.last().filter(|year| sound && year.ends < last_day) {
            let date = self.calendar.date(last_day);
            self.wrong(year.table.place("ends"), "the funding years end before the programme does")
                .help(format!("the programme ends on {date}: add a year, or move this end"));
        }
        self.whole_year_shares(
            section,
            &read.iter().map(|year| &year.table).collect::<Vec<_>>(),
            count,
        );
        years
    }

    /// Indices of the calendar's quarters between two days.
    fn quarters(&self, first: Day, last: Day) -> (usize, usize) {
        let quarters = self.calendar.quarters();
        let from = quarters.iter().take_while(|quarter| quarter.last < first).count();
        let until = quarters.iter().take_while(|quarter| quarter.last <= last).count();
        (from, until.max(from))
    }

    fn whole_year_shares(&mut self, section: &Section<'a>, years: &[&Section<'a>], count: usize) {
        let shares: Vec<FixedShare> =
            years.iter().filter_map(|year| self.share(year, "share")).collect();
        let sum: i64 = shares.iter().map(|share| share.billionths()).sum();
        if section.is_empty("year") {
            self.wrong(section.place("year"), "there is no funding year here")
                .help("write [funding.year.\"2024/25\"] with ends, share and tariff");
        }
        if shares.len() == count && count > 0 && sum != FixedShare::ALL.billionths() {
            let at = years.last().map_or(section.at, |year| year.place("share"));
            self.wrong(at, format!("the funding years' shares make {}, not 100%", percent(sum)));
        }
    }

    /// What a locality may be paid: agreed participants x share x tariff of each year, rounded half
    /// up; the basic part rounded, the participant part the remainder (MODEL.md, section 7). Where
    /// outcomes are paid for, basic and participant part together are rounded, and the outcome part
    /// is the remainder.
    pub fn allocation(&self, agreed: i64, stated: Option<Pence>, funding: &Funding) -> Allocation {
        let computed = |year: &FundingYear| product(&[year.share], year.tariff, agreed);
        let totals: Vec<Pence> = match stated {
            None => funding.years.iter().map(computed).collect(),
            Some(total) => {
                let weight = |year: &FundingYear| product(&[year.share], year.tariff, 1_000_000);
                let weights: Vec<i64> = funding.years.iter().map(|y| weight(y).get()).collect();
                split(total, &weights)
            }
        };
        let for_outcomes = funding.outcome.map_or(FixedShare::default(), |outcome| outcome.share);
        let parts = |total: Pence| {
            let basic = total.share(funding.basic.share);
            let both = total.share(for_outcomes.rest());
            YearAllocation { total, basic, participant: both - basic, outcome: total - both }
        };
        let whole = parts(totals.iter().copied().sum());
        let years = totals.into_iter().map(parts).collect();
        Allocation {
            total: whole.total,
            basic: whole.basic,
            participant: whole.participant,
            outcome: whole.outcome,
            years,
        }
    }
}

/// `99.5%`, from billionths.
pub fn percent(billionths: i64) -> String {
    format!("{}%", billionths as f64 / 1e7)
}
