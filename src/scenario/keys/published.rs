//! Figures printed elsewhere, set beside what the rules give or a run forecasts.

use super::super::compile::Compiler;
use super::super::grammar::{Field, Leaf, Shape};
use super::super::nearest::nearest;
use super::super::node::{Span, shortened};
use super::super::published::{Computed, Figure, Known, Published};
use super::super::section::Section;
use super::super::units::{Printed, printed};
use super::{DATE, TEXT};
use crate::model::published::{Counted, PublishedCount};
use crate::model::{Kind, Metric, Programme, Simulator};
use crate::quantity::Pence;

/// Keys of `published.NAME`.
pub const KEYS: &[Field] = &[
    Field::may(
        "locality",
        Shape::Leaf(Leaf::Name("locality")),
        "the whole programme",
        "The locality that it is a figure of.",
    ),
    Field::must(
        "metric",
        Shape::Leaf(Leaf::Name("metric")),
        "What it is a figure of: a metric of a run, agreed, fair_share, allocation, \
         allocation.basic, allocation.participant, or allocation and a funding year.",
    ),
    Field::may(
        "option",
        Shape::Leaf(Leaf::Name("option")),
        "every option",
        "The option whose forecast it is set beside.",
    ),
    Field::may(
        "year",
        Shape::Leaf(Leaf::Name("funding year")),
        "all years",
        "The funding year that it is a figure of: for plans, cost, income and allocation.",
    ),
    Field::may(
        "by",
        DATE,
        "the programme's end",
        "From the programme's first day to the end of this: for referrals, eligible, plans, starts \
         and found_work.",
    ),
    Field::must("value", Shape::Leaf(Leaf::Printed), "The figure, as printed."),
    Field::or(
        "known",
        Shape::Leaf(Leaf::Choice(&["before", "outturn"])),
        "before",
        "Whether it was known before the programme began, or is what became of it.",
    ),
    Field::may("source", TEXT, "none", "Where it is printed."),
];

/// What the rules give, beside the allocation of each funding year.
const COMPUTED: [&str; 5] =
    ["agreed", "fair_share", "allocation", "allocation.basic", "allocation.participant"];

/// Metrics that have a value for each funding year.
const BY_YEAR: [&str; 3] = ["plans", "cost", "income"];

/// A published figure, and where its metric and its value are written.
pub struct Written {
    /// The figure.
    pub published: Published,
    metric_at: Span,
    value_at: Span,
}

impl<'a> Compiler<'a> {
    /// Every figure of `published`, in file order.
    pub fn published_figures(&mut self) -> Vec<Written> {
        let named = self.root.named("published");
        named.into_iter().filter_map(|(name, table)| self.published_figure(name, &table)).collect()
    }

    fn published_figure(&mut self, name: &str, section: &Section<'a>) -> Option<Written> {
        let written = self.text(section, "metric")?;
        let locality = self.name_among(section, "locality", self.localities.clone());
        let options = self.names("option");
        let option = self.name_among(section, "option", options);
        let labels: Vec<String> = self
            .root
            .table("funding")
            .values("year")
            .iter()
            .map(|(l, _)| (*l).to_owned())
            .collect();
        let year = self.name_among(section, "year", labels.clone())?;
        let figure = self.figure(section, &written, year, &labels)?;
        if let (Figure::Computed(_), Some(node)) = (&figure, section.stated("option")) {
            self.wrong(node.key, format!("{written} is the same under every option"))
                .help("leave out option");
        }
        let value_node = section.stated("value")?;
        let value = self.in_days(printed(value_node).ok()?);
        let published = Published {
            name: Some(name.to_owned()),
            locality: locality?,
            option: option?,
            written,
            figure,
            value,
            known: match self.says(section, "known", "outturn") {
                true => Known::Outturn,
                false => Known::Before,
            },
            source: self.text(section, "source"),
        };
        let metric_at = section.place("metric");
        let written = Written { published, metric_at, value_at: value_node.at };
        if let Figure::Computed(computed) = &written.published.figure {
            let kind = if computed.is_people() { Kind::People } else { Kind::Money };
            self.fits(&written, kind);
        }
        Some(written)
    }

    /// What a figure is of.
    fn figure(
        &mut self,
        section: &Section<'a>,
        metric: &str,
        year: Option<String>,
        labels: &[String],
    ) -> Option<Figure> {
        let at = section.place("metric");
        let by = section.stated("by").map(|node| node.key);
        let count = Counted::WORDS.iter().find(|(word, _)| *word == metric);
        if let (Some(by), None) = (by, count) {
            let words: Vec<&str> = Counted::WORDS.iter().map(|(word, _)| *word).collect();
            self.wrong(by, format!("{metric} is not counted day by day"))
                .help(format!("by is for {}; leave it out", words.join(", ")));
        }
        let computed = match metric {
            "agreed" => Some(Computed::Agreed),
            "fair_share" => Some(Computed::FairShare),
            "allocation" => Some(match &year {
                Some(label) => Computed::Year(label.clone()),
                None => Computed::Total,
            }),
            "allocation.basic" => Some(Computed::Basic),
            "allocation.participant" => Some(Computed::Participant),
            _ => None,
        };
        let label = metric.strip_prefix("allocation.").filter(|_| computed.is_none());
        let computed = match label {
            Some(label) => {
                self.index_of("funding year", label, labels, at)?;
                Some(Computed::Year(label.to_owned()))
            }
            None => computed,
        };
        if computed == Some(Computed::FairShare) && self.root.stated("fair_share").is_none() {
            self.wrong(at, "this scenario has no [fair_share]");
            return None;
        }
        let yearly = BY_YEAR.contains(&metric) || metric == "allocation";
        if let (Some(_), false, Some(node)) = (&year, yearly, section.stated("year")) {
            self.wrong(node.key, format!("{metric} has no figure for each funding year"))
                .help(format!("year is for {} and allocation; leave it out", BY_YEAR.join(", ")));
            return None;
        }
        if let (Some(_), Some(by)) = (&year, by) {
            self.wrong(by, "a figure is of a year or to a day, not both");
            return None;
        }
        if let Some(computed) = computed {
            return Some(Figure::Computed(computed));
        }
        let last = self.calendar.last();
        match (count, year) {
            (_, Some(label)) => {
                Some(Figure::Forecast { column: format!("{metric}_by_year.{label}") })
            }
            (Some((word, counted)), None) if by.is_some() || *word == "starts" => {
                Some(Figure::Count { counted: *counted, until: self.within(section, "by", last) })
            }
            _ => Some(Figure::Forecast { column: metric.to_owned() }),
        }
    }

