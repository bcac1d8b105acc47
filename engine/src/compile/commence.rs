//! When the law, a claim, a region or a standing answer changes by the day: the borders that dates draw.

use chrono::{NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use crate::context::Instant;
use crate::tree::{Rule, Tree};

/// The first instants of the days on which a rule, a claim of coverage, a region or a standing answer changes, ascending.
pub fn instants(tree: &Tree) -> Vec<Instant> {
    let mut found = Vec::new();
    for (_, rule) in tree.rules.iter() {
        let zone = tree.sources.get(rule.source).and_then(|source| source.civil_time);
        found.extend(of_rule(rule).filter_map(|day| midnight(day, zone)));
    }
    found.extend(of_claims(tree).filter_map(|day| midnight(day, None)));
    // What is not of one source is read on the day of each.
    let mut zones: Vec<Option<Tz>> = Vec::new();
    for zone in std::iter::once(None).chain(tree.sources.iter().map(|(_, source)| source.civil_time)) {
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
    for day in of_regions(tree).chain(of_answers(tree)) {
        found.extend(zones.iter().filter_map(|zone| midnight(day, *zone)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The first instant of a day in a civil time. Where clocks are set forward at midnight, the day begins later: by quarters of an hour, at most
/// by a day that was left out.
pub fn midnight(day: NaiveDate, zone: Option<Tz>) -> Option<Instant> {
    let midnight = day.and_time(NaiveTime::MIN);
    let Some(zone) = zone else { return Some(midnight.and_utc()) };
    let later = (0..=96).filter_map(|quarters| midnight.checked_add_signed(TimeDelta::minutes(15 * quarters)));
    let mut first = later.filter_map(|local| zone.from_local_datetime(&local).earliest());
    first.next().map(|at| at.with_timezone(&Utc))
}

fn after(day: NaiveDate) -> Option<NaiveDate> {
    day.succ_opt()
}

fn of_rule(rule: &Rule) -> impl Iterator<Item = NaiveDate> {
    let force = &rule.in_force;
    let stays = force.stayed.iter().flat_map(|(from, until)| std::iter::once(*from).chain(until.and_then(after)));
    force.from.into_iter().chain(force.until.and_then(after)).chain(force.annulled).chain(stays)
}

fn of_claims(tree: &Tree) -> impl Iterator<Item = NaiveDate> {
    tree.coverage.iter().flat_map(|claim| std::iter::once(claim.from).chain(claim.until.and_then(after)))
}

fn of_regions(tree: &Tree) -> impl Iterator<Item = NaiveDate> {
    let members = tree.regions.iter().flat_map(|(_, region)| &region.members);
    members.flat_map(|(_, from, until)| from.iter().copied().chain(until.and_then(after)))
}

fn of_answers(tree: &Tree) -> impl Iterator<Item = NaiveDate> {
    tree.bundles.iter().flat_map(|(_, bundle)| &bundle.answers).filter_map(|answer| after(answer.until))
}
