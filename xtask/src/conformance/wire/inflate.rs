//! A small inflater of its own: RFC 1951. It is slow and exact: it knows how far back each reference goes, which
//! tells whether a peer keeps to the window that it agreed to.

/// Inflates messages of one direction, one after the other.
pub(crate) struct Inflater {
    /// What was inflated before, as far as the window reaches.
    history: Vec<u8>,
    window: usize,
    forgets: bool,
}

impl Inflater {
    /// For a window of so many bits; `forgets` if each message stands alone.
    pub(crate) fn new(bits: u8, forgets: bool) -> Self {
        Self { history: Vec::new(), window: 1 << bits, forgets }
    }

    /// Inflates a message, whose tail has been put back.
    pub(crate) fn message(&mut self, payload: &[u8]) -> Result<Vec<u8>, String> {
        if self.forgets {
            self.history.clear();
        }
        let start = self.history.len();
        let mut bits = Bits { bytes: payload, at: 0 };
        while bits.left() > 3 {
            bits.take(1)?;
            match bits.take(2)? {
                0 => self.stored(&mut bits)?,
                1 => {
                    let (literals, distances) = fixed();
                    self.coded(&mut bits, &literals, &distances)?;
                }
                2 => {
                    let (literals, distances) = dynamic(&mut bits)?;
                    self.coded(&mut bits, &literals, &distances)?;
                }
                _ => return Err("a block of a reserved type".to_owned()),
            }
        }
        let message = self.history.get(start..).unwrap_or_default().to_vec();
        let surplus = self.history.len().saturating_sub(self.window);
        self.history.drain(..surplus);
        Ok(message)
    }

    fn stored(&mut self, bits: &mut Bits<'_>) -> Result<(), String> {
        bits.at = bits.at.next_multiple_of(8);
        let length = bits.take(16)?;
        if bits.take(16)? != !length & 0xFFFF {
            return Err("a stored block whose lengths differ".to_owned());
        }
        for _ in 0..length {
            self.history.push(bits.byte()?);
        }
        Ok(())
    }

    fn coded(&mut self, bits: &mut Bits<'_>, literals: &Code, distances: &Code) -> Result<(), String> {
        loop {
            match literals.read(bits)? {
                256 => return Ok(()),
                symbol => match u8::try_from(symbol) {
                    Ok(literal) => self.history.push(literal),
                    Err(_) => {
                        let length = extended(&LENGTHS, symbol - 257, bits)?;
                        let distance = extended(&DISTANCES, distances.read(bits)?, bits)?;
                        self.copy(length, distance)?;
                    }
                },
            }
        }
    }

    fn copy(&mut self, length: usize, distance: usize) -> Result<(), String> {
        if distance > self.window {
            return Err(format!("a reference {distance} bytes back, with a window of {}", self.window));
        }
        let Some(start) = self.history.len().checked_sub(distance) else {
            return Err(format!("a reference {distance} bytes back, where nothing is"));
        };
        for at in start..start + length {
            let byte = self.history.get(at).copied().unwrap_or_default();
            self.history.push(byte);
        }
        Ok(())
    }
}

/// Bits, the lowest of a byte first.
struct Bits<'a> {
    bytes: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        (self.bytes.len() * 8).saturating_sub(self.at)
    }

    fn byte(&mut self) -> Result<u8, String> {
        Ok(u8::try_from(self.take(8)?).unwrap_or_default())
    }

    fn take(&mut self, count: usize) -> Result<usize, String> {
        let mut value = 0;
        for place in 0..count {
            let byte = self.bytes.get(self.at / 8).ok_or("a block that is cut off")?;
            value |= usize::from(byte >> (self.at % 8) & 1) << place;
            self.at += 1;
        }
        Ok(value)
    }
}

/// A Huffman code: how many symbols have each length, and the symbols in order.
struct Code {
    counts: [usize; 16],
    symbols: Vec<usize>,
}

