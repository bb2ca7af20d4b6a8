//! What many connections share.

use crate::{Limits, random};

/// How a connection behaves. Many connections share one, behind an [`Arc`](std::sync::Arc).
///
/// ```
/// use hybi_connection::{Config, Delivery, Limits};
///
/// let config = Config::new().limits(Limits::new().message_bytes(1 << 20)).delivery(Delivery::Parts);
/// # let _ = config;
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Config {
    /// What is taken at most.
    pub limits: Limits,
    /// Whether messages are collected.
    pub delivery: Delivery,
    /// Whether pings are answered without the caller.
    pub auto_pong: bool,
    /// The reserved bits that an extension of the caller's uses.
    pub extension_bits: u8,
    /// Where the bytes of a client's masks come from.
    pub random: fn(&mut [u8]),
}

impl Config {
    /// The defaults: safe limits, whole messages, pings answered, masks from `rand`'s thread generator.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            limits: Limits::new(),
            delivery: Delivery::Whole,
            auto_pong: true,
            extension_bits: 0,
            random: random::fill,
        }
    }

    /// Sets what is taken at most.
    #[must_use]
    pub fn limits(mut self, limits: impl Into<Limits>) -> Self {
        self.limits = limits.into();
        self
    }

    /// Sets whether messages are collected, or handed out in parts as they come.
    #[must_use]
    pub const fn delivery(mut self, delivery: Delivery) -> Self {
        self.delivery = delivery;
        self
    }

    /// Sets whether pings are answered without the caller. Without it, answer each
    /// [`Event::Ping`](crate::Event::Ping) by `send_pong` (RFC 6455 §5.5.2).
    #[must_use]
    pub const fn auto_pong(mut self, auto_pong: bool) -> Self {
        self.auto_pong = auto_pong;
        self
    }

    /// Sets which reserved bits an extension of the caller's uses on the first frame of a message (RFC 6455 §5.2, §9.2):
    /// RSV1 is `0b100`, RSV2 `0b010`, RSV3 `0b001`. permessage-deflate needs no mention here.
    ///
    /// A message that has such a bit is handed out in [parts](crate::Part), as it is on the wire: not decompressed and not
    /// checked, for the extension to decode. To send one, set [`rsv`](hybi_frame::Header::rsv) in the header that
    /// `send_header` gives.
    #[must_use]
    pub const fn extension_bits(mut self, bits: u8) -> Self {
        self.extension_bits = bits & 0b111;
        self
    }

    /// Sets where the bytes of a client's masks come from, for tests that want the same ones again: it fills the slice. Nobody
    /// must be able to foresee them (RFC 6455 §5.3, §10.3).
    #[must_use]
    pub const fn random(mut self, fill: fn(&mut [u8])) -> Self {
        self.random = fill;
        self
    }
}

impl Default for Config {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether messages are collected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "either they are, or they are not")]
pub enum Delivery {
    /// Whole messages: [`Event::Text`](crate::Event::Text) and [`Event::Binary`](crate::Event::Binary).
    #[default]
    Whole,
    /// [`Event::Part`](crate::Event::Part) for what each read brings, and nothing is held: for those who relay, or write to
    /// a file.
    Parts,
}
