//! The language server, driven by a client in memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that fails panics"
)]

mod client;
mod completion;
mod diagnostics;
mod fixes;
mod incremental;
mod methods;
mod robust;
mod sequences;
