//! The task, written by hand: what a programmer would write who has only this policy. Its answers are held equal to the engine's.

use super::calls::Facts;
use super::policy::{Asks, asks};

/// An answer: the verdicts, as `Some(open)`: lawful once these are done; `None`: prohibited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Of recording: tell the agent, tell the customer, and whether one of them is enough.
    pub recording: Option<Tell>,
    /// Of training: ask the customer.
    pub training: Option<bool>,
}

/// Who is still to be told before recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tell {
    Nobody,
    Agent,
    Customer,
    Both,
    OneOfThem,
    MaskFirst,
}

/// The answer for a call.
pub fn decide(facts: &Facts) -> Answer {
    let confidential = facts.confidential || facts.cellular;
    let all = [facts.agent, facts.customer].into_iter().any(|place| match asks(place) {
        Asks::One => false,
        Asks::All => true,
        Asks::AllIfConfidential => confidential,
    });
    let recording = match (all, facts.agent_told, facts.customer_told) {
        _ if facts.card_entry && !facts.masked => Tell::MaskFirst,
        (_, true, true) | (false, true, _) | (false, _, true) => Tell::Nobody,
        (true, true, false) => Tell::Customer,
        (true, false, true) => Tell::Agent,
        (true, false, false) => Tell::Both,
        (false, false, false) => Tell::OneOfThem,
    };
    let training = if facts.age < 13 || (facts.opted_out && !facts.consented_to_training) {
        None
    } else {
        Some(!facts.consented_to_training || facts.cpni)
    };
    Answer { recording: Some(recording), training }
}
