//! Between the addresses that a client writes and the paths of this machine. `lsp_types::Uri` has no such conversion.

use std::path::{Component, Path, PathBuf};

/// The path of a `file:` address; `None` for any other.
#[must_use]
pub fn from_uri(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or(rest);
    let (host, path) = rest.split_at_checked(rest.find('/')?)?;
    let path = decoded(path)?;
    if host.is_empty() || host.eq_ignore_ascii_case("localhost") {
        return Some(PathBuf::from(without_drive_slash(&path)));
    }
    Some(PathBuf::from(format!("//{host}{path}")))
}

/// The `file:` address of a path.
#[must_use]
pub fn to_uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from("file://");
    match text.strip_prefix("//") {
        Some(share) => return uri + &encoded(share),
        None if !text.starts_with('/') => uri.push('/'),
        None => {}
    }
    uri + &encoded(&text)
}

/// One spelling for every address of one file: clients escape differently, and some write `file:///C%3A/`.
#[must_use]
pub fn key(uri: &str) -> String {
    from_uri(uri).map_or_else(|| uri.to_owned(), |path| to_uri(&normal(&path)))
}

/// A path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

/// `/C:/policies` is `C:/policies`, with the drive in lower case.
fn without_drive_slash(path: &str) -> String {
    let mut chars = path.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some('/'), Some(drive), Some(':')) if drive.is_ascii_alphabetic() => {
            format!("{}:{}", drive.to_ascii_lowercase(), chars.as_str())
        }
        _ => path.to_owned(),
    }
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let high = char::from(rest.next()?).to_digit(16)?;
        let low = char::from(rest.next()?).to_digit(16)?;
        bytes.push(u8::try_from(high * 16 + low).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_go_there_and_back() {
        for path in ["/policies/us/us-ca.onr", "/with space/ü#?.onr", "/a%20b/§ 632.onr"] {
            assert_eq!(from_uri(&to_uri(Path::new(path))).unwrap(), Path::new(path));
        }
    }

    #[test]
    fn one_file_has_one_key() {
        assert_eq!(key("file:///a%2Db/./c.onr"), key("file:///a-b/c.onr"));
        assert_eq!(key("file:///C%3A/p.onr"), key("file:///c:/p.onr"));
        assert_eq!(key("untitled:Untitled-1"), "untitled:Untitled-1");
    }

    #[test]
    fn other_addresses_have_no_path() {
        assert_eq!(from_uri("untitled:a"), None);
        assert_eq!(from_uri("file:///%zz"), None);
        assert_eq!(from_uri("file:///%ff"), None, "a path that is not UTF-8 is not served");
        assert_eq!(from_uri("file://server/share/a.onr"), Some(PathBuf::from("//server/share/a.onr")));
    }
}
