//! Code actions: what can be put right or written differently at a place. Every action says its edits; the costly ones say them when
//! they are chosen.

mod add;
mod exception;
mod extract;
mod fix;
mod skeleton;

use std::ops::Range;
use std::sync::Arc;

use onrecord::source::Span;
use onrecord::syntax::ast::{Item, ItemKind, Rule, RuleLine};

use crate::document::Document;
use crate::feature::findings::Finding;
use crate::snapshot::{Place, View};

/// The kinds of action, as the protocol names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Puts a finding right.
    QuickFix,
    /// Takes a part out and gives it a name.
    Extract,
    /// Writes the same differently.
    Rewrite,
    /// Adds something new.
    Add,
    /// Repairs the whole file.
    FixAll,
}

/// An action.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it does.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// What it replaces, and by what.
    pub edits: Vec<(Place, String)>,
    /// Whether it is the one obvious thing to do.
    pub is_preferred: bool,
    /// The finding that it puts right.
    pub of: Option<Finding>,
}

impl Action {
    fn new(title: impl Into<String>, kind: Kind, edits: Vec<(Place, String)>) -> Self {
        Self { title: title.into(), kind, edits, is_preferred: false, of: None }
    }
}

/// The actions for a range.
#[must_use]
pub fn actions(view: View<'_>, range: &Range<usize>) -> Vec<Action> {
    let mut found = fix::of_findings(view, range);
    found.extend(fix::pasted(view));
    if let Some(at) = At::new(view, range) {
        found.extend(add::citation(view, &at));
        found.extend(add::review(view, &at));
        found.extend(extract::definition(view, &at));
        found.extend(exception::from_unless(&at));
        found.extend(exception::to_unless(view, &at));
        found.extend(skeleton::scenarios(view, &at));
    }
    found
}

/// The declaration around a range, and the range in its piece.
struct At<'v> {
    document: &'v Arc<Document>,
    base: usize,
    range: Range<usize>,
    item: &'v Item,
    text: &'v str,
}

impl<'v> At<'v> {
    fn new(view: View<'v>, range: &Range<usize>) -> Option<Self> {
        let (base, piece) = view.document.piece_of(range.start)?;
        let inner = range.start - base..range.end.checked_sub(base)?;
        let item = piece.parsed.file.items.iter().find(|item| touches(item.span, &inner))?;
        Some(Self { document: view.document, base, range: inner, item, text: piece.text() })
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place { document: Arc::clone(self.document), range: self.base + range.start..self.base + range.end }
    }

    fn written(&self, span: Span) -> &'v str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The white space before the line at a byte of the piece.
    fn indent(&self, offset: usize) -> &'v str {
        let line = self.text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
        let rest = self.text.get(line..).unwrap_or_default();
        rest.get(..rest.len() - rest.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
    }

    /// A new first line of a body that begins with a brace at a byte.
    fn first_line(&self, brace: usize, line: &str) -> (Place, String) {
        let indent = self.indent(brace);
        (self.place(brace + 1..brace + 1), format!("\n{indent}  {line}"))
    }

    fn rule(&self) -> Option<&'v Rule> {
        match &self.item.value {
            ItemKind::Rule(rule) => Some(rule),
            _ => None,
        }
    }

    fn lines(&self) -> impl Iterator<Item = (Span, &'v RuleLine)> {
        self.rule().into_iter().flat_map(|rule| rule.body.lines.iter().map(|line| (line.span, &line.value)))
    }
}

fn touches(span: Span, range: &Range<usize>) -> bool {
    span.range().start <= range.end && range.start <= span.range().end
}
