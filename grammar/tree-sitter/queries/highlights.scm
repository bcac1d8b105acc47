; Colours of the OnRecord policy language. Each keyword stands in one list; a test says so. A later pattern wins, as in Neovim and Helix.

(comment) @comment
(quoted) @string
[
  (number)
  (date)
  (time)
] @number
[
  "{"
  "}"
] @punctuation.bracket
[
  ","
  ":"
] @punctuation.delimiter

; What names stand for, by the place they stand in.
(name) @variable
(choice) @constant
(tag) @constant
(label (name) @label)
(values (value (name) @constant))
(member (name) @constant)
(braced (name) @constant)
(is_value (name) @constant)
(stated (stated_values (tag_name) @constant))
(judged (name) @variable.other.member)
(defined (name) @function.macro)
(quantifier (name) @variable.parameter)
(act . (name) @function.method)
(act "not" . (name) @function.method)
(under (name) @namespace)

; What is declared.
(word (word_kind) . (name) @type)
(region . "region" . (name) @type)
(source . "source" . (name) @namespace)
(coverage . "covers" . (name) @type)
(question . "question" . (name) @namespace)
(reading . "reading" . (name) @namespace)
(define . "define" . (name) @function.macro)
(rule . "rule" . (name) @function)
(exception . "except" . (name) @function)
(notice . _ . (name) @type)
(bundle . "bundle" . (name) @namespace)
(scenario . "scenario" . (text) @string.special)
(someone . (name) @variable.parameter)
(rule "under" . (name) @namespace)

; Keywords that are a part by themselves.
[
  (v_concerns)
  (v_has)
  (v_speaks)
  (v_is)
  (v_uses)
  (w_human)
  (w_machine)
  (w_places)
  (separately)
] @keyword

; Words of the language.
[
  "a" "annulled" "applies" "are" "arrange" "arranged" "as" "ask" "asked" "asks" "at" "be" "before" "business"
  "by" "capture" "captures" "civil" "complete" "consent" "contains" "counts" "data" "deferred" "did" "do"
  "done" "during" "duty" "earlier" "erase" "erased" "established" "even" "excludes" "for" "force" "from"
  "gave" "held" "hold" "impasse" "in" "include" "includes" "intended" "is" "it" "its" "joins" "judged" "kept"
  "language" "lasting" "later" "law" "least" "leaves" "log" "made" "makes" "may" "most" "needs" "now"
  "objected" "of" "offers" "old" "on" "one" "organisation" "outcome" "output" "over" "parent" "parties"
  "party" "paused" "periods" "person" "place" "present" "presumed" "processes" "promised" "proposed"
  "purposes" "reads" "recording" "refuse" "refused" "relied" "restrict" "risk" "services" "side" "signed"
  "start" "starts" "stayed" "staying" "subdivisions" "tell" "text" "than" "that" "the" "their" "throughout"
  "time" "to" "told" "under" "unlawful" "unlawfully" "until" "use" "uses" "was" "who" "withdrew" "within"
  "without" "yields"
] @keyword

[
  "and" "or" "not" "no" "none" "all" "any" "every" "each" "other" "only"
] @keyword.operator

[
  "if" "unless" "provided" "then" "waive" "where" "because"
] @keyword.control.conditional

[
  "prohibit" "require" "allow" "keep" "displaces" "expect" "given" "assume" "adopt" "presume" "guards"
  "prefer" "decline" "continue" "accept" "despite" "answer"
] @keyword.directive

[
  "act" "purpose" "category" "role" "fact" "judgment" "element" "safeguard" "means" "manner" "artefact"
  "event" "phase" "recipient" "region" "source" "covers" "question" "reading" "define" "rule" "except"
  "notice" "form" "bundle" "scenario"
] @keyword.storage.type

[
  "cleared" "conditional" "prohibited" "required" "undetermined" "determined" "met" "breached" "due" "yes"
  "uncovered" "nothing" "call" "company" "recorder"
] @constant.builtin

[
  "day" "days" "hour" "hours" "minute" "minutes" "month" "months" "second" "seconds" "week" "weeks" "year"
  "years"
] @type.builtin

[
  "cite" "summary" "status" "sanction" "level" "kind" "confidence" "checked" "recheck" "dpv" "wording"
  "states" "group"
] @attribute
