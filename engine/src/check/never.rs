//! Conditions that can never hold: nothing is so and not so, no one value is two, nobody is under 13 and at least 18.

use super::policy::{self, Policy};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{
    ClauseKind, Cond, Exception, ExceptionId, FactId, FactType, Group, PersonTest, PlaceTest, Quantifier, RuleId, Test,
    Tree,
};

pub(super) const CODES: &[&Code] = &[&NEVER, &OUT_OF_RANGE, &NO_CAPTURE, &NEVER_RELIED_ON];

code!(
    NEVER,
    "ONR0552",
    "condition that can never hold",
    "These parts exclude each other, so the line never speaks. Alternatives are joined with `or`, or listed in `any of { … }`.",
    sample!(recording direction house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if call is inbound and call is outbound\n}\n"),
    sample!(recording direction house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if call is inbound or call is outbound\n}\n")
);
code!(
    OUT_OF_RANGE,
    "ONR0553",
    "number of years that the fact cannot have",
    "The vocabulary says from how many to how many years this fact runs. Compared with a number outside of that, it is always so or never.",
    sample!(recording age party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if any party is at least 180\n}\n"),
    sample!(recording age party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if any party is at least 18\n}\n")
);
code!(
    NO_CAPTURE,
    "ONR0554",
    "unlawful under a rule that prohibits no capture",
    "A capture can be unlawful only under a rule that prohibits a capture. Under this one it never is.",
    sample!(recording using erasing house; "rule HOUSE-1 under HOUSE {\n  prohibit erasing\n}\nrule HOUSE-2 under HOUSE {\n  prohibit use if recording was made unlawfully under HOUSE-1\n}\n"),
    sample!(recording using erasing house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nrule HOUSE-2 under HOUSE {\n  prohibit use if recording was made unlawfully under HOUSE-1\n}\n")
);
code!(
    NEVER_RELIED_ON,
    "ONR0555",
    "relying on an exception that allows no capture",
    "A capture relies on an exception that allows it. This exception allows none, so nothing ever relied on it.",
    sample!(recording using private house; "rule HOUSE-1 under HOUSE {\n  prohibit use\n  except disputes {\n    allow use if judged private-communication\n  }\n}\nrule HOUSE-2 under HOUSE {\n  prohibit use if recording relied on disputes\n}\n"),
    sample!(recording using private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except disputes {\n    allow recording if judged private-communication\n  }\n}\nrule HOUSE-2 under HOUSE {\n  prohibit use if recording relied on disputes\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (condition, line) in policy.conditions() {
        policy::inside(condition, &mut |part| one(policy, part, line, out));
    }
}

fn one(policy: &Policy<'_>, part: &Cond, line: Span, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    match part {
        Cond::All(parts) => out.extend(clash(tree, parts).map(|(one, other)| never(one.unwrap_or(line), other))),
        Cond::Fact { fact, test, span, .. } => {
            out.extend(out_of_range(tree, *fact, test).then(|| years(tree, *fact, *span)))
        }
        Cond::Persons { quantifier, who, test, span, .. } => {
            let tests: Vec<&PersonTest> = who.iter().chain([test]).collect();
            let strange = tests.iter().find_map(|test| match bare(test) {
                (PersonTest::Fact(fact, test), _) if out_of_range(tree, *fact, test) => Some(*fact),
                _ => None,
            });
            if let Some(fact) = strange {
                out.push(years(tree, fact, *span));
            } else if *quantifier != Quantifier::Every
                && pairs(&tests).any(|(one, other)| persons_clash(tree, one, other))
            {
                out.push(never(*span, None));
            }
        }
        Cond::Unlawful(Some(rule), span) => out.extend(no_capture(policy, *rule, *span)),
        Cond::ReliedOn(exception, span) => out.extend(never_relied_on(policy, *exception, *span)),
        _ => {}
    }
}

fn pairs<'a, T: Copy>(all: &'a [T]) -> impl Iterator<Item = (T, T)> + 'a {
    all.iter().enumerate().flat_map(|(at, one)| all.iter().take(at).map(|other| (*one, *other)))
}

// ------------------------------------------------------------------------------------------------ clashes

/// Two parts of a group that cannot both hold, the later first.
fn clash(tree: &Tree, parts: &[Cond]) -> Option<(Option<Span>, Option<Span>)> {
    let mut flat = Vec::new();
    flatten(parts, &mut flat);
    pairs(&flat)
        .find(|(one, other)| excludes(tree, one, other) || excludes(tree, other, one))
        .map(|(one, other)| (words::place(one), words::place(other)))
}

/// The parts that must all hold, those of inner groups included.
fn flatten<'a>(parts: &'a [Cond], into: &mut Vec<&'a Cond>) {
    for part in parts {
        match part {
            Cond::All(inner) => flatten(inner, into),
            other => into.push(other),
        }
    }
}

