//! A recorder that runs a whole call and asks the engine again at every event: set-up, notice, a consent by key press, a transfer to
//! somebody in another state, a withdrawal, the end, the date of erasure, and a later wish to train a model.
//!
//! `cargo run --example recorder` prints the call's story, decision by decision.

#![allow(clippy::disallowed_methods, reason = "a service reads its policies")]
#![allow(clippy::indexing_slicing, reason = "a JSON value has `null` where it has no such field")]

use std::error::Error;
use std::fs;
use std::path::Path;

use onrecord::decision::{ActDecision, Decision, End, OutcomeWhat, Verdict};
use onrecord::engine::{Builder, Engine};
use serde_json::{Value, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[allow(dead_code, reason = "the test that keeps this story true includes this file and calls `story`")]
fn main() -> Outcome<()> {
    print!("{}", story()?);
    Ok(())
}

/// The whole story.
pub fn story() -> Outcome<String> {
    let policies = Path::new(env!("CARGO_MANIFEST_DIR")).join("../policies");
    let engine = read(Engine::builder(), &policies, &policies)?.bundle("acme").build()?;
    let mut recorder = Recorder { engine, call: set_up(), story: String::new() };

    recorder.decide("10:00:00", "A mobile caller who is billed in California reaches an agent in Texas.")?;
    let decision = recorder.look("10:00:00")?;
    recorder.say_what_is_open(&decision, "10:00:02", "10:00:20");
    recorder.decide("10:00:21", "The announcement has ended.")?;
    recorder.start("10:00:21");
    recorder.party("maria", "said", consented("recording", "key-press", "10:00:24"));
    recorder.decide("10:00:24", "Maria presses 1: she agrees to be recorded.")?;

    recorder.join("peter", "third-party", "US-PA", "10:07:00");
    let decision =
        recorder.decide("10:07:00", "The agent transfers the call to a repairer, Peter, in Pennsylvania.")?;
    recorder.stop("10:07:00");
    recorder.say_what_is_open(&decision, "10:07:03", "10:07:20");
    recorder.decide("10:07:21", "Recording is paused; Peter has heard the announcement.")?;
    recorder.start("10:07:21");
    recorder.decide("10:08:00", "Recording goes on.")?;

    recorder.party("maria", "said", against("withdrew", "recording", "10:12:00"));
    recorder.decide("10:12:00", "Maria no longer wants to be recorded.")?;
    recorder.stop("10:12:00");
    recorder.decide("10:12:01", "Recording is stopped; the call goes on.")?;

    recorder.call["call"]["until"] = json!(instant("10:20:00"));
    for party in ["maria", "agent-7", "peter"] {
        recorder.set(party, "left", json!(instant("10:20:00")));
    }
    recorder.retention("10:20:00", "The call ends.")?;
    recorder.call["ask"] =
        json!({ "acts": ["recording"], "uses": ["model-training", "quality-assurance", "marketing"] });
    recorder.uses(
        "2026-12-24T09:00:00-08:00",
        "A month later: may the recording train a model? Be reviewed? Serve advertising?",
    )?;
    recorder.party("maria", "said", against("objected", "model-training", "2026-12-28T12:00:00-08:00"));
    recorder.uses("2026-12-28T12:00:00-08:00", "Maria writes that she does not want her voice to train models.")?;
    recorder.record("2026-12-28T12:00:00-08:00")?;
    Ok(recorder.story)
}

/// Every policy below a folder.
fn read(mut builder: Builder, folder: &Path, root: &Path) -> Outcome<Builder> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            builder = read(builder, &path, root)?;
        } else if path.extension().is_some_and(|extension| extension == "onr") {
            builder = builder.source(path.strip_prefix(root)?.to_string_lossy(), fs::read_to_string(&path)?);
        }
    }
    Ok(builder)
}

/// What is known when the call is set up.
fn set_up() -> Value {
    let at = instant("10:00:00");
    json!({
        "schema": "onrecord.context/1", "id": "call-0001", "at": at,
        "ask": { "acts": ["recording"] },
        "call": { "from": at, "facts": { "direction": "inbound", "channel": "telephone", "subject": ["customer-service"] } },
        "intended_purposes": ["quality-assurance", "model-training"],
        "promised_purposes": ["quality-assurance", "model-training"],
        "categories": [],
        "safeguards": [{ "safeguard": "staff-trained" }, { "safeguard": "consent-logged" }],
        "parties": [
            { "id": "maria", "role": "customer", "locations": [{ "region": "US-CA", "basis": "billing" }],
              "facts": { "line": "cellular", "age": { "at_least": 18 } }, "languages": ["es-MX", "en"], "told": [], "said": [] },
            { "id": "agent-7", "role": "agent", "locations": [{ "region": "US-TX", "basis": "configured" }],
              "facts": { "line": "voip" }, "languages": ["en"],
              "told": [{ "elements": ["recording"], "from": "2026-01-05T09:00:00-06:00", "to": "2026-01-05T09:00:00-06:00", "means": "written-notice" }],
              "said": [consented("recording", "signed-writing", "2026-01-05T09:00:00-06:00")] }
        ],
        "captures": [], "parties_complete": true
    })
}

