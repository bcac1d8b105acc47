//! Where names are declared and used.

use onrecord::resolve::{Target, Use};

use crate::snapshot::{Place, View};

/// The name at a byte, if it means something.
#[must_use]
pub fn use_at<'s>(view: View<'s>, offset: usize) -> Option<&'s Use> {
    let (piece, at) = view.at(offset)?;
    view.semantic.use_at(piece.id(), at)
}

/// Where the name at a byte is declared.
#[must_use]
pub fn definition(view: View<'_>, offset: usize) -> Option<Place> {
    view.snapshot.place(use_at(view, offset)?.target.definition)
}

/// Every place where the thing named at a byte is named.
#[must_use]
pub fn references(view: View<'_>, offset: usize, with_declaration: bool) -> Vec<Place> {
    use_at(view, offset).map(|found| places_of(view, &found.target, with_declaration)).unwrap_or_default()
}

/// Every place where something is named, in the order of files and places.
#[must_use]
pub fn places_of(view: View<'_>, target: &Target, with_declaration: bool) -> Vec<Place> {
    let uses = view.semantic.uses_of(target);
    let mut places: Vec<Place> = uses
        .filter(|one| with_declaration || one.span != target.definition)
        .filter_map(|one| view.snapshot.place(one.span))
        .collect();
    places.sort_by(|one, other| (&one.document.uri, one.range.start).cmp(&(&other.document.uri, other.range.start)));
    places
}

/// Where the thing named at a byte is named in the same document; whether each is the declaration.
#[must_use]
pub fn highlights(view: View<'_>, offset: usize) -> Vec<(std::ops::Range<usize>, bool)> {
    let Some(found) = use_at(view, offset) else { return Vec::new() };
    let uses = view.semantic.uses_of(&found.target);
    let mut places: Vec<_> =
        uses.filter_map(|one| Some((view.document.range(one.span)?, one.span == found.target.definition))).collect();
    places.sort_by_key(|(range, _)| range.start);
    places
}
