//! The masks that a client draws when nobody says from where.

use core::cell::Cell;

use hybi_frame::mask::Key;
use rand::Rng as _;

/// Fills the bytes from `rand`'s thread generator, which nobody can foresee.
///
/// Keys are drawn in advance by each thread: the way to the generator and back takes longer than all else that a small frame
/// needs.
#[inline]
pub(crate) fn fill(bytes: &mut [u8]) {
    if !bytes.as_mut_array().is_some_and(|key| DRAWN.with(|drawn| drawn.take(key))) {
        draw(bytes);
    }
}

/// The same where no key is left, and for other lengths than a key's.
#[cold]
#[inline(never)]
fn draw(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
    DRAWN.with(Drawn::fill);
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
    /// Takes a key, if there is one.
    #[inline]
    fn take(&self, to: &mut Key) -> bool {
        let Some(last) = self.left.get().checked_sub(1) else { return false };
        let Some(key) = self.keys.get(last) else { return false };
        self.left.set(last);
        *to = key.get();
        true
    }

    /// Draws anew those that were taken.
    fn fill(&self) {
        let mut bytes = [0; 4 * COUNT];
        rand::rng().fill_bytes(&mut bytes);
        self.keys.iter().zip(bytes.as_chunks().0).skip(self.left.get()).for_each(|(to, key)| to.set(*key));
        self.left.set(COUNT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() -> Key {
        let mut key = Key::default();
        fill(&mut key);
        key
    }

    #[test]
    fn no_key_comes_twice() {
        let mut keys: Vec<_> = (0..5 * COUNT).map(|_| one()).collect();
        keys.sort_unstable();
        keys.dedup();
        // One pair in ten thousand runs may be alike by chance, two are not.
        assert!(keys.len() >= 5 * COUNT - 1, "{}", keys.len());
    }
}
