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
        if token.is_trivia() || token.kind == TokenKind::Control {
            continue;
        }
        let place = Place { text, tokens, at, depth };
        if parts.last().is_none_or(|part| place.starts_after(part)) {
            close(parts.last_mut(), depth);
            depth = 0;
            parts.push(Part { tokens: at..at, declares: place.is_keyword(), unclosed: 0, stray: None, depth: 0 });
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

/// A token in its surroundings.
#[derive(Clone, Copy)]
struct Place<'t> {
    text: &'t str,
    tokens: &'t [Token],
    at: usize,
    depth: usize,
}

impl<'t> Place<'t> {
    /// Whether a new part starts here. The words that declare are not reserved, so the shape of what follows counts too; at depth 0
    /// the beginning of a line is enough, so that a declaration that is still being typed is none of the one before it.
    fn starts_after(self, part: &Part) -> bool {
        let ended = self.depth == 0 && self.is_whole(part) && self.word().is_some_and(|word| word != "}");
        match (self.is_keyword(), self.depth) {
            (true, 0) => ended || (self.at_margin() && !self.continues(part)) || self.is_head(),
            (true, _) => self.at_margin() && self.is_head(),
            (false, 0) => ended && (part.declares || self.at_margin()),
            (false, _) => false,
        }
    }

    /// Whether this is the `bundle` of a scenario's head: `scenario "…" of bundle acme {`.
    fn continues(self, part: &Part) -> bool {
        let last = part.tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        self.word() == Some("bundle") && last.is_some_and(|last| last.text(self.text) == "of")
    }

    fn word(self) -> Option<&'t str> {
        self.tokens.get(self.at).map(|token| token.text(self.text))
    }

    fn is_keyword(self) -> bool {
        self.word().is_some_and(|word| DECLARATIONS.contains(&word))
    }

    /// Whether the token begins a line, without indentation.
    fn at_margin(self) -> bool {
        let start = self.tokens.get(self.at).map_or(0, |token| token.start);
        self.text.get(..start).is_some_and(|before| before.is_empty() || before.ends_with(['\n', '\u{FEFF}']))
    }

    /// The tokens after this one that say something.
    fn following(self) -> impl Iterator<Item = (TokenKind, &'t str)> {
        let rest = self.tokens.get(self.at + 1..).unwrap_or_default();
        rest.iter().filter(|token| !token.is_trivia()).map(move |token| (token.kind, token.text(self.text)))
    }

    /// Whether a keyword is followed by what follows it in a declaration.
    fn is_head(self) -> bool {
        let word = self.word().unwrap_or_default();
        let mut following = self.following();
        let first = following.next();
        if word == "scenario" {
            return first.is_some_and(|(kind, _)| kind == TokenKind::Text);
        }
        if !first.is_some_and(|(kind, name)| {
            kind == TokenKind::Word && name.starts_with(|one: char| one.is_ascii_alphabetic())
        }) {
            return false;
        }
        let mut following =
            following.skip_while(|(kind, _)| matches!(word, "rule" | "except") && *kind == TokenKind::Text);
        match (word, following.next()) {
            ("covers", Some((_, next))) => matches!(next, "for" | "and"),
            ("define", Some((_, next))) => next == "as",
            ("rule", Some((_, next))) => next == "under",
            // Inside a body only the exception of several rules is one of its own.
            ("except", Some((_, next))) => next == "to" || (next == "{" && self.depth == 0),
            ("region", Some((kind, _))) => matches!(kind, TokenKind::Text | TokenKind::Open),
            (_, Some((kind, _))) => kind == TokenKind::Text,
            (_, None) => false,
        }
    }

    /// Whether a part ends with the brace that closes its body. A definition has no body: its braces are those of a condition.
    fn is_whole(self, part: &Part) -> bool {
        let kind = |at: Option<&Token>| at.map(|token| (token.kind, token.text(self.text)));
        let first = kind(self.tokens.get(part.tokens.start));
        let last = kind(part.tokens.end.checked_sub(1).and_then(|last| self.tokens.get(last)));
        let defines = first.is_some_and(|(_, word)| word == "define");
        last.is_some_and(|(kind, _)| kind == TokenKind::Close) && part.stray.is_none() && part.depth > 0 && !defines
    }
}
