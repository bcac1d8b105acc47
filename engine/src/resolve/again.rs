//! Resolving again after an edit: only the declarations that changed and those that name them. It holds only while every name that is
//! declared stays declared, so the edit must lie inside rules, exceptions, bundles or scenarios that keep their names.

use std::collections::{BTreeMap, BTreeSet};

use super::declare::{bundle_head, exception_head, rule_head};
use super::{Resolved, Resolver, Use, Uses};
use crate::source::{FileId, Span};
use crate::syntax::Parsed;
use crate::syntax::ast::{self, Item, ItemKind, Name, RuleLine};
use crate::tree::ExceptionId;

/// What an edit changed.
#[derive(Debug)]
pub(crate) struct Changed {
    /// The files that are no more.
    pub gone: BTreeSet<FileId>,
    /// The files that came in their stead.
    pub came: BTreeSet<FileId>,
    /// The files that name something that is declared in those that are gone.
    pub users: BTreeSet<FileId>,
}

impl Changed {
    /// What changed from some files to others, if that is no more than can be resolved alone.
    pub(crate) fn between(before: &[FileId], uses: &Uses, plain: &BTreeSet<FileId>, after: &[&Parsed]) -> Option<Self> {
        if before.len() != after.len() {
            return None;
        }
        let mut changed = Self { gone: BTreeSet::new(), came: BTreeSet::new(), users: BTreeSet::new() };
        for (was, is) in before.iter().zip(after).filter(|(was, is)| **was != is.source.id) {
            let named = declared(is)?;
            let same = plain.contains(was)
                && named_in(uses.of(*was)).eq(named.iter().map(|(kind, name)| (*kind, name.text.as_str())));
            if !same {
                return None;
            }
            changed.gone.insert(*was);
            changed.came.insert(is.source.id);
        }
        changed.users = uses.users(&changed.gone).difference(&changed.gone).copied().collect();
        // What is declared twice hangs on which declaration comes first.
        let alone = |is: &&Parsed| {
            let named = declared(is)?;
            named_in(uses.of(is.source.id))
                .eq(named.iter().map(|(kind, name)| (*kind, name.text.as_str())))
                .then_some(())
        };
        after.iter().filter(|is| changed.users.contains(&is.source.id)).all(|is| alone(is).is_some()).then_some(changed)
    }

    fn is_gone(&self, file: FileId) -> bool {
        self.gone.contains(&file) || self.users.contains(&file)
    }

    /// The files that are resolved again.
    pub(crate) fn touched(&self) -> BTreeSet<FileId> {
        self.came.union(&self.users).copied().collect()
    }
}

/// What a file declares, if it holds only what can be resolved by itself.
pub(crate) fn declared(file: &Parsed) -> Option<Vec<(&'static str, &Name)>> {
    let mut found = Vec::new();
    for item in &file.file.items {
        match &item.value {
            ItemKind::Rule(rule) => {
                found.push(("rule", &rule.name));
                found.extend(inner(rule).map(|(exception, _)| ("exception", &exception.name)));
            }
            ItemKind::Exception(exception) => found.push(("exception", &exception.name)),
            ItemKind::Bundle(bundle) => found.push(("bundle", &bundle.name)),
            ItemKind::Scenario(_) => {}
            _ => return None,
        }
    }
    Some(found)
}

/// What the names of a file declare for the first time, in order.
fn named_in(uses: &[Use]) -> impl Iterator<Item = (&'static str, &str)> {
    uses.iter().filter(|one| one.span == one.target.definition).map(|one| (one.target.kind, one.target.name.as_str()))
}

fn inner(rule: &ast::Rule) -> impl Iterator<Item = (&ast::Exception, Span)> {
    rule.body.lines.iter().filter_map(|line| match &line.value {
        RuleLine::Exception(exception) => Some((exception, line.span)),
        _ => None,
    })
}

/// Resolves what changed; the rest is as it was. The findings are those of what was resolved again, reading included.
pub(crate) fn again(was: &Resolved, files: &[&Parsed], changed: &Changed) -> Resolved {
    let mut resolver =
        Resolver { defined: was.kept.defined.clone(), broken: was.kept.broken.clone(), ..Resolver::default() };
    resolver.incomplete.clone_from(&was.kept.incomplete);
    resolver.out.tree = was.tree.clone();
    let touched = changed.touched();
    let mut items: Vec<&Item> = Vec::new();
    for file in files {
        for item in &file.file.items {
            if let ItemKind::Define(define) = &item.value {
                resolver.defines.insert(define.name.text.clone(), define);
            }
        }
        if touched.contains(&file.source.id) {
            resolver.out.diagnostics.extend(file.diagnostics.iter().cloned());
            items.extend(&file.file.items);
        }
    }
    resolver.let_go(&items, changed);
    resolver.fill_rules(&items);
    if items.iter().any(|item| matches!(item.value, ItemKind::Scenario(_))) {
        let order: BTreeMap<FileId, usize> = files.iter().enumerate().map(|(at, file)| (file.source.id, at)).collect();
        resolver.out.tree.scenarios.sort_by_key(|one| (order.get(&one.span.file).copied(), one.span));
    }
    let known = was.uses.0.iter().filter(|(file, _)| !changed.is_gone(**file)).map(|(file, of)| (*file, of.clone()));
    let mut resolved = resolver.finish();
    resolved.uses.0.extend(known);
    resolved
}

impl Resolver<'_> {
    /// Puts the declarations that are resolved again back to before their lines were read.
    fn let_go(&mut self, items: &[&Item], changed: &Changed) {
        self.out.tree.scenarios.retain(|one| !changed.is_gone(one.span.file));
        for item in items {
            match &item.value {
                ItemKind::Rule(rule) => {
                    inner(rule).for_each(|(exception, span)| self.let_exception_go(exception, span))
                }
                ItemKind::Exception(exception) => self.let_exception_go(exception, item.span),
                _ => {}
            }
        }
        for item in items {
            match &item.value {
                ItemKind::Rule(declared) => {
                    self.note("rule", &declared.name, declared.name.span);
                    let tree = &mut self.out.tree;
                    let Some(id) = tree.rules.id(&declared.name.text) else { continue };
                    self.incomplete.remove(&id);
                    if let Some(rule) = tree.rules.get_mut(id) {
                        let exceptions = std::mem::take(&mut rule.exceptions);
                        *rule = crate::tree::Rule { exceptions, ..rule_head(declared, item.span) };
                    }
                }
                ItemKind::Bundle(declared) => {
                    self.note("bundle", &declared.name, declared.name.span);
                    let bundles = &mut self.out.tree.bundles;
                    if let Some(bundle) = bundles.id(&declared.name.text).and_then(|id| bundles.get_mut(id)) {
                        *bundle = bundle_head(declared, item.span);
                    }
                }
                _ => {}
            }
        }
    }

    fn let_exception_go(&mut self, declared: &ast::Exception, span: Span) {
        self.note("exception", &declared.name, declared.name.span);
        let tree = &mut self.out.tree;
        let Some(id) = tree.exceptions.id(&declared.name.text) else { return };
        let id: ExceptionId = id;
        if let Some(exception) = tree.exceptions.get_mut(id) {
            let rules = std::mem::take(&mut exception.rules);
            *exception = exception_head(declared, span);
            for rule in rules {
                if let Some(rule) = tree.rules.get_mut(rule) {
                    rule.exceptions.retain(|one| *one != id);
                }
            }
        }
    }
}
