//! The findings of reading a file (ONR01xx): each a row of data and the words it is said with.

use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::{Source, Span};

/// Every finding of this stage.
pub const CODES: &[&Code] = &[
    &TOO_LARGE,
    &CONTROL_CHARACTERS,
    &OPEN_TEXT,
    &CURLY_QUOTES,
    &ODD_SPACE,
    &NOT_A_DECLARATION,
    &TOO_DEEP,
    &STRAY_BRACE,
    &UNCLOSED,
    &UNKNOWN_LINE,
    &UNREADABLE,
    &MISSPELT,
    &RESERVED_WORD,
    &MIXED_AND_OR,
    &UNKNOWN_LEVEL,
    &IF_AFTER_UNLESS,
    &SECTION_SIGN,
    &DASH,
];

code!(
    TOO_LARGE,
    "ONR0101",
    "file too large",
    "A file holds at most 1 MiB, so that every tool that reads it stays fast. A law that needs more is better read in several files.",
    "# (a file of more than 1 MiB)\n",
    "# (two files of less)\n"
);
code!(
    CONTROL_CHARACTERS,
    "ONR0102",
    "control character",
    "A policy is plain text. A control character is invisible: a reader would not see what the engine reads.",
    "define inbound-call as\u{0} call is inbound\n",
    "define inbound-call as call is inbound\n"
);
code!(
    OPEN_TEXT,
    "ONR0103",
    "text without its closing quote",
    "A text ends on the line on which it begins. A long wording is written as several texts, one a line.",
    "question reach \"Does it reach?\" {\n  reading narrow \"No\n  { cite \"A v. B\" }\n}\n",
    "question reach \"Does it reach?\" {\n  reading narrow \"No\" { cite \"A v. B\" }\n}\n"
);
code!(
    CURLY_QUOTES,
    "ONR0104",
    "curly quotes",
    "A word processor turns straight quotes into curly ones. A text stands in straight quotes.",
    "region NORDIC “Nordic countries” { DK, SE }\n",
    "region NORDIC \"Nordic countries\" { DK, SE }\n"
);
code!(
    ODD_SPACE,
    "ONR0105",
    "invisible space",
    "A no-break or zero-width space, pasted from a word processor or a web page, looks like a space and is none.",
    "region NORDIC\u{a0}\"Nordic countries\" { DK, SE }\n",
    "region NORDIC \"Nordic countries\" { DK, SE }\n"
);
code!(
    NOT_A_DECLARATION,
    "ONR0106",
    "not a declaration",
    "A file is a series of declarations; each begins with the word for what it declares.",
    "regoin NORDIC { DK, SE }\n",
    "region NORDIC { DK, SE }\n"
);
code!(
    TOO_DEEP,
    "ONR0107",
    "nested too deep",
    "Braces nest at most 64 deep. A condition that deep cannot be read aloud: give its parts names with `define`.",
    "define deep as all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { all of { call is inbound } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } } }\n",
    "define shallow as call is inbound\n"
);
code!(
    STRAY_BRACE,
    "ONR0108",
    "closing brace that closes nothing",
    "Every closing brace belongs to an opening one.",
    "region NORDIC { DK, SE } }\n",
    "region NORDIC { DK, SE }\n"
);
code!(
    UNCLOSED,
    "ONR0109",
    "missing closing brace",
    "The body of a declaration ends with a brace. Without it, what follows would belong to the body.",
    "region NORDIC { DK, SE\n",
    "region NORDIC { DK, SE }\n"
);
code!(
    UNKNOWN_LINE,
    "ONR0110",
    "line that this declaration does not have",
    "Each kind of declaration has its own lines; the language reference lists them.",
    "region NORDIC { DK }\n\nsource HOUSE \"House\" {\n  lvel house\n}\n",
    "source HOUSE \"House\" {\n  level house\n}\n"
);
code!(
    UNREADABLE,
    "ONR0111",
    "cannot be read",
    "Something else was expected at this place.",
    "covers DE recording from 2026-11-23\n",
    "covers DE for recording from 2026-11-23\n"
);
code!(
    MISSPELT,
    "ONR0112",
    "misspelt keyword",
    "Keywords are written in full and in lower case.",
    "covers DE for recording form 2026-11-23\n",
    "covers DE for recording from 2026-11-23\n"
);
code!(
    RESERVED_WORD,
    "ONR0113",
    "keyword used as a name",
    "A word that the language itself uses to tell lines apart cannot be a name.",
    "define unless as call is inbound\n",
    "define inbound-call as call is inbound\n"
);
code!(
    MIXED_AND_OR,
    "ONR0114",
    "`and` and `or` mixed",
    "“a and b or c” can be read in two ways, and readers do. A group says which is meant.",
    "define mixed as call is inbound and call is urgent or call is internal\n",
    "define mixed as any of {\n  all of { call is inbound call is urgent }\n  call is internal\n}\n"
);
code!(
    IF_AFTER_UNLESS,
    "ONR0115",
    "parts in the wrong order",
    "The parts of a clause have one order, so that a reader finds them and a diff shows one change: the act, `if`, `unless` or `provided`, `under`.",
    "rule R under S {\n  prohibit recording unless mask is in place if call is inbound\n}\n",
    "rule R under S {\n  prohibit recording if call is inbound unless mask is in place\n}\n"
);
code!(
    SECTION_SIGN,
    "ONR0116",
    "section sign outside a text",
    "A citation is a text: it stands in quotes.",
    "rule R under S {\n  cite Cal. Penal Code § 632\n}\n",
    "rule R under S {\n  cite \"Cal. Penal Code § 632\"\n}\n"
);
code!(
    DASH,
    "ONR0117",
    "dash in the place of a hyphen",
    "A word processor turns hyphens into dashes. Names are written with the hyphen of the keyboard.",
    "region NORDIC { DK–84, SE }\n",
    "region NORDIC { DK-84, SE }\n"
);

