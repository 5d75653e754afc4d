//! Words for chances: the probability yardstick of the UK's Professional Head of Intelligence
//! Assessment (gov.uk, March 2025). The words never stand without the number.

/// The yardstick: least and greatest percentage, and the words between them.
pub const YARDSTICK: [(u32, u32, &str); 7] = [
    (0, 5, "remote chance"),
    (10, 20, "highly unlikely"),
    (25, 35, "unlikely"),
    (40, 50, "realistic possibility"),
    (55, 75, "likely"),
    (80, 90, "highly likely"),
    (95, 100, "almost certain"),
];

/// What the yardstick calls a chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// It falls in a band.
    In(&'static str),
    /// It falls between two bands.
    Between(&'static str, &'static str),
}

/// The words for a chance between 0 and 1, judged by the whole percentage that is printed beside
/// them, so that the two never disagree.
pub fn words(chance: f64) -> Words {
    let percent = whole_percent(chance);
    let above = YARDSTICK.iter().position(|&(_, most, _)| percent <= most);
    match above {
        Some(band) if percent >= YARDSTICK[band].0 => Words::In(YARDSTICK[band].2),
        // The first band begins at nought, so a gap always has a band below it.
        Some(band) => Words::Between(YARDSTICK[band.saturating_sub(1)].2, YARDSTICK[band].2),
        None => Words::In(YARDSTICK[YARDSTICK.len() - 1].2),
    }
}

/// A chance in whole percent.
pub fn whole_percent(chance: f64) -> u32 {
    libm::round(chance.clamp(0.0, 1.0) * 100.0) as u32
}

/// Whether the yardstick's words for a chance are "likely" or stronger.
pub fn is_likely(chance: f64) -> bool {
    whole_percent(chance) >= YARDSTICK[4].0
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Words::In(words) => f.write_str(words),
            Words::Between(low, high) => write!(f, "between {low} and {high}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_in_a_band_has_its_words() {
        for (chance, expected) in [
            (0.0, "remote chance"),
            (0.054, "remote chance"),
            (0.15, "highly unlikely"),
            (0.30, "unlikely"),
            (0.45, "realistic possibility"),
            (0.60, "likely"),
            (0.85, "highly likely"),
            (0.95, "almost certain"),
            (1.0, "almost certain"),
        ] {
            assert_eq!(words(chance).to_string(), expected, "{chance}");
        }
    }

    #[test]
    fn a_chance_between_two_bands_names_both() {
        assert_eq!(words(0.07).to_string(), "between remote chance and highly unlikely");
        assert_eq!(words(0.22).to_string(), "between highly unlikely and unlikely");
        assert_eq!(words(0.52).to_string(), "between realistic possibility and likely");
        assert_eq!(words(0.93).to_string(), "between highly likely and almost certain");
    }

    #[test]
    fn every_percentage_has_words() {
        for percent in 0..=100 {
            assert!(!words(f64::from(percent) / 100.0).to_string().is_empty());
        }
        assert!(is_likely(0.55) && !is_likely(0.54));
    }
}
