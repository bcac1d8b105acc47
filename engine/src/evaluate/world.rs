//! One world: what is assumed of the facts that are not known, and how an unknown fact splits into cases.
//! A rule is judged case by case; a case assumes no more than the rule asks.

use std::collections::BTreeSet;

use crate::decision::FactRead;
use crate::syntax::ast::Statement;
use crate::tree::table::Id;
use crate::tree::{EventId, ExceptionId, FactId, JudgmentId, PhaseId, QuestionId, RoleId, RuleId};

/// Something that may be unknown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Var {
    /// A fact of call, company or recorder.
    Holder(FactId),
    /// A fact of a person.
    Person(usize, FactId),
    /// A judgment.
    Judgment(JudgmentId),
    /// The intended purposes.
    Intended,
    /// The promised purposes.
    Promised,
    /// The categories that the call holds.
    Categories,
    /// Whether a person made a statement that the log does not show: person, statement (`None`: any against the term), the term.
    Said(usize, Option<Statement>, TermKey),
    /// Whether a phase is under way.
    Phase(PhaseId),
    /// Whether there is an unnamed person whom the quantifier at this place of the policy speaks of.
    Others(u32, u32),
    /// Whether the unnamed person whom an act may be about is of this role.
    OtherOf(RoleId),
    /// Which reading answers a question.
    Question(QuestionId),
    /// Whether the capture was unlawful.
    Unlawful(Option<RuleId>),
    /// Whether the capture relied on an exception.
    Relied(ExceptionId),
    /// Whether a bill is enacted.
    Enacted(RuleId),
    /// Whether an event that nobody logged has happened, and long ago.
    Event(EventId),
}

/// A term, without its place: act, of, purpose, recipient.
pub type TermKey = (u32, u32, u32, u32);

impl Var {
    /// How a decision speaks of it.
    pub fn read(&self) -> FactRead {
        match self {
            Self::Holder(fact) => FactRead::Fact(*fact),
            Self::Person(person, fact) => FactRead::Person(*person, *fact),
            Self::Judgment(judgment) => FactRead::Judgment(*judgment),
            Self::Intended => FactRead::IntendedPurposes,
            Self::Promised => FactRead::PromisedPurposes,
            Self::Categories => FactRead::Categories,
            Self::Said(person, ..) => FactRead::Statement(*person),
            Self::Phase(phase) => FactRead::Phase(*phase),
            Self::Others(..) | Self::OtherOf(_) => FactRead::OtherPersons,
            Self::Question(question) => FactRead::Question(*question),
            Self::Unlawful(_) | Self::Relied(_) => FactRead::Capture,
            Self::Enacted(rule) => FactRead::Enacted(*rule),
            Self::Event(event) => FactRead::Event(*event),
        }
    }
}

/// What is still possible of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Yes or no.
    Bool(bool),
    /// One of these.
    Single(Vec<u32>),
    /// Any number of elements: those that may be in, and sets of which one at least is in.
    Multi {
        /// What may be in, ascending.
        allowed: Vec<u32>,
        /// At least one of each.
        witnesses: Vec<Vec<u32>>,
    },
    /// A number from, to.
    Range(u32, u32),
}

impl Part {
    /// Whether no value fits both.
    pub fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bool(a), Self::Bool(b)) => a != b,
            (Self::Single(a), Self::Single(b)) => !a.iter().any(|x| b.contains(x)),
            (Self::Range(a, b), Self::Range(c, d)) => b < c || d < a,
            (Self::Multi { allowed: a, witnesses: v }, Self::Multi { allowed: b, witnesses: w }) => {
                let both: Vec<u32> = a.iter().copied().filter(|x| b.contains(x)).collect();
                v.iter().chain(w).any(|set| !set.iter().any(|x| both.contains(x)))
            }
            _ => false,
        }
    }
}

/// What a world assumes.
#[derive(Clone, Debug, Default)]
pub struct World {
    assumed: Vec<(Var, Part)>,
}

impl World {
    /// What it assumes.
    pub fn assumed(&self) -> impl Iterator<Item = &(Var, Part)> {
        self.assumed.iter()
    }

