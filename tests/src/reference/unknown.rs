//! What a question reads and is not known, and everything that each of it may be.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::context::Possible;
use onrecord::decision::FactRead;
use onrecord::syntax::ast::{FactOf, PurposeKind, Statement};
use onrecord::tree::{
    Act, Clause, ClauseKind, Cond, Doing, Exception, ExceptionId, FactId, Gave, JudgmentId, Of, Period, PersonTest,
    PhaseId, Place, PlaceTest, PurposeTest, QuestionId, ReadingId, Req, RoleId, Rule, RuleId, SafeguardId, SourceId,
    Term, Test, Thing, Told, Tree,
};

use super::deed::{Deed, Possibility};
use super::lawful::{may_speak, prohibition};
use super::requirement::{asking, staying};
use super::scene::Scene;
use super::world::{self, Named, Setting, Stranger, Unknown, Value, subsets};
use super::{Case, TooLarge, capture, matching};

/// Everything that a question may read.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// Facts of call, company and recorder.
    pub facts: BTreeSet<FactId>,
    /// Facts of persons, each with the roles they may have.
    pub persons: BTreeSet<(RoleId, FactId)>,
    /// Judgments.
    pub judgments: BTreeSet<JudgmentId>,
    /// Intended purposes.
    pub intended: bool,
    /// Promised purposes.
    pub promised: bool,
    /// Categories.
    pub categories: bool,
    /// Phases.
    pub phases: BTreeSet<PhaseId>,
    /// Questions.
    pub questions: BTreeSet<QuestionId>,
    /// Statements, and the roles of whom they are read.
    pub statements: Vec<(RoleId, Statement, Term)>,
    /// Terms that a leaf asks nobody to be against, and the roles of whom.
    pub refusals: Vec<(RoleId, Term)>,
    /// What persons may be told or asked: role, leaf.
    pub leaves: Vec<(RoleId, Doing)>,
    /// Safeguards, and for how long before what.
    pub safeguards: Vec<(SafeguardId, Option<(Period, Act)>)>,
    /// How many persons one rule can tell apart.
    pub quantifiers: usize,
}

/// What is read of one rule at a time.
struct Reading<'a> {
    tree: &'a Tree,
    case: &'a Case<'a>,
    reads: Reads,
    here: usize,
    judged: Term,
    /// Something is read that is not judged here.
    beyond: bool,
}

/// Everything that judging an act reads.
pub fn reads(scene: &Scene<'_>) -> Result<Reads, TooLarge> {
    let case = scene.case;
    let judged = Act { not: false, of: None, phase: None, ..scene.act.clone() };
    let mut reading = Reading { tree: case.tree, case, reads: Reads::default(), here: 0, judged, beyond: false };
    for (id, rule) in case.tree.rules.iter().filter(|(_, rule)| case.runs(rule.source)) {
        reading.here = 0;
        reading.rule(scene, id, rule);
        reading.reads.quantifiers = reading.reads.quantifiers.max(reading.here);
    }
    if !scene.act.not && case.guards(scene.act.act) {
        reading.here = 1;
        reading.coverage();
        reading.reads.quantifiers = reading.reads.quantifiers.max(reading.here);
    }
    if let Some(Of::Role(_)) = scene.act.of {
        reading.reads.quantifiers = reading.reads.quantifiers.max(1);
    }
    reading.reads.join(capture::reads(scene)?);
    reading.reads.settle_refusals();
    if reading.beyond { Err(TooLarge) } else { Ok(reading.reads) }
}

/// Everything that clauses on what is kept read: each with its rule, and the exception of which it is the price.
///
/// # Errors
/// It is read what a capture that is still to come will have relied on.
pub fn reads_of_keeping(
    scene: &Scene<'_>,
    clauses: &[(RuleId, Option<ExceptionId>, &Clause)],
) -> Result<Reads, TooLarge> {
    let case = scene.case;
    let judged = scene.act.clone();
    let mut reading = Reading { tree: case.tree, case, reads: Reads::default(), here: 0, judged, beyond: false };
    let mut asks = false;
    for (rule, price_of, clause) in clauses {
        let ClauseKind::Keep(keep) = &clause.kind else { continue };
        let declared = &case.tree.rules[*rule];
        reading.here = 0;
        reading.under(clause.reading);
        reading.source(declared.source);
        reading.displacers(*rule);
        let waives = case.tree.exceptions.iter().flat_map(|(_, one)| &one.waives).filter(|waive| waive.rule == *rule);
        for condition in keep.condition.iter().chain(waives.filter_map(|waive| waive.condition.as_ref())) {
            asks |= capture::condition_asks(condition);
            reading.condition(condition);
        }
        asks |= price_of.is_some();
        reading.beyond |= price_of.is_some() && case.ctx.captures.is_empty();
        reading.reads.categories |= keep.at_least && matches!(keep.thing, Thing::Category(_));
        reading.reads.quantifiers = reading.reads.quantifiers.max(reading.here);
    }
    if asks {
        reading.reads.join(capture::reads(scene)?);
    }
    reading.reads.settle_refusals();
    if reading.beyond { Err(TooLarge) } else { Ok(reading.reads) }
}

