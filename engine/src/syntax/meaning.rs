//! What a tree says, apart from where it says it: two files mean the same when their renderings are equal.

use std::fmt::Debug;

/// A rendering of a part of the tree in which places do not occur.
#[must_use]
pub fn meaning<T: Debug>(tree: &T) -> String {
    let whole = format!("{tree:?}");
    let mut kept = String::with_capacity(whole.len() / 2);
    let mut rest = whole.as_str();
    while let Some(first) = rest.chars().next() {
        let (length, says) = match first {
            '"' => (quoted(rest), true),
            'S' if rest.starts_with("Span {") => (rest.find('}').map_or(rest.len(), |end| end + 1), false),
            one => (one.len_utf8(), true),
        };
        let (part, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        kept.push_str(if says { part } else { "_" });
        rest = after;
    }
    kept
}

/// The length of the text in quotes with which `rest` begins.
fn quoted(rest: &str) -> usize {
    let mut escaped = false;
    let closing = rest.bytes().skip(1).position(|byte| match byte {
        _ if escaped => {
            escaped = false;
            false
        }
        b'\\' => {
            escaped = true;
            false
        }
        byte => byte == b'"',
    });
    closing.map_or(rest.len(), |at| at + 2)
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::source::{FileId, Source};
    use crate::syntax::parse;

    fn said(text: &str) -> String {
        meaning(&parse(&Source::new(FileId(0), "sample.onr", text)).file)
    }

    #[test]
    fn layout_does_not_count_and_words_do() {
        let text = "region NORDIC \"The \\\"Span { }\\\"\" { DK, SE }";
        assert_eq!(said(text), said("region  NORDIC\n\"The \\\"Span { }\\\"\"\n{ DK SE }"));
        assert_ne!(said(text), said("region NORDIC \"The \\\"Span {}\\\"\" { DK, SE }"));
        assert_ne!(said(text), said("region NORDIC \"The \\\"Span { }\\\"\" { DK, FI }"));
    }
}
