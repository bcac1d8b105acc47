//! Fixes that work: what the server offers is applied, and the finding is gone.

use serde_json::{Value, json};

use crate::client::{Client, everything, shown};
use onrecord_lsp::Hooks;

const URI: &str = "file:///p/x.onr";
const SOURCE: &str = "source S \"Statute\" {
  level legislation
  kind civil
  cite \"Code\"
  checked 2026-11-01
  recheck by 2027-05-01
  applies if any party is in US-CA
  periods by 1182-71
}
";

/// The actions at a line and column.
fn actions(client: &mut Client, line: usize, column: usize) -> Vec<Value> {
    let at = json!({ "line": line, "character": column });
    let params = json!({
        "textDocument": { "uri": URI }, "range": { "start": at, "end": at }, "context": { "diagnostics": [] },
    });
    client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

/// Applies the edits of an action in the server's view of the text, as an editor does.
fn apply(client: &mut Client, action: &Value) {
    let mut edits = action["edit"]["changes"][URI].as_array().unwrap().clone();
    edits.sort_by_key(|edit| {
        let start = &edit["range"]["start"];
        std::cmp::Reverse((start["line"].as_u64().unwrap(), start["character"].as_u64().unwrap()))
    });
    for edit in edits {
        client.change(URI, edit["range"].clone(), edit["newText"].as_str().unwrap());
    }
}

fn titled<'a>(actions: &'a [Value], part: &str) -> &'a Value {
    let found = actions.iter().find(|action| action["title"].as_str().unwrap().contains(part));
    found.unwrap_or_else(|| {
        panic!("no action with `{part}` in {:?}", actions.iter().map(|one| &one["title"]).collect::<Vec<_>>())
    })
}

fn messages(client: &mut Client) -> Vec<String> {
    client.diagnostics(URI).iter().map(shown).collect()
}

#[test]
fn a_misspelt_fact_gets_the_nearest_name() {
    let mut client = Client::with_vocabulary();
    client.open(
        URI,
        &format!(
            "{SOURCE}\nrule R under S {{\n  cite \"x\"\n  prohibit recording\n    if any party uses celular\n}}\n"
        ),
    );
    assert!(messages(&mut client).iter().any(|one| one.contains("celular")));
    let actions = actions(&mut client, 13, 24);
    let fix = titled(&actions, "write `cellular`");
    assert_eq!(fix["isPreferred"], true);
    assert!(fix["diagnostics"][0]["message"].as_str().unwrap().contains("celular"));
    apply(&mut client, fix);
    assert!(!messages(&mut client).iter().any(|one| one.contains("celular")));
    client.close();
}

#[test]
fn text_from_a_word_processor_is_repaired_at_once() {
    let mut client = Client::with_vocabulary();
    client.open(URI, "region\u{a0}WEST “The west” { US–CA, US-OR }\n\ndefine d as call concerns card\u{2011}payment\n");
    let repair = actions(&mut client, 2, 3);
    let repair = titled(&repair, "word processor");
    assert_eq!(repair["kind"], "source.fixAll");
    apply(&mut client, repair);
    let left: Vec<String> = messages(&mut client).into_iter().filter(|one| !one.contains("ONR0250")).collect();
    assert_eq!(left, Vec::<String>::new());
    client.close();
}

#[test]
fn a_missing_citation_and_missing_dates_are_added() {
    let mut client = Client::with_vocabulary();
    client.open(URI, "source S \"Statute\" {\n  level legislation\n  kind civil\n  cite \"Code\"\n}\n\nrule R under S {\n  prohibit recording\n}\n");
    let dates = actions(&mut client, 0, 3);
    apply(&mut client, titled(&dates, "review dates"));
    let cite = actions(&mut client, 9, 4);
    apply(&mut client, titled(&cite, "citation of R"));
    let left = messages(&mut client);
    assert!(!left.iter().any(|one| one.contains("ONR0463") || one.contains("checked")), "{left:?}");
    client.close();
}

#[test]
fn an_expectation_takes_the_new_outcome() {
    let mut client = Client::with_vocabulary();
    let text = format!(
        "{SOURCE}\nrule R under S {{\n  cite \"x\"\n  prohibit recording\n    unless every party was told recording, before recording\n}}\n\n\
         scenario \"Not told\" of S {{\n  given recording from 2026-03-02T10:00:00Z\n  customer {{\n    is in US-CA\n  }}\n  expect recording cleared\n}}\n"
    );
    client.open(URI, &text);
    client.settle();
    let found = client.published[URI].as_array().unwrap().iter().map(shown).collect::<Vec<_>>();
    assert_eq!(
        found,
        [
            "21:2-21:26 unmet-expectation this is not met: prohibited | mend the rule, or accept the new outcome if it is right"
        ]
    );
    let accept = actions(&mut client, 21, 5);
    apply(&mut client, titled(&accept, "accept the new outcome: recording prohibited"));
    client.settle();
    assert_eq!(client.published[URI], json!([]));
    client.close();
}

#[test]
fn unless_becomes_an_exception_and_comes_back() {
    let mut client = Client::with_vocabulary();
    let rule = "rule R under S {\n  cite \"x\"\n\n  prohibit recording\n    unless every party was told recording, before recording\n}\n";
    client.open(URI, &format!("{SOURCE}\n{rule}"));
    let there = actions(&mut client, 13, 6);
    apply(&mut client, titled(&there, "as an exception"));
    assert!(messages(&mut client).is_empty(), "{:?}", messages(&mut client));
    let back = actions(&mut client, 15, 6);
    let back = titled(&back, "as part of `unless`");
    apply(&mut client, back);
    assert!(messages(&mut client).is_empty(), "{:?}", messages(&mut client));
    let tokens = client.of("textDocument/semanticTokens/full", URI).unwrap();
    let mut fresh = Client::with_vocabulary();
    fresh.open(URI, &format!("{SOURCE}\n{rule}"));
    let as_before = fresh.of("textDocument/semanticTokens/full", URI).unwrap();
    let kinds = |tokens: &Value| {
        tokens["data"].as_array().unwrap().chunks(5).map(|five| (five[2].clone(), five[3].clone())).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&tokens), kinds(&as_before), "the same words in the same order");
    fresh.close();
    client.close();
}

#[test]
fn edits_come_when_an_action_is_chosen() {
    let mut capabilities = everything();
    capabilities["textDocument"]["codeAction"] = json!({ "resolveSupport": { "properties": ["edit"] } });
    let mut client = Client::with(capabilities, json!({}), &[], Hooks::default());
    client.open(URI, "regoin WEST { US-CA }\n");
    let offered = actions(&mut client, 0, 3);
    let offered = titled(&offered, "region").clone();
    assert!(offered["edit"].is_null());
    let chosen = client.request("codeAction/resolve", offered).unwrap();
    apply(&mut client, &chosen);
    assert_eq!(messages(&mut client), Vec::<String>::new());
    client.close();
}