fn excludes(tree: &Tree, one: &Cond, other: &Cond) -> bool {
    match (one, other) {
        (Cond::Not(inner), other) => {
            std::mem::discriminant(&**inner) == std::mem::discriminant(other)
                && words::meaning(&**inner) == words::meaning(other)
        }
        (Cond::Fact { fact, test, .. }, Cond::Fact { fact: same, test: theirs, .. }) => {
            fact == same && tests_clash(tree, *fact, test, theirs)
        }
        (
            Cond::Persons { quantifier: Quantifier::That, who, test, .. },
            Cond::Persons { quantifier: Quantifier::That, who: others, test: theirs, .. },
        ) => who.is_empty() && others.is_empty() && persons_clash(tree, test, theirs),
        _ => false,
    }
}

fn persons_clash(tree: &Tree, one: &PersonTest, other: &PersonTest) -> bool {
    let ((one, not), (other, theirs)) = (bare(one), bare(other));
    match (one, other) {
        (PersonTest::Fact(fact, test), PersonTest::Fact(same, other)) if fact == same && !not && !theirs => {
            tests_clash(tree, *fact, test, other)
        }
        _ => not != theirs && words::meaning(one) == words::meaning(other),
    }
}

/// A test without its negations, and whether it is negated.
fn bare(test: &PersonTest) -> (&PersonTest, bool) {
    match test {
        PersonTest::Not(inner) => {
            let (inner, not) = bare(inner);
            (inner, !not)
        }
        other => (other, false),
    }
}

/// Whether one fact cannot pass both tests.
fn tests_clash(tree: &Tree, fact: FactId, one: &Test, other: &Test) -> bool {
    let kind = tree.facts.get(fact).map(|fact| &fact.kind);
    match (kind, one, other) {
        (Some(FactType::OneOf(_)), Test::AnyOf(one), Test::AnyOf(other)) => {
            !one.iter().any(|value| other.contains(value))
        }
        (Some(FactType::Place), Test::In(one), Test::In(other)) => {
            one.iter().all(|one| other.iter().all(|other| apart(one, other)))
        }
        (_, Test::Under(under), Test::AtLeast(least)) | (_, Test::AtLeast(least), Test::Under(under)) => under <= least,
        _ => false,
    }
}

fn apart(one: &PlaceTest, other: &PlaceTest) -> bool {
    match (one, other) {
        (PlaceTest::Place(one), PlaceTest::Place(other)) => !one.is_within(other) && !other.is_within(one),
        _ => false,
    }
}

fn out_of_range(tree: &Tree, fact: FactId, test: &Test) -> bool {
    match (tree.facts.get(fact).map(|fact| &fact.kind), test) {
        (Some(FactType::Years(from, to)), Test::Under(years)) => from < to && !(from + 1..=*to).contains(years),
        (Some(FactType::Years(from, to)), Test::AtLeast(years)) => from < to && !(from + 1..=*to).contains(years),
        _ => false,
    }
}

// ------------------------------------------------------------------------------------------------ captures

fn no_capture(policy: &Policy<'_>, rule: RuleId, span: Span) -> Option<Diagnostic> {
    let tree = policy.tree;
    let rule = tree.rules.get(rule).filter(|rule| policy.is_whole(rule.span))?;
    let captures = rule.clauses.iter().any(|clause| match &clause.kind {
        ClauseKind::Prohibit { act, .. } => {
            !act.not && tree.acts.iter().any(|(_, word)| word.group == Group::Capture && word.word.is_a(act.act))
        }
        _ => false,
    });
    (!captures).then(|| {
        Diagnostic::new(
            &NO_CAPTURE,
            span,
            format!("`{}` prohibits no capture, so none is unlawful under it", rule.name),
        )
        .label("never so")
        .related(rule.name_span, "prohibits no capture")
        .help("name the rule that prohibits the recording, or leave out `under`")
    })
}

fn never_relied_on(policy: &Policy<'_>, exception: ExceptionId, span: Span) -> Option<Diagnostic> {
    let tree = policy.tree;
    let exception: &Exception = tree.exceptions.get(exception).filter(|one| policy.is_whole(one.span))?;
    let captures = exception
        .allows
        .iter()
        .any(|allow| tree.acts.iter().any(|(_, word)| word.group == Group::Capture && word.word.is_a(allow.act.act)));
    (!captures).then(|| {
        Diagnostic::new(&NEVER_RELIED_ON, span, format!("`{}` allows no capture, so none relied on it", exception.name))
            .label("never so")
            .related(exception.name_span, "allows no capture")
            .help("name the exception that allows the recording")
    })
}

// ------------------------------------------------------------------------------------------------ words

fn never(span: Span, other: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(&NEVER, span, "this can never hold: its parts exclude each other")
        .help("join alternatives with `or`, or list them: any of { … }");
    match other.filter(|other| *other != span) {
        Some(other) => found.label("cannot be so").related(other, "while this is so"),
        None => found.label("never so of one and the same person"),
    }
}

fn years(tree: &Tree, fact: FactId, span: Span) -> Diagnostic {
    let range = match tree.facts.get(fact).map(|fact| &fact.kind) {
        Some(FactType::Years(from, to)) => format!("{from} to {to}"),
        _ => String::new(),
    };
    Diagnostic::new(
        &OUT_OF_RANGE,
        span,
        format!("`{}` runs from {range} years, so this is always so, or never", tree.facts.name(fact)),
    )
    .label("outside of its range")
    .help("compare with a number inside the range, or widen the range in the vocabulary")
}