impl Code {
    fn new(lengths: &[usize]) -> Self {
        let mut counts = [0; 16];
        let mut symbols = Vec::new();
        for (length, count) in counts.iter_mut().enumerate().skip(1) {
            let of_length = lengths.iter().enumerate().filter(|symbol| *symbol.1 == length);
            symbols.extend(of_length.map(|symbol| symbol.0));
            *count = lengths.iter().filter(|&&other| other == length).count();
        }
        Self { counts, symbols }
    }

    fn read(&self, bits: &mut Bits<'_>) -> Result<usize, String> {
        let (mut code, mut first, mut index) = (0, 0, 0);
        for count in self.counts.iter().skip(1) {
            code |= bits.take(1)?;
            if code < first + count {
                return self.symbols.get(index + code - first).copied().ok_or_else(unknown);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Err(unknown())
    }
}

/// The codes of a block of type 1.
fn fixed() -> (Code, Code) {
    let lengths: Vec<usize> = (0..288)
        .map(|symbol| match symbol {
            0..=143 => 8,
            144..=255 => 9,
            256..=279 => 7,
            _ => 8,
        })
        .collect();
    (Code::new(&lengths), Code::new(&[5; 30]))
}

/// The codes at the front of a block of type 2.
fn dynamic(bits: &mut Bits<'_>) -> Result<(Code, Code), String> {
    const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    let (literals, distances) = (bits.take(5)? + 257, bits.take(5)? + 1);
    let count = bits.take(4)? + 4;
    let mut lengths = [0; 19];
    for place in ORDER.into_iter().take(count) {
        if let Some(length) = lengths.get_mut(place) {
            *length = bits.take(3)?;
        }
    }
    let code = Code::new(&lengths);
    let mut lengths = Vec::new();
    while lengths.len() < literals + distances {
        let (length, times) = match code.read(bits)? {
            16 => (lengths.last().copied().unwrap_or(0), bits.take(2)? + 3),
            17 => (0, bits.take(3)? + 3),
            18 => (0, bits.take(7)? + 11),
            length => (length, 1),
        };
        lengths.extend(core::iter::repeat_n(length, times));
    }
    let (first, rest) = lengths.split_at_checked(literals).ok_or_else(unknown)?;
    Ok((Code::new(first), Code::new(rest)))
}

fn unknown() -> String {
    "a code that stands for nothing".to_owned()
}

/// First value and extra bits of each symbol.
type Table<const N: usize> = [(usize, usize); N];

fn extended<const N: usize>(table: &Table<N>, symbol: usize, bits: &mut Bits<'_>) -> Result<usize, String> {
    let (base, extra) = table.get(symbol).copied().ok_or_else(unknown)?;
    Ok(base + bits.take(extra)?)
}

const LENGTHS: Table<29> = {
    let mut table = steps(3, 4);
    table[28] = (258, 0);
    table
};
const DISTANCES: Table<30> = steps(1, 2);

/// After twice `same` symbols without extra bits, each `same` symbols have one more.
#[expect(clippy::indexing_slicing, reason = "constant tables: a wrong index does not compile")]
const fn steps<const N: usize>(from: usize, same: usize) -> Table<N> {
    let mut table = [(0, 0); N];
    let (mut at, mut value) = (0, from);
    while at < N {
        let extra = if at < 2 * same { 0 } else { at / same - 1 };
        table[at] = (value, extra);
        value += 1 << extra;
        at += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::data::Data;
    use crate::conformance::version::Side;
    use crate::conformance::wire::deflate::{Codec, Params, TAIL};

    #[test]
    fn agrees_with_zlib() {
        for data in [Data::Json, Data::Packed, Data::Picture, Data::Same(7), Data::Prose] {
            let mut codec = Codec::new(Params::PLAIN, Side::Client);
            let mut inflater = Inflater::new(15, false);
            let mut at = 0;
            for size in [0, 1, 10, 1000, 50_000, 3] {
                let message = data.slice(&mut at, size);
                let payload = [codec.compress(&message).unwrap().as_slice(), &TAIL].concat();
                assert_eq!(inflater.message(&payload).unwrap(), message, "{data:?} {size}");
            }
        }
    }
}
