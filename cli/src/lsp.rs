//! `onrecord lsp`: the language server, on the standard input and output.

use clap::Args;

use crate::exit::Exit;
use crate::trouble::Trouble;

/// Serve an editor: findings while you type, completion, explanations
///
/// Speaks the Language Server Protocol on the standard input and output. Editors start it; nobody types here.
#[derive(Args, Debug)]
pub struct Lsp {
    /// For editors that pass it: the standard input and output are the only way
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        match onrecord_lsp::run_stdio() {
            Ok(()) => Ok(Exit::Fine),
            Err(error) => Err(Trouble::new(format!("the language server stopped: {error}"))),
        }
    }
}
