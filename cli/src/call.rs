//! The call to decide on, and what the command line says of how: shared by `decide` and `explain`.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, Offset, Utc};
use clap::Args;
use onrecord::compile::PolicySet;
use onrecord::context::Context;
use onrecord::evaluate::Options;
use onrecord::nearest::nearest;
use onrecord::tree::table::Id;
use onrecord::tree::{Scenario, Table};
use onrecord::wire;

use crate::clock;
use crate::read;
use crate::trouble::Trouble;

/// The largest call that is read.
const MAX_CALL_BYTES: usize = 1024 * 1024;

/// How to judge.
#[derive(Args, Debug)]
pub struct Judged {
    /// Judge at this instant instead of the call's own, as 2026-03-02T10:15:00-08:00
    #[arg(long, value_name = "INSTANT", value_parser = clock::instant)]
    at: Option<DateTime<FixedOffset>>,
    /// Decide as this bundle of the policy says [default: the policy's bundle, if it has just one; else every source runs
    /// and no reading is adopted]
    #[arg(long, value_name = "NAME")]
    bundle: Option<String>,
    /// Run every source and adopt no reading, although the policy has a bundle
    #[arg(long, conflicts_with = "bundle")]
    no_bundle: bool,
    /// Adopt a reading of a contested point, beside the bundle's
    #[arg(long, value_name = "READING")]
    adopt: Vec<String>,
    /// Take a proposed rule as enacted, to see what it would change
    #[arg(long, value_name = "RULE")]
    assume: Vec<String>,
}

/// A call that was read.
pub struct Call {
    /// What is known of it.
    pub context: Context,
    /// The instant at which to judge.
    pub at: DateTime<Utc>,
    /// The offset in which its instants are written.
    pub offset: FixedOffset,
}

impl Judged {
    /// What the evaluator is asked to run.
    pub fn options(&self, set: &PolicySet) -> Result<Options, Trouble> {
        let tree = &set.tree;
        let bundle = match &self.bundle {
            Some(name) => Some(named(&tree.bundles, name, "bundle")?),
            None => tree.bundles.ids().next().filter(|_| tree.bundles.len() == 1 && !self.no_bundle),
        };
        let adopt = |name: &String| named(&tree.readings, name, "reading");
        let assume = |name: &String| named(&tree.rules, name, "rule");
        Ok(Options {
            bundle,
            readings: self.adopt.iter().map(adopt).collect::<Result<_, _>>()?,
            assume: self.assume.iter().map(assume).collect::<Result<_, _>>()?,
            ..Options::default()
        })
    }

    /// Reads a call.
    pub fn call(&self, set: &Arc<PolicySet>, file: &Path) -> Result<Call, Vec<Trouble>> {
        let text = read::text(file, MAX_CALL_BYTES).map_err(|trouble| vec![trouble])?;
        let path = read::shown(file);
        let (context, at) = wire::read_context(&text, &set.tree, &wire::Limits::default())
            .map_err(|errors| errors.iter().map(|error| trouble(error, &path, &text)).collect::<Vec<_>>())?;
        let offset = self.at.as_ref().map(|at| *at.offset()).or_else(|| offset(&text)).unwrap_or_else(|| Utc.fix());
        Ok(Call { context, at: self.at.map_or(at, |at| at.to_utc()), offset })
    }
}

/// What is wrong with a call, at its place in the text.
fn trouble(error: &wire::Error, path: &str, text: &str) -> Trouble {
    let at = if error.path.is_empty() { String::new() } else { format!("{}: ", error.path) };
    let trouble = Trouble::new(format!("{at}{}", error.message)).at(path, text, error.span.clone());
    match &error.help {
        Some(help) => trouble.help(help.clone()),
        None => trouble,
    }
}

/// The offset of the call's own `at`.
fn offset(text: &str) -> Option<FixedOffset> {
    let call: serde_json::Value = serde_json::from_str(text).ok()?;
    let at = DateTime::parse_from_rfc3339(call.get("at")?.as_str()?).ok()?;
    Some(*at.offset())
}

/// The id of a name that somebody wrote on the command line.
pub fn named<I: Id, T>(table: &Table<I, T>, name: &str, what: &str) -> Result<I, Trouble> {
    table.id(name).ok_or_else(|| {
        let trouble = Trouble::new(format!("the policy has no {what} {name}"));
        match nearest(name, table.names()) {
            Some(near) => trouble.help(format!("did you mean {near}?")),
            None if table.is_empty() => trouble.help(format!("it declares no {what} at all")),
            None => {
                let some: Vec<&str> = table.names().take(8).collect();
                let more = if table.len() > some.len() { ", …" } else { "" };
                trouble.help(format!("it has {}{more}", some.join(", ")))
            }
        }
    })
}

/// The scenario with a title.
pub fn scenario<'a>(set: &'a PolicySet, title: &str) -> Result<&'a Scenario, Trouble> {
    let all = &set.tree.scenarios;
    all.iter().map(|one| &**one).find(|one| one.title == title).ok_or_else(|| {
        let trouble = Trouble::new(format!("there is no scenario “{title}”"));
        match nearest(title, all.iter().map(|one| one.title.as_str())) {
            Some(near) => trouble.help(format!("did you mean “{near}”?")),
            None => trouble.help("`onrecord test` lists the titles"),
        }
    })
}
