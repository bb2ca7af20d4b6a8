//! The matrix of all cells, as text and as a page.

use super::cell::{Cell, Outcome, Ran};
use super::peers::{Peer, Role};
use crate::workspace::{LATEST, VERSIONS};

/// A column: the peer's role, the version, whether with permessage-deflate.
#[derive(Clone, Copy, PartialEq)]
struct Column(Role, &'static str, bool);

/// The cells that have run, in the order of the peers.
pub(crate) struct Matrix {
    pub(crate) cells: Vec<(Cell, Ran)>,
    /// Whether all peers have just been installed, so that one that is not there is a failure.
    pub(crate) installed: bool,
}

/// How a cell is shown.
#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Passed,
    Failed,
    Missing,
}

impl Matrix {
    pub(crate) fn passed(&self) -> usize {
        self.count(Mark::Passed)
    }

    pub(crate) fn failed(&self) -> usize {
        self.count(Mark::Failed)
    }

    pub(crate) fn skipped(&self) -> usize {
        self.count(Mark::Missing)
    }

    fn count(&self, mark: Mark) -> usize {
        self.cells.iter().filter(|(cell, ran)| self.mark(cell, ran) == mark).count()
    }

    fn mark(&self, cell: &Cell, ran: &Ran) -> Mark {
        match ran.outcome {
            Outcome::Passed => Mark::Passed,
            Outcome::Failed => Mark::Failed,
            Outcome::Missing if self.installed && !cell.peer.optional => Mark::Failed,
            Outcome::Missing => Mark::Missing,
        }
    }

    /// The number of checks that passed, with a star where the peer departs; or what else came of it.
    fn text(&self, cell: &Cell, ran: &Ran) -> String {
        match self.mark(cell, ran) {
            Mark::Passed => format!("{}{}", ran.report.passed.len(), if ran.departed.is_empty() { "" } else { "*" }),
            Mark::Failed => "FAIL".to_owned(),
            Mark::Missing => "absent".to_owned(),
        }
    }

