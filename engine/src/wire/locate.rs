//! From a path to its place in a JSON text, for errors that are shown beside the text.

use std::ops::Range;

/// The bytes of the value that a path (as `Path` writes it) leads to: for a field that is not there, the object that lacks it.
/// The text has been read as JSON; in one that has not, the place is the whole.
pub fn locate(text: &str, path: &str) -> Range<usize> {
    let mut scan = Scan { text, at: 0 };
    scan.space();
    let mut found = scan.at..scan.end_of_value();
    for step in steps(path) {
        scan.at = found.start;
        match scan.step(&step) {
            Some(inner) => found = inner,
            None => return found.start..(found.start + 1).min(text.len()),
        }
    }
    found
}

enum Step {
    Field(String),
    Index(usize),
}

fn steps(path: &str) -> Vec<Step> {
    let mut found = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        let (step, next) = match rest.strip_prefix('[') {
            Some(quoted) if quoted.starts_with('"') => {
                let end = quoted.find("\"]").map_or(quoted.len(), |end| end + 1);
                let (name, next) = quoted.split_at_checked(end).unwrap_or((quoted, ""));
                (Step::Field(serde_json::from_str(name).unwrap_or_default()), next.strip_prefix(']').unwrap_or(next))
            }
            Some(index) => {
                let (index, next) = index.split_once(']').unwrap_or((index, ""));
                (Step::Index(index.parse().unwrap_or(usize::MAX)), next)
            }
            None => {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, next) = rest.split_at_checked(end).unwrap_or((rest, ""));
                (Step::Field(name.to_owned()), next)
            }
        };
        found.push(step);
        rest = next;
    }
    found
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Moves past punctuation and space.
    fn skip(&mut self, wanted: &[u8]) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace() || wanted.contains(&byte)) {
            self.at += 1;
        }
    }

    /// The end of the value that begins here; moves there.
    fn end_of_value(&mut self) -> usize {
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.text(),
                b'{' | b'[' => (depth, self.at) = (depth + 1, self.at + 1),
                b'}' | b']' if depth == 0 => break,
                b'}' | b']' => (depth, self.at) = (depth - 1, self.at + 1),
                b',' if depth == 0 => break,
                _ if depth == 0 && byte.is_ascii_whitespace() => break,
                _ => self.at += 1,
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                break;
            }
        }
        self.at
    }

    /// Moves past a text.
    fn text(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                break;
            }
        }
        self.at = self.at.min(self.text.len());
    }

    /// The value one step into the one that begins here. Of a key that is written twice, the last.
    fn step(&mut self, step: &Step) -> Option<Range<usize>> {
        let object = self.peek()? == b'{';
        self.at += 1;
        self.space();
        let mut found = None;
        for index in 0.. {
            if matches!(self.peek(), None | Some(b'}' | b']')) {
                break;
            }
            let mut name = None;
            if object {
                let key = self.at;
                self.text();
                name = self.text.get(key..self.at).and_then(|key| serde_json::from_str::<String>(key).ok());
                self.skip(b":");
            }
            let value = self.at..self.end_of_value();
            let meant = match step {
                Step::Field(wanted) => name.as_deref() == Some(wanted),
                Step::Index(wanted) => !object && index == *wanted,
            };
            if meant {
                found = Some(value);
            }
            self.skip(b",");
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn finds_the_value_a_path_leads_to() {
        let text = r#" { "a": [1, {"b": "x, ]\" }", "c d": {"e": null}}], "f": 34 }"#;
        let at = |path: &str| text.get(locate(text, path)).unwrap();
        assert_eq!(at("a[0]"), "1");
        assert_eq!(at("a[1].b"), r#""x, ]\" }""#);
        assert_eq!(at("a[1][\"c d\"].e"), "null");
        assert_eq!(at("f"), "34");
        assert_eq!(locate(r#"[ {"a": 1}, {"a": 22} ]"#, "[1].a"), 18..20);
        assert_eq!(at("missing"), "{");
        assert_eq!(at("a[7]"), "[");
    }
}
