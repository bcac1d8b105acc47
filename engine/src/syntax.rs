//! Reading a file: `parse` is total, and a broken line never hides its neighbours.

pub mod ast;
