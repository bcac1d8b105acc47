//! A call drawn from bytes, against any policy: every byte string is one. An empty one is the plainest call.

use std::collections::{BTreeMap, BTreeSet};

use arbitrary::{Result, Unstructured};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use onrecord::compile::PolicySet;
use onrecord::context::{
    Context, Instant, Interval, Known, Moment, Party, Possible, Provenance, Saying, SayingKind, Telling,
};
use onrecord::syntax::ast::{FactOf, Statement};
use onrecord::tree::table::{Id, Table};
use onrecord::tree::{Act, FactId, FactType, Group, Level, Of, Place, Tree, ValueId};

/// The most of anything in one call.
const SOME: usize = 3;

/// Draws a call and the instant at which it is judged.
///
/// # Errors
/// Never on running out of bytes: what is left is plain.
pub fn draw(set: &PolicySet, bytes: &[u8]) -> Result<(Context, Instant)> {
    let mut draw = Draw { set, tree: &set.tree, tape: Unstructured::new(bytes) };
    let at = draw.instant()?;
    let mut ctx = Context { parties_complete: draw.yes()?, ..Context::default() };
    ctx.log_complete_to = draw.maybe(|draw| Ok(if draw.yes()? { at } else { draw.instant()? }))?;
    ctx.parties = draw.several(Draw::party)?;
    for (index, party) in ctx.parties.iter_mut().enumerate() {
        party.id = format!("p{index}");
    }
    draw.asked(&mut ctx)?;
    draw.known(&mut ctx)?;
    draw.happened(&mut ctx)?;
    Ok((ctx, at))
}

struct Draw<'t, 'b> {
    set: &'t PolicySet,
    tree: &'t Tree,
    tape: Unstructured<'b>,
}

impl Draw<'_, '_> {
    fn yes(&mut self) -> Result<bool> {
        Ok(self.below(2)? == 1)
    }

    fn below(&mut self, limit: usize) -> Result<usize> {
        self.tape.int_in_range(0..=limit.saturating_sub(1))
    }

    fn maybe<T>(&mut self, draw: impl FnOnce(&mut Self) -> Result<T>) -> Result<Option<T>> {
        if self.yes()? { draw(self).map(Some) } else { Ok(None) }
    }

    fn several<T>(&mut self, mut draw: impl FnMut(&mut Self) -> Result<Option<T>>) -> Result<Vec<T>> {
        let count = self.below(SOME + 1)?;
        let drawn: Result<Vec<Option<T>>> = (0..count).map(|_| draw(self)).collect();
        Ok(drawn?.into_iter().flatten().collect())
    }

    fn one<I: Id, T>(&mut self, table: &Table<I, T>) -> Result<Option<I>> {
        let index = self.below(table.len())?;
        Ok((index < table.len()).then(|| I::from_index(index)))
    }

    fn some<I: Id + Ord, T>(&mut self, table: &Table<I, T>) -> Result<BTreeSet<I>> {
        Ok(self.several(|draw| draw.one(table))?.into_iter().collect())
    }

    /// Minutes around a noon, now and then whole years away from it.
    fn instant(&mut self) -> Result<Instant> {
        let minutes = i64::try_from(self.below(256)?).unwrap_or_default() - 128;
        let years = if minutes % 8 == 7 { i64::try_from(self.below(9)?).unwrap_or_default() - 4 } else { 0 };
        Ok(DateTime::<Utc>::UNIX_EPOCH + Duration::days(20_514 + 365 * years) + Duration::minutes(720 + minutes))
    }

    fn day(&mut self) -> Result<NaiveDate> {
        Ok(self.instant()?.date_naive())
    }

    fn interval(&mut self) -> Result<Interval> {
        let from = self.maybe(Self::instant)?;
        let until = self.maybe(Self::instant)?;
        let until = until.map(|until| from.map_or(until, |from| until.max(from)));
        Ok(Interval { from, until })
    }

