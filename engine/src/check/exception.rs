//! Exceptions that change nothing, or too much: what tightens is a clause, and what always holds leaves no rule.

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::tree::{Act, Allow, Clause, ClauseKind, Exception, Group, Of, Rule, Tree};

pub(super) const CODES: &[&Code] =
    &[&EMPTY, &ADDS_NOTHING, &NOT_ABOUT_RULE, &SWALLOWS, &PRICE_OF_NOTHING, &OTHER_SOURCE, &ORPHAN];

code!(
    EMPTY,
    "ONR0450",
    "exception that says nothing",
    "An exception adds a way (`allow`), lifts a duty or a period (`waive`), and may set a price (`then`). Without one of them it changes nothing.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except training-calls \"Training calls\" {\n    summary \"Training calls may be recorded.\"\n  }\n}\n"),
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except training-calls \"Training calls\" {\n    summary \"Training calls may be recorded.\"\n    allow recording if judged not private-communication\n  }\n}\n")
);
code!(
    ADDS_NOTHING,
    "ONR0451",
    "exception that changes nothing",
    "An exception only adds a way to satisfy the rules it excepts. Where none of their clauses governs the act that it allows, there is nothing to \
     satisfy. What tightens, or speaks of another act, is another clause.",
    sample!(recording erasing house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow erasing\n  }\n}\n"),
    sample!(recording erasing private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow recording if judged not private-communication\n  }\n}\n")
);
code!(
    NOT_ABOUT_RULE,
    "ONR0452",
    Warning,
    "exception that changes nothing of one of its rules",
    "An exception to several rules should add something to each: otherwise a reader believes that a rule is lighter than it is.",
    sample!(recording erasing private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nrule HOUSE-2 under HOUSE {\n  prohibit erasing\n}\nexcept disputes to HOUSE-1, HOUSE-2 {\n  allow recording if judged not private-communication\n}\n"),
    sample!(recording erasing private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nrule HOUSE-2 under HOUSE {\n  prohibit erasing\n}\nexcept disputes to HOUSE-1 {\n  allow recording if judged not private-communication\n}\n")
);
code!(
    SWALLOWS,
    "ONR0453",
    Warning,
    "exception that leaves nothing of its rule",
    "An `allow` without `if` and without `provided` always holds. The clause that it excepts then never binds anybody.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow recording\n  }\n}\n"),
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow recording if judged not private-communication\n  }\n}\n")
);
code!(
    PRICE_OF_NOTHING,
    "ONR0454",
    "price without an exception to rely on",
    "`then` binds where the exception was relied on, and only an `allow` can be relied on. Without one, the price is never due.",
    sample!(recording audio created house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  duration: keep audio at least 30 days from created\n  except disputes {\n    waive duration\n    then keep audio at most 1 year from created\n  }\n}\n"),
    sample!(recording audio created house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  duration: keep audio at least 30 days from created\n  keep audio at most 1 year from created\n  except disputes {\n    waive duration\n  }\n}\n")
);
code!(
    OTHER_SOURCE,
    "ONR0464",
    "exception across sources",
    "An exception only ever adds a way to satisfy its own law. No law weakens another: what one source allows, another may still prohibit. \
     Where a law does set another aside, it `displaces` it and cites why.",
    sample!(recording private house statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nexcept disputes to HOUSE-1, ACT-1 {\n  cite \"§ 2\"\n  allow recording if judged not private-communication\n}\n"),
    sample!(recording private house statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n  except statutory-disputes {\n    cite \"§ 2\"\n    allow recording if judged not private-communication\n  }\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow recording if judged not private-communication\n  }\n}\n")
);
code!(
    ORPHAN,
    "ONR0472",
    "exception to no rule",
    "An exception stands in its rule, or names after `to` the rules that it excepts. To nothing, it adds nothing.",
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nexcept disputes {\n  allow recording if judged not private-communication\n}\n"),
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nexcept disputes to HOUSE-1 {\n  allow recording if judged not private-communication\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    for exception in policy.exceptions() {
        let rules: Vec<&Rule> = exception.rules.iter().filter_map(|rule| tree.rules.get(*rule)).collect();
        let whole = policy.is_whole(exception.span) && rules.iter().all(|rule| policy.is_whole(rule.span));
        if exception.rules.is_empty() && whole {
            out.push(orphan(exception));
        }
        if let Some((first, rest)) = rules.split_first().filter(|_| whole) {
            match rest.iter().find(|rule| rule.source != first.source) {
                Some(other) => out.push(other_source(policy, exception, first, other)),
                None => one(policy, exception, &rules, out),
            }
        }
    }
}

fn one(policy: &Policy<'_>, exception: &Exception, rules: &[&Rule], out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    let before = out.len();
    if exception.allows.is_empty() && exception.waives.is_empty() && exception.thens.is_empty() {
        out.push(empty(exception));
    } else if let (true, Some(price)) = (exception.allows.is_empty(), exception.thens.first()) {
        out.push(price_of_nothing(exception, price));
    }
    let idle = |allow: &&Allow| !rules.iter().any(|rule| rule.clauses.iter().any(|clause| speaks(tree, clause, allow)));
    out.extend(exception.allows.iter().filter(idle).map(|allow| adds_nothing(tree, allow, rules)));
    if out.len() == before {
        let untouched = rules.iter().filter(|rule| !touches(tree, exception, rule));
        out.extend(untouched.map(|rule| not_about(policy, exception, rule)));
    }
    if exception.thens.is_empty() {
        for clause in rules.iter().flat_map(|rule| &rule.clauses) {
            out.extend(
                exception.allows.iter().find(|one| swallows(tree, one, clause)).map(|one| swallowed(one, clause)),
            );
        }
    }
}

/// Whether an exception adds to this rule, or lifts something of it.
fn touches(tree: &Tree, exception: &Exception, rule: &Rule) -> bool {
    exception.allows.iter().any(|allow| rule.clauses.iter().any(|clause| speaks(tree, clause, allow)))
        || exception.waives.iter().any(|waive| tree.rules.get(waive.rule).is_some_and(|of| of.span == rule.span))
}

/// Whether some act is governed by the clause and allowed.
fn speaks(tree: &Tree, clause: &Clause, allow: &Allow) -> bool {
    matches!(&clause.kind, ClauseKind::Prohibit { act, .. } if meet(tree, act, &allow.act))
}

/// Whether two act phrases can speak of one and the same act. Data is of many categories, a capture has many purposes, and phases
/// overlap; a person has one role, and a use has one purpose, one artefact and one recipient.
fn meet(tree: &Tree, one: &Act, other: &Act) -> bool {
    let acts = &tree.acts;
    let shared = acts.iter().any(|(id, word)| {
        let is = |act: &Act| {
            if act.not { acts.get(act.act).is_some_and(|low| low.word.is_a(id)) } else { word.word.is_a(act.act) }
        };
        is(one) && is(other)
    });
    let captures = acts.get(one.act).is_some_and(|word| word.group == Group::Capture);
    let of = match (one.of, other.of) {
        (Some(Of::Role(one)), Some(Of::Role(other))) => {
            tree.roles.iter().any(|(_, role)| role.word.is_a(one) && role.word.is_a(other))
        }
        (Some(Of::Artefact(one)), Some(Of::Artefact(other))) => {
            tree.artefacts.iter().any(|(_, word)| word.is_a(one) && word.is_a(other))
        }
        _ => true,
    };
    let purpose = match (one.purpose, other.purpose) {
        (Some(one), Some(other)) if !captures => {
            tree.purposes.iter().any(|(_, word)| word.is_a(one) && word.is_a(other))
        }
        _ => true,
    };
    let recipient = match (one.recipient, other.recipient) {
        (Some(one), Some(other)) => tree.recipients.iter().any(|(_, word)| word.is_a(one) && word.is_a(other)),
        _ => true,
    };
    one.not == other.not && shared && of && purpose && recipient
}

/// Whether an exception's way is always open to everything that a clause governs.
fn swallows(tree: &Tree, allow: &Allow, clause: &Clause) -> bool {
    let ClauseKind::Prohibit { act, .. } = &clause.kind else { return false };
    let wider = &allow.act;
    let always = allow.condition.is_none() && allow.provided.is_none() && allow.reading.is_none();
    let (lower, upper) = if act.not { (wider.act, act.act) } else { (act.act, wider.act) };
    always
        && act.not == wider.not
        && tree.acts.get(lower).is_some_and(|word| word.word.is_a(upper))
        && (wider.of.is_none() || wider.of == act.of)
        && (wider.purpose.is_none() || wider.purpose == act.purpose)
        && (wider.recipient.is_none() || wider.recipient == act.recipient)
        && (wider.phase.is_none() || wider.phase == act.phase)
}

fn empty(exception: &Exception) -> Diagnostic {
    Diagnostic::new(&EMPTY, exception.name_span, format!("the exception `{}` says nothing", exception.name))
        .label("neither allows nor waives")
        .help("add the way that it opens: allow … if … provided …")
}

fn adds_nothing(tree: &Tree, allow: &Allow, rules: &[&Rule]) -> Diagnostic {
    let done = Act { not: false, ..allow.act.clone() };
    let does = match (rules.len(), allow.act.not) {
        (1, false) => "does not prohibit",
        (1, true) => "does not require",
        (_, false) => "do not prohibit",
        (_, true) => "do not require",
    };
    let act = words::act(tree, &done);
    let names = words::listed(rules.iter().map(|rule| rule.name.as_str()));
    let mut found = Diagnostic::new(&ADDS_NOTHING, allow.span, format!("this changes nothing: {names} {does} {act}"))
        .label("nothing to allow here")
        .help("did you mean a clause of the rule, `prohibit` or `require`? An exception only adds a way to satisfy its own rule");
    for rule in rules.iter().take(3) {
        let governed = rule.clauses.iter().find_map(|clause| match &clause.kind {
            ClauseKind::Prohibit { act, .. } => Some((clause.span, format!("speaks of {}", words::act(tree, act)))),
            _ => None,
        });
        let (span, label) = governed.unwrap_or_else(|| (rule.name_span, "prohibits nothing".to_owned()));
        found = found.related(span, label);
    }
    found
}

fn not_about(policy: &Policy<'_>, exception: &Exception, rule: &Rule) -> Diagnostic {
    let span = policy.mention(exception.span, "rule", &rule.name).unwrap_or(exception.name_span);
    let message = format!("the exception `{}` changes nothing of `{}`", exception.name, rule.name);
    Diagnostic::new(&NOT_ABOUT_RULE, span, message)
        .label(format!("nothing here touches `{}`", rule.name))
        .related(rule.name_span, "no clause of this rule governs what the exception allows")
        .help(format!("leave out `{}`, or add the way that it should get", rule.name))
}

fn swallowed(allow: &Allow, clause: &Clause) -> Diagnostic {
    Diagnostic::new(&SWALLOWS, allow.span, "this always holds, so the clause that it excepts never binds")
        .label("neither `if` nor `provided`")
        .related(clause.span, "this clause never binds")
        .help("say when it holds: `if …`, or what it takes: `provided …`; if the rule no longer binds, delete it or end it with `in force … until …`")
}

fn price_of_nothing(exception: &Exception, price: &Clause) -> Diagnostic {
    Diagnostic::new(
        &PRICE_OF_NOTHING,
        price.span,
        format!("nobody can rely on `{}`, so this is never due", exception.name),
    )
    .label("a price needs an `allow`")
    .help("add the `allow` that it is the price of, or make it a clause of the rule")
}

fn other_source(policy: &Policy<'_>, exception: &Exception, one: &Rule, other: &Rule) -> Diagnostic {
    let under = |rule: &Rule| format!("under `{}`", policy.tree.sources.name(rule.source));
    let span = policy.mention(exception.span, "rule", &other.name).unwrap_or(exception.name_span);
    Diagnostic::new(&OTHER_SOURCE, span, format!("`{}` excepts rules of two sources", exception.name))
        .label("crosses from one law into another")
        .related(one.name_span, under(one))
        .related(other.name_span, under(other))
        .help("write one exception for each source, each with its own citation")
}

fn orphan(exception: &Exception) -> Diagnostic {
    Diagnostic::new(
        &ORPHAN,
        exception.name_span,
        format!("`{}` does not say to which rule it is an exception", exception.name),
    )
    .label("an exception to what?")
    .help(format!("name its rules: except {} to RULE, … {{ … }}", exception.name))
}
