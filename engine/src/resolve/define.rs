//! Definitions: each is resolved once, after those that it names. Definitions that come back to themselves, or that grow beyond
//! what anybody could read when they are written out, are reported and left out; nothing here recurses from one to another.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Resolver, codes};
use crate::syntax::ast::{Define, Expr, Name};
use crate::tree::Cond;

/// How deep definitions may name each other.
const MAX_DEPTH: usize = 64;
/// How many conditions a definition may come to when every name in it is written out.
const MAX_PARTS: usize = 10_000;

/// A definition, resolved: `None` when it cannot be (which was reported).
#[derive(Clone, Debug, Default)]
pub(super) struct Defined {
    condition: Option<Cond>,
    depth: usize,
    parts: usize,
}

impl<'f> Resolver<'f> {
    /// Resolves every definition.
    pub(super) fn fill_defines(&mut self) {
        let defines: Vec<&'f Define> = self.defines.values().copied().collect();
        let names: Vec<Vec<usize>> = defines.iter().map(|define| self.definitions_in(&define.condition)).collect();
        let order = in_order(&names);
        let acyclic: BTreeSet<usize> = order.iter().copied().collect();
        for at in order {
            if let Some(define) = defines.get(at) {
                let defined = self.fill_define(define);
                Arc::make_mut(&mut self.defined).insert(define.name.text.clone(), defined);
            }
        }
        for at in on_cycles(&names, &acyclic) {
            if let Some(define) = defines.get(at) {
                self.say(codes::cycle("definition", &define.name.text, define.name.span));
            }
        }
        for define in defines.iter().enumerate().filter(|(at, _)| !acyclic.contains(at)).map(|(_, define)| define) {
            Arc::make_mut(&mut self.defined).insert(define.name.text.clone(), Defined::default());
            let _ = self.condition(&define.condition);
        }
    }

    fn fill_define(&mut self, define: &'f Define) -> Defined {
        let (mut depth, mut parts) = (0, 1);
        visit(&define.condition, &mut |part| {
            parts += 1;
            if let Expr::Defined(name) = part
                && let Some(inner) = self.defined.get(&name.text)
            {
                depth = depth.max(inner.depth + 1);
                parts += inner.parts;
            }
        });
        if depth > MAX_DEPTH || parts > MAX_PARTS {
            self.say(codes::grows_too_large(&define.name));
            return Defined::default();
        }
        match self.condition(&define.condition) {
            Some(condition) => Defined { condition: Some(condition), depth, parts },
            None => Defined::default(),
        }
    }

    /// What a definition's name stands for.
    pub(super) fn defined(&mut self, name: &Name) -> Option<Cond> {
        let Some(define) = self.defines.get(&name.text).copied() else {
            if !self.broken.contains(&name.text) {
                let meant = crate::nearest::nearest(&name.text, self.defines.keys().map(String::as_str));
                let found = codes::unknown("definition", name, meant);
                self.say(found);
            }
            return None;
        };
        self.note("definition", name, define.name.span);
        self.defined.get(&name.text)?.condition.clone()
    }

    /// The definitions that a condition names, by index.
    fn definitions_in(&self, condition: &Expr) -> Vec<usize> {
        let mut found = Vec::new();
        visit(condition, &mut |part| {
            if let Expr::Defined(name) = part {
                found.extend(self.defines.get_index_of(&name.text));
            }
        });
        found
    }
}

/// Visits a condition and everything inside it; braces nest no deeper than reading allows.
fn visit<'e>(expr: &'e Expr, each: &mut impl FnMut(&'e Expr)) {
    each(expr);
    match expr {
        Expr::Group { items, .. } => items.iter().for_each(|item| visit(item, each)),
        Expr::Labelled { item, .. } => visit(item, each),
        _ => {}
    }
}

/// An order in which each comes after those that it names; what is on a cycle, or names what is, is left out.
fn in_order(names: &[Vec<usize>]) -> Vec<usize> {
    let mut open: Vec<usize> = names.iter().map(Vec::len).collect();
    let users = reversed(names);
    let mut order: Vec<usize> = (0..names.len()).filter(|at| open.get(*at) == Some(&0)).collect();
    let mut next = 0;
    while let Some(done) = order.get(next).copied() {
        next += 1;
        for user in users.get(done).into_iter().flatten() {
            if let Some(left) = open.get_mut(*user) {
                *left -= 1;
                if *left == 0 {
                    order.push(*user);
                }
            }
        }
    }
    order
}

/// What is on a cycle: of those that cannot be ordered, without those that nothing left names.
fn on_cycles(names: &[Vec<usize>], ordered: &BTreeSet<usize>) -> Vec<usize> {
    let left = |at: &usize| !ordered.contains(at);
    let users = reversed(names);
    let among: Vec<Vec<usize>> =
        users.iter().enumerate().map(|(at, users)| users.iter().filter(|_| left(&at)).copied().collect()).collect();
    let named: BTreeSet<usize> = in_order(&among).into_iter().collect();
    (0..names.len()).filter(|at| left(at) && !named.contains(at)).collect()
}

/// Who names each.
fn reversed(names: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let mut users = vec![Vec::new(); names.len()];
    for (user, named) in names.iter().enumerate() {
        for one in named {
            if let Some(users) = users.get_mut(*one) {
                users.push(user);
            }
        }
    }
    users
}