    fn moment(&mut self) -> Result<Moment> {
        if self.yes()? { self.instant().map(Moment::Instant) } else { self.day().map(Moment::Day) }
    }

    fn act(&mut self) -> Result<Option<Act>> {
        let Some(act) = self.one(&self.tree.acts)? else { return Ok(None) };
        let (mut of, mut purpose, mut recipient, mut phase) = (None, None, None, None);
        match self.below(12)? {
            6 => of = self.one(&self.tree.roles)?.map(Of::Role),
            7 => of = self.one(&self.tree.categories)?.map(Of::Category),
            8 => of = self.one(&self.tree.artefacts)?.map(Of::Artefact),
            9 => purpose = self.one(&self.tree.purposes)?,
            10 => recipient = self.one(&self.tree.recipients)?,
            11 => phase = self.one(&self.tree.phases)?,
            _ => {}
        }
        Ok(Some(Act { not: false, act, of, purpose, recipient, phase, span: Default::default() }))
    }

    fn asked(&mut self, ctx: &mut Context) -> Result<()> {
        ctx.acts = self.several(Self::act)?;
        if self.tree.known.using.is_some() {
            ctx.uses = self.some(&self.tree.purposes)?.into_iter().collect();
        }
        Ok(())
    }

    fn known(&mut self, ctx: &mut Context) -> Result<()> {
        ctx.facts = self.facts(|of| of != FactOf::Party)?;
        for judgment in self.tree.judgments.ids() {
            match self.below(6)? {
                0 | 1 => drop(ctx.judgments.insert(judgment, Some(false))),
                2 | 3 => drop(ctx.judgments.insert(judgment, Some(true))),
                4 => drop(ctx.judgments.insert(judgment, None)),
                _ => {}
            }
        }
        ctx.intended = self.maybe(|draw| draw.some(&draw.tree.purposes))?;
        ctx.promised = self.maybe(|draw| draw.some(&draw.tree.purposes))?;
        ctx.categories = self.maybe(|draw| draw.some(&draw.tree.categories))?;
        Ok(())
    }

    fn facts(&mut self, fits: impl Fn(FactOf) -> bool) -> Result<BTreeMap<FactId, Known>> {
        let mut facts = BTreeMap::new();
        for (id, fact) in self.tree.facts.iter().filter(|(_, fact)| fits(fact.of)) {
            let (possible, provenance) = match self.below(10)? {
                7 => continue,
                8 => (Possible::Anything, Provenance::AskedUnknown),
                9 => (Possible::Nothing, Provenance::Given),
                _ => (self.possible(&fact.kind)?, Provenance::Given),
            };
            facts.insert(id, Known { possible, provenance, claims: Vec::new() });
        }
        Ok(facts)
    }

    fn possible(&mut self, kind: &FactType) -> Result<Possible> {
        Ok(match kind {
            FactType::YesNo => Possible::YesNo(self.yes()?),
            FactType::OneOf(values) => Possible::OneOf(self.values(values.len(), 1)?),
            FactType::AnyOf(values) if self.yes()? => Possible::AtLeast(self.values(values.len(), 0)?),
            FactType::AnyOf(values) => Possible::Exactly(self.values(values.len(), 0)?),
            FactType::Place => Possible::Place(self.places(1)?),
            FactType::Places => Possible::Places(self.places(0)?),
            FactType::Years(from, to) => {
                let (one, other) = (self.tape.int_in_range(*from..=*to)?, self.tape.int_in_range(*from..=*to)?);
                let other = if self.yes()? { other } else { one };
                Possible::Years(one.min(other), one.max(other))
            }
        })
    }

    fn values(&mut self, of: usize, least: usize) -> Result<BTreeSet<ValueId>> {
        let count = least + self.below(2)?;
        (0..count).map(|_| self.below(of).map(ValueId::from_index)).collect()
    }

