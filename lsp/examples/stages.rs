//! How long the stages of a keystroke take on a workspace: `cargo run --release -p onrecord-lsp --example stages -- DIR`.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, reason = "a bench")]

use std::path::Path;
use std::time::Instant;

use onrecord::{check, resolve};
use onrecord_lsp::workspace::Workspace;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let start = Instant::now();
    let mut workspace = Workspace::default();
    workspace.add_folder(Path::new(&folder));
    println!("load {} files: {:?}", workspace.documents.len(), start.elapsed());
    let pieces: Vec<_> =
        workspace.documents.values().flat_map(|one| one.pieces().map(|(_, piece)| piece.clone())).collect();
    println!("{} pieces, {} bytes", pieces.len(), pieces.iter().map(|piece| piece.text().len()).sum::<usize>());
    for _ in 0..5 {
        let start = Instant::now();
        let resolved = resolve::resolve(pieces.iter().map(|piece| &piece.parsed));
        let resolving = start.elapsed();
        let uses = resolved.uses.len();
        let start = Instant::now();
        let checked = check::check(resolved, chrono::NaiveDate::from_ymd_opt(2026, 11, 26));
        println!("resolve {resolving:?} check {:?} uses {uses} found {}", start.elapsed(), checked.diagnostics.len());
    }
}
