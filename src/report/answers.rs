//! The one table that compares the options: questions down, options across.

use super::grid::{Grid, Row};
use super::localities::of_agreed;
use super::number::{self, alone, eighty_percent_range, mean_alone, pounds, with_error};
use super::words::{self, chance, date, date_range, month};
use crate::analysis::{Facts, Forecast, PlaceForecast, Statistic};
use crate::model::Kind;
use crate::quantity::money::grouped;

/// What stands where no world has a value.
const NOTHING: &str = "-";

/// What is asked of every option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// When it takes referrals.
    Opens,
    /// How many plans it agrees.
    Plans,
    /// Its chance of the agreed number.
    Target,
    /// Its chance of four fifths of it.
    FourFifths,
    /// Its plans as a share of the agreed number.
    OfAgreed,
    /// How long people wait.
    Wait,
    /// Who is waiting or in support on the last day.
    LeftOver,
    /// Who is in work.
    InWork,
    /// What it costs.
    Cost,
    /// What is received.
    Income,
    /// Cost and income in one row.
    CostAndIncome,
    /// What is never claimed.
    Unclaimed,
    /// The chance of a shortfall.
    Shortfall,
    /// Its size.
    ShortfallSize,
    /// What to set aside for it.
    Provision,
    /// How deep cash falls.
    CashGap,
    /// When.
    CashMonth,
    /// Who carries it.
    Carries,
}

/// What a locality lead asks.
pub const ALL: [Question; 16] = [
    Question::Opens,
    Question::Plans,
    Question::Target,
    Question::FourFifths,
    Question::OfAgreed,
    Question::Wait,
    Question::LeftOver,
    Question::InWork,
    Question::Cost,
    Question::Income,
    Question::Unclaimed,
    Question::Shortfall,
    Question::ShortfallSize,
    Question::Provision,
    Question::CashGap,
    Question::CashMonth,
];

/// What a board asks before it decides.
pub const OF_A_BOARD: [Question; 12] = [
    Question::Opens,
    Question::Plans,
    Question::Target,
    Question::FourFifths,
    Question::LeftOver,
    Question::CostAndIncome,
    Question::Unclaimed,
    Question::Shortfall,
    Question::Provision,
    Question::CashGap,
    Question::CashMonth,
    Question::Carries,
];

/// The comparison of every option at a locality, or for the whole programme (`None`).
pub fn grid(forecast: &Forecast, locality: Option<&str>, questions: &[Question]) -> Grid {
    let header: Vec<String> = forecast.options.iter().map(|option| option.name.clone()).collect();
    let rows: Vec<Row> = (questions.iter())
        .map(|question| {
            let cells = forecast.options.iter().map(|option| {
                let place = option.place(locality);
                let answered = place.and_then(|place| question.answer(forecast, place));
                answered.unwrap_or_else(|| NOTHING.to_owned())
            });
            Row::new(question.label(&forecast.facts, locality), cells.collect())
        })
        .collect();
    Grid::new(locality.unwrap_or("Whole programme"), header, rows)
}

impl Question {
    /// What it is called.
    fn label(self, facts: &Facts, locality: Option<&str>) -> String {
        let agreed = facts.agreed(locality);
        let places = grouped(agreed.unsigned_abs());
        match self {
            Question::Opens if locality.is_none() && facts.localities.len() > 1 => {
                "First locality takes referrals".to_owned()
            }
            Question::Opens => "Takes referrals from".to_owned(),
            Question::Plans => format!("Action plans by {}", date(facts.ends)),
            Question::Target => format!("Chance of the agreed {places}"),
            Question::FourFifths => "Chance of four fifths of it".to_owned(),
            Question::OfAgreed => {
                let like = words::like_services(facts);
                let like = like.map_or_else(String::new, |like| format!("\n({like})"));
                format!("Forecast, of {places} agreed{like}")
            }
            Question::Wait => "Mean wait for a coach".to_owned(),
            Question::LeftOver => "Waiting / in support at the end".to_owned(),
            Question::InWork => "In work when support ends (*)".to_owned(),
            Question::Cost => "Cost".to_owned(),
            Question::Income => "Income".to_owned(),
            Question::CostAndIncome => "Cost; income".to_owned(),
            Question::Unclaimed => {
                format!("Never claimed, of {}", pounds(facts.allocation_pence(locality)))
            }
            Question::Shortfall => "Chance of a shortfall (+)".to_owned(),
            Question::ShortfallSize => "Its mean size, if there is one".to_owned(),
            Question::Provision => "Provision for 8 worlds in 10 (P80)".to_owned(),
            Question::CashGap => "Cash gap: mean; 1 in 10 worse".to_owned(),
            Question::CashMonth => "Most often deepest in (worlds)".to_owned(),
            Question::Carries => "Who carries it".to_owned(),
        }
    }