impl Reads {
    /// Whoever is against a term has made some statement: one that no condition reads, where there is one.
    fn settle_refusals(&mut self) {
        for (role, term) in std::mem::take(&mut self.refusals) {
            let all = [Statement::Objected, Statement::Withdrew, Statement::Refused];
            let is_read =
                |one: &Statement| self.statements.iter().any(|(_, read, about)| read == one && *about == term);
            let unread = all.into_iter().find(|one| !is_read(one)).unwrap_or(Statement::Objected);
            self.statements.push((role, unread, term));
        }
    }

    /// Adds what another question reads.
    pub fn join(&mut self, other: Self) {
        self.facts.extend(other.facts);
        self.persons.extend(other.persons);
        self.judgments.extend(other.judgments);
        self.intended |= other.intended;
        self.promised |= other.promised;
        self.categories |= other.categories;
        self.phases.extend(other.phases);
        self.questions.extend(other.questions);
        self.statements.extend(other.statements);
        self.refusals.extend(other.refusals);
        self.quantifiers = self.quantifiers.max(other.quantifiers);
    }
}

impl Reading<'_> {
    fn rule(&mut self, scene: &Scene<'_>, id: RuleId, rule: &Rule) {
        let speaking: Vec<&Clause> = rule.clauses.iter().filter(|clause| self.is_about(scene, clause)).collect();
        if speaking.is_empty() {
            let exceptions = self.tree.exceptions.iter().filter(|(_, one)| one.rules.contains(&id));
            let thens: Vec<&Clause> =
                exceptions.flat_map(|(_, one)| &one.thens).filter(|then| self.is_about(scene, then)).collect();
            self.beyond |= !thens.is_empty() && !self.is_replayed(scene);
            if !thens.is_empty() {
                self.source(rule.source);
                thens.into_iter().for_each(|then| self.clause(then, rule.source));
                self.displacers(id);
            }
            return;
        }
        speaking.iter().for_each(|clause| self.clause(clause, rule.source));
        self.source(rule.source);
        for (_, exception) in self.tree.exceptions.iter().filter(|(_, one)| one.rules.contains(&id)) {
            self.exception(scene, exception);
        }
        self.displacers(id);
    }

    fn displacers(&mut self, id: RuleId) {
        for (_, other) in self.tree.rules.iter() {
            for clause in &other.clauses {
                if matches!(&clause.kind, onrecord::tree::ClauseKind::Displaces { rule, .. } if *rule == id) {
                    self.under(clause.reading);
                    self.source(other.source);
                }
            }
        }
    }

    /// Whether what was relied on can be looked up: something was captured, and an act that is not one itself asks for it.
    fn is_replayed(&self, scene: &Scene<'_>) -> bool {
        !scene.case.ctx.captures.is_empty() && self.tree.acts[scene.act.act].group == onrecord::tree::Group::Use
    }

    fn is_about(&self, scene: &Scene<'_>, clause: &Clause) -> bool {
        prohibition(clause).is_some_and(|clause| may_speak(self.tree, clause.act, &scene.act))
    }

    fn clause(&mut self, clause: &Clause, source: SourceId) {
        self.under(clause.reading);
        if let Some(prohibition) = prohibition(clause) {
            self.act(prohibition.act);
            prohibition.condition.iter().for_each(|condition| self.condition(condition));
            prohibition.unless.iter().for_each(|unless| self.requirement(unless, Some(source)));
        }
    }

    fn exception(&mut self, scene: &Scene<'_>, exception: &Exception) {
        for allow in &exception.allows {
            self.under(allow.reading);
            self.act(&allow.act);
            allow.condition.iter().for_each(|condition| self.condition(condition));
            allow.provided.iter().for_each(|provided| self.requirement(provided, Some(exception.source)));
        }
        let itself = exception.allows.iter().any(|allow| may_speak(self.tree, &allow.act, &scene.act));
        let mut burdens = exception.thens.iter().filter(|_| !itself);
        self.beyond |= burdens.any(|then| self.is_about(scene, then)) && !self.is_replayed(scene);
        let thens: Vec<&Clause> = exception.thens.iter().filter(|then| self.is_about(scene, then)).collect();
        thens.into_iter().for_each(|then| self.clause(then, exception.source));
    }

    fn source(&mut self, source: SourceId) {
        for (condition, reading) in &self.tree.sources[source].applies {
            self.under(*reading);
            self.condition(condition);
        }
    }

    fn under(&mut self, reading: Option<ReadingId>) {
        self.reads.questions.extend(reading.map(|reading| self.tree.readings[reading].question));
    }

    fn act(&mut self, act: &Act) {
        match act.of {
            Some(Of::Category(_)) => self.reads.categories = true,
            Some(Of::Role(_)) => self.here += 1,
            _ => {}
        }
        self.reads.intended |= act.purpose.is_some();
        self.reads.phases.extend(act.phase);
    }

    fn coverage(&mut self) {
        let known = self.tree.known;
        self.reads.facts.extend([known.recorder_location, known.establishment].into_iter().flatten());
        if let (Some(location), Some(party)) = (known.location, known.party) {
            self.reads.persons.insert((party, location));
        }
        if let Some(closure) = self.case.bundle().and_then(|bundle| bundle.where_uncovered.as_ref()) {
            self.requirement(closure, None);
        }
    }

    fn condition(&mut self, cond: &Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Cond::Not(inner) => self.condition(inner),
            Cond::Fact { fact, .. } => drop(self.reads.facts.insert(*fact)),
            Cond::Judged(judgment, _) => drop(self.reads.judgments.insert(*judgment)),
            Cond::Persons { role, who, test, .. } => {
                self.here += 1;
                who.iter().chain([test]).for_each(|one| self.person(*role, one));
            }
            Cond::Purposes { which, test, .. } => {
                self.reads.intended |= *which == PurposeKind::Intended;
                self.reads.promised |= *which == PurposeKind::Promised;
                let _: &PurposeTest = test;
            }
            Cond::Unlawful(..) => {}
            Cond::ReliedOn(..) => self.beyond |= self.case.ctx.captures.is_empty(),
        }
    }

    fn person(&mut self, role: RoleId, test: &PersonTest) {
        match test {
            PersonTest::Fact(fact, _) => drop(self.reads.persons.insert((role, *fact))),
            PersonTest::Said(statement, term) => {
                self.reads.statements.push((role, *statement, matching::plain(term)));
            }
            PersonTest::Not(inner) => self.person(role, inner),
            PersonTest::Present => {}
        }
    }

    fn requirement(&mut self, req: &Req, source: Option<SourceId>) {
        match req {
            Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| self.requirement(part, source)),
            Req::Labelled(_, inner) => self.requirement(inner, source),
            Req::Cond(cond) => self.condition(cond),
            Req::InPlace(safeguard, before, _) => self.reads.safeguards.push((*safeguard, before.clone())),
            Req::Persons { role, who, doing, .. } => {
                self.here += 1;
                who.iter().for_each(|one| self.person(*role, one));
                self.reads.leaves.push((*role, doing.clone()));
                match doing {
                    Doing::Told(told) => self.refusal(*role, told),
                    Doing::Gave(gave) => self.consent(*role, gave, source),
                }
            }
        }
    }

    fn refusal(&mut self, role: RoleId, told: &Told) {
        if told.not_refused {
            self.reads.refusals.push((role, matching::plain(&self.judged)));
        }
    }

    fn consent(&mut self, role: RoleId, gave: &Gave, source: Option<SourceId>) {
        self.reads.refusals.push((role, matching::plain(&gave.term)));
        if let Some(staying) = source.and_then(|source| staying(self.tree, source, gave)) {
            self.reads.leaves.push((role, Doing::Told(staying)));
        }
    }
}

