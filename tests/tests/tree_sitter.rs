//! The tree-sitter grammar says what the grammar of the engine says: the same words, the same trees, the same refusals.
//! `cargo run` in `grammar/tree-sitter/generate` generates the parser anew from `grammar.js`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may stop"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use onrecord::source::{FileId, Source};
use onrecord::syntax;
use onrecord_grammar::pest::Parser as _;
use onrecord_grammar::pest::iterators::Pair;
use onrecord_grammar::{Grammar, Rule};
use onrecord_tests::{files, root};
use serde_json::Value;
use tree_sitter::{Language, Node, Parser, Query};
use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_onrecord() -> *const ();
}

fn language() -> Language {
    // SAFETY: the function is what tree-sitter generated, compiled by `build.rs`.
    Language::new(unsafe { LanguageFn::from_raw(tree_sitter_onrecord) })
}

fn folder() -> PathBuf {
    root().join("grammar/tree-sitter")
}

fn text_of(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rules that only sort what stands in them, which the tree does without.
const SORTING: &[&str] = &[
    "item",
    "word_line",
    "source_line",
    "rule_line",
    "exception_line",
    "notice_line",
    "bundle_line",
    "scenario_line",
    "person_line",
    "one",
    "who_part",
    "predicate",
    "test",
    "told_option",
    "gave_option",
    "p_option",
    "keep_option",
    "list_tight",
];
/// Rules of what cannot be read, for which tree-sitter has its own; and the entry.
const UNREADABLE: &[&str] = &["broken", "broken_item", "junk_word", "nested", "declaration", "EOI"];
/// Rules that look ahead and never make a node.
const LOOKING_AHEAD: &[&str] = &["nc", "reserved", "option_word", "line_start", "item_start"];

/// A part of a tree: what it is, and from where to where.
type Part = (String, usize, usize);

fn is_keyword(rule: &str) -> bool {
    rule.starts_with("k_")
}

/// Where white space and comments before a place in a text end.
fn skip(text: &str, mut at: usize) -> usize {
    loop {
        let rest = text[at..].trim_start_matches([' ', '\t', '\r', '\n', '\u{FEFF}']);
        at = text.len() - rest.len();
        match rest.strip_prefix('#') {
            Some(comment) => at += 1 + comment.find('\n').unwrap_or(comment.len()),
            None => return at,
        }
    }
}

/// The parts that the engine's grammar finds, in order; none if the text is broken. A part ends with its last token.
fn engine(text: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut at = skip(text, 0);
    while at < text.len() {
        let pair = Grammar::parse(Rule::item, &text[at..]).ok()?.next()?;
        let end = at + pair.as_span().end();
        collect(pair, at, &mut parts)?;
        at = skip(text, end);
    }
    Some(parts)
}

/// Adds a pair and what stands in it; gives back where its last token ends.
fn collect(pair: Pair<'_, Rule>, offset: usize, parts: &mut Vec<Part>) -> Option<()> {
    let rule = format!("{:?}", pair.as_rule());
    if rule.starts_with("broken") {
        return None;
    }
    if !is_keyword(&rule) && !SORTING.contains(&rule.as_str()) {
        let written = pair.as_span();
        let end = written.start() + without_what_follows(written.as_str());
        parts.push((rule, offset + written.start(), offset + end));
    }
    pair.into_inner().try_for_each(|inner| collect(inner, offset, parts))
}

/// The length of a text without the white space and the comments at its end.
fn without_what_follows(text: &str) -> usize {
    let (mut at, mut end) = (skip(text, 0), 0);
    while at < text.len() {
        let rest = &text[at..];
        end = at + rest.strip_prefix('"').map_or(rest.chars().next().unwrap().len_utf8(), |inside| 1 + closing(inside));
        at = skip(text, end);
    }
    end
}

/// Where a text in quotes closes.
fn closing(inside: &str) -> usize {
    let mut escaped = false;
    for (at, one) in inside.char_indices() {
        match one {
            '"' if !escaped => return at + 1,
            _ => escaped = one == '\\' && !escaped,
        }
    }
    inside.len()
}

/// The parts that tree-sitter finds, in order; none if the text is broken.
fn editor(parser: &mut Parser, text: &str) -> Option<Vec<Part>> {
    let tree = parser.parse(text, None).unwrap();
    let mut parts = Vec::new();
    walk(tree.root_node(), &mut parts);
    (!tree.root_node().has_error()).then_some(parts)
}

fn walk(node: Node<'_>, parts: &mut Vec<Part>) {
    if node.is_named() && !["file", "comment"].contains(&node.kind()) {
        parts.push((node.kind().to_owned(), node.start_byte(), node.end_byte()));
    }
    let mut cursor = node.walk();
    node.children(&mut cursor).for_each(|child| walk(child, parts));
}

fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&language()).unwrap();
    parser
}

