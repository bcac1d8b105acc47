//! Deciding: `evaluate` is total, pure, and never laxer than the strictest of the worlds that the call leaves possible.

mod act;
mod beside;
mod calendar;
mod clause;
mod clock;
mod condition;
mod consent;
mod coverage;
mod disclosure;
mod duty;
pub mod explain;
pub mod formula;
mod frame;
mod judgment;
mod keeping;
mod outcome;
mod part;
mod reason;
mod replay;
mod requirement;
mod retention;
mod session;
mod stretch;
mod world;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compile::PolicySet;
use crate::context::{Context, Instant, Provenance};
use crate::decision::{ActDecision, Decision, FactRead, Outcome, OutcomeWhat};
use crate::source::Span;
use crate::tree::{Act, ActId, PurposeId, RuleId};

pub(crate) use consent::{is_same, rests_on};
pub(crate) use reason::facts_read;
pub use retention::period_words;
pub use session::Options;
use session::Session;

/// Decides on a call at an instant. Total: a valid policy and call have exactly one decision.
#[must_use]
pub fn evaluate(set: &Arc<PolicySet>, ctx: &Context, options: &Options, at: Instant) -> Decision {
    let session = Session::new(set, ctx, options, at);
    let acts: Vec<ActDecision> = asked_acts(&session).iter().map(|act| act::decide(&session, act)).collect();
    let uses: Vec<ActDecision> = asked_uses(&session).iter().map(|act| act::decide(&session, act)).collect();
    let outcome = acts.first().map_or_else(nothing, |asked| outcome::outcome(&session, asked));
    let disclosures = disclosure::disclosures(&session, &outcome.after);
    let duties = duty::duties(&session);
    let retention = retention::retention(&session);
    let uncovered: BTreeSet<_> =
        acts.iter().chain(&uses).flat_map(|decided| act::uncovered(&session, &decided.act)).collect();
    disclosure::fill(&session);
    let mut decision = Decision {
        policy: Arc::clone(set),
        call: ctx.id.clone(),
        at,
        bundle: options.bundle,
        adopted: options.readings.clone(),
        assumed: options.assume.clone(),
        parties: ctx.parties.iter().map(|party| party.id.clone()).collect(),
        roles: ctx.parties.iter().map(|party| party.role).collect(),
        acts,
        uses,
        actions: Vec::new(),
        disclosures,
        outcome,
        duties,
        retention,
        waived: beside::waived_by(&session),
        uncovered: uncovered.into_iter().collect(),
        presumed: presumed(&session),
        answered: Vec::new(),
        readings: Vec::new(),
        risks: Vec::new(),
    };
    decision.answered = answered(&session, &decision);
    decision.readings = readings(&session, &decision);
    decision.risks = risks(&session, &decision);
    decision.actions = session.actions.take();
    decision
}

/// The rules that displace others on a call at an instant.
#[must_use]
pub fn displacing(set: &Arc<PolicySet>, ctx: &Context, options: &Options, at: Instant) -> Vec<RuleId> {
    beside::displacing(&Session::new(set, ctx, options, at))
}

fn asked_acts(session: &Session<'_>) -> Vec<Act> {
    if !session.ctx.acts.is_empty() {
        return session.ctx.acts.clone();
    }
    session.tree.known.recording.map(|recording| phrase(recording, None)).into_iter().collect()
}

fn asked_uses(session: &Session<'_>) -> Vec<Act> {
    let using = session.tree.known.using;
    session.ctx.uses.iter().filter_map(|purpose| using.map(|using| phrase(using, Some(*purpose)))).collect()
}

fn phrase(act: ActId, purpose: Option<PurposeId>) -> Act {
    Act { not: false, act, of: None, purpose, recipient: None, phase: None, span: Span::default() }
}

fn nothing() -> Outcome {
    let act = crate::tree::table::Id::from_index(0);
    Outcome { what: OutcomeWhat::Without(act), record: Vec::new(), after: Vec::new(), pause: Vec::new() }
}

