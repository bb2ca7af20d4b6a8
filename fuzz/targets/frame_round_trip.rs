//! See `hybi_fuzz::check_frame_round_trip`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_frame_round_trip(data));
