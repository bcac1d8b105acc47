//! One act, in one stretch of one call: who is on the line, what was said by its start, and what can still be done.

use std::rc::Rc;

use chrono::{NaiveDate, Utc};
use onrecord::context::{Instant, Moment, Saying, SayingKind};
use onrecord::syntax::ast::Statement;
use onrecord::tree::{Act, Group, Nature, RoleId, SourceId, Term};

use super::deed::Possibility;
use super::part::Part;
use super::world::World;
use super::{Case, Defect, matching};

/// Somebody on the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// A party of the context.
    Party(usize),
    /// One of the world's strangers.
    Stranger(usize),
}

/// One act in one stretch.
#[derive(Clone, Debug)]
pub struct Scene<'a> {
    /// Of which call and policy.
    pub case: &'a Case<'a>,
    /// The act.
    pub act: Act,
    /// The part of it that is judged.
    pub part: Part,
    /// When the stretch begins.
    pub start: Instant,
    /// By the law of which moment, if not by that of the start.
    pub law: Option<Moment>,
    /// Whether the act runs already: what must come before it can no longer be done.
    pub running: bool,
    /// The parties on the line.
    pub people: Rc<Vec<usize>>,
    /// What can still be done.
    pub deeds: Rc<Vec<Possibility>>,
    /// What somebody may have said that the log, not being complete, does not hold.
    pub terms: Rc<Vec<(Statement, Term)>>,
}

impl<'a> Scene<'a> {
    /// The act in the stretch that begins at an instant.
    #[must_use]
    pub fn new(case: &'a Case<'a>, act: &Act, start: Instant, running: bool) -> Self {
        let everybody = || (0..case.ctx.parties.len()).collect();
        let is_use = case.tree.acts[act.act].group == Group::Use;
        let people = if is_use { everybody() } else { on_line(case, start) };
        let part = Part::whole(case.tree, act);
        let (deeds, terms) = Default::default();
        Self { case, act: act.clone(), part, start, law: None, running, people: Rc::new(people), deeds, terms }
    }

    /// What is used, stretch by stretch as it was captured, each with who was on the line then. Anything else is one, and so is a use of
    /// what was not captured: of everybody on the call.
    #[must_use]
    pub fn stored(&self) -> Vec<Self> {
        let whole = || vec![self.clone()];
        if self.act.not || self.case.tree.acts[self.act.act].group != Group::Use {
            return whole();
        }
        let captures = self.case.ctx.captures.iter();
        let starts = captures.flat_map(|(_, when)| super::capture::cut(self.case, *when)).map(|(start, _)| start);
        let scenes = starts.map(|start| Self { people: Rc::new(on_line(self.case, start)), ..self.clone() });
        let human = |person: &usize| self.is_human(&World::default(), Who::Party(*person));
        let of_somebody = |one: &Self| !self.case.ctx.parties_complete || one.people.iter().any(human);
        let scenes: Vec<Self> = scenes.filter(of_somebody).collect();
        if scenes.is_empty() { whole() } else { scenes }
    }

    /// Everybody on the line.
    #[must_use]
    pub fn everybody(&self, world: &World) -> Vec<Who> {
        let strangers = (0..world.strangers.len()).map(Who::Stranger);
        self.people.iter().copied().map(Who::Party).chain(strangers).collect()
    }

    /// Whether somebody is a natural person.
    #[must_use]
    pub fn is_human(&self, world: &World, person: Who) -> bool {
        self.case.tree.roles[self.role_of(world, person)].nature == Nature::Human
    }

    /// The role of somebody.
    #[must_use]
    pub fn role_of(&self, world: &World, person: Who) -> RoleId {
        match person {
            Who::Party(index) => self.case.ctx.parties[index].role,
            Who::Stranger(index) => world.strangers[index].role,
        }
    }

    /// The day by the law of which this is judged, where a source reckons: the stretch's first, but for periods.
    #[must_use]
    pub fn day(&self, source: impl Into<Option<SourceId>>) -> NaiveDate {
        let law = self.law.unwrap_or(Moment::Instant(self.start));
        match (law, source.into().and_then(|source| self.case.tree.sources[source].civil_time)) {
            (Moment::Day(day), _) => day,
            (Moment::Instant(at), Some(zone)) => at.with_timezone(&zone).date_naive(),
            (Moment::Instant(at), None) => at.with_timezone(&Utc).date_naive(),
        }
    }

    /// Whether somebody has said, by the start of the stretch, what this speaks of, and has not agreed since.
    #[must_use]
    pub fn has_said(&self, world: &World, person: Who, statement: Statement, term: &Term) -> bool {
        let tree = self.case.tree;
        let index = match person {
            Who::Party(index) => index,
            Who::Stranger(index) => return world.strangers[index].against,
        };
        let all = &self.case.ctx.parties[index].said;
        let agreed_since = |said: &Saying| {
            all.iter().any(|later| {
                matches!(later.kind, SayingKind::Gave { .. })
                    && said.at < later.at
                    && later.at <= self.start
                    && matching::grant_reaches(&later.term, term)
            })
        };
        let logged = all.iter().any(|said| {
            said.at <= self.start
                && said.kind == SayingKind::Against(statement)
                && matching::rests_on(tree, term, &said.term)
                && !agreed_since(said)
        });
        logged || self.may_have_said(world, index, term, |one| one == statement)
    }

    /// Whether the log says all that happened up to the start of the stretch. One that begins where the log ends goes on unlogged.
    #[must_use]
    pub fn is_logged(&self) -> bool {
        let goes_on = |to| self.start == to && to < self.case.at;
        self.case.ctx.log_complete_to.is_some_and(|to| self.start <= to && !goes_on(to))
    }

    /// Whether, in this world, somebody made a statement that nobody logged.
    #[must_use]
    pub fn may_have_said(&self, world: &World, index: usize, term: &Term, which: impl Fn(Statement) -> bool) -> bool {
        if self.is_logged() || self.is_wrong(Defect::SilenceIsNo) {
            return false;
        }
        world.unlogged.get(&index).into_iter().flatten().any(|said| {
            let (statement, about) = &self.terms[*said];
            which(*statement) && matching::rests_on(self.case.tree, term, about)
        })
    }
}

/// The parties on the line at an instant. Before the call begins, those with whom it begins.
fn on_line(case: &Case<'_>, at: Instant) -> Vec<usize> {
    let at = case.ctx.call.and_then(|call| call.from).map_or(at, |from| from.max(at));
    (0..case.ctx.parties.len()).filter(|index| case.ctx.parties[*index].on_line.contains(at)).collect()
}
