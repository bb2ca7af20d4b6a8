//! The table by family, and what went wrong.

use crate::conformance::family::FAMILIES;
use crate::conformance::results::{Counts, Report};
use crate::conformance::verdict::Verdict;

/// The table of one peer, with the cases that are not quite right below it.
pub(crate) fn table(report: &Report) -> String {
    let mut text = format!(
        "\n{} ({}), {} cases in {:.1} s\n\n",
        report.agent,
        report.side,
        report.results.len(),
        report.time.as_secs_f64()
    );
    let width = FAMILIES.iter().map(|f| f.id.len() + f.about.chars().count() + 2).max().unwrap_or(0);
    let mut line = |name: &str, counts: Counts| {
        let pad = width.saturating_sub(name.chars().count());
        let cell = |count: usize| if count == 0 { "·".to_owned() } else { count.to_string() };
        text.push_str(&format!(
            "  {name}{} {:>6} {:>11} {:>6} {:>8} {:>8}\n",
            " ".repeat(pad),
            cell(counts.ok),
            cell(counts.non_strict),
            cell(counts.informational),
            cell(counts.failed),
            cell(counts.skipped)
        ));
    };
    for family in FAMILIES {
        let results = report.results.iter().filter(|result| family_of(&result.id) == family.id);
        let counts = Counts::of(results);
        if counts.total() > 0 {
            line(&format!("{}  {}", family.id, family.about), counts);
        }
    }
    let total = Counts::of(&report.results);
    line("all", total);
    let head = format!(
        "  {} {:>6} {:>11} {:>6} {:>8} {:>8}\n",
        " ".repeat(width),
        "ok",
        "non-strict",
        "info",
        "failed",
        "skipped"
    );
    if let Some(at) = text.find("\n\n") {
        text.insert_str(at + 2, &head);
    }
    text.push_str(&details(report, Verdict::NonStrict));
    text.push_str(&details(report, Verdict::Failed));
    text.push_str(&skipped(report));
    text
}

/// The last line.
pub(crate) fn last_line(counts: Counts, strict: bool) -> String {
    let (passed, failed) = judged(counts, strict);
    let skipped = match counts.skipped {
        0 => String::new(),
        skipped => format!(", {skipped} skipped"),
    };
    format!("{passed} passed, {failed} failed{skipped}")
}

/// How many passed and how many failed.
pub(crate) fn judged(counts: Counts, strict: bool) -> (usize, usize) {
    let lenient = if strict { counts.non_strict } else { 0 };
    (counts.passed() - lenient, counts.failed + lenient)
}

fn details(report: &Report, verdict: Verdict) -> String {
    let mut text = String::new();
    for result in report.results.iter().filter(|result| result.verdict() == verdict) {
        if text.is_empty() {
            text.push_str(&format!("\n{verdict}:\n"));
        }
        text.push_str(&format!("  {:<13} {}\n", result.id, result.judgement.why));
    }
    text
}

/// Why cases were skipped; one line for all that have the same reason.
fn skipped(report: &Report) -> String {
    let mut reasons: Vec<(&str, &str, &str, usize)> = Vec::new();
    for result in report.results.iter().filter(|result| result.verdict() == Verdict::Skipped) {
        let why = result.judgement.why.as_str();
        match reasons.last_mut() {
            Some((_, last, reason, count)) if *reason == why => {
                *last = &result.id;
                *count += 1;
            }
            _ => reasons.push((&result.id, &result.id, why, 1)),
        }
    }
    let mut text = String::new();
    for (first, last, why, count) in reasons {
        if text.is_empty() {
            text.push_str("\nskipped:\n");
        }
        let range = if count == 1 { first.to_owned() } else { format!("{first} … {last} ({count})") };
        text.push_str(&format!("  {range}: {why}\n"));
    }
    text
}

/// The family of an id.
pub(crate) fn family_of(id: &str) -> &str {
    id.split('.').next().unwrap_or_default()
}
