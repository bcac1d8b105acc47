//! Columns: how a client counts them (UTF-8, UTF-16 or UTF-32 units) and which byte of a line they mean. Everything else in the
//! server counts bytes.

/// What a client counts in a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units: what every client can.
    #[default]
    Utf16,
    /// Code points.
    Utf32,
}

/// A line and a column, both from 0, the column in the client's units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

impl Encoding {
    /// How many units a text takes.
    #[must_use]
    pub fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
            Self::Utf32 => text.chars().count(),
        }
    }

    /// The column of a byte in its line. A byte inside a character counts as its beginning.
    #[must_use]
    pub fn column(self, line: &str, byte: usize) -> u32 {
        let mut byte = byte.min(line.len());
        while !line.is_char_boundary(byte) {
            byte -= 1;
        }
        u32::try_from(self.length(line.get(..byte).unwrap_or_default())).unwrap_or(u32::MAX)
    }

    /// The byte of a column in a line (without its line end): the end of the line for a column after it, the beginning of the
    /// character for a column inside one.
    #[must_use]
    pub fn byte(self, line: &str, column: u32) -> usize {
        let column = column as usize;
        if line.is_ascii() {
            return column.min(line.len());
        }
        let mut units = 0;
        for (byte, one) in line.char_indices() {
            units += match self {
                Self::Utf8 => one.len_utf8(),
                Self::Utf16 => one.len_utf16(),
                Self::Utf32 => 1,
            };
            if units > column {
                return byte;
            }
        }
        line.len()
    }
}

/// A line without its line end.
#[must_use]
pub fn without_end(line: &str) -> &str {
    line.strip_suffix("\r\n").or_else(|| line.strip_suffix(['\n', '\r'])).unwrap_or(line)
}

/// The bytes at which lines begin after the first: after `\n`, `\r\n` or a lone `\r`.
#[must_use]
pub fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut starts = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "# § 632 🎧 done";

    #[test]
    fn counts_what_the_client_counts() {
        let after_emoji = LINE.find(" done").unwrap();
        assert_eq!(Encoding::Utf8.column(LINE, after_emoji), 13);
        assert_eq!(Encoding::Utf16.column(LINE, after_emoji), 10);
        assert_eq!(Encoding::Utf32.column(LINE, after_emoji), 9);
    }

    #[test]
    fn goes_there_and_back_at_every_character() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            for (byte, _) in LINE.char_indices() {
                assert_eq!(encoding.byte(LINE, encoding.column(LINE, byte)), byte);
            }
            assert_eq!(encoding.byte(LINE, 999), LINE.len());
        }
    }

    #[test]
    fn a_column_inside_a_character_is_its_beginning() {
        let emoji = LINE.find('🎧').unwrap();
        assert_eq!(Encoding::Utf16.byte(LINE, Encoding::Utf16.column(LINE, emoji) + 1), emoji);
        assert_eq!(Encoding::Utf16.column(LINE, emoji + 2), Encoding::Utf16.column(LINE, emoji));
    }

    #[test]
    fn knows_every_line_end() {
        assert_eq!(line_starts("a\nb\r\nc\rd"), [2, 5, 7]);
        assert_eq!(
            [without_end("a\r\n"), without_end("b\n"), without_end("c\r"), without_end("d")],
            ["a", "b", "c", "d"]
        );
    }
}
