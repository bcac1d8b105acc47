//! The language server, driven by a client in memory.

mod client;
mod diagnostics;
mod incremental;
mod methods;
