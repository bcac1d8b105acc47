//! Citation cards: title, citation, in force, last checked and by when again, what it says in plain English, the exceptions that
//! add a way, and the rules that displace it.

use chrono::NaiveDate;
use onrecord::resolve::Target;
use onrecord::tree::rule::{Confidence, Rank};
use onrecord::tree::{
    ClauseKind, Exception, ExceptionId, Fact, FactType, InForce, Notice, Region, RuleId, Source, SourceId, Tree, Word,
};

use crate::feature::hints;

/// The card of a rule.
#[must_use]
pub fn rule(tree: &Tree, id: RuleId, today: NaiveDate) -> Option<String> {
    let rule = tree.rules.get(id)?;
    let mut card = Lines::titled("rule", &rule.name, &rule.title);
    card.cites(&rule.cites);
    card.line(force_words(&rule.in_force, today));
    card.source(tree, rule.source, today);
    card.summary(rule.summary.as_deref());
    let exceptions: Vec<_> = rule.exceptions.iter().filter_map(|id| tree.exceptions.get(*id)).collect();
    card.list("Exceptions that add a way", exceptions.iter().map(|one| item(&one.name, &one.title, &one.cites)));
    let displacing = tree.rules.iter().filter(|(_, other)| displaces(other, id)).map(|(_, other)| other);
    card.list("Displaced, where they speak, by", displacing.map(|one| item(&one.name, &one.title, &one.cites)));
    let displaced = rule.clauses.iter().filter_map(|clause| match &clause.kind {
        ClauseKind::Displaces { rule, .. } => tree.rules.get(*rule),
        _ => None,
    });
    card.list("Displaces", displaced.map(|one| item(&one.name, &one.title, &one.cites)));
    Some(card.whole())
}

fn displaces(rule: &onrecord::tree::Rule, id: RuleId) -> bool {
    rule.clauses.iter().any(|clause| matches!(&clause.kind, ClauseKind::Displaces { rule, .. } if *rule == id))
}

/// The card of an exception.
#[must_use]
pub fn exception(tree: &Tree, id: ExceptionId, today: NaiveDate) -> Option<String> {
    let exception: &Exception = tree.exceptions.get(id)?;
    let mut card = Lines::titled("exception", &exception.name, &exception.title);
    card.cites(&exception.cites);
    card.source(tree, exception.source, today);
    card.summary(exception.summary.as_deref());
    let rules = exception.rules.iter().filter_map(|id| tree.rules.get(*id));
    card.list("Adds a way to", rules.map(|one| item(&one.name, &one.title, &one.cites)));
    Some(card.whole())
}

/// The card of a source.
#[must_use]
pub fn source(tree: &Tree, id: SourceId, today: NaiveDate) -> Option<String> {
    let source: &Source = tree.sources.get(id)?;
    let mut card = Lines::titled("source", &source.name, &source.title);
    card.cites(&source.cites);
    card.line(Some(format!("{} · {}", rank_words(source.level), review_words(source, today))));
    if let Some(address) = &source.text_at {
        card.line(Some(format!("[Official text]({address})")));
    }
    let rules = tree.rules.iter().filter(|(_, rule)| rule.source == id);
    card.list("Rules", rules.map(|(_, rule)| item(&rule.name, &rule.title, &rule.cites)));
    Some(card.whole())
}

