//! The findings of resolving: names (ONR02xx), words and sources (03xx), rules (04xx), requirements (05xx), dates (06xx), scenarios (08xx).

use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::syntax::ast::{Name, Text};

/// Every finding of this stage.
pub const CODES: &[&Code] = &[
    &UNKNOWN,
    &TWICE,
    &CYCLE,
    &UNKNOWN_PLACE,
    &UNKNOWN_VALUE,
    &OTHER_SUBJECT,
    &NO_SUCH_FACT,
    &NOT_OF_ONE_FACT,
    &NEEDS_WORD,
    &REGION_IS_A_PLACE,
    &GROWS_TOO_LARGE,
    &FOREIGN_LINE,
    &MISSING_LINE,
    &LINE_TWICE,
    &NOT_A_CHOICE,
    &DPV,
    &CANNOT_BE_PRESUMED,
    &ZONE,
    &NO_SUCH_LABEL,
    &CANNOT_BE_WAIVED,
    &NAMES_RULES_INSIDE,
    &DOING_IN_CONDITION,
    &NOBODY_REQUIRED,
    &MACHINE_CONSENTS,
    &NOTHING_LISTED,
    &OPTION_TWICE,
    &NO_SUCH_DAY,
    &REVERSED,
    &PERIOD_TOO_LONG,
    &WHOSE_BUSINESS_DAYS,
    &NO_SUCH_TIME,
    &TIME_WITHOUT_DAY,
    &NOT_A_CAPTURE,
    &CANNOT_BE_STATED,
    &LANGUAGE,
    &NO_INSTANT,
];

