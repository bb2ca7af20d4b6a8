//! What the suite tells: a table on the terminal, JSON, and pages for a browser.

pub(crate) mod json;
pub(crate) mod table;
