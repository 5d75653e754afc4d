//! One replicate: a world and its people, lived through once by every delivery option.

use thiserror::Error;

use super::books::Books;
use super::costs::OwnLines;
use super::delivery::{Delivery, Scene};
use super::luck::{Luck, WorldLuck};
use super::opening::{readiness_day, triage_start};
use super::outcome::Outcome;
use super::people::People;
use super::programme::{DeliveryOption, Programme};
use super::tally::Tally;
use super::world::World;
use crate::quantity::{Day, FamilyError, Pence};

/// Why a replicate cannot be lived through.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ReplicateError {
    /// A varying time's drawn parameters make no distribution. A checked scenario has none such.
    #[error("a drawn parameter makes no distribution: {0}")]
    Family(#[from] FamilyError),
    /// Some sum of an option's money cannot be told to the penny.
    #[error(
        "the money of option \"{option}\" goes beyond {most} in replicate {replicate}: no more can be \
         told to the penny, so look for an amount that is not meant",
        most = Pence::MOST
    )]
    Money {
        /// The option's name.
        option: String,
        /// The replicate's number.
        replicate: u64,
    },
}

/// Some sum is beyond [`Pence::MOST`].
struct Untold;

fn told(books: &Books) -> Result<(), Untold> {
    books.sums().all(Pence::is_told).then_some(()).ok_or(Untold)
}

/// Simulates replicates of a programme. Its buffers are kept from one replicate to the next, so a
/// worker makes one and uses it for all of its replicates.
#[derive(Clone, Debug)]
pub struct Simulator<'a> {
    pub(super) programme: &'a Programme,
    seed: u64,
    luck: Luck,
    lines: OwnLines,
    pub(super) world: World,
    pub(super) people: Vec<People>,
    triage_starts: Vec<Day>,
    ready: Vec<Day>,
    pub(super) delivery: Delivery,
    tally: Tally,
    books: Books,
}

impl<'a> Simulator<'a> {
    /// A simulator of a programme whose streams start from a seed.
    pub fn new(programme: &'a Programme, seed: u64) -> Self {
        Simulator {
            programme,
            seed,
            luck: Luck::new(seed),
            lines: OwnLines::new(programme),
            world: World::default(),
            people: Vec::new(),
            triage_starts: Vec::new(),
            ready: Vec::new(),
            delivery: Delivery::default(),
            tally: Tally::default(),
            books: Books::default(),
        }
    }

    /// Draws a replicate's world and people, and lives through them once under every option.
    /// `report` is given each place of each option: the localities in file order, then the whole
    /// programme.
    ///
    /// # Errors
    ///
    /// Where a varying time's drawn parameters make no distribution, or money goes beyond what can be
    /// told to the penny.
    pub fn replicate(
        &mut self,
        replicate: u64,
        mut report: impl FnMut(usize, usize, &Outcome<'_>),
    ) -> Result<(), ReplicateError> {
        let luck = self.meet(replicate)?;
        for index in 0..self.programme.options.len() {
            self.live(index, &luck, replicate)?;
            self.report(index, &mut report);
        }
        Ok(())
    }

    /// Draws a replicate's world and people.
    pub(super) fn meet(&mut self, replicate: u64) -> Result<WorldLuck, FamilyError> {
        self.world.draw(self.programme, self.seed, replicate)?;
        let luck = self.luck.world(replicate);
        self.people.resize_with(self.programme.localities.len(), People::default);
        self.triage_starts.clear();
        self.ready.clear();
        for (index, locality) in self.programme.localities.iter().enumerate() {
            let triage = triage_start(locality, &self.world, &luck);
            self.people[index].draw(self.programme, index, &self.world, &luck, triage)?;
            self.triage_starts.push(triage);
            self.ready.push(readiness_day(locality, &self.world, &luck));
        }
        self.delivery.meet(&self.people);
        Ok(luck)
    }

    /// Lives through one option with the people that were drawn for a replicate.
    pub(super) fn live(
        &mut self,
        index: usize,
        luck: &WorldLuck,
        replicate: u64,
    ) -> Result<(), ReplicateError> {
        let option = &self.programme.options[index];
        self.delivery.live(&Scene {
            programme: self.programme,
            option,
            world: &self.world,
            luck,
            people: &self.people,
            triage_starts: &self.triage_starts,
            ready: &self.ready,
            own_lines: &self.lines.of_locality,
            service_lines: &self.lines.services,
            line_count: self.lines.count(),
        });
        self.add_up(option).map_err(|Untold| {
            let option = option.name.clone();
            ReplicateError::Money { option, replicate }
        })
    }

    /// The values that the last world's inputs had.
    pub fn inputs(&self) -> &[f64] {
        &self.world.inputs
    }

    /// Figures of the whole programme are figures of the replicate: people and money add up over
    /// localities, the cash gap is that of the summed balance.
    fn add_up(&mut self, option: &DeliveryOption) -> Result<(), Untold> {
        // Sums are held against their limit before anything else: beyond it they are no longer sums.
        self.delivery.places.iter().try_for_each(|place| told(&place.books))?;
        if self.is_one_place() {
            debug_assert!(self.delivery.places[0].tally.is_conserved(), "people are conserved");
            debug_assert!(self.delivery.places[0].books.is_conserved(), "money is conserved");
            return Ok(());
        }
        let days = self.programme.calendar.days() as usize;
        self.tally.clear(days, self.programme);
        self.books.clear(self.programme, self.lines.count(), option.providers());
        for place in &self.delivery.places {
            debug_assert!(place.tally.is_conserved(), "people are conserved in every locality");
            debug_assert!(place.books.is_conserved(), "money is conserved in every locality");
            self.tally.add(&place.tally);
            self.books.add(&place.books);
        }
        if let (Some(central), Some(line)) = (&self.programme.central, self.lines.central) {
            central.settle(self.programme, line, &self.world.inputs, &mut self.books);
        }
        self.books.follow(self.programme);
        told(&self.books)?;
        debug_assert!(self.tally.is_conserved(), "people are conserved in the programme");
        debug_assert!(self.books.is_conserved(), "money is conserved in the programme");
        Ok(())
    }

    /// Whether the whole programme is its only locality.
    fn is_one_place(&self) -> bool {
        self.programme.localities.len() == 1 && self.programme.central.is_none()
    }

    fn report(&self, option: usize, report: &mut impl FnMut(usize, usize, &Outcome<'_>)) {
        let outcome = |tally, books, locality| Outcome {
            programme: self.programme,
            option: &self.programme.options[option],
            delivery: &self.delivery,
            tally,
            books,
            own_costs: &self.lines.names,
            locality,
        };
        for (index, place) in self.delivery.places.iter().enumerate() {
            report(option, index, &outcome(&place.tally, &place.books, Some(index)));
        }
        let (tally, books) = match &self.delivery.places[..] {
            [place] if self.is_one_place() => (&place.tally, &place.books),
            _ => (&self.tally, &self.books),
        };
        report(option, self.delivery.places.len(), &outcome(tally, books, None));
    }
}
