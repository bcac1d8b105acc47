//! The parties: who they are, what they were told, what they said.

use std::collections::BTreeMap;

use oxilangtag::LanguageTag;

use super::Reader;
use crate::context::{Interval, Party, Saying, SayingKind, Telling};
use crate::syntax::ast::{FactOf, Statement};
use crate::tree::{ElementId, Nature, Notice, NoticeId, RoleId};
use crate::wire::error::Path;
use crate::wire::form::{ContextForm, Kind, PartyForm, Said, SaidForm, ToldForm};
use crate::wire::record::{LanguageText, Text};

impl<'t> Reader<'t> {
    /// Everybody on the call.
    pub(super) fn parties(&mut self, form: &ContextForm<'_>) -> Vec<Party> {
        let root = Path::ROOT;
        let list = root.field("parties");
        let mut found: Vec<Party> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let forms = self.limited(form.parties.as_deref().unwrap_or_default(), self.limits.parties, &list);
        for (index, one) in forms.iter().enumerate() {
            let at = list.index(index);
            let earlier = one.id.as_deref().and_then(|id| seen.iter().position(|known| *known == id));
            if let Some((id, earlier)) = one.id.as_deref().zip(earlier) {
                let help = format!("give each party its own `id`; `parties[{earlier}]` has it already");
                self.say(&at.field("id"), format!("`{id}` is named twice"), help);
            }
            seen.push(one.id.as_deref().unwrap_or_default());
            found.extend(self.party(one, &at));
        }
        found
    }

    fn party(&mut self, form: &PartyForm<'_>, at: &Path<'_>) -> Option<Party> {
        let tree = self.tree;
        let id = self.required(form.id.as_ref(), "id", at).map(|id| id.to_string());
        let role_at = at.field("role");
        let role = self.required(form.role.as_ref(), "role", at);
        let role = role.and_then(|role| self.name(&tree.roles, "a role", role, &role_at));
        self.kind(form.kind, role, at);
        let mut facts = BTreeMap::new();
        self.facts(form.facts.as_ref(), FactOf::Party, at, &mut facts);
        self.locations(form.locations.as_deref(), tree.known.location, at, &mut facts);
        let languages_at = at.field("languages");
        let mut languages = Vec::new();
        for (index, tag) in self.entries(form.languages.as_deref(), &languages_at) {
            languages.extend(self.language(tag, &languages_at.index(index)));
        }
        let on_line = self.interval(form.joined.as_ref(), form.left.as_ref(), "left", at);
        let told = self.tellings(form, at);
        let said = self.sayings(form, role, at);
        Some(Party { id: id?, role: role?, facts, languages, on_line, told, said })
    }

    fn is_machine(&self, role: Option<RoleId>) -> bool {
        role.and_then(|role| self.tree.roles.get(role)).is_some_and(|role| role.nature == Nature::Machine)
    }

    fn kind(&mut self, kind: Option<Kind>, role: Option<RoleId>, at: &Path<'_>) {
        let Some((kind, role)) = kind.zip(role) else { return };
        let expected = if self.is_machine(Some(role)) { Kind::Bot } else { Kind::Person };
        if kind != expected {
            let name = self.tree.roles.name(role);
            let message = format!("the role `{name}` is for a {}, not for a {}", expected.word(), kind.word());
            self.say(&at.field("kind"), message, "give the party another role, or leave `kind` out");
        }
    }

    fn language(&mut self, tag: &LanguageText<'_>, at: &Path<'_>) -> Option<String> {
        match LanguageTag::parse_and_normalize(tag) {
            Ok(found) => Some(found.into_inner()),
            Err(_) => {
                self.say(at, format!("`{}` is not a language tag", &**tag), "write a BCP 47 tag like `en` or `es-MX`");
                None
            }
        }
    }

    // -------------------------------------------------------------------------------------------- told

    fn tellings(&mut self, form: &PartyForm<'_>, party: &Path<'_>) -> Vec<Telling> {
        let list = party.field("told");
        let mut found = Vec::new();
        for (index, one) in self.entries(form.told.as_deref(), &list) {
            found.extend(self.telling(one, &list.index(index)));
        }
        found
    }

    fn telling(&mut self, form: &ToldForm<'_>, at: &Path<'_>) -> Option<Telling> {
        let tree = self.tree;
        let notice = form.notice.as_ref().and_then(|name| self.notice(name, &at.field("notice")));
        let elements = self.elements(form, notice.map(|(_, notice)| notice), at);
        self.required(form.from.as_ref(), "from", at);
        let Interval { from, until: to } = self.interval(form.from.as_ref(), form.to.as_ref(), "to", at);
        self.not_after(from, &at.field("from"));
        let means =
            form.means.as_ref().and_then(|name| self.name(&tree.means, "a means of telling", name, &at.field("means")));
        let language = form.language.as_ref().and_then(|tag| self.language(tag, &at.field("language")));
        Some(Telling {
            elements: elements.into_iter().collect(),
            from: from?,
            to,
            means,
            language,
            on_recording: form.on_recording,
            notice: notice.map(|(id, _)| id),
        })
    }

