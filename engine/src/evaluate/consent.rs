//! What a person said about a term: the latest statement wins, at one instant refusal wins; a refusal reaches what rests on the
//! term, a grant reaches only what it names; silence is “no refusal” only as far as the log is complete.

use super::frame::Frame;
use super::world::{self, InWorld, Part, TermKey, Var, World};
use crate::context::{Instant, Saying, SayingKind};
use crate::source::Span;
use crate::syntax::ast::Statement;
use crate::tree::{ActId, ArtefactId, CategoryId, Of, PurposeId, RecipientId, RoleId, Term, Tree};

/// Where a person stands on a term.
pub enum Stand<'a> {
    /// The grants since the person was last against it, if ever; none, if nothing was said.
    Gave(Vec<&'a Saying>),
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
        let Some(party) = self.session.ctx.parties.get(person) else { return Ok(Stand::Gave(Vec::new())) };
        let said = || party.said.iter().filter(|saying| saying.at <= by && self.concerns(saying, term));
        let is_against = |saying: &&Saying| matches!(saying.kind, SayingKind::Against(_));
        let against = said().filter(is_against).map(|saying| saying.at).max();
        let grants: Vec<&Saying> = said().filter(|saying| !is_against(saying) && Some(saying.at) > against).collect();
        if against.is_some() && grants.is_empty() {
            return Ok(Stand::Against);
        }
        if !self.session.log_complete(by) && self.unlogged(person, None, term, world)? {
            return Ok(Stand::Against);
        }
        Ok(Stand::Gave(grants))
    }

    /// Whether a person made this statement on a term, and has not agreed to it since.
    pub fn said(&self, person: usize, statement: Statement, term: &Term, world: &World) -> InWorld<bool> {
        let Some(party) = self.session.ctx.parties.get(person) else { return Ok(false) };
        let said = || party.said.iter().filter(|saying| saying.at <= self.start && self.concerns(saying, term));
        let made = said().filter(|saying| saying.kind == SayingKind::Against(statement)).map(|saying| saying.at).max();
        let agreed =
            said().filter(|saying| matches!(saying.kind, SayingKind::Gave { .. })).map(|saying| saying.at).max();
        if made.is_some() && agreed <= made {
            return Ok(true);
        }
        if self.session.log_complete(self.start) {
            return Ok(false);
        }
        self.unlogged(person, Some(statement), term, world)
    }

    /// Whether a person made a statement (any, when `None`) on a term that the log does not show. What was said of a whole was said of its
    /// parts; who said nothing of a part said nothing of the whole.
    fn unlogged(&self, person: usize, statement: Option<Statement>, term: &Term, world: &World) -> InWorld<bool> {
        let tree = self.session.tree;
        for (var, part) in world.assumed() {
            let Var::Said(one, made, about) = var else { continue };
            let about = self::term(*about);
            let (reaches, follows) = (made.is_some() && *made == statement, made.is_none() || *made == statement);
            match part {
                Part::Bool(true)
                    if *one == person && rests_on(tree, term, &about) && (reaches || statement.is_none()) =>
                {
                    return Ok(true);
                }
                Part::Bool(false) if *one == person && follows && rests_on(tree, &about, term) => return Ok(false),
                _ => {}
            }
        }
        world::decide(world, Var::Said(person, statement, key(term)))
    }

    /// Whether a person is against what is judged as a part of an act, and not against the whole of it.
    pub fn refused_part(&self, person: usize, whole: &Term, by: Instant) -> bool {
        let tree = self.session.tree;
        let (act, recipient) = (self.instance.act, self.instance.recipient);
        let part = Term { act, purpose: self.asked_purpose(), recipient, ..whole.clone() };
        let said = self.session.ctx.parties.get(person).map(|party| party.said.as_slice()).unwrap_or_default();
        let agreed_since = |refusal: &Saying| {
            said.iter().any(|later| {
                matches!(later.kind, SayingKind::Gave { .. })
                    && refusal.at < later.at
                    && later.at <= by
                    && is_same(&later.term, &refusal.term)
            })
        };
        said.iter().filter(|one| one.at <= by && matches!(one.kind, SayingKind::Against(_))).any(|one| {
            rests_on(tree, &one.term, whole)
                && !is_same(&one.term, whole)
                && rests_on(tree, &part, &one.term)
                && !agreed_since(one)
        })
    }

    fn concerns(&self, saying: &Saying, term: &Term) -> bool {
        match saying.kind {
            SayingKind::Gave { .. } => is_same(&saying.term, term),
            SayingKind::Against(_) => rests_on(self.session.tree, term, &saying.term),
        }
    }
}

/// The term of a key.
fn term(key: TermKey) -> Term {
    let (act, of, purpose, recipient) = key;
    let id = of.saturating_sub(1) / 3;
    let of = match of.checked_sub(1).map(|of| of % 3) {
        None => None,
        Some(0) => Some(Of::Role(RoleId(id))),
        Some(1) => Some(Of::Category(CategoryId(id))),
        Some(_) => Some(Of::Artefact(ArtefactId(id))),
    };
    let purpose = purpose.checked_sub(1).map(PurposeId);
    let recipient = recipient.checked_sub(1).map(RecipientId);
    Term { not: false, act: ActId(act), of, purpose, recipient, phase: None, span: Span::default() }
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
