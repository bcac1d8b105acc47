//! Periods in civil time: by the source's convention, else rounded so that a floor ends later and a ceiling earlier.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;

use crate::context::Moment;
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
/// date is the next day; down, the day of the event counts, so that the period ends a day (of business days, a business day) earlier.
#[must_use]
pub fn end(
    from: Moment,
    period: &Period,
    zone: Option<Tz>,
    convention: Option<Convention>,
    round: Round,
) -> Option<End> {
    if let Some(seconds) = seconds(period) {
        return Some(match from {
            Moment::Instant(instant) => End::Instant(instant.checked_add_signed(seconds)?),
            Moment::Day(day) => End::Day(rough(day, seconds, round)?),
        });
    }
    let start = day(from, zone);
    if period.unit == Unit::BusinessDay && convention.is_none() && round == Round::Down {
        return business_days(start, period.count.saturating_sub(1)).map(End::Day);
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

/// A period of days or months from a day of which no hour is known, in seconds: the whole last day, or none of it.
fn rough(day: NaiveDate, seconds: TimeDelta, round: Round) -> Option<NaiveDate> {
    let days = Days::new(u64::try_from(seconds.num_days()).ok()?);
    let same = day.checked_add_days(days)?;
    match round {
        Round::Up => same.succ_opt(),
        Round::Down => same.pred_opt().map(|earlier| earlier.max(day)),
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
    let mut day = from;
    for _ in 0..count.min(10_000) {
        day = day.succ_opt()?;
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day = day.succ_opt()?;
        }
    }
    Some(day)
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

/// Orders ends: dates by time, then what is no date yet, then a hold.
#[must_use]
pub fn order(end: &End) -> (u8, DateTime<Utc>) {
    match end {
        End::Day(day) => (0, day.and_time(chrono::NaiveTime::MIN).and_utc()),
        End::Instant(instant) => (0, *instant),
        End::Symbolic(_) => (1, DateTime::<Utc>::MAX_UTC),
        End::Hold => (2, DateTime::<Utc>::MAX_UTC),
    }
}