code!(
    UNKNOWN,
    "ONR0201",
    "unknown name",
    "Every name is declared somewhere in the policy. A name that is not would leave a rule open to guessing.",
    "region NORDIC \"Nordic countries\" { DK }\n\ndefine booked as recording was made unlawfully under RECORDS\n",
    "region NORDIC \"Nordic countries\" { DK }\n\ndefine booked as recording was made unlawfully\n"
);
code!(
    TWICE,
    "ONR0202",
    "declared twice",
    "A name means one thing. Two declarations of one name would make the order of the files decide.",
    "region NORDIC \"Nordic countries\" { DK }\nregion NORDIC \"The North\" { SE }\n",
    "region NORDIC \"Nordic countries\" { DK, SE }\n"
);
code!(
    CYCLE,
    "ONR0203",
    "defined by itself",
    "What is defined by itself has no meaning: a definition, a region or a word must come to an end.",
    "region NORTH \"North\" { DK, POLAR }\nregion POLAR \"Polar\" { NO }\ndefine loud as quiet\ndefine quiet as loud\n",
    "region NORTH \"North\" { DK, POLAR }\nregion POLAR \"Polar\" { NO }\ndefine loud as quiet\ndefine quiet as recording was made unlawfully\n"
);
code!(
    UNKNOWN_PLACE,
    "ONR0204",
    "unknown place",
    "A place is an ISO 3166-1 code (`DE`), an ISO 3166-2 code (`US-CA`) or a declared region.",
    "region NORDIC \"Nordic countries\" { DK, UK }\n",
    "region NORDIC \"Nordic countries\" { DK, GB }\n"
);
code!(
    UNKNOWN_VALUE,
    "ONR0205",
    "unknown fact or value",
    "Facts and their values are declared in the vocabulary, so that a misspelt one cannot silently mean “no”.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine incoming as call is inbuond\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine incoming as call is inbound\n"
);
code!(
    OTHER_SUBJECT,
    "ONR0206",
    "fact of another subject",
    "A fact belongs to the call, the company, the recorder or each party, and is read with its own verb.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine incoming as company is inbound\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine incoming as call is inbound\n"
);
code!(
    NO_SUCH_FACT,
    "ONR0207",
    "no such fact",
    "The vocabulary declares no fact of this subject that this verb reads.",
    "define near as recorder is in DK\n",
    "fact recorder-location \"Place of the recorder\" {\n  means \"Where the call is recorded.\"\n  of recorder\n  reads is in\n  a place\n}\n\ndefine near as recorder is in DK\n"
);
code!(
    NOT_OF_ONE_FACT,
    "ONR0208",
    "values of different facts",
    "The values in one list are compared with one fact.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\nfact mood \"Mood\" {\n  means \"How it went.\"\n  of call\n  one of { calm, loud }\n}\n\ndefine odd as call is any of { inbound, calm }\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\nfact mood \"Mood\" {\n  means \"How it went.\"\n  of call\n  one of { calm, loud }\n}\n\ndefine odd as call is inbound or call is calm\n"
);
code!(
    NEEDS_WORD,
    "ONR0209",
    "word of the language not declared",
    "Some constructs speak of a word that the vocabulary must declare: `party`, `recording`, `use`.",
    "fact minor \"A minor\" {\n  means \"The person is a minor.\"\n  of each party\n  yes or no\n}\n\ndefine young as that party is minor\n",
    "fact minor \"A minor\" {\n  means \"The person is a minor.\"\n  of each party\n  yes or no\n}\nrole party \"Party\" {\n  means \"Whoever is on the line.\"\n  side neither\n  human\n}\n\ndefine young as that party is minor\n"
);
code!(
    REGION_IS_A_PLACE,
    "ONR0210",
    "region with the code of a place",
    "An ISO 3166 code means that place and nothing else.",
    "region DE \"German-speaking\" { AT }\n",
    "region DACH \"German-speaking\" { DE, AT, CH }\n"
);
code!(
    GROWS_TOO_LARGE,
    "ONR0211",
    "definition that grows too large",
    "A definition stands for all that the names in it stand for, down to the last. One of more than 10,000 conditions, or of more than 64 steps, nobody can read or check.",
    "define d0 as recording was made unlawfully\ndefine d1 as all of { d0 none of { d0 } }\ndefine d2 as all of { d1 none of { d1 } }\ndefine d3 as all of { d2 none of { d2 } }\ndefine d4 as all of { d3 none of { d3 } }\ndefine d5 as all of { d4 none of { d4 } }\ndefine d6 as all of { d5 none of { d5 } }\ndefine d7 as all of { d6 none of { d6 } }\ndefine d8 as all of { d7 none of { d7 } }\ndefine d9 as all of { d8 none of { d8 } }\ndefine d10 as all of { d9 none of { d9 } }\ndefine d11 as all of { d10 none of { d10 } }\ndefine d12 as all of { d11 none of { d11 } }\n",
    "define d0 as recording was made unlawfully\ndefine d1 as none of { d0 }\n"
);
code!(
    FOREIGN_LINE,
    "ONR0301",
    "line of another kind of word",
    "Each kind of word has its own lines; the language reference lists them.",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n  side ours\n}\n",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n}\n"
);
code!(
    MISSING_LINE,
    "ONR0302",
    "missing line",
    "A declaration without this line leaves open what a reader, or the engine, must know.",
    "purpose quality-assurance \"Quality assurance\" {\n}\n",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n}\n"
);
code!(
    LINE_TWICE,
    "ONR0303",
    "line that may stand once",
    "Of two such lines only one could be meant.",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n  means \"Listening to calls.\"\n}\n",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n}\n"
);
code!(
    NOT_A_CHOICE,
    "ONR0304",
    "not one of the words that this line takes",
    "This line takes one of a few words.",
    "source HOUSE \"House policy\" {\n  level      law\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n"
);
code!(
    DPV,
    "ONR0305",
    "not a DPV term",
    "A DPV 2.3 term is written with its prefix: `dpv:Record`, and `pd:`, `ai:`, `tech:` for its extensions: `pd:Health`.",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n  dpv parent \"Research\"\n}\n",
    "purpose quality-assurance \"Quality assurance\" {\n  means \"Checking how calls are handled.\"\n  dpv parent \"dpv:ResearchAndDevelopment\"\n}\n"
);
code!(
    CANNOT_BE_PRESUMED,
    "ONR0306",
    "cannot be presumed",
    "A fact can permit the presumption of one of its own values: yes, no or a listed value. A place or an age cannot be presumed.",
    "fact location \"Where\" {\n  means \"Where the person is.\"\n  of each party\n  reads is in\n  a place\n  may be presumed DK\n}\n",
    "fact location \"Where\" {\n  means \"Where the person is.\"\n  of each party\n  reads is in\n  a place\n}\n"
);
code!(
    ZONE,
    "ONR0307",
    "unknown time zone",
    "Civil time is an IANA time zone, such as `Europe/Berlin`.",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n  civil time \"Berlin\"\n}\n",
    "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n  civil time \"Europe/Berlin\"\n}\n"
);

