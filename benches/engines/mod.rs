//! Each library behind one small trait, by its own normal API.

mod limits;
mod ours;

#[cfg(feature = "peers")]
mod asynchronous;
#[cfg(feature = "peers")]
mod fastwebsockets;
#[cfg(feature = "peers")]
mod nexus_web;
#[cfg(feature = "peers")]
mod sockudo_ws;
#[cfg(feature = "peers")]
mod soketto;
#[cfg(feature = "peers")]
mod tokio_websockets;
#[cfg(feature = "peers")]
mod tungstenite;
#[cfg(feature = "peers")]
mod web_socket;
#[cfg(feature = "peers")]
mod wtx;
#[cfg(feature = "peers")]
mod yawc;

use std::rc::Rc;

use crate::{Job, Probe, Tally};

pub use limits::{BareLoop, Memcpy};
pub use ours::Ours;

/// One library, or a limit. `None`: it has no such thing.
pub trait Engine {
    fn name(&self) -> &'static str;

    /// Whether this only shows what the machine can do, and its output is not checked.
    fn is_limit(&self) -> bool {
        false
    }

    /// A server receives the messages of the job.
    fn decode(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// The same through a buffer that is used by all connections in turn, so that between two reads nothing stays in it.
    fn shared(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// A server receives the messages of the job and sends each back.
    fn echo(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// A client sends the messages of the job.
    fn encode(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// Masks a payload in place, once a message.
    fn mask(&self) -> Option<Mask> {
        None
    }

    /// Says whether a payload is UTF-8.
    fn utf8(&self) -> Option<Check> {
        None
    }

    /// A server receives a browser's request and answers it; one such.
    fn server_handshake(&self) -> Option<Pass> {
        None
    }

    /// A client asks and receives the answer, which is made by `handshake::answer`; one such.
    fn client_handshake(&self) -> Option<Pass> {
        None
    }

    /// As `echo`, in the frames of hybi-00.
    fn sentinel(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// As `echo`, with permessage-deflate at level 6 and context takeover, which is what the protocol has where nobody says
    /// otherwise.
    fn deflate(&self, _job: &Rc<Job>) -> Option<Pass> {
        None
    }

    /// A server's connection is set up, gets a small message, and gets a large one in several reads; the probe is told after
    /// each. `None` where it has no such thing.
    fn memory(&self, _probe: &mut Probe<'_>) -> Option<()> {
        None
    }
}

/// Masks in place.
pub type Mask = fn([u8; 4], &mut [u8]);

/// Says whether it is UTF-8.
pub type Check = fn(&[u8]) -> bool;

/// Does the work of a job once. What it received is in the tally, what it sent in its pipe.
pub type Pass = Box<dyn FnMut(&mut Tally)>;

/// Ours first, then the other libraries, then what no library can beat.
#[must_use]
pub fn all() -> Vec<Box<dyn Engine>> {
    let mut engines: Vec<Box<dyn Engine>> = vec![Box::new(Ours)];
    #[cfg(feature = "peers")]
    engines.extend(peers());
    engines.push(Box::new(BareLoop));
    engines.push(Box::new(Memcpy));
    engines
}

#[cfg(feature = "peers")]
fn peers() -> [Box<dyn Engine>; 9] {
    [
        Box::new(nexus_web::NexusWeb),
        Box::new(wtx::Wtx),
        Box::new(sockudo_ws::SockudoWs),
        Box::new(tungstenite::Tungstenite),
        Box::new(tokio_websockets::TokioWebsockets),
        Box::new(fastwebsockets::FastWebsockets),
        Box::new(yawc::Yawc),
        Box::new(web_socket::WebSocket),
        Box::new(soketto::Soketto),
    ]
}
