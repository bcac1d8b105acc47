//! Which acts, terms and levels speak of which: a rule about a part speaks to the whole, a grant reaches only what it names.

use onrecord::tree::{Act, Level, Of, Term, Tree};

/// Whether consent at `given` is consent at least at `asked`.
#[must_use]
pub fn level_reaches(given: Level, asked: Level) -> bool {
    given == asked || (given > asked && given >= Level::Expressed)
}

/// Whether what rests on `rests` rests on `whole`: it is a kind or a part of it.
#[must_use]
pub fn rests_on(tree: &Tree, rests: &Term, whole: &Term) -> bool {
    tree.acts[rests.act].word.is_a(whole.act)
        && whole.of.is_none_or(|of| rests.of.is_some_and(|mine| of_is_a(tree, mine, of)))
        && whole.purpose.is_none_or(|purpose| rests.purpose.is_some_and(|mine| tree.purposes[mine].is_a(purpose)))
        && whole.recipient.is_none_or(|to| rests.recipient.is_some_and(|mine| tree.recipients[mine].is_a(to)))
}

/// Whether a grant of `granted` reaches `asked`: it reaches only what it names.
#[must_use]
pub fn grant_reaches(granted: &Term, asked: &Term) -> bool {
    plain(granted) == plain(asked)
}

/// Whether `mine` is `other` or a kind of it.
#[must_use]
pub fn of_is_a(tree: &Tree, mine: Of, other: Of) -> bool {
    match (mine, other) {
        (Of::Role(mine), Of::Role(other)) => Some(other) == tree.known.party || tree.roles[mine].word.is_a(other),
        (Of::Category(mine), Of::Category(other)) => tree.categories[mine].is_a(other),
        (Of::Artefact(mine), Of::Artefact(other)) => tree.artefacts[mine].is_a(other),
        _ => false,
    }
}

/// An act without where it was written.
#[must_use]
pub fn plain(act: &Act) -> Act {
    Act { span: onrecord::source::Span::default(), ..act.clone() }
}
