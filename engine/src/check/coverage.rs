//! Coverage claims: rare and heavy. Twice, of no effect, or with no law behind them.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::policy::{self, Policy};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Cond, Coverage, Group, PersonTest, Place, PlaceTest, Test, Tree};

pub(super) const CODES: &[&Code] = &[&TWICE, &NOT_GUARDED, &NO_LAW];

code!(
    TWICE,
    "ONR0356",
    Warning,
    "coverage claimed twice",
    "Two claims for one place, act and day: when one of them is withdrawn, the other still stands, and the place stays covered by mistake.",
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\ncovers DE for recording from 2026-01-01\ncovers DE for recording from 2026-06-01\n"),
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\ncovers DE for recording from 2026-01-01\n")
);
code!(
    NOT_GUARDED,
    "ONR0357",
    Warning,
    "coverage of an act that needs none",
    "Only guarded acts need coverage: captures and uses, or what a bundle lists after `guards`. A claim for another act has no effect.",
    sample!(erasing statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit erasing\n}\ncovers DE for erasing from 2026-01-01\n"),
    sample!(recording statute; "rule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\ncovers DE for recording from 2026-01-01\n")
);
code!(
    NO_LAW,
    "ONR0358",
    Warning,
    "coverage without a law",
    "A claim says that this policy holds the general law of the place. Here no source at a level of law can apply there, so everything would be cleared for want of a rule.",
    sample!(recording party location; "source ACT \"Recording Act\" {\n  level      legislation\n  kind       civil\n  cite       \"Recording Act\"\n  checked    2026-11-23\n  recheck by 2027-05-23\n  applies    if any party is in DE\n}\nrule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\ncovers FR for recording from 2026-01-01\n"),
    sample!(recording party location; "source ACT \"Recording Act\" {\n  level      legislation\n  kind       civil\n  cite       \"Recording Act\"\n  checked    2026-11-23\n  recheck by 2027-05-23\n  applies    if any party is in DE\n}\nrule ACT-1 under ACT {\n  cite \"§ 1\"\n  prohibit recording\n}\ncovers DE for recording from 2026-01-01\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    let law = Law::of(tree);
    for (at, claim) in tree.coverage.iter().enumerate() {
        let earlier = tree.coverage.iter().take(at).find(|other| overlap(tree, other, claim));
        out.extend(earlier.map(|earlier| twice(claim, earlier)));
        let idle: Vec<&str> =
            claim.acts.iter().filter(|act| !guarded(tree, **act)).map(|act| tree.acts.name(*act)).collect();
        if !idle.is_empty() {
            let span = idle.iter().filter_map(|act| policy.mention(claim.span, "act", act)).max();
            out.push(not_guarded(span.unwrap_or(claim.span), &idle));
        }
        if policy.is_sound() && !law.reaches(&claim.place) {
            out.push(no_law(claim));
        }
    }
}

fn overlap(tree: &Tree, one: &Coverage, other: &Coverage) -> bool {
    let is_a = |low, high| tree.acts.get(low).is_some_and(|word| word.word.is_a(high));
    let same_act = one.acts.iter().any(|one| other.acts.iter().any(|other| is_a(*one, *other) || is_a(*other, *one)));
    let same_place = one.place == other.place
        || (one.subdivisions && other.place.is_within(&one.place))
        || (other.subdivisions && one.place.is_within(&other.place));
    let last = |claim: &Coverage| claim.until.unwrap_or(NaiveDate::MAX);
    same_place && same_act && one.from <= last(other) && other.from <= last(one)
}

fn guarded(tree: &Tree, act: crate::tree::ActId) -> bool {
    let listed =
        |(_, bundle): (_, &crate::tree::Bundle)| bundle.guards.as_ref().is_some_and(|acts| acts.contains(&act));
    let below = |(_, word): (_, &crate::tree::vocabulary::ActWord)| word.group != Group::Other && word.word.is_a(act);
    tree.acts.iter().any(below) || tree.bundles.iter().any(listed)
}

/// Where the sources of law of a policy may apply.
struct Law {
    /// Whether one of them has a connecting factor that names no place, or none at all.
    everywhere: bool,
    /// The places that their factors name.
    places: BTreeSet<Place>,
}

impl Law {
    fn of(tree: &Tree) -> Self {
        let mut law = Self { everywhere: false, places: BTreeSet::new() };
        for (_, source) in tree.sources.iter().filter(|(_, source)| source.level.is_law()) {
            law.everywhere |= source.applies.is_empty();
            for (condition, _) in &source.applies {
                let named = places(condition);
                law.everywhere |= named.is_empty();
                named.into_iter().for_each(|test| law.add(tree, test, 0));
            }
        }
        law
    }

    fn add(&mut self, tree: &Tree, test: &PlaceTest, depth: usize) {
        match test {
            PlaceTest::Place(place) => self.places.extend([*place]),
            PlaceTest::Region(_) if depth > 32 => self.everywhere = true,
            PlaceTest::Region(region) => {
                let members = tree.regions.get(*region).map(|region| region.members.as_slice()).unwrap_or_default();
                members.iter().for_each(|(member, ..)| self.add(tree, member, depth + 1));
            }
        }
    }

    /// Whether some law may apply in a place: a factor names it, a part of it, or what it is a part of.
    fn reaches(&self, place: &Place) -> bool {
        let country = place.country().unwrap_or(*place);
        let part = self.places.range(*place..).next().is_some_and(|part| part.is_within(place));
        self.everywhere || part || self.places.contains(&country)
    }
}

fn places(condition: &Cond) -> Vec<&PlaceTest> {
    fn of_person<'a>(test: &'a PersonTest, found: &mut Vec<&'a PlaceTest>) {
        match test {
            PersonTest::Fact(_, Test::In(places)) => found.extend(places),
            PersonTest::Not(inner) => of_person(inner, found),
            _ => {}
        }
    }
    let mut found = Vec::new();
    policy::inside(condition, &mut |part| match part {
        Cond::Fact { test: Test::In(places), .. } => found.extend(places),
        Cond::Persons { who, test, .. } => who.iter().chain([test]).for_each(|test| of_person(test, &mut found)),
        _ => {}
    });
    found
}

fn twice(claim: &Coverage, earlier: &Coverage) -> Diagnostic {
    Diagnostic::new(&TWICE, claim.span, format!("{} is claimed already for these acts and days", claim.place.code()))
        .label("claimed again")
        .related(earlier.span, "claimed here")
        .help("keep one claim, or end the earlier with `until`")
}

fn not_guarded(span: Span, acts: &[&str]) -> Diagnostic {
    let acts = words::listed(acts.iter().copied());
    Diagnostic::new(&NOT_GUARDED, span, format!("{acts} is neither a capture nor a use, so this claims nothing of it"))
        .label("needs no coverage")
        .help("claim a capture or a use; what else a bundle guards, it lists: guards …")
}

fn no_law(claim: &Coverage) -> Diagnostic {
    let place = claim.place.code();
    Diagnostic::new(&NO_LAW, claim.span, format!("no law in this policy can apply in {place}"))
        .label(format!("claims to hold the general law of {place}"))
        .help(format!("write the source of that law with its connecting factor (applies if any party is in {place}), or withdraw the claim"))
}
