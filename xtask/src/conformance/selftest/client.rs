//! The client of the self-tests, with the driver that asks for cases.

use core::net::SocketAddr;
use core::time::Duration;

use crate::conformance::log::Log;
use crate::conformance::opening::{self, Keys, Target, read_exact, read_head};
use crate::conformance::pace::Pace;
use crate::conformance::random::Random;
use crate::conformance::selftest::base_engine::Engine;
use crate::conformance::selftest::defect::Defect;
use crate::conformance::selftest::{accepting, sentinel_engine};
use crate::conformance::socket::Socket;
use crate::conformance::version::{Side, Version};
use crate::conformance::wire::deflate::{Offer, Params};
use crate::conformance::wire::digest;
use crate::conformance::wire::head::Head;

/// Runs all cases that there are for this version.
pub(crate) fn drive(address: SocketAddr, version: Version, defect: Defect) {
    let count = visit(address, "/getCaseCount", version, defect, true);
    let count = count.and_then(|text| String::from_utf8(text).ok()?.parse().ok()).unwrap_or(0);
    let numbers: Vec<usize> = (1..=count).collect();
    // Several at a time: most of them wait.
    std::thread::scope(|scope| {
        for share in 0..8 {
            let numbers = numbers.iter().skip(share).step_by(8);
            scope.spawn(move || {
                for number in numbers {
                    visit(address, &format!("/runCase?case={number}&agent=self"), version, defect, false);
                }
            });
        }
    });
    visit(address, "/updateReports?agent=self", version, defect, false);
}

const PACE: Pace = Pace {
    timeout: Duration::from_secs(20),
    prompt: Duration::from_secs(1),
    quiet: Duration::from_secs(1),
    grace: Duration::from_secs(1),
};

/// Connects, and echoes until the connection ends; or gives the first message back.
fn visit(address: SocketAddr, resource: &str, version: Version, defect: Defect, keeps: bool) -> Option<Vec<u8>> {
    let log = Log::new();
    let target = Target { address, host: address.to_string(), resource: resource.to_owned() };
    let keys = Keys::new(&mut Random::new(resource));
    let mut lines = opening::request(&target, version, &keys);
    if version == Version::Hybi17 {
        lines = lines.with("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    }
    let mut bytes = lines.bytes();
    if version == Version::Hybi00 {
        bytes.extend_from_slice(&keys.key3);
    }
    let mut socket = Socket::connect(address, PACE.timeout).ok()?;
    socket.write(&bytes, PACE.timeout).ok()?;
    let head = answer(&mut socket, &log)?;
    let params = check(&head, &target, version, &keys, defect)?;
    match version {
        Version::Hybi17 | Version::Hybi10 => {
            let codec = params.map(|params| accepting::codec(params, Side::Client, defect));
            let mut engine = Engine::new(socket, Side::Client, defect, codec);
            engine.keeps = keeps.then(Vec::new);
            engine.run();
            engine.keeps
        }
        Version::Hybi00 => {
            let sum = read_exact(&mut socket, 16, &log, PACE).ok()?;
            let is_right = keys.checksum().is_some_and(|expected| expected.as_slice() == sum);
            (is_right || defect == Defect::WrongChecksum).then_some(())?;
            sentinel_engine::run(socket, version, defect, keeps)
        }
        Version::Hixie75 => sentinel_engine::run(socket, version, defect, keeps),
    }
}

/// The head of the answer; those of 1xx that are not 101 come before it.
fn answer(socket: &mut Socket, log: &Log) -> Option<Head> {
    loop {
        if socket.bytes().len() > 64 << 10 {
            return None;
        }
        let head = match Head::read(socket.bytes()) {
            Some(_) => read_head(socket, log, PACE).ok()?,
            None => match socket.fill(crate::conformance::talk::after(PACE.timeout)) {
                crate::conformance::socket::Arrived::Bytes => continue,
                _ => return None,
            },
        };
        if !matches!(head.status(), Some(100 | 102..=199)) {
            return Some(head);
        }
    }
}

/// What was agreed on, if the answer is good.
fn check(head: &Head, target: &Target, version: Version, keys: &Keys, defect: Defect) -> Option<Option<Params>> {
    let is = |wanted| defect == wanted;
    let status = head.status()?;
    (head.first.starts_with("HTTP/1.1 ")).then_some(())?;
    (status == 101 || is(Defect::AnyStatus) && head.get("Upgrade").is_some()).then_some(())?;
    let bad_name = |name: &str| name.is_empty() || name.contains(['(', ')', ' ']);
    let folds = |name: &str| name.starts_with([' ', '\t']);
    head.fields.iter().all(|field| !bad_name(&field.0) || folds(&field.0)).then_some(())?;
    (head.stray == 0).then_some(())?;
    head.get("Upgrade")?.eq_ignore_ascii_case("websocket").then_some(())?;
    head.has_token("Connection", "upgrade").then_some(())?;
    if !version.has_base_frames() {
        return check_old(head, target, version, defect).then_some(None);
    }
    let proofs: Vec<_> = head.all("Sec-WebSocket-Accept").collect();
    let trusts =
        is(Defect::WrongAccept) && version == Version::Hybi17 || is(Defect::WrongAccept8) && version == Version::Hybi10;
    (proofs == [digest::accept(&keys.key).as_str()] || trusts).then_some(())?;
    head.get("Sec-WebSocket-Protocol").is_none().then_some(())?;
    let extensions: Vec<_> = head.all("Sec-WebSocket-Extensions").collect();
    if is(Defect::AnyExtension) && extensions.iter().all(|value| !value.contains("permessage")) {
        return Some(None);
    }
    let mut offers = Offer::list(&extensions.join(","));
    if is(Defect::AnyParameter) {
        offers.iter_mut().for_each(|offer| offer.params.retain(|param| !param.0.starts_with("x_")));
    }
    match offers.as_slice() {
        [] if extensions.is_empty() => Some(None),
        [offer] if offer.is_deflate() => Params::read(offer).ok().map(Some),
        _ => None,
    }
}

fn check_old(head: &Head, target: &Target, version: Version, defect: Defect) -> bool {
    let prefix = if version == Version::Hixie75 { "" } else { "Sec-" };
    let origin = head.get(&format!("{prefix}WebSocket-Origin")).unwrap_or_default().to_owned();
    let location = head.get(&format!("{prefix}WebSocket-Location")).unwrap_or_default().to_owned();
    let here = format!("ws://{}{}", target.host, target.resource);
    origin == format!("http://{}", target.host) && (location == here || defect == Defect::WrongLocation)
}
