//! The names of a run's columns, in the order in which they are numbered.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::column::Values;
use crate::ensemble::outline::{OptionOutline, PlaceOutline};
use crate::ensemble::{ColumnData, Outline, PlaceColumns, Results};
use crate::model::{Kind, Metric};

/// What a run's columns are called: taken from its first block, the same for all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// Labels of the months.
    pub months: Vec<String>,
    /// Paths of the drawn inputs.
    pub inputs: Vec<String>,
    /// The options, in file order.
    pub options: Vec<OptionShape>,
}

/// An option's places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OptionShape {
    /// The option's name.
    pub name: String,
    /// Localities in file order, then the programme.
    pub places: Vec<PlaceShape>,
}

/// A place's columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceShape {
    /// The locality; `None` for the programme.
    pub locality: Option<String>,
    /// Its metrics.
    pub metrics: Vec<ColumnShape>,
    /// Its monthly series.
    pub monthly: Vec<ColumnShape>,
}

/// A column's name, and what its values are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// The metric.
    pub name: String,
    /// [`Kind`], in words.
    pub kind: KindName,
    /// What it holds.
    pub content: Content,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// Whether its values are held as whole numbers.
    pub whole: bool,
    /// Values for each replicate: 1, or the months of a series.
    pub each: u32,
}

impl Content {
    /// What the column of a drawn input holds.
    pub const INPUT: Content = Content { whole: false, each: 1 };
}

/// [`Kind`] as it is stored: the words stay when the type changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", remote = "Kind")]
enum KindWords {
    People,
    Money,
    Day,
    Days,
    Share,
    Chance,
    Number,
    Pounds,
}

/// A [`Kind`] that is stored in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KindName(#[serde(with = "KindWords")] Kind);

impl Shape {
    /// The shape of a block.
    pub fn of(results: &Results) -> Self {
        Shape {
            months: results.months.clone(),
            inputs: results.inputs.iter().map(|input| input.path.clone()).collect(),
            options: results
                .options
                .iter()
                .map(|option| OptionShape {
                    name: option.name.clone(),
                    places: option.places.iter().map(PlaceShape::of).collect(),
                })
                .collect(),
        }
    }

    /// What every column holds, in the order in which columns are numbered.
    pub fn contents(&self) -> impl Iterator<Item = Content> {
        let places = self.options.iter().flat_map(|option| &option.places);
        let columns = places.flat_map(|place| place.metrics.iter().chain(&place.monthly));
        self.inputs.iter().map(|_| Content::INPUT).chain(columns.map(|column| column.content))
    }

    /// The same names as whoever works with columns knows them.
    pub fn outline(&self, seed: u64, replicates: u64) -> Outline {
        let metrics = |columns: &[ColumnShape]| columns.iter().map(ColumnShape::metric).collect();
        let place = |place: &PlaceShape| PlaceOutline {
            locality: place.locality.clone(),
            metrics: metrics(&place.metrics),
            monthly: metrics(&place.monthly),
        };
        let options = self.options.iter().map(|option| OptionOutline {
            name: option.name.clone(),
            places: option.places.iter().map(place).collect(),
        });
        Outline {
            seed,
            replicates,
            months: self.months.clone(),
            inputs: self.inputs.clone(),
            options: options.collect(),
        }
    }

    /// The columns of a place of an option, with their numbers: metrics, then monthly series.
    pub fn place(&self, option: &str, locality: Option<&str>) -> Option<(usize, &PlaceShape)> {
        let mut number = self.inputs.len();
        for candidate in &self.options {
            for place in &candidate.places {
                if candidate.name == option && place.locality.as_deref() == locality {
                    return Some((number, place));
                }
                number += place.metrics.len() + place.monthly.len();
            }
        }
        None
    }
}

impl PlaceShape {
    fn of(place: &PlaceColumns) -> Self {
        let column = |metric: &Metric, data: &ColumnData, each| ColumnShape {
            name: metric.name.clone(),
            kind: KindName(metric.kind),
            content: Content { whole: Values::from(data).is_whole(), each },
        };
        let metrics = place.metrics.iter().map(|one| column(&one.metric, &one.data, 1));
        let monthly =
            place.monthly.iter().map(|one| column(&one.metric, &one.data, one.months as u32));
        PlaceShape {
            locality: place.locality.clone(),
            metrics: metrics.collect(),
            monthly: monthly.collect(),
        }
    }
}

impl ColumnShape {
    /// The metric.
    pub fn metric(&self) -> Metric {
        Metric { name: self.name.clone(), kind: self.kind.0 }
    }
}

/// The values of a block's column, and where the same values may stand already.
#[derive(Clone, Copy, Debug)]
pub struct Slot<'a> {
    /// Its values.
    pub values: Values<'a>,
    /// An earlier column that is often its twin: with a single locality the whole programme's
    /// columns are the locality's.
    pub twin: Option<(usize, Values<'a>)>,
}

