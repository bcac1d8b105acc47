//! Second pass over rules, exceptions and notices.

use super::{Resolver, codes};
use crate::source::Span;
use crate::syntax::ast::{self, ClauseKind as Written, ExceptionLine, Name, NoticeLine, RuleLine};
use crate::tree::{
    Allow, Clause, ClauseKind, DutyWhat, ExceptionId, Keep, KeepSpan, Period, RuleId, SourceId, Thing, Waive,
};

impl<'f> Resolver<'f> {
    pub(super) fn fill_rule(&mut self, declared: &'f ast::Rule, span: Span) {
        let source = self.find("source", super::sources, &declared.source);
        let Some(id) = self.out.tree.rules.id(&declared.name.text) else { return };
        let Some(mut rule) = self.out.tree.rules.get(id).filter(|rule| rule.span == span).cloned() else { return };
        if let Some(source) = source {
            rule.source = source;
        }
        let mut once: Vec<(&str, Span)> = Vec::new();
        for line in &declared.body.lines {
            if let Some(kind) = stands_once(&line.value) {
                match once.iter().find(|(known, _)| *known == kind) {
                    Some((_, earlier)) => self.say(codes::line_twice(line.span, *earlier)),
                    None => once.push((kind, line.span)),
                }
            }
            match &line.value {
                RuleLine::Cite(text) => rule.cites.push(text.value.clone()),
                RuleLine::Summary(text) => rule.summary = Some(text.value.clone()),
                RuleLine::InForce { from, until } => {
                    rule.in_force.from = self.day(from);
                    rule.in_force.until = self.until(until.as_ref());
                    self.in_order(rule.in_force.from, rule.in_force.until, line.span);
                }
                RuleLine::Proposed => rule.in_force.proposed = true,
                RuleLine::Stayed { from, until } => {
                    let (from, until) = (self.day(from), self.until(until.as_ref()));
                    self.in_order(from, until, line.span);
                    rule.in_force.stayed.extend(from.map(|from| (from, until)));
                }
                RuleLine::Annulled(from) => rule.in_force.annulled = self.day(from),
                RuleLine::SanctionDeferred(until) => rule.in_force.sanction_deferred = self.day(until),
                RuleLine::Clause(clause) => rule.clauses.extend(self.clause(clause)),
                RuleLine::Exception(_) => {}
            }
        }
        if !declared.body.broken.is_empty() || rule.clauses.len() < written_clauses(declared) {
            self.incomplete.insert(id);
        }
        rule.clauses.shrink_to_fit();
        if let Some(known) = self.out.tree.rules.get_mut(id) {
            *known = rule;
        }
        for line in &declared.body.lines {
            if let RuleLine::Exception(exception) = &line.value {
                if let Some(first) = exception.rules.first() {
                    self.say(codes::names_rules_inside(first.span, &declared.name.text));
                }
                self.except(exception, line.span, vec![id]);
            }
        }
    }

    /// An exception at top level names its rules.
    pub(super) fn fill_exception(&mut self, declared: &'f ast::Exception, span: Span) {
        let rules = self.find_all("rule", super::rules, &declared.rules);
        self.except(declared, span, rules);
    }

    /// Notes whose exception it is; its lines are resolved once every rule has its clauses.
    fn except(&mut self, declared: &'f ast::Exception, span: Span, rules: Vec<RuleId>) {
        let Some(id) = self.out.tree.exceptions.id(&declared.name.text) else { return };
        let Some(exception) = self.out.tree.exceptions.get_mut(id).filter(|known| known.span == span) else { return };
        let source: Option<SourceId> =
            rules.first().and_then(|rule| self.out.tree.rules.get(*rule)).map(|rule| rule.source);
        if let Some(source) = source {
            exception.source = source;
        }
        for rule in &rules {
            if let Some(rule) = self.out.tree.rules.get_mut(*rule) {
                rule.exceptions.push(id);
                rule.exceptions.sort();
            }
        }
        exception.rules = rules;
        self.open_exceptions.push((id, declared));
    }

