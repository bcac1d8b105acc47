//! Days and instants in digits, RFC 3339, in UTC: the many that a decision names, written without a formatter's detours.

use chrono::{Datelike as _, NaiveDate, SecondsFormat, Timelike as _};

use crate::context::Instant;

/// `2026-03-02`.
pub fn day(day: NaiveDate) -> String {
    let mut text = String::with_capacity(10);
    if !date(day, &mut text) {
        return day.to_string();
    }
    text
}

/// `2026-03-02T10:00:00Z`, with as many digits of a second as it has.
pub fn instant(at: Instant) -> String {
    let mut text = String::with_capacity(20);
    if at.nanosecond() != 0 || !date(at.date_naive(), &mut text) {
        return at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    }
    for (before, number) in [('T', at.hour()), (':', at.minute()), (':', at.second())] {
        text.push(before);
        two(number, &mut text);
    }
    text.push('Z');
    text
}

/// Writes a date; false, and nothing, if its year has not four digits.
fn date(day: NaiveDate, text: &mut String) -> bool {
    let Some(year) = u32::try_from(day.year()).ok().filter(|year| *year <= 9999) else { return false };
    two(year / 100, text);
    two(year % 100, text);
    for number in [day.month(), day.day()] {
        text.push('-');
        two(number, text);
    }
    true
}

fn two(number: u32, text: &mut String) {
    text.extend([number / 10, number % 10].into_iter().filter_map(|digit| char::from_digit(digit, 10)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_formatter() {
        let seconds =
            [-62_167_219_200, -1, 0, 951_782_400, 1_772_445_600, 1_798_761_599, 253_402_300_799, 253_402_300_800];
        for second in seconds {
            for nanosecond in [0, 5, 120_000_000] {
                let Some(at) = Instant::from_timestamp(second, nanosecond) else { continue };
                assert_eq!(instant(at), at.to_rfc3339_opts(SecondsFormat::AutoSi, true));
                assert_eq!(day(at.date_naive()), at.date_naive().to_string());
            }
        }
    }
}
