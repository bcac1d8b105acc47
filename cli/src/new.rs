//! `onrecord new`: a house pack to start from, which checks, passes and is laid out.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::exit::Exit;
use crate::read::shown;
use crate::screen::{self, GREEN, paint};
use crate::trouble::Trouble;

/// The files of a house pack: path and text.
const FILES: &[(&str, &str)] = &[
    ("README.md", include_str!("new/readme.md")),
    ("policies/house.onr", include_str!("new/house.onr")),
    ("calls/first.json", include_str!("new/call.json")),
    (".vscode/settings.json", include_str!("new/settings.json")),
    (".github/workflows/policies.yml", include_str!("new/workflow.yml")),
    ("policies/vocabulary/acts.onr", include_str!("../../policies/vocabulary/acts.onr")),
    ("policies/vocabulary/artefacts.onr", include_str!("../../policies/vocabulary/artefacts.onr")),
    ("policies/vocabulary/categories.onr", include_str!("../../policies/vocabulary/categories.onr")),
    ("policies/vocabulary/elements.onr", include_str!("../../policies/vocabulary/elements.onr")),
    ("policies/vocabulary/events.onr", include_str!("../../policies/vocabulary/events.onr")),
    ("policies/vocabulary/facts.onr", include_str!("../../policies/vocabulary/facts.onr")),
    ("policies/vocabulary/judgments.onr", include_str!("../../policies/vocabulary/judgments.onr")),
    ("policies/vocabulary/manners.onr", include_str!("../../policies/vocabulary/manners.onr")),
    ("policies/vocabulary/means.onr", include_str!("../../policies/vocabulary/means.onr")),
    ("policies/vocabulary/phases.onr", include_str!("../../policies/vocabulary/phases.onr")),
    ("policies/vocabulary/purposes.onr", include_str!("../../policies/vocabulary/purposes.onr")),
    ("policies/vocabulary/recipients.onr", include_str!("../../policies/vocabulary/recipients.onr")),
    ("policies/vocabulary/roles.onr", include_str!("../../policies/vocabulary/roles.onr")),
    ("policies/vocabulary/safeguards.onr", include_str!("../../policies/vocabulary/safeguards.onr")),
];

/// Begin a folder of your own policies
///
/// Writes a first house rule with its scenarios, the words that rules use, a call to decide on, settings for the editor, and
/// a workflow that checks and tests every change. It overwrites nothing.
#[derive(Args, Debug)]
pub struct New {
    /// The folder to write; made if it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl New {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        let there = FILES.iter().map(|(path, _)| self.folder.join(path)).find(|path| path.exists());
        if let Some(path) = there {
            let trouble = Trouble::new(format!("there is a file {} already", shown(&path)));
            return Err(trouble.help("name another folder; nothing was written"));
        }
        for (path, text) in FILES {
            let path = self.folder.join(path);
            write(&path, text).map_err(|error| Trouble::new(format!("{} cannot be written: {error}", shown(&path))))?;
        }
        let folder = shown(&self.folder);
        screen::print(&format!(
            "{} {folder} holds a first rule. Next:\n    cd {folder}\n    onrecord check\n    onrecord test\n    onrecord decide --call calls/first.json\n",
            paint(GREEN, "✔")
        ));
        Ok(Exit::Fine)
    }
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::FILES;

    #[test]
    fn every_file_of_the_vocabulary_is_written() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/vocabulary");
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = format!("policies/vocabulary/{}", entry.unwrap().file_name().to_string_lossy());
            assert!(FILES.iter().any(|(known, _)| *known == path), "{path} is not written by `onrecord new`");
        }
    }
}
