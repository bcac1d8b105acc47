//! What a person said about a term: the latest statement wins, at one instant refusal wins; a refusal reaches what rests on the
//! term, a grant reaches only what it names; silence is “no refusal” only as far as the log is complete.

use super::frame::Frame;
use super::world::{self, InWorld, TermKey, Var, World};
use crate::context::{Instant, Saying, SayingKind};
use crate::syntax::ast::Statement;
use crate::tree::{Of, Term, Tree};

/// Where a person stands on a term.
pub enum Stand<'a> {
    /// Nothing was said.
    Silent,
    /// The latest statement is a grant.
    Gave(&'a Saying),
    /// The latest statement is against it.
    Against,
}

/// A term without its place.
pub fn key(term: &Term) -> TermKey {
    let of = match term.of {
        None => 0,
        Some(Of::Role(id)) => 1 + id.0 * 3,
        Some(Of::Category(id)) => 2 + id.0 * 3,
        Some(Of::Artefact(id)) => 3 + id.0 * 3,
    };
    (term.act.0, of, term.purpose.map_or(0, |id| id.0 + 1), term.recipient.map_or(0, |id| id.0 + 1))
}

impl<'a> Frame<'_, 'a> {
    /// Where a person stands on a term at an instant.
    pub fn stand(&self, person: usize, term: &Term, by: Instant, world: &World) -> InWorld<Stand<'a>> {
        let Some(party) = self.session.ctx.parties.get(person) else { return Ok(Stand::Silent) };
        let mut latest: Option<&Saying> = None;
        for saying in party.said.iter().filter(|saying| saying.at <= by && self.concerns(saying, term)) {
            let later = latest.is_none_or(|other| {
                saying.at > other.at || (saying.at == other.at && matches!(saying.kind, SayingKind::Against(_)))
            });
            if later {
                latest = Some(saying);
            }
        }
        if let Some(Saying { kind: SayingKind::Against(_), .. }) = latest {
            return Ok(Stand::Against);
        }
        if !self.session.log_complete(by) && world::decide(world, Var::Said(person, None, key(term)))? {
            return Ok(Stand::Against);
        }
        Ok(latest.map_or(Stand::Silent, Stand::Gave))
    }

    /// Whether a person's latest statement on a term is this one.
    pub fn said(&self, person: usize, statement: Statement, term: &Term, world: &World) -> InWorld<bool> {
        let Some(party) = self.session.ctx.parties.get(person) else { return Ok(false) };
        let latest = party
            .said
            .iter()
            .filter(|saying| saying.at <= self.start && self.concerns(saying, term))
            .max_by_key(|saying| (saying.at, matches!(saying.kind, SayingKind::Against(_))));
        match latest.map(|saying| &saying.kind) {
            Some(SayingKind::Against(said)) if *said == statement => Ok(true),
            _ if self.session.log_complete(self.start) => Ok(false),
            _ => world::decide(world, Var::Said(person, Some(statement), key(term))),
        }
    }

    fn concerns(&self, saying: &Saying, term: &Term) -> bool {
        match saying.kind {
            SayingKind::Gave { .. } => is_same(&saying.term, term),
            SayingKind::Against(_) => rests_on(self.session.tree, term, &saying.term),
        }
    }
}

/// Whether two terms are the same: consent to a part (in one phase) is not consent to the whole.
pub fn is_same(one: &Term, other: &Term) -> bool {
    key(one) == key(other) && one.phase == other.phase
}

/// Whether `term` is what `stated` names, or a kind or a part of it.
pub fn rests_on(tree: &Tree, term: &Term, stated: &Term) -> bool {
    tree.acts.get(term.act).is_some_and(|word| word.word.is_a(stated.act))
        && stated.of.is_none_or(|of| match (term.of, of) {
            (Some(Of::Role(one)), Of::Role(other)) => tree.roles.get(one).is_some_and(|word| word.word.is_a(other)),
            (Some(Of::Category(one)), Of::Category(other)) => {
                tree.categories.get(one).is_some_and(|word| word.is_a(other))
            }
            (Some(Of::Artefact(one)), Of::Artefact(other)) => {
                tree.artefacts.get(one).is_some_and(|word| word.is_a(other))
            }
            _ => false,
        })
        && stated.purpose.is_none_or(|wanted| {
            term.purpose.and_then(|one| tree.purposes.get(one)).is_some_and(|word| word.is_a(wanted))
        })
        && stated.recipient.is_none_or(|wanted| {
            term.recipient.and_then(|one| tree.recipients.get(one)).is_some_and(|word| word.is_a(wanted))
        })
}
