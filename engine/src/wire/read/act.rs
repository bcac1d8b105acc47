//! Acts: what is asked, what was done, what somebody spoke about.

use super::Reader;
use crate::source::Span;
use crate::tree::{Act, Of};
use crate::wire::error::Path;
use crate::wire::form::{OfForm, PhraseForm};
use crate::wire::record::Text;
use crate::wire::shape::ActForm;

impl Reader<'_> {
    /// An act: its name, or more.
    pub(super) fn act(&mut self, form: &ActForm<'_>, at: &Path<'_>) -> Option<Act> {
        match form {
            ActForm::Name(name) => self.act_named(name, at).map(bare),
            ActForm::Phrase(phrase) => self.phrase(phrase, at),
        }
    }

    fn act_named(&mut self, name: &Text<'_>, at: &Path<'_>) -> Option<crate::tree::ActId> {
        let found = self.tree.acts.id(name);
        if found.is_none() && self.tree.purposes.id(name).is_some() {
            let help = format!("write `{{\"purpose\": \"{}\"}}` for the use for it", &**name);
            self.say(at, format!("`{}` is a purpose, not an act", &**name), help);
            return None;
        }
        found.or_else(|| self.name(&self.tree.acts, "an act", name, at))
    }

    fn phrase(&mut self, form: &PhraseForm<'_>, at: &Path<'_>) -> Option<Act> {
        let act = match (&form.act, &form.purpose) {
            (Some(name), _) => self.act_named(name, &at.field("act")),
            (None, Some(_)) if self.tree.known.using.is_some() => self.tree.known.using,
            _ => {
                self.say(&at.field("act"), "`act` is missing", "write the act's name, or a `purpose` for its use");
                None
            }
        };
        let of = form.of.as_ref().and_then(|of| self.of(of, &at.field("of")));
        let tree = self.tree;
        let purpose =
            form.purpose.as_ref().map(|name| self.name(&tree.purposes, "a purpose", name, &at.field("purpose")));
        let recipient = form
            .recipient
            .as_ref()
            .map(|name| self.name(&tree.recipients, "a recipient", name, &at.field("recipient")));
        let phase = form.phase.as_ref().map(|name| self.name(&tree.phases, "a phase", name, &at.field("phase")));
        Some(Act {
            of,
            purpose: purpose.flatten(),
            recipient: recipient.flatten(),
            phase: phase.flatten(),
            ..bare(act?)
        })
    }

    fn of(&mut self, form: &OfForm<'_>, at: &Path<'_>) -> Option<Of> {
        let tree = self.tree;
        match (&form.role, &form.category, &form.artefact) {
            (Some(name), None, None) => self.name(&tree.roles, "a role", name, &at.field("role")).map(Of::Role),
            (None, Some(name), None) => {
                let at = at.field("category");
                self.name(&tree.categories, "a category of personal data", name, &at).map(Of::Category)
            }
            (None, None, Some(name)) => {
                self.name(&tree.artefacts, "an artefact", name, &at.field("artefact")).map(Of::Artefact)
            }
            _ => {
                self.say(at, "an act is of one thing", "write one of `role`, `category`, `artefact`");
                None
            }
        }
    }
}

fn bare(act: crate::tree::ActId) -> Act {
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Span::default() }
}
