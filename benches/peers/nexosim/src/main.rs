//! Workload W in nexosim: one model refers people, the other has the queue and the slots.
//!
//!     nexosim-workload --seconds 4 --seed 1
//!
//! One thread, and a new bench for each replicate, as nexosim has no way back to the beginning. Whoever
//! has stopped waiting leaves the queue when they come to its head, which needs no event for it.

use std::collections::VecDeque;
use std::error::Error;
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use nexosim::Message;
use nexosim::model::{BuildContext, Context, Model, ProtoModel, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp, LogNormal, Pert};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Weeks of the programme. A week of W is a second of nexosim's time.
const WEEKS: f64 = 78.0;

fn main() -> Result<(), Box<dyn Error>> {
    let (seconds, seed) = (argument("--seconds")?, argument("--seed")?);
    // One replicate more than are counted, so that nothing that happens only once is timed.
    replicate(u64::MAX)?;
    let mut figures = [Sums::default(), Sums::default(), Sums::default()];
    let mut referrals = 0;
    let began = Instant::now();
    let mut replicates = 0;
    while began.elapsed().as_secs_f64() < seconds {
        let life = replicate(((seed as u64) << 32) + replicates)?;
        for (sums, value) in figures.iter_mut().zip([life.plans, life.wait_days, life.gap]) {
            sums.add(value);
        }
        referrals += life.referrals;
        replicates += 1;
    }
    let elapsed = began.elapsed().as_secs_f64();
    let answer = json!({
        "engine": "nexosim",
        "version": "1.0.0",
        "replicates": replicates,
        "seconds": elapsed,
        "referrals": referrals,
        "peak_memory_mb": peak_memory_mb()?,
        "plans": figures[0].json(),
        "wait_days": figures[1].json(),
        "cash_gap": figures[2].json(),
    });
    println!("{answer}");
    Ok(())
}

/// A number behind a word of the command line.
fn argument(name: &str) -> Result<f64, Box<dyn Error>> {
    let mut words = std::env::args().skip_while(|word| word != name);
    Ok(words.nth(1).ok_or(format!("{name} is missing"))?.parse()?)
}

/// The most memory that this process has had.
fn peak_memory_mb() -> Result<f64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
}

/// Sums of which a mean and its error are made.
#[derive(Default)]
struct Sums {
    count: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, value: f64) {
        self.count += 1.0;
        self.sum += value;
        self.squares += value * value;
    }

    fn json(&self) -> serde_json::Value {
        let mean = self.sum / self.count;
        let variance = (self.squares - self.sum * mean) / (self.count - 1.0);
        json!({ "mean": mean, "se": (variance / self.count).sqrt() })
    }
}

/// What a replicate comes to.
struct Life {
    referrals: u64,
    plans: f64,
    wait_days: f64,
    gap: f64,
}

fn replicate(seed: u64) -> Result<Life, Box<dyn Error>> {
    let mut rng = SmallRng::seed_from_u64(seed);
    let comes = Pert::new(4.0, 18.0).with_mode(10.0)?;
    let coaches: [f64; 4] = std::array::from_fn(|_| comes.sample(&mut rng));
    let (told, tell) = channel();
    let clinic = ProtoClinic { coaches, luck: Luck::new(rng.random(), told)? };
    let mut referrals =
        ProtoReferrals { person: Output::default(), luck: Source::new(rng.random())? };
    let clinic_box = Mailbox::new();
    let referrals_box = Mailbox::new();
    referrals.person.connect(Clinic::refer, &clinic_box);
    let mut simulation = SimInit::with_num_threads(1)
        .add_model(referrals, referrals_box, "referrals")
        .add_model(clinic, clinic_box, "clinic")
        .init(MonotonicTime::EPOCH)?;
    simulation.step_until(Duration::from_secs_f64(WEEKS))?;
    drop(simulation);
    let done = tell.recv()?;
    Ok(Life {
        referrals: done.referrals,
        plans: f64::from(done.plans.iter().sum::<u32>()),
        wait_days: 7.0 * done.waited / done.taken,
        gap: gap(&coaches, &done.plans),
    })
}

/// How far below zero cash goes: coaches are paid every four weeks, quarters four weeks after they end.
fn gap(coaches: &[f64; 4], plans: &[u32; 6]) -> f64 {
    let (mut balance, mut lowest) = (0_i64, 0_i64);
    for week in 1..=82 {
        if week % 4 == 0 && week <= 80 {
            let (from, to) = (f64::from(week - 4), f64::from(week).min(WEEKS));
            let worked: f64 = coaches.iter().map(|comes| (to - comes.max(from)).max(0.0)).sum();
            balance -= (145_000.0 * worked).round() as i64;
            lowest = lowest.min(balance);
        }
        if week >= 17 && (week - 17) % 13 == 0 {
            let quarter = (week - 17) as usize / 13;
            balance += 3_000_000 + 35_000 * i64::from(plans[quarter]);
        }
    }
    -lowest as f64 / 100.0
}

