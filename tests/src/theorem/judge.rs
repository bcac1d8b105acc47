//! Who judges: the engine, or the reference, perhaps with a wrong behaviour. A theorem asks only what both can say.

use std::sync::Arc;

use onrecord::compile::PolicySet;
use onrecord::context::Instant;
use onrecord::decision::{Action, Formula, Retention, Verdict};
use onrecord::evaluate::evaluate;
use onrecord::tree::Act;

use crate::differ::keep::shown;
use crate::generate::Call;
use crate::reference::deed::Possibility;
use crate::reference::rows::MOST;
use crate::reference::{Case, Defect, capture, judge, keep};

/// Who judges.
#[derive(Clone, Copy, Debug)]
pub enum Judge {
    /// The engine.
    Engine,
    /// The reference evaluator.
    Reference(Option<Defect>),
}

/// What a judge says of an act.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What can still be done.
    pub deeds: Vec<Possibility>,
    /// Row by row, whether the act is lawful once these deeds are done.
    pub lawful: Vec<bool>,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether facts are missing.
    pub undetermined: bool,
    /// Whether something is named that one would need to know.
    pub needs: bool,
    /// Whether the act runs.
    pub running: bool,
}

impl Judge {
    /// Judges an act of a call; nothing, if there is too much to enumerate.
    #[must_use]
    pub fn act(self, set: &Arc<PolicySet>, call: &Call, act: &Act) -> Option<Judged> {
        match self {
            Self::Engine => engine(set, call, act),
            Self::Reference(defect) => reference(set, call, act, defect),
        }
    }

    /// The verdicts of the stretches so far.
    #[must_use]
    pub fn stretches(
        self,
        set: &Arc<PolicySet>,
        call: &Call,
        act: &Act,
    ) -> Option<Vec<(Instant, Option<Instant>, Verdict)>> {
        match self {
            Self::Engine => {
                let decided = only(set, call, act);
                let decided = decided.acts.first()?;
                Some(decided.stretches.iter().map(|one| (one.from, one.until, one.verdict)).collect())
            }
            Self::Reference(defect) => capture::stretches(&case(set, call, defect), act).ok(),
        }
    }
}

impl Judge {
    /// What is kept; nothing, if there is too much to enumerate.
    #[must_use]
    pub fn retention(self, set: &Arc<PolicySet>, call: &Call) -> Option<Vec<Retention>> {
        match self {
            Self::Engine => Some(evaluate(set, &call.ctx, &call.options, call.at).retention),
            Self::Reference(defect) => {
                let rows = keep::retention(&case(set, call, defect)).ok()?;
                let row = |row: keep::Row| Retention {
                    thing: row.thing,
                    purpose: row.purpose,
                    keep_until: row.answer.keep_until.as_ref().map(shown),
                    erase_by: row.answer.erase_by.as_ref().map(shown),
                    now: row.answer.now,
                    undetermined: !row.needs.is_empty(),
                    needs: row.needs.into_iter().collect(),
                    because: Vec::new(),
                };
                Some(rows.into_iter().map(row).collect())
            }
        }
    }
}

fn case<'a>(set: &'a PolicySet, call: &'a Call, defect: Option<Defect>) -> Case<'a> {
    Case { tree: &set.tree, ctx: &call.ctx, options: &call.options, at: call.at, defect }
}

fn only(set: &Arc<PolicySet>, call: &Call, act: &Act) -> onrecord::decision::Decision {
    let mut ctx = call.ctx.clone();
    ctx.acts = vec![act.clone()];
    ctx.uses = Vec::new();
    evaluate(set, &ctx, &call.options, call.at)
}

