//! Names, words, places, periods: from trees as written to one tree in which every name is an id. Total: what cannot be resolved is
//! reported and left out, and nothing is reported twice for one mistake.

mod again;
mod bundle;
mod codes;
mod declare;
mod define;
mod expression;
pub(crate) mod place;
mod rule;
mod scenario;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagnostic::{self, Diagnostic};
use crate::nearest::nearest;
use crate::source::{FileId, Span};
use crate::syntax::Parsed;
use crate::syntax::ast::{self, FactOf, ItemKind, Name, Verb};
use crate::tree::table::{Id, Table};
use crate::tree::{self, Tree};

pub(crate) use again::{Changed, again, declared};
pub use codes::CODES;
pub use place::{countries, place_name, subdivisions};

/// A resolved policy.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The tree.
    pub tree: Tree,
    /// What is wrong with the names, and everything that reading the files found.
    pub diagnostics: Vec<Diagnostic>,
    /// Every place where a name stands, with what it means.
    pub uses: Uses,
    /// What a later run goes on from.
    kept: Kept,
}

impl Resolved {
    /// Whether a definition has this name.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.kept.defined.contains_key(name)
    }
}

/// What resolving knows beside the tree.
#[derive(Clone, Debug, Default)]
struct Kept {
    /// Definitions, resolved.
    defined: Arc<HashMap<String, define::Defined>>,
    /// Names of declarations that could not be read.
    broken: Arc<BTreeSet<String>>,
    /// Rules of which a line could not be read or resolved.
    incomplete: BTreeSet<tree::RuleId>,
}

/// Where names stand, by file. A copy shares what it holds with the original.
#[derive(Clone, Debug, Default)]
pub struct Uses(BTreeMap<FileId, Arc<InFile>>);

/// Where names stand in a file, in the order of places.
#[derive(Debug)]
struct InFile {
    uses: Box<[Use]>,
    /// The files in which these names are declared, in order, each once.
    declared_in: Box<[FileId]>,
}

impl Uses {
    fn new(mut uses: Vec<Use>) -> Self {
        uses.sort_by_key(|one| one.span);
        let in_file = |uses: &[Use]| {
            let mut declared_in: Vec<FileId> = uses.iter().map(|one| one.target.definition.file).collect();
            declared_in.sort_unstable();
            declared_in.dedup();
            Some((uses.first()?.span.file, Arc::new(InFile { uses: uses.into(), declared_in: declared_in.into() })))
        };
        Self(uses.chunk_by(|one, next| one.span.file == next.span.file).filter_map(in_file).collect())
    }

    /// The names in a file.
    #[must_use]
    pub fn of(&self, file: FileId) -> &[Use] {
        self.0.get(&file).map(|of| &*of.uses).unwrap_or_default()
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Use> {
        self.0.values().flat_map(|of| &of.uses)
    }

    /// The files in which names are used that are declared in some files.
    pub(crate) fn users(&self, declared_in: &BTreeSet<FileId>) -> BTreeSet<FileId> {
        let uses = |of: &InFile| of.declared_in.iter().any(|file| declared_in.contains(file));
        self.0.iter().filter(|(_, of)| uses(of)).map(|(file, _)| *file).collect()
    }
}

/// A name in a file and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where it stands.
    pub span: Span,
    /// What it means; the uses of one thing share it.
    pub target: Arc<Target>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Target {
    /// What kind of thing.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Where its name is declared.
    pub definition: Span,
}

/// Resolves the files of a bundle.
#[must_use]
pub fn resolve<'f>(files: impl IntoIterator<Item = &'f Parsed>) -> Resolved {
    let mut resolver = Resolver::default();
    let files: Vec<&Parsed> = files.into_iter().collect();
    for file in &files {
        resolver.out.diagnostics.extend(file.diagnostics.iter().cloned());
    }
    let items: Vec<&ast::Item> = files.iter().flat_map(|file| &file.file.items).collect();
    resolver.declare(&items);
    resolver.fill(&items);
    resolver.finish()
}

/// What resolving finds in some of the files of a bundle, at a fraction of the cost: names are declared from all of them, and the
/// rules, exceptions, bundles and scenarios of the others are left unresolved. It is what [`resolve`] finds there.
#[must_use]
pub fn findings_in<'f>(
    files: impl IntoIterator<Item = &'f Parsed>,
    wanted: impl Fn(crate::source::FileId) -> bool,
) -> Vec<Diagnostic> {
    let mut resolver = Resolver::default();
    let items: Vec<&ast::Item> = files.into_iter().flat_map(|file| &file.file.items).collect();
    resolver.declare(&items);
    // An exception of several rules reads their labels.
    let excepted: BTreeSet<&str> = items
        .iter()
        .filter(|item| wanted(item.span.file))
        .filter_map(|item| match &item.value {
            ast::ItemKind::Exception(exception) => Some(&exception.rules),
            _ => None,
        })
        .flatten()
        .map(|rule| rule.text.as_str())
        .collect();
    let matters = |item: &&ast::Item| match &item.value {
        ast::ItemKind::Rule(rule) => wanted(item.span.file) || excepted.contains(rule.name.text.as_str()),
        ast::ItemKind::Exception(_) | ast::ItemKind::Bundle(_) | ast::ItemKind::Scenario(_) => wanted(item.span.file),
        _ => true,
    };
    let items: Vec<&ast::Item> = items.into_iter().filter(matters).collect();
    resolver.fill(&items);
    let mut found = resolver.out.diagnostics;
    found.retain(|one| wanted(one.span.file));
    diagnostic::sort(&mut found);
    found
}

