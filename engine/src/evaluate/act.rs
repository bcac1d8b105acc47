//! The decision on one act: judged clause by clause and person by person, each clause in every world that it can tell apart.

use std::collections::BTreeSet;

use super::clause::Exceptions;
use super::formula;
use super::frame::{Frame, Instance};
use super::reason;
use super::replay::{self, BUDGET};
use super::requirement;
use super::session::Session;
use super::stretch;
use super::world::{self, Cases, InWorld, Var, World};
use crate::compile::ClauseRef;
use crate::context::Instant;
use crate::decision::{ActDecision, ActionStatus, FactRead, Formula, Needs, Reason, Stretch, Verdict, Ways};
use crate::syntax::ast::Lead;
use crate::tree::{Act, ExceptionId, QuestionId};

/// How many worlds the whole act may be judged in to say exactly what one needs to know.
const NEEDS_BUDGET: usize = 512;

/// Something that must hold for an act to be lawful.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// A clause, about one person if it tells persons apart.
    Clause(ClauseRef, Option<usize>),
    /// Coverage.
    Coverage,
    /// The bar on uses of what was captured unlawfully.
    Taint,
}

/// A piece with what it came to in every world.
struct Judged {
    piece: Piece,
    cases: Cases<Formula>,
    /// The strictest of all worlds.
    formula: Formula,
}

/// One act in one stretch.
struct Judgment<'s, 'a> {
    session: &'s Session<'a>,
    instance: Instance,
    start: Instant,
    running: bool,
    judged: Vec<Judged>,
}

/// Decides on an act.
pub fn decide(session: &Session<'_>, act: &Act) -> ActDecision {
    let instance = Instance::of(session, act);
    let started = (!act.not).then(|| stretch::under_way(session, act.act)).flatten();
    let here = judge(session, &instance, started.unwrap_or(session.at), started.is_some());
    let omitted = judge(session, &Instance { not: !instance.not, ..instance.clone() }, session.at, false);

    let formula = here.formula();
    let (verdict, earliest, ways) = verdict_of(session, &formula);
    let required = omitted.formula() == Formula::False;
    let required_by_law = omitted.formula_of_law() == Formula::False;
    let next = started.map(|_| {
        let next = judge(session, &instance, session.at, false).formula();
        let (verdict, _, ways) = verdict_of(session, &next);
        (verdict, next, ways)
    });
    let closed = next.as_ref().map_or(verdict, |(verdict, ..)| *verdict) == Verdict::Prohibited;
    let needs = merge(here.needs(), if required || !omitted.determined() { omitted.needs() } else { Needs::exact() });
    let because = here.reasons();
    let contested = contested(&needs);
    let relied_on = relied_on(&because, &here);
    ActDecision {
        act: act.clone(),
        verdict,
        earliest,
        required,
        required_by_law,
        prohibited_by_law: here.formula_of_law() == Formula::False,
        impasse: required && verdict == Verdict::Prohibited && closed,
        undetermined: !here.determined() || (required && !omitted.determined()),
        running: started.is_some(),
        by_person: here.by_person(),
        formula,
        ways,
        next,
        stretches: stretches(session, act),
        because: because.into_iter().chain(if required { omitted.reasons() } else { Vec::new() }).collect(),
        needs,
        contested,
        relied_on,
    }
}

/// The verdict of a formula at the judged instant, with the earliest instant of one that cannot take effect now.
pub fn verdict_of(session: &Session<'_>, formula: &Formula) -> (Verdict, Option<Instant>, Ways) {
    let actions = session.actions.borrow();
    let excludes = |one: usize, other: usize| session.exclude(&actions, one, other);
    let ways = formula::ways(formula, &actions, &excludes);
    let verdict = match formula {
        Formula::True => Verdict::Cleared,
        Formula::False => Verdict::Prohibited,
        _ if ways.complete && ways.list.is_empty() => Verdict::Prohibited,
        open => {
            let impossible = |action: usize| actions.get(action).is_none_or(|action| !session.is_possible_now(action));
            if open.without(&impossible) == Formula::False { Verdict::NotNow } else { Verdict::Conditional }
        }
    };
    let earliest = ways
        .list
        .iter()
        .filter_map(|way| {
            way.iter().try_fold(session.at, |latest, action| match actions.get(*action) {
                Some(action) if action.lead == Lead::InCall => Some(match action.status {
                    ActionStatus::Waiting(until) => latest.max(until),
                    ActionStatus::Open => latest,
                }),
                _ => None,
            })
        })
        .min()
        .filter(|_| verdict == Verdict::NotNow);
    (verdict, earliest, ways)
}

fn judge<'s, 'a>(session: &'s Session<'a>, instance: &Instance, start: Instant, running: bool) -> Judgment<'s, 'a> {
    let mut judgment = Judgment { session, instance: instance.clone(), start, running, judged: Vec::new() };
    for piece in judgment.pieces() {
        let cases = world::cases(&World::default(), BUDGET, |world| judgment.comes_to(piece, world));
        let strictest = cases.leaves.iter().map(|(_, formula)| formula.clone());
        let formula = if cases.cut { Formula::False } else { Formula::all(strictest) };
        judgment.judged.push(Judged { piece, cases, formula });
    }
    judgment
}