/// A small vocabulary with one house rule, in which samples speak of rules.
macro_rules! ruled {
    ($rule:literal) => {
        concat!(
            "act recording \"Recording\" {\n  means \"Capturing the sound of a call.\"\n  group capture\n}\n",
            "role party \"Party\" {\n  means \"Whoever is on the line.\"\n  side neither\n  human\n}\n",
            "role bot \"Bot\" {\n  means \"A machine that talks.\"\n  side ours\n  machine\n}\n",
            "element recorded \"Recorded\" {\n  means \"That the call is recorded.\"\n}\n",
            "artefact audio \"Audio\" {\n  means \"The sound of a call.\"\n}\n",
            "event created \"Created\" {\n  means \"The audio was made.\"\n}\n",
            "source HOUSE \"House policy\" {\n  level      house\n  kind       contractual\n  checked    2026-11-23\n  recheck by 2027-05-23\n}\n",
            $rule
        )
    };
}

code!(
    NO_SUCH_LABEL,
    "ONR0401",
    "no clause has this label",
    "`waive` names the label of a duty or a `keep` in a rule that the exception excepts.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  erasure: keep audio at most 30 days from created\n  prohibit recording\n  except dispute {\n    waive erasing\n  }\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  erasure: keep audio at most 30 days from created\n  prohibit recording\n  except dispute {\n    waive erasure\n  }\n}\n"
    )
);
code!(
    CANNOT_BE_WAIVED,
    "ONR0402",
    "cannot be waived",
    "A duty or a period can be waived. A prohibition is not waived: an exception adds a way to satisfy it.",
    ruled!("rule HOUSE-1 under HOUSE {\n  ban: prohibit recording\n  except dispute {\n    waive ban\n  }\n}\n"),
    ruled!("rule HOUSE-1 under HOUSE {\n  ban: prohibit recording\n  except dispute {\n    allow recording\n  }\n}\n")
);
code!(
    NAMES_RULES_INSIDE,
    "ONR0403",
    "exception inside a rule that names other rules",
    "An exception inside a rule is an exception to that rule. One to several rules stands outside of them, at top level.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n  except dispute to HOUSE-2 {\n    allow recording if recording was made unlawfully\n  }\n}\nrule HOUSE-2 under HOUSE {\n  prohibit recording\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nrule HOUSE-2 under HOUSE {\n  prohibit recording\n}\nexcept dispute to HOUSE-1, HOUSE-2 {\n  allow recording if recording was made unlawfully\n}\n"
    )
);
code!(
    DOING_IN_CONDITION,
    "ONR0501",
    "what can be done, in a condition",
    "If a rule bound only those who were told something, telling them would raise a new demand, and the advice to tell them would be false. \
     What can still be done stands after `unless`, `provided` or `require`.",
    ruled!("rule HOUSE-1 under HOUSE {\n  prohibit recording\n    if any party was told recorded\n}\n"),
    ruled!("rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded\n}\n")
);
code!(
    NOBODY_REQUIRED,
    "ONR0502",
    "nobody may be told",
    "What is not done is never a cure: a requirement says who is told or asked, not who is not.",
    ruled!("rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless no party was told recorded\n}\n"),
    ruled!("rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded\n}\n")
);
code!(
    MACHINE_CONSENTS,
    "ONR0503",
    "consent of a machine",
    "Only a person can consent. An AI agent on the line cannot.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless any bot gave at least expressed consent to recording\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless any party gave at least expressed consent to recording\n}\n"
    )
);
code!(
    NOTHING_LISTED,
    "ONR0504",
    "list of no values",
    "A list of values tells which fact is read. An empty one reads none.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine odd as call is any of { }\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\n\ndefine odd as call is any of { inbound }\n"
);
code!(
    OPTION_TWICE,
    "ONR0505",
    "option that stands twice, or against another",
    "Each option of a telling or of a consent stands once, and `even if refused` says the opposite of `and did not refuse`. Of two, only one could be meant.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded, even if refused, and did not refuse\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n    unless every party was told recorded, and did not refuse\n}\n"
    )
);
code!(
    NO_SUCH_DAY,
    "ONR0601",
    "no such day",
    "The calendar has no such day.",
    "region NORDIC \"Nordic countries\" { DK from 2026-02-29 }\n",
    "region NORDIC \"Nordic countries\" { DK from 2026-02-28 }\n"
);
code!(
    REVERSED,
    "ONR0602",
    "ends before it begins",
    "The last day lies before the first.",
    "region NORDIC \"Nordic countries\" { DK from 2026-01-01 until 2025-01-01 }\n",
    "region NORDIC \"Nordic countries\" { DK from 2025-01-01 until 2026-01-01 }\n"
);
code!(
    PERIOD_TOO_LONG,
    "ONR0603",
    "period too long",
    "A period counts at most 100,000 of its unit.",
    "phase greeting \"Greeting\" {\n  means \"The first words.\"\n  starts within 999999 seconds\n}\n",
    "phase greeting \"Greeting\" {\n  means \"The first words.\"\n  starts within 30 seconds\n}\n"
);
code!(
    WHOSE_BUSINESS_DAYS,
    "ONR0604",
    Warning,
    "business days of no place",
    "Business days differ from place to place; the place whose days count is written after `in`.",
    ruled!("rule HOUSE-1 under HOUSE {\n  keep audio at least 10 business days from created\n}\n"),
    ruled!("rule HOUSE-1 under HOUSE {\n  keep audio at least 10 business days in US from created\n}\n")
);
code!(
    NO_SUCH_TIME,
    "ONR0605",
    "no such time",
    "An instant is a day of the calendar and a time of day, with its offset from UTC.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given at 2026-03-02T25:00:00Z\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given at 2026-03-02T23:00:00Z\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    )
);
code!(
    TIME_WITHOUT_DAY,
    "ONR0801",
    "time of day without a day",
    "A time of day takes its day and its offset from the first whole instant of the scenario. This scenario has none.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given at 10:00\n  expect recording prohibited\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given at 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    )
);
code!(
    NOT_A_CAPTURE,
    "ONR0802",
    "not a capture",
    "`given ACT from TIME` states a capture that was running. Another act is stated as done: `given ACT done at TIME`.",
    ruled!(
        "act erasing \"Erasing\" {\n  means \"Destroying what was kept.\"\n  group other\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given erasing from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    ),
    ruled!(
        "act erasing \"Erasing\" {\n  means \"Destroying what was kept.\"\n  group other\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given erasing done at 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    )
);
code!(
    CANNOT_BE_STATED,
    "ONR0803",
    "fact stated in a way that it cannot have",
    "A fact with one value has one of them, or one of several joined with `or`; values joined with a comma hold together; \
     what is not so is stated of a yes/no fact or of a fact with one value.",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\nbundle acme \"Acme\" {\n  given call is inbound, outbound\n}\n",
    "fact direction \"Direction\" {\n  means \"Who called.\"\n  of call\n  one of { inbound, outbound }\n}\nbundle acme \"Acme\" {\n  given call is inbound or outbound\n}\n"
);
code!(
    LANGUAGE,
    "ONR0804",
    "not a language tag",
    "A language is a BCP 47 tag: `en`, `es-MX`.",
    "element recorded \"Recorded\" {\n  means \"That the call is recorded.\"\n}\nnotice plain \"Plain\" {\n  states recorded\n  wording english-language \"This call is recorded.\"\n}\n",
    "element recorded \"Recorded\" {\n  means \"That the call is recorded.\"\n}\nnotice plain \"Plain\" {\n  states recorded\n  wording en \"This call is recorded.\"\n}\n"
);
code!(
    NO_INSTANT,
    "ONR0805",
    "scenario without an instant",
    "A decision is made at an instant. A scenario names one: when the call begins, when a capture begins, or `given at`.",
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  expect recording prohibited\n}\n"
    ),
    ruled!(
        "rule HOUSE-1 under HOUSE {\n  prohibit recording\n}\nscenario \"odd\" of HOUSE {\n  given call from 2026-03-02T10:00:00Z\n  expect recording prohibited\n}\n"
    )
);

