//! What a person has of each attribute, and what it changes for them in one world.

use std::borrow::Cow;

use super::luck::{PersonLuck, Purpose};
use super::programme::{Attribute, MOST_ATTRIBUTES, Programme};

/// Someone's value of each attribute, by index; nought beyond the programme's attributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traits([u8; MOST_ATTRIBUTES]);

impl Traits {
    /// The first value of every attribute.
    pub(super) const NONE: Traits = Traits([0; MOST_ATTRIBUTES]);

    /// The index of their value of an attribute.
    #[inline]
    pub fn of(self, attribute: usize) -> usize {
        usize::from(self.0[attribute])
    }
}

impl Traits {
    /// What a cohort's person has of each attribute. A draw is keyed by its attribute's name.
    pub fn draw(attributes: &[Attribute], cohort: usize, luck: PersonLuck) -> Self {
        let mut traits = Traits::default();
        for (value, attribute) in traits.0.iter_mut().zip(attributes) {
            *value = pick(&attribute.mixes[cohort], luck.at(Purpose::Attribute, attribute.key));
        }
        traits
    }
}

/// The value at a uniform draw. What the shares' sum misses of 1 by rounding is the last's.
fn pick(mix: &[f64], mut u: f64) -> u8 {
    for (value, &share) in mix.iter().enumerate() {
        if u < share {
            return value as u8;
        }
        u -= share;
    }
    mix.iter().rposition(|&share| share > 0.0).unwrap_or(0) as u8
}

/// What someone's traits change for them: factors, 1 where they change nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Multiplies the length of support.
    pub support: f64,
    /// Multiplies patience.
    pub patience: f64,
    /// Multiplies the chance of attending.
    pub attends: f64,
    /// Multiplies the odds of being in work.
    pub in_work_odds: f64,
    /// Chance of having a job at the start, instead of the cohort's.
    pub employed_at_start: Option<f64>,
}

impl Effect {
    /// No change.
    pub const NONE: Effect = Effect {
        support: 1.0,
        patience: 1.0,
        attends: 1.0,
        in_work_odds: 1.0,
        employed_at_start: None,
    };

    fn and(self, other: &Effect) -> Effect {
        Effect {
            support: self.support * other.support,
            patience: self.patience * other.patience,
            attends: self.attends * other.attends,
            in_work_odds: self.in_work_odds * other.in_work_odds,
            employed_at_start: other.employed_at_start.or(self.employed_at_start),
        }
    }
}

/// What every value of every attribute changes in one world.
#[derive(Clone, Debug, Default)]
pub struct Effects(Vec<Vec<Effect>>);

impl Effects {
    /// The effects in the world whose inputs have these values.
    pub fn draw(&mut self, programme: &Programme, inputs: &[f64]) {
        self.0.clear();
        self.0.extend(programme.attributes.iter().map(|attribute| {
            let effect = attribute.values.iter().map(|value| Effect {
                support: value.support_times.get(inputs),
                patience: value.patience_times.get(inputs),
                attends: value.attends_times.get(inputs),
                in_work_odds: value.in_work_odds_times.get(inputs),
                employed_at_start: value.employed_at_start.map(|share| share.get(inputs)),
            });
            effect.collect()
        }));
    }

    /// What a person's traits change together.
    #[inline]
    pub fn of(&self, traits: Traits) -> Cow<'static, Effect> {
        if self.0.is_empty() {
            return Cow::Borrowed(&Effect::NONE);
        }
        let effects = self.0.iter().enumerate();
        Cow::Owned(effects.fold(Effect::NONE, |effect, (attribute, values)| {
            effect.and(&values[traits.of(attribute)])
        }))
    }
}

/// A chance whose odds are multiplied; odds of 1 leave every bit of it.
pub fn with_odds(chance: f64, times: f64) -> f64 {
    if times == 1.0 || chance <= 0.0 || chance >= 1.0 {
        return chance;
    }
    chance * times / (1.0 - chance + chance * times)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_of_two_traits_multiply_and_a_later_chance_of_a_job_holds() {
        let (a, b) = (
            Effect { support: 2.0, patience: 3.0, attends: 0.5, in_work_odds: 4.0, ..Effect::NONE },
            Effect {
                support: 1.5,
                patience: 0.5,
                attends: 0.4,
                in_work_odds: 3.0,
                employed_at_start: Some(0.7),
            },
        );
        let both = a.and(&b);
        assert_eq!((both.support, both.patience), (3.0, 1.5));
        assert_eq!((both.attends, both.in_work_odds), (0.2, 12.0));
        assert_eq!(both.employed_at_start, Some(0.7));
        assert_eq!(b.and(&a).employed_at_start, Some(0.7));
    }

    #[test]
    fn odds_multiply_as_odds() {
        // 1 to 4 times 6 is 3 to 2.
        assert!((with_odds(0.2, 6.0) - 0.6).abs() < 1e-15);
        assert_eq!(with_odds(0.2, 0.0), 0.0);
        assert_eq!((with_odds(0.0, 9.0), with_odds(1.0, 0.5)), (0.0, 1.0));
        for chance in [0.1, 0.3, 0.7] {
            assert_eq!(with_odds(chance, 1.0).to_bits(), chance.to_bits());
        }
    }

    #[test]
    fn a_value_without_a_share_is_never_picked() {
        for u in [0.0, 0.3, 0.999_999, 1.0 - 1e-16] {
            assert!([1, 2].contains(&pick(&[0.0, 0.3, 0.7, 0.0], u)), "{u}");
        }
        assert_eq!(pick(&[0.3, 0.7], 0.3), 1);
    }

    #[test]
    fn effects_of_several_attributes_multiply() {
        let older = Effect { support: 1.5, attends: 0.8, ..Effect::NONE };
        let effects = Effects(vec![vec![Effect::NONE, older], vec![older]]);
        let effect = effects.of(Traits([1, 0, 0, 0, 0, 0, 0, 0]));
        assert_eq!(effect.support, 2.25);
        assert!((effect.attends - 0.64).abs() < 1e-15);
        assert_eq!(*effects.of(Traits::default()), older);
        assert_eq!(*Effects::default().of(Traits::default()), Effect::NONE);
    }
}