impl<'s, 'a> Judgment<'s, 'a> {
    fn frame(&self, person: Option<usize>) -> Frame<'s, 'a> {
        Frame { session: self.session, instance: self.instance.about(person), start: self.start, running: self.running }
    }

    /// Who is captured (or whose data is used): for a stretch under way, those of whom recording has begun.
    fn persons(&self) -> Vec<usize> {
        let frame = self.frame(None);
        let mut persons = self.session.persons(frame.line());
        let captured = self.session.tree.acts.get(self.instance.act).and_then(|word| word.captures);
        persons.retain(|person| {
            let party = self.session.ctx.parties.get(*person);
            let side = party.and_then(|party| self.session.tree.roles.get(party.role)).map(|role| role.side);
            captured.is_none_or(|wanted| side == Some(wanted))
                && self.is_asked_of(*person)
                && (!self.running
                    || frame.captured_from(self.instance.act, *person).is_some_and(|from| from <= self.start))
        });
        persons
    }

    /// Whether the act is asked of this person.
    fn is_asked_of(&self, person: usize) -> bool {
        let role = self.session.ctx.parties.get(person).and_then(|party| self.session.tree.roles.get(party.role));
        self.instance.role.is_none_or(|wanted| role.is_some_and(|role| role.word.is_a(wanted)))
    }

    fn pieces(&self) -> Vec<Piece> {
        let set = self.session.set;
        let mut found = vec![Piece::Coverage];
        if replay::is_use(self.session, self.instance.act) && !self.instance.not {
            found.push(Piece::Taint);
        }
        let persons = self.persons();
        let nobody = self.running && persons.is_empty();
        let about = self.session.spoken().flat_map(|source| source.about(self.instance.act, self.instance.not));
        for at in about.filter(|_| !nobody) {
            if set.is_personal(*at) && (!persons.is_empty() || self.session.ctx.parties_complete) {
                found.extend(persons.iter().map(|person| Piece::Clause(*at, Some(*person))));
            } else {
                found.push(Piece::Clause(*at, None));
            }
        }
        found
    }

    fn comes_to(&self, piece: Piece, world: &World) -> InWorld<Formula> {
        match piece {
            Piece::Clause(at, person) => self.frame(person).comes_to(at, Exceptions::All, world),
            Piece::Coverage => self.frame(None).covered(world),
            Piece::Taint => {
                let despite = self.session.bundle.is_some_and(|bundle| {
                    bundle.despite_unlawful.iter().any(|(allowed, _)| {
                        let asked = self.instance.purpose.and_then(|asked| self.session.tree.purposes.get(asked));
                        asked.is_some_and(|word| word.is_a(*allowed))
                    })
                });
                let tainted = match replay::unlawful(self.session, None) {
                    _ if despite => Ok(false),
                    Some(tainted) => Ok(tainted),
                    None => world::decide(world, Var::Unlawful(None)),
                };
                tainted.map(|tainted| if tainted { Formula::False } else { Formula::True })
            }
        }
    }

    /// The strictest of all worlds, over all pieces.
    fn formula(&self) -> Formula {
        Formula::all(self.judged.iter().map(|judged| judged.formula.clone()))
    }

    /// The same, over the clauses of law alone, and coverage.
    fn formula_of_law(&self) -> Formula {
        let of_law = |judged: &&Judged| match judged.piece {
            Piece::Clause(at, _) => self.session.is_law(at.rule),
            Piece::Coverage | Piece::Taint => true,
        };
        Formula::all(self.judged.iter().filter(of_law).map(|judged| judged.formula.clone()))
    }

    /// Whether every world comes to the same: some piece that is never met settles it.
    fn determined(&self) -> bool {
        self.settled() || self.judged.iter().all(|judged| judged.cases.agree())
    }

    /// Whether a piece is false in every world, whatever the others come to.
    fn settled(&self) -> bool {
        self.judged.iter().any(|judged| judged.formula == Formula::False && judged.cases.agree())
    }

    fn needs(&self) -> Needs {
        if self.determined() {
            return Needs::exact();
        }
        let open: Vec<Piece> =
            self.judged.iter().filter(|judged| !judged.cases.agree()).map(|judged| judged.piece).collect();
        let settled =
            Formula::all(self.judged.iter().filter(|judged| judged.cases.agree()).map(|judged| judged.formula.clone()));
        let whole = world::cases(&World::default(), NEEDS_BUDGET, |world| {
            let known = std::iter::once(Ok(settled.clone()));
            requirement::all(known.chain(open.iter().map(|piece| self.comes_to(*piece, world))))
        });
        let (vars, exact) = if whole.cut {
            let each: Vec<Var> = self.judged.iter().flat_map(|judged| judged.cases.needs()).collect();
            (each, false)
        } else {
            (whole.needs(), true)
        };
        let list: BTreeSet<FactRead> = vars.iter().map(Var::read).collect();
        Needs { list: list.into_iter().collect(), exact }
    }

