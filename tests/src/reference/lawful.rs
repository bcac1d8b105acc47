//! The formula of section 3.1, as it stands: every rule that applies, every exception that adds a way, every place covered.

use std::sync::atomic::{AtomicUsize, Ordering};

use onrecord::tree::{
    Act, ActId, Allow, Clause, ClauseKind, Cond, Exception, ExceptionId, Group, Nature, Of, Place, ReadingId, Req,
    Rule, RuleId, SourceId, Tree,
};

use super::Defect;
use super::requirement::Standing;
use super::rows::Rows;
use super::scene::{Scene, Who};
use super::world::{Value, World};

/// A clause that prohibits.
#[derive(Clone, Copy, Debug)]
pub struct Prohibition<'a> {
    /// What.
    pub act: &'a Act,
    /// If.
    pub condition: Option<&'a Cond>,
    /// Unless.
    pub unless: Option<&'a Req>,
}

/// Which exceptions are heard.
#[derive(Clone, Copy, Debug)]
pub enum Heard {
    /// All of them.
    All,
    /// None.
    None,
    /// This one alone.
    Only(ExceptionId),
}

/// A clause as a prohibition, if it is one.
#[must_use]
pub fn prohibition(clause: &Clause) -> Option<Prohibition<'_>> {
    match &clause.kind {
        ClauseKind::Prohibit { act, condition, unless } => {
            Some(Prohibition { act, condition: condition.as_ref(), unless: unless.as_ref() })
        }
        _ => None,
    }
}

