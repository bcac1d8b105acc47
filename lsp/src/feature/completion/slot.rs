//! What stands at a place, by the words before it.

use super::Before;

/// What can stand at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A new name, a text, a number or a date: nothing to propose.
    Nothing,
    /// A declaration.
    Declaration,
    /// A line of this body.
    Line(Body),
    /// Names of these kinds.
    Names(&'static [&'static str]),
    /// Values of the facts of a holder that a verb reads.
    Values(Holder, String),
    /// One of a closed set of words.
    Choice(&'static [&'static str]),
    /// Labels of duties and periods.
    Labels,
    /// A condition; a requirement where that may stand.
    Condition(bool),
}

/// A body in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Of a word, by its keyword.
    Word,
    /// Of a fact.
    Fact,
    /// Of a region.
    Region,
    /// Of a source.
    Source,
    /// Of a question.
    Question,
    /// Of a reading.
    Reading,
    /// Of a rule.
    Rule,
    /// Of an exception.
    Exception,
    /// Of a notice or form.
    Notice,
    /// Of a bundle.
    Bundle,
    /// Of a scenario.
    Scenario,
    /// Of a person in a scenario.
    Person,
}

/// Whose facts are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// `call`
    Call,
    /// `company`
    Company,
    /// `recorder`
    Recorder,
    /// A person.
    Party,
}

const ACTS: Slot = Slot::Names(&["act"]);
const TERMS: Slot = Slot::Names(&["act", "purpose"]);
const PLACES: Slot = Slot::Names(&["region", "place"]);
const VERBS: &[&str] = &["is", "is in", "is established in", "uses", "concerns", "has", "speaks"];

