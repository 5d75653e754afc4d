//! The places that deliver the programme.

use super::super::compile::Compiler;
use super::super::fair_share::FairShares;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::published::{Computed, Figure, Known, Published, Value};
use super::super::section::Section;
use super::super::units::MOST_POUNDS;
use super::{
    AGREED_ON, CONFIDENT, DATE, NOTE, OWNER, PIPELINE, SOURCE, TEXT, cost, fair_share, referral,
};
use crate::model::programme::{Funding, Locality, Position, ToDate, Triage};
use crate::quantity::{Key, Pence, Unit};

const POUNDS: Shape = Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, MOST_POUNDS));
const COUNT: Leaf = Leaf::Whole(0, 10_000_000);
const PEOPLE: Shape = Shape::Leaf(COUNT);

/// The most localities of one scenario.
const MOST: usize = 200;

/// Keys of `locality.L`.
pub const KEYS: &[Field] = &[
    Field::may("population", Shape::Leaf(Leaf::Whole(1, 100_000_000)), "not stated", "Residents."),
    Field::may(
        "weights",
        Shape::Names("column", &Shape::Leaf(fair_share::WEIGHT)),
        "none",
        "What a fair share may be divided by instead of residents, by column.",
    ),
    Field::may(
        "agreed_participants",
        Shape::Leaf(Leaf::Whole(1, 10_000_000)),
        "its fair share",
        "Participants agreed with the funder: people with an action plan.",
    ),
    Field::may(
        "allocation",
        POUNDS,
        "computed from agreed participants and tariffs",
        "What it may be paid in all.",
    ),
    Field::may(
        "published",
        Shape::Table(PUBLISHED),
        "none",
        "Figures printed elsewhere, set beside what the funding rules give.",
    ),
    Field::may("opening", Shape::Table(OPENING), "none", "Where it stands on the first day."),
    Field::may("readiness", PIPELINE, "none", "What must be done before it can open."),
    Field::may(
        "readiness_begins",
        DATE,
        "",
        "When that is begun; may be before the programme starts.",
    ),
    Field::may(
        "costs",
        Shape::Names("cost", &Shape::Table(cost::RUNNING)),
        "none",
        "Its own running costs.",
    ),
    Field::may("triage", Shape::Table(TRIAGE), "as below", "The single access point."),
    Field::must(
        "referrals",
        Shape::Names("source of referrals", &Shape::Table(referral::KEYS)),
        "Who refers people.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const PUBLISHED: &[Field] = &[
    Field::may("total", POUNDS, "none", "The allocation, as printed."),
    Field::may("basic", POUNDS, "none", "Its basic part, as printed."),
    Field::may("participant", POUNDS, "none", "Its participant part, as printed."),
    Field::may(
        "year",
        Shape::Names("funding year", &Shape::Leaf(Leaf::Fixed(Unit::Pounds, 0.0, MOST_POUNDS))),
        "none",
        "The allocation of a funding year, as printed.",
    ),
    Field::may("source", TEXT, "none", "Where it is printed."),
];

const OPENING: &[Field] = &[
    Field::may("waiting", Shape::Names("cohort", &PEOPLE), "none", "People waiting, by cohort."),
    Field::may(
        "in_support",
        Shape::Names("cohort", &PEOPLE),
        "none",
        "People in support, by cohort.",
    ),
    Field::or("plans", PEOPLE, "0", "Plans to date."),
    Field::or("cost", POUNDS, "£0", "Cost to date, all of it paid."),
    Field::may("eligible_cost", POUNDS, "all of the cost", "Of it, what may be claimed."),
    Field::or("claimed", POUNDS, "£0", "Claims to date, both parts together."),
    Field::or("claimed_participant", POUNDS, "£0", "Of them, the participant part."),
    Field::may(
        "claimed_this_year",
        POUNDS,
        "all of the claims",
        "Of the claims, those of the funding year in which the first day lies.",
    ),
    Field::may(
        "claimed_participant_this_year",
        POUNDS,
        "all of the participant part",
        "Of them, the participant part.",
    ),
    Field::or("received", POUNDS, "£0", "Receipts to date."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const TRIAGE: &[Field] = &[
    Field::or("name", TEXT, "Triage", "What it is called."),
    Field::may(
        "starts",
        DATE,
        "the programme's start",
        "When it starts, or when its recruitment is begun.",
    ),
    Field::may("recruitment", PIPELINE, "none", "What must be done before it starts."),
    Field::may(
        "capacity_per_week",
        Shape::Leaf(Leaf::Uncertain(Unit::PeoplePerWeek)),
        "no limit",
        "People it can see in a week.",
    ),
    Field::or(
        "other_enquiries_per_month",
        Shape::Leaf(Leaf::Uncertain(Unit::PeoplePerMonth)),
        "0",
        "Other people a month who share its capacity.",
    ),
    Field::or("decision", Shape::Leaf(Leaf::Varying), "0 days", "From being seen to the decision."),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// Every locality, in file order.
    pub fn compile_localities(
        &mut self,
        funding: &Funding,
        shares: Option<&FairShares>,
    ) -> Vec<Locality> {
        let named = self.root.named("locality");
        let at = self.root.place("locality");
        match named.len() {
            0 if self.root.is_empty("locality") => {
                self.wrong(at, "there is no locality here")
                    .help("write [locality.Bury] with agreed_participants and referrals");
            }
            count if count > MOST => {
                self.wrong(at, format!("at most {MOST} localities, not {count}"));
            }
            _ => {}
        }
        let locality = |(index, (name, section)): (usize, (&str, Section<'a>))| {
            let share = shares.and_then(|shares| shares.places.get(index));
            self.locality(name, &section, funding, share.map(|share| share.participants))
        };
        named.into_iter().enumerate().map(locality).collect()
    }

    fn locality(
        &mut self,
        name: &str,
        section: &Section<'a>,
        funding: &Funding,
        share: Option<i64>,
    ) -> Locality {
        let population = self.whole(section, "population");
        let agreed = self.agreed(name, section, share);
        let stated = self.money(section, "allocation");
        self.needs(section, "readiness_begins", "readiness");
        let begins = self.near(section, "readiness_begins").unwrap_or(0);
        let costs = section.named("costs");
        let referrals = section.named("referrals");
        if section.is_empty("referrals") {
            self.wrong(section.place("referrals"), format!("nobody refers people to {name}"))
                .help("write [locality.Bury.referrals.\"Self-referral\"] with per_month");
        }
        self.published_years(section, funding);
        Locality {
            name: name.to_owned(),
            key: Key::name(name),
            agreed,
            allocation: self.allocation(agreed, stated, funding),
            opening: self.position(&section.table("opening")),
            readiness: self.pipeline(section, "readiness").map(|index| (index, begins)),
            costs: costs.into_iter().map(|(name, cost)| self.running_cost(name, &cost)).collect(),
            triage: self.triage(&section.table("triage")),
            sources: referrals
                .into_iter()
                .map(|(name, source)| self.source(name, &source, population))
                .collect(),
        }
    }

    fn position(&mut self, section: &Section<'a>) -> Position {
        Position {
            waiting: self.by_cohort(section, "waiting"),
            in_support: self.by_cohort(section, "in_support"),
            plans: self.whole(section, "plans").unwrap_or(0),
            money: self.money_to_date(section),
        }
    }

    /// Money before the programme's first day.
    fn money_to_date(&mut self, section: &Section<'a>) -> ToDate {
        let mut at_most = |key: &str, whole: Pence, of: &str, default: Pence| {
            let Some(amount) = self.money(section, key) else { return default };
            if amount > whole {
                self.wrong(section.place(key), format!("{key} is more than {of}"))
                    .help(format!("{of} is {whole}"));
            }
            amount
        };
        let most = Pence::new(i64::MAX);
        let cost = at_most("cost", most, "", Pence::ZERO);
        let eligible = at_most("eligible_cost", cost, "cost", cost);
        let claimed = at_most("claimed", most, "", Pence::ZERO);
        let participant = at_most("claimed_participant", claimed, "claimed", Pence::ZERO);
        let this_year = at_most("claimed_this_year", claimed, "claimed", claimed);
        let of = "claimed_participant";
        let participant_this_year =
            at_most("claimed_participant_this_year", participant, of, participant.min(this_year));
        let received = at_most("received", claimed, "claimed", Pence::ZERO);
        ToDate {
            cost,
            eligible,
            basic: claimed - participant,
            participant,
            basic_this_year: (this_year - participant_this_year).at_least_zero(),
            participant_this_year,
            received,
        }
    }

    /// Numbers of people by cohort.
    fn by_cohort(&mut self, section: &Section<'a>, key: &str) -> Vec<(usize, i64)> {
        let cohorts = self.cohorts.clone();
        let mut people = Vec::new();
        for (name, node) in section.values(key) {
            let cohort = self.index_of("cohort", name, &cohorts, node.key);
            let path = section.path.with(key).with(name);
            if let (Some(cohort), Some(count)) = (cohort, self.known(node, &path, COUNT)) {
                people.push((cohort, count as i64));
            }
        }
        people
    }

    fn triage(&mut self, section: &Section<'a>) -> Triage {
        Triage {
            name: self.text(section, "name").unwrap_or_default(),
            starts: self.triage_starts(section),
            recruitment: self.pipeline(section, "recruitment"),
            capacity_per_week: self.uncertain_if(section, "capacity_per_week"),
            other_enquiries_per_month: self.uncertain(section, "other_enquiries_per_month"),
            decision: self.varying(section, "decision"),
        }
    }

    /// A recruitment may be begun before the programme; without one, triage starts within it.
    fn triage_starts(&mut self, section: &Section<'a>) -> i32 {
        match section.stated("recruitment") {
            Some(_) => self.near(section, "starts").unwrap_or(0),
            None => self.within(section, "starts", 0),
        }
    }

    fn published_years(&mut self, section: &Section<'a>, funding: &Funding) {
        let labels: Vec<String> = funding.years.iter().map(|year| year.label.clone()).collect();
        for (label, node) in section.table("published").values("year") {
            self.index_of("funding year", label, &labels, node.key);
        }
    }

    /// The figures printed for every locality, in file order.
    pub fn published(&mut self) -> Vec<Published> {
        let mut figures = Vec::new();
        for (locality, section) in self.root.named("locality") {
            let table = section.table("published");
            let source = self.text(&table, "source");
            let mut add = |written: String, computed: Computed, amount: Pence| {
                figures.push(Published {
                    name: None,
                    locality: Some(locality.to_owned()),
                    option: None,
                    written,
                    figure: Figure::Computed(computed),
                    value: Value::Money(amount),
                    known: Known::Before,
                    source: source.clone(),
                });
            };
            let parts = [
                ("total", Computed::Total),
                ("basic", Computed::Basic),
                ("participant", Computed::Participant),
            ];
            for (key, computed) in parts {
                if let Some(amount) = self.money(&table, key) {
                    add(key.to_owned(), computed, amount);
                }
            }
            for (label, node) in table.values("year") {
                if let Ok(pounds) = super::super::units::scalar(node, Unit::Pounds) {
                    let computed = Computed::Year(label.to_owned());
                    add(format!("year.{label}"), computed, Pence::from_pounds(pounds));
                }
            }
        }
        figures
    }
}
