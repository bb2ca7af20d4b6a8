//! See `hybi_fuzz::check_http_response`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_http_response(data));
