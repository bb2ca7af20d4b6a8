//! See `hybi_fuzz::check_challenge`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_challenge(data));
