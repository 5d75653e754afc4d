//! Values that are uncertain (one per world) or vary (one per person, post or try).

use std::sync::OnceLock;

use super::family::{Family, FamilyError, Quantile};
use super::stream::Key;
use super::unit::Unit;

/// A change that a stress makes to a drawn value, before any rounding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Adjust {
    /// Multiplies it: a hazard as a hazard, a share clipped at 100%.
    Times(f64),
    /// Adds to it, in the unit that is held.
    Add(f64),
}

/// How a drawn quantile becomes the value that is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// It is the value.
    Plain,
    /// It is a share of so many days: the value is the rate a day, -ln(1 - share)/days.
    SharePer {
        /// Days in the time that the share is stated for.
        days: f64,
    },
}

/// One uncertain input of a programme: drawn once for each world.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Where it stands in the scenario: `locality.Bury.referrals.Self-referral.per_month`.
    pub path: String,
    /// What its draws are keyed by. Inputs of teams with one `draws_as` share it, whatever their option.
    pub key: Key,
    /// Its dimension in the joint Sobol set, if its role has one; else it has a set of its own.
    pub dimension: Option<u32>,
    /// Its distribution.
    pub family: Family<f64>,
    /// How a draw becomes the value that is held.
    pub measure: Measure,
    /// What it is measured in.
    pub unit: Unit,
    /// What a stress does to it, in order.
    pub adjust: Vec<Adjust>,
    /// Index of the correlated group that it is in.
    pub group: Option<usize>,
}

/// The rate a day of a share per so many days.
pub fn hazard(share: f64, days: f64) -> f64 {
    -libm::log1p(-share) / days
}

/// A value after a stress's changes, kept within its domain.
pub fn adjusted(value: f64, adjust: &[Adjust], unit: Unit) -> f64 {
    let changed = adjust.iter().fold(value, |value, change| match change {
        Adjust::Times(factor) => value * factor,
        Adjust::Add(more) => value + more,
    });
    let (low, high) = unit.domain();
    changed.clamp(low, high)
}

impl Input {
    /// The value that is held, for a quantile drawn from [`Input::family`].
    pub fn value(&self, drawn: f64) -> f64 {
        let value = match self.measure {
            Measure::Plain => drawn,
            Measure::SharePer { days } => hazard(drawn, days),
        };
        adjusted(value, &self.adjust, self.unit)
    }
}

/// A value of which a world has one: fixed, or an input of the programme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Uncertain {
    /// Known.
    Fixed(f64),
    /// Drawn: an index into the programme's inputs.
    Input(u32),
}

impl Uncertain {
    /// Nothing, without doubt.
    pub const ZERO: Uncertain = Uncertain::Fixed(0.0);

    /// The value in a world whose inputs have these values.
    #[inline]
    pub fn get(self, inputs: &[f64]) -> f64 {
        match self {
            Uncertain::Fixed(value) => value,
            Uncertain::Input(index) => inputs[index as usize],
        }
    }

    /// Whether it is known to be nothing in every world.
    pub fn is_zero(self) -> bool {
        self == Uncertain::ZERO
    }
}

/// A length of time that differs between people, posts or tries. Its parameters may be uncertain.
#[derive(Clone, Debug)]
pub struct Varying {
    /// Its distribution, in days.
    family: Family<Uncertain>,
    /// What a stress does to each draw, in order, before rounding.
    adjust: Vec<Adjust>,
    /// The quantile function if it is the same in every world: tabulated when first asked for, since
    /// it is drawn from for every person of every world.
    known: OnceLock<Option<Quantile>>,
}

impl PartialEq for Varying {
    /// Of the same distribution and changes, whether or not they have been drawn from.
    fn eq(&self, other: &Self) -> bool {
        self.family == other.family && self.adjust == other.adjust
    }
}

impl Varying {
    /// By its distribution, in days, and what a stress does to each draw, in order.
    pub fn new(family: Family<Uncertain>, adjust: Vec<Adjust>) -> Self {
        Varying { family, adjust, known: OnceLock::new() }
    }

    /// The same for everyone.
    pub fn fixed(days: f64) -> Self {
        Varying::new(Family::Fixed(Uncertain::Fixed(days)), Vec::new())
    }

    /// Its distribution, in days, before any stress.
    pub fn family(&self) -> &Family<Uncertain> {
        &self.family
    }

    /// What a stress does to each draw, in order, before rounding.
    pub fn adjust(&self) -> &[Adjust] {
        &self.adjust
    }

