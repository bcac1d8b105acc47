//! Search by name, title or citation, over the whole workspace.

use crate::facts::Symbol;
use crate::snapshot::{Place, Snapshot};

/// The most results that are given.
const MOST: usize = 512;

/// Something found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// The keyword that declares it.
    pub keyword: &'static str,
    /// Its title, or the citation that matched.
    pub detail: String,
    /// Its name's place.
    pub place: Place,
}

/// What matches a query, the best first; everything for an empty query.
#[must_use]
pub fn search(snapshot: &Snapshot, query: &str) -> Vec<Found> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<(u8, Found)> = Vec::new();
    for document in snapshot.documents.values() {
        for (base, piece) in document.pieces() {
            for symbol in piece.facts.symbols.iter().flat_map(|one| std::iter::once(one).chain(&one.children)) {
                let Some((rank, detail)) = matched(symbol, &query) else { continue };
                let range = base + symbol.name_range.start..base + symbol.name_range.end;
                let place = Place { document: std::sync::Arc::clone(document), range };
                found.push((rank, Found { name: symbol.name.clone(), keyword: symbol.keyword, detail, place }));
            }
        }
    }
    found.sort_by(|(rank, one), (other_rank, other)| (rank, &one.name).cmp(&(other_rank, &other.name)));
    found.into_iter().map(|(_, found)| found).take(MOST).collect()
}

/// How well a symbol matches, and what to show beside its name.
fn matched(symbol: &Symbol, query: &str) -> Option<(u8, String)> {
    let name = symbol.name.to_lowercase();
    let cited = || symbol.cites.iter().find(|cite| cites(cite, query)).cloned();
    let detail = symbol.detail.clone();
    if query.is_empty() || name == *query {
        return Some((0, detail));
    }
    if let Some(cite) = cited() {
        return Some((1, cite));
    }
    if name.contains(query) {
        return Some((2, detail));
    }
    (detail.to_lowercase().contains(query) || is_subsequence(query, &name)).then_some((3, detail))
}

/// Whether a citation names what is asked for: whole numbers count whole, so that `632` finds `§ 632(a)` and not `§ 6320`.
fn cites(cite: &str, query: &str) -> bool {
    let cite = cite.to_lowercase();
    let query = query.trim_start_matches(['§', ' ']);
    let is_digit = |one: Option<char>| one.is_some_and(|one| one.is_ascii_digit());
    !query.is_empty()
        && cite.match_indices(query).any(|(at, part)| {
            let before = cite.get(..at).and_then(|before| before.chars().next_back());
            let after = cite.get(at + part.len()..).and_then(|after| after.chars().next());
            let (first, last) = (query.chars().next(), query.chars().next_back());
            let runs_on = (is_digit(first) && is_digit(before)) || (is_digit(last) && is_digit(after));
            !runs_on
        })
}

fn is_subsequence(query: &str, name: &str) -> bool {
    let mut letters = name.chars();
    query.chars().all(|wanted| letters.any(|letter| letter == wanted))
}

#[cfg(test)]
mod tests {
    use super::cites;

    #[test]
    fn a_section_is_found_whole() {
        assert!(cites("Cal. Penal Code § 632(a)", "632"));
        assert!(cites("Cal. Penal Code § 632.7(a)", "§ 632.7"));
        assert!(!cites("Cal. Penal Code § 6320", "632"));
        assert!(!cites("Cal. Penal Code § 632", "32"));
    }
}
