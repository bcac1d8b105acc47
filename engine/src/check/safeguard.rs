//! Safeguards that cannot be in place together, where both are demanded.

use super::policy::{self, Policy};
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Req, SafeguardId};

pub(super) const CODES: &[&Code] = &[&ITSELF, &BOTH];

code!(
    ITSELF,
    "ONR0370",
    "safeguard that excludes itself",
    "A safeguard that cannot be in place together with itself can never be in place.",
    "safeguard masked \"Masked\" {\n  means \"Key tones are masked.\"\n  arranged before the call\n  excludes masked\n}\n",
    "safeguard masked \"Masked\" {\n  means \"Key tones are masked.\"\n  arranged before the call\n}\n"
);
code!(
    BOTH,
    "ONR0563",
    "safeguards that exclude each other, both required",
    "The vocabulary says that the two cannot be in place together, so nobody can meet a requirement of both.",
    sample!(recording masked house; "safeguard spoken-card-entry \"Spoken\" {\n  means \"The card is read aloud.\"\n  arranged in the call\n  excludes masked\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless masked is in place and spoken-card-entry is in place\n}\n"),
    sample!(recording masked house; "safeguard spoken-card-entry \"Spoken\" {\n  means \"The card is read aloud.\"\n  arranged in the call\n  excludes masked\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless masked is in place or spoken-card-entry is in place\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (id, safeguard) in policy.rest(policy.tree).flat_map(|tree| tree.safeguards.iter()) {
        if safeguard.excludes.contains(&id) {
            let span = policy.mention(safeguard.word.span, "safeguard", &safeguard.word.name);
            out.push(
                Diagnostic::new(
                    &ITSELF,
                    span.unwrap_or(safeguard.word.name_span),
                    format!("`{}` excludes itself", safeguard.word.name),
                )
                .label("can never be in place")
                .help("take it out of its line `excludes`"),
            );
        }
    }
    for (requirement, _) in policy.requirements() {
        policy::parts(requirement, &mut |part| {
            if let Req::All(parts) = part {
                both(policy, parts, out);
            }
        });
    }
}

fn both(policy: &Policy<'_>, parts: &[Req], out: &mut Vec<Diagnostic>) {
    let named: Vec<(SafeguardId, Span)> = parts.iter().filter_map(in_place).collect();
    for (at, (one, span)) in named.iter().enumerate() {
        let Some(safeguard) = policy.tree.safeguards.get(*one) else { continue };
        let other = named.iter().take(at).find(|(other, _)| other != one && safeguard.excludes.contains(other));
        out.extend(other.map(|(other, earlier)| {
            let name = policy.tree.safeguards.name(*other);
            Diagnostic::new(&BOTH, *span, format!("`{}` and `{name}` cannot be in place together", safeguard.word.name))
                .label("excludes the other")
                .related(*earlier, "required together with it")
                .help("join them with `or`, or require one")
        }));
    }
}

fn in_place(part: &Req) -> Option<(SafeguardId, Span)> {
    match part {
        Req::InPlace(safeguard, _, span) => Some((*safeguard, *span)),
        Req::Labelled(_, inner) => in_place(inner),
        _ => None,
    }
}
