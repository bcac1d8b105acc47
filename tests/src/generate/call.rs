//! A call against a policy's tree, what is asked of it, and what is run.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, TimeZone, Utc};
use onrecord::context::{
    Context, Instant, Interval, Known, Moment, Party, Possible, Provenance, Saying, SayingKind, Telling,
};
use onrecord::evaluate::Options;
use onrecord::syntax::ast::Statement;
use onrecord::tree::table::{Id, Table};
use onrecord::tree::{Act, ClauseKind, FactId, Group, Level, Of, Place, Tree, ValueId};

use super::Tape;

/// A call, and how it is judged.
#[derive(Clone, Debug)]
pub struct Call {
    /// The call.
    pub ctx: Context,
    /// What is run.
    pub options: Options,
    /// When it is judged.
    pub at: Instant,
}

/// The instant around which a call happens.
#[must_use]
pub fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 10, 0, 0).single().unwrap_or_default()
}

fn minute(minutes: i64) -> Instant {
    noon() + Duration::minutes(minutes)
}

fn id<I: Id, T>(table: &Table<I, T>, name: &str) -> I {
    table.id(name).unwrap_or_else(|| panic!("{name} is not a word"))
}

/// A plain act.
#[must_use]
pub fn act(tree: &Tree, name: &str) -> Act {
    let act = id(&tree.acts, name);
    Act { not: false, act, of: None, purpose: None, recipient: None, phase: None, span: Default::default() }
}

impl Call {
    /// Draws a call.
    #[must_use]
    pub fn draw(choices: &[u16], tree: &Tree) -> Self {
        let mut tape = Tape::new(choices);
        let tape = &mut tape;
        let ctx = Context {
            acts: tape.several(1, 2, |tape| asked(tape, tree)),
            uses: if tape.chance(if speaks_of_use(tree) { 70 } else { 15 }) {
                vec![*tape.pick(&purposes(tree))]
            } else {
                Vec::new()
            },
            ..Context::default()
        };
        let mut call = Self { ctx, options: options(tape, tree), at: minute(20) };
        call.log(tape);
        call.ctx.parties = tape.several(1, 3, |tape| party(tape, tree, !call.ctx.uses.is_empty()));
        for (index, party) in call.ctx.parties.iter_mut().enumerate() {
            party.id = format!("p{index}");
        }
        call.facts(tape, tree);
        call.happenings(tape, tree);
        call
    }

    fn log(&mut self, tape: &mut Tape<'_>) {
        self.ctx.log_complete_to = match tape.below(10) {
            0..=7 => Some(minute(60)),
            8 => Some(minute(10)),
            _ => None,
        };
        self.ctx.parties_complete = !tape.chance(20);
    }

    fn facts(&mut self, tape: &mut Tape<'_>, tree: &Tree) {
        for name in ["topic", "emergency", "channel", "investment-firm", "size", "seat", "recorder-place"] {
            let fact = id(&tree.facts, name);
            // What may be presumed is left out more often: who presumes it unasked is then seen to.
            if tree.facts[fact].may_be_presumed.is_some() && tape.chance(20) {
                continue;
            }
            self.ctx.facts.extend(known(tape, tree, fact).map(|known| (fact, known)));
        }
        for judgment in tree.judgments.ids() {
            match tape.below(10) {
                0..=3 => drop(self.ctx.judgments.insert(judgment, Some(false))),
                4..=7 => drop(self.ctx.judgments.insert(judgment, Some(true))),
                8 => drop(self.ctx.judgments.insert(judgment, None)),
                _ => {}
            }
        }
        let some = |tape: &mut Tape<'_>| tape.several(0, 2, |tape| *tape.pick(&purposes(tree))).into_iter().collect();
        self.ctx.intended = (!tape.chance(15)).then(|| some(tape));
        self.ctx.promised = (!tape.chance(15)).then(|| some(tape));
        let categories: Vec<_> = tree.categories.ids().collect();
        self.ctx.categories =
            (!tape.chance(15)).then(|| tape.several(0, 2, |tape| *tape.pick(&categories)).into_iter().collect());
    }