impl Before<'_> {
    /// What stands at the place.
    pub fn slot(&self) -> Slot {
        let Some(body) = self.body() else { return self.outside() };
        let (list, governor) = self.governor();
        match governor {
            Some(slot) => slot,
            None if list => Slot::Nothing,
            None => match (body, self.in_group()) {
                (_, true) => Slot::Condition(self.requires()),
                (Body::Scenario, _) if self.begins_line => Slot::Line(Body::Scenario),
                _ if self.begins_line || matches!(self.back(1), "{" | "}") => Slot::Line(body),
                _ => Slot::Nothing,
            },
        }
    }

    /// Outside every body: the head of a declaration.
    fn outside(&self) -> Slot {
        let declares = self.words.first().copied().unwrap_or_default();
        if self.words.is_empty() || (self.back(1) == "}" && declares != "define") {
            return Slot::Declaration;
        }
        match (declares, self.back(1)) {
            (_, "under") => Slot::Names(&["source"]),
            ("scenario", "of") => Slot::Names(&["source"]),
            ("scenario", "bundle") => Slot::Names(&["bundle"]),
            ("scenario", ",") => Slot::Names(&["source"]),
            ("except", "to" | ",") => Slot::Names(&["rule"]),
            ("covers", "covers") => PLACES,
            ("covers", "for" | ",") => ACTS,
            ("define", _) => self.governor().1.unwrap_or(Slot::Condition(false)),
            _ if self.begins_line => Slot::Declaration,
            _ => Slot::Nothing,
        }
    }

    /// The body around the place.
    pub fn body(&self) -> Option<Body> {
        let declares = self.words.first().copied().unwrap_or_default();
        let outer = match declares {
            "region" => Body::Region,
            "source" => Body::Source,
            "question" => Body::Question,
            "rule" => Body::Rule,
            "except" => Body::Exception,
            "notice" | "form" => Body::Notice,
            "bundle" => Body::Bundle,
            "scenario" => Body::Scenario,
            "fact" => Body::Fact,
            "define" => return None,
            _ => Body::Word,
        };
        let mut body = self.open.first().map(|_| outer)?;
        for open in self.open.iter().skip(1) {
            let head =
                |back: usize| open.checked_sub(back).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
            body = match body {
                Body::Rule if head(2) == "except" || head(3) == "except" => Body::Exception,
                Body::Question if head(2).starts_with('"') || head(3) == "reading" || head(1).starts_with('"') => {
                    Body::Reading
                }
                Body::Scenario if !matches!(head(1), "of" | "only" | "purposes" | "told") => Body::Person,
                body => body,
            };
        }
        Some(body)
    }

    /// Whether the innermost braces are those of a group of conditions.
    fn in_group(&self) -> bool {
        let Some(open) = self.open.last() else { return false };
        let head = |back: usize| open.checked_sub(back).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
        let before = head(3);
        let is_list =
            matches!(before, "in" | "is" | "uses" | "concerns" | "has" | "speaks" | "include" | "keep" | "one");
        head(1) == "of" && matches!(head(2), "any" | "all" | "none") && !is_list
    }

    /// Whether a requirement may stand at the place: `unless`, `provided` or `require` came last.
    fn requires(&self) -> bool {
        let last =
            self.words.iter().rev().find(|word| matches!(**word, "if" | "unless" | "provided" | "require" | "as"));
        last.is_some_and(|word| *word != "if" && *word != "as")
    }

    /// What the words directly before ask for, seen through a list that is being written; whether there is such a list.
    fn governor(&self) -> (bool, Option<Slot>) {
        let mut end = self.words.len();
        let mut list = false;
        let word = |at: usize| self.words.get(at).copied().unwrap_or_default();
        // Back over `a, b,` and over the brace that opens a list.
        while end > 0 && word(end - 1) == "," {
            list = true;
            end -= 2.min(end);
        }
        if end > 0 && word(end - 1) == "{" && !self.in_group() {
            let of_list =
                matches!(word(end.saturating_sub(2)), "of" | "only" | "than" | "told" | "was" | "states" | "tell");
            if !of_list && !list {
                return (false, None);
            }
            end -= 1;
            list = true;
            if end >= 2 && word(end - 1) == "of" && matches!(word(end - 2), "any" | "all" | "one") {
                end -= 2;
            }
        }
        (list, self.after(end))
    }

    /// What stands after the first `end` words.
    fn after(&self, end: usize) -> Option<Slot> {
        let back = |count: usize| end.checked_sub(count).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
        let body = self.body();
        Some(match (back(1), back(2)) {
            ("prohibit" | "allow" | "throughout" | "guards" | "prefer", _) => ACTS,
            ("require", _) => Slot::Condition(true),
            ("not", "prohibit" | "require" | "allow" | "then") => ACTS,
            ("before", _) if self.in_told_or_gave(end) => ACTS,
            ("over", "impasse") => ACTS,
            ("outcome" | "expect", _) => ACTS,
            ("done", _) => Slot::Choice(&["on", "at"]),
            ("for", _) if self.word_in_line(end, "asks") || self.word_in_line(end, "ask") => TERMS,
            ("for", "use") if body == Some(Body::Bundle) => Slot::Names(&["purpose"]),
            ("for", _) => Slot::Names(&["purpose"]),
            ("to", "consent" | "objected") => TERMS,
            ("to", _) if self.word_in_line(end, "paused") => Slot::Names(&["event"]),
            ("to", _) => Slot::Names(&["recipient"]),
            ("refused", _) => TERMS,
            ("during", _) => Slot::Names(&["phase"]),
            ("under", "unlawfully") => Slot::Names(&["rule"]),
            ("under", _) if body == Some(Body::Word) || body == Some(Body::Fact) => self.same_kind(),
            ("under", _) => Slot::Names(&["reading"]),
            ("adopt", _) => Slot::Names(&["reading"]),
            ("judged" | "answer", _) | ("not", "judged") => Slot::Names(&["judgment"]),
            ("any" | "every" | "no", _) => Slot::Names(&["role"]),
            ("tell" | "ask", _) if body == Some(Body::Scenario) => Slot::Names(&["role"]),
            ("told" | "states", _) => Slot::Names(&["element"]),
            (_, "tell") => Slot::Names(&["element"]),
            ("by", "arranged") => Slot::Choice(&["the organisation"]),
            ("by", "recheck" | "periods" | "consent" | "erased") => return None,
            ("by", _) if body == Some(Body::Notice) => Slot::Names(&["means"]),
            ("by", _) if self.word_in_line(end, "gave") => Slot::Names(&["manner"]),
            ("by", _) => Slot::Names(&["means"]),
            ("manner", _) => Slot::Names(&["manner"]),
            ("form", "on") => Slot::Names(&["notice"]),
            ("least", "at") if back(3) == "gave" => LEVELS,
            ("gave", _) if body == Some(Body::Person) => LEVELS,
            ("gave", _) => Slot::Choice(&["at least"]),
            ("on", "relied") => Slot::Names(&["exception"]),
            ("on", "hold") => Slot::Names(&["artefact"]),
            ("the", "of") | ("of", "start") => Slot::Names(&["phase", "act"]),
            ("displaces" | "assume" | "duty", _) => Slot::Names(&["rule"]),
            ("of", "risk") => Slot::Names(&["rule"]),
            ("waive", _) => Slot::Labels,
            ("includes", _) => Slot::Names(&["source"]),
            ("excludes" | "arrange", _) => Slot::Names(&["safeguard"]),
            ("makes", _) => Slot::Names(&["artefact"]),
            ("keep", _) => Slot::Names(&["artefact", "category"]),
            ("from", _) if self.word_in_line(end, "paused") => Slot::Names(&["event"]),
            ("from" | "of", unit) if is_unit(unit) => Slot::Names(&["event"]),
            ("until", _) if self.word_in_line(end, "keep") => Slot::Names(&["event"]),
            ("of", _) if body != Some(Body::Fact) => Slot::Names(&["role", "category", "artefact"]),
            ("only", "are" | "is") | ("include", _) | ("than", "other") => Slot::Names(&["purpose"]),
            ("is" | "are", "purpose" | "purposes") => Slot::Choice(&["only", "other than", "any of"]),
            ("purposes", "intended" | "promised") if body == Some(Body::Scenario) => Slot::Names(&["purpose"]),
            ("contains", _) => Slot::Names(&["category"]),
            ("needs", _) => Slot::Names(&["fact", "judgment"]),
            ("level", _) => Slot::Choice(&["legislation", "regulation", "case-law", "guidance", "contract", "house"]),
            ("kind", _) => Slot::Choice(&["civil", "criminal", "administrative", "contractual"]),
            ("confidence", _) => Slot::Choice(&["high", "medium", "low"]),
            ("group", _) => Slot::Choice(&["capture", "use", "other"]),
            ("side", _) => Slot::Choice(&["ours", "theirs", "neither"]),
            ("captures", _) => Slot::Choice(&["ours", "theirs"]),
            ("reads", _) => Slot::Choice(VERBS),
            ("arranged", _) => Slot::Choice(&["in the call", "before the call", "by the organisation"]),
            ("status", _) => Slot::Choice(&["proposed", "stayed from", "annulled from"]),
            ("if" | "as", _) => Slot::Condition(false),
            ("unless" | "provided", _) => Slot::Condition(true),
            ("and" | "or", _) if body != Some(Body::Scenario) && body != Some(Body::Person) => {
                Slot::Condition(self.requires())
            }
            ("call" | "company" | "recorder", _) if body != Some(Body::Fact) => Slot::Choice(VERBS),
            ("who", _) => Slot::Choice(VERBS),
            (_, "any" | "every" | "no") | ("party", "that") if self.requires() => {
                Slot::Choice(&["was told", "gave at least", "is in", "is", "uses", "who"])
            }
            (_, "any" | "every" | "no") | ("party", "that") => {
                Slot::Choice(&["is in", "is", "uses", "has", "speaks", "who", "is present", "refused", "objected to"])
            }
            ("given", _) => Slot::Line(Body::Scenario),
            _ => return self.value(end),
        })
    }

    /// The value of a fact: after `is`, `uses any of {`, `is in`.
    fn value(&self, end: usize) -> Option<Slot> {
        let back = |count: usize| end.checked_sub(count).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
        let end = if back(1) == "not" { end - 1 } else { end };
        let back = |count: usize| end.checked_sub(count).and_then(|at| self.words.get(at)).copied().unwrap_or_default();
        if back(1) == "or" {
            // `is in US-CA or …` in a scenario: as what stands before.
            return end.checked_sub(2).and_then(|end| self.value(end));
        }
        if back(1) == "in" && matches!(back(2), "is" | "established" | "services" | "data" | "output") {
            return Some(PLACES);
        }
        let verb = back(1);
        if !matches!(verb, "is" | "uses" | "concerns" | "has" | "speaks") {
            return None;
        }
        let holder = match back(2) {
            "call" => Holder::Call,
            "company" => Holder::Company,
            "recorder" => Holder::Recorder,
            _ => Holder::Party,
        };
        Some(Slot::Values(holder, verb.to_owned()))
    }

    fn same_kind(&self) -> Slot {
        match self.words.first().copied().unwrap_or_default() {
            "act" => Slot::Names(&["act"]),
            "purpose" => Slot::Names(&["purpose"]),
            "category" => Slot::Names(&["category"]),
            "role" => Slot::Names(&["role"]),
            "element" => Slot::Names(&["element"]),
            "safeguard" => Slot::Names(&["safeguard"]),
            "means" => Slot::Names(&["means"]),
            "manner" => Slot::Names(&["manner"]),
            "artefact" => Slot::Names(&["artefact"]),
            "event" => Slot::Names(&["event"]),
            "phase" => Slot::Names(&["phase"]),
            "recipient" => Slot::Names(&["recipient"]),
            _ => Slot::Nothing,
        }
    }

    /// Whether a word stands in the innermost body, no further back than the last clause began.
    fn word_in_line(&self, end: usize, wanted: &str) -> bool {
        let words = self.words.get(..end).unwrap_or_default();
        words
            .iter()
            .rev()
            .take_while(|word| !matches!(**word, "prohibit" | "allow" | "{" | "}" | "expect" | "given"))
            .any(|word| *word == wanted)
    }

    fn in_told_or_gave(&self, end: usize) -> bool {
        self.word_in_line(end, "told") || self.word_in_line(end, "gave") || self.word_in_line(end, "require") || end > 0
    }

    /// Keywords that go on after a finished phrase.
    pub fn next_keywords(&self) -> &'static [&'static str] {
        if self.begins_line && !self.in_clause() {
            return &[];
        }
        let last = self.back(1);
        let ends_a_phrase = last.chars().next().is_some_and(|one| one.is_ascii_alphanumeric()) || last == "}";
        match self.body() {
            // Nothing goes on where the words before still ask for one of their own.
            Some(Body::Rule | Body::Exception) if ends_a_phrase && self.governor().1.is_some() => &[],
            Some(Body::Rule | Body::Exception) if ends_a_phrase && self.in_clause() && !is_open_keyword(last) => {
                let told = self.word_in_line(self.words.len(), "told");
                let gave = self.word_in_line(self.words.len(), "gave");
                match (told || gave, self.requires()) {
                    (true, _) => &["and", "or", "under"],
                    (false, true) => &["and", "or", "under"],
                    (false, false) => &["if", "unless", "provided", "of", "for", "to", "during", "under", "and", "or"],
                }
            }
            _ if last == "," && (self.word_in_line(self.words.len(), "told")) => &[
                "before",
                "by",
                "in their language",
                "at the start of",
                "on the recording",
                "throughout",
                "even if refused",
                "and did not refuse",
            ],
            _ if last == "," && self.word_in_line(self.words.len(), "gave") => {
                &["before", "by", "on form", "separately", "on the recording", "lasting the call"]
            }
            _ => &[],
        }
    }

    /// Whether a clause was begun in the innermost body.
    fn in_clause(&self) -> bool {
        let clause =
            |word: &str| matches!(word, "prohibit" | "require" | "keep" | "allow" | "waive" | "applies" | "displaces");
        self.line().iter().any(|word| clause(word)) || self.in_group()
    }
}

const LEVELS: Slot = Slot::Choice(&[
    "implied consent to",
    "expressed consent to",
    "explicit consent to",
    "opt-out-not-exercised consent to",
]);

fn is_unit(word: &str) -> bool {
    matches!(word.trim_end_matches('s'), "second" | "minute" | "hour" | "day" | "week" | "month" | "year")
}

fn is_open_keyword(word: &str) -> bool {
    matches!(
        word,
        "prohibit"
            | "require"
            | "allow"
            | "if"
            | "unless"
            | "provided"
            | "of"
            | "for"
            | "to"
            | "during"
            | "under"
            | "and"
            | "or"
            | "before"
            | "is"
            | "in"
            | "uses"
            | "concerns"
            | "has"
            | "speaks"
            | "judged"
            | "not"
            | "any"
            | "every"
            | "no"
            | "least"
            | "most"
            | "at"
            | "keep"
            | "from"
            | "until"
            | "told"
            | "by"
            | "then"
            | "waive"
    )
}
