//! Tables for a terminal, which are tables in Markdown as well.

use super::results::{LIMITS, OURS, Results};

/// The least time of each engine, in nanoseconds a message.
pub(crate) fn times(results: &Results) -> String {
    let engines = results.engines();
    let mut rows = vec![head("ns a message", &engines)];
    for case in &results.cases {
        let cells = engines.iter().map(|engine| case.minimum(engine).map(nanoseconds).unwrap_or_default());
        rows.push([case.name.clone()].into_iter().chain(cells).collect());
    }
    render(&rows)
}

/// How many times as long as ours each takes, and the fastest of the others beside the limits.
pub(crate) fn ratios(results: &Results) -> String {
    let engines: Vec<&str> = results.engines().into_iter().filter(|engine| *engine != OURS).collect();
    let mut rows = vec![head("times ours", &engines)];
    if let Some(first) = rows.first_mut() {
        first.push("fastest other".to_owned());
    }
    for case in &results.cases {
        let Some(ours) = case.minimum(OURS) else { continue };
        let cells = engines.iter().map(|engine| case.minimum(engine).map(|time| ratio(time, ours)).unwrap_or_default());
        let best = case.best_peer().map(|time| format!("{} {}", ratio(time.minimum, ours), time.engine));
        rows.push([case.name.clone()].into_iter().chain(cells).chain([best.unwrap_or_default()]).collect());
    }
    render(&rows)
}

/// The bytes of a connection.
pub(crate) fn memory(results: &Results) -> String {
    let head = ["bytes: struct + heap", "deflate", "idle", "after 128 B", "after 256 KiB in pieces"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for memory in results.memory.iter().filter(|memory| !LIMITS.contains(&memory.engine.as_str())) {
        let deflate = if memory.deflate { "yes" } else { "no" };
        let notes = memory.notes.iter().map(|(size, heap)| format!("{size:.0} + {heap:.0}"));
        rows.push([memory.engine.clone(), deflate.to_owned()].into_iter().chain(notes).collect());
    }
    render(&rows)
}

fn head(first: &str, engines: &[&str]) -> Vec<String> {
    [first].iter().chain(engines).map(|&text| text.to_owned()).collect()
}

pub(crate) fn nanoseconds(time: f64) -> String {
    if time < 100.0 { format!("{time:.1}") } else { format!("{time:.0}") }
}

fn ratio(time: f64, ours: f64) -> String {
    format!("{:.2}", time / ours)
}

/// Columns of one width, the first to the left and the others to the right.
fn render(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
    let width = |column: usize| rows.iter().map(|row| cell(row, column).chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::from("\n");
    for (index, row) in rows.iter().enumerate() {
        for (column, &width) in widths.iter().enumerate() {
            let cell = cell(row, column);
            text.push_str(&if column == 0 { format!("| {cell:<width$} |") } else { format!(" {cell:>width$} |") });
        }
        text.push('\n');
        if index == 0 {
            for (column, &width) in widths.iter().enumerate() {
                let line = "-".repeat(width.max(2));
                text.push_str(&if column == 0 {
                    format!("| {line} |")
                } else {
                    format!(" {}: |", line.get(1..).unwrap_or("-"))
                });
            }
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::results::example;
    use super::*;

    #[test]
    fn shows_times_and_ratios() {
        let results = example();
        assert!(times(&results).contains("| decode/binary/16/65536   |  8.0 | 20.0 |    1.0 |"), "{}", times(&results));
        let ratios = ratios(&results);
        assert!(ratios.contains("2.50 slow") && ratios.contains("0.50 slow"), "{ratios}");
        assert!(memory(&results).contains("96 + 0"));
    }
}
