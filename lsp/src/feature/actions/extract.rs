//! A condition taken out of its rule and given a name.

use onrecord::source::Span;
use onrecord::syntax::ast::{ClauseKind, ExceptionLine, Expr, ItemKind, RuleLine, SourceLine};

use super::{Action, At, Kind, touches};
use crate::snapshot::View;

/// The condition at the range becomes a definition.
pub fn definition(view: View<'_>, at: &At<'_>) -> Option<Action> {
    let condition = conditions(at).into_iter().filter_map(|expr| innermost(expr, at)).next()?;
    if matches!(condition, Expr::Defined(_)) {
        return None;
    }
    let span = span_of(condition)?;
    let name = free_name(view, at);
    let written = at.written(span);
    let start = at.item.span.range().start;
    let head = at.text.get(..start).unwrap_or_default();
    // Comments directly above belong to the rule: the definition stands above them.
    let above = head.rfind("\n\n").map_or(if head.trim().is_empty() { start } else { 0 }, |at| at + 2);
    let edits = vec![
        (at.place(above..above), format!("define {name} as {written}\n\n")),
        (at.place(span.range()), name.clone()),
    ];
    Some(Action::new(format!("give this condition a name (`{name}`)"), Kind::Extract, edits))
}

/// The conditions (not requirements) of a declaration.
fn conditions<'v>(at: &At<'v>) -> Vec<&'v Expr> {
    let clause = |kind: &'v ClauseKind| match kind {
        ClauseKind::Prohibit { condition, .. }
        | ClauseKind::Require { condition, .. }
        | ClauseKind::RequireBefore { condition, .. }
        | ClauseKind::Duty { condition, .. }
        | ClauseKind::Keep { condition, .. } => condition.as_ref(),
        ClauseKind::Displaces { .. } => None,
    };
    let exception = |line: &'v ExceptionLine| match line {
        ExceptionLine::Allow { condition, .. } | ExceptionLine::Waive { condition, .. } => condition.as_ref(),
        ExceptionLine::Then(then) => clause(&then.kind),
        ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => None,
    };
    match &at.item.value {
        ItemKind::Source(source) => source
            .body
            .lines
            .iter()
            .filter_map(|line| match &line.value {
                SourceLine::Applies { condition, .. } => Some(condition),
                _ => None,
            })
            .collect(),
        ItemKind::Rule(rule) => rule
            .body
            .lines
            .iter()
            .flat_map(|line| match &line.value {
                RuleLine::Clause(one) => clause(&one.kind).into_iter().collect::<Vec<_>>(),
                RuleLine::Exception(one) => one.body.lines.iter().filter_map(|line| exception(&line.value)).collect(),
                _ => Vec::new(),
            })
            .collect(),
        ItemKind::Exception(one) => one.body.lines.iter().filter_map(|line| exception(&line.value)).collect(),
        _ => Vec::new(),
    }
}

/// The smallest part of a condition that holds the range.
fn innermost<'v>(expr: &'v Expr, at: &At<'_>) -> Option<&'v Expr> {
    let span = span_of(expr)?;
    let holds = span.range().start <= at.range.start && at.range.end <= span.range().end;
    if !holds || !touches(span, &at.range) {
        return None;
    }
    match expr {
        Expr::Group { items, .. } => items.iter().find_map(|item| innermost(item, at)).or(Some(expr)),
        Expr::Labelled { item, .. } => innermost(item, at),
        // `that party` and `that purpose` mean nothing outside their clause.
        _ => Some(expr),
    }
}

pub fn span_of(expr: &Expr) -> Option<Span> {
    Some(match expr {
        Expr::Group { span, .. }
        | Expr::Judged { span, .. }
        | Expr::Of { span, .. }
        | Expr::Person { span, .. }
        | Expr::Purposes { span, .. }
        | Expr::Unlawful { span, .. }
        | Expr::ReliedOn { span, .. }
        | Expr::InPlace { span, .. } => *span,
        Expr::Labelled { label, item } => label.span.to(span_of(item)?),
        Expr::Defined(name) => name.span,
    })
}

fn free_name(view: View<'_>, at: &At<'_>) -> String {
    let of = at.rule().map_or("the", |rule| &rule.name.text).to_lowercase();
    let taken = |name: &str| {
        let documents = view.snapshot.documents.values();
        let mut symbols = documents.flat_map(|document| document.pieces()).flat_map(|(_, piece)| &piece.facts.symbols);
        symbols.any(|symbol| symbol.name == name)
    };
    let first = format!("{of}-condition");
    let mut names = std::iter::once(first.clone()).chain((2..1000).map(|count| format!("{first}-{count}")));
    names.find(|name| !taken(name)).unwrap_or(first)
}
