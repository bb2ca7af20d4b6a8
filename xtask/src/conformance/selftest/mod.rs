//! Tests of the suite itself: a peer that is right passes every case, and peers that are wrong in one way are caught
//! by the case that names the defect, and by no family that has nothing to do with it. The peers are made of the
//! suite's own wire.

mod accepting;
mod base_engine;
mod checks;
mod client;
mod defect;
mod panel;
mod sentinel_engine;
mod server;
mod tests;
