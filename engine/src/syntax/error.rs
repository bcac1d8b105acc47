//! What could not be read, in the author's words: where it went wrong, what was expected there, and what to write instead.

use onrecord_grammar::pest::Parser;
use onrecord_grammar::pest::error::{Error, ErrorVariant, InputLocation};
use onrecord_grammar::{Grammar, Rule};

use super::ast::{Body, Expr, Item, ItemKind, RuleLine, ScenarioLine};
use super::codes;
use super::lex::{self, Token, TokenKind};
use super::split::DECLARATIONS;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::source::{Source, Span};

/// A part of a file that declares nothing.
pub fn not_a_declaration(source: &Source, tokens: &[Token], whole: Span) -> Diagnostic {
    let first = tokens.first().map_or(whole, |token| Span::new(source.id, token.start, token.end));
    let word = source.slice(first);
    let found = nearest(word, DECLARATIONS.iter().copied());
    codes::not_a_declaration(first, word, found)
}

/// Braces that nest too deep.
pub fn too_deep(source: &Source, tokens: &[Token], whole: Span) -> Diagnostic {
    let mut depth = 0usize;
    for token in tokens {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > super::MAX_NESTING {
            return codes::too_deep(Span::new(source.id, token.start, token.end));
        }
    }
    codes::too_deep(whole)
}

/// A closing brace that closes nothing.
pub fn stray_brace(source: &Source, token: &Token) -> Diagnostic {
    codes::stray_brace(Span::new(source.id, token.start, token.end))
}

/// A declaration whose closing brace is missing.
pub fn unclosed(source: &Source, tokens: &[Token], whole: Span) -> Diagnostic {
    let mut open: Vec<&Token> = Vec::new();
    for token in tokens {
        match token.kind {
            TokenKind::Open => open.push(token),
            TokenKind::Close => {
                open.pop();
            }
            _ => {}
        }
    }
    let opened = open.first().map_or(whole, |token| Span::new(source.id, token.start, token.end));
    codes::unclosed(opened, Span { start: whole.end, ..whole })
}

/// A declaration whose head could not be read.
pub fn head(source: &Source, mended: &str, base: usize, error: &Error<Rule>) -> Diagnostic {
    let at = base + failed_at(error);
    expected(source, mended, at, error)
}

/// A declaration that follows the grammar and says what there is not: a level of consent that does not exist.
pub fn not_lowered(source: &Source, tokens: &[Token], whole: Span) -> Diagnostic {
    match level(tokens, source.text()) {
        Some(level) => codes::unknown_level(Span::new(source.id, level.start, level.end), level.text(source.text())),
        None => codes::unreadable(whole, "this", &[]),
    }
}

/// Every line of a declaration that could not be read.
pub fn broken_lines(source: &Source, mended: &str, item: &Item, diagnostics: &mut Vec<Diagnostic>) {
    let mut found = Broken { source, mended, diagnostics };
    match &item.value {
        ItemKind::Word(word) => found.body(&word.body, Rule::word_line),
        ItemKind::Region(region) => found.body(&region.body, Rule::member),
        ItemKind::Source(declared) => {
            found.body(&declared.body, Rule::source_line);
            for line in &declared.body.lines {
                if let super::ast::SourceLine::Applies { condition, .. } = &line.value {
                    found.expr(condition);
                }
            }
        }
        ItemKind::Question(question) => {
            found.body(&question.body, Rule::reading);
            question.body.lines.iter().for_each(|line| found.body(&line.value.body, Rule::cite));
        }
        ItemKind::Define(define) => found.expr(&define.condition),
        ItemKind::Rule(rule) => {
            found.body(&rule.body, Rule::rule_line);
            for line in &rule.body.lines {
                match &line.value {
                    RuleLine::Exception(exception) => found.exception(exception),
                    RuleLine::Clause(clause) => found.clause(clause),
                    _ => {}
                }
            }
        }
        ItemKind::Exception(exception) => found.exception(exception),
        ItemKind::Notice(notice) => found.body(&notice.body, Rule::notice_line),
        ItemKind::Bundle(bundle) => found.body(&bundle.body, Rule::bundle_line),
        ItemKind::Scenario(scenario) => {
            found.body(&scenario.body, Rule::scenario_line);
            for line in &scenario.body.lines {
                if let ScenarioLine::Person(person) = &line.value {
                    found.body(&person.body, Rule::person_line);
                }
            }
        }
        ItemKind::Coverage(_) | ItemKind::Broken(_) => {}
    }
}

