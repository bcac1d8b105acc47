//! The facade that a service holds: a policy, checked and compiled once, that decides on calls.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::check::check;
use crate::compile::{PolicySet, compile};
use crate::context::{Context, Instant};
use crate::decision::Decision;
use crate::diagnostic::Diagnostic;
use crate::evaluate::{Options, evaluate};
use crate::nearest::nearest;
use crate::resolve::resolve;
use crate::source::{FileId, Source};
use crate::syntax;
use crate::tree::Tree;
use crate::tree::table::{Id, Table};
use crate::wire::{self, Limits};

/// A policy that decides on calls. Cheap to clone, `Send` and `Sync`; deciding takes `&self`, does no I/O, reads no clock, takes no
/// lock and never panics. To replace the policy, build another engine.
///
/// ```
/// use onrecord::engine::Engine;
///
/// let policy = r#"
/// act recording "Recording" { means "Storing the sound of a call." dpv "dpv:Record" group capture }
/// role party "Party" { means "A natural person on the line." dpv parent "dpv:NaturalPerson" side neither human }
/// role customer "Customer" { means "One with whom business is done." dpv "dpv:Customer" under party side theirs human }
/// element recording "Recording" { means "That the call is recorded." dpv parent "dpv:Notice" }
/// fact location "Where" { means "Where the person is." dpv parent "dpv:Location" of each party reads is in a place }
/// notice recorded "Recorded" { states recording wording en "This call is recorded." wording es "Esta llamada se graba." }
///
/// source HOUSE "House policy" { level house kind contractual checked 2026-01-02 recheck by 2027-01-02 }
/// rule TELL-FIRST "Tell before recording" under HOUSE {
///   prohibit recording unless every customer was told recording, before recording
/// }
/// covers US-TX for recording from 2026-01-02
/// "#;
/// let engine = Engine::builder().source("house.onr", policy).build()?;
///
/// let call = r#"{
///   "schema": "onrecord.context/1", "at": "2026-03-02T10:00:00-06:00", "parties_complete": true,
///   "log_complete_to": "2026-03-02T10:00:00-06:00",
///   "parties": [{ "id": "maria", "role": "customer", "locations": [{ "region": "US-TX" }], "languages": ["es-MX"] }]
/// }"#;
/// let (context, at) = engine.context(call).map_err(|errors| errors[0].clone())?;
/// let decision = engine.decide(&context, at);
///
/// let recording = decision.act("recording").expect("recording is asked about when nothing else is");
/// assert!(!recording.is_cleared());
/// assert_eq!(decision.disclosures[0].text.as_ref().expect("a wording").2, "Esta llamada se graba.");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Engine {
    set: Arc<PolicySet>,
    options: Arc<Options>,
    limits: Limits,
    warnings: Arc<[Diagnostic]>,
}

impl Engine {
    /// Begins an engine.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Decides on a call at an instant. Total: every call has exactly one decision.
    #[must_use]
    pub fn decide(&self, context: &Context, at: Instant) -> Decision {
        evaluate(&self.set, context, &self.options, at)
    }

    /// Decides on a call from its JSON form (`onrecord.context/1`), and gives the decision in its own (`onrecord.decision/1`).
    ///
    /// # Errors
    /// Everything that is wrong with the call. Nothing is decided then: an error is never a permission.
    ///
    /// ```
    /// # use onrecord::engine::Engine;
    /// let engine = Engine::builder().build()?;
    /// let errors = engine.decide_json(r#"{ "schema": "onrecord.context/1", "at": "2026-03-02T10:00:00" }"#).unwrap_err();
    /// assert_eq!(errors[0].path, "at");
    /// assert_eq!(errors[0].message, "`2026-03-02T10:00:00` has no offset from UTC: it is not yet an instant");
    /// # Ok::<(), onrecord::engine::Invalid>(())
    /// ```
    pub fn decide_json(&self, text: &str) -> Result<String, Vec<wire::Error>> {
        let (context, at) = self.context(text)?;
        Ok(wire::decision_json(&self.decide(&context, at), &context))
    }

    /// Reads a call from its JSON form, with the instant at which it asks to be judged.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn context(&self, text: &str) -> Result<(Context, Instant), Vec<wire::Error>> {
        wire::read_context(text, &self.set.tree, &self.limits)
    }

    /// `sha256:…` of the policy; every decision carries it.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.set.digest
    }

    /// The policy.
    #[must_use]
    pub fn policy(&self) -> &Arc<PolicySet> {
        &self.set
    }

    /// The names of the bundles that the policy declares.
    pub fn bundles(&self) -> impl Iterator<Item = &str> {
        self.set.tree.bundles.names()
    }

    /// The same policy for another of its bundles; `None` if it declares no such bundle.
    #[must_use]
    pub fn for_bundle(&self, name: &str) -> Option<Self> {
        let bundle = self.set.tree.bundles.id(name)?;
        let options = Options { bundle: Some(bundle), ..Options::clone(&self.options) };
        Some(Self { options: Arc::new(options), ..self.clone() })
    }

    /// Findings that do not keep the policy from running, in the order of files and places.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }
}

