//! What a declaration says at a glance: its outline, its citations, what it comes to and until when. Found when the declaration is
//! parsed; what cannot be read now keeps the facts of before the edit, moved along with it.

use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;
use onrecord::source::{Source, Span};
use onrecord::syntax::Parsed;
use onrecord::syntax::ast::{self, ExceptionLine, ItemKind, RuleLine, ScenarioLine, SourceLine, WordKind, WordLine};

use crate::document::Shift;
use crate::feature::{gist, names};

/// The facts of one declaration. Ranges count from the beginning of its piece.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What is declared.
    pub symbols: Vec<Symbol>,
    /// What is worth saying beside the text.
    pub hints: Vec<Hint>,
}

/// Something that is declared.
#[derive(Clone, Debug)]
pub struct Symbol {
    /// Its name; a scenario's title.
    pub name: String,
    /// Its title or label.
    pub detail: String,
    /// The keyword that declares it.
    pub keyword: &'static str,
    /// All of it.
    pub range: Range<usize>,
    /// Its name in it.
    pub name_range: Range<usize>,
    /// What it cites.
    pub cites: Vec<String>,
    /// What is declared in it.
    pub children: Vec<Symbol>,
}

/// Something worth saying at the end of a line.
#[derive(Clone, Debug)]
pub struct Hint {
    /// A place in that line.
    pub at: usize,
    /// What.
    pub what: HintWhat,
}

/// What a hint says.
#[derive(Clone, Debug, PartialEq)]
pub enum HintWhat {
    /// What a rule or an exception comes to, and the definitions that it names: a name that nobody declares may be half a word.
    ComesTo(String, Vec<String>),
    /// First and last day in force, or of another window.
    InForce(Option<NaiveDate>, Option<NaiveDate>),
    /// By when a source is to be read again.
    Recheck(NaiveDate),
}

impl Facts {
    /// The facts of a declaration; `was` are those of before an edit.
    #[must_use]
    pub fn new(parsed: &Parsed, was: Option<(&Self, Shift)>) -> Self {
        let is_whole = parsed.diagnostics.iter().all(|found| !found.is_error());
        let mut facts = Self::default();
        for item in &parsed.file.items {
            facts.symbols.extend(symbol(&parsed.source, item));
            hints(&parsed.source, item, &mut facts.hints);
        }
        match was {
            Some((was, shift)) if !is_whole => facts.or_of_before(was, shift),
            _ => facts,
        }
    }

    fn or_of_before(mut self, was: &Self, shift: Shift) -> Self {
        if self.symbols.is_empty() {
            self.symbols = was.symbols.iter().map(|symbol| symbol.moved(shift)).collect();
        }
        for symbol in &mut self.symbols {
            let before = was.symbols.iter().find(|before| before.name == symbol.name);
            for child in before.iter().flat_map(|before| &before.children) {
                let moved = child.moved(shift);
                if !moved.name_range.is_empty() && !symbol.children.iter().any(|one| one.name == moved.name) {
                    symbol.children.push(moved);
                }
            }
        }
        if !was.hints.is_empty() {
            let moved = |hint: &Hint| Hint { at: shift.map(&(hint.at..hint.at)).start, what: hint.what.clone() };
            self.hints = was.hints.iter().map(moved).collect();
        }
        self
    }
}

impl Symbol {
    fn moved(&self, shift: Shift) -> Self {
        Self {
            range: shift.map(&self.range),
            name_range: shift.map(&self.name_range),
            children: self.children.iter().map(|child| child.moved(shift)).collect(),
            ..self.clone()
        }
    }
}

/// The word that declares a kind of word.
#[must_use]
pub fn word_keyword(kind: WordKind) -> &'static str {
    match kind {
        WordKind::Act => "act",
        WordKind::Purpose => "purpose",
        WordKind::Category => "category",
        WordKind::Role => "role",
        WordKind::Fact => "fact",
        WordKind::Judgment => "judgment",
        WordKind::Element => "element",
        WordKind::Safeguard => "safeguard",
        WordKind::Means => "means",
        WordKind::Manner => "manner",
        WordKind::Artefact => "artefact",
        WordKind::Event => "event",
        WordKind::Phase => "phase",
        WordKind::Recipient => "recipient",
    }
}

fn new(keyword: &'static str, name: &ast::Name, detail: &str, range: Span) -> Symbol {
    Symbol {
        name: name.text.clone(),
        detail: detail.to_owned(),
        keyword,
        range: range.range(),
        name_range: name.span.range(),
        cites: Vec::new(),
        children: Vec::new(),
    }
}

fn symbol(source: &Source, item: &ast::Item) -> Option<Symbol> {
    let title = |text: &Option<ast::Text>| text.as_ref().map_or_else(String::new, |text| text.value.clone());
    let found = match &item.value {
        ItemKind::Word(word) => word_symbol(word, item.span),
        ItemKind::Region(region) => new("region", &region.name, &title(&region.label), item.span),
        ItemKind::Source(declared) => {
            let mut found = new("source", &declared.name, &declared.title.value, item.span);
            found.cites.extend(declared.body.lines.iter().filter_map(|line| match &line.value {
                SourceLine::Cite(cite) => Some(cite.value.clone()),
                _ => None,
            }));
            found
        }
        ItemKind::Coverage(coverage) => {
            let acts: Vec<&str> = coverage.acts.iter().map(|act| act.text.as_str()).collect();
            new("covers", &coverage.place, &acts.join(", "), item.span)
        }
        ItemKind::Question(question) => question_symbol(question, item.span),
        ItemKind::Define(define) => new("define", &define.name, "", item.span),
        ItemKind::Rule(rule) => rule_symbol(rule, item.span),
        ItemKind::Exception(exception) => exception_symbol(exception, item.span),
        ItemKind::Notice(notice) => {
            new(if notice.form { "form" } else { "notice" }, &notice.name, &notice.title.value, item.span)
        }
        ItemKind::Bundle(bundle) => new("bundle", &bundle.name, &bundle.title.value, item.span),
        ItemKind::Scenario(scenario) => {
            let name = ast::Name { text: scenario.title.value.clone(), span: scenario.title.span };
            let of: Vec<&str> = scenario.of.iter().map(|one| one.text.as_str()).collect();
            new("scenario", &name, &format!("of {}", of.join(", ")), item.span)
        }
        ItemKind::Broken(name) => new(keyword_of(source, item.span)?, name.as_ref()?, "", item.span),
    };
    Some(found)
}

