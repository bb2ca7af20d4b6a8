//! The last bytes that went through one direction of a connection.

use core::fmt;

use hybi_http::steps;

/// A ring that remembers the last `capacity` bytes, and takes no more memory than there are bytes to remember (beside some
/// slack while it grows).
pub(crate) struct History {
    bytes: Vec<u8>,
    /// Where the oldest byte lies. Not 0 only when the ring is full.
    start: usize,
    capacity: usize,
}

impl History {
    pub(crate) const fn new(capacity: usize) -> Self {
        Self { bytes: Vec::new(), start: 0, capacity }
    }

    pub(crate) fn append(&mut self, new: &[u8]) {
        // What would be overwritten by the end of the same call need not be copied.
        let skip = new.len().saturating_sub(self.capacity);
        let new = new.get(skip..).unwrap_or_default();
        steps::count(new.len());
        if new.len() == self.capacity {
            self.clear();
        }
        let room = self.capacity.saturating_sub(self.bytes.len());
        let (grow, over) = new.split_at(room.min(new.len()));
        if !grow.is_empty() {
            self.reserve(grow.len());
            self.bytes.extend_from_slice(grow);
        }
        if !over.is_empty() {
            self.overwrite(over);
        }
    }

    /// The bytes, oldest first, in two parts.
    pub(crate) fn parts(&self) -> [&[u8]; 2] {
        let (newer, older) = self.bytes.split_at(self.start.min(self.bytes.len()));
        [older, newer]
    }

    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.start = 0;
    }

    /// What this takes on the heap, itself included, as it is always boxed.
    pub(crate) const fn heap_bytes(&self) -> usize {
        size_of::<Self>().saturating_add(self.bytes.capacity())
    }

    /// Doubles as a vector does, but never beyond what the ring may hold.
    fn reserve(&mut self, more: usize) {
        let needed = self.bytes.len().saturating_add(more);
        if needed > self.bytes.capacity() {
            let target = needed.max(self.bytes.capacity().saturating_mul(2)).min(self.capacity);
            self.bytes.reserve_exact(target.saturating_sub(self.bytes.len()));
        }
    }

    /// Puts the bytes, fewer than the capacity, in the place of the oldest ones of a full ring.
    fn overwrite(&mut self, new: &[u8]) {
        let start = self.start.min(self.bytes.len());
        let (front, back) = self.bytes.split_at_mut(start);
        let (first, second) = new.split_at(back.len().min(new.len()));
        for (target, source) in [(back, first), (front, second)] {
            if let Some(target) = target.get_mut(..source.len()) {
                target.copy_from_slice(source);
            }
        }
        self.start = self.start.saturating_add(new.len()).checked_rem(self.capacity).unwrap_or_default();
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What users sent does not belong in a log.
        f.debug_struct("History").field("bytes", &self.bytes.len()).field("capacity", &self.capacity).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every sequence of lengths, against the obvious way to do it.
    #[test]
    fn remembers_the_last_bytes() {
        for capacity in [1, 2, 5, 8] {
            for seed in 0..2000_usize {
                let (mut ring, mut all, mut lengths) = (History::new(capacity), Vec::new(), seed);
                while lengths > 0 {
                    let new: Vec<u8> = (0_u8..12).map(|n| n ^ lengths.to_le_bytes()[0]).take(lengths % 12).collect();
                    lengths /= 12;
                    ring.append(&new);
                    all.extend(new);
                    assert_eq!(ring.parts().concat(), all[all.len().saturating_sub(capacity)..], "{capacity} {seed}");
                    assert!(ring.bytes.capacity() <= capacity);
                }
            }
        }
    }
}
