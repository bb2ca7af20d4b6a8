//! What a handshake agreed on.

use hybi_http::{Extension, Response};
use hybi_version::Version;

/// What the handshake agreed on. It is handed out and not kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Connected<'a> {
    version: Version,
    /// What is agreed on beside it, if there is anything: an event is to stay small.
    more: Option<Box<More<'a>>>,
}

#[derive(Clone, Debug, PartialEq)]
struct More<'a> {
    subprotocol: Option<String>,
    extensions: Vec<Extension<'static>>,
    response: Option<Response<'a>>,
}

impl<'a> Connected<'a> {
    /// A version and nothing else.
    pub(crate) const fn bare(version: Version) -> Self {
        Self { version, more: None }
    }

    pub(crate) fn new(
        version: Version,
        subprotocol: Option<String>,
        extensions: Vec<Extension<'static>>,
        response: Option<Response<'a>>,
    ) -> Self {
        Self { version, more: Some(Box::new(More { subprotocol, extensions, response })) }
    }

    /// The version that is spoken from now on.
    #[must_use]
    pub const fn version(&self) -> Version {
        self.version
    }

    /// The subprotocol, if one was agreed on.
    #[must_use]
    pub fn subprotocol(&self) -> Option<&str> {
        self.more.as_ref()?.subprotocol.as_deref()
    }

    /// The extensions that were agreed on, as the server's answer names them.
    #[must_use]
    pub fn extensions(&self) -> &[Extension<'static>] {
        self.more.as_ref().map_or(&[], |more| &more.extensions)
    }

    /// At the client, the server's answer, with all its headers.
    #[must_use]
    pub fn response(&self) -> Option<&Response<'a>> {
        self.more.as_ref()?.response.as_ref()
    }

    /// The bytes on the heap.
    pub(crate) fn retained_bytes(&self) -> usize {
        let Some(more) = &self.more else { return 0 };
        let extensions = more.extensions.capacity().saturating_mul(size_of::<Extension<'static>>());
        let own = more.subprotocol.as_ref().map_or(0, String::capacity).saturating_add(extensions);
        let own = more.extensions.iter().map(Extension::retained_bytes).fold(own, usize::saturating_add);
        let response = more.response.as_ref().map_or(0, Response::retained_bytes);
        own.saturating_add(response).saturating_add(size_of::<More<'static>>())
    }
}
