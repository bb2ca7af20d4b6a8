//! Bytes for the eyes.

use core::fmt::Write;

/// The bytes of one row.
pub(crate) const WIDTH: usize = 16;

/// A hex dump in the manner of `hexdump -C`.
pub(crate) fn dump(bytes: &[u8]) -> String {
    let mut dump = String::new();
    for (index, row) in bytes.chunks(WIDTH).enumerate() {
        let _ = writeln!(dump, "{:08x}  {:<47}  |{}|", index * WIDTH, digits(row), characters(row));
    }
    dump
}

/// `48 65 6c 6c 6f`
pub(crate) fn digits(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for (index, byte) in bytes.iter().enumerate() {
        let space = if index == 0 { "" } else { " " };
        let _ = write!(digits, "{space}{byte:02x}");
    }
    digits
}

/// `Hello`, with a dot for what is no ASCII character to be seen.
pub(crate) fn characters(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| if matches!(byte, b' '..=b'~') { char::from(byte) } else { '.' }).collect()
}
