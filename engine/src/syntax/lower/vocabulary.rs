//! Words, regions, sources, coverage, questions, definitions.

use onrecord_grammar::Rule;

use super::{Lower, Node, child, children, count, has, only};
use crate::syntax::ast::{
    Coverage, Define, FactOf, Lead, Member, Question, Reading, Region, SourceDecl, SourceLine, Value, Verb, Word,
    WordKind, WordLine,
};

impl Lower<'_> {
    pub(super) fn word(self, node: &Node<'_>) -> Option<Word> {
        let kind = match only(&child(node, Rule::word_kind)?)?.as_rule() {
            Rule::k_act => WordKind::Act,
            Rule::k_purpose => WordKind::Purpose,
            Rule::k_category => WordKind::Category,
            Rule::k_role => WordKind::Role,
            Rule::k_fact => WordKind::Fact,
            Rule::k_judgment => WordKind::Judgment,
            Rule::k_element => WordKind::Element,
            Rule::k_safeguard => WordKind::Safeguard,
            Rule::k_means => WordKind::Means,
            Rule::k_manner => WordKind::Manner,
            Rule::k_artefact => WordKind::Artefact,
            Rule::k_event => WordKind::Event,
            Rule::k_phase => WordKind::Phase,
            Rule::k_recipient => WordKind::Recipient,
            _ => return None,
        };
        let body = self.body(node, Rule::word_line, |line| self.word_line(&only(line)?));
        Some(Word { kind, name: self.named(node)?, label: self.text(node)?, body })
    }

    fn word_line(self, node: &Node<'_>) -> Option<WordLine> {
        Some(match node.as_rule() {
            Rule::w_means => WordLine::Means(self.text(node)?),
            Rule::w_dpv => WordLine::Dpv { parent: has(node, Rule::k_parent), term: self.text(node)? },
            Rule::w_under => WordLine::Under(self.names(node)),
            Rule::w_group => WordLine::Group(self.chosen(node)?),
            Rule::w_makes => WordLine::Makes(self.named(node)?),
            Rule::w_captures => WordLine::Captures(self.chosen(node)?),
            Rule::w_side => WordLine::Side(self.chosen(node)?),
            Rule::w_human => WordLine::Human(true),
            Rule::w_machine => WordLine::Human(false),
            Rule::w_of => WordLine::Of(self.holder(node)?),
            Rule::w_reads => WordLine::Reads(self.verb(node)?),
            Rule::w_yes_or_no => WordLine::YesOrNo,
            Rule::w_one_of => WordLine::OneOf(self.values(node)?),
            Rule::w_any_of => WordLine::AnyOf(self.values(node)?),
            Rule::w_place => WordLine::APlace,
            Rule::w_places => WordLine::Places,
            Rule::w_years => {
                let mut numbers = children(node, Rule::number).map(|number| count(&number));
                WordLine::Years { from: numbers.next()?, to: numbers.next()? }
            }
            Rule::w_presumed => WordLine::MayBePresumed(self.chosen(node)?),
            Rule::w_asks => WordLine::Asks(self.text(node)?),
            Rule::w_arranged => WordLine::Arranged(match node.clone().into_inner().nth(1)?.as_rule() {
                Rule::in_the_call => Lead::InCall,
                Rule::before_the_call => Lead::BeforeCall,
                _ => Lead::Organisation,
            }),
            Rule::w_excludes => WordLine::Excludes(self.names(node)),
            Rule::w_starts => WordLine::StartsWithin(self.period(node)?),
            _ => return None,
        })
    }

    /// `call`, `company`, `recorder` or `party` directly below a pair.
    pub(super) fn holder(self, node: &Node<'_>) -> Option<FactOf> {
        node.clone().into_inner().find_map(|inner| match inner.as_rule() {
            Rule::k_call => Some(FactOf::Call),
            Rule::k_company => Some(FactOf::Company),
            Rule::k_recorder => Some(FactOf::Recorder),
            Rule::k_party => Some(FactOf::Party),
            _ => None,
        })
    }

    pub(super) fn verb(self, node: &Node<'_>) -> Option<Verb> {
        Some(match only(&child(node, Rule::verb)?)?.as_rule() {
            Rule::v_uses => Verb::Uses,
            Rule::v_concerns => Verb::Concerns,
            Rule::v_has => Verb::Has,
            Rule::v_speaks => Verb::Speaks,
            Rule::v_in => Verb::IsIn,
            Rule::v_established => Verb::IsEstablishedIn,
            Rule::v_offers => Verb::OffersServicesIn,
            Rule::v_processes => Verb::ProcessesDataIn,
            Rule::v_output => Verb::UsesOutputIn,
            _ => Verb::Is,
        })
    }

    fn values(self, node: &Node<'_>) -> Option<Vec<Value>> {
        let one = |value: Node<'_>| Some(Value { name: self.named(&value)?, label: self.text(&value) });
        children(&child(node, Rule::values)?, Rule::value).map(one).collect()
    }

    pub(super) fn region(self, node: &Node<'_>) -> Option<Region> {
        let member =
            |line: &Node<'_>| Some(Member { place: self.named(line)?, from: self.date(line), until: self.until(line) });
        Some(Region { name: self.named(node)?, label: self.text(node), body: self.body(node, Rule::member, member) })
    }

    pub(super) fn source(self, node: &Node<'_>) -> Option<SourceDecl> {
        let body = self.body(node, Rule::source_line, |line| self.source_line(&only(line)?));
        Some(SourceDecl { name: self.named(node)?, title: self.text(node)?, body })
    }

    fn source_line(self, node: &Node<'_>) -> Option<SourceLine> {
        Some(match node.as_rule() {
            Rule::s_level => SourceLine::Level(self.chosen(node)?),
            Rule::s_kind => SourceLine::Kind(self.names(node)),
            Rule::cite => SourceLine::Cite(self.text(node)?),
            Rule::s_text => SourceLine::TextAt(self.text(node)?),
            Rule::s_checked => SourceLine::Checked(self.date(node)?),
            Rule::s_recheck => SourceLine::RecheckBy(self.date(node)?),
            Rule::s_confidence => SourceLine::Confidence(self.chosen(node)?),
            Rule::s_applies => {
                SourceLine::Applies { condition: self.condition(node)??, reading: self.reading_of(node) }
            }
            Rule::s_civil => SourceLine::CivilTime(self.text(node)?),
            Rule::s_periods => SourceLine::PeriodsBy(self.chosen(node)?),
            Rule::s_staying => SourceLine::Staying(self.told(&child(node, Rule::told)?)?),
            _ => return None,
        })
    }

    pub(super) fn coverage(self, node: &Node<'_>) -> Option<Coverage> {
        Some(Coverage {
            place: self.named(node)?,
            subdivisions: has(node, Rule::subdivisions),
            acts: self.names(&child(node, Rule::names)?),
            from: self.date(node)?,
            until: self.until(node),
        })
    }

    pub(super) fn question(self, node: &Node<'_>) -> Option<Question> {
        let reading = |line: &Node<'_>| {
            let body = self.body(line, Rule::cite, |cite| self.text(cite));
            Some(Reading { name: self.named(line)?, label: self.text(line)?, body })
        };
        Some(Question {
            name: self.named(node)?,
            asks: self.text(node)?,
            body: self.body(node, Rule::reading, reading),
        })
    }

    pub(super) fn define(self, node: &Node<'_>) -> Option<Define> {
        Some(Define { name: self.named(node)?, condition: self.expr(&child(node, Rule::expr)?)? })
    }
}
