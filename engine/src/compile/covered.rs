//! Coverage claims by place.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::tree::{ActId, Coverage, Place, Tree};

/// Coverage claims by place.
#[derive(Debug, Default)]
pub struct Covered {
    claims: BTreeMap<Place, Claimed>,
}

/// What is claimed of one place.
#[derive(Debug, Default)]
struct Claimed {
    claims: Vec<Coverage>,
    /// Whether ISO 3166-2 divides it.
    divided: bool,
}

/// Indexes the claims of a policy.
pub fn index(tree: &Tree) -> Covered {
    let mut covered = Covered::default();
    for claim in &tree.coverage {
        let claimed = covered.claims.entry(claim.place).or_default();
        claimed.divided = claim.place.country().is_none() && is_divided(&claim.place);
        claimed.claims.push(claim.clone());
    }
    covered
}

impl Covered {
    /// Whether a claim in force on a day names this place and this act.
    #[must_use]
    pub fn claims(&self, tree: &Tree, place: &Place, act: ActId, day: NaiveDate) -> bool {
        let word = tree.acts.get(act).map(|act| &act.word);
        let holds = |claim: &Coverage| {
            claim.from <= day
                && claim.until.is_none_or(|until| day <= until)
                && claim.acts.iter().any(|one| word.is_some_and(|word| word.is_a(*one)))
        };
        // Nobody is in a divided country alone: some part of it may be claimed by nobody.
        let itself = self.claims.get(place).is_some_and(|claimed| {
            claimed.claims.iter().any(|claim| (claim.subdivisions || !claimed.divided) && holds(claim))
        });
        let inherited = || {
            let country = place.country().and_then(|country| self.claims.get(&country));
            country.is_some_and(|claimed| claimed.claims.iter().any(|claim| claim.subdivisions && holds(claim)))
        };
        itself || inherited()
    }
}

/// Whether ISO 3166-2 divides a country.
fn is_divided(country: &Place) -> bool {
    let parts = rust_iso3166::from_alpha2(country.code()).and_then(|code| code.subdivisions().map(<[_]>::len));
    parts.is_some_and(|parts| parts > 0)
}
