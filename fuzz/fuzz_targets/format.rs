//! See `onrecord_fuzz::layout`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| onrecord_fuzz::layout::holds(text));
