//! A call in words, in the manner of a scenario, for whoever reads a failure.

use std::fmt::Write;

use onrecord::context::{Interval, Party, Possible, SayingKind, Telling};
use onrecord::tree::table::{Id, Table};
use onrecord::tree::{Act, FactId, Of, Tree};

use super::Call;

fn names<'t, I: Id + 't, T>(table: &Table<I, T>, ids: impl IntoIterator<Item = &'t I>) -> String {
    let names: Vec<&str> = ids.into_iter().map(|id| table.name(*id)).collect();
    if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }
}

fn during(when: Interval) -> String {
    let from = when.from.map_or("always".to_owned(), |at| at.format("%T").to_string());
    let until = when.until.map_or("now".to_owned(), |at| at.format("%T").to_string());
    format!("from {from} until {until}")
}

/// An act in words.
#[must_use]
pub fn act(tree: &Tree, act: &Act) -> String {
    let mut text = format!("{}{}", if act.not { "not " } else { "" }, tree.acts.name(act.act));
    match act.of {
        Some(Of::Role(role)) => text += &format!(" of {}", tree.roles.name(role)),
        Some(Of::Category(category)) => text += &format!(" of {}", tree.categories.name(category)),
        Some(Of::Artefact(artefact)) => text += &format!(" of {}", tree.artefacts.name(artefact)),
        None => {}
    }
    let purpose = act.purpose.map(|purpose| format!(" for {}", tree.purposes.name(purpose)));
    let recipient = act.recipient.map(|recipient| format!(" to {}", tree.recipients.name(recipient)));
    let phase = act.phase.map(|phase| format!(" during {}", tree.phases.name(phase)));
    text.extend([purpose, recipient, phase].into_iter().flatten());
    text
}

fn possible(tree: &Tree, fact: FactId, possible: &Possible) -> String {
    let values = tree.facts[fact].kind.values();
    let of = |set: &std::collections::BTreeSet<onrecord::tree::ValueId>, by: &str| {
        set.iter().map(|value| values[value.index()].name.as_str()).collect::<Vec<_>>().join(by)
    };
    match possible {
        Possible::Anything => "unknown".to_owned(),
        Possible::Nothing => "not applicable".to_owned(),
        Possible::YesNo(yes) => yes.to_string(),
        Possible::OneOf(set) => of(set, " or "),
        Possible::Exactly(set) => format!("exactly {{{}}}", of(set, ", ")),
        Possible::AtLeast(set) => format!("at least {{{}}}", of(set, ", ")),
        Possible::Place(set) => set.iter().map(|place| place.code()).collect::<Vec<_>>().join(" or "),
        Possible::Places(set) => format!("{{{}}}", set.iter().map(|place| place.code()).collect::<Vec<_>>().join(", ")),
        Possible::Years(from, to) => format!("{from} to {to}"),
    }
}

fn telling(tree: &Tree, one: &Telling) -> String {
    let means = one.means.map_or("?", |means| tree.means.name(means));
    format!(
        "told {} {} by {means} in {:?} on recording {:?}",
        names(&tree.elements, &one.elements),
        during(Interval { from: Some(one.from), until: one.to }),
        one.language,
        one.on_recording
    )
}

fn party(tree: &Tree, party: &Party, text: &mut String) -> std::fmt::Result {
    writeln!(text, "{} {} {{ on the line {}", tree.roles.name(party.role), party.id, during(party.on_line))?;
    for (fact, known) in &party.facts {
        writeln!(text, "  {} {}", tree.facts.name(*fact), possible(tree, *fact, &known.possible))?;
    }
    writeln!(text, "  speaks {:?}", party.languages)?;
    for one in &party.told {
        writeln!(text, "  {}", telling(tree, one))?;
    }
    for one in &party.said {
        let kind = match &one.kind {
            SayingKind::Against(statement) => format!("{statement:?}"),
            SayingKind::Gave { level, manner, form, separately, on_recording, lasting_the_call, expires } => format!(
                "gave {level:?} (by {:?}, form {}, separately {separately}, on recording {on_recording:?}, \
                 lasting the call {lasting_the_call}, expires {expires:?})",
                manner.map(|manner| tree.manners.name(manner)),
                form.is_some()
            ),
        };
        writeln!(text, "  {kind} {} at {}", act(tree, &one.term), one.at.format("%T"))?;
    }
    writeln!(text, "}}")
}

impl Call {
    /// The call in words.
    #[must_use]
    pub fn show(&self, tree: &Tree) -> String {
        let mut text = String::new();
        let _ = self.write(tree, &mut text);
        text
    }

    fn write(&self, tree: &Tree, text: &mut String) -> std::fmt::Result {
        let ctx = &self.ctx;
        writeln!(
            text,
            "at {}, log complete to {:?}, parties complete {}",
            self.at, ctx.log_complete_to, ctx.parties_complete
        )?;
        let asked: Vec<String> = ctx.acts.iter().map(|one| act(tree, one)).collect();
        writeln!(text, "asks {}; uses for {}", asked.join(", "), names(&tree.purposes, &ctx.uses))?;
        let options = &self.options;
        writeln!(text, "bundle {:?}, sources {:?}, coverage {}", options.bundle, options.sources, options.coverage)?;
        writeln!(
            text,
            "readings {}, assume {}",
            names(&tree.readings, &options.readings),
            names(&tree.rules, &options.assume)
        )?;
        for (fact, known) in &ctx.facts {
            writeln!(text, "given {} {}", tree.facts.name(*fact), possible(tree, *fact, &known.possible))?;
        }
        for (judgment, answer) in &ctx.judgments {
            writeln!(text, "given judged {} {answer:?}", tree.judgments.name(*judgment))?;
        }
        let set = |purposes: &Option<_>| {
            purposes.as_ref().map(|set: &std::collections::BTreeSet<_>| names(&tree.purposes, set))
        };
        writeln!(text, "given intended {:?}, promised {:?}", set(&ctx.intended), set(&ctx.promised))?;
        writeln!(text, "given call contains {:?}", ctx.categories.as_ref().map(|set| names(&tree.categories, set)))?;
        writeln!(text, "given call {:?}", ctx.call.map(during))?;
        for (one, when) in &ctx.captures {
            writeln!(text, "given {} {}", tree.acts.name(*one), during(*when))?;
        }
        for (one, when) in &ctx.phases {
            writeln!(text, "given {} {}", tree.phases.name(*one), during(*when))?;
        }
        for (one, when) in &ctx.safeguards {
            writeln!(text, "given {} in place {}", tree.safeguards.name(*one), during(*when))?;
        }
        for (event, moment) in &ctx.events {
            writeln!(text, "given {} {moment:?}", tree.events.name(*event))?;
        }
        for (done, moment) in &ctx.done {
            writeln!(text, "given {} done {moment:?}", act(tree, done))?;
        }
        for (artefact, from, until) in &ctx.holds {
            writeln!(text, "given hold on {} from {from} until {until:?}", tree.artefacts.name(*artefact))?;
        }
        ctx.parties.iter().try_for_each(|one| party(tree, one, text))
    }
}
