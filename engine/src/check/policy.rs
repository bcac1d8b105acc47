//! What a lint reads: the tree with what was found wrong before, its clauses, and the conditions and requirements in them.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::resolve::Uses;
use crate::source::{FileId, Span};
use crate::tree::{
    Bundle, Clause, ClauseKind, Cond, DutyWhat, Exception, ExceptionId, Notice, Reading, Req, Rule, RuleId, Source,
    Tree,
};

/// What a lint reads.
pub struct Policy<'a> {
    /// The tree.
    pub tree: &'a Tree,
    /// Every name that stands somewhere.
    pub uses: &'a Uses,
    /// The day of checking, if one was given.
    pub today: Option<NaiveDate>,
    /// Where errors were found before.
    errors: &'a Errors,
    /// What of it is looked at.
    part: &'a Part,
}

/// Where errors are, in ascending order.
pub struct Errors(Vec<(FileId, u32)>);

impl Errors {
    /// The errors among findings.
    pub fn new(found: &[Diagnostic]) -> Self {
        let errors = found.iter().filter(|one| one.is_error());
        let mut errors: Vec<_> = errors.map(|one| (one.span.file, one.span.start)).collect();
        errors.sort_unstable();
        Self(errors)
    }
}

/// A part of a policy.
#[derive(Debug, Default)]
pub struct Part {
    /// Rules in it.
    pub rules: Vec<RuleId>,
    /// Exceptions in it.
    pub exceptions: Vec<ExceptionId>,
    /// Whether everything that is neither is in it.
    pub rest: bool,
}

impl Part {
    /// All of a policy.
    pub fn whole(tree: &Tree) -> Self {
        Self { rules: tree.rules.ids().collect(), exceptions: tree.exceptions.ids().collect(), rest: true }
    }
}

/// A clause with where it stands.
pub struct Written<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// Its rule; for the price of an exception, the first rule that the exception excepts.
    pub rule: &'a Rule,
    /// The source it speaks for.
    pub source: Option<&'a Source>,
    /// Whether it is the price of an exception.
    pub is_price: bool,
}

impl<'a> Policy<'a> {
    /// Over a tree and what was found before.
    pub fn new(tree: &'a Tree, uses: &'a Uses, errors: &'a Errors, today: Option<NaiveDate>, part: &'a Part) -> Self {
        Self { tree, uses, today, errors, part }
    }

    /// The rules.
    pub fn rules(&self) -> impl Iterator<Item = &'a Rule> + use<'a> {
        let tree = self.tree;
        self.part.rules.iter().filter_map(|id| tree.rules.get(*id))
    }

    /// The exceptions.
    pub fn exceptions(&self) -> impl Iterator<Item = &'a Exception> + use<'a> {
        let tree = self.tree;
        self.part.exceptions.iter().filter_map(|id| tree.exceptions.get(*id))
    }

    /// The sources.
    pub fn sources(&self) -> impl Iterator<Item = &'a Source> + use<'a> {
        self.rest(self.tree).flat_map(|tree| tree.sources.iter()).map(|(_, one)| one)
    }

    /// The readings.
    pub fn readings(&self) -> impl Iterator<Item = &'a Reading> + use<'a> {
        self.rest(self.tree).flat_map(|tree| tree.readings.iter()).map(|(_, one)| one)
    }

    /// The notices and forms.
    pub fn notices(&self) -> impl Iterator<Item = &'a Notice> + use<'a> {
        self.rest(self.tree).flat_map(|tree| tree.notices.iter()).map(|(_, one)| one)
    }

    /// The bundles.
    pub fn bundles(&self) -> impl Iterator<Item = &'a Bundle> + use<'a> {
        self.rest(self.tree).flat_map(|tree| tree.bundles.iter()).map(|(_, one)| one)
    }

    /// Something, if what is neither rule nor exception is looked at.
    pub fn rest<T>(&self, value: T) -> std::option::IntoIter<T> {
        self.part.rest.then_some(value).into_iter()
    }

    /// Whether nothing in a declaration was found wrong before: only then does what it lacks mean something.
    pub fn is_whole(&self, span: Span) -> bool {
        let errors = &self.errors.0;
        let first = errors.partition_point(|at| *at < (span.file, span.start));
        errors.get(first).is_none_or(|(file, start)| *file != span.file || *start >= span.end)
    }

