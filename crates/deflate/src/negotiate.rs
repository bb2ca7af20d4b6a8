//! Offer and answer (RFC 7692 §7.1).

use core::borrow::Borrow;

use hybi_http::Extension;

use crate::{Config, Error, Params, WindowBits};

impl Config {
    /// The offer of a client, for `Sec-WebSocket-Extensions` in its request.
    ///
    /// A client may put several offers into its request, the one that it prefers first. The server's answer then is an answer to
    /// the first one for which [`check_answer`](Self::check_answer) takes it.
    #[must_use]
    pub fn offer(&self) -> Extension<'static> {
        write(&Parameters {
            server_no_context_takeover: self.server_no_context_takeover,
            client_no_context_takeover: self.client_no_context_takeover,
            server_max_window_bits: limited(self.server_max_window_bits),
            client_max_window_bits: self.client_max_window_bits.map(limited),
        })
    }

    /// What a server makes of the offers of a client: the first one for this extension that is valid, and what is agreed by
    /// accepting it. The second part is the answer, for `Sec-WebSocket-Extensions` in the response.
    ///
    /// An offer with an unknown parameter, with a parameter twice, or with a value that is not valid is declined; so are other
    /// extensions (RFC 7692 §7). `None`: nothing is to be answered, and nothing compressed.
    #[must_use]
    pub fn accept<'a, E>(&self, offers: impl IntoIterator<Item = E>) -> Option<(Params, Extension<'static>)>
    where
        E: Borrow<Extension<'a>>,
    {
        offers.into_iter().find_map(|offer| {
            let offer = offer.borrow();
            let offered = (offer.name() == Self::NAME).then(|| read(offer))?.ok()?;
            let answer = self.answer(&offered);
            Some((self.params(&answer, true), write(&answer)))
        })
    }

    /// What is agreed when a server accepts the offer of this client with this answer.
    ///
    /// # Errors
    ///
    /// If the answer is not valid, or does not grant what the offer asked for: the client must fail the connection (RFC 7692
    /// §7).
    pub fn check_answer(&self, answer: &Extension<'_>) -> Result<Params, Error> {
        if answer.name() != Self::NAME {
            return Err(Error::OtherExtension(answer.name().to_owned()));
        }
        let mut answered = read(answer)?;
        if self.server_no_context_takeover && !answered.server_no_context_takeover {
            return Err(Error::MissingParameter(SERVER_NO_CONTEXT_TAKEOVER));
        }
        match (limited(self.server_max_window_bits), answered.server_max_window_bits) {
            (Some(_), None) => return Err(Error::MissingParameter(SERVER_MAX_WINDOW_BITS)),
            (Some(offered), Some(bits)) => at_most(offered, bits, SERVER_MAX_WINDOW_BITS)?,
            (None, _) => {}
        }
        match (self.client_max_window_bits, answered.client_max_window_bits) {
            (None, Some(_)) => return Err(Error::NotOffered(CLIENT_MAX_WINDOW_BITS)),
            (Some(_), Some(None)) => return Err(Error::InvalidValue { name: CLIENT_MAX_WINDOW_BITS, value: None }),
            (Some(offered), Some(Some(bits))) => at_most(offered, bits, CLIENT_MAX_WINDOW_BITS)?,
            // What the client announced holds, even if the server does not repeat it.
            (offered, None) => answered.client_max_window_bits = offered.map(Some),
        }
        answered.client_no_context_takeover |= self.client_no_context_takeover;
        Ok(self.params(&answered, false))
    }

    /// The answer to an offer that is valid.
    fn answer(&self, offered: &Parameters) -> Parameters {
        let smaller = |own: WindowBits, peer: Option<WindowBits>| peer.map_or(own, |peer| own.min(peer));
        let server_bits = smaller(self.server_max_window_bits, offered.server_max_window_bits);
        let client_bits = offered
            .client_max_window_bits
            .map(|peer| smaller(self.client_max_window_bits.unwrap_or(WindowBits::MAX), peer));
        Parameters {
            server_no_context_takeover: self.server_no_context_takeover || offered.server_no_context_takeover,
            client_no_context_takeover: self.client_no_context_takeover || offered.client_no_context_takeover,
            // Where it was offered, it must be answered, even if it says nothing.
            server_max_window_bits: offered
                .server_max_window_bits
                .map(|_| server_bits)
                .or_else(|| limited(server_bits)),
            client_max_window_bits: client_bits.and_then(limited).map(Some),
        }
    }

    fn params(&self, agreed: &Parameters, server: bool) -> Params {
        Params {
            server,
            server_no_context_takeover: agreed.server_no_context_takeover,
            client_no_context_takeover: agreed.client_no_context_takeover,
            server_max_window_bits: agreed.server_max_window_bits.unwrap_or_default(),
            client_max_window_bits: agreed.client_max_window_bits.flatten().unwrap_or_default(),
            level: self.level,
            threshold: self.threshold,
        }
    }
}