/// A time of the day of the call, in California.
fn instant(time: &str) -> String {
    if time.contains('T') { time.to_owned() } else { format!("2026-11-24T{time}-08:00") }
}

fn consented(to: &str, manner: &str, at: &str) -> Value {
    json!({ "said": "consented", "to": to, "level": "expressed", "manner": manner, "at": instant(at) })
}

fn against(said: &str, to: &str, at: &str) -> Value {
    let to = if to == "recording" { json!(to) } else { json!({ "purpose": to }) };
    json!({ "said": said, "to": to, "at": instant(at) })
}

/// A recorder: the engine, what it knows of its call, and what it has told so far.
struct Recorder {
    engine: Engine,
    call: Value,
    story: String,
}

impl Recorder {
    // -------------------------------------------------------------------------------------------- what happens

    /// Adds to a list of a party.
    fn party(&mut self, id: &str, list: &str, entry: Value) {
        let parties = self.call["parties"].as_array_mut().into_iter().flatten();
        for party in parties.filter(|party| party["id"] == id) {
            party[list].as_array_mut().into_iter().for_each(|list| list.push(entry.clone()));
        }
    }

    /// Sets a field of a party.
    fn set(&mut self, id: &str, field: &str, value: Value) {
        let parties = self.call["parties"].as_array_mut().into_iter().flatten();
        parties.filter(|party| party["id"] == id).for_each(|party| party[field] = value.clone());
    }

    fn join(&mut self, id: &str, role: &str, region: &str, at: &str) {
        let party = json!({
            "id": id, "role": role, "locations": [{ "region": region, "basis": "asserted" }],
            "facts": { "line": "wired", "age": { "at_least": 18 } },
            "languages": ["en"], "joined": instant(at), "told": [], "said": []
        });
        self.call["parties"].as_array_mut().into_iter().for_each(|parties| parties.push(party.clone()));
    }

    fn start(&mut self, at: &str) {
        let capture = json!({ "act": "recording", "from": instant(at) });
        self.call["captures"].as_array_mut().into_iter().for_each(|captures| captures.push(capture.clone()));
    }

    fn stop(&mut self, at: &str) {
        let captures = self.call["captures"].as_array_mut().into_iter().flatten();
        captures.filter(|one| one["until"].is_null()).for_each(|one| one["until"] = json!(instant(at)));
    }

    /// Plays every notice that the decision gives, to those whom it concerns, and logs it.
    fn say_what_is_open(&mut self, decision: &Decision, from: &str, to: &str) {
        for disclosure in &decision.disclosures {
            let Some((notice, language, _)) = &disclosure.text else { continue };
            let told = json!({
                "notice": decision.policy.tree.notices.name(*notice), "language": language,
                "from": instant(from), "to": instant(to), "means": "recorded-announcement"
            });
            let persons = disclosure.to.iter().filter_map(|person| decision.parties.get(*person));
            persons.for_each(|person| self.party(person, "told", told.clone()));
        }
    }

    // -------------------------------------------------------------------------------------------- what is decided

    /// Decides at an instant: the log is complete to it.
    fn look(&mut self, at: &str) -> Outcome<Decision> {
        self.call["at"] = json!(instant(at));
        self.call["log_complete_to"] = json!(instant(at));
        let (context, at) = self
            .engine
            .context(&self.call.to_string())
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        Ok(self.engine.decide(&context, at))
    }

    /// Tells an event, and what the engine makes of it.
    fn decide(&mut self, at: &str, event: &str) -> Outcome<Decision> {
        let decision = self.look(at)?;
        self.headline(at, event);
        if let Some(recording) = decision.act("recording") {
            self.verdict("recording", recording, &decision);
        }
        for disclosure in &decision.disclosures {
            let to: Vec<&str> =
                disclosure.to.iter().filter_map(|person| decision.parties.get(*person)).map(String::as_str).collect();
            match &disclosure.text {
                Some((notice, language, words)) => {
                    let notice = decision.policy.tree.notices.name(*notice);
                    self.line(&format!("say to {} ({notice}, {language}): “{words}”", to.join(", ")));
                }
                None => self.line(&format!("no notice has the words for {}", to.join(", "))),
            }
        }
        let acts = &decision.policy.tree.acts;
        self.line(&match decision.outcome.what {
            OutcomeWhat::Do(act) if decision.outcome.after.is_empty() => format!("do now: {}", acts.name(act)),
            OutcomeWhat::Do(act) => format!("then do: {}", acts.name(act)),
            OutcomeWhat::Without(act) => format!("go on without {}", acts.name(act)),
            OutcomeWhat::Impasse(act, answer) => format!("an impasse over {}: {answer:?}", acts.name(act)),
        });
        Ok(decision)
    }

