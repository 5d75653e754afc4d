//! One replicate told day by day: what happened to whom, which coach came and went, what was claimed
//! and when it was paid. The same replicate as [`Simulator::replicate`] lives through, to the bit.

use super::activity::by_period;
use super::claims::Claim;
use super::journal::{Journal, Settled, Taken};
use super::luck::WorldLuck;
use super::pathway::Way;
use super::people::{ENDLESS, People};
use super::place::Place;
use super::receipts::{along_the_chain, late_returns, receipts};
use super::replicate::{ReplicateError, Simulator};
use super::staffing::{Coach, NEVER};
use super::waiting::withdrawal_day;
use crate::quantity::{Day, Pence};

/// Something that happened on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The day; day 0 is the programme's first. Money may come after its last.
    pub day: Day,
    /// The locality where it happened, by its index; none for what happens to a team.
    pub locality: Option<usize>,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// To a person, by their number in the locality.
    Person(u32, Step),
    /// To a team, by its index.
    Team(usize, Change),
    /// The locality's first day on which anybody can be referred.
    Opens,
    /// A period's claim, on its last day.
    Claimed(Claim),
    /// A funder pays, by its index, for the period that ended on a day; the money has come.
    Received {
        /// How much.
        amount: Pence,
        /// Which funder.
        funder: usize,
        /// The last day of the period that it is for.
        period_ends: Day,
    },
    /// The balance at a month's end.
    Balance(Pence),
}

/// What happens to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// They wait on day 0.
    WaitsAlready,
    /// They are in support on day 0.
    InSupportAlready,
    /// A source, by its index, refers them.
    Referred(usize),
    /// The access point signposts them elsewhere.
    Signposted,
    /// They join the coaches' list.
    Listed,
    /// They stop waiting.
    Withdraws,
    /// They take a slot of a team after so many days.
    Takes {
        /// Which team.
        team: usize,
        /// Days waited.
        waited: Day,
    },
    /// They missed the last of their appointments and are lost.
    DidNotAttend,
    /// They come to an appointment.
    Seen,
    /// No plan is agreed, and they are lost.
    NoPlan,
    /// They agree an action plan.
    Plan,
    /// Their provider failed, or their coach left, before a plan: they are back on the list.
    Returns,
    /// Their provider failed, or their coach left, in support: it ends.
    Disrupted,
    /// Support ends.
    Leaves {
        /// Early.
        disengaged: bool,
        /// Because a job began.
        with_job: bool,
        /// In work then.
        in_work: bool,
        /// Employed when they began, and still when they left the list.
        employed: bool,
    },
    /// Support in work ends.
    HelpEnds,
}

/// What happens to a team.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is ready.
    Ready,
    /// A coach starts in a post.
    Starts(u32, Coach),
    /// The coach of a post leaves of their own accord.
    CoachLeaves(u32),
    /// Its provider fails.
    Fails,
    /// It stops taking people.
    Stops,
    /// Its last day of work.
    Ends,
}

