//! Renaming, in every file at once: refused where the new name cannot be one or is taken.

use std::ops::Range;

use onrecord::resolve::Target;
use onrecord::tree::Tree;

use crate::feature::navigation;
use crate::snapshot::{Place, View};

/// The name at a byte, if it can be renamed.
///
/// # Errors
/// Why it cannot.
pub fn prepare(view: View<'_>, offset: usize) -> Result<(Range<usize>, String), String> {
    let found = navigation::use_at(view, offset).ok_or("there is no name here that can be renamed")?;
    if view.snapshot.place(found.target.definition).is_none() {
        return Err(format!("`{}` is not declared in these files", found.target.name));
    }
    let range = view.document.range(found.span).ok_or("the text has changed")?;
    Ok((range, found.target.name.clone()))
}

/// Every place that changes.
///
/// # Errors
/// Why the name cannot be changed so.
pub fn rename(view: View<'_>, offset: usize, new: &str) -> Result<Vec<Place>, String> {
    let found = navigation::use_at(view, offset).ok_or("there is no name here that can be renamed")?;
    if !is_name(new) {
        return Err(format!(
            "`{new}` cannot be a name: a name begins with a letter, holds letters, digits and single hyphens, and is no keyword"
        ));
    }
    if new != found.target.name && is_taken(view.tree(), &found.target, new) {
        return Err(format!("there is already a {} `{new}`", found.target.kind));
    }
    Ok(navigation::places_of(view, &found.target, true))
}

/// Whether a word can be a name: the engine reads it where a name stands.
fn is_name(word: &str) -> bool {
    let shaped = word.starts_with(|one: char| one.is_ascii_alphabetic())
        && word.split('-').all(|part| !part.is_empty() && part.chars().all(|one| one.is_ascii_alphanumeric()));
    shaped && super::trial::reads(&format!("region {word} {{ }}"))
}

fn is_taken(tree: &Tree, target: &Target, new: &str) -> bool {
    match target.kind {
        "act" => tree.acts.id(new).is_some(),
        "purpose" => tree.purposes.id(new).is_some(),
        "category" => tree.categories.id(new).is_some(),
        "role" => tree.roles.id(new).is_some(),
        "fact" => tree.facts.id(new).is_some(),
        "judgment" => tree.judgments.id(new).is_some(),
        "element" => tree.elements.id(new).is_some(),
        "safeguard" => tree.safeguards.id(new).is_some(),
        "means" => tree.means.id(new).is_some(),
        "manner" => tree.manners.id(new).is_some(),
        "artefact" => tree.artefacts.id(new).is_some(),
        "event" => tree.events.id(new).is_some(),
        "phase" => tree.phases.id(new).is_some(),
        "recipient" => tree.recipients.id(new).is_some(),
        "region" => tree.regions.id(new).is_some(),
        "source" => tree.sources.id(new).is_some(),
        "question" => tree.questions.id(new).is_some(),
        "reading" => tree.readings.id(new).is_some(),
        "rule" => tree.rules.id(new).is_some(),
        "exception" => tree.exceptions.id(new).is_some(),
        "notice" => tree.notices.id(new).is_some(),
        "bundle" => tree.bundles.id(new).is_some(),
        "value" => tree.facts.iter().any(|(_, fact)| {
            let values = fact.kind.values();
            values.iter().any(|value| value.span == target.definition) && values.iter().any(|value| value.name == new)
        }),
        _ => false,
    }
}
