//! How far a run has come, on stderr, with an honest remaining time.

use indicatif::{ProgressBar, ProgressStyle};

use super::output::Output;
use crate::ensemble::run::FIRST_LOOK;

/// A progress bar, or nothing where nobody would see it.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
    stated: bool,
}

impl Progress {
    /// A bar for a run of so many replicates in all, or one that stops when it is precise enough:
    /// then the time is to the next look, and the bar says so.
    pub fn new(output: &Output, replicates: Option<u64>, what: &str) -> Self {
        let bar = if output.shows_progress() {
            ProgressBar::new(replicates.unwrap_or(FIRST_LOOK))
        } else {
            ProgressBar::hidden()
        };
        let to = if replicates.is_some() { "left" } else { "to the next look at the precision" };
        let template = format!("{{msg}} {{bar:30}} {{pos}}/{{len}} replicates, {{eta}} {to}");
        if let Ok(style) = ProgressStyle::with_template(&template) {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        Progress { bar, stated: replicates.is_some() }
    }

    /// So many more replicates are done.
    pub fn finished(&self, replicates: u64) {
        self.bar.inc(replicates);
    }

    /// The precision is not met yet: the run goes on to twice as many.
    pub fn look_again(&self) {
        if !self.stated {
            self.bar.set_length(self.bar.position().max(FIRST_LOOK) * 2);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
