//! Policy-as-code for recorded conversations: the language and its evaluator.
//!
//! The stages, in order, each a total function that gives back its value and what it has to say:
//! [`syntax::parse`] → [`resolve::resolve`] → [`check::check`] → [`compile::compile`] → [`evaluate::evaluate`].

pub mod check;
pub mod compile;
pub mod context;
pub mod decision;
pub mod diagnostic;
mod digest;
pub mod engine;
pub mod evaluate;
pub mod format;
pub mod nearest;
pub mod resolve;
pub mod source;
pub mod syntax;
pub mod test;
pub mod tree;
pub mod wire;

/// The example of the page on embedding runs.
#[cfg(doctest)]
#[doc = include_str!("../../docs/src/embedding/embedding.md")]
struct Embedding;
