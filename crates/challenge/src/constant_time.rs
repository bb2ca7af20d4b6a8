//! Comparison that gives no hint how far two values agree.

/// Whether two slices are equal, in a time that depends on their lengths alone. Also good for credentials.
///
/// ```
/// use hybi_challenge::constant_time_eq;
///
/// assert!(constant_time_eq(b"secret", b"secret"));
/// assert!(!constant_time_eq(b"secret", b"secreT"));
/// assert!(!constant_time_eq(b"secret", b"secret "));
/// ```
#[must_use]
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    let difference = left.iter().zip(right).fold(0, |difference, (left, right)| difference | (left ^ right));
    // The optimizer must not turn the fold into a search for the first difference.
    left.len() == right.len() && core::hint::black_box(difference) == 0
}
