//! Places: claims about where somebody is.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::context::{Claim, Known, Possible, Provenance};
use crate::resolve::place;
use crate::tree::{FactId, FactType, Place};
use crate::wire::error::Path;
use crate::wire::form::LocationForm;

impl Reader<'_> {
    /// The claims about where a party or the recorder is: the places that are possible.
    pub(super) fn locations(
        &mut self,
        claims: Option<&[LocationForm<'_>]>,
        fact: Option<FactId>,
        holder: &Path<'_>,
        into: &mut BTreeMap<FactId, Known>,
    ) {
        let at = holder.field("locations");
        if claims.is_none() {
            return;
        }
        let Some(fact) = fact else {
            self.say(&at, "the policy declares no fact that reads `is in` here", "declare one in the vocabulary");
            return;
        };
        let mut found = Vec::new();
        for (index, claim) in self.entries(claims, &at) {
            found.extend(self.claim(claim, &at.index(index)));
        }
        let places: BTreeSet<Place> = found.iter().map(|claim: &Claim| claim.place).collect();
        let known = match self.tree.facts.get(fact).map(|fact| &fact.kind) {
            _ if places.is_empty() => {
                Known { possible: Possible::Anything, provenance: Provenance::AskedUnknown, claims: found }
            }
            Some(FactType::Places) => {
                Known { possible: Possible::Places(places), provenance: Provenance::Given, claims: found }
            }
            _ => Known { possible: Possible::Place(places), provenance: Provenance::Given, claims: found },
        };
        into.insert(fact, known);
    }

    fn claim(&mut self, form: &LocationForm<'_>, at: &Path<'_>) -> Option<Claim> {
        let region = self.required(form.region.as_ref(), "region", at);
        let place = region.and_then(|region| self.place(region, &at.field("region")));
        let as_of = form.as_of.as_ref().and_then(|day| self.day(day, &at.field("as_of")));
        Some(Claim { place: place?, basis: form.basis.map(Into::into), as_of })
    }

    /// A place by its ISO 3166 code.
    pub(super) fn place(&mut self, code: &str, at: &Path<'_>) -> Option<Place> {
        if place::is_place(code) {
            return Place::new(code);
        }
        let help = match place::meant(code, &[]) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write one like `DE` or `US-CA`, in capitals".to_owned(),
        };
        self.say(at, format!("`{code}` is not an ISO 3166 code"), help);
        None
    }
}
