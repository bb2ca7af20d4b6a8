//! Opening handshakes as they should be, from either end. What the peer answers is taken with tolerance here: the
//! families about handshakes judge it, and a mistake in it must not fail all the others.

use core::net::SocketAddr;

use crate::conformance::log::Log;
use crate::conformance::pace::Pace;
use crate::conformance::random::Random;
use crate::conformance::socket::{Arrived, Socket};
use crate::conformance::talk::{Talk, after};
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::deflate::{Offer, Params};
use crate::conformance::wire::digest;
use crate::conformance::wire::head::{Head, Lines, latin1};

/// Where a server is, and what to ask it for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    /// The value of `Host`.
    pub(crate) host: String,
    /// The path with its query.
    pub(crate) resource: String,
}

/// What is negotiated beside the version.
#[derive(Clone, Debug, Default)]
pub(crate) struct Opening {
    /// `Sec-WebSocket-Extensions` of our request, and how we answer a client's.
    pub(crate) deflate: Option<Deflate>,
}

/// A wish for permessage-deflate.
#[derive(Clone, Debug)]
pub(crate) struct Deflate {
    pub(crate) request: String,
    /// What we answer, tried in this order, if the client's offer allows it.
    pub(crate) answers: Vec<Params>,
}

/// The secrets of a request.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    pub(crate) key: String,
    pub(crate) key1: String,
    pub(crate) key2: String,
    pub(crate) key3: [u8; 8],
}

impl Keys {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self {
            key: digest::key(&random.bytes::<16>()),
            key1: numbered_key(random),
            key2: numbered_key(random),
            key3: random.bytes(),
        }
    }

    /// The 16 bytes that answer a hybi-00 request.
    pub(crate) fn checksum(&self) -> Option<[u8; 16]> {
        digest::checksum(&self.key1, &self.key2, self.key3)
    }
}

/// A good request; behind a hybi-00 request go the 8 bytes of `key3`.
pub(crate) fn request(target: &Target, version: Version, keys: &Keys) -> Lines {
    let lines = Lines::new(format!("GET {} HTTP/1.1", target.resource));
    let origin = format!("http://{}", target.host);
    match version {
        Version::Hybi17 | Version::Hybi10 => lines
            .with("Host", &target.host)
            .with("Upgrade", "websocket")
            .with("Connection", "Upgrade")
            .with("Sec-WebSocket-Key", &keys.key)
            .with("Sec-WebSocket-Version", version.number().unwrap_or_default()),
        Version::Hybi00 => lines
            .with("Upgrade", "WebSocket")
            .with("Connection", "Upgrade")
            .with("Host", &target.host)
            .with("Origin", origin)
            .with("Sec-WebSocket-Key1", &keys.key1)
            .with("Sec-WebSocket-Key2", &keys.key2),
        Version::Hixie75 => lines
            .with("Upgrade", "WebSocket")
            .with("Connection", "Upgrade")
            .with("Host", &target.host)
            .with("Origin", origin),
    }
}

/// Connects and shakes hands as a client.
pub(crate) fn connect(
    target: &Target,
    version: Version,
    opening: &Opening,
    log: &Log,
    pace: Pace,
    seed: &str,
) -> Result<Talk, String> {
    let mut random = Random::new(seed);
    let keys = Keys::new(&mut random);
    let mut lines = request(target, version, &keys);
    if let Some(deflate) = &opening.deflate {
        lines = lines.with("Sec-WebSocket-Extensions", &deflate.request);
    }
    let mut bytes = lines.bytes();
    if version == Version::Hybi00 {
        bytes.extend_from_slice(&keys.key3);
    }
    let mut socket = Socket::connect(target.address, pace.timeout)?;
    log.sent("request", &bytes);
    socket.write(&bytes, pace.timeout)?;
    let head = read_head(&mut socket, log, pace)?;
    if head.status() != Some(101) {
        return Err(format!("the server answered the opening handshake with \"{}\"", head.first));
    }
    if version == Version::Hybi00 {
        read_exact(&mut socket, 16, log, pace)?;
    }
    let mut talk = Talk::new(socket, log.clone(), pace, Side::Client, version);
    talk.random = random;
    let extensions: Vec<_> = head.all("Sec-WebSocket-Extensions").collect();
    let answers = Offer::list(&extensions.join(","));
    if opening.deflate.is_some()
        && let Some(answer) = answers.iter().find(|answer| answer.is_deflate())
    {
        let params =
            Params::read(answer).map_err(|error| format!("the server's answer to permessage-deflate: {error}"))?;
        talk.agree(params);
    }
    Ok(talk)
}