/// That both read a text alike. Says whether they read it.
fn compare(parser: &mut Parser, name: &str, text: &str) -> Result<bool, String> {
    match (engine(text), editor(parser, text)) {
        (None, None) => Ok(false),
        (Some(engine), Some(editor)) if engine == editor => Ok(true),
        (Some(engine), Some(editor)) => {
            let differs = engine.iter().zip(&editor).position(|(one, other)| one != other).unwrap_or(0);
            Err(format!(
                "{name}: the engine has {:?}, tree-sitter {:?}\n{text}",
                engine.get(differs),
                editor.get(differs)
            ))
        }
        (Some(_), None) => Err(format!("{name}: tree-sitter refuses\n{text}")),
        (None, Some(_)) => Err(format!("{name}: only the engine refuses\n{text}")),
    }
}

/// The shipped policies, with what names each.
fn policies() -> Vec<(String, String)> {
    files(&root().join("policies"), "onr")
        .into_iter()
        .map(|path| (path.display().to_string(), text_of(&path)))
        .collect()
}

/// Every other text in the language: the examples of the book, the samples of the tests, what fuzzing kept.
fn samples() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for page in files(&root().join("docs/src"), "md") {
        for (number, example) in text_of(&page).split("```onr\n").skip(1).enumerate() {
            found.push((format!("{} {number}", page.display()), example.split("```").next().unwrap().to_owned()));
        }
    }
    for folder in ["engine/tests", "engine/benches", "lsp/tests", "cli/src", "tests"] {
        found.extend(files(&root().join(folder), "onr").iter().map(|path| (path.display().to_string(), text_of(path))));
    }
    for corpus in ["parse", "format"] {
        for entry in std::fs::read_dir(root().join("fuzz/corpus").join(corpus)).unwrap() {
            let path = entry.unwrap().path();
            if let Ok(text) = String::from_utf8(std::fs::read(&path).unwrap()) {
                found.push((path.display().to_string(), text));
            }
        }
    }
    // Tree-sitter takes the character NUL for the end of the text.
    found.retain(|(_, text)| !text.contains('\0'));
    found
}

/// What stands in a tree: named, or as it is written.
fn kinds(language: &Language, named: bool) -> BTreeSet<String> {
    let ids = (0..u16::try_from(language.node_kind_count()).unwrap()).filter(|id| language.node_kind_is_visible(*id));
    ids.filter(|id| language.node_kind_is_named(*id) == named)
        .filter_map(|id| language.node_kind_for_id(id))
        .map(str::to_owned)
        .collect()
}

/// The words in a part of a grammar.
fn written(part: &Value, words: &mut BTreeSet<String>) {
    match part {
        Value::Object(fields) if fields.get("type") == Some(&Value::from("STRING")) => {
            words.extend(fields["value"].as_str().filter(|word| is_word(word)).map(str::to_owned));
        }
        Value::Object(fields) => fields.values().for_each(|inner| written(inner, words)),
        Value::Array(parts) => parts.iter().for_each(|inner| written(inner, words)),
        _ => {}
    }
}

fn is_word(kind: &str) -> bool {
    kind.starts_with(|one: char| one.is_ascii_alphabetic())
}

#[test]
fn the_words_and_the_rules_are_the_same() {
    let pest = text_of(&root().join("grammar/src/onrecord.pest"));
    let grammar: Value = serde_json::from_str(&text_of(&folder().join("src/grammar.json"))).unwrap();
    let language = language();
    let units = ["second", "minute", "hour", "day", "week", "month", "year"];
    let mut words: BTreeSet<String> =
        pest.lines().filter_map(|line| Some(line.strip_prefix("k_")?.split(' ').next()?.to_owned())).collect();
    words.extend(units.iter().flat_map(|unit| [(*unit).to_owned(), format!("{unit}s")]));
    let mut used = BTreeSet::new();
    written(&grammar["rules"], &mut used);
    assert_eq!(used, words, "the keywords");

    let line = pest.lines().find(|line| line.starts_with("reserved ")).unwrap();
    let reserved: BTreeSet<&str> = line.split('"').skip(1).step_by(2).collect();
    let said = grammar["reserved"]["global"].as_array().unwrap().iter().map(|one| one["value"].as_str().unwrap());
    assert_eq!(said.collect::<BTreeSet<_>>(), reserved, "the reserved words");

    let mut rules: BTreeSet<String> = pest
        .lines()
        .filter_map(|line| line.split_once(" = ").or_else(|| line.split_once("= ")))
        .map(|(head, _)| head.trim().to_owned())
        .filter(|rule| !is_keyword(rule) && rule.chars().all(|one| one.is_ascii_lowercase() || one == '_'))
        .filter(|rule| ![SORTING, UNREADABLE, LOOKING_AHEAD].concat().contains(&rule.as_str()))
        .collect();
    rules.remove("junk");
    rules.extend(["file".to_owned(), "comment".to_owned()]);
    let nodes: BTreeSet<String> = kinds(&language, true).into_iter().filter(|kind| kind != "ERROR").collect();
    assert_eq!(nodes, rules, "the rules");
}

