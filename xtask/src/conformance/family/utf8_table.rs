//! The table of 6.5 to 6.23: payloads in groups, in the order of Markus Kuhn's stress test.

/// A name and the payloads of each group.
pub(crate) fn groups() -> Vec<(&'static str, Vec<Vec<u8>>)> {
    let kosme = "κ\u{1f79}σμε".as_bytes();
    let prefixes = (1..=kosme.len()).filter_map(|end| kosme.get(..end)).map(<[u8]>::to_vec);
    let cut_short = missing_last();
    vec![
        ("valid text", texts(&["hello$world", "hello¢world", "hello€world", "hello𤭢world", "κ\u{1f79}σμε"])),
        ("a prefix of valid text", prefixes.collect()),
        ("the first sequence of its length", (1..=4).map(|n| encoded(first(n), n)).collect()),
        ("the first sequence of 5 or 6 bytes", (5..=6).map(|n| encoded(first(n), n)).collect()),
        (
            "the last sequence of its length",
            [(0x7F, 1), (0x7FF, 2), (0xFFFF, 3), (0x10_FFFF, 4)].map(|(code, n)| encoded(code, n)).into(),
        ),
        ("the last sequence of 4 to 6 bytes", (4..=6).map(|n| encoded(first(n + 1) - 1, n)).collect()),
        (
            "at the edge of what is valid",
            [(0xD7FF, 3), (0xE000, 3), (0xFFFD, 3), (0x10_FFFF, 4), (0x11_0000, 4)]
                .map(|(code, n)| encoded(code, n))
                .into(),
        ),
        ("continuation bytes alone", continuations()),
        ("start bytes alone", lonely_starts()),
        ("the last byte is missing", cut_short.clone()),
        ("many with their last bytes missing", vec![cut_short.concat()]),
        ("impossible bytes", vec![vec![0xFE], vec![0xFF], vec![0xFE, 0xFE, 0xFF, 0xFF]]),
        ("an overlong slash", (2..=6).map(|n| encoded(u32::from(b'/'), n)).collect()),
        ("the greatest overlong sequence", (2..=6).map(|n| encoded(first(n) - 1, n)).collect()),
        ("an overlong NUL", (2..=6).map(|n| encoded(0, n)).collect()),
        ("a surrogate", SURROGATES.map(|code| encoded(code, 3)).into()),
        ("a pair of surrogates", pairs()),
        ("a noncharacter", noncharacters()),
        ("a special character", (0xFFF9..=0xFFFF).map(|code| encoded(code, 3)).collect()),
    ]
}

const SURROGATES: [u32; 7] = [0xD800, 0xDB7F, 0xDB80, 0xDBFF, 0xDC00, 0xDF80, 0xDFFF];

/// A number in so many bytes, whether UTF-8 allows it or not.
fn encoded(code: u32, length: u32) -> Vec<u8> {
    let low = |shift: u32| (code >> shift & 0x3F) as u8 | 0x80;
    if length <= 1 {
        return vec![(code & 0x7F) as u8];
    }
    let marker = 0xFFu32 << (8 - length) & 0xFF;
    let head = (marker | code >> (6 * (length - 1))) & 0xFF;
    let tail = (0..length - 1).rev().map(|at| low(6 * at));
    core::iter::once(head as u8).chain(tail).collect()
}

/// The first number that needs so many bytes.
fn first(length: u32) -> u32 {
    match length {
        1 => 0,
        2 => 0x80,
        _ => 1 << (5 * length - 4),
    }
}

fn texts(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

fn continuations() -> Vec<Vec<u8>> {
    let mut payloads = vec![vec![0x80], vec![0xBF]];
    payloads.extend((2..=6).map(|n| [0x80, 0xBF].into_iter().cycle().take(n).collect()));
    payloads.push((0x80..0xBF).collect());
    payloads
}

/// Each start byte but the last of its kind, with a space behind it.
fn lonely_starts() -> Vec<Vec<u8>> {
    [0xC0..0xDF, 0xE0..0xEF, 0xF0..0xF7, 0xF8..0xFB, 0xFC..0xFD]
        .map(|range: core::ops::Range<u8>| range.flat_map(|byte| [byte, b' ']).collect())
        .into()
}

fn missing_last() -> Vec<Vec<u8>> {
    let cut = |code, length| {
        let mut bytes = encoded(code, length);
        bytes.pop();
        bytes
    };
    let lowest = (2..=6).map(|n| cut(0, n));
    let highest = (2..=6).map(|n| cut(first(n + 1) - 1, n));
    lowest.chain(highest).collect()
}

fn pairs() -> Vec<Vec<u8>> {
    let high = [0xD800, 0xDB7F, 0xDB80, 0xDBFF];
    high.into_iter().flat_map(|high| [0xDC00, 0xDFFF].map(|low| [encoded(high, 3), encoded(low, 3)].concat())).collect()
}

/// The last two code points of the planes, as far as 4 bytes with `xF BF` show them.
fn noncharacters() -> Vec<Vec<u8>> {
    let mut payloads = vec![encoded(0xFFFE, 3), encoded(0xFFFF, 3)];
    for lead in 0xF0..=0xF4u8 {
        for second in [0x8F, 0x9F, 0xAF, 0xBF] {
            let pair = [0xBE, 0xBF].map(|last| vec![lead, second, 0xBF, last]);
            payloads.extend(pair.into_iter().filter(|bytes| core::str::from_utf8(bytes).is_ok()));
        }
    }
    payloads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_encoded() {
        assert_eq!(encoded(0x7F, 1), [0x7F]);
        assert_eq!(encoded(0x7FF, 2), [0xDF, 0xBF]);
        assert_eq!(encoded(0x11_0000, 4), [0xF4, 0x90, 0x80, 0x80]);
        assert_eq!(encoded(first(5), 5), [0xF8, 0x88, 0x80, 0x80, 0x80]);
        assert_eq!(encoded(first(7) - 1, 6), [0xFD, 0xBF, 0xBF, 0xBF, 0xBF, 0xBF]);
        assert_eq!(encoded(first(6) - 1, 6), [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF]);
    }
}
