//! Splits a file into declarations: a keyword that declares something, at depth 0 or at the beginning of a line, starts one.
//! A declaration is the unit of parsing: what is broken in one never reaches the next.

use super::lex::{Token, TokenKind};

/// The words that start a declaration.
pub const DECLARATIONS: &[&str] = &[
    "act",
    "purpose",
    "category",
    "role",
    "fact",
    "judgment",
    "element",
    "safeguard",
    "means",
    "manner",
    "artefact",
    "event",
    "phase",
    "recipient",
    "region",
    "source",
    "covers",
    "question",
    "define",
    "rule",
    "except",
    "notice",
    "form",
    "bundle",
    "scenario",
];

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its tokens, as indexes: from, to before.
    pub tokens: std::ops::Range<usize>,
    /// Whether it begins with a word that declares something.
    pub declares: bool,
    /// Braces left open at its end.
    pub unclosed: usize,
    /// The token of a closing brace that closes nothing.
    pub stray: Option<usize>,
    /// The deepest nesting in it.
    pub depth: usize,
}

/// The parts of a file that say something, in order. White space and comments between them belong to none.
#[must_use]
pub fn split(text: &str, tokens: &[Token]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate() {
        if token.is_trivia() {
            continue;
        }
        let declares = token.kind == TokenKind::Word && DECLARATIONS.contains(&token.text(text));
        let at_margin =
            token.start == 0 || text.get(..token.start).is_some_and(|before| before.ends_with(['\n', '\u{FEFF}']));
        let ended = depth == 0 && parts.last().is_some_and(|part| is_whole(tokens, part));
        if parts.is_empty() || (declares && (depth == 0 || at_margin)) || (ended && token.kind != TokenKind::Close) {
            close(parts.last_mut(), depth);
            depth = 0;
            parts.push(Part { tokens: at..at, declares, unclosed: 0, stray: None, depth: 0 });
        }
        let Some(part) = parts.last_mut() else { continue };
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close if depth == 0 => part.stray = part.stray.or(Some(at)),
            TokenKind::Close => depth -= 1,
            _ => {}
        }
        part.depth = part.depth.max(depth);
        part.tokens.end = at + 1;
    }
    close(parts.last_mut(), depth);
    parts
}

fn close(part: Option<&mut Part>, depth: usize) {
    if let Some(part) = part {
        part.unclosed = depth;
    }
}

/// Whether a part ends with the brace that closes its body.
fn is_whole(tokens: &[Token], part: &Part) -> bool {
    let last = part.tokens.end.checked_sub(1).and_then(|last| tokens.get(last));
    last.is_some_and(|last| last.kind == TokenKind::Close) && part.stray.is_none() && part.depth > 0
}
