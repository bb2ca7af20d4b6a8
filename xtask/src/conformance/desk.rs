//! A listener to which clients come for cases, through the URLs that Autobahn's fuzzing server has.

use core::net::SocketAddr;
use core::sync::atomic::{AtomicUsize, Ordering};
use core::time::Duration;
use std::net::{TcpListener, TcpStream};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::Result;
use crate::conformance::board::Board;
use crate::conformance::guest::Guest;
use crate::conformance::log::Log;
use crate::conformance::opening::{self, Opening};
use crate::conformance::pace::Pace;
use crate::conformance::report::json;
use crate::conformance::results::CaseResult;
use crate::conformance::socket::Socket;
use crate::conformance::talk::{Chop, Talk, after};
use crate::conformance::verdict::Judgement;
use crate::conformance::version::Version;
use crate::conformance::wire::base::Frame;
use crate::conformance::wire::head::Lines;
use crate::conformance::wire::sentinel;

/// A listener, and the cases that it hands out.
pub(crate) struct Desk {
    listener: TcpListener,
    pub(crate) address: SocketAddr,
    /// The places on the board of the cases that the client counts from 1 on.
    places: Mutex<Places>,
    pace: Pace,
}

/// Which cases a desk hands out.
#[derive(Clone, Debug)]
pub(crate) enum Places {
    /// All of the version in which the client asks.
    All,
    /// These, in whatever version.
    These(Vec<usize>),
}

impl Desk {
    pub(crate) fn listen(address: &str, pace: Pace) -> Result<Self> {
        let listener = TcpListener::bind(address).map_err(|error| format!("cannot listen on {address}: {error}"))?;
        let address = listener.local_addr()?;
        Ok(Self { listener, address, places: Mutex::new(Places::All), pace })
    }

    /// The URL without a path.
    pub(crate) fn url(&self) -> String {
        format!("ws://{}", self.address)
    }

    /// Hands out other cases from now on.
    pub(crate) fn hand_out(&self, places: Places) {
        *self.places.lock().unwrap_or_else(PoisonError::into_inner) = places;
    }

    /// Serves clients, each in a thread, until the board is stopped.
    pub(crate) fn serve(&self, board: &Board<'_>) {
        let busy = AtomicUsize::new(0);
        let busy = &busy;
        std::thread::scope(|scope| {
            for stream in self.listener.incoming() {
                if board.is_stopped() {
                    break;
                }
                while busy.load(Ordering::Relaxed) >= MAX_GUESTS {
                    std::thread::sleep(Duration::from_millis(5));
                }
                // Out of descriptors, perhaps: they come back.
                let Ok(stream) = stream else {
                    std::thread::sleep(Duration::from_millis(50));
                    continue;
                };
                busy.fetch_add(1, Ordering::Relaxed);
                scope.spawn(move || {
                    self.attend(stream, board);
                    busy.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
    }

    /// Makes [`serve`](Self::serve) look whether the board is stopped.
    pub(crate) fn wake(&self) {
        drop(TcpStream::connect_timeout(&self.address, Duration::from_secs(1)));
    }

    /// Serves one connection. Whoever makes no sense is left alone.
    fn attend(&self, stream: TcpStream, board: &Board<'_>) {
        let log = Log::new();
        let Ok(mut socket) = Socket::new(stream) else { return };
        let Ok(head) = opening::read_head(&mut socket, &log, self.pace) else { return };
        let target = head.target().unwrap_or_default().to_owned();
        let (path, query) = target.split_once('?').unwrap_or((&target, ""));
        let agent = parameter(query, "agent").unwrap_or_else(|| "unknown".to_owned());
        let Some(version) = opening::version_of(&head) else {
            return refuse(socket, "400 Bad Request", &log);
        };
        let numbers = self.numbers(board, version);
        let number = parameter(query, "case").and_then(|number| number.parse::<usize>().ok());
        let place = number.and_then(|number| numbers.get(number.checked_sub(1)?)).copied();
        let case = place.and_then(|place| Some((place, board.case(place)?)));
        let guest = |pace| Guest { socket, head, version, log: log.clone(), pace };
        match (path.trim_end_matches('/'), case) {
            ("/getCaseCount", _) => say(guest(self.pace), &numbers.len().to_string()),
            ("/getCaseInfo", Some((_, case))) => {
                let (id, title) = (json::string(&case.id), json::string(&case.title));
                say(guest(self.pace), &format!("{{\"id\": {id}, \"description\": {title}}}"));
            }
            ("/getCaseStatus", Some((place, _))) => {
                let grade = board.result(&agent, place).map(|result| result.judgement);
                let (grade, close) = match grade {
                    Some(judgement) => (judgement.grade.to_string(), judgement.close.to_string()),
                    None => ("FAILED".to_owned(), "FAILED".to_owned()),
                };
                let (grade, close) = (json::string(&grade), json::string(&close));
                say(guest(self.pace), &format!("{{\"behavior\": {grade}, \"behaviorClose\": {close}}}"));
            }
            ("/runCase", Some((place, case))) => {
                board.begin(&agent, place);
                let start = Instant::now();
                let judgement = if version == case.version {
                    case.against_client(guest(case.pace(self.pace)))
                } else {
                    Judgement::failed(format!("the client speaks {version} instead of {}", case.version))
                };
                let id = case.id.clone();
                let result = CaseResult { id, judgement, log: log.take(), time: start.elapsed() };
                board.end(&agent, place, result);
            }
            ("/updateReports", _) => {
                if let Ok(mut talk) = guest(self.pace).accept(&Opening::default()) {
                    talk.close(1000);
                    talk.read_until(after(self.pace.timeout), Talk::is_over);
                    talk.finish();
                }
                board.finish(&agent);
            }
            _ => refuse(guest(self.pace).socket, "404 Not Found", &log),
        }
    }

    /// The places of the cases 1, 2, 3 … of a client that speaks this version.
    fn numbers(&self, board: &Board<'_>, version: Version) -> Vec<usize> {
        match &*self.places.lock().unwrap_or_else(PoisonError::into_inner) {
            Places::All => board.places(version),
            Places::These(places) => places.clone(),
        }
    }
}

/// Connections that are served at a time.
const MAX_GUESTS: usize = 64;

/// Sends one text message and closes.
fn say(guest: Guest, text: &str) {
    let Ok(mut talk) = guest.accept(&Opening::default()) else { return };
    if talk.version.has_base_frames() {
        talk.send(&[Frame::text(text)], Chop::Whole);
    } else {
        talk.send_bytes("text", &sentinel::text(text.as_bytes()), Chop::Whole);
    }
    talk.close(1000);
    talk.read_until(after(talk.pace.timeout), Talk::is_over);
    talk.finish();
}

fn refuse(mut socket: Socket, status: &str, log: &Log) {
    let answer =
        Lines::new(format!("HTTP/1.1 {status}")).with("Connection", "close").with("Content-Length", "0").bytes();
    log.sent("answer", &answer);
    // The client may be gone, which is as good.
    let _ = socket.write(&answer, Duration::from_secs(1));
    socket.finish();
}

/// A parameter of a query, decoded.
fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        (key == name).then_some(value)
    })?;
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = core::str::from_utf8(&digits).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let query = "case=12&agent=a%2Fb+c";
        assert_eq!(parameter(query, "agent").as_deref(), Some("a/b c"));
        assert_eq!(parameter(query, "case").as_deref(), Some("12"));
        assert_eq!(parameter(query, "as"), None);
    }
}
