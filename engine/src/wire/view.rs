//! From a decision to its JSON form.

mod act;
mod action;
mod beside;
mod consent;
mod fact;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::decision::{
    ActDecisionForm, AnsweredForm, DecisionForm, DecisionSchema, DigestForm, PartyRefForm, PolicyForm, ReadingForm,
    RiskForm, SourceForm,
};
use super::record::{Named, Text};
use super::write::{Writer, day, instant, text};
use crate::context::Context;
use crate::decision::{ActDecision, Decision, Reason};
use crate::source::Span;
use crate::tree::rule::{Confidence, Rank, SourceKind};
use crate::tree::{RuleId, Tree};

pub use fact::Facts;

/// A decision and the call it is on.
#[derive(Clone, Copy)]
pub struct View<'d> {
    decision: &'d Decision,
    context: &'d Context,
    tree: &'d Tree,
    writer: Writer<'d>,
    facts: &'d Facts,
}

impl<'d> View<'d> {
    /// Of a decision on a call.
    pub fn new(decision: &'d Decision, context: &'d Context, facts: &'d Facts) -> Self {
        let tree: &Tree = &decision.policy.tree;
        Self { decision, context, tree, writer: Writer { tree }, facts }
    }

    /// The whole form. `digest` is the call's.
    pub fn form(self, digest: String) -> DecisionForm<'d> {
        let (decision, tree) = (self.decision, self.tree);
        DecisionForm {
            schema: DecisionSchema::V1,
            id: decision.call.as_deref().map(text),
            decided_at: instant(decision.at),
            policy: PolicyForm {
                digest: text(&decision.policy.digest),
                bundle: decision.bundle.map(|bundle| text(tree.bundles.name(bundle))),
                adopted: decision.adopted.iter().map(|reading| text(tree.readings.name(*reading))).collect(),
                assumed: decision.assumed.iter().map(|rule| text(tree.rules.name(*rule))).collect(),
            },
            context: DigestForm { digest: Text(Cow::Owned(digest)) },
            parties: self.parties(),
            acts: self.decided(&decision.acts, |act| self.phrase(&act.act)),
            uses: self.decided(&decision.uses, |act| {
                act.act.purpose.map_or(Cow::Borrowed(""), |purpose| Cow::Borrowed(tree.purposes.name(purpose)))
            }),
            actions: self.actions(),
            disclosures: decision.disclosures.iter().map(|one| self.disclosure(one)).collect(),
            outcome: (!decision.acts.is_empty()).then(|| self.outcome()),
            duties: decision.duties.iter().map(|duty| self.duty(duty)).collect(),
            retention: decision.retention.iter().map(|row| self.retention(row)).collect(),
            waived: decision.waived.iter().map(|exception| self.exception(*exception)).collect(),
            uncovered: decision.uncovered.iter().map(|one| self.uncovered(one)).collect(),
            facts: Named(self.facts.named().filter_map(|(read, name)| self.known(read, name)).collect()),
            presumed: self.presumed(),
            answered: self.answered(),
            readings: self.readings(),
            risks: self.risks(),
            sources: self.sources(),
            consents: self.consents(),
            notices_given: self.notices_given(),
        }
    }

    fn decided(
        self,
        acts: &'d [ActDecision],
        name: impl Fn(&ActDecision) -> Cow<'d, str>,
    ) -> Named<'d, ActDecisionForm<'d>> {
        let mut found: Vec<(Cow<'d, str>, ActDecisionForm<'d>)> = Vec::new();
        for act in acts {
            let name = name(act);
            if !found.iter().any(|(known, _)| *known == name) {
                found.push((name, self.act_decision(act)));
            }
        }
        Named(found)
    }

    fn parties(self) -> Vec<PartyRefForm<'d>> {
        let (decision, tree) = (self.decision, self.tree);
        let pairs = decision.parties.iter().zip(&decision.roles);
        pairs.map(|(id, role)| PartyRefForm { id: text(id), role: text(tree.roles.name(*role)) }).collect()
    }

    /// A party's identifier.
    fn party(self, index: usize) -> Text<'d> {
        text(self.decision.parties.get(index).map_or("", String::as_str))
    }

    fn answered(self) -> Vec<AnsweredForm<'d>> {
        let answers = self.decision.answered.iter();
        answers
            .map(|(judgment, answer, cite, until)| AnsweredForm {
                judgment: text(self.tree.judgments.name(*judgment)),
                answer: *answer,
                cite: text(cite),
                until: day(*until),
            })
            .collect()
    }

    fn readings(self) -> Vec<ReadingForm<'d>> {
        let adopted = self.decision.readings.iter().filter_map(|reading| self.tree.readings.get(*reading));
        adopted
            .map(|reading| ReadingForm {
                reading: text(&reading.name),
                question: text(self.tree.questions.name(reading.question)),
                label: text(&reading.label),
                cites: texts(&reading.cites),
            })
            .collect()
    }

    fn risks(self) -> Vec<RiskForm<'d>> {
        let risks = self.decision.risks.iter();
        risks
            .map(|(rule, signed, until, because)| RiskForm {
                rule: text(self.tree.rules.name(*rule)),
                signed: text(signed),
                until: day(*until),
                because: text(because),
            })
            .collect()
    }

    /// The sources that reasons and duties name, by name.
    fn sources(self) -> Named<'d, SourceForm<'d>> {
        let rules =
            reasons(self.decision).map(|reason| reason.rule).chain(self.decision.duties.iter().map(|duty| duty.rule));
        let ids: BTreeSet<_> = rules.filter_map(|rule| self.tree.rules.get(rule)).map(|rule| rule.source).collect();
        let mut found: Vec<_> = ids
            .into_iter()
            .filter_map(|id| self.tree.sources.get(id))
            .map(|source| (Cow::Borrowed(source.name.as_str()), source_form(source)))
            .collect();
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Named(found)
    }

    /// The name of a rule's source.
    fn source_of(self, rule: RuleId) -> Text<'d> {
        text(self.tree.rules.get(rule).map_or("", |rule| self.tree.sources.name(rule.source)))
    }

    /// File and line (from 1) of a place in the policy.
    fn place(self, span: Span) -> (Text<'d>, usize) {
        let file = self.decision.policy.sources.get(span.file.0 as usize);
        file.map_or((text(""), 0), |file| (text(&file.path), file.line_of(span.start as usize) + 1))
    }
}