    /// How it is drawn in a world whose inputs have these values.
    ///
    /// # Errors
    ///
    /// Where the world's parameters make no distribution (a mean of nothing, say). The scenario's
    /// checks rule that out for every world before the first is drawn.
    pub fn at(&self, inputs: &[f64]) -> Result<Sampler, FamilyError> {
        let quantile = match self.known.get_or_init(|| self.tabulate()) {
            Some(quantile) => quantile.clone(),
            None => self.family.map(|parameter| parameter.get(inputs)).prepare()?,
        };
        let (times, add) =
            self.adjust.iter().fold((1.0, 0.0), |(times, add), change| match change {
                Adjust::Times(factor) => (times * factor, add * factor),
                Adjust::Add(more) => (times, add + more),
            });
        Ok(Sampler { quantile, times, add })
    }

    /// The quantile function, if no parameter is uncertain and they make one.
    fn tabulate(&self) -> Option<Quantile> {
        let parameters = self.family.parameters();
        if parameters.iter().any(|(_, parameter)| matches!(parameter, Uncertain::Input(_))) {
            return None;
        }
        Some(self.family.map(|parameter| parameter.get(&[])).prepare().ok()?.tabulated())
    }
}

/// A varying length of time in one world, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    quantile: Quantile,
    times: f64,
    add: f64,
}

impl Sampler {
    /// Days, unrounded, at a uniform `u` in (0, 1).
    #[inline]
    pub fn days(&self, u: f64) -> f64 {
        (self.quantile.at(u) * self.times + self.add).max(0.0)
    }

    /// Whether its days are a multiple of draws from the exponential distribution.
    #[inline]
    pub fn is_exponential(&self) -> bool {
        matches!(self.quantile, Quantile::Exponential(_))
    }

    /// Days, unrounded, at a draw from the exponential distribution of mean 1, for a sampler that
    /// [is exponential](Self::is_exponential).
    #[inline]
    pub fn days_of(&self, draw: f64) -> f64 {
        let Quantile::Exponential(exponential) = &self.quantile else { return self.days(0.5) };
        (exponential.mean() * draw * self.times + self.add).max(0.0)
    }

    /// Days, where they are always the same.
    pub fn known(&self) -> Option<f64> {
        matches!(self.quantile, Quantile::Fixed(_)).then(|| self.days(0.5))
    }

