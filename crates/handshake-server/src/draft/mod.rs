//! What one version alone asks of a request, one file a version. All else about it is data: its facts.

#[cfg(feature = "accept")]
mod accept_key;
mod detect;
#[cfg(feature = "hixie75")]
mod hixie75;
#[cfg(feature = "hybi00")]
mod hybi00;
#[cfg(feature = "hybi10")]
mod hybi10;
#[cfg(feature = "hybi17")]
mod hybi17;

use hybi_http::Request;
use hybi_version::{Version, Versions};

use crate::Error;
use crate::fields::Fields;

pub use detect::detect;
pub(crate) use detect::{detect_fields, detect_numbered};

/// What a version does that its facts do not tell.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) version: Version,
    /// The length that `Content-Length` may announce.
    pub(crate) content_length: u64,
    /// Checks what this version alone asks of a request, and gives what proves that it was understood.
    pub(crate) check: fn(&Request<'_>, &Fields) -> Result<Proof, Error>,
    /// What an answer begins with.
    pub(crate) answer: &'static str,
    /// What answers the parts of two keys and the eight bytes behind the head.
    pub(crate) checksum: Option<Checksum>,
}

/// With what a server proves that it understood a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// With nothing: draft-hixie-75 has no key, and an extended CONNECT needs none.
    None,
    /// The value of `Sec-WebSocket-Accept`.
    #[cfg_attr(not(feature = "accept"), expect(dead_code, reason = "no version that has it is compiled in"))]
    Accept([u8; 28]),
    /// The parts of the two keys of draft-ietf-hybi-00: eight bytes follow the head and sixteen answer them.
    #[cfg_attr(not(feature = "hybi00"), expect(dead_code, reason = "the version that has them is not compiled in"))]
    Parts([u32; 2]),
}

/// From the parts of two keys and the eight bytes behind the head of the request to the sixteen of the answer.
pub(crate) type Checksum = fn([u32; 2], [u8; 8]) -> [u8; 16];

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

#[cfg(test)]
mod tests {
    use super::DRAFTS;

    #[test]
    fn an_answer_begins_as_the_facts_say() {
        for draft in DRAFTS {
            let facts = draft.version.facts();
            let (reason, upgrade) = (facts.reason, facts.upgrade);
            let lines = format!("HTTP/1.1 101 {reason}\r\nUpgrade: {upgrade}\r\nConnection: Upgrade\r\n");
            assert_eq!(draft.answer, lines);
        }
    }
}
