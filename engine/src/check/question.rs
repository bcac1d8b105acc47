//! Questions: one is contested only if there are two readings of it.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};

pub(super) const CODES: &[&Code] = &[&ONE_READING];

code!(
    ONE_READING,
    "ONR0369",
    Warning,
    "question with fewer than two readings",
    "A question is contested because there are rival readings. With one alone, whatever stands under it is in doubt for no reason that anybody can see.",
    sample!(recording statute; "question reach \"Does it reach calls from abroad?\" {\n  reading wide \"Yes\" { cite \"C v. D\" }\n}\nrule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n}\n"),
    sample!(recording private statute reach; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording under wide\n  prohibit recording if judged private-communication under narrow\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (_, question) in policy.tree.questions.iter() {
        if question.readings.len() < 2 && policy.is_whole(question.span) {
            out.push(
                Diagnostic::new(
                    &ONE_READING,
                    question.name_span,
                    format!("`{}` has no two readings to choose from", question.name),
                )
                .label("not contested")
                .help("add the rival reading with its authority, or write what the law says without `under`"),
            );
        }
    }
}