    fn peers(&self) -> Vec<&'static Peer> {
        let mut peers: Vec<&'static Peer> = self.cells.iter().map(|(cell, _)| cell.peer).collect();
        peers.dedup_by_key(|peer| peer.key);
        peers
    }

    /// The peer's name, with the version number that it told.
    fn title(&self, peer: &Peer) -> String {
        let told = self.cells.iter().filter(|(cell, _)| cell.peer.key == peer.key);
        let told = told.filter_map(|(_, ran)| ran.report.peer.as_deref()).find_map(|text| text.rsplit(' ').next());
        match told {
            Some(number) if !peer.is_ours() && peer.proxy.is_none() => format!("{} {number}", peer.title),
            _ => peer.title.to_owned(),
        }
    }

    /// Whether none of its cells could run.
    fn is_missing(&self, peer: &Peer) -> bool {
        let mut cells = self.cells.iter().filter(|(cell, _)| cell.peer.key == peer.key);
        cells.all(|(_, ran)| matches!(ran.outcome, Outcome::Missing))
    }

    fn at(&self, peer: &Peer, column: Column) -> Option<&(Cell, Ran)> {
        self.cells
            .iter()
            .find(|(cell, _)| cell.peer.key == peer.key && Column(cell.role, cell.version, cell.deflate) == column)
    }

    /// The table, and below it what a number can't say.
    pub(crate) fn to_text(&self) -> String {
        let rows: Vec<_> = self.peers().into_iter().map(|peer| (self.title(peer), peer)).collect();
        let wide = rows.iter().map(|(title, _)| title.chars().count()).max().unwrap_or(0).max(4);
        let group = |role: Role| format!("  {:<w$}", heading(role), w = columns(role).len() * 9 - 2);
        let mut text = format!("{:wide$}{}{}\n{:<wide$}", "", group(Role::Client), group(Role::Server), "peer");
        for column in all_columns() {
            text.push_str(&format!("  {:<7}", column.short()));
        }
        for (title, peer) in &rows {
            text.push_str(&format!("\n{title:<wide$}"));
            if self.is_missing(peer) {
                text.push_str("  not installed");
                continue;
            }
            for column in all_columns() {
                let shown = self.at(peer, column).map_or_else(|| ".".to_owned(), |(cell, ran)| self.text(cell, ran));
                text.push_str(&format!("  {shown:<7}"));
            }
            text.truncate(text.trim_end().len());
        }
        text.push_str(
            "\n\nA number counts the checks that passed; `.` is what the peer does not speak; * departs, see below.\n",
        );
        for (heading, lines) in self.remarks() {
            text.push_str(&format!("\n{heading}\n"));
            lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
        text
    }

    /// What failed, what departs, what could not be tried, what is not installed.
    fn remarks(&self) -> Vec<(&'static str, Vec<String>)> {
        let (mut failed, mut departed, mut skipped, mut missing) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (cell, ran) in &self.cells {
            failed.extend(ran.report.failed.iter().map(|(check, why)| format!("{}: {check}: {why}", cell.name())));
            ran.departed.iter().for_each(|what| group(&mut departed, cell, what));
            // Ours asks no more of ours: other peers show what it does.
            for (check, why) in ran.report.skipped.iter().filter(|_| !cell.peer.is_ours()) {
                group(&mut skipped, cell, &format!("{check} ({why})"));
            }
            if let (Outcome::Missing, Some(what)) = (&ran.outcome, &ran.report.missing) {
                group(&mut missing, cell, what);
            }
        }
        let notes = self.peers().into_iter().filter(|peer| !peer.note.is_empty());
        let notes = notes.map(|peer| format!("{}: {}", peer.key, peer.note)).collect();
        let all = [
            ("failed", failed),
            ("departs from the specification", lines(departed)),
            ("not tried", lines(skipped)),
            ("to be known of a peer", notes),
            ("not installed", lines(missing)),
        ];
        all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
    }

    /// The same as one page without anything from elsewhere.
    pub(crate) fn to_html(&self) -> String {
        let mut rows = String::new();
        for peer in self.peers() {
            rows.push_str(&format!("<tr><th>{}</th>", escape(&self.title(peer))));
            if self.is_missing(peer) {
                rows.push_str(&format!("<td class=absent colspan={}>not installed</td></tr>\n", all_columns().len()));
                continue;
            }
            for column in all_columns() {
                let Some((cell, ran)) = self.at(peer, column) else {
                    rows.push_str("<td></td>");
                    continue;
                };
                let class = match self.mark(cell, ran) {
                    Mark::Passed if !ran.departed.is_empty() => "departs",
                    Mark::Passed => "passed",
                    Mark::Failed => "failed",
                    Mark::Missing => "absent",
                };
                let mut tip = format!("{}, {:.1} s\n{}", cell.name(), ran.seconds, ran.report.passed.join(", "));
                ran.report.failed.iter().for_each(|(check, why)| tip.push_str(&format!("\n{check}: {why}")));
                ran.departed.iter().for_each(|what| tip.push_str(&format!("\n{what}")));
                let text = escape(&self.text(cell, ran));
                rows.push_str(&format!("<td class={class} title=\"{}\">{text}</td>", escape(&tip)));
            }
            rows.push_str("</tr>\n");
        }
        let names: String =
            all_columns().iter().map(|column| format!("<th>{}</th>", escape(&column.short()))).collect();
        let group = |role: Role| format!("<th colspan={}>{}</th>", columns(role).len(), heading(role));
        let mut remarks = String::new();
        for (heading, lines) in self.remarks() {
            let items: String = lines.iter().map(|line| format!("<li>{}</li>\n", escape(line))).collect();
            remarks.push_str(&format!("<h2>{}</h2>\n<ul>\n{items}</ul>\n", escape(heading)));
        }
        PAGE.replace("GROUPS", &format!("{}{}", group(Role::Client), group(Role::Server)))
            .replace("NAMES", &names)
            .replace("SUMMARY", &self.summary())
            .replace("ROWS", &rows)
            .replace("REMARKS", &remarks)
    }

    pub(crate) fn summary(&self) -> String {
        format!("{} passed, {} failed, {} skipped", self.passed(), self.failed(), self.skipped())
    }
}