/// With “did you mean”, and the edit that writes it.
fn meant(found: Diagnostic, span: Span, meant: Option<&str>, otherwise: impl Into<String>) -> Diagnostic {
    match meant {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("write `{meant}`"), vec![(span, meant.to_owned())]),
        None => found.help(otherwise),
    }
}

/// `a rule`, `an act`
fn an(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

pub(super) fn unknown(kind: &str, name: &Name, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(&UNKNOWN, name.span, format!("there is no {kind} `{}`", name.text))
        .label(format!("not declared as {}", an(kind)));
    meant(found, name.span, nearest, format!("declare it: {kind} {} …", name.text))
}

pub(super) fn twice(kind: &str, name: &Name, earlier: Span) -> Diagnostic {
    Diagnostic::new(&TWICE, name.span, format!("the {kind} `{}` is declared already", name.text))
        .label("declared again here")
        .related(earlier, "declared here")
        .help("give one of them another name, or delete it")
}

pub(super) fn cycle(kind: &str, name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&CYCLE, span, format!("the {kind} `{name}` is defined by itself"))
        .label("comes back to itself")
        .help("take out one of the steps that lead back here")
}

pub(super) fn unknown_place(name: &Name, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(&UNKNOWN_PLACE, name.span, format!("`{}` is neither a place nor a region", name.text))
        .label("not an ISO 3166 code");
    meant(
        found,
        name.span,
        nearest,
        "write an ISO 3166 code, such as `DE` or `US-CA`, or declare a region of this name",
    )
}