/// Somebody who is referred, and for how many weeks they wait.
#[derive(Clone, Copy, Message, Serialize, Deserialize)]
struct Person {
    eligible: bool,
    patience: f64,
}

/// What people are drawn from.
struct Source {
    rng: SmallRng,
    gap: Exp<f64>,
    patience: Exp<f64>,
}

impl Source {
    fn new(seed: u64) -> Result<Self, Box<dyn Error>> {
        let rng = SmallRng::seed_from_u64(seed);
        Ok(Source { rng, gap: Exp::new(19.0)?, patience: Exp::new(1.0 / 6.0)? })
    }
}

/// People who are put forward.
#[derive(Serialize, Deserialize)]
struct Referrals {
    person: Output<Person>,
}

struct ProtoReferrals {
    person: Output<Person>,
    luck: Source,
}

impl ProtoModel for ProtoReferrals {
    type Model = Referrals;

    fn build(self, _: &mut BuildContext<Self>) -> (Referrals, Source) {
        (Referrals { person: self.person }, self.luck)
    }
}

#[Model(type Env=Source)]
impl Referrals {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>, luck: &mut Source) {
        self.await_next(cx, luck);
    }

    #[nexosim(schedulable)]
    async fn refer(&mut self, _: (), cx: &Context<Self>, luck: &mut Source) {
        let eligible = luck.rng.random_bool(0.75);
        let patience = luck.patience.sample(&mut luck.rng);
        self.person.send(Person { eligible, patience }).await;
        self.await_next(cx, luck);
    }

    fn await_next(&mut self, cx: &Context<Self>, luck: &mut Source) {
        let gap = luck.gap.sample(&mut luck.rng);
        cx.schedule_event(after(gap), schedulable!(Self::refer), ()).expect("it is to come");
    }
}

/// What happens to people is drawn from, and where it is told at the end.
struct Luck {
    rng: SmallRng,
    support: LogNormal<f64>,
    told: Sender<Done>,
    done: Done,
}

impl Luck {
    fn new(seed: u64, told: Sender<Done>) -> Result<Self, Box<dyn Error>> {
        let rng = SmallRng::seed_from_u64(seed);
        let support = LogNormal::from_mean_cv(12.0, 0.5)?;
        Ok(Luck { rng, support, told, done: Done::default() })
    }
}

impl Drop for Luck {
    fn drop(&mut self) {
        // Nobody listens if the replicate has failed.
        let _ = self.told.send(self.done);
    }
}

/// What was counted.
#[derive(Clone, Copy, Default)]
struct Done {
    referrals: u64,
    taken: f64,
    waited: f64,
    plans: [u32; 6],
}

/// The queue and its slots; times in weeks.
#[derive(Serialize, Deserialize)]
struct Clinic {
    coaches: [f64; 4],
    free: u32,
    queue: VecDeque<(f64, f64)>,
}

struct ProtoClinic {
    coaches: [f64; 4],
    luck: Luck,
}

impl ProtoModel for ProtoClinic {
    type Model = Clinic;

    fn build(self, _: &mut BuildContext<Self>) -> (Clinic, Luck) {
        (Clinic { coaches: self.coaches, free: 0, queue: VecDeque::new() }, self.luck)
    }
}

#[Model(type Env=Luck)]
impl Clinic {
    #[nexosim(init)]
    async fn init(&mut self, cx: &Context<Self>) {
        for comes in self.coaches {
            cx.schedule_event(after(comes), schedulable!(Self::free), 25)
                .expect("they are to come");
        }
    }

    async fn refer(&mut self, person: Person, cx: &Context<Self>, luck: &mut Luck) {
        luck.done.referrals += 1;
        if person.eligible {
            let now = weeks(cx);
            self.queue.push_back((now, now + person.patience));
            self.allocate(cx, luck);
        }
    }

    #[nexosim(schedulable)]
    async fn free(&mut self, slots: u32, cx: &Context<Self>, luck: &mut Luck) {
        self.free += slots;
        self.allocate(cx, luck);
    }

    fn allocate(&mut self, cx: &Context<Self>, luck: &mut Luck) {
        let now = weeks(cx);
        while self.free > 0 {
            let Some((since, until)) = self.queue.pop_front() else { return };
            if until <= now || luck.rng.random_bool(0.15) {
                continue;
            }
            self.free -= 1;
            luck.done.taken += 1.0;
            luck.done.waited += now - since;
            let plan = now + 1.0;
            if plan <= WEEKS {
                luck.done.plans[(plan / 13.0).floor().min(5.0) as usize] += 1;
            }
            let support = luck.support.sample(&mut luck.rng);
            cx.schedule_event(after(1.0 + support), schedulable!(Self::free), 1)
                .expect("it is to come");
        }
    }
}

fn after(weeks: f64) -> Duration {
    // Nothing can be scheduled for this very moment.
    Duration::from_secs_f64(weeks).max(Duration::from_nanos(1))
}

fn weeks<M: Model>(cx: &Context<M>) -> f64 {
    cx.time().duration_since(MonotonicTime::EPOCH).as_secs_f64()
}