/// The card of any other thing.
#[must_use]
pub fn word(tree: &Tree, target: &Target) -> Option<String> {
    let name = target.name.as_str();
    macro_rules! plain {
        ($table:ident) => {
            plain(target.kind, tree.$table.get(tree.$table.id(name)?)?)
        };
        ($table:ident, $word:ident) => {
            plain(target.kind, &tree.$table.get(tree.$table.id(name)?)?.$word)
        };
    }
    Some(match target.kind {
        "act" => plain!(acts, word),
        "purpose" => plain!(purposes),
        "category" => plain!(categories),
        "role" => plain!(roles, word),
        "fact" => fact(tree.facts.get(tree.facts.id(name)?)?),
        "value" => value(tree, target)?,
        "judgment" => {
            let judgment = tree.judgments.get(tree.judgments.id(name)?)?;
            format!("{}\n\nAsks: *{}*", plain("judgment", &judgment.word), judgment.asks)
        }
        "element" => plain!(elements),
        "safeguard" => plain!(safeguards, word),
        "means" => plain!(means),
        "manner" => plain!(manners, word),
        "artefact" => plain!(artefacts),
        "event" => plain!(events),
        "phase" => plain!(phases, word),
        "recipient" => plain!(recipients),
        "region" => region(tree, tree.regions.get(tree.regions.id(name)?)?),
        "notice" => notice(tree, tree.notices.get(tree.notices.id(name)?)?),
        "question" => {
            let question = tree.questions.get(tree.questions.id(name)?)?;
            let mut card = Lines::titled("question", name, &question.asks);
            let readings = question.readings.iter().filter_map(|id| tree.readings.get(*id));
            card.list("Readings", readings.map(|one| item(&one.name, &one.label, &one.cites)));
            card.whole()
        }
        "reading" => {
            let reading = tree.readings.get(tree.readings.id(name)?)?;
            let mut card = Lines::titled("reading", name, &reading.label);
            card.cites(&reading.cites);
            card.line(
                tree.questions.get(reading.question).map(|question| format!("An answer to: *{}*", question.asks)),
            );
            card.whole()
        }
        "bundle" => Lines::titled("bundle", name, &tree.bundles.get(tree.bundles.id(name)?)?.title).whole(),
        kind => Lines::titled(kind, name, "").whole(),
    })
}

fn plain<I>(kind: &str, word: &Word<I>) -> String {
    let mut card = Lines::titled(kind, &word.name, &word.label);
    card.line(Some(word.means.clone()).filter(|means| !means.is_empty()));
    card.line(
        word.dpv.as_ref().map(
            |(term, parent)| {
                if *parent { format!("A kind of `{term}` (DPV)") } else { format!("`{term}` (DPV)") }
            },
        ),
    );
    card.whole()
}

fn fact(fact: &Fact) -> String {
    let values = match &fact.kind {
        FactType::YesNo => "yes or no".to_owned(),
        FactType::OneOf(values) => format!("one of {}", labelled(values)),
        FactType::AnyOf(values) => format!("any of {}", labelled(values)),
        FactType::Place => "a place".to_owned(),
        FactType::Places => "places".to_owned(),
        FactType::Years(from, to) => format!("years from {from} to {to}"),
    };
    format!("{}\n\n{values}", plain("fact", &fact.word))
}

fn labelled(values: &[onrecord::tree::vocabulary::Value]) -> String {
    values.iter().map(|value| format!("`{}`", value.name)).collect::<Vec<_>>().join(", ")
}

fn value(tree: &Tree, target: &Target) -> Option<String> {
    tree.facts.iter().find_map(|(_, fact)| {
        let value = fact.kind.values().iter().find(|value| value.span == target.definition)?;
        let card = Lines::titled("value", &value.name, &value.label).whole();
        Some(format!("{card}\n\nOf `{}`: {}", fact.word.name, fact.word.means))
    })
}

fn region(tree: &Tree, region: &Region) -> String {
    let mut card = Lines::titled("region", &region.name, &region.label);
    let members = region.members.iter().map(|(place, from, until)| {
        let place = match place {
            onrecord::tree::PlaceTest::Place(place) => place.to_string(),
            onrecord::tree::PlaceTest::Region(region) => tree.regions.name(*region).to_owned(),
        };
        let from = from.map_or_else(String::new, |from| format!(" from {from}"));
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        format!("{place}{from}{until}")
    });
    card.line(Some(members.collect::<Vec<_>>().join(", ")));
    card.whole()
}

