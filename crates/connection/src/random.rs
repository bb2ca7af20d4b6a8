//! The masks that a client draws when nobody says from where.

use core::cell::Cell;

use hybi_frame::mask::Key;
use rand::Rng as _;

/// Fills the bytes from `rand`'s thread generator, which nobody can foresee.
#[inline]
pub(crate) fn fill(bytes: &mut [u8]) {
    match bytes.as_mut_array() {
        Some(key) => *key = next(),
        None => fill_any(bytes),
    }
}

/// The same for other lengths than a key's.
#[cold]
#[inline(never)]
fn fill_any(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}

/// The next key. A thread draws them in advance: the way to the generator and back takes longer than all else that a small
/// frame needs.
#[inline]
fn next() -> Key {
    DRAWN.with(|drawn| {
        let next = drawn.left.get().checked_sub(1).unwrap_or_else(|| drawn.fill());
        drawn.left.set(next);
        // The place is always one of them; were it not, the first would do.
        let [first, ..] = &drawn.keys;
        drawn.keys.get(next).unwrap_or(first).get()
    })
}

/// Keys that were drawn and not used.
struct Drawn {
    keys: [Cell<Key>; COUNT],
    left: Cell<usize>,
}

/// As many as the generator makes in one go.
const COUNT: usize = 64;

thread_local! {
    static DRAWN: Drawn = const { Drawn { keys: [const { Cell::new([0; 4]) }; COUNT], left: Cell::new(0) } };
}

impl Drawn {
    /// Draws all of them, and gives the place of the first one to use.
    #[cold]
    #[inline(never)]
    fn fill(&self) -> usize {
        let mut bytes = [0; 4 * COUNT];
        rand::rng().fill_bytes(&mut bytes);
        self.keys.iter().zip(bytes.as_chunks().0).for_each(|(to, key)| to.set(*key));
        COUNT - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_comes_twice() {
        let mut keys: Vec<_> = (0..5 * COUNT).map(|_| next()).collect();
        keys.sort_unstable();
        keys.dedup();
        // One pair in ten thousand runs may be alike by chance, two are not.
        assert!(keys.len() >= 5 * COUNT - 1, "{}", keys.len());
    }
}
