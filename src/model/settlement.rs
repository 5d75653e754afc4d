//! Settlement: what a replicate cost, what is claimed for it, and when the money moves.

use super::activity::by_period;
use super::books::Books;
use super::costs::{Costing, Work};
use super::delivery::{Delivery, Scene};
use super::income::Rules;
use super::receipts::late_returns;

impl Delivery {
    /// Costs, claims and cash; then claims and cash once more under every other reading of the
    /// funding rules.
    pub(super) fn settle(&mut self, scene: &Scene<'_>) {
        let programme = scene.programme;
        let inputs = &scene.world.inputs;
        let mut books: Vec<Books> =
            self.places.iter_mut().map(|place| std::mem::take(&mut place.books)).collect();
        for book in &mut books {
            book.clear(programme, scene.line_count, scene.option.providers());
        }
        let mut costing = Costing {
            programme,
            inputs,
            own_lines: scene.own_lines,
            horizon: programme.calendar.last(),
            post: |entry| books[entry.locality].spending.enter(programme, &entry),
        };
        (0..programme.localities.len()).for_each(|locality| costing.locality(locality));
        self.works(scene).for_each(|work| costing.team(work));
        self.settle_providers(scene, &mut books);
        let mut activity = Vec::new();
        for (index, (place, mut book)) in self.places.iter_mut().zip(books).enumerate() {
            let locality = &programme.localities[index];
            let spending = &book.spending;
            let calendar = &programme.calendar;
            by_period(calendar, spending, &place.tally, &place.work_by_day, &mut activity);
            let own = (&programme.funding, &locality.allocation, &mut book.income);
            let readings = programme.readings.iter().zip(&mut book.readings);
            let others = readings
                .map(|(reading, income)| (&reading.funding, &reading.allocations[index], income));
            for (funding, allocation, income) in std::iter::once(own).chain(others) {
                let late = &mut place.late;
                late_returns(calendar, funding, locality, inputs, scene.luck, late);
                let rules = Rules { programme, funding, allocation, inputs };
                income.settle(&rules, spending, &activity, late);
            }
            place.books = book;
        }
    }

    /// What teams with costs of their own charge, and what they cost themselves.
    fn settle_providers(&self, scene: &Scene<'_>, books: &mut [Books]) {
        for (provider, team) in scene.option.providers().enumerate() {
            let mut costing = Costing {
                programme: scene.programme,
                inputs: &scene.world.inputs,
                own_lines: scene.own_lines,
                horizon: scene.programme.calendar.last(),
                post: |entry| books[entry.locality].providers[provider].enter(&entry),
            };
            self.works(scene).skip(team).take(1).for_each(|work| costing.provider(work));
        }
        for provider in books.iter_mut().flat_map(|book| &mut book.providers) {
            provider.follow(&scene.programme.calendar);
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
