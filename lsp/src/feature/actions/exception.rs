//! `unless` to an exception and back. Both say the same: one more way to satisfy the clause.

use onrecord::source::Span;
use onrecord::syntax::ast::{Clause, ClauseKind, Exception, ExceptionLine, RuleLine};

use super::{Action, At, Kind, touches};
use crate::snapshot::View;

/// What stands after `unless` becomes an exception of its own, with its own citation.
pub fn from_unless(at: &At<'_>) -> Option<Action> {
    let rule = at.rule()?;
    let (line, clause) = clause_at(at)?;
    let ClauseKind::Prohibit { act, condition, unless: Some(unless) } = &clause.kind else { return None };
    if clause.reading.is_some() {
        return None;
    }
    let kept_until = condition.as_ref().map_or(act.span, |condition| act.span.to(span_after(at, condition, line)));
    let requirement = at.written(Span { start: after_word(at, kept_until, "unless")?, ..line }).trim();
    let _ = unless;
    let prohibitions = at.lines().filter(|(_, line)| matches!(line, RuleLine::Clause(one) if matches!(one.kind, ClauseKind::Prohibit { .. } | ClauseKind::Require { .. } | ClauseKind::RequireBefore { .. })));
    // An exception adds a way to every clause of its rule: with more than one, the two would not say the same.
    if prohibitions.count() != 1 {
        return None;
    }
    let indent = at.indent(line.range().start);
    let cite = rule.body.lines.iter().find_map(|line| match &line.value {
        RuleLine::Cite(cite) => Some(at.written(cite.span)),
        _ => None,
    });
    let cite = cite.map_or_else(String::new, |cite| format!("{indent}  cite {cite}\n"));
    let name = format!("{}-way", rule.name.text.to_lowercase());
    let text = format!(
        "\n\n{indent}except {name} {{\n{cite}{indent}  allow {}\n{indent}    provided {requirement}\n{indent}}}",
        at.written(act.span)
    );
    let edits = vec![(at.place(kept_until.range().end..line.range().end), text)];
    Some(Action::new("write what stands after `unless` as an exception", Kind::Rewrite, edits))
}

/// An exception that only adds a way becomes part of the clause's `unless`.
pub fn to_unless(view: View<'_>, at: &At<'_>) -> Option<Action> {
    let inside = at.lines().filter_map(|(span, line)| match line {
        RuleLine::Exception(exception) if touches(span, &at.range) => Some((span, exception)),
        _ => None,
    });
    let (span, exception) = inside.last()?;
    let tree = view.tree();
    let clauses: Vec<(Span, &Clause)> = at
        .lines()
        .filter_map(|(span, line)| match line {
            RuleLine::Clause(clause) => Some((span, &**clause)),
            _ => None,
        })
        .collect();
    let [(line, clause)] = clauses.as_slice() else { return None };
    let ClauseKind::Prohibit { act, condition, unless } = &clause.kind else { return None };
    let way = way_of(at, exception, act)?;
    // Something that asks whether it was relied on would lose its name.
    let id = tree.exceptions.id(&exception.name.text)?;
    let definition = tree.exceptions.get(id)?.name_span;
    let target = onrecord::resolve::Target { kind: "exception", name: exception.name.text.clone(), definition };
    if view.semantic.uses_of(&target).count() != 1 || clause.reading.is_some() {
        return None;
    }
    let indent = at.indent(line.range().start);
    let start = condition.as_ref().map_or(act.span, |condition| act.span.to(span_after(at, condition, *line)));
    let text = match unless {
        None => format!("\n{indent}  unless {way}"),
        Some(_) => {
            let before = at.written(Span { start: after_word(at, start, "unless")?, ..*line }).trim();
            format!("\n{indent}  unless any of {{\n{indent}    {before}\n{indent}    {way}\n{indent}  }}")
        }
    };
    let blank = at.text.get(..span.range().start).unwrap_or_default();
    let from = blank.trim_end().len();
    // Where the exception follows its clause, one edit: two that meet have no order.
    let edits = if from <= line.range().end && line.range().end <= span.range().start {
        vec![(at.place(start.range().end..span.range().end), text)]
    } else {
        let clause = (at.place(start.range().end..line.range().end), text);
        vec![clause, (at.place(from..span.range().end), String::new())]
    };
    Some(Action::new("write this exception as part of `unless`", Kind::Rewrite, edits))
}

/// The one way that an exception adds, as a requirement; its citations become those of the rule, so they must be written there.
fn way_of(at: &At<'_>, exception: &Exception, act: &onrecord::syntax::ast::Act) -> Option<String> {
    let mut ways = Vec::new();
    for line in &exception.body.lines {
        match &line.value {
            ExceptionLine::Allow { act: allowed, condition, provided, reading: None } => {
                if at.written(allowed.span) != at.written(act.span) {
                    return None;
                }
                let parts: Vec<&str> =
                    condition.iter().chain(provided).filter_map(|part| part_text(at, part)).collect();
                ways.push(match parts.as_slice() {
                    [one] => (*one).to_owned(),
                    [one, other] => format!("all of {{ {one} {other} }}"),
                    _ => return None,
                });
            }
            ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => {}
            _ => return None,
        }
    }
    if ways.len() == 1 { ways.pop() } else { None }
}

fn part_text<'v>(at: &At<'v>, part: &onrecord::syntax::ast::Expr) -> Option<&'v str> {
    super::extract::span_of(part).map(|span| at.written(span))
}

fn clause_at<'v>(at: &At<'v>) -> Option<(Span, &'v Clause)> {
    at.lines().find_map(|(span, line)| match line {
        RuleLine::Clause(clause) if touches(span, &at.range) => Some((span, &**clause)),
        _ => None,
    })
}

/// The span of a condition in its clause.
fn span_after(at: &At<'_>, condition: &onrecord::syntax::ast::Expr, line: Span) -> Span {
    let _ = at;
    super::extract::span_of(condition).unwrap_or(line)
}

/// The byte after a keyword that follows a span.
fn after_word(at: &At<'_>, span: Span, word: &str) -> Option<u32> {
    let rest = at.text.get(span.range().end..)?;
    let found = rest.find(word)?;
    u32::try_from(span.range().end + found + word.len()).ok()
}