    /// What is assumed of a variable.
    pub fn part(&self, var: &Var) -> Option<&Part> {
        self.assumed.iter().find(|(other, _)| other == var).map(|(_, part)| part)
    }

    /// This world, with one more assumption.
    pub fn with(&self, var: &Var, part: Part) -> Self {
        let mut assumed: Vec<_> = self.assumed.iter().filter(|(other, _)| other != var).cloned().collect();
        assumed.push((var.clone(), part));
        Self { assumed }
    }

    /// The one variable on which the two worlds contradict each other; `None` if there is none or more than one.
    pub fn differs_only_in(&self, other: &Self) -> Option<&Var> {
        let mut found = None;
        for (var, part) in &self.assumed {
            if other.part(var).is_some_and(|theirs| part.excludes(theirs)) && found.replace(var).is_some() {
                return None;
            }
        }
        found
    }
}

/// A variable that must be split before judging can go on, with its cases.
#[derive(Clone, Debug)]
pub struct Split {
    /// The variable.
    pub var: Var,
    /// Its cases: at least two, none empty, exclusive, exhaustive.
    pub cases: Vec<Part>,
}

/// A value in this world, or the split that is needed first.
pub type InWorld<T> = Result<T, Box<Split>>;

/// Yes or no, when it is not known.
pub fn decide(world: &World, var: Var) -> InWorld<bool> {
    match world.part(&var) {
        Some(Part::Bool(value)) => Ok(*value),
        _ => Err(Box::new(Split { var, cases: vec![Part::Bool(true), Part::Bool(false)] })),
    }
}

/// Whether the one value lies in what `fits` accepts. `start` is what is possible when nothing is assumed.
pub fn single(world: &World, var: Var, start: impl FnOnce() -> Vec<u32>, fits: impl Fn(u32) -> bool) -> InWorld<bool> {
    let possible = match world.part(&var) {
        Some(Part::Single(possible)) => possible.clone(),
        _ => start(),
    };
    let (yes, no): (Vec<u32>, Vec<u32>) = possible.into_iter().partition(|value| fits(*value));
    match (yes.is_empty(), no.is_empty()) {
        (true, _) => Ok(false),
        (false, true) => Ok(true),
        (false, false) => Err(Box::new(Split { var, cases: vec![Part::Single(yes), Part::Single(no)] })),
    }
}

/// Whether one of the values that hold together lies in what `fits` accepts. `certain` hold in any case; `start` is what else may hold.
pub fn multi(
    world: &World,
    var: Var,
    certain: &[u32],
    start: impl FnOnce() -> Vec<u32>,
    fits: impl Fn(u32) -> bool,
) -> InWorld<bool> {
    if certain.iter().any(|value| fits(*value)) {
        return Ok(true);
    }
    let (allowed, witnesses) = match world.part(&var) {
        Some(Part::Multi { allowed, witnesses }) => (allowed.clone(), witnesses.clone()),
        _ => (start(), Vec::new()),
    };
    let (inside, outside): (Vec<u32>, Vec<u32>) = allowed.iter().partition(|value| fits(**value));
    if inside.is_empty() {
        return Ok(false);
    }
    if witnesses.iter().any(|set| set.iter().all(|value| fits(*value))) {
        return Ok(true);
    }
    let mut with = witnesses.clone();
    with.push(inside);
    let without = witnesses.iter().map(|set| set.iter().copied().filter(|value| !fits(*value)).collect()).collect();
    Err(Box::new(Split {
        var,
        cases: vec![Part::Multi { allowed, witnesses: with }, Part::Multi { allowed: outside, witnesses: without }],
    }))
}

/// Whether one of what is stated fits; where nothing is stated, whether one of `all` that holds in this world does.
pub fn some<I: Id>(
    world: &World,
    var: Var,
    stated: Option<&BTreeSet<I>>,
    all: impl Iterator<Item = I>,
    fits: impl Fn(I) -> bool,
) -> InWorld<bool> {
    match stated {
        Some(stated) => Ok(stated.iter().any(|one| fits(*one))),
        None => {
            let all = || (0..).zip(all).map(|(id, _)| id).collect();
            multi(world, var, &[], all, |id| fits(I::from_index(id as usize)))
        }
    }
}

