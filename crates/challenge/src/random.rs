//! Where unpredictable bytes come from.

use rand::Rng as _;

/// Fills the buffer with unpredictable bytes from `rand`'s thread generator, which is seeded by the operating system. Keys
/// and masks are to be made from such bytes (RFC 6455 §4.1, §5.3, §10.3).
///
/// ```
/// let mut mask = [0; 4];
/// hybi_challenge::random_bytes(&mut mask);
/// ```
pub fn random_bytes(buffer: &mut [u8]) {
    rand::rng().fill_bytes(buffer);
}
