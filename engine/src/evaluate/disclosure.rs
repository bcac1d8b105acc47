//! The words: for what is to be told, the fewest notices that state it, in a language that the person understands.
//! This is presentation: where no notice fits, the finding is shown and no way is lost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::consent::key;
use super::session::Session;
use crate::decision::{Action, ActionWhat, Disclosure};
use crate::tree::{ElementId, MeansId, Notice, NoticeId};

/// What is to be told, and by what means.
type Open = (ElementId, Option<MeansId>);

/// The notices for the actions of a way, persons with the same words together.
pub fn disclosures(session: &Session<'_>, way: &[usize]) -> Vec<Disclosure> {
    let actions = session.actions.borrow();
    let mut per_person: BTreeMap<usize, Vec<(Open, usize)>> = BTreeMap::new();
    for index in way {
        if let Some(Action { what: ActionWhat::Tell { person, elements, means, .. }, .. }) = actions.get(*index) {
            let to_tell = elements.iter().map(|element| ((*element, *means), *index));
            per_person.entry(*person).or_default().extend(to_tell);
        }
    }
    let mut found: Vec<Disclosure> = Vec::new();
    for (person, to_tell) in per_person {
        let open: BTreeSet<Open> = to_tell.iter().map(|(open, _)| *open).collect();
        for (notice, told) in fewest(session, person, &open) {
            let discharged = to_tell.iter().filter(|(open, _)| told.contains(open)).map(|(_, index)| *index);
            let elements = told.iter().map(|(element, _)| *element).collect::<BTreeSet<_>>();
            let disclosure = Disclosure {
                to: vec![person],
                elements: elements.into_iter().collect(),
                text: notice.and_then(|notice| words(session, notice, person)),
                actions: discharged.collect::<BTreeSet<_>>().into_iter().collect(),
            };
            match found.iter_mut().find(|known| known.text.is_some() && known.text == disclosure.text) {
                Some(known) => join(known, disclosure),
                None => found.push(disclosure),
            }
        }
    }
    found
}

/// The same notice, to more persons.
fn join(known: &mut Disclosure, more: Disclosure) {
    known.to.extend(more.to);
    known.actions.extend(more.actions);
    known.elements.extend(more.elements);
    known.elements.sort();
    known.elements.dedup();
}

/// Gives each action the notice or form that does it best.
pub fn fill(session: &Session<'_>) {
    let texts: Vec<Option<(NoticeId, String)>> = {
        let actions = session.actions.borrow();
        actions.iter().map(|action| best(session, action)).collect()
    };
    for (action, text) in session.actions.borrow_mut().iter_mut().zip(texts) {
        action.text = text;
    }
}

fn best(session: &Session<'_>, action: &Action) -> Option<(NoticeId, String)> {
    match &action.what {
        ActionWhat::Tell { person, elements, means, .. } => {
            let open = elements.iter().map(|element| (*element, *means)).collect();
            match fewest(session, *person, &open).as_slice() {
                [(Some(notice), _)] => words(session, *notice, *person).map(|(notice, language, _)| (notice, language)),
                _ => None,
            }
        }
        ActionWhat::Ask { person, term, form, .. } => {
            let asks = |notice: &Notice| notice.asks_for.iter().any(|one| key(one) == key(term));
            let asking = session.tree.notices.iter().filter(|(_, notice)| asks(notice));
            let understood = asking.filter(|(_, notice)| wording(session, notice, *person).is_some());
            // The one that asks for the least and says the least.
            let best = understood.min_by_key(|(_, one)| (one.asks_for.len(), one.states.len(), &one.name));
            let found = form.or(best.map(|(id, _)| id))?;
            words(session, found, *person).map(|(notice, language, _)| (notice, language))
        }
        ActionWhat::Arrange(_) => None,
    }
}

