//! permessage-deflate: RFC 7692. The codec itself is flate2; the negotiation is read and written here.

use core::fmt;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::conformance::version::Side;
use crate::conformance::wire::inflate::Inflater;

/// What two ends agreed on, or what one of them offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Params {
    pub(crate) server_no_context: bool,
    pub(crate) client_no_context: bool,
    pub(crate) server_bits: u8,
    pub(crate) client_bits: u8,
}

impl Params {
    /// Full windows, context kept.
    pub(crate) const PLAIN: Self =
        Self { server_no_context: false, client_no_context: false, server_bits: 15, client_bits: 15 };

    /// Reads the parameters of an answer; the error says which of them is wrong.
    pub(crate) fn read(offer: &Offer) -> Result<Self, String> {
        let mut params = Self::PLAIN;
        let mut seen = Vec::new();
        for (name, value) in &offer.params {
            if seen.contains(&name) {
                return Err(format!("{name} is there twice"));
            }
            seen.push(name);
            let bits = || match value.as_deref().and_then(window) {
                Some(bits) => Ok(bits),
                None => Err(format!("{name} has no window from 8 to 15")),
            };
            let flag = || match value {
                None => Ok(true),
                Some(_) => Err(format!("{name} has a value")),
            };
            match name.as_str() {
                "server_no_context_takeover" => params.server_no_context = flag()?,
                "client_no_context_takeover" => params.client_no_context = flag()?,
                "server_max_window_bits" => params.server_bits = bits()?,
                "client_max_window_bits" => params.client_bits = bits()?,
                _ => return Err(format!("the parameter {name} is unknown")),
            }
        }
        Ok(params)
    }
}

/// As a server answers.
impl fmt::Display for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("permessage-deflate")?;
        if self.server_no_context {
            f.write_str("; server_no_context_takeover")?;
        }
        if self.client_no_context {
            f.write_str("; client_no_context_takeover")?;
        }
        if self.server_bits < 15 {
            write!(f, "; server_max_window_bits={}", self.server_bits)?;
        }
        if self.client_bits < 15 {
            write!(f, "; client_max_window_bits={}", self.client_bits)?;
        }
        Ok(())
    }
}

/// One element of `Sec-WebSocket-Extensions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Offer {
    pub(crate) name: String,
    pub(crate) params: Vec<(String, Option<String>)>,
}

impl Offer {
    /// Reads a list. Quoted values lose their quotes; nothing else is judged.
    pub(crate) fn list(value: &str) -> Vec<Self> {
        value.split(',').map(Self::one).filter(|offer| !offer.name.is_empty()).collect()
    }

    fn one(text: &str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let params = parts
            .filter(|part| !part.is_empty())
            .map(|part| match part.split_once('=') {
                Some((name, value)) => {
                    let value = value.trim().trim_matches('"').to_owned();
                    (name.trim().to_owned(), Some(value))
                }
                None => (part.to_owned(), None),
            })
            .collect();
        Self { name, params }
    }

    pub(crate) fn is_deflate(&self) -> bool {
        self.name.eq_ignore_ascii_case("permessage-deflate")
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.params.iter().any(|param| param.0 == name)
    }
}

/// Compresses what we send and decompresses what we receive.
pub(crate) struct Codec {
    compress: Compress,
    decompress: Decompress,
    reset_compress: bool,
    reset_decompress: bool,
    /// Sees whether the peer keeps to a window that is not the largest, for as many messages as are left.
    checker: Option<(Inflater, usize)>,
}

impl Codec {
    pub(crate) fn new(params: Params, side: Side) -> Self {
        let (ours, theirs) = match side {
            Side::Client => (params.client_bits, params.server_bits),
            Side::Server => (params.server_bits, params.client_bits),
        };
        let (reset_ours, reset_theirs) = match side {
            Side::Client => (params.client_no_context, params.server_no_context),
            Side::Server => (params.server_no_context, params.client_no_context),
        };
        // zlib has no raw window of 8 bits. Without references any window will do.
        let level = Compression::new(if ours < 9 { 0 } else { 1 });
        Self {
            compress: Compress::new_with_window_bits(level, false, ours.max(9)),
            decompress: Decompress::new_with_window_bits(false, theirs.max(9)),
            reset_compress: reset_ours,
            reset_decompress: reset_theirs,
            checker: (theirs < 15).then(|| (Inflater::new(theirs, reset_theirs), CHECKED)),
        }
    }

