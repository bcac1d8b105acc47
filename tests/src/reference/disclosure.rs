//! The fewest notices that state what a person is to be told: every set of notices is looked at.

use onrecord::tree::{ElementId, MeansId, Notice, NoticeId};

use super::Case;

/// What a person is to be told, and by what means.
pub type Open = (ElementId, Option<MeansId>);

/// Whether a notice states something, by the means that is asked for.
#[must_use]
pub fn tells(case: &Case<'_>, notice: &Notice, (element, means): Open) -> bool {
    let tree = case.tree;
    notice.states.iter().any(|one| tree.elements[*one].is_a(element))
        && means.is_none_or(|means| notice.means.iter().any(|one| tree.means[*one].is_a(means)))
}

/// The words of a notice for a person: of the languages that the person understands, the first in which there are any, as the tag says or,
/// one part after the other left off at its end, more broadly. English for somebody of whom no language is known, else the first by its tag.
#[must_use]
pub fn words<'t>(case: &Case<'t>, notice: &'t Notice, person: usize) -> Option<&'t (String, String)> {
    let languages = &case.ctx.parties[person].languages;
    let in_language = |tag: &str| notice.wordings.iter().find(|(one, _)| one.to_lowercase() == tag.to_lowercase());
    if languages.is_empty() {
        return in_language("en").or_else(|| notice.wordings.iter().min());
    }
    languages.iter().find_map(|language| {
        let parts: Vec<&str> = language.split('-').collect();
        (1..=parts.len()).rev().find_map(|kept| in_language(&parts[..kept].join("-")))
    })
}

/// The notices by which a person can be told something of this.
#[must_use]
pub fn usable(case: &Case<'_>, person: usize, open: &[Open]) -> Vec<NoticeId> {
    let notices = case.tree.notices.iter().filter(|(_, notice)| !notice.form);
    let useful = notices.filter(|(_, notice)| open.iter().any(|one| tells(case, notice, *one)));
    useful.filter(|(_, notice)| words(case, notice, person).is_some()).map(|(id, _)| id).collect()
}

/// How many notices it takes to tell a person everything of this that any notice states.
#[must_use]
pub fn fewest(case: &Case<'_>, person: usize, open: &[Open]) -> usize {
    let usable = usable(case, person, open);
    let told_by = |notices: &[NoticeId], one: Open| notices.iter().any(|id| tells(case, &case.tree.notices[*id], one));
    let can_be_told: Vec<Open> = open.iter().copied().filter(|one| told_by(&usable, *one)).collect();
    let sets = (0..1_usize << usable.len()).map(|set| -> Vec<NoticeId> {
        (0..).zip(&usable).filter(|(bit, _)| set >> bit & 1 == 1).map(|(_, id)| *id).collect()
    });
    let covers = sets.filter(|set| can_be_told.iter().all(|one| told_by(set, *one)));
    covers.map(|set| set.len()).min().unwrap_or_default()
}
