//! The payload of close frames: RFC 6455 §5.5.1 and §7.4.

/// What a close frame said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Close {
    pub(crate) code: Option<u16>,
    pub(crate) reason: Vec<u8>,
}

impl Close {
    /// Reads the payload of a close frame; the error says what is wrong with it.
    pub(crate) fn read(payload: &[u8]) -> Result<Self, String> {
        let Some((code, reason)) = payload.split_first_chunk::<2>() else {
            return match payload {
                [] => Ok(Self::empty()),
                _ => Err("a close frame with a payload of one byte".to_owned()),
            };
        };
        let code = u16::from_be_bytes(*code);
        if !may_be_sent(code) {
            return Err(format!("a close frame with code {code}, which must not be sent"));
        }
        if core::str::from_utf8(reason).is_err() {
            return Err("a close frame with a reason that is not UTF-8".to_owned());
        }
        Ok(Self { code: Some(code), reason: reason.to_vec() })
    }

    /// A close frame without a payload.
    pub(crate) fn empty() -> Self {
        Self { code: None, reason: Vec::new() }
    }
}

/// Whether a code may appear in a frame; 1012 to 1014 were registered after the RFC.
pub(crate) fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}
