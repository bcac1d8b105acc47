//! A policy as text, in parts, so that a part can be added, moved or left out; and the policy that the engine makes of it.

use std::sync::Arc;

use onrecord::compile::PolicySet;
use onrecord::source::{FileId, Source};
use onrecord::syntax::{self, Parsed};

use super::Tape;
use super::clause::{Exception, beside, clause, exception};
use super::condition::{Captured, Place, act, condition};
use super::notice::notice;

/// A source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// Its name.
    pub name: String,
    /// Its lines.
    pub lines: Vec<String>,
}

/// A rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleText {
    /// Its name.
    pub name: String,
    /// Its source.
    pub source: String,
    /// The act that its exceptions may allow.
    pub act: String,
    /// When it is in force.
    pub lines: Vec<String>,
    /// Its clauses.
    pub clauses: Vec<String>,
    /// Its exceptions.
    pub exceptions: Vec<Exception>,
}

/// A policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Its sources.
    pub sources: Vec<SourceText>,
    /// Its rules.
    pub rules: Vec<RuleText>,
    /// Its coverage claims.
    pub coverage: Vec<String>,
    /// Its notices.
    pub notices: Vec<String>,
    /// The lines of its bundle, if it has one.
    pub bundle: Option<Vec<String>>,
}

impl Policy {
    /// Draws a policy: one tape for the frame, one a rule.
    #[must_use]
    pub fn draw(frame: &[u16], rules: &[Vec<u16>]) -> Self {
        let mut tape = Tape::new(frame);
        let mut policy = Self { coverage: coverage(&mut tape), ..Self::default() };
        for index in 0..2 {
            policy.sources.push(source(&mut tape, index));
        }
        policy.bundle = tape.chance(60).then(|| bundle(&mut tape));
        let mut index = 0;
        policy.notices = tape.several(0, 4, |tape| {
            index += 1;
            notice(tape, index)
        });
        for (index, choices) in rules.iter().enumerate() {
            policy.rule(&mut Tape::new(choices), index);
        }
        policy
    }

    /// Adds a rule.
    pub fn add_rule(&mut self, choices: &[u16]) {
        self.rule(&mut Tape::new(choices), self.rules.len());
    }

    fn rule(&mut self, tape: &mut Tape<'_>, index: usize) {
        let name = format!("r{index}");
        let of = act(tape);
        let source = tape.below(2);
        let (exceptions, rule) = self.captured();
        let captured = Captured { exceptions: &exceptions, rule: rule.as_deref() };
        let mut clauses = vec![clause(tape, of, captured)];
        let required = clauses[0].starts_with(&format!("require {of}"));
        if tape.chance(30) {
            let other = if tape.chance(50) { of } else { act(tape) };
            clauses.push(clause(tape, other, captured));
        }
        if tape.chance(25) {
            clauses.push(beside(tape));
        }
        let excepted = format!("{}{of}", if required { "not " } else { "" });
        let mut found = Vec::new();
        while found.len() < 2 && tape.chance(35) {
            found.push(exception(tape, format!("e{index}-{}", found.len()), &excepted, captured));
        }
        // A rule that displaces is not displaced.
        let below = tape.below(index.max(1));
        let stands =
            self.rules.get(below).is_some_and(|rule| rule.clauses.iter().all(|one| !one.starts_with("displaces")));
        if source == 0 && tape.chance(15) && stands {
            clauses.push(format!("displaces r{below} cite \"§ 9\""));
        }
        let lines = if tape.chance(15) { in_force(tape) } else { Vec::new() };
        let source = format!("S{source}");
        self.rules.push(RuleText { name, source, act: excepted, lines, clauses, exceptions: found });
    }