/// Everything that can be done to meet what is read, each deed once.
pub fn deeds(scene: &Scene<'_>, reads: &Reads) -> Result<Vec<Possibility>, TooLarge> {
    let mut deeds: Vec<Possibility> = Vec::new();
    let mut add = |deed: Deed, waits| {
        let one = Possibility { deed, waits };
        if !deeds.contains(&one) {
            deeds.push(one);
        }
    };
    for (role, doing) in &reads.leaves {
        let nobody = super::world::World::default();
        for person in scene.people.iter() {
            if !scene.has_role(&nobody, super::scene::Who::Party(*person), *role) {
                continue;
            }
            match doing {
                Doing::Told(told) => {
                    for (element, waits) in scene.open_tellings(*person, told) {
                        add(scene.telling(*person, element, told), waits);
                    }
                }
                Doing::Gave(gave) => {
                    if let Some(waits) = scene.open_asking(*person, gave) {
                        add(asking(*person, gave), waits);
                    }
                }
            }
        }
    }
    for (safeguard, before) in &reads.safeguards {
        if let Some(waits) = scene.open_safeguard(*safeguard, before.as_ref()) {
            add(Deed::Arrange(*safeguard), waits);
        }
    }
    if deeds.len() > super::rows::MOST { Err(TooLarge) } else { Ok(deeds) }
}

