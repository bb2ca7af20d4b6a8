//! See `hybi_fuzz::check_cookies`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_cookies(data));
