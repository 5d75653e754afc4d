//! A run's answers: the shape of `run --json`, which others rely on.
//!
//! ```text
//! { "workcast", "run", "scenario": {"title", "hash"}, "seed", "replicates",
//!   "options": { OPTION: { "localities": { LOCALITY: PLACE }, "programme": PLACE } },
//!   "comparisons": [ {"locality", "of", "with", "metric", "mean_difference", "se",
//!                     "probability_greater", "probability_greater_se", "probability_equal", "n"} ],
//!   "reconciliation": [ {"name", "locality", "figure", "published_pence", "computed_pence",
//!                        "difference_pence", "source", "explanation"} ],
//!   "published": [ {"name", "locality", "metric", "by", "known", "source", "value",
//!                   "options": { OPTION: {"p05", "p95", "inside"} } } ],
//!   "drivers": [ {"option", "metric", "inputs": [ {"input", "rank_correlation", "se"} ]} ] }
//! ```
//!
//! A reconciled figure that is no money has `unit`, `published`, `computed` and `difference`
//! instead of pence; `name` is there where the figure has a table of its own in `published`, and
//! `locality` is `null` for the whole programme.
//!
//! `drivers` are in `show --json` only, and so are `extends` (the shorter run that it begins with, if
//! there is one), `purpose` (which command made the run) and
//! `status` (what became of it). A PLACE is
//!
//! ```text
//! { "metrics": { METRIC: {"mean", "se", "sd", "p05" ... "p95", "n", "p05_se" ... "p95_se"} },
//!   "cohorts": { COHORT: { METRIC: the same } },
//!   "provision": {"shortfall_chance", "shortfall_chance_se", "mean_when_any", "mean_when_any_se",
//!                 "p50", "p50_se", "p80", "p80_se"},
//!   "four_fifths", "four_fifths_se" (the chance of four fifths of the agreed number),
//!   "monthly": { "month": [...], SERIES: {"mean", "se", "p10", "p50", "p90", "p10_se" ...} } }
//! ```
//!
//! With `--round-counts N`, a count of people whose mean is below N has statistics of `null` and
//! `"under": N`; a series has it beside months of `null`; differences made from it are `null`.
//!
//! A metric that no replicate has a value of has `"n": 0` and its statistics are `null`.
//! `cash_gap_day` is to be read by month: it also has `"share_by_month": {MONTH: {"share", "se"}}`
//! and `"never": {"share", "se"}`, shares of all worlds; its mean is of day numbers, not a date to
//! plan by. `cohorts` is left out where no metric is counted by cohort.

use serde_json::{Map, Value, json};

use super::{head, put};
use crate::analysis::forecast::MetricSummary;
use crate::analysis::statistic::LEVELS;
use crate::analysis::{
    Comparison, Drivers, Estimate, Forecast, MonthStatistic, MonthlySummary, OptionForecast,
    PlaceForecast, Provision, PublishedFigure, Statistic,
};
use crate::model::Reconciliation;
use crate::report::RunFacts;

/// A run's answers. The forecast should have its months ([`Forecast::with_months`]).
pub fn run(forecast: &Forecast, facts: &RunFacts, reconciliation: &[Reconciliation]) -> Value {
    let mut object = head(facts);
    let options = forecast.options.iter().map(|o| (o.name.clone(), option(o, &forecast.months)));
    object.insert("options".to_owned(), Value::Object(options.collect()));
    let comparisons = forecast.comparisons.iter().map(comparison);
    object.insert("comparisons".to_owned(), comparisons.collect());
    object.insert("reconciliation".to_owned(), json!(reconciliation));
    let published = forecast.facts.published.iter().map(|figure| beside(figure, forecast));
    object.insert("published".to_owned(), published.collect());
    Value::Object(object)
}

/// A stored run's answers with the inputs that matter most to them.
pub fn show(
    forecast: &Forecast,
    facts: &RunFacts,
    reconciliation: &[Reconciliation],
    drivers: &[Drivers],
) -> Value {
    let mut value = run(forecast, facts, reconciliation);
    value["purpose"] = json!(facts.purpose);
    value["status"] = json!(facts.status);
    if let Some(shorter) = &facts.extends {
        value["extends"] = json!(shorter);
    }
    value["drivers"] = drivers.iter().map(driver).collect();
    value
}

fn option(option: &OptionForecast, months: &[String]) -> Value {
    let localities: Map<String, Value> = (option.places.iter())
        .filter_map(|p| Some((p.locality.clone()?, place(p, months))))
        .collect();
    let programme = option.place(None).map(|programme| place(programme, months));
    json!({ "localities": localities, "programme": programme })
}

