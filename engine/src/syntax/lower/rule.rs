//! Rules, clauses, exceptions, acts.

use onrecord_grammar::Rule;

use super::{Lower, Node, child, children, has, only};
use crate::syntax::ast::{
    Act, Clause, ClauseKind, Date, DutyWhat, Exception, ExceptionLine, Expr, KeepSpan, Name, Rule as RuleDecl,
    RuleLine, Thing,
};

impl Lower<'_> {
    pub(super) fn rule(self, node: &Node<'_>) -> Option<RuleDecl> {
        let mut names = children(node, Rule::name).map(|name| self.name(&name));
        let (name, source) = (names.next()?, names.next()?);
        let body = self.body(node, Rule::rule_line, |line| self.rule_line(&only(line)?));
        Some(RuleDecl { name, title: self.text(node), source, body })
    }

    fn rule_line(self, node: &Node<'_>) -> Option<RuleLine> {
        Some(match node.as_rule() {
            Rule::cite => RuleLine::Cite(self.text(node)?),
            Rule::summary => RuleLine::Summary(self.text(node)?),
            Rule::in_force => RuleLine::InForce { from: self.date(node)?, until: self.until(node) },
            Rule::proposed => RuleLine::Proposed,
            Rule::stayed => RuleLine::Stayed { from: self.date(node)?, until: self.until(node) },
            Rule::annulled => RuleLine::Annulled(self.date(node)?),
            Rule::deferred => RuleLine::SanctionDeferred(self.date(node)?),
            Rule::exception => RuleLine::Exception(self.exception(node)?),
            Rule::clause => RuleLine::Clause(Box::new(self.clause(node)?)),
            _ => return None,
        })
    }

    pub(super) fn exception(self, node: &Node<'_>) -> Option<Exception> {
        let rules = child(node, Rule::to_rules).map(|to| self.names(&to)).unwrap_or_default();
        let body = self.body(node, Rule::exception_line, |line| self.exception_line(&only(line)?));
        Some(Exception { name: self.named(node)?, title: self.text(node), rules, body })
    }

    fn exception_line(self, node: &Node<'_>) -> Option<ExceptionLine> {
        Some(match node.as_rule() {
            Rule::cite => ExceptionLine::Cite(self.text(node)?),
            Rule::summary => ExceptionLine::Summary(self.text(node)?),
            Rule::allow => ExceptionLine::Allow {
                act: self.act(&child(node, Rule::act)?)?,
                condition: self.condition(node)?,
                provided: self.optional(node, Rule::provided)?,
                reading: self.reading_of(node),
            },
            Rule::waive => ExceptionLine::Waive { label: self.named(node)?, condition: self.condition(node)? },
            Rule::then_clause => ExceptionLine::Then(Box::new(self.clause(&child(node, Rule::clause)?)?)),
            _ => return None,
        })
    }

    /// `under READING` below a pair.
    pub(super) fn reading_of(self, node: &Node<'_>) -> Option<Name> {
        child(node, Rule::under).and_then(|under| self.named(&under))
    }

    /// `if COND` below a pair.
    pub(super) fn condition(self, node: &Node<'_>) -> Option<Option<Expr>> {
        self.optional(node, Rule::condition)
    }

    /// A part that may be absent: `Some(None)` when it is, `None` when it is there and cannot be lowered, so that a line never
    /// silently loses its `if` or `unless`.
    fn optional(self, node: &Node<'_>, part: Rule) -> Option<Option<Expr>> {
        match child(node, part) {
            Some(part) => self.expr(&child(&part, Rule::expr)?).map(Some),
            None => Some(None),
        }
    }

    fn clause(self, node: &Node<'_>) -> Option<Clause> {
        let said = node.clone().into_inner().find(|inner| !matches!(inner.as_rule(), Rule::label | Rule::under))?;
        let label = child(node, Rule::label).and_then(|label| self.named(&label));
        Some(Clause { label, kind: self.clause_kind(&said)?, reading: self.reading_of(node), span: self.span(node) })
    }

    fn clause_kind(self, node: &Node<'_>) -> Option<ClauseKind> {
        let act = || child(node, Rule::act).and_then(|act| self.act(&act));
        let condition = self.condition(node)?;
        Some(match node.as_rule() {
            Rule::prohibit => {
                ClauseKind::Prohibit { act: act()?, condition, unless: self.optional(node, Rule::unless)? }
            }
            Rule::require => ClauseKind::Require { act: act()?, condition, unless: self.optional(node, Rule::unless)? },
            Rule::require_before => {
                ClauseKind::RequireBefore { requirement: self.expr(&child(node, Rule::expr)?)?, act: act()?, condition }
            }
            Rule::duty => self.duty(node, condition)?,
            Rule::keep => self.keep(node, condition)?,
            Rule::displaces => ClauseKind::Displaces {
                rule: self.named(node)?,
                cites: children(node, Rule::cite).filter_map(|cite| self.text(&cite)).collect(),
            },
            _ => return None,
        })
    }

    fn duty(self, node: &Node<'_>, condition: Option<Expr>) -> Option<ClauseKind> {
        let what = match child(node, Rule::duty_told) {
            Some(told) => DutyWhat::Told(Box::new(self.one(&only(&told)?)?)),
            None => DutyWhat::Act(self.act(&child(node, Rule::act)?)?),
        };
        let (recurring, when) = match child(node, Rule::recurring) {
            Some(when) => (true, when),
            None => (false, child(node, Rule::within)?),
        };
        let paused = child(node, Rule::paused).and_then(|paused| {
            let mut events = children(&paused, Rule::name).map(|name| self.name(&name));
            Some((events.next()?, events.next()?))
        });
        let (period, event) = (self.period(&when)?, self.named(&when)?);
        Some(ClauseKind::Duty { what, recurring, period, event, paused, condition })
    }

    /// The thing that is kept.
    pub(super) fn thing(self, node: &Node<'_>) -> Option<Thing> {
        let thing = only(&child(node, Rule::thing)?)?;
        Some(match thing.as_rule() {
            Rule::any_of_names => Thing::AnyOf(self.names(&thing)),
            Rule::category_in => {
                let mut names = children(&thing, Rule::name).map(|name| self.name(&name));
                Thing::In { category: names.next()?, artefact: names.next()? }
            }
            _ => Thing::One(self.name(&thing)),
        })
    }

    fn keep(self, node: &Node<'_>, condition: Option<Expr>) -> Option<ClauseKind> {
        let option = |wanted| children(node, Rule::keep_option).any(|option| has(&option, wanted));
        Some(ClauseKind::Keep {
            thing: self.thing(node)?,
            purpose: child(node, Rule::for_purpose).and_then(|part| self.named(&part)),
            at_least: has(node, Rule::at_least),
            period: self.keep_span(&child(node, Rule::span)?)?,
            yields: option(Rule::yields),
            data_held: option(Rule::data_held),
            condition,
        })
    }

    fn keep_span(self, node: &Node<'_>) -> Option<KeepSpan> {
        let said = only(node)?;
        let parts = || children(&said, Rule::span).map(|part| self.keep_span(&part)).collect::<Option<Vec<_>>>();
        Some(match said.as_rule() {
            Rule::period_from => KeepSpan::From(self.period(&said)?, self.named(&said)?),
            Rule::until_event => KeepSpan::Until(self.named(&said)?),
            Rule::earlier => KeepSpan::Earlier(parts()?),
            Rule::later => KeepSpan::Later(parts()?),
            _ => return None,
        })
    }

    pub(super) fn act(self, node: &Node<'_>) -> Option<Act> {
        let part = |wanted| child(node, wanted).and_then(|part| self.named(&part));
        Some(Act {
            not: has(node, Rule::k_not),
            name: self.named(node)?,
            of: part(Rule::act_of),
            purpose: part(Rule::for_purpose),
            recipient: part(Rule::to_recipient),
            phase: part(Rule::during),
            span: self.span(node),
        })
    }

    /// The day below a pair, for lines that have one only.
    pub(super) fn the_date(self, node: &Node<'_>) -> Option<Date> {
        self.date(node)
    }
}
