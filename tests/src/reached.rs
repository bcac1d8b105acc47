//! Which constructs of the language the drawn policies and calls reach: every kind of clause, condition, requirement, option, fact and
//! verdict, each by name, and the list of all of them.

use std::collections::BTreeMap;

use onrecord::context::{Context, Instant, Possible, SayingKind};
use onrecord::decision::{
    ActionKind, ActionStatus, Decision, Disclosure, End, FactRead, Impasse, KeepNow, OutcomeWhat, Reason, Retention,
    Verdict,
};
use onrecord::syntax::ast::{PurposeKind, Statement, Unit};
use onrecord::tree::{
    Act, Allow, Clause, ClauseKind, Cond, Doing, Exception, Gave, Keep, KeepSpan, Level, Of, PersonTest, PurposeTest,
    Quantifier, Req, Start, Test, Thing, Timing, Told, Tree,
};

/// Every construct that there is.
pub const ALL: &[&str] = &[
    "act",
    "act: during a phase",
    "act: for a purpose",
    "act: not",
    "act: of a category",
    "act: of a role",
    "act: of an artefact",
    "act: to a recipient",
    "action: arrange",
    "action: ask",
    "action: do",
    "action: keep up",
    "action: wait",
    "action: waiting",
    "allow",
    "allow: if",
    "allow: not",
    "allow: provided",
    "allow: under a reading",
    "applies",
    "applies: under a reading",
    "bundle: accept risk",
    "bundle: adopt",
    "bundle: answer",
    "bundle: despite unlawful capture",
    "bundle: given",
    "bundle: guards",
    "bundle: includes",
    "bundle: on impasse",
    "bundle: prefer",
    "bundle: presume",
    "bundle: where uncovered",
    "call: asked unknown",
    "call: capture",
    "call: use of stretches with other persons",
    "call: categories unknown",
    "call: consent",
    "call: event",
    "call: expires",
    "call: hold",
    "call: intended unknown",
    "call: log not complete",
    "call: not applicable",
    "call: objected",
    "call: parties not complete",
    "call: phase",
    "call: promised unknown",
    "call: refused",
    "call: safeguard",
    "call: telling",
    "call: use asked",
    "call: withdrew",
    "clause: displaces",
    "clause: duty",
    "clause: prohibit",
    "clause: under a reading",
    "condition: all of",
    "condition: any of",
    "condition: fact",
    "condition: judged",
    "condition: not",
    "condition: persons",
    "condition: purposes",
    "condition: relied on",
    "condition: unlawful",
    "coverage",
    "coverage: subdivisions",
    "coverage: until",
    "disclosure: in a broader language",
    "disclosure: in a language that is understood",
    "disclosure: no language is known",
    "disclosure: no notice states it",
    "disclosure: several notices",
    "disclosure: to several persons",
    "fact: all of",
    "fact: any of",
    "fact: at least so old",
    "fact: in",
    "fact: under so old",
    "fact: yes",
    "gave",
    "gave: at least so long before",
    "gave: at most so long before",
    "gave: before",
    "gave: explicit",
    "gave: expressed",
    "gave: implied",
    "gave: in a manner",
    "gave: lasting the call",
    "gave: on a form",
    "gave: on the recording",
    "gave: opt-out",
    "gave: separately",
    "if",
    "in force from",
    "in force until",
    "in place",
    "in place: so long before",
    "keep: a category",
    "keep: a category in an artefact",
    "keep: an artefact",
    "keep: any of",
    "keep: at least",
    "keep: at most",
    "keep: business days",
    "keep: by the convention",
    "keep: days",
    "keep: earlier of",
    "keep: for a purpose",
    "keep: for data held",
    "keep: from",
    "keep: hours",
    "keep: if",
    "keep: in a civil time",
    "keep: later of",
    "keep: months",
    "keep: rounded",
    "keep: under a reading",
    "keep: until",
    "keep: weeks",
    "keep: years",
    "keep: yields to law",
    "kept: erase",
    "kept: for a purpose",
    "kept: held",
    "kept: keep",
    "kept: restrict",
    "kept: the price of an exception",
    "kept: undetermined",
    "kept: until a day",
    "kept: until an instant",
    "kept: until something to come",
    "needs: capture",
    "needs: categories",
    "needs: event",
    "needs: fact",
    "needs: intended purposes",
    "needs: judgment",
    "needs: other persons",
    "needs: person",
    "needs: phase",
    "needs: promised purposes",
    "needs: question",
    "needs: statement",
    "notice",
    "notice: by a means",
    "outcome: a demand gives way",
    "outcome: after a way",
    "outcome: another act",
    "outcome: impasse: ask a person",
    "outcome: impasse: continue without it",
    "outcome: impasse: decline call",
    "outcome: one side",
    "outcome: pause",
    "outcome: what was asked",
    "outcome: without",
    "outcome: without, after a way",
    "persons: any",
    "persons: every",
    "persons: machines",
    "persons: said",
    "persons: that party",
    "persons: who",
    "possible: anything",
    "possible: at least",
    "possible: exactly",
    "possible: one of",
    "possible: place",
    "possible: places",
    "possible: years",
    "possible: yes or no",
    "purposes: are only",
    "purposes: asked",
    "purposes: include",
    "purposes: include that",
    "purposes: intended",
    "purposes: is any of",
    "purposes: is other than",
    "purposes: promised",
    "region",
    "requirement: all of",
    "requirement: any of",
    "requirement: condition",
    "requirement: labelled",
    "risk not shown",
    "risk shown",
    "said: objected",
    "said: refused",
    "said: withdrew",
    "status: annulled",
    "status: proposed",
    "status: stayed",
    "staying",
    "then",
    "told",
    "told: and did not refuse",
    "told: at least so long before",
    "told: at most so long before",
    "told: at the start of a phase",
    "told: at the start of an act",
    "told: before",
    "told: by a means",
    "told: in their language",
    "told: on the recording",
    "told: throughout",
    "unless",
    "verdict: cleared",
    "verdict: conditional",
    "verdict: impasse",
    "verdict: not now",
    "verdict: prohibited",
    "verdict: required",
    "verdict: running",
    "verdict: stretches",
    "verdict: undetermined",
    "waive: what is kept",
    "waive: what is kept, if",
];

