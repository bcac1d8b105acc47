//! Each method on a sample, with its answer beside it.

use serde_json::{Value, json};

use crate::client::{Client, position_after, shown};

const SAMPLE: &str = include_str!("sample.onr");
const URI: &str = "file:///p/sample.onr";

fn open() -> Client {
    let mut client = Client::with_vocabulary();
    client.open(URI, SAMPLE);
    client
}

/// The position of the first `needle` in the sample, some characters into it.
fn at(needle: &str, into: usize) -> Value {
    let start = SAMPLE.find(needle).unwrap_or_else(|| panic!("no {needle}"));
    position_after(&SAMPLE[..start + into])
}

fn whole() -> Value {
    json!({ "start": { "line": 0, "character": 0 }, "end": position_after(SAMPLE) })
}

/// Text edits, applied to the sample.
fn applied(edits: &[Value]) -> String {
    let offset = |position: &Value| {
        let line = usize::try_from(position["line"].as_u64().unwrap()).unwrap();
        let column = usize::try_from(position["character"].as_u64().unwrap()).unwrap();
        let start: usize = SAMPLE.split_inclusive('\n').take(line).map(str::len).sum();
        let rest = &SAMPLE[start..];
        let mut units = 0;
        let byte = rest.char_indices().find(|(_, one)| {
            let here = units >= column;
            units += one.len_utf16();
            here
        });
        start + byte.map_or(rest.len(), |(byte, _)| byte)
    };
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort();
    let mut text = SAMPLE.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        text.replace_range(start..end, new);
    }
    text
}

/// What two texts do not share, as a diff without context.
fn changed(new: &str) -> String {
    let old: Vec<&str> = SAMPLE.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let front = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - front;
    let back = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let minus = old[front..old.len() - back].iter().map(|line| format!("-{line}"));
    let plus = new[front..new.len() - back].iter().map(|line| format!("+{line}"));
    minus.chain(plus).collect::<Vec<_>>().join("\n")
}

#[test]
fn diagnostics_of_the_sample() {
    let mut client = open();
    let found: Vec<String> = client.diagnostics(URI).iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    client.close();
}

#[test]
fn hover() {
    let mut client = open();
    let places = [
        ("R \"All", 0),
        ("urgent \"", 2),
        ("under S", 6),
        ("recording\n    if", 3),
        ("private-comm", 3),
        ("card-payment", 2),
        ("party is in", 1),
        ("unless every", 2),
        ("WEST", 1),
        ("# A sample", 4),
    ];
    let mut cards = String::new();
    for (needle, into) in places {
        let answer = client.at("textDocument/hover", URI, &at(needle, into)).unwrap();
        let card = answer["contents"]["value"].as_str().unwrap_or("nothing");
        cards.push_str(&format!("=== {needle}\n{card}\n"));
    }
    insta::assert_snapshot!(cards);
    client.close();
}

#[test]
fn definition_references_and_highlights() {
    let mut client = open();
    let position = at("S {\n  cite \"Code § 1(a)\"", 0);
    let definition = client.at("textDocument/definition", URI, &position).unwrap();
    assert_eq!(definition["range"]["start"], at("S \"Statute\"", 0));
    let params = json!({
        "textDocument": { "uri": URI }, "position": position, "context": { "includeDeclaration": true },
    });
    assert_eq!(client.request("textDocument/references", params).unwrap().as_array().unwrap().len(), 4);
    let highlights = client.at("textDocument/documentHighlight", URI, &position).unwrap();
    let kinds: Vec<i64> = highlights.as_array().unwrap().iter().map(|one| one["kind"].as_i64().unwrap()).collect();
    assert_eq!(kinds, [3, 2, 2, 2]);
    let elsewhere = client.at("textDocument/definition", URI, &at("private-comm", 0)).unwrap();
    assert_eq!(elsewhere["uri"], "file:///p/vocabulary.onr");
    client.close();
}

#[test]
fn an_act_of_an_artefact_names_the_artefact() {
    let mut client = open();
    let uri = "file:///p/of.onr";
    let text = "rule OF \"Of\" under S {\n  cite \"x\"\n  prohibit use of recording\n}\n";
    client.open(uri, text);
    let position = json!({ "line": 2, "character": 19 });
    let card = client.at("textDocument/hover", uri, &position).unwrap()["contents"]["value"].clone();
    assert!(card.as_str().unwrap().starts_with("artefact **recording**"), "{card}");
    client.close();
}

