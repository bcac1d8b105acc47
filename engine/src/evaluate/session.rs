//! One evaluation: the policy as a bundle runs it, the call, the judged instant, and the actions met on the way.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::world::{InWorld, Var, World};
use crate::compile::{PolicySet, Spoken};
use crate::context::{Context, Instant, Interval, Party, Possible};
use crate::decision::{Action, ActionStatus, ActionWhat};
use crate::syntax::ast::{FactOf, Lead};
use crate::tree::{
    ActId, Bundle, BundleId, ExceptionId, FactId, Group, JudgmentId, Place, ReadingId, RoleId, RuleId, SafeguardId,
    SourceId, Tree,
};

/// What an evaluation is asked to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// The bundle; none runs every source.
    pub bundle: Option<BundleId>,
    /// These sources alone (a scenario `of` them), instead of the bundle's.
    pub sources: Option<Vec<SourceId>>,
    /// Readings adopted beside the bundle's.
    pub readings: Vec<ReadingId>,
    /// Proposed rules taken as enacted.
    pub assume: Vec<RuleId>,
    /// Whether guarded acts need coverage.
    pub coverage: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { bundle: None, sources: None, readings: Vec::new(), assume: Vec::new(), coverage: true }
    }
}

/// One evaluation.
pub struct Session<'a> {
    /// The policy.
    pub set: &'a PolicySet,
    /// Its tree.
    pub tree: &'a Tree,
    /// The call.
    pub ctx: &'a Context,
    /// What was asked to run.
    pub options: &'a Options,
    /// The bundle.
    pub bundle: Option<&'a Bundle>,
    /// The judged instant.
    pub at: Instant,
    /// The sources that may speak of this call.
    heard: Vec<SourceId>,
    /// Places that the call names and no condition does.
    others: OnceCell<Vec<Place>>,
    /// Whether the capture was unlawful, under a rule or any, as far as that was asked.
    unlawful: RefCell<BTreeMap<Option<RuleId>, Option<bool>>>,
    /// Whether the capture relied on an exception, as far as that was asked.
    relied_on: RefCell<BTreeMap<ExceptionId, Option<bool>>>,
    /// The stored stretches.
    stored: OnceCell<Vec<Option<Instant>>>,
    /// Actions met so far; formulas refer to them by index.
    pub actions: RefCell<Vec<Action>>,
}

impl<'a> Session<'a> {
    /// Begins an evaluation.
    pub fn new(set: &'a PolicySet, ctx: &'a Context, options: &'a Options, at: Instant) -> Self {
        let tree: &Tree = &set.tree;
        let bundle = options.bundle.and_then(|bundle| tree.bundles.get(bundle));
        let mut session = Self {
            set,
            tree,
            ctx,
            options,
            bundle,
            at,
            heard: Vec::new(),
            others: OnceCell::new(),
            unlawful: RefCell::default(),
            relied_on: RefCell::default(),
            stored: OnceCell::new(),
            actions: RefCell::new(Vec::new()),
        };
        session.heard = session.hear();
        session
    }

    /// The sources that may speak of this call, ascending.
    fn hear(&self) -> Vec<SourceId> {
        let reach = &self.set.reach;
        let mut heard = reach.everywhere.clone();
        for fact in reach.facts() {
            if self.tree.facts.get(fact).is_some_and(|fact| fact.of == FactOf::Party) {
                for party in &self.ctx.parties {
                    let known = party.facts.get(&fact).map_or(&Possible::Anything, |known| &known.possible);
                    self.hear_of(fact, known, &mut heard);
                }
                if !self.ctx.parties_complete {
                    reach.hear(fact, None, &mut heard);
                }
            } else {
                self.hear_of(fact, self.fact(fact), &mut heard);
            }
        }
        heard.sort_unstable();
        heard.dedup();
        heard.retain(|source| self.runs(*source));
        heard
    }

    fn hear_of(&self, fact: FactId, possible: &Possible, heard: &mut Vec<SourceId>) {
        match possible {
            Possible::Place(stated) | Possible::Places(stated) => {
                stated.iter().for_each(|place| self.set.reach.hear(fact, Some(place), heard));
            }
            Possible::Nothing => {}
            _ => self.set.reach.hear(fact, None, heard),
        }
    }

    /// Whether the capture was unlawful under a rule, or under any law; `None` when facts are missing. It is replayed once.
    pub fn capture_was_unlawful(&self, rule: Option<RuleId>) -> Option<bool> {
        let known = self.unlawful.borrow().get(&rule).copied();
        known.unwrap_or_else(|| {
            let replayed = super::replay::unlawful(self, rule);
            self.unlawful.borrow_mut().insert(rule, replayed);
            replayed
        })
    }

