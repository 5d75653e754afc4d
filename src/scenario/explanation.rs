//! What explains that a printed amount is not the computed one, as far as the figures tell.

use super::published::{Computed, Figure, Published, Value};
use crate::model::programme::FundingYear;
use crate::quantity::Pence;

/// What is said where nothing explains a difference.
pub const UNEXPLAINED: &str = "not explained by the figures given";

/// What is printed for a place, against which one printed figure can be held.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    amounts: Vec<(Computed, Pence)>,
}

impl Printed {
    /// Every amount that is printed for a locality, or for the whole programme (`None`).
    pub fn of(published: &[Published], locality: Option<&str>) -> Self {
        let own = published.iter().filter(|figure| figure.locality.as_deref() == locality);
        let amounts = own.filter_map(|figure| match (&figure.figure, figure.value) {
            (Figure::Computed(computed), Value::Money(amount)) => Some((computed.clone(), amount)),
            _ => None,
        });
        Printed { amounts: amounts.collect() }
    }

    fn get(&self, figure: &Computed) -> Option<Pence> {
        self.amounts.iter().find(|(other, _)| other == figure).map(|(_, amount)| *amount)
    }

    /// What the other printed figures leave for this one: the total less the other parts.
    fn left_for(&self, figure: &Computed, years: &[FundingYear]) -> Option<Pence> {
        let total = self.get(&Computed::Total)?;
        match figure {
            Computed::Basic => Some(total - self.get(&Computed::Participant)?),
            Computed::Participant => Some(total - self.get(&Computed::Basic)?),
            Computed::Year(own) => {
                let others = years.iter().filter(|year| year.label != *own);
                let sum: Option<Vec<Pence>> =
                    others.map(|year| self.get(&Computed::Year(year.label.clone()))).collect();
                Some(total - sum?.into_iter().sum())
            }
            Computed::Total | Computed::Agreed | Computed::FairShare => None,
        }
    }
}

/// What explains a printed figure: equality, rounding, a split in other proportions, a slip of a
/// digit, or nothing that the figures show.
pub fn explain(
    figure: &Computed,
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
    UNEXPLAINED.to_owned()
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
    figure: &Computed,
    published: Pence,
    printed: &Printed,
    years: &[FundingYear],
) -> Option<String> {
    let Computed::Year(label) = figure else { return None };
    let year = years.iter().find(|year| year.label == *label)?;
    let total = printed.get(&Computed::Total)?;
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

    fn printed(amounts: &[(Computed, i64)]) -> Printed {
        let amount = |(figure, pounds): &(Computed, i64)| (figure.clone(), Pence::pounds(*pounds));
        Printed { amounts: amounts.iter().map(amount).collect() }
    }

    #[test]
    fn a_printed_figure_without_pence_agrees() {
        let none = printed(&[]);
        let said = |p, c| explain(&Computed::Total, Pence::pounds(p), Pence::new(c), &none, &[]);
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
        let figures = printed(&[
            (Computed::Total, 432_927),
            (Computed::Basic, 259_756),
            (Computed::Participant, 171_171),
        ]);
        let said = explain(
            &Computed::Participant,
            Pence::pounds(171_171),
            Pence::new(17_317_088),
            &figures,
            &[],
        );
        assert_eq!(
            said,
            "the other printed figures leave £173,171, as computed; this one is £2,000 less; one \
             digit differs (1 for 3), so the printed figure looks like a slip"
        );
    }

    #[test]
    fn a_year_split_by_shares_of_people_alone_is_recognised() {
        let years = [year("2024/25", 0.3), year("2025/26", 0.7)];
        let figures = printed(&[(Computed::Total, 659_083)]);
        let said = explain(
            &Computed::Year("2025/26".to_owned()),
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