impl Simulator<'_> {
    /// What happened in a replicate under one option, by its index: by day, and within a day in the
    /// order of localities and people, teams and money last.
    ///
    /// # Errors
    ///
    /// As [`Simulator::replicate`].
    pub fn story(&mut self, replicate: u64, option: usize) -> Result<Vec<Event>, ReplicateError> {
        let luck = self.meet(replicate)?;
        let localities = self.programme.localities.len();
        self.delivery.places.resize_with(localities, Place::default);
        self.delivery.places.iter_mut().for_each(|place| place.journal = Some(Journal::default()));
        self.live(option, &luck, replicate)?;
        let mut events = Vec::new();
        for index in 0..localities {
            self.tell_people(index, &mut events);
        }
        self.tell_teams(option, &mut events);
        for index in 0..localities {
            self.tell_money(index, &luck, &mut events);
        }
        self.delivery.places.iter_mut().for_each(|place| place.journal = None);
        events.retain(|event| event.day != NEVER);
        events.sort_by_key(|event| event.day);
        Ok(events)
    }

    fn tell_people(&self, index: usize, events: &mut Vec<Event>) {
        let last = self.programme.calendar.last();
        let (place, people) = (&self.delivery.places[index], &self.people[index]);
        let Some(journal) = &place.journal else { return };
        let mut put = |day: Day, what: What| {
            // A provider may have failed before the first day, and is missed on it.
            if day <= last {
                events.push(Event { day: day.max(0), locality: Some(index), what });
            }
        };
        if place.opening != NEVER {
            put(place.opening.max(0), What::Opens);
        }
        let mut ready = referred(place, people, last, &mut |day, person, step| {
            put(day, What::Person(person, step));
        });
        let mut listed = Vec::new();
        for day in 0..=last {
            place.triage.listed_on(day, &mut listed);
            for &person in &listed {
                put(day, What::Person(person, Step::Listed));
                ready[person as usize] = Some(day);
            }
        }
        for &(day, person) in &place.triage.signposted {
            put(day, What::Person(person, Step::Signposted));
        }
        for taken in &journal.taken {
            // Whoever returns to the list waits from then on.
            ready[taken.person as usize] = taken_up(taken, &mut |day, step| {
                put(day, What::Person(taken.person, step));
            });
        }
        for (number, since) in (0u32..).zip(ready) {
            let patience = people.everyone[number as usize].withdraws_after;
            if let Some(since) = since.filter(|_| patience != ENDLESS) {
                put(withdrawal_day(since, patience), What::Person(number, Step::Withdraws));
            }
        }
        for settled in &journal.settled {
            let whose = people.everyone.iter().position(|person| person.luck == settled.who);
            if let Some(number) = whose {
                ended(settled, &mut |day, step| put(day, What::Person(number as u32, step)));
            }
        }
    }

    fn tell_teams(&self, option: usize, events: &mut Vec<Event>) {
        let last = self.programme.calendar.last();
        for index in 0..self.programme.options[option].teams.len() {
            let staffing = &self.delivery.staffing[index];
            let caseload = &self.delivery.caseloads[index];
            let mut put = |day: Day, change: Change| {
                if (0..=last).contains(&day) {
                    events.push(Event { day, locality: None, what: What::Team(index, change) });
                }
            };
            for stint in &staffing.stints {
                put(stint.ready.max(0), Change::Ready);
                put(stint.fails, Change::Fails);
            }
            let works = |day: Day| day <= caseload.ends;
            for coach in staffing.occupancies.iter().filter(|coach| works(coach.from)) {
                put(coach.from.max(0), Change::Starts(coach.post, coach.coach));
                let leaves = staffing.departures.iter().any(|left| left.day == coach.to + 1);
                if leaves && coach.coach != Coach::Agency && works(coach.to) && coach.to < last {
                    put(coach.to + 1, Change::CoachLeaves(coach.post));
                }
            }
            if caseload.stopped {
                put(caseload.takes_until, Change::Stops);
            }
            if caseload.ends < last {
                put(caseload.ends, Change::Ends);
            }
        }
    }

    fn tell_money(&self, index: usize, luck: &WorldLuck, events: &mut Vec<Event>) {
        let (programme, inputs) = (self.programme, &self.world.inputs);
        let place = &self.delivery.places[index];
        let mut put = |day: Day, what| events.push(Event { day, locality: Some(index), what });
        let mut activity = Vec::new();
        let (spending, income) = (&place.books.spending, &place.books.income);
        by_period(&programme.calendar, spending, &place.tally, &place.work_by_day, &mut activity);
        for (claim, did) in income.claims().iter().zip(&activity) {
            put(did.last, What::Claimed(*claim));
        }
        let (funding, locality) = (&programme.funding, &programme.localities[index]);
        let mut late = Vec::new();
        late_returns(&programme.calendar, funding, locality, inputs, luck, &mut late);
        for receipt in receipts(funding, &activity, income.claims(), &late, inputs) {
            let reached = along_the_chain(funding, &receipt, inputs).last();
            let what = What::Received {
                amount: receipt.amount,
                funder: receipt.funder,
                period_ends: activity[receipt.period].last,
            };
            put(reached.unwrap_or(receipt.paid), what);
        }
        for (month, &balance) in programme.calendar.months().iter().zip(&income.balance_by_month) {
            put(month.last, What::Balance(balance));
        }
    }
}

/// Tells who is there and who is referred; returns for each of the people from when they wait, if they
/// are on the list from the start.
fn referred(
    place: &Place,
    people: &People,
    last: Day,
    put: &mut impl FnMut(Day, u32, Step),
) -> Vec<Option<Day>> {
    let mut ready = vec![None; people.everyone.len()];
    for (number, person) in people.everyone.iter().enumerate() {
        let id = number as u32;
        if number < people.waiting {
            put(0, id, Step::WaitsAlready);
            ready[number] = Some(0);
        } else if number < people.there {
            put(0, id, Step::InSupportAlready);
        } else if person.day <= last && place.opens[usize::from(person.source)] <= person.opens_by {
            put(person.day, id, Step::Referred(usize::from(person.source)));
        }
    }
    ready
}

/// Tells what follows somebody's slot, up to their plan; returns the day on which they are back on the
/// list, if they are.
fn taken_up(taken: &Taken, put: &mut impl FnMut(Day, Step)) -> Option<Day> {
    let Taken { team, day, waited, way, fails, lost, .. } = *taken;
    put(day, Step::Takes { team, waited });
    let cut = fails.min(lost);
    if let Some(seen) = way.seen().filter(|&seen| seen < cut) {
        put(seen, Step::Seen);
    }
    let (ends, step) = match way {
        Way::DidNotAttend { day } => (day, Step::DidNotAttend),
        Way::NoPlan { day, .. } => (day, Step::NoPlan),
        Way::Plan { plan, .. } => (plan, Step::Plan),
    };
    if ends < cut {
        put(ends, step);
        return None;
    }
    put(cut, Step::Returns);
    Some(cut)
}

/// Tells how support ended.
fn ended(settled: &Settled, put: &mut impl FnMut(Day, Step)) {
    let Settled { cut, support, work, helped_until, .. } = *settled;
    if let Some(cut) = cut {
        put(cut, Step::Disrupted);
    }
    let Some(work) = work else { return };
    put(
        support.leaves,
        Step::Leaves {
            disengaged: support.disengaged,
            with_job: support.with_job,
            in_work: work.in_work,
            employed: work.employed,
        },
    );
    if let Some(until) = helped_until {
        put(until, Step::HelpEnds);
    }
}
