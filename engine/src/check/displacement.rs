//! Pre-emption: by legislation and regulation only, never of a rule that displaces, never of itself.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::rule::Rank;
use crate::tree::{ClauseKind, Rule, RuleId, Tree};

pub(super) const CODES: &[&Code] = &[&RANK, &CHAIN, &ITSELF, &AS_PRICE];

code!(
    RANK,
    "ONR0455",
    "displacement by a source that cannot displace",
    "Only legislation and regulation may displace another rule. A court reads the law as a reading of a question; guidance, a contract or the house cannot set a rule aside.",
    sample!(recording statute house; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n  displaces ACT-1 cite \"Memo 7\"\n}\n"),
    sample!(recording statute house; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n}\n")
);
code!(
    CHAIN,
    "ONR0456",
    "displacement of a rule that displaces",
    "If a rule that displaces could be displaced, it would depend on the order of reading which rules still stand.",
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule ACT-2 under ACT {\n  cite \"§ 2\"\n  prohibit recording\n  displaces ACT-1 cite \"§ 2(4)\"\n}\nrule ACT-3 under ACT {\n  cite \"§ 3\"\n  prohibit recording\n  displaces ACT-2 cite \"§ 3(4)\"\n}\n"),
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule ACT-2 under ACT {\n  cite \"§ 2\"\n  prohibit recording\n}\nrule ACT-3 under ACT {\n  cite \"§ 3\"\n  prohibit recording\n  displaces ACT-1 cite \"§ 3(4)\"\n  displaces ACT-2 cite \"§ 3(4)\"\n}\n")
);
code!(
    ITSELF,
    "ONR0457",
    "rule that displaces itself",
    "A rule that sets itself aside says nothing. A rule that ends has `in force … until …`.",
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n  displaces ACT-1 cite \"§ 1\"\n}\n"),
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  in force from 2020-01-01 until 2025-12-31\n  prohibit recording\n}\n")
);
code!(
    AS_PRICE,
    "ONR0458",
    "displacement as the price of an exception",
    "A price burdens whoever relied on the exception. Setting another rule aside is no burden, and stands in a rule of its own.",
    sample!(recording private statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule ACT-2 under ACT {\n  cite \"§ 2\"\n  prohibit recording\n  except open-calls {\n    cite \"§ 2(2)\"\n    allow recording if judged not private-communication\n    then displaces ACT-1 cite \"§ 2(3)\"\n  }\n}\n"),
    sample!(recording private statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\nrule ACT-2 under ACT {\n  cite \"§ 2\"\n  prohibit recording\n  displaces ACT-1 cite \"§ 2(3)\"\n  except open-calls {\n    cite \"§ 2(2)\"\n    allow recording if judged not private-communication\n  }\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    for written in policy.clauses() {
        let ClauseKind::Displaces { rule, .. } = written.clause.kind else { continue };
        let (span, displacer) = (written.clause.span, written.rule);
        let Some(displaced) = tree.rules.get(rule) else { continue };
        if written.is_price {
            out.push(as_price(span));
        } else if displaced.span == displacer.span {
            out.push(itself(span, displacer));
        } else if let Some(source) = written.source.filter(|source| source.level > Rank::Regulation) {
            if policy.is_whole(source.span) {
                out.push(rank(span, displacer, &source.title, source.name_span));
            }
        } else if let Some(further) = displacement_in(tree, rule) {
            out.push(chain(span, displaced, further));
        }
    }
}

/// The place where a rule displaces another.
fn displacement_in(tree: &Tree, rule: RuleId) -> Option<Span> {
    let displaces = |kind: &ClauseKind| matches!(kind, ClauseKind::Displaces { rule: other, .. } if *other != rule);
    tree.rules.get(rule)?.clauses.iter().find(|clause| displaces(&clause.kind)).map(|clause| clause.span)
}

fn rank(span: Span, rule: &Rule, source: &str, source_span: Span) -> Diagnostic {
    Diagnostic::new(&RANK, span, format!("`{}` cannot displace another rule: “{source}” is neither legislation nor regulation", rule.name))
        .label("cannot set a rule aside")
        .related(source_span, "its level is below regulation")
        .help("delete it; where the law itself gives way, write that in the law: an exception to the rule, or a reading of a question")
}

fn chain(span: Span, displaced: &Rule, further: Span) -> Diagnostic {
    Diagnostic::new(&CHAIN, span, format!("`{}` displaces a rule itself, so it cannot be displaced", displaced.name))
        .label("displaces a rule that displaces")
        .related(further, format!("`{}` displaces here", displaced.name))
        .help("displace the other rule from here too, and take this step out of the chain")
}

fn itself(span: Span, rule: &Rule) -> Diagnostic {
    Diagnostic::new(&ITSELF, span, format!("`{}` displaces itself", rule.name))
        .label("sets its own rule aside")
        .help("name the rule that gives way; if this rule has ended, say so: in force from … until …")
}

fn as_price(span: Span) -> Diagnostic {
    Diagnostic::new(&AS_PRICE, span, "the price of an exception cannot displace a rule")
        .label("not a burden")
        .help("move this line out of the exception, into the rule")
}
