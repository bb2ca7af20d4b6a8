//! See `hybi_fuzz::check_connection`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_connection(data));
