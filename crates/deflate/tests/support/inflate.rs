//! The slow twin: DEFLATE (RFC 1951) bit by bit, with a view of how far back it was referred.

#![allow(clippy::cast_possible_truncation, reason = "the values are bytes and lengths of a few bits")]

/// What inflating a stream showed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Inflated {
    /// All that came out, the history included.
    pub(crate) bytes: Vec<u8>,
    /// The largest distance that any match had.
    pub(crate) farthest: usize,
    /// How many blocks there were, and how many had BFINAL set.
    pub(crate) blocks: usize,
    pub(crate) final_blocks: usize,
}

/// Inflates blocks until the bits end, which must be between two blocks. A block behind one with BFINAL set begins at a byte.
pub(crate) fn inflate(history: &[u8], stream: &[u8]) -> Option<Inflated> {
    let mut bits = Bits { bytes: stream, position: 0 };
    let mut result = Inflated { bytes: history.to_vec(), ..Inflated::default() };
    while bits.left() >= 3 {
        let last = bits.take(1)? == 1;
        match bits.take(2)? {
            0 => stored(&mut bits, &mut result)?,
            1 => coded(&mut bits, &Code::new(&fixed_lengths()), &Code::new(&[5; 30]), &mut result)?,
            2 => dynamic(&mut bits, &mut result)?,
            _ => return None,
        }
        result.blocks += 1;
        if last {
            result.final_blocks += 1;
            bits.align();
        }
    }
    Some(result)
}

fn stored(bits: &mut Bits<'_>, result: &mut Inflated) -> Option<()> {
    bits.align();
    let (length, complement) = (bits.take(16)?, bits.take(16)?);
    if length != complement ^ 0xffff {
        return None;
    }
    for _ in 0..length {
        result.bytes.push(bits.take(8)? as u8);
    }
    Some(())
}

fn dynamic(bits: &mut Bits<'_>, result: &mut Inflated) -> Option<()> {
    let literals = bits.take(5)? as usize + 257;
    let distances = bits.take(5)? as usize + 1;
    let count = bits.take(4)? as usize + 4;
    let mut lengths = [0; 19];
    for index in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15].into_iter().take(count) {
        lengths[index] = bits.take(3)? as u8;
    }
    let code = Code::new(&lengths);
    let mut lengths: Vec<u8> = Vec::new();
    while lengths.len() < literals + distances {
        let (value, times) = match code.read(bits)? {
            16 => (*lengths.last()?, bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            value => (value as u8, 1),
        };
        lengths.extend((0..times).map(|_| value));
    }
    coded(bits, &Code::new(&lengths[..literals]), &Code::new(&lengths[literals..literals + distances]), result)
}

fn coded(bits: &mut Bits<'_>, literals: &Code, distances: &Code, result: &mut Inflated) -> Option<()> {
    loop {
        let symbol = literals.read(bits)?;
        if symbol < 256 {
            result.bytes.push(symbol as u8);
            continue;
        }
        if symbol == 256 {
            return Some(());
        }
        let index = symbol - 257;
        let length = *LENGTHS.get(index)? + bits.take(LENGTH_EXTRA[index])? as usize;
        let index = distances.read(bits)?;
        let distance = *DISTANCES.get(index)? + bits.take(index.saturating_sub(2) / 2)? as usize;
        result.farthest = result.farthest.max(distance);
        for _ in 0..length {
            result.bytes.push(result.bytes[result.bytes.len().checked_sub(distance)?]);
        }
    }
}

fn fixed_lengths() -> Vec<u8> {
    (0..288)
        .map(|symbol| match symbol {
            0..144 => 8,
            144..256 => 9,
            256..280 => 7,
            _ => 8,
        })
        .collect()
}

/// A canonical Huffman code: (length, bits) of every symbol.
struct Code(Vec<(u8, u32)>);

impl Code {
    fn new(lengths: &[u8]) -> Self {
        let mut next = 0;
        let mut codes = vec![(0, 0); lengths.len()];
        for length in 1..=15 {
            next <<= 1;
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, own)| **own == length) {
                codes[symbol] = (length, next);
                next += 1;
            }
        }
        Self(codes)
    }

    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let mut code = 0;
        for length in 1..=15 {
            code = code << 1 | bits.take(1)?;
            if let Some(symbol) = self.0.iter().position(|own| *own == (length, code)) {
                return Some(symbol);
            }
        }
        None
    }
}

struct Bits<'b> {
    bytes: &'b [u8],
    position: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.bytes.len() * 8 - self.position
    }

    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for index in 0..count {
            let bit = self.bytes.get(self.position / 8)? >> (self.position % 8) & 1;
            value |= u32::from(bit) << index;
            self.position += 1;
        }
        Some(value)
    }

    fn align(&mut self) {
        self.position = self.position.next_multiple_of(8);
    }
}

const LENGTHS: [usize; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA: [usize; 29] =
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES: [usize; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
    8193, 12289, 16385, 24577,
];
