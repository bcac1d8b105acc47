//! One act in one stretch, judged clause by clause and person by person, each clause in every world that it can tell apart.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::act::{verdict, verdict_of};
use super::clause::Exceptions;
use super::frame::{Frame, Instance};
use super::part::{self, Part};
use super::reason;
use super::replay::BUDGET;
use super::requirement;
use super::session::Session;
use super::world::{self, Cases, InWorld, Var, World};
use crate::compile::{ClauseRef, Heard};
use crate::context::Instant;
use crate::decision::{FactRead, Formula, Needs, Reason, Verdict, Ways};
use crate::tree::{ExceptionId, Group};

/// How many worlds the whole act may be judged in to say exactly what one needs to know.
const NEEDS_BUDGET: usize = 512;
/// How many unknowns the clauses may ask about together before that is not tried: more hardly ever make fewer worlds than the budget.
const NEEDS_UNKNOWNS: usize = 32;

/// Something that must hold for an act to be lawful.
#[derive(Clone, Copy, Debug)]
enum Piece<'a> {
    /// A clause, about one person if it tells persons apart, of a part of the act.
    Clause(&'a Heard, Option<usize>, Part<'a>),
    /// Coverage, of a stored stretch or of the whole act.
    Coverage(Instance),
    /// The bar on uses of what was captured unlawfully.
    Taint,
}

/// A piece that was heard, with what it came to.
struct Judged<'a> {
    piece: Piece<'a>,
    /// The strictest of all worlds.
    formula: Formula,
    /// What it came to in each world, where facts are missing.
    cases: Option<Cases<Formula>>,
}

impl Judged<'_> {
    fn is_settled(&self) -> bool {
        self.cases.as_ref().is_none_or(Cases::agree)
    }
}

/// One act in one stretch.
pub struct Judgment<'s, 'a> {
    session: &'s Session<'a>,
    instance: Instance,
    start: Instant,
    running: bool,
    persons: Vec<usize>,
    judged: Vec<Judged<'a>>,
    whole: OnceCell<Cases<Formula>>,
}

/// Judges an instance in a stretch.
pub fn judge<'s, 'a>(session: &'s Session<'a>, instance: &Instance, start: Instant, running: bool) -> Judgment<'s, 'a> {
    let mut judgment = Judgment {
        session,
        instance: *instance,
        start,
        running,
        persons: Vec::new(),
        judged: Vec::with_capacity(4),
        whole: OnceCell::new(),
    };
    if !instance.not && judgment.frame(*instance).group() == Group::Use {
        judgment.hear(Piece::Taint);
    }
    instance.stored(session).for_each(|stored| judgment.hear_stored(stored));
    judgment.persons.sort_unstable();
    judgment.persons.dedup();
    judgment
}

impl<'s, 'a> Judgment<'s, 'a> {
    fn frame(&self, instance: Instance) -> Frame<'s, 'a> {
        Frame::of_stretch(self.session, instance, self.start, self.running)
    }

    /// Who is captured (or whose data is used), of some who are on the line: for a stretch under way, those of whom recording has begun.
    fn affected(&self, some: impl Iterator<Item = usize>) -> Vec<usize> {
        let frame = self.frame(self.instance);
        let tree = self.session.tree;
        let side = tree.acts.get(self.instance.act).and_then(|word| word.captures);
        let is_affected = |person: &usize| {
            let role = self.session.ctx.parties.get(*person).and_then(|party| tree.roles.get(party.role));
            side.is_none_or(|wanted| role.is_some_and(|role| role.side == wanted))
                && self.instance.role.is_none_or(|wanted| role.is_some_and(|role| role.word.is_a(wanted)))
                && (!self.running
                    || frame.captured_from(self.instance.act, *person).is_some_and(|from| from <= self.start))
        };
        some.filter(is_affected).collect()
    }

    /// Hears what is said of a stored stretch, or of the whole act where nothing is stored.
    fn hear_stored(&mut self, instance: Instance) {
        let session = self.session;
        let line = self.frame(instance).line();
        let persons = self.affected(session.persons(line));
        self.hear(Piece::Coverage(instance));
        self.persons.extend(&persons);
        // Of nobody, nothing is captured; somebody who is not named may be on the line.
        if self.running && persons.is_empty() && session.ctx.parties_complete {
            return;
        }
        for heard in session.spoken().flat_map(|source| source.about(instance.act, instance.not)) {
            let machines = if heard.of_machines { self.affected(session.machines(line)) } else { Vec::new() };
            let whom: &[usize] = match (heard.personal, heard.of_machines) {
                (true, false) => &persons,
                (true, true) => &machines,
                (false, _) => &[],
            };
            for part in part::of(session, instance, &heard.parts) {
                // Somebody who is not named may be on the line as well.
                if whom.is_empty() || !session.ctx.parties_complete {
                    self.hear(Piece::Clause(heard, None, part));
                }
                whom.iter().for_each(|person| self.hear(Piece::Clause(heard, Some(*person), part)));
            }
        }
    }