    /// The payload of a compressed message: RFC 7692 §7.2.1.
    pub(crate) fn compress(&mut self, message: &[u8]) -> Result<Vec<u8>, String> {
        if self.reset_compress {
            self.compress.reset();
        }
        let mut output = Vec::with_capacity(message.len() / 2 + 64);
        let start = self.compress.total_in();
        loop {
            let done = usize::try_from(self.compress.total_in() - start).unwrap_or(usize::MAX);
            let rest = message.get(done..).unwrap_or_default();
            if output.capacity() - output.len() < 64 {
                output.reserve(output.len() / 2 + 1024);
            }
            self.compress
                .compress_vec(rest, &mut output, FlushCompress::Sync)
                .map_err(|error| format!("cannot compress: {error}"))?;
            let done = usize::try_from(self.compress.total_in() - start).unwrap_or(usize::MAX);
            if done == message.len() && output.len() < output.capacity() {
                break;
            }
        }
        if output.ends_with(&TAIL) {
            output.truncate(output.len() - TAIL.len());
        }
        if output.is_empty() {
            output.push(0);
        }
        Ok(output)
    }

    /// The message in a compressed payload: RFC 7692 §7.2.2. More than `limit` bytes are an error.
    pub(crate) fn decompress(&mut self, payload: &[u8], limit: usize) -> Result<Vec<u8>, String> {
        if self.reset_decompress {
            self.decompress.reset(false);
        }
        let mut message = Vec::new();
        for input in [payload, &TAIL] {
            self.part(input, &mut message, limit)?;
        }
        if let Some((checker, left)) = self.checker.as_mut().filter(|checker| checker.1 > 0) {
            checker.message(&[payload, &TAIL].concat())?;
            *left -= 1;
        }
        Ok(message)
    }

    fn part(&mut self, mut input: &[u8], message: &mut Vec<u8>, limit: usize) -> Result<(), String> {
        let mut piece = vec![0; PIECE];
        loop {
            let (read, written) = (self.decompress.total_in(), self.decompress.total_out());
            let status = self
                .decompress
                .decompress(input, &mut piece, FlushDecompress::Sync)
                .map_err(|error| format!("what was received does not inflate: {error}"))?;
            let read = usize::try_from(self.decompress.total_in() - read).unwrap_or(usize::MAX);
            let count = self.decompress.total_out() - written;
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            input = input.get(read..).unwrap_or_default();
            message.extend_from_slice(piece.get(..count).unwrap_or_default());
            if message.len() > limit {
                return Err(format!("what was received inflates to more than {limit} bytes"));
            }
            if status == Status::StreamEnd {
                self.decompress.reset(false);
            }
            if count < piece.len() && (input.is_empty() || read == 0) {
                return Ok(());
            }
        }
    }
}

/// What a sync flush ends with; it is cut off on the wire.
pub(crate) const TAIL: [u8; 4] = [0x00, 0x00, 0xFF, 0xFF];

/// How much is inflated at a time.
const PIECE: usize = 1 << 16;
/// How many messages are looked at twice.
const CHECKED: usize = 50;

/// A window as RFC 7692 §7.1.2 writes it: no sign, no leading zero.
fn window(text: &str) -> Option<u8> {
    let bits = text.parse().ok().filter(|bits| (8..=15).contains(bits))?;
    (text == format!("{bits}")).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_come_back() {
        for bits in 8..=15 {
            let params = Params { server_bits: bits, client_bits: bits, ..Params::PLAIN };
            let mut client = Codec::new(params, Side::Client);
            let mut server = Codec::new(params, Side::Server);
            for message in [&b""[..], b"Hello", b"Hello", &[7; 100_000], b""] {
                let payload = client.compress(message).unwrap();
                assert_eq!(server.decompress(&payload, 1 << 20).unwrap(), message);
            }
        }
    }

    #[test]
    fn a_reference_beyond_the_window_is_found() {
        let mut random = crate::conformance::random::Random::new("noise");
        let noise: Vec<u8> = (0..600).map(|_| random.byte()).collect();
        let twice = noise.repeat(2);
        let mut wide = Codec::new(Params::PLAIN, Side::Server);
        let payload = wide.compress(&twice).unwrap();
        let narrow = Params { server_bits: 9, ..Params::PLAIN };
        assert!(Codec::new(Params::PLAIN, Side::Client).decompress(&payload, 1 << 20).is_ok());
        assert!(Codec::new(narrow, Side::Client).decompress(&payload, 1 << 20).is_err());
    }

    #[test]
    fn parameters_are_read() {
        let offers = Offer::list("x, permessage-deflate; server_max_window_bits=\"10\"; client_no_context_takeover");
        let params = Params::read(offers.get(1).unwrap()).unwrap();
        assert_eq!(params, Params { server_bits: 10, client_no_context: true, ..Params::PLAIN });
        for wrong in ["server_max_window_bits", "server_max_window_bits=08", "x", "client_no_context_takeover=1"] {
            let offers = Offer::list(&format!("permessage-deflate; {wrong}"));
            assert!(Params::read(offers.first().unwrap()).is_err(), "{wrong}");
        }
    }
}
