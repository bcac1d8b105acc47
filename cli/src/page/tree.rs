//! The tree behind a verdict: which sources spoke, clause by clause, which did not apply, and what would change the answer.

use onrecord::context::Context;
use onrecord::decision::{FactRead, OutcomeWhat, Verdict};
use onrecord::evaluate::explain::{
    Answer, ClauseHeard, ExceptionHeard, Explanation, RuleHeard, RuleState, SourceHeard,
};
use onrecord::tree::RuleId;

use super::sheet::Sheet;
use super::words::{self, Words};
use super::{act, action, value, why};
use crate::report::position::file_and_line;
use crate::screen::{BOLD, CYAN, DIM, GREEN, RED, YELLOW, paint};

/// Shows an explanation.
pub fn show(sheet: &mut Sheet, words: &Words<'_>, ctx: &Context, explained: &Explanation) {
    let Some(decided) = explained.decision.acts.first() else { return };
    act::show(sheet, words, decided);
    if let OutcomeWhat::Impasse(over, answer) = explained.decision.outcome.what {
        sheet.line(1, &words.impasse(over, answer));
        super::closure(sheet, words);
    }
    let tree = Tree { words, ctx };
    sheet.heading("What the sources say of it");
    tree.sources(sheet, &explained.doing);
    if !explained.leaving.is_empty() {
        sheet.heading("What the sources say of leaving it undone");
        tree.sources(sheet, &explained.leaving);
    }
    tree.silent(sheet, &explained.doing);
    tree.changes(sheet, explained);
}

struct Tree<'w, 'a> {
    words: &'w Words<'a>,
    ctx: &'w Context,
}

impl Tree<'_, '_> {
    fn sources(&self, sheet: &mut Sheet, heard: &[SourceHeard]) {
        let policy = &self.words.decision.policy;
        let mut spoke = false;
        for one in heard.iter().filter(|one| one.runs && one.applies != Answer::No) {
            spoke = true;
            let source = &policy.tree.sources[one.source];
            let at = paint(CYAN, &file_and_line(&policy.sources, source.name_span));
            sheet.item(1, "", &format!("{} {}  {at}", paint(BOLD, &source.name), source.title));
            let applies = match &one.applies {
                Answer::Yes if one.facts.is_empty() => "applies everywhere".to_owned(),
                Answer::Yes => format!("applies: {}", self.facts(&one.facts)),
                Answer::No => String::new(),
                Answer::Depends(needs) => format!("may apply; it depends on {}", self.needs(needs)),
            };
            sheet.item(2, "", &paint(DIM, &applies));
            for rule in &one.rules {
                self.rule(sheet, rule);
            }
        }
        if !spoke {
            sheet.line(1, "No source that applies says anything of it.");
        }
    }

    fn rule(&self, sheet: &mut Sheet, heard: &RuleHeard) {
        let name = self.words.rule(heard.rule);
        let aside = |sheet: &mut Sheet, why: &str| sheet.item(2, "· ", &format!("{name}: {why}"));
        match &heard.state {
            RuleState::Binds => {}
            RuleState::NotInForce => return aside(sheet, "not in force on that day"),
            RuleState::Proposed => return aside(sheet, "a bill; --assume it to see what it would change"),
            RuleState::Displaced(by) => {
                let by: Vec<String> = by.iter().map(|rule| self.displacer(*rule)).collect();
                return aside(sheet, &format!("displaced by {}", words::list(&by)));
            }
            RuleState::Depends(needs) => {
                sheet.item(2, "? ", &format!("{name} may bind; it depends on {}", self.needs(needs)));
            }
        }
        for clause in &heard.clauses {
            self.clause(sheet, heard.rule, clause);
        }
    }

    fn displacer(&self, rule: RuleId) -> String {
        let declared = &self.words.decision.policy.tree.rules[rule];
        format!("{} ({})", declared.name, declared.cites.join("; "))
    }