code!(
    UNKNOWN_LEVEL,
    "ONR0118",
    "unknown level of consent",
    "Consent has four levels: `opt-out-not-exercised`, `implied`, `expressed` and `explicit`. The manner, such as in writing, is said separately.",
    "rule R under S {\n  prohibit recording unless every party gave at least written consent to recording\n}\n",
    "rule R under S {\n  prohibit recording unless every party gave at least expressed consent to recording, by written-statement\n}\n"
);

/// The levels of consent.
pub(super) const LEVELS: [&str; 4] = ["opt-out-not-exercised", "implied", "expressed", "explicit"];
code!(
    OUTSIDE_EXCEPTION,
    "ONR0119",
    "`allow` outside an exception",
    "Whatever no rule prohibits is allowed. `allow`, `waive` and `then` stand in an exception: it adds a way to satisfy the rule that it excepts.",
    "rule R under S {\n  allow recording\n}\n",
    "rule R under S {\n  prohibit recording\n  except emergencies {\n    allow recording if emergency\n  }\n}\n"
);
code!(
    INSIDE_EXCEPTION,
    "ONR0120",
    "clause inside an exception",
    "An exception only ever adds a way. What tightens is another clause of the rule, or, where it is the price of relying on the exception, a clause after `then`.",
    "rule R under S {\n  prohibit recording\n  except emergencies {\n    allow recording if emergency\n    prohibit use\n  }\n}\n",
    "rule R under S {\n  prohibit recording\n  except emergencies {\n    allow recording if emergency\n    then prohibit use\n  }\n}\n"
);

pub(super) fn unknown_level(span: Span, word: &str) -> Diagnostic {
    let found = Diagnostic::new(&UNKNOWN_LEVEL, span, format!("`{}` is not a level of consent", short(word)))
        .label("a level stands here");
    match crate::nearest::nearest(word, LEVELS.into_iter()) {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("write `{meant}`"), vec![(span, meant.to_owned())]),
        None => found.help("the levels are `opt-out-not-exercised`, `implied`, `expressed` and `explicit`; a manner follows after a comma: `, by written-statement`"),
    }
}

pub(super) fn too_large(source: &Source) -> Diagnostic {
    let mib = source.text().len() / (1024 * 1024);
    Diagnostic::new(
        &TOO_LARGE,
        Span::new(source.id, 0, 0),
        format!("this file is too large to read: more than {mib} MiB"),
    )
    .help("split it into several files; a file holds at most 1 MiB")
}

