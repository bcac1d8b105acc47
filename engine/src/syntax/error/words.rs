//! The words of the grammar as an author knows them: what a line begins with, what may follow, what was expected.

use onrecord_grammar::Rule;

/// Words that stand before a date, a time or a number.
pub const BEFORE_NUMBERS: &[&str] =
    &["from", "until", "on", "at", "by", "to", "under", "least", "most", "within", "every"];

/// Words with which a line may go on where it could also end.
pub const CONTINUED: &[&str] = &[
    "if", "unless", "provided", "under", "of", "for", "to", "during", "from", "until", "and", "or", "before", "within",
    "every", "cite", "on", "at", "by", "in", "because",
];

/// What a line of a body begins with.
pub fn line_words(line: Rule) -> &'static [&'static str] {
    match line {
        Rule::word_line => &[
            "means", "dpv", "under", "group", "makes", "captures", "side", "human", "machine", "of", "reads", "yes",
            "one", "any", "places", "years", "may", "asks", "arranged", "excludes", "starts",
        ],
        Rule::source_line => &[
            "level",
            "kind",
            "cite",
            "text",
            "checked",
            "recheck",
            "confidence",
            "applies",
            "civil",
            "periods",
            "consent",
        ],
        Rule::rule_line => {
            &["cite", "summary", "in", "status", "sanction", "prohibit", "require", "keep", "displaces", "except"]
        }
        Rule::exception_line => &["cite", "summary", "allow", "waive", "then"],
        Rule::notice_line => &["states", "by", "manner", "asks", "wording"],
        Rule::bundle_line => {
            &["includes", "adopt", "given", "answer", "presume", "guards", "where", "prefer", "on", "despite", "accept"]
        }
        Rule::scenario_line => &["adopt", "assume", "given", "expect"],
        Rule::person_line => {
            &["is", "uses", "has", "speaks", "joins", "leaves", "told", "gave", "refused", "withdrew", "objected"]
        }
        Rule::reading => &["reading"],
        Rule::cite => &["cite"],
        Rule::expr => keywords(line),
        _ => &[],
    }
}

/// What pest expected, in words: keywords as they are written, constructs by what they are.
pub fn words_for(rules: &[Rule]) -> Vec<String> {
    let keywords = rules.iter().filter(|wanted| in_words(**wanted).is_none()).flat_map(|wanted| keywords(*wanted));
    let keywords = keywords.map(|word| format!("`{word}`"));
    let mut words: Vec<String> = rules.iter().filter_map(|wanted| in_words(*wanted)).chain(keywords).collect();
    words.sort();
    words.dedup();
    words
}

/// The keywords with which a construct begins, for the constructs that pest names in the place of their keywords.
pub fn keywords(wanted: Rule) -> &'static [&'static str] {
    match wanted {
        Rule::condition => &["if"],
        Rule::unless => &["unless"],
        Rule::provided => &["provided"],
        Rule::under => &["under"],
        Rule::act_of => &["of"],
        Rule::for_purpose => &["for"],
        Rule::to_recipient | Rule::to_rules => &["to"],
        Rule::during => &["during"],
        Rule::within => &["within"],
        Rule::recurring => &["every"],
        Rule::at_least | Rule::at_most | Rule::at_time => &["at"],
        Rule::on_date => &["on"],
        Rule::span => &["earlier", "later", "until"],
        Rule::cite => &["cite"],
        Rule::until_date | Rule::until_time => &["until"],
        Rule::from_time => &["from"],
        Rule::and_part => &["and"],
        Rule::or_part => &["or"],
        Rule::subdivisions => &["and"],
        Rule::of_bundle => &["bundle"],
        Rule::kept_until => &["kept"],
        Rule::erased_by => &["erased"],
        Rule::yes_no => &["yes", "no"],
        Rule::who => &["who"],
        Rule::unit => &["seconds", "minutes", "hours", "days", "weeks", "months", "years"],
        Rule::business => &["business"],
        Rule::group_kind => &["any", "all", "none"],
        Rule::quantifier => &["any", "every", "no", "that"],
        Rule::which => &["intended", "promised", "asked"],
        Rule::verb => &["is", "uses", "concerns", "has", "speaks", "offers", "processes"],
        Rule::predicate => &["was", "gave", "is", "uses", "has", "speaks", "refused", "withdrew", "objected"],
        Rule::duty_state => &["due", "met", "breached", "paused", "not"],
        Rule::impasse_answer => &["decline", "continue", "ask"],
        Rule::expr | Rule::one => {
            &["any", "every", "no", "all", "none", "judged", "call", "company", "recorder", "that", "intended", "asked"]
        }
        Rule::e_verdict | Rule::verdict => {
            &["cleared", "conditional", "not", "prohibited", "required", "undetermined", "determined"]
        }
        Rule::e_keep_now => &["keep", "restrict", "erase"],
        Rule::e_needs => &["needs"],
        _ => &[],
    }
}

fn in_words(wanted: Rule) -> Option<String> {
    let words = match wanted {
        Rule::name | Rule::names | Rule::list | Rule::list_tight | Rule::tag_name | Rule::stated_values => "a name",
        Rule::text | Rule::quoted => "a text in quotes",
        Rule::date => "a date like 2026-11-23",
        Rule::instant | Rule::clock | Rule::time => "a time like 10:15:09",
        Rule::number => "a number",
        Rule::period => "a period like 5 years",
        Rule::unit | Rule::business => "a unit of time like `years`",
        Rule::expr | Rule::one => "a condition",
        Rule::act => "an act",
        Rule::told_option | Rule::gave_option | Rule::keep_option | Rule::option_word => "a comma and an option",
        Rule::verdict => "a verdict like `cleared`",
        Rule::test => "a value",
        Rule::verb => "a verb like `is`",
        Rule::predicate => "what is said of them",
        Rule::span => "how long",
        Rule::thing => "what is kept",
        Rule::choice => "one of the words that this line takes",
        Rule::tag => "a language like `en`",
        Rule::braced => "a list in braces",
        Rule::label => "a label",
        Rule::item => "a declaration",
        keyword => {
            let name = format!("{keyword:?}");
            return name.strip_prefix("k_").map(|word| format!("`{word}`"));
        }
    };
    Some(words.to_owned())
}
