//! See `onrecord_fuzz::serving`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| onrecord_fuzz::serving::holds(bytes));
