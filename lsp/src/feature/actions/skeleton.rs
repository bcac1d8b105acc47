//! Two scenarios for a clause, one on each side of its line, with what the engine makes of them as their expectations.

use onrecord::syntax::ast::ItemKind;
use onrecord::syntax::ast::{
    ClauseKind, Expr, FactOf, GroupKind, Name, Predicate, PurposeKind, PurposeTest, Quantifier, RuleLine, SourceLine,
    Test, Verb,
};

use super::{Action, At, Kind, touches};
use crate::feature::gist;
use crate::feature::trial;
use crate::snapshot::View;

/// The scenarios for the clause at the range (the first one when none is).
pub fn scenarios(view: View<'_>, at: &At<'_>) -> Option<Action> {
    let rule = at.rule()?;
    let clauses: Vec<_> = at
        .lines()
        .filter_map(|(span, line)| match line {
            RuleLine::Clause(clause) => Some((span, clause)),
            _ => None,
        })
        .collect();
    let (_, clause) = clauses.iter().find(|(span, _)| touches(*span, &at.range)).or(clauses.first())?;
    let (act, condition, requirement) = match &clause.kind {
        ClauseKind::Prohibit { act, condition, unless } => (act, condition, unless.as_ref()),
        ClauseKind::RequireBefore { act, condition, requirement } => (act, condition, Some(requirement)),
        ClauseKind::Require { act, condition, unless } => (act, condition, unless.as_ref()),
        _ => return None,
    };
    let mut call = Call::default();
    call.joins(applies(view, &rule.source.text).as_ref());
    call.joins(condition.as_ref());
    let mut met = call.clone();
    met.does(requirement);
    let act = gist::act_words(act);
    let text: String = [("it is met", met), ("it is not met", call)]
        .iter()
        .map(|(side, call)| call.scenario(&format!("{}: {side}", rule.name.text), &rule.source.text, &act, view))
        .collect();
    let text = trial::with_found_outcomes(view, &text);
    let end = at.item.span.range().end;
    let edit = (at.place(end..end), format!("\n\n{}", text.trim_end()));
    Some(Action::new("write scenarios for both sides of this clause", Kind::Add, vec![edit]))
}

/// The first connecting factor of a source, as written.
fn applies(view: View<'_>, source: &str) -> Option<Expr> {
    let documents = view.snapshot.documents.values();
    let pieces = documents.flat_map(|document| document.pieces());
    let items = pieces.flat_map(|(_, piece)| &piece.parsed.file.items);
    items.into_iter().find_map(|item| match &item.value {
        ItemKind::Source(found) if found.name.text == source => {
            found.body.lines.iter().find_map(|line| match &line.value {
                SourceLine::Applies { condition, .. } => Some(condition.clone()),
                _ => None,
            })
        }
        _ => None,
    })
}

/// A call in the making.
#[derive(Clone, Default)]
struct Call {
    given: Vec<String>,
    persons: Vec<(String, Vec<String>)>,
}

impl Call {
    /// Makes a condition true.
    fn joins(&mut self, condition: Option<&Expr>) {
        match condition {
            Some(Expr::Group { kind: GroupKind::All, items, .. }) => {
                items.iter().for_each(|item| self.joins(Some(item)))
            }
            Some(Expr::Group { kind: GroupKind::Any, items, .. }) => self.joins(items.first()),
            Some(Expr::Labelled { item, .. }) => self.joins(Some(item)),
            Some(Expr::Judged { not, judgment, .. }) => {
                self.gives(format!("given judged {} {}", judgment.text, if *not { "no" } else { "yes" }));
            }
            Some(Expr::Of { of, predicate, .. }) => {
                if let (Some(holder), Some(fact)) = (holder(*of), fact(predicate)) {
                    self.gives(format!("given {holder} {fact}"));
                }
            }
            Some(Expr::Person { role, who, predicate, quantifier, .. }) if *quantifier != Quantifier::No => {
                let lines: Vec<String> = who.iter().chain([&**predicate]).filter_map(fact).collect();
                self.person(role.as_ref(), lines);
            }
            Some(Expr::Purposes {
                which: PurposeKind::Intended,
                test: PurposeTest::AreOnly | PurposeTest::Include,
                names,
                ..
            }) => {
                let names: Vec<&str> = names.iter().map(|name| name.text.as_str()).collect();
                self.gives(format!("given intended purposes {}", names.join(", ")));
            }
            _ => {}
        }
    }