/// The values of a block's columns, in the order in which they are numbered.
pub fn slots(results: &Results) -> Vec<Slot<'_>> {
    let inputs = results.inputs.iter().map(|input| Values::Real(&input.values));
    let mut all: Vec<Slot> = inputs.map(|values| Slot { values, twin: None }).collect();
    for option in &results.options {
        // The columns of the first place by name; a month's series may be called as a metric is.
        let mut firsts = BTreeMap::new();
        for (index, place) in option.places.iter().enumerate() {
            let metrics = place.metrics.iter().map(|one| (&one.metric.name, 1, &one.data));
            let monthly = place.monthly.iter().map(|one| (&one.metric.name, one.months, &one.data));
            for (name, each, data) in metrics.chain(monthly) {
                let values = Values::from(data);
                let twin = firsts.get(&(name, each)).copied();
                if index == 0 {
                    firsts.insert((name, each), (all.len(), values));
                }
                all.push(Slot { values, twin });
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ensemble::{Column, InputColumn, MonthlyColumn, OptionColumns};

    fn place(locality: Option<&str>, plans: Vec<i64>) -> PlaceColumns {
        let metric = |name: &str, kind| Metric { name: name.into(), kind };
        PlaceColumns {
            locality: locality.map(String::from),
            metrics: vec![
                Column { metric: metric("plans", Kind::People), data: ColumnData::Whole(plans) },
                Column {
                    metric: metric("wait_mean_days", Kind::Days),
                    data: ColumnData::Real(vec![1.5; 2]),
                },
            ],
            monthly: vec![MonthlyColumn {
                metric: metric("balance", Kind::Money),
                months: 3,
                data: ColumnData::Whole(vec![0; 6]),
            }],
        }
    }

    fn results() -> Results {
        let option = |name: &str| OptionColumns {
            name: name.into(),
            places: vec![
                place(Some("Bury"), vec![1, 2]),
                place(Some("Bolton"), vec![3, 4]),
                place(None, vec![4, 6]),
            ],
        };
        Results {
            seed: 1,
            replicates: 2,
            months: vec!["2024-10".into(), "2024-11".into(), "2024-12".into()],
            inputs: vec![InputColumn { path: "a".into(), values: vec![0.5; 2] }],
            options: vec![option("In-house"), option("Hybrid")],
        }
    }

    #[test]
    fn columns_are_numbered_inputs_first_then_option_by_option_and_place_by_place() {
        let results = results();
        let shape = Shape::of(&results);
        assert_eq!(shape.contents().count(), slots(&results).len());
        for (slot, content) in slots(&results).iter().zip(shape.contents()) {
            assert_eq!(slot.values.is_whole(), content.whole);
            assert_eq!(slot.values.len(), 2 * content.each as usize);
        }
        assert_eq!(shape.place("In-house", Some("Bury")).unwrap().0, 1);
        assert_eq!(shape.place("In-house", None).unwrap().0, 7);
        assert_eq!(shape.place("Hybrid", Some("Bolton")).unwrap().0, 13);
        assert_eq!(shape.place("Hybrid", Some("Leeds")), None);
    }

    #[test]
    fn a_column_of_a_later_place_may_be_the_twin_of_the_first_places_column_of_that_name() {
        let mut results = results();
        // The whole programme has metrics that its localities have not.
        let programme = &mut results.options[1].places[2];
        let own = Metric { name: "localities_on_target".into(), kind: Kind::Number };
        programme.metrics.insert(1, Column { metric: own, data: ColumnData::Whole(vec![0; 2]) });
        let twins: Vec<_> =
            slots(&results).iter().map(|slot| slot.twin.map(|(number, _)| number)).collect();
        let later = |first: usize| vec![Some(first), Some(first + 1), Some(first + 2)];
        let firsts = vec![None; 3];
        let in_house = [firsts.clone(), later(1), later(1)].concat();
        let hybrid = [firsts, later(10), vec![Some(10), None, Some(11), Some(12)]].concat();
        assert_eq!(twins, [vec![None], in_house, hybrid].concat());
    }

    #[test]
    fn the_words_of_a_shape_are_pinned() {
        let mut results = results();
        results.options.truncate(1);
        results.options[0].places.drain(..2);
        insta::assert_snapshot!(serde_json::to_string_pretty(&Shape::of(&results)).unwrap());
    }

    #[test]
    fn every_kind_comes_back_from_its_word() {
        use Kind::*;
        for kind in [People, Money, Day, Days, Share, Chance, Number, Pounds] {
            let word = serde_json::to_string(&KindName(kind)).unwrap();
            assert_eq!(serde_json::from_str::<KindName>(&word).unwrap().0, kind, "{word}");
        }
    }
}
