//! What to do: the first lawful act in the bundle's order of preference, what to do first, whom to capture, where to pause.

use super::act;
use super::session::Session;
use crate::decision::{ActDecision, Impasse, Outcome, OutcomeWhat, Verdict};
use crate::source::Span;
use crate::tree::{Act, ActId};

/// The outcome for the act that was asked first.
pub fn outcome(session: &Session<'_>, asked: &ActDecision) -> Outcome {
    let pause = asked.stretches.iter().filter(|stretch| stretch.verdict == Verdict::Prohibited).cloned().collect();
    let act = asked.act.act;
    // A demand below the law gives way to a prohibition by the law.
    if asked.impasse && (asked.required_by_law || !asked.prohibited_by_law) {
        let answer = session
            .bundle
            .and_then(|bundle| bundle.on_impasse.iter().find(|(over, _)| *over == act))
            .map_or(Impasse::AskAPerson, |(_, answer)| *answer);
        return Outcome { what: OutcomeWhat::Impasse(act, answer), record: Vec::new(), after: Vec::new(), pause };
    }
    if is_open(asked) {
        return Outcome { pause, ..doing(asked) };
    }
    // The alternatives are alternatives to one another: to an act that is not among them there is none.
    let preferred = session.bundle.map(|bundle| bundle.prefers.as_slice()).unwrap_or_default();
    let preferred = if preferred.contains(&act) { preferred } else { &[] };
    preferred
        .iter()
        .filter(|other| **other != act)
        .map(|other| act::decide(session, &bare(*other)))
        .find(is_open)
        .map_or_else(
            || Outcome { what: OutcomeWhat::Without(act), record: Vec::new(), after: Vec::new(), pause: Vec::new() },
            |decision| doing(&decision),
        )
        .with_pause(pause)
}

impl Outcome {
    fn with_pause(self, pause: Vec<crate::decision::Stretch>) -> Self {
        Self { pause, ..self }
    }
}

/// Whether an act can lawfully be done, now or after a way that can be done now.
fn is_open(decision: &ActDecision) -> bool {
    let verdict = decision.next.as_ref().map_or(decision.verdict, |(verdict, ..)| *verdict);
    verdict <= Verdict::Conditional
}

fn doing(decision: &ActDecision) -> Outcome {
    let ways = decision.next.as_ref().map_or(&decision.ways, |(.., ways)| ways);
    let after = ways.list.first().cloned().unwrap_or_default();
    let record = decision.by_person.iter().map(|(person, ..)| *person).collect();
    Outcome { what: OutcomeWhat::Do(decision.act.act), record, after, pause: Vec::new() }
}

fn bare(act: ActId) -> Act {
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Span::default() }
}
