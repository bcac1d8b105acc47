//! The reference evaluator: the meaning of the language as its definition says it, and no more. Every world that the call leaves
//! possible, every set of deeds; no Boolean algebra, no index, no compiled form. It shares with the engine the checked tree alone.

pub mod calendar;
pub mod capture;
pub mod condition;
pub mod deed;
pub mod disclosure;
pub mod keep;
pub mod lawful;
pub mod lead;
pub mod matching;
pub mod outcome;
pub mod part;
pub mod requirement;
pub mod risk;
pub mod rows;
pub mod scene;
pub mod unknown;
pub mod world;

use std::collections::BTreeSet;
use std::rc::Rc;

use onrecord::context::{Context, Instant};
use onrecord::decision::{FactRead, Verdict};
use onrecord::evaluate::Options;
use onrecord::syntax::ast::Lead;
use onrecord::tree::{Act, ActId, Bundle, Group, JudgmentId, QuestionId, ReadingId, SourceId, Tree};

use deed::{Deed, Possibility};
use rows::Rows;
use scene::{Scene, Who};
use unknown::{deeds, reads, unknowns};
use world::{Unknown, World};

/// The most worlds that are looked at.
const MOST_WORLDS: usize = 2048;

/// Too much to enumerate: the case says nothing.
#[derive(Clone, Copy, Debug)]
pub struct TooLarge;

/// A wrong behaviour, put back to show that a theorem notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Defect {
    /// What the log does not say did not happen, whether or not it is complete.
    SilenceIsNo,
    /// Any source at all covers every place.
    CoverageByAnySource,
    /// What may be presumed is presumed, though no bundle says so.
    PresumesUnasked,
    /// All exceptions to a rule must be met.
    SiblingsAnded,
    /// What was captured unlawfully may be used.
    TaintForgotten,
    /// The verdict depends on how often something was judged before.
    DependsOnTheRun,
    /// A rule binds only if somebody was told something.
    GuardOnTold,
    /// Only the last rule that speaks is heard.
    LastRuleWins,
    /// What happens later counts for what was before.
    Foresight,
    /// A floor shortens what must be kept.
    FloorShortens,
}

/// A policy, a call, and when it is judged.
#[derive(Clone, Debug)]
pub struct Case<'a> {
    /// The policy.
    pub tree: &'a Tree,
    /// The call.
    pub ctx: &'a Context,
    /// What is run.
    pub options: &'a Options,
    /// When.
    pub at: Instant,
    /// A wrong behaviour.
    pub defect: Option<Defect>,
}

impl<'a> Case<'a> {
    /// The bundle.
    #[must_use]
    pub fn bundle(&self) -> Option<&'a Bundle> {
        self.options.bundle.map(|bundle| &self.tree.bundles[bundle])
    }

    /// Whether a source is run.
    #[must_use]
    pub fn runs(&self, source: SourceId) -> bool {
        match (&self.options.sources, self.bundle().and_then(|bundle| bundle.includes.as_ref())) {
            (Some(sources), _) | (None, Some(sources)) => sources.contains(&source),
            (None, None) => true,
        }
    }

    /// Whether an act needs every place to be covered.
    #[must_use]
    pub fn guards(&self, act: ActId) -> bool {
        let word = &self.tree.acts[act];
        self.options.coverage
            && match self.bundle().and_then(|bundle| bundle.guards.as_ref()) {
                Some(guarded) => guarded.iter().any(|one| word.word.is_a(*one)),
                None => word.group != Group::Other,
            }
    }

    /// The answer to a judgment, from the call or standing.
    #[must_use]
    pub fn answer(&self, judgment: JudgmentId) -> Option<bool> {
        let today = self.at.date_naive();
        let standing = || {
            let answers = &self.bundle()?.answers;
            answers.iter().find(|one| one.judgment == judgment && today <= one.until).map(|one| one.yes)
        };
        self.ctx.judgments.get(&judgment).copied().flatten().or_else(standing)
    }

    /// The readings of a question that remain: the one adopted; all of them, if none or two were.
    #[must_use]
    pub fn readings(&self, question: QuestionId) -> Vec<ReadingId> {
        let all = &self.tree.questions[question].readings;
        let by_bundle = self.bundle().map(|bundle| bundle.adopts.as_slice()).unwrap_or_default();
        let is_adopted = |one: &&ReadingId| by_bundle.contains(one) || self.options.readings.contains(one);
        let adopted: Vec<ReadingId> = all.iter().filter(is_adopted).copied().collect();
        if adopted.len() == 1 { adopted } else { all.clone() }
    }
}

/// What the reference says of an act in a stretch.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What can still be done.
    pub deeds: Vec<Possibility>,
    /// After which of it the act is lawful, whatever the world.
    pub rows: Rows,
    /// The same as far as the act is about each person on the line.
    pub by_person: Vec<(usize, Rows)>,
    /// Whether worlds differ.
    pub undetermined: bool,
    /// The facts of which two worlds that differ only there differ.
    pub needs: BTreeSet<FactRead>,
    /// How many worlds there are.
    pub worlds: usize,
}

