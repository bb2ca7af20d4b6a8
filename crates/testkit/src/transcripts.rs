//! Exchanges between real peers, read from the folder `vectors`. The file format is described on the crate page.

use std::fs;
use std::path::{Path, PathBuf};

/// One recorded connection.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transcript {
    /// The version that was spoken: `hixie75`, `hybi00`, `hybi10` or `hybi17`.
    pub version: &'static str,
    /// Which side the program was for whose sake this was recorded.
    pub role: Side,
    /// That program: `perl`, `ws-0.4.32`, `tornado-deflate`, … .
    pub peer: String,
    /// The comment lines, without `#`.
    pub comments: Vec<String>,
    /// What was sent, in order. A chunk is what one read returned, and two chunks of one side may follow each other.
    pub chunks: Vec<Chunk>,
    /// Who closed its half of the connection, in order. Nobody closed in the middle of the exchange.
    pub ends: Vec<Side>,
}

impl Transcript {
    /// All transcripts, version by version and in the order of their file names.
    ///
    /// # Panics
    ///
    /// If a file cannot be read or does not keep the format.
    #[must_use]
    pub fn all() -> Vec<Self> {
        VERSIONS.into_iter().flat_map(Self::of).collect()
    }

    /// All transcripts of a version, given by the name of its feature.
    ///
    /// # Panics
    ///
    /// If there is no such version, or a file cannot be read or does not keep the format.
    #[must_use]
    pub fn of(version: &str) -> Vec<Self> {
        let Some(version) = VERSIONS.into_iter().find(|known| *known == version) else {
            broken(Path::new(version), "no such version");
        };
        files(&folder(version)).iter().map(|file| read(version, file)).collect()
    }

    /// All that the client sent.
    #[must_use]
    pub fn client_bytes(&self) -> Vec<u8> {
        self.bytes(Side::Client)
    }

    /// All that the server sent.
    #[must_use]
    pub fn server_bytes(&self) -> Vec<u8> {
        self.bytes(Side::Server)
    }

    /// All that one side sent.
    #[must_use]
    pub fn bytes(&self, side: Side) -> Vec<u8> {
        self.chunks.iter().filter(|chunk| chunk.side == side).flat_map(|chunk| chunk.bytes.iter().copied()).collect()
    }

    /// The name under which a failed test can say which transcript it was: `hybi00/server-perl`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}/{}-{}", self.version, self.role.name(), self.peer)
    }

    /// The comment that names the program on a side, with its version and options where they were recorded.
    #[must_use]
    pub fn program(&self, side: Side) -> Option<&str> {
        self.comments.iter().find_map(|comment| comment.strip_prefix(side.name())?.strip_prefix(": "))
    }
}

/// What one read of the relay returned.
#[expect(clippy::exhaustive_structs, reason = "tests build chunks too")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Who sent it.
    pub side: Side,
    /// What was sent.
    pub bytes: Vec<u8>,
}

/// An end of the connection.
#[expect(clippy::exhaustive_enums, reason = "a connection has two ends")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The one that sent the request.
    Client,
    /// The one that answered.
    Server,
}

impl Side {
    /// `client` or `server`, as in the file names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

/// Undoes the escapes of the file format; `None` for one that the format does not have.
#[must_use]
pub fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'\\' => match rest.next()? {
                b'r' => b'\r',
                b'n' => b'\n',
                b't' => b'\t',
                quoted @ (b'"' | b'\\') => quoted,
                b'x' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
                _ => return None,
            },
            b'"' => return None,
            b' '..=b'~' => byte,
            _ => return None,
        });
    }
    Some(bytes)
}

fn hex(digit: u8) -> Option<u8> {
    u8::try_from(char::from(digit).to_digit(16)?).ok()
}

fn folder(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(version)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| broken(folder, &error.to_string()));
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    files
}

fn read(version: &'static str, file: &Path) -> Transcript {
    let text = fs::read_to_string(file).unwrap_or_else(|error| broken(file, &error.to_string()));
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let (role, peer) = match stem.split_once('-') {
        Some(("client", peer)) => (Side::Client, peer),
        Some(("server", peer)) => (Side::Server, peer),
        _ => broken(file, "the name does not begin with client- or server-"),
    };
    let mut transcript =
        Transcript { version, role, peer: peer.to_owned(), comments: Vec::new(), chunks: Vec::new(), ends: Vec::new() };
    let mut open: Option<Chunk> = None;
    for line in text.lines() {
        if let Err(problem) = read_line(line, &mut open, &mut transcript) {
            broken(file, &format!("{problem}: {line}"));
        }
    }
    if open.is_some() {
        broken(file, "the last chunk has no end");
    }
    transcript
}

fn read_line(line: &str, open: &mut Option<Chunk>, transcript: &mut Transcript) -> Result<(), &'static str> {
    if let Some(comment) = line.strip_prefix('#') {
        transcript.comments.push(comment.trim().to_owned());
        return Ok(());
    }
    if line == "." {
        transcript.chunks.push(open.take().ok_or("a chunk without bytes")?);
        return Ok(());
    }
    let (side, item) = match line.split_once(' ') {
        Some(("C", item)) => (Side::Client, item),
        Some(("S", item)) => (Side::Server, item),
        _ => return Err("not a line of this format"),
    };
    if item == "EOF" {
        transcript.ends.push(side);
        return Ok(());
    }
    if !transcript.ends.is_empty() {
        return Err("bytes behind the end");
    }
    let quoted = item.strip_prefix('"').and_then(|item| item.strip_suffix('"')).ok_or("no quotes")?;
    let bytes = unescape(quoted).ok_or("an unknown escape")?;
    match open {
        Some(chunk) if chunk.side == side => chunk.bytes.extend(bytes),
        Some(_) => return Err("two sides in one chunk"),
        None => *open = Some(Chunk { side, bytes }),
    }
    Ok(())
}

#[expect(clippy::panic, reason = "a broken vector is a broken test, and this says which")]
fn broken(file: &Path, problem: &str) -> ! {
    panic!("{}: {problem}", file.display())
}

const VERSIONS: [&str; 4] = ["hixie75", "hybi00", "hybi10", "hybi17"];
