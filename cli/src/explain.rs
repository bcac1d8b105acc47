//! `onrecord explain`: the tree behind a verdict.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{FixedOffset, Offset, Utc};
use clap::Args;
use onrecord::compile::PolicySet;
use onrecord::context::Context;
use onrecord::evaluate::explain::{Explanation, explain};
use onrecord::source::Span;
use onrecord::test as scenarios;
use onrecord::tree::Act;

use crate::call::{self, Judged};
use crate::exit::Exit;
use crate::trouble::Trouble;
use crate::{page, policy, report, screen};

/// Show why: which sources spoke, clause by clause, and what would change the answer
///
/// For one act on one call, shows every source that has a rule about it: whether it applies and by which facts, what each
/// clause comes to and where it is written, which exceptions add a way, which rules are displaced; then the sources that
/// do not apply; then what one would need to know, and what can still be done.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["call", "scenario"]))]
pub struct Explain {
    /// Policy files and folders [default: as for the other verbs], then the act: `recording` when left out, or a purpose
    /// such as `model-training` for the use for it
    #[arg(value_name = "PATH… ACT", num_args = 0..)]
    words: Vec<String>,
    /// The call: a JSON file, or `-` for the standard input
    #[arg(long, value_name = "FILE")]
    call: Option<PathBuf>,
    /// The call of the scenario with this title
    #[arg(long, value_name = "TITLE", conflicts_with_all = ["at", "bundle", "no_bundle", "adopt", "assume"])]
    scenario: Option<String>,
    #[command(flatten)]
    judged: Judged,
}

impl Explain {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        let (paths, act) = self.paths_and_act();
        let set = match policy::compiled(&paths) {
            Ok(set) => set,
            Err(exit) => return Ok(exit),
        };
        let act = act.map(|name| phrase(&set, name)).transpose()?;
        if let Some(title) = &self.scenario {
            return self.of_scenario(&set, title, act);
        }
        let options = self.judged.options(&set)?;
        let call = match self.judged.call(&set, self.call.as_deref().unwrap_or(Path::new("-"))) {
            Ok(call) => call,
            Err(troubles) => {
                screen::print_error(&report::human::render(&troubles, &[], &[]));
                return Ok(Exit::Usage);
            }
        };
        let act = act.map_or_else(|| phrase(&set, "recording"), Ok)?;
        let explained = explain(&set, &call.context, &options, call.at, &act);
        show(&explained, &call.context, call.offset);
        Ok(Exit::Fine)
    }

    /// The last word is the act, unless it names a file or folder that is there.
    fn paths_and_act(&self) -> (Vec<PathBuf>, Option<&str>) {
        let is_act = |word: &&String| !Path::new(word).exists() && !word.contains(['/', '.']);
        match self.words.split_last() {
            Some((last, paths)) if is_act(&last) => (paths.iter().map(PathBuf::from).collect(), Some(last)),
            _ => (self.words.iter().map(PathBuf::from).collect(), None),
        }
    }

    fn of_scenario(&self, set: &Arc<PolicySet>, title: &str, act: Option<Act>) -> Result<Exit, Trouble> {
        let scenario = call::scenario(set, title)?;
        let acts = act.map_or_else(|| scenarios::asked(set, scenario), |act| vec![act]);
        for act in acts {
            let explained = explain(set, &scenario.context, &scenarios::options(scenario), scenario.at, &act);
            show(&explained, &scenario.context, Utc.fix());
        }
        Ok(Exit::Fine)
    }
}

fn show(explained: &Explanation, context: &Context, offset: FixedOffset) {
    screen::print(&page::explanation(explained, context, offset));
}

/// An act by its name, or the use for a purpose.
fn phrase(set: &PolicySet, name: &str) -> Result<Act, Trouble> {
    let tree = &set.tree;
    let purpose = tree.purposes.id(name);
    let act = match (tree.acts.id(name), purpose, tree.known.using) {
        (Some(act), ..) => act,
        (None, Some(_), Some(using)) => using,
        _ => call::named(&tree.acts, name, "act")?,
    };
    let purpose = purpose.filter(|_| tree.acts.id(name).is_none());
    Ok(Act { not: false, act, of: None, purpose, recipient: None, phase: None, span: Span::default() })
}