pub(super) fn control_characters(span: Span) -> Diagnostic {
    Diagnostic::new(&CONTROL_CHARACTERS, span, "this file holds control characters that nobody can see")
        .label("the first is here")
        .help("delete them; if the file is not text at all, it should not end in `.onr`")
}

pub(super) fn open_text(span: Span) -> Diagnostic {
    let end = Span { start: span.end, ..span };
    Diagnostic::new(&OPEN_TEXT, span, "this text has no closing quote")
        .label("it begins here and must end on this line")
        .help("close it with `\"`; a long wording takes several texts, one a line")
        .fix("close the text here", vec![(end, "\"".to_owned())])
}

pub(super) fn curly_quotes(span: Span, inner: &str) -> Diagnostic {
    Diagnostic::new(&CURLY_QUOTES, span, "this text stands in curly quotes")
        .label("pasted from a word processor?")
        .help("write straight quotes")
        .fix("write straight quotes", vec![(span, format!("\"{inner}\""))])
}

pub(super) fn odd_space(span: Span) -> Diagnostic {
    Diagnostic::new(&ODD_SPACE, span, "there is a no-break or invisible space here")
        .label("it looks like a space and is none")
        .help("write an ordinary space")
        .fix("write an ordinary space", vec![(span, " ".to_owned())])
}

pub(super) fn not_a_declaration(span: Span, word: &str, meant: Option<&str>) -> Diagnostic {
    if OF_EXCEPTIONS.contains(&word) {
        return outside_exception(span, word);
    }
    let found = Diagnostic::new(&NOT_A_DECLARATION, span, format!("a declaration was expected, not `{}`", short(word)))
        .label("nothing is declared here");
    match meant {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("write `{meant}`"), vec![(span, meant.to_owned())]),
        None => found
            .help("a declaration begins with a word like `rule`, `source`, `region`, `notice`, `bundle` or `scenario`"),
    }
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(&TOO_DEEP, span, "braces nest more than 64 deep here")
        .label("this is the 65th")
        .help("give the inner condition a name with `define` and write the name here")
}

pub(super) fn stray_brace(span: Span) -> Diagnostic {
    Diagnostic::new(&STRAY_BRACE, span, "this brace closes nothing")
        .help("delete it, or open the body that it should close")
        .fix("delete the brace", vec![(span, String::new())])
}

pub(super) fn unclosed(opened: Span, end: Span) -> Diagnostic {
    Diagnostic::new(&UNCLOSED, opened, "this brace is never closed")
        .label("opened here")
        .help("write `}` where the body ends")
        .fix("close it at the end of the declaration", vec![(end, "\n}".to_owned())])
}

pub(super) fn unknown_line(span: Span, word: &str, meant: Option<&str>, lines: &[&str]) -> Diagnostic {
    if OF_EXCEPTIONS.contains(&word) {
        return outside_exception(span, word);
    }
    if OF_RULES.contains(&word) && lines.contains(&"allow") {
        return inside_exception(span, word);
    }
    let found = Diagnostic::new(&UNKNOWN_LINE, span, format!("no line begins with `{}` here", short(word)))
        .label("not known here");
    match meant {
        Some(meant) => found
            .help(format!("did you mean `{meant}`?"))
            .fix(format!("write `{meant}`"), vec![(span, meant.to_owned())]),
        None if lines.is_empty() => {
            found.help("a line here is a place like `DE` or `US-CA`; `from DATE` and `until DATE` may follow it")
        }
        None => found.help(format!("a line here begins with {}", listed(lines.iter().map(|line| format!("`{line}`"))))),
    }
}

/// Lines that stand in an exception alone.
const OF_EXCEPTIONS: [&str; 3] = ["allow", "waive", "then"];
/// Clauses: in an exception they stand after `then` alone.
const OF_RULES: [&str; 4] = ["prohibit", "require", "keep", "displaces"];