/// The version that a request asks for.
pub(crate) fn version_of(head: &Head) -> Option<Version> {
    match head.get("Sec-WebSocket-Version") {
        Some("13") => Some(Version::Hybi17),
        Some("7" | "8") => Some(Version::Hybi10),
        Some(_) => None,
        None if head.get("Sec-WebSocket-Key1").is_some() => Some(Version::Hybi00),
        None if head.has_token("Upgrade", "websocket") => Some(Version::Hixie75),
        None => None,
    }
}

/// The keys in a request; for hybi-00 it waits for the 8 bytes behind the head.
pub(crate) fn keys_of(
    head: &Head,
    version: Version,
    socket: &mut Socket,
    log: &Log,
    pace: Pace,
) -> Result<Keys, String> {
    let text = |name| head.exact(name).unwrap_or_default().to_owned();
    let key3 = if version == Version::Hybi00 {
        let bytes = read_exact(socket, 8, log, pace)?;
        bytes.first_chunk().copied().unwrap_or_default()
    } else {
        [0; 8]
    };
    Ok(Keys {
        key: text("Sec-WebSocket-Key").trim().to_owned(),
        key1: text("Sec-WebSocket-Key1"),
        key2: text("Sec-WebSocket-Key2"),
        key3,
    })
}

/// A good answer; behind a hybi-00 answer go the 16 bytes of the checksum.
pub(crate) fn answer(head: &Head, version: Version, keys: &Keys) -> Lines {
    let origin = head.get("Origin").unwrap_or_default();
    let host = head.get("Host").unwrap_or_default();
    let location = format!("ws://{host}{}", head.target().unwrap_or_default());
    match version {
        Version::Hybi17 | Version::Hybi10 => Lines::new("HTTP/1.1 101 Switching Protocols")
            .with("Upgrade", "websocket")
            .with("Connection", "Upgrade")
            .with("Sec-WebSocket-Accept", digest::accept(&keys.key)),
        Version::Hybi00 => Lines::new("HTTP/1.1 101 WebSocket Protocol Handshake")
            .with("Upgrade", "WebSocket")
            .with("Connection", "Upgrade")
            .with("Sec-WebSocket-Origin", origin)
            .with("Sec-WebSocket-Location", location),
        Version::Hixie75 => Lines::new("HTTP/1.1 101 Web Socket Protocol Handshake")
            .with("Upgrade", "WebSocket")
            .with("Connection", "Upgrade")
            .with("WebSocket-Origin", origin)
            .with("WebSocket-Location", location),
    }
}

/// Shakes hands as a server with a client whose request has been read.
pub(crate) fn accept(
    mut socket: Socket,
    head: &Head,
    version: Version,
    opening: &Opening,
    log: &Log,
    pace: Pace,
) -> Result<Talk, String> {
    let keys = keys_of(head, version, &mut socket, log, pace)?;
    let mut lines = answer(head, version, &keys);
    let params = opening.deflate.as_ref().and_then(|deflate| choose(head, &deflate.answers));
    if let Some(params) = params {
        lines = lines.with("Sec-WebSocket-Extensions", params.to_string());
    }
    let mut bytes = lines.bytes();
    if version == Version::Hybi00 {
        let sum = keys.checksum().ok_or("the client's keys have no checksum")?;
        bytes.extend_from_slice(&sum);
    }
    log.sent("answer", &bytes);
    socket.write(&bytes, pace.timeout)?;
    let mut talk = Talk::new(socket, log.clone(), pace, Side::Server, version);
    if let Some(params) = params {
        talk.agree(params);
    }
    Ok(talk)
}

