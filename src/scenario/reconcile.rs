//! Published figures beside what the funding rules give, with what explains a difference.

use super::Scenario;
use crate::model::programme::{Allocation, FundingYear, Locality};
use crate::quantity::Pence;

/// A printed figure beside the computed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconciliation {
    /// The locality's name.
    pub locality: String,
    /// `total`, `basic`, `participant` or `year.LABEL`.
    pub figure: String,
    /// As printed.
    pub published: Pence,
    /// As the funding rules give it.
    pub computed: Pence,
    /// Where it is printed.
    pub source: Option<String>,
    /// What explains the difference, as far as the figures allow; in words.
    pub explanation: String,
}

impl Reconciliation {
    /// Published less computed.
    pub fn difference(&self) -> Pence {
        self.published - self.computed
    }
}

/// Every published figure beside the computed one, in file order.
pub fn reconcile(scenario: &Scenario) -> Vec<Reconciliation> {
    let years = &scenario.programme.funding.years;
    let mut figures = Vec::new();
    for locality in &scenario.programme.localities {
        let printed = Printed::of(scenario, locality);
        for published in scenario.published.iter().filter(|p| p.locality == locality.name) {
            let Some(computed) = computed(&locality.allocation, years, &published.figure) else {
                continue;
            };
            figures.push(Reconciliation {
                locality: published.locality.clone(),
                figure: published.figure.clone(),
                published: published.amount,
                computed,
                source: published.source.clone(),
                explanation: explain(
                    &published.figure,
                    published.amount,
                    computed,
                    &printed,
                    years,
                ),
            });
        }
    }
    figures
}

/// What the funding rules give for a figure.
fn computed(allocation: &Allocation, years: &[FundingYear], figure: &str) -> Option<Pence> {
    match figure {
        "total" => Some(allocation.total),
        "basic" => Some(allocation.basic),
        "participant" => Some(allocation.participant),
        _ => {
            let label = figure.strip_prefix("year.")?;
            let index = years.iter().position(|year| year.label == label)?;
            allocation.years.get(index).map(|year| year.total)
        }
    }
}

/// What is printed for a locality, against which one printed figure can be held.
struct Printed {
    amounts: Vec<(String, Pence)>,
}

impl Printed {
    fn of(scenario: &Scenario, locality: &Locality) -> Self {
        let own = scenario.published.iter().filter(|p| p.locality == locality.name);
        Printed { amounts: own.map(|p| (p.figure.clone(), p.amount)).collect() }
    }

    fn get(&self, figure: &str) -> Option<Pence> {
        self.amounts.iter().find(|(name, _)| name == figure).map(|(_, amount)| *amount)
    }

    /// What the other printed figures leave for this one: the total less the other parts.
    fn left_for(&self, figure: &str, years: &[FundingYear]) -> Option<Pence> {
        let total = self.get("total")?;
        match figure {
            "basic" => Some(total - self.get("participant")?),
            "participant" => Some(total - self.get("basic")?),
            _ => {
                let own = figure.strip_prefix("year.")?;
                let others = years.iter().filter(|year| year.label != own);
                let sum: Option<Vec<Pence>> =
                    others.map(|year| self.get(&format!("year.{}", year.label))).collect();
                Some(total - sum?.into_iter().sum())
            }
        }
    }
}

/// What explains a printed figure: equality, rounding, a split in other proportions, a slip of a
/// digit, or nothing that the figures show.
fn explain(
    figure: &str,
    published: Pence,
    computed: Pence,
    printed: &Printed,
    years: &[FundingYear],
) -> String {
    if published == computed {
        return "agrees to the penny".to_owned();
    }
    if let Some(how) = to_the_pound(published, computed) {
        return format!("agrees: the printed figure is the computed one with {how}");
    }
    if let Some(how) = by_share_alone(figure, published, printed, years) {
        return how;
    }
    let left = printed.left_for(figure, years);
    if let Some(left) = left.filter(|left| to_the_pound(*left, computed).is_some()) {
        let short = (published - computed).get() < 0;
        let by = Pence::new((published - left).get().abs());
        let side = if short { "less" } else { "more" };
        let slip = match one_digit(published, left) {
            Some((wrong, right)) => format!(
                "; one digit differs ({wrong} for {right}), so the printed figure looks like a slip"
            ),
            None => String::new(),
        };
        return format!(
            "the other printed figures leave {}, as computed; this one is {} {side}{slip}",
            whole(left),
            whole(by)
        );
    }
    if let Some((wrong, right)) = one_digit(published, computed) {
        return format!("one digit differs ({wrong} for {right}): perhaps a slip");
    }
    "not explained by the figures given".to_owned()
}

