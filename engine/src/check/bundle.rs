//! Bundles: lines that contradict each other, that have expired, or that guard less than it seems.

use std::collections::BTreeSet;

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::context::Possible;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{ActId, Bundle, FactId, FactType, Group, Tree, ValueId};

pub(super) const CODES: &[&Code] = &[
    &TWO_READINGS,
    &ANSWER_EXPIRED,
    &PRESUMES,
    &GUARDS_OTHER,
    &UNGUARDED,
    &PREFERS_TWICE,
    &IMPASSE_TWICE,
    &RISK_EXPIRED,
    &GIVEN_TWICE,
    &ANSWERED_TWICE,
    &RISK_ELSEWHERE,
];

code!(
    TWO_READINGS,
    "ONR0760",
    Warning,
    "two readings of one question adopted",
    "Who adopts two rival readings has adopted neither: the question stays open, and the strictest reading decides.",
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\nbundle acme \"Acme\" {\n  adopt narrow, wide\n}\n"),
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\nbundle acme \"Acme\" {\n  adopt narrow\n}\n")
);
code!(
    ANSWER_EXPIRED,
    "ONR0761",
    Warning,
    "standing answer that has expired",
    "A standing answer stands until its last day. After that the judgment is unknown again, and counts against.",
    sample!(private; "bundle acme \"Acme\" {\n  answer private-communication yes cite \"Memo 7\" until 2020-06-30\n}\n"),
    sample!(private; "bundle acme \"Acme\" {\n  answer private-communication yes cite \"Memo 7\" until 2027-06-30\n}\n")
);
code!(
    PRESUMES,
    "ONR0762",
    "presumption that the fact does not permit",
    "Only what the vocabulary permits may be presumed, and only that value: a presumption fills a gap that would count against.",
    sample!(direction; "bundle acme \"Acme\" {\n  presume call is inbound\n}\n"),
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n  may be presumed inbound\n}\nbundle acme \"Acme\" {\n  presume call is inbound\n}\n"
);
code!(
    GUARDS_OTHER,
    "ONR0763",
    Warning,
    "guard on an act that is neither a capture nor a use",
    "Coverage says who holds the general law on captures and uses of a place. Another act that is guarded is prohibited wherever nobody claims coverage for it.",
    sample!(recording erasing; "bundle acme \"Acme\" {\n  guards recording, erasing\n}\n"),
    sample!(recording erasing; "bundle acme \"Acme\" {\n  guards recording\n}\n")
);
code!(
    UNGUARDED,
    "ONR0764",
    Warning,
    "capture or use left unguarded",
    "`guards` replaces the shipped list, which is every capture and every use. What is left out may be cleared in a place of which nobody has read the law.",
    sample!(recording using; "bundle acme \"Acme\" {\n  guards recording\n}\n"),
    sample!(recording using; "bundle acme \"Acme\" {\n  guards recording, use\n}\n")
);
code!(
    PREFERS_TWICE,
    "ONR0765",
    Warning,
    "alternative preferred twice",
    "Alternatives stand in their order of preference; the second time has no effect.",
    sample!(recording erasing; "bundle acme \"Acme\" {\n  prefer recording, erasing, recording\n}\n"),
    sample!(recording erasing; "bundle acme \"Acme\" {\n  prefer recording, erasing\n}\n")
);
code!(
    IMPASSE_TWICE,
    "ONR0766",
    "two answers to one impasse",
    "When an act is both required and prohibited, one thing happens. Of two answers nobody knows which.",
    sample!(recording; "bundle acme \"Acme\" {\n  on impasse over recording decline call\n  on impasse over recording ask a person\n}\n"),
    sample!(recording; "bundle acme \"Acme\" {\n  on impasse over recording decline call\n}\n")
);
code!(
    RISK_EXPIRED,
    "ONR0767",
    Warning,
    "acceptance of a risk that has expired",
    "Somebody accepted this risk until a day that has passed. It is shown in every decision that the rule touches, as if it still stood.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nbundle acme \"Acme\" {\n  accept risk of HOUSE-1 signed \"R. Roe\" on 2019-01-01 until 2020-01-01 because \"Pilot.\"\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nbundle acme \"Acme\" {\n  accept risk of HOUSE-1 signed \"R. Roe\" on 2026-01-01 until 2027-01-01 because \"Pilot.\"\n}\n")
);
code!(
    GIVEN_TWICE,
    "ONR0768",
    "fact given twice",
    "A fact is given once: of two statements nobody knows which is true. A presumption beside a given fact has no effect.",
    sample!(direction; "bundle acme \"Acme\" {\n  given call is inbound\n  given call is outbound\n}\n"),
    sample!(direction; "bundle acme \"Acme\" {\n  given call is inbound or outbound\n}\n")
);
code!(
    ANSWERED_TWICE,
    "ONR0769",
    "judgment answered twice",
    "A judgment has one standing answer. Of two, nobody knows which stands.",
    sample!(private; "bundle acme \"Acme\" {\n  answer private-communication yes cite \"Memo 7\" until 2027-06-30\n  answer private-communication no cite \"Memo 8\" until 2027-06-30\n}\n"),
    sample!(private; "bundle acme \"Acme\" {\n  answer private-communication yes cite \"Memo 7\" until 2027-06-30\n}\n")
);
code!(
    RISK_ELSEWHERE,
    "ONR0770",
    Warning,
    "risk of a rule that the bundle does not run",
    "The bundle includes other sources than the one of this rule, so no decision ever shows the acceptance.",
    sample!(recording house statute; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nbundle acme \"Acme\" {\n  includes ACT\n  accept risk of HOUSE-1 signed \"R. Roe\" on 2026-01-01 until 2027-01-01 because \"Pilot.\"\n}\n"),
    sample!(recording house statute; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nbundle acme \"Acme\" {\n  includes ACT, HOUSE\n  accept risk of HOUSE-1 signed \"R. Roe\" on 2026-01-01 until 2027-01-01 because \"Pilot.\"\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (_, bundle) in policy.tree.bundles.iter() {
        readings(policy, bundle, out);
        answers(policy, bundle, out);
        facts(policy, bundle, out);
        risks(policy, bundle, out);
        acts(policy, bundle, out);
        if policy.is_whole(bundle.span) {
            guards(policy, bundle, out);
        }
    }
}

