//! What `cargo xtask interop` can be told.

use std::path::PathBuf;

use super::peers::Role;
use super::table::PEERS;
use crate::workspace::VERSIONS;
use crate::{Result, Usage};

pub(crate) const HELP: &str = "\
usage: cargo xtask interop [OPTIONS]

Lets clients and servers that others wrote exchange messages with our examples, in every version that they speak.
A peer that is not installed is shown as such and counts as skipped.

options:
  --install             get all peers first: apt-get (as root, else with sudo), pip, npm
  --peer NAME,...       only these peers
  --version NAME,...    only these versions: hixie75, hybi00, hybi10, hybi17
  --role client|server  only peers in this role; ours is the other one
  --deflate             only the cells with permessage-deflate
  --list                show the peers and what each speaks, and run none
  --html FILE           write the matrix as a page as well
  --jobs N              how many cells run at a time (4)
  --no-build            take the examples as they were built last
";

/// The arguments, read.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) install: bool,
    pub(crate) list: bool,
    pub(crate) help: bool,
    pub(crate) build: bool,
    pub(crate) only_deflate: bool,
    pub(crate) peers: Vec<String>,
    pub(crate) versions: Vec<String>,
    pub(crate) role: Option<Role>,
    pub(crate) html: Option<PathBuf>,
    pub(crate) jobs: usize,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            install: false,
            list: false,
            help: false,
            build: true,
            only_deflate: false,
            peers: Vec::new(),
            versions: Vec::new(),
            role: None,
            html: None,
            jobs: 4,
        };
        options.read(arguments).map_err(Usage::from)?;
        let peers = PEERS.iter().map(|peer| peer.key).collect::<Vec<_>>();
        known(&options.peers, &peers, "peer")?;
        known(&options.versions, &VERSIONS, "version")?;
        Ok(options)
    }

    fn read(&mut self, arguments: &[String]) -> core::result::Result<(), lexopt::Error> {
        use lexopt::prelude::*;
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                Long("install") => self.install = true,
                Long("list") => self.list = true,
                Long("help") | Short('h') => self.help = true,
                Long("no-build") => self.build = false,
                Long("deflate") => self.only_deflate = true,
                Long("peer") => self.peers.extend(names(&parser.value()?.string()?)),
                Long("version") => self.versions.extend(names(&parser.value()?.string()?)),
                Long("role") => self.role = Some(parser.value()?.parse_with(Role::parse)?),
                Long("html") => self.html = Some(parser.value()?.into()),
                Long("jobs") => self.jobs = parser.value()?.parse::<usize>()?.max(1),
                other => return Err(other.unexpected()),
            }
        }
        Ok(())
    }
}

fn names(list: &str) -> impl Iterator<Item = String> {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
}

fn known(asked: &[String], known: &[&str], what: &str) -> core::result::Result<(), Usage> {
    match asked.iter().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => Err(Usage(format!("there is no {what} `{name}`; there are {}", known.join(", ")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options> {
        Options::parse(&arguments.iter().map(|&text| text.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn reads_lists_and_refuses_unknown_names() {
        let options = parse(&["--peer", "ws,websockets", "--version=hybi00", "--role", "client"]).unwrap();
        assert_eq!(options.peers, ["ws", "websockets"]);
        assert_eq!((options.versions, options.role), (vec!["hybi00".to_owned()], Some(Role::Client)));
        for wrong in [["--peer", "nobody"], ["--version", "hybi99"], ["--role", "both"]] {
            assert!(parse(&wrong).unwrap_err().is::<Usage>(), "{wrong:?}");
        }
    }
}