fn notice(tree: &Tree, notice: &Notice) -> String {
    let mut card = Lines::titled(if notice.form { "form" } else { "notice" }, &notice.name, &notice.title);
    let states: Vec<&str> = notice.states.iter().map(|element| tree.elements.name(*element)).collect();
    card.line(Some(format!("States {}", states.join(", "))));
    card.list("Wording", notice.wordings.iter().map(|(language, text)| format!("`{language}` {text}")));
    card.whole()
}

/// One line of a list: name, title, citations.
fn item(name: &str, title: &str, cites: &[String]) -> String {
    let title = if title == name { String::new() } else { format!(" {title}") };
    let cite = if cites.is_empty() { String::new() } else { format!(" — {}", cites.join("; ")) };
    format!("`{name}`{title}{cite}")
}

fn rank_words(rank: Rank) -> &'static str {
    match rank {
        Rank::Legislation => "Legislation",
        Rank::Regulation => "Regulation",
        Rank::CaseLaw => "Case law",
        Rank::Guidance => "Guidance",
        Rank::Contract => "Contract",
        Rank::House => "House policy",
    }
}

fn review_words(source: &Source, today: NaiveDate) -> String {
    let checked = source.checked.map_or_else(|| "never checked".to_owned(), |day| format!("checked {day}"));
    let again = match source.recheck_by {
        Some(day) if day < today => format!("**to be checked again since {day}**"),
        Some(day) => format!("again by {day}"),
        None => "no day set to check again".to_owned(),
    };
    let confidence = match source.confidence {
        Some(Confidence::Low) => ", low confidence",
        Some(Confidence::Medium) => ", medium confidence",
        _ => "",
    };
    format!("{checked}, {again}{confidence}")
}

fn force_words(force: &InForce, today: NaiveDate) -> Option<String> {
    let mut parts = Vec::new();
    if force.proposed {
        parts.push("**a bill, not in force**".to_owned());
    }
    match hints::window(force.from, force.until, today) {
        Some(window) => parts.push(window),
        None => parts.extend(force.from.map(|from| format!("in force from {from}"))),
    }
    parts.extend(force.annulled.map(|day| format!("**annulled from {day}**")));
    parts.extend(force.stayed.iter().map(|(from, until)| {
        let until = until.map_or_else(String::new, |until| format!(" until {until}"));
        format!("**stayed from {from}{until}**")
    }));
    parts.extend(force.sanction_deferred.map(|day| format!("not enforced until {day}")));
    let first = parts.first_mut()?;
    *first = first
        .get(..1)
        .map_or_else(|| first.clone(), |letter| letter.to_uppercase() + first.get(1..).unwrap_or_default());
    Some(parts.join(" · "))
}

/// The paragraphs of a card.
struct Lines(Vec<String>);

impl Lines {
    fn titled(kind: &str, name: &str, title: &str) -> Self {
        let title = if title.is_empty() || title == name { String::new() } else { format!(" — {title}") };
        Self(vec![format!("{kind} **{name}**{title}")])
    }

    fn line(&mut self, line: Option<String>) {
        self.0.extend(line);
    }

    fn cites(&mut self, cites: &[String]) {
        self.line((!cites.is_empty()).then(|| cites.join("; ")));
    }

    fn summary(&mut self, summary: Option<&str>) {
        self.line(summary.map(|summary| format!("> {summary}")));
    }

    fn source(&mut self, tree: &Tree, id: SourceId, today: NaiveDate) {
        let source = tree.sources.get(id);
        self.line(source.map(|source| {
            format!("{} · {} · {}", source.title, rank_words(source.level), review_words(source, today))
        }));
    }

    fn list(&mut self, head: &str, items: impl Iterator<Item = String>) {
        let items: Vec<String> = items.map(|item| format!("- {item}")).collect();
        self.line((!items.is_empty()).then(|| format!("{head}:\n{}", items.join("\n"))));
    }

    fn whole(self) -> String {
        self.0.join("\n\n")
    }
}
