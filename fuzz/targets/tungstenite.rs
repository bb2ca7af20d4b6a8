//! See `hybi_fuzz::check_tungstenite`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_tungstenite(data));
