//! When rules come into and go out of force: the borders that the law itself draws.

use chrono::{NaiveDate, NaiveTime, TimeZone, Utc};

use crate::context::Instant;
use crate::tree::{Rule, Tree};

/// Midnights, in the source's civil time, at which a rule comes into or goes out of force, ascending.
pub fn instants(tree: &Tree) -> Vec<Instant> {
    let mut found = Vec::new();
    for (_, rule) in tree.rules.iter() {
        let zone = tree.sources.get(rule.source).and_then(|source| source.civil_time);
        for day in days(rule) {
            let midnight = day.and_time(NaiveTime::MIN);
            let instant = match zone {
                Some(zone) => zone.from_local_datetime(&midnight).earliest().map(|at| at.with_timezone(&Utc)),
                None => Some(midnight.and_utc()),
            };
            found.extend(instant);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first day of every change.
fn days(rule: &Rule) -> impl Iterator<Item = NaiveDate> {
    let force = &rule.in_force;
    let after = |day: NaiveDate| day.succ_opt();
    let stays = force.stayed.iter().flat_map(move |(from, until)| std::iter::once(*from).chain(until.and_then(after)));
    force.from.into_iter().chain(force.until.and_then(after)).chain(force.annulled).chain(stays)
}
