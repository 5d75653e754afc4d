//! The figures of a run, read from its JSON.

use serde_json::Value;

/// What one `workcast run --json` printed.
pub struct Run {
    pub json: Value,
}

/// The figures of one option in one locality, or in the whole programme.
pub struct Figures<'a> {
    json: &'a Value,
    place: String,
}

impl Run {
    pub fn new(json: Value) -> Self {
        Self { json }
    }

    /// Bury under an option.
    #[track_caller]
    pub fn option(&self, option: &str) -> Figures<'_> {
        self.at(option, "Bury")
    }

    /// A locality under an option.
    #[track_caller]
    pub fn at(&self, option: &str, locality: &str) -> Figures<'_> {
        Figures {
            json: &self.json["options"][option]["localities"][locality],
            place: format!("{locality} under {option}"),
        }
    }

    /// The whole programme under the first option of the tests.
    pub fn programme(&self) -> Figures<'_> {
        Figures {
            json: &self.json["options"]["In-house"]["programme"],
            place: "the programme".to_owned(),
        }
    }

    /// The value of a metric that is the same in every replicate, in Bury, in-house.
    #[track_caller]
    pub fn exact(&self, metric: &str) -> f64 {
        self.option("In-house").exact(metric)
    }

    /// A count that is the same in every replicate.
    #[track_caller]
    pub fn people(&self, metric: &str) -> i64 {
        self.option("In-house").people(metric)
    }

    /// An amount that is the same in every replicate, to the penny.
    #[track_caller]
    pub fn pounds(&self, metric: &str) -> f64 {
        self.option("In-house").pounds(metric)
    }

    /// The days on which coaches were in post, full-time equivalents.
    #[track_caller]
    pub fn days_in_post(&self) -> f64 {
        (self.exact("coach_weeks") * 7e6).round() / 1e6
    }

    /// The mean of a metric that varies.
    #[track_caller]
    pub fn mean(&self, metric: &str) -> f64 {
        self.option("In-house").mean(metric)
    }

    /// The standard deviation of a metric that varies.
    #[track_caller]
    pub fn sd(&self, metric: &str) -> f64 {
        self.option("In-house").statistic(metric, "sd")
    }

    /// Two metrics that are the same number in every replicate, whatever it is.
    #[track_caller]
    pub fn assert_same(&self, left: &str, right: &str) {
        self.option("In-house").assert_same(left, right);
    }

    /// A metric that no replicate has a value of.
    #[track_caller]
    pub fn assert_none(&self, metric: &str) {
        let metric = self.option("In-house").metric(metric);
        assert_eq!(metric["n"], 0, "{metric}");
        assert!(metric["mean"].is_null(), "{metric}");
    }

    /// The conservation laws of the contract, for every option, each locality and the programme.
    #[track_caller]
    pub fn assert_conserved(&self) {
        let options = self.json["options"].as_object().expect("a run has options");
        for (name, option) in options {
            let localities = option["localities"].as_object().expect("an option has localities");
            for (locality, json) in localities {
                Figures { json, place: format!("{locality} under {name}") }.assert_conserved();
            }
            let place = format!("the programme under {name}");
            Figures { json: &option["programme"], place }.assert_conserved();
        }
    }
}

impl<'a> Figures<'a> {
    /// The names of its metrics.
    pub fn metric_names(&self) -> Vec<String> {
        self.json["metrics"].as_object().into_iter().flat_map(|all| all.keys()).cloned().collect()
    }