    /// Tells until when what must and may be kept.
    fn retention(&mut self, at: &str, event: &str) -> Outcome<()> {
        let decision = self.look(at)?;
        self.headline(at, event);
        let tree = &decision.policy.tree;
        for row in &decision.retention {
            let thing = match &row.thing {
                onrecord::tree::Thing::Artefact(artefact) => tree.artefacts.name(*artefact).to_owned(),
                _ => continue,
            };
            let purpose =
                row.purpose.map(|purpose| format!(" for {}", tree.purposes.name(purpose))).unwrap_or_default();
            let keep = row.keep_until.as_ref().map(|end| format!(", keep until {}", day(end))).unwrap_or_default();
            let erase = row.erase_by.as_ref().map(|end| format!(", erase by {}", day(end))).unwrap_or_default();
            let mut because: Vec<&str> = row.because.iter().map(|reason| tree.rules.name(reason.rule)).collect();
            because.dedup();
            self.line(&format!("{thing}{purpose}{keep}{erase} ({})", because.join(", ")));
        }
        Ok(())
    }

    /// Tells which uses are lawful.
    fn uses(&mut self, at: &str, event: &str) -> Outcome<()> {
        let decision = self.look(at)?;
        self.headline(at, event);
        for using in &decision.uses {
            let purpose = using.act.purpose.map_or("", |purpose| decision.policy.tree.purposes.name(purpose));
            self.verdict(purpose, using, &decision);
        }
        Ok(())
    }

    /// Tells the consent record, as it is stored with the recording.
    fn record(&mut self, at: &str) -> Outcome<()> {
        self.call["at"] = json!(instant(at));
        let json = self.engine.decide_json(&self.call.to_string()).map_err(|_| "the call cannot be read")?;
        let decision: Value = serde_json::from_str(&json)?;
        self.headline(at, "What is stored with the recording as the proof of consent:");
        for consent in decision["consents"].as_array().into_iter().flatten() {
            let words = |field: &str| consent[field].as_str().unwrap_or("").to_owned();
            let to = consent["to"].as_str().or_else(|| consent["to"]["purpose"].as_str()).unwrap_or_default();
            let manner = if consent["manner"].is_null() { String::new() } else { format!(" by {}", words("manner")) };
            let under = consent["under"].as_array().into_iter().flatten().filter_map(|given| given["notice"].as_str());
            let under: Vec<&str> = under.collect();
            let under = if under.is_empty() { String::new() } else { format!(", after {}", under.join(", ")) };
            let line = format!(
                "{} {} {to}{manner} at {}{under}: {}",
                words("party"),
                words("said"),
                words("at"),
                words("state")
            );
            self.line(&line);
        }
        Ok(())
    }

    // -------------------------------------------------------------------------------------------- how it is told

    fn headline(&mut self, at: &str, event: &str) {
        let blank = if self.story.is_empty() { "" } else { "\n" };
        self.story.push_str(&format!("{blank}{} {event}\n", at.get(..10).unwrap_or(at)));
    }

    fn line(&mut self, line: &str) {
        self.story.push_str(&format!("    {line}\n"));
    }

    /// A verdict, and the rules that stand in its way.
    fn verdict(&mut self, name: &str, act: &ActDecision, decision: &Decision) {
        let verdict = match act.verdict {
            Verdict::Cleared => "cleared",
            Verdict::Conditional => "conditional",
            Verdict::NotNow => "not now",
            Verdict::Prohibited => "prohibited",
        };
        let running = if act.running { ", as it runs" } else { "" };
        let needs: Vec<String> = act.needs.list.iter().map(|read| decision.fact_name(read)).collect();
        let needs = if needs.is_empty() { String::new() } else { format!(", needs {}", needs.join(", ")) };
        self.line(&format!("{name}: {verdict}{running}{needs}"));
        let tree = &decision.policy.tree;
        for reason in act.because.iter().filter(|reason| reason.verdict != Verdict::Cleared) {
            let cites = tree.rules.get(reason.rule).map(|rule| rule.cites.join("; ")).unwrap_or_default();
            self.line(&format!("  {} ({cites})", tree.rules.name(reason.rule)));
        }
    }
}

fn day(end: &End) -> String {
    match end {
        End::Day(day) => day.to_string(),
        End::Instant(at) => at.to_rfc3339(),
        End::Symbolic(words) => words.clone(),
        End::Hold => "the legal hold ends".to_owned(),
    }
}
