//! The parts of an act that a clause tells apart, its exceptions included: who asks for the whole is answered for each of them, so that
//! a rule about a part speaks to the whole, and an exception for a part frees that part alone.

use crate::syntax::ast::PurposeKind;
use crate::tree::{
    Act, ActId, ArtefactId, CategoryId, Clause, ClauseKind, Cond, Doing, Exception, Group, Of, PhaseId, PurposeId,
    PurposeTest, RecipientId, Req, Tree,
};

use super::ClauseRef;

/// The words by which a clause and its exceptions tell parts of an act apart, each list ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// Captures of one side alone, of what is asked whole.
    pub sides: Vec<ActId>,
    /// Purposes of the acts that it speaks of.
    pub purposes: Vec<PurposeId>,
    /// Purposes against which its conditions hold the purpose that is asked.
    pub asked: Vec<PurposeId>,
    /// Recipients.
    pub recipients: Vec<RecipientId>,
    /// Categories of personal data.
    pub categories: Vec<CategoryId>,
    /// Artefacts.
    pub artefacts: Vec<ArtefactId>,
    /// Phases.
    pub phases: Vec<PhaseId>,
    /// Whether it asks who refused the judged act: then who refused a part of it tells that part apart.
    pub refused: bool,
    /// Whether it asks if *that purpose* was intended or promised: then what was tells parts of it apart.
    pub that_purpose: bool,
}

impl Parts {
    /// Whether no parts are told apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sides.is_empty()
            && self.purposes.is_empty()
            && self.asked.is_empty()
            && self.recipients.is_empty()
            && self.categories.is_empty()
            && self.artefacts.is_empty()
            && self.phases.is_empty()
            && !self.refused
            && !self.that_purpose
    }

    /// The parts of an act that a clause tells apart.
    pub fn of(tree: &Tree, at: ClauseRef, clause: &Clause, asked: ActId) -> Self {
        let mut parts = Self::default();
        let is_a = |one, other| tree.acts.get(one).is_some_and(|word| word.word.is_a(other));
        let speaks = |act: &Act| is_a(asked, act.act) || is_a(act.act, asked);
        parts.clause(clause, &speaks);
        let rule = tree.rules.get(at.rule);
        let source = rule.and_then(|rule| tree.sources.get(rule.source));
        source.into_iter().flat_map(|source| &source.applies).for_each(|(factor, _)| parts.condition(factor));
        if at.then_of.is_none() {
            let exceptions = rule.into_iter().flat_map(|rule| &rule.exceptions);
            exceptions
                .filter_map(|exception| tree.exceptions.get(*exception))
                .for_each(|one| parts.exception(one, &speaks));
        }
        if parts.refused {
            // Who refused one side tells it apart.
            parts.sides.extend(tree.acts.ids());
        }
        parts.sides.retain(|act| is_side_of(tree, *act, asked));
        put_in_order(&mut parts.sides);
        put_in_order(&mut parts.purposes);
        put_in_order(&mut parts.asked);
        put_in_order(&mut parts.recipients);
        put_in_order(&mut parts.categories);
        put_in_order(&mut parts.artefacts);
        put_in_order(&mut parts.phases);
        parts
    }

    fn exception(&mut self, exception: &Exception, speaks: &impl Fn(&Act) -> bool) {
        for allow in exception.allows.iter().filter(|allow| speaks(&allow.act)) {
            self.act(&allow.act);
            allow.condition.iter().for_each(|condition| self.condition(condition));
            allow.provided.iter().for_each(|provided| self.requirement(provided));
        }
        exception.thens.iter().for_each(|then| self.clause(then, speaks));
    }

    fn clause(&mut self, clause: &Clause, speaks: &impl Fn(&Act) -> bool) {
        if let ClauseKind::Prohibit { act, condition, unless } = &clause.kind
            && speaks(act)
        {
            self.act(act);
            condition.iter().for_each(|condition| self.condition(condition));
            unless.iter().for_each(|unless| self.requirement(unless));
        }
    }

    fn act(&mut self, act: &Act) {
        self.sides.push(act.act);
        self.purposes.extend(act.purpose);
        self.recipients.extend(act.recipient);
        self.phases.extend(act.phase);
        match act.of {
            Some(Of::Category(category)) => self.categories.push(category),
            Some(Of::Artefact(artefact)) => self.artefacts.push(artefact),
            Some(Of::Role(_)) | None => {}
        }
    }

    fn requirement(&mut self, requirement: &Req) {
        match requirement {
            Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| self.requirement(part)),
            Req::Labelled(_, inner) => self.requirement(inner),
            Req::Cond(condition) => self.condition(condition),
            Req::Persons { doing: Doing::Told(told), .. } => self.refused |= told.not_refused,
            Req::Persons { .. } | Req::InPlace(..) => {}
        }
    }

    fn condition(&mut self, condition: &Cond) {
        match condition {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Cond::Not(inner) => self.condition(inner),
            Cond::Purposes { test: PurposeTest::IncludeThat, .. } => self.that_purpose = true,
            Cond::Purposes { which: PurposeKind::Asked, test, .. } => match test {
                PurposeTest::IsAnyOf(names)
                | PurposeTest::AreOnly(names)
                | PurposeTest::Include(names)
                | PurposeTest::IsOtherThan(names) => self.asked.extend(names),
                PurposeTest::IncludeThat => {}
            },
            _ => {}
        }
    }
}

/// Whether one act captures one side alone of what the other captures whole.
pub fn is_side_of(tree: &Tree, side: ActId, whole: ActId) -> bool {
    let (Some(side), Some(of)) = (tree.acts.get(side), tree.acts.get(whole)) else { return false };
    side.captures.is_some() && of.captures.is_none() && of.group == Group::Capture && side.word.is_a(whole)
}

fn put_in_order<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}
