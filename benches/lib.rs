//! hybi, other libraries, and the limits of the machine behind one small trait, with the workloads that they all get.

pub mod engines;
pub mod handshake;
pub mod job;
pub mod measure;
pub mod naive;
pub mod pipe;
pub mod probe;
pub mod suite;

pub use engines::{Engine, Pass};
pub use job::{Job, Kind, Tally};
pub use pipe::Pipe;
pub use probe::Probe;
pub use suite::{Case, Workload};
