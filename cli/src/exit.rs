//! How the command ends: the exit codes, one by one, as `--help` lists them.

use std::process::ExitCode;

/// How the command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything is in order.
    Fine = 0,
    /// Something was found: an error in a policy, a failed scenario, a file to format.
    Findings = 1,
    /// The command could not do what was asked: wrong arguments, a file that cannot be read, a call that makes no sense.
    Usage = 2,
    /// With --require-cleared: the act is not cleared.
    NotCleared = 3,
}

/// The exit codes, for `--help`.
pub const HELP: &str = "\
Exit codes:
  0  everything is in order
  1  something was found: an error in a policy, a failed scenario, a file to format
  2  the command could not do what was asked: wrong arguments, or a file or call that cannot be read
  3  with --require-cleared: the answer is not “cleared”, or facts are missing";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl Exit {
    /// `Findings` if something was found.
    pub fn found(something: bool) -> Self {
        if something { Self::Findings } else { Self::Fine }
    }
}
