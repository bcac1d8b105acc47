//! The decision's words as a person says them: persons, acts, facts, instants, ends.

use std::cell::RefCell;
use std::collections::BTreeSet;

use chrono::{FixedOffset, NaiveDate};
use onrecord::context::Instant;
pub use onrecord::decision::lower;
use onrecord::decision::{Decision, End, FactRead, Impasse, Level, Stretch, UncoveredOf, Verdict};
use onrecord::tree::{Act, ActId, NoticeId, Of, RuleId, Thing};

/// A decision, and how its words are said.
pub struct Words<'a> {
    /// The decision.
    pub decision: &'a Decision,
    offset: FixedOffset,
    /// Notices whose words stand on the page already.
    quoted: RefCell<BTreeSet<(NoticeId, String)>>,
}

impl<'a> Words<'a> {
    /// For a decision, with instants in an offset.
    pub fn new(decision: &'a Decision, offset: FixedOffset) -> Self {
        Self { decision, offset, quoted: RefCell::default() }
    }

    /// An instant, in the call's own offset.
    pub fn instant(&self, at: Instant) -> String {
        at.with_timezone(&self.offset).format("%Y-%m-%d %H:%M:%S %:z").to_string()
    }

    /// The time of an instant alone, when it is on the day that is judged.
    pub fn time(&self, at: Instant) -> String {
        let (one, judged) = (at.with_timezone(&self.offset), self.decision.at.with_timezone(&self.offset));
        let form = if one.date_naive() == judged.date_naive() { "%H:%M:%S" } else { "%Y-%m-%d %H:%M:%S" };
        one.format(form).to_string()
    }

    /// A stretch: “from 10:15:01 to 10:15:12”.
    pub fn stretch(&self, stretch: &Stretch) -> String {
        match stretch.until {
            Some(until) => format!("from {} to {}", self.time(stretch.from), self.time(until)),
            None => format!("since {}", self.time(stretch.from)),
        }
    }

    /// A person of the call, by identifier; by role, when that is the identifier.
    pub fn person(&self, index: usize) -> String {
        self.decision.person(index)
    }

    /// Several persons: “agent-7 and customer-1”.
    pub fn persons(&self, indexes: &[usize]) -> String {
        list(&indexes.iter().map(|index| self.person(*index)).collect::<Vec<_>>())
    }

    /// The label of an act.
    pub fn act_label(&self, act: ActId) -> String {
        self.decision.policy.tree.acts.get(act).map(|word| word.word.label.clone()).unwrap_or_default()
    }

    /// The label of an act, inside a sentence.
    pub fn act_name(&self, act: ActId) -> String {
        lower(&self.act_label(act))
    }

    /// An act phrase: “use for training a model”.
    pub fn act(&self, act: &Act) -> String {
        let tree = &self.decision.policy.tree;
        let mut text = if act.not { "leaving undone: ".to_owned() } else { String::new() };
        let use_for = tree.known.using == Some(act.act) && act.purpose.is_some();
        text.push_str(&if use_for { "use".to_owned() } else { self.act_label(act.act) });
        match act.of {
            Some(Of::Role(role)) => text.push_str(&format!(" of the {}", lower(&tree.roles[role].word.label))),
            Some(Of::Category(one)) => text.push_str(&format!(" of {}", lower(&tree.categories[one].label))),
            Some(Of::Artefact(one)) => text.push_str(&format!(" of the {}", lower(&tree.artefacts[one].label))),
            None => {}
        }
        if let Some(purpose) = act.purpose {
            text.push_str(&format!(" for {}", lower(&tree.purposes[purpose].label)));
        }
        if let Some(recipient) = act.recipient {
            text.push_str(&format!(" to: {}", lower(&tree.recipients[recipient].label)));
        }
        if let Some(phase) = act.phase {
            text.push_str(&format!(" during: {}", lower(&tree.phases[phase].word.label)));
        }
        text
    }

    /// What a rule is called: its name and what it is about.
    pub fn rule(&self, rule: RuleId) -> String {
        self.decision.rule_words(rule)
    }

    /// What the house does on an impasse.
    pub fn impasse(&self, act: ActId, answer: Impasse) -> String {
        let what = self.act_name(act);
        match answer {
            Impasse::DeclineCall => format!("An impasse over {what}: decline the call."),
            Impasse::ContinueWithout => format!("An impasse over {what}: continue without it."),
            Impasse::AskAPerson => format!("An impasse over {what}: ask a person who may decide."),
        }
    }

    /// A thing that is kept.
    pub fn thing(&self, thing: &Thing) -> String {
        let tree = &self.decision.policy.tree;
        match thing {
            Thing::Artefact(one) => tree.artefacts[*one].label.clone(),
            Thing::Category(one) => tree.categories[*one].label.clone(),
            Thing::In(category, artefact) => {
                format!("{} in the {}", tree.categories[*category].label, lower(&tree.artefacts[*artefact].label))
            }
            Thing::AnyOf(some) => {
                let labels: Vec<String> = some.iter().map(|one| lower(&tree.artefacts[*one].label)).collect();
                format!("One of {}", labels.join(", "))
            }
        }
    }

    /// An end.
    pub fn end(&self, end: &End) -> String {
        match end {
            End::Day(day) => day.to_string(),
            End::Instant(at) => self.instant(*at),
            End::Symbolic(words) => self.labelled(words),
            End::Hold => "the legal hold ends".to_owned(),
        }
    }

    /// An end that is no date yet, its events by their labels: “3 years from last interaction”.
    fn labelled(&self, text: &str) -> String {
        let events = &self.decision.policy.tree.events;
        let word = |word: &str| events.id(word).map_or_else(|| word.to_owned(), |event| lower(&events[event].label));
        text.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }

    /// A fact that a rule reads, as somebody would ask for it.
    pub fn fact(&self, read: &FactRead) -> String {
        self.decision.question(read)
    }

    /// Whose place is not covered.
    pub fn whose(&self, of: UncoveredOf) -> String {
        match of {
            UncoveredOf::Person(person) => self.person(person),
            UncoveredOf::Recorder => "the recorder".to_owned(),
            UncoveredOf::Company => "the company".to_owned(),
        }
    }

    /// A notice's words in a language.
    pub fn wording(&self, notice: NoticeId, language: &str) -> Option<&'a str> {
        let wordings = &self.decision.policy.tree.notices.get(notice)?.wordings;
        wordings.iter().find(|(tag, _)| tag == language).map(|(_, text)| text.as_str())
    }

    /// Whether these words are quoted on the page for the first time.
    pub fn is_new(&self, notice: NoticeId, language: &str) -> bool {
        self.quoted.borrow_mut().insert((notice, language.to_owned()))
    }
}

/// A verdict, as it is said.
pub fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Cleared => "cleared",
        Verdict::Conditional => "conditional",
        Verdict::NotNow => "not now",
        Verdict::Prohibited => "prohibited",
    }
}

/// A level of consent.
pub fn level(level: Level) -> &'static str {
    match level {
        Level::OptOutNotExercised => "tacit (no use made of the way to opt out)",
        Level::Implied => "implied",
        Level::Expressed => "expressed",
        Level::Explicit => "explicit",
    }
}

/// A language tag, as it is said.
pub fn language(tag: &str) -> String {
    let name = match tag.split('-').next().unwrap_or_default() {
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        _ => return format!("the language {tag}"),
    };
    if tag.contains('-') { format!("{name} ({tag})") } else { name.to_owned() }
}

/// A day, as it is said.
pub fn day(day: NaiveDate) -> String {
    day.to_string()
}

/// A sentence's first letter large.
pub fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// “a, b and c”.
pub fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
