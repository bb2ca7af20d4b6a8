//! What `cargo xtask bench` can be told.

use std::path::PathBuf;

use crate::{Result, Usage};

pub(crate) const HELP: &str = "\
usage: cargo xtask bench [OPTIONS] [CASE]

Measures what the libraries take for the same work in memory: in rounds, each in turn, so that noise hits all alike.
CASE is how the names of the wanted cases begin: decode, echo/binary, encode/binary/16.

options:
  --peers         the other libraries as well; they are built first, which takes minutes
  --quick         fewer cases and rounds
  --native        compile everything for this very CPU
  --json FILE     write what was measured
  --html DIR      write a page with plots: cost by payload size
  --instructions  count the instructions a message by callgrind instead, and compare them with benches/instructions.txt:
                  fails if one grew by more than 2 %
  --bless         with --instructions: write that file anew
  --if-possible   with --instructions: nothing is wrong without valgrind, or with another compiler than that of the file
";

/// The arguments, read.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) help: bool,
    pub(crate) peers: bool,
    pub(crate) quick: bool,
    pub(crate) native: bool,
    pub(crate) instructions: bool,
    pub(crate) bless: bool,
    pub(crate) if_possible: bool,
    pub(crate) json: Option<PathBuf>,
    pub(crate) html: Option<PathBuf>,
    pub(crate) filter: Option<String>,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        options.read(arguments).map_err(Usage::from)?;
        if (options.bless || options.if_possible) && !options.instructions {
            return Err(Usage("--bless and --if-possible are for --instructions".to_owned()).into());
        }
        Ok(options)
    }

    fn read(&mut self, arguments: &[String]) -> core::result::Result<(), lexopt::Error> {
        use lexopt::prelude::*;
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("help") | Short('h') => self.help = true,
                Long("peers") => self.peers = true,
                Long("quick") => self.quick = true,
                Long("native") => self.native = true,
                Long("instructions") => self.instructions = true,
                Long("bless") => self.bless = true,
                Long("if-possible") => self.if_possible = true,
                Long("json") => self.json = Some(parser.value()?.into()),
                Long("html") => self.html = Some(parser.value()?.into()),
                Value(filter) if self.filter.is_none() => self.filter = Some(filter.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_options_and_refuses_others() {
        let parse = |line: &str| Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let options = parse("--peers --json a.json decode/binary").unwrap();
        assert!(options.peers && !options.quick);
        assert_eq!(options.filter.as_deref(), Some("decode/binary"));
        for wrong in ["--bless", "--if-possible", "--no-such-thing", "decode echo", "--json"] {
            assert!(parse(wrong).unwrap_err().is::<Usage>(), "{wrong}");
        }
    }
}
