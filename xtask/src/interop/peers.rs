//! The peers: how each is called, what it speaks, and where it departs from the specification.

/// Somebody else's client or server, or a proxy with one behind it.
pub(crate) struct Peer {
    /// Its name on the command line.
    pub(crate) key: &'static str,
    /// Its name in the matrix.
    pub(crate) title: &'static str,
    pub(crate) driver: Driver,
    /// The versions that it speaks as a client.
    pub(crate) client: &'static [&'static str],
    /// The versions that it speaks as a server.
    pub(crate) server: &'static [&'static str],
    /// The permessage-deflate that it is told to offer or to take, one run each; none if it can't.
    pub(crate) deflate: &'static [&'static str],
    /// The versions in which it does so, of those that it speaks.
    pub(crate) deflate_in: &'static [&'static str],
    /// What stands between it and us.
    pub(crate) proxy: Option<&'static str>,
    /// The versions that the proxy refuses with 400, which is then what must happen.
    pub(crate) refused: &'static [&'static str],
    /// What its checks fail at, through no fault of ours.
    pub(crate) departs: &'static [Departure],
    /// What a pass does not prove.
    pub(crate) note: &'static str,
    /// Not in every installation, so `--install` may fail to bring it.
    pub(crate) optional: bool,
}

/// Which program speaks for a peer, with its first arguments.
pub(crate) enum Driver {
    Python(&'static str),
    /// Python 2.7: file and package.
    Python2(&'static str, &'static [&'static str]),
    /// Node: file and package.
    Node(&'static str, &'static str),
    /// The program with the Rust peers: which of them.
    Rust(&'static str),
    /// Perl, with flags of the client and of the server.
    Perl(&'static str, &'static str),
    /// Our own client, for a proxy with ours at both ends.
    Ours,
}

/// Something that a peer does otherwise than specified.
pub(crate) struct Departure {
    pub(crate) role: Role,
    pub(crate) versions: &'static [&'static str],
    pub(crate) check: &'static str,
    pub(crate) why: &'static str,
}

/// What the peer is; ours is the other one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Client,
    Server,
}

impl Role {
    pub(crate) fn parse(name: &str) -> Result<Self, String> {
        match name {
            "client" => Ok(Self::Client),
            "server" => Ok(Self::Server),
            _ => Err(format!("a role is client or server, not `{name}`")),
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
        }
    }
}

impl Peer {
    pub(crate) fn versions(&self, role: Role) -> &'static [&'static str] {
        match role {
            Role::Client => self.client,
            Role::Server => self.server,
        }
    }
}
