//! Parts of a policy in the words of its author, for messages.

use crate::source::Span;
use crate::tree::{Act, Cond, Of, Tree};

/// An act phrase: “use of transcript for model-training”.
pub fn act(tree: &Tree, act: &Act) -> String {
    let not = if act.not { "not " } else { "" };
    let of = act.of.map(|of| match of {
        Of::Role(role) => tree.roles.name(role),
        Of::Category(category) => tree.categories.name(category),
        Of::Artefact(artefact) => tree.artefacts.name(artefact),
    });
    let rest = [
        (" of ", of),
        (" for ", act.purpose.map(|purpose| tree.purposes.name(purpose))),
        (" to ", act.recipient.map(|recipient| tree.recipients.name(recipient))),
        (" during ", act.phase.map(|phase| tree.phases.name(phase))),
    ];
    let rest: String = rest.iter().filter_map(|(word, name)| name.map(|name| format!("{word}{name}"))).collect();
    format!("{not}{}{rest}", tree.acts.name(act.act))
}

pub use crate::evaluate::period_words as period;

/// Names in code quotes: “`a`, `b` and `c`”.
pub fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match (quoted.pop(), quoted.is_empty()) {
        (Some(last), false) => format!("{} and {last}", quoted.join(", ")),
        (Some(last), true) => last,
        (None, _) => String::new(),
    }
}

/// Where a condition stands, if it is not a group.
pub fn place(condition: &Cond) -> Option<Span> {
    match condition {
        Cond::All(_) | Cond::Any(_) => None,
        Cond::Not(inner) => place(inner),
        Cond::Fact { span, .. }
        | Cond::Persons { span, .. }
        | Cond::Purposes { span, .. }
        | Cond::Judged(_, span)
        | Cond::Unlawful(_, span)
        | Cond::ReliedOn(_, span) => Some(*span),
    }
}

/// A part of the tree without its places: what stands in two places is the same when this is.
pub fn meaning(part: &impl std::fmt::Debug) -> String {
    let written = format!("{part:?}");
    let mut pieces = written.split("Span {");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |whole, piece| whole + piece.split_once('}').map_or("", |(_, rest)| rest))
}
