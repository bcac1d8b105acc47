//! Generators of policies and calls. What is drawn is text that goes through every stage of the engine, and calls against its tree.

pub mod call;
pub mod clause;
pub mod condition;
pub mod keep;
pub mod notice;
pub mod policy;
pub mod show;
pub mod tape;

pub use call::Call;
pub use policy::{Compiled, Policy};
pub use tape::Tape;
