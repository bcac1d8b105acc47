//! Which scenarios can be run although something is wrong: those that none of the errors concerns. An error in a rule or a source concerns
//! the scenarios that run this source; one in a scenario, that scenario; one anywhere else may concern all.

use std::collections::BTreeMap;

use onrecord::diagnostic::Diagnostic;
use onrecord::source::FileId;
use onrecord::syntax::ast::{Item, ItemKind, Name};
use onrecord::tree::{BundleId, Scenario, ScenarioOf, SourceId, Tree};

use crate::document::Piece;

/// What stands in the way of running scenarios, in words.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    everything: Option<String>,
    sources: BTreeMap<SourceId, String>,
    bundles: BTreeMap<BundleId, String>,
    scenarios: BTreeMap<FileId, String>,
}

/// What an error concerns.
enum Concerns {
    Everything,
    Source(SourceId),
    Bundle(BundleId),
    Scenario,
}

impl Standing {
    /// What the errors among findings stand in the way of.
    pub fn new<'d>(
        tree: &Tree,
        pieces: &[&std::sync::Arc<Piece>],
        found: impl Iterator<Item = &'d Diagnostic>,
    ) -> Self {
        let mut standing = Self::default();
        let mut errors: BTreeMap<FileId, &Diagnostic> = BTreeMap::new();
        for error in found.filter(|one| one.is_error()) {
            errors.entry(error.span.file).or_insert(error);
        }
        if errors.is_empty() {
            return standing;
        }
        for piece in pieces {
            let Some(error) = errors.remove(&piece.id()) else { continue };
            let path = &piece.parsed.source.path;
            let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
            let why = format!("an error in {file} stands in the way ({}: {})", error.code.id, error.message);
            let items = &piece.parsed.file.items;
            if items.is_empty() {
                standing.everything.get_or_insert_with(|| why.clone());
            }
            for item in items {
                match concerns(tree, piece, item) {
                    Concerns::Everything => standing.everything = Some(why.clone()),
                    Concerns::Source(source) => _ = standing.sources.entry(source).or_insert_with(|| why.clone()),
                    Concerns::Bundle(bundle) => _ = standing.bundles.entry(bundle).or_insert_with(|| why.clone()),
                    Concerns::Scenario => _ = standing.scenarios.entry(piece.id()).or_insert_with(|| why.clone()),
                }
            }
        }
        // An error that is in no piece is anywhere.
        if let Some(error) = errors.into_values().next() {
            standing.everything.get_or_insert_with(|| error.message.clone());
        }
        standing
    }

    /// What stands in the way of a scenario.
    #[must_use]
    pub fn against(&self, tree: &Tree, scenario: &Scenario) -> Option<&str> {
        let own = self.everything.as_ref().or_else(|| self.scenarios.get(&scenario.span.file));
        let of_sources = |some: &[SourceId]| some.iter().find_map(|source| self.sources.get(source));
        let of = || match &scenario.of {
            ScenarioOf::Sources(some) => of_sources(some),
            ScenarioOf::Bundle(bundle) => {
                self.bundles.get(bundle).or_else(|| match tree.bundles.get(*bundle).map(|bundle| &bundle.includes) {
                    Some(Some(some)) => of_sources(some),
                    _ => self.sources.values().next(),
                })
            }
        };
        own.or_else(of).map(String::as_str)
    }

    /// What stands in the way of the scenario with a title, or of all that run the source of a rule.
    #[must_use]
    pub fn against_named(&self, tree: &Tree, is_scenario: bool, name: &str) -> Option<&str> {
        if is_scenario {
            return tree.scenarios.iter().find(|one| one.title == name).and_then(|one| self.against(tree, one));
        }
        let source = tree.rules.id(name).and_then(|rule| tree.rules.get(rule)).map(|rule| rule.source);
        self.everything.as_ref().or_else(|| self.sources.get(&source?)).map(String::as_str)
    }
}

/// What an error in a declaration concerns.
fn concerns(tree: &Tree, piece: &Piece, item: &Item) -> Concerns {
    let source = |name: &Name| tree.sources.id(&name.text).map(Concerns::Source);
    let of_rule = |name: &Name| tree.rules.id(&name.text).and_then(|rule| tree.rules.get(rule)).map(|rule| rule.source);
    let found = match &item.value {
        ItemKind::Scenario(_) => Some(Concerns::Scenario),
        ItemKind::Broken(_) if piece.parsed.source.slice(item.span).starts_with("scenario") => Some(Concerns::Scenario),
        ItemKind::Rule(rule) => source(&rule.source),
        ItemKind::Source(declared) => source(&declared.name),
        ItemKind::Exception(exception) => match exception.rules.as_slice() {
            [rule] => of_rule(rule).map(Concerns::Source),
            _ => None,
        },
        ItemKind::Bundle(bundle) => tree.bundles.id(&bundle.name.text).map(Concerns::Bundle),
        _ => None,
    };
    found.unwrap_or(Concerns::Everything)
}