struct Broken<'s> {
    source: &'s Source,
    mended: &'s str,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl Broken<'_> {
    fn body<L>(&mut self, body: &Body<L>, line: Rule) {
        for span in &body.broken {
            let before =
                body.lines.iter().map(|line| line.span).filter(|one| one.end <= span.start).max_by_key(|one| one.end);
            let found = self.line(*span, line, before);
            self.diagnostics.push(found);
        }
    }

    fn exception(&mut self, exception: &super::ast::Exception) {
        self.body(&exception.body, Rule::exception_line);
        for line in &exception.body.lines {
            match &line.value {
                super::ast::ExceptionLine::Allow { condition, provided, .. } => {
                    condition.iter().chain(provided).for_each(|part| self.expr(part));
                }
                super::ast::ExceptionLine::Waive { condition, .. } => {
                    condition.iter().for_each(|part| self.expr(part));
                }
                super::ast::ExceptionLine::Then(clause) => self.clause(clause),
                super::ast::ExceptionLine::Cite(_) | super::ast::ExceptionLine::Summary(_) => {}
            }
        }
    }

    fn clause(&mut self, clause: &super::ast::Clause) {
        use super::ast::ClauseKind::{Displaces, Duty, Keep, Prohibit, Require, RequireBefore};
        match &clause.kind {
            Prohibit { condition, unless, .. } | Require { condition, unless, .. } => {
                condition.iter().chain(unless).for_each(|part| self.expr(part));
            }
            RequireBefore { requirement, condition, .. } => {
                self.expr(requirement);
                condition.iter().for_each(|part| self.expr(part));
            }
            Duty { condition, .. } | Keep { condition, .. } => condition.iter().for_each(|part| self.expr(part)),
            Displaces { .. } => {}
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Group { items, broken, .. } => {
                for span in broken {
                    let found = self.line(*span, Rule::expr, None);
                    self.diagnostics.push(found);
                }
                items.iter().for_each(|item| self.expr(item));
            }
            Expr::Labelled { item, .. } => self.expr(item),
            _ => {}
        }
    }

    /// One broken line: the usual slips first, else where a strict reading stops and what it expected there.
    fn line(&self, span: Span, line: Rule, before: Option<Span>) -> Diagnostic {
        let text = self.mended.get(span.range()).unwrap_or_default();
        let tokens = lex::lex(text);
        let at = |token: &Token| Span::new(span.file, span.range().start + token.start, span.range().start + token.end);
        let mut words = tokens.iter().filter(|token| !token.is_trivia());
        let Some(first) = words.next() else { return codes::unreadable(span, "this", &[]) };
        let word = first.text(text);
        if let Some(section) = tokens.iter().find(|token| token.text(text) == "§") {
            return codes::section_sign(at(section));
        }
        if let Some(dash) = tokens.iter().find(|token| is_dash(token.text(text))) {
            return codes::dash(at(dash));
        }
        match word {
            "and" | "or" => return codes::mixed_and_or(at(first), word, before),
            "if" => return codes::if_after_unless(at(first), before),
            _ => {}
        }
        let error = match Grammar::parse(line, text) {
            Ok(pairs) => {
                // It can be read, and something follows it.
                let read = pairs.as_str().trim_end().len();
                let rest = tokens.iter().find(|token| token.start >= read && !token.is_trivia());
                if let Some(level) = level(&tokens, text).filter(|_| rest.is_none()) {
                    return codes::unknown_level(at(level), level.text(text));
                }
                return codes::unreadable(rest.map_or(span, at), rest.map_or("this", |token| token.text(text)), &[]);
            }
            Err(error) => error,
        };
        if failed_at(&error) == 0 && first.kind == TokenKind::Word {
            let starts = line_words(line);
            let found = nearest(word, starts.iter().copied());
            return codes::unknown_line(at(first), word, found, starts);
        }
        expected(self.source, self.mended, span.range().start + failed_at(&error), &error)
    }
}

/// A word that stands where a level of consent should, and is none: after `gave at least`, or after `gave`.
fn level<'t>(tokens: &'t [Token], text: &str) -> Option<&'t Token> {
    let mut words = tokens.iter().filter(|token| !token.is_trivia()).peekable();
    while let Some(word) = words.next() {
        if word.text(text) != "gave" {
            continue;
        }
        while words.next_if(|next| matches!(next.text(text), "at" | "least")).is_some() {}
        if let Some(found) = words.next_if(|next| !codes::LEVELS.contains(&next.text(text))) {
            return Some(found);
        }
    }
    None
}

