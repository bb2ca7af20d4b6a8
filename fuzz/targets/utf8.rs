//! See `hybi_fuzz::check_utf8`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_utf8(data));
