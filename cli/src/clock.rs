//! Days and instants on the command line, and today's day: the only clock that is read.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, NaiveDate};

/// Today, in UTC.
pub fn today() -> Option<NaiveDate> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).ok()?.as_secs();
    Some(DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?.date_naive())
}

/// A day, as it is written.
pub fn day(text: &str) -> Result<NaiveDate, String> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| "write a day as 2026-11-23".to_owned())
}

/// An instant, as it is written.
pub fn instant(text: &str) -> Result<DateTime<FixedOffset>, String> {
    DateTime::parse_from_rfc3339(text)
        .map_err(|_| "write an instant as 2026-03-02T10:15:00-08:00, with the offset from UTC (or Z)".to_owned())
}
