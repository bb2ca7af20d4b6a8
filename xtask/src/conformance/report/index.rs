//! The index: agents across, cases down, a colour where they meet.

use std::collections::BTreeMap;

use crate::conformance::case::Case;
use crate::conformance::family::{FAMILIES, Family};
use crate::conformance::report::html::{escape, head};
use crate::conformance::report::kept::{Kept, Row};

/// The page.
pub(crate) fn index(all: &[Kept], cases: &[Case]) -> String {
    let mut page = head("WebSocket conformance", "style.css");
    page.push_str(
        "<body>\n<header><h1>WebSocket conformance</h1>\n<p>Each row is a case, each column a peer. \
                   A cell leads to what went over the wire.</p></header>\n<section class=\"cards\">\n",
    );
    for kept in all {
        page.push_str(&card(kept));
    }
    page.push_str("</section>\n");
    page.push_str(FILTER);
    page.push_str("<table id=\"cases\">\n<thead><tr><th>case</th><th>what it tests</th>");
    for kept in all {
        let (agent, side) = (escape(&kept.agent), &kept.side);
        page.push_str(&format!("<th class=\"agent\">{agent}<small>{side}</small></th>"));
    }
    page.push_str("</tr></thead>\n");
    let rows: Vec<_> = all.iter().map(by_id).collect();
    for family in FAMILIES {
        page.push_str(&body(family, all, &rows, cases));
    }
    page.push_str("</table>\n");
    page.push_str(SCRIPT);
    page.push_str("</body>\n</html>\n");
    page
}

/// An agent in numbers.
fn card(kept: &Kept) -> String {
    let bar: String = VERDICTS
        .iter()
        .map(|verdict| (verdict, count(kept.rows.iter(), verdict)))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| {
            format!("<span class=\"{verdict}\" style=\"flex-grow:{count}\" title=\"{count} {verdict}\"></span>")
        })
        .collect();
    let numbers: String = VERDICTS
        .iter()
        .map(|verdict| (verdict, count(kept.rows.iter(), verdict)))
        .filter(|(_, count)| *count > 0)
        .map(|(verdict, count)| format!("<li class=\"{verdict}\"><b>{count}</b> {verdict}</li>"))
        .collect();
    format!(
        "<article class=\"card\"><h2>{}<small>{}</small></h2><div class=\"bar\">{bar}</div><ul>{numbers}</ul>\
         <p>{} cases, {} s</p></article>\n",
        escape(&kept.agent),
        kept.side,
        kept.rows.len(),
        kept.seconds
    )
}

/// The rows of a family, with a line of sums above them.
fn body(family: &Family, all: &[Kept], rows: &[BTreeMap<&str, &Row>], cases: &[Case]) -> String {
    let is_known = |case: &&Case| rows.iter().any(|rows| rows.contains_key(case.id.as_str()));
    let cases: Vec<_> = cases.iter().filter(|case| case.family() == family.id).filter(is_known).collect();
    if cases.is_empty() {
        return String::new();
    }
    let (id, about) = (family.id, escape(family.about));
    let mut text = format!("<tbody><tr class=\"family\"><th>{id}</th><th>{about}</th>");
    for rows in rows {
        let own = || cases.iter().filter_map(|case| rows.get(case.id.as_str()).copied());
        let (failed, skipped) = (count(own(), "failed"), count(own(), "skipped"));
        let judged = own().count() - skipped;
        let passed = judged - failed;
        let class = match (failed, judged) {
            (0, 0) => "skipped",
            (0, _) if count(own(), "non-strict") > 0 => "non-strict",
            (0, _) => "ok",
            _ => "failed",
        };
        let sum = if judged == 0 { "–".to_owned() } else { format!("{passed}/{judged}") };
        text.push_str(&format!("<td class=\"sum {class}\">{sum}</td>"));
    }
    text.push_str("</tr>\n");
    for case in cases {
        let (id, title) = (&case.id, escape(&case.title));
        text.push_str(&format!("<tr><th>{id}</th><td>{title}</td>"));
        for (kept, rows) in all.iter().zip(rows) {
            text.push_str(&match rows.get(case.id.as_str()) {
                None => "<td></td>".to_owned(),
                Some(row) => format!(
                    "<td class=\"cell {0}\"><a href=\"{1}/{id}.html\" title=\"{2}\">{0}</a></td>",
                    row.verdict,
                    kept.folder,
                    escape(&row.why)
                ),
            });
        }
        text.push_str("</tr>\n");
    }
    text + "</tbody>\n"
}

fn by_id(kept: &Kept) -> BTreeMap<&str, &Row> {
    kept.rows.iter().map(|row| (row.id.as_str(), row)).collect()
}

fn count<'a>(rows: impl Iterator<Item = &'a Row>, verdict: &str) -> usize {
    rows.filter(|row| row.verdict == verdict).count()
}

const VERDICTS: [&str; 5] = ["ok", "non-strict", "info", "failed", "skipped"];

const FILTER: &str = "<nav><span>show</span>\
    <button data-show=\"all\" class=\"on\">all</button>\
    <button data-show=\"failed\">failed</button>\
    <button data-show=\"non-strict\">non-strict</button>\
    <button data-show=\"skipped\">skipped</button>\
    <input type=\"search\" placeholder=\"id or words\" aria-label=\"filter\"></nav>\n";

const SCRIPT: &str = r#"<script>
const rows = [...document.querySelectorAll('#cases tbody tr:not(.family)')];
const field = document.querySelector('nav input');
let show = 'all';
function filter() {
  const words = field.value.toLowerCase();
  for (const row of rows) {
    const fits = show === 'all' || row.querySelector('td.' + show);
    row.hidden = !fits || !row.textContent.toLowerCase().includes(words);
  }
  for (const body of document.querySelectorAll('#cases tbody')) {
    body.hidden = ![...body.querySelectorAll('tr:not(.family)')].some(row => !row.hidden);
  }
}
for (const button of document.querySelectorAll('nav button')) {
  button.onclick = () => {
    show = button.dataset.show;
    document.querySelector('nav .on').classList.remove('on');
    button.classList.add('on');
    filter();
  };
}
field.oninput = filter;
</script>
"#;