impl Scene<'_> {
    /// The sets of deeds after which the act is lawful in a world.
    #[must_use]
    pub fn lawful(&self, world: &World) -> Rows {
        let persons = self.instances(world);
        let of_all = self.lawful_for_all(world);
        if of_all == Rows::FALSE
            || self.running && !persons.iter().flatten().any(|person| self.is_human(world, *person))
        {
            return of_all;
        }
        let no_person = !persons.iter().flatten().any(|person| self.is_human(world, *person));
        let nobody = std::iter::once(None).filter(|_| no_person);
        nobody.chain(persons.iter().copied()).fold(Rows::TRUE, |rows, person| rows & self.lawful_of(world, person))
            & of_all
    }

    /// The persons one by one, as far as the act is of them; in a stretch under way, as far as recording of them has begun.
    #[must_use]
    pub fn instances(&self, world: &World) -> Vec<Option<Who>> {
        let captured = self.case.tree.acts[self.act.act].captures;
        let side =
            |person: &Who| captured.is_none_or(|side| self.case.tree.roles[self.role_of(world, *person)].side == side);
        let asked = |person: &Who| match self.act.of {
            Some(Of::Role(role)) => self.has_role(world, *person, role),
            _ => true,
        };
        let begun = |person: &Who| match person {
            Who::Party(index) if self.running => {
                self.begins(*index, self.act.act).is_some_and(|begun| begun <= self.start)
            }
            _ => true,
        };
        let persons = self.everybody(world).into_iter().filter(side).filter(asked).filter(begun);
        persons.map(Some).collect()
    }

    /// The sets of deeds after which the act is lawful as far as it is about this person.
    #[must_use]
    pub fn lawful_for(&self, world: &World, person: Option<Who>) -> Rows {
        self.lawful_for_all(world) & self.lawful_of(world, person)
    }

    /// What is of nobody in particular: every place is covered, and nothing unlawful is used.
    fn lawful_for_all(&self, world: &World) -> Rows {
        if self.tainted(world) { Rows::FALSE } else { self.covered(world) }
    }

    fn lawful_of(&self, world: &World, person: Option<Who>) -> Rows {
        let parts = self.parts(world, person);
        parts.iter().fold(Rows::TRUE, |rows, part| rows & part.lawful_part(world, person))
    }

    fn lawful_part(&self, world: &World, person: Option<Who>) -> Rows {
        let rules = self.case.tree.rules.iter().map(|(id, rule)| self.rule(world, id, rule, person));
        let of_rules = if self.is_wrong(Defect::LastRuleWins) {
            rules.filter(|rows| *rows != Rows::TRUE).last().unwrap_or(Rows::TRUE)
        } else {
            rules.fold(Rows::TRUE, |rows, rule| rows & rule)
        };
        of_rules & self.burdens(world, person)
    }

    fn rule(&self, world: &World, id: RuleId, rule: &Rule, person: Option<Who>) -> Rows {
        let clauses = 0..rule.clauses.len();
        clauses.fold(Rows::TRUE, |rows, clause| rows & self.clause_of_part(world, id, clause, person, Heard::All))
    }

    /// The sets of deeds after which one clause is met for every part of the act, hearing these exceptions.
    #[must_use]
    pub fn clause(&self, world: &World, id: RuleId, clause: usize, person: Option<Who>, heard: Heard) -> Rows {
        let parts = self.parts(world, person);
        parts.iter().fold(Rows::TRUE, |rows, part| rows & part.clause_of_part(world, id, clause, person, heard))
    }

    fn clause_of_part(&self, world: &World, id: RuleId, clause: usize, person: Option<Who>, heard: Heard) -> Rows {
        let rule = &self.case.tree.rules[id];
        let clause = &rule.clauses[clause];
        let Some(prohibition) = prohibition(clause) else { return Rows::TRUE };
        let speaks = self.binds(world, id)
            && self.adopts(world, clause.reading)
            && self.is_about(world, prohibition.act, person)
            && self.speaks_of(world, prohibition.act, person);
        if !speaks || self.is_idle_by_defect() {
            return Rows::TRUE;
        }
        self.kept(world, prohibition, person, rule.source) | self.excepted(world, id, person, heard)
    }

    /// Two wrong behaviours: a rule that binds only if somebody was told something, and one that binds every other time.
    fn is_idle_by_defect(&self) -> bool {
        static JUDGED: AtomicUsize = AtomicUsize::new(0);
        let untold = || self.case.ctx.parties.iter().all(|party| party.told.is_empty() && party.said.is_empty());
        (self.is_wrong(Defect::GuardOnTold) && untold())
            || (self.is_wrong(Defect::DependsOnTheRun) && JUDGED.fetch_add(1, Ordering::Relaxed).is_multiple_of(3))
    }

    /// What exceptions that the capture relied on say *then* of this act. One that allows this act has its price in its way.
    fn burdens(&self, world: &World, person: Option<Who>) -> Rows {
        let mut rows = Rows::TRUE;
        for (id, exception) in self.case.tree.exceptions.iter() {
            let thens = exception.thens.iter().filter(|then| self.adopts(world, then.reading)).filter_map(prohibition);
            let mut thens = thens.filter(|then| self.speaks_of(world, then.act, person)).peekable();
            let itself = exception.allows.iter().any(|allow| may_speak(self.case.tree, &allow.act, &self.act));
            if thens.peek().is_none() || itself || !exception.rules.iter().any(|rule| self.binds(world, *rule)) {
                continue;
            }
            if super::capture::relied_on(self, world, id) {
                rows = thens.fold(rows, |rows, then| rows & self.kept(world, then, person, exception.source));
            }
        }
        rows
    }

    /// Whether what is used was captured against legislation or regulation, and no line of the bundle says that it may be used.
    fn tainted(&self, world: &World) -> bool {
        let tree = self.case.tree;
        if tree.acts[self.act.act].group != Group::Use || self.act.not || self.is_wrong(Defect::TaintForgotten) {
            return false;
        }
        let despite = self.case.bundle().map(|bundle| bundle.despite_unlawful.as_slice()).unwrap_or_default();
        let is_allowed = |asked| despite.iter().any(|(purpose, _)| tree.purposes[asked].is_a(*purpose));
        !self.act.purpose.is_some_and(is_allowed) && super::capture::unlawful(self, world, None)
    }

    /// An act is of persons; it is of a machine where a clause says so.
    fn is_about(&self, world: &World, pattern: &Act, person: Option<Who>) -> bool {
        let of_machines = match pattern.of {
            Some(Of::Role(role)) => self.case.tree.roles[role].nature == Nature::Machine,
            _ => false,
        };
        person.is_none_or(|person| self.is_human(world, person) != of_machines)
    }

    /// Not C, or R.
    fn kept(&self, world: &World, clause: Prohibition<'_>, person: Option<Who>, source: SourceId) -> Rows {
        let at = Standing { that: person, source: Some(source) };
        if !clause.condition.is_none_or(|condition| self.holds(world, condition, person, self.day(source))) {
            return Rows::TRUE;
        }
        clause.unless.map_or(Rows::FALSE, |unless| self.met(world, unless, at))
    }

    /// The ways that exceptions to a rule add.
    fn excepted(&self, world: &World, rule: RuleId, person: Option<Who>, heard: Heard) -> Rows {
        let is_heard = |id: ExceptionId| match heard {
            Heard::All => true,
            Heard::None => false,
            Heard::Only(only) => id == only,
        };
        let exceptions = self.case.tree.exceptions.iter().filter(|(id, _)| is_heard(*id));
        let ways = exceptions.filter(|(_, exception)| exception.rules.contains(&rule));
        let ways = ways.map(|(_, exception)| self.way(world, exception, person));
        if self.is_wrong(Defect::SiblingsAnded) {
            let ways: Vec<Rows> = ways.collect();
            return if ways.is_empty() {
                Rows::FALSE
            } else {
                ways.into_iter().fold(Rows::TRUE, |rows, way| rows & way)
            };
        }
        ways.fold(Rows::FALSE, |rows, way| rows | way)
    }

    /// The way that an exception adds, at its price: what it says *then* of the same act.
    fn way(&self, world: &World, exception: &Exception, person: Option<Who>) -> Rows {
        let source = exception.source;
        let allows = exception.allows.iter().filter(|allow| self.adopts(world, allow.reading));
        let allows = allows.filter(|allow| self.speaks_of(world, &allow.act, person));
        let way = allows.fold(Rows::FALSE, |rows, allow| rows | self.allowed(world, allow, person, source));
        exception
            .thens
            .iter()
            .filter(|clause| self.adopts(world, clause.reading))
            .filter_map(prohibition)
            .filter(|then| self.speaks_of(world, then.act, person))
            .fold(way, |rows, then| rows & self.kept(world, then, person, source))
    }

    fn allowed(&self, world: &World, allow: &Allow, person: Option<Who>, source: SourceId) -> Rows {
        let at = Standing { that: person, source: Some(source) };
        if !allow.condition.as_ref().is_none_or(|condition| self.holds(world, condition, person, self.day(source))) {
            return Rows::FALSE;
        }
        allow.provided.as_ref().map_or(Rows::TRUE, |provided| self.met(world, provided, at))
    }

    /// Whether a rule is in force, applies and is not displaced.
    #[must_use]
    pub fn binds(&self, world: &World, id: RuleId) -> bool {
        self.applies(world, id) && !self.displaced(world, id)
    }

    /// Whether a rule is run, in force, and its source applies.
    #[must_use]
    pub fn applies(&self, world: &World, id: RuleId) -> bool {
        let rule = &self.case.tree.rules[id];
        let source = &self.case.tree.sources[rule.source];
        let day = self.day(rule.source);
        let enacted = !rule.in_force.proposed || self.case.options.assume.contains(&id);
        let connects = source
            .applies
            .iter()
            .filter(|(_, reading)| self.adopts(world, *reading))
            .any(|(condition, _)| self.holds(world, condition, None, day));
        self.case.runs(rule.source) && enacted && rule.in_force.on(day) && (source.applies.is_empty() || connects)
    }

    fn displaced(&self, world: &World, id: RuleId) -> bool {
        self.case.tree.rules.iter().any(|(other, rule)| {
            let displaces = |clause: &Clause| {
                matches!(&clause.kind, ClauseKind::Displaces { rule, .. } if *rule == id)
                    && self.adopts(world, clause.reading)
            };
            rule.clauses.iter().any(displaces) && self.applies(world, other)
        })
    }

    /// Whether a line under a reading speaks.
    #[must_use]
    pub fn adopts(&self, world: &World, reading: Option<ReadingId>) -> bool {
        reading.is_none_or(|reading| world.readings.get(&self.case.tree.readings[reading].question) == Some(&reading))
    }

    /// Whether this part of the act, as far as it is about this person, is what a pattern names or a kind of it; an act left undone
    /// leaves undone what it has as a part.
    #[must_use]
    pub fn speaks_of(&self, world: &World, pattern: &Act, person: Option<Who>) -> bool {
        let tree = self.case.tree;
        let part = self.part;
        let kind = |lower: ActId, upper: ActId| tree.acts[lower].word.is_a(upper);
        let purpose = |lower, upper| tree.purposes[lower].is_a(upper);
        let recipient = |lower, upper| tree.recipients[lower].is_a(upper);
        pattern.not == self.act.not
            && if pattern.not { kind(pattern.act, part.act) } else { kind(part.act, pattern.act) }
            && self.is_within(pattern.purpose, part.purpose, purpose)
            && self.is_within(pattern.recipient, part.recipient, recipient)
            && pattern.of.is_none_or(|of| self.is_of(world, of, person))
            && pattern.phase.is_none_or(|phase| self.is_during(world, phase))
    }

    fn is_within<T: Copy>(&self, named: Option<T>, judged: Option<T>, kind: impl Fn(T, T) -> bool) -> bool {
        match (named, judged) {
            (None, _) => true,
            (Some(_), None) => self.act.not,
            (Some(named), Some(judged)) if self.act.not => kind(named, judged),
            (Some(named), Some(judged)) => kind(judged, named),
        }
    }

    fn is_of(&self, world: &World, of: Of, person: Option<Who>) -> bool {
        let tree = self.case.tree;
        match of {
            Of::Role(role) => person.is_some_and(|person| self.has_role(world, person, role)),
            Of::Category(category) if self.act.not && self.part.category.is_none() => {
                world.categories.iter().any(|one| tree.categories[*one].is_a(category))
            }
            Of::Category(category) => {
                self.is_within(Some(category), self.part.category, |lower, upper| tree.categories[lower].is_a(upper))
            }
            Of::Artefact(artefact) => {
                self.is_within(Some(artefact), self.part.artefact, |lower, upper| tree.artefacts[lower].is_a(upper))
            }
        }
    }

    fn is_during(&self, world: &World, phase: onrecord::tree::PhaseId) -> bool {
        let tree = self.case.tree;
        match self.act.phase {
            Some(asked) => tree.phases[asked].word.is_a(phase),
            None => {
                let logged = self.case.ctx.phases.iter();
                let mut on = logged.filter(|(_, when)| when.contains(self.start)).map(|(one, _)| *one);
                on.any(|one| tree.phases[one].word.is_a(phase))
                    || (!self.is_logged()
                        && world.phases.iter().any(|(one, on)| *on && tree.phases[*one].word.is_a(phase)))
            }
        }
    }

    fn covered(&self, world: &World) -> Rows {
        if self.act.not || !self.case.guards(self.act.act) {
            return Rows::TRUE;
        }
        if self.places(world).iter().all(|place| self.is_covered(place)) {
            return Rows::TRUE;
        }
        let closure = self.case.bundle().and_then(|bundle| bundle.where_uncovered.as_ref());
        let at = Standing { that: None, source: None };
        closure.map_or(Rows::FALSE, |closure| self.met(world, closure, at))
    }

    /// Where the persons, the recorder and the company are.
    fn places(&self, world: &World) -> Vec<Place> {
        let known = &self.case.tree.known;
        let persons = self.everybody(world).into_iter().filter(|person| self.is_human(world, *person));
        let persons = persons.filter_map(|person| match person {
            Who::Party(index) => world.persons.get(&(index, known.location?)),
            Who::Stranger(index) => world.strangers[index].facts.get(&known.location?),
        });
        let others = [known.recorder_location, known.establishment].into_iter().flatten();
        let others = others.filter_map(|fact| world.facts.get(&fact));
        let of = |value: &Value| match value {
            Value::Places(places) => places.iter().cloned().collect(),
            _ => Vec::new(),
        };
        persons.chain(others).flat_map(of).collect()
    }

    fn is_covered(&self, place: &Place) -> bool {
        let day = self.start.date_naive();
        if self.is_wrong(Defect::CoverageByAnySource) && !self.case.tree.sources.is_empty() {
            return true;
        }
        self.case.tree.coverage.iter().any(|claim| {
            // Nobody is in a country alone: there may be somewhere in it that is not claimed.
            let exactly = claim.place == *place && place.code().contains('-');
            let here = exactly || (claim.subdivisions && place.is_within(&claim.place));
            let now = claim.from <= day && claim.until.is_none_or(|until| day <= until);
            here && now && claim.acts.iter().any(|act| self.case.tree.acts[self.act.act].word.is_a(*act))
        })
    }
}

/// Whether a pattern can speak of an act at all: by its word and by whether it is left undone.
#[must_use]
pub fn may_speak(tree: &Tree, pattern: &Act, asked: &Act) -> bool {
    let kind = |lower: ActId, upper: ActId| tree.acts[lower].word.is_a(upper);
    let acts = if pattern.not {
        kind(pattern.act, asked.act)
    } else {
        kind(asked.act, pattern.act) || super::part::is_side_of(tree, pattern.act, asked.act)
    };
    pattern.not == asked.not && acts
}
