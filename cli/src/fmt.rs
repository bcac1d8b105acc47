//! `onrecord fmt`: the one layout, written in place, or shown as a difference.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use onrecord::source::{FileId, Source};
use onrecord::syntax::{self, MAX_FILE_BYTES};
use onrecord::{diagnostic::Diagnostic, format};
use similar::{ChangeTag, TextDiff};

use crate::exit::Exit;
use crate::read;
use crate::report::{human, summary};
use crate::screen::{self, GREEN, RED, YELLOW, paint};
use crate::trouble::Trouble;

/// Lay out policy files in the one layout
///
/// Rewrites files in place; what they say, and every comment, stays. A file with mistakes in it is laid out as far as it
/// can be read. `-` reads the standard input and writes the standard output.
#[derive(Args, Debug)]
pub struct Fmt {
    /// Policy files, and folders of them [default: the folder `policies`, if there is one, else this folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Change nothing; show what would change, and exit with 1 if something would
    #[arg(long)]
    check: bool,
}

impl Fmt {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        if self.paths.iter().any(|path| path.as_os_str() == "-") {
            return self.standard_input();
        }
        let files = read::policies(&self.paths);
        let mut changed = 0;
        for source in files.sources.iter().filter(|source| !files.inexact.contains(&source.id)) {
            let formatted = formatted(source);
            if formatted == source.text() {
                continue;
            }
            changed += 1;
            if self.check {
                screen::print(&difference(&source.path, source.text(), &formatted));
            } else {
                replace(Path::new(&*source.path), &formatted)?;
                screen::print(&format!("{} {}\n", paint(GREEN, "formatted"), source.path));
            }
        }
        screen::print_error(&human::render(&files.troubles, &[], &files.sources));
        screen::print(&self.summary(changed, files.sources.len()));
        Ok(match (files.troubles.is_empty(), self.check && changed > 0) {
            (false, _) => Exit::Usage,
            (true, found) => Exit::found(found),
        })
    }

    fn standard_input(&self) -> Result<Exit, Trouble> {
        let text = read::text(Path::new("-"), MAX_FILE_BYTES)?;
        let source = Source::new(FileId(0), "<stdin>", &text);
        let formatted = formatted(&source);
        if self.check {
            screen::print(&difference("<stdin>", &text, &formatted));
            return Ok(Exit::found(formatted != text));
        }
        screen::print(&formatted);
        Ok(Exit::Fine)
    }

    fn summary(&self, changed: usize, files: usize) -> String {
        let files = summary::count(files, "file");
        match (self.check, changed) {
            (_, 0) => format!("{} {files}, all in the one layout\n", paint(GREEN, "✔")),
            (true, _) => format!("{} {files}: {changed} to format (run `onrecord fmt`)\n", paint(YELLOW, "!")),
            (false, _) => format!("{} {files}: {changed} formatted\n", paint(GREEN, "✔")),
        }
    }
}

/// A file in the one layout; a file that is too large stays as it is.
fn formatted(source: &Source) -> String {
    let parsed = syntax::parse(source);
    let refused = parsed.file.items.is_empty() && parsed.diagnostics.iter().any(Diagnostic::is_error);
    if refused { source.text().to_owned() } else { format::format(&parsed) }
}

/// What would change, as a unified difference.
fn difference(path: &str, old: &str, new: &str) -> String {
    let diff = TextDiff::from_lines(old, new);
    let mut text = format!("--- {path}\n+++ {path} (formatted)\n");
    for hunk in diff.unified_diff().context_radius(2).iter_hunks() {
        text.push_str(&paint(screen::CYAN, &format!("{}", hunk.header())));
        text.push('\n');
        for change in hunk.iter_changes() {
            let line = format!("{}{}", change.tag(), change.value().trim_end_matches('\n'));
            let line = match change.tag() {
                ChangeTag::Delete => paint(RED, &line),
                ChangeTag::Insert => paint(GREEN, &line),
                ChangeTag::Equal => line,
            };
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

/// Replaces a file whole: another reader sees the old text or the new one, never a part.
fn replace(path: &Path, text: &str) -> Result<(), Trouble> {
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(real.parent().unwrap_or(Path::new(".")))?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        std::fs::set_permissions(file.path(), std::fs::metadata(&real)?.permissions())?;
        file.persist(&real)?;
        Ok(())
    };
    write().map_err(|error| {
        Trouble::new(format!("{} cannot be written: {error}", read::shown(path)))
            .help("the file is as it was; look at its rights and at the space on the disk")
    })
}
