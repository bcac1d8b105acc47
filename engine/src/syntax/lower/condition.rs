//! Conditions and requirements.

use onrecord_grammar::Rule;

use super::{Lower, Node, child, children, has, only};
use crate::syntax::ast::{
    Expr, Gave, GaveOption, GroupKind, Level, Name, Predicate, PurposeKind, PurposeTest, Quantifier, Statement, Term,
    Test, Told, ToldOption,
};

impl Lower<'_> {
    pub(super) fn expr(self, node: &Node<'_>) -> Option<Expr> {
        let first = self.one(&child(node, Rule::one)?)?;
        let kind = if has(node, Rule::or_part) { GroupKind::Any } else { GroupKind::All };
        let rest = node.clone().into_inner().filter(|part| matches!(part.as_rule(), Rule::and_part | Rule::or_part));
        let more = rest.map(|part| self.one(&child(&part, Rule::one)?)).collect::<Option<Vec<_>>>()?;
        if more.is_empty() {
            return Some(first);
        }
        let items = std::iter::once(first).chain(more).collect();
        Some(Expr::Group { kind, inline: true, items, span: self.span(node), broken: Vec::new() })
    }

    /// One condition or requirement: the pair `one`, or what stands in it.
    pub(super) fn one(self, node: &Node<'_>) -> Option<Expr> {
        let said = if node.as_rule() == Rule::one { only(node)? } else { node.clone() };
        let span = self.span(&said);
        Some(match said.as_rule() {
            Rule::group => self.group(&said)?,
            Rule::labelled => Expr::Labelled {
                label: self.named(&child(&said, Rule::label)?)?,
                item: Box::new(self.one(&child(&said, Rule::one)?)?),
            },
            Rule::judged => Expr::Judged { not: has(&said, Rule::k_not), judgment: self.named(&said)?, span },
            Rule::unlawful => Expr::Unlawful { rule: self.named(&said), span },
            Rule::relied => Expr::ReliedOn { exception: self.named(&said)?, span },
            Rule::purposes => self.purposes(&said)?,
            Rule::of_holder => Expr::Of {
                of: self.holder(&said)?,
                predicate: Box::new(self.is_value(&child(&said, Rule::is_value)?)?),
                span,
            },
            Rule::person => self.person(&said)?,
            Rule::in_place => {
                let before = match child(&said, Rule::least_before) {
                    Some(lead) => Some(Box::new((self.period(&lead)?, self.act(&child(&lead, Rule::act)?)?))),
                    None => None,
                };
                Expr::InPlace { safeguard: self.named(&said)?, before, span }
            }
            Rule::defined => Expr::Defined(self.named(&said)?),
            _ => return None,
        })
    }

    fn group(self, node: &Node<'_>) -> Option<Expr> {
        let kind = match only(&child(node, Rule::group_kind)?)?.as_rule() {
            Rule::all_of => GroupKind::All,
            Rule::any_of => GroupKind::Any,
            _ => GroupKind::None,
        };
        let (mut items, mut broken) = (Vec::new(), Vec::new());
        for inner in node.clone().into_inner() {
            match inner.as_rule() {
                Rule::expr => match self.expr(&inner) {
                    Some(item) => items.push(item),
                    None => broken.push(self.span(&inner)),
                },
                Rule::broken_item => broken.push(self.span(&inner)),
                _ => {}
            }
        }
        items.shrink_to_fit();
        Some(Expr::Group { kind, inline: false, items, span: self.span(node), broken })
    }

    fn purposes(self, node: &Node<'_>) -> Option<Expr> {
        let which = child(node, Rule::which)?;
        let which = if has(&which, Rule::k_intended) {
            PurposeKind::Intended
        } else if has(&which, Rule::k_promised) {
            PurposeKind::Promised
        } else {
            PurposeKind::Asked
        };
        let said = node.clone().into_inner().nth(1)?;
        let test = match said.as_rule() {
            Rule::are_only => PurposeTest::AreOnly,
            Rule::include_that if has(&said, Rule::do_not) => PurposeTest::DoNotIncludeThat,
            Rule::include_that => PurposeTest::IncludeThat,
            Rule::include if has(&said, Rule::do_not) => PurposeTest::DoNotInclude,
            Rule::include => PurposeTest::Include,
            Rule::is_other => PurposeTest::IsOtherThan,
            _ => PurposeTest::IsAnyOf,
        };
        Some(Expr::Purposes { which, test, names: self.any_names(&said), span: self.span(node) })
    }

    /// Names below a pair, those in `any of { … }` included.
    fn any_names(self, node: &Node<'_>) -> Vec<Name> {
        match child(node, Rule::any_of_names).or_else(|| child(node, Rule::all_of_names)) {
            Some(group) => self.names(&group),
            None => self.names(node),
        }
    }

    fn person(self, node: &Node<'_>) -> Option<Expr> {
        let asked = child(node, Rule::quantifier)?;
        let quantifier = if has(&asked, Rule::that_party) {
            Quantifier::That
        } else if has(&asked, Rule::k_any) {
            Quantifier::Any
        } else if has(&asked, Rule::k_every) {
            Quantifier::Every
        } else {
            Quantifier::No
        };
        let who = match child(node, Rule::who) {
            Some(who) => {
                children(&who, Rule::who_part).map(|part| self.predicate(&part)).collect::<Option<Vec<_>>>()?
            }
            None => Vec::new(),
        };
        let predicate = Box::new(self.predicate(&child(node, Rule::predicate)?)?);
        Some(Expr::Person { quantifier, role: self.named(&asked), who, predicate, span: self.span(node) })
    }

    fn predicate(self, node: &Node<'_>) -> Option<Predicate> {
        let said = only(node)?;
        Some(match said.as_rule() {
            Rule::was_told => Predicate::Told(self.told(&child(&said, Rule::told)?)?),
            Rule::gave => Predicate::Gave(self.gave(&said)?),
            Rule::present => Predicate::Present { not: has(&said, Rule::k_not), span: self.span(&said) },
            Rule::said => {
                Predicate::Said { statement: self.statement(&said)?, term: self.term(&said)?, span: self.span(&said) }
            }
            _ => self.is_value(&said)?,
        })
    }

    fn is_value(self, node: &Node<'_>) -> Option<Predicate> {
        let test = child(node, Rule::test)?;
        let said = only(&test)?;
        let value = match said.as_rule() {
            Rule::any_of_names => Test::AnyOf(self.names(&said)),
            Rule::all_of_names => Test::AllOf(self.names(&said)),
            Rule::under_years => Test::Under(self.number(&said)?),
            Rule::least_years => Test::AtLeast(self.number(&said)?),
            _ => Test::One(self.name(&said)),
        };
        Some(Predicate::Is { verb: self.verb(node)?, not: has(node, Rule::k_not), value, span: self.span(node) })
    }

    pub(super) fn statement(self, node: &Node<'_>) -> Option<Statement> {
        let said = child(node, Rule::statement)?;
        Some(if has(&said, Rule::k_refused) {
            Statement::Refused
        } else if has(&said, Rule::k_withdrew) {
            Statement::Withdrew
        } else {
            Statement::Objected
        })
    }

    pub(super) fn term(self, node: &Node<'_>) -> Option<Term> {
        Some(Term { act: self.act(&child(node, Rule::act)?)? })
    }

    pub(super) fn told(self, node: &Node<'_>) -> Option<Told> {
        let elements = self.names(&child(node, Rule::list_tight)?);
        let options =
            children(node, Rule::told_option).map(|option| self.told_option(&option)).collect::<Option<Vec<_>>>()?;
        Some(Told { elements, options, span: self.span(node) })
    }

    fn told_option(self, node: &Node<'_>) -> Option<ToldOption> {
        let said = only(node)?;
        let act = || child(&said, Rule::act).and_then(|act| self.act(&act));
        Some(match said.as_rule() {
            Rule::by => ToldOption::By(self.named(&said)?),
            Rule::their_language => ToldOption::TheirLanguage,
            Rule::before_act => ToldOption::Before(act()?),
            Rule::at_start => ToldOption::AtStartOf(self.named(&said)?),
            Rule::on_recording => ToldOption::OnTheRecording,
            Rule::throughout => ToldOption::Throughout(act()?),
            Rule::least_before => ToldOption::AtLeastBefore(self.period(&said)?, act()?),
            Rule::most_before => ToldOption::AtMostBefore(self.period(&said)?, act()?),
            Rule::even_refused => ToldOption::EvenIfRefused,
            Rule::not_refused => ToldOption::DidNotRefuse,
            _ => return None,
        })
    }

    fn gave(self, node: &Node<'_>) -> Option<Gave> {
        let options =
            children(node, Rule::gave_option).map(|option| self.gave_option(&option)).collect::<Option<Vec<_>>>()?;
        Some(Gave { level: self.level(node)?, term: self.term(node)?, options, span: self.span(node) })
    }

    fn gave_option(self, node: &Node<'_>) -> Option<GaveOption> {
        let said = only(node)?;
        let act = || child(&said, Rule::act).and_then(|act| self.act(&act));
        Some(match said.as_rule() {
            Rule::by => GaveOption::By(self.named(&said)?),
            Rule::on_form => GaveOption::OnForm(self.named(&said)?),
            Rule::separately => GaveOption::Separately,
            Rule::on_recording => GaveOption::OnTheRecording,
            Rule::at_start => GaveOption::AtStartOf(self.named(&said)?),
            Rule::before_act => GaveOption::Before(act()?),
            Rule::least_before => GaveOption::AtLeastBefore(self.period(&said)?, act()?),
            Rule::most_before => GaveOption::AtMostBefore(self.period(&said)?, act()?),
            Rule::lasting => GaveOption::LastingTheCall,
            _ => return None,
        })
    }

    /// The level of consent below a pair; `None` for a word that is none.
    pub(super) fn level(self, node: &Node<'_>) -> Option<Level> {
        Some(match self.chosen(node)?.text.as_str() {
            "opt-out-not-exercised" => Level::OptOutNotExercised,
            "implied" => Level::Implied,
            "expressed" => Level::Expressed,
            "explicit" => Level::Explicit,
            _ => return None,
        })
    }
}