/// The state of resolving.
#[derive(Default)]
struct Resolver<'f> {
    out: Resolved,
    /// Names that were met.
    uses: Vec<Use>,
    /// What they mean, by kind and declaration.
    targets: HashMap<(&'static str, Span), Arc<Target>>,
    /// Definitions by name.
    defines: IndexMap<String, &'f ast::Define>,
    /// Definitions, resolved.
    defined: Arc<HashMap<String, define::Defined>>,
    /// Names of declarations that could not be read: nothing is said of them.
    broken: Arc<BTreeSet<String>>,
    /// Rules of which a line could not be read or resolved: nothing is said of what they lack.
    incomplete: BTreeSet<tree::RuleId>,
    /// Exceptions whose lines are resolved once every rule has its clauses.
    open_exceptions: Vec<(tree::ExceptionId, &'f ast::Exception)>,
}

/// Something that has a name in a file.
trait Declared {
    fn name_span(&self) -> Span;
}

macro_rules! declared {
    ($($word:ty => $($field:ident).+),+ $(,)?) => {$(
        impl Declared for $word {
            fn name_span(&self) -> Span {
                self.$($field).+.name_span
            }
        }
    )+};
}
declared! {
    tree::vocabulary::ActWord => word, tree::Role => word, tree::Fact => word, tree::vocabulary::Judgment => word,
    tree::vocabulary::Safeguard => word, tree::vocabulary::Manner => word, tree::vocabulary::Phase => word,
}
macro_rules! declared_itself {
    ($($word:ty),+ $(,)?) => {$(
        impl Declared for $word {
            fn name_span(&self) -> Span {
                self.name_span
            }
        }
    )+};
}
declared_itself!(
    tree::Region,
    tree::Source,
    tree::Question,
    tree::Reading,
    tree::Rule,
    tree::Exception,
    tree::Notice,
    tree::Bundle
);
impl<I> Declared for tree::Word<I> {
    fn name_span(&self) -> Span {
        self.name_span
    }
}

impl<'f> Resolver<'f> {
    /// Second pass: every declaration's lines, those first that others are read with.
    fn fill(&mut self, items: &[&'f ast::Item]) {
        for item in items {
            if let ItemKind::Word(word) = &item.value {
                self.fill_word(word, item.span);
            }
        }
        self.close_subsumption();
        self.out.tree.known = known(&self.out.tree);
        for item in items {
            if let ItemKind::Region(region) = &item.value {
                self.fill_region(region);
            }
        }
        self.fill_defines();
        self.cut_region_cycles();
        for item in items {
            match &item.value {
                ItemKind::Source(source) => self.fill_source(source, item.span),
                ItemKind::Coverage(coverage) => self.fill_coverage(coverage, item.span),
                ItemKind::Notice(notice) => self.fill_notice(notice, item.span),
                _ => {}
            }
        }
        self.fill_rules(items);
    }

    /// The lines of rules, exceptions, bundles and scenarios, with which nothing else is read.
    fn fill_rules(&mut self, items: &[&'f ast::Item]) {
        for item in items {
            if let ItemKind::Rule(rule) = &item.value {
                self.fill_rule(rule, item.span);
            }
        }
        for item in items {
            if let ItemKind::Exception(exception) = &item.value {
                self.fill_exception(exception, item.span);
            }
        }
        self.fill_exceptions();
        for item in items {
            match &item.value {
                ItemKind::Bundle(bundle) => self.fill_bundle(bundle, item.span),
                ItemKind::Scenario(scenario) => self.fill_scenario(scenario, item.span),
                _ => {}
            }
        }
    }

    fn finish(mut self) -> Resolved {
        diagnostic::sort(&mut self.out.diagnostics);
        self.out.uses = Uses::new(self.uses);
        self.out.kept = Kept { defined: self.defined, broken: self.broken, incomplete: self.incomplete };
        self.out
    }

    fn say(&mut self, diagnostic: Diagnostic) {
        self.out.diagnostics.push(diagnostic);
    }

    fn note(&mut self, kind: &'static str, name: &Name, definition: Span) {
        let new = || Arc::new(Target { kind, name: name.text.clone(), definition });
        let target = Arc::clone(self.targets.entry((kind, definition)).or_insert_with(new));
        self.uses.push(Use { span: name.span, target });
    }

    /// The id of a name of one kind; reported when there is none.
    fn find<I: Id, T: Declared>(
        &mut self,
        kind: &'static str,
        table: fn(&Tree) -> &Table<I, T>,
        name: &Name,
    ) -> Option<I> {
        let found = self.peek(kind, table, name);
        if found.is_none() && !self.broken.contains(&name.text) {
            let known = nearest(&name.text, table(&self.out.tree).names()).map(str::to_owned);
            self.say(codes::unknown(kind, name, known.as_deref()));
        }
        found
    }

    /// The id of a name of one kind, noted as a use of it; nothing is said when there is none.
    fn peek<I: Id, T: Declared>(
        &mut self,
        kind: &'static str,
        table: fn(&Tree) -> &Table<I, T>,
        name: &Name,
    ) -> Option<I> {
        let table = table(&self.out.tree);
        let id = table.id(&name.text)?;
        let definition = table.get(id)?.name_span();
        self.note(kind, name, definition);
        Some(id)
    }

    fn find_all<I: Id + Ord, T: Declared>(
        &mut self,
        kind: &'static str,
        table: fn(&Tree) -> &Table<I, T>,
        names: &[Name],
    ) -> Vec<I> {
        let mut found: Vec<I> = names.iter().filter_map(|name| self.find(kind, table, name)).collect();
        found.sort();
        found.dedup();
        found
    }

    /// The day of a date; reported when there is no such day.
    fn day(&mut self, date: &ast::Date) -> Option<chrono::NaiveDate> {
        if date.value.is_none() {
            self.say(codes::no_such_day(date.span));
        }
        date.value
    }

    fn until(&mut self, date: Option<&ast::Date>) -> Option<chrono::NaiveDate> {
        date.and_then(|date| self.day(date))
    }
}

fn acts(tree: &Tree) -> &Table<tree::ActId, tree::vocabulary::ActWord> {
    &tree.acts
}
fn purposes(tree: &Tree) -> &Table<tree::PurposeId, tree::Word<tree::PurposeId>> {
    &tree.purposes
}
fn categories(tree: &Tree) -> &Table<tree::CategoryId, tree::Word<tree::CategoryId>> {
    &tree.categories
}
fn roles(tree: &Tree) -> &Table<tree::RoleId, tree::Role> {
    &tree.roles
}
fn facts(tree: &Tree) -> &Table<tree::FactId, tree::Fact> {
    &tree.facts
}
fn judgments(tree: &Tree) -> &Table<tree::JudgmentId, tree::vocabulary::Judgment> {
    &tree.judgments
}
fn elements(tree: &Tree) -> &Table<tree::ElementId, tree::Word<tree::ElementId>> {
    &tree.elements
}
fn safeguards(tree: &Tree) -> &Table<tree::SafeguardId, tree::vocabulary::Safeguard> {
    &tree.safeguards
}
fn means(tree: &Tree) -> &Table<tree::MeansId, tree::Word<tree::MeansId>> {
    &tree.means
}
fn manners(tree: &Tree) -> &Table<tree::MannerId, tree::vocabulary::Manner> {
    &tree.manners
}
fn artefacts(tree: &Tree) -> &Table<tree::ArtefactId, tree::Word<tree::ArtefactId>> {
    &tree.artefacts
}
fn events(tree: &Tree) -> &Table<tree::EventId, tree::Word<tree::EventId>> {
    &tree.events
}
fn phases(tree: &Tree) -> &Table<tree::PhaseId, tree::vocabulary::Phase> {
    &tree.phases
}
fn recipients(tree: &Tree) -> &Table<tree::RecipientId, tree::Word<tree::RecipientId>> {
    &tree.recipients
}
fn regions(tree: &Tree) -> &Table<tree::RegionId, tree::Region> {
    &tree.regions
}
fn sources(tree: &Tree) -> &Table<tree::SourceId, tree::Source> {
    &tree.sources
}
fn readings(tree: &Tree) -> &Table<tree::ReadingId, tree::Reading> {
    &tree.readings
}
fn rules(tree: &Tree) -> &Table<tree::RuleId, tree::Rule> {
    &tree.rules
}
fn exceptions(tree: &Tree) -> &Table<tree::ExceptionId, tree::Exception> {
    &tree.exceptions
}
fn notices(tree: &Tree) -> &Table<tree::NoticeId, tree::Notice> {
    &tree.notices
}
fn bundles(tree: &Tree) -> &Table<tree::BundleId, tree::Bundle> {
    &tree.bundles
}

/// The words that the language itself speaks of, where they are declared.
fn known(tree: &Tree) -> tree::Known {
    let place = |of: FactOf, verb: Verb| {
        let fits = |fact: &tree::Fact| {
            fact.of == of && fact.verb == verb && matches!(fact.kind, tree::FactType::Place | tree::FactType::Places)
        };
        tree.facts.iter().find(|(_, fact)| fits(fact)).map(|(id, _)| id)
    };
    tree::Known {
        recording: tree.acts.id("recording"),
        using: tree.acts.id("use"),
        party: tree.roles.id("party"),
        recording_artefact: tree.artefacts.id("recording"),
        location: place(FactOf::Party, Verb::IsIn),
        recorder_location: place(FactOf::Recorder, Verb::IsIn),
        establishment: place(FactOf::Company, Verb::IsEstablishedIn),
    }
}
