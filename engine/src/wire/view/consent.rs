//! The consent record: who said what, when, how, under which words; and what each person was told.

use std::borrow::Cow;

use super::View;
use crate::context::{Instant, Party, Saying, SayingKind, Telling};
use crate::evaluate::{is_same, rests_on};
use crate::syntax::ast::Statement;
use crate::wire::decision::{ConsentForm, ConsentStateForm, GivenForm};
use crate::wire::form::Said;
use crate::wire::record::{LanguageText, Text};
use crate::wire::write::{instant, said, text};

impl<'d> View<'d> {
    /// What was said up to the judged instant, by person and time.
    pub(super) fn consents(self) -> Vec<ConsentForm<'d>> {
        let mut found = Vec::new();
        for party in &self.context.parties {
            let mut sayings: Vec<&Saying> = party.said.iter().filter(|one| one.at <= self.decision.at).collect();
            sayings.sort_by_key(|saying| saying.at);
            found.extend(sayings.into_iter().map(|saying| self.consent(party, saying)));
        }
        found
    }

    fn consent(self, party: &'d Party, saying: &'d Saying) -> ConsentForm<'d> {
        let tree = self.tree;
        let recorded = |given: Option<bool>| given.unwrap_or_else(|| self.is_captured(saying.at, Some(saying.at)));
        let form = ConsentForm {
            call: self.decision.call.as_deref().map(text),
            party: text(&party.id),
            role: text(tree.roles.name(party.role)),
            said: Said::Consented,
            to: self.writer.act(&saying.term),
            at: instant(saying.at),
            state: self.state(party, saying),
            level: None,
            manner: None,
            form: None,
            form_text: None,
            separately: None,
            on_recording: recorded(None),
            lasting_the_call: None,
            expires: None,
            under: self.told(party, saying.at, true),
            policy: text(&self.decision.policy.digest),
        };
        match &saying.kind {
            SayingKind::Gave { level, manner, form: agreed, separately, on_recording, lasting_the_call, expires } => {
                let words = |notice| party.languages.iter().find_map(|language| self.wording(notice, language));
                ConsentForm {
                    level: Some((*level).into()),
                    manner: manner.map(|manner| text(tree.manners.name(manner))),
                    form: agreed.map(|notice| text(tree.notices.name(notice))),
                    form_text: agreed.and_then(words).map(text),
                    separately: Some(*separately),
                    on_recording: recorded(*on_recording),
                    lasting_the_call: Some(*lasting_the_call),
                    expires: expires.map(instant),
                    ..form
                }
            }
            SayingKind::Against(statement) => ConsentForm { said: said(*statement), ..form },
        }
    }

    /// Where a statement stands at the judged instant: the latest on its term wins, at one instant what is against it.
    fn state(self, party: &Party, saying: &Saying) -> ConsentStateForm {
        let order = |one: &Saying| (one.at, matches!(one.kind, SayingKind::Against(_)));
        let reaches = |later: &&Saying| match later.kind {
            SayingKind::Gave { .. } => is_same(&later.term, &saying.term),
            SayingKind::Against(_) => rests_on(self.tree, &saying.term, &later.term),
        };
        let after = |later: &&Saying| later.at <= self.decision.at && order(later) > order(saying);
        let last = party.said.iter().filter(|later| after(later) && reaches(later)).max_by_key(|later| order(later));
        match (&saying.kind, last.map(|last| &last.kind)) {
            (SayingKind::Gave { .. }, Some(SayingKind::Against(statement))) => against_state(*statement),
            (_, Some(_)) => ConsentStateForm::Superseded,
            (SayingKind::Against(statement), None) => against_state(*statement),
            (SayingKind::Gave { expires, lasting_the_call, .. }, None) => {
                let expired = expires.is_some_and(|expires| expires < self.decision.at);
                let ended = self.context.call.and_then(|call| call.until).is_some_and(|end| end <= self.decision.at);
                if expired || (*lasting_the_call && ended) {
                    ConsentStateForm::Expired
                } else {
                    ConsentStateForm::Given
                }
            }
        }
    }

    /// What everybody was told up to the judged instant, by person and time.
    pub(super) fn notices_given(self) -> Vec<GivenForm<'d>> {
        self.context.parties.iter().flat_map(|party| self.told(party, self.decision.at, false)).collect()
    }

    /// What a person was told by an instant; only what has a notice, if so asked.
    fn told(self, party: &'d Party, by: Instant, noticed: bool) -> Vec<GivenForm<'d>> {
        let is_meant = |telling: &&Telling| telling.from <= by && (!noticed || telling.notice.is_some());
        let mut tellings: Vec<&Telling> = party.told.iter().filter(is_meant).collect();
        tellings.sort_by_key(|telling| telling.from);
        tellings.into_iter().map(|telling| self.given(party, telling)).collect()
    }

    fn given(self, party: &'d Party, telling: &'d Telling) -> GivenForm<'d> {
        let tree = self.tree;
        let only = |notice| match tree.notices.get(notice).map(|notice| notice.wordings.as_slice()) {
            Some([(_, words)]) => Some(words.as_str()),
            _ => None,
        };
        let words = telling.notice.and_then(|notice| match &telling.language {
            Some(language) => self.wording(notice, language),
            None => only(notice),
        });
        let mut elements: Vec<Text<'d>> = telling.elements.iter().map(|one| text(tree.elements.name(*one))).collect();
        elements.sort_by(|one, other| one.0.cmp(&other.0));
        GivenForm {
            party: text(&party.id),
            notice: telling.notice.map(|notice| text(tree.notices.name(notice))),
            elements,
            from: instant(telling.from),
            to: telling.to.map(instant),
            means: telling.means.map(|means| text(tree.means.name(means))),
            language: telling.language.as_deref().map(|tag| LanguageText(Cow::Borrowed(tag))),
            text: words.map(text),
            on_recording: telling.on_recording.unwrap_or_else(|| self.is_captured(telling.from, telling.to)),
        }
    }

    /// Whether a recording ran from an instant until another.
    fn is_captured(self, from: Instant, to: Option<Instant>) -> bool {
        let records = |act| {
            let word = self.tree.acts.get(act);
            self.tree.known.recording.is_some_and(|recording| word.is_some_and(|word| word.word.is_a(recording)))
        };
        self.context.captures.iter().any(|(act, during)| {
            records(*act) && during.contains(from) && to.is_none_or(|to| during.until.is_none_or(|until| to <= until))
        })
    }
}

fn against_state(statement: Statement) -> ConsentStateForm {
    match statement {
        Statement::Refused => ConsentStateForm::Refused,
        Statement::Withdrew => ConsentStateForm::Withdrawn,
        Statement::Objected => ConsentStateForm::Objected,
    }
}
