//! The decision on one act, and why.

use std::borrow::Cow;

use super::{View, texts};
use crate::decision::{ActDecision, FactRead, Formula, Reason, Stretch, Verdict, Ways};
use crate::tree::{Act, Clause, ExceptionId, Of, RuleId};
use crate::wire::decision::{
    ActDecisionForm, ActionRef, ExceptionForm, FormulaForm, NeedsForm, PersonForm, ReasonForm, ResumingForm,
    StretchForm, VerdictForm,
};
use crate::wire::record::{Named, Text};
use crate::wire::write::{instant, text};

impl<'d> View<'d> {
    pub(super) fn act_decision(self, act: &'d ActDecision) -> ActDecisionForm<'d> {
        ActDecisionForm {
            cleared: act.is_cleared(),
            verdict: verdict(act.verdict),
            undetermined: act.undetermined,
            earliest: act.earliest.map(instant),
            required: act.required,
            required_by_law: act.required_by_law,
            prohibited_by_law: act.prohibited_by_law,
            impasse: act.impasse,
            running: act.running,
            ways: ways(&act.ways),
            ways_complete: act.ways.complete,
            formula: formula(&act.formula),
            resuming: act.next.as_ref().map(|(next, whole, list)| ResumingForm {
                verdict: verdict(*next),
                ways: ways(list),
                ways_complete: list.complete,
                formula: formula(whole),
            }),
            by_person: Named(
                act.by_person
                    .iter()
                    .map(|(person, is, list)| (self.party(*person).0, person_form(*is, list)))
                    .collect(),
            ),
            stretches: act.stretches.iter().map(stretch).collect(),
            because: act.because.iter().map(|reason| self.reason(reason)).collect(),
            needs: NeedsForm { facts: self.names(&act.needs.list), exact: act.needs.exact },
            contested: act.contested.iter().map(|question| text(self.tree.questions.name(*question))).collect(),
            relied_on: act.relied_on.iter().map(|exception| self.exception(*exception)).collect(),
        }
    }

    /// An act as the language writes it.
    pub(super) fn phrase(self, act: &Act) -> Cow<'d, str> {
        let tree = self.tree;
        let name = tree.acts.name(act.act);
        let parts = [
            (
                "of",
                act.of.map(|of| match of {
                    Of::Role(id) => tree.roles.name(id),
                    Of::Category(id) => tree.categories.name(id),
                    Of::Artefact(id) => tree.artefacts.name(id),
                }),
            ),
            ("for", act.purpose.map(|id| tree.purposes.name(id))),
            ("to", act.recipient.map(|id| tree.recipients.name(id))),
            ("during", act.phase.map(|id| tree.phases.name(id))),
        ];
        let mut words = Cow::Borrowed(name);
        if act.not {
            words = Cow::Owned(format!("not {name}"));
        }
        for (before, part) in parts {
            if let Some(part) = part {
                words = Cow::Owned(format!("{words} {before} {part}"));
            }
        }
        words
    }

    pub(super) fn names(self, facts: &[FactRead]) -> Vec<Text<'d>> {
        facts.iter().map(|read| text(self.facts.name(read))).collect()
    }

    /// A clause by its rule, index, and exception.
    pub(super) fn clause(self, rule: RuleId, clause: usize, then_of: Option<ExceptionId>) -> Option<&'d Clause> {
        match then_of {
            Some(exception) => self.tree.exceptions.get(exception)?.thens.get(clause),
            None => self.tree.rules.get(rule)?.clauses.get(clause),
        }
    }

    pub(super) fn reason(self, reason: &'d Reason) -> ReasonForm<'d> {
        let tree = self.tree;
        let rule = tree.rules.get(reason.rule);
        let clause = self.clause(reason.rule, reason.clause, reason.then_of);
        let of_exception = reason.then_of.and_then(|exception| tree.exceptions.get(exception));
        let cites = of_exception.map(|exception| &exception.cites).or(rule.map(|rule| &rule.cites));
        let (file, line) = self.place(clause.map(|clause| clause.span).unwrap_or_default());
        ReasonForm {
            rule: text(tree.rules.name(reason.rule)),
            title: text(rule.map_or("", |rule| &rule.title)),
            source: self.source_of(reason.rule),
            clause: clause.and_then(|clause| clause.label.as_deref()).map(text),
            price_of: of_exception.map(|exception| text(&exception.name)),
            cites: texts(cites.map(Vec::as_slice).unwrap_or_default()),
            file,
            line,
            verdict: verdict(reason.verdict),
            undetermined: reason.undetermined,
            exceptions: reason.exceptions.iter().map(|exception| self.exception(*exception)).collect(),
            facts: self.names(self.facts.of_reason(reason)),
        }
    }

    pub(super) fn exception(self, id: ExceptionId) -> ExceptionForm<'d> {
        let exception = self.tree.exceptions.get(id);
        let (file, line) = self.place(exception.map(|exception| exception.name_span).unwrap_or_default());
        ExceptionForm {
            exception: text(self.tree.exceptions.name(id)),
            title: text(exception.map_or("", |exception| &exception.title)),
            cites: texts(exception.map(|exception| exception.cites.as_slice()).unwrap_or_default()),
            file,
            line,
        }
    }
}

fn person_form(is: Verdict, list: &Ways) -> PersonForm {
    PersonForm { verdict: verdict(is), ways: ways(list), ways_complete: list.complete }
}

pub(super) fn verdict(verdict: Verdict) -> VerdictForm {
    match verdict {
        Verdict::Cleared => VerdictForm::Cleared,
        Verdict::Conditional => VerdictForm::Conditional,
        Verdict::NotNow => VerdictForm::NotNow,
        Verdict::Prohibited => VerdictForm::Prohibited,
    }
}

pub(super) fn stretch<'d>(one: &Stretch) -> StretchForm<'d> {
    StretchForm { from: instant(one.from), until: one.until.map(instant), verdict: verdict(one.verdict) }
}

fn ways(ways: &Ways) -> Vec<Vec<ActionRef>> {
    ways.list.iter().map(|way| way.iter().copied().map(ActionRef).collect()).collect()
}

fn formula(whole: &Formula) -> FormulaForm {
    match whole {
        Formula::True => FormulaForm::Constant(true),
        Formula::False => FormulaForm::Constant(false),
        Formula::Action(index) => FormulaForm::Action(ActionRef(*index)),
        Formula::All(parts) => FormulaForm::All { all: parts.iter().map(formula).collect() },
        Formula::Any(parts) => FormulaForm::Any { any: parts.iter().map(formula).collect() },
    }
}
