//! The language server, driven by a client in memory.

mod client;
mod completion;
mod diagnostics;
mod incremental;
mod methods;
mod robust;
