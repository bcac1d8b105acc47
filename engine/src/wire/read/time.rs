//! Instants, days, and what must lie in order.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::Reader;
use crate::context::{Instant, Moment};
use crate::wire::error::Path;
use crate::wire::form::HoldForm;
use crate::wire::record::{DayText, InstantText};

impl Reader<'_> {
    /// An instant.
    pub(super) fn instant(&mut self, text: &InstantText<'_>, at: &Path<'_>) -> Option<Instant> {
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            return Some(instant.with_timezone(&Utc));
        }
        let naive = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .any(|form| NaiveDateTime::parse_from_str(text, form).is_ok());
        if naive {
            let help = format!("write `{}Z`, or the offset of the place: `{}-08:00`", &**text, &**text);
            self.say(at, format!("`{}` has no offset from UTC: it is not yet an instant", &**text), help);
        } else if NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok() {
            self.say(at, format!("`{}` is a day, not an instant", &**text), format!("write `{}T00:00:00Z`", &**text));
        } else {
            self.say(at, format!("`{}` is not an instant", &**text), "write one like `2026-03-02T10:15:09-08:00`");
        }
        None
    }

    /// A day.
    pub(super) fn day(&mut self, text: &DayText<'_>, at: &Path<'_>) -> Option<NaiveDate> {
        let found = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10);
        if found.is_none() {
            let help = match text.split_once('T') {
                Some((day, _)) => format!("write the day alone: `{day}`"),
                None => "write one like `2026-03-02`".to_owned(),
            };
            self.say(at, format!("`{}` is not a day", &**text), help);
        }
        found
    }

    /// Says that something lies after the judged instant.
    pub(super) fn not_after(&mut self, instant: Option<Instant>, at: &Path<'_>) {
        if instant.zip(self.at).is_some_and(|(instant, judged)| judged < instant) {
            self.say(at, "this lies after the instant at which to judge (`at`)", "leave it out, or judge later");
        }
    }

    /// `at` an instant or `on` a day: one of the two.
    pub(super) fn moment(
        &mut self,
        instant: Option<&InstantText<'_>>,
        day: Option<&DayText<'_>>,
        at: &Path<'_>,
    ) -> Option<Moment> {
        match (instant, day) {
            (Some(instant), None) => self.instant(instant, &at.field("at")).map(Moment::Instant),
            (None, Some(day)) => self.day(day, &at.field("on")).map(Moment::Day),
            (Some(_), Some(_)) => {
                self.say(&at.field("on"), "both `at` and `on` stand here", "keep one: an instant or a day");
                None
            }
            (None, None) => {
                self.say(&at.field("on"), "when it was is missing", "write `at` with an instant, or `on` with a day");
                None
            }
        }
    }

    /// First and last day of a hold.
    pub(super) fn days(&mut self, hold: &HoldForm<'_>, at: &Path<'_>) -> Option<(NaiveDate, Option<NaiveDate>)> {
        let from = self.required(hold.from.as_ref(), "from", at).and_then(|from| self.day(from, &at.field("from")));
        let until_at = at.field("until");
        let until = hold.until.as_ref().and_then(|until| self.day(until, &until_at));
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.say(&until_at, "this ends before it begins (`from`)", "put the two in order");
        }
        from.map(|from| (from, until))
    }
}

/// By which moments are put in order: the day first.
pub(super) fn order(moment: Moment) -> (NaiveDate, Option<Instant>) {
    match moment {
        Moment::Day(day) => (day, None),
        Moment::Instant(instant) => (instant.date_naive(), Some(instant)),
    }
}