/// The word with which a declaration that cannot be read begins.
fn keyword_of(source: &Source, span: Span) -> Option<&'static str> {
    let first = source.slice(span).split(|one: char| !one.is_ascii_alphanumeric()).next()?;
    onrecord::syntax::split::DECLARATIONS.iter().find(|keyword| **keyword == first).copied()
}

fn word_symbol(word: &ast::Word, span: Span) -> Symbol {
    let mut found = new(word_keyword(word.kind), &word.name, &word.label.value, span);
    for line in &word.body.lines {
        if let WordLine::OneOf(values) | WordLine::AnyOf(values) = &line.value {
            for value in values {
                let label = value.label.as_ref().map_or("", |label| label.value.as_str());
                found.children.push(new("value", &value.name, label, value.name.span));
            }
        }
    }
    found
}

fn question_symbol(question: &ast::Question, span: Span) -> Symbol {
    let mut found = new("question", &question.name, &question.asks.value, span);
    for line in &question.body.lines {
        let mut reading = new("reading", &line.value.name, &line.value.label.value, line.span);
        reading.cites.extend(line.value.body.lines.iter().map(|cite| cite.value.value.clone()));
        found.children.push(reading);
    }
    found
}

fn rule_symbol(rule: &ast::Rule, span: Span) -> Symbol {
    let mut found = new("rule", &rule.name, rule.title.as_ref().map_or("", |title| &title.value), span);
    for line in &rule.body.lines {
        match &line.value {
            RuleLine::Cite(cite) => found.cites.push(cite.value.clone()),
            RuleLine::Exception(exception) => found.children.push(exception_symbol(exception, line.span)),
            _ => {}
        }
    }
    found
}

fn exception_symbol(exception: &ast::Exception, span: Span) -> Symbol {
    let mut found = new("except", &exception.name, exception.title.as_ref().map_or("", |title| &title.value), span);
    found.cites.extend(exception.body.lines.iter().filter_map(|line| match &line.value {
        ExceptionLine::Cite(cite) => Some(cite.value.clone()),
        _ => None,
    }));
    found
}

fn hints(source: &Source, item: &ast::Item, hints: &mut Vec<Hint>) {
    match &item.value {
        ItemKind::Rule(rule) => rule_hints(source, &item.value, rule, hints),
        ItemKind::Exception(exception) => exception_hint(source, &item.value, exception, hints),
        ItemKind::Source(declared) => {
            for line in &declared.body.lines {
                if let SourceLine::RecheckBy(ast::Date { value: Some(day), span }) = &line.value {
                    hints.push(Hint { at: span.range().end, what: HintWhat::Recheck(*day) });
                }
            }
        }
        ItemKind::Coverage(ast::Coverage { from, until: Some(until), .. }) => {
            hints.push(Hint { at: until.span.range().end, what: HintWhat::InForce(from.value, until.value) });
        }
        _ => {}
    }
}

/// The definitions that a declaration names, each once.
fn defined_in(item: &ItemKind) -> Vec<String> {
    let mut found = BTreeSet::new();
    names::each(item, &mut |name, kind, declares| {
        if kind == "definition" && !declares {
            found.insert(name.text.clone());
        }
    });
    found.into_iter().collect()
}

fn rule_hints(source: &Source, item: &ItemKind, rule: &ast::Rule, hints: &mut Vec<Hint>) {
    let head = rule.body.span.range().start;
    let comes_to = gist::of_rule(source, rule);
    if !comes_to.is_empty() {
        hints.push(Hint { at: head, what: HintWhat::ComesTo(comes_to, defined_in(item)) });
    }
    for line in &rule.body.lines {
        match &line.value {
            RuleLine::InForce { from, until } if from.value.is_some() || until.is_some() => {
                let until = until.as_ref().and_then(|until| until.value);
                hints.push(Hint { at: line.span.range().end, what: HintWhat::InForce(from.value, until) });
            }
            RuleLine::Exception(exception) => exception_hint(source, item, exception, hints),
            _ => {}
        }
    }
}

fn exception_hint(source: &Source, item: &ItemKind, exception: &ast::Exception, hints: &mut Vec<Hint>) {
    let comes_to = gist::of_exception(source, exception);
    if !comes_to.is_empty() {
        hints.push(Hint { at: exception.body.span.range().start, what: HintWhat::ComesTo(comes_to, defined_in(item)) });
    }
}

/// The expectations of a scenario, as written.
pub fn expectations(scenario: &ast::Scenario) -> impl Iterator<Item = &ast::Expect> {
    scenario.body.lines.iter().filter_map(|line| match &line.value {
        ScenarioLine::Expect(expect) => Some(expect),
        _ => None,
    })
}
