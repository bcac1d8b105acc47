//! The sheet that a page is written on: headings, indented lines, lists, quotations, wrapped to the width of the screen.

use crate::screen::{self, BOLD, paint};

/// How far one step of indentation goes.
const STEP: usize = 2;

/// A page being written.
#[derive(Default)]
pub struct Sheet {
    text: String,
}

impl Sheet {
    /// What was written.
    pub fn text(self) -> String {
        self.text
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    /// A heading, after an empty line.
    pub fn heading(&mut self, heading: &str) {
        self.headline(&paint(BOLD, &heading.to_uppercase()));
    }

    /// A heading that is styled already, after an empty line.
    pub fn headline(&mut self, heading: &str) {
        self.blank();
        self.line(0, heading);
    }

    /// A line, wrapped, so many steps in.
    pub fn line(&mut self, steps: usize, text: &str) {
        self.wrapped(steps, "", "", text);
    }

    /// An item of a list, its further lines under its text.
    pub fn item(&mut self, steps: usize, mark: &str, text: &str) {
        let further = " ".repeat(textwrap::core::display_width(mark));
        self.wrapped(steps, mark, &further, text);
    }

    /// Words to say, set off.
    pub fn quotation(&mut self, steps: usize, text: &str) {
        self.wrapped(steps, "│ ", "│ ", text);
    }

    /// A line that is too precious to be wrapped.
    pub fn whole(&mut self, steps: usize, text: &str) {
        self.text.push_str(&" ".repeat(steps * STEP));
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn wrapped(&mut self, steps: usize, first: &str, further: &str, text: &str) {
        let indent = " ".repeat(steps * STEP);
        let (first, further) = (format!("{indent}{first}"), format!("{indent}{further}"));
        let options = textwrap::Options::new(screen::width()).initial_indent(&first).subsequent_indent(&further);
        let options = options
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.text.push_str(line.trim_end());
            self.text.push('\n');
        }
    }
}
