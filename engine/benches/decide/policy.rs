//! The policy of the task, as text: 51 US places and nine rules that hold everywhere, and as many more rules for other places as are asked for.

use std::fmt::Write;

/// The places: the 50 states and the District of Columbia.
pub const PLACES: [&str; 51] = [
    "US-AK", "US-AL", "US-AR", "US-AZ", "US-CA", "US-CO", "US-CT", "US-DC", "US-DE", "US-FL", "US-GA", "US-HI",
    "US-IA", "US-ID", "US-IL", "US-IN", "US-KS", "US-KY", "US-LA", "US-MA", "US-MD", "US-ME", "US-MI", "US-MN",
    "US-MO", "US-MS", "US-MT", "US-NC", "US-ND", "US-NE", "US-NH", "US-NJ", "US-NM", "US-NV", "US-NY", "US-OH",
    "US-OK", "US-OR", "US-PA", "US-RI", "US-SC", "US-SD", "US-TN", "US-TX", "US-UT", "US-VA", "US-VT", "US-WA",
    "US-WI", "US-WV", "US-WY",
];

/// What a place asks for, in the task: an abstraction of the law for measuring, not the law.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// One party's consent.
    One,
    /// Every party's.
    All,
    /// Every party's, if the call is confidential or somebody is on a mobile phone.
    AllIfConfidential,
}

/// What the place at an index asks for.
pub fn asks(place: usize) -> Asks {
    match place % 5 {
        0 => Asks::All,
        4 => Asks::AllIfConfidential,
        _ => Asks::One,
    }
}

const WORDS: &str = include_str!("words.onr");

/// The policy's files, with `copies` times the 55 rules for other places (0: the 60 rules of the task).
pub fn texts(copies: usize) -> Vec<String> {
    let mut text = WORDS.to_owned();
    for (at, place) in PLACES.iter().enumerate() {
        rule(&mut text, place, place, asks(at));
    }
    let mut texts = vec![text];
    let others: Vec<&str> = other_places();
    for copy in 0..copies {
        let mut text = String::new();
        for at in 0..55 {
            let number = copy * 55 + at;
            let place = others.get(number % others.len()).copied().unwrap_or("DE");
            rule(&mut text, &format!("OTHER-{number}"), place, asks(number));
        }
        texts.push(text);
    }
    texts
}

fn rule(text: &mut String, name: &str, place: &str, asks: Asks) {
    let (condition, who) = match asks {
        Asks::One => ("", "any party"),
        Asks::All => ("", "every party"),
        Asks::AllIfConfidential => ("\n    if judged confidential or any party uses cellular", "every party"),
    };
    let _ = write!(
        text,
        r#"
source LAW-{name} "Law of {place}" {{
  level       legislation
  kind        civil
  cite        "Code of {place}"
  checked     2026-11-23
  recheck by  2027-05-23
  applies     if any party is in {place}
  consent by staying counts only if told recorded, before recording, and did not refuse
}}

rule RULE-{name} "Recording" under LAW-{name} {{
  cite "Code of {place}, § 1"

  prohibit recording{condition}
    unless {who} gave at least implied consent to recording, before recording
}}
"#
    );
    if PLACES.contains(&place) {
        let _ = writeln!(text, "\ncovers {place} for recording, use from 2026-01-01");
    }
}

/// Places that no call of the task is in.
fn other_places() -> Vec<&'static str> {
    let mut found: Vec<&str> = rust_iso3166::iso3166_2::SUBDIVISION_MAP
        .values()
        .map(|one| one.code)
        .filter(|code| !code.starts_with("US-"))
        .collect();
    found.sort_unstable();
    found
}
