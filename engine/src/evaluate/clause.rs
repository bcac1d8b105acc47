//! What one prohibiting clause comes to in a world: ¬(it speaks and its condition holds) ∨ its requirement ∨ its exceptions' ways.

use super::frame::Frame;
use super::part::Part;
use super::requirement;
use super::world::{self, InWorld, Var, World};
use crate::compile::ClauseRef;
use crate::decision::Formula;
use crate::tree::{Allow, Clause, ClauseKind, ExceptionId, RuleId, SourceId};

/// Which exceptions are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exceptions {
    /// All of them.
    All,
    /// None.
    None,
    /// This one alone.
    Only(ExceptionId),
}

impl Frame<'_, '_> {
    /// The clause that a reference names.
    pub fn clause(&self, at: ClauseRef) -> Option<&Clause> {
        super::beside::clause(self.session.tree, at)
    }

    /// What a clause comes to for a part of the act.
    pub fn comes_to(&self, part: Part<'_>, at: ClauseRef, exceptions: Exceptions, world: &World) -> InWorld<Formula> {
        self.says_of(part, at, exceptions, world).map(|said| said.unwrap_or(Formula::True))
    }

    /// What a clause says of a part of the act, which is the frame's instance; `None` when there is no such part, or the clause does not
    /// speak of it.
    pub fn says_of(
        &self,
        part: Part<'_>,
        at: ClauseRef,
        exceptions: Exceptions,
        world: &World,
    ) -> InWorld<Option<Formula>> {
        let tree = self.session.tree;
        let (Some(rule), Some(clause)) = (tree.rules.get(at.rule), self.clause(at)) else { return Ok(None) };
        let ClauseKind::Prohibit { act, condition, unless } = &clause.kind else { return Ok(None) };
        let speaks = world::all_of(&[
            &|| self.governed_by(act, world),
            &|| self.binds(at.rule, world),
            &|| self.session.reads(clause.reading, world),
            &|| part.exists(self, world),
            &|| at.then_of.map_or(Ok(true), |exception| self.was_relied_on(exception, world)),
            &|| condition.as_ref().map_or(Ok(true), |condition| self.holds(condition, rule.source, world)),
        ]);
        match speaks {
            Ok(false) => Ok(None),
            Ok(true) => self.ways_of(at, unless.as_ref(), exceptions, world).map(Some),
            // Whatever the fact is, the clause may be met already.
            Err(split) => match self.ways_of(at, unless.as_ref(), exceptions, world) {
                Ok(Formula::True) => Ok(Some(Formula::True)),
                _ => Err(split),
            },
        }
    }

    fn ways_of(
        &self,
        at: ClauseRef,
        unless: Option<&crate::tree::Req>,
        exceptions: Exceptions,
        world: &World,
    ) -> InWorld<Formula> {
        let Some(rule) = self.session.tree.rules.get(at.rule) else { return Ok(Formula::True) };
        let own = unless.map_or(Ok(Formula::False), |unless| self.requires(unless, rule.source, world));
        let excepted: &[ExceptionId] = if at.then_of.is_some() { &[] } else { &rule.exceptions };
        let added = excepted.iter().filter(|id| match exceptions {
            Exceptions::All => true,
            Exceptions::None => false,
            Exceptions::Only(only) => **id == only,
        });
        requirement::any(std::iter::once(own).chain(added.map(|exception| self.adds(*exception, world))))
    }

    /// The way that an exception adds.
    pub fn adds(&self, exception: ExceptionId, world: &World) -> InWorld<Formula> {
        let Some(exception) = self.session.tree.exceptions.get(exception) else { return Ok(Formula::False) };
        let one = |allow: &Allow| {
            let open = world::all_of(&[
                &|| self.session.reads(allow.reading, world),
                &|| self.governed_by(&allow.act, world),
                &|| allow.condition.as_ref().map_or(Ok(true), |cond| self.holds(cond, exception.source, world)),
            ]);
            let provided = match (&open, &allow.provided) {
                (Ok(false), _) => Ok(Formula::False),
                (_, Some(provided)) => self.requires(provided, exception.source, world),
                (_, None) => Ok(Formula::True),
            };
            requirement::all([open.map(|open| if open { Formula::True } else { Formula::False }), provided].into_iter())
        };
        let ways = requirement::any(exception.allows.iter().map(one));
        let prices = exception.thens.iter().map(|then| self.price(then, exception.source, world));
        requirement::all(std::iter::once(ways).chain(prices))
    }