    /// The exceptions so far that allow a capture, and the first rule that prohibits one.
    pub(super) fn captured(&self) -> (Vec<String>, Option<String>) {
        let acts = ["recording", "transcribing"];
        let speaks = |line: &String, verb: &str| acts.iter().any(|act| line.starts_with(&format!("{verb} {act}")));
        let exceptions = self.rules.iter().flat_map(|rule| &rule.exceptions);
        let allowing = exceptions.filter(|one| one.lines.iter().any(|line| speaks(line, "allow")));
        let prohibiting = |rule: &&RuleText| rule.clauses.iter().any(|line| speaks(line, "prohibit"));
        let rule = self.rules.iter().find(prohibiting).map(|rule| rule.name.clone());
        (allowing.map(|one| one.name.clone()).collect(), rule)
    }

    /// The declarations, each by itself.
    #[must_use]
    pub fn declarations(&self) -> Vec<String> {
        let mut all = self.coverage.clone();
        all.extend(self.notices.iter().cloned());
        for source in &self.sources {
            all.push(format!("source {} \"Source\" {{\n{}\n}}", source.name, source.lines.join("\n")));
        }
        for rule in &self.rules {
            let exceptions = rule.exceptions.iter().map(Exception::text);
            let lines = rule.lines.iter().cloned().chain(rule.clauses.iter().cloned()).chain(exceptions);
            let lines: Vec<String> = lines.collect();
            all.push(format!("rule {} under {} {{\ncite \"§ 1\"\n{}\n}}", rule.name, rule.source, lines.join("\n")));
        }
        if let Some(lines) = &self.bundle {
            all.push(format!("bundle house \"House\" {{\n{}\n}}", lines.join("\n")));
        }
        all
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        self.declarations().join("\n\n")
    }
}

fn source(tape: &mut Tape<'_>, index: usize) -> SourceText {
    let level = if index == 0 {
        tape.word(&["legislation", "regulation"])
    } else {
        tape.word(&["contract", "house", "guidance", "case-law"])
    };
    let mut lines = vec![
        format!("level {level}"),
        "kind civil".to_owned(),
        "cite \"Act\"".to_owned(),
        "checked 2026-01-01".to_owned(),
        "recheck by 2027-01-01".to_owned(),
    ];
    let at = Place { that: false, capture: None, act: "recording" };
    while lines.len() < 7 && tape.chance(35) {
        let under = if tape.chance(25) { tape.word(&[" under reach-near", " under reach-far"]) } else { "" };
        lines.push(format!("applies if {}{under}", condition(tape, at, 0)));
    }
    if tape.chance(30) {
        let what = tape.word(&["recording", "vendor"]);
        // Staying is consent only of who did not refuse.
        let options = super::condition::told_options(tape, at).replace(", even if refused", "");
        lines.push(format!("consent by staying counts only if told {what}{options}"));
    }
    if tape.chance(30) {
        lines.push(format!("civil time \"{}\"", tape.word(&["America/Los_Angeles", "Europe/Berlin"])));
    }
    if tape.chance(40) {
        lines.push("periods by 1182-71".to_owned());
    }
    SourceText { name: format!("S{index}"), lines }
}

fn in_force(tape: &mut Tape<'_>) -> Vec<String> {
    let line = tape.word(&[
        "in force from 2026-01-01",
        "in force from 2026-03-02",
        "in force from 2026-03-03",
        "in force from 2025-01-01 until 2026-03-01",
        "in force from 2025-01-01 until 2026-03-02",
        "status proposed",
        "status stayed from 2026-02-01 until 2026-03-01",
        "status stayed from 2026-03-01",
        "status annulled from 2026-03-02",
        "status annulled from 2026-04-01",
        "sanction deferred until 2027-01-01",
    ]);
    vec![line.to_owned()]
}

fn coverage(tape: &mut Tape<'_>) -> Vec<String> {
    tape.several(0, 3, |tape| {
        let place = tape.word(&["US-CA", "DE", "US", "DE and its subdivisions", "US and its subdivisions", "FR"]);
        let acts = tape.word(&["recording", "recording, transcribing", "use", "recording, use, disclosing"]);
        let from = tape.word(&["2026-01-01", "2026-03-02", "2026-03-03", "2025-01-01 until 2026-03-01"]);
        format!("covers {place} for {acts} from {from}")
    })
}

