//! Monotone Boolean functions over actions: built factored, never multiplied out; their ways are listed up to a limit, the best first.

use crate::decision::{Action, ActionKind, ActionStatus, ActionWhat, Formula, Ways};
use crate::syntax::ast::Lead;

/// How many ways are listed.
pub const MAX_WAYS: usize = 64;

impl Formula {
    /// All of these: constants folded, nested groups flattened, each part once, in a fixed order.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::group(parts, true)
    }

    /// One of these.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::group(parts, false)
    }

    fn group(parts: impl IntoIterator<Item = Self>, conjunction: bool) -> Self {
        let mut group = Joined::new(conjunction);
        for part in parts {
            if group.is_decided_by(&part) {
                return part;
            }
            group.join(part);
        }
        group.combine()
    }

    /// The function with some actions taken as impossible.
    #[must_use]
    pub fn without(&self, impossible: &impl Fn(usize) -> bool) -> Self {
        match self {
            Self::Action(action) if impossible(*action) => Self::False,
            Self::All(parts) => Self::all(parts.iter().map(|part| part.without(impossible))),
            Self::Any(parts) => Self::any(parts.iter().map(|part| part.without(impossible))),
            other => other.clone(),
        }
    }

    /// Whether it holds once these actions are done (each also does what it entails).
    #[must_use]
    pub fn holds(&self, done: &[usize], actions: &[Action]) -> bool {
        match self {
            Self::True => true,
            Self::False => false,
            Self::Action(action) => done.iter().any(|other| other == action || entails(actions, *other, *action)),
            Self::All(parts) => parts.iter().all(|part| part.holds(done, actions)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(done, actions)),
        }
    }

    /// Every action it speaks of, ascending.
    #[must_use]
    pub fn actions(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect(&self, found: &mut Vec<usize>) {
        match self {
            Self::Action(action) => found.push(*action),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect(found)),
            Self::True | Self::False => {}
        }
    }
}

/// Parts of a group, so far none of them decisive. A group of one part, as most are, is that part.
pub(super) struct Joined {
    conjunction: bool,
    first: Option<Formula>,
    more: Vec<Formula>,
}

impl Joined {
    /// Nothing yet: all of these, or one of these.
    pub(super) fn new(conjunction: bool) -> Self {
        Self { conjunction, first: None, more: Vec::new() }
    }

    /// Whether a part decides the group, whatever the others are.
    pub(super) fn is_decided_by(&self, part: &Formula) -> bool {
        matches!((part, self.conjunction), (Formula::False, true) | (Formula::True, false))
    }

    /// Adds a part: what says nothing here is left out, a group of the same kind is opened.
    pub(super) fn join(&mut self, part: Formula) {
        match part {
            Formula::True | Formula::False => {}
            Formula::All(inner) if self.conjunction => inner.into_iter().for_each(|part| self.push(part)),
            Formula::Any(inner) if !self.conjunction => inner.into_iter().for_each(|part| self.push(part)),
            part => self.push(part),
        }
    }

    fn push(&mut self, part: Formula) {
        if self.first.is_none() && self.more.is_empty() {
            self.first = Some(part);
        } else {
            self.more.extend(self.first.take());
            self.more.push(part);
        }
    }

    /// The group as a formula.
    pub(super) fn combine(mut self) -> Formula {
        if let Some(only) = self.first {
            return only;
        }
        self.more.sort();
        self.more.dedup();
        if self.more.iter().any(|part| matches!(part, Formula::All(_) | Formula::Any(_))) {
            absorb(&mut self.more, self.conjunction);
        }
        match (self.more.len(), self.conjunction) {
            (0, true) => Formula::True,
            (0, false) => Formula::False,
            (1, _) => self.more.pop().unwrap_or(Formula::False),
            (_, true) => Formula::All(self.more),
            (_, false) => Formula::Any(self.more),
        }
    }
}

/// Drops parts that a smaller part makes idle: `A ∧ (A ∨ B)` is `A`.
fn absorb(parts: &mut Vec<Formula>, conjunction: bool) {
    let idle = |part: &Formula, others: &[Formula]| {
        let (Formula::All(inner) | Formula::Any(inner)) = part else { return false };
        if matches!(part, Formula::Any(_)) != conjunction {
            return false;
        }
        others.iter().any(|other| {
            other != part
                && match other {
                    Formula::Any(theirs) if conjunction => theirs.iter().all(|one| inner.contains(one)),
                    Formula::All(theirs) if !conjunction => theirs.iter().all(|one| inner.contains(one)),
                    other => inner.contains(other),
                }
        })
    };
    let all = parts.clone();
    parts.retain(|part| !idle(part, &all));
}

/// Whether doing `one` also does `other`.
#[must_use]
pub fn entails(actions: &[Action], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (actions.get(one), actions.get(other)) else { return false };
    one.status == other.status
        && (one.before == other.before || other.before.is_none())
        && match (&one.what, &other.what) {
            (
                ActionWhat::Tell { person, elements, means, their_language, on_recording, throughout },
                ActionWhat::Tell {
                    person: p,
                    elements: e,
                    means: m,
                    their_language: l,
                    on_recording: r,
                    throughout: t,
                },
            ) => {
                person == p
                    && e.iter().all(|element| elements.contains(element))
                    && (m.is_none() || m == means)
                    && (!l || *their_language)
                    && (!r || *on_recording)
                    && throughout == t
            }
            (
                ActionWhat::Ask { person, level, term, manner, form, separately, on_recording },
                ActionWhat::Ask { person: p, level: k, term: t, manner: m, form: f, separately: s, on_recording: r },
            ) => {
                person == p
                    && level >= k
                    && term == t
                    && (m.is_none() || m == manner)
                    && (f.is_none() || f == form)
                    && (!s || *separately)
                    && (!r || *on_recording)
            }
            (one, other) => one == other,
        }
}