/// Whether a number is below `bound`.
pub fn below(world: &World, var: Var, from: u32, to: u32, bound: u32) -> InWorld<bool> {
    let (from, to) = match world.part(&var) {
        Some(Part::Range(from, to)) => (*from, *to),
        _ => (from, to),
    };
    if to < bound {
        Ok(true)
    } else if from >= bound {
        Ok(false)
    } else {
        Err(Box::new(Split { var, cases: vec![Part::Range(from, bound - 1), Part::Range(bound, to)] }))
    }
}

/// All of them: false as soon as one is, whatever is unknown of the others.
pub fn all(items: impl Iterator<Item = InWorld<bool>>) -> InWorld<bool> {
    settle(items, false)
}

/// All of them, each asked only while none before it is false.
pub fn all_of(items: &[&dyn Fn() -> InWorld<bool>]) -> InWorld<bool> {
    all(items.iter().map(|item| item()))
}

/// One of them: true as soon as one is.
pub fn any(items: impl Iterator<Item = InWorld<bool>>) -> InWorld<bool> {
    settle(items, true)
}

fn settle(items: impl Iterator<Item = InWorld<bool>>, decisive: bool) -> InWorld<bool> {
    let mut pending = None;
    for item in items {
        match item {
            Ok(value) if value == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(split) => pending = pending.or(Some(split)),
        }
    }
    pending.map_or(Ok(!decisive), Err)
}

/// The cases of a judgment: every world that had to be told apart, with what it came to.
#[derive(Clone, Debug)]
pub struct Cases<T> {
    /// World and value.
    pub leaves: Vec<(World, T)>,
    /// Whether the budget ran out (the rest of the worlds is not listed).
    pub cut: bool,
}

/// Judges in every world, splitting only what is asked for, up to `budget` worlds.
pub fn cases<T>(start: &World, budget: usize, judge: impl Fn(&World) -> InWorld<T>) -> Cases<T> {
    let mut leaves = Vec::new();
    let mut open = match judge(start) {
        Ok(value) => return Cases { leaves: vec![(start.clone(), value)], cut: false },
        Err(split) => split.cases.into_iter().rev().map(|part| start.with(&split.var, part)).collect::<Vec<_>>(),
    };
    while let Some(world) = open.pop() {
        match judge(&world) {
            Ok(value) => leaves.push((world, value)),
            Err(split) => open.extend(split.cases.into_iter().rev().map(|part| world.with(&split.var, part))),
        }
        if leaves.len() + open.len() > budget {
            return Cases { leaves, cut: true };
        }
    }
    Cases { leaves, cut: false }
}

impl<T> Cases<T> {
    /// Every variable that some world assumes something of.
    pub fn asked(&self) -> impl Iterator<Item = &Var> {
        self.leaves.iter().flat_map(|(world, _)| world.assumed.iter().map(|(var, _)| var))
    }

    /// The same worlds, each value mapped.
    pub fn map<U>(self, with: impl Fn(T) -> U) -> Cases<U> {
        Cases { leaves: self.leaves.into_iter().map(|(world, value)| (world, with(value))).collect(), cut: self.cut }
    }
}

impl<T: PartialEq> Cases<T> {
    /// Whether every world comes to the same.
    pub fn agree(&self) -> bool {
        !self.cut && self.leaves.windows(2).all(|pair| matches!(pair, [(_, a), (_, b)] if a == b))
    }

    /// The variables of which two worlds that differ only there come to different values. When the budget ran out: all that were split.
    pub fn needs(&self) -> Vec<Var> {
        let mut found: Vec<Var> = Vec::new();
        if self.cut {
            found.extend(self.asked().cloned());
        } else {
            for (at, (world, value)) in self.leaves.iter().enumerate() {
                for (other, theirs) in self.leaves.iter().skip(at + 1) {
                    if value != theirs {
                        found.extend(world.differs_only_in(other).cloned());
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}
