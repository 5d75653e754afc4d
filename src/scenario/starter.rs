//! The file that `workcast new` writes.

/// The scenario, with NAME where the place's name belongs.
const TEXT: &str = include_str!("starter.toml");

/// A commented scenario for a place of this name, complete and ready to run.
pub fn text(name: &str) -> String {
    let clean: String = name.chars().filter(|c| !c.is_control()).take(100).collect();
    let trimmed = clean.trim();
    let place = if trimmed.is_empty() { "Our place" } else { trimmed };
    TEXT.replace("NAME", &place.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    fn read(name: &str) -> Scenario {
        match Scenario::from_text("starter.toml", &text(name)) {
            Ok(scenario) => scenario,
            Err(wrong) => panic!("{wrong}"),
        }
    }

    #[test]
    fn the_starter_is_a_scenario_of_about_thirty_lines() {
        let scenario = read("Rochdale");
        assert_eq!(scenario.programme.localities[0].name, "Rochdale");
        assert!(scenario.programme.options.len() >= 2);
        assert!(scenario.warnings.is_empty(), "{}", scenario.warnings);
        let lines = text("Rochdale").lines().count();
        assert!((25..=42).contains(&lines), "{lines} lines");
    }

    #[test]
    fn any_name_makes_a_starter_that_can_be_read() {
        for name in ["St. Helens", "a \"quoted\" \\ place", "", "line\nbreak", "*"] {
            read(name);
        }
    }
}
