//! A checked policy, ready to decide: immutable, shared, with its digest.

use std::sync::Arc;

use crate::source::Source;
use crate::tree::Tree;

/// A policy ready to decide.
#[derive(Debug)]
pub struct PolicySet {
    /// The checked tree.
    pub tree: Arc<Tree>,
    /// The files it came from, for citations by line.
    pub sources: Vec<Source>,
    /// `sha256:…` of the canonical bundle.
    pub digest: String,
}
