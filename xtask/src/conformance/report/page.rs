//! The page of a case: what it is about, what came of it, and all that went over the wire.

use crate::conformance::case::Case;
use crate::conformance::log::{Entry, Kind};
use crate::conformance::report::html::{escape, head};
use crate::conformance::results::{CaseResult, Report};

/// The page, with links to the cases before and behind.
pub(crate) fn page(
    report: &Report,
    result: &CaseResult,
    case: Option<&Case>,
    (before, behind): (Option<&str>, Option<&str>),
) -> String {
    let title = case.map_or("", |case| case.title.as_str());
    let (id, agent, verdict) = (&result.id, escape(&report.agent), result.verdict());
    let mut page = head(&format!("{id} · {}", report.agent), "../style.css");
    let link = |id: Option<&str>, text: &str| match id {
        Some(id) => format!("<a href=\"{id}.html\">{text}</a>"),
        None => format!("<span>{text}</span>"),
    };
    page.push_str(&format!(
        "<body class=\"case\">\n<nav><a href=\"../index.html\">all cases</a>{}{}</nav>\n\
         <header><h1><span class=\"badge {verdict}\">{verdict}</span> {id}<small>{agent} ({})</small></h1>\n\
         <p>{}</p></header>\n<dl>\n",
        link(before, "← before"),
        link(behind, "next →"),
        report.side,
        escape(title)
    ));
    let mut row = |name: &str, value: &str| {
        if !value.is_empty() {
            page.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escape(value)));
        }
    };
    if let Some(case) = case {
        row("rule", case.section);
        row("version", case.version.name());
        row("expected", &case.expects().unwrap_or_default());
    }
    let judgement = &result.judgement;
    row("seen", &judgement.why);
    row("behaviour", &judgement.grade.to_string());
    row("closing", &judgement.close.to_string());
    row("time", &format!("{} ms", result.time.as_millis()));
    page.push_str("</dl>\n<h2>On the wire</h2>\n");
    if result.log.is_empty() {
        page.push_str("<p>Nothing.</p>\n");
    } else {
        page.push_str("<ol class=\"log\">\n");
        result.log.iter().for_each(|entry| page.push_str(&line(entry)));
        page.push_str("</ol>\n");
    }
    page + "</body>\n</html>\n"
}

fn line(entry: &Entry) -> String {
    let (class, sign) = match entry.kind {
        Kind::Sent => ("sent", "suite →"),
        Kind::Received => ("received", "← peer"),
        Kind::Note => ("note", ""),
    };
    let at = format!("{:.3}", entry.at.as_secs_f64() * 1000.0);
    let text = escape(&entry.text);
    let bytes = if entry.bytes.is_empty() { String::new() } else { format!("<pre>{}</pre>", dump(entry)) };
    format!("<li class=\"{class}\"><time>{at}</time><b>{sign}</b><div>{text}{bytes}</div></li>\n")
}

/// Bytes as text if they are a head, else in hexadecimal with the characters beside them.
fn dump(entry: &Entry) -> String {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\r' | b'\n' | b'\t');
    let cut = entry.total - entry.bytes.len();
    let more = if cut == 0 { String::new() } else { format!("… {cut} more bytes") };
    if entry.bytes.len() > 16 && entry.bytes.iter().all(is_plain) {
        return escape(&(String::from_utf8_lossy(&entry.bytes).trim_end().to_owned() + &more));
    }
    let mut text = String::new();
    for (at, row) in entry.bytes.chunks(16).enumerate() {
        let mut hex = String::new();
        for (at, byte) in row.iter().enumerate() {
            hex.push_str(if at == 8 { "  " } else { " " });
            hex.push_str(&format!("{byte:02x}"));
        }
        let shown = |&byte: &u8| if matches!(byte, b' '..=b'~') { char::from(byte) } else { '·' };
        let characters: String = row.iter().map(shown).collect();
        text.push_str(&format!("{:04x} {hex:<49}  {characters}\n", at * 16));
    }
    escape(&(text + &more))
}
