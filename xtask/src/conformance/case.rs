//! A case: what it is called, what it is about, and how it is played.

use crate::conformance::echo::EchoLoop;
use crate::conformance::guest::Guest;
use crate::conformance::host::Host;
use crate::conformance::opening::{self, Opening};
use crate::conformance::pace::Pace;
use crate::conformance::script::Script;
use crate::conformance::talk::Talk;
use crate::conformance::verdict::Judgement;
use crate::conformance::version::{Side, Version};

/// One case of the suite.
pub(crate) struct Case {
    pub(crate) id: String,
    /// What it tests, in one line.
    pub(crate) title: String,
    /// Where the rule is written.
    pub(crate) section: &'static str,
    pub(crate) version: Version,
    /// The side that it judges, if it is not for both.
    pub(crate) only: Option<Side>,
    /// Whether it keeps a processor busy for long; such cases run last and few at a time.
    pub(crate) heavy: bool,
    pub(crate) play: Play,
}

/// How a case is played.
pub(crate) enum Play {
    /// After an opening handshake, with a server or with a client.
    Script(Box<dyn Fn() -> Script + Send + Sync>),
    /// Many messages, one after the other.
    Echo(EchoLoop),
    /// After an opening handshake, by a function.
    Talk(Opening, TalkFn),
    /// With a server, from the first byte on.
    Server(ServerFn),
    /// With a client, from its request on.
    Client(ClientFn),
}

type TalkFn = Box<dyn Fn(&mut Talk) -> Judgement + Send + Sync>;
type ServerFn = Box<dyn Fn(&Host) -> Judgement + Send + Sync>;
type ClientFn = Box<dyn Fn(Guest) -> Judgement + Send + Sync>;

impl Case {
    fn new(id: impl Into<String>, section: &'static str, title: impl Into<String>, play: Play) -> Self {
        let only = match play {
            Play::Server(_) => Some(Side::Server),
            Play::Client(_) => Some(Side::Client),
            _ => None,
        };
        Self { id: id.into(), title: title.into(), section, version: Version::Hybi17, only, heavy: false, play }
    }

    pub(crate) fn script(
        id: impl Into<String>,
        section: &'static str,
        title: impl Into<String>,
        make: impl Fn() -> Script + Send + Sync + 'static,
    ) -> Self {
        Self::new(id, section, title, Play::Script(Box::new(make)))
    }

    pub(crate) fn echo(id: impl Into<String>, section: &'static str, title: impl Into<String>, echo: EchoLoop) -> Self {
        Self::new(id, section, title, Play::Echo(echo)).heavy()
    }

    pub(crate) fn talk(
        id: impl Into<String>,
        section: &'static str,
        title: impl Into<String>,
        opening: Opening,
        run: impl Fn(&mut Talk) -> Judgement + Send + Sync + 'static,
    ) -> Self {
        Self::new(id, section, title, Play::Talk(opening, Box::new(run)))
    }

    pub(crate) fn server(
        id: impl Into<String>,
        section: &'static str,
        title: impl Into<String>,
        run: impl Fn(&Host) -> Judgement + Send + Sync + 'static,
    ) -> Self {
        Self::new(id, section, title, Play::Server(Box::new(run)))
    }

    pub(crate) fn client(
        id: impl Into<String>,
        section: &'static str,
        title: impl Into<String>,
        run: impl Fn(Guest) -> Judgement + Send + Sync + 'static,
    ) -> Self {
        Self::new(id, section, title, Play::Client(Box::new(run)))
    }

    pub(crate) fn version(mut self, version: Version) -> Self {
        self.version = version;
        self
    }

    pub(crate) fn only(mut self, side: Side) -> Self {
        self.only = Some(side);
        self
    }

    pub(crate) fn heavy(mut self) -> Self {
        self.heavy = true;
        self
    }

    /// The part of the id that names its family: `6` of `6.12.3`.
    pub(crate) fn family(&self) -> &str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Whether the case judges that side.
    pub(crate) fn judges(&self, side: Side) -> bool {
        self.only.is_none_or(|only| only == side)
    }

    /// What is expected, in words, where the case has it as data.
    pub(crate) fn expects(&self) -> Option<String> {
        match &self.play {
            Play::Script(make) => Some(make().expects()),
            Play::Echo(echo) => Some(echo.expects()),
            _ => None,
        }
    }

    /// Plays the case with a server.
    pub(crate) fn against_server(&self, host: &Host) -> Judgement {
        let open = |opening: &Opening| {
            opening::connect(&host.target, self.version, opening, &host.log, host.pace, &self.id)
                .map_err(|error| format!("the opening handshake: {error}"))
        };
        match &self.play {
            Play::Server(run) => run(host),
            Play::Client(_) => Judgement::unimplemented("a case for clients"),
            play => match open(&play.opening()) {
                Ok(mut talk) => play.with(&mut talk),
                Err(error) => Judgement::failed(error),
            },
        }
    }

    /// Plays the case with a client whose request has been read.
    pub(crate) fn against_client(&self, guest: Guest) -> Judgement {
        match &self.play {
            Play::Client(run) => run(guest),
            Play::Server(_) => Judgement::unimplemented("a case for servers"),
            play => match guest.accept(&play.opening()) {
                Ok(mut talk) => play.with(&mut talk),
                Err(error) => Judgement::failed(error),
            },
        }
    }

    /// How long the case may take in all.
    pub(crate) fn pace(&self, pace: Pace) -> Pace {
        match &self.play {
            Play::Echo(_) => Pace { timeout: pace.timeout.max(core::time::Duration::from_secs(20)), ..pace },
            _ => pace,
        }
    }
}

impl Play {
    fn opening(&self) -> Opening {
        match self {
            Self::Talk(opening, _) => opening.clone(),
            Self::Echo(echo) => echo.opening(),
            _ => Opening::default(),
        }
    }

    fn with(&self, talk: &mut Talk) -> Judgement {
        match self {
            Self::Script(make) => make().play(talk),
            Self::Echo(echo) => echo.play(talk),
            Self::Talk(_, run) => run(talk),
            Self::Server(_) | Self::Client(_) => Judgement::unimplemented("no conversation"),
        }
    }
}
