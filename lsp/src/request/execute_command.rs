//! `workspace/executeCommand`: run scenarios, and explain why one got its decision. Each answers with a page of Markdown, which a client
//! shows as it likes; the person is told the outcome in any case.

use lsp_types::ExecuteCommandParams;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::dispatch::{Context, Failure};
use crate::feature::explain;

/// Runs the scenarios of a rule, or one scenario.
pub const RUN: &str = "onrecord.runTest";
/// Explains the decision of a scenario.
pub const EXPLAIN: &str = "onrecord.explain";
/// Every command.
pub const COMMANDS: &[&str] = &[RUN, EXPLAIN];

/// What a command is about.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    scenario: bool,
    name: String,
}

/// Does a command.
pub fn answer(ctx: &Context<'_>, params: ExecuteCommandParams) -> Result<Value, Failure> {
    let about = params.arguments.into_iter().next().unwrap_or_default();
    let about: About = serde_json::from_value(about).map_err(|why| Failure::invalid(why.to_string()))?;
    let (summary, text) = match params.command.as_str() {
        RUN => explain::run(ctx.semantic, about.scenario, &about.name).map_err(Failure::failed)?,
        EXPLAIN => explain::scenario(ctx.semantic, &about.name).map_err(Failure::failed)?,
        other => return Err(Failure::invalid(format!("there is no command `{other}`"))),
    };
    ctx.outbox.show(&summary);
    Ok(json!({ "title": summary, "text": text }))
}