/// Where a reading failed, from its beginning.
fn failed_at(error: &Error<Rule>) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// What was expected at a place, and what stands there instead.
fn expected(source: &Source, mended: &str, at: usize, error: &Error<Rule>) -> Diagnostic {
    let rest = mended.get(at..).unwrap_or_default();
    let tokens = lex::lex(rest.get(..rest.len().min(400)).unwrap_or_else(|| first_chars(rest)));
    let token = tokens.iter().find(|token| !token.is_trivia());
    let span =
        token.map_or(Span::new(source.id, at, at), |token| Span::new(source.id, at + token.start, at + token.end));
    let wanted: Vec<String> = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => words_for(positives),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let found = source.slice(span);
    match found {
        "and" | "or" => return codes::mixed_and_or(span, found, None),
        "§" => return codes::section_sign(span),
        _ if is_dash(found) => return codes::dash(span),
        _ => {}
    }
    let keyword = wanted.iter().filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'));
    match nearest(found, keyword) {
        Some(meant) => codes::misspelt(span, found, meant),
        None if token.is_some_and(|token| token.kind == TokenKind::Word)
            && wanted.iter().any(|word| word == "a name") =>
        {
            codes::reserved_word(span, found)
        }
        None => codes::unreadable(span, if found.is_empty() { "the end of this declaration" } else { found }, &wanted),
    }
}

/// A dash, or a hyphen that a keyboard does not write.
fn is_dash(text: &str) -> bool {
    matches!(text, "–" | "—" | "‑" | "‐" | "−")
}

fn first_chars(text: &str) -> &str {
    text.char_indices().nth(100).and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// What a line of a body begins with.
fn line_words(line: Rule) -> &'static [&'static str] {
    match line {
        Rule::word_line => &[
            "means", "dpv", "under", "group", "makes", "captures", "side", "human", "machine", "of", "reads", "yes",
            "one", "any", "places", "years", "may", "asks", "arranged", "excludes", "starts",
        ],
        Rule::source_line => &[
            "level",
            "kind",
            "cite",
            "text",
            "checked",
            "recheck",
            "confidence",
            "applies",
            "civil",
            "periods",
            "consent",
        ],
        Rule::rule_line => {
            &["cite", "summary", "in", "status", "sanction", "prohibit", "require", "keep", "displaces", "except"]
        }
        Rule::exception_line => &["cite", "summary", "allow", "waive", "then"],
        Rule::notice_line => &["states", "by", "manner", "asks", "wording"],
        Rule::bundle_line => {
            &["includes", "adopt", "given", "answer", "presume", "guards", "where", "prefer", "on", "despite", "accept"]
        }
        Rule::scenario_line => &["adopt", "assume", "given", "expect"],
        Rule::person_line => {
            &["is", "uses", "has", "speaks", "joins", "leaves", "told", "gave", "refused", "withdrew", "objected"]
        }
        Rule::reading => &["reading"],
        Rule::cite => &["cite"],
        Rule::expr => {
            &["any", "every", "no", "all", "none", "judged", "call", "company", "recorder", "that", "intended", "asked"]
        }
        _ => &[],
    }
}

/// What pest expected, in words: keywords as they are written, constructs by what they are.
fn words_for(rules: &[Rule]) -> Vec<String> {
    let mut words: Vec<String> = rules.iter().filter_map(|wanted| in_words(*wanted)).collect();
    words.sort();
    words.dedup();
    words
}

fn in_words(wanted: Rule) -> Option<String> {
    let words = match wanted {
        Rule::name | Rule::names | Rule::list | Rule::list_tight | Rule::tag_name | Rule::stated_values => "a name",
        Rule::text | Rule::quoted => "a text in quotes",
        Rule::date => "a date like 2026-11-23",
        Rule::instant | Rule::clock | Rule::time => "a time like 10:15:09",
        Rule::number => "a number",
        Rule::period => "a period like 5 years",
        Rule::unit | Rule::business => "a unit of time like `years`",
        Rule::expr | Rule::one => "a condition",
        Rule::act => "an act",
        Rule::told_option | Rule::gave_option | Rule::keep_option | Rule::option_word => "a comma and an option",
        Rule::verdict => "a verdict like `cleared`",
        Rule::test => "a value",
        Rule::verb => "a verb like `is`",
        Rule::predicate => "what is said of them",
        Rule::span => "how long",
        Rule::thing => "what is kept",
        Rule::choice => "one of the words that this line takes",
        Rule::tag => "a language like `en`",
        Rule::braced => "a list in braces",
        Rule::label => "a label",
        Rule::item => "a declaration",
        keyword => {
            let name = format!("{keyword:?}");
            return name.strip_prefix("k_").map(|word| format!("`{word}`"));
        }
    };
    Some(words.to_owned())
}
