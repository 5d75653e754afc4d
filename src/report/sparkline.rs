//! Plans over time in one line of text for each option.

use super::table::{WIDTH, wrapped};
use super::words::month;
use crate::analysis::{Facts, Fan, facts::month_label};
use crate::quantity::money::grouped;

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// No line has more bars than this; of longer programmes every second month is shown, or fewer.
const MOST: usize = 48;

/// The middle world's plans to date, month by month, under every option; empty without any.
pub fn text(fans: &[Fan], facts: &Facts) -> String {
    let agreed = facts.agreed(None).max(1) as f64;
    let last = fans.iter().filter_map(|fan| fan.months.last()).map(|month| month.p50.value);
    let top = last.fold(agreed, f64::max);
    if fans.is_empty() {
        return String::new();
    }
    let full = if top > agreed { "the most that any reaches" } else { "the agreed number" };
    let title = format!(
        "Action plans so far in the middle world, {} to {}; a full bar is {} ({full}).",
        month(&month_label(facts.starts)),
        month(&month_label(facts.ends)),
        grouped(top as u64)
    );
    let widest = fans.iter().map(|fan| fan.option.chars().count()).max().unwrap_or(0);
    let widest = widest.min(usize::from(WIDTH) - MOST - 4);
    let line = |fan: &Fan| {
        let name: String = fan.option.chars().take(widest).collect();
        format!("  {name:widest$}  {}", bars(fan, top))
    };
    let lines: Vec<String> = fans.iter().map(line).collect();
    format!("{}\n{}", wrapped(&title, ""), lines.join("\n"))
}

fn bars(fan: &Fan, top: f64) -> String {
    let step = fan.months.len().div_ceil(MOST).max(1);
    // The last month is always shown.
    let first = (fan.months.len().saturating_sub(1)) % step;
    let bar = |value: f64| BARS[(libm::floor(value / top * 8.0).max(0.0) as usize).min(7)];
    fan.months.iter().skip(first).step_by(step).map(|month| bar(month.p50.value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{plans_fans, synthetic};

    #[test]
    fn a_line_rises_to_what_is_reached() {
        let facts = synthetic::facts();
        let fans = plans_fans(&synthetic::three_options(64), &facts).unwrap();
        let text = text(&fans, &facts);
        assert_eq!(text.lines().filter(|line| line.contains('▁')).count(), 3, "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= usize::from(WIDTH)));
        assert!(text.contains("October 2024 to March 2026"));
        let months = |line: &str| line.chars().filter(|c| BARS.contains(c)).count();
        assert_eq!(text.lines().map(months).max(), Some(fans[0].months.len()));
    }

    #[test]
    fn a_long_programme_keeps_its_last_month_and_its_width() {
        let facts = synthetic::facts();
        let mut fans = plans_fans(&synthetic::three_options(64), &facts).unwrap();
        let last = *fans[0].months.last().unwrap();
        let mut high = last;
        high.p50.value = 1e9;
        fans[0].months = std::iter::repeat_n(last, 100).chain([high]).collect();
        fans[0].option = "A name that is far longer than there is room for here".to_owned();
        let text = text(&fans, &facts);
        assert!(text.lines().all(|line| line.chars().count() <= usize::from(WIDTH)), "{text}");
        assert!(text.lines().any(|line| line.ends_with('█')), "{text}");
    }
}
