//! The same cases in criterion, for a change of ours against the state before it: `cargo bench`.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use hybi_benches::{Case, Tally, Workload, engines};

fn all(criterion: &mut Criterion) {
    let engines = engines::all();
    for case in Case::all(false) {
        let job = case.job();
        let mut group = criterion.benchmark_group(case.name());
        let bytes = match case.workload {
            Workload::ServerHandshake | Workload::ClientHandshake => hybi_benches::handshake::REQUEST.len(),
            _ => job.payload.len() * job.messages,
        };
        group.throughput(Throughput::Bytes(bytes as u64));
        for engine in &engines {
            let Some(mut pass) = case.prepare(&**engine, &job) else { continue };
            case.verify(&**engine, &job);
            group.bench_function(BenchmarkId::from_parameter(engine.name()), |bencher| {
                bencher.iter(|| pass(&mut Tally::default()));
            });
        }
        group.finish();
    }
}

criterion_group!(benches, all);
criterion_main!(benches);
