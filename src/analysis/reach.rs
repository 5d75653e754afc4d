//! Who is reached: rates of those who share a value of an attribute.

use super::facts::Facts;
use super::sample::{Estimate, Sample};
use crate::ensemble::{Columns, Outline, Place};

/// Rates of the people of one place who have one value of an attribute, over all replicates.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// The attribute: `age`.
    pub attribute: String,
    /// The value: `16 to 34`.
    pub value: String,
    /// Plans for each referral; `None` where nobody is referred, or the counts are too small to say.
    pub plans_per_referral: Option<Estimate>,
    /// People in work when support ends, for each plan; `None` likewise.
    pub in_work_per_plan: Option<Estimate>,
}

impl Reach {
    /// Every value of every attribute, in file order.
    ///
    /// # Errors
    ///
    /// Where a column cannot be read.
    pub fn of<C: Columns>(
        columns: &C,
        outline: &Outline,
        at: Place,
        facts: &Facts,
    ) -> Result<Vec<Reach>, C::Error> {
        let attributes = facts.attributes.iter();
        let values = attributes
            .flat_map(|known| known.values.iter().map(|value| (known.name.clone(), value.clone())));
        values
            .map(|(attribute, value)| {
                let count = |what: &str| -> Result<Option<Sample>, C::Error> {
                    let name = format!("attribute.{attribute}.{value}.{what}");
                    let column = columns.metric_named(outline, at, &name)?;
                    Ok(column.map(|column| Sample::of(&column)))
                };
                let counts = [count("referrals")?, count("plans")?, count("in_work")?];
                Ok(Reach::one(counts, attribute, value))
            })
            .collect()
    }

    fn one(counts: [Option<Sample>; 3], attribute: String, value: String) -> Reach {
        let [referrals, plans, in_work] = counts;
        let rate = |over: &Option<Sample>, under: &Option<Sample>| {
            over.as_ref().zip(under.as_ref()).and_then(|(over, under)| over.per(under))
        };
        Reach {
            plans_per_referral: rate(&plans, &referrals),
            in_work_per_plan: rate(&in_work, &plans),
            attribute,
            value,
        }
    }

    /// The name of a metric of these people.
    pub fn metric(&self, what: &str) -> String {
        format!("attribute.{}.{}.{what}", self.attribute, self.value)
    }
}