#[test]
fn symbols() {
    let mut client = open();
    let outline = client.of("textDocument/documentSymbol", URI).unwrap();
    let mut lines = Vec::new();
    fn walk(symbols: &Value, depth: usize, lines: &mut Vec<String>) {
        for one in symbols.as_array().into_iter().flatten() {
            let detail = one["detail"].as_str().unwrap_or("");
            lines.push(format!("{}{} {} {}", "  ".repeat(depth), one["kind"], one["name"].as_str().unwrap(), detail));
            walk(&one["children"], depth + 1, lines);
        }
    }
    walk(&outline, 0, &mut lines);
    insta::assert_snapshot!(lines.join("\n"));
    let names = |client: &mut Client, query: &str| {
        let found = client.request("workspace/symbol", json!({ "query": query })).unwrap();
        found.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&mut client, "§ 2"), ["urgent"]);
    assert_eq!(names(&mut client, "1(a)"), ["R"]);
    assert_eq!(names(&mut client, "card-call"), ["card-call"]);
    client.close();
}

#[test]
fn inlay_hints_and_links() {
    let mut client = open();
    let params = json!({ "textDocument": { "uri": URI }, "range": whole() });
    let hints = client.request("textDocument/inlayHint", params).unwrap();
    let hints = hints
        .as_array()
        .unwrap()
        .iter()
        .map(|hint| format!("{}: {}", hint["position"]["line"], hint["label"].as_str().unwrap()));
    insta::assert_snapshot!(hints.collect::<Vec<_>>().join("\n"));
    let links = client.of("textDocument/documentLink", URI).unwrap();
    assert_eq!(links.as_array().unwrap().len(), 4, "the address, and the citation of each rule and exception");
    assert!(links.as_array().unwrap().iter().all(|link| link["target"] == "https://example.org/code"));
    client.close();
}

