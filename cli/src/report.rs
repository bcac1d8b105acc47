//! Findings, in the forms in which people and machines read them.

pub mod github;
pub mod human;
pub mod json;
pub mod position;
pub mod sarif;
pub mod short;
pub mod summary;
