//! The results as JSON, in the form of Autobahn's `index.json`: agent, case, behaviour.

use std::path::Path;

use crate::Result;
use crate::conformance::results::Report;

/// Writes all reports into one file.
pub(crate) fn write(reports: &[Report], path: &Path) -> Result {
    std::fs::write(path, text(reports)).map_err(|error| format!("cannot write {}: {error}", path.display()).into())
}

/// All reports as one object.
pub(crate) fn text(reports: &[Report]) -> String {
    let mut text = String::from("{");
    for (at, report) in reports.iter().enumerate() {
        text.push_str(if at == 0 { "\n" } else { ",\n" });
        let same = reports.iter().filter(|other| other.agent == report.agent).count();
        let name = if same > 1 { format!("{} ({})", report.agent, report.side) } else { report.agent.clone() };
        text.push_str(&format!("  {}: {{", string(&name)));
        for (at, result) in report.results.iter().enumerate() {
            let judgement = &result.judgement;
            let code = judgement.code.map_or_else(|| "null".to_owned(), |code| code.to_string());
            text.push_str(if at == 0 { "\n" } else { ",\n" });
            text.push_str(&format!(
                "    {}: {{\"behavior\": {}, \"behaviorClose\": {}, \"verdict\": {}, \"duration\": {}, \
                 \"remoteCloseCode\": {code}, \"result\": {}}}",
                string(&result.id),
                string(&judgement.grade.to_string()),
                string(&judgement.close.to_string()),
                string(&judgement.verdict().to_string()),
                result.time.as_millis(),
                string(&judgement.why),
            ));
        }
        text.push_str("\n  }");
    }
    text.push_str("\n}\n");
    text
}

/// A text in quotes.
pub(crate) fn string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c < ' ' || c == '\u{7f}' => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}
