//! Citations: law without its provision cannot be checked by anybody.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{ClauseKind, Tree};

pub(super) const CODES: &[&Code] = &[&SOURCE, &READING, &EMPTY, &RULE];

code!(
    SOURCE,
    "ONR0350",
    "law without a citation",
    "A source at a level of law (legislation, regulation, case-law) says which: counsel must be able to look it up.",
    "source ACT \"Recording Act\" {\n  level      legislation\n  kind       civil\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n",
    "source ACT \"Recording Act\" {\n  level      legislation\n  kind       civil\n  cite       \"Recording Act 1990\"\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n"
);
code!(
    READING,
    "ONR0351",
    "reading without an authority",
    "A reading is what somebody with authority holds. Without the authority it is only an opinion, and whoever adopts it cannot say why.",
    sample!(recording statute; "question reach \"Does it reach calls from abroad?\" {\n  reading narrow \"No\" { }\n  reading wide \"Yes\" { cite \"C v. D\" }\n}\nrule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\n"),
    sample!(recording statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\n")
);
code!(
    EMPTY,
    "ONR0352",
    "citation that cites nothing",
    "A citation names the provision, the judgment or the memo.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  cite \"\"\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  cite \"House policy, section 1\"\n  prohibit recording\n}\n")
);
code!(
    RULE,
    "ONR0463",
    "rule of law without a citation",
    "Every rule, and every exception, under a source at a level of law cites its provision. A demand, or a way out, that no provision supports cannot be signed.",
    sample!(recording statute; "rule ACT-1 under ACT {\n  prohibit recording\n}\n"),
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"Recording Act § 1\"\n  prohibit recording\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    for source in policy.sources() {
        if source.level.is_law() && source.cites.is_empty() && policy.is_whole(source.span) {
            out.push(uncited(&SOURCE, source.name_span, &source.name, "cite \"…\""));
        }
    }
    for reading in policy.readings() {
        if reading.cites.is_empty() && policy.is_whole(reading.span) {
            out.push(uncited(&READING, reading.name_span, &reading.name, "{ cite \"…\" }"));
        }
    }
    for rule in policy.rules() {
        if rule.cites.is_empty() && is_law(tree, rule.source) && policy.is_whole(rule.span) {
            out.push(uncited(&RULE, rule.name_span, &rule.name, "cite \"…\""));
        }
    }
    for exception in policy.exceptions() {
        if exception.cites.is_empty() && is_law(tree, exception.source) && policy.is_whole(exception.span) {
            out.push(uncited(&RULE, exception.name_span, &exception.name, "cite \"…\""));
        }
    }
    out.extend(empty_ones(policy).into_iter().map(empty));
}

fn is_law(tree: &Tree, source: crate::tree::SourceId) -> bool {
    tree.sources.get(source).is_some_and(|source| source.level.is_law())
}

/// Where a citation, an authority or a signature is an empty text.
fn empty_ones(policy: &Policy<'_>) -> Vec<Span> {
    let blank = |text: &String| text.trim().is_empty();
    let mut found: Vec<Span> = Vec::new();
    let mut any = |cites: &[String], span: Span| found.extend(cites.iter().any(blank).then_some(span));
    policy.sources().for_each(|one| any(&one.cites, one.name_span));
    policy.readings().for_each(|one| any(&one.cites, one.name_span));
    policy.rules().for_each(|one| any(&one.cites, one.name_span));
    policy.exceptions().for_each(|one| any(&one.cites, one.name_span));
    for written in policy.clauses() {
        if let ClauseKind::Displaces { cites, .. } = &written.clause.kind {
            any(cites, written.clause.span);
        }
    }
    for bundle in policy.bundles() {
        bundle.answers.iter().for_each(|answer| any(std::slice::from_ref(&answer.cite), answer.span));
        bundle.risks.iter().for_each(|risk| any(std::slice::from_ref(&risk.signed), risk.span));
        bundle.despite_unlawful.iter().for_each(|(_, cite)| any(std::slice::from_ref(cite), bundle.name_span));
    }
    found
}

fn uncited(code: &'static Code, span: Span, name: &str, line: &str) -> Diagnostic {
    Diagnostic::new(code, span, format!("`{name}` cites nothing"))
        .label("on what authority?")
        .help(format!("add the provision or the authority: {line}"))
}

fn empty(span: Span) -> Diagnostic {
    Diagnostic::new(&EMPTY, span, "a citation or a signature here is an empty text")
        .label("cites nothing")
        .help("write what it stands on, as counsel would cite it: cite \"RCW 9.73.030(1)(a)\"")
}
