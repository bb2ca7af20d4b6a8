//! See `hybi_fuzz::check_http_build`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_http_build(data));
