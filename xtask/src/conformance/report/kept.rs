//! What is kept of a report in its folder, so that the index of a later run has it too.

use std::path::Path;

use crate::conformance::results::Report;

/// The name of the file.
pub(crate) const FILE: &str = "results.tsv";

/// A report as the index needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// The folder with its pages.
    pub(crate) folder: String,
    pub(crate) agent: String,
    pub(crate) side: String,
    pub(crate) seconds: String,
    pub(crate) rows: Vec<Row>,
}

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) verdict: String,
    pub(crate) why: String,
}

/// The file of a report: a line about the agent, then a line a case.
pub(crate) fn text(report: &Report) -> String {
    let seconds = format!("{:.1}", report.time.as_secs_f64());
    let mut text = format!("{}\t{}\t{seconds}\n", plain(&report.agent), report.side);
    for result in &report.results {
        let why = plain(&result.judgement.why);
        text.push_str(&format!("{}\t{}\t{why}\n", result.id, result.verdict()));
    }
    text
}

/// All that is kept below a folder, clients after servers. What cannot be read is not ours.
pub(crate) fn read_all(folder: &Path) -> std::io::Result<Vec<Kept>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path().join(FILE));
        all.extend(text.ok().and_then(|text| read(&name, &text)));
    }
    all.sort_by(|a, b| (b.side.as_str(), &a.agent).cmp(&(a.side.as_str(), &b.agent)));
    Ok(all)
}

fn read(folder: &str, text: &str) -> Option<Kept> {
    let mut lines = text.lines();
    let mut words = lines.next()?.split('\t');
    let mut word = || words.next().map(str::to_owned);
    let (agent, side, seconds) = (word()?, word()?, word()?);
    let row = |line: &str| {
        let mut words = line.splitn(3, '\t').map(str::to_owned);
        Some(Row { id: words.next()?, verdict: words.next()?, why: words.next()? })
    };
    let rows = lines.filter_map(row).collect();
    Some(Kept { folder: folder.to_owned(), agent, side, seconds, rows })
}

fn plain(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use super::*;
    use crate::conformance::results::CaseResult;
    use crate::conformance::verdict::Judgement;
    use crate::conformance::version::Side;

    #[test]
    fn reads_what_it_writes() {
        let result = CaseResult {
            id: "1.1.1".to_owned(),
            judgement: Judgement::failed("a\tb"),
            log: Vec::new(),
            time: Duration::ZERO,
        };
        let (agent, time) = ("x".to_owned(), Duration::from_secs(1));
        let report = Report { agent, side: Side::Server, results: vec![result], time };
        let kept = read("folder", &text(&report)).unwrap();
        assert_eq!((kept.agent.as_str(), kept.side.as_str(), kept.seconds.as_str()), ("x", "server", "1.0"));
        let row = Row { id: "1.1.1".to_owned(), verdict: "failed".to_owned(), why: "a b".to_owned() };
        assert_eq!(kept.rows, [row]);
    }
}
