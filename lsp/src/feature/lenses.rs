//! Lenses: what the scenarios came to, over each rule and scenario.

use std::ops::Range;

use onrecord::test::{Side, TestReport, UnreachedWhat};

use crate::facts::Symbol;
use crate::semantic::Semantic;
use crate::snapshot::View;

/// A rule or a scenario over which a lens stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// Its name in the text.
    pub range: Range<usize>,
    /// Whether it is a scenario.
    pub is_scenario: bool,
    /// Its name or title.
    pub name: String,
}

/// The lenses of a document.
#[must_use]
pub fn lenses(view: View<'_>) -> Vec<Lens> {
    let mut found = Vec::new();
    for (base, piece) in view.document.pieces() {
        let lens = |symbol: &Symbol| Lens {
            range: base + symbol.name_range.start..base + symbol.name_range.end,
            is_scenario: symbol.keyword == "scenario",
            name: symbol.name.clone(),
        };
        found.extend(piece.facts.symbols.iter().filter(|one| matches!(one.keyword, "rule" | "scenario")).map(lens));
    }
    found
}

/// What the scenarios came to for one lens: `✔ 3 of 3`.
#[must_use]
pub fn outcome(semantic: &Semantic, is_scenario: bool, name: &str) -> String {
    if let Some(why) = semantic.standing.against_named(&semantic.tree, is_scenario, name) {
        return format!("not run: {why}");
    }
    match semantic.run_scenarios(|| true) {
        Some(report) if is_scenario => of_scenario(report, name),
        Some(report) => of_rule(semantic, report, name),
        None => "not run".to_owned(),
    }
}

fn of_scenario(report: &TestReport, title: &str) -> String {
    match report.scenarios.iter().find(|scenario| scenario.title == title) {
        Some(scenario) => score(scenario.expectations - scenario.failures.len(), scenario.expectations),
        None => "not run: it cannot be read".to_owned(),
    }
}

fn of_rule(semantic: &Semantic, report: &TestReport, name: &str) -> String {
    let Some(id) = semantic.tree.rules.id(name) else { return "not run: it cannot be read".to_owned() };
    let reaching: Vec<_> = report.scenarios.iter().filter(|scenario| scenario.rules.contains(&id)).collect();
    if reaching.is_empty() {
        return "no scenario reaches this rule".to_owned();
    }
    let passed = reaching.iter().filter(|scenario| scenario.failures.is_empty()).count();
    let missing = report.unreached.iter().find(|one| one.what == UnreachedWhat::Clause(name.to_owned()));
    let missing = match missing.map(|one| one.missing) {
        Some(Some(Side::Met)) => " · none in which it is met",
        Some(Some(Side::Unmet)) => " · none in which it is not met",
        Some(None) => " · a clause that none reaches",
        None => "",
    };
    format!("{}{missing}", score(passed, reaching.len()))
}

fn score(met: usize, of: usize) -> String {
    format!("{} {met} of {of}", if met == of { "✔" } else { "✘" })
}