fn engine(set: &Arc<PolicySet>, call: &Call, act: &Act) -> Option<Judged> {
    let decision = only(set, call, act);
    let decided = decision.acts.first()?;
    let mut deeds: Vec<Possibility> = Vec::new();
    for index in decided.formula.actions() {
        for deed in Possibility::of(decision.actions.get(index)?) {
            if !deeds.contains(&deed) {
                deeds.push(deed);
            }
        }
    }
    if deeds.len() > MOST {
        return None;
    }
    let rows = 0..1_usize << deeds.len();
    let lawful = rows.map(|row| after(&decided.formula, &decision.actions, &done(&deeds, row), set)).collect();
    Some(Judged {
        lawful,
        deeds,
        verdict: decided.verdict,
        undetermined: decided.undetermined,
        needs: !decided.needs.list.is_empty(),
        running: decided.running,
    })
}

/// The deeds of a row.
#[must_use]
pub fn done(deeds: &[Possibility], row: usize) -> Vec<Possibility> {
    (0..).zip(deeds).filter(|(bit, _)| row >> bit & 1 == 1).map(|(_, deed)| deed.clone()).collect()
}

fn after(formula: &Formula, actions: &[Action], done: &[Possibility], set: &PolicySet) -> bool {
    match formula {
        Formula::True => true,
        Formula::False => false,
        Formula::Action(index) => {
            let parts = actions.get(*index).map(Possibility::of).unwrap_or_default();
            parts.iter().all(|part| does(done, part, set))
        }
        Formula::All(parts) => parts.iter().all(|part| after(part, actions, done, set)),
        Formula::Any(parts) => parts.iter().any(|part| after(part, actions, done, set)),
    }
}

fn does(done: &[Possibility], wanted: &Possibility, set: &PolicySet) -> bool {
    done.iter().any(|one| one.waits >= wanted.waits && one.deed.does(&wanted.deed, &set.tree))
}

fn reference(set: &PolicySet, call: &Call, act: &Act, defect: Option<Defect>) -> Option<Judged> {
    let case = case(set, call, defect);
    let started = (!act.not).then(|| capture::under_way(&case, act.act)).flatten();
    let answer = judge(&case, act, started.unwrap_or(case.at), started.is_some()).ok()?;
    Some(Judged {
        lawful: (0..1_usize << answer.deeds.len()).map(|row| answer.rows.at(row)).collect(),
        verdict: answer.verdict(&case, &answer.rows),
        undetermined: answer.undetermined,
        needs: !answer.needs.is_empty(),
        running: started.is_some(),
        deeds: answer.deeds,
    })
}

impl Judged {
    /// Whether the act is lawful once these deeds are done.
    #[must_use]
    pub fn is_lawful_after(&self, done: &[Possibility], set: &PolicySet) -> bool {
        let bits = (0..).zip(&self.deeds).filter(|(_, deed)| does(done, deed, set)).map(|(bit, _)| 1_usize << bit);
        self.lawful.get(bits.sum::<usize>()).copied().unwrap_or_default()
    }

    /// A set of deeds after which the act is lawful to this judge and not to the other, if there is one.
    #[must_use]
    pub fn laxer_than(&self, other: &Self, set: &PolicySet) -> Option<Vec<Possibility>> {
        let mut union = self.deeds.clone();
        union.extend(other.deeds.iter().filter(|deed| !self.deeds.contains(deed)).cloned());
        union.truncate(MOST);
        let sets = (0..1_usize << union.len()).map(|row| done(&union, row));
        sets.into_iter().find(|done| self.is_lawful_after(done, set) && !other.is_lawful_after(done, set))
    }
}

/// Everything that a call asks, each also left undone.
#[must_use]
pub fn questions(set: &PolicySet, call: &Call) -> Vec<Act> {
    let using = set.tree.known.using;
    let uses = call.ctx.uses.iter().filter_map(|purpose| {
        let plain = Act {
            act: using?,
            not: false,
            of: None,
            purpose: Some(*purpose),
            recipient: None,
            phase: None,
            span: Default::default(),
        };
        Some(plain)
    });
    let asked: Vec<Act> = call.ctx.acts.iter().cloned().chain(uses).collect();
    asked.iter().flat_map(|act| [act.clone(), Act { not: !act.not, ..act.clone() }]).collect()
}