    /// Resolves the lines of every exception.
    pub(super) fn fill_exceptions(&mut self) {
        for (id, declared) in std::mem::take(&mut self.open_exceptions) {
            self.fill_lines(id, declared);
        }
    }

    fn fill_lines(&mut self, id: ExceptionId, declared: &ast::Exception) {
        let Some(mut exception) = self.out.tree.exceptions.get(id).cloned() else { return };
        for line in &declared.body.lines {
            match &line.value {
                ExceptionLine::Cite(text) => exception.cites.push(text.value.clone()),
                ExceptionLine::Summary(text) => match &exception.summary {
                    Some(_) => self.say(codes::line_twice(line.span, declared.name.span)),
                    None => exception.summary = Some(text.value.clone()),
                },
                ExceptionLine::Allow { act, condition, provided, reading } => {
                    let act = self.act(act);
                    let condition = self.optional(condition.as_ref(), Self::condition);
                    let provided = self.optional(provided.as_ref(), Self::requirement);
                    let reading = self.optional(reading.as_ref(), Self::reading);
                    if let (Some(act), Some(condition), Some(provided), Some(reading)) =
                        (act, condition, provided, reading)
                    {
                        exception.allows.push(Allow { act, condition, provided, reading, span: line.span });
                    }
                }
                ExceptionLine::Waive { label, condition } => {
                    let condition = self.optional(condition.as_ref(), Self::condition);
                    if let Some(condition) = condition {
                        exception.waives.extend(self.waive(label, &exception.rules, condition, line.span));
                    }
                }
                ExceptionLine::Then(clause) => exception.thens.extend(self.clause(clause)),
            }
        }
        exception.allows.shrink_to_fit();
        exception.thens.shrink_to_fit();
        if let Some(known) = self.out.tree.exceptions.get_mut(id) {
            *known = exception;
        }
    }

    /// The clauses of that label in the rules that are excepted.
    fn waive(
        &mut self,
        label: &Name,
        rules: &[RuleId],
        condition: Option<crate::tree::Cond>,
        span: Span,
    ) -> Vec<Waive> {
        let (mut found, mut others, mut fixed) = (Vec::new(), Vec::new(), None);
        for rule in rules {
            let clauses = self.out.tree.rules.get(*rule).map(|rule| rule.clauses.as_slice()).unwrap_or_default();
            for (clause, written) in (0..).zip(clauses) {
                let waivable = matches!(written.kind, ClauseKind::Duty { .. } | ClauseKind::Keep(_));
                match &written.label {
                    Some(its) if *its == label.text && waivable => {
                        found.push(Waive { rule: *rule, clause, condition: condition.clone(), span });
                    }
                    Some(its) if *its == label.text => fixed = Some(written.span),
                    Some(its) => others.push(its.clone()),
                    None => {}
                }
            }
        }
        match fixed {
            _ if !found.is_empty() => {}
            Some(clause) => self.say(codes::cannot_be_waived(label, clause)),
            None if rules.iter().any(|rule| self.is_broken(*rule)) => {}
            None => {
                let nearest = crate::nearest::nearest(&label.text, others.iter().map(String::as_str));
                self.say(codes::no_such_label(label, nearest));
            }
        }
        found
    }

    /// Whether a rule has a line that could not be read: then nothing is said of what it lacks.
    fn is_broken(&self, rule: RuleId) -> bool {
        self.incomplete.contains(&rule)
    }

    fn clause(&mut self, written: &ast::Clause) -> Option<Clause> {
        let kind = self.clause_kind(&written.kind);
        let reading = self.optional(written.reading.as_ref(), Self::reading)?;
        let label = written.label.as_ref().map(|label| label.text.clone());
        Some(Clause { label, kind: kind?, reading, span: written.span })
    }

