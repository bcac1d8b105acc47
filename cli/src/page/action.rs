//! What can still be done, as somebody would be asked to do it.

use onrecord::decision::{Action, ActionKind, ActionStatus, ActionWhat, Disclosure, Lead};
use onrecord::tree::{ElementId, NoticeId};

use super::sheet::Sheet;
use super::words::{self, Words, lower, upper};
use crate::screen::{BOLD, DIM, paint};

/// One step of a way.
pub enum Step {
    /// A notice to give, to one or several persons.
    Notice(Disclosure, usize),
    /// Something else, to or with one or several persons: the action, and who.
    Action(Action, Vec<usize>),
}

/// The steps of the outcome's way: its notices first.
pub fn of_outcome(words: &Words<'_>) -> Vec<Step> {
    let decision = words.decision;
    let told: Vec<usize> = decision.disclosures.iter().flat_map(|one| one.actions.iter().copied()).collect();
    let names_means = |action: &&usize| {
        let what = decision.actions.get(**action).map(|action| &action.what);
        matches!(what, Some(ActionWhat::Tell { means: Some(_), .. }))
    };
    let notices = decision.disclosures.iter().filter_map(|one| {
        let first = one.actions.iter().find(names_means).or(one.actions.first());
        first.map(|first| Step::Notice(one.clone(), *first))
    });
    let rest: Vec<usize> = decision.outcome.after.iter().copied().filter(|action| !told.contains(action)).collect();
    notices.chain(of_way(words, &rest)).collect()
}

/// The steps of a way, what is done alike with several persons together.
pub fn of_way(words: &Words<'_>, way: &[usize]) -> Vec<Step> {
    let mut steps: Vec<(Action, Vec<usize>)> = Vec::new();
    for action in way.iter().filter_map(|index| words.decision.actions.get(*index)) {
        let alike = steps.iter_mut().find(|(known, _)| is_alike(known, action));
        match (alike, person(action)) {
            (Some((_, persons)), Some(person)) => persons.push(person),
            (_, person) => steps.push((action.clone(), person.into_iter().collect())),
        }
    }
    steps.into_iter().map(|(action, persons)| Step::Action(action, persons)).collect()
}

fn person(action: &Action) -> Option<usize> {
    match action.what {
        ActionWhat::Tell { person, .. } | ActionWhat::Ask { person, .. } => Some(person),
        ActionWhat::Arrange(_) => None,
    }
}

/// Whether two actions are the same but for the person.
fn is_alike(one: &Action, other: &Action) -> bool {
    let mut moved = other.clone();
    if let (ActionWhat::Tell { person, .. } | ActionWhat::Ask { person, .. }, Some(same)) =
        (&mut moved.what, self::person(one))
    {
        *person = same;
    }
    *one == moved
}

/// Shows a step, with the words to say.
pub fn show(sheet: &mut Sheet, words: &Words<'_>, step: &Step, mark: &str) {
    match step {
        Step::Notice(disclosure, first) => {
            let action = words.decision.actions.get(*first);
            match &disclosure.text {
                Some((notice, language, _)) => {
                    let name = &words.decision.policy.tree.notices[*notice].name;
                    let play = format!(
                        "Give {} the notice {} in {}",
                        words.persons(&disclosure.to),
                        paint(BOLD, name),
                        words::language(language)
                    );
                    sheet.item(
                        1,
                        mark,
                        &format!("{play}{}:", action.map(|one| manner(words, one)).unwrap_or_default()),
                    );
                    quote(sheet, words, *notice, language);
                }
                None => {
                    let what = upper(&told_to(words, &words.persons(&disclosure.to), &disclosure.elements));
                    let how = action.map(|one| manner(words, one)).unwrap_or_default();
                    sheet.item(1, mark, &format!("{what}{how}."));
                    sheet.line(
                        3,
                        &paint(DIM, "No notice has words for this in a language that they understand: write one."),
                    );
                }
            }
        }
        Step::Action(action, persons) => {
            sheet.item(1, mark, &format!("{}.", upper(&sentence(words, action, persons))));
            if let Some((notice, language)) = &action.text {
                let name = &words.decision.policy.tree.notices[*notice].name;
                sheet.line(3, &format!("with {} in {}:", paint(BOLD, name), words::language(language)));
                quote(sheet, words, *notice, language);
            }
        }
    }
}

