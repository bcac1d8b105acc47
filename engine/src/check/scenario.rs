//! Scenarios: tests that test nothing, that cannot pass, or that tell a story which cannot have happened.

use std::collections::BTreeMap;

use super::policy::Policy;
use super::sample::sample;
use super::words;
use crate::context::{Context, Instant, Moment, Party, SayingKind};
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::syntax::ast::Verdict;
use crate::tree::{ClauseKind, Expect, Expectation, Nature, Rule, Scenario};

pub(super) const CODES: &[&Code] = &[
    &NO_EXPECTATION,
    &BEFORE_EVERYTHING,
    &TOLD_AFTER_LEAVING,
    &LEAVES_FIRST,
    &AFTER_THE_LOG,
    &MACHINE_CONSENTS,
    &CONTRADICTORY,
    &SAME_TITLE,
    &NOT_PROPOSED,
    &NO_DUTY,
];

code!(
    NO_EXPECTATION,
    "ONR0850",
    "scenario that expects nothing",
    "A test without an expectation cannot fail, so it shows nothing.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n")
);
code!(
    BEFORE_EVERYTHING,
    "ONR0851",
    Warning,
    "expectation before everything",
    "This is judged on the day of the first event, and before it: perhaps the time is misspelt. (Another day is judged by the law of that day.)",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect at 09:00 recording prohibited\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect at 10:01 recording prohibited\n}\n")
);
code!(
    TOLD_AFTER_LEAVING,
    "ONR0852",
    Warning,
    "told on the call after leaving it",
    "Whoever has left the line hears nothing that is said on it.",
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z until 2026-03-02T10:30:00Z\n  party {\n    joins at 10:00\n    leaves at 10:05\n    told recorded at 10:10\n  }\n  expect recording prohibited\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z until 2026-03-02T10:30:00Z\n  party {\n    joins at 10:00\n    leaves at 10:15\n    told recorded at 10:10\n  }\n  expect recording prohibited\n}\n")
);
code!(
    LEAVES_FIRST,
    "ONR0853",
    "person who leaves before joining",
    "A person is on the line from joining until leaving.",
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  party {\n    joins at 10:15\n    leaves at 10:05\n  }\n  expect recording prohibited\n}\n"),
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  party {\n    joins at 10:05\n    leaves at 10:15\n  }\n  expect recording prohibited\n}\n")
);
code!(
    AFTER_THE_LOG,
    "ONR0854",
    Warning,
    "logged after the log ends",
    "The log is said to be complete to an instant, and tells of something later: perhaps it is complete to a later one.",
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  given log complete to 10:05\n  party {\n    told recorded at 10:10\n  }\n  expect recording prohibited\n}\n"),
    sample!(recording party recorded house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  given log complete to 10:15\n  party {\n    told recorded at 10:10\n  }\n  expect recording prohibited\n}\n")
);
code!(
    MACHINE_CONSENTS,
    "ONR0855",
    "consent given by a machine",
    "Only a person can consent. A story in which an AI agent does shows nothing.",
    sample!(recording bot house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  bot {\n    gave expressed consent to recording at 10:01\n  }\n  expect recording prohibited\n}\n"),
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  party {\n    gave expressed consent to recording at 10:01\n  }\n  expect recording prohibited\n}\n")
);
code!(
    CONTRADICTORY,
    "ONR0856",
    "expectations that contradict each other",
    "An act has one verdict at one instant, so one of the two fails whatever the rules say.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n  expect recording cleared\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n  expect recording determined\n}\n")
);
code!(
    SAME_TITLE,
    "ONR0857",
    Warning,
    "two scenarios of one title",
    "A scenario is found by its title: when one of two fails, nobody knows which.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-04-02T10:00:00Z\n  expect recording prohibited\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call in March\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\nscenario \"A call in April\" of HOUSE {\n  given call from 2026-04-02T10:00:00Z\n  expect recording prohibited\n}\n")
);
code!(
    NOT_PROPOSED,
    "ONR0858",
    Warning,
    "assumed rule that is no bill",
    "`assume` takes a proposed rule as enacted. A rule that is not proposed binds anyway.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  assume HOUSE-1\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"),
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  status proposed\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  assume HOUSE-1\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n")
);
code!(
    NO_DUTY,
    "ONR0859",
    "expected duty of a rule that sets none",
    "A duty is a clause with `within` or `every`. A rule without one never has a duty that is due, met or breached.",
    sample!(recording house; "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect duty HOUSE-1 met\n}\n"),
    sample!(erasing created house; "rule HOUSE-1 under HOUSE {\n  require erasing within 30 days of created\n}\nscenario \"A call\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect duty HOUSE-1 not due\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let mut titles: BTreeMap<&str, &Scenario> = BTreeMap::new();
    for scenario in &policy.tree.scenarios {
        match titles.get(scenario.title.as_str()) {
            Some(earlier) => out.push(same_title(scenario, earlier)),
            None => titles.extend([(scenario.title.as_str(), &**scenario)]),
        }
        for rule in scenario.assumes.iter().filter_map(|rule| policy.tree.rules.get(*rule)) {
            if !rule.in_force.proposed && policy.is_whole(rule.span) {
                out.push(not_proposed(policy, scenario, rule));
            }
        }
        expectations(policy, scenario, out);
        if policy.is_whole(scenario.span) {
            story(policy, scenario, out);
        }
    }
}

fn expectations(policy: &Policy<'_>, scenario: &Scenario, out: &mut Vec<Diagnostic>) {
    if scenario.expects.is_empty() && policy.is_whole(scenario.span) {
        out.push(no_expectation(scenario));
    }
    let first = instants(&scenario.context).into_iter().chain([scenario.at]).min();
    for (at, expect) in scenario.expects.iter().enumerate() {
        if expect.at.zip(first).is_some_and(|(at, first)| at < first && first - at < chrono::TimeDelta::days(1)) {
            out.push(before_everything(expect));
        }
        let earlier = scenario.expects.iter().take(at).find(|other| contradict(other, expect));
        out.extend(earlier.map(|earlier| contradictory(expect.span, earlier.span)));
        if let Expectation::Duty(rule, ..) = expect.what {
            let rule = policy.tree.rules.get(rule).filter(|rule| policy.is_whole(rule.span) && !has_duty(policy, rule));
            out.extend(rule.map(|rule| no_duty(expect.span, rule)));
        }
    }
}

fn has_duty(policy: &Policy<'_>, rule: &Rule) -> bool {
    let duty = |kind: &ClauseKind| matches!(kind, ClauseKind::Duty { .. });
    let prices = rule.exceptions.iter().filter_map(|one| policy.tree.exceptions.get(*one)).flat_map(|one| &one.thens);
    rule.clauses.iter().chain(prices).any(|clause| duty(&clause.kind))
}

fn contradict(one: &Expect, other: &Expect) -> bool {
    let kind = |verdict| match verdict {
        Verdict::Cleared | Verdict::Conditional | Verdict::NotNow | Verdict::Prohibited => 0,
        Verdict::Required | Verdict::NotRequired => 1,
        Verdict::Undetermined | Verdict::Determined => 2,
    };
    match (&one.what, &other.what) {
        (Expectation::Verdict(act, verdict), Expectation::Verdict(same, theirs)) => {
            one.at == other.at
                && kind(*verdict) == kind(*theirs)
                && verdict != theirs
                && act.act == same.act
                && words::meaning(act) == words::meaning(same)
        }
        _ => false,
    }
}

// ------------------------------------------------------------------------------------------------ the story

fn story(policy: &Policy<'_>, scenario: &Scenario, out: &mut Vec<Diagnostic>) {
    let context = &scenario.context;
    for party in &context.parties {
        let line = party.on_line;
        if line.from.zip(line.until).is_some_and(|(from, until)| until <= from) {
            out.push(leaves_first(scenario, party));
        } else if told_after_leaving(context, party) {
            out.push(told_too_late(scenario, party));
        }
        let machine = policy.tree.roles.get(party.role).is_some_and(|role| role.nature == Nature::Machine);
        let consent = party.said.iter().find(|saying| matches!(saying.kind, SayingKind::Gave { .. }));
        out.extend(consent.filter(|_| machine).map(|saying| machine_consents(saying.term.span, party)));
    }
    let logged = logged(context).into_iter().max();
    if logged.zip(context.log_complete_to).is_some_and(|(logged, complete)| complete < logged) {
        out.push(after_the_log(scenario));
    }
}

/// Whether somebody was told something on the call after leaving it; afterwards, one can be told by other means.
fn told_after_leaving(context: &Context, party: &Party) -> bool {
    let end = context.call.and_then(|call| call.until);
    let too_late = |from: Instant, left: Instant| left <= from && end.is_some_and(|end| from < end);
    party.on_line.until.is_some_and(|left| party.told.iter().any(|telling| too_late(telling.from, left)))
}

/// When things were said.
fn logged(context: &Context) -> Vec<Instant> {
    let told = context.parties.iter().flat_map(|party| party.told.iter().map(|telling| telling.from));
    let said = context.parties.iter().flat_map(|party| party.said.iter().map(|saying| saying.at));
    told.chain(said).collect()
}

/// Every instant that a story names.
fn instants(context: &Context) -> Vec<Instant> {
    let mut found = logged(context);
    let captures = context.captures.iter().map(|(_, interval)| interval);
    let phases = context.phases.iter().map(|(_, interval)| interval);
    let safeguards = context.safeguards.iter().map(|(_, interval)| interval);
    let lines = context.parties.iter().map(|party| &party.on_line);
    let intervals = captures.chain(phases).chain(safeguards).chain(lines).chain(&context.call);
    found.extend(intervals.flat_map(|interval| interval.from.into_iter().chain(interval.until)));
    let moments = context.events.iter().map(|(_, moment)| moment).chain(context.done.iter().map(|(_, moment)| moment));
    found.extend(moments.map(|moment| match moment {
        Moment::Instant(instant) => *instant,
        Moment::Day(day) => day.and_time(chrono::NaiveTime::MIN).and_utc(),
    }));
    found
}

// ------------------------------------------------------------------------------------------------ words

fn no_expectation(scenario: &Scenario) -> Diagnostic {
    Diagnostic::new(&NO_EXPECTATION, scenario.title_span, "this scenario expects nothing")
        .label("tests nothing")
        .help("add what should come of it: expect recording prohibited")
}

fn before_everything(expect: &Expect) -> Diagnostic {
    Diagnostic::new(&BEFORE_EVERYTHING, expect.span, "this is expected before anything has happened")
        .label("before every other time of the scenario")
        .help("mend the time after `expect at`")
}

fn told_too_late(scenario: &Scenario, party: &Party) -> Diagnostic {
    let message = format!("`{}` is told something on the call after leaving it", party.id);
    Diagnostic::new(&TOLD_AFTER_LEAVING, scenario.title_span, message)
        .label("in this scenario")
        .help("mend the time after `told` or after `leaves at`")
}

fn leaves_first(scenario: &Scenario, party: &Party) -> Diagnostic {
    Diagnostic::new(&LEAVES_FIRST, scenario.title_span, format!("`{}` leaves before joining", party.id))
        .label("in this scenario")
        .help("exchange the times after `joins at` and `leaves at`")
}

fn after_the_log(scenario: &Scenario) -> Diagnostic {
    Diagnostic::new(&AFTER_THE_LOG, scenario.title_span, "something is logged later than the log is complete to")
        .label("in this scenario")
        .help("write a later instant after `given log complete to`, or leave the line out: the log is then complete")
}

fn machine_consents(span: Span, party: &Party) -> Diagnostic {
    Diagnostic::new(&MACHINE_CONSENTS, span, format!("`{}` is a machine, and cannot consent", party.id))
        .label("consent of a machine")
        .help("let a person on the line consent, or delete the line")
}

fn contradictory(span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(&CONTRADICTORY, span, "this cannot be so together with what is expected above")
        .label("not at the same instant")
        .related(earlier, "expected here")
        .help("delete one of them, or say when each holds: expect at …")
}

fn same_title(scenario: &Scenario, earlier: &Scenario) -> Diagnostic {
    Diagnostic::new(&SAME_TITLE, scenario.title_span, format!("another scenario is titled “{}” too", scenario.title))
        .label("the same title again")
        .related(earlier.title_span, "the other")
        .help("say in the title what this one shows")
}

fn not_proposed(policy: &Policy<'_>, scenario: &Scenario, rule: &Rule) -> Diagnostic {
    let span = policy.mention(scenario.span, "rule", &rule.name).unwrap_or(scenario.title_span);
    Diagnostic::new(&NOT_PROPOSED, span, format!("`{}` is not proposed, so there is nothing to assume", rule.name))
        .label("assumes it")
        .related(rule.name_span, "binds anyway")
        .help("delete the line `assume`, or write `status proposed` in the rule")
}

fn no_duty(span: Span, rule: &Rule) -> Diagnostic {
    Diagnostic::new(&NO_DUTY, span, format!("`{}` sets no duty", rule.name))
        .label("never due")
        .related(rule.name_span, "no clause with `within` or `every`")
        .help("name the rule that sets the duty, or expect a verdict")
}
