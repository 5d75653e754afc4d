//! Which uncertain inputs matter most, as `show` prints them.

use super::table::wrapped;
use super::words;
use crate::analysis::rounding::{half_width, is_beyond_error};
use crate::analysis::{Driver, Drivers};

/// How the numbers are read.
pub const INTRODUCTION: &str = "What matters most among what is uncertain. The number is a rank correlation: near 1 the outcome rises \
     whenever the input does, near -1 it falls whenever the input rises, near 0 it does not follow the \
     input. ± is its error (95%). Inputs that the scenario ties together share each other's number.";

/// The inputs that matter most to each outcome under each option.
pub fn text(drivers: &[Drivers]) -> String {
    if drivers.is_empty() {
        return String::new();
    }
    let blocks = drivers.iter().map(block);
    std::iter::once(wrapped(INTRODUCTION, "")).chain(blocks).collect::<Vec<_>>().join("\n\n") + "\n"
}

fn block(drivers: &Drivers) -> String {
    let mut lines = vec![format!("{}, {}", words::metric(&drivers.metric), drivers.option)];
    lines.extend(drivers.strongest.iter().map(line));
    if drivers.strongest.is_empty() {
        lines.push("  the same in every world: nothing to explain".to_owned());
    }
    lines.join("\n")
}

fn line(driver: &Driver) -> String {
    let correlation = driver.correlation;
    let error = half_width(correlation).map_or_else(String::new, |half| format!(" ± {half:.2}"));
    let doubt = if is_beyond_error(correlation) { "" } else { " (within the error of nothing)" };
    format!("  {:+.2}{error}  {}{doubt}", correlation.value, driver.path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Estimate;

    #[test]
    fn drivers_are_listed_with_their_errors_and_doubts() {
        let driver = |path: &str, value, se| Driver {
            path: path.to_owned(),
            correlation: Estimate { value, se: Some(se) },
        };
        let plans = Drivers {
            option: "Hybrid".to_owned(),
            metric: "plans".to_owned(),
            strongest: vec![
                driver("journey.attends", 0.62, 0.01),
                driver("pipeline.council.pace", -0.01, 0.01),
            ],
        };
        let shortfall =
            Drivers { metric: "shortfall".to_owned(), strongest: vec![], ..plans.clone() };
        insta::assert_snapshot!(text(&[plans, shortfall]));
        assert_eq!(text(&[]), "");
    }
}
