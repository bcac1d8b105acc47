//! Why a scenario got its decision, and what running scenarios found, as pages to read.

use std::sync::Arc;

use onrecord::decision::{ActDecision, ActionWhat, Decision, Reason, Verdict};
use onrecord::test::{self, ScenarioResult};
use onrecord::tree::Scenario;

use crate::feature::lenses;
use crate::semantic::Semantic;

/// Runs one scenario, or those that reach a rule. A summary and a page.
///
/// # Errors
/// When nothing can be run.
pub fn run(semantic: &Semantic, is_scenario: bool, name: &str) -> Result<(String, String), String> {
    if let Some(why) = semantic.standing.against_named(&semantic.tree, is_scenario, name) {
        return Err(format!("{name} is not run: {why}"));
    }
    let report = semantic.run_scenarios(|| true).ok_or("the scenarios were not run")?;
    let rule = semantic.tree.rules.id(name);
    let concerns = |one: &&ScenarioResult| {
        if is_scenario { one.title == name } else { rule.is_some_and(|rule| one.rules.contains(&rule)) }
    };
    let summary = format!("{name}: {}", lenses::outcome(semantic, is_scenario, name));
    let mut page = format!("# {summary}\n");
    // In the order of the files, whichever of them was read first.
    let result = |scenario: &Arc<Scenario>| report.scenarios.iter().find(|result| result.span == scenario.span);
    for scenario in semantic.tree.scenarios.iter().filter_map(result).filter(concerns) {
        let mark = if scenario.failures.is_empty() { "✔" } else { "✘" };
        page.push_str(&format!("\n- {mark} {}", scenario.title));
        for failure in &scenario.failures {
            page.push_str(&format!("\n  - found: {}", failure.found));
        }
    }
    page.push('\n');
    Ok((summary, page))
}

/// Explains the decision of a scenario.
///
/// # Errors
/// When it cannot be decided.
pub fn scenario(semantic: &Semantic, title: &str) -> Result<(String, String), String> {
    let found = semantic.tree.scenarios.iter().find(|scenario| scenario.title == title);
    let scenario = found.ok_or_else(|| format!("there is no scenario “{title}”"))?;
    if let Some(why) = semantic.standing.against(&semantic.tree, scenario) {
        return Err(format!("it cannot be said why: {why}"));
    }
    let decision = test::decide_scenario(semantic.set(), scenario);
    let mut page = format!("# {title}\n\nAt {}:\n", instant(scenario, &decision));
    for act in decision.acts.iter().chain(&decision.uses) {
        of_act(&mut page, &decision, act);
    }
    let verdicts: Vec<String> =
        decision.acts.iter().map(|act| format!("{} {}", act_name(&decision, act), verdict(act))).collect();
    Ok((format!("{title}: {}", verdicts.join(", ")), page))
}

/// The instant that is judged: in the offset in which the scenario is written, else in the civil time of a source that speaks.
fn instant(scenario: &Scenario, decision: &Decision) -> String {
    const FORM: &str = "%Y-%m-%d %H:%M:%S %:z";
    if scenario.offset.local_minus_utc() != 0 {
        return decision.at.with_timezone(&scenario.offset).format(FORM).to_string();
    }
    let tree = &decision.policy.tree;
    let mut spoke = decision.acts.iter().chain(&decision.uses).flat_map(|act| &act.because);
    let zone = spoke.find_map(|reason| tree.sources.get(tree.rules.get(reason.rule)?.source)?.civil_time);
    match zone {
        Some(zone) => format!("{} ({zone})", decision.at.with_timezone(&zone).format(FORM)),
        None => decision.at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
    }
}

fn act_name(decision: &Decision, act: &ActDecision) -> String {
    let tree = &decision.policy.tree;
    let purpose = act.act.purpose.map_or_else(String::new, |purpose| format!(" for {}", tree.purposes.name(purpose)));
    format!("{}{}{purpose}", if act.act.not { "not " } else { "" }, tree.acts.name(act.act.act))
}

fn verdict(act: &ActDecision) -> String {
    let word = verdict_word(act.verdict);
    let required = if act.required { ", required" } else { "" };
    let undetermined = if act.undetermined { ", undetermined" } else { "" };
    format!("{word}{required}{undetermined}")
}

/// A verdict, as scenarios write it.
#[must_use]
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Cleared => "cleared",
        Verdict::Conditional => "conditional",
        Verdict::NotNow => "not now",
        Verdict::Prohibited => "prohibited",
    }
}

fn of_act(page: &mut String, decision: &Decision, act: &ActDecision) {
    page.push_str(&format!("\n## {}: {}\n", act_name(decision, act), verdict(act)));
    let way = act.ways.list.first();
    if let Some(way) = way.filter(|way| !way.is_empty()) {
        let actions = way.iter().filter_map(|action| decision.actions.get(*action));
        let words: Vec<String> = actions.map(|action| action_words(decision, &action.what)).collect();
        page.push_str(&format!("\nLawful once: {}.\n", words.join("; ")));
    }
    if act.because.is_empty() {
        page.push_str("\nNo rule speaks here.\n");
    }
    for reason in &act.because {
        of_reason(page, decision, reason);
    }
    if !act.needs.list.is_empty() {
        let needs: Vec<String> = act.needs.list.iter().map(|read| decision.question(read)).collect();
        page.push_str(&format!("\nOne would need to know: {}.\n", needs.join("; ")));
    }
    let contested: Vec<&str> = act.contested.iter().map(|id| decision.policy.tree.questions.name(*id)).collect();
    if !contested.is_empty() {
        page.push_str(&format!("\nContested: {}; the strictest reading decides.\n", contested.join(", ")));
    }
}

fn of_reason(page: &mut String, decision: &Decision, reason: &Reason) {
    let tree = &decision.policy.tree;
    let Some(rule) = tree.rules.get(reason.rule) else { return };
    let cite = if rule.cites.is_empty() { String::new() } else { format!(" ({})", rule.cites.join("; ")) };
    page.push_str(&format!("\n- {}: **{}**{cite} {}", verdict_word(reason.verdict), rule.name, rule.title));
    let exceptions: Vec<&str> = reason.exceptions.iter().map(|id| tree.exceptions.name(*id)).collect();
    if !exceptions.is_empty() {
        page.push_str(&format!("\n  - exceptions that add a way: {}", exceptions.join(", ")));
    }
    let facts: Vec<String> = decision.facts(reason).iter().map(|read| decision.question(read)).collect();
    if !facts.is_empty() {
        page.push_str(&format!("\n  - decided by: {}", facts.join("; ")));
    }
    page.push('\n');
}

fn action_words(decision: &Decision, what: &ActionWhat) -> String {
    let tree = &decision.policy.tree;
    let person = |index: &usize| decision.person(*index);
    match what {
        ActionWhat::Tell { person: who, elements, .. } => {
            let elements: Vec<&str> = elements.iter().map(|element| tree.elements.name(*element)).collect();
            format!("tell {} {}", person(who), elements.join(", "))
        }
        ActionWhat::Ask { person: who, level, term, .. } => {
            format!("obtain {} consent of {} to {}", super::gist::level(*level), person(who), tree.acts.name(term.act))
        }
        ActionWhat::Arrange(safeguard) => format!("put {} in place", tree.safeguards.name(*safeguard)),
    }
}