/// What is not known of what is read.
pub fn unknowns(scene: &Scene<'_>, reads: &Reads) -> Result<Vec<Unknown>, TooLarge> {
    let case = scene.case;
    let tree = case.tree;
    let named = named(case);
    let of = |fact: FactId| named.get(&fact).cloned().unwrap_or_default();
    let mut all = Vec::new();
    for fact in &reads.facts {
        let values = world::values(tree, *fact, &case.possible(*fact), &of(*fact));
        let settings = values.into_iter().map(|value| Setting::Fact(*fact, value)).collect();
        all.push(Unknown { read: FactRead::Fact(*fact), settings });
    }
    let facts: BTreeSet<FactId> = reads.persons.iter().map(|(_, fact)| *fact).collect();
    for person in scene.people.iter() {
        let nobody = world::World::default();
        for fact in &facts {
            let is_read =
                reads.persons.iter().any(|(role, one)| {
                    one == fact && scene.has_role(&nobody, super::scene::Who::Party(*person), *role)
                }) || Some(*fact) == tree.known.location;
            if is_read {
                let anything = Possible::Anything;
                let possible = world::known(&case.ctx.parties[*person].facts, *fact).unwrap_or(&anything);
                let values = world::values(tree, *fact, possible, &of(*fact));
                let settings = values.into_iter().map(|value| Setting::Person(*person, *fact, value)).collect();
                all.push(Unknown { read: FactRead::Person(*person, *fact), settings });
            }
        }
        all.extend(statements(scene, reads, *person));
    }
    for judgment in &reads.judgments {
        let answers = case.answer(*judgment).map_or(vec![false, true], |answer| vec![answer]);
        let settings = answers.into_iter().map(|yes| Setting::Judgment(*judgment, yes)).collect();
        all.push(Unknown { read: FactRead::Judgment(*judgment), settings });
    }
    let purposes: BTreeSet<_> = tree.purposes.ids().collect();
    if reads.intended {
        let sets = case.ctx.intended.clone().map_or_else(|| subsets(&purposes), |set| vec![set]);
        let settings = sets.into_iter().map(Setting::Intended).collect();
        all.push(Unknown { read: FactRead::IntendedPurposes, settings });
    }
    if reads.promised {
        let sets = case.ctx.promised.clone().map_or_else(|| subsets(&purposes), |set| vec![set]);
        let settings = sets.into_iter().map(Setting::Promised).collect();
        all.push(Unknown { read: FactRead::PromisedPurposes, settings });
    }
    if reads.categories {
        let categories: BTreeSet<_> = tree.categories.ids().collect();
        let sets = case.ctx.categories.clone().map_or_else(|| subsets(&categories), |set| vec![set]);
        let settings = sets.into_iter().map(Setting::Categories).collect();
        all.push(Unknown { read: FactRead::Categories, settings });
    }
    all.extend(reads.phases.iter().filter_map(|phase| phase_unknown(scene, *phase)));
    for question in &reads.questions {
        let readings = case.readings(*question);
        let settings = readings.into_iter().map(|reading| Setting::Reading(*question, reading)).collect();
        all.push(Unknown { read: FactRead::Question(*question), settings });
    }
    if !case.ctx.parties_complete {
        all.push(Unknown { read: FactRead::OtherPersons, settings: strangers(scene, reads, &named)? });
    }
    Ok(all)
}

