//! Whole lines and declarations to begin with.

use super::slot::Body;
use super::{Proposal, keyword, words};
use crate::snapshot::View;

fn snippet(label: &str, kind: &'static str, detail: &str, snippet: &str) -> Proposal {
    Proposal { label: label.to_owned(), kind, detail: detail.to_owned(), snippet: Some(snippet.to_owned()) }
}

/// Declarations.
#[must_use]
pub fn declarations() -> Vec<Proposal> {
    let word = |kind: &str, about: &str| {
        snippet(
            kind,
            "declaration",
            about,
            &format!("{kind} ${{1:name}} \"${{2:Label}}\" {{\n  means \"${{3:One sentence.}}\"\n}}\n"),
        )
    };
    vec![
        snippet(
            "source",
            "declaration",
            "a law, a standard, a contract, a house policy",
            "source ${1:NAME} \"${2:Title}\" {\n  level ${3|legislation,regulation,case-law,guidance,contract,house|}\n  kind ${4|civil,criminal,administrative,contractual|}\n  cite \"${5}\"\n  checked ${6:2026-01-01}\n  recheck by ${7:2026-07-01}\n}\n",
        ),
        snippet(
            "rule",
            "declaration",
            "what a source asks",
            "rule ${1:NAME} \"${2:Title}\" under ${3:SOURCE} {\n  cite \"${4}\"\n\n  prohibit ${5:recording}\n    unless ${6:every party was told recording}\n}\n",
        ),
        snippet(
            "except",
            "declaration",
            "an exception to several rules of one source",
            "except ${1:name} to ${2:RULE} {\n  cite \"${3}\"\n  allow ${4:recording}\n    if ${5}\n}\n",
        ),
        snippet(
            "scenario",
            "declaration",
            "a test",
            "scenario \"${1:What happens}\" of ${2:SOURCE} {\n  given recording from ${3:2026-03-02T10:00:00Z}\n  ${4:customer} {\n    is in ${5:US-CA}\n  }\n  expect recording ${6|cleared,conditional,not now,prohibited|}\n}\n",
        ),
        snippet("define", "declaration", "gives a condition a name", "define ${1:name} as ${2}\n"),
        snippet("region", "declaration", "a set of places", "region ${1:NAME} \"${2:Label}\" {\n  ${3}\n}\n"),
        snippet(
            "covers",
            "declaration",
            "a claim of coverage",
            "covers ${1:US-CA} for ${2:recording} from ${3:2026-01-01}\n",
        ),
        snippet(
            "question",
            "declaration",
            "a contested point and its readings",
            "question ${1:name} \"${2:Question?}\" {\n  reading ${3:one} \"${4}\" { cite \"${5}\" }\n  reading ${6:other} \"${7}\" { cite \"${8}\" }\n}\n",
        ),
        snippet(
            "notice",
            "declaration",
            "words to say",
            "notice ${1:name} \"${2:Title}\" {\n  states ${3:recording}\n  wording en \"${4}\"\n}\n",
        ),
        snippet(
            "form",
            "declaration",
            "words to agree to",
            "form ${1:name} \"${2:Title}\" {\n  states ${3}\n  manner ${4}\n  wording en \"${5}\"\n}\n",
        ),
        snippet(
            "bundle",
            "declaration",
            "what an organisation runs",
            "bundle ${1:name} \"${2:Title}\" {\n  includes every source\n}\n",
        ),
        word("act", "something done with a conversation"),
        word("purpose", "why data is used"),
        word("category", "a category of personal data"),
        word("role", "a part on a call"),
        word("fact", "something that is so or not"),
        word("judgment", "an assessment that a person makes"),
        word("element", "a thing that a notice states"),
        word("safeguard", "a measure"),
        word("means", "how something is told"),
        word("manner", "how consent is given"),
        word("artefact", "what is kept"),
        word("event", "what happens on a date"),
        word("phase", "a part of a call"),
        word("recipient", "who data is disclosed to"),
    ]
}

