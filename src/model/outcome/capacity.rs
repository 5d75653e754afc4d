//! Metrics of capacity: openings, waits, coaches, slots.

use super::{Outcome, Sink, Value, whole_day};
use crate::model::delivery::SlotDays;
use crate::model::metric::Kind;
use crate::model::programme::Team;
use crate::model::staffing::{NEVER, Staffing};
use crate::model::tally::mean;
use crate::quantity::Day;

impl Outcome<'_> {
    pub(super) fn capacity(&self, sink: &mut impl Sink) {
        let tally = self.tally;
        let mut put = |kind, name: &str, value| sink.put(kind, || name.to_owned(), value);
        put(Kind::Day, "opening_day", whole_day(self.opening_day()));
        put(Kind::Days, "wait_mean_days", Value::Real(tally.mean_wait()));
        put(Kind::Days, "wait_p90_days", Value::Real(tally.wait_p90()));
        let to_appointment = mean(tally.days_to_appointment, tally.seen);
        put(Kind::Days, "referral_to_appointment_days", Value::Real(to_appointment));
        let within = mean(tally.seen_within_28_days, tally.could_be_seen_within_28_days);
        put(Kind::Share, "seen_within_28_days", Value::Real(within));
        put(Kind::People, "longest_list", Value::Whole(Some(tally.longest_list())));
        put(Kind::Number, "coach_weeks", Value::Real(Some(self.coach_weeks())));
        put(Kind::Share, "utilisation", Value::Real(self.utilisation()));
        put(Kind::Day, "first_plan_day", whole_day(tally.first_plan_day()));
        for (team, staffing) in self.teams() {
            let name = || format!("ready_day.{}", self.option.teams[team].name);
            sink.put(Kind::Day, name, whole_day(staffing.ready_day()));
        }
    }

    /// The programme opens when the first of its localities does.
    pub(super) fn opening_day(&self) -> Option<Day> {
        let days = self.delivery.places.iter().enumerate();
        days.filter(|(index, _)| self.locality.is_none_or(|locality| locality == *index))
            .map(|(_, place)| place.opening)
            .min()
            .filter(|&day| day != NEVER && day <= self.programme.calendar.last())
    }

    /// The teams that serve this place, whole even where they serve others too.
    pub(super) fn teams(&self) -> impl Iterator<Item = (usize, &Staffing)> {
        let serves = |team: usize| {
            self.locality.is_none_or(|locality| self.option.teams[team].serves.contains(&locality))
        };
        self.delivery.staffing.iter().enumerate().filter(move |(team, _)| serves(*team))
    }

    /// FTE-days in post while the team works, over 7. Of a team that several localities share, each
    /// has its part by agreed participants, as of the costs, so that localities add up.
    pub(super) fn coach_weeks(&self) -> f64 {
        let weeks = |(team, staffing): (usize, &Staffing)| {
            let ends = self.delivery.caseloads[team].ends;
            let days: i64 = staffing
                .coaches
                .iter()
                .take((ends.max(-1) + 1) as usize)
                .map(|&coaches| i64::from(coaches))
                .sum();
            days as f64 * self.option.teams[team].fte / 7.0 * self.part_of(&self.option.teams[team])
        };
        self.teams().map(weeks).sum()
    }

    /// This place's part of a team, by agreed participants of the localities that it serves.
    fn part_of(&self, team: &Team) -> f64 {
        let Some(place) = self.locality else { return 1.0 };
        if team.serves.len() == 1 {
            return 1.0;
        }
        let agreed = |locality: usize| self.programme.localities[locality].agreed;
        let all: i64 = team.serves.iter().map(|&locality| agreed(locality)).sum();
        agreed(place) as f64 / all.max(1) as f64
    }

    /// Slot-days used over slot-days there, of teams with a caseload limit.
    pub(super) fn utilisation(&self) -> Option<f64> {
        let mut sum = SlotDays::default();
        for team in self.teams().filter_map(|(team, _)| self.delivery.slot_days[team]) {
            sum.held += team.held;
            sum.parts += team.parts;
            sum.there += team.there;
        }
        let used = sum.held as f64 + sum.parts as f64 / 1e9;
        (sum.there > 0).then(|| used / sum.there as f64)
    }
}
