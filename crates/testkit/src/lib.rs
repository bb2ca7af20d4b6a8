#![doc = include_str!("../README.md")]

pub mod cuts;
pub mod head;
pub mod key_vectors;
pub mod naive_mask;
pub mod naive_utf8;
pub mod random;
pub mod rfc6455;
pub mod thinned;
pub mod transcripts;

pub use cuts::{same_for_all_cuts, same_for_cuts, same_for_random_cuts};
pub use naive_mask::naive_mask;
pub use naive_utf8::{NaiveUtf8, Utf8Verdict, naive_utf8};
pub use random::Random;
pub use thinned::thinned;
pub use transcripts::{Chunk, Side, Transcript};