/// The parameters of an offer or an answer, as they stand there.
#[derive(Default)]
struct Parameters {
    server_no_context_takeover: bool,
    client_no_context_takeover: bool,
    server_max_window_bits: Option<WindowBits>,
    /// In an offer, it may stand without a value.
    client_max_window_bits: Option<Option<WindowBits>>,
}

fn read(extension: &Extension<'_>) -> Result<Parameters, Error> {
    let mut parameters = Parameters::default();
    for param in extension.params() {
        let value = param.value();
        let (name, again) = match param.name() {
            SERVER_NO_CONTEXT_TAKEOVER => {
                no_value(SERVER_NO_CONTEXT_TAKEOVER, value)?;
                let again = core::mem::replace(&mut parameters.server_no_context_takeover, true);
                (SERVER_NO_CONTEXT_TAKEOVER, again)
            }
            CLIENT_NO_CONTEXT_TAKEOVER => {
                no_value(CLIENT_NO_CONTEXT_TAKEOVER, value)?;
                let again = core::mem::replace(&mut parameters.client_no_context_takeover, true);
                (CLIENT_NO_CONTEXT_TAKEOVER, again)
            }
            SERVER_MAX_WINDOW_BITS => {
                let bits = window_bits(SERVER_MAX_WINDOW_BITS, value)?;
                (SERVER_MAX_WINDOW_BITS, parameters.server_max_window_bits.replace(bits).is_some())
            }
            CLIENT_MAX_WINDOW_BITS => {
                let bits = value.map(|_| window_bits(CLIENT_MAX_WINDOW_BITS, value)).transpose()?;
                (CLIENT_MAX_WINDOW_BITS, parameters.client_max_window_bits.replace(bits).is_some())
            }
            other => return Err(Error::UnknownParameter(other.to_owned())),
        };
        if again {
            return Err(Error::RepeatedParameter(name));
        }
    }
    Ok(parameters)
}

#[expect(clippy::expect_used, reason = "names and numbers are tokens, and there are four at most")]
fn write(parameters: &Parameters) -> Extension<'static> {
    let build = || {
        let mut extension = Extension::new(Config::NAME)?;
        if parameters.server_no_context_takeover {
            extension = extension.with_flag(SERVER_NO_CONTEXT_TAKEOVER)?;
        }
        if parameters.client_no_context_takeover {
            extension = extension.with_flag(CLIENT_NO_CONTEXT_TAKEOVER)?;
        }
        if let Some(bits) = parameters.server_max_window_bits {
            extension = extension.with_param(SERVER_MAX_WINDOW_BITS, bits.to_string())?;
        }
        match parameters.client_max_window_bits {
            Some(Some(bits)) => extension.with_param(CLIENT_MAX_WINDOW_BITS, bits.to_string()),
            Some(None) => extension.with_flag(CLIENT_MAX_WINDOW_BITS),
            None => Ok::<_, hybi_http::Error>(extension),
        }
    };
    build().expect("a valid extension")
}

/// 15 bits is what is meant without a limit.
fn limited(bits: WindowBits) -> Option<WindowBits> {
    (bits < WindowBits::MAX).then_some(bits)
}

fn at_most(offered: WindowBits, answered: WindowBits, name: &'static str) -> Result<(), Error> {
    if answered > offered { Err(Error::WindowTooLarge { name, offered, answered }) } else { Ok(()) }
}

fn no_value(name: &'static str, value: Option<&str>) -> Result<(), Error> {
    value.map_or(Ok(()), |value| Err(Error::InvalidValue { name, value: Some(value.to_owned()) }))
}

fn window_bits(name: &'static str, value: Option<&str>) -> Result<WindowBits, Error> {
    value.and_then(WindowBits::parse).ok_or_else(|| Error::InvalidValue { name, value: value.map(str::to_owned) })
}

const SERVER_NO_CONTEXT_TAKEOVER: &str = "server_no_context_takeover";
const CLIENT_NO_CONTEXT_TAKEOVER: &str = "client_no_context_takeover";
const SERVER_MAX_WINDOW_BITS: &str = "server_max_window_bits";
const CLIENT_MAX_WINDOW_BITS: &str = "client_max_window_bits";