    fn happenings(&mut self, tape: &mut Tape<'_>, tree: &Tree) {
        let call_begins = *tape.pick(&[0, 30]);
        self.ctx.call = tape.chance(70).then(|| Interval { from: Some(minute(call_begins)), until: None });
        let captures = ["recording", "recording-of-our-side", "transcribing"];
        // What is used was mostly captured before.
        let several = if tape.chance(if self.ctx.uses.is_empty() { 35 } else { 70 }) { 2 } else { 0 };
        self.ctx.captures = tape.several(0, several, |tape| (id(&tree.acts, tape.word(&captures)), interval(tape)));
        let day = |tape: &mut Tape<'_>| noon().date_naive() - chrono::Days::new(*tape.pick(&[1, 20, 40, 400, 0]));
        let offering = act(tree, "offering-branch-visit");
        self.ctx.done = tape.several(0, 1, |tape| (offering.clone(), Moment::Day(day(tape))));
        let phases: Vec<_> = tree.phases.ids().collect();
        self.ctx.phases = tape.several(0, 1, |tape| (*tape.pick(&phases), interval(tape)));
        let safeguards: Vec<_> = tree.safeguards.ids().collect();
        self.ctx.safeguards = tape.several(0, 1, |tape| (*tape.pick(&safeguards), interval(tape)));
    }
}

/// Whether a clause is about a use.
fn speaks_of_use(tree: &Tree) -> bool {
    let clauses = tree.rules.iter().flat_map(|(_, rule)| &rule.clauses);
    let mut acts = clauses.filter_map(|clause| match &clause.kind {
        ClauseKind::Prohibit { act, .. } => Some(act.act),
        _ => None,
    });
    acts.any(|act| tree.acts[act].group == Group::Use)
}

fn purposes(tree: &Tree) -> Vec<onrecord::tree::PurposeId> {
    tree.purposes.ids().collect()
}

fn interval(tape: &mut Tape<'_>) -> Interval {
    let from = *tape.pick(&[0, 5, 10, 15, 20]);
    let until = *tape.pick(&[None, Some(5), Some(10), Some(60)]);
    Interval { from: Some(minute(from)), until: until.map(|length| minute(from + length)) }
}

/// What is asked for.
fn asked(tape: &mut Tape<'_>, tree: &Tree) -> Act {
    let name = tape.word(&[
        "recording",
        "recording",
        "transcribing",
        "serving-by-phone",
        "recording-of-our-side",
        "offering-branch-visit",
    ]);
    let mut act = act(tree, name);
    if tape.chance(12) {
        act.of = Some(match tape.below(3) {
            0 => Of::Role(id(&tree.roles, "customer")),
            1 => Of::Role(id(&tree.roles, "agent")),
            _ => Of::Category(id(&tree.categories, "payment-card")),
        });
    }
    if tape.chance(6) {
        act.phase = Some(id(&tree.phases, "card-entry"));
    }
    if tape.chance(6) {
        act.purpose = Some(*tape.pick(&purposes(tree)));
    }
    act.not = tape.chance(5);
    act
}

fn options(tape: &mut Tape<'_>, tree: &Tree) -> Options {
    let mut options = Options { coverage: tape.chance(30), ..Options::default() };
    if tape.chance(80) {
        options.bundle = tree.bundles.id("house");
    } else if tape.chance(50) {
        options.sources = Some(vec![id(&tree.sources, "S0")]);
    }
    if tape.chance(40) {
        options.readings = vec![id(&tree.readings, tape.word(&["reach-near", "reach-far"]))];
    }
    let proposed = tree.rules.iter().filter(|(_, rule)| rule.in_force.proposed).map(|(id, _)| id);
    options.assume = proposed.filter(|_| tape.chance(50)).collect();
    options
}

fn place(name: &str) -> Place {
    Place::new(name).expect("a code")
}

/// What is known of a fact: mostly one value.
fn known(tape: &mut Tape<'_>, tree: &Tree, fact: FactId) -> Option<Known> {
    use onrecord::tree::FactType;
    let value = |tape: &mut Tape<'_>| ValueId::from_index(tape.below(2));
    let both = || BTreeSet::from([ValueId::from_index(0), ValueId::from_index(1)]);
    let kind = tape.below(20);
    if kind == 19 {
        return None;
    }
    let (possible, provenance) = match (&tree.facts[fact].kind, kind) {
        (_, 18) => (Possible::Anything, Provenance::AskedUnknown),
        (_, 17) => (Possible::Nothing, Provenance::Given),
        (FactType::YesNo, _) => (Possible::YesNo(tape.chance(50)), Provenance::Given),
        (FactType::OneOf(_), 16) => (Possible::OneOf(both()), Provenance::Given),
        (FactType::OneOf(_), _) => (Possible::OneOf(BTreeSet::from([value(tape)])), Provenance::Given),
        (FactType::AnyOf(_), 16) => (Possible::OneOf(both()), Provenance::Given),
        (FactType::AnyOf(_), 15) => (Possible::AtLeast(BTreeSet::from([value(tape)])), Provenance::Given),
        (FactType::AnyOf(_), _) => {
            let set = tape.several(0, 2, |tape| ValueId::from_index(tape.below(2))).into_iter().collect();
            (Possible::Exactly(set), Provenance::Given)
        }
        (FactType::Place, _) => {
            let some = tape.word(&["US-CA", "DE", "US-WA", "GB", "US", "FR", "DE-BE"]);
            let mut places = BTreeSet::from([place(some)]);
            if kind == 16 {
                places.insert(place(tape.word(&["US-WA", "GB", "US-CA"])));
            }
            (Possible::Place(places), Provenance::Given)
        }
        (FactType::Places, _) => {
            let some = tape.several(1, 2, |tape| place(tape.word(&["DE", "US-CA", "FR", "US"])));
            let some: BTreeSet<Place> = some.into_iter().collect();
            (if kind == 16 { Possible::Place(some) } else { Possible::Places(some) }, Provenance::Given)
        }
        (FactType::Years(..), 16) => (Possible::Years(12, 20), Provenance::Given),
        (FactType::Years(..), _) => {
            let age = *tape.pick(&[40, 15, 18, 16, 17]);
            (Possible::Years(age, age), Provenance::Given)
        }
    };
    Some(Known { possible, provenance, claims: Vec::new() })
}

