//! Adding what a rule or a source lacks: its citation, its review dates.

use chrono::{Months, NaiveDate};
use onrecord::syntax::ast::{Exception, ExceptionLine, ItemKind, RuleLine, SourceLine};

use super::{Action, At, Kind, touches};
use crate::snapshot::View;

/// The citation of a rule or an exception that has none, begun with that of its source.
pub fn citation(view: View<'_>, at: &At<'_>) -> Vec<Action> {
    let mut found = Vec::new();
    let (source, exceptions): (Option<&str>, Vec<&Exception>) = match &at.item.value {
        ItemKind::Rule(rule) => {
            let has = rule.body.lines.iter().any(|line| matches!(line.value, RuleLine::Cite(_)));
            if !has {
                let line = cite_line(view, Some(&rule.source.text));
                let edit = at.first_line(rule.body.span.range().start, &line);
                found.push(Action::new(format!("add the citation of {}", rule.name.text), Kind::QuickFix, vec![edit]));
            }
            let inner = rule.body.lines.iter().filter_map(|line| match &line.value {
                RuleLine::Exception(exception) if touches(line.span, &at.range) => Some(exception),
                _ => None,
            });
            (Some(rule.source.text.as_str()), inner.collect())
        }
        ItemKind::Exception(exception) => (None, vec![exception]),
        _ => return found,
    };
    for exception in exceptions {
        if !exception.body.lines.iter().any(|line| matches!(line.value, ExceptionLine::Cite(_))) {
            let edit = at.first_line(exception.body.span.range().start, &cite_line(view, source));
            let title = format!("add the citation of {}", exception.name.text);
            found.push(Action::new(title, Kind::QuickFix, vec![edit]));
        }
    }
    found
}

fn cite_line(view: View<'_>, source: Option<&str>) -> String {
    let sources = &view.tree().sources;
    let cite = source.and_then(|name| sources.get(sources.id(name)?)?.cites.first());
    format!("cite \"{}\"", cite.map_or("", String::as_str))
}

/// The days on which a source was read, and is to be read again.
pub fn review(view: View<'_>, at: &At<'_>) -> Option<Action> {
    let ItemKind::Source(source) = &at.item.value else { return None };
    let has = |wanted: fn(&SourceLine) -> bool| source.body.lines.iter().any(|line| wanted(&line.value));
    let today = view.snapshot.today;
    let mut lines = Vec::new();
    if !has(|line| matches!(line, SourceLine::Checked(_))) {
        lines.push(format!("checked {today}"));
    }
    if !has(|line| matches!(line, SourceLine::RecheckBy(_))) {
        lines.push(format!("recheck by {}", half_a_year_on(today)));
    }
    if lines.is_empty() {
        return None;
    }
    let brace = source.body.span.range().start;
    let edits = lines.iter().map(|line| at.first_line(brace, line)).collect::<Vec<_>>();
    // One edit: two at one place have no order.
    let text: String = edits.iter().map(|(_, text)| text.as_str()).collect();
    let place = edits.into_iter().next().map(|(place, _)| place)?;
    Some(Action::new("add the review dates: read today, again in half a year", Kind::QuickFix, vec![(place, text)]))
}

fn half_a_year_on(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(6)).unwrap_or(today)
}