fn bundle(tape: &mut Tape<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = |percent, options: &[&'static str]| {
        if tape.chance(percent) {
            lines.push(tape.word(options).to_owned());
        }
    };
    line(40, &["includes every source", "includes S0", "includes S0, S1"]);
    line(50, &["adopt reach-near", "adopt reach-far", "adopt reach-near, reach-far"]);
    line(
        40,
        &[
            "given company is investment-firm",
            "given company is not investment-firm",
            "given recorder is in US-CA or DE",
        ],
    );
    line(
        30,
        &[
            "answer private-communication yes cite \"Memo\" until 2026-03-02",
            "answer necessity no cite \"Memo\" until 2026-03-01",
        ],
    );
    line(30, &["presume call is not emergency", "presume call uses voice"]);
    line(
        40,
        &[
            "despite unlawful capture allow use for quality cite \"§ 5\"",
            "despite unlawful capture allow use for model-training cite \"§ 5\"",
        ],
    );
    line(40, &["guards recording", "guards recording, use", "guards serving-by-phone"]);
    line(40, &["where uncovered require masked is in place", "where uncovered require every party was told recording"]);
    line(
        60,
        &[
            "prefer recording, recording-of-our-side, offering-branch-visit",
            "prefer serving-by-phone, transcribing, recording",
            "prefer recording-of-our-side, transcribing",
            "prefer recording-of-our-side, recording",
        ],
    );
    line(50, &["on impasse over recording decline call", "on impasse over recording continue without it"]);
    line(30, &["on impasse over serving-by-phone ask a person", "on impasse over transcribing decline call"]);
    line(
        40,
        &[
            "accept risk of r0 signed \"R. Roe\" on 2026-01-01 until 2026-12-31 because \"Pilot.\"",
            "accept risk of r0 signed \"R. Roe\" on 2026-01-01 until 2026-03-01 because \"Pilot.\"",
            "accept risk of r0 signed \"R. Roe\" on 2026-03-02 until 2026-03-02 because \"Pilot.\"",
            "accept risk of r0 signed \"R. Roe\" on 2026-03-03 until 2026-12-31 because \"Pilot.\"",
        ],
    );
    lines
}

/// The words, read once.
fn words() -> &'static Parsed {
    static WORDS: std::sync::OnceLock<Parsed> = std::sync::OnceLock::new();
    WORDS.get_or_init(|| {
        let text = include_str!("words.onr");
        syntax::parse(&Source::new(FileId(0), "words.onr", text))
    })
}

/// A policy that the engine can run.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// The policy.
    pub set: Arc<PolicySet>,
}

/// Takes texts through every stage.
///
/// # Errors
/// What the stages have to say, as one text a finding.
pub fn compile(texts: &[String]) -> Result<Compiled, Vec<String>> {
    let files = (1..).zip(texts).map(|(id, text)| syntax::parse(&Source::new(FileId(id), &format!("{id}.onr"), text)));
    let files: Vec<Parsed> = std::iter::once(words().clone()).chain(files).collect();
    let resolved = onrecord::resolve::resolve(&files);
    let checked = onrecord::check::check(resolved, None);
    let errors = checked.diagnostics.iter().filter(|one| one.is_error());
    let errors: Vec<String> = errors.map(|one| format!("{} {}", one.code.id, one.message)).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let sources = files.into_iter().map(|file| file.source).collect();
    Ok(Compiled { set: onrecord::compile::compile(checked.tree, sources) })
}

impl Policy {
    /// The policy that the engine makes of it.
    ///
    /// # Errors
    /// What the stages have to say.
    pub fn compile(&self) -> Result<Compiled, Vec<String>> {
        compile(&[self.text()])
    }
}
