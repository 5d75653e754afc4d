//! The named streams of one world: what each draw is for, and whose.

use crate::quantity::{Key, Stream, points};

/// What a draw is for. Each purpose has streams of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Time from one referral of a source to the next, at full flow.
    Arrival,
    /// A referral's mark, set against the ramp.
    Mark,
    /// A month's gamma factor of a source.
    Cluster,
    /// Other enquiries at the access point.
    Enquiry,
    /// Which cohort a person belongs to.
    Cohort,
    /// Whether the programme is right for them.
    Eligible,
    /// Whether they go straight to the coaches' list.
    PastTriage,
    /// From triage to the decision.
    Decision,
    /// How long they wait for a coach.
    Patience,
    /// From a slot, or a missed appointment, to the next.
    Appointment,
    /// Whether an appointment is attended.
    Attendance,
    /// From the appointment to the plan.
    ToPlan,
    /// Whether a plan is agreed.
    PlanAgreed,
    /// Length of support.
    Support,
    /// Whether support ends early.
    Disengages,
    /// At which fraction it then ends.
    Fraction,
    /// Whether they had a job at the start.
    Employed,
    /// Whether they are in work at the end.
    InWork,
    /// Whether that is sustained.
    Sustained,
    /// How long a try of a stage takes.
    StageTime,
    /// Whether it fails.
    StageFails,
    /// When a coach leaves.
    Leaving,
    /// When a provider fails.
    ProviderFailure,
    /// Whether a quarter's return is late.
    LateReturn,
    /// From the plan to a job's start.
    ToJob,
    /// How long support in work lasts.
    InWorkSupport,
    /// Whether somebody is lost when a coach leaves.
    LostWithCoach,
    /// How much support is left to somebody who was in support on day 0.
    SupportLeft,
    /// Which value of an attribute somebody has.
    Attribute,
    /// Whether somebody lost their job while on the list.
    LosesJob,
    /// Whether somebody needs an onward service.
    Need,
    /// Whether they have all their services at the same time.
    AtOnce,
    /// Whether their request goes to the list's head.
    Priority,
    /// How long a service takes.
    ServiceTime,
    /// Where each person's own stream starts.
    Person,
}

const PURPOSES: usize = Purpose::Person as usize + 1;

/// The keys of a run: one for each purpose, made once.
#[derive(Clone, Debug)]
pub struct Luck {
    purposes: [Key; PURPOSES],
    spread: [Key; PURPOSES],
}

impl Luck {
    /// The keys of a run with this seed.
    pub fn new(seed: u64) -> Self {
        let keys = |name| {
            let root = Key::seed(seed).named(Key::name(name));
            std::array::from_fn(|purpose| root.with(purpose as u64))
        };
        Luck { purposes: keys("varies"), spread: keys("spread") }
    }

    /// The draws of one world.
    pub fn world(&self, replicate: u64) -> WorldLuck {
        let purposes = self.purposes.map(|key| key.with(replicate));
        WorldLuck { purposes, spread: self.spread, replicate }
    }
}

/// The keys of one world.
#[derive(Clone, Debug)]
pub struct WorldLuck {
    purposes: [Key; PURPOSES],
    spread: [Key; PURPOSES],
    replicate: u64,
}

impl WorldLuck {
    /// The key of a purpose in this world; narrow it by the place that the draw belongs to.
    #[inline]
    pub fn key(&self, purpose: Purpose) -> Key {
        self.purposes[purpose as usize]
    }

    /// The stream of a purpose at a place.
    #[inline]
    pub fn stream(&self, purpose: Purpose, place: Key) -> Stream {
        self.key(purpose).named(place).stream()
    }

    /// This world's draw of a purpose at a place, spread over the worlds: a coordinate of the
    /// one-dimensional set that belongs to the two, as an uncertain input has.
    ///
    /// It is for what a world has few of and much depends on: how long a post stays empty, when a
    /// coach leaves. Means over worlds are then known as from several times as many.
    #[inline]
    pub fn spread(&self, purpose: Purpose, place: Key) -> f64 {
        points::single(self.spread[purpose as usize], self.replicate, place)
    }
}

/// The draws of one person: a stream of their own, read by what a draw is for.
///
/// Once a person's stream is known a draw takes one round of its generator, and draws of one person
/// do not wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonLuck(Key);

impl PersonLuck {
    /// Nobody's draws.
    pub(super) const NOBODYS: PersonLuck = PersonLuck(Key::NONE);

    /// The draws that start at a key: one of the source's stream of [`Purpose::Person`].
    #[inline]
    pub fn new(key: Key) -> Self {
        PersonLuck(key)
    }

    /// A draw that is made once.
    #[inline]
    pub fn draw(self, purpose: Purpose) -> f64 {
        self.0.stream().uniform(purpose as u64)
    }

    /// Draw `number` of somebody's time with a coach; `round` is how often they had one before, so
    /// that each time is drawn afresh. The first draw of the first round is that of [`Self::draw`].
    #[inline]
    pub fn drawn(self, purpose: Purpose, round: u32, number: u32) -> f64 {
        let index = u64::from(round) << 40 | u64::from(number) << 8 | purpose as u64;
        self.0.stream().uniform(index)
    }

    /// A draw that belongs to a name: an attribute, an onward service.
    #[inline]
    pub fn at(self, purpose: Purpose, name: Key) -> f64 {
        self.0.named(name).stream().uniform(purpose as u64)
    }

    /// Whether something of this chance happens. What is certain is not drawn.
    #[inline]
    pub fn happens(self, purpose: Purpose, round: u32, number: u32, chance: f64) -> bool {
        chance >= 1.0 || (chance > 0.0 && self.drawn(purpose, round, number) < chance)
    }
}
