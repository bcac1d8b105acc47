//! The layout of each kind of declaration.

use std::ops::Range;

use super::clause;
use super::plan::{Blank, Gap, Plan, STEP};
use crate::source::Span;
use crate::syntax::Parsed;
use crate::syntax::ast::{
    Body, BundleLine, Coverage, Exception, ExceptionLine, Expr, Item, ItemKind, Name, NoticeLine, PersonLine, RuleLine,
    ScenarioLine, SourceLine, WordLine,
};
use crate::syntax::lex::{TokenKind, lex};

/// The column at which what a source's lines say begins, counted from their indentation.
const SOURCE_COLUMN: usize = 12;

/// The layout of a file.
pub fn plan(parsed: &Parsed) -> Plan<'_> {
    let text = parsed.source.text();
    let kept = kept(parsed);
    let mut plan = Plan::new(text, lex(text), &kept);
    for span in &kept {
        let at = plan.at(span.range().start);
        plan.gap(at, Gap::Line(0, Blank::Kept));
    }
    let mut after_line = true;
    for item in &parsed.file.items {
        let words = plan.within(item.span);
        let line = is_line(item) && plan.fits(words.clone(), 0);
        let blank = if after_line && (line || words.start == 0) { Blank::Kept } else { Blank::Always };
        plan.gap(words.start, Gap::Line(0, blank));
        if plan.words.get(words.start).is_some_and(|word| word.kept_to.is_none()) {
            declaration(&mut plan, &item.value, words);
        }
        after_line = line;
    }
    plan
}

/// Whether a declaration has no body.
fn is_line(item: &Item) -> bool {
    matches!(item.value, ItemKind::Coverage(_) | ItemKind::Define(_))
}

/// What stays as it is: what declares nothing, declarations with a finding outside their broken lines, and broken lines.
fn kept(parsed: &Parsed) -> Vec<Span> {
    let text = parsed.source.text();
    let mut kept: Vec<Span> = Vec::new();
    let mut findings = parsed.diagnostics.iter().map(|found| found.span).peekable();
    let mut from = 0;
    let items = &parsed.file.items;
    for (index, item) in items.iter().enumerate() {
        between(text, from..item.span.range().start, item.span, &mut kept);
        let mut broken = Vec::new();
        broken_parts(&item.value, &mut broken);
        broken.sort();
        let mut whole = matches!(item.value, ItemKind::Broken(_));
        // What begins where this ends is this one's, unless another declaration begins there.
        let next = items.get(index + 1).map_or(usize::MAX, |next| next.span.range().start);
        let mine = |place: usize| place <= item.span.range().end && place < next;
        while let Some(found) = findings.next_if(|found| mine(found.range().start)) {
            let after = broken.partition_point(|part| part.range().start <= found.range().start);
            let part = after.checked_sub(1).and_then(|at| broken.get(at));
            let inside = part.is_some_and(|part| found.range().end <= part.range().end);
            whole |= !inside && found.range().start >= item.span.range().start;
        }
        kept.extend(if whole { vec![item.span] } else { broken });
        from = item.span.range().end;
    }
    let end = Span { start: u32::try_from(from).unwrap_or(u32::MAX), ..Span::default() };
    between(text, from..text.len(), end, &mut kept);
    kept
}

/// Words between two declarations: a brace that closes nothing and what follows it.
fn between(text: &str, range: Range<usize>, near: Span, kept: &mut Vec<Span>) {
    let tokens = lex(text.get(range.clone()).unwrap_or_default());
    let mut words = tokens.iter().filter(|token| !token.is_trivia());
    let Some(first) = words.next() else { return };
    let last = words.next_back().unwrap_or(first);
    kept.push(Span::new(near.file, range.start + first.start, range.start + last.end));
}

/// The lines and the parts of conditions that could not be read.
fn broken_parts(item: &ItemKind, broken: &mut Vec<Span>) {
    match item {
        ItemKind::Word(word) => broken.extend(&word.body.broken),
        ItemKind::Region(region) => broken.extend(&region.body.broken),
        ItemKind::Source(source) => {
            broken.extend(&source.body.broken);
            for line in &source.body.lines {
                if let SourceLine::Applies { condition, .. } = &line.value {
                    clause::broken(condition, broken);
                }
            }
        }
        ItemKind::Question(question) => {
            broken.extend(&question.body.broken);
            question.body.lines.iter().for_each(|line| broken.extend(&line.value.body.broken));
        }
        ItemKind::Define(define) => clause::broken(&define.condition, broken),
        ItemKind::Rule(rule) => {
            broken.extend(&rule.body.broken);
            for line in &rule.body.lines {
                match &line.value {
                    RuleLine::Exception(exception) => broken_exception(exception, broken),
                    RuleLine::Clause(said) => {
                        clause::conditions(&said.kind).for_each(|part| clause::broken(part, broken))
                    }
                    _ => {}
                }
            }
        }
        ItemKind::Exception(exception) => broken_exception(exception, broken),
        ItemKind::Notice(notice) => broken.extend(&notice.body.broken),
        ItemKind::Bundle(bundle) => {
            broken.extend(&bundle.body.broken);
            for line in &bundle.body.lines {
                if let BundleLine::WhereUncovered(requirement) = &line.value {
                    clause::broken(requirement, broken);
                }
            }
        }
        ItemKind::Scenario(scenario) => {
            broken.extend(&scenario.body.broken);
            for line in &scenario.body.lines {
                if let ScenarioLine::Person(person) = &line.value {
                    broken.extend(&person.body.broken);
                }
            }
        }
        ItemKind::Coverage(_) | ItemKind::Broken(_) => {}
    }
}

