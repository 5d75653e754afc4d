//! Names for figures and tables that formulas of others can use.

use std::collections::BTreeSet;

/// The most characters that are kept of each part of a name; a name has at most 255.
const PART: usize = 70;

/// Names given so far. A spreadsheet tells no `a` from an `A` in a name.
#[derive(Debug, Default)]
pub struct Names(BTreeSet<String>);

impl Names {
    /// A valid name of some parts that nothing else has: `Cost_In_house_Bury`. The first part is
    /// ours and begins with a letter; of the others only letters and digits of ASCII are kept.
    pub fn give(&mut self, parts: &[&str]) -> String {
        let kept = parts.iter().map(|part| {
            let valid = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
            part.chars().take(PART).map(valid).collect::<String>()
        });
        let base = kept.collect::<Vec<_>>().join("_");
        let mut name = base.clone();
        let mut next = 2;
        while !self.0.insert(name.to_ascii_lowercase()) {
            name = format!("{base}_{next}");
            next += 1;
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_valid_and_nobody_elses() {
        let mut names = Names::default();
        assert_eq!(names.give(&["Cost", "In-house", "Bury"]), "Cost_In_house_Bury");
        assert_eq!(names.give(&["Cost", "in_house", "BURY"]), "Cost_in_house_BURY_2");
        assert_eq!(names.give(&["Cost", "=1+1", "Ы"]), "Cost__1_1__");
        let long = "x".repeat(1_000);
        let given = names.give(&["Cost", &long, &long]);
        assert!(rust_xlsxwriter::utility::check_name(&given).is_ok());
        assert_ne!(names.give(&["Cost", &long, &long]), given);
    }
}
