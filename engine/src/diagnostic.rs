//! What the stages say about a policy: a stable code, a place, the author's words, and what to write instead.

use std::fmt;

use miette::LabeledSpan;

use crate::source::Span;

/// How much a finding weighs. An error makes a bundle invalid; a warning does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The bundle cannot be run.
    Error,
    /// The bundle can be run; somebody should look.
    Warning,
}

/// A kind of finding: a row of data beside the check that raises it. It feeds the documentation and the snapshot tests.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stable, never reused: `ONR0201`. 01xx reading a file, 02xx names, 03xx vocabulary and sources, 04xx rules and
    /// exceptions, 05xx conditions and requirements, 06xx dates and periods, 07xx notices and bundles, 08xx scenarios.
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// The finding in a few words: “unknown name”.
    pub title: &'static str,
    /// Why it is a finding, for the author: one to three sentences.
    pub why: &'static str,
    /// A whole small file that raises it.
    pub wrong: &'static str,
    /// The same file put right.
    pub right: &'static str,
}

/// Declares a code beside the check that raises it; an error unless it says `warning`.
macro_rules! code {
    ($name:ident, $id:literal, $title:literal, $why:literal, $wrong:expr, $right:expr) => {
        code!($name, $id, Error, $title, $why, $wrong, $right);
    };
    ($name:ident, $id:literal, $severity:ident, $title:literal, $why:literal, $wrong:expr, $right:expr) => {
        pub(crate) static $name: $crate::diagnostic::Code = $crate::diagnostic::Code {
            id: $id,
            severity: $crate::diagnostic::Severity::$severity,
            title: $title,
            why: $why,
            wrong: $wrong,
            right: $right,
        };
    };
}
pub(crate) use code;

/// Every code of every stage, in the order of their numbers.
#[must_use]
pub fn all_codes() -> Vec<&'static Code> {
    let before = [crate::syntax::CODES, crate::resolve::CODES].into_iter().flatten().copied();
    let mut codes: Vec<&Code> = before.chain(crate::check::codes()).collect();
    codes.sort_by_key(|code| code.id);
    codes
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// What is wrong, in the author's words: no parser rule, no Rust type.
    pub message: String,
    /// Where, and what to say there.
    pub span: Span,
    /// A few words at the place.
    pub label: String,
    /// Other places that matter (the earlier declaration, the conflicting clause).
    pub related: Vec<(Span, String)>,
    /// What to write instead.
    pub help: Option<String>,
    /// Edits that put it right, when there is one obvious way.
    pub fix: Option<Fix>,
}

/// Edits that put a finding right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What the edit does: “write `US-CA`”.
    pub title: String,
    /// Replace each span by the text. Spans do not overlap.
    pub edits: Vec<(Span, String)>,
}

impl Diagnostic {
    /// A finding at a place.
    #[must_use]
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), span, label: String::new(), related: Vec::new(), help: None, fix: None }
    }

    /// With a few words at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With another place that matters.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// With what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With an edit that puts it right.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<(Span, String)>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits });
        self
    }

    /// Whether it makes the bundle invalid.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity == Severity::Error
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// Without the text of the file, which the caller attaches: `miette::Report::new(finding).with_source_code(…)`. The labels are those
/// in the finding's own file.
impl miette::Diagnostic for Diagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(format!("{} {}", self.code.id, self.code.title)))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.code.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = Some(self.label.clone()).filter(|label| !label.is_empty());
        let main = LabeledSpan::new_primary_with_span(label, self.span.range());
        let near = self.related.iter().filter(|(span, _)| span.file == self.span.file);
        let near = near.map(|(span, label)| LabeledSpan::new_with_span(Some(label.clone()), span.range()));
        Some(Box::new(std::iter::once(main).chain(near)))
    }
}

/// In the order of files and places, each finding once: no result depends on the order of the checks.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (a.span, a.code.id, &a.message).cmp(&(b.span, b.code.id, &b.message)));
    diagnostics.dedup();
}
