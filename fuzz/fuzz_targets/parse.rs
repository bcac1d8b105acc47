//! See `onrecord_fuzz::reading`.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| onrecord_fuzz::reading::holds(text));
