//! The engine counts periods as one does on a paper calendar: over drawn dates, zones, periods and conventions, floors and ceilings, to the
//! second at which what may be kept must go.

use chrono::{Duration, NaiveDate};
use chrono_tz::Tz;
use onrecord::context::{Context, Instant, Moment};
use onrecord::decision::{Decision, End, KeepNow, Retention};
use onrecord::evaluate::{Options, evaluate};
use onrecord::tree::{ClauseKind, KeepSpan, Period, Thing};
use onrecord_tests::generate::{Compiled, Tape, policy};
use onrecord_tests::reference::calendar::{Bound, Calendar, Last};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, RngSeed, TestRunner};

/// Zones in which clocks are set by an hour, by half an hour, at midnight, not at all, and during Ramadan.
const ZONES: [&str; 9] = [
    "Europe/Berlin",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "Asia/Beirut",
    "Africa/Casablanca",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "",
];

const COUNTS: [u32; 12] = [1, 2, 3, 5, 6, 7, 10, 12, 24, 30, 72, 80];

const UNITS: [&str; 8] = ["day", "month", "year", "week", "business day", "hour", "minute", "second"];

#[derive(Debug)]
struct Counted {
    text: String,
    compiled: Compiled,
}

/// A floor on the recording and a ceiling on the transcript, of one period from one event.
fn counted(tape: &mut Tape<'_>) -> Counted {
    let (count, unit) = (*tape.pick(&COUNTS), tape.word(&UNITS));
    let zone = tape.word(&ZONES);
    let civil = if zone.is_empty() { String::new() } else { format!("civil time \"{zone}\"\n") };
    let by = if tape.chance(50) { "periods by 1182-71\n" } else { "" };
    let plural = if count == 1 { "" } else { "s" };
    let region = if unit == "business day" { " in DE" } else { "" };
    let period = format!("{count} {unit}{plural}{region}");
    let text = format!(
        "source S \"Source\" {{\nlevel legislation\nkind civil\ncite \"Act\"\nchecked 2026-01-01\n\
         recheck by 2027-01-01\n{civil}{by}}}\nrule R under S {{\ncite \"§ 1\"\n\
         keep recording at least {period} from last-interaction\n\
         keep transcript at most {period} from last-interaction\n}}"
    );
    match policy::compile(std::slice::from_ref(&text)) {
        Ok(compiled) => Counted { text, compiled },
        Err(findings) => panic!("{findings:?}\n{text}"),
    }
}

/// A moment: often the end of a month, a leap day, or a day on which clocks are set.
fn moment(tape: &mut Tape<'_>) -> Moment {
    let year = 2015 + tape.below(18) as i32;
    let day = match tape.below(4) {
        0 => NaiveDate::from_ymd_opt(year, 1 + tape.below(12) as u32, 1).and_then(|first| first.pred_opt()),
        1 => NaiveDate::from_ymd_opt(year, 1 + tape.below(12) as u32, 28 + tape.below(4) as u32),
        2 => NaiveDate::from_ymd_opt(year, *tape.pick(&[3, 10, 11, 4, 2]), 1 + tape.below(28) as u32),
        _ => NaiveDate::from_ymd_opt(year, 1 + tape.below(12) as u32, 1 + tape.below(28) as u32),
    };
    let day = day.or_else(|| NaiveDate::from_ymd_opt(2024, 2, 29)).unwrap();
    if tape.chance(50) {
        return Moment::Day(day);
    }
    let minute = tape.below(24 * 60) as u32;
    Moment::Instant(day.and_hms_opt(minute / 60, minute % 60, tape.below(60) as u32).unwrap().and_utc())
}

impl Counted {
    fn decide(&self, from: Moment, at: Instant) -> Decision {
        let event = self.compiled.set.tree.events.id("last-interaction").unwrap();
        let ctx = Context {
            events: vec![(event, from)],
            log_complete_to: Some(at),
            parties_complete: true,
            ..Context::default()
        };
        evaluate(&self.compiled.set, &ctx, &Options::default(), at)
    }

    fn row(&self, from: Moment, at: Instant, artefact: &str) -> Retention {
        let artefact = self.compiled.set.tree.artefacts.id(artefact).unwrap();
        let is_it = |row: &Retention| row.thing == Thing::Artefact(artefact) && row.purpose.is_none();
        self.decide(from, at).retention.into_iter().find(is_it).unwrap()
    }

    fn period(&self) -> (Calendar, Period) {
        let tree = &self.compiled.set.tree;
        let (_, rule) = tree.rules.iter().next().unwrap();
        match &rule.clauses[0].kind {
            ClauseKind::Keep(keep) => match &keep.span {
                KeepSpan::From(period, _) => (Calendar::of(&tree.sources[rule.source]), period.clone()),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    /// What is wrong with how the engine counts from a moment, if anything is.
    fn differs(&self, from: Moment) -> Option<String> {
        let (calendar, period) = self.period();
        let begun = calendar.begins(calendar.day(from)) + Duration::hours(30);
        for (bound, artefact) in [(Bound::Floor, "recording"), (Bound::Ceiling, "transcript")] {
            let row = self.row(from, begun, artefact);
            let said = if bound == Bound::Floor { row.keep_until } else { row.erase_by };
            let last = calendar.end(from, &period, bound);
            let expected = match last {
                Last::Day(day) => End::Day(day),
                Last::Instant(at) => End::Instant(at),
            };
            if said.as_ref() != Some(&expected) {
                return Some(format!("{bound:?} from {from:?}: the engine says {said:?}, the calendar {expected:?}"));
            }
            if bound == Bound::Ceiling {
                let over = match last {
                    Last::Day(day) => calendar.begins(day.succ_opt()?),
                    Last::Instant(at) => at + Duration::seconds(1),
                };
                let now = |at| self.row(from, at, artefact).now;
                let (before, then) = (now(over - Duration::seconds(1)), now(over));
                if (before, then) != (KeepNow::Keep, KeepNow::Erase) {
                    return Some(format!("over at {over}: the engine says {before:?} before, {then:?} then"));
                }
            }
        }
        None
    }
}

#[test]
fn the_engine_counts_periods_as_a_paper_calendar_does() {
    let config = Config {
        cases: 1_000,
        rng_seed: RngSeed::Fixed(1),
        rng_algorithm: RngAlgorithm::ChaCha,
        failure_persistence: None,
        ..Config::default()
    };
    let drawn =
        (prop::collection::vec(any::<u16>(), 5), prop::collection::vec(prop::collection::vec(any::<u16>(), 7), 25));
    let result = TestRunner::new(config).run(&drawn, |(policy, moments)| {
        let counted = counted(&mut Tape::new(&policy));
        for choices in &moments {
            let found = counted.differs(moment(&mut Tape::new(choices)));
            prop_assert!(found.is_none(), "{}\n{}", found.unwrap(), counted.text);
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn every_zone_that_is_drawn_has_its_rules() {
    for zone in ZONES.into_iter().filter(|zone| !zone.is_empty()) {
        assert!(zone.parse::<Tz>().is_ok(), "{zone}");
    }
}