    fn notice(&mut self, name: &Text<'_>, at: &Path<'_>) -> Option<(NoticeId, &'t Notice)> {
        let tree = self.tree;
        let id = self.name(&tree.notices, "a notice or form", name, at)?;
        tree.notices.get(id).map(|notice| (id, notice))
    }

    /// What was said: as listed, each stated by the notice if there is one; else all that the notice states.
    fn elements(&mut self, form: &ToldForm<'_>, notice: Option<&Notice>, at: &Path<'_>) -> Vec<ElementId> {
        let tree = self.tree;
        let list = at.field("elements");
        if form.elements.is_none() {
            if form.notice.is_none() {
                self.say(&list, "what the person was told is missing", "name the `notice`, or list the `elements`");
            }
            return notice.map(|notice| notice.states.clone()).unwrap_or_default();
        }
        let mut found = Vec::new();
        for (index, name) in self.entries(form.elements.as_deref(), &list) {
            let at = list.index(index);
            let Some(element) = self.name(&tree.elements, "an element of a notice", name, &at) else { continue };
            let states = |notice: &Notice| {
                notice.states.iter().any(|one| tree.elements.get(*one).is_some_and(|word| word.is_a(element)))
            };
            if let Some(notice) = notice.filter(|notice| !states(notice)) {
                let message = format!("the notice `{}` does not state `{}`", notice.name, &**name);
                self.say(&at, message, "leave it out, or write it in an entry of its own");
            }
            found.push(element);
        }
        found
    }

    // -------------------------------------------------------------------------------------------- said

    fn sayings(&mut self, form: &PartyForm<'_>, role: Option<RoleId>, party: &Path<'_>) -> Vec<Saying> {
        let list = party.field("said");
        let machine = self.is_machine(role);
        let mut found = Vec::new();
        for (index, one) in self.entries(form.said.as_deref(), &list) {
            let at = list.index(index);
            if machine {
                self.say(&at, "this party is a machine: it cannot consent, refuse or object", "leave the entry out");
            }
            found.extend(self.saying(one, &at));
        }
        found
    }

    fn saying(&mut self, form: &SaidForm<'_>, at: &Path<'_>) -> Option<Saying> {
        let said = self.required(form.said, "said", at);
        let term = self.required(form.to.as_ref(), "to", at).and_then(|to| self.act(to, &at.field("to")));
        let instant_at = at.field("at");
        let instant = self.required(form.at.as_ref(), "at", at).and_then(|text| self.instant(text, &instant_at));
        self.not_after(instant, &instant_at);
        let kind = match said {
            Some(Said::Consented) => self.consent(form, instant, at),
            Some(Said::Refused) => self.against(Statement::Refused, form, at),
            Some(Said::Withdrew) => self.against(Statement::Withdrew, form, at),
            Some(Said::Objected) => self.against(Statement::Objected, form, at),
            None => None,
        };
        Some(Saying { term: term?, at: instant?, kind: kind? })
    }

    fn consent(
        &mut self,
        form: &SaidForm<'_>,
        given: Option<crate::context::Instant>,
        at: &Path<'_>,
    ) -> Option<SayingKind> {
        let tree = self.tree;
        let level = self.required(form.level, "level", at);
        let manner = form
            .manner
            .as_ref()
            .and_then(|name| self.name(&tree.manners, "a manner of consent", name, &at.field("manner")));
        let form_at = at.field("form");
        let agreed = form.form.as_ref().and_then(|name| self.notice(name, &form_at));
        if let Some((_, notice)) = agreed.filter(|(_, notice)| !notice.form) {
            self.say(&form_at, format!("`{}` is a notice, not a form to agree to", notice.name), "name a form");
        }
        let expires_at = at.field("expires");
        let expires = form.expires.as_ref().and_then(|text| self.instant(text, &expires_at));
        if expires.zip(given).is_some_and(|(expires, given)| expires < given) {
            self.say(&expires_at, "this consent expires before it was given (`at`)", "put the two in order");
        }
        Some(SayingKind::Gave {
            level: level?.into(),
            manner,
            form: agreed.map(|(id, _)| id),
            separately: form.separately.unwrap_or(false),
            on_recording: form.on_recording,
            lasting_the_call: form.lasting_the_call.unwrap_or(false),
            expires,
        })
    }

    fn against(&mut self, statement: Statement, form: &SaidForm<'_>, at: &Path<'_>) -> Option<SayingKind> {
        let of_consent = [
            ("level", form.level.is_some()),
            ("manner", form.manner.is_some()),
            ("form", form.form.is_some()),
            ("separately", form.separately.is_some()),
            ("on_recording", form.on_recording.is_some()),
            ("lasting_the_call", form.lasting_the_call.is_some()),
            ("expires", form.expires.is_some()),
        ];
        for (field, _) in of_consent.iter().filter(|(_, there)| *there) {
            self.say(&at.field(field), format!("`{field}` belongs to a consent, and this is none"), "leave it out");
        }
        Some(SayingKind::Against(statement))
    }
}
