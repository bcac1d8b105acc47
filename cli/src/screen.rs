//! Where output goes: colour on a terminal only, a width that can be read, and no complaint when the reader has gone.

use std::io::{IsTerminal, Write};

use anstyle::{AnsiColor, Style};

/// The widest that prose is set.
const WIDEST: usize = 100;

/// Bold.
pub const BOLD: Style = Style::new().bold();
/// What stands back.
pub const DIM: Style = Style::new().dimmed();
/// What is in order.
pub const GREEN: Style = AnsiColor::Green.on_default();
/// What needs something done.
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
/// What is wrong.
pub const RED: Style = AnsiColor::Red.on_default();
/// Names and places.
pub const CYAN: Style = AnsiColor::Cyan.on_default();

/// A text in a style.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints on the standard output; colours are dropped where nobody sees them.
pub fn print(text: &str) {
    write(&mut anstream::stdout(), text);
}

/// Prints on the error output.
pub fn print_error(text: &str) {
    write(&mut anstream::stderr(), text);
}

/// A reader who has gone (`… | head`) is no reason to complain.
fn write(stream: &mut impl Write, text: &str) {
    let _ = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
}

/// Whether the standard output shows colours.
pub fn has_colour() -> bool {
    anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never
}

/// How wide prose is set: the terminal's width, at most a hundred columns.
pub fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return WIDEST;
    }
    terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0).clamp(40, WIDEST))
}