pub(super) fn unknown_value(name: &Name, holder: &str, nearest: Option<&str>) -> Diagnostic {
    let found =
        Diagnostic::new(&UNKNOWN_VALUE, name.span, format!("no fact of the {holder} has the value `{}`", name.text))
            .label("not in the vocabulary");
    meant(found, name.span, nearest, "declare the fact in the vocabulary, with its values")
}

pub(super) fn other_subject(name: &Name, holder: &str, its: &str, verb: &str, reads: &str) -> Diagnostic {
    let subject = if its == "party" { "any party" } else { its };
    let message = if holder == its {
        format!("`{}` is not read with `{verb}`", name.text)
    } else {
        format!("`{}` is said of the {its}, not of the {holder}", name.text)
    };
    Diagnostic::new(&OTHER_SUBJECT, name.span, message)
        .label(format!("a fact of the {its}"))
        .help(format!("write: {subject} {reads} {}", name.text))
}

pub(super) fn no_such_fact(span: Span, holder: &str, verb: &str, what: &str) -> Diagnostic {
    let of = if holder == "party" { "each party" } else { holder };
    Diagnostic::new(
        &NO_SUCH_FACT,
        span,
        format!("the vocabulary has no fact of the {holder} that `{verb}` reads as {what}"),
    )
    .help(format!("declare a fact with the lines `of {of}` and `reads {verb}` whose values are {what}"))
}

pub(super) fn not_of_one_fact(name: &Name) -> Diagnostic {
    Diagnostic::new(
        &NOT_OF_ONE_FACT,
        name.span,
        format!("`{}` is not a value of the same fact as those before it", name.text),
    )
    .label("of another fact")
    .help("write a condition for each fact and join them with `or`")
}

pub(super) fn needs_word(span: Span, kind: &str, word: &str) -> Diagnostic {
    Diagnostic::new(
        &NEEDS_WORD,
        span,
        format!("this speaks of the {kind} `{word}`, which the vocabulary does not declare"),
    )
    .help(format!("declare it: {kind} {word} \"…\" {{ … }}"))
}

