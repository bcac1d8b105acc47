//! Duties, retention, places that nobody reviewed.

use super::{View, texts};
use crate::decision::{Duty, DutyState, End, KeepNow, Retention, Uncovered, UncoveredOf};
use crate::tree::Thing;
use crate::wire::decision::{
    DutyForm, DutyStateForm, EndForm, KeepNowForm, OneThingForm, PlaceOfForm, RetentionForm, ThingForm, UncoveredForm,
};
use crate::wire::record::RegionText;
use crate::wire::write::{day, instant, text};

impl<'d> View<'d> {
    pub(super) fn duty(self, duty: &'d Duty) -> DutyForm<'d> {
        let tree = self.tree;
        let rule = tree.rules.get(duty.rule);
        let of_exception = duty.then_of.and_then(|exception| tree.exceptions.get(exception));
        let cites = of_exception.map(|exception| &exception.cites).or(rule.map(|rule| &rule.cites));
        let clause = self.clause(duty.rule, duty.clause, duty.then_of);
        let (file, line) = self.place(clause.map(|clause| clause.span).unwrap_or_default());
        DutyForm {
            rule: text(tree.rules.name(duty.rule)),
            title: text(rule.map_or("", |rule| &rule.title)),
            clause: clause.and_then(|clause| clause.label.as_deref()).map(text),
            price_of: of_exception.map(|exception| text(&exception.name)),
            source: self.source_of(duty.rule),
            cites: texts(cites.map(Vec::as_slice).unwrap_or_default()),
            file,
            line,
            state: match duty.state {
                DutyState::Due => DutyStateForm::Due,
                DutyState::Met => DutyStateForm::Met,
                DutyState::Breached => DutyStateForm::Breached,
                DutyState::Paused => DutyStateForm::Paused,
                DutyState::NotDue => DutyStateForm::NotDue,
            },
            due: duty.due.as_ref().map(end),
            undetermined: duty.undetermined,
        }
    }

    pub(super) fn retention(self, row: &'d Retention) -> RetentionForm<'d> {
        RetentionForm {
            thing: self.thing(&row.thing),
            purpose: row.purpose.map(|purpose| text(self.tree.purposes.name(purpose))),
            keep_until: row.keep_until.as_ref().map(end),
            erase_by: row.erase_by.as_ref().map(end),
            now: match row.now {
                KeepNow::Keep => KeepNowForm::Keep,
                KeepNow::Restrict => KeepNowForm::Restrict,
                KeepNow::Erase => KeepNowForm::Erase,
            },
            undetermined: row.undetermined,
            needs: self.names(&row.needs),
            because: row.because.iter().map(|reason| self.reason(reason)).collect(),
        }
    }

    fn thing(self, thing: &Thing) -> ThingForm<'d> {
        let tree = self.tree;
        let artefact = |id| Some(text(tree.artefacts.name(id)));
        let category = |id| Some(text(tree.categories.name(id)));
        let one = |artefact, category| ThingForm::One(OneThingForm { artefact, category });
        match thing {
            Thing::Artefact(id) => one(artefact(*id), None),
            Thing::Category(id) => one(None, category(*id)),
            Thing::In(held, inside) => one(artefact(*inside), category(*held)),
            Thing::AnyOf(ids) => ThingForm::AnyOf { any_of: ids.iter().filter_map(|id| artefact(*id)).collect() },
        }
    }

    pub(super) fn uncovered(self, one: &'d Uncovered) -> UncoveredForm<'d> {
        let (of, party) = match one.of {
            UncoveredOf::Person(index) => (PlaceOfForm::Party, Some(self.party(index))),
            UncoveredOf::Recorder => (PlaceOfForm::Recorder, None),
            UncoveredOf::Company => (PlaceOfForm::Company, None),
        };
        let region = one.place.as_ref().map(|place| RegionText(place.code().into()));
        UncoveredForm { region, of, party }
    }
}

fn end(end: &End) -> EndForm<'_> {
    match end {
        End::Day(last) => EndForm::Day(day(*last)),
        End::Instant(at) => EndForm::Instant(instant(*at)),
        End::Symbolic(words) => EndForm::Pending(text(words)),
        End::Hold => EndForm::Hold(true),
    }
}