    fn by_person(&self) -> Vec<(usize, Verdict, Ways)> {
        let of = |person: usize| {
            let pieces = self.judged.iter().filter(|judged| match judged.piece {
                Piece::Clause(_, about) => about.is_none_or(|about| about == person),
                Piece::Coverage | Piece::Taint => true,
            });
            let formula = Formula::all(pieces.map(|judged| judged.formula.clone()));
            let (verdict, _, ways) = verdict_of(self.session, &formula);
            (person, verdict, ways)
        };
        self.persons().into_iter().map(of).collect()
    }

    /// The clauses that spoke, in some world, each once.
    fn reasons(&self) -> Vec<Reason> {
        let mut found: Vec<Reason> = Vec::new();
        for judged in &self.judged {
            match judged.piece {
                Piece::Clause(at, person) => {
                    let frame = self.frame(person);
                    if let Some(reason) = self.reason(&frame, at, judged) {
                        match found.iter_mut().find(|known| reason::same_clause(known, &reason)) {
                            Some(known) => reason::strictest(known, reason),
                            None => found.push(reason),
                        }
                    }
                }
                Piece::Taint if judged.formula != Formula::True => found.extend(reason::of_taint(self.session)),
                Piece::Taint | Piece::Coverage => {}
            }
        }
        found
    }

    fn reason(&self, frame: &Frame<'_, '_>, at: ClauseRef, judged: &Judged) -> Option<Reason> {
        let undetermined = !judged.cases.agree();
        let spoke = judged.cases.cut || judged.cases.leaves.iter().any(|(world, _)| reason::spoke(frame, at, world));
        if !spoke {
            return None;
        }
        let (verdict, ..) = verdict_of(self.session, &judged.formula);
        let exceptions = self.exceptions_that_add(frame, at, judged);
        Some(Reason {
            rule: at.rule,
            clause: at.clause,
            then_of: at.then_of,
            verdict,
            undetermined,
            exceptions,
            facts: reason::facts_read(frame, at),
        })
    }

    /// The exceptions without which the clause would come to something stricter.
    fn exceptions_that_add(&self, frame: &Frame<'_, '_>, at: ClauseRef, judged: &Judged) -> Vec<ExceptionId> {
        let rule = self.session.tree.rules.get(at.rule).filter(|_| at.then_of.is_none());
        let exceptions = rule.map(|rule| rule.exceptions.as_slice()).unwrap_or_default();
        let adds = |exception: &&ExceptionId| {
            judged.cases.leaves.iter().any(|(world, formula)| {
                // Without the exception, facts may matter that do not matter with it.
                let without = world::cases(world, BUDGET, |world| frame.comes_to(at, Exceptions::None, world));
                let same = |with: &Formula| without.leaves.iter().all(|(_, without)| without == with);
                let with = frame.comes_to(at, Exceptions::Only(**exception), world);
                with.is_ok_and(|with| without.cut || !same(&with)) && *formula != Formula::False
            })
        };
        exceptions.iter().filter(adds).copied().collect()
    }
}

impl Needs {
    fn exact() -> Self {
        Self { list: Vec::new(), exact: true }
    }
}

fn merge(one: Needs, other: Needs) -> Needs {
    let list: BTreeSet<FactRead> = one.list.into_iter().chain(other.list).collect();
    Needs { list: list.into_iter().collect(), exact: one.exact && other.exact }
}

fn contested(needs: &Needs) -> Vec<QuestionId> {
    needs
        .list
        .iter()
        .filter_map(|read| if let FactRead::Question(question) = read { Some(*question) } else { None })
        .collect()
}

/// Exceptions without which the act would not be lawful as things stand.
fn relied_on(because: &[Reason], here: &Judgment<'_, '_>) -> Vec<ExceptionId> {
    if here.formula() != Formula::True {
        return Vec::new();
    }
    let found: BTreeSet<ExceptionId> = because.iter().flat_map(|reason| reason.exceptions.iter().copied()).collect();
    found.into_iter().collect()
}

/// The stretches of an act that ran, up to the judged instant; neighbours of one verdict are one.
fn stretches(session: &Session<'_>, act: &Act) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    if act.not {
        return found;
    }
    let instance = Instance::of(session, act);
    for capture in session.captures_of(act.act) {
        for (from, until) in stretch::cut(session, capture) {
            let (verdict, ..) = verdict_of(session, &judge(session, &instance, from, true).formula());
            match found.last_mut() {
                Some(last) if last.until == Some(from) && last.verdict == verdict => last.until = until,
                _ => found.push(Stretch { from, until, verdict }),
            }
        }
    }
    found
}

/// The places that are, or may be, uncovered for an act.
pub fn uncovered(session: &Session<'_>, act: &Act) -> Vec<crate::decision::Uncovered> {
    let frame = Frame { session, instance: Instance::of(session, act), start: session.at, running: false };
    frame.uncovered()
}
