//! The tree behind a verdict, built only when somebody asks: which sources spoke and which did not apply, clause by clause, which
//! exceptions added a way, which rules were displaced, and what each piece comes to.

use std::sync::Arc;

use super::act::verdict_of;
use super::clause::Exceptions;
use super::frame::{Frame, Instance};
use super::part::{self, Part};
use super::reason;
use super::replay::BUDGET;
use super::session::{Options, Session};
use super::stretch;
use super::world::{self, InWorld, World};
use crate::compile::{ClauseRef, Heard, PolicySet};
use crate::context::{Context, Instant};
use crate::decision::{Action, Decision, FactRead, Formula, Verdict};
use crate::tree::{Act, ClauseKind, ExceptionId, RuleId, SourceId};

/// The tree behind the verdict on one act.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// The decision on the act.
    pub decision: Decision,
    /// What was heard about doing it.
    pub doing: Vec<SourceHeard>,
    /// What was heard about leaving it undone: only sources that demand it.
    pub leaving: Vec<SourceHeard>,
    /// What can still be done; the ways below point here.
    pub actions: Vec<Action>,
}

/// Whether something is so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is.
    Yes,
    /// It is not.
    No,
    /// It depends on facts that are not known.
    Depends(Vec<FactRead>),
}

/// A source that has something to say about the act.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceHeard {
    /// The source.
    pub source: SourceId,
    /// Whether it is run at all.
    pub runs: bool,
    /// Whether its connecting factor is met.
    pub applies: Answer,
    /// The facts that its connecting factor reads.
    pub facts: Vec<FactRead>,
    /// Its rules about the act, when it may apply.
    pub rules: Vec<RuleHeard>,
}

/// A rule about the act.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleHeard {
    /// The rule.
    pub rule: RuleId,
    /// Whether it binds.
    pub state: RuleState,
    /// Its clauses about the act, when it may bind.
    pub clauses: Vec<ClauseHeard>,
}

/// Whether a rule binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleState {
    /// It does.
    Binds,
    /// It is not in force on that day.
    NotInForce,
    /// It is a bill.
    Proposed,
    /// These rules take its place.
    Displaced(Vec<RuleId>),
    /// It depends on facts that are not known.
    Depends(Vec<FactRead>),
}

/// A clause about the act, for persons of whom it says the same.
#[derive(Clone, Debug, PartialEq)]
pub struct ClauseHeard {
    /// Its index in the rule, or among the exception's `then` clauses.
    pub clause: usize,
    /// The exception whose `then` clause this is.
    pub then_of: Option<ExceptionId>,
    /// The persons: indexes into `Decision::parties`; empty when it tells no persons apart.
    pub persons: Vec<usize>,
    /// Whether it speaks: it governs the act and its condition holds.
    pub speaks: Answer,
    /// What it comes to.
    pub verdict: Verdict,
    /// The facts that it reads, beside those of its source's connecting factor.
    pub facts: Vec<FactRead>,
    /// The exceptions to its rule.
    pub exceptions: Vec<ExceptionHeard>,
}

/// An exception to a clause that speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptionHeard {
    /// The exception.
    pub exception: ExceptionId,
    /// Whether it adds a way that the clause does not have without it.
    pub adds: bool,
    /// What it comes to by itself: `Prohibited` when it is not open here.
    pub verdict: Verdict,
    /// The facts that one would need to know.
    pub needs: Vec<FactRead>,
}

/// Explains the verdict on an act.
#[must_use]
pub fn explain(set: &Arc<PolicySet>, ctx: &Context, options: &Options, at: Instant, act: &Act) -> Explanation {
    let asked = Context { acts: vec![act.clone()], uses: Vec::new(), ..ctx.clone() };
    let decision = super::evaluate(set, &asked, options, at);
    let session = Session::new(set, &asked, options, at);
    let instance = Instance::of(&session, act);
    let omission = Instance { not: !instance.not, ..instance };
    let started = (!act.not).then(|| stretch::under_way(&session, act.act)).flatten();
    let doing = Listener { session: &session, instance, start: started.unwrap_or(at), running: started.is_some() };
    let leaving = Listener { session: &session, instance: omission, start: at, running: false };
    let (doing, mut leaving) = (doing.sources(), leaving.sources());
    leaving.retain(|source| {
        source.rules.iter().any(|rule| rule.clauses.iter().any(|clause| clause.verdict != Verdict::Cleared))
    });
    super::disclosure::fill(&session);
    let actions = session.actions.borrow().clone();
    Explanation { decision, doing, leaving, actions }
}

