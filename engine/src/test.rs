//! Running the scenarios of a policy: what was expected, what was found, and which clauses no scenario reaches.

mod expectation;
mod reached;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::compile::PolicySet;
use crate::decision::Decision;
use crate::evaluate::{self, Options};
use crate::source::Span;
use crate::syntax::ast::Verdict;
use crate::tree::{Act, ActId, Expect, Expectation, RuleId, Scenario, ScenarioOf};

pub use reached::{Side, Unreached, UnreachedWhat};

/// What the scenarios of a policy came to.
#[derive(Clone, Debug, Default)]
pub struct TestReport {
    /// Every scenario, in the order of the files.
    pub scenarios: Vec<ScenarioResult>,
    /// Clauses and exceptions that no scenario reaches, or only on one side of their line.
    pub unreached: Vec<Unreached>,
}

impl TestReport {
    /// Whether every expectation was met.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.scenarios.iter().all(|scenario| scenario.failures.is_empty())
    }

    /// How many expectations there were.
    #[must_use]
    pub fn expectations(&self) -> usize {
        self.scenarios.iter().map(|scenario| scenario.expectations).sum()
    }
}

/// What one scenario came to.
#[derive(Clone, Debug)]
pub struct ScenarioResult {
    /// Its title.
    pub title: String,
    /// Its declaration.
    pub span: Span,
    /// How many expectations it has.
    pub expectations: usize,
    /// Those that were not met.
    pub failures: Vec<Failure>,
    /// The rules that spoke in its decisions, ascending.
    pub rules: BTreeSet<RuleId>,
}

/// An expectation that was not met.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The expectation.
    pub span: Span,
    /// What was found, in words.
    pub found: String,
    /// The decision, for who wants to know why.
    pub decision: Box<Decision>,
}

/// Runs every scenario of a policy.
#[must_use]
pub fn run(set: &Arc<PolicySet>) -> TestReport {
    run_while(set, || true).unwrap_or_default()
}

/// Runs every scenario of a policy as long as somebody wants to know; `None` when nobody did before the end.
#[must_use]
pub fn run_while(set: &Arc<PolicySet>, is_wanted: impl Fn() -> bool) -> Option<TestReport> {
    run_some(set, |_| true, is_wanted)
}

/// Runs some scenarios of a policy as long as somebody wants to know. What they do not reach is no more than that.
#[must_use]
pub fn run_some(
    set: &Arc<PolicySet>,
    which: impl Fn(&Scenario) -> bool,
    is_wanted: impl Fn() -> bool,
) -> Option<TestReport> {
    let mut reached = reached::Reached::default();
    let mut scenarios = Vec::with_capacity(set.tree.scenarios.len());
    for scenario in set.tree.scenarios.iter().filter(|scenario| which(scenario)) {
        if !is_wanted() {
            return None;
        }
        scenarios.push(run_one(set, scenario, &mut reached));
    }
    scenarios.sort_by_key(|scenario| scenario.span);
    Some(TestReport { scenarios, unreached: reached.unreached(&set.tree) })
}

fn run_one(set: &Arc<PolicySet>, scenario: &Scenario, reached: &mut reached::Reached) -> ScenarioResult {
    let options = options(scenario);
    let asked = asked(set, scenario);
    let mut failures = Vec::new();
    let mut rules = BTreeSet::new();
    for expect in &scenario.expects {
        let decision = decide(set, scenario, &options, expect, &asked);
        reached.note(&decision);
        rules.extend(reached::rules(&decision));
        reached.note_displacing(evaluate::displacing(set, &scenario.context, &options, decision.at));
        if let Some(found) = expectation::differs(&decision, &expect.what) {
            failures.push(Failure { span: expect.span, found, decision: Box::new(decision) });
        }
    }
    ScenarioResult {
        title: scenario.title.clone(),
        span: scenario.span,
        expectations: scenario.expects.len(),
        failures,
        rules,
    }
}

/// The decision that an expectation is about.
fn decide(set: &Arc<PolicySet>, scenario: &Scenario, options: &Options, expect: &Expect, asked: &[Act]) -> Decision {
    let mut context = scenario.context.clone();
    context.acts = match &expect.what {
        Expectation::Verdict(act, _) | Expectation::Needs(act, _) => vec![act.clone()],
        Expectation::Impasse(act) => vec![bare(*act)],
        Expectation::OutcomeAct(_) | Expectation::OutcomeImpasse(_) => Vec::new(),
        _ => asked.to_vec(),
    };
    evaluate::evaluate(set, &context, options, expect.at.unwrap_or(scenario.at))
}

/// The decision on a scenario's call at its instant, on every act that it asks about: for explanations.
#[must_use]
pub fn decide_scenario(set: &Arc<PolicySet>, scenario: &Scenario) -> Decision {
    let mut context = scenario.context.clone();
    context.acts = asked(set, scenario);
    evaluate::evaluate(set, &context, &options(scenario), scenario.at)
}

/// What a scenario runs.
#[must_use]
pub fn options(scenario: &Scenario) -> Options {
    let adopted = Options { readings: scenario.adopts.clone(), assume: scenario.assumes.clone(), ..Options::default() };
    match &scenario.of {
        ScenarioOf::Sources(sources) => Options { sources: Some(sources.clone()), coverage: false, ..adopted },
        ScenarioOf::Bundle(bundle) => Options { bundle: Some(*bundle), ..adopted },
    }
}

/// The acts that a scenario's verdicts speak of; recording when there is none.
#[must_use]
pub fn asked(set: &Arc<PolicySet>, scenario: &Scenario) -> Vec<Act> {
    let mut acts: Vec<Act> = Vec::new();
    for expect in &scenario.expects {
        if let Expectation::Verdict(act, verdict) = &expect.what {
            let known = acts.iter().any(|one| Act { span: act.span, ..one.clone() } == *act);
            if !known && !matches!(verdict, Verdict::Required | Verdict::NotRequired) {
                acts.push(act.clone());
            }
        }
    }
    if acts.is_empty() {
        acts.extend(set.tree.known.recording.map(bare));
    }
    acts
}

fn bare(act: ActId) -> Act {
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Span::default() }
}
