//! A person's way through, and the cohorts that differ in it.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::section::Section;
use super::{AGREED_ON, CONFIDENT, NOTE, OWNER, SOURCE};
use crate::model::programme::{Cohort, Journey};
use crate::quantity::Unit;

const SHARE: Shape = Shape::Leaf(Leaf::Uncertain(Unit::Share));
const TIME: Shape = Shape::Leaf(Leaf::Varying);

/// The most cohorts of one scenario.
const MOST: usize = 64;

/// Keys of `journey` and of `cohort.C`.
pub const KEYS: &[Field] = &[
    Field::may("patience", TIME, "no limit", "How long someone waits for a coach."),
    Field::or(
        "to_first_appointment",
        TIME,
        "0 days",
        "From a free slot, or a missed appointment, to the next appointment.",
    ),
    Field::or("to_plan", TIME, "0 days", "From the attended appointment to the plan."),
    Field::or("attends", SHARE, "100%", "Chance of attending each appointment."),
    Field::or("plan_agreed", SHARE, "100%", "Chance that a plan is agreed."),
    Field::or(
        "fewer_attend_per_week_waited",
        SHARE,
        "0%",
        "Rate at which attendance falls with each week on the list.",
    ),
    Field::or(
        "rebook",
        Shape::Leaf(Leaf::Whole(0, 50)),
        "0",
        "How often a missed appointment is rebooked.",
    ),
    Field::may("support", TIME, "not stated", "Length of support, from the plan."),
    Field::may(
        "to_job",
        TIME,
        "at the end of support",
        "From the plan to a job's start, for those who find one; support then ends.",
    ),
    Field::may("in_work_support", TIME, "none", "Support in work, for those who found a job."),
    Field::or(
        "in_work_support_holds",
        Shape::Leaf(Leaf::Fixed(Unit::Share, 0.0, 1.0)),
        "100%",
        "Share of a caseload place that somebody supported in work holds.",
    ),
    Field::or("disengages", SHARE, "0%", "Chance that support ends early."),
    Field::or("employed_at_start", SHARE, "0%", "Chance of having a job at the start."),
    Field::or(
        "loses_job_per_week_waited",
        SHARE,
        "0%",
        "Rate at which someone loses that job with each week on the list.",
    ),
    Field::or("in_work", SHARE, "0%", "Chance of being in work at the end of full support."),
    Field::or("in_work_if_disengaged", SHARE, "0%", "The same for those who left early."),
    Field::or("sustained", SHARE, "0%", "Chance that work is sustained."),
    Field::or(
        "sustained_for",
        Shape::Leaf(Leaf::Fixed(Unit::Time, 0.0, 3660.0)),
        "26 weeks",
        "The sustainment period.",
    ),
    Field::may(
        "needs",
        Shape::Names("service", &SHARE),
        "none",
        "Share who need an onward service.",
    ),
    Field::or(
        "services_at_once",
        SHARE,
        "0%",
        "Share who have all their services at the same time; others, one after another.",
    ),
    SOURCE,
    CONFIDENT,
    OWNER,
    AGREED_ON,
    NOTE,
];

impl<'a> Compiler<'a> {
    /// Every cohort, in file order; one of everyone where none is named.
    pub fn compile_cohorts(&mut self) -> Vec<Cohort> {
        let common = self.root.table("journey");
        let mut named = self.root.named("cohort");
        self.known_needs(&common);
        for (_, section) in &named {
            self.known_needs(section);
        }
        if named.len() > MOST {
            let count = named.len();
            self.wrong(self.root.place("cohort"), format!("at most {MOST} cohorts, not {count}"));
        }
        if named.is_empty() {
            named.push(("everyone", common.clone()));
        } else {
            for (_, section) in &mut named {
                *section = section.clone().falling_back_on(common.clone());
            }
        }
        named
            .into_iter()
            .map(|(name, section)| Cohort {
                name: name.to_owned(),
                journey: self.journey(name, &section),
            })
            .collect()
    }

    fn journey(&mut self, name: &str, section: &Section<'a>) -> Journey {
        let stated = section.found("support").is_some_and(|found| found.node.is_some());
        if !stated && !section.has_unknown() {
            self.wrong(section.at, format!("the length of support is not stated for {name}"))
                .help("write support = \"12 weeks\", in [journey] or for each cohort");
        }
        Journey {
            patience: self.varying_if(section, "patience"),
            to_first_appointment: self.varying(section, "to_first_appointment"),
            to_plan: self.varying(section, "to_plan"),
            attends: self.uncertain(section, "attends"),
            plan_agreed: self.uncertain(section, "plan_agreed"),
            fewer_attend_per_week_waited: self.uncertain(section, "fewer_attend_per_week_waited"),
            rebook: self.whole(section, "rebook").unwrap_or(0) as u32,
            support: self.varying(section, "support"),
            to_job: self.varying_if(section, "to_job"),
            in_work_support: self.varying_if(section, "in_work_support"),
            in_work_support_holds: self.share(section, "in_work_support_holds").unwrap_or_default(),
            disengages: self.uncertain(section, "disengages"),
            employed_at_start: self.uncertain(section, "employed_at_start"),
            loses_job_per_week_waited: self.uncertain(section, "loses_job_per_week_waited"),
            in_work: self.uncertain(section, "in_work"),
            in_work_if_disengaged: self.uncertain(section, "in_work_if_disengaged"),
            sustained: self.uncertain(section, "sustained"),
            sustained_for: self.number(section, "sustained_for").unwrap_or(0.0),
            needs: self.needs_of(section),
            services_at_once: self.uncertain(section, "services_at_once"),
        }
    }
}
