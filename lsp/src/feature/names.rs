//! Every name in a declaration with the kind of thing that stands there, read from its place alone: it holds while names are not
//! resolved yet, and for names that nobody declared.

use onrecord::syntax::ast::{
    Act, Bundle, BundleLine, Clause, ClauseKind, DutyWhat, Exception, ExceptionLine, Expectation, Expr, Gave,
    GaveOption, GivenFact, ItemKind, KeepSpan, Name, NoticeLine, Period, PersonLine, Predicate, Rule, RuleLine,
    Scenario, ScenarioLine, SourceDecl, SourceLine, StatedFact, Term, Test, Thing, Told, ToldOption, Verb, Word,
    WordLine,
};

use crate::facts::word_keyword;

/// What is done with each name: its kind as the resolver calls it, and whether it is declared here.
pub struct Names<'v> {
    visit: &'v mut dyn FnMut(&Name, &'static str, bool),
}

/// Visits every name of a declaration.
pub fn each(item: &ItemKind, visit: &mut dyn FnMut(&Name, &'static str, bool)) {
    Names { visit }.item(item);
}

impl Names<'_> {
    fn one(&mut self, kind: &'static str, name: &Name) {
        (self.visit)(name, kind, false);
    }

    fn declared(&mut self, kind: &'static str, name: &Name) {
        (self.visit)(name, kind, true);
    }

    fn all<'n>(&mut self, kind: &'static str, names: impl IntoIterator<Item = &'n Name>) {
        names.into_iter().for_each(|name| self.one(kind, name));
    }

    fn item(&mut self, item: &ItemKind) {
        match item {
            ItemKind::Word(word) => self.word(word),
            ItemKind::Region(region) => {
                self.declared("region", &region.name);
                self.all("place", region.body.lines.iter().map(|line| &line.value.place));
            }
            ItemKind::Source(source) => self.source(source),
            ItemKind::Coverage(coverage) => {
                self.one("place", &coverage.place);
                self.all("act", &coverage.acts);
            }
            ItemKind::Question(question) => {
                self.declared("question", &question.name);
                question.body.lines.iter().for_each(|line| self.declared("reading", &line.value.name));
            }
            ItemKind::Define(define) => {
                self.declared("definition", &define.name);
                self.expr(&define.condition);
            }
            ItemKind::Rule(rule) => self.rule(rule),
            ItemKind::Exception(exception) => self.exception(exception),
            ItemKind::Notice(notice) => {
                self.declared("notice", &notice.name);
                notice.body.lines.iter().for_each(|line| self.notice_line(&line.value));
            }
            ItemKind::Bundle(bundle) => self.bundle(bundle),
            ItemKind::Scenario(scenario) => self.scenario(scenario),
            ItemKind::Broken(name) => name.iter().for_each(|name| self.declared("broken", name)),
        }
    }

    fn word(&mut self, word: &Word) {
        let kind = word_keyword(word.kind);
        self.declared(kind, &word.name);
        for line in &word.body.lines {
            match &line.value {
                WordLine::Under(names) => self.all(kind, names),
                WordLine::Makes(name) => self.one("artefact", name),
                WordLine::Excludes(names) => self.all("safeguard", names),
                WordLine::OneOf(values) | WordLine::AnyOf(values) => {
                    values.iter().for_each(|value| self.declared("value", &value.name));
                }
                WordLine::MayBePresumed(name) => self.one("value", name),
                WordLine::Group(name) | WordLine::Captures(name) | WordLine::Side(name) => self.one("choice", name),
                WordLine::StartsWithin(period) => self.period(period),
                _ => {}
            }
        }
    }

    fn period(&mut self, period: &Period) {
        self.all("place", &period.region);
    }

    fn source(&mut self, source: &SourceDecl) {
        self.declared("source", &source.name);
        for line in &source.body.lines {
            match &line.value {
                SourceLine::Level(name) | SourceLine::Confidence(name) | SourceLine::PeriodsBy(name) => {
                    self.one("choice", name);
                }
                SourceLine::Kind(names) => self.all("choice", names),
                SourceLine::Applies { condition, reading } => {
                    self.expr(condition);
                    self.all("reading", reading);
                }
                SourceLine::Staying(told) => self.told(told),
                _ => {}
            }
        }
    }

    fn rule(&mut self, rule: &Rule) {
        self.declared("rule", &rule.name);
        self.one("source", &rule.source);
        for line in &rule.body.lines {
            match &line.value {
                RuleLine::Clause(clause) => self.clause(clause),
                RuleLine::Exception(exception) => self.exception(exception),
                _ => {}
            }
        }
    }

    fn exception(&mut self, exception: &Exception) {
        self.declared("exception", &exception.name);
        self.all("rule", &exception.rules);
        for line in &exception.body.lines {
            match &line.value {
                ExceptionLine::Allow { act, condition, provided, reading } => {
                    self.act(act);
                    condition.iter().chain(provided).for_each(|part| self.expr(part));
                    self.all("reading", reading);
                }
                ExceptionLine::Waive { label, condition } => {
                    self.one("label", label);
                    condition.iter().for_each(|part| self.expr(part));
                }
                ExceptionLine::Then(clause) => self.clause(clause),
                ExceptionLine::Cite(_) | ExceptionLine::Summary(_) => {}
            }
        }
    }

    fn clause(&mut self, clause: &Clause) {
        clause.label.iter().for_each(|label| self.declared("label", label));
        match &clause.kind {
            ClauseKind::Prohibit { act, condition, unless } | ClauseKind::Require { act, condition, unless } => {
                self.act(act);
                condition.iter().chain(unless).for_each(|part| self.expr(part));
            }
            ClauseKind::RequireBefore { requirement, act, condition } => {
                self.expr(requirement);
                self.act(act);
                condition.iter().for_each(|part| self.expr(part));
            }
            ClauseKind::Duty { what, period, event, paused, condition, .. } => {
                match what {
                    DutyWhat::Act(act) => self.act(act),
                    DutyWhat::Told(told) => self.expr(told),
                }
                self.period(period);
                self.one("event", event);
                paused.iter().for_each(|(from, to)| self.all("event", [from, to]));
                condition.iter().for_each(|part| self.expr(part));
            }
            ClauseKind::Keep { thing, purpose, period, condition, .. } => {
                self.thing(thing);
                self.all("purpose", purpose);
                self.keep_span(period);
                condition.iter().for_each(|part| self.expr(part));
            }
            ClauseKind::Displaces { rule, .. } => self.one("rule", rule),
        }
        self.all("reading", &clause.reading);
    }

    fn thing(&mut self, thing: &Thing) {
        match thing {
            Thing::One(name) => self.one("artefact", name),
            Thing::In { category, artefact } => {
                self.one("category", category);
                self.one("artefact", artefact);
            }
            Thing::AnyOf(names) => self.all("artefact", names),
        }
    }

    fn keep_span(&mut self, span: &KeepSpan) {
        match span {
            KeepSpan::From(period, event) => {
                self.period(period);
                self.one("event", event);
            }
            KeepSpan::Until(event) => self.one("event", event),
            KeepSpan::Earlier(spans) | KeepSpan::Later(spans) => spans.iter().for_each(|span| self.keep_span(span)),
        }
    }

    fn act(&mut self, act: &Act) {
        self.one("act", &act.name);
        self.all("role", &act.of);
        self.all("purpose", &act.purpose);
        self.all("recipient", &act.recipient);
        self.all("phase", &act.phase);
    }

    fn term(&mut self, term: &Term) {
        self.act(&term.act);
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Group { items, .. } => items.iter().for_each(|item| self.expr(item)),
            Expr::Labelled { label, item } => {
                self.declared("label", label);
                self.expr(item);
            }
            Expr::Judged { judgment, .. } => self.one("judgment", judgment),
            Expr::Of { predicate, .. } => self.predicate(predicate),
            Expr::Person { role, who, predicate, .. } => {
                self.all("role", role);
                who.iter().for_each(|part| self.predicate(part));
                self.predicate(predicate);
            }
            Expr::Purposes { names, .. } => self.all("purpose", names),
            Expr::Unlawful { rule, .. } => self.all("rule", rule),
            Expr::ReliedOn { exception, .. } => self.one("exception", exception),
            Expr::InPlace { safeguard, .. } => self.one("safeguard", safeguard),
            Expr::Defined(name) => self.one("definition", name),
        }
    }

    fn predicate(&mut self, predicate: &Predicate) {
        match predicate {
            Predicate::Is { verb, value, .. } => {
                let kind = value_kind(*verb);
                match value {
                    Test::One(name) => self.one(kind, name),
                    Test::AnyOf(names) | Test::AllOf(names) => self.all(kind, names),
                    Test::Under(_) | Test::AtLeast(_) => {}
                }
            }
            Predicate::Said { term, .. } => self.term(term),
            Predicate::Told(told) => self.told(told),
            Predicate::Gave(gave) => self.gave(gave),
            Predicate::Present { .. } => {}
        }
    }

    fn told(&mut self, told: &Told) {
        self.all("element", &told.elements);
        for option in &told.options {
            match option {
                ToldOption::By(name) => self.one("means", name),
                ToldOption::Before(act) | ToldOption::Throughout(act) => self.act(act),
                ToldOption::AtStartOf(name) => self.one("act", name),
                ToldOption::AtLeastBefore(period, act) | ToldOption::AtMostBefore(period, act) => {
                    self.period(period);
                    self.act(act);
                }
                _ => {}
            }
        }
    }

    fn gave(&mut self, gave: &Gave) {
        self.term(&gave.term);
        for option in &gave.options {
            match option {
                GaveOption::By(name) => self.one("manner", name),
                GaveOption::OnForm(name) => self.one("notice", name),
                GaveOption::Before(act) => self.act(act),
                GaveOption::AtLeastBefore(period, act) | GaveOption::AtMostBefore(period, act) => {
                    self.period(period);
                    self.act(act);
                }
                _ => {}
            }
        }
    }

    fn notice_line(&mut self, line: &NoticeLine) {
        match line {
            NoticeLine::States(names) => self.all("element", names),
            NoticeLine::By(names) => self.all("means", names),
            NoticeLine::Manner(names) => self.all("manner", names),
            NoticeLine::AsksFor(terms) => terms.iter().for_each(|term| self.term(term)),
            NoticeLine::Wording { language, .. } => self.one("choice", language),
        }
    }

    fn bundle(&mut self, bundle: &Bundle) {
        self.declared("bundle", &bundle.name);
        for line in &bundle.body.lines {
            match &line.value {
                BundleLine::IncludesEverySource => {}
                BundleLine::Includes(names) => self.all("source", names),
                BundleLine::Adopt(names) => self.all("reading", names),
                BundleLine::Given(fact) | BundleLine::Presume(fact) => self.given(fact),
                BundleLine::Answer { judgment, .. } => self.one("judgment", judgment),
                BundleLine::Guards(names) | BundleLine::Prefer(names) => self.all("act", names),
                BundleLine::WhereUncovered(expr) => self.expr(expr),
                BundleLine::OnImpasse { act, .. } => self.one("act", act),
                BundleLine::DespiteUnlawful { purpose, .. } => self.one("purpose", purpose),
                BundleLine::AcceptRisk { rule, .. } => self.one("rule", rule),
            }
        }
    }

    fn given(&mut self, given: &GivenFact) {
        self.stated(&given.fact);
    }

    fn stated(&mut self, fact: &StatedFact) {
        self.all(value_kind(fact.verb), &fact.values);
    }

    fn scenario(&mut self, scenario: &Scenario) {
        self.all(if scenario.of_bundle { "bundle" } else { "source" }, &scenario.of);
        for line in &scenario.body.lines {
            self.scenario_line(&line.value);
        }
    }

    fn scenario_line(&mut self, line: &ScenarioLine) {
        match line {
            ScenarioLine::Adopt(names) => self.all("reading", names),
            ScenarioLine::Assume(name) => self.one("rule", name),
            ScenarioLine::Fact(fact) => self.given(fact),
            ScenarioLine::Judged { judgment, .. } => self.one("judgment", judgment),
            ScenarioLine::Purposes { names, .. } => self.all("purpose", names),
            ScenarioLine::Contains(names) => self.all("category", names),
            ScenarioLine::During { name, .. } => self.one("act", name),
            ScenarioLine::InPlace { safeguard, .. } => self.one("safeguard", safeguard),
            ScenarioLine::Event { event, .. } => self.one("event", event),
            ScenarioLine::Done { act, .. } => self.act(act),
            ScenarioLine::Hold { artefact, .. } => self.one("artefact", artefact),
            ScenarioLine::Person(person) => {
                self.one("role", &person.role);
                person.name.iter().for_each(|name| self.declared("party", name));
                person.body.lines.iter().for_each(|line| self.person_line(&line.value));
            }
            ScenarioLine::Expect(expect) => self.expectation(&expect.what),
            _ => {}
        }
    }

    fn person_line(&mut self, line: &PersonLine) {
        match line {
            PersonLine::Fact(fact) => self.stated(fact),
            PersonLine::Told { elements, means, language, .. } => {
                self.all("element", elements);
                self.all("means", means);
                self.all("choice", language);
            }
            PersonLine::Gave { term, manner, form, .. } => {
                self.term(term);
                self.all("manner", manner);
                self.all("notice", form);
            }
            PersonLine::Said { term, .. } => self.term(term),
            PersonLine::Joins(_) | PersonLine::Leaves(_) => {}
        }
    }

    fn expectation(&mut self, what: &Expectation) {
        match what {
            Expectation::Verdict(act, _) => self.act(act),
            Expectation::Needs(act, name) => {
                self.act(act);
                self.one("fact", name);
            }
            Expectation::Impasse(name) | Expectation::OutcomeAct(name) => self.one("act", name),
            Expectation::Tell { role, elements } => {
                self.one("role", role);
                self.all("element", elements);
            }
            Expectation::Ask { role, term } => {
                self.one("role", role);
                self.term(term);
            }
            Expectation::Arrange(name) => self.one("safeguard", name),
            Expectation::OutcomeImpasse(_) => {}
            Expectation::Keep { thing, purpose, .. } => {
                self.thing(thing);
                self.all("purpose", purpose);
            }
            Expectation::KeepNow(thing, _) => self.thing(thing),
            Expectation::Duty { rule, .. } => self.one("rule", rule),
        }
    }
}

/// What stands after a verb.
fn value_kind(verb: Verb) -> &'static str {
    match verb {
        Verb::Is | Verb::Uses | Verb::Concerns | Verb::Has | Verb::Speaks => "value",
        Verb::IsIn | Verb::IsEstablishedIn | Verb::OffersServicesIn | Verb::ProcessesDataIn | Verb::UsesOutputIn => {
            "place"
        }
    }
}