fn broken_exception(exception: &Exception, broken: &mut Vec<Span>) {
    broken.extend(&exception.body.broken);
    for line in &exception.body.lines {
        match &line.value {
            ExceptionLine::Allow { condition, provided, .. } => {
                condition.iter().chain(provided).for_each(|part| clause::broken(part, broken));
            }
            ExceptionLine::Waive { condition, .. } => {
                condition.iter().for_each(|part| clause::broken(part, broken));
            }
            ExceptionLine::Then(said) => clause::conditions(&said.kind).for_each(|part| clause::broken(part, broken)),
            ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => {}
        }
    }
}

/// Lays out one declaration.
fn declaration(plan: &mut Plan<'_>, item: &ItemKind, words: Range<usize>) {
    match item {
        ItemKind::Word(word) => body(plan, &word.body, 0, |plan, line, words| match line {
            WordLine::Under(names) | WordLine::Excludes(names) => self::names(plan, names, words, STEP),
            WordLine::OneOf(_) | WordLine::AnyOf(_) => clause::lists(plan, words, STEP),
            _ => texts(plan, words, STEP),
        }),
        ItemKind::Region(region) => members(plan, &region.body, words),
        ItemKind::Source(source) => body(plan, &source.body, 0, source_line),
        ItemKind::Coverage(claim) => coverage(plan, claim, words),
        ItemKind::Question(question) => body(plan, &question.body, 0, |plan, reading, words| {
            short_body(plan, &reading.body, words, STEP, |plan, _, words| texts(plan, words, 2 * STEP));
        }),
        ItemKind::Define(define) => clause::chain(plan, &define.condition, words, 0),
        ItemKind::Rule(rule) => body(plan, &rule.body, 0, |plan, line, words| match line {
            RuleLine::Clause(said) => clause::clause(plan, said, words, STEP),
            RuleLine::Exception(said) => exception(plan, said, STEP),
            _ => texts(plan, words, STEP),
        }),
        ItemKind::Exception(said) => exception(plan, said, 0),
        ItemKind::Notice(notice) => body(plan, &notice.body, 0, |plan, line, words| match line {
            NoticeLine::States(names) | NoticeLine::By(names) | NoticeLine::Manner(names) => {
                self::names(plan, names, words, STEP);
            }
            _ => texts(plan, words, STEP),
        }),
        ItemKind::Bundle(bundle) => body(plan, &bundle.body, 0, bundle_line),
        ItemKind::Scenario(scenario) => body(plan, &scenario.body, 0, |plan, line, words| match line {
            ScenarioLine::Adopt(names) | ScenarioLine::Contains(names) | ScenarioLine::Purposes { names, .. } => {
                self::names(plan, names, words, STEP);
            }
            ScenarioLine::Person(person) => {
                short_body(plan, &person.body, words, STEP, |plan, _: &PersonLine, words| {
                    clause::lists(plan, words, 2 * STEP)
                });
            }
            _ => clause::lists(plan, words, STEP),
        }),
        ItemKind::Broken(_) => {}
    }
}

/// The lines of a body, one a line.
fn body<'t, L>(plan: &mut Plan<'t>, body: &Body<L>, indent: usize, each: impl Fn(&mut Plan<'t>, &L, Range<usize>)) {
    let words = plan.within(body.span);
    let mut first = true;
    let starts = body.lines.iter().map(|line| line.span).chain(body.broken.iter().copied());
    let mut starts: Vec<usize> = starts.map(|span| plan.at(span.range().start)).collect();
    starts.sort_unstable();
    for start in starts {
        plan.gap(start, Gap::Line(indent + STEP, if first { Blank::Never } else { Blank::Kept }));
        first = false;
    }
    if !first || !plan.joins(words.clone()) {
        plan.gap(words.end.saturating_sub(1), Gap::Close(indent));
    }
    for line in &body.lines {
        let words = plan.within(line.span);
        each(plan, &line.value, words);
    }
}