impl Column {
    fn short(self) -> String {
        let Self(_, version, deflate) = self;
        match version {
            LATEST if deflate => "deflate".to_owned(),
            // `10+defl`, for a column that is seven characters wide.
            _ if deflate => format!("{}+defl", version.trim_start_matches("hybi")),
            _ => version.to_owned(),
        }
    }
}

/// Something to say of cells of one peer in one role: said once for all of them.
struct Group {
    peer: String,
    cells: Vec<String>,
    what: String,
}

fn group(groups: &mut Vec<Group>, cell: &Cell, what: &str) {
    let peer = format!("{} {}", cell.peer.key, cell.role.name());
    let column = Column(cell.role, cell.version, cell.deflate).short();
    match groups.iter_mut().find(|group| group.peer == peer && group.what == what) {
        Some(group) => group.cells.push(column),
        None => groups.push(Group { peer, cells: vec![column], what: what.to_owned() }),
    }
}

fn lines(groups: Vec<Group>) -> Vec<String> {
    groups.iter().map(|Group { peer, cells, what }| format!("{peer} {}: {what}", cells.join(", "))).collect()
}

fn heading(role: Role) -> &'static str {
    match role {
        Role::Client => "as a client of our server",
        Role::Server => "as a server to our client",
    }
}

fn columns(role: Role) -> Vec<Column> {
    let plain = VERSIONS.iter().map(|version| Column(role, version, false));
    plain.chain(DEFLATE.map(|version| Column(role, version, true))).collect()
}

fn all_columns() -> Vec<Column> {
    [Role::Client, Role::Server].into_iter().flat_map(columns).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The versions that have a column with permessage-deflate: it is of RFC 6455, and some peers have it in the draft before too.
const DEFLATE: [&str; 2] = ["hybi10", LATEST];

const PAGE: &str = include_str!("page.html");

#[cfg(test)]
mod tests {
    use super::super::cell::cells;
    use super::super::report::Report;
    use super::super::table::PEERS;
    use super::*;

    fn matrix(outcome: fn(&Cell) -> Report) -> Matrix {
        let peers = PEERS.iter().filter(|peer| matches!(peer.key, "wsproto" | "tornado-2"));
        let judged = cells(peers).into_iter().map(|cell| {
            let ran = cell.judge(outcome(&cell), 0.5);
            (cell, ran)
        });
        Matrix { cells: judged.collect(), installed: true }
    }

    #[test]
    fn shows_what_is_not_installed() {
        let matrix = matrix(|cell| match cell.peer.optional {
            true => Report::missing("Python 2.7"),
            false => Report::success("open"),
        });
        assert_eq!(matrix.summary(), "4 passed, 0 failed, 3 skipped");
        let text = matrix.to_text();
        assert!(text.contains("\nPython 2.7 tornado 2  not installed\n"), "{text}");
        assert!(text.contains("\n  tornado-2 server hybi00, hybi10, hybi17: Python 2.7\n"), "{text}");
        assert!(matrix.to_html().contains("<td class=absent colspan=12>not installed</td>"));
    }

    #[test]
    fn counts_as_failed_what_installing_should_have_brought() {
        assert_eq!(matrix(|_| Report::missing("it")).summary(), "0 passed, 4 failed, 3 skipped");
    }

    #[test]
    fn knows_departures_from_failures() {
        let matrix = matrix(|_| Report::failure("close", "got <1005>"));
        assert_eq!(matrix.summary(), "2 passed, 5 failed, 0 skipped");
        let text = matrix.to_text();
        assert!(text.contains("\n  wsproto client hybi17: close: got <1005>\n"), "{text}");
        assert!(text.contains("\n  tornado-2 server hybi10, hybi17: close: its close has no code\n"), "{text}");
        assert!(matrix.to_html().contains("close: got &lt;1005&gt;"));
    }
}
