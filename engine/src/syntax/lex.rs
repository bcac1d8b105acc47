//! A small, total, lossless lexer: every byte stands in exactly one token, whatever the text. It serves the splitter, the formatter
//! and the language server; what the tokens mean is the grammar's business.

/// A kind of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// White space, a byte-order mark included.
    Space,
    /// From `#` to before the line's end.
    Comment,
    /// Letters, digits, hyphens, and in numbers and times colons, points and signs: a name, a keyword, a number, a date, an instant.
    Word,
    /// `"…"`, closed.
    Text,
    /// `"…` up to the line's end.
    OpenText,
    /// `“…”`, pasted from a word processor.
    CurlyText,
    /// `{`
    Open,
    /// `}`
    Close,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// A no-break space or another white space that a keyboard does not write.
    OddSpace,
    /// A control character, NUL included.
    Control,
    /// Any other character.
    Other,
}

/// A token: its kind and where it ends; it begins where the one before it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

impl Token {
    /// Its text.
    #[must_use]
    pub fn text<'t>(&self, source: &'t str) -> &'t str {
        source.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it separates without saying anything: white space or a comment.
    #[must_use]
    pub fn is_trivia(&self) -> bool {
        matches!(self.kind, TokenKind::Space | TokenKind::Comment | TokenKind::OddSpace)
    }
}

/// All tokens of a text, in order, without gaps.
#[must_use]
pub fn lex(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = next(rest);
        tokens.push(Token { kind, start, end: start + length });
        start += length;
    }
    tokens
}

/// The first token of a text that says something.
#[must_use]
pub fn first(text: &str) -> Option<Token> {
    let mut start = 0;
    while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
        let (kind, length) = next(rest);
        let token = Token { kind, start, end: start + length };
        if !token.is_trivia() {
            return Some(token);
        }
        start += length;
    }
    None
}

/// The kind and length (never 0) of the token at the beginning of a text that is not empty.
fn next(rest: &str) -> (TokenKind, usize) {
    let Some(first) = rest.chars().next() else { return (TokenKind::Other, 1) };
    let run = |kind, fits: &dyn Fn(char) -> bool| (kind, rest.find(|one| !fits(one)).unwrap_or(rest.len()));
    match first {
        ' ' | '\t' | '\n' | '\r' | '\u{FEFF}' => {
            run(TokenKind::Space, &|one| matches!(one, ' ' | '\t' | '\n' | '\r' | '\u{FEFF}'))
        }
        '#' => (TokenKind::Comment, line_length(rest)),
        '"' => text(rest),
        '“' | '”' | '„' => curly(rest),
        '{' => (TokenKind::Open, 1),
        '}' => (TokenKind::Close, 1),
        ',' => (TokenKind::Comma, 1),
        ':' => (TokenKind::Colon, 1),
        one if one.is_ascii_digit() => number(rest),
        one if one.is_ascii_alphabetic() => {
            run(TokenKind::Word, &|one| one.is_ascii_alphanumeric() || one == '-' || one == '_')
        }
        one if one.is_whitespace() || matches!(one, '\u{200B}'..='\u{200D}' | '\u{2060}') => {
            (TokenKind::OddSpace, one.len_utf8())
        }
        one if one.is_control() => {
            run(TokenKind::Control, &|one| one.is_control() && !matches!(one, '\t' | '\n' | '\r'))
        }
        one => (TokenKind::Other, one.len_utf8()),
    }
}

fn line_length(rest: &str) -> usize {
    let line = rest.find('\n').unwrap_or(rest.len());
    rest.get(..line).map_or(line, |line| line.trim_end_matches('\r').len())
}

fn text(rest: &str) -> (TokenKind, usize) {
    let mut escaped = false;
    for (at, byte) in rest.bytes().enumerate().skip(1) {
        match byte {
            b'\n' => break,
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return (TokenKind::Text, at + 1),
            _ => {}
        }
    }
    (TokenKind::OpenText, line_length(rest))
}

fn curly(rest: &str) -> (TokenKind, usize) {
    let line = rest.get(..line_length(rest)).unwrap_or(rest);
    let first = line.chars().next().map_or(1, char::len_utf8);
    match line.get(first..).and_then(|inner| inner.find(['“', '”', '"']).map(|at| (inner, first + at))) {
        Some((_, at)) => {
            let closing = line.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            (TokenKind::CurlyText, at + closing)
        }
        None => (TokenKind::Other, first),
    }
}

/// A number, a date, a time or an instant: digits with the signs that stand in them.
fn number(rest: &str) -> (TokenKind, usize) {
    let bytes = rest.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit_follows = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        match byte {
            byte if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_') => {}
            b':' | b'.' | b'+' if digit_follows => {}
            _ => break,
        }
        at += 1;
    }
    (TokenKind::Word, at.max(1))
}