fn place(place: &PlaceForecast, months: &[String]) -> Value {
    let mut metrics = Map::new();
    let mut cohorts: Map<String, Value> = Map::new();
    for summary in &place.metrics {
        match cohort_metric(&summary.metric.name) {
            Some((cohort, metric)) => {
                let of_cohort = cohorts.entry(cohort).or_insert_with(|| json!({}));
                of_cohort[metric] = statistic(summary.statistic.as_ref());
            }
            None => {
                metrics.insert(summary.metric.name.clone(), metric(summary, place));
            }
        }
    }
    let mut object = Map::new();
    object.insert("metrics".to_owned(), Value::Object(metrics));
    if !cohorts.is_empty() {
        object.insert("cohorts".to_owned(), Value::Object(cohorts));
    }
    object.insert("provision".to_owned(), json!(place.provision.as_ref().map(provision)));
    put(&mut object, "four_fifths", "four_fifths_se", place.four_fifths);
    object.insert("monthly".to_owned(), monthly(&place.monthly, months));
    Value::Object(object)
}

/// Splits `cohort.NAME.METRIC`; a cohort's name may have dots.
fn cohort_metric(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix("cohort.")?.rsplit_once('.')
}

fn metric(summary: &MetricSummary, place: &PlaceForecast) -> Value {
    let mut value = statistic(summary.statistic.as_ref());
    if let ("cash_gap_day", Some(cash)) = (&summary.metric.name[..], &place.cash_months) {
        let share = |share: &Estimate| json!({ "share": share.value, "se": share.se });
        let months = cash.months.iter().map(|(month, estimate)| (month.clone(), share(estimate)));
        value["share_by_month"] = Value::Object(months.collect());
        value["never"] = share(&cash.never);
    }
    value
}

/// Every statistic of a metric. One that does not exist is `null`, and `n` says why.
fn statistic(statistic: Option<&Statistic>) -> Value {
    let under = statistic.and_then(|statistic| statistic.under);
    let n = statistic.map_or(0, |statistic| statistic.n);
    // What is too small to be published has no statistic at all.
    let statistic = statistic.filter(|statistic| statistic.under.is_none());
    let mut object = Map::new();
    put(&mut object, "mean", "se", statistic.map(|statistic| statistic.mean));
    object.insert("sd".to_owned(), json!(statistic.and_then(|statistic| statistic.sd)));
    let quantile = |i: usize| statistic.map(|statistic| statistic.quantiles[i]);
    for (i, (name, _)) in LEVELS.iter().enumerate() {
        object.insert((*name).to_owned(), json!(quantile(i).map(|quantile| quantile.value)));
    }
    object.insert("n".to_owned(), json!(n));
    for (i, (name, _)) in LEVELS.iter().enumerate() {
        object.insert(format!("{name}_se"), json!(quantile(i).and_then(|quantile| quantile.se)));
    }
    if let Some(least) = under {
        object.insert("under".to_owned(), json!(least));
    }
    Value::Object(object)
}

fn provision(provision: &Provision) -> Value {
    let mut object = Map::new();
    put(&mut object, "shortfall_chance", "shortfall_chance_se", Some(provision.chance));
    put(&mut object, "mean_when_any", "mean_when_any_se", provision.mean_when_any);
    put(&mut object, "p50", "p50_se", Some(provision.p50));
    put(&mut object, "p80", "p80_se", Some(provision.p80));
    Value::Object(object)
}

fn monthly(series: &[MonthlySummary], months: &[String]) -> Value {
    let mut object = Map::new();
    object.insert("month".to_owned(), json!(months));
    for summary in series {
        let mut series = one_series(&summary.months);
        if let Some(least) = summary.under {
            series["under"] = json!(least);
        }
        object.insert(summary.metric.name.clone(), series);
    }
    Value::Object(object)
}

fn one_series(months: &[Option<MonthStatistic>]) -> Value {
    let values = |of: fn(&MonthStatistic) -> Option<f64>| -> Value {
        months.iter().map(|month| json!(month.as_ref().and_then(of))).collect()
    };
    json!({
        "mean": values(|m| Some(m.mean.value)),
        "se": values(|m| m.mean.se),
        "p10": values(|m| Some(m.p10.value)),
        "p50": values(|m| Some(m.p50.value)),
        "p90": values(|m| Some(m.p90.value)),
        "p10_se": values(|m| m.p10.se),
        "p50_se": values(|m| m.p50.se),
        "p90_se": values(|m| m.p90.se),
    })
}

fn comparison(comparison: &Comparison) -> Value {
    let pairs = comparison.difference.as_ref();
    let mut object = Map::new();
    object.insert("locality".to_owned(), json!(comparison.locality));
    object.insert("of".to_owned(), json!(comparison.of));
    object.insert("with".to_owned(), json!(comparison.with));
    object.insert("metric".to_owned(), json!(comparison.metric));
    put(&mut object, "mean_difference", "se", pairs.map(|pairs| pairs.mean));
    let greater = pairs.map(|pairs| pairs.greater);
    put(&mut object, "probability_greater", "probability_greater_se", greater);
    object.insert("probability_equal".to_owned(), json!(pairs.map(|pairs| pairs.equal.value)));
    object.insert("n".to_owned(), json!(pairs.map_or(0, |pairs| pairs.n)));
    Value::Object(object)
}

