//! `onrecord decide`: the decision on a call, as a page.

use std::path::PathBuf;

use chrono::{Offset, Utc};
use clap::Args;
use onrecord::decision::{ActDecision, Decision};
use onrecord::test as scenarios;

use crate::exit::Exit;
use crate::trouble::Trouble;
use crate::{call, page, policy, screen};

/// Decide on a call: what may be done, after which words, until when it is kept, and why
#[derive(Args, Debug)]
pub struct Decide {
    /// Policy files, and folders of them [default: the folder `policies`, if there is one, else this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The call of the scenario with this title
    #[arg(long, value_name = "TITLE")]
    scenario: String,
    /// Exit with 3 unless every act and use that was asked about is cleared
    #[arg(long)]
    require_cleared: bool,
}

impl Decide {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        let set = match policy::compiled(&self.paths) {
            Ok(set) => set,
            Err(exit) => return Ok(exit),
        };
        let scenario = call::scenario(&set, &self.scenario)?;
        let decision = scenarios::decide_scenario(&set, scenario);
        screen::print(&page::page(&decision, Utc.fix()));
        Ok(if self.require_cleared && !is_cleared(&decision) { Exit::NotCleared } else { Exit::Fine })
    }
}

/// Whether everything that was asked about is lawful as things stand.
fn is_cleared(decision: &Decision) -> bool {
    let asked = || decision.acts.iter().chain(&decision.uses);
    asked().next().is_some() && asked().all(ActDecision::is_cleared)
}
