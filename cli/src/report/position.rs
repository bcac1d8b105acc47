//! Where a span stands: the file, and lines and columns from 1, columns in characters.

use onrecord::source::{Source, Span};
use serde::Serialize;

/// A line and a column, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Where a span begins and ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, as it was named.
    pub file: String,
    /// The first character.
    pub start: Position,
    /// The character after the last.
    pub end: Position,
}

/// The place of a span.
pub fn place(sources: &[Source], span: Span) -> Place {
    let Some(source) = sources.get(span.file.0 as usize) else {
        let start = Position { line: 1, column: 1 };
        return Place { file: String::new(), start, end: start };
    };
    let range = span.range();
    Place { file: source.path.to_string(), start: position(source, range.start), end: position(source, range.end) }
}

/// `file:line`, as citations show it.
pub fn file_and_line(sources: &[Source], span: Span) -> String {
    let place = place(sources, span);
    format!("{}:{}", place.file, place.start.line)
}

fn position(source: &Source, offset: usize) -> Position {
    let line = source.line_of(offset);
    let start = source.line_start(line);
    let before = source.text().get(start..offset.max(start)).unwrap_or_default();
    Position { line: line + 1, column: before.chars().count() + 1 }
}