/// Statements of a person that the log, not being complete, may lack.
fn statements(scene: &Scene<'_>, reads: &Reads, person: usize) -> Option<Unknown> {
    if scene.is_logged() {
        return None;
    }
    let nobody = world::World::default();
    let who = super::scene::Who::Party(person);
    let mine: BTreeSet<usize> = reads
        .statements
        .iter()
        .filter(|(role, ..)| scene.has_role(&nobody, who, *role))
        .filter_map(|(_, statement, term)| scene.terms.iter().position(|one| *one == (*statement, term.clone())))
        .collect();
    if mine.is_empty() {
        return None;
    }
    let settings = subsets(&mine).into_iter().map(|said| Setting::Unlogged(person, said)).collect();
    Some(Unknown { read: FactRead::Statement(person), settings })
}

fn phase_unknown(scene: &Scene<'_>, phase: PhaseId) -> Option<Unknown> {
    let logged = scene.case.ctx.phases.iter().any(|(one, when)| *one == phase && when.contains(scene.start));
    let complete = scene.is_logged();
    let asked = scene.act.phase.is_some();
    let settings = vec![Setting::Phase(phase, false), Setting::Phase(phase, true)];
    (!logged && !complete && !asked).then_some(Unknown { read: FactRead::Phase(phase), settings })
}

/// Everybody who may be on the line besides: as many as one rule can tell apart.
fn strangers(scene: &Scene<'_>, reads: &Reads, named: &BTreeMap<FactId, Named>) -> Result<Vec<Setting>, TooLarge> {
    let tree = scene.case.tree;
    let facts: BTreeSet<FactId> = reads.persons.iter().map(|(_, fact)| *fact).collect();
    let against: &[bool] = if reads.statements.is_empty() { &[false] } else { &[false, true] };
    let mut kinds: Vec<Stranger> = Vec::new();
    for role in tree.roles.ids() {
        for against in against {
            let mut here = vec![Stranger { role, facts: BTreeMap::new(), against: *against }];
            for fact in &facts {
                let values =
                    world::values(tree, *fact, &Possible::Anything, &named.get(fact).cloned().unwrap_or_default());
                let with = |stranger: &Stranger| -> Vec<Stranger> {
                    let one = |value: &Value| {
                        let mut facts = stranger.facts.clone();
                        facts.insert(*fact, value.clone());
                        Stranger { facts, ..stranger.clone() }
                    };
                    values.iter().map(one).collect()
                };
                here = here.iter().flat_map(with).collect();
            }
            kinds.extend(here);
        }
    }
    let most = reads.quantifiers.min(2);
    if reads.quantifiers > 2 || kinds.len().pow(u32::try_from(most).unwrap_or(0)) > 400 {
        return Err(TooLarge);
    }
    let mut settings = vec![Setting::Strangers(Vec::new())];
    if most >= 1 {
        settings.extend(kinds.iter().map(|one| Setting::Strangers(vec![one.clone()])));
    }
    if most >= 2 {
        for (index, one) in kinds.iter().enumerate() {
            settings.extend(kinds[..index].iter().map(|other| Setting::Strangers(vec![one.clone(), other.clone()])));
        }
    }
    Ok(settings)
}

/// Of each fact, the places and ages that the policy names.
fn named(case: &Case<'_>) -> BTreeMap<FactId, Named> {
    let mut found = Naming { tree: case.tree, named: BTreeMap::new() };
    for (_, source) in case.tree.sources.iter() {
        source.applies.iter().for_each(|(condition, _)| found.condition(condition));
    }
    for (_, rule) in case.tree.rules.iter() {
        rule.clauses.iter().for_each(|clause| found.clause(clause));
    }
    for (_, exception) in case.tree.exceptions.iter() {
        for allow in &exception.allows {
            allow.condition.iter().for_each(|condition| found.condition(condition));
            allow.provided.iter().for_each(|provided| found.requirement(provided));
        }
        exception.waives.iter().filter_map(|waive| waive.condition.as_ref()).for_each(|one| found.condition(one));
        exception.thens.iter().for_each(|clause| found.clause(clause));
    }
    for (_, bundle) in case.tree.bundles.iter() {
        bundle.where_uncovered.iter().for_each(|requirement| found.requirement(requirement));
    }
    let known = case.tree.known;
    for fact in [known.location, known.recorder_location, known.establishment].into_iter().flatten() {
        let claims = case.tree.coverage.iter().map(|claim| claim.place);
        found.named.entry(fact).or_default().places.extend(claims);
    }
    found.named
}