fn presumed(session: &Session<'_>) -> Vec<(crate::tree::FactId, crate::context::Possible)> {
    let given = session.ctx.facts.iter().filter(|(_, known)| known.provenance == Provenance::Presumed);
    let mut found: Vec<_> = given.map(|(fact, known)| (*fact, known.possible.clone())).collect();
    if let Some(bundle) = session.bundle {
        let stated = |fact| session.ctx.facts.contains_key(&fact) || bundle.given.iter().any(|(one, _)| *one == fact);
        found.extend(bundle.presumes.iter().filter(|(fact, _)| !stated(*fact)).cloned());
    }
    found
}

/// The standing answers that a rule of this decision read.
fn answered(
    session: &Session<'_>,
    decision: &Decision,
) -> Vec<(crate::tree::JudgmentId, bool, String, chrono::NaiveDate)> {
    let Some(bundle) = session.bundle.filter(|bundle| !bundle.answers.is_empty()) else { return Vec::new() };
    let today = session.at.date_naive();
    let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|decided| &decided.because);
    let reasons = of_acts.chain(decision.retention.iter().flat_map(|row| &row.because));
    let read: BTreeSet<FactRead> = reasons.flat_map(|reason| decision.facts(reason)).collect();
    let open = |judgment| !matches!(session.ctx.judgments.get(&judgment), Some(Some(_)));
    bundle
        .answers
        .iter()
        .filter(|answer| today <= answer.until && open(answer.judgment))
        .filter(|answer| read.contains(&FactRead::Judgment(answer.judgment)))
        .map(|answer| (answer.judgment, answer.yes, answer.cite.clone(), answer.until))
        .collect()
}

/// The adopted readings of the sources that spoke.
fn readings(session: &Session<'_>, decision: &Decision) -> Vec<crate::tree::ReadingId> {
    let adopted = session.bundle.map(|bundle| bundle.adopts.as_slice()).unwrap_or_default();
    let all: BTreeSet<_> = adopted.iter().chain(&session.options.readings).copied().collect();
    if all.is_empty() {
        return Vec::new();
    }
    let spoke = rules_that_spoke(decision);
    let used: BTreeSet<_> = spoke
        .iter()
        .filter_map(|rule| session.tree.rules.get(*rule))
        .flat_map(|rule| {
            let source = session.tree.sources.get(rule.source);
            let factors =
                source.into_iter().flat_map(|source| source.applies.iter().filter_map(|(_, reading)| *reading));
            let clauses = rule.clauses.iter().filter_map(|clause| clause.reading);
            let allows = rule.exceptions.iter().filter_map(|one| session.tree.exceptions.get(*one));
            factors.chain(clauses).chain(allows.flat_map(|one| one.allows.iter().filter_map(|allow| allow.reading)))
        })
        .collect();
    all.into_iter().filter(|reading| used.contains(reading)).collect()
}

fn rules_that_spoke(decision: &Decision) -> BTreeSet<RuleId> {
    let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|decided| decided.because.iter());
    of_acts.map(|reason| reason.rule).collect()
}

fn risks(session: &Session<'_>, decision: &Decision) -> Vec<(RuleId, String, chrono::NaiveDate, String)> {
    let accepted = session.bundle.map(|bundle| bundle.risks.as_slice()).unwrap_or_default();
    if accepted.is_empty() {
        return Vec::new();
    }
    let mut spoke = rules_that_spoke(decision);
    spoke.extend(decision.duties.iter().map(|duty| duty.rule));
    spoke.extend(decision.retention.iter().flat_map(|row| &row.because).map(|reason| reason.rule));
    let today = session.at.date_naive();
    accepted
        .iter()
        .filter(|risk| spoke.contains(&risk.rule) && risk.on <= today && today <= risk.until)
        .map(|risk| (risk.rule, risk.signed.clone(), risk.until, risk.because.clone()))
        .collect()
}