    /// Whether the capture relied on an exception; `None` when facts are missing. It is replayed once.
    pub fn capture_relied_on(&self, exception: ExceptionId) -> Option<bool> {
        let known = self.relied_on.borrow().get(&exception).copied();
        known.unwrap_or_else(|| {
            let replayed = super::replay::relied_on(self, exception);
            self.relied_on.borrow_mut().insert(exception, replayed);
            replayed
        })
    }

    /// The beginning of each stored stretch, one for all that have the same persons on the line. `None`: everybody on the call.
    pub fn stored(&self) -> &[Option<Instant>] {
        self.stored.get_or_init(|| super::stretch::stored(self))
    }

    /// What each source that may speak of this call says.
    pub fn spoken(&self) -> impl Iterator<Item = &'a Spoken> {
        self.heard.iter().filter_map(|source| self.set.spoken.get(source.0 as usize))
    }

    /// The index of an action, kept if it is new.
    pub fn action(&self, action: Action) -> usize {
        let mut actions = self.actions.borrow_mut();
        if let Some(index) = actions.iter().position(|known| *known == action) {
            return index;
        }
        actions.push(action);
        actions.len() - 1
    }

    /// Whether a source is run.
    pub fn runs(&self, source: SourceId) -> bool {
        match (&self.options.sources, self.bundle.and_then(|bundle| bundle.includes.as_ref())) {
            (Some(sources), _) => sources.contains(&source),
            (None, Some(included)) => included.contains(&source),
            (None, None) => true,
        }
    }

    /// Whether a rule's source is at a level of law.
    pub fn is_law(&self, rule: RuleId) -> bool {
        let source = self.tree.rules.get(rule).and_then(|rule| self.tree.sources.get(rule.source));
        source.is_some_and(|source| source.level.is_law())
    }

    /// Whether a reading decides, in this world.
    pub fn reads(&self, reading: Option<ReadingId>, world: &World) -> InWorld<bool> {
        let Some(reading) = reading else { return Ok(true) };
        let Some(question) = self.tree.readings.get(reading).map(|reading| reading.question) else { return Ok(true) };
        let rivals = self.tree.questions.get(question).map(|question| question.readings.as_slice()).unwrap_or_default();
        let adopted = |id: &ReadingId| {
            self.options.readings.contains(id) || self.bundle.is_some_and(|bundle| bundle.adopts.contains(id))
        };
        let mut chosen = rivals.iter().filter(|id| adopted(id));
        match (chosen.next(), chosen.next()) {
            (Some(one), None) => Ok(*one == reading),
            _ => super::world::single(
                world,
                Var::Question(question),
                || rivals.iter().map(|id| id.0).collect(),
                |id| id == reading.0,
            ),
        }
    }

    /// What is known of a fact of call, company or recorder.
    pub fn fact(&self, fact: FactId) -> &Possible {
        if let Some(known) = self.ctx.facts.get(&fact)
            && known.possible != Possible::Anything
        {
            return &known.possible;
        }
        let stated = |list: &'a [(FactId, Possible)]| list.iter().find(|(id, _)| *id == fact).map(|(_, value)| value);
        self.bundle
            .and_then(|bundle| stated(&bundle.given).or_else(|| stated(&bundle.presumes)))
            .unwrap_or(&Possible::Anything)
    }

    /// The answer to a judgment: the call's, else a standing answer.
    pub fn judgment(&self, judgment: JudgmentId, day: NaiveDate) -> Option<bool> {
        match self.ctx.judgments.get(&judgment) {
            Some(Some(answer)) => Some(*answer),
            _ => self.standing_answer(judgment, day).map(|answer| answer.yes),
        }
    }

    /// The standing answer to a judgment on a day.
    pub fn standing_answer(&self, judgment: JudgmentId, day: NaiveDate) -> Option<&'a crate::tree::StandingAnswer> {
        self.bundle
            .and_then(|bundle| bundle.answers.iter().find(|answer| answer.judgment == judgment && day <= answer.until))
    }

    /// Whether the log says all that happened up to an instant. What begins where the log ends has gone on since, and nobody wrote on.
    pub fn log_complete(&self, to: Instant) -> bool {
        self.ctx.log_complete_to.is_some_and(|complete| to < complete || (to == complete && self.at <= complete))
    }

    /// Persons (or machines, for a role that is one) of a role on the line at an instant; everybody who was on the call when `None`.
    pub fn of_role(&self, role: RoleId, at: Option<Instant>) -> impl Iterator<Item = usize> + use<'a> {
        let tree = self.tree;
        self.on_line(at).filter(move |(_, party)| tree.plays(party.role, role)).map(|(index, _)| index)
    }

    /// The roles of everybody on the call, in the order of the context.
    pub fn roles(&self) -> Vec<RoleId> {
        self.ctx.parties.iter().map(|party| party.role).collect()
    }

    /// Natural persons on the line at an instant; everybody who was on the call when `None`.
    pub fn persons(&self, at: Option<Instant>) -> impl Iterator<Item = usize> + use<'a> {
        let tree = self.tree;
        self.on_line(at).filter(move |(_, party)| tree.is_human(party.role)).map(|(index, _)| index)
    }

    /// Machines on the line at an instant; all that were on the call when `None`.
    pub fn machines(&self, at: Option<Instant>) -> impl Iterator<Item = usize> + use<'a> {
        let tree = self.tree;
        self.on_line(at).filter(move |(_, party)| !tree.is_human(party.role)).map(|(index, _)| index)
    }

    /// Who is on the line at an instant, with the index of each; everybody who was on the call when `None`.
    pub fn on_line(&self, at: Option<Instant>) -> impl Iterator<Item = (usize, &'a Party)> + use<'a> {
        let opened = self.ctx.call.and_then(|call| call.from);
        let at = at.map(|at| opened.map_or(at, |opened| at.max(opened)));
        self.ctx.parties.iter().enumerate().filter(move |(_, party)| at.is_none_or(|at| party.on_line.contains(at)))
    }

    /// Whether there may be an unnamed person whom the quantifier at `place` speaks of.
    pub fn others(&self, place: crate::source::Span, world: &World) -> InWorld<bool> {
        if self.ctx.parties_complete {
            return Ok(false);
        }
        super::world::decide(world, Var::Others(place.file.0, place.start))
    }

    /// Whether the unnamed person whom an act may be about is of a role.
    pub fn other_of(&self, role: RoleId, world: &World) -> InWorld<bool> {
        if self.ctx.parties_complete {
            return Ok(false);
        }
        super::world::decide(world, Var::OtherOf(role))
    }

    /// Whether an act is a capture.
    pub fn is_capture(&self, act: ActId) -> bool {
        self.tree.acts.get(act).is_some_and(|word| word.group == Group::Capture)
    }

    /// The intervals in which an act (a capture) or a kind of it ran, by their beginning.
    pub fn captures_of(&self, act: ActId) -> Vec<Interval> {
        let is_a =
            |one| self.tree.acts.get(one).is_some_and(|word: &crate::tree::vocabulary::ActWord| word.word.is_a(act));
        let mut found: Vec<Interval> =
            self.ctx.captures.iter().filter(|(one, _)| is_a(*one)).map(|(_, interval)| *interval).collect();
        found.sort();
        found
    }

    /// Places that conditions can tell apart, those that the call names included, by index.
    pub fn within(&self, stated: impl Fn(&Place) -> bool) -> Vec<u32> {
        let places = self.set.places.iter().chain(self.other_places());
        (0u32..).zip(places).filter(|(_, place)| stated(place)).map(|(index, _)| index).collect()
    }

    fn other_places(&self) -> &[Place] {
        self.others.get_or_init(|| {
            let facts = self.ctx.facts.values().chain(self.ctx.parties.iter().flat_map(|party| party.facts.values()));
            let mut found: Vec<Place> = facts
                .filter_map(|known| match &known.possible {
                    Possible::Place(stated) | Possible::Places(stated) => Some(stated),
                    _ => None,
                })
                .flatten()
                .filter(|place| self.set.places.binary_search(place).is_err())
                .cloned()
                .collect();
            found.sort();
            found.dedup();
            found
        })
    }

    /// Whether an action can take effect at the judged instant.
    pub fn is_possible_now(&self, action: &Action) -> bool {
        let before_the_call = self.ctx.call.and_then(|call| call.from).is_some_and(|from| self.at < from);
        action.status == ActionStatus::Open
            && match action.lead {
                Lead::InCall => true,
                Lead::BeforeCall => before_the_call,
                Lead::Organisation => false,
            }
    }

    /// Whether two actions put safeguards in place that exclude each other, or one excludes what is in place.
    pub fn exclude(&self, actions: &[Action], one: usize, other: usize) -> bool {
        let safeguard = |index: usize| match actions.get(index).map(|action| &action.what) {
            Some(ActionWhat::Arrange(safeguard)) => Some(*safeguard),
            _ => None,
        };
        let clash =
            |a: SafeguardId, b: SafeguardId| self.tree.safeguards.get(a).is_some_and(|word| word.excludes.contains(&b));
        let in_place =
            |a: SafeguardId| self.ctx.safeguards.iter().any(|(b, during)| during.contains(self.at) && clash(a, *b));
        match (safeguard(one), safeguard(other)) {
            (Some(a), Some(b)) => clash(a, b) || in_place(a),
            _ => false,
        }
    }

    /// A place by index.
    pub fn place(&self, index: u32) -> Option<&Place> {
        let index = index as usize;
        let known = self.set.places.len();
        self.set.places.get(index).or_else(|| self.other_places().get(index.checked_sub(known)?))
    }
}
