//! Periods in civil time: by the source's convention, else rounded so that a floor ends later and a ceiling earlier.

use std::cmp::Ordering;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::compile::midnight;
use crate::context::{Instant, Moment};
use crate::decision::End;
use crate::syntax::ast::Unit;
use crate::tree::Period;
use crate::tree::rule::Convention;

/// Which way an ambiguous end is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Later: for floors.
    Up,
    /// Earlier: for ceilings and deadlines.
    Down,
}

/// The day of a moment in a civil time (UTC when none is named).
#[must_use]
pub fn day(moment: Moment, zone: Option<Tz>) -> NaiveDate {
    match (moment, zone) {
        (Moment::Day(day), _) => day,
        (Moment::Instant(instant), Some(zone)) => instant.with_timezone(&zone).date_naive(),
        (Moment::Instant(instant), None) => instant.date_naive(),
    }
}

/// The last day, or instant, of a period that runs from a moment.
///
/// By Reg. (EEC, Euratom) No 1182/71 Art. 3 the day of the event does not count, a period in months or years ends on the day of the
/// same date, and where the last month lacks that date, on its last day. With no convention the same end is rounded: up, a missing
/// date is the next day; down, the day of the event counts, if it is such a day.
#[must_use]
pub fn end(
    from: Moment,
    period: &Period,
    zone: Option<Tz>,
    convention: Option<Convention>,
    round: Round,
) -> Option<End> {
    if let Some(seconds) = seconds(period) {
        return hour(from, zone, round)?.checked_add_signed(seconds).map(End::Instant);
    }
    let start = day(from, zone);
    if period.unit == Unit::BusinessDay && convention.is_none() && round == Round::Down {
        return business_days(start.pred_opt()?, period.count).map(End::Day);
    }
    let same = match period.unit {
        Unit::Month => start.checked_add_months(Months::new(period.count))?,
        Unit::Year => start.checked_add_months(Months::new(period.count.checked_mul(12)?))?,
        Unit::Week => start.checked_add_days(Days::new(u64::from(period.count) * 7))?,
        Unit::BusinessDay => business_days(start, period.count)?,
        _ => start.checked_add_days(Days::new(u64::from(period.count)))?,
    };
    if convention.is_some() {
        return Some(End::Day(same));
    }
    let lacks_the_date = matches!(period.unit, Unit::Month | Unit::Year) && same.day() != start.day();
    Some(End::Day(match round {
        Round::Up if lacks_the_date => same.succ_opt()?,
        Round::Up => same,
        Round::Down if lacks_the_date => same,
        Round::Down => same.pred_opt()?,
    }))
}

/// When an event was of which the day may be all that is known: then the end of that day, or its beginning.
fn hour(from: Moment, zone: Option<Tz>, round: Round) -> Option<Instant> {
    match (from, round) {
        (Moment::Instant(instant), _) => Some(instant),
        (Moment::Day(day), Round::Up) => midnight(day.succ_opt()?, zone),
        (Moment::Day(day), Round::Down) => midnight(day, zone),
    }
}

fn seconds(period: &Period) -> Option<TimeDelta> {
    let unit = match period.unit {
        Unit::Second => 1,
        Unit::Minute => 60,
        Unit::Hour => 3_600,
        _ => return None,
    };
    TimeDelta::try_seconds(i64::from(period.count) * unit)
}

/// So many days that are neither Saturday nor Sunday; public holidays are not known and count as business days.
fn business_days(from: NaiveDate, count: u32) -> Option<NaiveDate> {
    let Some(after_the_first) = count.checked_sub(1) else { return Some(from) };
    let weeks = Days::new(u64::from(after_the_first / 5) * 7);
    let first = business_day_after(from)?.checked_add_days(weeks)?;
    (0..after_the_first % 5).try_fold(first, |day, _| business_day_after(day))
}

fn business_day_after(day: NaiveDate) -> Option<NaiveDate> {
    let mut next = day.succ_opt()?;
    while matches!(next.weekday(), Weekday::Sat | Weekday::Sun) {
        next = next.succ_opt()?;
    }
    Some(next)
}

/// Whether an end lies before an instant; an end that is no date yet does not.
#[must_use]
pub fn is_past(end: &End, at: DateTime<Utc>, zone: Option<Tz>) -> bool {
    match end {
        End::Day(last) => *last < day(Moment::Instant(at), zone),
        End::Instant(last) => *last < at,
        End::Symbolic(_) | End::Hold => false,
    }
}

/// An end, and the civil time in which its day is over.
#[derive(Clone, Debug)]
pub struct Until {
    /// The end.
    pub end: End,
    /// The civil time; UTC when none is named.
    pub zone: Option<Tz>,
    /// Whether its event may have happened, at a time that nobody logged, so long ago that it is over.
    pub over: bool,
}

impl PartialEq for Until {
    /// The same end, over at the same instant.
    fn eq(&self, other: &Self) -> bool {
        self.end == other.end && self.compare(other).is_eq()
    }
}

impl Until {
    /// Whether it lies before an instant.
    #[must_use]
    pub fn is_past(&self, at: Instant) -> bool {
        self.over || is_past(&self.end, at, self.zone)
    }

    /// Orders ends: what may be over, dates by the instant at which they are over, what is no date yet (by its words, so that the order of
    /// clauses decides nothing), a hold.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        match (&self.end, &other.end) {
            (End::Day(one), End::Day(two)) if self.zone == other.zone => one.cmp(two),
            (End::Instant(one), End::Instant(two)) => one.cmp(two),
            (End::Symbolic(one), End::Symbolic(two)) if self.over == other.over => one.cmp(two),
            _ => self.order().cmp(&other.order()),
        }
    }

    /// A day is over at the next midnight, an instant just after it.
    fn order(&self) -> (u8, Instant, bool) {
        let latest = DateTime::<Utc>::MAX_UTC;
        match &self.end {
            _ if self.over => (0, latest, false),
            End::Day(day) => (1, day.succ_opt().and_then(|next| midnight(next, self.zone)).unwrap_or(latest), false),
            End::Instant(instant) => (1, *instant, true),
            End::Symbolic(_) => (2, latest, false),
            End::Hold => (3, latest, false),
        }
    }
}
