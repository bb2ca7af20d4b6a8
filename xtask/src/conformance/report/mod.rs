//! What the suite tells: a table on the terminal, JSON, and pages for a browser.

pub(crate) mod html;
mod index;
pub(crate) mod json;
mod kept;
mod page;
pub(crate) mod table;