/// The lines of a body.
#[must_use]
pub fn of(view: View<'_>, body: Body) -> Vec<Proposal> {
    let line = |label: &str, text: &str| snippet(label, "line", "", text);
    match body {
        Body::Rule => vec![
            line("cite", "cite \"${1}\""),
            line("summary", "summary \"${1}\""),
            line("in force from", "in force from ${1:2026-01-01}"),
            line("status", "status ${1|proposed,stayed from,annulled from|}"),
            line("sanction deferred until", "sanction deferred until ${1:2026-01-01}"),
            line("prohibit", "prohibit ${1:recording}\n  unless ${2}"),
            line("require", "require ${1:recording}\n  if ${2}"),
            line("keep", "keep ${1:recording} ${2|at least,at most|} ${3:1 year} from ${4:recording-created}"),
            line("displaces", "displaces ${1:RULE} cite \"${2}\""),
            line("except", "except ${1:name} {\n  cite \"${2}\"\n  allow ${3:recording}\n    if ${4}\n}"),
        ],
        Body::Exception => vec![
            line("cite", "cite \"${1}\""),
            line("summary", "summary \"${1}\""),
            line("allow", "allow ${1:recording}\n  if ${2}"),
            line("waive", "waive ${1:label}"),
            line("then", "then ${1:prohibit use}"),
        ],
        Body::Source => vec![
            line("level", "level ${1|legislation,regulation,case-law,guidance,contract,house|}"),
            line("kind", "kind ${1|civil,criminal,administrative,contractual|}"),
            line("cite", "cite \"${1}\""),
            line("text at", "text at \"${1:https://}\""),
            line("checked", "checked ${1:2026-01-01}"),
            line("recheck by", "recheck by ${1:2026-07-01}"),
            line("confidence", "confidence ${1|high,medium,low|}"),
            line("applies if", "applies if ${1:any party is in US-CA}"),
            line("civil time", "civil time \"${1:America/Los_Angeles}\""),
            line("periods by", "periods by ${1:1182-71}"),
            line(
                "consent by staying counts only if told",
                "consent by staying counts only if told ${1:recording}, before recording, and did not refuse",
            ),
        ],
        Body::Word => [
            "means",
            "dpv",
            "dpv parent",
            "under",
            "group",
            "makes",
            "side",
            "human",
            "machine",
            "arranged",
            "excludes",
            "asks",
            "starts within",
        ]
        .iter()
        .map(|word| keyword(word))
        .collect(),
        Body::Fact => [
            "means",
            "dpv parent",
            "of call",
            "of company",
            "of recorder",
            "of each party",
            "reads",
            "yes or no",
            "one of",
            "any of",
            "a place",
            "places",
            "years from",
            "may be presumed",
        ]
        .iter()
        .map(|word| keyword(word))
        .collect(),
        Body::Region => ["region", "place"].iter().flat_map(|kind| words::of(view, kind)).collect(),
        Body::Question => vec![line("reading", "reading ${1:name} \"${2}\" { cite \"${3}\" }")],
        Body::Reading => vec![line("cite", "cite \"${1}\"")],
        Body::Notice => vec![
            line("states", "states ${1:recording}"),
            line("by", "by ${1}"),
            line("manner", "manner ${1}"),
            line("asks for", "asks for ${1}"),
            line("wording", "wording ${1:en} \"${2}\""),
        ],
        Body::Bundle => vec![
            line("includes", "includes ${1:every source}"),
            line("adopt", "adopt ${1}"),
            line("given", "given ${1:company is established in US-TX}"),
            line("answer", "answer ${1} ${2|yes,no|} cite \"${3}\" until ${4:2027-01-01}"),
            line("presume", "presume ${1}"),
            line("guards", "guards ${1:recording}"),
            line("where uncovered require", "where uncovered require ${1}"),
            line("prefer", "prefer ${1:recording}"),
            line(
                "on impasse over",
                "on impasse over ${1:recording} ${2|decline call,continue without it,ask a person|}",
            ),
            line("despite unlawful capture", "despite unlawful capture allow use for ${1} cite \"${2}\""),
            line(
                "accept risk of",
                "accept risk of ${1:RULE} signed \"${2}\" on ${3:2026-01-01} until ${4:2027-01-01} because \"${5}\"",
            ),
        ],
        Body::Scenario => scenario(view),
        Body::Person => vec![
            line("is in", "is in ${1:US-CA}"),
            keyword("is"),
            keyword("uses"),
            keyword("has"),
            line("speaks", "speaks ${1:en}"),
            line("joins at", "joins at ${1:10:00:00}"),
            line("leaves at", "leaves at ${1:10:00:00}"),
            line("told", "told ${1:recording} at ${2:10:00:00}"),
            line(
                "gave",
                "gave ${1|implied,expressed,explicit,opt-out-not-exercised|} consent to ${2:recording} at ${3:10:00:00}",
            ),
            line("refused", "refused ${1:recording} at ${2:10:00:00}"),
            line("withdrew", "withdrew ${1:recording} at ${2:10:00:00}"),
            line("objected to", "objected to ${1:recording} at ${2:10:00:00}"),
        ],
    }
}

