//! The request of one version and what it alone asks of the answer, one file a version. All else is data: its facts.

#[cfg(feature = "accept")]
mod accept_key;
#[cfg(feature = "hixie75")]
mod hixie75;
#[cfg(feature = "hybi00")]
mod hybi00;
#[cfg(feature = "hybi10")]
mod hybi10;
#[cfg(feature = "hybi17")]
mod hybi17;

use hybi_http::{Request, Response};
use hybi_version::{Version, Versions};

use crate::{Error, Offer};

/// What a version does that its facts do not tell.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) version: Version,
    /// Whether `Host` comes first, as it does in requests of today, or behind `Upgrade` and `Connection`.
    pub(crate) host_first: bool,
    /// Appends the keys of this version, and gives the eight bytes that follow the head, if any do.
    pub(crate) push_keys: PushKeys,
    /// Checks what this version alone asks of the head of an answer.
    pub(crate) check: fn(&Request<'_>, &Response<'_>) -> Result<(), Error>,
    /// Checks the sixteen bytes behind the head against the eight that were sent.
    pub(crate) checksum: Option<CheckChecksum>,
}

/// Appends keys to a request, and gives the eight bytes that follow its head.
pub(crate) type PushKeys = fn(&mut Request<'static>, &Offer) -> Result<Option<[u8; 8]>, Error>;

/// Checks the sixteen bytes of the answer against a request and the eight bytes behind its head.
pub(crate) type CheckChecksum = fn(&Request<'_>, [u8; 8], [u8; 16]) -> Result<(), Error>;

/// What to do for a version, if it is compiled in.
pub(crate) fn find(version: Version) -> Option<&'static Draft> {
    DRAFTS.iter().copied().find(|draft| draft.version == version)
}

/// The versions that this build speaks.
pub const SUPPORTED: Versions = {
    let (mut supported, mut rest) = (Versions::NONE, DRAFTS);
    while let [draft, others @ ..] = rest {
        supported = supported.with(draft.version);
        rest = others;
    }
    supported
};

/// The most frequent first.
static DRAFTS: &[&Draft] = &[
    #[cfg(feature = "hybi17")]
    &hybi17::DRAFT,
    #[cfg(feature = "hybi10")]
    &hybi10::DRAFT,
    #[cfg(feature = "hybi00")]
    &hybi00::DRAFT,
    #[cfg(feature = "hixie75")]
    &hixie75::DRAFT,
];