    /// Does what a requirement asks.
    fn does(&mut self, requirement: Option<&Expr>) {
        match requirement {
            Some(Expr::Group { kind: GroupKind::All, items, .. }) => {
                items.iter().for_each(|item| self.does(Some(item)))
            }
            Some(Expr::Group { kind: GroupKind::Any, items, .. }) => self.does(items.first()),
            Some(Expr::Labelled { item, .. }) => self.does(Some(item)),
            Some(Expr::InPlace { safeguard, .. }) => self.gives(format!("given {} in place", safeguard.text)),
            Some(Expr::Person { role, predicate, .. }) => {
                let line = match &**predicate {
                    Predicate::Told(told) => {
                        let elements: Vec<&str> = told.elements.iter().map(|name| name.text.as_str()).collect();
                        Some(format!("told {} at 09:59:50", elements.join(", ")))
                    }
                    Predicate::Gave(gave) => Some(format!(
                        "gave {} consent to {} at 09:59:55",
                        gist::level(gave.level).replace("implied", "expressed"),
                        gist::act_words(&gave.term.act)
                    )),
                    _ => None,
                };
                match line {
                    Some(line) => self.person(role.as_ref(), vec![line]),
                    None => self.joins(requirement),
                }
            }
            other => self.joins(other),
        }
    }

    fn gives(&mut self, line: String) {
        if !self.given.contains(&line) {
            self.given.push(line);
        }
    }

    /// Lines for somebody of a role: for `party`, for everybody who is there.
    fn person(&mut self, role: Option<&Name>, lines: Vec<String>) {
        let role = role.map_or("party", |role| &role.text).to_owned();
        if role == "party" && !self.persons.is_empty() {
            self.persons.iter_mut().take(1).for_each(|(_, known)| known.extend(lines.clone()));
            return;
        }
        let role = if role == "party" { "customer".to_owned() } else { role };
        match self.persons.iter_mut().find(|(known, _)| *known == role) {
            Some((_, known)) => known.extend(lines),
            None => self.persons.push((role, lines)),
        }
    }

    fn scenario(&self, title: &str, source: &str, act: &str, view: View<'_>) -> String {
        let mut text = format!("scenario \"{title}\" of {source} {{\n");
        for line in &self.given {
            text.push_str(&format!("  {line}\n"));
        }
        text.push_str(&format!("  given recording from {}T10:00:00Z\n", view.snapshot.today));
        for (role, lines) in &self.persons {
            text.push_str(&format!("  {role} {{\n"));
            for line in lines {
                text.push_str(&format!("    {line}\n"));
            }
            text.push_str("  }\n");
        }
        text.push_str(&format!("  expect {act} cleared\n}}\n\n"));
        text
    }
}

fn holder(of: FactOf) -> Option<&'static str> {
    match of {
        FactOf::Call => Some("call"),
        FactOf::Company => Some("company"),
        FactOf::Recorder => Some("recorder"),
        FactOf::Party => None,
    }
}

/// A predicate as a statement of fact.
fn fact(predicate: &Predicate) -> Option<String> {
    let Predicate::Is { verb, not, value, .. } = predicate else { return None };
    let verb_words = match verb {
        Verb::Is => "is",
        Verb::Uses => "uses",
        Verb::Concerns => "concerns",
        Verb::Has => "has",
        Verb::Speaks => "speaks",
        Verb::IsIn => "is in",
        Verb::IsEstablishedIn => "is established in",
        Verb::OffersServicesIn => "offers services in",
        Verb::ProcessesDataIn => "processes data in",
        Verb::UsesOutputIn => "uses output in",
    };
    let not = if *not { "not " } else { "" };
    let value = match value {
        Test::One(name) => name.text.clone(),
        Test::AnyOf(names) | Test::AllOf(names) => names.first()?.text.clone(),
        Test::Under(years) => format!("{} years old", years.saturating_sub(1)),
        Test::AtLeast(years) => format!("{years} years old"),
    };
    Some(format!("{verb_words} {not}{value}"))
}
