//! Completion in context: at each `$0`, what is offered that matters, and what is not.

use serde_json::Value;

use crate::client::Client;

const SOURCE: &str = "source S \"Statute\" {
  level legislation
  kind civil
  cite \"Code\"
  checked 2026-11-01
  recheck by 2027-05-01
  applies if any party is in US-CA
}
rule OTHER \"Other\" under S {
  cite \"x\"
  prohibit recording
}
define card-call as call concerns card-payment
";

fn offered(fixture: &str) -> Vec<String> {
    let mut client = Client::with_vocabulary();
    client.open("file:///p/s.onr", SOURCE);
    let position = client.open_at("file:///p/f.onr", fixture);
    let items = client.at("textDocument/completion", "file:///p/f.onr", &position).unwrap();
    let items = if items.is_array() { &items } else { &items["items"] };
    let labels = items.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect();
    client.close();
    labels
}

#[track_caller]
fn check(fixture: &str, offers: &[&str], never: &[&str]) {
    let offered = offered(fixture);
    for wanted in offers {
        assert!(offered.iter().any(|label| label == wanted), "{fixture}\n`{wanted}` is not among {offered:?}");
    }
    for not in never {
        assert!(!offered.iter().any(|label| label == not), "{fixture}\n`{not}` is among {offered:?}");
    }
}

#[test]
fn declarations_stand_between_declarations() {
    check("$0", &["rule", "source", "scenario", "act"], &["cite", "recording"]);
    check("act a \"A\" { means \"a\" group other }\n\nru$0", &["rule"], &["cite"]);
}

#[test]
fn lines_stand_in_bodies() {
    check("rule R under S {\n  $0\n}", &["cite", "prohibit", "except"], &["level", "rule"]);
    check("source T \"T\" {\n  $0\n}", &["level", "recheck by", "applies if"], &["prohibit"]);
    check("rule R under S {\n  except e {\n    $0\n  }\n}", &["allow", "waive", "then"], &["prohibit", "except"]);
    check("scenario \"x\" of S {\n  $0\n}", &["given judged", "expect", "customer"], &["cite"]);
    check("scenario \"x\" of S {\n  customer {\n    $0\n  }\n}", &["told", "is in", "gave"], &["expect"]);
    check("bundle b \"B\" {\n  $0\n}", &["includes", "adopt"], &["cite"]);
}

#[test]
fn names_stand_where_their_kind_does() {
    check("rule R under $0", &["S"], &["recording", "OTHER"]);
    check("rule R under S {\n  prohibit $0\n}", &["recording", "use"], &["customer", "model-training"]);
    check(
        "rule R under S {\n  prohibit use for $0\n}",
        &["model-training", "quality-assurance"],
        &["recording", "customer"],
    );
    check("rule R under S {\n  prohibit recording\n    if judged $0\n}", &["private-communication"], &["recording"]);
    check("rule R under S {\n  prohibit recording\n    if any $0\n}", &["party", "customer", "agent"], &["recording"]);
    check(
        "rule R under S {\n  prohibit recording\n    if call concerns $0\n}",
        &["card-payment", "order-reception"],
        &["cellular"],
    );
    check(
        "rule R under S {\n  prohibit recording\n    if any party uses any of { wired, $0 }\n}",
        &["cellular", "voip"],
        &["card-payment"],
    );
    check("rule R under S {\n  prohibit recording\n    if any party is in $0\n}", &[], &["cellular", "recording"]);
    check("rule R under S {\n  displaces $0\n}", &["OTHER"], &["S"]);
    check("except e to $0", &["OTHER"], &["S"]);
    check("scenario \"x\" of $0", &["S"], &["OTHER"]);
    check("covers US-CA for $0", &["recording", "use"], &["party"]);
}

