//! The tests: for each defect, the cases that must catch it and the families that may.

use core::time::Duration;
use std::sync::Mutex;

use crate::conformance::case::Case;
use crate::conformance::report::table::family_of;
use crate::conformance::results::CaseResult;
use crate::conformance::selftest::defect::Defect;
use crate::conformance::selftest::panel::{judge_client, judge_server, pace, panel};
use crate::conformance::verdict::Verdict;

/// A defect, the cases that name it, and the families to which it has a connection.
type Row = (Defect, &'static str, &'static str);

const BOTH: &[Row] = &[
    (Defect::Cuts126, "1.1.3 1.2.3", "1 W L hybi10"),
    (Defect::EmptyPong, "2.2 2.4", "2 5 M C Z hybi10"),
    (Defect::PongsLast, "2.10", "2 hybi10"),
    (Defect::AnyRsv, "3.1 3.5 3.7", "3 Z hybi10"),
    (Defect::AnyOpcode, "4.1.1 4.2.2", "4 K"),
    (Defect::LosesFirstFragment, "5.3 5.5", "5 6 9 10 M L C Z"),
    (Defect::FragmentedPing, "5.1", "5 K"),
    (Defect::StrayContinuation, "5.9 5.12", "5 K"),
    (Defect::AnyUtf8, "6.3.1 6.12.1", "6 K Z"),
    (Defect::LateUtf8, "6.4.1 6.4.4", "6"),
    (Defect::AnyCloseCode, "7.9.1 7.3.2", "7 K"),
    (Defect::PongsAfterClose, "7.1.3", "7 W"),
    (Defect::SmallLimit, "9.1.2", "9 7"),
    (Defect::FiftyFragments, "10.1.1", "10 9 C"),
    (Defect::AllBinary, "1.1.1 W.7", "1 3 4 5 6 7 9 10 12 13 A H L M W K C Z hybi10"),
    (Defect::CutsCompressed, "12.4.4 13.1.4", "12 13"),
    (Defect::ForgetsContext, "Z.3.3", "12 13 Z"),
    (Defect::IgnoresWindow, "13.3.5 Z.5.3", "13 Z"),
    (Defect::CompressedControl, "Z.4.2", "Z"),
    (Defect::WaitsForLength, "L.2.1", "L"),
    (Defect::AnyForm, "L.1.1 L.1.8", "L"),
    (Defect::AnyMask, "M.1.1 M.1.7", "M"),
    (Defect::MasksWrongly, "W.1", "W"),
    (Defect::LongForms, "W.3", "W"),
    (Defect::SetsRsv, "W.4", "W"),
    (Defect::ForgetsCode, "K.1.1", "K"),
    (Defect::DropsSilently, "K.2.1 K.2.4", "K"),
    (Defect::WholeFrames, "C.1.1 2.6", "1 2 3 4 5 6 9 A C K Z 7 12 13 H 10 W hybi10 M L"),
    (Defect::NoSentinelClose, "hybi00.K.1", "hybi00"),
    (Defect::AnyType, "hybi00.F.10 hixie75.F.10", "hybi00 hixie75"),
];

const SERVER: &[Row] = &[
    (Defect::WrongAccept, "H.1.1", "H"),
    (Defect::WrongAccept8, "hybi10.H.1", "hybi10"),
    (Defect::NoKeyNeeded, "H.3.9 H.3.11", "H hybi10"),
    (Defect::CaseOfNames, "H.1.2", "H"),
    (Defect::SilentAboutVersions, "H.3.16", "H"),
    (Defect::AnyParameter, "Z.1.10", "Z"),
    (Defect::NoCloseAnswer, "7.1.1 K.1.1", "1 2 3 5 6 7 9 10 12 13 H L M W K C Z hybi10"),
    (Defect::KeepsTcp, "K.4.1", "K"),
    (Defect::WrongChecksum, "hybi00.H.1", "hybi00"),
    (Defect::WaitsForKey3, "hybi00.P.1", "hybi00"),
    (Defect::AnyKey, "hybi00.H.8", "hybi00"),
    (Defect::WrongLocation, "hixie75.H.1 hybi00.H.1", "hixie75 hybi00"),
    (Defect::WrongPhrase, "hixie75.H.2", "hixie75"),
];

const CLIENT: &[Row] = &[
    (Defect::WrongAccept, "A.3.1 A.3.4", "A"),
    (Defect::WrongAccept8, "hybi10.A.3", "hybi10"),
    (Defect::AnyStatus, "A.4.1", "A hybi00 hixie75"),
    (Defect::AnyExtension, "A.3.12", "A"),
    (Defect::AnyParameter, "Z.2.5", "Z"),
    (Defect::SameKey, "W.2", "W"),
    (Defect::WrongChecksum, "hybi00.A.14 hybi00.A.15", "hybi00"),
    (Defect::WrongLocation, "hixie75.A.5 hybi00.A.5", "hixie75 hybi00"),
];

#[test]
fn a_right_server_passes() {
    passes(&judge_server(Defect::None, &panel(), pace(Duration::from_secs(10))));
}

#[test]
fn a_right_client_passes() {
    passes(&judge_client(Defect::None, &panel(), pace(Duration::from_secs(10))));
}

#[test]
fn wrong_servers_are_caught() {
    caught(BOTH.iter().chain(SERVER), judge_server);
}

#[test]
fn wrong_clients_are_caught() {
    caught(BOTH.iter().chain(CLIENT), judge_client);
}

fn passes(results: &[CaseResult]) {
    assert!(results.len() > 250, "{} cases", results.len());
    let wrong: Vec<_> = results.iter().filter(|result| !is_right(result)).map(show).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn is_right(result: &CaseResult) -> bool {
    matches!(result.verdict(), Verdict::Ok | Verdict::Informational | Verdict::Skipped)
}

/// Judges peers with each of the defects, a few at a time.
fn caught<'a>(
    rows: impl Iterator<Item = &'a Row>,
    judge: fn(Defect, &[Case], crate::conformance::pace::Pace) -> Vec<CaseResult>,
) {
    let queue: Mutex<Vec<_>> = Mutex::new(rows.collect());
    let wrong = Mutex::new(Vec::new());
    let next = || queue.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let cases = panel();
                while let Some((defect, names, families)) = next() {
                    let results = judge(*defect, &cases, pace(Duration::from_secs(2)));
                    let found = compare(&results, names, families);
                    wrong.lock().unwrap().extend(found.into_iter().map(|what| format!("{defect:?}: {what}")));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn compare(results: &[CaseResult], names: &str, families: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for name in names.split(' ') {
        match results.iter().find(|result| result.id == name) {
            Some(result) if !is_right(result) => {}
            Some(result) => wrong.push(format!("not caught by {}", show(result))),
            None => wrong.push(format!("there is no case {name}")),
        }
    }
    let unrelated = |result: &&CaseResult| !families.split(' ').any(|family| family == family_of(&result.id));
    wrong.extend(results.iter().filter(|result| !is_right(result)).filter(unrelated).map(show));
    wrong
}

fn show(result: &CaseResult) -> String {
    let log: String = result.log.iter().take(12).map(|entry| format!("\n    {}", entry.text)).collect();
    format!("{} {}: {}{log}", result.id, result.verdict(), result.judgement.why)
}
