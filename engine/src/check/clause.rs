//! Rules without clauses, clauses that stand twice, and rules that nobody can obey.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Clause, ClauseKind, Rule};

pub(super) const CODES: &[&Code] = &[&NO_CLAUSE, &SAME_CLAUSE, &CANNOT_OBEY, &SAME_LABEL];

code!(
    NO_CLAUSE,
    "ONR0459",
    Warning,
    "rule without a clause",
    "A rule without a clause demands nothing and allows nothing. A reader who finds it believes that the provision is encoded.",
    sample!(house; "rule HOUSE-1 \"Recording\" under HOUSE {\n  summary \"No call is recorded.\"\n}\n"),
    sample!(recording house; "rule HOUSE-1 \"Recording\" under HOUSE {\n  summary \"No call is recorded.\"\n  prohibit recording\n}\n")
);
code!(
    SAME_CLAUSE,
    "ONR0460",
    Warning,
    "clause that stands twice",
    "A clause said twice means the same as said once; when one of the two is changed later, the other still binds.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  prohibit recording\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\n")
);
code!(
    CANNOT_OBEY,
    "ONR0461",
    Warning,
    "rule that nobody can obey",
    "One rule prohibits an act and requires it, each without any condition: whatever is done breaks it.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  require recording\n}\n"),
    sample!(recording private house; "rule HOUSE-1 under HOUSE {\n  prohibit recording if judged private-communication\n  require recording if judged not private-communication\n}\n")
);
code!(
    SAME_LABEL,
    "ONR0462",
    "label that stands twice in a rule",
    "`waive` and explanations name a clause by its label. Two clauses of one label cannot be told apart.",
    sample!(audio transcript created house; "rule HOUSE-1 under HOUSE {\n  erasure: keep audio at most 30 days from created\n  erasure: keep transcript at most 60 days from created\n}\n"),
    sample!(audio transcript created house; "rule HOUSE-1 under HOUSE {\n  erasure: keep audio at most 30 days from created\n  transcript-erasure: keep transcript at most 60 days from created\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for rule in policy.rules() {
        if rule.clauses.is_empty() && policy.is_whole(rule.span) {
            out.push(no_clause(rule));
        }
        labels(rule, out);
        repeated(&rule.clauses, out);
        out.extend(cannot_obey(rule));
    }
    for exception in policy.exceptions() {
        repeated(&exception.thens, out);
    }
}

fn labels(rule: &Rule, out: &mut Vec<Diagnostic>) {
    for (at, clause) in rule.clauses.iter().enumerate() {
        let Some(label) = &clause.label else { continue };
        let earlier = rule.clauses.iter().take(at).find(|other| other.label.as_ref() == Some(label));
        out.extend(earlier.map(|earlier| same_label(label, clause.span, earlier.span)));
    }
}

fn repeated(clauses: &[Clause], out: &mut Vec<Diagnostic>) {
    for (at, clause) in clauses.iter().enumerate() {
        let earlier = clauses.iter().take(at).find(|other| similar(other, clause) && meaning(other) == meaning(clause));
        out.extend(earlier.map(|earlier| same_clause(clause.span, earlier.span)));
    }
}

/// Whether two clauses may say the same: cheap to ask, so that only these are compared whole.
fn similar(one: &Clause, other: &Clause) -> bool {
    match (&one.kind, &other.kind) {
        (ClauseKind::Prohibit { act: one, .. }, ClauseKind::Prohibit { act: other, .. }) => {
            one.act == other.act && one.not == other.not
        }
        (ClauseKind::Duty { event: one, .. }, ClauseKind::Duty { event: other, .. }) => one == other,
        (ClauseKind::Keep(one), ClauseKind::Keep(other)) => one.thing == other.thing && one.span == other.span,
        (ClauseKind::Displaces { rule: one, .. }, ClauseKind::Displaces { rule: other, .. }) => one == other,
        _ => false,
    }
}

/// What a clause says, wherever it stands and whatever its label is.
fn meaning(clause: &Clause) -> String {
    super::words::meaning(&(&clause.kind, clause.reading))
}

fn cannot_obey(rule: &Rule) -> Option<Diagnostic> {
    let bare = |clause: &Clause| match &clause.kind {
        ClauseKind::Prohibit { act, condition: None, unless: None } if clause.reading.is_none() => {
            Some((act.clone(), clause.span))
        }
        _ => None,
    };
    let bare: Vec<_> = rule.clauses.iter().filter_map(bare).filter(|(act, _)| plain(act)).collect();
    let (_, required) = bare.iter().find(|(act, _)| act.not && bare.iter().any(|(other, _)| opposite(act, other)))?;
    let (_, prohibited) = bare.iter().find(|(other, _)| bare.iter().any(|(act, _)| act.not && opposite(act, other)))?;
    let helped = rule.exceptions.is_empty();
    helped.then(|| unobeyable(rule, *required, *prohibited))
}

fn plain(act: &crate::tree::Act) -> bool {
    act.of.is_none() && act.purpose.is_none() && act.recipient.is_none() && act.phase.is_none()
}

fn opposite(one: &crate::tree::Act, other: &crate::tree::Act) -> bool {
    one.act == other.act && one.not && !other.not
}

fn no_clause(rule: &Rule) -> Diagnostic {
    Diagnostic::new(&NO_CLAUSE, rule.name_span, format!("`{}` has no clause, so it decides nothing", rule.name))
        .label("says nothing")
        .help("add what it demands: prohibit …, require …, keep … or displaces …")
}

fn same_clause(span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(&SAME_CLAUSE, span, "this clause stands in the rule already")
        .label("the same again")
        .related(earlier, "said here")
        .help("delete one of the two")
        .fix("delete this clause", vec![(span, String::new())])
}

fn same_label(label: &str, span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(&SAME_LABEL, span, format!("the label `{label}` stands on two clauses of this rule"))
        .label("the same label again")
        .related(earlier, "the first")
        .help("give one of them another label")
}

fn unobeyable(rule: &Rule, required: Span, prohibited: Span) -> Diagnostic {
    Diagnostic::new(&CANNOT_OBEY, required, format!("nobody can obey `{}`: it requires what it prohibits", rule.name))
        .label("required here, always")
        .related(prohibited, "prohibited here, always")
        .help("say when each of them holds: `if …`")
}
