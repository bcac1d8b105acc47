//! Scenarios.

use onrecord_grammar::Rule;

use super::{Lower, Node, child, children, has, only};
use crate::syntax::ast::{
    DutyState, Expect, Expectation, KeepNow, PersonLine, PurposeKind, Scenario, ScenarioLine, ScenarioPerson, Time,
    Verdict,
};

impl Lower<'_> {
    pub(super) fn scenario(self, node: &Node<'_>) -> Option<Scenario> {
        let (of_bundle, of) = match child(node, Rule::of_bundle) {
            Some(bundle) => (true, self.names(&bundle)),
            None => (false, self.names(&child(node, Rule::names)?)),
        };
        let body = self.body(node, Rule::scenario_line, |line| self.scenario_line(&only(line)?));
        Some(Scenario { title: self.text(node)?, of_bundle, of, body })
    }

    fn scenario_line(self, node: &Node<'_>) -> Option<ScenarioLine> {
        Some(match node.as_rule() {
            Rule::adopt => ScenarioLine::Adopt(self.names(node)),
            Rule::assume => ScenarioLine::Assume(self.named(node)?),
            Rule::given => self.given(&node.clone().into_inner().nth(1)?)?,
            Rule::expect => ScenarioLine::Expect(self.expect(node)?),
            Rule::someone => {
                let mut names = children(node, Rule::name).map(|name| self.name(&name));
                let (role, name) = (names.next()?, names.next());
                let body = self.body(node, Rule::person_line, |line| self.person_line(&only(line)?));
                ScenarioLine::Person(ScenarioPerson { role, name, body })
            }
            _ => return None,
        })
    }

    fn given(self, node: &Node<'_>) -> Option<ScenarioLine> {
        Some(match node.as_rule() {
            Rule::g_judged => ScenarioLine::Judged { judgment: self.named(node)?, yes: self.yes(node) },
            Rule::g_purposes => {
                let which = if has(node, Rule::k_intended) { PurposeKind::Intended } else { PurposeKind::Promised };
                ScenarioLine::Purposes { which, names: self.names(node) }
            }
            Rule::g_contains => ScenarioLine::Contains(self.names(node)),
            Rule::g_call => ScenarioLine::Call { from: self.time(node)?, until: self.until_time(node) },
            Rule::g_fact => ScenarioLine::Fact(self.given_fact(&child(node, Rule::given_fact)?)?),
            Rule::g_hold => {
                ScenarioLine::Hold { artefact: self.named(node)?, from: self.date(node)?, until: self.until(node) }
            }
            Rule::g_log => ScenarioLine::LogCompleteTo(self.time(node)?),
            Rule::g_log_open => ScenarioLine::LogNotComplete,
            Rule::g_parties => ScenarioLine::PartiesNotComplete,
            Rule::g_at => ScenarioLine::At(self.time(node)?),
            Rule::g_done => ScenarioLine::Done { act: self.act(&child(node, Rule::act)?)?, when: self.when(node)? },
            Rule::g_in_place => ScenarioLine::InPlace {
                safeguard: self.named(node)?,
                from: child(node, Rule::from_time).and_then(|from| self.time(&from)),
                until: self.until_time(node),
            },
            Rule::g_event => ScenarioLine::Event { event: self.named(node)?, when: self.when(node)? },
            Rule::g_during => {
                ScenarioLine::During { name: self.named(node)?, from: self.time(node)?, until: self.until_time(node) }
            }
            _ => return None,
        })
    }

    fn until_time(self, node: &Node<'_>) -> Option<Time> {
        child(node, Rule::until_time).and_then(|until| self.time(&until))
    }

    fn person_line(self, node: &Node<'_>) -> Option<PersonLine> {
        let option = |wanted| children(node, Rule::p_option).filter_map(|option| child(&option, wanted)).last();
        let name = |wanted| option(wanted).and_then(|part| self.named(&part));
        let at = || child(node, Rule::at_time).and_then(|at| self.time(&at));
        Some(match node.as_rule() {
            Rule::p_joins => PersonLine::Joins(self.time(node)?),
            Rule::p_leaves => PersonLine::Leaves(self.time(node)?),
            Rule::p_told => {
                let mut ends = child(node, Rule::p_interval)
                    .map(|interval| {
                        children(&interval, Rule::time).filter_map(|time| self.moment(&time)).collect::<Vec<_>>()
                    })
                    .unwrap_or_default()
                    .into_iter();
                let (from, to) = match at() {
                    Some(at) => (at, None),
                    None => (ends.next()?, ends.next()),
                };
                PersonLine::Told {
                    elements: self.names(&child(node, Rule::list_tight)?),
                    from,
                    to,
                    means: name(Rule::by),
                    language: option(Rule::p_language).and_then(|part| self.tag(&part)),
                    on_recording: option(Rule::on_recording).is_some(),
                }
            }
            Rule::p_gave => PersonLine::Gave {
                level: self.level(node)?,
                term: self.term(node)?,
                at: at()?,
                manner: name(Rule::by),
                form: name(Rule::on_form),
                separately: option(Rule::separately).is_some(),
                on_recording: option(Rule::on_recording).is_some(),
                lasting_the_call: option(Rule::lasting).is_some(),
            },
            Rule::p_said => PersonLine::Said { statement: self.statement(node)?, term: self.term(node)?, at: at()? },
            Rule::stated => PersonLine::Fact(self.stated(node)?),
            _ => return None,
        })
    }

    fn expect(self, node: &Node<'_>) -> Option<Expect> {
        let at = child(node, Rule::at_time).and_then(|at| self.time(&at));
        let said = node
            .clone()
            .into_inner()
            .filter(|inner| !matches!(inner.as_rule(), Rule::k_expect | Rule::at_time))
            .last()?;
        Some(Expect { at, what: self.expectation(&said)?, span: self.span(node) })
    }

    fn expectation(self, node: &Node<'_>) -> Option<Expectation> {
        let act = || child(node, Rule::act).and_then(|act| self.act(&act));
        Some(match node.as_rule() {
            Rule::e_impasse => Expectation::Impasse(self.named(node)?),
            Rule::e_tell => {
                Expectation::Tell { role: self.named(node)?, elements: self.names(&child(node, Rule::list)?) }
            }
            Rule::e_ask => Expectation::Ask { role: self.named(node)?, term: self.term(node)? },
            Rule::e_arrange => Expectation::Arrange(self.named(node)?),
            Rule::e_needs => Expectation::Needs(act()?, self.named(node)?),
            Rule::e_outcome => Expectation::OutcomeAct(self.named(node)?),
            Rule::e_outcome_impasse => Expectation::OutcomeImpasse(self.impasse(&node.clone().into_inner().nth(1)?)),
            Rule::e_duty => {
                let state = only(&child(node, Rule::duty_state)?)?;
                let date = self.date(&state);
                let state = match state.as_rule() {
                    Rule::due => DutyState::Due,
                    Rule::k_met => DutyState::Met,
                    Rule::k_breached => DutyState::Breached,
                    Rule::k_paused => DutyState::Paused,
                    _ => DutyState::NotDue,
                };
                Expectation::Duty { rule: self.named(node)?, state, date }
            }
            Rule::e_keep => {
                let (kept, end) = match child(node, Rule::kept_until) {
                    Some(end) => (true, end),
                    None => (false, child(node, Rule::erased_by)?),
                };
                let purpose = child(node, Rule::for_purpose).and_then(|part| self.named(&part));
                Expectation::Keep { thing: self.thing(node)?, purpose, kept, date: self.date(&end)? }
            }
            Rule::e_keep_now => {
                let now = if has(node, Rule::k_keep) {
                    KeepNow::Keep
                } else if has(node, Rule::k_restrict) {
                    KeepNow::Restrict
                } else {
                    KeepNow::Erase
                };
                Expectation::KeepNow(self.thing(node)?, now)
            }
            Rule::e_verdict => Expectation::Verdict(act()?, verdict(&only(&child(node, Rule::verdict)?)?)),
            _ => return None,
        })
    }
}

fn verdict(node: &Node<'_>) -> Verdict {
    match node.as_rule() {
        Rule::k_cleared => Verdict::Cleared,
        Rule::k_conditional => Verdict::Conditional,
        Rule::not_now => Verdict::NotNow,
        Rule::k_prohibited => Verdict::Prohibited,
        Rule::k_required => Verdict::Required,
        Rule::not_required => Verdict::NotRequired,
        Rule::k_undetermined => Verdict::Undetermined,
        _ => Verdict::Determined,
    }
}
