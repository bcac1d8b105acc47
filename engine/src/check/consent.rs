//! Consent that nobody can give: to leaving something undone, on what is no form, in a manner that the form does not have; and
//! implied consent that nothing implies.

use super::policy::{self, Policy};
use super::sample::sample;
use super::words;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{ClauseKind, Doing, Gave, Level, Notice, Req, Source, Term};

pub(super) const CODES: &[&Code] = &[&TO_NOT_DOING, &NOT_A_FORM, &NOT_IN_MANNER, &NOTHING_IMPLIES];

code!(
    TO_NOT_DOING,
    "ONR0560",
    "consent to leaving something undone",
    "Consent opens an act that needs it. Leaving an act undone needs nobody's consent, and whoever wants it undone refuses.",
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to not recording\n}\n"),
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording\n}\n")
);
code!(
    NOT_A_FORM,
    "ONR0561",
    "consent on a notice that is no form",
    "A notice is said; a form is agreed to. Consent `on form` names a form.",
    sample!(recording party recorded house; "notice release \"Release\" {\n  states recorded\n  wording en \"I agree that this call is recorded.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording, on form release\n}\n"),
    sample!(recording party recorded signed house; "form release \"Release\" {\n  states recorded\n  manner signed-writing\n  wording en \"I agree that this call is recorded.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording, on form release\n}\n")
);
code!(
    NOT_IN_MANNER,
    "ONR0562",
    "consent in a manner that the form does not have",
    "The form says how it is agreed to. Consent on this form and in another manner is given by nobody.",
    sample!(recording party recorded signed spoken house; "form release \"Release\" {\n  states recorded\n  manner signed-writing\n  wording en \"I agree that this call is recorded.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording, by spoken-yes, on form release\n}\n"),
    sample!(recording party recorded signed house; "form release \"Release\" {\n  states recorded\n  manner signed-writing\n  wording en \"I agree that this call is recorded.\"\n}\nrule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording, by signed-writing, on form release\n}\n")
);
code!(
    NOTHING_IMPLIES,
    "ONR0564",
    Warning,
    "implied consent that nothing implies",
    "Consent is implied by staying on the line, where the source says that staying counts: `consent by staying counts only if told …`. \
     Where it does not, or where the consent has a manner or a form, `at least implied` asks for expressed consent, and a reader would not see it.",
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least implied consent to recording\n}\n"),
    sample!(recording party house; "rule HOUSE-1 under HOUSE {\n  prohibit recording unless every party gave at least expressed consent to recording\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    for (requirement, _) in policy.requirements() {
        policy::parts(requirement, &mut |part| {
            if let Req::Persons { doing: Doing::Gave(gave), .. } = part {
                one(policy, gave, out);
            }
        });
    }
    for written in policy.clauses() {
        if let (ClauseKind::Prohibit { unless: Some(unless), .. }, Some(source)) =
            (&written.clause.kind, written.source)
        {
            implied(policy, unless, source, out);
        }
    }
    for exception in policy.exceptions() {
        let Some(source) = policy.tree.sources.get(exception.source) else { continue };
        exception.allows.iter().flat_map(|allow| &allow.provided).for_each(|one| implied(policy, one, source, out));
    }
    for notice in policy.notices() {
        out.extend(notice.asks_for.iter().find(|term| term.not).map(|term| to_not_doing(policy, term)));
    }
}

fn one(policy: &Policy<'_>, gave: &Gave, out: &mut Vec<Diagnostic>) {
    if gave.term.not {
        out.push(to_not_doing(policy, &gave.term));
    }
    let form = gave.form.and_then(|form| policy.tree.notices.get(form)).filter(|form| policy.is_whole(form.span));
    let Some(form) = form else { return };
    if !form.form {
        out.push(not_a_form(gave.span, form));
        return;
    }
    let manners = &policy.tree.manners;
    let manner = gave.manner.filter(|manner| {
        let is_a = |one: &crate::tree::MannerId| manners.get(*one).is_some_and(|word| word.word.is_a(*manner));
        !form.manners.is_empty() && !form.manners.iter().any(is_a)
    });
    out.extend(manner.map(|manner| not_in_manner(gave.span, manners.name(manner), form)));
}

/// Finds implied consent in a requirement of a source under which nothing implies it.
fn implied(policy: &Policy<'_>, requirement: &Req, source: &Source, out: &mut Vec<Diagnostic>) {
    if !policy.is_whole(source.span) {
        return;
    }
    policy::parts(requirement, &mut |part| {
        if let Req::Persons { doing: Doing::Gave(gave), .. } = part
            && gave.level == Level::Implied
        {
            let formal = gave.manner.is_some() || gave.form.is_some() || gave.separately;
            if formal || source.staying.is_none() {
                out.push(nothing_implies(gave.span, source, formal));
            }
        }
    });
}

fn nothing_implies(span: Span, source: &Source, formal: bool) -> Diagnostic {
    let why = if formal {
        "consent with a manner or a form is not given by staying".to_owned()
    } else {
        format!("`{}` does not say that staying on the line counts", source.name)
    };
    Diagnostic::new(&NOTHING_IMPLIES, span, format!("this asks for expressed consent: {why}"))
        .label("`implied` means `expressed` here")
        .related(source.name_span, "the source")
        .help("write `expressed`, or say in the source what staying means: consent by staying counts only if told …")
}

fn to_not_doing(policy: &Policy<'_>, term: &Term) -> Diagnostic {
    let message = format!("nobody consents to “{}”", words::act(policy.tree, term));
    Diagnostic::new(&TO_NOT_DOING, term.span, message)
        .label("leaves something undone")
        .help("name the act that the consent opens; a refusal is a condition: if any party refused …")
}

fn not_a_form(span: Span, notice: &Notice) -> Diagnostic {
    let word = Span { end: notice.span.start + "notice".len() as u32, ..notice.span };
    Diagnostic::new(&NOT_A_FORM, span, format!("`{}` is a notice, and nobody signs a notice", notice.name))
        .label("no form")
        .related(notice.name_span, "declared as a notice")
        .help("declare it with `form`, or leave out `on form`")
        .fix(format!("make `{}` a form", notice.name), vec![(word, "form".to_owned())])
}

fn not_in_manner(span: Span, manner: &str, form: &Notice) -> Diagnostic {
    Diagnostic::new(&NOT_IN_MANNER, span, format!("the form `{}` is not agreed to by `{manner}`", form.name))
        .label("not in this manner")
        .related(form.name_span, "the form says how it is agreed to")
        .help(format!("leave out `by {manner}`, or add it to the line `manner` of the form"))
}
