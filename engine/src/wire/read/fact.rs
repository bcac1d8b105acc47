//! Facts: the set of values that are still possible, and how that is known.

use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use crate::context::{Known, Possible, Provenance};
use crate::nearest::nearest;
use crate::syntax::ast::FactOf;
use crate::tree::vocabulary::Value;
use crate::tree::{Fact, FactId, FactType, Place, ValueId};
use crate::wire::error::Path;
use crate::wire::form::PartlyForm;
use crate::wire::record::{Named, Text, listed};
use crate::wire::shape::{AtLeastForm, FactForm};

impl<'t> Reader<'t> {
    /// The facts of one holder.
    pub(super) fn facts(
        &mut self,
        named: Option<&Named<'_, FactForm<'_>>>,
        of: FactOf,
        holder: &Path<'_>,
        into: &mut BTreeMap<FactId, Known>,
    ) {
        let list = holder.field("facts");
        let facts = named.map(|named| named.0.as_slice()).unwrap_or_default();
        for (name, form) in self.limited(facts, self.limits.facts, &list) {
            let at = list.field(name);
            let Some((id, fact)) = self.fact_named(name, of, &at) else { continue };
            let unknown = *form == FactForm::Unknown(());
            let provenance = if unknown { Provenance::AskedUnknown } else { Provenance::Given };
            let possible = self.possible(fact, form, &at);
            into.extend(possible.map(|possible| (id, Known { possible, provenance, claims: Vec::new() })));
        }
    }

    /// A fact of this holder that is not written as a location.
    fn fact_named(&mut self, name: &str, of: FactOf, at: &Path<'_>) -> Option<(FactId, &'t Fact)> {
        let tree = self.tree;
        let found = tree.facts.id(name).and_then(|id| tree.facts.get(id).map(|fact| (id, fact)));
        let Some((id, fact)) = found else {
            let names: Vec<&str> =
                tree.facts.iter().filter(|(_, fact)| fact.of == of).map(|(_, fact)| fact.word.name.as_str()).collect();
            self.unknown(name, &format!("a fact {}", holder(of)), &names, at);
            return None;
        };
        if fact.of != of {
            let place = match fact.of {
                FactOf::Call => "`call.facts`",
                FactOf::Company => "`company.facts`",
                FactOf::Recorder => "`recorder.facts`",
                FactOf::Party => "the `facts` of a party",
            };
            self.say(at, format!("`{name}` is a fact {}", holder(fact.of)), format!("write it in {place}"));
            return None;
        }
        if [tree.known.location, tree.known.recorder_location].contains(&Some(id)) {
            self.say(at, format!("`{name}` says where"), "write it in `locations`, with what it rests on");
            return None;
        }
        Some((id, fact))
    }

    /// The values that are still possible.
    fn possible(&mut self, fact: &Fact, form: &FactForm<'_>, at: &Path<'_>) -> Option<Possible> {
        match (&fact.kind, form) {
            (_, FactForm::Unknown(())) => Some(Possible::Anything),
            (kind, FactForm::Partly(partly)) => self.partly(fact, kind, partly, at),
            (FactType::YesNo, FactForm::Flag(value)) => Some(Possible::YesNo(*value)),
            (FactType::OneOf(values), FactForm::Value(name)) => {
                self.value(fact, values, name, at).map(|value| Possible::OneOf(BTreeSet::from([value])))
            }
            (FactType::AnyOf(values), FactForm::Values(names)) => {
                Some(Possible::Exactly(self.values(fact, values, names, at)))
            }
            (FactType::Place, FactForm::Value(code)) => {
                self.place(code, at).map(|place| Possible::Place(BTreeSet::from([place])))
            }
            (FactType::Places, FactForm::Values(codes)) => Some(Possible::Places(self.places(codes, at))),
            (FactType::Years(from, to), FactForm::Years(years)) if from <= years && years <= to => {
                Some(Possible::Years(*years, *years))
            }
            _ => self.does_not_fit(fact, at),
        }
    }

