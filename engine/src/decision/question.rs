//! A fact that a rule reads, as somebody would ask for it: in the words of the vocabulary, inside a sentence.

use super::{Decision, FactRead};
use crate::tree::vocabulary::FactType;
use crate::tree::{Fact, RuleId};

impl Decision {
    /// A person of the call, by identifier; by role, when that is the identifier.
    #[must_use]
    pub fn person(&self, index: usize) -> String {
        let role = self.roles.get(index).map(|role| self.policy.tree.roles.name(*role));
        match self.parties.get(index) {
            Some(id) if role == Some(id) => format!("the {id}"),
            Some(id) => id.clone(),
            None => "somebody".to_owned(),
        }
    }

    /// What one would ask to know a fact: “where the customer is”.
    #[must_use]
    pub fn question(&self, read: &FactRead) -> String {
        let tree = &self.policy.tree;
        match read {
            FactRead::Person(person, fact) if tree.known.location == Some(*fact) => {
                format!("where {} is", self.person(*person))
            }
            FactRead::Person(person, fact) => {
                let person = self.person(*person);
                tree.facts.get(*fact).map_or_else(String::new, |fact| match fact.kind {
                    FactType::YesNo => format!("whether, of {person}: {}", lower(&fact.word.label)),
                    _ => format!("{} of {person}", the(&fact.word.label)),
                })
            }
            FactRead::Fact(fact) if tree.known.recorder_location == Some(*fact) => {
                "where the recording is made".to_owned()
            }
            FactRead::Fact(fact) if tree.known.establishment == Some(*fact) => {
                "where the company is established".to_owned()
            }
            FactRead::Fact(fact) => tree.facts.get(*fact).map_or_else(String::new, of_fact),
            FactRead::Judgment(judgment) => {
                tree.judgments.get(*judgment).map_or_else(String::new, |judgment| judgment.asks.clone())
            }
            FactRead::IntendedPurposes => "for which purposes the call is captured".to_owned(),
            FactRead::PromisedPurposes => "which purposes were promised when it was captured".to_owned(),
            FactRead::Statement(person) => {
                format!("whether {} has refused, withdrawn or objected", self.person(*person))
            }
            FactRead::Phase(phase) => {
                let label = tree.phases.get(*phase).map_or("", |phase| &phase.word.label);
                format!("whether this is under way: {}", lower(label))
            }
            FactRead::Categories => "which categories of personal data the call holds".to_owned(),
            FactRead::OtherPersons => "whether anybody else is on the line".to_owned(),
            FactRead::Question(question) => {
                let asks = tree.questions.get(*question).map_or("", |question| &question.asks);
                format!("which reading to adopt: {asks}")
            }
            FactRead::Capture => "how the recording was made".to_owned(),
            FactRead::Enacted(rule) => format!("whether {} has been enacted", self.rule_words(*rule)),
            FactRead::Event(event) => {
                let label = tree.events.get(*event).map_or("", |event| &event.label);
                format!("whether this has happened, and when: {}", lower(label))
            }
        }
    }

    /// What a rule is called: its name and what it is about.
    #[must_use]
    pub fn rule_words(&self, rule: RuleId) -> String {
        match self.policy.tree.rules.get(rule) {
            Some(rule) if rule.title != rule.name => format!("{} ({})", rule.name, rule.title),
            _ => self.policy.tree.rules.name(rule).to_owned(),
        }
    }
}

fn of_fact(fact: &Fact) -> String {
    match fact.kind {
        FactType::YesNo => format!("whether: {}", lower(&fact.word.label)),
        _ => the(&fact.word.label),
    }
}

/// A label inside a sentence: its first letter small, unless it is an abbreviation.
#[must_use]
pub fn lower(label: &str) -> String {
    let mut letters = label.chars();
    let (first, second) = (letters.next(), letters.next());
    match (first, second) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().chain(label.chars().skip(1)).collect()
        }
        _ => label.to_owned(),
    }
}

/// “the age”; “what the call concerns”.
fn the(label: &str) -> String {
    let label = lower(label);
    let asks = ["how ", "what ", "where ", "who ", "which "].iter().any(|word| label.starts_with(word));
    if asks { label } else { format!("the {label}") }
}