/// A body that stays on the line of its head if it has one line and fits.
fn short_body<'t, L>(
    plan: &mut Plan<'t>,
    said: &Body<L>,
    whole: Range<usize>,
    indent: usize,
    each: impl Fn(&mut Plan<'t>, &L, Range<usize>),
) {
    if said.lines.len() > 1 || !plan.fits(whole, indent) {
        return body(plan, said, indent, each);
    }
    for line in &said.lines {
        let words = plan.within(line.span);
        clause::lists_joined(plan, words);
    }
}

/// The members of a region: on one line if they fit, else one a line.
fn members(plan: &mut Plan<'_>, body: &Body<crate::syntax::ast::Member>, whole: Range<usize>) {
    let words = plan.within(body.span);
    if !body.broken.is_empty() {
        return self::body(plan, body, 0, |_, _, _| {});
    }
    let starts: Vec<usize> = body.lines.iter().map(|line| plan.at(line.span.range().start)).collect();
    let one_line = plan.fits(whole, 0) || starts.is_empty();
    plan.list(words.start, words.end.saturating_sub(1), &starts, 0, one_line);
}

fn coverage(plan: &mut Plan<'_>, claim: &Coverage, words: Range<usize>) {
    if plan.fits(words.clone(), 0) || claim.acts.len() < 2 {
        return;
    }
    names(plan, &claim.acts, words, 0);
    let dated = plan.at(claim.from.span.range().start).saturating_sub(1);
    plan.line(dated, STEP);
}

fn source_line(plan: &mut Plan<'_>, line: &SourceLine, words: Range<usize>) {
    let keywords = match line {
        SourceLine::TextAt(_) | SourceLine::RecheckBy(_) | SourceLine::CivilTime(_) | SourceLine::PeriodsBy(_) => 2,
        SourceLine::Staying(_) => return,
        _ => 1,
    };
    match line {
        SourceLine::Kind(list) => names(plan, list, words.clone(), STEP),
        SourceLine::Applies { condition, reading } => {
            let reading = reading.as_ref().map(|name| plan.at(name.span.range().start).saturating_sub(1));
            clause::applies(plan, condition, reading, words.clone(), SOURCE_COLUMN - "applies ".len());
        }
        _ => texts(plan, words.clone(), STEP),
    }
    let value = words.start + keywords;
    if plan.words.get(value).is_some_and(|word| word.gap == Gap::Space) {
        plan.gap(value, Gap::Column(STEP + SOURCE_COLUMN));
    }
}

fn bundle_line(plan: &mut Plan<'_>, line: &BundleLine, words: Range<usize>) {
    match line {
        BundleLine::Includes(list) | BundleLine::Adopt(list) | BundleLine::Guards(list) | BundleLine::Prefer(list) => {
            names(plan, list, words, STEP);
        }
        BundleLine::WhereUncovered(requirement) => clause::chain(plan, requirement, words, STEP),
        _ => texts(plan, words, STEP),
    }
}

fn exception(plan: &mut Plan<'_>, said: &Exception, indent: usize) {
    body(plan, &said.body, indent, |plan, line, words| exception_line(plan, line, words, indent + STEP));
}

fn exception_line(plan: &mut Plan<'_>, line: &ExceptionLine, words: Range<usize>, indent: usize) {
    match line {
        ExceptionLine::Allow { condition, provided, reading, .. } => {
            let exprs = [condition.as_ref(), provided.as_ref()];
            clause::parts(plan, words, indent, exprs, reading.as_ref(), false);
        }
        ExceptionLine::Waive { condition, .. } => {
            clause::parts(plan, words, indent, [condition.as_ref(), None], None, false)
        }
        ExceptionLine::Then(said) => clause::clause(plan, said, words, indent),
        ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => texts(plan, words, indent),
    }
}

/// A list of names without braces: on its line if it fits, else one a line.
fn names(plan: &mut Plan<'_>, names: &[Name], words: Range<usize>, indent: usize) {
    if names.len() > 1 && !plan.fits(words, indent) {
        for name in names {
            let at = plan.at(name.span.range().start);
            plan.line(at, indent + STEP);
        }
    }
}

/// Texts that follow each other, one a line.
fn texts(plan: &mut Plan<'_>, words: Range<usize>, indent: usize) {
    for at in words {
        let beside = plan.is(at + 1, TokenKind::Text) || plan.is(at.wrapping_sub(1), TokenKind::Text);
        if beside && plan.is(at, TokenKind::Text) {
            plan.line(at, indent + STEP);
        }
    }
}

/// Where the parts of a group begin, those that could not be read among them.
pub(super) fn starts(items: &[Expr], broken: &[Span], plan: &Plan<'_>) -> Vec<usize> {
    let spans = items.iter().map(Expr::span).chain(broken.iter().copied());
    let mut starts: Vec<usize> = spans.map(|span| plan.at(span.range().start)).collect();
    starts.sort_unstable();
    starts
}