fn outside_exception(span: Span, word: &str) -> Diagnostic {
    let message = match word {
        "allow" => "`allow` stands outside an exception, where nothing prohibits what it allows".to_owned(),
        _ => format!("`{word}` stands outside an exception"),
    };
    Diagnostic::new(&OUTSIDE_EXCEPTION, span, message)
        .label("a line of exceptions")
        .help("write an exception to the rule that prohibits it: except NAME { allow … if … }; if no rule prohibits it, delete the line")
}

fn inside_exception(span: Span, word: &str) -> Diagnostic {
    Diagnostic::new(&INSIDE_EXCEPTION, span, format!("`{word}` stands inside an exception, and an exception only adds a way"))
        .label("this tightens")
        .help(format!("move it out of the exception, into the rule; where it is the price of relying on the exception, write `then {word}`"))
}

pub(super) fn unreadable(span: Span, found: &str, wanted: &[String]) -> Diagnostic {
    with_wanted(Diagnostic::new(&UNREADABLE, span, format!("`{}` cannot stand here", short(found))), wanted)
}

pub(super) fn ends_too_early(span: Span, wanted: &[String]) -> Diagnostic {
    with_wanted(Diagnostic::new(&UNREADABLE, span, "something is missing here"), wanted)
}

fn with_wanted(diagnostic: Diagnostic, wanted: &[String]) -> Diagnostic {
    if wanted.is_empty() || wanted.len() > 8 {
        return diagnostic.help("see the language reference for how this line is written");
    }
    let wanted = listed(wanted.iter().cloned());
    diagnostic.label(format!("expected {wanted}")).help(format!("write {wanted} here"))
}

pub(super) fn misspelt(span: Span, found: &str, meant: &str) -> Diagnostic {
    Diagnostic::new(&MISSPELT, span, format!("`{}` is not a word of the language", short(found)))
        .label(format!("did you mean `{meant}`?"))
        .help(format!("write `{meant}`"))
        .fix(format!("write `{meant}`"), vec![(span, meant.to_owned())])
}

pub(super) fn reserved_word(span: Span, found: &str) -> Diagnostic {
    Diagnostic::new(&RESERVED_WORD, span, format!("a name was expected, and `{}` cannot be one", short(found)))
        .label("a name stands here")
        .help("names begin with a letter, hold letters, digits and single hyphens, and are not keywords")
}

pub(super) fn mixed_and_or(span: Span, word: &str, before: Option<Span>) -> Diagnostic {
    let other = if word == "and" { "or" } else { "and" };
    let found = Diagnostic::new(&MIXED_AND_OR, span, format!("`{word}` cannot follow `{other}` without a group"))
        .label("this can be read in two ways")
        .help("write `any of { … }` or `all of { … }` around what belongs together");
    match before {
        Some(before) => found.related(before, "belongs to this"),
        None => found,
    }
}

pub(super) fn if_after_unless(span: Span, before: Option<Span>) -> Diagnostic {
    let found = Diagnostic::new(&IF_AFTER_UNLESS, span, "`if` comes before `unless` and `provided`")
        .label("too late here")
        .help("move this `if` directly after the act");
    match before {
        Some(before) => found.related(before, "it belongs to this clause"),
        None => found,
    }
}

pub(super) fn section_sign(span: Span) -> Diagnostic {
    Diagnostic::new(&SECTION_SIGN, span, "`§` stands outside a text")
        .label("a citation stands in quotes")
        .help("write the whole citation in quotes: cite \"Cal. Penal Code § 632\"")
}

pub(super) fn dash(span: Span) -> Diagnostic {
    Diagnostic::new(&DASH, span, "there is a dash where a hyphen was meant")
        .label("pasted from a word processor?")
        .help("write `-`")
        .fix("write a hyphen", vec![(span, "-".to_owned())])
}

/// A word short enough for a message.
fn short(word: &str) -> String {
    if word.chars().count() <= 40 { word.to_owned() } else { word.chars().take(37).chain("…".chars()).collect() }
}

/// `a, b or c`
fn listed(words: impl Iterator<Item = String>) -> String {
    let mut words: Vec<String> = words.collect();
    match (words.pop(), words.is_empty()) {
        (Some(last), false) => format!("{} or {last}", words.join(", ")),
        (Some(last), true) => last,
        (None, _) => String::new(),
    }
}
