//! What breaks other servers: deep nesting, open texts, huge lines, other alphabets, files that go away, requests that are cancelled,
//! handlers that fail.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use onrecord_lsp::{Hooks, METHODS};
use serde_json::{Value, json};

use crate::client::{Client, VOCABULARY, everything, position_after, shown};

const URI: &str = "file:///p/x.onr";

fn codes(client: &mut Client) -> Vec<String> {
    client.diagnostics(URI).iter().map(|one| one["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The outline's names.
fn outline(client: &mut Client) -> Vec<String> {
    let symbols = client.of("textDocument/documentSymbol", URI).unwrap();
    symbols.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn nesting_of_any_depth_is_a_finding() {
    for depth in [1_000, 100_000] {
        for (open, close) in [("(", ")"), ("any of { ", " }")] {
            let nested = format!("define deep as {}call is inbound{}\n", open.repeat(depth), close.repeat(depth));
            let text =
                format!("{nested}\nact after \"After\" {{\n  means \"What stands after it.\"\n  group other\n}}\n");
            let mut client = Client::new();
            client.open(URI, &text);
            let found = codes(&mut client);
            assert!(!found.is_empty(), "{depth} of `{open}`");
            if text.len() < 1024 * 1024 {
                assert!(outline(&mut client).contains(&"after".to_owned()), "what stands after it is read");
            }
            for method in ["textDocument/foldingRange", "textDocument/semanticTokens/full", "textDocument/formatting"] {
                let params =
                    json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } });
                client.request(method, params).unwrap();
            }
            let params = json!({ "textDocument": { "uri": URI }, "positions": [{ "line": 0, "character": 900 }] });
            client.request("textDocument/selectionRange", params).unwrap();
            client.change(
                URI,
                json!({ "start": { "line": 0, "character": 20 }, "end": { "line": 0, "character": 21 } }),
                "x",
            );
            codes(&mut client);
            client.close();
        }
    }
}

#[test]
fn an_open_text_hides_nothing_after_it() {
    let mut client = Client::with_vocabulary();
    let text = "define a as call concerns card-payment\n\nrule R \"no end under S {\n  prohibit recordin\n}\n\n\
                define b as call concerns card-paymnt\n";
    client.open(URI, text);
    let found: Vec<String> = client.diagnostics(URI).iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    assert_eq!(outline(&mut client), ["a", "R", "b"]);
    client.close();
}

#[test]
fn a_line_of_fifty_megabytes_is_one_finding() {
    let mut client = Client::new();
    let text = "a ".repeat(25 * 1024 * 1024);
    client.open(URI, &text);
    assert_eq!(codes(&mut client), ["ONR0101"]);
    let end = json!({ "line": 0, "character": text.len() });
    client.change(URI, json!({ "start": end, "end": end }), "b");
    assert_eq!(codes(&mut client), ["ONR0101"]);
    client.change(URI, Value::Null, "define a as judged nothing\n");
    assert_eq!(
        codes(&mut client).first().map(String::as_str),
        Some("ONR0201"),
        "and it is read again once it is small"
    );
    client.close();
}

#[test]
fn columns_are_right_after_an_emoji_in_every_encoding() {
    // In front of the misspelt word stands a text with an emoji.
    let text = "notice n \"🎧 é\" { states recordin }\r\n";
    let before = text.split("recordin").next().unwrap();
    let columns = [before.len(), before.encode_utf16().count(), before.chars().count()];
    for (encoding, column) in ["utf-8", "utf-16", "utf-32"].into_iter().zip(columns) {
        let mut capabilities = everything();
        capabilities["general"]["positionEncodings"] = json!([encoding]);
        let mut client = Client::with(capabilities, json!({}), &[], Hooks::default());
        client.open("file:///p/vocabulary.onr", VOCABULARY);
        assert_eq!(client.capabilities["positionEncoding"], encoding);
        client.open(URI, "define a as call concerns card-payment # 🎧 é\r\n");
        // Typing after the emoji: the client counts in its own units.
        let units = match encoding {
            "utf-8" => "define a as call concerns card-payment # 🎧 é".len(),
            "utf-16" => "define a as call concerns card-payment # 🎧 é".encode_utf16().count(),
            _ => "define a as call concerns card-payment # 🎧 é".chars().count(),
        };
        let end = json!({ "line": 0, "character": units });
        client.change(URI, json!({ "start": end, "end": end }), "!\r\ndefine b as call concerns card-paymnt # 🎧");
        let found = client.diagnostics(URI);
        let misspelt: Vec<&Value> =
            found.iter().filter(|one| one["message"].as_str().unwrap().contains("card-paymnt")).collect();
        assert_eq!(misspelt.len(), 1, "{found:?}");
        assert_eq!(misspelt[0]["range"]["start"], json!({ "line": 1, "character": 26 }));
        client.change(URI, Value::Null, text);
        let found = client.diagnostics(URI);
        let misspelt = found.iter().find(|one| one["message"].as_str().unwrap().contains("recordin"));
        let expected = json!({ "line": 0, "character": column });
        assert_eq!(misspelt.map(|one| &one["range"]["start"]), Some(&expected), "{encoding}: {found:?}");
        let hover = client.at("textDocument/hover", URI, &json!({ "line": 0, "character": column + 2 })).unwrap();
        assert_eq!(hover["range"]["start"], expected, "{encoding}");
        client.close();
    }
}

#[test]
fn positions_outside_the_text_are_the_nearest_inside_it() {
    let mut client = Client::with_vocabulary();
    client.open(URI, "# one\r\n# two\r\n");
    let at = |line: u64, column: u64| json!({ "line": line, "character": column });
    let insert = |client: &mut Client, position: Value, text: &str| {
        client.change(URI, json!({ "start": position, "end": position }), text);
    };
    // What the text is now is seen in the outline and in where a comment's fold ends.
    insert(&mut client, at(0, 6), "!"); // between \r and \n: the line's end
    insert(&mut client, at(1, 999), "?"); // past the line's end
    insert(&mut client, at(999, 7), "define last as call concerns card-payment\n"); // past the last line
    let formatted = client.request(
        "textDocument/formatting",
        json!({ "textDocument": { "uri": URI }, "options": { "tabSize": 2, "insertSpaces": true } }),
    );
    assert!(formatted.is_ok());
    let symbols = client.of("textDocument/documentSymbol", URI).unwrap();
    assert_eq!(symbols[0]["selectionRange"]["start"], at(2, 7), "{symbols}");
    let ranges = client
        .request(
            "textDocument/selectionRange",
            json!({ "textDocument": { "uri": URI }, "positions": [at(0, 2), at(1, 2)] }),
        )
        .unwrap();
    let mut ends = Vec::new();
    for mut range in ranges.as_array().unwrap() {
        while range["range"]["start"]["character"] != 0 {
            range = &range["parent"];
        }
        ends.push(range["range"]["end"].clone());
    }
    assert_eq!(ends, [at(0, 6), at(1, 6)], "both comments grew by one letter");
    // A range that is the wrong way round, and one that is all outside, are asked and edited without harm.
    client.change(URI, json!({ "start": at(5, 0), "end": at(1, 0) }), "");
    client.change(URI, json!({ "start": at(70, 0), "end": at(90, 3) }), "");
    for position in [at(0, 6), at(0, 7), at(0, u64::from(u32::MAX)), at(u64::from(u32::MAX), 0)] {
        for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
            assert!(client.at(method, URI, &position).is_ok(), "{method} at {position}");
        }
    }
    assert_eq!(outline(&mut client), ["last"]);
    client.close();
}

