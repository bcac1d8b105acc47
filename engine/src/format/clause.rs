//! The layout of clauses and conditions: the act, then `if`, `unless` or `provided`, `under`, each on its line; one condition a line.

use std::ops::Range;

use super::declaration::starts;
use super::plan::{Blank, Gap, Plan, STEP};
use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseKind, Expr, Name};
use crate::syntax::lex::TokenKind;

/// The parts of a condition that could not be read.
pub fn broken(expr: &Expr, found: &mut Vec<Span>) {
    match expr {
        Expr::Group { items, broken: parts, .. } => {
            found.extend(parts);
            items.iter().for_each(|item| broken(item, found));
        }
        Expr::Labelled { item, .. } => broken(item, found),
        _ => {}
    }
}

/// The conditions and requirements of a clause.
pub fn conditions(kind: &ClauseKind) -> impl Iterator<Item = &Expr> {
    use ClauseKind::{Displaces, Duty, Keep, Prohibit, Require, RequireBefore};
    let (requirement, condition, unless) = match kind {
        Prohibit { condition, unless, .. } | Require { condition, unless, .. } => {
            (None, condition.as_ref(), unless.as_ref())
        }
        RequireBefore { requirement, condition, .. } => (Some(requirement), condition.as_ref(), None),
        Duty { condition, .. } | Keep { condition, .. } => (None, condition.as_ref(), None),
        Displaces { .. } => (None, None, None),
    };
    [requirement, condition, unless].into_iter().flatten()
}

/// A clause, with `then` or a label before it or not.
pub fn clause(plan: &mut Plan<'_>, said: &Clause, words: Range<usize>, indent: usize) {
    let reading = said.reading.as_ref();
    match &said.kind {
        ClauseKind::Prohibit { condition, unless, .. } | ClauseKind::Require { condition, unless, .. } => {
            parts(plan, words, indent, [condition.as_ref(), unless.as_ref()], reading, false);
        }
        ClauseKind::RequireBefore { requirement, condition, .. } => {
            let head = words.start..plan.within(requirement.span()).end;
            chain(plan, requirement, head, indent);
            parts(plan, words, indent, [condition.as_ref(), None], reading, is_tall(requirement));
        }
        ClauseKind::Duty { condition, .. } | ClauseKind::Keep { condition, .. } => {
            let head = words.start..first_part(plan, [condition.as_ref(), None], reading).unwrap_or(words.end);
            lists(plan, head.clone(), indent);
            let tall = spans(plan, head, indent);
            parts(plan, words, indent, [condition.as_ref(), None], reading, tall);
        }
        ClauseKind::Displaces { cites, .. } => {
            let several = cites.len() > 1 || !plan.fits(words.clone(), indent);
            for cite in cites.iter().filter(|_| several) {
                let keyword = keyword(plan, cite.span);
                plan.line(keyword, indent + STEP);
            }
            parts(plan, words, indent, [None, None], reading, several);
        }
    }
}

/// The keyword before a part.
fn keyword(plan: &Plan<'_>, part: Span) -> usize {
    plan.at(part.range().start).saturating_sub(1)
}

fn first_part(plan: &Plan<'_>, exprs: [Option<&Expr>; 2], reading: Option<&Name>) -> Option<usize> {
    let spans = exprs.into_iter().flatten().map(Expr::span).chain(reading.map(|name| name.span));
    spans.map(|span| keyword(plan, span)).next()
}

/// The parts of a clause after its act: alone and short, one stands on the line of the act; else each has its own.
pub fn parts(
    plan: &mut Plan<'_>,
    words: Range<usize>,
    indent: usize,
    exprs: [Option<&Expr>; 2],
    reading: Option<&Name>,
    tall: bool,
) {
    let exprs: Vec<&Expr> = exprs.into_iter().flatten().collect();
    let mut starts: Vec<usize> = exprs.iter().map(|expr| keyword(plan, expr.span())).collect();
    starts.extend(reading.map(|name| keyword(plan, name.span)));
    let tall = tall || exprs.iter().any(|expr| is_tall(expr));
    let alone = starts.len() < 2 && !tall && plan.is_short(words.clone(), indent);
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(words.end));
    for (start, end) in starts.iter().zip(ends).filter(|_| !alone) {
        plan.line(*start, indent + STEP);
        if let Some(expr) = exprs.iter().find(|expr| keyword(plan, expr.span()) == *start) {
            chain(plan, expr, *start..end, indent + STEP);
        }
    }
    for expr in exprs.into_iter().filter(|_| alone) {
        lists_joined(plan, plan.within(expr.span()));
    }
}