/// A step in a few words.
pub fn in_short(words: &Words<'_>, step: &Step) -> String {
    match step {
        Step::Notice(disclosure, _) => told_to(words, &words.persons(&disclosure.to), &disclosure.elements),
        Step::Action(action, persons) => sentence(words, action, persons),
    }
}

fn quote(sheet: &mut Sheet, words: &Words<'_>, notice: NoticeId, language: &str) {
    match words.wording(notice, language) {
        Some(text) if words.is_new(notice, language) => sheet.quotation(3, &format!("“{text}”")),
        Some(_) => sheet.line(3, "(in the words above)"),
        None => {}
    }
}

fn sentence(words: &Words<'_>, action: &Action, persons: &[usize]) -> String {
    let tree = &words.decision.policy.tree;
    match &action.what {
        ActionWhat::Tell { elements: told, .. } => {
            format!("{}{}", told_to(words, &words.persons(persons), told), manner(words, action))
        }
        ActionWhat::Ask { level, term, .. } => {
            let whose = words.persons(persons);
            let to = lower(&words.act(term));
            format!("obtain {whose}’s {} consent to {to}{}", words::level(*level), manner(words, action))
        }
        ActionWhat::Arrange(safeguard) => {
            let label = &tree.safeguards[*safeguard].word.label;
            format!("put in place: {}{}", lower(label), when(words, action))
        }
    }
}

/// “tell customer-1 that the call is recorded and how to opt out”; “give customer-1 a warning tone”.
fn told_to(words: &Words<'_>, whom: &str, told: &[ElementId]) -> String {
    let tree = &words.decision.policy.tree;
    let labels: Vec<String> = told.iter().map(|element| lower(&tree.elements[*element].label)).collect();
    let says = |label: &String| {
        ["that ", "what ", "how ", "who ", "why ", "where ", "which ", "on what ", "for what "]
            .iter()
            .any(|word| label.starts_with(word))
    };
    let (said, given): (Vec<String>, Vec<String>) = labels.into_iter().partition(says);
    let tell = (!said.is_empty()).then(|| format!("tell {whom} {}", words::list(&said)));
    let give = (!given.is_empty()).then(|| format!("give {whom} {}", words::list(&given)));
    tell.into_iter().chain(give).collect::<Vec<_>>().join(", and ")
}

/// How it is done, and by when.
fn manner(words: &Words<'_>, action: &Action) -> String {
    let tree = &words.decision.policy.tree;
    let mut text = String::new();
    match &action.what {
        ActionWhat::Tell { means, their_language, on_recording, throughout, .. } => {
            if let Some(means) = means {
                text.push_str(&format!(", by {}", lower(&tree.means[*means].label)));
            }
            if *their_language {
                text.push_str(", in a language that they understand");
            }
            if *on_recording {
                text.push_str(", so that it is on the recording");
            }
            if *throughout {
                text.push_str(", for as long as it lasts");
            }
        }
        ActionWhat::Ask { manner, form, separately, on_recording, .. } => {
            if let Some(manner) = manner {
                text.push_str(&format!(", by {}", lower(&tree.manners[*manner].word.label)));
            }
            if let Some(form) = form {
                text.push_str(&format!(", on the form {}", tree.notices[*form].name));
            }
            if *separately {
                text.push_str(", separately from any other consent");
            }
            if *on_recording {
                text.push_str(", so that it is on the recording");
            }
        }
        ActionWhat::Arrange(_) => {}
    }
    text + &when(words, action)
}

/// By when, and from where.
fn when(words: &Words<'_>, action: &Action) -> String {
    let before = action.before.map(|act| format!(", before {}", words.act_name(act))).unwrap_or_default();
    let lead = match action.lead {
        Lead::InCall => "",
        Lead::BeforeCall => " (it must be arranged before the call)",
        Lead::Organisation => " (it must be arranged by the organisation)",
    };
    let waiting = match (action.kind, action.status) {
        (_, ActionStatus::Waiting(until)) => format!(" (done: it takes effect at {})", words.time(until)),
        (ActionKind::Wait, ActionStatus::Open) => " (done: wait until it takes effect)".to_owned(),
        _ => String::new(),
    };
    format!("{before}{lead}{waiting}")
}
