//! `textDocument/codeLens` and `codeLens/resolve`: run, and why.

use lsp_types::{CodeLens, CodeLensParams, Command};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::convert;
use crate::dispatch::{Context, Failure};
use crate::feature::lenses;

/// What a lens is about.
#[derive(Serialize, Deserialize)]
struct Data {
    uri: String,
    is_scenario: bool,
    name: String,
    /// Whether it explains rather than runs.
    explains: bool,
}

/// The lenses of a document; what the scenarios came to is filled in when a lens is seen.
pub fn answer(ctx: &Context<'_>, params: CodeLensParams) -> Result<Vec<CodeLens>, Failure> {
    let view = ctx.view(&params.text_document.uri)?;
    let mut found = Vec::new();
    for lens in lenses::lenses(view) {
        let range = convert::range(view.document, &lens.range, ctx.client);
        for explains in [false, true] {
            if explains && !lens.is_scenario {
                continue;
            }
            let uri = params.text_document.uri.as_str().to_owned();
            let data = Data { uri, is_scenario: lens.is_scenario, name: lens.name.clone(), explains };
            found.push(CodeLens { range, command: None, data: serde_json::to_value(data).ok() });
        }
    }
    Ok(found)
}

/// The title and the command of a lens.
pub fn resolve(ctx: &Context<'_>, lens: CodeLens) -> Result<CodeLens, Failure> {
    let data = lens.data.clone().unwrap_or_default();
    let data: Data = serde_json::from_value(data).map_err(|why| Failure::invalid(why.to_string()))?;
    let (title, command) = if data.explains {
        ("why?".to_owned(), super::execute_command::EXPLAIN)
    } else {
        (lenses::outcome(ctx.semantic, data.is_scenario, &data.name), super::execute_command::RUN)
    };
    let about = json!({ "uri": data.uri, "scenario": data.is_scenario, "name": data.name });
    let command = Command { title, command: command.to_owned(), arguments: Some(vec![about]) };
    Ok(CodeLens { command: Some(command), ..lens })
}
