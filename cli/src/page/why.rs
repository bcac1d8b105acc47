//! Why: the rules that spoke, what each came to, with its citation and the line where it is written.

use onrecord::decision::{Reason, Verdict};
use onrecord::tree::{Clause, ClauseKind, ExceptionId, RuleId};

use super::sheet::Sheet;
use super::words::{self, Words};
use crate::report::position::{file_and_line, place};
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
    for act in acts().filter(|act| !act.because.is_empty()) {
        sheet.line(1, &paint(BOLD, &words::upper(&words.act(&act.act))));
        let mut reasons: Vec<&Reason> = act.because.iter().collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.verdict));
        show_each(sheet, words, &reasons, true);
    }
    if !kept.is_empty() {
        sheet.line(1, &paint(BOLD, "Keeping"));
        show_each(sheet, words, &kept, false);
    }
}

/// Shows reasons, those of one rule that came to the same together.
fn show_each(sheet: &mut Sheet, words: &Words<'_>, reasons: &[&Reason], verdicts: bool) {
    let mut together: Vec<(&Reason, Vec<usize>)> = Vec::new();
    for reason in reasons {
        let same = |known: &&mut (&Reason, Vec<usize>)| {
            (known.0.rule, known.0.then_of, known.0.verdict) == (reason.rule, reason.then_of, reason.verdict)
        };
        match together.iter_mut().find(same) {
            Some((_, clauses)) if clauses.contains(&reason.clause) => {}
            Some((_, clauses)) => clauses.push(reason.clause),
            None => together.push((reason, vec![reason.clause])),
        }
    }
    for (reason, clauses) in together {
        show_one(sheet, words, reason, &clauses, verdicts);
    }
}

fn show_one(sheet: &mut Sheet, words: &Words<'_>, reason: &Reason, clauses: &[usize], verdicts: bool) {
    let rule = &words.decision.policy.tree.rules[reason.rule];
    let first = clauses.first().and_then(|index| clause(words, reason.rule, reason.then_of, *index));
    let demands = matches!(first.map(|clause| &clause.kind), Some(ClauseKind::Prohibit { act, .. }) if act.not);
    let (mark, comes_to) = match reason.verdict {
        _ if !verdicts => ("· ".to_owned(), ""),
        Verdict::Cleared if demands => (paint(GREEN, "✔ "), ": would demand it"),
        _ if demands => (paint(YELLOW, "! "), ": demands it"),
        Verdict::Cleared => (paint(GREEN, "✔ "), ": met"),
        Verdict::Prohibited => (paint(RED, "✘ "), ": not met"),
        Verdict::Conditional => (paint(YELLOW, "▸ "), ": can still be met"),
        Verdict::NotNow => (paint(YELLOW, "▸ "), ": cannot be met now"),
    };
    let title = if rule.title == rule.name { String::new() } else { format!(" {}", rule.title) };
    sheet.item(2, &mark, &format!("{}{title}{comes_to}", paint(BOLD, &rule.name)));
    sheet.line(3, &citation(words, reason.rule, reason.then_of, clauses));
    for exception in &reason.exceptions {
        let declared = &words.decision.policy.tree.exceptions[*exception];
        let cites = declared.cites.join("; ");
        sheet.line(3, &format!("with the exception {}: {} ({cites})", declared.name, declared.title));
    }
}

/// A rule's citations and where the clause is written.
pub fn citation(words: &Words<'_>, rule: RuleId, then_of: Option<ExceptionId>, clauses: &[usize]) -> String {
    let policy = &words.decision.policy;
    let declared = &policy.tree.rules[rule];
    let exception = then_of.map(|one| &policy.tree.exceptions[one]);
    let cites = exception.map(|one| &one.cites).filter(|cites| !cites.is_empty()).unwrap_or(&declared.cites);
    let mut in_order = clauses.to_vec();
    in_order.sort_unstable();
    let spans = in_order.iter().filter_map(|index| clause(words, rule, then_of, *index)).map(|clause| clause.span);
    let first = spans.clone().next().unwrap_or(declared.span);
    let further: Vec<String> = spans
        .skip(1)
        .map(|span| place(&policy.sources, span).start.line.to_string())
        .map(|line| format!(", {line}"))
        .collect();
    let at = paint(CYAN, &format!("{}{}", file_and_line(&policy.sources, first), further.concat()));
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