/// What stands a second time in a list, each once.
fn repeated<T: Copy + Ord>(all: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| !seen.insert(*one)).collect()
}

/// Where a bundle mentions one of these names last; its own name, if it mentions none.
fn place<'a>(policy: &Policy<'_>, bundle: &Bundle, kind: &str, names: impl Iterator<Item = &'a str>) -> Span {
    names.filter_map(|name| policy.mention(bundle.span, kind, name)).max().unwrap_or(bundle.name_span)
}

fn readings(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    let adopted: BTreeSet<_> = bundle.adopts.iter().copied().collect();
    let of = |reading| tree.readings.get(reading).map(|reading| reading.question);
    for question in repeated(adopted.iter().filter_map(|reading| of(*reading))) {
        let rivals = adopted.iter().filter(|reading| of(**reading) == Some(question));
        let names: Vec<&str> = rivals.map(|reading| tree.readings.name(*reading)).collect();
        let span = place(policy, bundle, "reading", names.iter().copied());
        let (question, names) = (tree.questions.name(question), words::listed(names.into_iter()));
        let message = format!("`{}` adopts {names}, which are rival readings of `{question}`", bundle.name);
        out.push(
            Diagnostic::new(&TWO_READINGS, span, message).label("the question stays open").help("adopt one of them"),
        );
    }
}

fn answers(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    for (index, answer) in bundle.answers.iter().enumerate() {
        let name = policy.tree.judgments.name(answer.judgment);
        if let Some(earlier) = bundle.answers.iter().take(index).find(|other| other.judgment == answer.judgment) {
            out.push(
                Diagnostic::new(&ANSWERED_TWICE, answer.span, format!("`{name}` is answered already"))
                    .label("answered again")
                    .related(earlier.span, "answered here")
                    .help("keep the answer that stands"),
            );
        } else if policy.today.is_some_and(|today| answer.until < today) {
            out.push(
                Diagnostic::new(&ANSWER_EXPIRED, answer.span, format!("this answer stood until {}", answer.until))
                    .label("has expired")
                    .help("let counsel answer again and write the new memo and date, or delete the line"),
            );
        }
    }
}

fn facts(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    let stated = bundle.given.iter().chain(&bundle.presumes).map(|(fact, _)| *fact);
    for fact in repeated(stated) {
        let message = format!("`{}` states the fact `{}` twice", bundle.name, tree.facts.name(fact));
        out.push(
            Diagnostic::new(&GIVEN_TWICE, stating(policy, bundle, fact), message)
                .label("stated again")
                .help("keep one line; values of which one is true are joined with `or`"),
        );
    }
    for (fact, _) in bundle.presumes.iter().filter(|(fact, possible)| !permitted(tree, *fact, possible)) {
        let Some(declared) = tree.facts.get(*fact) else { continue };
        let name = &declared.word.name;
        let message = format!("`{}` presumes a value of `{name}` that may not be presumed", bundle.name);
        out.push(
            Diagnostic::new(&PRESUMES, stating(policy, bundle, *fact), message)
                .label("presumes too much")
                .related(declared.word.name_span, "what may be presumed is said here, by `may be presumed`")
                .help("delete the line `presume`, or state what is known: given …"),
        );
    }
}

