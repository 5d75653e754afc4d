//! Settlement: what a replicate cost, what is claimed for it, and when the money moves.

use super::activity::{Activity, by_period};
use super::books::Books;
use super::costs::{Costing, Work};
use super::delivery::{Delivery, Scene};
use super::income::Rules;
use super::moving::room_changes;
use super::place::Place;
use super::programme::Allocation;
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
        costing.services(&self.services.uses, scene.service_lines);
        self.settle_providers(scene, &mut books);
        for (book, locality) in books.iter_mut().zip(&programme.localities) {
            book.spending.bring_forward(&locality.opening.money);
        }
        let activity = self.activity(scene, &books);
        let own = (0, &programme.funding);
        let readings = programme.readings.iter().map(|reading| &reading.funding);
        for (reading, funding) in std::iter::once(own).chain((1..).zip(readings)) {
            let allocations: Vec<&Allocation> = match reading {
                0 => programme.localities.iter().map(|locality| &locality.allocation).collect(),
                other => programme.readings[other - 1].allocations.iter().collect(),
            };
            let mut changes =
                room_changes(programme, funding, &allocations, &self.places, &activity);
            for (index, book) in books.iter_mut().enumerate() {
                let locality = &programme.localities[index];
                let late = &mut self.places[index].late;
                late_returns(&programme.calendar, funding, locality, inputs, scene.luck, late);
                let rules = Rules {
                    programme,
                    funding,
                    allocation: allocations[index],
                    to_date: &locality.opening.money,
                    inputs,
                };
                let income = match reading {
                    0 => &mut book.income,
                    other => &mut book.readings[other - 1],
                };
                let changes = &mut changes[index];
                income.settle(&rules, &book.spending, &activity[index], late, changes);
            }
        }
        for (place, book) in self.places.iter_mut().zip(books) {
            place.books = book;
        }
    }

    /// What each locality did in every claim period.
    fn activity(&self, scene: &Scene<'_>, books: &[Books]) -> Vec<Vec<Activity>> {
        let calendar = &scene.programme.calendar;
        let places = self.places.iter().zip(books);
        let of = |(place, book): (&Place, &Books)| {
            let mut periods = Vec::new();
            by_period(calendar, &book.spending, &place.tally, &place.work_by_day, &mut periods);
            periods
        };
        places.map(of).collect()
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
        scene
            .option
            .teams
            .iter()
            .zip(&self.staffing)
            .zip(&self.caseloads)
            .map(|((team, staffing), caseload)| Work { team, staffing, caseload })
    }
}
