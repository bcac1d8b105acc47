//! What the keywords do, each in a sentence.

/// What a keyword does.
#[must_use]
pub fn about(word: &str) -> Option<&'static str> {
    Some(match word {
        "prohibit" => "while its condition holds, the act is lawful only by what stands after `unless`.",
        "require" => {
            "leaving the act undone is prohibited; with `before`, the act is lawful only if this was done first."
        }
        "unless" => "what makes the act lawful: things to be told, consents, safeguards, or conditions.",
        "provided" => "what must have been done for the exception to hold.",
        "if" => "a condition: it reads facts. What can still be done stands after `unless`.",
        "except" => "an exception adds one more way to satisfy its own rule, and never weakens another.",
        "allow" => "one more way to satisfy the rules that the exception excepts, for this act alone.",
        "waive" => "the duty or period with this label does not bind where the exception holds.",
        "then" => "the price of the exception: a clause that binds only where it was relied on.",
        "keep" => "`at least` sets a floor: it must be kept; `at most` sets a ceiling: it may be kept.",
        "yields" => "a ceiling that yields to law is raised to a binding floor of law.",
        "displaces" => "pre-emption: where this rule speaks, that rule does not. By legislation or regulation only.",
        "covers" => "a claim that these files hold the general law of a place on some acts. Never inherited.",
        "question" => "a contested point of law, with its rival readings.",
        "reading" => "one answer to a contested question, with its authority.",
        "adopt" => "takes one reading of a question; an open question is decided by its strictest reading.",
        "judged" => "reads an assessment that only a person can make.",
        "told" => "the persons were told what stands here. It can still be done, so it stands in requirements only.",
        "gave" => "the person's own consent, at this level or above, to what it names.",
        "implied" => "consent by staying on the line, where the source says that it counts; else expressed consent.",
        "expressed" => "consent by words or a clear act.",
        "explicit" => "consent by an express statement to exactly this.",
        "opt-out-not-exercised" => "the person was offered a way out and did not take it.",
        "every" => "all persons of the role on the line; over time, again and again.",
        "any" => "at least one person of the role on the line.",
        "that" => "`that party` is the person that the act is about; `that purpose` the one that the use is for.",
        "define" => "gives a condition a name.",
        "scenario" => "a test: a call, and what the engine must say of it.",
        "expect" => "what the engine must act on at the judged instant.",
        "bundle" => "what one organisation runs: sources, readings, standing answers, preferences.",
        "undetermined" => "facts are missing; the verdict beside it is the strictest that is possible.",
        "conditional" => "lawful once one of its ways is done.",
        "cleared" => "lawful as things stand.",
        "prohibited" => "no way makes it lawful.",
        "recheck" => "the day by which somebody reads the source again.",
        _ => return None,
    })
}
