//! From pest's pairs to the tree. A pair that the grammar promises is asked for with `?`; were it missing, the line counts as broken.

mod bundle;
mod condition;
mod rule;
mod scenario;
mod vocabulary;

use onrecord_grammar::Rule;
use onrecord_grammar::pest::iterators::Pair;

use super::ast::{Body, Date, Item, ItemKind, Line, Name, Period, Text, Time, TimeValue, Unit, When};
use super::lex::Token;
use crate::source::{FileId, Span};

/// A pair of the grammar.
pub(super) type Node<'p> = Pair<'p, Rule>;

/// Lowers the pairs of one declaration, which begins at byte `base` of its file.
#[derive(Clone, Copy)]
pub(super) struct Lower<'t> {
    /// The file.
    pub file: FileId,
    /// Where the declaration begins in it.
    pub base: usize,
    /// Where it ends: the braces that close it for the parser are not in the file.
    pub end: usize,
    /// The tokens of the file.
    pub tokens: &'t [Token],
}

/// The first child of a rule.
fn child<'p>(node: &Node<'p>, wanted: Rule) -> Option<Node<'p>> {
    node.clone().into_inner().find(|inner| inner.as_rule() == wanted)
}

/// All children of a rule.
fn children<'p>(node: &Node<'p>, wanted: Rule) -> impl Iterator<Item = Node<'p>> {
    node.clone().into_inner().filter(move |inner| inner.as_rule() == wanted)
}

/// Whether there is a child of a rule.
fn has(node: &Node<'_>, wanted: Rule) -> bool {
    child(node, wanted).is_some()
}

/// The one child that carries a choice.
fn only<'p>(node: &Node<'p>) -> Option<Node<'p>> {
    node.clone().into_inner().next()
}

