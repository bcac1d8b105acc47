//! The pages to which findings link: those at the address that the client gave, else pages written when a finding first needs one, so
//! that the link works without a network. What was written goes when the server does.

use std::path::PathBuf;
use std::sync::OnceLock;
use std::{env, fs, process};

use onrecord::diagnostic::{Code, Severity};

use crate::path;

/// Where the pages are.
#[derive(Debug, Default)]
pub struct Pages {
    /// The address that the client gave.
    address: Option<String>,
    /// The folder of the pages that are written; nothing where none can be.
    folder: OnceLock<Option<PathBuf>>,
}

impl Pages {
    /// Pages at an address; an empty one is none.
    #[must_use]
    pub fn new(address: Option<&str>) -> Self {
        let address = address.map(|address| address.trim_end_matches('/').to_owned());
        Self { address: address.filter(|address| !address.is_empty()), folder: OnceLock::new() }
    }

    /// The address of a finding's page. Findings of the server itself have none.
    #[must_use]
    pub fn of(&self, code: &Code) -> Option<String> {
        if !code.id.starts_with("ONR") {
            return None;
        }
        if let Some(address) = &self.address {
            return Some(format!("{address}/{}.html", code.id));
        }
        let page = self.folder.get_or_init(new_folder).as_ref()?.join(format!("{}.md", code.id));
        if !page.exists() {
            fs::write(&page, written(code)).ok()?;
        }
        Some(path::to_uri(&page))
    }

    /// Takes the pages that were written away again.
    pub fn remove(&self) {
        if let Some(Some(folder)) = self.folder.get() {
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// A folder that nobody else made before.
fn new_folder() -> Option<PathBuf> {
    let name = |number: u32| env::temp_dir().join(format!("onrecord-findings-{}-{number}", process::id()));
    (0..100).map(name).find(|folder| fs::create_dir(folder).is_ok())
}

fn written(code: &Code) -> String {
    let weight = match code.severity {
        Severity::Error => "An error: the bundle cannot be run.",
        Severity::Warning => "A warning: the bundle can be run; somebody should look.",
    };
    format!(
        "# {}: {}\n\n{}\n\n{weight}\n\n## Wrong\n\n```onr\n{}```\n\n## Right\n\n```onr\n{}```\n",
        code.id, code.title, code.why, code.wrong, code.right
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_finding_has_a_page_without_a_network() {
        let pages = Pages::new(Some(""));
        let codes = onrecord::diagnostic::all_codes();
        for code in &codes {
            let page = path::from_uri(&pages.of(code).unwrap()).unwrap();
            assert!(fs::read_to_string(page).unwrap().contains(code.why));
        }
        let first = path::from_uri(&pages.of(codes.first().unwrap()).unwrap()).unwrap();
        pages.remove();
        assert!(!first.exists(), "nothing stays behind");
    }

    #[test]
    fn an_address_that_was_given_is_taken() {
        let code = onrecord::diagnostic::all_codes()[0];
        let pages = Pages::new(Some("https://example.org/pages/"));
        assert_eq!(pages.of(code).unwrap(), format!("https://example.org/pages/{}.html", code.id));
    }
}