/// The fewest notices that state everything that is open, by the means that it asks for, in words that the person understands; what none
/// states so stands without one.
fn fewest(session: &Session<'_>, person: usize, open: &BTreeSet<Open>) -> Vec<(Option<NoticeId>, BTreeSet<Open>)> {
    let tree = session.tree;
    let tells = |notice: &Notice, (element, means): &Open| {
        notice.states.iter().any(|one| tree.elements.get(*one).is_some_and(|word| word.is_a(*element)))
            && means.is_none_or(|wanted| {
                notice.means.iter().any(|one| tree.means.get(*one).is_some_and(|word| word.is_a(wanted)))
            })
    };
    let is_usable = |notice: &Notice| !notice.form && wording(session, notice, person).is_some();
    let usable = tree.notices.iter().filter(|(_, notice)| is_usable(notice)).map(|(id, notice)| Candidate {
        id,
        tells: open.iter().filter(|one| tells(notice, one)).copied().collect(),
        asks: notice.asks_for.len(),
        states: notice.states.len(),
        name: &notice.name,
    });
    let mut usable: Vec<Candidate<'_>> = usable.filter(|one| !one.tells.is_empty()).collect();
    usable.sort_by_key(|one| (one.asks, one.states, one.name));
    let mut left = open.clone();
    let mut found = Vec::new();
    for notice in cover(&usable, open) {
        let (told, rest) = left.iter().copied().partition(|one| notice.tells.contains(one));
        found.push((Some(notice.id), told));
        left = rest;
    }
    if !left.is_empty() {
        found.push((None, left));
    }
    found
}

/// A notice that states some of what is open.
struct Candidate<'t> {
    id: NoticeId,
    tells: BTreeSet<Open>,
    asks: usize,
    states: usize,
    name: &'t str,
}

impl Candidate<'_> {
    fn gain(&self, left: &BTreeSet<Open>) -> usize {
        self.tells.intersection(left).count()
    }
}

/// How many covers are looked at before the one found greedily has to do.
const COVERS: usize = 20_000;

/// The fewest that cover what can be covered: the greedy cover (one that asks for nothing before one that asks, then the tightest), or a
/// smaller one where there is one.
fn cover<'c, 't>(usable: &'c [Candidate<'t>], open: &BTreeSet<Open>) -> Vec<&'c Candidate<'t>> {
    let mut left = open.clone();
    let mut greedy: Vec<&Candidate<'_>> = Vec::new();
    while let Some(best) = usable.iter().filter(|one| one.gain(&left) > 0).min_by_key(|one| Reverse(one.gain(&left))) {
        left.retain(|one| !best.tells.contains(one));
        greedy.push(best);
    }
    let coverable: BTreeSet<Open> = open.difference(&left).copied().collect();
    let mut budget = COVERS;
    let smaller = (1..greedy.len()).find_map(|most| within(usable, &coverable, most, &mut budget));
    smaller.unwrap_or(greedy)
}

/// A cover by at most so many: one of the notices that tell the first of what is left must be in it.
fn within<'c, 't>(
    usable: &'c [Candidate<'t>],
    left: &BTreeSet<Open>,
    most: usize,
    budget: &mut usize,
) -> Option<Vec<&'c Candidate<'t>>> {
    let Some(first) = left.first() else { return Some(Vec::new()) };
    let most = most.checked_sub(1)?;
    *budget = budget.checked_sub(1)?;
    usable.iter().filter(|one| one.tells.contains(first)).find_map(|one| {
        let rest = left.difference(&one.tells).copied().collect();
        let mut found = within(usable, &rest, most, budget)?;
        found.push(one);
        Some(found)
    })
}

/// A notice's words, owned, with the tag of their language.
fn words(session: &Session<'_>, notice: NoticeId, person: usize) -> Option<(NoticeId, String, String)> {
    let (language, text) = wording(session, session.tree.notices.get(notice)?, person)?;
    Some((notice, language.clone(), text.clone()))
}

/// A notice's words in a language that the person understands (RFC 4647 lookup); when no language is known, in English, else in the
/// first by its tag.
fn wording<'t>(session: &Session<'t>, notice: &'t Notice, person: usize) -> Option<&'t (String, String)> {
    let languages = session.ctx.parties.get(person).map(|party| party.languages.as_slice()).unwrap_or_default();
    let in_language = |wanted: &str| notice.wordings.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
    let lookup = |wanted: &String| {
        let mut range = wanted.as_str();
        loop {
            if let Some(found) = in_language(range) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    };
    if languages.is_empty() {
        in_language("en").or_else(|| notice.wordings.iter().min_by_key(|(tag, _)| tag))
    } else {
        languages.iter().find_map(lookup)
    }
}