/// The ways of a function, the best first: minimal by entailment, none with two things that exclude each other.
#[must_use]
pub fn ways(formula: &Formula, actions: &[Action], excludes: &impl Fn(usize, usize) -> bool) -> Ways {
    if let Formula::Action(only) = formula {
        let list = if excludes(*only, *only) { [].into() } else { [vec![*only]].into() };
        return Ways { list, complete: true };
    }
    if let Formula::Any(parts) = formula
        && let Some(list) = one_each(parts, actions, excludes)
    {
        return Ways { list: list.into(), complete: true };
    }
    let (mut list, complete) = alternatives(formula, actions);
    for way in &mut list {
        shrink(way, formula, actions);
    }
    list.retain(|way| !way.iter().any(|one| way.iter().any(|other| excludes(*one, *other))));
    list.sort_by_cached_key(|way| (cost(way, actions), way.clone()));
    list.dedup();
    let is_minimal = |way: &&Vec<usize>| !list.iter().any(|other| other != *way && is_weaker(other, way, actions));
    Ways { list: list.iter().filter(is_minimal).cloned().collect(), complete }
}

/// The ways of alternatives that are each one action, none of which does another.
fn one_each(
    parts: &[Formula],
    actions: &[Action],
    excludes: &impl Fn(usize, usize) -> bool,
) -> Option<Vec<Vec<usize>>> {
    let only = |part: &Formula| if let Formula::Action(action) = part { Some(*action) } else { None };
    let mut each: Vec<usize> =
        parts.iter().map(only).collect::<Option<_>>().filter(|each: &Vec<_>| each.len() <= MAX_WAYS)?;
    let apart = |one: usize| each.iter().all(|other| one == *other || !entails(actions, one, *other));
    if !each.iter().all(|one| apart(*one) && !excludes(*one, *one)) {
        return None;
    }
    each.sort_by_cached_key(|action| (cost(&[*action], actions), *action));
    Some(each.into_iter().map(|action| vec![action]).collect())
}

/// Whether `one` asks for less than `other`: everything in it is done by something in `other`, and not the other way round.
fn is_weaker(one: &[usize], other: &[usize], actions: &[Action]) -> bool {
    let covers = |a: &[usize], b: &[usize]| {
        b.iter().all(|wanted| a.iter().any(|done| done == wanted || entails(actions, *done, *wanted)))
    };
    covers(other, one) && !covers(one, other)
}

/// Drops what the rest of a way makes superfluous.
fn shrink(way: &mut Vec<usize>, formula: &Formula, actions: &[Action]) {
    let mut by_cost = way.clone();
    by_cost.sort_by_key(|action| std::cmp::Reverse((cost(&[*action], actions), *action)));
    for candidate in by_cost {
        let rest: Vec<usize> = way.iter().copied().filter(|action| *action != candidate).collect();
        if formula.holds(&rest, actions) {
            *way = rest;
        }
    }
}

/// Sets of actions that make the function true, at most `MAX_WAYS`, the cheapest; whether they are all.
fn alternatives(formula: &Formula, actions: &[Action]) -> (Vec<Vec<usize>>, bool) {
    match formula {
        Formula::True => (vec![Vec::new()], true),
        Formula::False => (Vec::new(), true),
        Formula::Action(action) => (vec![vec![*action]], true),
        Formula::Any(parts) => {
            let (mut list, mut complete) = (Vec::new(), true);
            for part in parts {
                let (more, whole) = alternatives(part, actions);
                list.extend(more);
                complete &= whole;
            }
            cheapest(list, complete, actions)
        }
        Formula::All(parts) => parts.iter().fold((vec![Vec::new()], true), |(list, complete), part| {
            let (more, whole) = alternatives(part, actions);
            let product = list.iter().flat_map(|one| more.iter().map(move |other| union(one, other))).collect();
            cheapest(product, complete && whole, actions)
        }),
    }
}

fn cheapest(mut list: Vec<Vec<usize>>, complete: bool, actions: &[Action]) -> (Vec<Vec<usize>>, bool) {
    list.sort_by_cached_key(|way| (cost(way, actions), way.clone()));
    list.dedup();
    let whole = complete && list.len() <= MAX_WAYS;
    list.truncate(MAX_WAYS);
    (list, whole)
}

fn union(one: &[usize], other: &[usize]) -> Vec<usize> {
    let mut both: Vec<usize> = one.iter().chain(other).copied().collect();
    both.sort_unstable();
    both.dedup();
    both
}

/// What a way costs: first what cannot be done in the call, then asking, then telling, then how much is told; fewer is better.
fn cost(way: &[usize], actions: &[Action]) -> (usize, usize, usize) {
    way.iter().filter_map(|action| actions.get(*action)).fold((0, 0, 0), |(far, near, said), action| {
        let away = match (action.lead, action.status) {
            (Lead::InCall, ActionStatus::Open) => 0,
            (Lead::BeforeCall, _) => 1,
            (Lead::Organisation, _) => 2,
            (Lead::InCall, ActionStatus::Waiting(_)) => 3,
        };
        let effort = match action.kind {
            ActionKind::Wait => 1,
            ActionKind::Do => 2,
            ActionKind::KeepUp => 3,
            ActionKind::Ask => 4,
            ActionKind::Arrange => 5,
        };
        let elements = match &action.what {
            ActionWhat::Tell { elements, .. } => elements.len(),
            _ => 0,
        };
        (far + away, near + effort, said + elements)
    })
}
