//! Policy-as-code for recorded conversations: the language and its evaluator.

pub mod diagnostic;
pub mod source;
pub mod syntax;
