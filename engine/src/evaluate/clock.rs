//! The clock of a duty: when it is due, and for how long the clock stood still.

use chrono::{DateTime, Days, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::calendar::{self, Round};
use super::session::Session;
use crate::context::{Instant, Moment};
use crate::decision::End;
use crate::tree::{EventId, Period, Source};

/// The clock of a duty.
pub struct Clock<'a> {
    /// The source in whose civil time it runs.
    pub source: &'a Source,
    period: &'a Period,
    /// When it stopped, and when it ran again, in order.
    pauses: Vec<(Instant, Option<Instant>)>,
}

impl<'a> Clock<'a> {
    /// The clock that these events stop and start, as far as they have happened.
    pub fn new(
        session: &Session<'_>,
        source: &'a Source,
        period: &'a Period,
        paused: Option<(EventId, EventId)>,
    ) -> Self {
        let times = |event| -> Vec<Instant> {
            let logged = logged(session, event, source.civil_time).into_iter();
            logged.map(|moment| instant(moment, source.civil_time)).collect()
        };
        let pauses = paused.map(|(stop, go)| {
            let goes = times(go);
            let resumed = |stopped: Instant| goes.iter().copied().find(|go| stopped <= *go);
            times(stop).into_iter().map(|stopped| (stopped, resumed(stopped))).collect()
        });
        Self { source, period, pauses: pauses.unwrap_or_default() }
    }

    /// A moment as an instant: a day is its first.
    pub fn instant(&self, moment: Moment) -> Instant {
        instant(moment, self.source.civil_time)
    }

    /// When it is due, whatever stops the clock.
    pub fn due(&self, from: Moment) -> Option<End> {
        calendar::end(from, self.period, self.source.civil_time, self.source.convention, Round::Down)
    }

    /// When it is due, by what stopped the clock up to an instant, and whether the clock stands still then. What stops it after the
    /// deadline moves nothing, and of what stopped it before it began, only what is left then.
    pub fn runs(&self, from: Moment, at: Instant) -> Option<(End, bool)> {
        let mut due = self.due(from)?;
        let mut last = self.instant(from);
        for (stopped, resumed) in self.pauses.iter().filter(|(stopped, _)| *stopped <= at) {
            let begins = last.max(*stopped);
            if calendar::is_past(&due, begins, self.source.civil_time) {
                break;
            }
            let Some(resumed) = resumed.filter(|resumed| *resumed <= at) else { return Some((due, true)) };
            if begins < resumed {
                due = self.later(due, begins, resumed);
                last = resumed;
            }
        }
        Some((due, false))
    }

    /// A deadline, later by the time between two instants; a day, by the whole days.
    fn later(&self, due: End, from: Instant, until: Instant) -> End {
        match due {
            End::Day(day) => {
                let days = self.local(until).signed_duration_since(self.local(from)).num_days();
                let days = Days::new(u64::try_from(days).unwrap_or(0));
                End::Day(day.checked_add_days(days).unwrap_or(day))
            }
            End::Instant(at) => End::Instant(at.checked_add_signed(until - from).unwrap_or(at)),
            due => due,
        }
    }

    fn local(&self, at: Instant) -> NaiveDateTime {
        self.source.civil_time.map_or_else(|| at.naive_utc(), |zone| at.with_timezone(&zone).naive_local())
    }
}

/// When an event happened so far, in order.
pub fn logged(session: &Session<'_>, event: EventId, zone: Option<Tz>) -> Vec<Moment> {
    let logged = session.ctx.events.iter().filter(|(one, _)| *one == event).map(|(_, moment)| *moment);
    let mut found: Vec<Moment> = logged.filter(|moment| instant(*moment, zone) <= session.at).collect();
    found.sort_by_key(|moment| instant(*moment, zone));
    found.dedup();
    found
}

/// A moment as an instant: a day is its first, in a civil time.
pub fn instant(moment: Moment, zone: Option<Tz>) -> Instant {
    match moment {
        Moment::Instant(instant) => instant,
        Moment::Day(day) => {
            let midnight = day.and_time(NaiveTime::MIN);
            let local = zone.and_then(|zone| zone.from_local_datetime(&midnight).earliest());
            local.map_or_else(|| midnight.and_utc(), |at: DateTime<Tz>| at.with_timezone(&Utc))
        }
    }
}
