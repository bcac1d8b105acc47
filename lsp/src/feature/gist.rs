//! What a rule comes to, in a few words: `tell every party · consent at least implied · keep 5 years`. Read from the rule as written,
//! so that it is there before the names are resolved.

use onrecord::source::{Source, Span};
use onrecord::syntax::ast::{
    Act, Clause, ClauseKind, DutyWhat, Exception, ExceptionLine, Expr, GroupKind, KeepSpan, Level, Name, Period,
    Predicate, Quantifier, Rule, RuleLine, Thing,
};

/// What a rule comes to.
#[must_use]
pub fn of_rule(source: &Source, rule: &Rule) -> String {
    let clauses = rule.body.lines.iter().filter_map(|line| match &line.value {
        RuleLine::Clause(clause) => Some(of_clause(source, clause)),
        _ => None,
    });
    let exceptions = rule.body.lines.iter().filter(|line| matches!(line.value, RuleLine::Exception(_))).count();
    let mut parts = once_each(clauses);
    match exceptions {
        0 => {}
        1 => parts.push("1 exception".to_owned()),
        more => parts.push(format!("{more} exceptions")),
    }
    parts.join(" · ")
}

/// What an exception comes to.
#[must_use]
pub fn of_exception(source: &Source, exception: &Exception) -> String {
    let lines = exception.body.lines.iter().filter_map(|line| match &line.value {
        ExceptionLine::Allow { act, provided: Some(provided), .. } => {
            Some(format!("{}: {}", act_words(act), requirement(source, provided)))
        }
        ExceptionLine::Allow { act, condition, .. } => {
            let when = if condition.is_some() { " where it applies" } else { "" };
            Some(format!("{} is allowed{when}", act_words(act)))
        }
        ExceptionLine::Waive { label, .. } => Some(format!("no {}", label.text)),
        ExceptionLine::Then(clause) => Some(format!("then {}", of_clause(source, clause))),
        ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => None,
    });
    once_each(lines).join(" · ")
}

fn once_each(parts: impl Iterator<Item = String>) -> Vec<String> {
    let mut once: Vec<String> = Vec::new();
    for part in parts {
        if !once.contains(&part) {
            once.push(part);
        }
    }
    once
}

/// What one clause comes to.
#[must_use]
pub fn of_clause(source: &Source, clause: &Clause) -> String {
    match &clause.kind {
        ClauseKind::Prohibit { unless: Some(unless), .. } => requirement(source, unless),
        ClauseKind::Prohibit { act, condition, .. } => never(act, condition.is_some()),
        ClauseKind::Require { act, condition, .. } => {
            let when = if condition.is_some() { " where it applies" } else { "" };
            format!("must: {}{when}", act_words(act))
        }
        ClauseKind::RequireBefore { requirement: what, act, .. } => {
            format!("{}, before {}", requirement(source, what), act_words(act))
        }
        ClauseKind::Duty { what, recurring, period, event, .. } => {
            let what = match what {
                DutyWhat::Act(act) => act_words(act),
                DutyWhat::Told(expr) => requirement(source, expr),
            };
            let when = if *recurring { "every" } else { "within" };
            let of = if *recurring { "from" } else { "of" };
            format!("{what} {when} {} {of} {}", period_words(period), event.text)
        }
        ClauseKind::Keep { thing, at_least, period, .. } => {
            let bound = if *at_least { "at least" } else { "at most" };
            format!("keep {} {bound} {}", thing_words(thing), span_words(period))
        }
        ClauseKind::Displaces { rule, .. } => format!("displaces {}", rule.text),
    }
}

fn never(act: &Act, conditional: bool) -> String {
    format!("no {}{}", act_words(act), if conditional { " where it applies" } else { "" })
}

/// An act phrase.
#[must_use]
pub fn act_words(act: &Act) -> String {
    let part = |word: &str, name: &Option<Name>| {
        name.as_ref().map_or_else(String::new, |name| format!(" {word} {}", name.text))
    };
    format!(
        "{}{}{}{}{}{}",
        if act.not { "not " } else { "" },
        act.name.text,
        part("of", &act.of),
        part("for", &act.purpose),
        part("to", &act.recipient),
        part("during", &act.phase)
    )
}

fn requirement(source: &Source, expr: &Expr) -> String {
    match expr {
        Expr::Group { kind: GroupKind::None, span, .. } => short(source, *span),
        Expr::Group { kind, items, .. } => {
            let joint = if *kind == GroupKind::Any { " or " } else { " · " };
            once_each(items.iter().map(|item| requirement(source, item))).join(joint)
        }
        Expr::Labelled { item, .. } => requirement(source, item),
        Expr::Person { quantifier, role, predicate, span, .. } => {
            let who = who(*quantifier, role.as_ref());
            match &**predicate {
                Predicate::Told(_) => format!("tell {who}"),
                Predicate::Gave(gave) if who == "every party" => format!("consent at least {}", level(gave.level)),
                Predicate::Gave(gave) => format!("consent of {who}, at least {}", level(gave.level)),
                _ => short(source, *span),
            }
        }
        Expr::InPlace { safeguard, .. } => safeguard.text.clone(),
        Expr::Defined(name) => name.text.clone(),
        Expr::Judged { span, .. }
        | Expr::Of { span, .. }
        | Expr::Purposes { span, .. }
        | Expr::Unlawful { span, .. }
        | Expr::ReliedOn { span, .. } => short(source, *span),
    }
}

fn who(quantifier: Quantifier, role: Option<&Name>) -> String {
    let role = role.map_or("party", |role| &role.text);
    match quantifier {
        Quantifier::Any => format!("one {role}"),
        Quantifier::Every => format!("every {role}"),
        Quantifier::No => format!("no {role}"),
        Quantifier::That => "that party".to_owned(),
    }
}

/// A level of consent, as written.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::OptOutNotExercised => "opt-out-not-exercised",
        Level::Implied => "implied",
        Level::Expressed => "expressed",
        Level::Explicit => "explicit",
    }
}

/// The text of a span on one line, cut where it is long.
fn short(source: &Source, span: Span) -> String {
    let words: Vec<&str> = source.slice(span).split_whitespace().collect();
    let text = words.join(" ");
    if text.chars().count() <= 48 { text } else { text.chars().take(47).chain("…".chars()).collect() }
}

fn thing_words(thing: &Thing) -> String {
    match thing {
        Thing::One(name) => name.text.clone(),
        Thing::In { category, artefact } => format!("{} in {}", category.text, artefact.text),
        Thing::AnyOf(names) => names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>().join(" or "),
    }
}

fn span_words(span: &KeepSpan) -> String {
    let several = |spans: &[KeepSpan], joint: &str| spans.iter().map(span_words).collect::<Vec<_>>().join(joint);
    match span {
        KeepSpan::From(period, _) => period_words(period),
        KeepSpan::Until(event) => format!("until {}", event.text),
        KeepSpan::Earlier(spans) => several(spans, " or, if earlier, "),
        KeepSpan::Later(spans) => several(spans, " or, if later, "),
    }
}

fn period_words(period: &Period) -> String {
    let unit = period.unit.word();
    match period.count {
        Some(1) => format!("1 {unit}"),
        Some(count) => format!("{count} {unit}s"),
        None => format!("{unit}s"),
    }
}