/// Where a bundle states a fact last.
fn stating(policy: &Policy<'_>, bundle: &Bundle, fact: FactId) -> Span {
    let Some(fact) = policy.tree.facts.get(fact) else { return bundle.name_span };
    match fact.kind {
        FactType::YesNo => place(policy, bundle, "fact", std::iter::once(fact.word.name.as_str())),
        _ => place(policy, bundle, "value", fact.kind.values().iter().map(|value| value.name.as_str())),
    }
}

fn permitted(tree: &Tree, fact: FactId, possible: &Possible) -> bool {
    let value = tree.facts.get(fact).and_then(|fact| fact.may_be_presumed);
    match (value, possible) {
        (Some(ValueId(value)), Possible::YesNo(yes)) => value == u32::from(*yes),
        (Some(value), Possible::OneOf(values)) => values.len() == 1 && values.contains(&value),
        _ => false,
    }
}

fn risks(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    for risk in &bundle.risks {
        let Some(rule) = policy.tree.rules.get(risk.rule) else { continue };
        if policy.today.is_some_and(|today| risk.until < today) {
            out.push(
                Diagnostic::new(&RISK_EXPIRED, risk.span, format!("this risk was accepted until {}", risk.until))
                    .label("has expired")
                    .help("let it be signed again with new dates, or delete the line"),
            );
        } else if bundle.includes.as_ref().is_some_and(|sources| !sources.contains(&rule.source)) {
            out.push(
                Diagnostic::new(&RISK_ELSEWHERE, risk.span, format!("`{}` does not run `{}`", bundle.name, rule.name))
                    .label("not a risk of this bundle")
                    .related(rule.name_span, "of a source that the bundle does not include")
                    .help("include its source, or delete the line"),
            );
        }
    }
}

fn acts(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    for act in repeated(bundle.prefers.iter().copied()) {
        let name = policy.tree.acts.name(act);
        let span = place(policy, bundle, "act", std::iter::once(name));
        out.push(
            Diagnostic::new(&PREFERS_TWICE, span, format!("`{}` prefers `{name}` twice", bundle.name))
                .label("one alternative twice")
                .help("leave it where it comes first"),
        );
    }
    for act in repeated(bundle.on_impasse.iter().map(|(act, _)| *act)) {
        let name = policy.tree.acts.name(act);
        let span = place(policy, bundle, "act", std::iter::once(name));
        let message = format!("`{}` says twice what happens on an impasse over `{name}`", bundle.name);
        out.push(
            Diagnostic::new(&IMPASSE_TWICE, span, message)
                .label("a second answer")
                .help("keep one line `on impasse over …`"),
        );
    }
}

fn guards(policy: &Policy<'_>, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let Some(guarded) = &bundle.guards else { return };
    let acts = &policy.tree.acts;
    let is_a = |low: ActId, high: ActId| acts.get(low).is_some_and(|word| word.word.is_a(high));
    let other = |act: &&ActId| !acts.iter().any(|(low, word)| word.group != Group::Other && is_a(low, **act));
    let others: BTreeSet<&str> = guarded.iter().filter(other).map(|act| acts.name(*act)).collect();
    if !others.is_empty() {
        let span = place(policy, bundle, "act", others.iter().copied());
        let names = words::listed(others.into_iter());
        let message = format!("`{}` guards {names}, which is neither a capture nor a use", bundle.name);
        out.push(
            Diagnostic::new(&GUARDS_OTHER, span, message)
                .label("prohibited wherever no coverage is claimed for it")
                .help("guard captures and uses; prohibit another act by a rule of a house policy"),
        );
    }
    let open = |act: ActId| {
        acts.get(act).is_some_and(|word| word.group != Group::Other) && !guarded.iter().any(|one| is_a(act, *one))
    };
    let highest = acts.iter().filter(|(act, word)| open(*act) && !word.word.under.iter().any(|upper| open(*upper)));
    let highest: Vec<&str> = highest.map(|(act, _)| acts.name(act)).collect();
    if !highest.is_empty() {
        let names = words::listed(highest.into_iter());
        let help =
            format!("add to the line `guards`: {names}; or delete the line, and every capture and use is guarded");
        let span = place(policy, bundle, "act", guarded.iter().map(|act| acts.name(*act)));
        out.push(
            Diagnostic::new(&UNGUARDED, span, format!("`{}` leaves {names} unguarded", bundle.name))
                .label("`guards` replaces the whole list")
                .help(help),
        );
    }
}