/// The first of our answers that one of the client's offers allows.
fn choose(head: &Head, answers: &[Params]) -> Option<Params> {
    let extensions: Vec<_> = head.all("Sec-WebSocket-Extensions").collect();
    let offers = Offer::list(&extensions.join(","));
    let allows = |offer: &Offer, answer: &Params| {
        let wish = Params::read(&Offer {
            name: offer.name.clone(),
            params: offer
                .params
                .iter()
                .filter(|param| param.1.is_some() || param.0 != "client_max_window_bits")
                .cloned()
                .collect(),
        });
        offer.is_deflate()
            && (answer.client_bits == 15 || offer.has("client_max_window_bits"))
            && wish.is_ok_and(|wish| {
                wish.server_bits == 15 && !wish.server_no_context
                    || answer.server_bits <= wish.server_bits && (answer.server_no_context || !wish.server_no_context)
            })
    };
    answers.iter().find(|answer| offers.iter().any(|offer| allows(offer, answer))).copied()
}

/// Reads a head and takes it out of the inbox.
pub(crate) fn read_head(socket: &mut Socket, log: &Log, pace: Pace) -> Result<Head, String> {
    let deadline = after(pace.timeout);
    loop {
        if let Some((head, size)) = Head::read(socket.bytes()) {
            log.received("head", socket.bytes().get(..size).unwrap_or_default());
            socket.take(size);
            return Ok(head);
        }
        match socket.fill(deadline) {
            Arrived::Bytes if socket.bytes().len() < MAX_HEAD => {}
            Arrived::Bytes => return Err("the head has no end".to_owned()),
            Arrived::Nothing if std::time::Instant::now() < deadline => {}
            Arrived::Nothing => {
                log.received("bytes", socket.bytes());
                return Err(format!("no head within {} ms", pace.timeout.as_millis()));
            }
            Arrived::Ended(_) => {
                log.received("bytes", socket.bytes());
                let seen = latin1(socket.bytes().get(..40).unwrap_or_else(|| socket.bytes()));
                return Err(format!("the connection ended instead of a head: {seen:?}"));
            }
        }
    }
}

/// Reads so many bytes and takes them out of the inbox.
pub(crate) fn read_exact(socket: &mut Socket, count: usize, log: &Log, pace: Pace) -> Result<Vec<u8>, String> {
    let deadline = after(pace.timeout);
    loop {
        if let Some(bytes) = socket.bytes().get(..count) {
            let bytes = bytes.to_vec();
            log.received("bytes behind the head", &bytes);
            socket.take(count);
            return Ok(bytes);
        }
        match socket.fill(deadline) {
            Arrived::Bytes => {}
            Arrived::Nothing if std::time::Instant::now() < deadline => {}
            _ => return Err(format!("the {count} bytes behind the head did not come")),
        }
    }
}

/// A key of hybi-00: digits that are a multiple of the count of spaces, with other characters strewn in.
fn numbered_key(random: &mut Random) -> String {
    let spaces = random.below(12) + 1;
    let number = random.below(4_294_967_295 / spaces);
    let mut key: Vec<char> = (number * spaces).to_string().chars().collect();
    for _ in 0..=random.below(12) {
        let letters: Vec<char> = ('!'..='/').chain(':'..='~').collect();
        let at = random.below(key.len() + 1);
        key.insert(at, random.pick(&letters).copied().unwrap_or('!'));
    }
    for _ in 0..spaces {
        let at = 1 + random.below(key.len() - 1);
        key.insert(at, ' ');
    }
    key.into_iter().collect()
}

const MAX_HEAD: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_checksums() {
        let mut random = Random::new("keys");
        for _ in 0..1000 {
            let keys = Keys::new(&mut random);
            assert!(keys.checksum().is_some(), "{keys:?}");
            assert_eq!(keys.key1.trim(), keys.key1);
        }
    }
}