/// The connecting factor of a source; its keyword takes `padding` more than its letters.
pub fn applies(plan: &mut Plan<'_>, expr: &Expr, reading: Option<usize>, words: Range<usize>, padding: usize) {
    if !is_tall(expr) && plan.fits(words.clone(), STEP + padding) {
        return;
    }
    if let Some(reading) = reading {
        plan.line(reading, 2 * STEP);
    }
    let end = reading.unwrap_or(words.end);
    let fits = plan.fits(words.start..end, STEP + padding);
    laid_out(plan, expr, words.start..end, STEP, fits);
}

/// A condition or requirement whose line begins with the first of `words`.
pub fn chain(plan: &mut Plan<'_>, expr: &Expr, words: Range<usize>, indent: usize) {
    let fits = plan.fits(words.clone(), indent);
    laid_out(plan, expr, words, indent, fits);
}

fn laid_out(plan: &mut Plan<'_>, expr: &Expr, words: Range<usize>, indent: usize, fits: bool) {
    match expr {
        Expr::Group { inline: false, items, broken, span, .. } => {
            let inside = plan.within(*span);
            let Some(open) = plan.find(inside.clone(), TokenKind::Open) else { return };
            let close = inside.end.saturating_sub(1);
            let starts = starts(items, broken, plan);
            for (index, start) in starts.iter().enumerate() {
                let blank = if index == 0 { Blank::Never } else { Blank::Kept };
                plan.gap(*start, Gap::Line(indent + STEP, blank));
            }
            if !starts.is_empty() || !plan.joins(open..close + 1) {
                plan.gap(close, Gap::Close(indent));
            }
            for item in items {
                let words = plan.within(item.span());
                chain(plan, item, words, indent + STEP);
            }
        }
        Expr::Group { inline: true, items, .. } => {
            if fits && !is_tall(expr) {
                return;
            }
            let mut start = words.start;
            for (index, item) in items.iter().enumerate() {
                let inside = plan.within(item.span());
                let mut step = indent;
                if index > 0 {
                    start = inside.start.saturating_sub(1);
                    step = indent + STEP;
                    plan.line(start, step);
                }
                chain(plan, item, start..inside.end, step);
            }
        }
        Expr::Labelled { item, .. } => laid_out(plan, item, words, indent, fits),
        _ if fits => lists_joined(plan, words),
        _ => lists_split(plan, words, indent),
    }
}

/// Whether a condition takes several lines however short it is: it holds a group in braces.
fn is_tall(expr: &Expr) -> bool {
    match expr {
        Expr::Group { inline, items, .. } => !inline || items.iter().any(is_tall),
        Expr::Labelled { item, .. } => is_tall(item),
        _ => false,
    }
}

/// The lists in braces of a line: on the line if it fits, else one entry a line.
pub fn lists(plan: &mut Plan<'_>, words: Range<usize>, indent: usize) {
    if plan.fits(words.clone(), indent) { lists_joined(plan, words) } else { lists_split(plan, words, indent) }
}

pub fn lists_joined(plan: &mut Plan<'_>, words: Range<usize>) {
    each_list(plan, words, 0, true);
}

fn lists_split(plan: &mut Plan<'_>, words: Range<usize>, indent: usize) {
    each_list(plan, words, indent, false);
}

fn each_list(plan: &mut Plan<'_>, words: Range<usize>, indent: usize, one_line: bool) {
    let mut from = words.start;
    while let Some(open) = plan.find(from..words.end, TokenKind::Open) {
        let close = plan.closing(open, words.end);
        from = close + 1;
        if holds_spans(plan, open) {
            continue;
        }
        let entries = open + 1..close;
        let starts: Vec<usize> = entries
            .filter(|at| !plan.is(*at, TokenKind::Comma) && (*at == open + 1 || plan.is(*at - 1, TokenKind::Comma)))
            .collect();
        plan.list(open, close, &starts, indent, one_line);
    }
}

fn holds_spans(plan: &Plan<'_>, open: usize) -> bool {
    matches!(plan.word(open.saturating_sub(2)), "earlier" | "later")
}

/// The spans of `earlier of { … }` and `later of { … }`, one a line; says whether there are any.
fn spans(plan: &mut Plan<'_>, words: Range<usize>, indent: usize) -> bool {
    let (mut depth, mut any) = (indent, false);
    let mut levels: Vec<bool> = Vec::new();
    for at in words {
        let inside = levels.last().copied().unwrap_or(false);
        if plan.is(at, TokenKind::Open) {
            let spans = holds_spans(plan, at);
            any |= spans;
            levels.push(spans);
            depth += if spans { STEP } else { 0 };
        } else if plan.is(at, TokenKind::Close) {
            if levels.pop() == Some(true) {
                depth = depth.saturating_sub(STEP);
                plan.gap(at, Gap::Close(depth));
            }
        } else if inside && begins_span(plan.word(at)) {
            plan.gap(at, Gap::Line(depth, Blank::Never));
        }
    }
    any
}

fn begins_span(word: &str) -> bool {
    matches!(word, "earlier" | "later" | "until") || word.bytes().all(|byte| byte.is_ascii_digit())
}