#[test]
fn a_client_that_names_no_encoding_gets_utf_16() {
    let client = Client::with(json!({}), json!({}), &[], Hooks::default());
    assert_eq!(client.capabilities["positionEncoding"], "utf-16");
    client.close();
}

#[test]
fn files_come_and_go_on_disk() {
    let folder = std::env::temp_dir().join(format!("onrecord-lsp-{}", std::process::id()));
    let (one, other) = (folder.join("one"), folder.join("other"));
    fs::create_dir_all(&one).unwrap();
    fs::create_dir_all(&other).unwrap();
    fs::write(one.join("vocabulary.onr"), VOCABULARY).unwrap();
    fs::write(other.join("d.onr"), "define d as call concerns card-payment\n").unwrap();
    let mut client = Client::with(everything(), json!({}), &[&one, &other], Hooks::default());
    let uri = onrecord_lsp::path::to_uri(&other.join("d.onr"));
    let vocabulary = onrecord_lsp::path::to_uri(&one.join("vocabulary.onr"));

    client.open(&uri, "define d as call concerns order-reception\n");
    let found = client.diagnostics(&uri);
    assert!(
        !found.iter().any(|one| one["message"].as_str().unwrap().contains("order-reception")),
        "two folders are one policy: {found:?}"
    );
    client.settle();
    assert!(client.asked.iter().any(|request| request.method == "client/registerCapability"));

    fs::remove_file(one.join("vocabulary.onr")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": vocabulary, "type": 3 }] }));
    let found = client.diagnostics(&uri);
    assert!(found.iter().any(|one| one["message"].as_str().unwrap().contains("order-reception")), "{found:?}");

    // The editor's text wins over the disk, also when the file is deleted there.
    fs::remove_file(other.join("d.onr")).unwrap();
    client.tell("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": uri, "type": 3 }] }));
    assert!(client.of("textDocument/documentSymbol", &uri).unwrap()[0]["name"] == "d");
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    assert!(client.of("textDocument/documentSymbol", &uri).is_err());
    client.settle();
    assert_eq!(client.published.get(&uri), Some(&json!([])), "nothing is left of it in the list of problems");

    fs::write(one.join("vocabulary.onr"), VOCABULARY).unwrap();
    let change =
        json!({ "event": { "added": [], "removed": [{ "uri": onrecord_lsp::path::to_uri(&one), "name": "one" }] } });
    client.tell("workspace/didChangeWorkspaceFolders", change);
    let change =
        json!({ "event": { "added": [{ "uri": onrecord_lsp::path::to_uri(&one), "name": "one" }], "removed": [] } });
    client.tell("workspace/didChangeWorkspaceFolders", change);
    assert!(
        client.of("textDocument/documentSymbol", &vocabulary).is_ok(),
        "a folder that is added again is read again"
    );
    client.close();
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_file_that_is_opened_by_itself_brings_its_pack() {
    let folder = std::env::temp_dir().join(format!("onrecord-lsp-pack-{}", std::process::id()));
    fs::create_dir_all(folder.join("vocabulary")).unwrap();
    fs::create_dir_all(folder.join("us")).unwrap();
    fs::write(folder.join("vocabulary/words.onr"), VOCABULARY).unwrap();
    let uri = onrecord_lsp::path::to_uri(&folder.join("us/x.onr"));
    let mut client = Client::new();
    client.open(&uri, "define d as call concerns card-payment\n");
    let found = client.diagnostics(&uri);
    assert!(!found.iter().any(|one| one["message"].as_str().unwrap().contains("card-payment")), "{found:?}");
    client.close();
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn a_file_that_is_not_utf_8_is_a_finding() {
    let folder = std::env::temp_dir().join(format!("onrecord-lsp-latin-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("x.onr");
    fs::write(&file, b"# Aufzeichnung\n# f\xfcr immer\n").unwrap();
    let uri = onrecord_lsp::path::to_uri(&file);
    let mut client = Client::with(everything(), json!({}), &[&folder], Hooks::default());
    client.settle();
    let expected = "1:3-1:4 not-utf-8 this is not UTF-8 text (byte 0xFC) | save the file as UTF-8: most editors ask for \
                    the encoding in “Save as”";
    assert_eq!(shown(&client.published[&uri][0]), expected, "the same that `onrecord check` says of it");
    // An editor that opens it shows what cannot be read as �, and the finding stays until that is gone.
    client.open(&uri, "# Aufzeichnung\n# f\u{fffd}r immer\n");
    assert_eq!(client.diagnostics(&uri).iter().map(shown).collect::<Vec<_>>(), [expected]);
    let start = json!({ "line": 0, "character": 0 });
    client.change(&uri, json!({ "start": start, "end": start }), "# Eins\n");
    assert!(shown(&client.diagnostics(&uri)[0]).starts_with("2:3-2:4 not-utf-8"));
    let at = |column: u32| json!({ "line": 2, "character": column });
    client.change(&uri, json!({ "start": at(3), "end": at(4) }), "ü");
    assert!(client.diagnostics(&uri).is_empty());
    client.close();
    let _ = fs::remove_dir_all(folder);
}

#[test]
fn references_stand_in_the_order_of_files_and_places() {
    let mut client = Client::with_vocabulary();
    client.open("file:///p/z.onr", "define z as call concerns card-payment\n");
    client.open("file:///p/a.onr", "define a as call concerns card-payment\ndefine b as call concerns card-payment\n");
    let params = json!({
        "textDocument": { "uri": "file:///p/z.onr" }, "position": { "line": 0, "character": 30 },
        "context": { "includeDeclaration": false },
    });
    let found = client.request("textDocument/references", params).unwrap();
    let place = |one: &Value| format!("{}:{}", one["uri"].as_str().unwrap(), one["range"]["start"]["line"]);
    let places: Vec<String> = found.as_array().unwrap().iter().map(place).collect();
    assert_eq!(places, ["file:///p/a.onr:0", "file:///p/a.onr:1", "file:///p/z.onr:0"]);
    client.close();
}

#[test]
fn a_handler_that_fails_is_an_error_and_one_message() {
    let fail = Arc::new(AtomicBool::new(true));
    let fails = Arc::clone(&fail);
    let hooks = Hooks {
        before: Some(Arc::new(move |method| {
            assert!(method != "textDocument/hover" || !fails.load(Ordering::Relaxed), "a fault injected by a test");
        })),
    };
    let mut client = Client::with(everything(), json!({}), &[], hooks);
    client.open(URI, "define a as call is inbound\n");
    let at = json!({ "line": 0, "character": 8 });
    let (code, _) = client.at("textDocument/hover", URI, &at).unwrap_err();
    assert_eq!(code, -32603);
    let shown = client.told.iter().filter(|told| told.method == "window/showMessage").count();
    assert_eq!(shown, 1);
    fail.store(false, Ordering::Relaxed);
    assert!(client.at("textDocument/hover", URI, &at).is_ok(), "the server goes on");
    client.close();
}

#[test]
fn a_cancelled_request_is_answered_as_cancelled() {
    let (go, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let hooks = Hooks {
        before: Some(Arc::new(move |method| {
            if method == "workspace/symbol" {
                let _ = gate.lock().unwrap().recv_timeout(Duration::from_secs(20));
            }
        })),
    };
    let mut client = Client::with(everything(), json!({}), &[], hooks);
    client.open(URI, "define a as call is inbound\n");
    client.settle();
    let first = client.send("workspace/symbol", json!({ "query": "a" }));
    let queued = client.send("workspace/diagnostic", json!({ "previousResultIds": [] }));
    client.tell("$/cancelRequest", json!({ "id": 2 }));
    client.tell("$/cancelRequest", json!({ "id": 3 }));
    // The server takes messages in order: once this is answered, the cancellations were heard.
    let heard = client.send("textDocument/foldingRange", json!({ "textDocument": { "uri": URI } }));
    let _ = client.wait(&heard);
    go.send(()).unwrap();
    assert_eq!(client.wait(&first).unwrap_err().0, -32800);
    assert_eq!(client.wait(&queued).unwrap_err().0, -32800);
    client.close();
}

#[test]
fn everything_that_is_announced_is_answered() {
    let mut capabilities = everything();
    capabilities["textDocument"]["diagnostic"] = json!({});
    let mut client = Client::with(capabilities, json!({ "diagnostics": "pull" }), &[], Hooks::default());
    for provider in [
        "hoverProvider",
        "completionProvider",
        "definitionProvider",
        "referencesProvider",
        "documentHighlightProvider",
        "documentSymbolProvider",
        "workspaceSymbolProvider",
        "codeActionProvider",
        "codeLensProvider",
        "documentFormattingProvider",
        "documentRangeFormattingProvider",
        "documentOnTypeFormattingProvider",
        "renameProvider",
        "documentLinkProvider",
        "foldingRangeProvider",
        "selectionRangeProvider",
        "semanticTokensProvider",
        "inlayHintProvider",
        "callHierarchyProvider",
        "typeHierarchyProvider",
        "executeCommandProvider",
        "diagnosticProvider",
    ] {
        assert!(!client.capabilities[provider].is_null(), "{provider}");
    }
    let providers = client.capabilities.as_object().unwrap().keys().filter(|key| key.ends_with("Provider")).count();
    assert_eq!(providers, 22, "a provider that is announced is in this test: {:?}", client.capabilities);
    client.open("file:///p/vocabulary.onr", VOCABULARY);
    let text = include_str!("sample.onr");
    client.open(URI, text);
    let at = position_after(&text[..text.find("R \"All").unwrap()]);
    let mut params = json!({
        "textDocument": { "uri": URI }, "position": at, "range": { "start": at, "end": at }, "positions": [at], "newName": "RR",
        "context": { "diagnostics": [], "includeDeclaration": true }, "options": { "tabSize": 2, "insertSpaces": true },
        "ch": "}", "query": "R", "previousResultId": "1", "previousResultIds": [], "command": "onrecord.runTest",
        "arguments": [{ "scenario": false, "name": "R" }], "label": "recording", "title": "x", "diagnostics": [],
    });
    for item in ["CallHierarchy", "TypeHierarchy"] {
        let prepared = client.request(&format!("textDocument/prepare{item}"), params.clone()).unwrap();
        if !prepared.is_null() {
            params["item"] = prepared[0].clone();
        }
    }
    let lens = client.of("textDocument/codeLens", URI).unwrap()[0].clone();
    for method in METHODS {
        let mut asked = if *method == "codeLens/resolve" { lens.clone() } else { params.clone() };
        match *method {
            "textDocument/completion" => asked["context"] = json!({ "triggerKind": 1 }),
            "completionItem/resolve" | "codeAction/resolve" => asked = json!({ "label": "recording", "title": "x" }),
            _ => {}
        }
        let answer = client.request(method, asked);
        assert!(answer.is_ok(), "{method}: {answer:?}");
    }
    let (code, _) = client.request("textDocument/moniker", params).unwrap_err();
    assert_eq!(code, -32601);
    client.close();
}

#[test]
fn diagnostics_are_pushed_at_once_and_again_when_more_is_known() {
    let mut client = Client::with_vocabulary();
    client.open(URI, "define a as call concerns card-paymnt\n");
    client.settle();
    let found = client.published[URI].as_array().unwrap().iter().map(shown).collect::<Vec<_>>();
    assert!(found.iter().any(|one| one.contains("card-paymnt")), "{found:?}");
    // The next edit breaks the line before: what was known stays, moved along.
    let start = json!({ "line": 0, "character": 0 });
    client.change(URI, json!({ "start": start, "end": start }), "regoin X { }\n\n");
    let folded = client.of("textDocument/foldingRange", URI);
    assert!(folded.is_ok());
    let found = client.published[URI].as_array().unwrap().iter().map(shown).collect::<Vec<_>>();
    assert!(found.iter().any(|one| one.starts_with("2:") && one.contains("card-paymnt")), "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("0:") && one.contains("regoin")), "{found:?}");
    client.close();
}

#[test]
fn facts_of_a_broken_declaration_stay() {
    let mut client = Client::with_vocabulary();
    let text = include_str!("sample.onr");
    client.open(URI, text);
    let before = outline(&mut client);
    // The head of the rule is being typed again.
    let at = position_after(&text[..text.find("under S {\n  cite \"Code § 1(a)\"").unwrap()]);
    let end = json!({ "line": at["line"], "character": at["character"].as_u64().unwrap() + 5 });
    client.change(URI, json!({ "start": at, "end": end }), "undr");
    assert!(codes(&mut client).contains(&"ONR0112".to_owned()));
    assert_eq!(outline(&mut client), before);
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let hints =
        client.request("textDocument/inlayHint", json!({ "textDocument": { "uri": URI }, "range": all })).unwrap();
    assert!(
        hints
            .as_array()
            .unwrap()
            .iter()
            .any(|hint| hint["label"].as_str().unwrap().contains("consent at least implied"))
    );
    client.close();
}
