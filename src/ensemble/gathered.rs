//! What a run holds in memory while it goes on: every column as long as they fit, and otherwise
//! nothing but what its precision is judged by.

use super::columns::Results;
use super::layout::Layout;
use crate::model::Programme;

/// Columns of a run in memory.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// How many replicates there are, here or elsewhere.
    pub replicates: u64,
    /// Every column; `None` once they outgrew the memory.
    pub all: Option<Results>,
    /// The whole programme's columns that the precision is judged by, under every option.
    pub looked_at: Results,
    /// Whether every block so far has been taken by somebody else.
    taken: bool,
    bytes_each: u64,
    budget: u64,
}

impl Gathered {
    /// Nothing yet. `looks_at` names the metrics that the precision is judged by, and `budget` is
    /// how many bytes all the columns may take.
    pub fn new(
        layout: &Layout,
        programme: &Programme,
        seed: u64,
        looks_at: &[&str],
        budget: u64,
    ) -> Self {
        let all = layout.empty(programme, seed);
        let mut looked_at = all.clone();
        looked_at.inputs.clear();
        for option in &mut looked_at.options {
            option.places = option.places.split_off(option.places.len().saturating_sub(1));
            for place in &mut option.places {
                place.metrics.retain(|column| looks_at.contains(&column.metric.name.as_str()));
                place.monthly.clear();
            }
        }
        let bytes_each = layout.bytes();
        Gathered { replicates: 0, all: Some(all), looked_at, taken: true, bytes_each, budget }
    }

    /// Whether the run can go on to so many replicates. Lets go of the columns if these would not
    /// fit and are kept elsewhere.
    pub fn goes_on_to(&mut self, replicates: u64) -> bool {
        let fits = replicates.saturating_mul(self.bytes_each) <= self.budget;
        match &mut self.all {
            Some(all) if fits => all.reserve((replicates - self.replicates) as usize),
            _ if self.taken => self.all = None,
            _ => return false,
        }
        true
    }

    /// Adds a block, which somebody else may have taken. Returns whether anybody holds it.
    pub fn add(&mut self, block: &Results, taken: bool) -> bool {
        self.taken &= taken;
        if let Some(all) = &mut self.all {
            all.append(block);
        } else if !taken {
            return false;
        }
        self.replicates += block.replicates;
        self.look_at(block);
        true
    }

    fn look_at(&mut self, block: &Results) {
        self.looked_at.replicates += block.replicates;
        for (held, option) in self.looked_at.options.iter_mut().zip(&block.options) {
            let (Some(held), Some(programme)) = (held.places.last_mut(), option.programme()) else {
                continue;
            };
            for column in &mut held.metrics {
                if let Some(more) = programme.metric(&column.metric.name) {
                    column.data.append(&more.data);
                }
            }
        }
    }
}