    fn places(&mut self, least: usize) -> Result<BTreeSet<Place>> {
        let count = least + self.below(2)?;
        let places = &self.set.places;
        let drawn: Result<BTreeSet<Option<Place>>> =
            (0..count).map(|_| self.below(places.len()).map(|at| places.get(at).cloned())).collect();
        Ok(drawn?.into_iter().flatten().collect())
    }

    fn party(&mut self) -> Result<Option<Party>> {
        let Some(role) = self.one(&self.tree.roles)? else { return Ok(None) };
        let facts = self.facts(|of| of == FactOf::Party)?;
        let on_line = if self.yes()? { self.interval()? } else { Interval { from: None, until: None } };
        let languages = self.several(|draw| draw.language().map(Some))?;
        let told = self.several(|draw| draw.telling().map(Some))?;
        let said = self.several(Self::saying)?;
        Ok(Some(Party { id: String::new(), role, facts, languages, on_line, told, said }))
    }

    fn language(&mut self) -> Result<String> {
        Ok(["en", "es-MX", "es", "de"][self.below(4)?].to_owned())
    }

    fn telling(&mut self) -> Result<Telling> {
        let elements = self.some(&self.tree.elements)?;
        let during = self.interval()?;
        let from = during.from.map_or_else(|| self.instant(), Ok)?;
        Ok(Telling {
            elements,
            from,
            to: during.until.map(|until| until.max(from)),
            means: self.maybe(|draw| draw.one(&draw.tree.means))?.flatten(),
            language: self.maybe(Self::language)?,
            on_recording: self.maybe(Self::yes)?,
            notice: self.maybe(|draw| draw.one(&draw.tree.notices))?.flatten(),
        })
    }

    fn saying(&mut self) -> Result<Option<Saying>> {
        let Some(term) = self.act()? else { return Ok(None) };
        let at = self.instant()?;
        let kind = match self.below(6)? {
            0 => SayingKind::Against(Statement::Refused),
            1 => SayingKind::Against(Statement::Withdrew),
            2 => SayingKind::Against(Statement::Objected),
            _ => SayingKind::Gave {
                level: [Level::OptOutNotExercised, Level::Implied, Level::Expressed, Level::Explicit][self.below(4)?],
                manner: self.maybe(|draw| draw.one(&draw.tree.manners))?.flatten(),
                form: self.maybe(|draw| draw.one(&draw.tree.notices))?.flatten(),
                separately: self.yes()?,
                on_recording: self.maybe(Self::yes)?,
                lasting_the_call: self.yes()?,
                expires: self.maybe(Self::instant)?,
            },
        };
        Ok(Some(Saying { term, at, kind }))
    }

    fn happened(&mut self, ctx: &mut Context) -> Result<()> {
        ctx.call = self.maybe(Self::interval)?;
        let captures: Vec<_> =
            self.tree.acts.iter().filter(|(_, act)| act.group == Group::Capture).map(|(id, _)| id).collect();
        ctx.captures = self.several(|draw| {
            let act = captures.get(draw.below(captures.len())?).copied();
            Ok(act.zip(Some(draw.interval()?)))
        })?;
        ctx.phases = self.several(|draw| Ok(draw.one(&draw.tree.phases)?.zip(Some(draw.interval()?))))?;
        ctx.safeguards = self.several(|draw| Ok(draw.one(&draw.tree.safeguards)?.zip(Some(draw.interval()?))))?;
        ctx.events = self.several(|draw| Ok(draw.one(&draw.tree.events)?.zip(Some(draw.moment()?))))?;
        ctx.done = self.several(|draw| Ok(draw.act()?.zip(Some(draw.moment()?))))?;
        ctx.holds = self.several(|draw| {
            let (artefact, from) = (draw.one(&draw.tree.artefacts)?, draw.day()?);
            let until = draw.maybe(Self::day)?.map(|until| until.max(from));
            Ok(artefact.map(|artefact| (artefact, from, until)))
        })?;
        Ok(())
    }
}