/// How pence were left out, if that is the whole difference.
fn to_the_pound(published: Pence, computed: Pence) -> Option<&'static str> {
    let (printed, pence) = (published.get(), computed.get());
    if printed % 100 != 0 || (printed - pence).abs() >= 100 {
        return None;
    }
    let dropped = pence.div_euclid(100) * 100;
    let rounded = (pence + 50).div_euclid(100) * 100;
    match (printed == dropped, printed == rounded) {
        (_, true) => Some("pence rounded"),
        (true, false) => Some("pence dropped"),
        (false, false) => Some("pence rounded up"),
    }
}

/// A year's figure that is its share of the printed total: money split by heads, tariffs forgotten.
fn by_share_alone(
    figure: &str,
    published: Pence,
    printed: &Printed,
    years: &[FundingYear],
) -> Option<String> {
    let label = figure.strip_prefix("year.")?;
    let year = years.iter().find(|year| year.label == label)?;
    let total = printed.get("total")?;
    to_the_pound(published, total.share(year.share))?;
    Some(format!(
        "the printed figure is {} of the printed total {}: money split by the shares of people \
         alone, where people times tariff gives the computed figure",
        year.share,
        whole(total)
    ))
}

/// The digits that differ, if exactly one does and both have as many.
fn one_digit(published: Pence, other: Pence) -> Option<(char, char)> {
    let (a, b) = (whole(published), whole(other));
    // In a short figure one digit is most of it, and tells nothing.
    const SHORT: usize = 6;
    if a.chars().count() != b.chars().count() || a.chars().count() < SHORT {
        return None;
    }
    let mut differing = a.chars().zip(b.chars()).filter(|(x, y)| x != y);
    match (differing.next(), differing.next()) {
        (Some(pair), None) => Some(pair),
        _ => None,
    }
}

/// Pounds without pence, rounded: how board papers print.
fn whole(amount: Pence) -> String {
    let rounded = Pence::new((amount.get() + 50).div_euclid(100) * 100);
    rounded.to_string().trim_end_matches(".00").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::FixedShare;

    fn year(label: &str, share: f64) -> FundingYear {
        FundingYear {
            label: label.to_owned(),
            first: 0,
            last: 1,
            ends: 1,
            share: FixedShare::new(share).unwrap(),
            tariff: Pence::pounds(800),
            quarters: (0, 1),
        }
    }

    fn printed(amounts: &[(&str, i64)]) -> Printed {
        Printed {
            amounts: amounts
                .iter()
                .map(|(name, p)| ((*name).to_owned(), Pence::pounds(*p)))
                .collect(),
        }
    }

    #[test]
    fn a_printed_figure_without_pence_agrees() {
        let none = printed(&[]);
        let said = |p, c| explain("total", Pence::pounds(p), Pence::new(c), &none, &[]);
        assert_eq!(
            said(432_927, 43_292_720),
            "agrees: the printed figure is the computed one with pence rounded"
        );
        assert_eq!(
            said(100, 10_099),
            "agrees: the printed figure is the computed one with pence dropped"
        );
        assert_eq!(
            said(101, 10_020),
            "agrees: the printed figure is the computed one with pence rounded up"
        );
        assert_eq!(said(100, 10_000), "agrees to the penny");
        assert_eq!(said(500, 10_000), "not explained by the figures given");
    }

    #[test]
    fn a_part_that_the_others_do_not_leave_is_a_slip_of_one_digit() {
        let figures = printed(&[("total", 432_927), ("basic", 259_756), ("participant", 171_171)]);
        let said =
            explain("participant", Pence::pounds(171_171), Pence::new(17_317_088), &figures, &[]);
        assert_eq!(
            said,
            "the other printed figures leave £173,171, as computed; this one is £2,000 less; one \
             digit differs (1 for 3), so the printed figure looks like a slip"
        );
    }

    #[test]
    fn a_year_split_by_shares_of_people_alone_is_recognised() {
        let years = [year("2024/25", 0.3), year("2025/26", 0.7)];
        let figures = printed(&[("total", 659_083)]);
        let said = explain(
            "year.2025/26",
            Pence::pounds(461_358),
            Pence::new(46_324_320),
            &figures,
            &years,
        );
        assert!(
            said.starts_with("the printed figure is 70% of the printed total £659,083"),
            "{said}"
        );
    }
}