/// Judges an act in the stretch that begins at `start`.
///
/// # Errors
/// There is too much to enumerate.
pub fn judge(case: &Case<'_>, act: &Act, start: Instant, running: bool) -> Result<Answer, TooLarge> {
    let mut scene = Scene::new(case, act, start, running);
    let reads = reads(&scene)?;
    for (_, statement, term) in &reads.statements {
        let one = (*statement, term.clone());
        if !scene.terms.contains(&one) {
            Rc::make_mut(&mut scene.terms).push(one);
        }
    }
    scene.deeds = Rc::new(deeds(&scene, &reads)?);
    let unknowns = unknowns(&scene, &reads)?;
    let worlds = worlds(&unknowns)?;
    let scenes = scene.stored();
    let lawful = |world: &World| scenes.iter().fold(Rows::TRUE, |rows, one| rows & one.lawful(world));
    let each: Vec<Rows> = worlds.iter().map(lawful).collect();
    let rows = each.iter().fold(Rows::TRUE, |rows, one| rows & *one);
    let nobody = World::default();
    let concerned = |person: &&usize| {
        let who = Who::Party(**person);
        scene.is_human(&nobody, who) && scene.instances(&nobody).contains(&Some(who))
    };
    let of_whom = |person: usize| scenes.iter().filter(move |one| one.people.contains(&person));
    let stored = |person: &&usize| of_whom(**person).next().is_some();
    let by_person = scene.people.iter().filter(concerned).filter(stored).map(|person| {
        let every = || of_whom(*person).flat_map(|one| worlds.iter().map(move |world| (one, world)));
        let of = |(one, world): (&Scene<'_>, &World)| one.lawful_for(world, Some(Who::Party(*person)));
        (*person, every().map(of).fold(Rows::TRUE, |rows, one| rows & one))
    });
    let by_person = by_person.collect();
    let undetermined = each.iter().any(|one| *one != each[0]);
    let needs = if undetermined { needs(&unknowns, &each) } else { BTreeSet::new() };
    Ok(Answer { deeds: scene.deeds.to_vec(), rows, by_person, undetermined, needs, worlds: worlds.len() })
}

/// Every combination of what is not known.
fn worlds(unknowns: &[Unknown]) -> Result<Vec<World>, TooLarge> {
    let mut total: usize = 1;
    for unknown in unknowns {
        total = total.saturating_mul(unknown.settings.len());
        if total > MOST_WORLDS {
            return Err(TooLarge);
        }
    }
    let mut worlds = vec![World::default()];
    for unknown in unknowns {
        let with = |world: &World| -> Vec<World> {
            let one = |setting| {
                let mut world = world.clone();
                world.settle(setting);
                world
            };
            unknown.settings.iter().map(one).collect()
        };
        worlds = worlds.iter().flat_map(with).collect();
    }
    Ok(worlds)
}

/// The facts of which two worlds that differ only there differ in what is lawful. The worlds stand in the order of the product.
fn needs<T: PartialEq>(unknowns: &[Unknown], each: &[T]) -> BTreeSet<FactRead> {
    let mut needs = BTreeSet::new();
    let mut stride = each.len();
    for unknown in unknowns {
        let span = stride;
        stride /= unknown.settings.len();
        let differs = (0..each.len()).any(|world| {
            let first = world - (world % span) / stride * stride;
            each[world] != each[first]
        });
        if differs {
            needs.insert(unknown.read.clone());
        }
    }
    needs
}

impl Answer {
    /// The verdict: what can be done in time makes it so, or more than that, or nothing.
    #[must_use]
    pub fn verdict(&self, case: &Case<'_>, rows: &Rows) -> Verdict {
        let compatible = |row: &usize| self.is_compatible(case, *row);
        let all = 0..1_usize << self.deeds.len();
        let lawful = || all.clone().filter(compatible).filter(|row| rows.at(*row));
        if rows.at(0) {
            Verdict::Cleared
        } else if lawful().any(|row| self.is_open(case, row)) {
            Verdict::Conditional
        } else if lawful().next().is_some() {
            Verdict::NotNow
        } else {
            Verdict::Prohibited
        }
    }

    /// Whether all these deeds can take effect now, together.
    #[must_use]
    pub fn is_open(&self, case: &Case<'_>, row: usize) -> bool {
        let done = (0..).zip(&self.deeds).filter(|(bit, _)| row >> bit & 1 == 1);
        self.is_compatible(case, row) && done.map(|(_, one)| one).all(|one| one.is_open(case))
    }

    /// Whether these deeds can be done together: no safeguard among them excludes another, or one that is in place.
    #[must_use]
    pub fn is_compatible(&self, case: &Case<'_>, row: usize) -> bool {
        let tree = case.tree;
        let safeguards = (0..).zip(&self.deeds).filter_map(|(bit, one)| match one.deed {
            Deed::Arrange(safeguard) if row >> bit & 1 == 1 => Some(safeguard),
            _ => None,
        });
        let safeguards: Vec<_> = safeguards.collect();
        let in_place = case.ctx.safeguards.iter().filter(|(_, when)| when.contains(case.at)).map(|(one, _)| *one);
        let also: Vec<_> = safeguards.iter().copied().chain(in_place).collect();
        safeguards.iter().all(|one| also.iter().all(|other| !tree.safeguards[*one].excludes.contains(other)))
    }
}

/// Whether a deed can be done in the call.
fn is_in_time(case: &Case<'_>, deed: &Deed) -> bool {
    match deed.lead(case.tree) {
        Lead::InCall => true,
        Lead::BeforeCall => case.ctx.call.and_then(|call| call.from).is_some_and(|from| case.at < from),
        Lead::Organisation => false,
    }
}
