//! What a number is.
//!
//! Money is whole pence, time is whole days, shares are exact where they are fixed, and everything
//! uncertain or varying is drawn through a quantile function, so that any point set can drive it.

mod exp;
pub mod family;
pub mod input;
mod ln;
pub mod money;
pub mod points;
pub mod share;
pub mod stream;
pub mod time;
pub mod unit;

pub use exp::exp;
pub use family::{Family, FamilyError, Quantile, Scale};
pub use input::{Adjust, Input, Measure, Sampler, Uncertain, Varying};
pub use money::Pence;
pub use share::FixedShare;
pub use stream::{Key, Stream, exponential, many};
pub use time::{Calendar, Day, Month, Quarter};
pub use unit::Unit;