pub(super) fn region_is_a_place(name: &Name) -> Diagnostic {
    Diagnostic::new(&REGION_IS_A_PLACE, name.span, format!("`{}` is the ISO 3166 code of a place", name.text))
        .label("means that place already")
        .help("give the region another name")
}

pub(super) fn grows_too_large(name: &Name) -> Diagnostic {
    Diagnostic::new(
        &GROWS_TOO_LARGE,
        name.span,
        format!("the definition `{}` grows too large when its names are written out", name.text),
    )
    .label("more than 10,000 conditions, or more than 64 steps")
    .help("say it with fewer names, or break it into rules")
}

pub(super) fn foreign_line(span: Span, kind: &str) -> Diagnostic {
    Diagnostic::new(&FOREIGN_LINE, span, format!("{} does not have this line", an(kind)))
        .label("belongs to another kind of word")
        .help("delete it")
        .fix("delete the line", vec![(span, String::new())])
}

pub(super) fn missing_line(name: &Name, line: &str) -> Diagnostic {
    Diagnostic::new(&MISSING_LINE, name.span, format!("`{}` lacks a line", name.text))
        .label("incomplete")
        .help(format!("add a line: `{line}`"))
}

pub(super) fn line_twice(span: Span, earlier: Span) -> Diagnostic {
    Diagnostic::new(&LINE_TWICE, span, "this line may stand only once")
        .label("a second one")
        .related(earlier, "the first")
        .help("delete one of the two")
}

pub(super) fn not_a_choice(name: &Name, words: &[&str]) -> Diagnostic {
    let list: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let nearest = crate::nearest::nearest(&name.text, words.iter().copied());
    let found = Diagnostic::new(&NOT_A_CHOICE, name.span, format!("`{}` cannot stand here", name.text))
        .label(format!("one of {}", list.join(", ")));
    meant(found, name.span, nearest, format!("write one of {}", list.join(", ")))
}

pub(super) fn dpv(term: &Text) -> Diagnostic {
    Diagnostic::new(&DPV, term.span, format!("“{}” is not written like a DPV term", term.value))
        .label("prefix, colon, name")
        .help("write it with its prefix: \"dpv:…\", or \"pd:…\" for a category of personal data")
}

pub(super) fn cannot_be_presumed(name: &Name) -> Diagnostic {
    Diagnostic::new(&CANNOT_BE_PRESUMED, name.span, format!("`{}` cannot be presumed of this fact", name.text))
        .label("not a value that may be presumed")
        .help("name `yes`, `no` or one of the values that the fact lists")
}

pub(super) fn zone(zone: &Text) -> Diagnostic {
    let nearest = crate::nearest::nearest(&zone.value, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
    let ending = format!("/{}", zone.value);
    let city = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).find(|name| name.ends_with(&ending));
    let found =
        Diagnostic::new(&ZONE, zone.span, format!("“{}” is not a time zone", zone.value)).label("not known to IANA");
    match city.or(nearest) {
        Some(meant) => found
            .help(format!("did you mean \"{meant}\"?"))
            .fix(format!("write \"{meant}\""), vec![(zone.span, format!("\"{meant}\""))]),
        None => found.help("write an IANA time zone, such as \"Europe/Berlin\""),
    }
}

pub(super) fn no_such_label(label: &Name, nearest: Option<&str>) -> Diagnostic {
    let found = Diagnostic::new(
        &NO_SUCH_LABEL,
        label.span,
        format!("no clause that this excepts is labelled `{}`", label.text),
    )
    .label("names no clause");
    meant(
        found,
        label.span,
        nearest,
        format!("label the duty or the `keep` that does not bind: {}: keep …", label.text),
    )
}

pub(super) fn cannot_be_waived(label: &Name, clause: Span) -> Diagnostic {
    Diagnostic::new(
        &CANNOT_BE_WAIVED,
        label.span,
        format!("`{}` is neither a duty nor a period of keeping", label.text),
    )
    .label("cannot be waived")
    .related(clause, "the clause of this label")
    .help("add a way instead: allow … provided …")
}

