//! The language server of the OnRecord policy language. `run_stdio` serves one client on standard input and output;
//! `serve` serves any connection.

mod capabilities;
pub mod client;
mod convert;
mod dispatch;
pub mod document;
pub mod facts;
pub mod feature;
pub mod pages;
pub mod path;
pub mod position;
mod request;
pub mod semantic;
mod server;
pub mod snapshot;
pub mod workspace;

pub use dispatch::METHODS;
pub use server::{Hook, Hooks, run_stdio, serve, serve_with};