    fn partly(&mut self, fact: &Fact, kind: &FactType, form: &PartlyForm<'_>, at: &Path<'_>) -> Option<Possible> {
        let list = at.field("one_of");
        let least = at.field("at_least");
        let PartlyForm { one_of, at_least, at_most, not_applicable } = form;
        match (kind, one_of.as_deref(), at_least, at_most, not_applicable) {
            (_, None, None, None, Some(true)) => Some(Possible::Nothing),
            (FactType::OneOf(values), Some(names @ [_, ..]), None, None, None) => {
                Some(Possible::OneOf(self.values(fact, values, names, &list)))
            }
            (FactType::Place, Some(codes @ [_, ..]), None, None, None) => {
                Some(Possible::Place(self.places(codes, &list)))
            }
            (FactType::AnyOf(values), None, Some(AtLeastForm::Values(names)), None, None) => {
                Some(Possible::AtLeast(self.values(fact, values, names, &least)))
            }
            (FactType::Years(from, to), None, None | Some(AtLeastForm::Years(_)), _, None)
                if at_least.is_some() || at_most.is_some() =>
            {
                let lower = match at_least {
                    Some(AtLeastForm::Years(years)) => *years,
                    _ => *from,
                };
                let upper = at_most.unwrap_or(*to);
                let fits = *from <= lower && lower <= upper && upper <= *to;
                if fits { Some(Possible::Years(lower, upper)) } else { self.does_not_fit(fact, at) }
            }
            _ => self.does_not_fit(fact, at),
        }
    }

    /// Says what may stand as a value of a fact.
    fn does_not_fit(&mut self, fact: &Fact, at: &Path<'_>) -> Option<Possible> {
        let name = &fact.word.name;
        let values = || some(fact.kind.values().iter().map(|value| value.name.as_str()));
        let first = fact.kind.values().first().map_or("", |value| value.name.as_str());
        let (what, help) = match &fact.kind {
            FactType::YesNo => {
                ("yes or no".to_owned(), "write `true`, `false`, or `null` when it is not known".to_owned())
            }
            FactType::OneOf(_) => (
                format!("one of {}", values()),
                format!("write one: `\"{first}\"`; or those that are possible: `{{\"one_of\": [\"{first}\", …]}}`"),
            ),
            FactType::AnyOf(_) => (
                format!("any of {}", values()),
                format!("write a list: `[\"{first}\"]`; or what is certain: `{{\"at_least\": [\"{first}\"]}}`"),
            ),
            FactType::Place => (
                "a place".to_owned(),
                "write its code: `\"US-CA\"`; or those that are possible: `{\"one_of\": [\"US-CA\", \"US-NV\"]}`"
                    .to_owned(),
            ),
            FactType::Places => ("places".to_owned(), "write a list of codes: `[\"US-CA\", \"DE\"]`".to_owned()),
            FactType::Years(from, to) => (
                format!("a number of years from {from} to {to}"),
                "write a whole number, or `{\"at_least\": …}`, `{\"at_most\": …}`, the lower bound first".to_owned(),
            ),
        };
        self.say(at, format!("this is not a value of `{name}`, which is {what}"), help);
        None
    }

    fn values(&mut self, fact: &Fact, values: &[Value], names: &[Text<'_>], at: &Path<'_>) -> BTreeSet<ValueId> {
        let names = self.entries(Some(names), at);
        names.filter_map(|(index, name)| self.value(fact, values, name, &at.index(index))).collect()
    }

    fn value(&mut self, fact: &Fact, values: &[Value], name: &Text<'_>, at: &Path<'_>) -> Option<ValueId> {
        if let Some((id, _)) = (0..).zip(values).find(|(_, value)| value.name == **name) {
            return Some(ValueId(id));
        }
        let has = |other: &Fact| other.kind.values().iter().any(|value| value.name == **name);
        let owner = self.tree.facts.iter().find(|(_, other)| has(other));
        let help = match (nearest(name, values.iter().map(|value| value.name.as_str())), owner) {
            (_, Some((_, owner))) => format!("it is a value of `{}`, a fact {}", owner.word.name, holder(owner.of)),
            (Some(meant), None) => format!("did you mean `{meant}`?"),
            (None, None) => format!("write one of {}", some(values.iter().map(|value| value.name.as_str()))),
        };
        self.say(at, format!("`{}` is not a value of `{}`", &**name, fact.word.name), help);
        None
    }

    fn places(&mut self, codes: &[Text<'_>], at: &Path<'_>) -> BTreeSet<Place> {
        let codes = self.entries(Some(codes), at);
        codes.filter_map(|(index, code)| self.place(code, &at.index(index))).collect()
    }
}

/// The first names, and how many more there are.
fn some<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.get(8..).map(<[&str]>::len) {
        Some(more @ 1..) => format!("{} and {more} more", listed(names.into_iter().take(8))),
        _ => listed(names.into_iter()),
    }
}

fn holder(of: FactOf) -> &'static str {
    match of {
        FactOf::Call => "of the call",
        FactOf::Company => "of the company",
        FactOf::Recorder => "of the recorder",
        FactOf::Party => "of each party",
    }
}
