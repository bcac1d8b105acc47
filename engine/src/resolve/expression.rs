//! Acts, conditions, requirements. What can be done may stand in a requirement only; a condition reads what is so.

use super::{Resolver, codes};
use crate::source::Span;
use crate::syntax::ast::{
    self, Expr, FactOf, GaveOption, GroupKind, Name, Predicate, PurposeTest as Written, Quantifier as Asked,
    ToldOption, Verb,
};
use crate::tree::{
    Act, Cond, Doing, FactId, FactType, Gave, Of, PersonTest, PurposeTest, Quantifier, Req, RoleId, Start, Term, Test,
    Timing, Told, ValueId,
};

impl Resolver<'_> {
    // -------------------------------------------------------------------------------------------- acts

    pub(super) fn act(&mut self, written: &ast::Act) -> Option<Act> {
        let act = self.find("act", super::acts, &written.name)?;
        self.phrase(written, act)
    }

    /// What consent is to: an act phrase, or a purpose, which is `use for` it.
    pub(super) fn term(&mut self, written: &ast::Term) -> Option<Term> {
        let name = &written.act.name;
        if self.out.tree.acts.id(&name.text).is_none()
            && let Some(purpose) = self.peek("purpose", super::purposes, name)
        {
            let Some(using) = self.out.tree.known.using else {
                self.say(codes::needs_word(name.span, "act", "use"));
                return None;
            };
            let phrase = self.phrase(&written.act, using)?;
            return Some(Act { purpose: Some(purpose), ..phrase });
        }
        self.act(&written.act)
    }

    fn phrase(&mut self, written: &ast::Act, act: crate::tree::ActId) -> Option<Act> {
        let of = match &written.of {
            Some(name) => Some(self.of(name)?),
            None => None,
        };
        let purpose = match &written.purpose {
            Some(name) => Some(self.find("purpose", super::purposes, name)?),
            None => None,
        };
        let recipient = match &written.recipient {
            Some(name) => Some(self.find("recipient", super::recipients, name)?),
            None => None,
        };
        let phase = match &written.phase {
            Some(name) => Some(self.find("phase", super::phases, name)?),
            None => None,
        };
        Some(Act { not: written.not, act, of, purpose, recipient, phase, span: written.span })
    }

    fn of(&mut self, name: &Name) -> Option<Of> {
        if let Some(role) = self.peek("role", super::roles, name) {
            return Some(Of::Role(role));
        }
        if let Some(category) = self.peek("category", super::categories, name) {
            return Some(Of::Category(category));
        }
        if let Some(artefact) = self.peek("artefact", super::artefacts, name) {
            return Some(Of::Artefact(artefact));
        }
        self.find("role, category or artefact", super::artefacts, name).map(Of::Artefact)
    }

    // -------------------------------------------------------------------------------------------- conditions

    /// A condition; `None` when it cannot be resolved (which was reported).
    pub(super) fn condition(&mut self, written: &Expr) -> Option<Cond> {
        match written {
            Expr::Group { kind, items, broken, .. } => {
                let parts: Vec<Option<Cond>> = items.iter().map(|item| self.condition(item)).collect();
                let parts = parts.into_iter().collect::<Option<Vec<_>>>().filter(|_| broken.is_empty())?;
                Some(match kind {
                    GroupKind::All => Cond::All(parts),
                    GroupKind::Any => Cond::Any(parts),
                    GroupKind::None => Cond::Not(Box::new(Cond::Any(parts))),
                })
            }
            Expr::Labelled { item, .. } => self.condition(item),
            Expr::Judged { not, judgment, span } => {
                let judged = Cond::Judged(self.find("judgment", super::judgments, judgment)?, *span);
                Some(if *not { Cond::Not(Box::new(judged)) } else { judged })
            }
            Expr::Of { of, predicate, span } => self.fact_of(*of, predicate, *span),
            Expr::Person { quantifier, role, who, predicate, span } => {
                self.persons(*quantifier, role.as_ref(), who, predicate, *span)
            }
            Expr::Purposes { which, test, names, span } => {
                let names = self.find_all("purpose", super::purposes, names);
                let negated = matches!(test, Written::DoNotInclude | Written::DoNotIncludeThat);
                let test = match test {
                    Written::AreOnly => PurposeTest::AreOnly(names),
                    Written::Include | Written::DoNotInclude => PurposeTest::Include(names),
                    Written::IncludeThat | Written::DoNotIncludeThat => PurposeTest::IncludeThat,
                    Written::IsAnyOf => PurposeTest::IsAnyOf(names),
                    Written::IsOtherThan => PurposeTest::IsOtherThan(names),
                };
                let purposes = Cond::Purposes { which: *which, test, span: *span };
                Some(if negated { Cond::Not(Box::new(purposes)) } else { purposes })
            }
            Expr::Unlawful { rule, span } => {
                let rule = match rule {
                    Some(name) => Some(self.find("rule", super::rules, name)?),
                    None => None,
                };
                Some(Cond::Unlawful(rule, *span))
            }
            Expr::ReliedOn { exception, span } => {
                Some(Cond::ReliedOn(self.find("exception", super::exceptions, exception)?, *span))
            }
            Expr::InPlace { span, .. } => {
                self.say(codes::doing_in_condition(*span, "a safeguard that is put in place"));
                None
            }
            Expr::Defined(name) => self.defined(name),
        }
    }

    fn fact_of(&mut self, of: FactOf, predicate: &Predicate, span: Span) -> Option<Cond> {
        let Predicate::Is { verb, not, value, span: at } = predicate else { return None };
        let (fact, test) = self.test(of, *verb, value, *at)?;
        let condition = Cond::Fact { of, fact, test, span };
        Some(if *not { Cond::Not(Box::new(condition)) } else { condition })
    }

    fn persons(
        &mut self,
        asked: Asked,
        role: Option<&Name>,
        who: &[Predicate],
        predicate: &Predicate,
        span: Span,
    ) -> Option<Cond> {
        let (quantifier, negated) = match asked {
            Asked::Any => (Quantifier::Any, false),
            Asked::Every => (Quantifier::Every, false),
            Asked::No => (Quantifier::Any, true),
            Asked::That => (Quantifier::That, false),
        };
        let role = self.role(role, span)?;
        if let Predicate::Told(_) | Predicate::Gave(_) = predicate {
            let what = if matches!(predicate, Predicate::Told(_)) {
                "telling somebody"
            } else {
                "consent that somebody gives"
            };
            self.say(codes::doing_in_condition(span, what));
            return None;
        }
        let who = self.who(who)?;
        let test = self.person_test(predicate)?;
        let condition = Cond::Persons { quantifier, role, who, test, span };
        Some(if negated { Cond::Not(Box::new(condition)) } else { condition })
    }

    fn role(&mut self, role: Option<&Name>, span: Span) -> Option<RoleId> {
        match role {
            Some(name) => self.find("role", super::roles, name),
            None if self.out.tree.known.party.is_none() => {
                self.say(codes::needs_word(span, "role", "party"));
                None
            }
            None => self.out.tree.known.party,
        }
    }

    fn who(&mut self, who: &[Predicate]) -> Option<Vec<PersonTest>> {
        let tests: Vec<Option<PersonTest>> = who.iter().map(|part| self.person_test(part)).collect();
        tests.into_iter().collect()
    }

    fn person_test(&mut self, predicate: &Predicate) -> Option<PersonTest> {
        let (test, not) = match predicate {
            Predicate::Is { verb, not, value, span } => {
                let (fact, test) = self.test(FactOf::Party, *verb, value, *span)?;
                (PersonTest::Fact(fact, test), *not)
            }
            Predicate::Present { not, .. } => (PersonTest::Present, *not),
            Predicate::Said { statement, term, .. } => (PersonTest::Said(*statement, self.term(term)?), false),
            Predicate::Told(told) => {
                self.say(codes::doing_in_condition(told.span, "telling somebody"));
                return None;
            }
            Predicate::Gave(gave) => {
                self.say(codes::doing_in_condition(gave.span, "consent that somebody gives"));
                return None;
            }
        };
        Some(if not { PersonTest::Not(Box::new(test)) } else { test })
    }

    /// Which fact a verb and a value read, and for what.
    fn test(&mut self, of: FactOf, verb: Verb, value: &ast::Test, span: Span) -> Option<(FactId, Test)> {
        if let ast::Test::AnyOf(names) | ast::Test::AllOf(names) = value
            && names.is_empty()
        {
            self.say(codes::nothing_listed(span));
            return None;
        }
        match value {
            ast::Test::Under(years) => self.years(of, verb, span).map(|fact| (fact, Test::Under(*years))),
            ast::Test::AtLeast(years) => self.years(of, verb, span).map(|fact| (fact, Test::AtLeast(*years))),
            ast::Test::One(name) if is_place_verb(verb) => self.in_places(of, verb, std::slice::from_ref(name), span),
            ast::Test::AnyOf(names) if is_place_verb(verb) => self.in_places(of, verb, names, span),
            ast::Test::One(name) => self.value(of, verb, name).map(|(fact, value)| match value {
                Some(value) => (fact, Test::AnyOf(vec![value])),
                None => (fact, Test::Yes),
            }),
            ast::Test::AnyOf(names) => {
                self.values_of(of, verb, names).map(|(fact, values)| (fact, Test::AnyOf(values)))
            }
            ast::Test::AllOf(names) => {
                self.values_of(of, verb, names).map(|(fact, values)| (fact, Test::AllOf(values)))
            }
        }
    }

    pub(super) fn years(&mut self, of: FactOf, verb: Verb, span: Span) -> Option<FactId> {
        let found = self.fact_that(of, verb, |kind| matches!(kind, FactType::Years(..)));
        if found.is_none() {
            self.say(codes::no_such_fact(span, holder(of), verb_words(verb), "a number of years"));
        }
        found
    }

    fn in_places(&mut self, of: FactOf, verb: Verb, names: &[Name], span: Span) -> Option<(FactId, Test)> {
        let fact = self.place_fact(of, verb, span)?;
        let places: Vec<_> = names.iter().map(|name| self.place_or_region(name)).collect();
        Some((fact, Test::In(places.into_iter().collect::<Option<Vec<_>>>()?)))
    }

    pub(super) fn place_fact(&mut self, of: FactOf, verb: Verb, span: Span) -> Option<FactId> {
        let found = self.fact_that(of, verb, |kind| matches!(kind, FactType::Place | FactType::Places));
        if found.is_none() {
            self.say(codes::no_such_fact(span, holder(of), verb_words(verb), "a place"));
        }
        found
    }

    /// The first fact of a subject that a verb reads and that is of some kind.
    fn fact_that(&self, of: FactOf, verb: Verb, fits: impl Fn(&FactType) -> bool) -> Option<FactId> {
        let mut facts = self.out.tree.facts.iter();
        facts.find(|(_, fact)| fact.of == of && fact.verb == verb && fits(&fact.kind)).map(|(id, _)| id)
    }

    /// The fact and value that a name means; no value for a yes/no fact.
    pub(super) fn value(&mut self, of: FactOf, verb: Verb, name: &Name) -> Option<(FactId, Option<ValueId>)> {
        let meanings = self.meanings(name);
        if let Some((id, value, declared)) = meanings
            .iter()
            .find(|(id, ..)| self.out.tree.facts.get(*id).is_some_and(|fact| fact.of == of && fact.verb == verb))
        {
            let (id, value) = (*id, *value);
            self.note(if value.is_some() { "value" } else { "fact" }, name, *declared);
            return Some((id, value));
        }
        if self.broken.contains(&name.text) {
            return None;
        }
        let elsewhere = meanings.first().and_then(|(id, ..)| self.out.tree.facts.get(*id));
        if let Some((its, reads)) = elsewhere.map(|fact| (fact.of, fact.verb)) {
            self.say(codes::other_subject(name, holder(of), holder(its), verb_words(verb), verb_words(reads)));
            return None;
        }
        let nearest = crate::nearest::nearest(&name.text, self.readable(of)).map(str::to_owned);
        self.say(codes::unknown_value(name, holder(of), nearest.as_deref()));
        None
    }

    /// Every fact that has this name (a yes/no fact) or this value, and where it is declared.
    fn meanings(&self, name: &Name) -> Vec<(FactId, Option<ValueId>, Span)> {
        let mut found = Vec::new();
        for (id, fact) in self.out.tree.facts.iter() {
            if fact.word.name == name.text && fact.kind == FactType::YesNo {
                found.push((id, None, fact.word.name_span));
            }
            let values = (0..).zip(fact.kind.values()).filter(|(_, value)| value.name == name.text);
            found.extend(values.map(|(at, value)| (id, Some(ValueId(at)), value.span)));
        }
        found
    }

    /// What can be said of a subject: its yes/no facts and the values of the others.
    fn readable(&self, of: FactOf) -> impl Iterator<Item = &str> {
        self.out.tree.facts.iter().filter(move |(_, fact)| fact.of == of).flat_map(|(_, fact)| {
            let own = (fact.kind == FactType::YesNo).then_some(fact.word.name.as_str());
            own.into_iter().chain(fact.kind.values().iter().map(|value| value.name.as_str()))
        })
    }

    fn values_of(&mut self, of: FactOf, verb: Verb, names: &[Name]) -> Option<(FactId, Vec<ValueId>)> {
        let mut found: Option<FactId> = None;
        let mut values = Vec::new();
        let mut whole = true;
        for name in names {
            match self.value(of, verb, name) {
                Some((fact, Some(value))) if found.is_none_or(|other| other == fact) => {
                    found = Some(fact);
                    values.push(value);
                }
                Some(_) => {
                    self.say(codes::not_of_one_fact(name));
                    whole = false;
                }
                None => whole = false,
            }
        }
        found.filter(|_| whole).map(|fact| (fact, values))
    }

    // -------------------------------------------------------------------------------------------- requirements

    /// A requirement; `None` when it cannot be resolved (which was reported).
    pub(super) fn requirement(&mut self, written: &Expr) -> Option<Req> {
        match written {
            Expr::Group { kind: GroupKind::None, .. } => self.condition(written).map(Req::Cond),
            Expr::Group { kind, items, broken, .. } => {
                let parts: Vec<Option<Req>> = items.iter().map(|item| self.requirement(item)).collect();
                let parts = parts.into_iter().collect::<Option<Vec<_>>>().filter(|_| broken.is_empty())?;
                Some(if *kind == GroupKind::All { Req::All(parts) } else { Req::Any(parts) })
            }
            Expr::Labelled { label, item } => {
                Some(Req::Labelled(label.text.clone(), Box::new(self.requirement(item)?)))
            }
            Expr::InPlace { safeguard, before, span } => {
                let safeguard = self.find("safeguard", super::safeguards, safeguard);
                let before = self.optional(before.as_deref(), |this, (period, act)| {
                    let (period, act) = (this.period(period), this.act(act));
                    Some((period?, act?))
                });
                Some(Req::InPlace(safeguard?, before?, *span))
            }
            Expr::Person { quantifier, role, who, predicate, span } => match &**predicate {
                Predicate::Told(told) => {
                    let (quantifier, role, who) = self.whom(*quantifier, role.as_ref(), who, *span)?;
                    let doing = Doing::Told(self.told(told)?);
                    Some(Req::Persons { quantifier, role, who, doing, span: *span })
                }
                Predicate::Gave(gave) => {
                    let (quantifier, role, who) = self.whom(*quantifier, role.as_ref(), who, *span)?;
                    let doing = Doing::Gave(self.gave(gave)?);
                    if self.out.tree.roles.get(role).is_some_and(|role| role.nature == crate::tree::Nature::Machine) {
                        self.say(codes::machine_consents(*span));
                    }
                    Some(Req::Persons { quantifier, role, who, doing, span: *span })
                }
                _ => self.condition(written).map(Req::Cond),
            },
            _ => self.condition(written).map(Req::Cond),
        }
    }

    fn whom(
        &mut self,
        asked: Asked,
        role: Option<&Name>,
        who: &[Predicate],
        span: Span,
    ) -> Option<(Quantifier, RoleId, Vec<PersonTest>)> {
        let quantifier = match asked {
            Asked::Any => Quantifier::Any,
            Asked::Every => Quantifier::Every,
            Asked::That => Quantifier::That,
            Asked::No => {
                self.say(codes::nobody_required(span));
                return None;
            }
        };
        Some((quantifier, self.role(role, span)?, self.who(who)?))
    }

    pub(super) fn told(&mut self, written: &ast::Told) -> Option<Told> {
        let elements = self.find_all("element", super::elements, &written.elements);
        let has = |wanted: fn(&ToldOption) -> bool| written.options.iter().filter(|option| wanted(option)).count();
        if has(|option| matches!(option, ToldOption::By(_))) > 1 {
            self.say(codes::option_twice(written.span, "`by` stands twice"));
        }
        let refused = has(|option| matches!(option, ToldOption::EvenIfRefused));
        if refused > 0 && has(|option| matches!(option, ToldOption::DidNotRefuse)) > 0 {
            let both = "`even if refused` and `and did not refuse` stand together";
            self.say(codes::option_twice(written.span, both));
        }
        let mut told = Told {
            elements,
            means: None,
            their_language: false,
            on_recording: false,
            timing: Vec::new(),
            not_refused: false,
            span: written.span,
        };
        for option in &written.options {
            match option {
                ToldOption::By(name) => told.means = Some(self.find("means", super::means, name)?),
                ToldOption::TheirLanguage => told.their_language = true,
                ToldOption::Before(act) => told.timing.push(Timing::Before(self.act(act)?)),
                ToldOption::AtStartOf(name) => told.timing.push(Timing::AtStartOf(self.start(name)?)),
                ToldOption::OnTheRecording => told.on_recording = true,
                ToldOption::Throughout(act) => told.timing.push(Timing::Throughout(self.act(act)?)),
                ToldOption::AtLeastBefore(period, act) => {
                    told.timing.push(Timing::AtLeastBefore(self.period(period)?, self.act(act)?));
                }
                ToldOption::AtMostBefore(period, act) => {
                    told.timing.push(Timing::AtMostBefore(self.period(period)?, self.act(act)?));
                }
                ToldOption::EvenIfRefused => {}
                ToldOption::DidNotRefuse => told.not_refused = true,
            }
        }
        (told.elements.len() == written.elements.len() || self.are_repeated(&written.elements)).then_some(told)
    }

    /// Whether some name is written twice (the list is then shorter without an error).
    fn are_repeated(&self, names: &[Name]) -> bool {
        names.iter().all(|name| self.out.tree.elements.id(&name.text).is_some())
    }

    fn gave(&mut self, written: &ast::Gave) -> Option<Gave> {
        let has = |wanted: fn(&GaveOption) -> bool| written.options.iter().filter(|option| wanted(option)).count();
        if has(|option| matches!(option, GaveOption::By(_))) > 1 {
            self.say(codes::option_twice(written.span, "`by` stands twice"));
        }
        if has(|option| matches!(option, GaveOption::OnForm(_))) > 1 {
            self.say(codes::option_twice(written.span, "`on form` stands twice"));
        }
        let mut gave = Gave {
            level: written.level,
            term: self.term(&written.term)?,
            manner: None,
            form: None,
            separately: false,
            on_recording: false,
            lasting_the_call: false,
            timing: Vec::new(),
            span: written.span,
        };
        for option in &written.options {
            match option {
                GaveOption::By(name) => gave.manner = Some(self.find("manner", super::manners, name)?),
                GaveOption::OnForm(name) => gave.form = Some(self.find("notice", super::notices, name)?),
                GaveOption::Separately => gave.separately = true,
                GaveOption::OnTheRecording => gave.on_recording = true,
                GaveOption::AtStartOf(name) => gave.timing.push(Timing::AtStartOf(self.start(name)?)),
                GaveOption::Before(act) => gave.timing.push(Timing::Before(self.act(act)?)),
                GaveOption::AtLeastBefore(period, act) => {
                    gave.timing.push(Timing::AtLeastBefore(self.period(period)?, self.act(act)?));
                }
                GaveOption::AtMostBefore(period, act) => {
                    gave.timing.push(Timing::AtMostBefore(self.period(period)?, self.act(act)?));
                }
                GaveOption::LastingTheCall => gave.lasting_the_call = true,
            }
        }
        Some(gave)
    }

    fn start(&mut self, name: &Name) -> Option<Start> {
        if let Some(phase) = self.peek("phase", super::phases, name) {
            return Some(Start::Phase(phase));
        }
        self.find("act", super::acts, name).map(Start::Act)
    }
}

/// Whether a verb reads places.
pub(super) fn is_place_verb(verb: Verb) -> bool {
    matches!(
        verb,
        Verb::IsIn | Verb::IsEstablishedIn | Verb::OffersServicesIn | Verb::ProcessesDataIn | Verb::UsesOutputIn
    )
}

/// A subject in words.
pub(super) fn holder(of: FactOf) -> &'static str {
    match of {
        FactOf::Call => "call",
        FactOf::Company => "company",
        FactOf::Recorder => "recorder",
        FactOf::Party => "party",
    }
}

/// A verb as written.
pub(super) fn verb_words(verb: Verb) -> &'static str {
    match verb {
        Verb::Is => "is",
        Verb::Uses => "uses",
        Verb::Concerns => "concerns",
        Verb::Has => "has",
        Verb::Speaks => "speaks",
        Verb::IsIn => "is in",
        Verb::IsEstablishedIn => "is established in",
        Verb::OffersServicesIn => "offers services in",
        Verb::ProcessesDataIn => "processes data in",
        Verb::UsesOutputIn => "uses output in",
    }
}
