//! A published figure beside what the funding rules give.

use serde::{Deserialize, Serialize};

use crate::quantity::Pence;

/// One published figure set beside the computed one. A difference is reported, never hidden.
///
/// `check` prints it, the ledger keeps it with a run, and `run --json` has it as it stands here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reconciliation {
    /// The name of its table in the scenario's `published`, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The locality that the figure belongs to; `None` for the whole programme.
    pub locality: Option<String>,
    /// Which figure, as the scenario names it: `total`, `year.2024/25`, `allocation.basic`,
    /// `fair_share`.
    pub figure: String,
    /// The figure, as printed and as computed.
    #[serde(flatten)]
    pub sides: Sides,
    /// Where the figure was published, if the scenario says.
    pub source: Option<String>,
    /// Why they differ, as far as the figures tell; `None` where they do not.
    pub explanation: Option<String>,
}

/// Both sides of a comparison and published less computed, in one unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Sides {
    /// Money, in whole pence.
    Money {
        /// As printed.
        published_pence: i64,
        /// As the funding rules give it.
        computed_pence: i64,
        /// Published less computed.
        difference_pence: i64,
    },
    /// Anything else, in its unit.
    Other {
        /// What it is counted in.
        unit: Unit,
        /// As printed.
        published: f64,
        /// As the rules give it.
        computed: f64,
        /// Published less computed.
        difference: f64,
    },
}

/// What a figure that is no money is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// People.
    People,
    /// A share between 0 and 1.
    Share,
    /// Days.
    Days,
}

impl Sides {
    /// Two amounts of money.
    pub fn money(published: Pence, computed: Pence) -> Self {
        Sides::Money {
            published_pence: published.get(),
            computed_pence: computed.get(),
            difference_pence: (published - computed).get(),
        }
    }

    /// Two figures in a unit.
    pub fn other(unit: Unit, published: f64, computed: f64) -> Self {
        Sides::Other { unit, published, computed, difference: published - computed }
    }

    /// Whether both sides are the same.
    pub fn agree(&self) -> bool {
        match self {
            Sides::Money { difference_pence, .. } => *difference_pence == 0,
            Sides::Other { difference, .. } => *difference == 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(sides: Sides) -> Reconciliation {
        Reconciliation {
            name: None,
            locality: Some("Bury".to_owned()),
            figure: "total".to_owned(),
            sides,
            source: None,
            explanation: None,
        }
    }

    #[test]
    fn money_is_kept_in_pence_and_people_in_people() {
        let money = row(Sides::money(Pence::pounds(5), Pence::new(499)));
        let people = row(Sides::other(Unit::People, 1_620.0, 1_560.0));
        let json = |row: &Reconciliation| serde_json::to_value(row).unwrap();
        assert_eq!(json(&money)["difference_pence"], 1);
        assert_eq!(json(&people)["difference"], 60.0);
        assert_eq!(json(&people)["unit"], "people");
        for row in [money, people] {
            assert_eq!(serde_json::from_value::<Reconciliation>(json(&row)).unwrap(), row);
        }
    }

    #[test]
    fn a_row_that_was_kept_before_figures_had_names_is_read() {
        let old = r#"{"locality": "Bury", "figure": "total", "published_pence": 1,
            "computed_pence": 2, "difference_pence": -1, "explanation": null, "source": null}"#;
        let read: Reconciliation = serde_json::from_str(old).unwrap();
        assert_eq!(read, row(Sides::money(Pence::new(1), Pence::new(2))));
    }
}