impl ClauseHeard {
    /// Whether it comes to the same for other persons, whatever the facts of each.
    fn is_like(&self, other: &Self) -> bool {
        let kind = |answer: &Answer| (*answer == Answer::Yes, *answer == Answer::No);
        let added = |heard: &Self| heard.exceptions.iter().map(|one| (one.adds, one.verdict)).collect::<Vec<_>>();
        self.verdict == other.verdict && kind(&self.speaks) == kind(&other.speaks) && added(self) == added(other)
    }

    /// The same for more persons.
    fn join(&mut self, other: Self) {
        self.persons.extend(other.persons);
        extend(&mut self.facts, other.facts);
        if let (Answer::Depends(needs), Answer::Depends(more)) = (&mut self.speaks, other.speaks) {
            extend(needs, more);
        }
        for (known, more) in self.exceptions.iter_mut().zip(other.exceptions) {
            extend(&mut known.needs, more.needs);
        }
    }
}

fn extend(facts: &mut Vec<FactRead>, more: Vec<FactRead>) {
    facts.extend(more);
    facts.sort();
    facts.dedup();
}

/// Somebody who listens to every source about one instance in one stretch.
struct Listener<'s, 'a> {
    session: &'s Session<'a>,
    instance: Instance,
    start: Instant,
    running: bool,
}

impl<'s, 'a> Listener<'s, 'a> {
    fn frame(&self, person: Option<usize>) -> Frame<'s, 'a> {
        Frame::of_stretch(self.session, self.instance.about(person), self.start, self.running)
    }

    fn sources(&self) -> Vec<SourceHeard> {
        self.session.tree.sources.ids().filter_map(|source| self.source(source)).collect()
    }

    fn source(&self, source: SourceId) -> Option<SourceHeard> {
        let tree = self.session.tree;
        let spoken = self.session.set.spoken.get(source.0 as usize)?;
        let own = spoken.about(self.instance.act, self.instance.not);
        if own.is_empty() {
            return None;
        }
        let frame = self.frame(None);
        let applies = answer(|world| frame.applies(source, world));
        let runs = self.session.runs(source);
        let declared = tree.sources.get(source)?;
        let roles = self.session.roles();
        let factors =
            declared.applies.iter().flat_map(|(condition, _)| reason::condition_reads(tree, &roles, condition));
        let mut facts: Vec<FactRead> = factors.collect();
        facts.sort();
        facts.dedup();
        let mut rules: Vec<RuleId> = own.iter().map(|heard| heard.at.rule).collect();
        rules.dedup();
        let heard = runs && applies != Answer::No;
        let mut rules: Vec<RuleHeard> =
            if heard { rules.iter().map(|rule| self.rule(*rule, own)).collect() } else { Vec::new() };
        for clause in rules.iter_mut().flat_map(|rule| &mut rule.clauses) {
            clause.facts.retain(|fact| !facts.contains(fact));
        }
        Some(SourceHeard { source, runs, applies, facts, rules })
    }

    fn rule(&self, rule: RuleId, own: &[Heard]) -> RuleHeard {
        let state = self.state(rule);
        let heard = matches!(state, RuleState::Binds | RuleState::Depends(_));
        let clauses = own.iter().filter(|one| heard && one.at.rule == rule).flat_map(|one| self.clause(one)).collect();
        RuleHeard { rule, state, clauses }
    }

    fn state(&self, rule: RuleId) -> RuleState {
        let tree = self.session.tree;
        let frame = self.frame(None);
        let Some(declared) = tree.rules.get(rule) else { return RuleState::NotInForce };
        if !declared.in_force.on(frame.day(declared.source)) {
            return RuleState::NotInForce;
        }
        if declared.in_force.proposed && !self.session.options.assume.contains(&rule) {
            return RuleState::Proposed;
        }
        match answer(|world| frame.binds(rule, world)) {
            Answer::Yes => RuleState::Binds,
            Answer::Depends(needs) => RuleState::Depends(needs),
            Answer::No => {
                let displacers = self.session.set.displacers.get(rule.0 as usize).into_iter().flatten();
                let speaks = |one: &&RuleId| answer(|world| frame.binds(**one, world)) == Answer::Yes;
                RuleState::Displaced(displacers.filter(speaks).copied().collect())
            }
        }
    }