/// Every clause that a decision names as a reason.
fn reasons(decision: &Decision) -> impl Iterator<Item = &Reason> {
    let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|act| &act.because);
    of_acts.chain(decision.retention.iter().flat_map(|row| &row.because))
}

fn texts(list: &[String]) -> Vec<Text<'_>> {
    list.iter().map(|one| text(one)).collect()
}

fn source_form(source: &crate::tree::Source) -> SourceForm<'_> {
    let level = match source.level {
        Rank::Legislation => "legislation",
        Rank::Regulation => "regulation",
        Rank::CaseLaw => "case-law",
        Rank::Guidance => "guidance",
        Rank::Contract => "contract",
        Rank::House => "house",
    };
    let kind = |kind: &SourceKind| match kind {
        SourceKind::Civil => "civil",
        SourceKind::Criminal => "criminal",
        SourceKind::Administrative => "administrative",
        SourceKind::Contractual => "contractual",
    };
    let confidence = |confidence| match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    };
    SourceForm {
        title: text(&source.title),
        level: text(level),
        kinds: source.kinds.iter().map(|one| text(kind(one))).collect(),
        cites: texts(&source.cites),
        checked: source.checked.map(day),
        recheck_by: source.recheck_by.map(day),
        confidence: source.confidence.map(|one| text(confidence(one))),
    }
}