    /// Where a declaration mentions a name last, if it does: there the mistake was made. Not its own name.
    pub fn mention(&self, within: Span, kind: &str, name: &str) -> Option<Span> {
        let uses = self.uses.of(within.file);
        let first = uses.partition_point(|one| one.span.start < within.start);
        let inside = uses.get(first..).unwrap_or_default().iter();
        inside
            .take_while(|one| one.span.start < within.end)
            .filter(|one| one.target.kind == kind && one.target.name == name && one.span != one.target.definition)
            .last()
            .map(|one| one.span)
    }

    /// Whether nothing anywhere was found wrong before: only then can one say that something stands nowhere.
    pub fn is_sound(&self) -> bool {
        self.errors.0.is_empty()
    }

    /// Every clause, prices included.
    pub fn clauses(&self) -> impl Iterator<Item = Written<'a>> + use<'a> {
        let tree = self.tree;
        let of_rules = self.rules().flat_map(move |rule| {
            let source = tree.sources.get(rule.source);
            rule.clauses.iter().map(move |clause| Written { clause, rule, source, is_price: false })
        });
        let of_exceptions = self.exceptions().flat_map(move |exception| {
            let rule = exception.rules.first().and_then(|rule| tree.rules.get(*rule));
            rule.into_iter().flat_map(move |rule| {
                let source = tree.sources.get(rule.source);
                exception.thens.iter().map(move |clause| Written { clause, rule, source, is_price: true })
            })
        });
        of_rules.chain(of_exceptions)
    }

    /// Every condition with the line it stands in, those in requirements included.
    pub fn conditions(&self) -> Vec<(&'a Cond, Span)> {
        let mut found: Vec<(&Cond, Span)> = Vec::new();
        for source in self.sources() {
            found.extend(source.applies.iter().map(|(condition, _)| (condition, source.name_span)));
        }
        for written in self.clauses() {
            let condition = match &written.clause.kind {
                ClauseKind::Prohibit { condition, .. } | ClauseKind::Duty { condition, .. } => condition.as_ref(),
                ClauseKind::Keep(keep) => keep.condition.as_ref(),
                ClauseKind::Displaces { .. } => None,
            };
            found.extend(condition.map(|condition| (condition, written.clause.span)));
        }
        for exception in self.exceptions() {
            let allows = exception.allows.iter().map(|allow| (allow.condition.as_ref(), allow.span));
            let waives = exception.waives.iter().map(|waive| (waive.condition.as_ref(), waive.span));
            found.extend(allows.chain(waives).filter_map(|(condition, span)| Some((condition?, span))));
        }
        for (requirement, span) in self.requirements() {
            parts(requirement, &mut |part| {
                if let Req::Cond(condition) = part {
                    found.push((condition, span));
                }
            });
        }
        found
    }

    /// Every requirement with the line it stands in, what a duty tells included.
    pub fn requirements(&self) -> Vec<(&'a Req, Span)> {
        let duties = self.clauses().filter_map(|written| match &written.clause.kind {
            ClauseKind::Duty { what: DutyWhat::Told(told), .. } => Some((told, written.clause.span)),
            _ => None,
        });
        self.ways().into_iter().chain(duties).collect()
    }

    /// Every requirement by which an act is lawful, with the line it stands in.
    pub fn ways(&self) -> Vec<(&'a Req, Span)> {
        let mut found: Vec<(&Req, Span)> = Vec::new();
        for written in self.clauses() {
            if let ClauseKind::Prohibit { unless: Some(unless), .. } = &written.clause.kind {
                found.push((unless, written.clause.span));
            }
        }
        for exception in self.exceptions() {
            let provided = exception.allows.iter().filter_map(|allow| Some((allow.provided.as_ref()?, allow.span)));
            found.extend(provided);
        }
        for bundle in self.bundles() {
            found.extend(bundle.where_uncovered.as_ref().map(|requirement| (requirement, bundle.name_span)));
        }
        found
    }
}

/// Visits a requirement and everything inside it.
pub fn parts<'a>(requirement: &'a Req, visit: &mut impl FnMut(&'a Req)) {
    visit(requirement);
    match requirement {
        Req::All(inner) | Req::Any(inner) => inner.iter().for_each(|one| parts(one, visit)),
        Req::Labelled(_, inner) => parts(inner, visit),
        Req::Cond(_) | Req::Persons { .. } | Req::InPlace(..) => {}
    }
}

/// Visits a condition and everything inside it.
pub fn inside<'a>(condition: &'a Cond, visit: &mut impl FnMut(&'a Cond)) {
    visit(condition);
    match condition {
        Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|one| inside(one, visit)),
        Cond::Not(inner) => inside(inner, visit),
        _ => {}
    }
}
