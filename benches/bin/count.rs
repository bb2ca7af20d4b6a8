//! Runs the main workloads of ours, for callgrind to count the instructions of `counted`: what
//! `cargo xtask bench --instructions` starts. Before each it prints the name of the case and the number of its messages.

use std::hint::black_box;

use hybi_benches::engines::{self, Engine};
use hybi_benches::{Case, Kind, Pass, Tally, Workload};

fn main() {
    let name = std::env::args().nth(1);
    let engines = engines::all();
    let wanted = name.as_deref().unwrap_or("hybi");
    let engine = engines.iter().find(|engine| engine.name() == wanted).expect("an engine of that name");
    let filter = std::env::args().nth(2).unwrap_or_default();
    for case in cases().into_iter().filter(|case| case.name().starts_with(&filter)) {
        count(&case, &**engine);
    }
}

fn count(case: &Case, engine: &dyn Engine) {
    let job = case.job();
    case.verify(engine, &job);
    let Some(mut pass) = case.prepare(engine, &job) else { return };
    let mut tally = Tally::default();
    pass(&mut tally);
    let mut tally = Tally::default();
    counted(&mut pass, &mut tally);
    assert_eq!(tally.messages, job.messages);
    println!("{} {}", case.name(), job.messages);
}

/// What is counted: all that happens in here.
#[inline(never)]
fn counted(pass: &mut Pass, tally: &mut Tally) {
    pass(tally);
    black_box(tally);
}

/// The main workloads, in an order that stays.
fn cases() -> Vec<Case> {
    let case = |workload, kind, size, read| Case { workload, kind, size, read };
    let mut cases = Vec::new();
    for workload in [Workload::Decode, Workload::Echo] {
        for kind in [Kind::Binary, Kind::Ascii] {
            cases.extend([16, 128, 1024, 16 * 1024].map(|size| case(workload, kind, size, 64 * 1024)));
        }
        cases.push(case(workload, Kind::Mixed, 1024, 64 * 1024));
        cases.extend([128, 1024].map(|size| case(workload, Kind::Rare, size, 64 * 1024)));
        cases.push(case(workload, Kind::Ascii, 128, 1460));
        cases.push(case(workload, Kind::Ascii, 1024, 1460));
        cases.push(case(workload, Kind::Binary, 16 * 1024, 1460));
    }
    for (size, read) in [(16, 64 * 1024), (128, 64 * 1024), (128, 1460), (1024, 1460), (16 * 1024, 1460)] {
        cases.push(case(Workload::Shared, Kind::Ascii, size, read));
    }
    cases.extend([16, 128, 1024, 16 * 1024].map(|size| case(Workload::Encode, Kind::Binary, size, 64 * 1024)));
    cases.extend([16, 128, 16 * 1024].map(|size| case(Workload::Mask, Kind::Binary, size, 64 * 1024)));
    cases.extend([16, 128, 16 * 1024].map(|size| case(Workload::Utf8, Kind::Ascii, size, 64 * 1024)));
    cases.push(case(Workload::Sentinel, Kind::Ascii, 128, 64 * 1024));
    cases.push(case(Workload::ServerHandshake, Kind::Binary, 0, 64 * 1024));
    cases.push(case(Workload::ClientHandshake, Kind::Binary, 0, 64 * 1024));
    cases.push(case(Workload::Deflate, Kind::Ascii, 1024, 64 * 1024));
    cases
}