    /// Hears one piece: in one world if nothing that it asks is unknown, else in each that it tells apart. A clause that speaks in
    /// no world is not kept.
    fn hear(&mut self, piece: Piece<'a>) {
        match self.says(piece, &World::default()) {
            Ok(None) => {}
            Ok(Some(formula)) => self.judged.push(Judged { piece, formula, cases: None }),
            Err(_) => {
                let said = world::cases(&World::default(), BUDGET, |world| self.says(piece, world));
                if said.cut || said.leaves.iter().any(|(_, said)| said.is_some()) {
                    let cases = said.map(|said| said.unwrap_or(Formula::True));
                    let formula = if cases.cut {
                        Formula::False
                    } else {
                        Formula::all(cases.leaves.iter().map(|(_, formula)| formula.clone()))
                    };
                    self.judged.push(Judged { piece, formula, cases: Some(cases) });
                }
            }
        }
    }

    /// What a piece says in a world; `None` when it does not speak.
    fn says(&self, piece: Piece<'a>, world: &World) -> InWorld<Option<Formula>> {
        match piece {
            Piece::Clause(heard, person, part) => {
                self.frame(part.instance.about(person)).says_of(part, heard.at, Exceptions::All, world)
            }
            Piece::Coverage(stored) => self.frame(stored).covered(world).map(Some),
            Piece::Taint => self.is_barred(world).map(|barred| barred.then_some(Formula::False)),
        }
    }

    /// Whether the use is barred because the capture was unlawful.
    fn is_barred(&self, world: &World) -> InWorld<bool> {
        let asked = self.instance.purpose.and_then(|asked| self.session.tree.purposes.get(asked));
        let despite = self.session.bundle.is_some_and(|bundle| {
            bundle.despite_unlawful.iter().any(|(allowed, _)| asked.is_some_and(|word| word.is_a(*allowed)))
        });
        match self.session.capture_was_unlawful(None) {
            _ if despite => Ok(false),
            Some(unlawful) => Ok(unlawful),
            None => world::decide(world, Var::Unlawful(None)),
        }
    }

    /// The strictest of all worlds, over all pieces.
    pub fn formula(&self) -> Formula {
        match self.judged.as_slice() {
            [only] => only.formula.clone(),
            judged if judged.iter().all(|judged| judged.formula == Formula::True) => Formula::True,
            judged => Formula::all(judged.iter().map(|judged| judged.formula.clone())),
        }
    }

    /// The same, over the clauses of law, coverage and the bar on unlawful captures.
    pub fn formula_of_law(&self) -> Formula {
        Formula::all(self.judged.iter().filter(|judged| self.is_of_law(judged)).map(|judged| judged.formula.clone()))
    }

    fn is_of_law(&self, judged: &Judged<'a>) -> bool {
        match judged.piece {
            Piece::Clause(heard, ..) => self.session.is_law(heard.at.rule),
            Piece::Coverage(_) | Piece::Taint => true,
        }
    }

    /// Whether it is never met.
    pub fn is_prohibited(&self) -> bool {
        self.is_never_met(|_| true)
    }

    /// Whether the clauses of law, coverage and the bar on unlawful captures are never met.
    pub fn is_prohibited_by_law(&self) -> bool {
        self.is_never_met(|judged| self.is_of_law(judged))
    }