pub(super) fn names_rules_inside(span: Span, rule: &str) -> Diagnostic {
    Diagnostic::new(
        &NAMES_RULES_INSIDE,
        span,
        format!("this exception stands inside `{rule}`, and names rules after `to`"),
    )
    .label("to which rule?")
    .help(format!("delete `to …`, or move the exception out of the rule and name `{rule}` too"))
}

pub(super) fn doing_in_condition(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&DOING_IN_CONDITION, span, format!("a condition cannot ask about {what}"))
        .label("this can still be done")
        .help("write it after `unless` (in an exception, after `provided`)")
}

pub(super) fn nobody_required(span: Span) -> Diagnostic {
    Diagnostic::new(&NOBODY_REQUIRED, span, "a requirement cannot ask that nobody is told or asked")
        .label("not doing something is never a cure")
        .help("write `every` or `any`, or prohibit the telling itself")
}

pub(super) fn machine_consents(span: Span) -> Diagnostic {
    Diagnostic::new(&MACHINE_CONSENTS, span, "a machine cannot consent")
        .label("asks a machine")
        .help("ask the persons on the line: every party gave …")
}

pub(super) fn nothing_listed(span: Span) -> Diagnostic {
    Diagnostic::new(&NOTHING_LISTED, span, "this list holds no values")
        .label("nothing between the braces")
        .help("write the values that are meant")
}

pub(super) fn option_twice(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(&OPTION_TWICE, span, format!("{what} here, and only one could be meant"))
        .label("which of the two?")
        .help("keep one; where both are needed, write two requirements in `all of { … }`")
}

pub(super) fn no_such_day(span: Span) -> Diagnostic {
    Diagnostic::new(&NO_SUCH_DAY, span, "the calendar has no such day")
        .help("write a day as year-month-day: 2026-11-23")
}

pub(super) fn reversed(span: Span) -> Diagnostic {
    Diagnostic::new(&REVERSED, span, "this ends before it begins")
        .label("the last lies before the first")
        .help("exchange the two, or mend the one that is wrong")
}

pub(super) fn period_too_long(span: Span) -> Diagnostic {
    Diagnostic::new(&PERIOD_TOO_LONG, span, "this period is too long to count")
        .label("more than 100,000")
        .help("write it in a longer unit, or `until` an event")
}

pub(super) fn whose_business_days(span: Span) -> Diagnostic {
    Diagnostic::new(&WHOSE_BUSINESS_DAYS, span, "the place whose business days count is not said")
        .label("business days where?")
        .help("add the place: business days in US")
}

pub(super) fn no_such_time(span: Span) -> Diagnostic {
    Diagnostic::new(&NO_SUCH_TIME, span, "there is no such time")
        .help("write a time as 10:15:09, an instant as 2026-03-02T10:15:09-08:00")
}

pub(super) fn time_without_day(span: Span) -> Diagnostic {
    Diagnostic::new(&TIME_WITHOUT_DAY, span, "the day of this time is not known")
        .label("of which day?")
        .help("write the first time of the scenario in full: 2026-03-02T10:15:09-08:00")
}

pub(super) fn not_a_capture(name: &Name) -> Diagnostic {
    Diagnostic::new(&NOT_A_CAPTURE, name.span, format!("`{}` captures nothing, so it does not run", name.text))
        .label("not a capture")
        .help(format!("write: given {} done at …", name.text))
}

pub(super) fn cannot_be_stated(span: Span, help: &str) -> Diagnostic {
    Diagnostic::new(&CANNOT_BE_STATED, span, "this fact cannot be stated so").label("not in this way").help(help)
}

pub(super) fn language(name: &Name) -> Diagnostic {
    Diagnostic::new(&LANGUAGE, name.span, format!("`{}` is not a language tag", name.text))
        .label("not BCP 47")
        .help("write a language tag: en, es-MX, fr, de")
}

pub(super) fn no_instant(title: Span) -> Diagnostic {
    Diagnostic::new(&NO_INSTANT, title, "this scenario says nowhere when it is judged")
        .label("when?")
        .help("add a line: given call from 2026-03-02T10:00:00-08:00")
}
