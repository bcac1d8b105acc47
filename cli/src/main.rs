//! The `onrecord` command: what the language and its evaluator say, on a terminal and for machines.
//! It alone reads files, the clock and the environment; one verb a file.

mod call;
mod check;
mod clock;
mod command;
mod decide;
mod exit;
mod explain;
mod fmt;
mod lsp;
mod new;
#[allow(clippy::indexing_slicing, reason = "the ids of a decision are ids of the policy that it carries")]
mod page;
mod policy;
mod read;
mod report;
mod schema;
mod screen;
mod test;
mod trouble;

use std::process::ExitCode;

/// Room for files that nest as deeply as they may.
const STACK_BYTES: usize = 16 * 1024 * 1024;

fn main() -> ExitCode {
    let run = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(command::run);
    match run.map(std::thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit.into(),
        _ => ExitCode::from(70),
    }
}
