//! Notices and forms: words that are missing, empty or said twice, and elements that nothing puts into words.

use std::collections::BTreeMap;

use super::policy::{self, Policy};
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Doing, ElementId, Notice, Req};

pub(super) const CODES: &[&Code] =
    &[&NO_WORDING, &EMPTY_WORDING, &LANGUAGE_TWICE, &NO_MANNER, &MANNER_OF_NOTICE, &NO_TEXT];

code!(
    NO_WORDING,
    "ONR0750",
    Warning,
    "notice without words",
    "A notice or form is there to be said or signed. Without a wording, the decision can only name what it should state.",
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n}\n"),
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n  wording en \"This call is recorded.\"\n}\n")
);
code!(
    EMPTY_WORDING,
    "ONR0751",
    "wording that is empty",
    "Whoever hears an empty text has been told nothing, and the log would say otherwise.",
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n  wording en \"\"\n}\n"),
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n  wording en \"This call is recorded.\"\n}\n")
);
code!(
    LANGUAGE_TWICE,
    "ONR0752",
    "two wordings in one language",
    "Of two wordings in one language nobody knows which was said.",
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n  wording en \"This call is recorded.\"\n  wording en \"We record this call.\"\n}\n"),
    sample!(recorded; "notice plain \"Recorded\" {\n  states recorded\n  wording en    \"This call is recorded.\"\n  wording en-GB \"We record this call.\"\n}\n")
);
code!(
    NO_MANNER,
    "ONR0753",
    Warning,
    "form without a manner",
    "A form is agreed to in some manner: by signature, by a click. Without it, nobody knows what proves the consent.",
    sample!(recorded; "form release \"Release\" {\n  states recorded\n  wording en \"I agree that this call is recorded.\"\n}\n"),
    sample!(recorded signed; "form release \"Release\" {\n  states recorded\n  manner signed-writing\n  wording en \"I agree that this call is recorded.\"\n}\n")
);
code!(
    MANNER_OF_NOTICE,
    "ONR0754",
    Warning,
    "manner of a notice that asks for nothing",
    "A manner is how somebody agrees. A notice that asks for nothing is only heard.",
    sample!(recorded spoken; "notice plain \"Recorded\" {\n  states recorded\n  manner spoken-yes\n  wording en \"This call is recorded.\"\n}\n"),
    sample!(recording recorded spoken; "notice plain \"Recorded\" {\n  states recorded\n  manner spoken-yes\n  asks for recording\n  wording en \"This call is recorded. Do you agree?\"\n}\n")
);
code!(
    NO_TEXT,
    "ONR0755",
    Warning,
    "element that no notice states",
    "A rule demands that somebody is told this, and none of the notices says it. The way stays open, but whoever is on the call has no text for it.",
    sample!(recording party recorded house; "element vendors \"Vendors\" {\n  means \"That vendors can hear the call.\"\n}\nnotice plain \"Recorded\" {\n  states recorded\n  wording en \"This call is recorded.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party was told { recorded, vendors }\n}\n"),
    sample!(recording party recorded house; "element vendors \"Vendors\" {\n  means \"That vendors can hear the call.\"\n}\nnotice plain \"Recorded\" {\n  states recorded, vendors\n  wording en \"This call is recorded, and companies that work for us can hear it.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party was told { recorded, vendors }\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (_, notice) in policy.tree.notices.iter().filter(|(_, notice)| policy.is_whole(notice.span)) {
        wordings(notice, out);
        if notice.form && notice.manners.is_empty() {
            out.push(no_manner(notice));
        }
        if !notice.form && !notice.manners.is_empty() && notice.asks_for.is_empty() {
            out.push(manner_of_notice(notice));
        }
    }
    let notices = || policy.tree.notices.iter().filter(|(_, notice)| !notice.form);
    if policy.is_sound() && notices().next().is_some() {
        for (element, span) in demanded(policy) {
            let states = |one: &ElementId| policy.tree.elements.get(*one).is_some_and(|word| word.is_a(element));
            if !policy.tree.notices.iter().any(|(_, notice)| notice.states.iter().any(states)) {
                out.push(no_text(policy.tree.elements.name(element), span));
            }
        }
    }
}

fn wordings(notice: &Notice, out: &mut Vec<Diagnostic>) {
    if notice.wordings.is_empty() {
        out.push(no_wording(notice));
    }
    for (at, (language, text)) in notice.wordings.iter().enumerate() {
        if text.trim().is_empty() {
            out.push(empty_wording(notice, language));
        }
        if notice.wordings.iter().take(at).any(|(other, _)| other.eq_ignore_ascii_case(language)) {
            out.push(language_twice(notice, language));
        }
    }
}

/// Every element that somebody must be told on a call, with the first place that says so. What a duty tells is written to them later.
fn demanded(policy: &Policy<'_>) -> BTreeMap<ElementId, Span> {
    let mut found: BTreeMap<ElementId, Span> = BTreeMap::new();
    let mut note = |elements: &[ElementId], span: Span| {
        for element in elements {
            found.entry(*element).and_modify(|known| *known = (*known).min(span)).or_insert(span);
        }
    };
    for (requirement, _) in policy.ways() {
        policy::parts(requirement, &mut |part| {
            if let Req::Persons { doing: Doing::Told(told), .. } = part {
                note(&told.elements, told.span);
            }
        });
    }
    for (_, source) in policy.tree.sources.iter() {
        if let Some(told) = &source.staying {
            note(&told.elements, told.span);
        }
    }
    found
}

fn no_wording(notice: &Notice) -> Diagnostic {
    Diagnostic::new(&NO_WORDING, notice.name_span, format!("`{}` has no words in any language", notice.name))
        .label("nothing to say")
        .help("add its text, a line a language: wording en \"…\"")
}

fn empty_wording(notice: &Notice, language: &str) -> Diagnostic {
    Diagnostic::new(
        &EMPTY_WORDING,
        notice.name_span,
        format!("the wording of `{}` in `{language}` is empty", notice.name),
    )
    .label("says nothing")
    .help("write the words, or delete the line")
}

fn language_twice(notice: &Notice, language: &str) -> Diagnostic {
    Diagnostic::new(&LANGUAGE_TWICE, notice.name_span, format!("`{}` has two wordings in `{language}`", notice.name))
        .label("which of them is said?")
        .help(
            "keep one, or give the other its own language or notice; a long text is several texts after one `wording`",
        )
}

fn no_manner(notice: &Notice) -> Diagnostic {
    Diagnostic::new(
        &NO_MANNER,
        notice.name_span,
        format!("the form `{}` does not say how it is agreed to", notice.name),
    )
    .label("agreed to how?")
    .help("add a line: manner signed-writing")
}

fn manner_of_notice(notice: &Notice) -> Diagnostic {
    Diagnostic::new(
        &MANNER_OF_NOTICE,
        notice.name_span,
        format!("the notice `{}` asks for nothing that somebody could agree to", notice.name),
    )
    .label("a manner, and no question")
    .help("add what it asks for (asks for recording), make it a form, or delete the line `manner`")
}

fn no_text(element: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&NO_TEXT, span, format!("no notice states `{element}`, which must be told here"))
        .label("no text says this")
        .help(format!("add a notice that states it: notice … {{ states {element} wording en \"…\" }}"))
}
