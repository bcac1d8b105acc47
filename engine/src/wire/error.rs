//! What is wrong with a call's JSON: where, what, what to write instead. All of it is reported together.

use std::fmt::{self, Write as _};
use std::ops::Range;

/// One thing that is wrong with a context. The text is stable: a service may match on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where: `parties[0].told[1].from`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The bytes of the text that the path leads to.
    pub span: Range<usize>,
    /// The line of the span's start, counted from 1.
    pub line: usize,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        self.help.iter().try_for_each(|help| write!(f, "; {help}"))
    }
}

impl std::error::Error for Error {}

/// A step into JSON.
#[derive(Clone, Copy, Debug)]
pub enum Step<'p> {
    /// Into a field of an object.
    Field(&'p str),
    /// Into an element of a list.
    Index(usize),
}

/// A path into JSON, from the inside out; written out only for an error.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    /// The step before; `None` for the whole.
    parent: Option<(&'p Path<'p>, Step<'p>)>,
}

impl<'p> Path<'p> {
    /// The whole.
    pub const ROOT: Path<'static> = Path { parent: None };

    /// One step further, into a field.
    pub fn field(&'p self, name: &'p str) -> Self {
        Path { parent: Some((self, Step::Field(name))) }
    }

    /// One step further, into an element.
    pub fn index(&'p self, index: usize) -> Self {
        Path { parent: Some((self, Step::Index(index))) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some((parent, step)) = self.parent else { return Ok(()) };
        write!(f, "{parent}")?;
        match step {
            Step::Index(index) => write!(f, "[{index}]"),
            Step::Field(name) if !is_plain(name) => write!(f, "[{name:?}]"),
            Step::Field(name) if parent.parent.is_none() => f.write_str(name),
            Step::Field(name) => write!(f, ".{name}"),
        }
    }
}

/// Whether a key needs no quotation marks in a path.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The errors found so far.
#[derive(Debug, Default)]
pub struct Errors {
    found: Vec<Error>,
}

impl Errors {
    /// Takes note of an error, unless something is already wrong with the same thing or what it stands in.
    pub fn push(&mut self, at: &Path<'_>, message: impl Into<String>, help: Option<String>) {
        let mut path = String::new();
        let _ = write!(path, "{at}");
        if !self.found.iter().any(|known| holds(&known.path, &path)) {
            self.found.push(Error { path, message: message.into(), help, span: 0..0, line: 0 });
        }
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The errors, in the order of the text, each at its place in it.
    pub fn in_order(mut self, text: &str) -> Vec<Error> {
        for error in &mut self.found {
            error.span = super::locate::locate(text, &error.path);
            error.line = 1 + text.bytes().take(error.span.start).filter(|byte| *byte == b'\n').count();
        }
        self.found.sort_by_key(|error| error.span.start);
        self.found
    }
}

/// Whether what is at `inner` is at `outer` or inside it. The whole holds nothing but itself, so that one missing field hides no other.
fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || (!outer.is_empty() && rest.starts_with(['.', '['])))
}
