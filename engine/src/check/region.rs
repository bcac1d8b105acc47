//! Regions without members, and members that are listed twice for the same days.

use chrono::NaiveDate;

use super::policy::Policy;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::tree::{PlaceTest, Region, Tree};

pub(super) const CODES: &[&Code] = &[&EMPTY, &TWICE];

code!(
    EMPTY,
    "ONR0367",
    "region without members",
    "Nobody is in a region without members: a rule that asks for it never speaks.",
    "region NORDIC \"Nordic countries\" { }\n",
    "region NORDIC \"Nordic countries\" { DK, FI, IS, NO, SE }\n"
);
code!(
    TWICE,
    "ONR0368",
    Warning,
    "member listed twice",
    "A place that is listed twice for the same days is in the region by either line: when one of them ends, the other still stands.",
    "region NORDIC \"Nordic countries\" { DK, SE, DK until 2030-12-31 }\n",
    "region NORDIC \"Nordic countries\" { DK until 2030-12-31, SE }\n"
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (_, region) in policy.tree.regions.iter().filter(|(_, region)| policy.is_whole(region.span)) {
        if region.members.is_empty() {
            out.push(
                Diagnostic::new(&EMPTY, region.name_span, format!("`{}` has no members", region.name))
                    .label("nobody is in it")
                    .help("list its places by their ISO 3166 codes"),
            );
        }
        out.extend(repeated(region).map(|member| twice(policy.tree, region, member)));
    }
}

fn repeated(region: &Region) -> Option<&PlaceTest> {
    let overlap = |one: &(PlaceTest, Option<NaiveDate>, Option<NaiveDate>), other: &(PlaceTest, _, _)| {
        let until = |date: Option<NaiveDate>| date.unwrap_or(NaiveDate::MAX);
        let from = |date: Option<NaiveDate>| date.unwrap_or(NaiveDate::MIN);
        one.0 == other.0 && from(one.1) <= until(other.2) && from(other.1) <= until(one.2)
    };
    let mut members = region.members.iter().enumerate();
    members
        .find(|(at, member)| region.members.iter().take(*at).any(|other| overlap(member, other)))
        .map(|(_, one)| &one.0)
}

fn twice(tree: &Tree, region: &Region, member: &PlaceTest) -> Diagnostic {
    let name = match member {
        PlaceTest::Place(place) => place.code(),
        PlaceTest::Region(inner) => tree.regions.name(*inner),
    };
    Diagnostic::new(
        &TWICE,
        region.name_span,
        format!("`{name}` is listed twice in `{}`, for the same days", region.name),
    )
    .label("a member twice")
    .help("keep one of the two lines")
}
