//! Coverage claims by place.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::tree::{ActId, Coverage, Place, Tree};

/// Coverage claims by place.
#[derive(Debug, Default)]
pub struct Covered {
    claims: HashMap<Place, Vec<Coverage>>,
}

/// Indexes the claims of a policy.
pub fn index(tree: &Tree) -> Covered {
    let mut covered = Covered::default();
    for claim in &tree.coverage {
        covered.claims.entry(claim.place.clone()).or_default().push(claim.clone());
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
        let divided = place.country().is_none() && is_divided(place);
        let exactly = |claim: &&Coverage| claim.subdivisions || !divided;
        let itself = self.claims.get(place).is_some_and(|claims| claims.iter().filter(exactly).any(holds));
        let inherited = || {
            let claims = place.country().and_then(|country| self.claims.get(country));
            claims.is_some_and(|claims| claims.iter().any(|claim| claim.subdivisions && holds(claim)))
        };
        itself || inherited()
    }
}

/// Whether ISO 3166-2 divides a country.
fn is_divided(country: &Place) -> bool {
    let parts = rust_iso3166::from_alpha2(&country.0).and_then(|code| code.subdivisions().map(<[_]>::len));
    parts.is_some_and(|parts| parts > 0)
}
