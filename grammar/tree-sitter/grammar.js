// The grammar of the OnRecord policy language for editors that colour by tree-sitter, rule by rule the pest grammar (`../src/onrecord.pest`):
// the same names, the same places. What pest decides by order, a word that is a keyword here and a name elsewhere, is decided by the state that
// the parser is in. `cargo test -p onrecord-tests --test tree_sitter` holds the two together, and with UPDATE=1 writes `src/` anew.

const RESERVED = [
  "displaces", "objected", "prohibit", "provided", "recorder", "withdrew", "applies", "checked", "company", "recheck", "refused", "require",
  "summary", "wording", "assume", "before", "during", "except", "expect", "judged", "leaves", "states", "unless", "adopt", "allow", "every",
  "given", "joins", "level", "under", "until", "waive", "cite", "from", "gave", "keep", "none", "that", "then", "told", "all", "and", "any",
  "did", "for", "not", "was", "who", "at", "by", "if", "in", "is", "no", "of", "on", "or", "to",
];
// What tells an option from one more thing that was told.
const OPTION = ["throughout", "even", "separately", "lasting"];

const DATE = /[0-9]{4}-[0-9]{2}-[0-9]{2}/;
const CLOCK = /[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?/;
const INSTANT = /[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})/;

const comma = (one) => seq(one, repeat(seq(",", one)));
const inBraces = (one) => seq("{", optional(seq(comma(one), optional(","))), "}");
const body = (...lines) => seq("{", repeat(choice(...lines)), "}");

// A name where a keyword could stand as well: such a keyword is a name too.
const nameOr = ($, ...words) => choice($.name, ...words.map((word) => alias(word, $.name)));
const CONDITION = ["recording", "intended", "promised", "asked"];
const GIVEN = [...CONDITION, "call", "hold", "log", "parties"];
const EXPECTED = [...CONDITION, "impasse", "tell", "ask", "arrange", "outcome", "duty"];
const ANY = [...new Set([...GIVEN, ...EXPECTED])];

