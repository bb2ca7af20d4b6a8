//! The cases with which a wrong peer is judged: some of each family, so that a test takes seconds.

use core::time::Duration;

use crate::conformance::board::Board;
use crate::conformance::case::Case;
use crate::conformance::desk::Desk;
use crate::conformance::family;
use crate::conformance::judge_server::ServerJudge;
use crate::conformance::opening::Target;
use crate::conformance::pace::Pace;
use crate::conformance::progress::Progress;
use crate::conformance::results::CaseResult;
use crate::conformance::select::Selection;
use crate::conformance::selftest::defect::Defect;
use crate::conformance::selftest::{client, server};
use crate::conformance::version::Version;

/// All cases but those that take long, and of groups of like ones the first.
pub(crate) fn panel() -> Vec<Case> {
    let mut whole = Selection::default();
    whole.include("1,2,3,4,5,6.1,6.2,6.3,6.4,7,10,9.1.2,9.2.2,H,A,L,M,W,K,C.1,C.2,Z,hybi00,hixie75");
    whole.include("6.*.1,9.7.2,12.1.1,12.4.4,13.1.4,13.3.5,hybi10.H,hybi10.A,hybi10.1.1,hybi10.2,hybi10.3");
    whole.exclude("H.5.1,H.5.2,H.5.3,H.5.4,A.5.8,Z.6");
    family::all().into_iter().filter(|case| whole.has(&case.id)).collect()
}

/// A little time for all, so that a peer that says nothing does not take much of it.
pub(crate) fn pace(timeout: Duration) -> Pace {
    let ms = Duration::from_millis;
    Pace { timeout, prompt: ms(700).min(timeout), quiet: ms(60), grace: ms(400) }
}

/// Judges a server with this defect.
pub(crate) fn judge_server(defect: Defect, cases: &[Case], pace: Pace) -> Vec<CaseResult> {
    let address = server::start(defect);
    let target = Target { address, host: address.to_string(), resource: "/".to_owned() };
    let progress = Progress::hidden();
    let judge = ServerJudge { target, pace, jobs: Some(16), progress: &progress };
    let cases: Vec<_> = cases.iter().filter(|case| case.judges(crate::conformance::version::Side::Server)).collect();
    judge.run(&cases, &Version::ALL)
}

/// Judges a client with this defect.
pub(crate) fn judge_client(defect: Defect, cases: &[Case], pace: Pace) -> Vec<CaseResult> {
    let desk = Desk::listen("127.0.0.1:0", pace).unwrap();
    let progress = Progress::hidden();
    let cases: Vec<_> = cases.iter().collect();
    let board = Board::new(&cases, &progress);
    std::thread::scope(|scope| {
        scope.spawn(|| desk.serve(&board));
        for version in Version::ALL {
            client::drive(desk.address, version, defect);
        }
        board.stop();
        desk.wake();
    });
    board.report("self", &Version::ALL).results
}
