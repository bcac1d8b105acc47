//! Generates the parser from `grammar.js`, which node reads: `cargo run` writes `../src` anew, `cargo run -- --check` says whether it is what
//! would be written.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use tree_sitter_generate::OptLevel;

/// The newest form of a parser's tables, which editors of 2025 and later read; it knows reserved words.
const ABI: usize = 15;
const WRITTEN: [&str; 6] = [
    "grammar.json",
    "node-types.json",
    "parser.c",
    "tree_sitter/alloc.h",
    "tree_sitter/array.h",
    "tree_sitter/parser.h",
];

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let grammar = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let committed = grammar.join("src");
    let check = std::env::args().any(|argument| argument == "--check");
    let out = if check { Path::new(env!("CARGO_MANIFEST_DIR")).join("target/generated") } else { committed.clone() };
    let no_grammar: Option<PathBuf> = None;
    let mut found = Vec::new();
    tree_sitter_generate::generate_parser_in_directory(
        &grammar,
        Some(&out),
        no_grammar,
        ABI,
        None,
        Some("node"),
        true,
        OptLevel::default(),
        &mut found,
    )?;
    let differs = |file: &&str| fs::read(out.join(file)).ok() != fs::read(committed.join(file)).ok();
    let stale: Vec<&str> = WRITTEN.into_iter().filter(differs).collect();
    if stale.is_empty() {
        println!("the tree-sitter parser is what grammar.js generates");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("not what grammar.js generates: {}; run `cargo run` in grammar/tree-sitter/generate", stale.join(", "));
    Ok(ExitCode::FAILURE)
}
