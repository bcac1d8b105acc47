//! Compiles the tree-sitter parser, so that a test can hold it to the grammar of the engine.

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../grammar/tree-sitter/src");
    println!("cargo:rerun-if-changed={folder}/parser.c");
    let mut build = cc::Build::new();
    build.std("c11").include(folder).file(format!("{folder}/parser.c"));
    // As any tree-sitter parser is compiled: its tables and its jumps are nobody's to read.
    build.opt_level(0).warnings(false).compile("tree-sitter-onrecord");
}
