//! The command end to end: what a person sees, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic"
)]

mod bad_input;
mod calls;
mod check;
mod format;
mod help;
mod new;
mod readme;
mod verbs;

use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// What the command printed and how it ended.
struct Ran {
    out: String,
    err: String,
    code: i32,
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// Runs the command in a folder.
fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let output = command.current_dir(folder).args(arguments).write_stdin(input).output().unwrap();
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().unwrap_or(-1),
    }
}

/// Runs the command at the root of the repository.
fn run(arguments: &[&str]) -> Ran {
    run_in(&root(), arguments, b"")
}

/// Everything that a person sees.
fn seen(arguments: &[&str]) -> String {
    let ran = run(arguments);
    without_digests(&format!("$ onrecord {}\n{}{}[exit {}]\n", arguments.join(" "), ran.out, ran.err, ran.code))
}

/// Without digests, which change with every word of a policy.
fn without_digests(page: &str) -> String {
    let mut parts = page.split("sha256:");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + "sha256:…" + part.trim_start_matches(|c: char| c.is_ascii_hexdigit()))
}

/// Without the lines of citations, which move when a policy grows above them.
fn without_lines(page: &str) -> String {
    let mut parts = page.split(".onr:");
    let first = parts.next().unwrap_or_default().to_owned();
    let is_line = |c: char| c.is_ascii_digit() || c == ',';
    parts.fold(first, |text, part| {
        let rest = part.trim_start_matches(is_line);
        // A list of lines, “51, 52”, goes to the end of its line.
        let rest =
            rest.strip_prefix(' ').map_or(rest, |more| more.trim_start_matches(|c: char| is_line(c) || c == ' '));
        text + ".onr:…" + rest
    })
}

/// A folder of its own for a test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
