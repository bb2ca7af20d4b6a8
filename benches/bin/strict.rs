//! Says which engines let text through that is no UTF-8: a table of times should not be read without it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use hybi_benches::{Job, Kind, Tally, engines, job};

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    for engine in engines::all() {
        if engine.is_limit() {
            continue;
        }
        for (what, size, read) in [("whole", 1024, 64 * 1024), ("cut", 1024, 700), ("large", 16 * 1024, 1460)] {
            let mut payload = job::payload(Kind::Mixed, size);
            payload[size / 2..size / 2 + 2].copy_from_slice(&[0xC0, 0x80]);
            let job = Job::with(Kind::Ascii, payload, 20, read);
            let Some(mut pass) = engine.decode(&job) else { continue };
            let mut tally = Tally::default();
            let refused = catch_unwind(AssertUnwindSafe(|| pass(&mut tally))).is_err();
            let verdict = if refused { "refused" } else { "LET THROUGH" };
            println!("{:<18} {what:<6} {verdict} after {} messages", engine.name(), tally.messages);
        }
    }
}
