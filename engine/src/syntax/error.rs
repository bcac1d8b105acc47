//! What could not be read, in the author's words: where it went wrong, what was expected there, and what to write instead.

mod words;

use onrecord_grammar::pest::Parser;
use onrecord_grammar::pest::error::{Error, ErrorVariant, InputLocation};
use onrecord_grammar::{Grammar, Rule};

use super::ast::{Body, BundleLine, Expr, Item, ItemKind, RuleLine, ScenarioLine};
use super::codes;
use super::lex::{self, Token, TokenKind};
use super::split::DECLARATIONS;
use crate::diagnostic::Diagnostic;
use crate::nearest::nearest;
use crate::source::{Source, Span};
use words::{BEFORE_NUMBERS, CONTINUED, keywords, line_words, words_for};

/// Where pest stopped, and what it expected there.
pub type Failed = Error<Rule>;

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
pub fn head(source: &Source, mended: &str, whole: Span, error: &Failed) -> Diagnostic {
    expected(source, mended, whole, error)
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
        ItemKind::Bundle(bundle) => {
            found.body(&bundle.body, Rule::bundle_line);
            for line in &bundle.body.lines {
                if let BundleLine::WhereUncovered(requirement) = &line.value {
                    found.expr(requirement);
                }
            }
        }
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

/// Words that a decision's JSON writes as one, and the language apart.
const APART: &[&str] = &["not now", "not required", "not due"];

struct Broken<'s> {
    source: &'s Source,
    mended: &'s str,
    diagnostics: &'s mut Vec<Diagnostic>,
}

impl Broken<'_> {
    fn body<L>(&mut self, body: &Body<L>, line: Rule) {
        for span in &body.broken {
            let before = body.lines.partition_point(|line| line.span.end <= span.start);
            let before = before.checked_sub(1).and_then(|before| body.lines.get(before)).map(|line| line.span);
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
                    let found = misread_names(items, *span).unwrap_or_else(|| self.line(*span, Rule::expr, None));
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
            "and" if words.next().is_some_and(|next| next.text(text) == "did") => {
                let found = codes::unreadable(at(first), word, &["`, and did not refuse`".to_owned()]);
                return found.fix("write a comma before it", vec![(at(first), ", and".to_owned())]);
            }
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
            return self.unknown_line(at(first), word, line, before);
        }
        expected(self.source, self.mended, span, &error)
    }

    /// A line that begins with a word that no line here begins with: misspelt, or the line before it goes on with a misspelling.
    fn unknown_line(&self, span: Span, word: &str, line: Rule, before: Option<Span>) -> Diagnostic {
        let starts = line_words(line);
        let continued = CONTINUED.iter().filter(|_| before.is_some());
        match nearest(word, starts.iter().chain(continued).copied()) {
            Some(meant) if !starts.contains(&meant) => return codes::misspelt(span, word, meant),
            Some(meant) => return codes::unknown_line(span, word, Some(meant), starts),
            None => {}
        }
        match before.and_then(|before| last_word(self.mended, before, word)) {
            Some((last, meant)) => codes::misspelt(last, self.source.slice(last), meant),
            None => codes::unknown_line(span, word, None, starts),
        }
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

/// A quantifier that was misspelt in a group and so taken for a name, and the role after it for another: `evry agent is present`.
fn misread_names(items: &[Expr], broken: Span) -> Option<Diagnostic> {
    let after = items.partition_point(|item| item.span().end <= broken.start);
    let (Some(Expr::Defined(name)), Some(Expr::Defined(_))) = (items.get(after.checked_sub(2)?), items.get(after - 1))
    else {
        return None;
    };
    let meant = nearest(&name.text, keywords(Rule::quantifier).iter().copied())?;
    Some(codes::misspelt(name.span, &name.text, meant))
}

/// Where a reading failed, from its beginning.
pub fn failed_at(error: &Failed) -> usize {
    match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    }
}

/// What was expected in a declaration or a line that could not be read, and what stands there instead.
fn expected(source: &Source, mended: &str, whole: Span, error: &Failed) -> Diagnostic {
    let at = (whole.range().start + failed_at(error)).min(whole.range().end);
    let rest = mended.get(at..whole.range().end).unwrap_or_default();
    let token = lex::first(rest).map(|token| Span::new(source.id, at + token.start, at + token.end));
    let expected: &[Rule] = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => &[],
    };
    let wanted = words_for(expected);
    let Some(span) = token else {
        let end = whole.range().start + mended.get(whole.range()).unwrap_or_default().trim_end().len();
        return codes::ends_too_early(Span::new(source.id, end, end), &wanted);
    };
    let found = source.slice(span);
    match found {
        "and" | "or" => return codes::mixed_and_or(span, found, None),
        "§" => return codes::section_sign(span),
        _ if is_dash(found) => return codes::dash(span),
        _ => {}
    }
    if let Some(meant) = APART.iter().find(|words| words.replace(' ', "-") == found) {
        return codes::misspelt(span, found, meant);
    }
    let exact = wanted.iter().filter_map(|word| word.strip_prefix('`')?.strip_suffix('`'));
    if let Some(meant) = nearest(found, exact.chain(expected.iter().flat_map(|wanted| keywords(*wanted)).copied())) {
        return codes::misspelt(span, found, meant);
    }
    if let Some((last, meant)) = last_word(mended, Span::new(source.id, whole.range().start, at), found) {
        return codes::misspelt(last, source.slice(last), meant);
    }
    if wanted.iter().any(|word| word == "a name") && found.starts_with(|one: char| one.is_ascii_alphanumeric()) {
        return codes::reserved_word(span, found);
    }
    codes::unreadable(span, found, &wanted)
}

/// The last word before the place where reading stopped, where it was taken for a name and looks like a keyword that may stand there:
/// the beginning of a condition (`if evry party`), or what stands before a date or number (`DK form 2020-01-01`).
fn last_word(mended: &str, read: Span, next: &str) -> Option<(Span, &'static str)> {
    let text = mended.get(read.range()).unwrap_or_default().trim_end();
    let word = |text: &str| text.rfind(|one: char| !one.is_ascii_alphanumeric() && one != '-').map_or(0, |at| at + 1);
    let start = word(text);
    let (before, last) = text.split_at_checked(start)?;
    let before = before.trim_end();
    let condition =
        matches!(before.get(word(before)..), Some("if" | "unless" | "provided" | "as" | "and" | "or" | "require"));
    let meant = match next.starts_with(|one: char| one.is_ascii_digit()) {
        true => nearest(last, BEFORE_NUMBERS.iter().copied()),
        false => nearest(last, line_words(Rule::expr).iter().copied()).filter(|_| condition),
    }?;
    let start = read.range().start + start;
    Some((Span::new(read.file, start, start + last.len()), meant))
}

/// A dash, or a hyphen that a keyboard does not write.
fn is_dash(text: &str) -> bool {
    matches!(text, "–" | "—" | "‑" | "‐" | "−")
}