    /// The name that a key gives, if it gives one; `None`, with a report, if there is no such name.
    fn name_among(
        &mut self,
        section: &Section<'a>,
        key: &str,
        names: Vec<String>,
    ) -> Option<Option<String>> {
        let noun = if key == "year" { "funding year" } else { key };
        let Some(name) = self.text(section, key) else { return Some(None) };
        self.index_of(noun, &name, &names, section.place(key))?;
        Some(Some(name))
    }

    fn names(&self, key: &str) -> Vec<String> {
        self.root.values(key).into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// The same value with a date as a day of the programme.
    fn in_days(&self, value: Printed) -> super::super::published::Value {
        use super::super::published::Value;
        match value {
            Printed::Money(pounds) => Value::Money(Pence::from_pounds(pounds)),
            Printed::Number(number) => Value::Number(number),
            Printed::Share(share) => Value::Share(share),
            Printed::Time(days) => Value::Days(days),
            Printed::Date(date) => Value::Day(self.calendar.day(date)),
        }
    }

    /// Reports a value that is not written as its metric is counted.
    fn fits(&mut self, written: &Written, kind: Kind) {
        if !written.published.value.is_of(kind) {
            let message = match kind {
                Kind::Money | Kind::Pounds => "is money: write \"£432,927\"",
                Kind::People | Kind::Number => "is a number: write 1457, without quotes",
                Kind::Share | Kind::Chance => "is a share: write \"57%\"",
                Kind::Days => "is a time: write \"12 days\"",
                Kind::Day => "is a date: write 2024-12-02, without quotes",
            };
            let metric = written.published.written.clone();
            self.wrong(written.value_at, format!("{metric} {message}"));
        }
    }

    /// Holds figures of a run against the metrics that a run of the programme has. Their names
    /// depend on its teams, costs and years, so one replicate is lived through to see them.
    pub fn published_metrics(&mut self, programme: &Programme, figures: &[Written]) {
        let forecast = |w: &&Written| matches!(w.published.figure, Figure::Forecast { .. });
        let wanted: Vec<&Written> = figures.iter().filter(forecast).collect();
        if wanted.is_empty() {
            return;
        }
        let places = metrics(programme);
        for written in wanted {
            let Figure::Forecast { column } = &written.published.figure else { continue };
            let mut known: Vec<Metric> = Vec::new();
            for (_, _, found) in places.iter().filter(|(option, locality, _)| {
                *locality == written.published.locality
                    && written.published.option.as_ref().is_none_or(|name| name == option)
            }) {
                known.extend(
                    found.iter().filter(|m| !known.contains(m)).cloned().collect::<Vec<_>>(),
                );
            }
            match known.iter().find(|metric| metric.name == *column) {
                Some(metric) => self.fits(written, metric.kind),
                None => {
                    let known = known.iter().map(|metric| metric.name.as_str());
                    let meant = nearest(column, COMPUTED.into_iter().chain(known));
                    let label = meant.map(|meant| format!("did you mean \"{meant}\"?"));
                    // Every metric by name would be a screen or two.
                    let help = format!(
                        "a metric of `run --json` is meant, or what the rules give: {}",
                        COMPUTED.join(", ")
                    );
                    let message = format!("no run has the metric \"{}\" there", shortened(column));
                    self.wrong(written.metric_at, message).help(help).label = label;
                }
            }
        }
    }
}

/// The counts among figures, as the programme has them.
pub fn counts(localities: &[String], figures: &[Written]) -> Vec<PublishedCount> {
    let count = |written: &Written| {
        let Published { name, locality, option, figure, .. } = &written.published;
        let Figure::Count { counted, until } = figure else { return None };
        Some(PublishedCount {
            name: name.clone()?,
            option: option.clone(),
            locality: match locality {
                Some(own) => Some(localities.iter().position(|name| name == own)?),
                None => None,
            },
            counted: *counted,
            until: *until,
        })
    };
    figures.iter().filter_map(count).collect()
}

/// The metrics of every place (`None` for the whole programme) under every option.
fn metrics(programme: &Programme) -> Vec<(String, Option<String>, Vec<Metric>)> {
    let mut places = Vec::new();
    // A replicate that cannot be drawn is reported when a run draws it.
    let _ = Simulator::new(programme, 0).replicate(0, |option, place, outcome| {
        let mut metrics: Vec<Metric> = Vec::new();
        outcome.metrics(&mut metrics);
        let locality = programme.localities.get(place).map(|locality| locality.name.clone());
        places.push((programme.options[option].name.clone(), locality, metrics));
    });
    places
}
