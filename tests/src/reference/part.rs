//! The most specific instances of the asked act: what was asked is the whole of them, and each must be lawful.

use onrecord::tree::{Act, ActId, ArtefactId, CategoryId, Group, Of, PurposeId, RecipientId, Tree};

use super::scene::{Scene, Who};
use super::world::World;

/// A part of the asked act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The act, or the capture of one side alone.
    pub act: ActId,
    /// For this purpose; for one that the vocabulary does not have, when none.
    pub purpose: Option<PurposeId>,
    /// To this recipient.
    pub recipient: Option<RecipientId>,
    /// Of data of this category.
    pub category: Option<CategoryId>,
    /// Of this artefact.
    pub artefact: Option<ArtefactId>,
}

impl Part {
    /// The act as it was asked.
    #[must_use]
    pub fn whole(tree: &Tree, act: &Act) -> Self {
        let word = &tree.acts[act.act];
        let made = if word.group == Group::Capture { word.makes } else { tree.known.recording_artefact };
        let (category, artefact) = match act.of {
            Some(Of::Category(category)) => (Some(category), made),
            Some(Of::Artefact(artefact)) => (None, Some(artefact)),
            Some(Of::Role(_)) | None => (None, made),
        };
        Self { act: act.act, purpose: act.purpose, recipient: act.recipient, category, artefact }
    }
}

/// Whether one act captures one side of what the other captures.
#[must_use]
pub fn is_side_of(tree: &Tree, side: ActId, whole: ActId) -> bool {
    let (one, other) = (&tree.acts[side], &tree.acts[whole]);
    one.captures.is_some() && other.captures.is_none() && other.group == Group::Capture && one.word.is_a(whole)
}

fn each<T: Copy>(parts: Vec<Part>, of: &[T], with: impl Fn(Part, T) -> Part) -> Vec<Part> {
    parts.iter().flat_map(|part| of.iter().map(|one| with(*part, *one))).collect()
}

impl<'a> Scene<'a> {
    /// Every part of the asked act that there is, as far as it is about this person. An act left undone is left undone as a whole.
    #[must_use]
    pub fn parts(&self, world: &World, person: Option<Who>) -> Vec<Self> {
        let tree = self.case.tree;
        let whole = self.part;
        if self.act.not {
            return vec![self.clone()];
        }
        let side_of = |person| tree.roles[self.role_of(world, person)].side;
        let of_side = |act: &ActId| person.is_some_and(|person| tree.acts[*act].captures == Some(side_of(person)));
        let sides = tree.acts.ids().filter(|one| is_side_of(tree, *one, whole.act)).filter(of_side);
        let acts: Vec<ActId> = std::iter::once(whole.act).chain(sides).collect();
        let captures = tree.acts[whole.act].group == Group::Capture;
        let purposes: Vec<Option<PurposeId>> = match whole.purpose {
            Some(asked) => tree.purposes.ids().filter(|one| tree.purposes[*one].is_a(asked)).map(Some).collect(),
            None if captures && world.intended.is_empty() => vec![None],
            None if captures => world.intended.iter().copied().map(Some).collect(),
            None => std::iter::once(None).chain(tree.purposes.ids().map(Some)).collect(),
        };
        let recipients: Vec<Option<RecipientId>> = match whole.recipient {
            Some(asked) => tree.recipients.ids().filter(|one| tree.recipients[*one].is_a(asked)).map(Some).collect(),
            None => std::iter::once(None).chain(tree.recipients.ids().map(Some)).collect(),
        };
        let categories: Vec<Option<CategoryId>> = match whole.category {
            Some(asked) => tree.categories.ids().filter(|one| tree.categories[*one].is_a(asked)).map(Some).collect(),
            None => std::iter::once(None).chain(world.categories.iter().copied().map(Some)).collect(),
        };
        let artefacts: Vec<Option<ArtefactId>> = match whole.artefact {
            Some(asked) => tree.artefacts.ids().filter(|one| tree.artefacts[*one].is_a(asked)).map(Some).collect(),
            None => vec![None],
        };
        let parts = each(vec![whole], &acts, |part, act| Part { act, ..part });
        let parts = each(parts, &purposes, |part, purpose| Part { purpose, ..part });
        let parts = each(parts, &recipients, |part, recipient| Part { recipient, ..part });
        let parts = each(parts, &categories, |part, category| Part { category, ..part });
        let parts = each(parts, &artefacts, |part, artefact| Part { artefact, ..part });
        parts.into_iter().map(|part| Self { part, ..self.clone() }).collect()
    }
}