fn scenario(view: View<'_>) -> Vec<Proposal> {
    let line = |label: &str, text: &str| snippet(label, "line", "", text);
    let mut found = vec![
        line("adopt", "adopt ${1}"),
        line("assume", "assume ${1}"),
        line("given recording from", "given recording from ${1:2026-03-02T10:00:00Z}"),
        line("given judged", "given judged ${1} ${2|yes,no|}"),
        line("given call concerns", "given call concerns ${1}"),
        line("given company is", "given company is ${1}"),
        line("given recorder is in", "given recorder is in ${1}"),
        line("given intended purposes", "given intended purposes ${1}"),
        line("given call contains", "given call contains ${1:nothing}"),
        line("given log complete to", "given log complete to ${1:2026-03-02T10:30:00Z}"),
        line("expect", "expect ${1:recording} ${2|cleared,conditional,not now,prohibited,required,undetermined|}"),
    ];
    found.extend(persons(view));
    found
}

/// Roles, each beginning a person.
#[must_use]
pub fn persons(view: View<'_>) -> Vec<Proposal> {
    let roles = words::of(view, "role").into_iter();
    roles.map(|role| Proposal { snippet: Some(format!("{} {{\n  ${{1}}\n}}", role.label)), ..role }).collect()
}

/// How a condition, or a requirement, begins.
#[must_use]
pub fn conditions(view: View<'_>, requirement: bool) -> Vec<Proposal> {
    let starts = [
        "any",
        "every",
        "no",
        "that party",
        "call",
        "company",
        "recorder",
        "judged",
        "intended purposes",
        "promised purposes",
        "asked purpose",
        "recording was made unlawfully",
        "recording relied on",
    ];
    let mut found: Vec<Proposal> = starts.iter().map(|word| keyword(word)).collect();
    found.extend(
        ["any of", "all of", "none of"].map(|word| snippet(word, "keyword", "", &format!("{word} {{\n  ${{1}}\n}}"))),
    );
    if requirement {
        found.push(snippet(
            "every party was told",
            "line",
            "",
            "every party was told ${1:recording}, before ${2:recording}",
        ));
        found.push(snippet(
            "every party gave at least",
            "line",
            "",
            "every party gave at least ${1|implied,expressed,explicit,opt-out-not-exercised|} consent to ${2:recording}",
        ));
        let safeguards = words::of(view, "safeguard").into_iter();
        found.extend(safeguards.map(|one| Proposal { snippet: Some(format!("{} is in place", one.label)), ..one }));
    }
    found.extend(words::of(view, "definition"));
    found
}
