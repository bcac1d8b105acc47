//! The grammar is written once: the page for people, the list of keywords and the editors' grammar agree with it.
//! `UPDATE=1 cargo test -p onrecord-tests --test grammar` writes the list of keywords anew.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop")]

use std::collections::{BTreeMap, BTreeSet};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const LEVELS: [&str; 4] = ["opt-out-not-exercised", "implied", "expressed", "explicit"];
const UNITS: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

fn read(path: &str) -> String {
    std::fs::read_to_string(format!("{ROOT}/{path}")).unwrap()
}

/// Every keyword of the grammar.
fn keywords() -> BTreeSet<String> {
    let grammar = read("grammar/src/onrecord.pest");
    let keywords = grammar.lines().filter_map(|line| line.strip_prefix("k_")?.split(' ').next().map(str::to_owned));
    keywords.collect()
}

/// The keywords that are no names.
fn reserved() -> BTreeSet<String> {
    let grammar = read("grammar/src/onrecord.pest");
    let line = grammar.lines().find(|line| line.starts_with("reserved ")).unwrap();
    quoted(line)
}

/// The words of a text that stand in straight quotes.
fn quoted(text: &str) -> BTreeSet<String> {
    let words = text.split('"').skip(1).step_by(2);
    words.filter(|word| word.starts_with(|one: char| one.is_ascii_lowercase())).map(str::to_owned).collect()
}

fn plurals() -> impl Iterator<Item = String> {
    UNITS.iter().map(|unit| format!("{unit}s"))
}

/// The rules of the page, each with the keywords it holds.
fn rules_of_the_page() -> Vec<(String, BTreeSet<String>)> {
    let page = read("docs/src/language/grammar.md");
    let block = page.split("```ebnf\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    let mut rules: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in block.lines().filter(|line| !line.is_empty()) {
        let (head, rest) = match line.split_once(" = ") {
            Some((head, rest)) if !line.starts_with(' ') => (Some(head.trim()), rest),
            _ => (None, line),
        };
        if let Some(head) = head {
            rules.push((head.to_owned(), BTreeSet::new()));
        }
        rules.last_mut().unwrap().1.extend(quoted(rest));
    }
    rules
}

#[test]
fn the_page_for_people_holds_every_keyword_and_no_other_word() {
    let on_page: BTreeSet<String> = rules_of_the_page().into_iter().flat_map(|(_, words)| words).collect();
    let mut expected = keywords();
    expected.extend(plurals().chain(LEVELS.map(str::to_owned)));
    assert_eq!(on_page, expected);
}

#[test]
fn every_keyword_is_used_and_every_reserved_word_is_a_keyword() {
    let grammar = read("grammar/src/onrecord.pest");
    for keyword in keywords() {
        let name = format!("k_{keyword}");
        let is_word = |one: char| one.is_ascii_alphanumeric() || one == '_';
        let uses = grammar.split(|one| !is_word(one)).filter(|word| *word == name).count();
        assert!(uses > 1, "{name} is never used");
    }
    let unknown: Vec<_> = reserved().difference(&keywords()).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// Where the rules of the page stand, in words.
fn place(of: &str) -> &'static str {
    match of {
        "word" => "begins a word's declaration",
        "word-line" => "in a word",
        "verb" => "verb of a fact",
        "region" => "region",
        "source" | "source-line" => "source",
        "cite" => "citation",
        "under" => "reading of a line",
        "coverage" => "coverage claim",
        "question" => "question",
        "define" => "definition",
        "rule" => "begins a rule",
        "rule-line" => "in a rule",
        "clause" | "prohibit" | "require" | "before" | "duty" | "keep" | "if" => "clause",
        "span" => "how long something is kept",
        "act" => "act",
        "exception" | "exception-line" => "exception",
        "part" | "condition" | "who" | "fact" | "said" | "is" | "purposes" => "condition",
        "statement" => "what a person said",
        "told" | "told-option" => "after *told*",
        "timing" => "after *told* or *consent to*",
        "gave" | "gave-option" => "consent",
        "notice" | "form" | "notice-line" => "notice or form",
        "bundle" | "bundle-line" | "impasse" => "bundle",
        "given-fact" | "stated" => "stated fact",
        "scenario" | "scenario-line" | "given" | "when" => "scenario",
        "person" | "person-line" | "how" => "person in a scenario",
        "expect" | "expectation" | "verdict" => "expectation",
        "PERIOD" => "period",
        "UNIT" => "unit of a period",
        "LEVEL" => "level of consent",
        other => panic!("say where `{other}` stands"),
    }
}

fn keywords_page() -> String {
    let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (of, words) in rules_of_the_page() {
        for word in words {
            let known = places.entry(word).or_default();
            if !known.contains(&place(&of)) {
                known.push(place(&of));
            }
        }
    }
    let reserved = reserved();
    let mut page = "# Keywords\n\nKeywords are whole words, in lower case. Those in **bold** are reserved: they tell lines apart, and cannot be names. The others \
        may also be names (`recording` is an act, and a word of *on the recording*).\n\n| keyword | where it stands |\n| --- | --- |\n"
        .to_owned();
    for (word, places) in places {
        let word = if reserved.contains(&word) { format!("**`{word}`**") } else { format!("`{word}`") };
        page += &format!("| {word} | {} |\n", places.join("; "));
    }
    page
}

#[test]
fn the_list_of_keywords_says_where_each_stands() {
    let page = keywords_page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(format!("{ROOT}/docs/src/language/keywords.md"), &page).unwrap();
    }
    assert!(read("docs/src/language/keywords.md") == page, "run again with UPDATE=1");
}

/// The alternatives of the group of a pattern: `…(a|b|c)…`.
fn alternatives(pattern: &str) -> Vec<String> {
    let group = pattern.split('(').find(|part| part.contains('|') && !part.contains('?')).unwrap();
    group.split(')').next().unwrap().split('|').map(str::to_owned).collect()
}

#[test]
fn the_editors_grammar_colours_every_keyword_once_and_no_other_word() {
    let grammar: serde_json::Value = serde_json::from_str(&read("grammar/onrecord.tmLanguage.json")).unwrap();
    let patterns = &grammar["repository"];
    let mut coloured: Vec<String> = ["clause", "logic", "constant", "declaration", "word"]
        .iter()
        .flat_map(|group| alternatives(patterns[group]["match"].as_str().unwrap()))
        .collect();
    coloured.sort();
    let mut expected: Vec<String> = keywords().into_iter().chain(LEVELS.map(str::to_owned)).collect();
    expected.sort();
    assert_eq!(coloured, expected);
    for include in grammar["patterns"].as_array().unwrap() {
        let name = include["include"].as_str().unwrap().trim_start_matches('#');
        assert!(patterns[name].is_object(), "{name}");
    }
    let units =
        alternatives(patterns["number"]["patterns"][0]["match"].as_str().unwrap().split("business").nth(1).unwrap());
    let units: BTreeSet<String> = units.into_iter().collect();
    assert_eq!(units, UNITS.iter().map(|unit| (*unit).to_owned()).chain(plurals()).collect());
}