/// A published figure beside each option's forecast of it.
fn beside(figure: &PublishedFigure, forecast: &Forecast) -> Value {
    let options = forecast.options.iter().filter_map(|option| {
        let found = figure.beside(option)?;
        let ends =
            json!({ "p05": found.low.value, "p95": found.high.value, "inside": found.inside });
        Some((option.name.clone(), ends))
    });
    json!({
        "name": figure.name,
        "locality": figure.locality,
        "metric": figure.metric,
        "by": figure.by,
        "known": figure.known,
        "source": figure.source,
        "value": figure.value,
        "options": options.collect::<Map<_, _>>(),
    })
}

fn driver(drivers: &Drivers) -> Value {
    let inputs = drivers.strongest.iter().map(|driver| {
        let mut object = Map::new();
        object.insert("input".to_owned(), json!(driver.path));
        put(&mut object, "rank_correlation", "se", Some(driver.correlation));
        Value::Object(object)
    });
    json!({
        "option": drivers.option,
        "metric": drivers.metric,
        "inputs": inputs.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{drivers, synthetic};
    use crate::ensemble::{
        Column, ColumnData, MonthlyColumn, OptionColumns, PlaceColumns, Results, columns::MISSING,
    };
    use crate::model::reconciliation::Sides;
    use crate::model::{Kind, Metric};
    use crate::quantity::Pence;

    fn facts() -> RunFacts {
        RunFacts {
            run: Some("k3v9q2".to_owned()),
            workcast: "0.1.0".to_owned(),
            title: "Bury WorkWell".to_owned(),
            hash: "5f1d0c".to_owned(),
            seed: 1,
            replicates: 32,
            ..RunFacts::default()
        }
    }

    fn whole(name: &str, kind: Kind, value: impl Fn(i64) -> i64) -> Column {
        synthetic::column(name, kind, ColumnData::Whole((0..32).map(value).collect()))
    }

    /// Two options over 32 replicates, small enough to be read.
    fn small() -> Results {
        let place = |more: i64, locality: Option<&str>| PlaceColumns {
            locality: locality.map(str::to_owned),
            metrics: vec![
                whole("plans", Kind::People, |i| 400 + more + i),
                whole("shortfall", Kind::Money, |i| (i - 24).max(0) * 12_345),
                whole("cash_gap_day", Kind::Day, |i| if i < 8 { MISSING } else { 120 + i }),
                whole("first_plan_day", Kind::Day, |_| MISSING),
                whole("cohort.over 50.plans", Kind::People, |i| 100 + i % 2),
            ],
            monthly: vec![MonthlyColumn {
                metric: Metric { name: "balance".to_owned(), kind: Kind::Money },
                months: 2,
                data: ColumnData::Whole((0..64).map(|i| i * 50 - 800).collect()),
            }],
        };
        let option = |name: &str, more| OptionColumns {
            name: name.to_owned(),
            places: vec![place(more, Some("Bury")), place(more, None)],
        };
        Results {
            seed: 1,
            replicates: 32,
            months: vec!["2024-10".to_owned(), "2024-11".to_owned()],
            inputs: vec![],
            options: vec![option("In-house", 0), option("Hybrid", 9)],
        }
    }

    #[test]
    fn a_run_as_others_read_it() {
        let results = small();
        let forecast =
            Forecast::new(&results, synthetic::facts()).unwrap().with_months(&results).unwrap();
        let row = Reconciliation {
            name: None,
            locality: Some("Bury".to_owned()),
            figure: "participant".to_owned(),
            sides: Sides::money(Pence::new(17_117_100), Pence::new(17_317_088)),
            explanation: None,
            source: Some("board paper, 4.1.3".to_owned()),
        };
        let value = run(&forecast, &facts(), &[row]);
        insta::assert_snapshot!(serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn numbers_read_back_to_the_same_bits() {
        let results = synthetic::three_options(64);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let text = run(&forecast, &facts(), &[]).to_string();
        let value: Value = serde_json::from_str(&text).unwrap();
        let wait = &value["options"]["Hybrid"]["programme"]["metrics"]["wait_mean_days"];
        let statistic = forecast.options[2].programme().unwrap().statistic("wait_mean_days");
        let mean = statistic.unwrap().mean.value;
        assert_eq!(wait["mean"].as_f64().unwrap().to_bits(), mean.to_bits());
    }

    #[test]
    fn a_shown_run_names_its_drivers() {
        let results = synthetic::three_options(256);
        let forecast = Forecast::new(&results, synthetic::facts()).unwrap();
        let value = show(&forecast, &facts(), &[], &drivers(&results).unwrap());
        assert_eq!(value["drivers"][0]["option"], "In-house");
        assert_eq!(value["drivers"][0]["inputs"][0]["input"], synthetic::DEMAND);
        assert_eq!(value["drivers"][0]["inputs"].as_array().unwrap().len(), 5);
    }
}
