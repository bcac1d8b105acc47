//! Reading a file: `parse` is total. The lexer covers every byte, the splitter finds the declarations, pest reads each by itself,
//! and a broken line never hides its neighbours.

pub mod ast;
mod codes;
mod error;
pub mod lex;
mod lower;
pub mod meaning;
mod mend;
pub mod split;

use onrecord_grammar::pest::Parser;
use onrecord_grammar::{Grammar, Rule};

use crate::diagnostic::{self, Diagnostic};
use crate::source::{Source, Span};
use ast::{File, Item, ItemKind, Name};
use lex::{Token, TokenKind};
use lower::Lower;
use split::Part;

pub use codes::CODES;

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;
/// How deep braces may nest.
pub const MAX_NESTING: usize = 64;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The file.
    pub source: Source,
    /// What it declares.
    pub file: File,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a file. Never fails: what cannot be read is reported, and everything else is read.
#[must_use]
pub fn parse(source: &Source) -> Parsed {
    let mut parsed = Parsed { source: source.clone(), file: File::default(), diagnostics: Vec::new() };
    let text = source.text();
    if text.len() > MAX_FILE_BYTES {
        parsed.diagnostics.push(codes::too_large(source));
        return parsed;
    }
    let tokens = lex::lex(text);
    let parts = split::split(text, &tokens);
    let mended = mend::mend(source, &tokens, &parts, &mut parsed.diagnostics);
    let mut reader = Reader { source, mended: &mended, tokens: &tokens, parsed: &mut parsed };
    for part in &parts {
        reader.part(part);
    }
    diagnostic::sort(&mut parsed.diagnostics);
    parsed.file.items.shrink_to_fit();
    parsed
}

/// Reads the parts of a file one after the other.
struct Reader<'s> {
    source: &'s Source,
    mended: &'s str,
    tokens: &'s [Token],
    parsed: &'s mut Parsed,
}

impl Reader<'_> {
    fn part(&mut self, part: &Part) {
        let inside = self.tokens.get(part.tokens.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { return };
        let whole = Span::new(self.source.id, first.start, last.end);
        if !part.declares {
            return self.broken(inside, whole, error::not_a_declaration(self.source, inside, whole));
        }
        if part.depth > MAX_NESTING {
            return self.broken(inside, whole, error::too_deep(self.source, inside, whole));
        }
        let mut end = last.end;
        if let Some(stray) = part.stray.and_then(|stray| self.tokens.get(stray)) {
            self.parsed.diagnostics.push(error::stray_brace(self.source, stray));
            end = stray.start;
        }
        if part.unclosed > 0 {
            self.parsed.diagnostics.push(error::unclosed(self.source, inside, whole));
        }
        match self.item(Span::new(self.source.id, first.start, end), part.unclosed) {
            Ok(Some(item)) => self.parsed.file.items.push(item),
            Ok(None) => self.broken(inside, whole, error::not_lowered(self.source, inside, whole)),
            Err(found) => self.cut(part, inside, whole, &found),
        }
    }

    /// One declaration; the closing braces that it lacks are added for the parser.
    fn item(&mut self, whole: Span, unclosed: usize) -> Result<Option<Item>, Box<error::Failed>> {
        let written = self.mended.get(whole.range()).unwrap_or_default();
        let text = format!("{written}\n{}", "}".repeat(unclosed));
        let mut pairs = Grammar::parse(Rule::declaration, &text).map_err(Box::new)?;
        let lower = Lower { file: whole.file, base: whole.range().start, end: whole.range().end, tokens: self.tokens };
        let item = pairs.next().and_then(|pair| pair.into_inner().next()).and_then(|item| lower.item(&item));
        if let Some(item) = &item {
            error::broken_lines(self.source, self.mended, item, &mut self.parsed.diagnostics);
        }
        Ok(item)
    }

    /// A declaration that could not be read. A definition and a coverage claim have no brace at their end: if one can be read up to a
    /// line that may be none of it, it ends there.
    fn cut(&mut self, part: &Part, inside: &[Token], whole: Span, found: &error::Failed) {
        let failed = whole.range().start + error::failed_at(found);
        let keyword = inside.first().map(|first| first.text(self.mended)).unwrap_or_default();
        let line = inside
            .iter()
            .rposition(|token| token.start <= failed && !token.is_trivia() && self.may_end_before(keyword, token));
        if let Some(line) = line.filter(|line| *line > 0 && part.stray.is_none()) {
            let end = inside.get(..line).and_then(|kept| kept.iter().rfind(|token| !token.is_trivia()));
            let kept = Span::new(whole.file, whole.range().start, end.map_or(0, |end| end.end));
            if let Ok(Some(item)) = self.item(kept, 0) {
                self.parsed.file.items.push(item);
                let rest = part.tokens.start + line..part.tokens.end;
                return self.part(&Part { tokens: rest, declares: false, ..part.clone() });
            }
        }
        let found = error::head(self.source, self.mended, whole, found);
        self.broken(inside, whole, found);
    }

    /// Whether a declaration without a body may end before a token: before any line after a claim, before one at the margin or after a
    /// blank line in a definition, whose own lines are indented.
    fn may_end_before(&self, keyword: &str, token: &Token) -> bool {
        let before = self.mended.get(..token.start).unwrap_or_default().trim_end_matches([' ', '\t']);
        let begins_line = before.ends_with('\n');
        let blank = || {
            before.strip_suffix('\n').is_some_and(|before| before.trim_end_matches([' ', '\t', '\r']).ends_with('\n'))
        };
        match keyword {
            "covers" => begins_line,
            "define" => begins_line && (before.len() == token.start || blank()),
            _ => false,
        }
    }

    fn broken(&mut self, inside: &[Token], whole: Span, found: Diagnostic) {
        self.parsed.diagnostics.push(found);
        let value = ItemKind::Broken(guessed_name(self.source, inside));
        self.parsed.file.items.push(Item { span: whole, value });
    }
}

/// The name that a broken declaration probably has: the word after its keyword.
fn guessed_name(source: &Source, tokens: &[Token]) -> Option<Name> {
    let token =
        tokens.iter().filter(|token| !token.is_trivia()).nth(1).filter(|token| token.kind == TokenKind::Word)?;
    let text = token.text(source.text()).to_owned();
    Some(Name { text, span: Span::new(source.id, token.start, token.end) })
}