    fn clause_kind(&mut self, written: &Written) -> Option<ClauseKind> {
        match written {
            Written::Prohibit { act, condition, unless } => {
                self.prohibition(act, false, condition.as_ref(), unless.as_ref())
            }
            Written::Require { act, condition, unless } => {
                self.prohibition(act, true, condition.as_ref(), unless.as_ref())
            }
            Written::RequireBefore { requirement, act, condition } => {
                self.prohibition(act, false, condition.as_ref(), Some(requirement))
            }
            Written::Duty { what, recurring, period, event, paused, condition } => {
                let what = match what {
                    ast::DutyWhat::Act(act) => self.act(act).map(DutyWhat::Act),
                    ast::DutyWhat::Told(told) => self.requirement(told).map(DutyWhat::Told),
                };
                let period = self.period(period);
                let event = self.find("event", super::events, event);
                let paused = match paused {
                    None => Some(None),
                    Some((stop, go)) => {
                        let stop = self.find("event", super::events, stop);
                        let go = self.find("event", super::events, go);
                        stop.zip(go).map(Some)
                    }
                };
                let condition = self.optional(condition.as_ref(), Self::condition);
                Some(ClauseKind::Duty {
                    what: what?,
                    recurring: *recurring,
                    period: period?,
                    event: event?,
                    paused: paused?,
                    condition: condition?,
                })
            }
            Written::Keep { thing, purpose, at_least, period, yields, data_held, condition } => {
                let thing = self.thing(thing);
                let purpose = self.optional(purpose.as_ref(), |this, name| this.find("purpose", super::purposes, name));
                let span = self.keep_span(period);
                let condition = self.optional(condition.as_ref(), Self::condition);
                Some(ClauseKind::Keep(Keep {
                    thing: thing?,
                    purpose: purpose?,
                    at_least: *at_least,
                    span: span?,
                    yields: *yields,
                    data_held: *data_held,
                    condition: condition?,
                }))
            }
            Written::Displaces { rule, cites } => {
                let rule = self.find("rule", super::rules, rule)?;
                Some(ClauseKind::Displaces { rule, cites: cites.iter().map(|cite| cite.value.clone()).collect() })
            }
        }
    }

    /// `prohibit ACT`, and `require ACT`, which prohibits leaving it undone.
    fn prohibition(
        &mut self,
        act: &ast::Act,
        omission: bool,
        condition: Option<&ast::Expr>,
        unless: Option<&ast::Expr>,
    ) -> Option<ClauseKind> {
        let act = self.act(act);
        let condition = self.optional(condition, Self::condition);
        let unless = self.optional(unless, Self::requirement);
        let mut act = act?;
        act.not ^= omission;
        Some(ClauseKind::Prohibit { act, condition: condition?, unless: unless? })
    }

    pub(super) fn thing(&mut self, written: &ast::Thing) -> Option<Thing> {
        match written {
            ast::Thing::One(name) => self.artefact_or_category(name),
            ast::Thing::In { category, artefact } => {
                let category = self.find("category", super::categories, category);
                let artefact = self.find("artefact", super::artefacts, artefact);
                Some(Thing::In(category?, artefact?))
            }
            ast::Thing::AnyOf(names) => {
                let mut found = self.find_all("artefact", super::artefacts, names);
                found.sort_unstable();
                (found.len() == names.len()).then_some(Thing::AnyOf(found))
            }
        }
    }

    /// An artefact, or a category wherever it occurs.
    fn artefact_or_category(&mut self, name: &Name) -> Option<Thing> {
        if let Some(category) = self.peek("category", super::categories, name) {
            return Some(Thing::Category(category));
        }
        self.find("artefact", super::artefacts, name).map(Thing::Artefact)
    }

    fn keep_span(&mut self, written: &ast::KeepSpan) -> Option<KeepSpan> {
        match written {
            ast::KeepSpan::From(period, event) => {
                let period: Option<Period> = self.period(period);
                let event = self.find("event", super::events, event);
                Some(KeepSpan::From(period?, event?))
            }
            ast::KeepSpan::Until(event) => self.find("event", super::events, event).map(KeepSpan::Until),
            ast::KeepSpan::Earlier(parts) => self.keep_spans(parts).map(KeepSpan::Earlier),
            ast::KeepSpan::Later(parts) => self.keep_spans(parts).map(KeepSpan::Later),
        }
    }