struct Naming<'a> {
    tree: &'a Tree,
    named: BTreeMap<FactId, Named>,
}

impl Naming<'_> {
    fn clause(&mut self, clause: &Clause) {
        use onrecord::tree::{ClauseKind, DutyWhat};
        match &clause.kind {
            ClauseKind::Prohibit { condition, unless, .. } => {
                condition.iter().for_each(|condition| self.condition(condition));
                unless.iter().for_each(|unless| self.requirement(unless));
            }
            ClauseKind::Duty { what, condition, .. } => {
                condition.iter().for_each(|condition| self.condition(condition));
                if let DutyWhat::Told(told) = what {
                    self.requirement(told);
                }
            }
            ClauseKind::Keep(keep) => keep.condition.iter().for_each(|condition| self.condition(condition)),
            ClauseKind::Displaces { .. } => {}
        }
    }

    fn requirement(&mut self, req: &Req) {
        match req {
            Req::All(parts) | Req::Any(parts) => parts.iter().for_each(|part| self.requirement(part)),
            Req::Labelled(_, inner) => self.requirement(inner),
            Req::Cond(cond) => self.condition(cond),
            Req::Persons { who, .. } => who.iter().for_each(|one| self.person(one)),
            Req::InPlace(..) => {}
        }
    }

    fn condition(&mut self, cond: &Cond) {
        match cond {
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|part| self.condition(part)),
            Cond::Not(inner) => self.condition(inner),
            Cond::Fact { fact, test, .. } => self.test(*fact, test),
            Cond::Persons { who, test, .. } => who.iter().chain([test]).for_each(|one| self.person(one)),
            _ => {}
        }
    }

    fn person(&mut self, test: &PersonTest) {
        match test {
            PersonTest::Fact(fact, test) => self.test(*fact, test),
            PersonTest::Not(inner) => self.person(inner),
            _ => {}
        }
    }

    fn test(&mut self, fact: FactId, test: &Test) {
        let named = self.named.entry(fact).or_default();
        match test {
            Test::In(places) => {
                let mut all = Vec::new();
                places.iter().for_each(|place| members(self.tree, place, &mut all));
                named.places.extend(all);
            }
            Test::Under(years) | Test::AtLeast(years) => drop(named.years.insert(*years)),
            _ => {}
        }
    }
}

/// The places of a region, and the countries that they are in.
fn members(tree: &Tree, test: &PlaceTest, into: &mut Vec<Place>) {
    match test {
        PlaceTest::Place(place) => {
            let country = place.code().split('-').next().unwrap_or_default();
            into.extend(Place::new(country).into_iter().chain([*place]));
        }
        PlaceTest::Region(region) => {
            tree.regions[*region].members.iter().for_each(|(member, ..)| members(tree, member, into));
        }
    }
}

/// Facts of call, company and recorder are known from the call, else from the bundle.
impl Case<'_> {
    /// What a fact may be.
    #[must_use]
    pub fn possible(&self, fact: FactId) -> Possible {
        debug_assert!(self.tree.facts[fact].of != FactOf::Party);
        let bundle = self.bundle();
        let find =
            |list: &[(FactId, Possible)]| list.iter().find(|(one, _)| *one == fact).map(|(_, value)| value.clone());
        let given = || bundle.and_then(|bundle| find(&bundle.given));
        let presumed = || bundle.and_then(|bundle| find(&bundle.presumes));
        let unasked = || {
            let may =
                self.tree.facts[fact].may_be_presumed.filter(|_| self.defect == Some(super::Defect::PresumesUnasked));
            may.map(|value| match self.tree.facts[fact].kind {
                onrecord::tree::FactType::YesNo => Possible::YesNo(onrecord::tree::table::Id::index(value) == 1),
                _ => Possible::OneOf(BTreeSet::from([value])),
            })
        };
        let known = world::known(&self.ctx.facts, fact).filter(|one| **one != Possible::Anything).cloned();
        known.or_else(given).or_else(presumed).or_else(unasked).unwrap_or(Possible::Anything)
    }
}