    /// A clause, persons of whom it says the same together.
    fn clause(&self, heard: &Heard) -> Vec<ClauseHeard> {
        let mut persons: Vec<usize> = Vec::new();
        for stored in self.instance.stored(self.session) {
            persons.extend(self.session.persons(Frame { instance: stored, ..self.frame(None) }.line()));
        }
        persons.sort_unstable();
        persons.dedup();
        if !heard.personal || persons.is_empty() {
            return self.clause_about(heard, None).into_iter().collect();
        }
        let mut found: Vec<ClauseHeard> = Vec::new();
        for about in persons.into_iter().filter_map(|person| self.clause_about(heard, Some(person))) {
            match found.iter_mut().find(|known| known.is_like(&about)) {
                Some(known) => known.join(about),
                None => found.push(about),
            }
        }
        found
    }

    /// A clause about one person, of the part of the act for which it comes to the strictest, in what is stored of that person.
    fn clause_about(&self, heard: &Heard, person: Option<usize>) -> Option<ClauseHeard> {
        let at = heard.at;
        let is_of_person = |stored: &Instance| {
            let line = Frame { instance: *stored, ..self.frame(None) }.line();
            person.is_none_or(|person| self.session.on_line(line).any(|(one, _)| one == person))
        };
        let stored = self.instance.stored(self.session).filter(is_of_person);
        let parts = stored.flat_map(|stored| part::of(self.session, stored, &heard.parts)).map(|part| {
            let frame = Frame { instance: part.instance.about(person), ..self.frame(None) };
            let speaks = answer(|world| frame.speaks_here(part, at, world));
            let formula = strictest(|world| frame.comes_to(part, at, Exceptions::All, world));
            (verdict_of(self.session, &formula).0, speaks, frame, part)
        });
        let silence = |answer: &Answer| *answer == Answer::No;
        let strictest = parts.max_by_key(|(verdict, speaks, ..)| (*verdict, !silence(speaks)));
        let (verdict, speaks, frame, part) = strictest?;
        let rule = self.session.tree.rules.get(at.rule).filter(|_| at.then_of.is_none() && speaks != Answer::No);
        let exceptions = rule.map(|rule| rule.exceptions.as_slice()).unwrap_or_default();
        Some(ClauseHeard {
            clause: at.clause,
            then_of: at.then_of,
            persons: person.into_iter().collect(),
            speaks,
            verdict,
            facts: reason::clause_reads(self.session.tree, &self.session.roles(), at),
            exceptions: exceptions.iter().map(|exception| self.exception(&frame, part, at, *exception)).collect(),
        })
    }

    fn exception(
        &self,
        frame: &Frame<'_, '_>,
        part: Part<'_>,
        at: ClauseRef,
        exception: ExceptionId,
    ) -> ExceptionHeard {
        let cases = world::cases(&World::default(), BUDGET, |world| frame.adds(exception, world));
        let needs = if cases.agree() { Vec::new() } else { cases.needs().iter().map(world::Var::read).collect() };
        let formula = strictest(|world| frame.adds(exception, world));
        let without = strictest(|world| frame.comes_to(part, at, Exceptions::None, world));
        let with = strictest(|world| frame.comes_to(part, at, Exceptions::Only(exception), world));
        let (verdict, ..) = verdict_of(self.session, &formula);
        ExceptionHeard { exception, adds: without != with, verdict, needs }
    }
}

/// Yes, no, or on which facts it depends.
fn answer(judge: impl Fn(&World) -> InWorld<bool>) -> Answer {
    let cases = world::cases(&World::default(), BUDGET, judge);
    match cases.leaves.first() {
        Some((_, first)) if cases.agree() => {
            if *first {
                Answer::Yes
            } else {
                Answer::No
            }
        }
        _ => Answer::Depends(cases.needs().iter().map(world::Var::read).collect()),
    }
}

/// The strictest of all worlds.
fn strictest(judge: impl Fn(&World) -> InWorld<Formula>) -> Formula {
    let cases = world::cases(&World::default(), BUDGET, judge);
    if cases.cut { Formula::False } else { Formula::all(cases.leaves.into_iter().map(|(_, formula)| formula)) }
}

impl Frame<'_, '_> {
    /// Whether a clause of a rule that binds speaks here: it governs the act and its condition holds.
    fn speaks_here(&self, part: Part<'_>, at: ClauseRef, world: &World) -> InWorld<bool> {
        let (Some(rule), Some(clause)) = (self.session.tree.rules.get(at.rule), self.clause(at)) else {
            return Ok(false);
        };
        let ClauseKind::Prohibit { act, condition, .. } = &clause.kind else { return Ok(false) };
        world::all_of(&[
            &|| self.session.reads(clause.reading, world),
            &|| self.governed_by(act, world),
            &|| part.exists(self, world),
            &|| at.then_of.map_or(Ok(true), |exception| self.relied_on(exception, world)),
            &|| condition.as_ref().map_or(Ok(true), |condition| self.holds(condition, rule.source, world)),
        ])
    }
}