    fn keep_spans(&mut self, written: &[ast::KeepSpan]) -> Option<Vec<KeepSpan>> {
        let parts: Vec<Option<KeepSpan>> = written.iter().map(|part| self.keep_span(part)).collect();
        parts.into_iter().collect()
    }

    pub(super) fn reading(&mut self, name: &Name) -> Option<crate::tree::ReadingId> {
        self.find("reading", super::readings, name)
    }

    /// What is not written is `Some(None)`; what is written and cannot be resolved is `None`.
    pub(super) fn optional<W, T>(
        &mut self,
        written: Option<&W>,
        resolve: impl FnOnce(&mut Self, &W) -> Option<T>,
    ) -> Option<Option<T>> {
        match written {
            None => Some(None),
            Some(written) => resolve(self, written).map(Some),
        }
    }

    pub(super) fn fill_notice(&mut self, declared: &ast::Notice, span: Span) {
        let Some(id) = self.out.tree.notices.id(&declared.name.text) else { return };
        let Some(mut notice) = self.out.tree.notices.get(id).filter(|notice| notice.span == span).cloned() else {
            return;
        };
        for line in &declared.body.lines {
            match &line.value {
                NoticeLine::States(names) => notice.states.extend(self.find_all("element", super::elements, names)),
                NoticeLine::By(names) => notice.means.extend(self.find_all("means", super::means, names)),
                NoticeLine::Manner(names) => notice.manners.extend(self.find_all("manner", super::manners, names)),
                NoticeLine::AsksFor(terms) => {
                    let terms: Vec<_> = terms.iter().filter_map(|term| self.term(term)).collect();
                    notice.asks_for.extend(terms);
                }
                NoticeLine::Wording { language, text } => {
                    if let Some(tag) = self.language(language) {
                        notice.wordings.push((tag, text.value.clone()));
                    }
                }
            }
        }
        notice.states.sort();
        notice.states.dedup();
        if notice.states.is_empty() && !notice.form && declared.body.broken.is_empty() {
            self.say(codes::missing_line(&declared.name, "states ELEMENT, …"));
        }
        if let Some(known) = self.out.tree.notices.get_mut(id) {
            *known = notice;
        }
    }

    /// A BCP 47 tag in its canonical case.
    pub(super) fn language(&mut self, name: &Name) -> Option<String> {
        let tag = oxilangtag::LanguageTag::parse_and_normalize(&name.text).ok();
        let primary = |tag: &oxilangtag::LanguageTag<String>| (2..=3).contains(&tag.primary_language().len());
        match tag.filter(primary) {
            Some(tag) => Some(tag.into_inner()),
            None => {
                self.say(codes::language(name));
                None
            }
        }
    }

    pub(super) fn in_order(&mut self, from: Option<chrono::NaiveDate>, until: Option<chrono::NaiveDate>, span: Span) {
        if from.zip(until).is_some_and(|(from, until)| until < from) {
            self.say(codes::reversed(span));
        }
    }
}

fn written_clauses(declared: &ast::Rule) -> usize {
    declared.body.lines.iter().filter(|line| matches!(line.value, RuleLine::Clause(_))).count()
}

/// The lines that a rule may have once.
fn stands_once(line: &RuleLine) -> Option<&'static str> {
    match line {
        RuleLine::Summary(_) => Some("summary"),
        RuleLine::InForce { .. } => Some("in force"),
        RuleLine::Proposed => Some("proposed"),
        RuleLine::Annulled(_) => Some("annulled"),
        RuleLine::SanctionDeferred(_) => Some("deferred"),
        RuleLine::Cite(_) | RuleLine::Stayed { .. } | RuleLine::Clause(_) | RuleLine::Exception(_) => None,
    }
}
