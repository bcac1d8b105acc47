//! What to do about the act that was asked first: do it, where it has a way that is open now; else leave it undone, with what that takes,
//! or do an alternative; or it is an impasse.

use onrecord::context::Instant;
use onrecord::decision::{Impasse, OutcomeWhat, Verdict};
use onrecord::evaluate::Options;
use onrecord::tree::{Act, ActId, Group};

use super::deed::Deed;
use super::{Answer, Case, TooLarge, capture, judge};

/// What to do.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// What.
    pub what: OutcomeWhat,
    /// What must be lawful after what is done first.
    pub lawful: Vec<Answer>,
    /// Whom it captures.
    pub record: Vec<usize>,
    /// The demand to do it gave way to the law.
    pub gave_way: bool,
}

/// The act that was asked first: recording, when none was.
#[must_use]
pub fn asked(case: &Case<'_>) -> Option<Act> {
    case.ctx.acts.first().cloned().or_else(|| case.tree.known.recording.map(capture::plain))
}

/// What to do.
///
/// # Errors
/// There is too much to enumerate.
pub fn choose(case: &Case<'_>) -> Result<Option<Chosen>, TooLarge> {
    let Some(asked) = asked(case) else { return Ok(None) };
    let doing = Act { not: false, ..asked.clone() };
    let done = Open::of(case, &doing)?;
    let left = Open::of(case, &Act { not: true, ..asked.clone() })?;
    let without = |left: &Answer, gave_way| Chosen {
        what: OutcomeWhat::Without(asked.act),
        lawful: vec![left.clone()],
        record: Vec::new(),
        gave_way,
    };
    if asked.not
        && let Some(left) = &left.answer
    {
        return Ok(Some(without(left, false)));
    }
    if let Some(answer) = &done.answer {
        return Ok(Some(done.does(case, asked.act, vec![answer.clone()], false)));
    }
    let (left, gave_way) = match left.answer {
        Some(left) => (left, false),
        None => match given_way(case, &doing)? {
            Some(left) => (left, true),
            None => return Ok(Some(impasse(case, asked.act))),
        },
    };
    let prefers = case.bundle().map(|bundle| bundle.prefers.as_slice()).unwrap_or_default();
    if prefers.contains(&asked.act) && !asked.not {
        for other in prefers.iter().filter(|other| **other != asked.act) {
            let instead = Open::of(case, &capture::plain(*other))?;
            if let Some(answer) = instead.answer.clone().filter(|answer| are_open_together(case, answer, &left)) {
                return Ok(Some(instead.does(case, *other, vec![answer, left], gave_way)));
            }
        }
    }
    Ok(Some(without(&left, gave_way)))
}

/// What leaving an act undone takes by the law alone, where by the law alone the act has no open way.
fn given_way(case: &Case<'_>, doing: &Act) -> Result<Option<Answer>, TooLarge> {
    let law = case.tree.sources.iter().filter(|(id, source)| source.level.is_law() && case.runs(*id));
    let options = Options { sources: Some(law.map(|(id, _)| id).collect()), ..case.options.clone() };
    let by_law = Case { options: &options, ..case.clone() };
    if Open::of(&by_law, doing)?.answer.is_some() {
        return Ok(None);
    }
    Ok(Open::of(&by_law, &Act { not: true, ..doing.clone() })?.answer)
}

fn impasse(case: &Case<'_>, act: ActId) -> Chosen {
    let said = case.bundle().and_then(|bundle| bundle.on_impasse.iter().find(|(over, _)| *over == act));
    let answer = said.map_or(Impasse::AskAPerson, |(_, answer)| *answer);
    Chosen { what: OutcomeWhat::Impasse(act, answer), lawful: Vec::new(), record: Vec::new(), gave_way: false }
}

/// Whether an act can lawfully be done now.
struct Open {
    answer: Option<Answer>,
    persons: Vec<usize>,
}

impl Open {
    /// A stretch under way that is lawful goes on; else one that begins now is judged.
    fn of(case: &Case<'_>, act: &Act) -> Result<Self, TooLarge> {
        let judged = |start: Instant, running| judge(case, act, start, running);
        let persons = |answer: &Answer| answer.by_person.iter().map(|(person, _)| *person).collect();
        let now = judged(case.at, false)?;
        let open = Some(now.clone()).filter(|now| now.verdict(case, &now.rows) <= Verdict::Conditional);
        let Some(start) = capture::under_way(case, act.act).filter(|_| !act.not) else {
            return Ok(Self { answer: open, persons: persons(&now) });
        };
        let under_way = judged(start, true)?;
        let persons = persons(&under_way);
        let goes_on = under_way.rows.at(0);
        Ok(Self { answer: if goes_on { Some(under_way) } else { open }, persons })
    }

    fn does(&self, case: &Case<'_>, act: ActId, lawful: Vec<Answer>, gave_way: bool) -> Chosen {
        let captures = case.tree.acts[act].group == Group::Capture;
        let record = self.persons.iter().copied().filter(|_| captures).collect();
        Chosen { what: OutcomeWhat::Do(act), lawful, record, gave_way }
    }
}

/// Whether two acts have open ways that can be gone together.
fn are_open_together(case: &Case<'_>, one: &Answer, other: &Answer) -> bool {
    let rows = |answer: &Answer| -> Vec<usize> {
        let open = |row: &usize| answer.rows.at(*row) && answer.is_open(case, *row);
        (0..1_usize << answer.deeds.len()).filter(open).collect()
    };
    let arranged = |answer: &Answer, row: usize| {
        let deeds = (0..).zip(answer.deeds.clone()).filter(move |(bit, _)| row >> bit & 1 == 1);
        deeds.filter_map(|(_, one)| if let Deed::Arrange(safeguard) = one.deed { Some(safeguard) } else { None })
    };
    let clash = |one: usize, first: &Answer, other: usize, second: &Answer| {
        arranged(first, one).any(|a| arranged(second, other).any(|b| case.tree.safeguards[a].excludes.contains(&b)))
    };
    rows(one).into_iter().any(|row| {
        rows(other).into_iter().any(|second| !clash(row, one, second, other) && !clash(second, other, row, one))
    })
}
