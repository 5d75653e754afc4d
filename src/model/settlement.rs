//! Settlement: what a replicate cost, what is claimed for it, and when the money moves.

use super::books::Books;
use super::claims::late_returns;
use super::costs::{Costing, Work};
use super::delivery::{Delivery, Scene};

impl Delivery {
    /// Costs, claims and cash.
    pub(super) fn settle(&mut self, scene: &Scene<'_>) {
        let programme = scene.programme;
        let inputs = &scene.world.inputs;
        let mut books: Vec<Books> =
            self.places.iter_mut().map(|place| std::mem::take(&mut place.books)).collect();
        for book in &mut books {
            book.clear(programme, scene.own_line_count);
        }
        let mut costing = Costing {
            programme,
            inputs,
            own_lines: scene.own_lines,
            horizon: programme.calendar.last(),
            post: |entry| books[entry.locality].enter(programme, &entry),
        };
        (0..programme.localities.len()).for_each(|locality| costing.locality(locality));
        self.works(scene).for_each(|work| costing.team(work));
        let cost_of_cash = programme.funding.cost_of_cash.get(inputs);
        for (index, (place, mut book)) in self.places.iter_mut().zip(books).enumerate() {
            let locality = &programme.localities[index];
            late_returns(programme, locality, inputs, scene.luck, &mut place.late);
            book.claim(programme, index, &place.tally, &place.late, inputs);
            book.balance(programme, Some(cost_of_cash));
            place.books = book;
        }
    }

    /// What each team does, as its costs need it.
    pub(super) fn works<'a>(&'a self, scene: &Scene<'a>) -> impl Iterator<Item = Work<'a>> {
        scene.option.teams.iter().zip(&self.staffing).zip(&self.caseloads).map(
            |((team, staffing), caseload)| Work {
                team,
                staffing,
                ends: caseload.ends,
                plans: &caseload.plans,
            },
        )
    }
}
