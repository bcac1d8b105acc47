//! First pass: every name is declared before any is used, so that order never matters.

use std::sync::Arc;

use super::{Declared, Resolver, codes};
use crate::source::Span;
use crate::syntax::ast::{self, FactOf, Item, ItemKind, Lead, Name, Verb, WordKind};
use crate::tree::table::{Id, Table};
use crate::tree::vocabulary::{ActWord, Fact, FactType, Judgment, Manner, Phase, Safeguard};
use crate::tree::{self, Group, InForce, Nature, Role, Side, Tree, Word};

impl<'f> Resolver<'f> {
    pub(super) fn declare(&mut self, items: &[&'f Item]) {
        for item in items {
            if let ItemKind::Broken(Some(name)) = &item.value {
                Arc::make_mut(&mut self.broken).insert(name.text.clone());
            }
        }
        for item in items {
            self.declare_item(item);
        }
    }

    fn declare_item(&mut self, item: &'f Item) {
        let span = item.span;
        match &item.value {
            ItemKind::Word(word) => self.declare_word(word, span),
            ItemKind::Region(region) => {
                let label = region.label.as_ref().map_or_else(|| region.name.text.clone(), |label| label.value.clone());
                let name = region.name.text.clone();
                let name_span = region.name.span;
                let value = tree::Region { name, label, members: Vec::new(), span, name_span };
                self.put("region", |tree| &mut tree.regions, &region.name, value);
            }
            ItemKind::Source(source) => {
                let value = tree::Source {
                    name: source.name.text.clone(),
                    title: source.title.value.clone(),
                    level: tree::rule::Rank::House,
                    kinds: Vec::new(),
                    cites: Vec::new(),
                    text_at: None,
                    checked: None,
                    recheck_by: None,
                    confidence: None,
                    applies: Vec::new(),
                    civil_time: None,
                    convention: None,
                    staying: None,
                    span,
                    name_span: source.name.span,
                };
                self.put("source", |tree| &mut tree.sources, &source.name, value);
            }
            ItemKind::Question(question) => self.declare_question(question, span),
            ItemKind::Define(define) => {
                if let Some(earlier) = self.defines.insert(define.name.text.clone(), define) {
                    self.say(codes::twice("definition", &define.name, earlier.name.span));
                }
                self.note("definition", &define.name, define.name.span);
            }
            ItemKind::Rule(rule) => self.declare_rule(rule, span),
            ItemKind::Exception(exception) => {
                self.declare_exception(exception, span);
            }
            ItemKind::Notice(notice) => {
                let value = tree::Notice {
                    form: notice.form,
                    name: notice.name.text.clone(),
                    title: notice.title.value.clone(),
                    states: Vec::new(),
                    means: Vec::new(),
                    manners: Vec::new(),
                    asks_for: Vec::new(),
                    wordings: Vec::new(),
                    span,
                    name_span: notice.name.span,
                };
                self.put("notice", |tree| &mut tree.notices, &notice.name, value);
            }
            ItemKind::Bundle(bundle) => {
                let value = bundle_head(bundle, span);
                self.put("bundle", |tree| &mut tree.bundles, &bundle.name, value);
            }
            ItemKind::Coverage(_) | ItemKind::Scenario(_) | ItemKind::Broken(_) => {}
        }
    }

    /// Declares a name; reported when it is taken.
    fn put<I: Id, T: Declared>(
        &mut self,
        kind: &'static str,
        table: fn(&mut Tree) -> &mut Table<I, T>,
        name: &Name,
        value: T,
    ) {
        let definition = match table(&mut self.out.tree).insert(&name.text, value) {
            Ok(_) => name.span,
            Err(earlier) => {
                let span = table(&mut self.out.tree).get(earlier).map_or(name.span, Declared::name_span);
                self.say(codes::twice(kind, name, span));
                span
            }
        };
        self.note(kind, name, definition);
    }

    fn declare_word(&mut self, declared: &ast::Word, span: Span) {
        fn word<I>(declared: &ast::Word, span: Span) -> Word<I> {
            Word {
                name: declared.name.text.clone(),
                label: declared.label.value.clone(),
                means: String::new(),
                dpv: None,
                above: Vec::new(),
                under: Vec::new(),
                span,
                name_span: declared.name.span,
            }
        }
        let name = &declared.name;
        match declared.kind {
            WordKind::Act => {
                let act = ActWord { word: word(declared, span), group: Group::Other, makes: None, captures: None };
                self.put("act", |tree| &mut tree.acts, name, act);
            }
            WordKind::Purpose => self.put("purpose", |tree| &mut tree.purposes, name, word(declared, span)),
            WordKind::Category => self.put("category", |tree| &mut tree.categories, name, word(declared, span)),
            WordKind::Role => {
                let role = Role { word: word(declared, span), side: Side::Neither, nature: Nature::Human };
                self.put("role", |tree| &mut tree.roles, name, role);
            }
            WordKind::Fact => {
                let fact = Fact {
                    word: word(declared, span),
                    of: FactOf::Call,
                    verb: Verb::Is,
                    kind: FactType::YesNo,
                    may_be_presumed: None,
                };
                self.put("fact", |tree| &mut tree.facts, name, fact);
            }
            WordKind::Judgment => {
                let judgment = Judgment { word: word(declared, span), asks: String::new() };
                self.put("judgment", |tree| &mut tree.judgments, name, judgment);
            }
            WordKind::Element => self.put("element", |tree| &mut tree.elements, name, word(declared, span)),
            WordKind::Safeguard => {
                let safeguard =
                    Safeguard { word: word(declared, span), lead: Lead::Organisation, excludes: Vec::new() };
                self.put("safeguard", |tree| &mut tree.safeguards, name, safeguard);
            }
            WordKind::Means => self.put("means", |tree| &mut tree.means, name, word(declared, span)),
            WordKind::Manner => {
                let manner = Manner { word: word(declared, span), lead: Lead::InCall };
                self.put("manner", |tree| &mut tree.manners, name, manner);
            }
            WordKind::Artefact => self.put("artefact", |tree| &mut tree.artefacts, name, word(declared, span)),
            WordKind::Event => self.put("event", |tree| &mut tree.events, name, word(declared, span)),
            WordKind::Phase => {
                let phase = Phase { word: word(declared, span), starts_within: None };
                self.put("phase", |tree| &mut tree.phases, name, phase);
            }
            WordKind::Recipient => self.put("recipient", |tree| &mut tree.recipients, name, word(declared, span)),
        }
    }

    fn declare_question(&mut self, question: &ast::Question, span: Span) {
        let value = tree::Question {
            name: question.name.text.clone(),
            asks: question.asks.value.clone(),
            readings: Vec::new(),
            span,
            name_span: question.name.span,
        };
        self.put("question", |tree| &mut tree.questions, &question.name, value);
        let Some(id) = self.out.tree.questions.id(&question.name.text) else { return };
        for line in &question.body.lines {
            let reading = &line.value;
            let value = tree::Reading {
                name: reading.name.text.clone(),
                label: reading.label.value.clone(),
                cites: reading.body.lines.iter().map(|cite| cite.value.value.clone()).collect(),
                question: id,
                span: line.span,
                name_span: reading.name.span,
            };
            self.put("reading", |tree| &mut tree.readings, &reading.name, value);
            let found = self.out.tree.readings.id(&reading.name.text);
            if let (Some(question), Some(reading)) = (self.out.tree.questions.get_mut(id), found) {
                question.readings.push(reading);
            }
        }
    }

    fn declare_rule(&mut self, rule: &ast::Rule, span: Span) {
        let value = rule_head(rule, span);
        self.put("rule", |tree| &mut tree.rules, &rule.name, value);
        for line in &rule.body.lines {
            if let ast::RuleLine::Exception(exception) = &line.value {
                self.declare_exception(exception, line.span);
            }
        }
    }

    fn declare_exception(&mut self, exception: &ast::Exception, span: Span) {
        let value = exception_head(exception, span);
        self.put("exception", |tree| &mut tree.exceptions, &exception.name, value);
    }
}

/// A rule before its lines are read.
pub(super) fn rule_head(rule: &ast::Rule, span: Span) -> tree::Rule {
    tree::Rule {
        name: rule.name.text.clone(),
        title: rule.title.as_ref().map_or_else(|| rule.name.text.clone(), |title| title.value.clone()),
        source: Id::from_index(usize::MAX),
        cites: Vec::new(),
        summary: None,
        in_force: InForce::default(),
        clauses: Vec::new(),
        exceptions: Vec::new(),
        span,
        name_span: rule.name.span,
    }
}

/// An exception before its lines are read.
pub(super) fn exception_head(exception: &ast::Exception, span: Span) -> tree::Exception {
    tree::Exception {
        name: exception.name.text.clone(),
        title: exception.title.as_ref().map_or_else(|| exception.name.text.clone(), |title| title.value.clone()),
        source: Id::from_index(usize::MAX),
        rules: Vec::new(),
        cites: Vec::new(),
        summary: None,
        allows: Vec::new(),
        waives: Vec::new(),
        thens: Vec::new(),
        span,
        name_span: exception.name.span,
    }
}

/// A bundle before its lines are read.
pub(super) fn bundle_head(bundle: &ast::Bundle, span: Span) -> tree::Bundle {
    tree::Bundle {
        name: bundle.name.text.clone(),
        title: bundle.title.value.clone(),
        includes: None,
        adopts: Vec::new(),
        given: Vec::new(),
        presumes: Vec::new(),
        answers: Vec::new(),
        guards: None,
        where_uncovered: None,
        prefers: Vec::new(),
        on_impasse: Vec::new(),
        despite_unlawful: Vec::new(),
        risks: Vec::new(),
        span,
        name_span: bundle.name.span,
    }
}
