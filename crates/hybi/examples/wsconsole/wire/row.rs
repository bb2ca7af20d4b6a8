//! Rows: bytes at the left, what they mean at the right.

use core::fmt::Write;

use crate::hex::{WIDTH, characters, digits};

/// The rows of one direction.
pub(super) struct Rows {
    mark: char,
    text: String,
}

impl Rows {
    pub(super) const fn new(mark: char) -> Self {
        Self { mark, text: String::new() }
    }

    pub(super) fn into_string(self) -> String {
        self.text
    }

    /// An empty line, before something new.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Bytes with one meaning; at most a row.
    pub(super) fn bytes(&mut self, bytes: &[u8], meaning: &str) {
        let _ = writeln!(self.text, "{} {:<47}  {meaning}", self.mark, digits(bytes));
    }

    /// No bytes, but something about them.
    pub(super) fn remark(&mut self, remark: &str) {
        self.bytes(&[], remark);
    }

    /// Bytes that are shown as text, in as many rows as they need.
    pub(super) fn characters(&mut self, bytes: &[u8]) {
        for row in bytes.chunks(WIDTH) {
            self.bytes(row, &format!("|{}|", characters(row)));
        }
    }

    /// The head of a request or an answer: each line of it begins a row.
    pub(super) fn head(&mut self, head: &[u8]) {
        self.gap();
        for line in head.split_inclusive(|byte| *byte == b'\n') {
            self.characters(line);
        }
    }
}

/// A payload that is shown as it comes, up to a limit.
pub(super) struct Payload {
    name: &'static str,
    shown: usize,
    hidden: usize,
}

impl Payload {
    pub(super) const fn new(name: &'static str) -> Self {
        Self { name, shown: 0, hidden: 0 }
    }

    /// Shows a piece: the bytes as they are on the wire, and beside them the text that they stand for.
    pub(super) fn show(&mut self, wire: &[u8], plain: &[u8], rows: &mut Rows) {
        for (wire, plain) in wire.chunks(WIDTH).zip(plain.chunks(WIDTH)) {
            if self.shown >= LIMIT {
                self.hidden += wire.len();
                continue;
            }
            let name = if self.shown == 0 { self.name } else { "" };
            rows.bytes(wire, &format!("{name:<10} |{}|", characters(plain)));
            self.shown += wire.len();
        }
    }

    /// Tells how much was not shown.
    pub(super) fn end(&self, rows: &mut Rows) {
        if self.hidden > 0 {
            rows.remark(&format!("… {} bytes more", self.hidden));
        }
    }
}

/// More of a payload is not shown.
const LIMIT: usize = 16 * WIDTH;
