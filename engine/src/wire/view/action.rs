//! What can still be done, the words to do it with, and what to do.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::View;
use super::act::stretch;
use crate::decision::{Action, ActionKind, ActionStatus, ActionWhat, Disclosure, Formula, Impasse, Lead, OutcomeWhat};
use crate::tree::{ElementId, NoticeId};
use crate::wire::decision::{
    ActionForm, ActionKindForm, ActionRef, ActionTypeForm, AnswerForm, DisclosureForm, LeadForm, OutcomeForm,
    OutcomeWhatForm,
};
use crate::wire::record::{LanguageText, Named, Text};
use crate::wire::write::{instant, text};

impl<'d> View<'d> {
    /// The actions that a verdict, a way, the outcome or a disclosure names.
    pub(super) fn actions(self) -> Named<'d, ActionForm<'d>> {
        let mut named: BTreeSet<usize> = self.decision.outcome.after.iter().copied().collect();
        named.extend(self.decision.disclosures.iter().flat_map(|one| &one.actions));
        for act in self.decision.acts.iter().chain(&self.decision.uses) {
            actions_of(&act.formula, &mut named);
            named.extend(
                act.ways.list.iter().chain(act.by_person.iter().flat_map(|(.., ways)| ways.list.iter())).flatten(),
            );
            if let Some((_, formula, ways)) = &act.next {
                actions_of(formula, &mut named);
                named.extend(ways.list.iter().flatten());
            }
        }
        let of = |index: usize| self.decision.actions.get(index).map(|action| (index, action));
        let form = |(index, action)| (Cow::Owned(ActionRef(index).to_string()), self.action(action));
        Named(named.into_iter().filter_map(of).map(form).collect())
    }

    fn action(self, action: &'d Action) -> ActionForm<'d> {
        let tree = self.tree;
        let notice = action.text.as_ref();
        let form = ActionForm {
            r#type: ActionTypeForm::Safeguard,
            kind: kind(action.kind),
            to: None,
            elements: Vec::new(),
            means: None,
            their_language: None,
            level: None,
            consent_to: None,
            manner: None,
            form: None,
            separately: None,
            on_recording: None,
            safeguard: None,
            before: action.before.map(|act| text(tree.acts.name(act))),
            lead: lead(action.lead),
            effective_at: match action.status {
                ActionStatus::Open => None,
                ActionStatus::Waiting(until) => Some(instant(until)),
            },
            notice: notice.map(|(notice, _)| text(tree.notices.name(*notice))),
            language: notice.map(|(_, language)| LanguageText(Cow::Borrowed(language))),
            text: notice.and_then(|(notice, language)| self.wording(*notice, language)).map(text),
        };
        match &action.what {
            ActionWhat::Tell { person, elements, means, their_language, on_recording, throughout: _ } => ActionForm {
                r#type: ActionTypeForm::Notice,
                to: Some(self.party(*person)),
                elements: self.elements(elements),
                means: means.map(|means| text(tree.means.name(means))),
                their_language: Some(*their_language),
                on_recording: Some(*on_recording),
                ..form
            },
            ActionWhat::Ask { person, level, term, manner, form: on, separately, on_recording } => ActionForm {
                r#type: ActionTypeForm::Consent,
                to: Some(self.party(*person)),
                level: Some((*level).into()),
                consent_to: Some(self.writer.act(term)),
                manner: manner.map(|manner| text(tree.manners.name(manner))),
                form: on.map(|notice| text(tree.notices.name(notice))),
                separately: Some(*separately),
                on_recording: Some(*on_recording),
                ..form
            },
            ActionWhat::Arrange(safeguard) => {
                ActionForm { safeguard: Some(text(tree.safeguards.name(*safeguard))), ..form }
            }
        }
    }

    /// Elements by name.
    pub(super) fn elements(self, elements: &[ElementId]) -> Vec<Text<'d>> {
        elements.iter().map(|element| text(self.tree.elements.name(*element))).collect()
    }

    /// The words of a notice in a language: that of the tag, or of what it is a part of (RFC 4647 lookup).
    pub(super) fn wording(self, notice: NoticeId, language: &str) -> Option<&'d str> {
        let wordings = &self.tree.notices.get(notice)?.wordings;
        let mut range = language;
        loop {
            if let Some((_, words)) = wordings.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(range)) {
                return Some(words);
            }
            range = range.rsplit_once('-')?.0;
        }
    }

    pub(super) fn disclosure(self, one: &'d Disclosure) -> DisclosureForm<'d> {
        let words = one.text.as_ref();
        DisclosureForm {
            to: one.to.iter().map(|person| self.party(*person)).collect(),
            elements: self.elements(&one.elements),
            notice: words.map(|(notice, ..)| text(self.tree.notices.name(*notice))),
            language: words.map(|(_, language, _)| LanguageText(Cow::Borrowed(language))),
            text: words.map(|(.., words)| text(words)),
            actions: one.actions.iter().copied().map(ActionRef).collect(),
        }
    }

    pub(super) fn outcome(self) -> OutcomeForm<'d> {
        let outcome = &self.decision.outcome;
        let (what, act, answer) = match outcome.what {
            OutcomeWhat::Do(act) => (OutcomeWhatForm::Do, act, None),
            OutcomeWhat::Without(act) => (OutcomeWhatForm::Without, act, None),
            OutcomeWhat::Impasse(act, answer) => (OutcomeWhatForm::Impasse, act, Some(answer)),
        };
        OutcomeForm {
            what,
            act: text(self.tree.acts.name(act)),
            answer: answer.map(|answer| match answer {
                Impasse::DeclineCall => AnswerForm::DeclineCall,
                Impasse::ContinueWithout => AnswerForm::ContinueWithout,
                Impasse::AskAPerson => AnswerForm::AskAPerson,
            }),
            record: outcome.record.iter().map(|person| self.party(*person)).collect(),
            after: outcome.after.iter().copied().map(ActionRef).collect(),
            pause: outcome.pause.iter().map(stretch).collect(),
        }
    }
}

fn actions_of(formula: &Formula, found: &mut BTreeSet<usize>) {
    match formula {
        Formula::True | Formula::False => {}
        Formula::Action(index) => {
            found.insert(*index);
        }
        Formula::All(parts) | Formula::Any(parts) => parts.iter().for_each(|part| actions_of(part, found)),
    }
}

fn kind(kind: ActionKind) -> ActionKindForm {
    match kind {
        ActionKind::Do => ActionKindForm::Do,
        ActionKind::Ask => ActionKindForm::Ask,
        ActionKind::KeepUp => ActionKindForm::KeepUp,
        ActionKind::Wait => ActionKindForm::Wait,
        ActionKind::Arrange => ActionKindForm::Arrange,
    }
}

fn lead(lead: Lead) -> LeadForm {
    match lead {
        Lead::InCall => LeadForm::InCall,
        Lead::BeforeCall => LeadForm::BeforeCall,
        Lead::Organisation => LeadForm::Organisation,
    }
}
