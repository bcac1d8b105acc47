//! Periods in civil time, counted day by day as one does on a paper calendar. A floor is rounded up and a ceiling down wherever the source
//! does not say how to count.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveTime, Utc, Weekday};
use chrono_tz::Tz;
use onrecord::context::{Instant, Moment};
use onrecord::syntax::ast::Unit;
use onrecord::tree::rule::Convention;
use onrecord::tree::{Period, Source};

/// The last day, or the last instant, of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Last {
    /// A day of the source's civil time, to its end.
    Day(NaiveDate),
    /// An instant.
    Instant(Instant),
}

/// How a source counts.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    /// Where its days begin and end; UTC if it does not say.
    pub zone: Tz,
    /// Its convention.
    pub convention: Option<Convention>,
}

/// Which way to round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// At least so long: later.
    Floor,
    /// At most so long: earlier.
    Ceiling,
}

impl Calendar {
    /// The calendar of a source.
    #[must_use]
    pub fn of(source: &Source) -> Self {
        Self { zone: source.civil_time.unwrap_or(Tz::UTC), convention: source.convention }
    }

    /// The day of a moment.
    #[must_use]
    pub fn day(self, moment: Moment) -> NaiveDate {
        match moment {
            Moment::Day(day) => day,
            Moment::Instant(at) => at.with_timezone(&self.zone).date_naive(),
        }
    }

    /// The first instant of a day: looked for from well before it on, by quarters of an hour, to which clocks are set.
    #[must_use]
    pub fn begins(self, day: NaiveDate) -> Instant {
        let mut at: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc() - Duration::hours(30);
        while at.with_timezone(&self.zone).date_naive() < day {
            at += Duration::minutes(15);
        }
        at
    }

    /// When a period from a moment ends.
    #[must_use]
    pub fn end(self, from: Moment, period: &Period, bound: Bound) -> Last {
        if let Some(seconds) = seconds(period) {
            return Last::Instant(self.hour(from, bound) + seconds);
        }
        let day = self.day(from);
        // The convention does not count the day of the event, and no more does whoever rounds up; whoever rounds down counts it.
        let counts = self.convention.is_none() && bound == Bound::Ceiling;
        Last::Day(match period.unit {
            Unit::BusinessDay => {
                let from = if counts { before(day) } else { day };
                count(from, period.count, |day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
            }
            Unit::Month => self.months(day, period.count, bound),
            Unit::Year => self.months(day, period.count * 12, bound),
            unit => {
                let days = if unit == Unit::Week { period.count * 7 } else { period.count };
                count(if counts { before(day) } else { day }, days, |_| true)
            }
        })
    }

    /// The instant of an event; of one of which the day alone is known, the last that it may have been, or the first.
    fn hour(self, from: Moment, bound: Bound) -> Instant {
        match (from, bound) {
            (Moment::Instant(at), _) => at,
            (Moment::Day(day), Bound::Floor) => self.begins(after(day)),
            (Moment::Day(day), Bound::Ceiling) => self.begins(day),
        }
    }

    /// So many months on: the day of the same date. Where the month lacks that date, by the convention its last day; who rounds up
    /// takes the first of the next month. Who rounds down counts the day of the event, so that the period is over before that date.
    fn months(self, from: NaiveDate, months: u32, bound: Bound) -> NaiveDate {
        let mut first = from;
        while first.day() > 1 {
            first = before(first);
        }
        for _ in 0..months {
            first = after(first);
            while first.day() > 1 {
                first = after(first);
            }
        }
        let mut day = first;
        while day.day() < from.day() {
            day = after(day);
            if day.month() != first.month() {
                let rounds_up = self.convention.is_none() && bound == Bound::Floor;
                return if rounds_up { day } else { before(day) };
            }
        }
        if self.convention.is_none() && bound == Bound::Ceiling { before(day) } else { day }
    }
}

fn seconds(period: &Period) -> Option<Duration> {
    let count = i64::from(period.count);
    match period.unit {
        Unit::Second => Some(Duration::seconds(count)),
        Unit::Minute => Some(Duration::minutes(count)),
        Unit::Hour => Some(Duration::hours(count)),
        _ => None,
    }
}

fn after(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

fn before(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The last of so many days after a day that count.
fn count(from: NaiveDate, days: u32, counts: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let (mut day, mut left) = (from, days);
    while left > 0 {
        day = after(day);
        left -= u32::from(counts(day));
    }
    day
}