#[test]
fn every_policy_has_the_same_tree() {
    let mut parser = parser();
    let policies = policies();
    assert!(policies.len() >= 76, "{}", policies.len());
    for (name, text) in policies {
        assert_eq!(compare(&mut parser, &name, &text).map_err(|why| why[..why.len().min(300)].to_owned()), Ok(true));
        let read = syntax::parse(&Source::new(FileId(0), &name, &text));
        let tree = parser.parse(&text, None).unwrap();
        let (root, mut cursor) = (tree.root_node(), tree.walk());
        let declared = root.children(&mut cursor).filter(|node| node.kind() != "comment").map(|node| node.byte_range());
        let spans = read.file.items.iter().map(|item| item.span.start as usize..item.span.end as usize);
        assert!(declared.eq(spans), "{name}: the declarations");
    }
}

#[test]
fn every_sample_has_the_same_tree_or_is_refused_by_both() {
    let mut parser = parser();
    let (mut read, mut refused, mut wrong) = (0, 0, Vec::new());
    for (name, text) in samples() {
        match compare(&mut parser, &name, &text) {
            Ok(true) => read += 1,
            Ok(false) => refused += 1,
            Err(why) => wrong.push(why),
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n\n"));
    println!("{read} samples read alike, {refused} refused by both");
    assert!(read >= 60 && refused >= 40, "{read} read, {refused} refused");
}

/// The tokens of a text, from where to where.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), skip(text, 0));
    while at < text.len() {
        let rest = &text[at..];
        let is_word = |one: char| one.is_ascii_alphanumeric() || "-_:+.".contains(one);
        let end = match rest.strip_prefix('"') {
            Some(inside) => 1 + closing(inside),
            None => rest.find(|one| !is_word(one)).unwrap_or(rest.len()).max(1),
        };
        let end = if rest.is_char_boundary(end) { end } else { rest.chars().next().unwrap().len_utf8() };
        found.push((at, at + end));
        at = skip(text, at + end);
    }
    found
}

#[test]
fn a_slip_is_refused_by_both_or_read_alike() {
    let pest = text_of(&root().join("grammar/src/onrecord.pest"));
    let words: Vec<&str> = pest.lines().filter_map(|line| line.strip_prefix("k_")?.split(' ').next()).collect();
    let others = ["{", "}", ",", ":", "\"text\"", "7", "2026-11-26", "10:00", "a-name", "5days"];
    let mut parser = parser();
    let (mut turn, mut refused, mut read, mut wrong) = (0_usize, 0, 0, Vec::new());
    for (name, text) in policies() {
        let tree = parser.parse(&text, None).unwrap();
        let mut cursor = tree.walk();
        let declarations: Vec<_> = tree.root_node().children(&mut cursor).map(|node| node.byte_range()).collect();
        for range in declarations {
            let declaration = &text[range];
            let tokens = tokens(declaration);
            for step in 0..4 {
                turn += 1;
                if tokens.is_empty() {
                    continue;
                }
                let (start, end) = tokens[(turn * 7919) % tokens.len()];
                let other = if turn % 3 == 0 { others[turn % others.len()] } else { words[(turn * 31) % words.len()] };
                let slip = match step {
                    0 => format!("{}{}", &declaration[..start], &declaration[end..]),
                    1 => format!("{}{other} {}", &declaration[..start], &declaration[start..]),
                    _ => format!("{}{other}{}", &declaration[..start], &declaration[end..]),
                };
                match compare(&mut parser, &name, &slip) {
                    Ok(true) => read += 1,
                    Ok(false) => refused += 1,
                    Err(why) => wrong.push(format!("[{}] {why}", &declaration[start..end])),
                }
            }
        }
    }
    println!("{refused} slips refused by both, {read} read alike, {} told apart", wrong.len());
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(12)].join("\n\n"));
    assert!(refused > 3_000 && read > 400, "{refused} refused, {read} read");
}

#[test]
fn the_queries_hold_and_colour_every_keyword() {
    let language = language();
    for path in files(&folder().join("queries"), "scm") {
        if let Err(why) = Query::new(&language, &text_of(&path)) {
            panic!("{}: {why}", path.display());
        }
    }
    let colours = text_of(&folder().join("queries/highlights.scm"));
    let lists = colours.split("; Words of the language.").nth(1).unwrap();
    let coloured: Vec<&str> = lists.split('"').skip(1).step_by(2).collect();
    let words = kinds(&language, false).into_iter().filter(|kind| is_word(kind)).collect::<BTreeSet<_>>();
    assert_eq!(coloured.len(), words.len(), "a keyword has one colour");
    assert_eq!(coloured.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), words);
    let grammar: Value = serde_json::from_str(&text_of(&folder().join("src/grammar.json"))).unwrap();
    for (rule, is) in grammar["rules"].as_object().unwrap().iter().filter(|(_, is)| is["type"] == "STRING") {
        assert!(colours.contains(&format!("({rule})")), "{rule}, which is {}, has no colour", is["value"]);
    }
}
