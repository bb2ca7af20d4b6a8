//! A page with all plots and tables.

use super::plot::{self, Line, Style};
use super::results::{Case, LIMITS, OURS, Results};
use super::table;

/// The page, which needs nothing beside it.
pub(crate) fn page(results: &Results) -> String {
    let mut text = String::from(HEAD);
    for group in groups(&results.cases) {
        let Some(first) = group.first() else { continue };
        let reads = if with_reads(first) { format!(", reads of {}", plot::size(first.read)) } else { String::new() };
        text.push_str(&format!("<section>\n<h2>{}: {}{reads}</h2>\n", first.workload, first.kind));
        text.push_str("<p>Time a message by payload size. Lower is better.</p>\n");
        text.push_str(&plot::svg(&lines(results, &group)));
        text.push_str("</section>\n");
    }
    let tables = [table::times(results), table::ratios(results), table::memory(results)].concat();
    text.push_str(&format!(
        "<section class=\"wide\">\n<h2>In figures</h2>\n<pre>{tables}</pre>\n</section>\n</main>\n"
    ));
    text
}

/// The plots of the largest reads, each by its name as a picture of its own.
pub(crate) fn pictures(results: &Results) -> Vec<(String, String)> {
    let groups = groups(&results.cases);
    let first = |group: &[&Case]| group.first().map(|case| (case.workload.clone(), case.kind.clone(), case.read));
    let mut pictures = Vec::new();
    for group in &groups {
        let Some((workload, kind, read)) = first(group) else { continue };
        let others = groups.iter().filter_map(|other| first(other));
        let largest = others.filter(|other| other.0 == workload && other.1 == kind).all(|other| other.2 <= read);
        if largest && DRAWN.contains(&(workload.as_str(), kind.as_str())) {
            let reads = if read > 0.0 { format!(", reads of {}", plot::size(read)) } else { String::new() };
            let title = format!("{workload}, {kind}: time a message by payload size{reads}; lower is better");
            pictures.push((format!("performance-{workload}-{kind}"), plot::picture(&title, &lines(results, group))));
        }
    }
    pictures
}

/// The plots of the page on performance; the others are on the page that is made here.
const DRAWN: [(&str, &str); 5] =
    [("decode", "binary"), ("decode", "mixed"), ("echo", "binary"), ("echo", "mixed"), ("encode", "binary")];

/// Cases that differ in nothing but the size; where there is but one size, there is nothing to plot.
fn groups(cases: &[Case]) -> Vec<Vec<&Case>> {
    let mut groups: Vec<Vec<&Case>> = Vec::new();
    let key = |case: &Case| (case.workload.clone(), case.kind.clone(), case.read.to_bits());
    for case in cases {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| key(first) == key(case))) {
            Some(group) => group.push(case),
            None => groups.push(vec![case]),
        }
    }
    groups.retain(|group| group.len() > 1);
    groups
}

/// Whether the size of the reads makes a difference.
fn with_reads(case: &Case) -> bool {
    case.name.split('/').count() == 4
}

/// Ours last, so that it lies above the others.
fn lines(results: &Results, group: &[&Case]) -> Vec<Line> {
    let engines = results.engines();
    let peers: Vec<&str> =
        engines.iter().copied().filter(|engine| *engine != OURS && !LIMITS.contains(engine)).collect();
    let style = |engine: &str| match peers.iter().position(|peer| *peer == engine) {
        Some(index) => Style::Peer(index),
        None if engine == OURS => Style::Ours,
        None => Style::Limit,
    };
    let mut lines: Vec<Line> = engines
        .iter()
        .map(|engine| Line {
            name: (*engine).to_owned(),
            points: group.iter().filter_map(|case| Some((case.size, case.minimum(engine)?))).collect(),
            style: style(engine),
        })
        .collect();
    lines.sort_by_key(|line| line.style == Style::Ours);
    lines
}

const HEAD: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>hybi: benchmarks</title>
<style>
body { font: 15px/1.5 sans-serif; margin: 2em; color: #222; background: #fff }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(560px, 1fr)); gap: 1.5em 2.5em }
h2 { margin: 0; font-size: 17px } p { margin: 0; color: #555 }
.wide { grid-column: 1 / -1; overflow-x: auto } pre { font-size: 12px }
</style>
<h1>hybi beside other libraries</h1>
<p>In memory, one thread, the least of many rounds in turn. Both axes are logarithmic. Dashed: what no library can beat.</p>
<main>
";

#[cfg(test)]
mod tests {
    use super::super::results::example;
    use super::*;

    #[test]
    fn draws_what_has_several_sizes() {
        let results = example();
        let page = page(&results);
        assert_eq!(page.matches("<svg").count(), 1);
        assert_eq!(page.matches("<polyline").count(), 3);
        let pictures = pictures(&results);
        assert_eq!((pictures.len(), pictures[0].0.as_str()), (1, "performance-decode-binary"));
        assert!(pictures[0].1.contains("hybi: 8 ns at 16 B, 40 ns at 1 KiB"), "{}", pictures[0].1);
        assert!(page.contains("<h2>decode: binary, reads of 64 KiB</h2>"));
        assert_eq!(lines(&results, &groups(&results.cases)[0]).last().unwrap().name, OURS);
    }
}
