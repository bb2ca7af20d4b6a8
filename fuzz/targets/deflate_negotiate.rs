//! See `hybi_fuzz::check_deflate_negotiate`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_deflate_negotiate(data));
