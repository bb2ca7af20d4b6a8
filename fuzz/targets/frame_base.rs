//! See `hybi_fuzz::check_frame_base`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| hybi_fuzz::check_frame_base(data));