/// How often each construct was reached.
#[derive(Clone, Debug, Default)]
pub struct Reached(pub BTreeMap<&'static str, usize>);

impl Reached {
    fn note(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    fn note_if(&mut self, so: bool, what: &'static str) {
        if so {
            self.note(what);
        }
    }

    /// Adds what another counted.
    pub fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }

    /// What was not reached.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        ALL.iter().copied().filter(|what| !self.0.contains_key(what)).collect()
    }

    /// What was reached least often, and how often.
    #[must_use]
    pub fn rarest(&self, count: usize) -> Vec<(&'static str, usize)> {
        let times = |what: &&'static str| (*what, self.0.get(what).copied().unwrap_or_default());
        let mut all: Vec<_> = ALL.iter().map(times).collect();
        all.sort_by_key(|(_, times)| *times);
        all.truncate(count);
        all
    }

    /// Counts what a policy reaches.
    pub fn policy(&mut self, tree: &Tree) {
        for (_, source) in tree.sources.iter() {
            for (condition, reading) in &source.applies {
                self.note("applies");
                self.note_if(reading.is_some(), "applies: under a reading");
                self.condition(tree, condition);
            }
            if let Some(told) = &source.staying {
                self.note("staying");
                self.told(told);
            }
        }
        for claim in &tree.coverage {
            self.note("coverage");
            self.note_if(claim.subdivisions, "coverage: subdivisions");
            self.note_if(claim.until.is_some(), "coverage: until");
        }
        for (_, rule) in tree.rules.iter() {
            let force = &rule.in_force;
            self.note_if(force.from.is_some(), "in force from");
            self.note_if(force.until.is_some(), "in force until");
            self.note_if(force.proposed, "status: proposed");
            self.note_if(!force.stayed.is_empty(), "status: stayed");
            self.note_if(force.annulled.is_some(), "status: annulled");
            rule.clauses.iter().for_each(|clause| self.clause(tree, clause));
            let source = &tree.sources[rule.source];
            if rule.clauses.iter().any(|clause| matches!(clause.kind, ClauseKind::Keep(_))) {
                self.note(if source.convention.is_some() { "keep: by the convention" } else { "keep: rounded" });
                self.note_if(source.civil_time.is_some(), "keep: in a civil time");
            }
        }
        tree.exceptions.iter().for_each(|(_, exception)| self.exception(tree, exception));
        for (_, notice) in tree.notices.iter() {
            self.note("notice");
            self.note_if(!notice.means.is_empty(), "notice: by a means");
        }
        for (_, bundle) in tree.bundles.iter() {
            self.note_if(bundle.includes.is_some(), "bundle: includes");
            self.note_if(!bundle.adopts.is_empty(), "bundle: adopt");
            self.note_if(!bundle.given.is_empty(), "bundle: given");
            self.note_if(!bundle.presumes.is_empty(), "bundle: presume");
            self.note_if(!bundle.answers.is_empty(), "bundle: answer");
            self.note_if(bundle.guards.is_some(), "bundle: guards");
            self.note_if(bundle.where_uncovered.is_some(), "bundle: where uncovered");
            self.note_if(!bundle.despite_unlawful.is_empty(), "bundle: despite unlawful capture");
            self.note_if(!bundle.prefers.is_empty(), "bundle: prefer");
            self.note_if(!bundle.on_impasse.is_empty(), "bundle: on impasse");
            self.note_if(!bundle.risks.is_empty(), "bundle: accept risk");
        }
    }

    fn exception(&mut self, tree: &Tree, exception: &Exception) {
        for Allow { act, condition, provided, reading, .. } in &exception.allows {
            self.note("allow");
            self.act(act);
            self.note_if(act.not, "allow: not");
            self.note_if(reading.is_some(), "allow: under a reading");
            self.note_if(condition.is_some(), "allow: if");
            self.note_if(provided.is_some(), "allow: provided");
            condition.iter().for_each(|condition| self.condition(tree, condition));
            provided.iter().for_each(|provided| self.requirement(tree, provided));
        }
        for waive in &exception.waives {
            let clause = tree.rules[waive.rule].clauses.get(waive.clause);
            let keeps = clause.is_some_and(|clause| matches!(clause.kind, ClauseKind::Keep(_)));
            self.note_if(keeps, "waive: what is kept");
            self.note_if(keeps && waive.condition.is_some(), "waive: what is kept, if");
        }
        for then in &exception.thens {
            self.note("then");
            self.clause(tree, then);
        }
    }

    fn clause(&mut self, tree: &Tree, clause: &Clause) {
        self.note_if(clause.reading.is_some(), "clause: under a reading");
        match &clause.kind {
            ClauseKind::Prohibit { act, condition, unless } => {
                self.note("clause: prohibit");
                self.act(act);
                self.note_if(condition.is_some(), "if");
                self.note_if(unless.is_some(), "unless");
                condition.iter().for_each(|condition| self.condition(tree, condition));
                unless.iter().for_each(|unless| self.requirement(tree, unless));
            }
            ClauseKind::Displaces { .. } => self.note("clause: displaces"),
            ClauseKind::Duty { .. } => self.note("clause: duty"),
            ClauseKind::Keep(keep) => {
                self.note_if(clause.reading.is_some(), "keep: under a reading");
                self.keep(tree, keep);
            }
        }
    }

    fn keep(&mut self, tree: &Tree, keep: &Keep) {
        self.note_if(keep.data_held, "keep: for data held");
        self.note_if(keep.condition.is_some(), "keep: if");
        keep.condition.iter().for_each(|condition| self.condition(tree, condition));
        self.span(&keep.span);
        self.note(if keep.at_least { "keep: at least" } else { "keep: at most" });
        self.note_if(keep.purpose.is_some(), "keep: for a purpose");
        self.note_if(keep.yields, "keep: yields to law");
        self.note(match keep.thing {
            Thing::Artefact(_) => "keep: an artefact",
            Thing::Category(_) => "keep: a category",
            Thing::In(..) => "keep: a category in an artefact",
            Thing::AnyOf(_) => "keep: any of",
        });
        self.note(match keep.span {
            KeepSpan::From(..) => "keep: from",
            KeepSpan::Until(_) => "keep: until",
            KeepSpan::Earlier(_) => "keep: earlier of",
            KeepSpan::Later(_) => "keep: later of",
        });
    }

    fn span(&mut self, span: &KeepSpan) {
        match span {
            KeepSpan::From(period, _) => self.note(match period.unit {
                Unit::Second | Unit::Minute | Unit::Hour => "keep: hours",
                Unit::Day => "keep: days",
                Unit::BusinessDay => "keep: business days",
                Unit::Week => "keep: weeks",
                Unit::Month => "keep: months",
                Unit::Year => "keep: years",
            }),
            KeepSpan::Until(_) => {}
            KeepSpan::Earlier(parts) | KeepSpan::Later(parts) => parts.iter().for_each(|part| self.span(part)),
        }
    }

    fn act(&mut self, act: &Act) {
        self.note("act");
        self.note_if(act.not, "act: not");
        match act.of {
            Some(Of::Role(_)) => self.note("act: of a role"),
            Some(Of::Category(_)) => self.note("act: of a category"),
            Some(Of::Artefact(_)) => self.note("act: of an artefact"),
            None => {}
        }
        self.note_if(act.purpose.is_some(), "act: for a purpose");
        self.note_if(act.recipient.is_some(), "act: to a recipient");
        self.note_if(act.phase.is_some(), "act: during a phase");
    }

    fn condition(&mut self, tree: &Tree, condition: &Cond) {
        match condition {
            Cond::All(parts) => {
                self.note("condition: all of");
                parts.iter().for_each(|part| self.condition(tree, part));
            }
            Cond::Any(parts) => {
                self.note("condition: any of");
                parts.iter().for_each(|part| self.condition(tree, part));
            }
            Cond::Not(inner) => {
                self.note("condition: not");
                self.condition(tree, inner);
            }
            Cond::Fact { test, .. } => {
                self.note("condition: fact");
                self.test(test);
            }
            Cond::Judged(..) => self.note("condition: judged"),
            Cond::Persons { quantifier, role, who, test, .. } => {
                self.note("condition: persons");
                self.persons(tree, *quantifier, *role, who);
                self.person(test);
            }
            Cond::Purposes { which, test, .. } => {
                self.note("condition: purposes");
                self.note(match which {
                    PurposeKind::Intended => "purposes: intended",
                    PurposeKind::Promised => "purposes: promised",
                    PurposeKind::Asked => "purposes: asked",
                });
                self.note(match test {
                    PurposeTest::AreOnly(_) => "purposes: are only",
                    PurposeTest::Include(_) => "purposes: include",
                    PurposeTest::IncludeThat => "purposes: include that",
                    PurposeTest::IsAnyOf(_) => "purposes: is any of",
                    PurposeTest::IsOtherThan(_) => "purposes: is other than",
                });
            }
            Cond::Unlawful(..) => self.note("condition: unlawful"),
            Cond::ReliedOn(..) => self.note("condition: relied on"),
        }
    }

    fn persons(&mut self, tree: &Tree, quantifier: Quantifier, role: onrecord::tree::RoleId, who: &[PersonTest]) {
        self.note(match quantifier {
            Quantifier::Any => "persons: any",
            Quantifier::Every => "persons: every",
            Quantifier::That => "persons: that party",
        });
        self.note_if(tree.roles[role].nature == onrecord::tree::Nature::Machine, "persons: machines");
        self.note_if(!who.is_empty(), "persons: who");
        who.iter().for_each(|one| self.person(one));
    }

    fn person(&mut self, test: &PersonTest) {
        match test {
            PersonTest::Fact(_, test) => self.test(test),
            PersonTest::Present => {}
            PersonTest::Said(statement, _) => {
                self.note("persons: said");
                self.note(match statement {
                    Statement::Refused => "said: refused",
                    Statement::Withdrew => "said: withdrew",
                    Statement::Objected => "said: objected",
                });
            }
            PersonTest::Not(inner) => self.person(inner),
        }
    }

    fn test(&mut self, test: &Test) {
        self.note(match test {
            Test::Yes => "fact: yes",
            Test::AnyOf(_) => "fact: any of",
            Test::AllOf(_) => "fact: all of",
            Test::In(_) => "fact: in",
            Test::Under(_) => "fact: under so old",
            Test::AtLeast(_) => "fact: at least so old",
        });
        if let Test::In(places) = test {
            let region = |place: &onrecord::tree::PlaceTest| matches!(place, onrecord::tree::PlaceTest::Region(_));
            self.note_if(places.iter().any(region), "region");
        }
    }

    fn requirement(&mut self, tree: &Tree, requirement: &Req) {
        match requirement {
            Req::All(parts) => {
                self.note("requirement: all of");
                parts.iter().for_each(|part| self.requirement(tree, part));
            }
            Req::Any(parts) => {
                self.note("requirement: any of");
                parts.iter().for_each(|part| self.requirement(tree, part));
            }
            Req::Labelled(_, inner) => {
                self.note("requirement: labelled");
                self.requirement(tree, inner);
            }
            Req::Cond(condition) => {
                self.note("requirement: condition");
                self.condition(tree, condition);
            }
            Req::Persons { quantifier, role, who, doing, .. } => {
                self.persons(tree, *quantifier, *role, who);
                match doing {
                    Doing::Told(told) => self.told(told),
                    Doing::Gave(gave) => self.gave(gave),
                }
            }
            Req::InPlace(_, before, _) => {
                self.note("in place");
                self.note_if(before.is_some(), "in place: so long before");
            }
        }
    }

    fn told(&mut self, told: &Told) {
        self.note("told");
        self.note_if(told.means.is_some(), "told: by a means");
        self.note_if(told.their_language, "told: in their language");
        self.note_if(told.on_recording, "told: on the recording");
        self.note_if(told.not_refused, "told: and did not refuse");
        for timing in &told.timing {
            self.note(match timing {
                Timing::Before(_) => "told: before",
                Timing::AtStartOf(Start::Act(_)) => "told: at the start of an act",
                Timing::AtStartOf(Start::Phase(_)) => "told: at the start of a phase",
                Timing::Throughout(_) => "told: throughout",
                Timing::AtLeastBefore(..) => "told: at least so long before",
                Timing::AtMostBefore(..) => "told: at most so long before",
            });
        }
    }

    fn gave(&mut self, gave: &Gave) {
        self.note("gave");
        self.note(match gave.level {
            Level::OptOutNotExercised => "gave: opt-out",
            Level::Implied => "gave: implied",
            Level::Expressed => "gave: expressed",
            Level::Explicit => "gave: explicit",
        });
        self.note_if(gave.manner.is_some(), "gave: in a manner");
        self.note_if(gave.form.is_some(), "gave: on a form");
        self.note_if(gave.separately, "gave: separately");
        self.note_if(gave.on_recording, "gave: on the recording");
        self.note_if(gave.lasting_the_call, "gave: lasting the call");
        for timing in &gave.timing {
            match timing {
                Timing::Before(_) => self.note("gave: before"),
                Timing::AtLeastBefore(..) => self.note("gave: at least so long before"),
                Timing::AtMostBefore(..) => self.note("gave: at most so long before"),
                Timing::AtStartOf(_) | Timing::Throughout(_) => {}
            }
        }
    }

    /// Counts what a call reaches.
    pub fn call(&mut self, ctx: &Context) {
        self.note_if(!ctx.uses.is_empty(), "call: use asked");
        self.note_if(!ctx.parties_complete, "call: parties not complete");
        self.note_if(ctx.log_complete_to.is_none(), "call: log not complete");
        self.note_if(ctx.intended.is_none(), "call: intended unknown");
        self.note_if(ctx.promised.is_none(), "call: promised unknown");
        self.note_if(ctx.categories.is_none(), "call: categories unknown");
        self.note_if(!ctx.captures.is_empty(), "call: capture");
        let within = |at: Option<Instant>| {
            at.is_some_and(|at| ctx.captures.iter().any(|(_, when)| when.contains(at) && when.from < Some(at)))
        };
        let changes = ctx.parties.iter().any(|party| within(party.on_line.from) || within(party.on_line.until));
        self.note_if(!ctx.uses.is_empty() && changes, "call: use of stretches with other persons");
        self.note_if(!ctx.phases.is_empty(), "call: phase");
        self.note_if(!ctx.events.is_empty(), "call: event");
        self.note_if(!ctx.holds.is_empty(), "call: hold");
        self.note_if(!ctx.done.is_empty(), "call: act done");
        self.note_if(!ctx.safeguards.is_empty(), "call: safeguard");
        let facts = ctx.facts.values().chain(ctx.parties.iter().flat_map(|party| party.facts.values()));
        for known in facts {
            let unknown = known.provenance == onrecord::context::Provenance::AskedUnknown;
            self.note_if(unknown, "call: asked unknown");
            self.note(match known.possible {
                Possible::Anything => "possible: anything",
                Possible::Nothing => "call: not applicable",
                Possible::YesNo(_) => "possible: yes or no",
                Possible::OneOf(_) => "possible: one of",
                Possible::Exactly(_) => "possible: exactly",
                Possible::AtLeast(_) => "possible: at least",
                Possible::Place(_) => "possible: place",
                Possible::Places(_) => "possible: places",
                Possible::Years(..) => "possible: years",
            });
        }
        for party in &ctx.parties {
            self.note_if(!party.told.is_empty(), "call: telling");
            for said in &party.said {
                match said.kind {
                    SayingKind::Gave { expires, .. } => {
                        self.note("call: consent");
                        self.note_if(expires.is_some(), "call: expires");
                    }
                    SayingKind::Against(Statement::Refused) => self.note("call: refused"),
                    SayingKind::Against(Statement::Withdrew) => self.note("call: withdrew"),
                    SayingKind::Against(Statement::Objected) => self.note("call: objected"),
                }
            }
        }
    }

    /// Counts what a decision comes to on what is kept.
    fn retention(&mut self, row: &Retention) {
        self.note(match row.now {
            KeepNow::Keep => "kept: keep",
            KeepNow::Restrict => "kept: restrict",
            KeepNow::Erase => "kept: erase",
        });
        self.note_if(row.purpose.is_some(), "kept: for a purpose");
        self.note_if(row.undetermined, "kept: undetermined");
        self.note_if(row.keep_until == Some(End::Hold), "kept: held");
        for end in row.keep_until.iter().chain(&row.erase_by) {
            match end {
                End::Day(_) => self.note("kept: until a day"),
                End::Instant(_) => self.note("kept: until an instant"),
                End::Symbolic(_) => self.note("kept: until something to come"),
                End::Hold => {}
            }
        }
        let because = |reason: &Reason| reason.then_of.is_some();
        self.note_if(row.because.iter().any(because), "kept: the price of an exception");
        row.needs.iter().for_each(|need| self.need(need));
    }

    /// Counts what a decision on a call comes to.
    pub fn decision(&mut self, ctx: &Context, decision: &Decision) {
        self.outcome(decision);
        self.disclosures(ctx, decision);
        decision.retention.iter().for_each(|row| self.retention(row));
        for act in decision.acts.iter().chain(&decision.uses) {
            self.note(match act.verdict {
                Verdict::Cleared => "verdict: cleared",
                Verdict::Conditional => "verdict: conditional",
                Verdict::NotNow => "verdict: not now",
                Verdict::Prohibited => "verdict: prohibited",
            });
            self.note_if(act.required, "verdict: required");
            self.note_if(act.impasse, "verdict: impasse");
            self.note_if(act.undetermined, "verdict: undetermined");
            self.note_if(act.running, "verdict: running");
            self.note_if(act.stretches.len() > 1, "verdict: stretches");
            act.needs.list.iter().for_each(|need| self.need(need));
        }
        for action in &decision.actions {
            self.note(match action.kind {
                ActionKind::Do => "action: do",
                ActionKind::Ask => "action: ask",
                ActionKind::KeepUp => "action: keep up",
                ActionKind::Wait => "action: wait",
                ActionKind::Arrange => "action: arrange",
            });
            self.note_if(matches!(action.status, ActionStatus::Waiting(_)), "action: waiting");
        }
    }

    fn outcome(&mut self, decision: &Decision) {
        let outcome = &decision.outcome;
        let asked = decision.acts.first().map(|act| act.act.act);
        self.note_if(!outcome.pause.is_empty(), "outcome: pause");
        match outcome.what {
            OutcomeWhat::Do(act) => {
                self.note(if Some(act) == asked { "outcome: what was asked" } else { "outcome: another act" });
                self.note_if(!outcome.after.is_empty(), "outcome: after a way");
                let side = decision.policy.tree.acts[act].captures.is_some();
                self.note_if(side && Some(act) != asked && !outcome.record.is_empty(), "outcome: one side");
            }
            OutcomeWhat::Without(_) => {
                self.note("outcome: without");
                self.note_if(!outcome.after.is_empty(), "outcome: without, after a way");
                self.note_if(decision.acts.first().is_some_and(|act| act.impasse), "outcome: a demand gives way");
            }
            OutcomeWhat::Impasse(_, Impasse::DeclineCall) => self.note("outcome: impasse: decline call"),
            OutcomeWhat::Impasse(_, Impasse::ContinueWithout) => self.note("outcome: impasse: continue without it"),
            OutcomeWhat::Impasse(_, Impasse::AskAPerson) => self.note("outcome: impasse: ask a person"),
        }
        let bundle = decision.bundle.map(|bundle| &decision.policy.tree.bundles[bundle]);
        for risk in bundle.into_iter().flat_map(|bundle| &bundle.risks) {
            let shown = decision.risks.iter().any(|(rule, ..)| *rule == risk.rule);
            self.note(if shown { "risk shown" } else { "risk not shown" });
        }
    }

    fn disclosures(&mut self, ctx: &Context, decision: &Decision) {
        for one in &decision.disclosures {
            self.note_if(one.text.is_none(), "disclosure: no notice states it");
            self.note_if(one.to.len() > 1, "disclosure: to several persons");
            for person in &one.to {
                let languages = &ctx.parties[*person].languages;
                let Some((_, language, _)) = &one.text else { continue };
                self.note(if languages.is_empty() {
                    "disclosure: no language is known"
                } else if languages.contains(language) {
                    "disclosure: in a language that is understood"
                } else {
                    "disclosure: in a broader language"
                });
                let to_them = |other: &&Disclosure| other.text.is_some() && other.to.contains(person);
                self.note_if(decision.disclosures.iter().filter(to_them).count() > 1, "disclosure: several notices");
            }
        }
    }

    fn need(&mut self, need: &FactRead) {
        self.note(match need {
            FactRead::Fact(_) => "needs: fact",
            FactRead::Person(..) => "needs: person",
            FactRead::Judgment(_) => "needs: judgment",
            FactRead::IntendedPurposes => "needs: intended purposes",
            FactRead::PromisedPurposes => "needs: promised purposes",
            FactRead::Statement(_) => "needs: statement",
            FactRead::Phase(_) => "needs: phase",
            FactRead::Categories => "needs: categories",
            FactRead::OtherPersons => "needs: other persons",
            FactRead::Question(_) => "needs: question",
            FactRead::Capture => "needs: capture",
            FactRead::Enacted(_) => "needs: enacted",
            FactRead::Event(_) => "needs: event",
        });
    }
}
