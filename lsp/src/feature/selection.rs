//! What somebody may want to select around a place: the word, the line of the declaration, the group, the body, the declaration,
//! the file. From the tokens alone.

use std::ops::Range;

use onrecord::syntax::lex::{self, TokenKind};

use crate::document::Document;
use crate::position::without_end;

/// The most ranges that are offered: more nobody steps through.
const MOST: usize = 128;

/// Ranges around a byte, the smallest first, each in the next.
#[must_use]
pub fn around(document: &Document, offset: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let Some((base, piece)) = document.piece_of(offset) else { return ranges };
    let text = piece.text();
    let at = offset - base;
    let tokens = lex::lex(text);
    let touching = tokens.iter().filter(|token| !token.is_trivia() && token.start <= at && at <= token.end);
    if let Some(token) = touching.min_by_key(|token| (token.end == at, token.end - token.start)) {
        if token.kind == TokenKind::Text {
            ranges.push(base + token.start + 1..base + token.end - 1);
        }
        ranges.push(base + token.start..base + token.end);
    }
    let line = document.line_of(offset);
    let (start, written) = (document.line_start(line), document.line(line));
    let written = without_end(&written);
    let indent = written.len() - written.trim_start().len();
    ranges.push(start + indent..start + written.trim_end().len().max(indent));
    let mut open: Vec<usize> = Vec::new();
    for token in &tokens {
        match token.kind {
            TokenKind::Open => open.push(token.start),
            TokenKind::Close => {
                if let Some(start) = open.pop().filter(|start| *start <= at && at <= token.end) {
                    ranges.push(base + start + 1..base + token.start);
                    ranges.push(base + start..base + token.end);
                }
            }
            _ => {}
        }
    }
    let said = |token: &&lex::Token| !token.is_trivia();
    if let (Some(first), Some(last)) = (tokens.iter().find(said), tokens.iter().rfind(said)) {
        ranges.push(base + first.start..base + last.end);
    }
    ranges.push(0..document.len());
    nested(ranges)
}

/// Those that each hold the one before, in order of size.
fn nested(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.end.saturating_sub(range.start));
    let mut chain: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        if chain.len() == MOST {
            break;
        }
        let holds =
            chain.last().is_none_or(|last| range.start <= last.start && last.end <= range.end && range != *last);
        if holds {
            chain.push(range);
        }
    }
    chain
}
