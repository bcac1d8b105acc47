//! The verbs, and how what they say reaches the reader.

use clap::{Parser, Subcommand};

use crate::exit::{self, Exit};
use crate::report::human;
use crate::screen;
use crate::trouble::Trouble;

/// Policy for recorded conversations: may this call be recorded, after which words, until when is it kept, and why
///
/// Policies are text files that end in `.onr`. They say what each law, contract and house rule asks, clause by clause, with
/// citations. `onrecord` checks them, tests them, and decides on calls.
#[derive(Parser, Debug)]
#[command(name = "onrecord", version, after_help = exit::HELP, max_term_width = 100)]
struct Command {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    New(crate::new::New),
    Check(crate::check::Check),
    Decide(crate::decide::Decide),
    Explain(crate::explain::Explain),
    Test(crate::test::Test),
    Fmt(crate::fmt::Fmt),
    Lsp(crate::lsp::Lsp),
    Schema(crate::schema::Schema),
}

/// Reads the arguments and runs the verb.
pub fn run() -> Exit {
    let command = match Command::try_parse() {
        Ok(command) => command,
        Err(error) => {
            let _ = error.print();
            return if error.use_stderr() { Exit::Usage } else { Exit::Fine };
        }
    };
    command.verb.run().unwrap_or_else(|trouble| {
        screen::print_error(&human::trouble(&trouble));
        Exit::Usage
    })
}

impl Verb {
    fn run(&self) -> Result<Exit, Trouble> {
        match self {
            Self::New(new) => new.run(),
            Self::Check(check) => check.run(),
            Self::Decide(decide) => decide.run(),
            Self::Explain(explain) => explain.run(),
            Self::Test(test) => test.run(),
            Self::Fmt(fmt) => fmt.run(),
            Self::Lsp(lsp) => lsp.run(),
            Self::Schema(schema) => schema.run(),
        }
    }
}