/// What an engine is made from.
#[derive(Clone, Debug, Default)]
pub struct Builder {
    files: Vec<(String, String)>,
    bundle: Option<String>,
    readings: Vec<String>,
    assume: Vec<String>,
    today: Option<NaiveDate>,
    limits: Limits,
}

impl Builder {
    /// Adds a file: its path, for findings and citations (it is never opened), and its text. The order of files means nothing.
    #[must_use]
    pub fn source(mut self, path: impl Into<String>, text: impl Into<String>) -> Self {
        self.files.push((path.into(), text.into()));
        self
    }

    /// Runs this bundle. Without one, every source runs and no reading is adopted.
    #[must_use]
    pub fn bundle(mut self, name: impl Into<String>) -> Self {
        self.bundle = Some(name.into());
        self
    }

    /// Adopts readings beside the bundle's.
    #[must_use]
    pub fn readings<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.readings.extend(names.into_iter().map(Into::into));
        self
    }

    /// Takes proposed rules as enacted: what if the bill passes?
    #[must_use]
    pub fn assume<N: Into<String>>(mut self, rules: impl IntoIterator<Item = N>) -> Self {
        self.assume.extend(rules.into_iter().map(Into::into));
        self
    }

    /// The day of today, for findings about reviews that are due. It decides nothing.
    #[must_use]
    pub fn today(mut self, today: NaiveDate) -> Self {
        self.today = Some(today);
        self
    }

    /// How large a call may be.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Reads, resolves, checks and compiles the policy.
    ///
    /// # Errors
    /// Every finding, if one of them is an error, and every name of a bundle, reading or rule that the policy does not declare.
    pub fn build(self) -> Result<Engine, Invalid> {
        let sources: Vec<Source> =
            (0..).zip(&self.files).map(|(id, (path, text))| Source::new(FileId(id), path, text)).collect();
        let parsed: Vec<_> = sources.iter().map(syntax::parse).collect();
        let checked = check(resolve(&parsed), self.today);
        let mut settings = Vec::new();
        let options = self.options(&checked.tree, &mut settings);
        if !settings.is_empty() || checked.diagnostics.iter().any(Diagnostic::is_error) {
            return Err(Invalid { sources, diagnostics: checked.diagnostics, settings });
        }
        Ok(Engine {
            set: compile(checked.tree, sources),
            options: Arc::new(options),
            limits: self.limits,
            warnings: checked.diagnostics.into(),
        })
    }

    fn options(&self, tree: &Tree, unknown: &mut Vec<String>) -> Options {
        let bundle = self.bundle.as_ref().and_then(|name| named(&tree.bundles, "a bundle", name, unknown));
        let readings =
            self.readings.iter().filter_map(|name| named(&tree.readings, "a reading", name, unknown)).collect();
        let assume = self.assume.iter().filter_map(|name| named(&tree.rules, "a rule", name, unknown)).collect();
        Options { bundle, readings, assume, ..Options::default() }
    }
}

fn named<I: Id, T>(table: &Table<I, T>, kind: &str, name: &str, unknown: &mut Vec<String>) -> Option<I> {
    let found = table.id(name);
    if found.is_none() {
        let meant = nearest(name, table.names()).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        unknown.push(format!("`{name}` is not {kind} that the policy declares{meant}"));
    }
    found
}

/// Why a policy cannot be run.
#[derive(Clone, Debug)]
pub struct Invalid {
    /// The files, for the places of the findings.
    pub sources: Vec<Source>,
    /// Every finding, warnings included, in the order of files and places.
    pub diagnostics: Vec<Diagnostic>,
    /// What the builder was told that the policy does not declare.
    pub settings: Vec<String>,
}

impl fmt::Display for Invalid {
    /// One error a line: `us/california.onr:31:5: ONR0201 …; help`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.diagnostics.iter().filter(|one| one.is_error()).map(|one| self.line(one));
        let lines: Vec<String> = self.settings.iter().cloned().chain(errors).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl Invalid {
    fn line(&self, one: &Diagnostic) -> String {
        let start = one.span.start as usize;
        let place = self.sources.get(one.span.file.0 as usize).map_or_else(String::new, |file| {
            let line = file.line_of(start);
            let before = file.text().get(file.line_start(line)..start).unwrap_or_default();
            format!("{}:{}:{}: ", file.path, line + 1, before.chars().count() + 1)
        });
        let help = one.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
        format!("{place}{} {}{help}", one.code.id, one.message)
    }
}

impl std::error::Error for Invalid {}
