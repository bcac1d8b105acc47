//! Why: the rules that spoke, what each came to, with its citation and the line where it is written.

use onrecord::decision::{ActDecision, Reason, Verdict};
use onrecord::tree::{Clause, ExceptionId, RuleId};

use super::sheet::Sheet;
use super::words::{self, Words};
use crate::report::position::file_and_line;
use crate::screen::{BOLD, CYAN, DIM, GREEN, RED, YELLOW, paint};

/// Shows the reasons, per act, then those of the retention.
pub fn show(sheet: &mut Sheet, words: &Words<'_>) {
    let decision = words.decision;
    let kept: Vec<&Reason> = decision.retention.iter().flat_map(|row| &row.because).collect();
    let acts = || decision.acts.iter().chain(&decision.uses);
    if kept.is_empty() && acts().all(|act| act.because.is_empty()) {
        return;
    }
    sheet.heading("Why");
    for act in acts() {
        of_act(sheet, words, act);
    }
    let mut seen: Vec<&Reason> = Vec::new();
    for one in kept {
        if !seen.iter().any(|known| (known.rule, known.clause, known.then_of) == (one.rule, one.clause, one.then_of)) {
            seen.push(one);
        }
    }
    if !seen.is_empty() {
        sheet.line(1, &paint(BOLD, "Keeping"));
    }
    for one in seen {
        reason(sheet, words, one, None);
    }
}

fn of_act(sheet: &mut Sheet, words: &Words<'_>, act: &ActDecision) {
    if act.because.is_empty() {
        return;
    }
    sheet.line(1, &paint(BOLD, &words.act(&act.act)));
    let mut reasons: Vec<&Reason> = act.because.iter().collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.verdict));
    for one in reasons {
        reason(sheet, words, one, Some(one.verdict));
    }
}

fn reason(sheet: &mut Sheet, words: &Words<'_>, reason: &Reason, verdict: Option<Verdict>) {
    let rule = &words.decision.policy.tree.rules[reason.rule];
    let mark = match verdict {
        Some(Verdict::Cleared) => paint(GREEN, "✔ "),
        Some(Verdict::Prohibited) => paint(RED, "✘ "),
        Some(_) => paint(YELLOW, "▸ "),
        None => "· ".to_owned(),
    };
    let comes_to = match (verdict, reason.undetermined) {
        (Some(Verdict::Cleared), false) => "met",
        (Some(Verdict::Cleared), true) => "met, whatever the facts",
        (Some(verdict), _) => words::verdict(verdict),
        (None, _) => "",
    };
    let title = if rule.title == rule.name { String::new() } else { format!(" {}", rule.title) };
    let comes_to = if comes_to.is_empty() { String::new() } else { format!(": {comes_to}") };
    sheet.item(2, &mark, &format!("{}{title}{comes_to}", paint(BOLD, &rule.name)));
    sheet.whole(3, &citation(words, reason.rule, reason.then_of, reason.clause));
    for exception in &reason.exceptions {
        let declared = &words.decision.policy.tree.exceptions[*exception];
        let cites = declared.cites.join("; ");
        sheet.line(3, &format!("a way by the exception {} ({}) {cites}", declared.name, declared.title));
    }
}

/// A rule's citations and where the clause is written.
pub fn citation(words: &Words<'_>, rule: RuleId, then_of: Option<ExceptionId>, index: usize) -> String {
    let policy = &words.decision.policy;
    let declared = &policy.tree.rules[rule];
    let exception = then_of.map(|one| &policy.tree.exceptions[one]);
    let cites = exception.map(|one| &one.cites).filter(|cites| !cites.is_empty()).unwrap_or(&declared.cites);
    let span = clause(words, rule, then_of, index).map_or(declared.span, |clause| clause.span);
    let at = paint(CYAN, &file_and_line(&policy.sources, span));
    if cites.is_empty() {
        let source = &policy.tree.sources[declared.source].title;
        return format!("{}  {at}", paint(DIM, source));
    }
    format!("{}  {at}", cites.join("; "))
}

/// A clause.
pub fn clause<'a>(words: &Words<'a>, rule: RuleId, then_of: Option<ExceptionId>, index: usize) -> Option<&'a Clause> {
    let tree = &words.decision.policy.tree;
    match then_of {
        None => tree.rules.get(rule)?.clauses.get(index),
        Some(exception) => tree.exceptions.get(exception)?.thens.get(index),
    }
}