#[test]
fn a_person_is_followed_by_what_is_said_of_them() {
    let joints = ["if", "unless", "and", "or", "under", "for", "provided"];
    check("rule R under S {\n  prohibit recording\n    if any customer $0\n}", &["is in", "uses", "who"], &joints);
    check("rule R under S {\n  prohibit recording\n    if that party $0\n}", &["is in", "is"], &joints);
    check(
        "rule R under S {\n  prohibit recording\n    unless every party $0\n}",
        &["was told", "gave at least"],
        &joints,
    );
    check(
        "rule R under S {\n  prohibit recording\n    if any customer is in US-CA $0\n}",
        &["and", "or", "unless"],
        &[],
    );
    check("rule R under S {\n  prohibit recording\n    if judged private-communication $0\n}", &["and"], &[]);
    check("rule R under S {\n  prohibit recording $0\n}", &["if", "unless", "for"], &[]);
}

#[test]
fn every_place_can_be_written() {
    check("rule R under S {\n  prohibit recording\n    if any party is in $0\n}", &["US", "DE", "JP"], &["US-CA"]);
    check("rule R under S {\n  prohibit recording\n    if any party is in US-$0\n}", &["US-CA", "US-TX"], &["DE"]);
    check("covers $0", &["DE"], &["recording"]);
    let mut client = Client::with_vocabulary();
    let position = client.open_at("file:///p/f.onr", "region NORTH \"North\" { $0 }");
    let items = client.at("textDocument/completion", "file:///p/f.onr", &position).unwrap();
    assert_eq!(items["isIncomplete"], true, "the subdivisions come with the code of the country");
    let germany = items["items"].as_array().unwrap().iter().find(|item| item["label"] == "DE").unwrap();
    assert_eq!(germany["detail"], "Germany");
    assert_eq!(germany["filterText"], "DE Germany", "it is found by its name");
    client.close();
}

#[test]
fn consent_has_levels_and_telling_has_elements() {
    let gave = "rule R under S {\n  prohibit recording\n    unless every party gave at least $0\n}";
    check(gave, &["implied consent to", "explicit consent to"], &["recording"]);
    check(
        "rule R under S {\n  prohibit recording\n    unless every party was told $0\n}",
        &["recording"],
        &["model-training"],
    );
    let option = "rule R under S {\n  prohibit recording\n    unless every party was told recording, $0\n}";
    check(option, &["before", "on the recording"], &["customer"]);
    let to = "rule R under S {\n  prohibit recording\n    unless every party gave at least expressed consent to $0\n}";
    check(to, &["recording", "model-training"], &["customer"]);
}

#[test]
fn what_can_be_done_is_offered_in_requirements_only() {
    let requirement = "rule R under S {\n  prohibit recording\n    unless $0\n}";
    check(requirement, &["every party was told", "card-entry-masked", "card-call", "any of"], &[]);
    let condition = "rule R under S {\n  prohibit recording\n    if $0\n}";
    check(condition, &["judged", "card-call", "any"], &["every party was told", "card-entry-masked"]);
    let group = "rule R under S {\n  prohibit recording\n    unless any of {\n      $0\n    }\n}";
    check(group, &["every party was told", "judged"], &["cite"]);
}

#[test]
fn nothing_is_offered_in_texts_and_comments() {
    assert_eq!(offered("rule R \"pro$0\" under S { }"), Vec::<String>::new());
    assert_eq!(offered("# pro$0"), Vec::<String>::new());
}

#[test]
fn an_item_shows_its_card_when_it_is_chosen() {
    let mut client = Client::with_vocabulary();
    let position = client.open_at("file:///p/f.onr", "rule R under S {\n  prohibit rec$0\n}");
    let items = client.at("textDocument/completion", "file:///p/f.onr", &position).unwrap();
    let item = items.as_array().unwrap().iter().find(|item| item["label"] == "recording").unwrap().clone();
    assert_eq!(item["textEdit"]["range"]["start"]["character"], 11, "the whole word is replaced");
    assert_eq!(item["labelDetails"]["description"], "Recording", "what it means stands beside it before it is chosen");
    let order: Vec<&str> = items.as_array().unwrap().iter().map(|item| item["sortText"].as_str().unwrap()).collect();
    assert!(order.is_sorted(), "a client keeps the order of what fits: {order:?}");
    let resolved: Value = client.request("completionItem/resolve", item).unwrap();
    let card = resolved["documentation"]["value"].as_str().unwrap();
    assert!(card.contains("Capturing the sound"), "{card}");
    client.close();
}
