//! `onrecord decide`: the decision on a call, as a page or as JSON.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{FixedOffset, Offset, Utc};
use clap::Args;
use onrecord::compile::PolicySet;
use onrecord::context::Context;
use onrecord::decision::{ActDecision, Decision};
use onrecord::test as scenarios;
use onrecord::{evaluate, wire};

use crate::call::{self, Judged};
use crate::exit::Exit;
use crate::trouble::Trouble;
use crate::{page, policy, report, screen};

/// Decide on a call: what may be done, after which words, until when it is kept, and why
///
/// The call is a JSON file that says what is known of it: who is on the line and where, what they were told and when, what
/// they agreed to or refused (`onrecord schema context` prints its form). What it does not say counts as not known, never
/// as “no”: the answer is then the strictest of all that are possible, and says what one would need to know.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["call", "scenario"]))]
pub struct Decide {
    /// Policy files, and folders of them [default: the folder `policies`, if there is one, else this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The call: a JSON file, or `-` for the standard input
    #[arg(long, value_name = "FILE")]
    call: Option<PathBuf>,
    /// The call of the scenario with this title
    #[arg(long, value_name = "TITLE", conflicts_with_all = ["at", "bundle", "no_bundle", "adopt", "assume"])]
    scenario: Option<String>,
    #[command(flatten)]
    judged: Judged,
    /// Print the decision as JSON (`onrecord schema decision` prints its form)
    #[arg(long)]
    json: bool,
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
        if let Some(title) = &self.scenario {
            let scenario = call::scenario(&set, title)?;
            let decision = scenarios::decide_scenario(&set, scenario);
            return Ok(self.show(&decision, &scenario.context, Utc.fix()));
        }
        self.on_call(&set, self.call.as_deref().unwrap_or(Path::new("-")))
    }

    fn on_call(&self, set: &Arc<PolicySet>, file: &Path) -> Result<Exit, Trouble> {
        let options = self.judged.options(set)?;
        let call = match self.judged.call(set, file) {
            Ok(call) => call,
            Err(troubles) => {
                screen::print_error(&report::human::render(&troubles, &[], &[]));
                return Ok(Exit::Usage);
            }
        };
        let bundles: Vec<&str> = set.tree.bundles.names().collect();
        if options.bundle.is_none() && bundles.len() > 1 {
            let names = bundles.join(", ");
            screen::print_error(&format!(
                "No bundle was named: every source runs, and no reading is adopted ({names}).\n"
            ));
        }
        let decision = evaluate::evaluate(set, &call.context, &options, call.at);
        Ok(self.show(&decision, &call.context, call.offset))
    }

    fn show(&self, decision: &Decision, context: &Context, offset: FixedOffset) -> Exit {
        if self.json {
            screen::print(&format!("{}\n", wire::decision_json_pretty(decision, context)));
        } else {
            screen::print(&page::page(decision, context, offset));
        }
        let asked = || decision.acts.iter().chain(&decision.uses);
        let cleared = asked().next().is_some() && asked().all(ActDecision::is_cleared);
        if self.require_cleared && !cleared { Exit::NotCleared } else { Exit::Fine }
    }
}
