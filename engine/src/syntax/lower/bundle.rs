//! Notices, forms, bundles.

use onrecord_grammar::Rule;

use super::{Lower, Node, child, children, has, only};
use crate::syntax::ast::{Bundle, BundleLine, GivenFact, Impasse, Name, Notice, NoticeLine, StatedFact, Term};

impl Lower<'_> {
    pub(super) fn notice(self, node: &Node<'_>) -> Option<Notice> {
        let body = self.body(node, Rule::notice_line, |line| self.notice_line(&only(line)?));
        Some(Notice { form: has(node, Rule::k_form), name: self.named(node)?, title: self.text(node)?, body })
    }

    fn notice_line(self, node: &Node<'_>) -> Option<NoticeLine> {
        Some(match node.as_rule() {
            Rule::n_states => NoticeLine::States(self.names(node)),
            Rule::n_by => NoticeLine::By(self.names(node)),
            Rule::n_manner => NoticeLine::Manner(self.names(node)),
            Rule::n_asks => {
                let terms = children(node, Rule::act).map(|act| Some(Term { act: self.act(&act)? }));
                NoticeLine::AsksFor(terms.collect::<Option<Vec<_>>>()?)
            }
            Rule::n_wording => {
                let language = self.name(&child(node, Rule::tag)?);
                NoticeLine::Wording { language, text: self.text(node)? }
            }
            _ => return None,
        })
    }

    pub(super) fn bundle(self, node: &Node<'_>) -> Option<Bundle> {
        let body = self.body(node, Rule::bundle_line, |line| self.bundle_line(&only(line)?));
        Some(Bundle { name: self.named(node)?, title: self.text(node)?, body })
    }

    fn bundle_line(self, node: &Node<'_>) -> Option<BundleLine> {
        let cite = || child(node, Rule::cite).and_then(|cite| self.text(&cite));
        Some(match node.as_rule() {
            Rule::b_every => BundleLine::IncludesEverySource,
            Rule::b_includes => BundleLine::Includes(self.names(node)),
            Rule::adopt => BundleLine::Adopt(self.names(node)),
            Rule::b_given => BundleLine::Given(self.given_fact(&child(node, Rule::given_fact)?)?),
            Rule::b_presume => BundleLine::Presume(self.given_fact(&child(node, Rule::given_fact)?)?),
            Rule::b_answer => BundleLine::Answer {
                judgment: self.named(node)?,
                yes: self.yes(node),
                cite: cite()?,
                until: self.the_date(node)?,
            },
            Rule::b_guards => BundleLine::Guards(self.names(node)),
            Rule::b_uncovered => BundleLine::WhereUncovered(self.expr(&child(node, Rule::expr)?)?),
            Rule::b_prefer => BundleLine::Prefer(self.names(node)),
            Rule::b_impasse => BundleLine::OnImpasse {
                act: self.named(node)?,
                answer: self.impasse(&only(&child(node, Rule::impasse_answer)?)?),
            },
            Rule::b_despite => BundleLine::DespiteUnlawful { purpose: self.named(node)?, cite: cite()? },
            Rule::b_accept => {
                let mut texts = children(node, Rule::text);
                let mut text = || {
                    let one = texts.next()?;
                    let value =
                        children(&one, Rule::quoted).map(|part| super::unescape(part.as_str())).collect::<Vec<_>>();
                    Some(crate::syntax::ast::Text { value: value.join(" "), span: self.span(&one) })
                };
                let mut dates = children(node, Rule::date).map(|date| self.day(&date));
                BundleLine::AcceptRisk {
                    rule: self.named(node)?,
                    signed: text()?,
                    on: dates.next()?,
                    until: dates.next()?,
                    because: text()?,
                }
            }
            _ => return None,
        })
    }

    pub(super) fn impasse(self, node: &Node<'_>) -> Impasse {
        match node.as_rule() {
            Rule::decline => Impasse::DeclineCall,
            Rule::continue_without => Impasse::ContinueWithout,
            _ => Impasse::AskAPerson,
        }
    }

    /// Whether a pair says `yes`.
    pub(super) fn yes(self, node: &Node<'_>) -> bool {
        child(node, Rule::yes_no).is_some_and(|answer| has(&answer, Rule::k_yes))
    }

    pub(super) fn given_fact(self, node: &Node<'_>) -> Option<GivenFact> {
        Some(GivenFact { of: self.holder(node)?, fact: self.stated(&child(node, Rule::stated)?)? })
    }

    pub(super) fn stated(self, node: &Node<'_>) -> Option<StatedFact> {
        let years = match child(node, Rule::stated_years) {
            Some(years) => Some(self.number(&years)?),
            None => None,
        };
        let listed = child(node, Rule::stated_values);
        let (mut values, mut alternatives) = (Vec::new(), false);
        if let Some(listed) = listed {
            alternatives = has(&listed, Rule::or_value);
            for part in listed.into_inner() {
                let value = if part.as_rule() == Rule::tag_name { Some(part) } else { child(&part, Rule::tag_name) };
                values.extend(value.and_then(|value| self.named(&value)));
            }
        }
        let not = has(node, Rule::k_not);
        Some(StatedFact { verb: self.verb(node)?, not, values, alternatives, years, span: self.span(node) })
    }

    /// The language tag below a pair.
    pub(super) fn tag(self, node: &Node<'_>) -> Option<Name> {
        child(node, Rule::tag).map(|tag| self.name(&tag))
    }
}
