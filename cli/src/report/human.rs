//! Findings as a person reads them: the place in the file, the author's words, what to write instead.

use std::borrow::Cow;
use std::fmt;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan,
    SpanContents,
};
use onrecord::diagnostic::Diagnostic;
use onrecord::source::{Source, Span};

use crate::screen;
use crate::trouble::Trouble;

/// The longest part of a line that is shown on either side of what is wrong.
const LINE_PART: usize = 160;

/// Every trouble and finding.
pub fn render(troubles: &[Trouble], diagnostics: &[Diagnostic], sources: &[Source]) -> String {
    let handler = handler();
    let texts: Vec<Cow<'_, str>> = sources.iter().map(|source| visible(source.text())).collect();
    let files: Vec<Shown<'_>> = sources.iter().zip(&texts).map(|(source, text)| Shown { source, text }).collect();
    let troubles = troubles.iter().map(|trouble| rendered(&handler, trouble));
    let findings = diagnostics.iter().map(|diagnostic| rendered(&handler, &Finding::new(diagnostic, &files)));
    troubles.chain(findings).collect()
}

/// One trouble.
pub fn trouble(trouble: &Trouble) -> String {
    rendered(&handler(), trouble)
}

fn handler() -> GraphicalReportHandler {
    let theme = if screen::has_colour() { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme).with_width(screen::width()).with_links(false)
}

fn rendered(handler: &GraphicalReportHandler, diagnostic: &dyn miette::Diagnostic) -> String {
    let mut text = String::new();
    match handler.render_report(&mut text, diagnostic) {
        Ok(()) => text + "\n",
        Err(_) => format!("{diagnostic}\n"),
    }
}

/// A text in which nothing is invisible: a control character is shown as a question mark.
fn visible(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| c.is_ascii_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(hidden) { Cow::Owned(text.replace(hidden, "?")) } else { Cow::Borrowed(text) }
}

/// A finding with the files that it speaks of.
#[derive(Debug)]
struct Finding<'a> {
    diagnostic: &'a Diagnostic,
    file: Option<Shown<'a>>,
    elsewhere: Vec<Elsewhere<'a>>,
}

impl<'a> Finding<'a> {
    fn new(diagnostic: &'a Diagnostic, files: &[Shown<'a>]) -> Self {
        let file = |span: Span| files.get(span.file.0 as usize).or(files.first()).copied();
        let others = diagnostic.related.iter().filter(|(span, _)| span.file != diagnostic.span.file);
        let elsewhere = others.map(|(span, label)| Elsewhere { file: file(*span), span: *span, label });
        Self { diagnostic, file: file(diagnostic.span), elsewhere: elsewhere.collect() }
    }
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.diagnostic.message)
    }
}

impl std::error::Error for Finding<'_> {}

impl miette::Diagnostic for Finding<'_> {
    fn code<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        miette::Diagnostic::code(self.diagnostic)
    }

    fn severity(&self) -> Option<miette::Severity> {
        miette::Diagnostic::severity(self.diagnostic)
    }

    fn help<'b>(&'b self) -> Option<Box<dyn fmt::Display + 'b>> {
        miette::Diagnostic::help(self.diagnostic)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.file.as_ref().map(|file| file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = Some(self.diagnostic.label.clone()).filter(|label| !label.is_empty());
        let main = LabeledSpan::new_primary_with_span(label, shown(self.file, self.diagnostic.span));
        let here = self.diagnostic.related.iter().filter(|(span, _)| span.file == self.diagnostic.span.file);
        let near = here.map(|(span, label)| LabeledSpan::new_with_span(Some(label.clone()), shown(self.file, *span)));
        Some(Box::new(std::iter::once(main).chain(near)))
    }

    fn related<'b>(&'b self) -> Option<Box<dyn Iterator<Item = &'b dyn miette::Diagnostic> + 'b>> {
        if self.elsewhere.is_empty() {
            return None;
        }
        Some(Box::new(self.elsewhere.iter().map(|one| one as &dyn miette::Diagnostic)))
    }
}

/// Another place that matters, in another file.
#[derive(Debug)]
struct Elsewhere<'a> {
    file: Option<Shown<'a>>,
    span: Span,
    label: &'a str,
}

impl fmt::Display for Elsewhere<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label)
    }
}

impl std::error::Error for Elsewhere<'_> {}

impl miette::Diagnostic for Elsewhere<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(miette::Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.file.as_ref().map(|file| file as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, shown(self.file, self.span)))))
    }
}

/// A file as it is shown. Very long lines are cut on both sides of what is shown.
#[derive(Clone, Copy, Debug)]
struct Shown<'a> {
    source: &'a Source,
    text: &'a str,
}

/// A span as it is shown: what goes over several lines is marked on the first, and nothing is longer than a line can be.
fn shown(file: Option<Shown<'_>>, span: Span) -> SourceSpan {
    let range = span.range();
    let marked = file.and_then(|file| file.text.get(range.clone())).unwrap_or_default();
    let line = marked.lines().next().unwrap_or_default();
    let cut = line.char_indices().nth(LINE_PART).map_or(line.len(), |(at, _)| at);
    (range.start, cut).into()
}

impl SourceCode for Shown<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let source = self.source;
        let (begins, ends) = (span.offset(), span.offset() + span.len());
        let (first, last) = (source.line_of(begins), source.line_of(ends));
        let start = match before {
            // The place itself, for the heading.
            0 => begins,
            _ => self.cut(source.line_start(first.saturating_sub(before)), source.line_start(first), begins),
        };
        let end = self.cut(source.line_start(last + after + 1), source.line_start(last + 1), ends);
        let line = source.line_of(start);
        let column = self.text.get(source.line_start(line)..start).map_or(0, |before| before.chars().count());
        let data = self.text.as_bytes().get(start..end).ok_or(MietteError::OutOfBounds)?;
        let span = (start, end - start).into();
        let name = source.path.to_string();
        Ok(Box::new(MietteSpanContents::new_named(name, data, span, line, column, last - first + 1)))
    }
}

impl Shown<'_> {
    /// Where the excerpt around `place` begins or ends: at `far` if that is near enough, else at its own line's edge, else in
    /// the line.
    fn cut(&self, far: usize, line: usize, place: usize) -> usize {
        let room = |edge: usize, most: usize| edge.abs_diff(place) <= most;
        let mut at = match (room(line, LINE_PART), room(far, 4 * LINE_PART)) {
            (true, true) => far,
            (true, false) => line,
            (false, _) if line < place => place - LINE_PART / 2,
            (false, _) => place + LINE_PART / 2,
        };
        while !self.text.is_char_boundary(at.min(self.text.len())) {
            at += 1;
        }
        at.min(self.text.len())
    }
}