    /// A metric's whole table of statistics.
    #[track_caller]
    pub fn metric(&self, metric: &str) -> &'a Value {
        let metrics = &self.json["metrics"];
        metrics.get(metric).unwrap_or_else(|| {
            let there: Vec<_> =
                metrics.as_object().into_iter().flat_map(|all| all.keys()).collect();
            panic!("{} has no metric `{metric}`, only {there:?}", self.place)
        })
    }

    /// One statistic of a metric.
    #[track_caller]
    pub fn statistic(&self, metric: &str, statistic: &str) -> f64 {
        self.metric(metric)[statistic].as_f64().unwrap_or_else(|| {
            panic!("{}: no {statistic} of `{metric}`: {}", self.place, self.metric(metric))
        })
    }

    #[track_caller]
    pub fn mean(&self, metric: &str) -> f64 {
        self.statistic(metric, "mean")
    }

    /// The value that every replicate has.
    #[track_caller]
    pub fn exact(&self, metric: &str) -> f64 {
        let mean = self.mean(metric);
        for quantile in ["p05", "p95"] {
            let value = self.statistic(metric, quantile);
            let same = (value - mean).abs() < 1e-6 * mean.abs().max(1.0);
            assert!(same, "{}: `{metric}` varies: {}", self.place, self.metric(metric));
        }
        mean
    }

    #[track_caller]
    pub fn people(&self, metric: &str) -> i64 {
        whole(self.exact(metric))
    }

    #[track_caller]
    pub fn pounds(&self, metric: &str) -> f64 {
        whole(100.0 * self.exact(metric)) as f64 / 100.0
    }

    #[track_caller]
    pub fn assert_same(&self, left: &str, right: &str) {
        for statistic in ["mean", "sd", "p05", "p50", "p95"] {
            let (a, b) = (self.statistic(left, statistic), self.statistic(right, statistic));
            assert!(
                (a - b).abs() < 1e-6,
                "{}: {statistic} of {left} {a}, of {right} {b}",
                self.place
            );
        }
    }

    /// The mean of a monthly series in a month such as `2024-10`.
    #[track_caller]
    pub fn month(&self, series: &str, month: &str) -> f64 {
        let monthly = &self.json["monthly"];
        let months = monthly["month"].as_array().expect("the months are a list");
        let at = months.iter().position(|label| label == month);
        let at = at.unwrap_or_else(|| panic!("{month} is not among {months:?}"));
        let mean = monthly[series]["mean"][at].as_f64();
        let mean = mean.unwrap_or_else(|| panic!("{}: no {series} in {month}", self.place));
        (mean * 1e6).round() / 1e6
    }

    /// The sum of the means of every metric whose name begins so.
    pub fn sum_of(&self, prefix: &str) -> f64 {
        let metrics = self.json["metrics"].as_object().expect("metrics are a table");
        let lines = metrics.iter().filter(|(name, _)| name.starts_with(prefix));
        lines.filter_map(|(_, metric)| metric["mean"].as_f64()).sum()
    }

    /// People, plans and pence are on one line each.
    #[track_caller]
    pub fn assert_conserved(&self) {
        let sum = |names: &[&str]| names.iter().map(|name| self.mean(name)).sum::<f64>();
        let ends = ["signposted", "withdrew", "did_not_attend", "no_plan", "in_triage_at_end"];
        let more_ends = ["waiting_at_end", "before_plan_at_end", "plans"];
        let supported = ["in_support_at_end", "completed", "disengaged", "disrupted"];
        let laws = [
            ("people", sum(&["opening_waiting", "referrals"]), sum(&ends) + sum(&more_ends)),
            ("support", sum(&["opening_in_support", "plans"]), sum(&supported)),
            ("work", self.mean("in_work"), sum(&["kept_work", "found_work"])),
            ("plans by year", self.mean("plans"), self.sum_of("plans_by_year.")),
            ("cost by kind", self.mean("cost"), self.sum_of("cost.")),
            (
                "cost by year",
                self.mean("cost"),
                self.sum_of("cost.before") + self.sum_of("cost_by_year."),
            ),
            (
                "income",
                self.mean("income"),
                self.sum_of("income_")
                    - self.sum_of("income_by_year.")
                    - self.sum_of("income_from."),
            ),
            (
                "income by year",
                self.mean("income"),
                self.sum_of("income.before") + self.sum_of("income_by_year."),
            ),
        ];
        for (law, left, right) in laws {
            let close = (left - right).abs() <= 1e-6 * left.abs().max(1.0);
            assert!(close, "{}: {law} are not conserved: {left} and {right}", self.place);
        }
    }
}

/// A number that is whole but for the error of a mean.
#[track_caller]
fn whole(value: f64) -> i64 {
    assert!((value - value.round()).abs() < 1e-4, "{value} is not whole");
    value.round() as i64
}
