//! What the server said.

use hybi_http::{Extension, Response};
use hybi_version::Version;

/// The server's answer to an opening handshake.
#[expect(clippy::exhaustive_enums, reason = "a server accepts or it does not")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<'a> {
    /// Status 101, and it keeps all the rules. Frames follow; those that came with it are left in the input.
    Accepted {
        /// What both ends agreed on.
        agreed: Agreed,
        /// The head of the answer, with all its headers.
        response: Response<'a>,
    },
    /// Another status: a redirect, a demand for credentials, an error. Its body is left in the input.
    Refused(Response<'a>),
}

/// What both ends agreed on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Agreed {
    /// The version of the protocol.
    pub version: Version,
    /// The subprotocol, one of those that were offered.
    pub subprotocol: Option<String>,
    /// The extensions, in the order of the answer. Their names were offered; what the parameters mean is for the extension
    /// to know.
    pub extensions: Vec<Extension<'static>>,
}

impl Agreed {
    /// The bytes on the heap.
    pub(crate) fn retained_bytes(&self) -> usize {
        let extensions = self.extensions.capacity().saturating_mul(size_of::<Extension<'static>>());
        let own = self.subprotocol.as_ref().map_or(0, String::capacity).saturating_add(extensions);
        self.extensions.iter().map(Extension::retained_bytes).fold(own, usize::saturating_add)
    }
}
