//! Second pass over words, regions, sources, coverage.

use std::collections::{BTreeSet, HashMap};

use super::{Resolver, codes};
use crate::source::Span;
use crate::syntax::ast::{self, Body, Name, SourceLine, WordKind, WordLine};
use crate::tree::rule::{Confidence, Convention, Rank, SourceKind};
use crate::tree::table::{Id, Table};
use crate::tree::vocabulary::Value;
use crate::tree::{self, FactType, Group, Nature, Period, PlaceTest, Side, Tree, ValueId, Word};

/// DPV 2.3 and its extensions for personal data, AI, technology, risk, places, and the laws of the Union.
const DPV_PREFIXES: [&str; 9] = ["dpv", "pd", "ai", "tech", "risk", "loc", "eu-gdpr", "eu-aiact", "eu-rights"];

impl<'f> Resolver<'f> {
    pub(super) fn fill_word(&mut self, declared: &'f ast::Word, span: Span) {
        if !self.is_first(declared, span) {
            return;
        }
        self.once(&declared.body);
        let (mut means, mut dpv) = (None, None);
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Means(text) => means = Some(text.value.clone()),
                WordLine::Dpv { parent, term } => {
                    let shape = |term: &str| {
                        term.split_once(':').is_some_and(|(prefix, name)| {
                            DPV_PREFIXES.contains(&prefix) && name.starts_with(|one: char| one.is_ascii_alphabetic())
                        })
                    };
                    if !shape(&term.value) {
                        self.say(codes::dpv(term));
                    }
                    dpv = Some((term.value.clone(), *parent));
                }
                _ => {}
            }
        }
        if means.is_none() && declared.body.broken.is_empty() {
            self.say(codes::missing_line(&declared.name, "means \"…\""));
        }
        let common = (means.unwrap_or_default(), dpv);
        match declared.kind {
            WordKind::Act => self.fill_act(declared, common),
            WordKind::Purpose => {
                self.fill_plain(declared, common, "purpose", super::purposes, |tree| &mut tree.purposes)
            }
            WordKind::Category => {
                self.fill_plain(declared, common, "category", super::categories, |tree| &mut tree.categories)
            }
            WordKind::Role => self.fill_role(declared, common),
            WordKind::Fact => self.fill_fact(declared, common),
            WordKind::Judgment => self.fill_judgment(declared, common),
            WordKind::Element => {
                self.fill_plain(declared, common, "element", super::elements, |tree| &mut tree.elements)
            }
            WordKind::Safeguard => self.fill_safeguard(declared, common),
            WordKind::Means => self.fill_plain(declared, common, "means", super::means, |tree| &mut tree.means),
            WordKind::Manner => self.fill_manner(declared, common),
            WordKind::Artefact => {
                self.fill_plain(declared, common, "artefact", super::artefacts, |tree| &mut tree.artefacts)
            }
            WordKind::Event => self.fill_plain(declared, common, "event", super::events, |tree| &mut tree.events),
            WordKind::Phase => self.fill_phase(declared, common),
            WordKind::Recipient => {
                self.fill_plain(declared, common, "recipient", super::recipients, |tree| &mut tree.recipients);
            }
        }
    }

    /// Whether this is the declaration that the table holds (a second one of the same name was reported).
    fn is_first(&self, declared: &ast::Word, span: Span) -> bool {
        fn of<I: Id, T>(table: &Table<I, T>, name: &str, span: impl Fn(&T) -> Span) -> Option<Span> {
            table.id(name).and_then(|id| table.get(id)).map(span)
        }
        let (tree, name) = (&self.out.tree, declared.name.text.as_str());
        let known = match declared.kind {
            WordKind::Act => of(&tree.acts, name, |one| one.word.span),
            WordKind::Purpose => of(&tree.purposes, name, |one| one.span),
            WordKind::Category => of(&tree.categories, name, |one| one.span),
            WordKind::Role => of(&tree.roles, name, |one| one.word.span),
            WordKind::Fact => of(&tree.facts, name, |one| one.word.span),
            WordKind::Judgment => of(&tree.judgments, name, |one| one.word.span),
            WordKind::Element => of(&tree.elements, name, |one| one.span),
            WordKind::Safeguard => of(&tree.safeguards, name, |one| one.word.span),
            WordKind::Means => of(&tree.means, name, |one| one.span),
            WordKind::Manner => of(&tree.manners, name, |one| one.word.span),
            WordKind::Artefact => of(&tree.artefacts, name, |one| one.span),
            WordKind::Event => of(&tree.events, name, |one| one.span),
            WordKind::Phase => of(&tree.phases, name, |one| one.word.span),
            WordKind::Recipient => of(&tree.recipients, name, |one| one.span),
        };
        known == Some(span)
    }

    /// Reports lines that a word may have only once.
    fn once(&mut self, body: &Body<WordLine>) {
        let mut seen: HashMap<std::mem::Discriminant<WordLine>, Span> = HashMap::new();
        for line in &body.lines {
            let kind = std::mem::discriminant(&line.value);
            if let Some(earlier) = seen.get(&kind) {
                self.say(codes::line_twice(line.span, *earlier));
            } else {
                seen.insert(kind, line.span);
            }
        }
    }

    fn under<I: Id + Ord, T: super::Declared>(
        &mut self,
        declared: &ast::Word,
        kind: &'static str,
        table: fn(&Tree) -> &Table<I, T>,
    ) -> Vec<I> {
        let names = declared.body.lines.iter().filter_map(|line| match &line.value {
            WordLine::Under(names) => Some(names.as_slice()),
            _ => None,
        });
        names.flat_map(|names| self.find_all(kind, table, names)).collect()
    }

    fn fill_plain<I: Id + Ord>(
        &mut self,
        declared: &ast::Word,
        common: (String, Option<(String, bool)>),
        kind: &'static str,
        table: fn(&Tree) -> &Table<I, Word<I>>,
        table_mut: fn(&mut Tree) -> &mut Table<I, Word<I>>,
    ) {
        let under = self.under(declared, kind, table);
        for line in &declared.body.lines {
            self.foreign(line.span, &line.value, kind);
        }
        let tree = &mut self.out.tree;
        if let Some(word) = table(tree).id(&declared.name.text).and_then(|id| table_mut(tree).get_mut(id)) {
            (word.means, word.dpv) = common;
            word.under = under;
        }
    }

    fn fill_act(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let under = self.under(declared, "act", super::acts);
        let (mut group, mut makes, mut captures) = (None, None, None);
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Group(name) => {
                    group =
                        self.choose(name, &[("capture", Group::Capture), ("use", Group::Use), ("other", Group::Other)]);
                }
                WordLine::Makes(name) => makes = self.find("artefact", super::artefacts, name),
                WordLine::Captures(name) => captures = self.choose(name, SIDES),
                _ => self.foreign(line.span, &line.value, "act"),
            }
        }
        if group.is_none() {
            self.need_line(declared, "group capture`, `group use` or `group other");
        }
        let tree = &mut self.out.tree;
        if let Some(act) = tree.acts.id(&declared.name.text).and_then(|id| tree.acts.get_mut(id)) {
            (act.word.means, act.word.dpv) = common;
            act.word.under = under;
            act.group = group.unwrap_or(Group::Other);
            act.makes = makes;
            act.captures = captures;
        }
    }

    fn fill_role(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let under = self.under(declared, "role", super::roles);
        let (mut side, mut nature) = (None, None);
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Side(name) => side = self.choose(name, SIDES),
                WordLine::Human(human) => nature = Some(if *human { Nature::Human } else { Nature::Machine }),
                _ => self.foreign(line.span, &line.value, "role"),
            }
        }
        if side.is_none() {
            self.need_line(declared, "side ours`, `side theirs` or `side neither");
        }
        if nature.is_none() {
            self.need_line(declared, "human` or `machine");
        }
        let tree = &mut self.out.tree;
        if let Some(role) = tree.roles.id(&declared.name.text).and_then(|id| tree.roles.get_mut(id)) {
            (role.word.means, role.word.dpv) = common;
            role.word.under = under;
            role.side = side.unwrap_or(Side::Neither);
            role.nature = nature.unwrap_or(Nature::Human);
        }
    }

    fn fill_fact(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let (mut of, mut verb, mut kind, mut presumed) = (None, None, None, None);
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Of(whose) => of = Some(*whose),
                WordLine::Reads(reads) => verb = Some(*reads),
                WordLine::YesOrNo => kind = Some(FactType::YesNo),
                WordLine::OneOf(values) => kind = Some(FactType::OneOf(self.values(values))),
                WordLine::AnyOf(values) => kind = Some(FactType::AnyOf(self.values(values))),
                WordLine::APlace => kind = Some(FactType::Place),
                WordLine::Places => kind = Some(FactType::Places),
                WordLine::Years { from, to } => kind = Some(FactType::Years(*from, *to)),
                WordLine::MayBePresumed(name) => presumed = Some(name),
                _ => self.foreign(line.span, &line.value, "fact"),
            }
        }
        if of.is_none() {
            self.need_line(declared, "of call`, `of company`, `of recorder` or `of each party");
        }
        if kind.is_none() {
            self.need_line(
                declared,
                "yes or no`, `one of { … }`, `any of { … }`, `a place`, `places` or `years from N to N",
            );
        }
        let kind = kind.unwrap_or(FactType::YesNo);
        let may_be_presumed = presumed.and_then(|name| self.presumable(name, &kind));
        let tree = &mut self.out.tree;
        if let Some(fact) = tree.facts.id(&declared.name.text).and_then(|id| tree.facts.get_mut(id)) {
            (fact.word.means, fact.word.dpv) = common;
            fact.of = of.unwrap_or(ast::FactOf::Call);
            fact.verb = verb.unwrap_or(ast::Verb::Is);
            fact.kind = kind;
            fact.may_be_presumed = may_be_presumed;
        }
    }

    fn values(&mut self, written: &[ast::Value]) -> Vec<Value> {
        let mut values: Vec<Value> = Vec::new();
        for value in written {
            if let Some(earlier) = values.iter().find(|known| known.name == value.name.text) {
                self.say(codes::twice("value", &value.name, earlier.span));
                continue;
            }
            self.note("value", &value.name, value.name.span);
            let label = value.label.as_ref().map_or_else(|| value.name.text.clone(), |label| label.value.clone());
            values.push(Value { name: value.name.text.clone(), label, span: value.name.span });
        }
        values
    }

    fn presumable(&mut self, name: &Name, kind: &FactType) -> Option<ValueId> {
        let found = match (kind, name.text.as_str()) {
            (FactType::YesNo, "yes") => Some(ValueId(1)),
            (FactType::YesNo, "no") => Some(ValueId(0)),
            (FactType::OneOf(values), wanted) => {
                (0..).zip(values).find(|(_, value)| value.name == wanted).map(|(id, _)| ValueId(id))
            }
            _ => None,
        };
        if found.is_none() {
            self.say(codes::cannot_be_presumed(name));
        }
        found
    }

    fn fill_judgment(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let mut asks = None;
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Asks(text) => asks = Some(text.value.clone()),
                _ => self.foreign(line.span, &line.value, "judgment"),
            }
        }
        if asks.is_none() {
            self.need_line(declared, "asks \"…\"");
        }
        let tree = &mut self.out.tree;
        if let Some(judgment) = tree.judgments.id(&declared.name.text).and_then(|id| tree.judgments.get_mut(id)) {
            (judgment.word.means, judgment.word.dpv) = common;
            judgment.asks = asks.unwrap_or_default();
        }
    }

    fn fill_safeguard(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let under = self.under(declared, "safeguard", super::safeguards);
        let (mut lead, mut excludes) = (None, Vec::new());
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Arranged(when) => lead = Some(*when),
                WordLine::Excludes(names) => excludes = self.find_all("safeguard", super::safeguards, names),
                _ => self.foreign(line.span, &line.value, "safeguard"),
            }
        }
        if lead.is_none() {
            self.need_line(
                declared,
                "arranged in the call`, `arranged before the call` or `arranged by the organisation",
            );
        }
        let tree = &mut self.out.tree;
        let Some(id) = tree.safeguards.id(&declared.name.text) else { return };
        for other in &excludes {
            if let Some(other) = tree.safeguards.get_mut(*other).filter(|other| !other.excludes.contains(&id)) {
                other.excludes.push(id);
            }
        }
        if let Some(safeguard) = tree.safeguards.get_mut(id) {
            (safeguard.word.means, safeguard.word.dpv) = common;
            safeguard.word.under = under;
            safeguard.lead = lead.unwrap_or(ast::Lead::Organisation);
            safeguard.excludes.extend(excludes);
            safeguard.excludes.sort();
            safeguard.excludes.dedup();
        }
    }

    fn fill_manner(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let under = self.under(declared, "manner", super::manners);
        let mut lead = None;
        for line in &declared.body.lines {
            match &line.value {
                WordLine::Arranged(when) => lead = Some(*when),
                _ => self.foreign(line.span, &line.value, "manner"),
            }
        }
        if lead.is_none() {
            self.need_line(declared, "arranged in the call` or `arranged before the call");
        }
        let tree = &mut self.out.tree;
        if let Some(manner) = tree.manners.id(&declared.name.text).and_then(|id| tree.manners.get_mut(id)) {
            (manner.word.means, manner.word.dpv) = common;
            manner.word.under = under;
            manner.lead = lead.unwrap_or(ast::Lead::BeforeCall);
        }
    }

    fn fill_phase(&mut self, declared: &ast::Word, common: (String, Option<(String, bool)>)) {
        let under = self.under(declared, "phase", super::phases);
        let mut starts_within = None;
        for line in &declared.body.lines {
            match &line.value {
                WordLine::StartsWithin(period) => starts_within = self.period(period),
                _ => self.foreign(line.span, &line.value, "phase"),
            }
        }
        let tree = &mut self.out.tree;
        if let Some(phase) = tree.phases.id(&declared.name.text).and_then(|id| tree.phases.get_mut(id)) {
            (phase.word.means, phase.word.dpv) = common;
            phase.word.under = under;
            phase.starts_within = starts_within;
        }
    }

    fn need_line(&mut self, declared: &ast::Word, line: &str) {
        if declared.body.broken.is_empty() {
            self.say(codes::missing_line(&declared.name, line));
        }
    }

    /// Reports a line that belongs to another kind of word.
    fn foreign(&mut self, span: Span, line: &WordLine, kind: &'static str) {
        let common = match line {
            WordLine::Means(_) | WordLine::Dpv { .. } => true,
            WordLine::Under(_) => kind != "fact" && kind != "judgment",
            _ => false,
        };
        if !common {
            self.say(codes::foreign_line(span, kind));
        }
    }

    /// One of the words that a line takes.
    pub(super) fn choose<T: Copy>(&mut self, name: &Name, choices: &[(&'static str, T)]) -> Option<T> {
        let found = choices.iter().find(|(word, _)| *word == name.text).map(|(_, value)| *value);
        if found.is_none() {
            let words: Vec<&'static str> = choices.iter().map(|(word, _)| *word).collect();
            self.say(codes::not_a_choice(name, &words));
        }
        found
    }

    /// A period, with the region of its business days.
    pub(super) fn period(&mut self, written: &ast::Period) -> Option<Period> {
        let Some(count) = written.count.filter(|count| *count <= 100_000) else {
            self.say(codes::period_too_long(written.span));
            return None;
        };
        let region = written.region.as_ref().and_then(|name| self.place_or_region(name));
        if written.unit == ast::Unit::BusinessDay && written.region.is_none() {
            self.say(codes::whose_business_days(written.span));
        }
        Some(Period { count, unit: written.unit, region })
    }

    /// Words above words, transitively; a cycle is reported and cut.
    pub(super) fn close_subsumption(&mut self) {
        let mut found = Vec::new();
        let tree = &mut self.out.tree;
        close(&mut tree.acts, |word| &mut word.word, &mut found);
        close(&mut tree.purposes, |word| word, &mut found);
        close(&mut tree.categories, |word| word, &mut found);
        close(&mut tree.roles, |word| &mut word.word, &mut found);
        close(&mut tree.facts, |word| &mut word.word, &mut found);
        close(&mut tree.judgments, |word| &mut word.word, &mut found);
        close(&mut tree.elements, |word| word, &mut found);
        close(&mut tree.safeguards, |word| &mut word.word, &mut found);
        close(&mut tree.means, |word| word, &mut found);
        close(&mut tree.manners, |word| &mut word.word, &mut found);
        close(&mut tree.artefacts, |word| word, &mut found);
        close(&mut tree.events, |word| word, &mut found);
        close(&mut tree.phases, |word| &mut word.word, &mut found);
        close(&mut tree.recipients, |word| word, &mut found);
        for (name, span) in found {
            self.say(codes::cycle("word", &name, span));
        }
    }

    pub(super) fn fill_region(&mut self, declared: &ast::Region) {
        let Some(id) = self.out.tree.regions.id(&declared.name.text) else { return };
        if super::place::is_place(&declared.name.text) {
            self.say(codes::region_is_a_place(&declared.name));
        }
        let mut members = Vec::new();
        for line in &declared.body.lines {
            let member = &line.value;
            let (from, until) = (self.until(member.from.as_ref()), self.until(member.until.as_ref()));
            if let (Some(first), Some(last)) = (from, until)
                && last < first
            {
                self.say(codes::reversed(line.span));
            }
            if let Some(place) = self.place_or_region(&member.place) {
                members.push((place, from, until));
            }
        }
        if let Some(region) = self.out.tree.regions.get_mut(id) {
            region.members.extend(members);
        }
    }

    /// Cuts regions that contain themselves.
    pub(super) fn cut_region_cycles(&mut self) {
        let ids: Vec<_> = self.out.tree.regions.ids().collect();
        for id in ids {
            let mut seen = BTreeSet::new();
            let mut open = vec![id];
            let mut cyclic = false;
            while let Some(one) = open.pop() {
                for (member, ..) in
                    self.out.tree.regions.get(one).map(|region| region.members.as_slice()).unwrap_or_default()
                {
                    if let PlaceTest::Region(inner) = member {
                        cyclic |= *inner == id;
                        if seen.insert(*inner) {
                            open.push(*inner);
                        }
                    }
                }
            }
            if cyclic && let Some(region) = self.out.tree.regions.get_mut(id) {
                region.members.retain(|(member, ..)| matches!(member, PlaceTest::Place(_)));
                let (name, span) = (region.name.clone(), region.name_span);
                self.say(codes::cycle("region", &name, span));
            }
        }
    }

    pub(super) fn fill_source(&mut self, declared: &'f ast::SourceDecl, span: Span) {
        let Some(id) = self.out.tree.sources.id(&declared.name.text) else { return };
        if self.out.tree.sources.get(id).is_none_or(|source| source.span != span) {
            return;
        }
        let Some(mut source) = self.out.tree.sources.get(id).cloned() else { return };
        let (mut level, mut staying) = (None, None);
        let mut seen: Vec<(std::mem::Discriminant<SourceLine>, Span)> = Vec::new();
        for line in &declared.body.lines {
            let kind = std::mem::discriminant(&line.value);
            let repeats = matches!(line.value, SourceLine::Cite(_) | SourceLine::Applies { .. });
            match seen.iter().find(|(known, _)| *known == kind && !repeats) {
                Some((_, earlier)) => self.say(codes::line_twice(line.span, *earlier)),
                None => seen.push((kind, line.span)),
            }
            match &line.value {
                SourceLine::Level(name) => level = self.choose(name, RANKS),
                SourceLine::Kind(names) => {
                    source.kinds = names.iter().filter_map(|name| self.choose(name, KINDS)).collect()
                }
                SourceLine::Cite(text) => source.cites.push(text.value.clone()),
                SourceLine::TextAt(text) => source.text_at = Some(text.value.clone()),
                SourceLine::Checked(date) => source.checked = self.day(date),
                SourceLine::RecheckBy(date) => source.recheck_by = self.day(date),
                SourceLine::Confidence(name) => source.confidence = self.choose(name, CONFIDENCES),
                SourceLine::Applies { condition, reading } => {
                    let reading = reading.as_ref().and_then(|name| self.find("reading", super::readings, name));
                    if let Some(condition) = self.condition(condition) {
                        source.applies.push((condition, reading));
                    } else {
                        // A factor that cannot be read must not make the source apply nowhere.
                        source.applies.push((tree::Cond::All(Vec::new()), reading));
                    }
                }
                SourceLine::CivilTime(zone) => match zone.value.parse() {
                    Ok(zone) => source.civil_time = Some(zone),
                    Err(_) => self.say(codes::zone(zone)),
                },
                SourceLine::PeriodsBy(name) => {
                    source.convention = self.choose(name, &[("1182-71", Convention::Regulation1182)]);
                }
                SourceLine::Staying(told) => {
                    if told.options.contains(&ast::ToldOption::EvenIfRefused) {
                        let both = "staying is consent only of who did not refuse, and `even if refused` stands";
                        self.say(codes::option_twice(told.span, both));
                    }
                    staying = self.told(told);
                }
            }
        }
        source.level = level.unwrap_or(Rank::House);
        source.staying = staying;
        let complete = declared.body.broken.is_empty();
        let has = |wanted: fn(&SourceLine) -> bool| declared.body.lines.iter().any(|line| wanted(&line.value));
        for (present, line) in [
            (has(|line| matches!(line, SourceLine::Level(_))), "level legislation"),
            (has(|line| matches!(line, SourceLine::Kind(_))), "kind civil"),
            (has(|line| matches!(line, SourceLine::Checked(_))), "checked 2026-11-23"),
            (has(|line| matches!(line, SourceLine::RecheckBy(_))), "recheck by 2027-05-23"),
        ] {
            if complete && !present {
                self.say(codes::missing_line(&declared.name, line));
            }
        }
        if let Some(known) = self.out.tree.sources.get_mut(id) {
            *known = source;
        }
    }

    pub(super) fn fill_coverage(&mut self, declared: &ast::Coverage, span: Span) {
        let (from, until) = (self.day(&declared.from), self.until(declared.until.as_ref()));
        let acts = self.find_all("act", super::acts, &declared.acts);
        let place = self.place(&declared.place);
        if let (Some(first), Some(last)) = (from, until)
            && last < first
        {
            self.say(codes::reversed(span));
        }
        if let (Some(place), Some(from)) = (place, from) {
            let subdivisions = declared.subdivisions;
            self.out.tree.coverage.push(tree::Coverage { place, subdivisions, acts, from, until, span });
        }
    }
}

const SIDES: &[(&str, Side)] = &[("ours", Side::Ours), ("theirs", Side::Theirs), ("neither", Side::Neither)];
const RANKS: &[(&str, Rank)] = &[
    ("legislation", Rank::Legislation),
    ("regulation", Rank::Regulation),
    ("case-law", Rank::CaseLaw),
    ("guidance", Rank::Guidance),
    ("contract", Rank::Contract),
    ("house", Rank::House),
];
const KINDS: &[(&str, SourceKind)] = &[
    ("civil", SourceKind::Civil),
    ("criminal", SourceKind::Criminal),
    ("administrative", SourceKind::Administrative),
    ("contractual", SourceKind::Contractual),
];
const CONFIDENCES: &[(&str, Confidence)] =
    &[("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

/// Fills `above` of every word of a table; words on a cycle lose what is above them and are listed.
fn close<I: Id + Ord, T: Clone>(
    table: &mut Table<I, T>,
    word: impl Fn(&mut T) -> &mut Word<I>,
    cycles: &mut Vec<(String, Span)>,
) {
    let ids: Vec<I> = table.ids().collect();
    let direct: Vec<Vec<I>> =
        ids.iter().map(|id| table.get_mut(*id).map(|one| word(one).under.clone()).unwrap_or_default()).collect();
    for id in ids {
        let mut above = BTreeSet::from([id]);
        let mut open = vec![id];
        let mut cyclic = false;
        while let Some(one) = open.pop() {
            for upper in direct.get(one.index()).into_iter().flatten() {
                cyclic |= *upper == id;
                if above.insert(*upper) {
                    open.push(*upper);
                }
            }
        }
        let Some(declared) = table.get_mut(id).map(&word) else { continue };
        if cyclic {
            cycles.push((declared.name.clone(), declared.name_span));
            above = BTreeSet::from([id]);
        }
        declared.above = above.into_iter().collect();
    }
}
