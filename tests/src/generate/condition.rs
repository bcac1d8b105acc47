//! Conditions, requirements and acts, as text.

use super::Tape;

/// What a condition may speak of where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Whether there is a person whom the act is about.
    pub that: bool,
    /// Whether how something was captured may be asked, and of what.
    pub capture: Option<Captured<'a>>,
    /// The act that the clause speaks of, for timing.
    pub act: &'a str,
}

/// What may be asked of a capture: what allows or prohibits one.
#[derive(Clone, Copy, Debug)]
pub struct Captured<'a> {
    /// The exceptions that allow a capture.
    pub exceptions: &'a [String],
    /// The first rule that prohibits one.
    pub rule: Option<&'a str>,
}

/// A condition.
pub fn condition(tape: &mut Tape<'_>, at: Place<'_>, depth: usize) -> String {
    match tape.below(if depth == 0 { 10 } else { 13 }) {
        0..=2 => held(tape),
        3..=6 => person(tape, at),
        7 => judged(tape),
        8 => purposes(tape),
        9 => match at.capture {
            Some(captured) => capture(tape, captured),
            None => "card-call".to_owned(),
        },
        _ => {
            let kind = tape.word(&["all of", "any of", "none of"]);
            let parts = tape.several(1, 2, |tape| condition(tape, at, depth - 1));
            format!("{kind} {{\n{}\n}}", parts.join("\n"))
        }
    }
}