impl Lower<'_> {
    /// One declaration.
    pub fn item(self, node: &Node<'_>) -> Option<Item> {
        let span = self.span(node);
        let declared = only(node)?;
        let value = match declared.as_rule() {
            Rule::word => ItemKind::Word(self.word(&declared)?),
            Rule::region => ItemKind::Region(self.region(&declared)?),
            Rule::source => ItemKind::Source(self.source(&declared)?),
            Rule::coverage => ItemKind::Coverage(self.coverage(&declared)?),
            Rule::question => ItemKind::Question(self.question(&declared)?),
            Rule::define => ItemKind::Define(self.define(&declared)?),
            Rule::rule => ItemKind::Rule(self.rule(&declared)?),
            Rule::exception => ItemKind::Exception(self.exception(&declared)?),
            Rule::notice => ItemKind::Notice(self.notice(&declared)?),
            Rule::bundle => ItemKind::Bundle(self.bundle(&declared)?),
            Rule::scenario => ItemKind::Scenario(self.scenario(&declared)?),
            _ => return None,
        };
        Some(Item { span, value })
    }

    /// Where a pair stands in its file, without the white space and the comments that pest takes along at its end.
    fn span(self, node: &Node<'_>) -> Span {
        let at = node.as_span();
        let (start, end) = (self.base + at.start(), (self.base + at.end()).min(self.end));
        let within = self.tokens.partition_point(|token| token.end <= end);
        let last = self.tokens.get(..within).and_then(|within| within.iter().rfind(|token| !token.is_trivia()));
        Span::new(self.file, start.min(self.end), last.map_or(end, |last| last.end.min(end)))
    }

    /// The lines of a body, and those that could not be read. The body runs from its opening brace to the declaration's end.
    fn body<L>(self, node: &Node<'_>, line: Rule, lower: impl Fn(&Node<'_>) -> Option<L>) -> Body<L> {
        let whole = self.span(node);
        let open = opening_brace(node.as_str()).unwrap_or(0);
        let mut body =
            Body { span: Span { start: whole.start + open, ..whole }, lines: Vec::new(), broken: Vec::new() };
        for inner in node.clone().into_inner() {
            if inner.as_rule() == Rule::broken {
                body.broken.push(self.span(&inner));
            } else if inner.as_rule() == line {
                match lower(&inner) {
                    Some(value) => body.lines.push(Line { span: self.span(&inner), value }),
                    None => body.broken.push(self.span(&inner)),
                }
            }
        }
        body.lines.shrink_to_fit();
        body
    }

    fn name(self, node: &Node<'_>) -> Name {
        Name { text: node.as_str().trim_end().to_owned(), span: self.span(node) }
    }

    /// The first name directly below a pair.
    fn named(self, node: &Node<'_>) -> Option<Name> {
        child(node, Rule::name).map(|name| self.name(&name))
    }

    /// The choice directly below a pair, as a name.
    fn chosen(self, node: &Node<'_>) -> Option<Name> {
        child(node, Rule::choice).map(|name| self.name(&name))
    }

    /// Every name below a pair, at any depth of lists.
    fn names(self, node: &Node<'_>) -> Vec<Name> {
        let mut found = Vec::new();
        for inner in node.clone().into_inner() {
            match inner.as_rule() {
                Rule::name => found.push(self.name(&inner)),
                Rule::names | Rule::braced | Rule::list | Rule::list_tight => found.extend(self.names(&inner)),
                _ => {}
            }
        }
        found
    }

    fn text(self, node: &Node<'_>) -> Option<Text> {
        let node = child(node, Rule::text)?;
        let parts: Vec<String> = children(&node, Rule::quoted).map(|quoted| unescape(quoted.as_str())).collect();
        Some(Text { value: parts.join(" "), span: self.span(&node) })
    }

    fn date(self, node: &Node<'_>) -> Option<Date> {
        child(node, Rule::date).map(|date| self.day(&date))
    }

    fn day(self, date: &Node<'_>) -> Date {
        Date { value: date.as_str().trim_end().parse().ok(), span: self.span(date) }
    }

    /// `until DATE` below a pair.
    fn until(self, node: &Node<'_>) -> Option<Date> {
        child(node, Rule::until_date).and_then(|until| self.date(&until))
    }

    fn time(self, node: &Node<'_>) -> Option<Time> {
        child(node, Rule::time).and_then(|time| self.moment(&time))
    }

    fn moment(self, time: &Node<'_>) -> Option<Time> {
        let written = only(time)?;
        let text = written.as_str().trim_end();
        let value = match written.as_rule() {
            Rule::instant => instant(text).map(TimeValue::Instant),
            _ => clock(text).map(TimeValue::OfDay),
        };
        Some(Time { value, span: self.span(time) })
    }

    /// `on DATE` or `at TIME` below a pair.
    fn when(self, node: &Node<'_>) -> Option<When> {
        if let Some(on) = child(node, Rule::on_date) {
            return self.date(&on).map(When::On);
        }
        child(node, Rule::at_time).and_then(|at| self.time(&at)).map(When::At)
    }

    fn period(self, node: &Node<'_>) -> Option<Period> {
        let node = child(node, Rule::period)?;
        let count = child(&node, Rule::number)?.as_str().trim_end().parse().ok();
        let (unit, region) = match child(&node, Rule::business) {
            Some(business) => (Unit::BusinessDay, self.named(&business)),
            None => (unit(child(&node, Rule::unit)?.as_str()), None),
        };
        Some(Period { count, unit, region, span: self.span(&node) })
    }

    fn number(self, node: &Node<'_>) -> Option<u32> {
        child(node, Rule::number).map(|number| count(&number))
    }
}

/// A number of years. One too large to count is the largest: no comparison of ages can tell them apart.
fn count(number: &Node<'_>) -> u32 {
    number.as_str().trim_end().parse().unwrap_or(u32::MAX)
}

/// The offset of the brace that opens a body: the first outside a text or a comment.
fn opening_brace(text: &str) -> Option<u32> {
    let (mut quoted, mut comment, mut escaped) = (false, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' if !comment => quoted = !quoted,
            b'#' if !quoted => comment = true,
            b'\n' => comment = false,
            b'{' if !quoted && !comment => return u32::try_from(at).ok(),
            _ => {}
        }
    }
    None
}

fn unescape(quoted: &str) -> String {
    let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(quoted);
    let mut text = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(one) = chars.next() {
        text.push(if one == '\\' { chars.next().unwrap_or('\\') } else { one });
    }
    text
}

/// RFC 3339, seconds optional.
fn instant(text: &str) -> Option<chrono::DateTime<chrono::FixedOffset>> {
    chrono::DateTime::parse_from_rfc3339(text).ok().or_else(|| {
        let (date, rest) = text.split_once('T')?;
        let (hour, rest) = rest.split_at_checked(5)?;
        chrono::DateTime::parse_from_rfc3339(&format!("{date}T{hour}:00{rest}")).ok()
    })
}

fn clock(text: &str) -> Option<chrono::NaiveTime> {
    let whole = if text.matches(':').count() == 1 { format!("{text}:00") } else { text.to_owned() };
    whole.parse().ok()
}

fn unit(text: &str) -> Unit {
    match text.trim_end().trim_end_matches('s') {
        "second" => Unit::Second,
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => Unit::Day,
    }
}