    fn clause(&self, sheet: &mut Sheet, rule: RuleId, heard: &ClauseHeard) {
        let (mark, comes_to) = match (&heard.speaks, heard.verdict) {
            (Answer::No, _) => (paint(DIM, "· "), "does not speak here".to_owned()),
            (_, Verdict::Cleared) => (paint(GREEN, "✔ "), "met".to_owned()),
            (_, Verdict::Prohibited) => (paint(RED, "✘ "), "not met, and nothing can still meet it".to_owned()),
            (_, Verdict::NotNow) => (paint(YELLOW, "▸ "), "cannot be met now".to_owned()),
            (_, Verdict::Conditional) => (paint(YELLOW, "▸ "), "can still be met".to_owned()),
        };
        let whom = match heard.persons.as_slice() {
            [] => String::new(),
            persons => format!(", for {}", self.words.persons(persons)),
        };
        sheet.item(2, &mark, &format!("{}{whom}: {comes_to}", paint(BOLD, &self.words.rule(rule))));
        sheet.line(4, &why::citation(self.words, rule, heard.then_of, &[heard.clause]));
        for line in self.written(rule, heard) {
            sheet.whole(4, &paint(DIM, &line));
        }
        if !heard.facts.is_empty() {
            sheet.item(4, "", &format!("read: {}", self.facts(&heard.facts)));
        }
        if let Answer::Depends(needs) = &heard.speaks {
            sheet.item(4, "? ", &format!("whether it speaks depends on {}", self.needs(needs)));
        }
        if heard.verdict != Verdict::Cleared && heard.speaks != Answer::No {
            for exception in &heard.exceptions {
                self.exception(sheet, exception);
            }
        } else {
            for exception in heard.exceptions.iter().filter(|one| one.adds) {
                self.exception(sheet, exception);
            }
        }
    }

    /// The clause as it is written, moved to the left.
    fn written(&self, rule: RuleId, heard: &ClauseHeard) -> Vec<String> {
        let policy = &self.words.decision.policy;
        let span = why::clause(self.words, rule, heard.then_of, heard.clause).map(|clause| clause.span);
        let source = span.and_then(|span| policy.sources.get(span.file.0 as usize));
        let text = source.zip(span).map(|(source, span)| source.slice(span)).unwrap_or_default();
        let indent = |line: &str| line.len() - line.trim_start().len();
        let least = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indent).min().unwrap_or(0);
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default().to_owned();
        let moved = lines.map(|line| format!("  {}", line.get(least..).unwrap_or_default().trim_end()));
        std::iter::once(first).chain(moved).collect()
    }

    fn exception(&self, sheet: &mut Sheet, heard: &ExceptionHeard) {
        let declared = &self.words.decision.policy.tree.exceptions[heard.exception];
        let what = match (heard.adds, heard.verdict) {
            (true, Verdict::Cleared) => "it meets the rule",
            (true, _) => "it adds a way",
            (false, Verdict::Prohibited) => "not open here",
            (false, _) => "it adds nothing here",
        };
        let needs = match heard.needs.as_slice() {
            [] => String::new(),
            needs => format!("; it depends on {}", self.needs(needs)),
        };
        let cites = declared.cites.join("; ");
        sheet.item(4, "– ", &format!("exception {} ({cites}): {what}{needs}", declared.name));
    }

    /// The sources that did not apply, with the facts that say so.
    fn silent(&self, sheet: &mut Sheet, heard: &[SourceHeard]) {
        let tree = &self.words.decision.policy.tree;
        let silent: Vec<&SourceHeard> = heard.iter().filter(|one| !one.runs || one.applies == Answer::No).collect();
        if silent.is_empty() {
            return;
        }
        sheet.heading("Sources that did not apply");
        let mut because: Vec<(String, Vec<String>)> = Vec::new();
        for one in silent {
            let why = if one.runs { self.facts(&one.facts) } else { "the bundle does not include it".to_owned() };
            let name = tree.sources[one.source].name.clone();
            match because.iter_mut().find(|(known, _)| *known == why) {
                Some((_, names)) => names.push(name),
                None => because.push((why, vec![name])),
            }
        }
        for (why, names) in because {
            sheet.item(1, "· ", &format!("{} {}", names.join(", "), paint(DIM, &format!("({why})"))));
        }
    }

    /// What would change the answer.
    fn changes(&self, sheet: &mut Sheet, explained: &Explanation) {
        let Some(decided) = explained.decision.acts.first() else { return };
        let ways = decided.next.as_ref().map_or(&decided.ways, |(.., ways)| ways);
        if decided.needs.list.is_empty() && ways.list.iter().all(Vec::is_empty) {
            return;
        }
        sheet.heading("What would change it");
        for read in &decided.needs.list {
            sheet.item(1, "? ", &format!("knowing {}", self.words.fact(read)));
        }
        for way in ways.list.iter() {
            let steps: Vec<String> =
                action::of_way(self.words, way).iter().map(|step| action::in_short(self.words, step)).collect();
            sheet.item(1, "▸ ", &steps.join(", and "));
        }
        if !ways.complete {
            sheet.line(1, "(and more ways)");
        }
    }

    fn facts(&self, facts: &[FactRead]) -> String {
        let said: Vec<String> = facts.iter().map(|fact| value::fact(self.words, self.ctx, fact)).collect();
        said.join("; ")
    }

    fn needs(&self, needs: &[FactRead]) -> String {
        needs.iter().map(|read| self.words.decision.fact_name(read)).collect::<Vec<_>>().join(", ")
    }
}
