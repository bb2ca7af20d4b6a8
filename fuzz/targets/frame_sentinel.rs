//! See `hybi_fuzz::check_frame_sentinel`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_frame_sentinel(data));
