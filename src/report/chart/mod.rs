//! Pictures of a run: SVG made of panels, and the same as PNG. A picture comes as a
//! [`Figure`](super::figure::Figure), with its words and the table behind it.
//!
//! * [`months`]: fans over the months
//! * [`lost`]: where people are lost
//! * [`spread`]: how money is spread over the worlds
//! * [`ranges`]: values with their ranges beneath each other
//! * [`png()`]: any of them as PNG

pub mod canvas;
pub mod lost;
pub mod months;
pub mod png;
pub mod ranges;
mod rows;
mod scale;
pub mod spread;
mod text;

pub use canvas::ChartError;
pub use png::png;
