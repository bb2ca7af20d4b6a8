//! Measures all engines in turn and prints one JSON object a line: what `cargo xtask bench` reads.

use std::time::Duration;

use hybi_benches::measure::{self, Plan};
use hybi_benches::{Case, engines};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |name: &str| arguments.iter().any(|argument| argument == name);
    let quick = has("--quick");
    let filter = arguments.iter().find(|argument| !argument.starts_with("--"));
    let plan = if quick {
        Plan { rounds: 9, slice: Duration::from_micros(500) }
    } else {
        Plan { rounds: 25, slice: Duration::from_millis(2) }
    };
    let engines = engines::all();
    for case in Case::all(quick) {
        if filter.is_some_and(|filter| !case.name().starts_with(filter.as_str())) {
            continue;
        }
        let times = measure::case(&case, &engines, plan);
        let times: Vec<String> = times
            .iter()
            .map(|time| {
                format!("{{\"engine\":\"{}\",\"min\":{:.2},\"median\":{:.2}}}", time.engine, time.minimum, time.median)
            })
            .collect();
        println!(
            "{{\"case\":\"{}\",\"workload\":\"{}\",\"kind\":\"{}\",\"size\":{},\"read\":{},\"times\":[{}]}}",
            case.name(),
            case.workload.name(),
            case.kind.name(),
            case.size,
            case.read,
            times.join(",")
        );
    }
}
