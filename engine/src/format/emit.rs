//! Writes a file by its plan: the words, the white space before each, and the comments where they stood.

use std::ops::Range;

use super::plan::{Blank, Gap, Plan, STEP};
use crate::source::Span;
use crate::syntax::lex::{Token, TokenKind};

/// The whole file.
pub fn file(plan: &Plan<'_>) -> String {
    let mut page = Page::new(plan);
    page.words(0..plan.words.len(), true);
    let end = plan.words.last().map_or(0, |last| plan.tokens.partition_point(|token| token.start <= last.token.start));
    page.remarks(end..plan.tokens.len());
    page.comments(0, Blank::Kept);
    if !page.out.is_empty() {
        page.out.push('\n');
    }
    page.out
}

/// One declaration, without the comments before it.
pub fn declaration(plan: &Plan<'_>, span: Span) -> String {
    let mut page = Page::new(plan);
    page.words(plan.within(span), false);
    page.out
}

/// A comment that was read and not yet written.
struct Remark {
    token: Token,
    trailing: bool,
    blank: bool,
}

struct Page<'p> {
    plan: &'p Plan<'p>,
    out: String,
    /// The indentation of the last planned line.
    base: usize,
    /// Where the line begins that is being written.
    line: usize,
    remarks: Vec<Remark>,
    /// Whether a blank line stood after the last remark.
    blank: bool,
}

impl<'p> Page<'p> {
    fn new(plan: &'p Plan<'p>) -> Self {
        Self { plan, out: String::with_capacity(plan.text.len()), base: 0, line: 0, remarks: Vec::new(), blank: false }
    }

    /// The words of a range, with or without the comments before the first.
    fn words(&mut self, range: Range<usize>, commented: bool) {
        let mut kept_to = 0;
        for at in range.clone() {
            let Some(word) = self.plan.words.get(at) else { continue };
            if word.token.start < kept_to {
                continue;
            }
            if at > range.start || commented {
                self.remarks(word.before.clone());
            }
            if word.dropped {
                continue;
            }
            if word.gap == Gap::None && !self.plan.is(at, TokenKind::Close) {
                self.out.push_str(self.plan.word(at));
                continue;
            }
            self.before(word.gap);
            match word.kept_to {
                Some(end) => {
                    kept_to = end;
                    self.out.push_str(self.plan.text.get(word.token.start..end).unwrap_or_default());
                }
                None => self.out.push_str(self.plan.word(at)),
            }
            if word.comma {
                self.out.push(',');
            }
        }
    }

    /// Takes the comments among tokens between two words.
    fn remarks(&mut self, tokens: Range<usize>) {
        let mut lines = 0;
        for token in self.plan.tokens.get(tokens).unwrap_or_default() {
            if token.kind == TokenKind::Comment {
                let trailing = lines == 0 && self.remarks.is_empty() && !self.out.is_empty();
                self.remarks.push(Remark { token: *token, trailing, blank: lines > 1 });
                lines = 0;
            } else {
                lines += token.text(self.plan.text).matches('\n').count();
            }
        }
        self.blank = lines > 1;
    }

    /// The comments and the white space before a word.
    fn before(&mut self, gap: Gap) {
        let (indent, comments_indent, blank) = match gap {
            Gap::Line(indent, blank) => (indent, indent, blank),
            Gap::Close(indent) => (indent, indent + STEP, Blank::Kept),
            Gap::None | Gap::Space | Gap::Column(_) if self.remarks.is_empty() => return self.space(gap),
            Gap::None | Gap::Space | Gap::Column(_) => (self.base + STEP, self.base + STEP, Blank::Never),
        };
        let commented = self.comments(comments_indent, blank);
        let begins = commented || !self.out.is_empty();
        let blank = match (gap, blank) {
            (Gap::Close(_), _) => false,
            (_, Blank::Always) => !commented || self.blank,
            (_, Blank::Kept) => self.blank,
            (_, Blank::Never) => commented && self.blank && matches!(gap, Gap::Line(..)),
        };
        if begins {
            self.new_line(indent, blank);
        }
        if matches!(gap, Gap::Line(..) | Gap::Close(_)) {
            self.base = indent;
        }
    }

    /// Writes the comments that wait; says whether one stands on its own line.
    fn comments(&mut self, indent: usize, blank: Blank) -> bool {
        let mut own_line = false;
        for remark in std::mem::take(&mut self.remarks) {
            if remark.trailing {
                self.out.push_str("  ");
            } else {
                let wanted = match blank {
                    Blank::Always => !own_line || remark.blank,
                    Blank::Kept => remark.blank,
                    Blank::Never => own_line && remark.blank,
                };
                if !self.out.is_empty() {
                    self.new_line(indent, wanted);
                }
                own_line = true;
            }
            self.out.push_str(remark.token.text(self.plan.text).trim_end());
        }
        own_line
    }

    fn new_line(&mut self, indent: usize, blank: bool) {
        self.out.push_str(if blank { "\n\n" } else { "\n" });
        self.line = self.out.len();
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    fn space(&mut self, gap: Gap) {
        if self.out.is_empty() {
            return;
        }
        match gap {
            Gap::Column(column) => {
                let width = self.out.get(self.line..).map_or(0, |line| line.chars().count());
                self.out.extend(std::iter::repeat_n(' ', column.saturating_sub(width).max(1)));
            }
            Gap::None => {}
            _ => self.out.push(' '),
        }
    }
}
