//! A team: coaches with one employer.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::path::Path;
use super::super::section::Section;
use super::{AGREED_ON, CONFIDENT, DATE, NOTE, OWNER, PIPELINE, SOURCE, cost};
use crate::model::programme::{Agency, Team, TeamCosts};
use crate::quantity::{Key, Unit};

const SHARE: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Share));
const TIME: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Time));
const PEOPLE: Shape = Shape::Leaf(Leaf::Uncertain(Unit::People));
const HAZARD: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Hazard));
const POSTS: Shape = Shape::Leaf(Leaf::Whole(0, 10_000));

/// Keys of `option.O.team.T`.
pub const KEYS: &[Field] = &[
    Field::may(
        "begins",
        DATE,
        "the programme's start",
        "When its route is begun; may be before the programme starts.",
    ),
    Field::may("in_post_from", DATE, "none", "From when staff are already there."),
    Field::may("in_post", POSTS, "", "How many of the posts they fill."),
    Field::may("until", DATE, "none", "After this day it takes nobody new."),
    Field::may("staff_until", DATE, "none", "Its posts and block go on to this day after `until`."),
    Field::may("extended_to", DATE, "none", "It may go on to this day while money allows."),
    Field::may("contract_ends", DATE, "none", "The day on which its posts end."),
    Field::may("route", PIPELINE, "none", "What makes it ready: a tender, an approval to recruit."),
    Field::may("recruitment", PIPELINE, "none", "How each post is filled."),
    Field::may(
        "recruits_after",
        Shape::Leaf(Leaf::Name("stage of the route")),
        "",
        "The stage of the route after which posts are recruited.",
    ),
    Field::or("posts", Shape::Leaf(Leaf::Whole(1, 10_000)), "1", "Coach positions."),
    Field::or(
        "fte",
        Shape::Leaf(Leaf::Fixed(Unit::Number, 0.01, 10.0)),
        "1",
        "Full-time equivalent of each post.",
    ),
    Field::may("caseload", PEOPLE, "no limit", "People a full-time coach supports at once."),
    Field::may(
        "starts_per_month",
        PEOPLE,
        "no limit",
        "People a full-time coach can take on in a month.",
    ),
    Field::or("induction", TIME, "0 days", "In post before the first caseload."),
    Field::or("full_caseload_after", TIME, "0 days", "From induction to the full caseload."),
    Field::or("absence", SHARE, "0%", "Share of caseload and starts lost to absence."),
    Field::may("leavers", HAZARD, "none leave", "Share of coaches who leave, per month or year."),
    Field::may(
        "leavers_at_end",
        Shape::Table(AT_END),
        "as before",
        "How leaving rises before the contract ends.",
    ),
    Field::or(
        "lost_when_coach_leaves",
        SHARE,
        "0%",
        "Share of a leaver's people who are lost: in support they leave, before a plan they go \
         back to the list.",
    ),
    Field::may("agency", Shape::Table(AGENCY), "none", "Agency cover of empty posts."),
    Field::may(
        "fails",
        HAZARD,
        "it does not fail",
        "Chance that the provider fails, per month or year.",
    ),
    Field::or(
        "restarts",
        Shape::Leaf(Leaf::Flag),
        "false",
        "Whether its route begins again after a failure.",
    ),
    Field::may(
        "participants_max",
        Shape::Leaf(Leaf::Whole(1, 10_000_000)),
        "no limit",
        "The most people it takes on.",
    ),
    Field::may("accepts", Shape::Leaf(Leaf::List("cohort")), "all cohorts", "Cohorts it accepts."),
    Field::may(
        "serves",
        Shape::Leaf(Leaf::List("locality")),
        "all localities",
        "Localities it serves.",
    ),
    Field::may(
        "draws_as",
        Shape::Leaf(Leaf::Name("luck")),
        "its name",
        "Teams of different options that draw as one name have the same luck.",
    ),
    Field::may("costs", Shape::Table(cost::TEAM), "none", "What it costs to employ."),
    Field::may("price", Shape::Table(cost::PRICE), "none", "What its provider charges."),
    Field::may(
        "own_costs",
        Shape::Table(cost::TEAM),
        "none",
        "A provider's own costs, for its margin and its cash; they are nobody else's.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

const AGENCY: &[Field] = &[
    Field::or(
        "after",
        TIME,
        "0 days",
        "From a post falling empty, or the team ready, to the cover.",
    ),
    Field::or("costs_more", SHARE, "0%", "What it costs above the salary, as a share of it."),
];

const AT_END: &[Field] = &[
    Field::must(
        "times",
        Shape::Leaf(Leaf::Fixed(Unit::Number, 0.0, 1000.0)),
        "Multiplies the rate of leaving.",
    ),
    Field::must(
        "over",
        Shape::Leaf(Leaf::Fixed(Unit::Time, 0.0, 3660.0)),
        "For how long before the contract ends.",
    ),
];

impl<'a> Compiler<'a> {
    /// A team of an option.
    pub fn team(&mut self, name: &str, section: &Section<'a>) -> Team {
        let draws_as = self.text(section, "draws_as").unwrap_or_else(|| name.to_owned());
        let section = &section.clone().drawn_as(Path::of(&["team", &draws_as]));
        self.check_dates(section);
        let posts = self.whole(section, "posts").unwrap_or(1);
        let in_post_from = self.near(section, "in_post_from");
        let in_post = self.in_post(section, posts);
        let route = self.pipeline(section, "route");
        Team {
            name: name.to_owned(),
            key: Key::name(&draws_as),
            begins: self.near(section, "begins").unwrap_or(0),
            route,
            recruits_after: self.recruits_after(section),
            recruitment: self.pipeline(section, "recruitment"),
            posts: posts as u32,
            fte: self.number(section, "fte").unwrap_or(1.0),
            in_post_from,
            in_post: if in_post_from.is_some() { in_post as u32 } else { 0 },
            until: self.near(section, "until"),
            staff_until: self.near(section, "staff_until"),
            extended_to: self.near(section, "extended_to"),
            contract_ends: self.near(section, "contract_ends"),
            caseload: self.uncertain_if(section, "caseload"),
            starts_per_month: self.uncertain_if(section, "starts_per_month"),
            induction: self.uncertain(section, "induction"),
            full_caseload_after: self.uncertain(section, "full_caseload_after"),
            absence: self.uncertain(section, "absence"),
            leavers: self.uncertain_if(section, "leavers"),
            leavers_at_end: self.leavers_at_end(section),
            lost_when_coach_leaves: self.uncertain(section, "lost_when_coach_leaves"),
            agency: self.agency(section),
            fails: self.uncertain_if(section, "fails"),
            restarts: self.flag(section, "restarts"),
            participants_max: self.whole(section, "participants_max"),
            accepts: self.accepts(section),
            serves: self.serves(section),
            costs: self.team_costs(&section.table("costs")),
            price: self.price(&section.table("price")),
            own_costs: self.own_costs(section),
        }
    }

    fn own_costs(&mut self, section: &Section<'a>) -> Option<TeamCosts> {
        self.needs(section, "own_costs", "price");
        let own = section.table("own_costs");
        own.is_stated().then(|| self.team_costs(&own))
    }

    fn check_dates(&mut self, section: &Section<'a>) {
        self.needs(section, "staff_until", "until");
        self.needs(section, "extended_to", "until");
        for (first, then) in [
            ("begins", "until"),
            ("begins", "contract_ends"),
            ("in_post_from", "until"),
            ("in_post_from", "contract_ends"),
            ("until", "staff_until"),
            ("until", "extended_to"),
        ] {
            self.in_order(section, first, then);
        }
    }

    fn in_post(&mut self, section: &Section<'a>, posts: i64) -> i64 {
        self.needs(section, "in_post", "in_post_from");
        let in_post = self.whole(section, "in_post").unwrap_or(posts);
        if in_post > posts && section.stated("in_post_from").is_some() {
            self.wrong(
                section.place("in_post"),
                format!("{in_post} posts are filled, but there are only {posts}"),
            );
        }
        in_post
    }

    fn recruits_after(&mut self, section: &Section<'a>) -> Option<usize> {
        self.needs(section, "recruits_after", "route");
        let stage = self.text(section, "recruits_after")?;
        let route = self.text(section, "route")?;
        let stages = self.stage_names(&route);
        if stages.is_empty() {
            return None;
        }
        let noun = format!("stage of \"{route}\"");
        self.index_of(&noun, &stage, &stages, section.place("recruits_after"))
    }

    fn agency(&mut self, section: &Section<'a>) -> Option<Agency> {
        let table = section.table("agency");
        table.is_stated().then(|| Agency {
            after: self.uncertain(&table, "after"),
            costs_more: self.uncertain(&table, "costs_more"),
        })
    }

    fn leavers_at_end(&mut self, section: &Section<'a>) -> Option<(f64, f64)> {
        self.needs(section, "leavers_at_end", "leavers");
        self.needs(section, "leavers_at_end", "contract_ends");
        let table = section.table("leavers_at_end");
        Some((self.number(&table, "times")?, self.number(&table, "over")?))
    }

    fn accepts(&mut self, section: &Section<'a>) -> u64 {
        let cohorts = self.cohorts.clone();
        let accepted = self.listed(section, "accepts", "cohort", &cohorts);
        accepted.into_iter().filter(|&index| index < 64).fold(0, |bits, index| bits | 1 << index)
    }

    fn serves(&mut self, section: &Section<'a>) -> Vec<usize> {
        let localities = self.localities.clone();
        self.listed(section, "serves", "locality", &localities)
    }
}
