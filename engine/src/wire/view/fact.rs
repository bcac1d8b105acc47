//! What is known of the facts that a decision names, and how.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{View, reasons};
use crate::context::{Known, Possible, Provenance};
use crate::decision::{Decision, FactRead, Reason};
use crate::tree::{ExceptionId, FactId, JudgmentId, RuleId};
use crate::wire::decision::{HowForm, KnownForm};
use crate::wire::record::{Named, Text};
use crate::wire::shape::FactForm;

/// The facts that a decision names, each named once: those that its clauses read, and those that it would need to know.
pub struct Facts {
    of: BTreeMap<(RuleId, usize, Option<ExceptionId>, bool), Vec<FactRead>>,
    names: BTreeMap<FactRead, String>,
}

impl Facts {
    /// Of a decision.
    pub fn of(decision: &Decision) -> Self {
        let mut of = BTreeMap::new();
        for reason in reasons(decision) {
            of.entry(key(reason)).or_insert_with(|| decision.facts(reason));
        }
        let mut names = BTreeMap::new();
        let of_acts = decision.acts.iter().chain(&decision.uses).flat_map(|act| &act.needs.list);
        let needed = of_acts.chain(decision.retention.iter().flat_map(|row| &row.needs));
        for read in of.values().flatten().chain(needed) {
            if !names.contains_key(read) {
                names.insert(read.clone(), decision.fact_name(read));
            }
        }
        Self { of, names }
    }

    /// Each with its name, in the order of facts.
    pub(super) fn named(&self) -> impl Iterator<Item = (&FactRead, &str)> {
        self.names.iter().map(|(read, name)| (read, name.as_str()))
    }

    /// Those that a reason's clause reads.
    pub(super) fn of_reason(&self, reason: &Reason) -> &[FactRead] {
        self.of.get(&key(reason)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The name of one of them.
    pub(super) fn name(&self, read: &FactRead) -> &str {
        self.names.get(read).map_or("", String::as_str)
    }
}

fn key(reason: &Reason) -> (RuleId, usize, Option<ExceptionId>, bool) {
    (reason.rule, reason.clause, reason.then_of, reason.of_capture)
}

impl<'d> View<'d> {
    /// What is known of a fact, under the name by which the decision speaks of it.
    pub(super) fn known(self, read: &FactRead, name: &'d str) -> Option<(Cow<'d, str>, KnownForm<'d>)> {
        let (context, tree) = (self.context, self.tree);
        let form = match read {
            FactRead::Fact(fact) => self.of_holder(*fact),
            FactRead::Person(person, fact) => {
                let known = context.parties.get(*person).and_then(|party| party.facts.get(fact));
                known.map_or_else(not_asked, |known| self.stated(*fact, known))
            }
            FactRead::Judgment(judgment) => self.judgment(*judgment),
            FactRead::IntendedPurposes => {
                list(context.intended.as_ref().map(|set| set.iter().map(|id| tree.purposes.name(*id)).collect()))
            }
            FactRead::PromisedPurposes => {
                list(context.promised.as_ref().map(|set| set.iter().map(|id| tree.purposes.name(*id)).collect()))
            }
            FactRead::Categories => {
                list(context.categories.as_ref().map(|set| set.iter().map(|id| tree.categories.name(*id)).collect()))
            }
            FactRead::OtherPersons if context.parties_complete => form(FactForm::Flag(true), HowForm::Given),
            FactRead::OtherPersons => not_asked(),
            FactRead::Statement(_)
            | FactRead::Phase(_)
            | FactRead::Question(_)
            | FactRead::Capture
            | FactRead::Enacted(_)
            | FactRead::Event(_) => return None,
        };
        Some((Cow::Borrowed(name), form))
    }

    fn stated(self, fact: FactId, known: &'d Known) -> KnownForm<'d> {
        let how = match known.provenance {
            Provenance::Given => HowForm::Given,
            Provenance::Bundle => HowForm::Bundle,
            Provenance::Presumed => HowForm::Presumed,
            Provenance::AskedUnknown => HowForm::AskedUnknown,
        };
        let claims = match known.claims.is_empty() {
            true => Vec::new(),
            false => self.writer.locations(Some(known)).unwrap_or_default(),
        };
        KnownForm { value: self.writer.possible(fact, &known.possible), known: how, claims }
    }

    /// The call's own statement, else the bundle's, as the evaluator reads them.
    fn of_holder(self, fact: FactId) -> KnownForm<'d> {
        let stated = self.context.facts.get(&fact);
        if let Some(known) = stated.filter(|known| known.possible != Possible::Anything) {
            return self.stated(fact, known);
        }
        let bundle = self.decision.bundle.and_then(|bundle| self.tree.bundles.get(bundle));
        let of = |list: &'d [(FactId, Possible)], how| {
            let found = list.iter().find(|(id, _)| *id == fact);
            found.map(|(_, possible)| form(self.writer.possible(fact, possible), how))
        };
        bundle
            .and_then(|bundle| of(&bundle.given, HowForm::Bundle).or_else(|| of(&bundle.presumes, HowForm::Presumed)))
            .or_else(|| stated.map(|known| self.stated(fact, known)))
            .unwrap_or_else(not_asked)
    }

    fn judgment(self, judgment: JudgmentId) -> KnownForm<'d> {
        let answered = self.decision.answered.iter().find(|(id, ..)| *id == judgment);
        match (self.context.judgments.get(&judgment), answered) {
            (Some(Some(answer)), _) => form(FactForm::Flag(*answer), HowForm::Given),
            (_, Some((_, answer, ..))) => form(FactForm::Flag(*answer), HowForm::Answered),
            (Some(None), None) => form(FactForm::Unknown(()), HowForm::AskedUnknown),
            (None, None) => not_asked(),
        }
    }

    /// What the bundle presumes.
    pub(super) fn presumed(self) -> Named<'d, FactForm<'d>> {
        let presumed = self.decision.presumed.iter();
        let name = |fact| Cow::Owned(self.decision.fact_name(&FactRead::Fact(fact)));
        Named(presumed.map(|(fact, value)| (name(*fact), self.writer.possible(*fact, value))).collect())
    }
}

fn form<'d>(value: FactForm<'d>, known: HowForm) -> KnownForm<'d> {
    KnownForm { value, known, claims: Vec::new() }
}

fn not_asked<'d>() -> KnownForm<'d> {
    form(FactForm::Unknown(()), HowForm::NotAsked)
}

fn list(names: Option<Vec<&str>>) -> KnownForm<'_> {
    match names {
        Some(mut names) => {
            names.sort_unstable();
            let names = names.into_iter().map(|name| Text(Cow::Borrowed(name))).collect();
            form(FactForm::Values(names), HowForm::Given)
        }
        None => not_asked(),
    }
}
