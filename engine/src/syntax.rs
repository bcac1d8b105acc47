//! Reading a file: `parse` is total. The lexer covers every byte, the splitter finds the declarations, pest reads each by itself,
//! and a broken line never hides its neighbours.

pub mod ast;
mod codes;
mod error;
pub mod lex;
mod lower;
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
    let mended = mend::mend(source, &tokens, &mut parsed.diagnostics);
    for part in split::split(text, &tokens) {
        let item = declaration(source, &mended, &tokens, &part, &mut parsed.diagnostics);
        parsed.file.items.extend(item);
    }
    diagnostic::sort(&mut parsed.diagnostics);
    parsed
}

/// One part of a file.
fn declaration(
    source: &Source,
    mended: &str,
    tokens: &[Token],
    part: &Part,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Item> {
    let inside = tokens.get(part.tokens.clone()).unwrap_or_default();
    let (first, last) = (inside.first()?, inside.last()?);
    let whole = Span::new(source.id, first.start, last.end);
    let broken = || Some(Item { span: whole, value: ItemKind::Broken(guessed_name(source, inside)) });
    if !part.declares {
        diagnostics.push(error::not_a_declaration(source, inside, whole));
        return broken();
    }
    if part.depth > MAX_NESTING {
        diagnostics.push(error::too_deep(source, inside, whole));
        return broken();
    }
    let mut end = last.end;
    if let Some(stray) = part.stray.and_then(|stray| tokens.get(stray)) {
        diagnostics.push(error::stray_brace(source, stray));
        end = stray.start;
    }
    let mut text = mended.get(first.start..end).unwrap_or_default().to_owned();
    if part.unclosed > 0 {
        diagnostics.push(error::unclosed(source, inside, whole));
        text.push('\n');
        text.push_str(&"}".repeat(part.unclosed));
    }
    let item = match Grammar::parse(Rule::declaration, &text) {
        Ok(mut pairs) => {
            let lower = Lower { file: source.id, base: first.start };
            pairs.next().and_then(|pair| pair.into_inner().next()).and_then(|item| lower.item(&item))
        }
        Err(found) => {
            diagnostics.push(error::head(source, mended, first.start, &found));
            return broken();
        }
    };
    let Some(mut item) = item else {
        diagnostics.push(error::not_lowered(source, inside, whole));
        return broken();
    };
    item.span.end = item.span.end.min(whole.end);
    error::broken_lines(source, mended, &item, diagnostics);
    Some(item)
}

/// The name that a broken declaration probably has: the word after its keyword.
fn guessed_name(source: &Source, tokens: &[Token]) -> Option<Name> {
    let token =
        tokens.iter().filter(|token| !token.is_trivia()).nth(1).filter(|token| token.kind == TokenKind::Word)?;
    let text = token.text(source.text()).to_owned();
    Some(Name { text, span: Span::new(source.id, token.start, token.end) })
}
