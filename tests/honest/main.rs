//! Whether the errors that are printed are honest: intervals of many independent runs against values
//! from one that is far longer.

mod coverage;
#[path = "../common/evidence.rs"]
mod evidence;
mod runs;
mod truth;
