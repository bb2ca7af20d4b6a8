//! Pages for a browser: an index of agents and cases, and a page a case. They need no network, and reports of other
//! agents that are in the folder already stay in the index.

use std::path::Path;

use crate::Result;
use crate::conformance::case::Case;
use crate::conformance::report::{index, kept, page};
use crate::conformance::results::Report;

/// Writes the pages of these reports, and the index of all that are in the folder.
pub(crate) fn write(reports: &[Report], cases: &[Case], folder: &Path) -> Result {
    let fail = |error: std::io::Error| format!("cannot write to {}: {error}", folder.display());
    std::fs::create_dir_all(folder).map_err(fail)?;
    std::fs::write(folder.join("style.css"), include_str!("style.css")).map_err(fail)?;
    for report in reports {
        let own = folder.join(slug(report));
        std::fs::create_dir_all(&own).map_err(fail)?;
        std::fs::write(own.join(kept::FILE), kept::text(report)).map_err(fail)?;
        for (at, result) in report.results.iter().enumerate() {
            let neighbour = |at: Option<usize>| at.and_then(|at| report.results.get(at)).map(|r| r.id.as_str());
            let around = (neighbour(at.checked_sub(1)), neighbour(at.checked_add(1)));
            let case = cases.iter().find(|case| case.id == result.id);
            let text = page::page(report, result, case, around);
            std::fs::write(own.join(format!("{}.html", result.id)), text).map_err(fail)?;
        }
    }
    let all = kept::read_all(folder).map_err(fail)?;
    std::fs::write(folder.join("index.html"), index::index(&all, cases)).map_err(fail)?;
    Ok(())
}

/// A folder name for an agent.
fn slug(report: &Report) -> String {
    let name = format!("{}-{}", report.side, report.agent);
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    name.chars().map(plain).collect()
}

/// A text that is safe between tags and in attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// What is in front of the body of each page.
pub(crate) fn head(title: &str, style: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<link rel=\"stylesheet\" href=\"{style}\">\n</head>\n",
        escape(title)
    )
}
