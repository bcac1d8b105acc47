//! Reading policies: files and folders, sorted, each file once; what cannot be read is named, with the remedy.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use onrecord::source::{FileId, Source};
use onrecord::syntax::MAX_FILE_BYTES;

use crate::trouble::Trouble;

/// The most that one bundle of files holds.
const MAX_BUNDLE_BYTES: usize = 64 * 1024 * 1024;

/// The files of a policy, and what could not be read.
#[derive(Debug, Default)]
pub struct Files {
    /// The files, in the order of their paths.
    pub sources: Vec<Source>,
    /// What could not be read.
    pub troubles: Vec<Trouble>,
    /// Files whose text is not exactly what was read: they cannot be written back.
    pub inexact: BTreeSet<FileId>,
}

/// Where to look when no path is given: `policies`, if there is such a folder here, else here.
pub fn or_default(paths: &[PathBuf]) -> Vec<PathBuf> {
    if !paths.is_empty() {
        return paths.to_vec();
    }
    let policies = PathBuf::from("policies");
    vec![if policies.is_dir() { policies } else { PathBuf::from(".") }]
}

/// Reads every `.onr` file that the paths name: a file is itself, a folder everything below it.
pub fn policies(paths: &[PathBuf]) -> Files {
    let mut files = Files::default();
    let paths = or_default(paths);
    let mut found = Vec::new();
    for path in &paths {
        walk(path, true, &mut Vec::new(), &mut found, &mut files.troubles);
    }
    found.sort();
    let mut seen = BTreeSet::new();
    found.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    if found.is_empty() && files.troubles.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| shown(path)).collect();
        let trouble = Trouble::new(format!("there is no policy file in {}", places.join(", ")));
        files
            .troubles
            .push(trouble.help("policies are files that end in `.onr`; `onrecord new DIR` writes a first one"));
    }
    let mut total = 0;
    for path in found {
        if let Some(bytes) = read_or_note(&path, &mut files) {
            total += bytes;
        }
        if total > MAX_BUNDLE_BYTES {
            let trouble = Trouble::new(format!("the policy files hold more than 64 MiB (up to {})", shown(&path)));
            files.troubles.push(trouble.help("name fewer folders, or files one by one"));
            files.sources.clear();
            break;
        }
    }
    files
}

/// Every policy file below a path. `above` are the folders on the way, to notice a link that leads back to one of them.
fn walk(path: &Path, named: bool, above: &mut Vec<PathBuf>, found: &mut Vec<PathBuf>, troubles: &mut Vec<Trouble>) {
    let is_folder = match fs::metadata(path) {
        Ok(metadata) => metadata.is_dir(),
        Err(error) => {
            troubles.push(unreadable(path, &error));
            return;
        }
    };
    if !is_folder {
        if named || path.extension().is_some_and(|ending| ending == "onr") {
            found.push(path.to_path_buf());
        }
        return;
    }
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if above.contains(&real) {
        return;
    }
    match fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
        Ok(mut entries) => {
            entries.sort_by_key(fs::DirEntry::path);
            above.push(real);
            for entry in entries.iter().filter(|entry| is_looked_into(entry)) {
                walk(&entry.path(), false, above, found, troubles);
            }
            above.pop();
        }
        Err(error) => troubles.push(unreadable(path, &error)),
    }
}

/// Hidden folders are not policies; of other files only policies are touched.
fn is_looked_into(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let is_policy = Path::new(&name).extension().is_some_and(|ending| ending == "onr");
    !name.to_string_lossy().starts_with('.') && (is_policy || entry.path().is_dir())
}

/// Reads one file into the bundle; gives back how many bytes it holds.
fn read_or_note(path: &Path, files: &mut Files) -> Option<usize> {
    let bytes = match bytes(path, MAX_FILE_BYTES + 1) {
        Ok(bytes) => bytes,
        Err(error) => {
            files.troubles.push(unreadable(path, &error));
            return None;
        }
    };
    let id = FileId(u32::try_from(files.sources.len()).unwrap_or(u32::MAX));
    let text = String::from_utf8_lossy(&bytes);
    let cut = bytes.len() > MAX_FILE_BYTES;
    if let (Err(error), false) = (std::str::from_utf8(&bytes), cut) {
        files.troubles.push(not_text(path, &bytes, error.valid_up_to()));
        files.inexact.insert(id);
    }
    files.sources.push(Source::new(id, &shown(path), &text));
    Some(bytes.len())
}

/// At most `limit` bytes of a file: what is longer is refused by its reader, and need not be read whole.
fn bytes(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(limit as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a whole text file, or the standard input for `-`.
pub fn text(path: &Path, limit: usize) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == "-" {
        io::stdin().lock().take(limit as u64 + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(limit as u64 + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() > limit {
        let trouble = Trouble::new(format!("{} holds more than {} MiB", shown(path), limit / (1024 * 1024)));
        return Err(trouble.help("is it the right file?"));
    }
    String::from_utf8(bytes).map_err(|error| not_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))
}

fn unreadable(path: &Path, error: &io::Error) -> Trouble {
    let path = shown(path);
    match error.kind() {
        io::ErrorKind::NotFound => Trouble::new(format!("there is no file or folder {path}"))
            .help("look at the spelling, and at the folder that the command runs in"),
        io::ErrorKind::PermissionDenied => {
            Trouble::new(format!("{path} may not be read")).help("ask its owner for the right to read it")
        }
        _ => Trouble::new(format!("{path} cannot be read: {error}")),
    }
}

fn not_text(path: &Path, bytes: &[u8], at: usize) -> Trouble {
    let before = bytes.get(..at).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
    let byte = bytes.get(at).copied().unwrap_or_default();
    Trouble::new(format!("{}:{line}:{column}: this is not UTF-8 text (byte 0x{byte:02X})", shown(path)))
        .help("save the file as UTF-8: most editors ask for the encoding in “Save as”")
}

/// A path as messages and citations show it: with `/`, without a leading `./`.
pub fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return "the standard input".to_owned();
    }
    let path = path.to_string_lossy().replace('\\', "/");
    path.strip_prefix("./").unwrap_or(&path).to_owned()
}