    /// Days at a uniform that is drawn only if the time differs at all.
    #[inline]
    pub fn draw(&self, u: impl FnOnce() -> f64) -> f64 {
        self.days(if let Quantile::Fixed(_) = self.quantile { 0.5 } else { u() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNCHANGED: &[Adjust] = &[];

    fn input(measure: Measure, unit: Unit, adjust: &[Adjust]) -> Input {
        Input {
            path: String::from("journey.attends"),
            key: Key::name("journey.attends"),
            dimension: None,
            family: Family::Fixed(0.5),
            measure,
            unit,
            adjust: adjust.to_vec(),
            group: None,
        }
    }

    #[test]
    fn a_share_per_month_becomes_the_rate_a_day_that_leaves_the_rest() {
        let days = 365.25 / 12.0;
        let rate = input(Measure::SharePer { days }, Unit::Hazard, UNCHANGED).value(0.05);
        assert!((libm::exp(-rate * days) - 0.95).abs() < 1e-15);
        // The same share in a twelfth of the time is twelve times the rate.
        let faster = hazard(0.05, days / 12.0);
        assert!((faster / rate - 12.0).abs() < 1e-12);
        assert_eq!(hazard(0.0, days), 0.0);
    }

    #[test]
    fn a_stress_multiplies_a_share_per_time_as_a_rate() {
        let twice = input(Measure::SharePer { days: 30.0 }, Unit::Hazard, &[Adjust::Times(2.0)]);
        // Twice the rate for 70% a month is 91%, not 140%.
        let left = libm::exp(-twice.value(0.7) * 30.0);
        assert!((left - 0.3 * 0.3).abs() < 1e-15, "{left}");
    }

    #[test]
    fn a_stressed_share_stays_between_none_and_all() {
        let share = |adjust: &[Adjust]| input(Measure::Plain, Unit::Share, adjust).value(0.75);
        assert_eq!(share(UNCHANGED), 0.75);
        assert_eq!(share(&[Adjust::Times(2.0)]), 1.0);
        assert_eq!(share(&[Adjust::Times(0.5)]), 0.375);
        assert_eq!(share(&[Adjust::Add(-0.8)]), 0.0);
    }

    #[test]
    fn a_stressed_amount_does_not_fall_below_nothing_and_has_no_upper_end() {
        assert_eq!(adjusted(10.0, &[Adjust::Add(-11.0)], Unit::People), 0.0);
        assert_eq!(adjusted(10.0, &[Adjust::Times(1e6)], Unit::Pounds), 1e7);
    }

    #[test]
    fn changes_are_made_in_their_order_and_clipped_once_at_the_end() {
        let changes = [Adjust::Times(2.0), Adjust::Add(-0.9)];
        assert!((adjusted(0.75, &changes, Unit::Share) - 0.6).abs() < 1e-15);
        let changes = [Adjust::Add(-0.9), Adjust::Times(2.0)];
        assert_eq!(adjusted(0.75, &changes, Unit::Share), 0.0);
    }

    #[test]
    fn an_uncertain_value_is_known_or_that_of_its_input() {
        assert_eq!(Uncertain::Fixed(3.0).get(&[]), 3.0);
        assert_eq!(Uncertain::Input(1).get(&[3.0, 4.0]), 4.0);
        assert!(Uncertain::ZERO.is_zero());
        assert!(!Uncertain::Input(0).is_zero());
    }

    #[test]
    fn a_time_varies_about_the_mean_of_its_world() {
        let mean = Uncertain::Input(1);
        let time = Varying::new(Family::Exponential { mean }, Vec::new());
        let half = libm::log(2.0);
        for mean in [7.0, 70.0] {
            let days = time.at(&[0.0, mean]).unwrap().days(0.5);
            assert!((days / (mean * half) - 1.0).abs() < 1e-12, "{days}");
        }
    }

    #[test]
    fn a_world_whose_mean_is_nothing_has_no_such_time() {
        let mean = Uncertain::Input(0);
        let time = Varying::new(Family::Exponential { mean }, Vec::new());
        assert_eq!(time.at(&[0.0]), Err(FamilyError::NotPositive { name: "mean" }));
        let mean = Uncertain::Fixed(0.0);
        let time = Varying::new(Family::Exponential { mean }, Vec::new());
        assert_eq!(time.at(&[]), Err(FamilyError::NotPositive { name: "mean" }));
    }

    #[test]
    fn a_time_whose_parameters_are_known_is_drawn_from_a_table_of_the_same_function() {
        let family = Family::Pert { least: 1.0, likely: 3.0, most: 10.0 };
        let time = Varying::new(family.map(Uncertain::Fixed), Vec::new());
        let (sampler, exact) = (time.at(&[]).unwrap(), family.prepare().unwrap());
        for i in 1..1000 {
            let u = f64::from(i) / 1000.0;
            assert!((exact.cdf(sampler.days(u)) - u).abs() < 1e-9, "at {u}");
        }
        assert!(matches!(sampler.quantile, Quantile::Table(_)));
        assert_eq!(time.at(&[]).unwrap(), sampler, "the second time as the first");
    }

    #[test]
    fn having_been_drawn_from_does_not_change_a_time() {
        let family = Family::Pert { least: 1.0, likely: 3.0, most: 10.0 }.map(Uncertain::Fixed);
        let (drawn, fresh) = (Varying::new(family.clone(), vec![]), Varying::new(family, vec![]));
        drawn.at(&[]).unwrap();
        assert_eq!(drawn, fresh);
        assert_ne!(drawn, Varying::fixed(3.0));
    }

    #[test]
    fn an_exponential_time_is_drawn_from_a_uniform_or_from_an_exponential_alike() {
        let family = Family::Exponential { mean: Uncertain::Fixed(10.0) };
        let adjust = vec![Adjust::Times(3.0), Adjust::Add(2.0)];
        let time = Varying::new(family, adjust).at(&[]).unwrap();
        assert!(time.is_exponential());
        // Of a uniform u the exponential is -ln(1 - u).
        let draw = -libm::log(1.0 - 0.75);
        assert!((time.days(0.75) - time.days_of(draw)).abs() < 1e-12);
        assert!((time.days_of(draw) - (30.0 * draw + 2.0)).abs() < 1e-12);
        let pert = Family::Pert { least: 1.0, likely: 3.0, most: 10.0 }.map(Uncertain::Fixed);
        assert!(!Varying::new(pert, Vec::new()).at(&[]).unwrap().is_exponential());
    }

    #[test]
    fn a_stress_changes_each_draw_of_a_time_in_order() {
        let family = Family::Fixed(Uncertain::Fixed(10.0));
        let days = |adjust: &[Adjust]| {
            Varying::new(family.clone(), adjust.to_vec()).at(&[]).unwrap().days(0.3)
        };
        assert_eq!(days(&[]), 10.0);
        assert_eq!(days(&[Adjust::Times(2.0), Adjust::Add(7.0)]), 27.0);
        assert_eq!(days(&[Adjust::Add(7.0), Adjust::Times(2.0)]), 34.0);
        assert_eq!(days(&[Adjust::Add(-11.0)]), 0.0);
    }
}