    /// Whether one of these pieces is never met, or they cannot be met together, since safeguards exclude one another.
    fn is_never_met(&self, is_wanted: impl Fn(&&Judged<'a>) -> bool) -> bool {
        let wanted = || self.judged.iter().filter(&is_wanted);
        wanted().any(|judged| judged.formula == Formula::False)
            || self.session.set.excludes && {
                let together = Formula::all(wanted().map(|judged| judged.formula.clone()));
                verdict(self.session, &together) == Verdict::Prohibited
            }
    }

    /// Whether every world comes to the same, or some piece is never met, whatever the others come to.
    pub fn is_determined(&self) -> bool {
        self.judged.iter().all(Judged::is_settled)
            || self.judged.iter().any(|judged| judged.formula == Formula::False && judged.is_settled())
            || self.whole().agree()
    }

    /// The worlds of the pieces that differ.
    fn open(&self) -> impl Iterator<Item = &Cases<Formula>> {
        self.judged.iter().filter(|judged| !judged.is_settled()).filter_map(|judged| judged.cases.as_ref())
    }

    /// The whole act in every world, as far as the budget goes: clauses that differ one by one may come to the same together.
    fn whole(&self) -> &Cases<Formula> {
        self.whole.get_or_init(|| {
            let asked: BTreeSet<&Var> = self.open().flat_map(Cases::asked).collect();
            if asked.len() > NEEDS_UNKNOWNS {
                return Cases { leaves: Vec::new(), cut: true };
            }
            let (settled, open): (Vec<&Judged>, Vec<&Judged>) =
                self.judged.iter().partition(|judged| judged.is_settled());
            let settled = Formula::all(settled.into_iter().map(|judged| judged.formula.clone()));
            world::cases(&World::default(), NEEDS_BUDGET, |world| {
                let known = std::iter::once(Ok(settled.clone()));
                let comes_to =
                    |judged: &&Judged| self.says(judged.piece, world).map(|said| said.unwrap_or(Formula::True));
                requirement::all(known.chain(open.iter().map(comes_to)))
            })
        })
    }

    /// What one would need to know.
    pub fn needs(&self) -> Needs {
        if self.is_determined() {
            return Needs::nothing();
        }
        let whole = self.whole();
        let exact = !whole.cut;
        if exact {
            Needs::some_of(whole.needs(), exact)
        } else {
            Needs::some_of(self.open().flat_map(Cases::needs), exact)
        }
    }

    /// The verdict per person. `whole` is that of all of them, which holds for each where no clause tells persons apart.
    pub fn by_person(&self, whole: &(Verdict, Ways)) -> Vec<(usize, Verdict, Ways)> {
        let several_stored = self.instance.stored(self.session).nth(1).is_some();
        let told_apart = self.judged.iter().any(|judged| match judged.piece {
            Piece::Clause(heard, ..) => heard.personal || several_stored,
            Piece::Coverage(_) => several_stored,
            Piece::Taint => false,
        });
        let is_of = |stored: Instance, person| {
            let line = self.frame(stored).line();
            !several_stored || self.session.on_line(line).any(|(one, _)| one == person)
        };
        let of = |person: usize| {
            if !told_apart {
                return (person, whole.0, whole.1.clone());
            }
            let pieces = self.judged.iter().filter(|judged| match judged.piece {
                Piece::Clause(heard, None, part) => !heard.personal && is_of(part.instance, person),
                Piece::Clause(_, Some(about), _) => about == person,
                Piece::Coverage(stored) => is_of(stored, person),
                Piece::Taint => true,
            });
            let formula = Formula::all(pieces.map(|judged| judged.formula.clone()));
            let (verdict, _, ways) = verdict_of(self.session, &formula);
            (person, verdict, ways)
        };
        self.persons.iter().copied().map(of).collect()
    }

    /// The clauses that spoke, in some world, each once.
    pub fn reasons(&self) -> Vec<Reason> {
        let mut found: Vec<Reason> = Vec::with_capacity(self.judged.len());
        for judged in &self.judged {
            match judged.piece {
                Piece::Clause(heard, person, part) => {
                    let reason = self.reason(heard.at, person, part, judged);
                    match found.iter_mut().find(|known| reason::same_clause(known, &reason)) {
                        Some(known) => reason::strictest(known, reason),
                        None => found.push(reason),
                    }
                }
                Piece::Taint if judged.formula != Formula::True => found.extend(reason::of_taint(self.session)),
                Piece::Taint | Piece::Coverage(_) => {}
            }
        }
        found
    }

    fn reason(&self, at: ClauseRef, person: Option<usize>, part: Part<'a>, judged: &Judged<'_>) -> Reason {
        Reason {
            rule: at.rule,
            clause: at.clause,
            then_of: at.then_of,
            verdict: verdict(self.session, &judged.formula),
            undetermined: !judged.is_settled(),
            exceptions: self.exceptions_that_add(at, person, part, judged),
            of_capture: false,
        }
    }

    /// The exceptions without which the clause would come to something stricter.
    fn exceptions_that_add(
        &self,
        at: ClauseRef,
        person: Option<usize>,
        part: Part<'a>,
        judged: &Judged<'_>,
    ) -> Vec<ExceptionId> {
        let rule = self.session.tree.rules.get(at.rule).filter(|_| at.then_of.is_none());
        let exceptions = rule.map(|rule| rule.exceptions.as_slice()).unwrap_or_default();
        if exceptions.is_empty() || judged.formula == Formula::False && judged.cases.is_none() {
            return Vec::new();
        }
        let frame = self.frame(part.instance.about(person));
        let comes_to = |exceptions, world: &World| frame.comes_to(part, at, exceptions, world);
        let adds_in = |exception: ExceptionId, world: &World, formula: &Formula| {
            // Without the exception, facts may matter that do not matter with it.
            let without = world::cases(world, BUDGET, |world| comes_to(Exceptions::None, world));
            let same = |with: &Formula| without.leaves.iter().all(|(_, without)| without == with);
            let with = comes_to(Exceptions::Only(exception), world);
            *formula != Formula::False && with.is_ok_and(|with| without.cut || !same(&with))
        };
        let adds = |exception: &&ExceptionId| match &judged.cases {
            None => adds_in(**exception, &World::default(), &judged.formula),
            Some(cases) => cases.leaves.iter().any(|(world, formula)| adds_in(**exception, world, formula)),
        };
        exceptions.iter().filter(adds).copied().collect()
    }
}

impl Needs {
    fn some_of(vars: impl IntoIterator<Item = Var>, exact: bool) -> Self {
        let list: BTreeSet<FactRead> = vars.into_iter().map(|var| var.read()).collect();
        Self { list: list.into_iter().collect(), exact }
    }

    /// Everything that matters is known.
    pub(super) fn nothing() -> Self {
        Self { list: Vec::new(), exact: true }
    }
}