#[test]
fn half_a_word_is_not_what_a_rule_comes_to() {
    let mut client = open();
    let hints = |client: &mut Client, text: &str| {
        client.change(URI, Value::Null, text);
        client.diagnostics(URI);
        let params = json!({ "textDocument": { "uri": URI }, "range": whole() });
        let hints = client.request("textDocument/inlayHint", params).unwrap();
        hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let every = "unless every party gave at least implied consent to recording, before recording";
    let half = hints(&mut client, &SAMPLE.replace(every, "unless ever"));
    assert!(!half.iter().any(|hint| hint.contains("ever")), "{half:?}");
    let whole = hints(&mut client, &SAMPLE.replace(every, "unless card-call"));
    assert!(whole.iter().any(|hint| hint.starts_with("⇒ card-call")), "{whole:?}");
    client.close();
}

#[test]
fn folding_and_selection() {
    let mut client = open();
    let folds = client.of("textDocument/foldingRange", URI).unwrap();
    let folds = folds.as_array().unwrap().iter().map(|fold| format!("{}-{}", fold["startLine"], fold["endLine"]));
    insta::assert_snapshot!(folds.collect::<Vec<_>>().join(" "));
    let params = json!({ "textDocument": { "uri": URI }, "positions": [at("card-payment", 3)] });
    let mut selection = client.request("textDocument/selectionRange", params).unwrap()[0].clone();
    let mut chain = Vec::new();
    while !selection.is_null() {
        let range = &selection["range"];
        chain.push(format!(
            "{}:{}-{}:{}",
            range["start"]["line"], range["start"]["character"], range["end"]["line"], range["end"]["character"]
        ));
        selection = selection["parent"].clone();
    }
    insta::assert_snapshot!(chain.join("\n"));
    client.close();
}

#[test]
fn semantic_tokens_and_their_changes() {
    let mut client = open();
    let full = client.of("textDocument/semanticTokens/full", URI).unwrap();
    let mut numbers: Vec<u64> = full["data"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    let legend = client.capabilities["semanticTokensProvider"]["legend"]["tokenTypes"].clone();
    let mut shown = Vec::new();
    let (mut line, mut column) = (0usize, 0usize);
    let lines: Vec<Vec<u16>> = SAMPLE.lines().map(|line| line.encode_utf16().collect()).collect();
    for token in numbers.chunks(5) {
        let token: Vec<usize> = token.iter().map(|one| usize::try_from(*one).unwrap()).collect();
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let text = String::from_utf16(&lines[line][column..column + token[2]]).unwrap();
        let kind = legend[token[3]].as_str().unwrap();
        if kind != "keyword" || token[4] > 0 {
            shown.push(format!("{}: {text} {kind}{}", line + 1, ["", " declared", " deontic"][token[4]]));
        }
    }
    insta::assert_snapshot!(shown.join("\n"));

    let start = at("urgent \"", 0);
    client.change(URI, json!({ "start": start, "end": start }), "very-");
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": full["resultId"] });
    let delta = client.request("textDocument/semanticTokens/full/delta", params).unwrap();
    for edit in delta["edits"].as_array().unwrap() {
        let start = usize::try_from(edit["start"].as_u64().unwrap()).unwrap();
        let end = start + usize::try_from(edit["deleteCount"].as_u64().unwrap()).unwrap();
        let new: Vec<u64> = edit["data"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
        assert!(new.len() <= 10, "one token changed its length");
        numbers.splice(start..end, new);
    }
    let anew = client.of("textDocument/semanticTokens/full", URI).unwrap();
    let anew: Vec<u64> = anew["data"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    assert_eq!(numbers, anew);
    client.close();
}

#[test]
fn colours_go_on_from_an_older_result() {
    let mut client = open();
    let first = client.of("textDocument/semanticTokens/full", URI).unwrap();
    let start = at("urgent \"", 0);
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": first["resultId"] });
    // The client throws away the first answer, as it does with a request that it cancelled.
    for text in ["a", "b", "c"] {
        client.change(URI, json!({ "start": start, "end": start }), text);
        let delta = client.request("textDocument/semanticTokens/full/delta", params.clone()).unwrap();
        assert_eq!(delta["edits"].as_array().unwrap().len(), 1, "{delta}");
    }
    // A result that was never sent, or long ago, is answered with all of them.
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": "77" });
    let all = client.request("textDocument/semanticTokens/full/delta", params).unwrap();
    assert!(all["data"].as_array().unwrap().len() > 100, "{all}");
    client.close();
}

#[test]
fn rename_changes_every_file() {
    let mut client = open();
    let position = at("private-comm", 4);
    let prepared = client.at("textDocument/prepareRename", URI, &position).unwrap();
    assert_eq!(prepared["placeholder"], "private-communication");
    let params = |new: &str| json!({ "textDocument": { "uri": URI }, "position": position, "newName": new });
    let edit = client.request("textDocument/rename", params("confidential")).unwrap();
    assert_eq!(edit["changes"]["file:///p/vocabulary.onr"].as_array().unwrap().len(), 1);
    assert_eq!(edit["changes"][URI].as_array().unwrap().len(), 2);
    let (_, why) = client.request("textDocument/rename", params("unless")).unwrap_err();
    assert!(why.contains("cannot be a name"), "{why}");
    let (_, why) = client.request("textDocument/rename", params("a b")).unwrap_err();
    assert!(why.contains("cannot be a name"), "{why}");
    let params = json!({ "textDocument": { "uri": URI }, "position": at("R \"All", 0), "newName": "K" });
    let (_, why) = client.request("textDocument/rename", params).unwrap_err();
    assert!(why.contains("already"), "{why}");
    client.close();
}

#[test]
fn hierarchies() {
    let mut client = open();
    let rule = client.at("textDocument/prepareCallHierarchy", URI, &at("R \"All", 0)).unwrap()[0].clone();
    let below = client.request("callHierarchy/outgoingCalls", json!({ "item": rule })).unwrap();
    assert_eq!(below[0]["to"]["name"], "urgent");
    let above = client.request("callHierarchy/incomingCalls", json!({ "item": below[0]["to"] })).unwrap();
    assert_eq!(above[0]["from"]["name"], "R");
    let customer = client.at("textDocument/prepareTypeHierarchy", URI, &at("customer {", 2)).unwrap()[0].clone();
    let above = client.request("typeHierarchy/supertypes", json!({ "item": customer })).unwrap();
    assert_eq!(above[0]["name"], "party");
    let below = client.request("typeHierarchy/subtypes", json!({ "item": above[0] })).unwrap();
    let names: Vec<&str> = below.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["customer", "agent"]);
    client.close();
}

#[test]
fn lenses_run_and_explain() {
    let mut client = open();
    let lenses = client.of("textDocument/codeLens", URI).unwrap();
    let mut titles = Vec::new();
    let mut explain = Value::Null;
    for lens in lenses.as_array().unwrap() {
        let lens = client.request("codeLens/resolve", lens.clone()).unwrap();
        titles.push(format!("{}: {}", lens["range"]["start"]["line"], lens["command"]["title"].as_str().unwrap()));
        if lens["command"]["command"] == "onrecord.explain" {
            explain = lens["command"].clone();
        }
    }
    insta::assert_snapshot!(titles.join("\n"));
    let params = json!({ "command": explain["command"], "arguments": explain["arguments"] });
    let page = client.request("workspace/executeCommand", params).unwrap();
    insta::assert_snapshot!(page["text"].as_str().unwrap());
    let params = json!({ "command": "onrecord.runTest", "arguments": [{ "scenario": false, "name": "R" }] });
    let page = client.request("workspace/executeCommand", params).unwrap();
    insta::assert_snapshot!(page["text"].as_str().unwrap());
    client.close();
}

/// What stands over the declarations of a file, by line.
fn lens_titles(client: &mut Client, uri: &str) -> Vec<String> {
    let lenses = client.of("textDocument/codeLens", uri).unwrap();
    let lenses = lenses.as_array().unwrap().clone().into_iter();
    let title = |lens: Value| client.request("codeLens/resolve", lens).unwrap()["command"]["title"].clone();
    lenses.map(title).map(|title| title.as_str().unwrap().to_owned()).filter(|title| title != "why?").collect()
}

#[test]
fn scenarios_run_where_no_error_concerns_them() {
    let mut client = open();
    let other = "file:///p/other.onr";
    let elsewhere = "source T \"T\" {\n  level house\n  kind contractual\n}\n\nrule RT \"RT\" under T {\n  prohibit recordin\n}\n\n\
                     scenario \"Of T\" of T {\n  given recording from 2026-03-02T10:00:00Z\n  expect recording cleared\n}\n";
    client.open(other, elsewhere);
    let sound = lens_titles(&mut client, URI);
    assert!(sound.iter().all(|title| title.starts_with("✔ 1 of 1")), "another source's rule has the error: {sound:?}");
    for title in lens_titles(&mut client, other) {
        assert!(title.starts_with("not run: an error in other.onr stands in the way (ONR0"), "{title}");
    }
    // A scenario that cannot be read concerns nobody else; a word or a definition may concern all.
    client.change(other, Value::Null, "scenario \"Broken\" of S {\n  given nonsense\n}\n");
    assert!(lens_titles(&mut client, URI).iter().all(|title| title.starts_with('✔')));
    client.change(other, Value::Null, "define broken as judged nothing\n");
    assert!(lens_titles(&mut client, URI).iter().all(|title| title.starts_with("not run: an error in other.onr")));
    let about = json!({ "command": "onrecord.explain", "arguments": [{ "scenario": true, "name": "Told first" }] });
    let (_, why) = client.request("workspace/executeCommand", about.clone()).unwrap_err();
    assert!(why.contains("an error in other.onr stands in the way"), "{why}");
    client.change(other, Value::Null, "# nothing\n");
    assert!(client.request("workspace/executeCommand", about).is_ok());
    client.close();
}

#[test]
fn an_explanation_is_in_civil_time_and_in_the_authors_words() {
    let mut client = open();
    let explained = |client: &mut Client| {
        let about = json!({ "command": "onrecord.explain", "arguments": [{ "scenario": true, "name": "Told first" }] });
        client.request("workspace/executeCommand", about).unwrap()["text"].as_str().unwrap().to_owned()
    };
    let page = explained(&mut client);
    assert!(page.contains("At 2026-03-02 10:00:00 UTC"), "{page}");
    assert!(page.contains("where the customer is"), "{page}");
    assert!(!page.contains("customer."), "{page}");
    let zone = SAMPLE.replace("  kind civil\n", "  kind civil\n  civil time \"America/Los_Angeles\"\n");
    client.change(URI, Value::Null, &zone);
    assert!(explained(&mut client).contains("At 2026-03-02 02:00:00 -08:00 (America/Los_Angeles)"));
    client.change(URI, Value::Null, &SAMPLE.replace("2026-03-02T10:00:00Z", "2026-03-02T10:00:00+01:00"));
    assert!(explained(&mut client).contains("At 2026-03-02 10:00:00 +01:00"));
    client.close();
}

#[test]
fn code_actions() {
    let mut client = open();
    let mut all = String::new();
    for needle in ["judged private", "unless every", "urgent \"", "R \"All", "level legis"] {
        let position = at(needle, 2);
        let params = json!({
            "textDocument": { "uri": URI }, "range": { "start": position, "end": position }, "context": { "diagnostics": [] },
        });
        let actions = client.request("textDocument/codeAction", params).unwrap();
        for action in actions.as_array().unwrap() {
            let edits = action["edit"]["changes"][URI].as_array().unwrap();
            let title = action["title"].as_str().unwrap();
            all.push_str(&format!("=== {needle}: {title}\n{}\n", changed(&applied(edits))));
        }
    }
    insta::assert_snapshot!(all);
    client.close();
}
