//! The life of a connection, from the table in its source.

use super::picture::{Picture, Rect};
use crate::Result;

/// Where the table is.
pub(crate) const SOURCE: &str = "crates/connection/src/state.rs";

pub(crate) fn draw(source: &str) -> Result<String> {
    let moves = moves(source)?;
    let told: Vec<String> =
        moves.iter().map(|(from, steps, to)| format!("{from} to {to}: {}.", steps.join(" or "))).collect();
    let mut picture = Picture::new(900.0, 330.0, "The states of a connection", &told.join(" "));
    picture.boxed(
        Rect { x: 24.0, y: 137.0, width: 120.0, height: 50.0, class: "yours" },
        &["handshake", "state() is None"],
    );
    picture.arrow("M144 162 L218 162", "");
    picture.text(181.0, 150.0, "label", "agreed");
    for (from, steps, to) in &moves {
        let ((x, y), (to_x, to_y)) = (middle(from)?, middle(to)?);
        // From border to border, and the words where no other arrow crosses.
        let (start, end) = (border((x, y), (to_x, to_y)), border((to_x, to_y), (x, y)));
        picture.arrow(&format!("M{:.1} {:.1} L{:.1} {:.1}", start.0, start.1, end.0, end.1), "");
        let share = match (y == to_y, x == to_x, to.as_str()) {
            (true, ..) => 0.24,
            (_, true, _) => 0.64,
            (.., "Closed") => 0.66,
            _ => 0.5,
        };
        let (at, mut below) = (start.0 + (end.0 - start.0) * share, start.1 + (end.1 - start.1) * share);
        let more = steps.len().saturating_sub(1) as f64;
        below += if y == to_y { -8.0 - 15.0 * more } else { 4.0 - 7.5 * more };
        for step in steps {
            picture.text(at, below, "label", step);
            below += 15.0;
        }
    }
    for (name, _, what) in STATES {
        let (x, y) = middle(name)?;
        let class = match *name {
            "Closed" => "good",
            "Failed" => "bad",
            _ => "ours",
        };
        let rect = Rect { x: x - HALF.0, y: y - HALF.1, width: 2.0 * HALF.0, height: 2.0 * HALF.1, class };
        picture.boxed(rect, &[name, what]);
    }
    Ok(picture.finish())
}

/// From, steps in words, to.
type Move = (String, Vec<&'static str>, String);

/// The rows of the table that lead to another state.
fn moves(source: &str) -> Result<Vec<Move>> {
    let mut moves: Vec<Move> = Vec::new();
    for line in source.lines().map(str::trim) {
        let Some((left, to)) = line.strip_prefix('(').and_then(|line| line.split_once(") => Self::")) else { continue };
        let (from, steps) = left.split_once(", ").ok_or_else(|| format!("{SOURCE}: no row of a table: {line}"))?;
        let to = to.trim_end_matches(',');
        for from in from.split(" | ") {
            let from = from.trim_start_matches("Self::").to_owned();
            let steps = steps.split(" | ").map(words).collect::<Result<Vec<_>>>()?;
            match moves.iter_mut().find(|row| row.0 == from && row.2 == to) {
                Some(row) => row.1.extend(steps),
                None => moves.push((from, steps, to.to_owned())),
            }
        }
    }
    if moves.is_empty() { Err(format!("{SOURCE}: the table is not found").into()) } else { Ok(moves) }
}

/// What a step is, for a reader.
fn words(step: &str) -> Result<&'static str> {
    Ok(match step {
        "Step::SendClose" => "send_close",
        "Step::Leave" => "send_close, in hixie75",
        "Step::ReceiveClose" => "the peer's close comes",
        "Step::Fail" => "the peer breaks a rule",
        "Step::Eof" => "the transport ends",
        _ => return Err(format!("{SOURCE}: no words for {step}").into()),
    })
}

fn middle(name: &str) -> Result<(f64, f64)> {
    let state = STATES.iter().find(|state| state.0 == name);
    Ok(state.ok_or_else(|| format!("{SOURCE}: no place for the state {name}"))?.1)
}

/// Where the line from one middle to another leaves the box.
fn border(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let share = (HALF.0 / x.abs().max(0.1)).min(HALF.1 / y.abs().max(0.1));
    (from.0 + x * share, from.1 + y * share)
}

/// Half of the size of a box.
const HALF: (f64, f64) = (72.0, 27.0);

/// Each state, its place and what may be done in it.
const STATES: &[(&str, (f64, f64), &str)] = &[
    ("Open", (292.0, 162.0), "send and receive"),
    ("Closing", (530.0, 50.0), "receive only"),
    ("Closed", (806.0, 162.0), "close the transport"),
    ("Failed", (530.0, 278.0), "close the transport"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_table() {
        let source = "(Self::Open, Step::SendClose) => Self::Closing,\n\
            (Self::Open | Self::Closing, Step::Fail | Step::Eof) => Self::Failed,\n\
            (Self::Closed | Self::Failed, _) => self,\n";
        let moves = moves(source).unwrap();
        assert_eq!(moves[0], ("Open".to_owned(), vec!["send_close"], "Closing".to_owned()));
        assert_eq!(moves[2].0, "Closing");
        assert_eq!(moves[2].1.len(), 2);
        assert!(super::moves("").is_err() && super::moves("(Self::Open, Step::New) => Self::Closed,").is_err());
    }
}