module.exports = grammar({
  name: "onrecord",
  word: ($) => $.name,
  extras: ($) => [/[ \t\r\n\uFEFF]/, $.comment],
  reserved: { global: () => RESERVED, told: () => [...RESERVED, ...OPTION] },
  conflicts: ($) => [[$.v_is, $.present], [$._list_tight], [$.thing, $.act], [$.which, $.defined]],

  rules: {
    file: ($) => repeat($._item),
    comment: () => /#[^\n]*/,

    // ------------------------------------------------------------------------------------------ tokens
    name: () => /[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*/,
    choice: () => /[A-Za-z0-9]+(-[A-Za-z0-9]+)*/,
    tag: () => /[A-Za-z]+(-[A-Za-z0-9]+)*/,
    number: ($) => choice(/[0-9]+/, $._glued),
    // A number, date or time that runs into a letter is never right: what would have to follow is no character.
    _glued: ($) => seq(/[0-9][0-9:.+-]*[A-Za-z_][A-Za-z0-9_-]*/, /\u{10FFFF}/),
    quoted: () => /"(\\[\s\S]|[^"\\\n])*"/,
    text: ($) => repeat1($.quoted),
    date: ($) => choice(DATE, $._glued),
    instant: () => INSTANT,
    clock: ($) => choice(CLOCK, $._glued),
    time: ($) => choice($.instant, $.clock),
    unit: () =>
      choice("seconds", "second", "minutes", "minute", "hours", "hour", "days", "day", "weeks", "week", "months", "month", "years", "year"),
    business: ($) => seq("business", $.unit, optional(seq("in", $.name))),
    period: ($) => seq($.number, choice($.business, $.unit)),
    names: ($) => comma($.name),
    braced: ($) => inBraces($.name),
    list: ($) => choice($.braced, $.names),

    // ------------------------------------------------------------------------------------------ declarations
    _item: ($) =>
      choice(
        $.word, $.region, $.source, $.coverage, $.question, $.define, $.rule, $.exception, $.notice, $.bundle, $.scenario,
      ),

    word_kind: () =>
      choice(
        "act", "purpose", "category", "role", "fact", "judgment", "element", "safeguard", "means", "manner", "artefact", "event", "phase",
        "recipient",
      ),
    word: ($) => seq($.word_kind, $.name, $.text, body(
      $.w_means, $.w_dpv, $.w_under, $.w_group, $.w_makes, $.w_captures, $.w_side, $.w_human, $.w_machine, $.w_of, $.w_reads, $.w_yes_or_no,
      $.w_one_of, $.w_any_of, $.w_places, $.w_place, $.w_years, $.w_presumed, $.w_asks, $.w_arranged, $.w_excludes, $.w_starts,
    )),
    w_means: ($) => seq("means", $.text),
    w_dpv: ($) => seq("dpv", optional("parent"), $.text),
    w_under: ($) => seq("under", $.names),
    w_group: ($) => seq("group", $.choice),
    w_makes: ($) => seq("makes", $.name),
    w_captures: ($) => seq("captures", $.choice),
    w_side: ($) => seq("side", $.choice),
    w_human: () => "human",
    w_machine: () => "machine",
    w_of: () => seq("of", choice(seq("each", "party"), "call", "company", "recorder")),
    w_reads: ($) => seq("reads", $.verb),
    w_yes_or_no: () => seq("yes", "or", "no"),
    w_one_of: ($) => seq("one", "of", $.values),
    w_any_of: ($) => seq("any", "of", $.values),
    w_place: () => seq("a", "place"),
    w_places: () => "places",
    w_years: ($) => seq("years", "from", $.number, "to", $.number),
    w_presumed: ($) => seq("may", "be", "presumed", $.choice),
    w_asks: ($) => seq("asks", $.text),
    w_arranged: ($) => seq("arranged", choice($.in_the_call, $.before_the_call, $.by_the_organisation)),
    in_the_call: () => seq("in", "the", "call"),
    before_the_call: () => seq("before", "the", "call"),
    by_the_organisation: () => seq("by", "the", "organisation"),
    w_excludes: ($) => seq("excludes", $.names),
    w_starts: ($) => seq("starts", "within", $.period),
    values: ($) => inBraces($.value),
    value: ($) => seq($.name, optional($.text)),

    verb: ($) =>
      choice(
        $.v_offers, $.v_processes, $.v_output, $.v_established, $.v_in, $.v_is, $.v_uses, $.v_concerns, $.v_has, $.v_speaks,
      ),
    v_established: () => seq("is", "established", "in"),
    v_in: () => seq("is", "in"),
    v_is: () => "is",
    v_offers: () => seq("offers", "services", "in"),
    v_processes: () => seq("processes", "data", "in"),
    v_output: () => seq("uses", "output", "in"),
    v_uses: () => "uses",
    v_concerns: () => "concerns",
    v_has: () => "has",
    v_speaks: () => "speaks",

    region: ($) => seq("region", $.name, optional($.text), "{", repeat(seq($.member, optional(","))), "}"),
    member: ($) => seq($.name, optional(seq("from", $.date)), optional($.until_date)),
    until_date: ($) => seq("until", $.date),

    source: ($) => seq("source", $.name, $.text, body(
      $.s_level, $.s_kind, $.cite, $.s_text, $.s_checked, $.s_recheck, $.s_confidence, $.s_applies, $.s_civil, $.s_periods, $.s_staying,
    )),
    s_level: ($) => seq("level", $.choice),
    s_kind: ($) => seq("kind", $.names),
    cite: ($) => seq("cite", $.text),
    s_text: ($) => seq("text", "at", $.text),
    s_checked: ($) => seq("checked", $.date),
    s_recheck: ($) => seq("recheck", "by", $.date),
    s_confidence: ($) => seq("confidence", $.choice),
    s_applies: ($) => seq("applies", $.condition, optional($.under)),
    s_civil: ($) => seq("civil", "time", $.text),
    s_periods: ($) => seq("periods", "by", $.choice),
    s_staying: ($) => seq("consent", "by", "staying", "counts", "only", "if", $.told),
    under: ($) => seq("under", $.name),

    coverage: ($) =>
      seq("covers", $.name, optional($.subdivisions), "for", $.names, "from", $.date, optional($.until_date)),
    subdivisions: () => seq("and", "its", "subdivisions"),
    question: ($) => seq("question", $.name, $.text, body($.reading)),
    reading: ($) => seq("reading", $.name, $.text, body($.cite)),
    define: ($) => seq("define", $.name, "as", $.expr),

    // ------------------------------------------------------------------------------------------ rules
    rule: ($) => seq("rule", $.name, optional($.text), "under", $.name, body(
      $.cite, $.summary, $.in_force, $.proposed, $.stayed, $.annulled, $.deferred, $.exception, $.clause,
    )),
    summary: ($) => seq("summary", $.text),
    in_force: ($) => seq("in", "force", "from", $.date, optional($.until_date)),
    proposed: () => seq("status", "proposed"),
    stayed: ($) => seq("status", "stayed", "from", $.date, optional($.until_date)),
    annulled: ($) => seq("status", "annulled", "from", $.date),
    deferred: ($) => seq("sanction", "deferred", "until", $.date),
    clause: ($) =>
      seq(
        optional($.label),
        choice($.prohibit, $.duty, $.require_before, $.require, $.keep, $.displaces),
        optional($.under),
      ),
    label: ($) => seq(nameOr($, ...CONDITION), ":"),
    prohibit: ($) => seq("prohibit", $.act, optional($.condition), optional($.unless)),
    require: ($) => seq("require", $.act, optional($.condition), optional($.unless)),
    require_before: ($) => seq("require", $.expr, "before", $.act, optional($.condition)),
    duty: ($) => seq("require", choice($.duty_told, $.act), choice($.within, $.recurring), optional($.paused), optional($.condition)),
    duty_told: ($) => $.person,
    within: ($) => seq("within", $.period, "of", $.name),
    recurring: ($) => seq("every", $.period, "from", $.name),
    paused: ($) => seq(",", "paused", "from", $.name, "to", $.name),
    condition: ($) => seq("if", $.expr),
    unless: ($) => seq("unless", $.expr),
    keep: ($) =>
      seq(
        "keep", $.thing, optional($.for_purpose), choice($.at_least, $.at_most), $.span, repeat($._keep_option), optional($.condition),
      ),
    thing: ($) => choice($.any_of_names, $.category_in, nameOr($, ...ANY)),
    any_of_names: ($) => seq("any", "of", $.braced),
    category_in: ($) => seq(nameOr($, ...ANY), "in", $.name),
    for_purpose: ($) => seq("for", $.name),
    at_least: () => seq("at", "least"),
    at_most: () => seq("at", "most"),
    span: ($) => choice($.earlier, $.later, $.until_event, $.period_from),
    period_from: ($) => seq($.period, "from", $.name),
    until_event: ($) => seq("until", $.name),
    earlier: ($) => seq("earlier", "of", "{", repeat1($.span), "}"),
    later: ($) => seq("later", "of", "{", repeat1($.span), "}"),
    _keep_option: ($) => seq(",", choice($.yields, $.data_held)),
    yields: () => seq("yields", "to", "law"),
    data_held: () => seq("for", "data", "held"),
    displaces: ($) => prec.right(seq("displaces", $.name, repeat1($.cite))),

    exception: ($) => seq("except", $.name, optional($.text), optional($.to_rules), body(
      $.cite, $.summary, $.allow, $.waive, $.then_clause,
    )),
    to_rules: ($) => seq("to", $.names),
    allow: ($) => seq("allow", $.act, optional($.condition), optional($.provided), optional($.under)),
    provided: ($) => seq("provided", $.expr),
    waive: ($) => seq("waive", $.name, optional($.condition)),
    then_clause: ($) => seq("then", $.clause),

    act: ($) =>
      seq(optional("not"), nameOr($, ...ANY), optional($.act_of), optional($.for_purpose), optional($.to_recipient), optional($.during)),
    act_of: ($) => seq("of", optional(choice("any", "every", "the")), $.name),
    to_recipient: ($) => seq("to", $.name),
    during: ($) => seq("during", $.name),

    // ------------------------------------------------------------------------------------------ conditions
    expr: ($) => seq($._one, optional(choice(repeat1($.and_part), repeat1($.or_part)))),
    and_part: ($) => seq("and", $._one),
    or_part: ($) => seq("or", $._one),
    _one: ($) =>
      choice(
        $.group, $.labelled, $.judged, $.unlawful, $.relied, $.purposes, $.of_holder, $.person, $.in_place, $.defined,
      ),
    group: ($) => seq($.group_kind, "{", repeat($.expr), "}"),
    group_kind: ($) => choice($.all_of, $.any_of, $.none_of),
    all_of: () => seq("all", "of"),
    any_of: () => seq("any", "of"),
    none_of: () => seq("none", "of"),
    labelled: ($) => seq($.label, $._one),
    judged: ($) => seq("judged", optional("not"), $.name),
    unlawful: ($) => prec.right(seq("recording", "was", "made", "unlawfully", optional(seq("under", $.name)))),
    relied: ($) => seq("recording", "relied", "on", $.name),
    purposes: ($) => seq($.which, choice($.are_only, $.include_that, $.include, $.is_other, $.is_any)),
    which: () => seq(choice("intended", "promised", "asked"), choice("purposes", "purpose")),
    are_only: ($) => seq(choice("are", "is"), "only", $.list),
    include_that: ($) => seq(optional($.do_not), "include", "that", "purpose"),
    include: ($) => seq(optional($.do_not), "include", choice($.any_of_names, $.name)),
    do_not: () => seq("do", "not"),
    is_any: ($) => seq(choice("is", "are"), choice($.any_of_names, $.name)),
    is_other: ($) => seq(choice("is", "are"), "other", "than", $.list),
    of_holder: ($) => seq(choice("call", "company", "recorder"), $.is_value),
    person: ($) => seq($.quantifier, optional($.who), $._predicate),
    quantifier: ($) => choice($.that_party, seq(choice("any", "every", "no"), $.name)),
    that_party: () => seq("that", "party"),
    who: ($) => seq("who", $._who_part, repeat(seq("and", $._who_part))),
    _who_part: ($) => choice($.present, $.is_value, $.said),
    _predicate: ($) => choice($.was_told, $.gave, $.present, $.is_value, $.said),
    present: () => seq("is", optional("not"), "present"),
    is_value: ($) => seq($.verb, optional("not"), $._test),
    _test: ($) => choice($.any_of_names, $.all_of_names, $.under_years, $.least_years, $.name),
    all_of_names: ($) => seq("all", "of", $.braced),
    under_years: ($) => seq("under", $.number),
    least_years: ($) => seq("at", "least", $.number),
    said: ($) => seq($.statement, $.act),
    statement: () => choice("refused", seq("withdrew", optional(seq("consent", "to"))), seq("objected", "to")),
    was_told: ($) => seq("was", $.told),
    in_place: ($) => seq(nameOr($, ...CONDITION), "is", "in", "place", optional(seq(",", $.least_before))),
    defined: ($) => nameOr($, ...ANY),

    told: ($) => seq("told", $._list_tight, repeat($._told_option)),
    _list_tight: ($) => choice($.braced, comma(reserved("told", $.name))),
    _told_option: ($) =>
      seq(",", choice(
        $.by, $.their_language, $.at_start, $.least_before, $.most_before, $.on_recording, $.before_act, $.throughout, $.even_refused,
        $.not_refused,
      )),
    by: ($) => seq("by", $.name),
    their_language: () => seq("in", "their", "language"),
    before_act: ($) => seq("before", $.act),
    at_start: ($) => seq("at", "the", "start", "of", optional("the"), $.name),
    on_recording: () => seq("on", "the", "recording"),
    throughout: ($) => seq("throughout", $.act),
    least_before: ($) => seq("at", "least", $.period, "before", $.act),
    most_before: ($) => seq("at", "most", $.period, "before", $.act),
    even_refused: () => seq("even", "if", "refused"),
    not_refused: () => seq("and", "did", "not", "refuse"),
    gave: ($) => seq("gave", "at", "least", $.choice, "consent", "to", $.act, repeat($._gave_option)),
    _gave_option: ($) =>
      seq(",", choice(
        $.by, $.on_form, $.separately, $.on_recording, $.at_start, $.least_before, $.most_before, $.before_act, $.lasting,
      )),
    on_form: ($) => seq("on", "form", $.name),
    separately: () => "separately",
    lasting: () => seq("lasting", "the", "call"),

    // ------------------------------------------------------------------------------------------ notices, bundles
    notice: ($) => seq(choice("notice", "form"), $.name, $.text, body($.n_states, $.n_by, $.n_manner, $.n_asks, $.n_wording)),
    n_states: ($) => seq("states", $.names),
    n_by: ($) => seq("by", $.names),
    n_manner: ($) => seq("manner", $.names),
    n_asks: ($) => seq("asks", "for", comma($.act)),
    n_wording: ($) => seq("wording", $.tag, $.text),

    bundle: ($) => seq("bundle", $.name, $.text, body(
      $.b_every, $.b_includes, $.adopt, $.b_answer, $.b_presume, $.b_guards, $.b_uncovered, $.b_prefer, $.b_impasse, $.b_despite,
      $.b_accept, $.b_given,
    )),
    b_every: () => seq("includes", "every", "source"),
    b_includes: ($) => seq("includes", $.names),
    adopt: ($) => seq("adopt", $.names),
    b_given: ($) => seq("given", $.given_fact),
    b_answer: ($) => seq("answer", $.name, $.yes_no, $.cite, "until", $.date),
    yes_no: () => choice("yes", "no"),
    b_presume: ($) => seq("presume", $.given_fact),
    b_guards: ($) => seq("guards", $.names),
    b_uncovered: ($) => seq("where", "uncovered", "require", $.expr),
    b_prefer: ($) => seq("prefer", $.names),
    b_impasse: ($) => seq("on", "impasse", "over", $.name, $.impasse_answer),
    impasse_answer: ($) => choice($.decline, $.continue_without, $.ask_person),
    decline: () => seq("decline", "call"),
    continue_without: () => seq("continue", "without", "it"),
    ask_person: () => seq("ask", "a", "person"),
    b_despite: ($) => seq("despite", "unlawful", "capture", "allow", "use", "for", $.name, $.cite),
    b_accept: ($) =>
      seq("accept", "risk", "of", $.name, "signed", $.text, "on", $.date, "until", $.date, "because", $.text),
    given_fact: ($) => seq(choice("call", "company", "recorder"), $.stated),
    stated: ($) => seq($.verb, optional("not"), choice($.stated_years, $.stated_values)),
    stated_years: ($) => seq($.number, $.unit, "old"),
    stated_values: ($) => seq($.tag_name, optional(choice(repeat1($.or_value), repeat1($.comma_value)))),
    or_value: ($) => seq("or", $.tag_name),
    comma_value: ($) => seq(",", $.tag_name),
    tag_name: ($) => $.name,

    // ------------------------------------------------------------------------------------------ scenarios
    scenario: ($) => seq("scenario", $.text, "of", choice($.of_bundle, $.names), body(
      $.adopt, $.assume, $.given, $.expect, $.someone,
    )),
    of_bundle: ($) => seq("bundle", $.name),
    assume: ($) => seq("assume", $.name),
    given: ($) =>
      seq("given", choice(
        $.g_judged, $.g_purposes, $.g_contains, $.g_call, $.g_fact, $.g_hold, $.g_log, $.g_log_open, $.g_parties, $.g_at, $.g_done,
        $.g_in_place, $.g_event, $.g_during,
      )),
    g_judged: ($) => seq("judged", $.name, $.yes_no),
    g_purposes: ($) => seq(choice("intended", "promised"), "purposes", $.names),
    g_contains: ($) => seq("call", "contains", choice("nothing", $.names)),
    g_call: ($) => seq("call", "from", $.time, optional($.until_time)),
    g_fact: ($) => $.given_fact,
    g_hold: ($) => seq("hold", "on", $.name, "from", $.date, optional($.until_date)),
    g_log: ($) => seq("log", "complete", "to", $.time),
    g_log_open: () => seq("log", "not", "complete"),
    g_parties: () => seq("parties", "not", "complete"),
    g_at: ($) => seq("at", $.time),
    g_done: ($) => seq($.act, "done", choice($.on_date, $.at_time)),
    g_in_place: ($) => seq(nameOr($, ...GIVEN), "in", "place", optional($.from_time), optional($.until_time)),
    g_event: ($) => seq(nameOr($, ...GIVEN), choice($.on_date, $.at_time)),
    g_during: ($) => seq(nameOr($, ...GIVEN.filter((word) => word !== "call")), "from", $.time, optional($.until_time)),
    on_date: ($) => seq("on", $.date),
    at_time: ($) => seq("at", $.time),
    from_time: ($) => seq("from", $.time),
    until_time: ($) => seq("until", $.time),

    someone: ($) => seq($.name, optional($.name), body($.p_joins, $.p_leaves, $.p_told, $.p_gave, $.p_said, $.stated)),
    p_joins: ($) => seq("joins", "at", $.time),
    p_leaves: ($) => seq("leaves", "at", $.time),
    p_told: ($) => seq("told", $._list_tight, choice($.at_time, $.p_interval), repeat($._p_option)),
    p_interval: ($) => seq("from", $.time, choice("to", "until"), $.time),
    _p_option: ($) => seq(optional(","), choice($.by, $.on_recording, $.on_form, $.separately, $.lasting, $.p_language)),
    p_language: ($) => seq("in", $.tag),
    p_gave: ($) => seq("gave", $.choice, "consent", "to", $.act, $.at_time, repeat($._p_option)),
    p_said: ($) => seq($.statement, $.act, $.at_time),

    expect: ($) =>
      seq("expect", optional($.at_time), choice(
        $.e_impasse, $.e_tell, $.e_ask, $.e_arrange, $.e_outcome_impasse, $.e_outcome, $.e_duty, $.e_keep, $.e_keep_now, $.e_needs,
        $.e_verdict,
      )),
    e_impasse: ($) => seq("impasse", "over", $.name),
    e_tell: ($) => seq("tell", $.name, $.list),
    e_ask: ($) => seq("ask", $.name, "for", $.act),
    e_arrange: ($) => seq("arrange", $.name),
    e_needs: ($) => seq($.act, "needs", $.name),
    e_outcome: ($) => seq("outcome", nameOr($, "decline", "ask")),
    e_outcome_impasse: ($) => seq("outcome", choice($.decline, $.ask_person)),
    e_duty: ($) => seq("duty", $.name, $.duty_state),
    duty_state: ($) => choice($.due, "met", "breached", "paused", $.not_due),
    due: ($) => seq("due", $.date),
    not_due: () => seq("not", "due"),
    e_keep: ($) => seq($.thing, optional($.for_purpose), choice($.kept_until, $.erased_by)),
    kept_until: ($) => seq("kept", "until", $.date),
    erased_by: ($) => seq("erased", "by", $.date),
    e_keep_now: ($) => seq($.thing, choice("keep", "restrict", "erase")),
    e_verdict: ($) => seq($.act, $.verdict),
    verdict: ($) => choice("cleared", "conditional", $.not_now, "prohibited", $.not_required, "required", "undetermined", "determined"),
    not_now: () => seq("not", "now"),
    not_required: () => seq("not", "required"),
  },
});
