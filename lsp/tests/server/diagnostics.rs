//! Diagnostics while typing.

use onrecord_lsp::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, VOCABULARY, everything, shown};

const RULE: &str = "source S \"Statute\" {
  level legislation
  kind civil
  cite \"Code § 1\"
  checked 2026-11-01
  recheck by 2027-05-01
  applies if any party is in US-CA
}

rule R \"All parties\" under S {
  cite \"Code § 1(a)\"
  prohibit recording
    unless every party was told recording, before recording
}
";

#[test]
fn a_sound_file_has_none() {
    let mut client = Client::with_vocabulary();
    client.open("file:///p/s.onr", RULE);
    let found: Vec<String> = client.diagnostics("file:///p/vocabulary.onr").iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    let found: Vec<String> = client.diagnostics("file:///p/s.onr").iter().map(shown).collect();
    insta::assert_snapshot!(found.join("\n"));
    client.close();
}

const URI: &str = "file:///p/x.onr";
const MISSPELT: &str = "# A note.\ndefine a as call concerns card-paymnt\n\n# Another note.\n";

fn edit(client: &mut Client, from: (u32, u32), to: (u32, u32), text: &str) -> usize {
    let at = |(line, column): (u32, u32)| json!({ "line": line, "character": column });
    let before = client.pushes;
    client.change(URI, json!({ "start": at(from), "end": at(to) }), text);
    // What reading finds is said before the next answer.
    client.of("textDocument/foldingRange", URI).unwrap();
    client.settle();
    client.pushes - before
}

#[test]
fn a_code_links_to_its_page_without_a_network() {
    let mut capabilities = everything();
    capabilities["textDocument"]["publishDiagnostics"] = json!({ "codeDescriptionSupport": true });
    let link = |options: Value| {
        let mut client = Client::with(capabilities.clone(), options, &[], Hooks::default());
        client.open("file:///p/vocabulary.onr", VOCABULARY);
        client.open(URI, MISSPELT);
        let found = client.diagnostics(URI)[0].clone();
        let href = found["codeDescription"]["href"].as_str().unwrap().to_owned();
        assert!(href.contains(found["code"].as_str().unwrap()), "{href}");
        let page = onrecord_lsp::path::from_uri(&href).map(|page| std::fs::read_to_string(page).unwrap());
        client.close();
        let stays = onrecord_lsp::path::from_uri(&href).is_some_and(|page| page.exists());
        assert!(!stays, "pages go when the server does");
        (href, page)
    };
    let (_, page) = link(json!({}));
    assert!(page.unwrap().starts_with("# ONR02"));
    let (href, _) = link(json!({ "docs": "https://example.org/pages" }));
    assert!(href.starts_with("https://example.org/pages/ONR02") && href.ends_with(".html"), "{href}");
    let mut client = Client::new();
    client.open(URI, MISSPELT);
    assert!(client.diagnostics(URI)[0]["codeDescription"].is_null(), "this client shows no links");
    client.close();
}

#[test]
fn what_has_not_changed_is_not_said_again() {
    let mut client = Client::with_vocabulary();
    client.open(URI, MISSPELT);
    client.settle();
    let place = |client: &Client| client.published[URI][0]["range"]["start"].clone();
    assert_eq!(place(&client), json!({ "line": 1, "character": 26 }));
    assert_eq!(edit(&mut client, (3, 9), (3, 9), "x"), 0, "below");
    assert_eq!(edit(&mut client, (0, 3), (0, 4), "xyz"), 0, "in a line above");
    assert_eq!(edit(&mut client, (0, 3), (0, 3), "\n# "), 1, "a line more");
    assert_eq!(place(&client), json!({ "line": 2, "character": 26 }));
    assert_eq!(edit(&mut client, (2, 12), (2, 12), " "), 1, "before it in its line");
    assert_eq!(place(&client), json!({ "line": 2, "character": 27 }));
    // An editor that moves marks along with the text has moved or dropped this one.
    let word = "card-paymnt";
    assert_eq!(edit(&mut client, (2, 27), (2, 38), word), 1, "the same word once more");
    let before = client.pushes;
    client.change(URI, Value::Null, &format!("# A\n# note\n define a as call concerns {word}\n"));
    client.settle();
    assert!(client.pushes > before, "another text with the same finding");
    assert_eq!(place(&client), json!({ "line": 2, "character": 27 }));
    client.close();
}

#[test]
fn a_sound_text_is_typed_in_silence() {
    let mut client = Client::with_vocabulary();
    client.open(URI, "# A note.\n");
    client.settle();
    assert_eq!(client.published.get(URI), None, "nothing was wrong in it when it was opened");
    assert_eq!(edit(&mut client, (0, 0), (0, 0), "# Another note.\n"), 0);
    client.close();
}

#[test]
fn a_client_that_looks_at_versions_hears_of_each() {
    let mut capabilities = everything();
    capabilities["textDocument"]["publishDiagnostics"] = json!({ "versionSupport": true });
    let mut client = Client::with(capabilities, json!({}), &[], Hooks::default());
    client.open("file:///p/vocabulary.onr", VOCABULARY);
    client.open(URI, MISSPELT);
    client.settle();
    assert_eq!(edit(&mut client, (3, 9), (3, 9), "x"), 1);
    assert_eq!(edit(&mut client, (3, 9), (3, 9), "x"), 1);
    client.close();
}
