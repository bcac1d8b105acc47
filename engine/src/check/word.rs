//! Words of the vocabulary: what may stand above what, and what an act or a role can be.

use super::policy::Policy;
use super::sample::sample;
use crate::diagnostic::{Code, Diagnostic, code};
use crate::source::Span;
use crate::tree::{Group, Nature, Word};

pub(super) const CODES: &[&Code] = &[&ABOVE_TRAINING, &MIXED_NATURE, &MAKES_NOTHING, &MIXED_GROUP];

code!(
    ABOVE_TRAINING,
    "ONR0359",
    "purpose above `model-training`",
    "What is allowed for a purpose is allowed for every kind of it. If model training were a kind of something else, a consent or an exception for that would train models too.",
    sample!(using; "purpose improvement \"Improvement\" {\n  means \"Making the service better.\"\n}\npurpose model-training \"Model training\" {\n  means \"Building a statistical model.\"\n  under improvement\n}\n"),
    sample!(using; "purpose improvement \"Improvement\" {\n  means \"Making the service better.\"\n}\npurpose model-training \"Model training\" {\n  means \"Building a statistical model.\"\n}\n")
);
code!(
    MIXED_NATURE,
    "ONR0360",
    "machine under a person, or person under a machine",
    "A rule about a role speaks of every kind of it. A machine cannot be told or consent as a person can, so it is no kind of person.",
    sample!(party; "role ai-agent \"AI agent\" {\n  means \"A machine that talks.\"\n  under party\n  side ours\n  machine\n}\n"),
    sample!(party; "role ai-agent \"AI agent\" {\n  means \"A machine that talks.\"\n  side ours\n  machine\n}\n")
);
code!(
    MAKES_NOTHING,
    "ONR0361",
    "`makes` or `captures` on an act that captures nothing",
    "Only a capture makes something of the conversation, or captures one side of it.",
    sample!(audio; "act erasing \"Erasing\" {\n  means \"Destroying what was kept.\"\n  group other\n  makes audio\n}\n"),
    sample!(audio; "act erasing \"Erasing\" {\n  means \"Destroying what was kept.\"\n  group other\n}\n")
);
code!(
    MIXED_GROUP,
    "ONR0362",
    "act of another group than the act above it",
    "What is said of an act is said of every kind of it. A kind of a guarded act that is itself not guarded would escape the coverage that the guard demands.",
    sample!(recording; "act snippet-recording \"Recording a snippet\" {\n  means \"Capturing a few words.\"\n  under recording\n  group other\n}\n"),
    sample!(recording; "act snippet-recording \"Recording a snippet\" {\n  means \"Capturing a few words.\"\n  under recording\n  group capture\n}\n")
);

pub(super) fn check(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    above_training(policy, out);
    for (_, role) in tree.roles.iter() {
        let above = role.word.under.iter().filter_map(|upper| tree.roles.get(*upper));
        let other = above.filter(|upper| upper.nature != role.nature).find(|upper| policy.is_whole(upper.word.span));
        if let Some(upper) = other.filter(|_| policy.is_whole(role.word.span)) {
            let span = policy.mention(role.word.span, "role", &upper.word.name);
            out.push(mixed_nature(span.unwrap_or(role.word.name_span), &role.word, role.nature, &upper.word));
        }
    }
    for (_, act) in tree.acts.iter().filter(|(_, act)| policy.is_whole(act.word.span)) {
        if act.group != Group::Capture && (act.makes.is_some() || act.captures.is_some()) {
            out.push(makes_nothing(&act.word));
        }
        let above = act.word.under.iter().filter_map(|upper| tree.acts.get(*upper));
        let mut other = above.filter(|upper| upper.group != act.group && upper.group != Group::Other);
        if let Some(upper) = other.find(|upper| policy.is_whole(upper.word.span)) {
            let span = policy.mention(act.word.span, "act", &upper.word.name).unwrap_or(act.word.name_span);
            out.push(mixed_group(span, &act.word, &upper.word));
        }
    }
}

fn above_training(policy: &Policy<'_>, out: &mut Vec<Diagnostic>) {
    let tree = policy.tree;
    let Some(training) = tree.purposes.id("model-training").and_then(|id| tree.purposes.get(id)) else { return };
    if let Some(upper) = training.under.iter().find_map(|upper| tree.purposes.get(*upper)) {
        let span = policy.mention(training.span, "purpose", &upper.name).unwrap_or(training.name_span);
        out.push(
            Diagnostic::new(&ABOVE_TRAINING, span, format!("`{}` stands above `model-training`", upper.name))
                .label("model training would be a kind of this")
                .related(upper.name_span, "whatever is allowed for this would allow training")
                .help("take the line `under …` out of `model-training`; a rule that means both purposes names both"),
        );
    }
}

fn mixed_nature<I>(span: Span, word: &Word<I>, nature: Nature, upper: &Word<I>) -> Diagnostic {
    let (is, not) = if nature == Nature::Machine { ("a machine", "a person") } else { ("a person", "a machine") };
    Diagnostic::new(&MIXED_NATURE, span, format!("`{}` is {is}, but stands under `{}`, {not}", word.name, upper.name))
        .label(not)
        .related(upper.name_span, format!("declared as {not}"))
        .help(format!("take `{}` out of its line `under`", upper.name))
}

fn makes_nothing<I>(word: &Word<I>) -> Diagnostic {
    Diagnostic::new(
        &MAKES_NOTHING,
        word.name_span,
        format!("`{}` is not a capture, so it makes and captures nothing", word.name),
    )
    .label("not of `group capture`")
    .help("delete the line `makes` or `captures`, or write `group capture`")
}

fn mixed_group<I>(span: Span, word: &Word<I>, upper: &Word<I>) -> Diagnostic {
    Diagnostic::new(
        &MIXED_GROUP,
        span,
        format!("`{}` is not of the group of `{}`, which it is a kind of", word.name, upper.name),
    )
    .label("of another group")
    .related(upper.name_span, "the act above it")
    .help("give both the same group, or take it out from under the other")
}