    /// What relying on an exception costs the act itself: what it says *then* of it.
    fn price(&self, then: &Clause, source: SourceId, world: &World) -> InWorld<Formula> {
        let ClauseKind::Prohibit { act, condition, unless } = &then.kind else { return Ok(Formula::True) };
        let speaks =
            world::all_of(&[&|| self.session.reads(then.reading, world), &|| self.governed_by(act, world), &|| {
                condition.as_ref().map_or(Ok(true), |condition| self.holds(condition, source, world))
            }]);
        let idle = speaks.map(|speaks| if speaks { Formula::False } else { Formula::True });
        let met = unless.as_ref().map_or(Ok(Formula::False), |unless| self.requires(unless, source, world));
        requirement::any([idle, met].into_iter())
    }

    /// Whether the capture relied on an exception. An exception that allows the judged act itself has its price in its way.
    fn was_relied_on(&self, exception: ExceptionId, world: &World) -> InWorld<bool> {
        let allows = self.session.tree.exceptions.get(exception).map(|one| one.allows.as_slice()).unwrap_or_default();
        let itself = allows.iter().any(|allow| self.names(&allow.act));
        if itself { Ok(false) } else { self.relied_on(exception, world) }
    }

    /// Whether a rule binds here and now: run, in force, its source applies, and nothing displaces it.
    pub fn binds(&self, rule: RuleId, world: &World) -> InWorld<bool> {
        world::all_of(&[&|| self.speaks(rule, world), &|| {
            let displacers = self.session.set.displacers.get(rule.0 as usize);
            world::any(displacers.into_iter().flatten().map(|displacer| {
                world::all_of(&[&|| self.speaks(*displacer, world), &|| self.displaces(*displacer, rule, world)])
            }))
            .map(|displaced| !displaced)
        }])
    }

    /// Whether a rule is run and in force and its source applies.
    fn speaks(&self, rule: RuleId, world: &World) -> InWorld<bool> {
        let Some(declared) = self.session.tree.rules.get(rule) else { return Ok(false) };
        if !self.session.runs(declared.source)
            || !(declared.in_force.is_always() || declared.in_force.on(self.day(declared.source)))
        {
            return Ok(false);
        }
        if declared.in_force.proposed && !self.session.options.assume.contains(&rule) {
            return match world.part(&Var::Enacted(rule)) {
                Some(part) => Ok(*part == world::Part::Bool(true)),
                None => Ok(false),
            };
        }
        self.applies(declared.source, world)
    }

    /// Whether a source's connecting factor is met.
    pub fn applies(&self, source: crate::tree::SourceId, world: &World) -> InWorld<bool> {
        let Some(declared) = self.session.tree.sources.get(source) else { return Ok(false) };
        if declared.applies.is_empty() {
            return Ok(true);
        }
        world::any(declared.applies.iter().map(|(condition, reading)| {
            world::all_of(&[&|| self.session.reads(*reading, world), &|| self.holds(condition, source, world)])
        }))
    }

    /// Whether the `displaces` of one rule names the other under a reading that decides.
    fn displaces(&self, displacer: RuleId, displaced: RuleId, world: &World) -> InWorld<bool> {
        let clauses = self.session.tree.rules.get(displacer).map(|rule| rule.clauses.as_slice()).unwrap_or_default();
        world::any(
            clauses
                .iter()
                .filter(|clause| matches!(clause.kind, ClauseKind::Displaces { rule, .. } if rule == displaced))
                .map(|clause| self.session.reads(clause.reading, world)),
        )
    }
}
