//! Bundles: lines that contradict each other, that have expired, or that guard less than it seems.

use std::collections::BTreeSet;

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::context::Possible;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::tree::{ActId, Bundle, FactId, Group, Tree, ValueId};

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
        readings(policy.tree, bundle, out);
        answers(policy, bundle, out);
        facts(policy.tree, bundle, out);
        risks(policy, bundle, out);
        acts(policy.tree, bundle, out);
        if policy.is_whole(bundle.span) {
            guards(policy.tree, bundle, out);
        }
    }
}

/// What stands a second time in a list, each once.
fn repeated<T: Copy + Ord>(all: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut seen = BTreeSet::new();
    all.filter(|one| !seen.insert(*one)).collect()
}

fn at(code: &'static Code, bundle: &Bundle, message: String) -> Diagnostic {
    Diagnostic::new(code, bundle.name_span, message)
}

fn readings(tree: &Tree, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let adopted: BTreeSet<_> = bundle.adopts.iter().copied().collect();
    let of = |reading| tree.readings.get(reading).map(|reading| reading.question);
    for question in repeated(adopted.iter().filter_map(|reading| of(*reading))) {
        let names =
            adopted.iter().filter(|reading| of(**reading) == Some(question)).map(|one| tree.readings.name(*one));
        let (question, names) = (tree.questions.name(question), words::listed(names));
        out.push(
            at(
                &TWO_READINGS,
                bundle,
                format!("`{}` adopts {names}, which are rival readings of `{question}`", bundle.name),
            )
            .label("the question stays open")
            .help("adopt one of them"),
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

fn facts(tree: &Tree, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let stated = bundle.given.iter().chain(&bundle.presumes).map(|(fact, _)| *fact);
    for fact in repeated(stated) {
        let name = tree.facts.name(fact);
        out.push(
            at(&GIVEN_TWICE, bundle, format!("`{}` states the fact `{name}` twice", bundle.name))
                .label("stated twice in here")
                .help("keep one line; values of which one is true are joined with `or`"),
        );
    }
    for (fact, possible) in bundle.presumes.iter().filter(|(fact, possible)| !permitted(tree, *fact, possible)) {
        let Some(declared) = tree.facts.get(*fact) else { continue };
        let _ = possible;
        out.push(
            at(
                &PRESUMES,
                bundle,
                format!("`{}` presumes a value of `{}` that may not be presumed", bundle.name, declared.word.name),
            )
            .label("presumes too much")
            .related(declared.word.name_span, "what may be presumed is said here, by `may be presumed`")
            .help("delete the line `presume`, or state what is known: given …"),
        );
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

fn acts(tree: &Tree, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    for act in repeated(bundle.prefers.iter().copied()) {
        out.push(
            at(&PREFERS_TWICE, bundle, format!("`{}` prefers `{}` twice", bundle.name, tree.acts.name(act)))
                .label("one alternative twice")
                .help("leave it where it comes first"),
        );
    }
    for act in repeated(bundle.on_impasse.iter().map(|(act, _)| *act)) {
        out.push(
            at(
                &IMPASSE_TWICE,
                bundle,
                format!("`{}` says twice what happens on an impasse over `{}`", bundle.name, tree.acts.name(act)),
            )
            .label("two answers in here")
            .help("keep one line `on impasse over …`"),
        );
    }
}

fn guards(tree: &Tree, bundle: &Bundle, out: &mut Vec<Diagnostic>) {
    let Some(guarded) = &bundle.guards else { return };
    let is_a = |low: ActId, high: ActId| tree.acts.get(low).is_some_and(|word| word.word.is_a(high));
    let other = |act: &&ActId| !tree.acts.iter().any(|(low, word)| word.group != Group::Other && is_a(low, **act));
    let others: BTreeSet<ActId> = guarded.iter().filter(other).copied().collect();
    if !others.is_empty() {
        let names = words::listed(others.iter().map(|act| tree.acts.name(*act)));
        out.push(
            at(
                &GUARDS_OTHER,
                bundle,
                format!("`{}` guards {names}, which is neither a capture nor a use", bundle.name),
            )
            .label("prohibited wherever no coverage is claimed for it")
            .help("guard captures and uses; prohibit another act by a rule of a house policy"),
        );
    }
    let open = tree
        .acts
        .iter()
        .filter(|(act, word)| word.group != Group::Other && !guarded.iter().any(|one| is_a(*act, *one)));
    let open: Vec<&str> =
        open.filter(|(_, word)| word.word.under.is_empty()).map(|(act, _)| tree.acts.name(act)).collect();
    if !open.is_empty() {
        let names = words::listed(open.into_iter());
        out.push(
            at(&UNGUARDED, bundle, format!("`{}` leaves {names} unguarded", bundle.name))
                .label("`guards` replaces the whole list")
                .help(format!(
                    "add to the line `guards`: {names}; or delete the line, and every capture and use is guarded"
                )),
        );
    }
}
