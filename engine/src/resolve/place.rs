//! Places: ISO 3166-1 and 3166-2 codes, and declared regions.

use super::{Resolver, codes};
use crate::nearest::nearest;
use crate::syntax::ast::Name;
use crate::tree::{Place, PlaceTest};

/// Names that people write for places which have another code.
const COMMON: &[(&str, &str)] = &[
    ("UK", "GB"),
    ("England", "GB-ENG"),
    ("Scotland", "GB-SCT"),
    ("Wales", "GB-WLS"),
    ("USA", "US"),
    ("Deutschland", "DE"),
    ("EL", "GR"),
    ("Quebec", "CA-QC"),
    ("CA-Quebec", "CA-QC"),
];

impl Resolver<'_> {
    /// A place or a region.
    pub(super) fn place_or_region(&mut self, name: &Name) -> Option<PlaceTest> {
        if let Some(region) = self.peek("region", super::regions, name) {
            return Some(PlaceTest::Region(region));
        }
        self.place(name).map(PlaceTest::Place)
    }

    /// A place.
    pub(super) fn place(&mut self, name: &Name) -> Option<Place> {
        if is_place(&name.text) {
            return Place::new(&name.text);
        }
        if !self.broken.contains(&name.text) {
            let regions: Vec<String> = self.out.tree.regions.names().map(str::to_owned).collect();
            let meant = meant(&name.text, &regions);
            self.say(codes::unknown_place(name, meant.as_deref()));
        }
        None
    }
}

/// Whether a code is assigned in ISO 3166-1 (two letters) or 3166-2.
#[must_use]
pub fn is_place(code: &str) -> bool {
    if code.chars().any(|letter| letter.is_ascii_lowercase()) {
        return false;
    }
    match code.split_once('-') {
        None => code.len() == 2 && rust_iso3166::from_alpha2(code).is_some(),
        Some(_) => rust_iso3166::iso3166_2::from_code(code).is_some(),
    }
}

/// Every country: its code and its English name.
pub fn countries() -> impl Iterator<Item = (&'static str, &'static str)> {
    rust_iso3166::ALL.iter().map(|one| (one.alpha2, one.name))
}

/// The subdivisions of a country, in the order of their codes: each with its name.
#[must_use]
pub fn subdivisions(country: &str) -> Vec<(&'static str, &'static str)> {
    let of = |code: &str| code.split_once('-').is_some_and(|(of, _)| of.eq_ignore_ascii_case(country));
    let all = rust_iso3166::iso3166_2::SUBDIVISION_MAP.values();
    let mut found: Vec<_> = all.filter(|one| of(one.code)).map(|one| (one.code, one.name)).collect();
    found.sort_unstable();
    found
}

/// The English name of a place.
#[must_use]
pub fn place_name(code: &str) -> Option<&'static str> {
    match code.split_once('-') {
        None => rust_iso3166::from_alpha2(code).map(|one| one.name),
        Some(_) => rust_iso3166::iso3166_2::from_code(code).map(|one| one.name),
    }
}

/// The place or region that was probably meant.
pub(crate) fn meant(written: &str, regions: &[String]) -> Option<String> {
    let common = COMMON.iter().find(|(name, _)| name.eq_ignore_ascii_case(written)).map(|(_, code)| (*code).to_owned());
    let upper = written.to_ascii_uppercase();
    let in_capitals = is_place(&upper).then(|| upper.clone());
    let subdivision = || {
        rust_iso3166::iso3166_2::SUBDIVISION_MAP
            .values()
            .filter(|one| one.name.eq_ignore_ascii_case(&written.replace('-', " ")))
            .map(|one| one.code.to_owned())
            .min()
    };
    let country = || {
        rust_iso3166::ALL
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case(&written.replace('-', " ")))
            .map(|one| one.alpha2.to_owned())
    };
    let neighbour = || {
        let codes = rust_iso3166::iso3166_2::SUBDIVISION_MAP.values().map(|one| one.code);
        let same_country = upper.split_once('-').map(|(country, _)| format!("{country}-"));
        let codes = codes.filter(|code| same_country.as_ref().is_some_and(|prefix| code.starts_with(prefix.as_str())));
        nearest(&upper, codes.chain(regions.iter().map(String::as_str))).map(str::to_owned)
    };
    common.or(in_capitals).or_else(subdivision).or_else(country).or_else(neighbour)
}
