//! The grammar of the OnRecord policy language and the parser that pest derives from it; nothing else.
#![allow(missing_docs, reason = "the rules are documented in the grammar")]

pub use pest;

/// The derived parser.
#[derive(pest_derive::Parser)]
#[grammar = "onrecord.pest"]
pub struct Grammar;