fn not(tape: &mut Tape<'_>) -> &'static str {
    if tape.chance(20) { " not" } else { "" }
}

fn held(tape: &mut Tape<'_>) -> String {
    let not = not(tape);
    let text = tape.word(&[
        "call concerns# orders",
        "call is# emergency",
        "company is# investment-firm",
        "recorder is in# US-CA",
        "call concerns# any of { orders, cards }",
        "call concerns# all of { orders, cards }",
        "call uses# video",
        "company has# large-size",
        "company is established in# DE",
        "recorder is in# UNION",
    ]);
    text.replace('#', not)
}

fn judged(tape: &mut Tape<'_>) -> String {
    let name = tape.word(&["private-communication", "necessity"]);
    format!("judged{} {name}", not(tape))
}

fn purposes(tape: &mut Tape<'_>) -> String {
    tape.word(&[
        "intended purposes include model-training",
        "intended purposes are only { quality }",
        "promised purposes include that purpose",
        "asked purpose is any of { quality, speech-training }",
        "asked purpose is other than { quality }",
        "promised purposes include any of { model-training, quality }",
        "intended purposes include that purpose",
        "asked purpose is model-training",
    ])
    .to_owned()
}

fn capture(tape: &mut Tape<'_>, captured: Captured<'_>) -> String {
    if !captured.exceptions.is_empty() && tape.chance(50) {
        return format!("recording relied on {}", tape.pick(captured.exceptions));
    }
    match captured.rule.filter(|_| tape.chance(30)) {
        Some(rule) => format!("recording was made unlawfully under {rule}"),
        None => "recording was made unlawfully".to_owned(),
    }
}

const ROLES: [&str; 4] = ["party", "customer", "agent", "ai-agent"];

/// `any ROLE`, `every ROLE`, `no ROLE` or *that party*, perhaps with a `who`.
fn quantified(tape: &mut Tape<'_>, at: Place<'_>, quantifiers: &[&'static str], roles: &[&'static str]) -> String {
    if at.that && tape.chance(25) {
        return "that party".to_owned();
    }
    let quantifier = tape.word(quantifiers);
    let role = tape.word(roles);
    let who = if tape.chance(25) {
        let parts = tape.several(1, 2, predicate);
        format!(" who {}", parts.join(" and "))
    } else {
        String::new()
    };
    format!("{quantifier} {role}{who}")
}

fn person(tape: &mut Tape<'_>, at: Place<'_>) -> String {
    format!("{} {}", quantified(tape, at, &["any", "every", "no"], &ROLES), predicate(tape))
}

fn predicate(tape: &mut Tape<'_>) -> String {
    let not = not(tape);
    let text = tape.word(&[
        "is in# US-CA",
        "uses# cellular",
        "refused recording",
        "is# vulnerable",
        "is in# WEST",
        "is in# any of { DE, GB }",
        "is# under 16",
        "is# at least 18",
        "has# any of { loans, savings }",
        "has# all of { loans, savings }",
        "is# present",
        "withdrew consent to model-training",
        "objected to recording",
    ]);
    text.replace('#', not)
}

/// A requirement.
pub fn requirement(tape: &mut Tape<'_>, at: Place<'_>, depth: usize) -> String {
    match tape.below(if depth == 0 { 12 } else { 16 }) {
        0..=4 => format!("{} {}", quantified(tape, at, &["every", "any"], &ROLES[..3]), told(tape, at)),
        5..=8 => format!("{} {}", quantified(tape, at, &["every", "any"], &ROLES[..3]), gave(tape, at)),
        9 => {
            let safeguard = tape.word(&["masked", "anonymised", "pseudonymised"]);
            let long = format!(", at least 10 minutes before {}", at.act);
            format!("{safeguard} is in place{}", if tape.chance(20) { long.as_str() } else { "" })
        }
        10..=11 => condition(tape, at, 0),
        _ => {
            let kind = tape.word(&["any of", "all of"]);
            let label = tape.chance(20);
            let mut index = 0;
            let parts = tape.several(1, 3, |tape| {
                index += 1;
                let part = requirement(tape, at, depth - 1);
                if label { format!("way-{index}: {part}") } else { part }
            });
            format!("{kind} {{\n{}\n}}", parts.join("\n"))
        }
    }
}

/// *was told*, with options.
pub fn told(tape: &mut Tape<'_>, at: Place<'_>) -> String {
    let what = tape.word(&[
        "recording",
        "vendor",
        "{ recording, vendor }",
        "named-vendor",
        "{ recording, training }",
        "{ recording, vendor, training }",
    ]);
    let options = told_options(tape, at);
    format!("was told {what}{options}")
}

/// The options of a telling.
pub fn told_options(tape: &mut Tape<'_>, at: Place<'_>) -> String {
    let mut options = String::new();
    let before = format!("before {}", at.act);
    let least = format!("at least 10 minutes before {}", at.act);
    let most = format!("at most 30 minutes before {}", at.act);
    let throughout = format!("throughout {}", at.act);
    let timing =
        [before.as_str(), &least, &most, "at the start of card-entry", "at the start of recording", &throughout];
    if tape.chance(50) {
        options += &format!(", {}", tape.pick(&timing));
    }
    let mut option = |percent, text: &str| {
        if tape.chance(percent) {
            options += &format!(", {text}");
        }
    };
    option(15, "by spoken-word");
    option(15, "in their language");
    option(15, "on the recording");
    if tape.chance(20) {
        options += tape.word(&[", and did not refuse", ", even if refused"]);
    }
    options
}

/// *gave consent*, with options.
fn gave(tape: &mut Tape<'_>, at: Place<'_>) -> String {
    let level = tape.word(&["expressed", "implied", "explicit", "opt-out-not-exercised"]);
    let term = tape.word(&["recording", "model-training", "disclosing to vendor", "use for speech-training"]);
    let mut options = String::new();
    let before = format!("before {}", at.act);
    let least = format!("at least 10 minutes before {}", at.act);
    let most = format!("at most 30 minutes before {}", at.act);
    if tape.chance(40) {
        options += &format!(", {}", tape.pick(&[before.as_str(), &least, &most]));
    }
    // A form is agreed to as it says.
    match tape.below(25) {
        20..=22 => options += ", by key-press",
        23 => options += ", on form release",
        24 => options += ", by signed-writing, on form release",
        _ => {}
    }
    let mut option = |percent, text: &str| {
        if tape.chance(percent) {
            options += &format!(", {text}");
        }
    };
    option(10, "separately");
    option(10, "on the recording");
    option(8, "lasting the call");
    format!("gave at least {level} consent to {term}{options}")
}

/// An act that a clause speaks of.
pub fn act(tape: &mut Tape<'_>) -> &'static str {
    tape.word(&[
        "recording",
        "recording of every agent",
        "recording of customer",
        "recording of customer",
        "recording of payment-card",
        "recording for model-training",
        "recording during card-entry",
        "recording-of-our-side",
        "transcribing",
        "use for model-training",
        "use",
        "use of transcript for quality",
        "disclosing to vendor",
        "disclosing",
        "serving-by-phone",
    ])
}

/// The word of an act, done or left undone.
#[must_use]
pub fn word_of(act: &str) -> &str {
    act.trim_start_matches("not ").split(' ').next().unwrap_or_default()
}
