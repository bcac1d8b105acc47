//! Links: the address of a source, and from each citation to the official text of the source that it cites.

use std::ops::Range;

use onrecord::syntax::ast::{ExceptionLine, ItemKind, RuleLine, SourceLine, Text};

use crate::snapshot::View;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The text that is linked, without its quotes.
    pub range: Range<usize>,
    /// Where it leads.
    pub address: String,
    /// What is there.
    pub title: String,
}

/// The links of a document.
#[must_use]
pub fn links(view: View<'_>) -> Vec<Link> {
    let mut links = Vec::new();
    for (base, piece) in view.document.pieces() {
        let mut add = |text: &Text, address: &str, title: &str| {
            let range = base + text.span.range().start + 1..base + text.span.range().end - 1;
            links.push(Link { range, address: address.to_owned(), title: title.to_owned() });
        };
        for item in &piece.parsed.file.items {
            match &item.value {
                ItemKind::Source(source) => {
                    for line in &source.body.lines {
                        if let SourceLine::TextAt(text) = &line.value {
                            add(text, &text.value, &source.title.value);
                        }
                    }
                }
                ItemKind::Rule(rule) => {
                    let Some((address, title)) = official_text(view, &rule.source.text) else { continue };
                    for line in &rule.body.lines {
                        match &line.value {
                            RuleLine::Cite(cite) => add(cite, address, title),
                            RuleLine::Exception(exception) => {
                                cites(exception).for_each(|cite| add(cite, address, title));
                            }
                            _ => {}
                        }
                    }
                }
                ItemKind::Exception(exception) => {
                    let tree = view.tree();
                    let rule = exception.rules.first().and_then(|rule| tree.rules.get(tree.rules.id(&rule.text)?));
                    let source = rule.and_then(|rule| tree.sources.get(rule.source));
                    let Some((address, title)) = source.and_then(|source| official_text(view, &source.name)) else {
                        continue;
                    };
                    cites(exception).for_each(|cite| add(cite, address, title));
                }
                _ => {}
            }
        }
    }
    links
}

fn cites(exception: &onrecord::syntax::ast::Exception) -> impl Iterator<Item = &Text> {
    exception.body.lines.iter().filter_map(|line| match &line.value {
        ExceptionLine::Cite(cite) => Some(cite),
        _ => None,
    })
}

/// The address of a source's official text, and its title.
fn official_text<'t>(view: View<'t>, source: &str) -> Option<(&'t str, &'t str)> {
    let sources = &view.tree().sources;
    let source = sources.get(sources.id(source)?)?;
    Some((source.text_at.as_deref()?, &source.title))
}