/// Somebody; where something is used, mostly somebody who comes or goes while it is captured.
fn party(tape: &mut Tape<'_>, tree: &Tree, is_used: bool) -> Party {
    let role = id(&tree.roles, tape.word(&["customer", "agent", "customer", "ai-agent", "agent", "party"]));
    let mut facts = BTreeMap::new();
    for name in ["location", "line", "interest", "vulnerable", "age"] {
        let fact = id(&tree.facts, name);
        facts.extend(known(tape, tree, fact).map(|known| (fact, known)));
    }
    let from_to = |from, until: Option<i64>| Interval { from: Some(minute(from)), until: until.map(minute) };
    let on_line = match tape.below(10) {
        0..=1 => Interval { from: None, until: None },
        2..=5 if !is_used => Interval { from: None, until: None },
        2..=3 | 6 => from_to(10, None),
        4..=5 | 7 => from_to(0, Some(8)),
        8 => from_to(0, Some(15)),
        _ => from_to(0, None),
    };
    Party {
        id: String::new(),
        role,
        facts,
        languages: tape.several(0, 2, |tape| tape.word(&["en", "es-MX", "es", "de-AT-x-wien", "fr"]).to_owned()),
        on_line,
        told: tape.several(0, 2, |tape| telling(tape, tree)),
        said: tape.several(0, 2, |tape| saying(tape, tree)),
    }
}

fn telling(tape: &mut Tape<'_>, tree: &Tree) -> Telling {
    let from = *tape.pick(&[0, -1, 4, 10, 15, 19, -200]);
    let length = *tape.pick(&[Some(1), Some(2), Some(10), None]);
    let elements =
        tape.several(1, 2, |tape| id(&tree.elements, tape.word(&["recording", "vendor", "named-vendor", "training"])));
    Telling {
        elements: elements.into_iter().collect(),
        from: minute(from),
        to: length.map(|length| minute(from + length)),
        means: (!tape.chance(30)).then(|| id(&tree.means, tape.word(&["spoken-word", "beep-tone"]))),
        language: (!tape.chance(30)).then(|| tape.word(&["en", "es", "de"]).to_owned()),
        on_recording: *tape.pick(&[None, Some(true), Some(false)]),
        notice: None,
    }
}

fn saying(tape: &mut Tape<'_>, tree: &Tree) -> Saying {
    let mut term = act(tree, tape.word(&["recording", "use", "disclosing", "recording-of-our-side"]));
    match tree.acts.name(term.act) {
        "use" => term.purpose = Some(*tape.pick(&purposes(tree))),
        "disclosing" => term.recipient = Some(id(&tree.recipients, "vendor")),
        _ => {}
    }
    let at = minute(*tape.pick(&[1, 5, 12, 18, 20, -30]));
    let kind = if tape.chance(45) {
        SayingKind::Against(*tape.pick(&[Statement::Refused, Statement::Withdrew, Statement::Objected]))
    } else {
        SayingKind::Gave {
            level: *tape.pick(&[Level::Expressed, Level::Explicit, Level::Implied, Level::OptOutNotExercised]),
            manner: (!tape.chance(30))
                .then(|| id(&tree.manners, tape.word(&["key-press", "spoken-yes", "signed-writing"]))),
            form: tape.chance(20).then(|| id(&tree.notices, "release")),
            separately: tape.chance(40),
            on_recording: *tape.pick(&[None, Some(true), Some(false)]),
            lasting_the_call: tape.chance(30),
            expires: tape.chance(15).then(|| minute(15)),
        }
    };
    Saying { term, at, kind }
}
