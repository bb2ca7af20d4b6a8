//! Where a length on the wire, of 63 bits, meets what is in memory.

/// So many of the `wanted` bytes as there are at most. What is more than a machine word holds is not cut down to one: on a
/// machine of 32 bits a frame of 2³² + 5 bytes is not one of 5.
#[inline]
pub(super) fn at_most<Size: TryFrom<u64> + Ord>(wanted: u64, available: Size) -> Size {
    match Size::try_from(wanted) {
        Ok(wanted) => wanted.min(available),
        Err(_) => available,
    }
}

#[cfg(test)]
mod tests {
    use super::at_most;

    #[test]
    fn no_length_is_cut_down_to_a_word() {
        for above in [0, 5, 0xFFFF_FFFF] {
            let wanted = 0x1_0000_0000 + above;
            assert_eq!(at_most(wanted, 7_u32), 7);
            assert_eq!(at_most(wanted, u32::MAX), u32::MAX);
            assert_eq!(at_most(wanted << 31, 7_usize), 7);
        }
        assert_eq!(at_most(5, 7_u32), 5);
        assert_eq!(at_most(0xFFFF_FFFF, 7_u32), 7);
        assert_eq!(at_most(u64::MAX >> 1, 0_u16), 0);
    }
}
