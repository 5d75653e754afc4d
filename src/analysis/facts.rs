//! What an answer has to say about the programme that it is about.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::published::PublishedFigure;
use super::quantile::type_7;
use crate::model::Programme;

/// What a reader is told about a programme beside its statistics. The ledger keeps it with a run,
/// so that the run can be shown again without its scenario being compiled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The scenario's title.
    pub title: String,
    /// The question that it answers, if it says.
    pub question: Option<String>,
    /// The programme's name.
    pub programme: String,
    /// The programme's first day.
    pub starts: Date,
    /// The programme's last day.
    pub ends: Date,
    /// The places that deliver it, in file order.
    pub localities: Vec<LocalityFacts>,
    /// What people differ by, in file order; none in runs stored before there was such a thing.
    #[serde(default)]
    pub attributes: Vec<AttributeFacts>,
    /// What like services achieved, in file order.
    pub reference_class: Vec<Reference>,
    /// Figures printed elsewhere that a run forecasts, in file order.
    #[serde(default)]
    pub published: Vec<PublishedFigure>,
}

/// What is agreed with one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalityFacts {
    /// Its name.
    pub name: String,
    /// Agreed participants.
    pub agreed: i64,
    /// What it may be paid, in pence.
    pub allocation_pence: i64,
}

/// Something that people differ by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributeFacts {
    /// Its name.
    pub name: String,
    /// The names of its values.
    pub values: Vec<String>,
}

/// Actual over planned volume of a like service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Which service.
    pub name: String,
    /// Actual volume over planned volume.
    pub ratio: f64,
}

/// What like services reached, as shares of what they had planned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LikeServices {
    /// How many services.
    pub count: usize,
    /// The least that one reached.
    pub least: f64,
    /// Half of them reached less (the median).
    pub middle: f64,
    /// The most that one reached.
    pub most: f64,
}

impl Facts {
    /// The facts of a compiled programme; what it does not hold itself is handed over.
    pub fn new(
        programme: &Programme,
        title: String,
        question: Option<String>,
        reference_class: Vec<Reference>,
    ) -> Self {
        let localities = (programme.localities.iter())
            .map(|locality| LocalityFacts {
                name: locality.name.clone(),
                agreed: locality.agreed,
                allocation_pence: locality.allocation.total.get(),
            })
            .collect();
        Facts {
            title,
            question,
            programme: programme.name.clone(),
            starts: programme.calendar.starts(),
            ends: programme.calendar.date(programme.calendar.last()),
            localities,
            attributes: (programme.attributes.iter())
                .map(|attribute| AttributeFacts {
                    name: attribute.name.clone(),
                    values: attribute.values.iter().map(|value| value.name.clone()).collect(),
                })
                .collect(),
            reference_class,
            published: Vec::new(),
        }
    }

    /// What like services reached of their planned numbers; `None` where the scenario names none.
    pub fn like_services(&self) -> Option<LikeServices> {
        let mut ratios: Vec<f64> = self.reference_class.iter().map(|like| like.ratio).collect();
        ratios.sort_unstable_by(f64::total_cmp);
        Some(LikeServices {
            count: ratios.len(),
            least: *ratios.first()?,
            middle: type_7(&ratios, 0.5)?,
            most: *ratios.last()?,
        })
    }

    /// Agreed participants of a locality, or of the whole programme (`None`).
    pub fn agreed(&self, locality: Option<&str>) -> i64 {
        self.at(locality).map(|place| place.agreed).sum()
    }

    /// Allocation in pence of a locality, or of the whole programme (`None`).
    pub fn allocation_pence(&self, locality: Option<&str>) -> i64 {
        self.at(locality).map(|place| place.allocation_pence).sum()
    }

    /// The date of a day, which may lie outside the programme.
    pub fn date(&self, day: i64) -> Date {
        // Beyond jiff's own range a span is refused; the calendar's end then stands for the day.
        let span = jiff::Span::new().try_days(day);
        span.map_or(Date::MAX, |span| self.starts.saturating_add(span))
    }

    /// The month of a day: `2024-10`.
    pub fn month_of(&self, day: i64) -> String {
        month_label(self.date(day))
    }

    fn at<'a>(&'a self, locality: Option<&'a str>) -> impl Iterator<Item = &'a LocalityFacts> {
        (self.localities.iter()).filter(move |place| locality.is_none_or(|name| place.name == name))
    }
}

/// The month of a date as runs label it: `2024-10`.
pub fn month_label(date: Date) -> String {
    format!("{:04}-{:02}", date.year(), date.month())
}
