//! A document as one page of HTML: no script, nothing from another place, readable on paper, in a
//! narrow window and by those who do not see it.

mod page;
mod parts;

pub use page::page;