    /// How a place answers; `None` where it has nothing to say.
    fn answer(self, forecast: &Forecast, place: &PlaceForecast) -> Option<String> {
        let facts = &forecast.facts;
        match self {
            Question::Opens => opening(facts, forecast.replicates as usize, place),
            Question::Plans => mean_and_range(place, "plans"),
            Question::Target => target(place),
            Question::FourFifths => four_fifths(place),
            Question::OfAgreed => of_agreed(place, facts.agreed(place.locality.as_deref())),
            Question::Wait => Some(number::mean(place.statistic("wait_mean_days")?)),
            Question::LeftOver => left_over(place),
            Question::InWork => Some(number::mean(place.statistic("in_work")?)),
            Question::Cost => mean_and_range(place, "cost"),
            Question::Income => mean_and_range(place, "income"),
            Question::CostAndIncome => {
                let of = |metric| place.statistic(metric).map(mean_alone);
                Some(format!("{}; {}", of("cost")?, of("income")?))
            }
            Question::Unclaimed => mean_and_range(place, "unclaimed"),
            Question::Shortfall => shortfall_chance(place),
            Question::ShortfallSize => shortfall_size(place),
            Question::Provision => provision(place),
            Question::CashGap => cash_gap(place),
            Question::CashMonth => cash_month(place),
            Question::Carries => carries(facts, place),
        }
    }
}

fn mean_and_range(place: &PlaceForecast, metric: &str) -> Option<String> {
    let statistic = place.statistic(metric)?;
    let mean = number::mean(statistic);
    match statistic.under {
        Some(_) => Some(mean),
        None => Some(format!("{mean}\n({})", eighty_percent_range(statistic))),
    }
}

/// The locality, and everybody through whose hands money comes late.
fn carries(facts: &Facts, place: &PlaceForecast) -> Option<String> {
    let own = place.statistic("cash_gap")?;
    let locality = match &place.locality {
        Some(name) => name.clone(),
        None if facts.localities.len() == 1 => facts.localities[0].name.clone(),
        None => "the localities".to_owned(),
    };
    let own = (own.mean.value > 0.0).then_some(locality);
    let others = place.metrics.iter().filter_map(|summary| {
        let name = summary.metric.name.strip_prefix("cash_gap_of.")?;
        let gap = summary.statistic.as_ref().filter(|gap| gap.mean.value > 0.0)?;
        Some(format!("{name} ({})", alone(gap.kind, gap.mean)))
    });
    let all: Vec<String> = own.into_iter().chain(others).collect();
    Some(if all.is_empty() { "nobody".to_owned() } else { words::list(&all) })
}

fn target(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.statistic("target_met")?.mean).replacen(" (", "\n(", 1))
}

fn four_fifths(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.four_fifths?).replacen(" (", "\n(", 1))
}

fn left_over(place: &PlaceForecast) -> Option<String> {
    let of = |metric| place.statistic(metric).map(mean_alone);
    Some(format!("{} / {}", of("waiting_at_end")?, of("in_support_at_end")?))
}

/// The date on which it opens in the middle world, and those that eight worlds of ten fall between.
fn opening(facts: &Facts, worlds: usize, place: &PlaceForecast) -> Option<String> {
    let statistic = place.statistic("opening_day")?;
    let on = |day: f64| facts.date(libm::round(day) as i64);
    let [low, middle, high] =
        [statistic.p10(), statistic.p50(), statistic.p90()].map(|estimate| on(estimate.value));
    let mut text = date(middle);
    if low != high {
        text += &format!("\n({})", date_range(low, high));
    }
    if statistic.n < worlds {
        let never = grouped((worlds - statistic.n) as u64);
        text += &format!("\nnever in {never} of {} worlds", grouped(worlds as u64));
    }
    Some(text)
}

fn shortfall_chance(place: &PlaceForecast) -> Option<String> {
    Some(chance(place.provision.as_ref()?.chance).replacen(" (", "\n(", 1))
}

fn shortfall_size(place: &PlaceForecast) -> Option<String> {
    Some(with_error(Kind::Money, place.provision.as_ref()?.mean_when_any?))
}

fn provision(place: &PlaceForecast) -> Option<String> {
    Some(with_error(Kind::Money, place.provision.as_ref()?.p80))
}

fn cash_gap(place: &PlaceForecast) -> Option<String> {
    let gap: &Statistic = place.statistic("cash_gap")?;
    Some(format!("{}; {}", alone(gap.kind, gap.mean), alone(gap.kind, gap.p90())))
}

fn cash_month(place: &PlaceForecast) -> Option<String> {
    let (label, share) = place.cash_months.as_ref()?.most_often()?;
    Some(format!("{} ({})", month(label), alone(Kind::Chance, *share)))
}
