//! Every finding of checking: raised by its wrong file and by nothing else, and not by its right one; never a second finding for
//! what was found wrong before.

use chrono::NaiveDate;
use onrecord::check::{self, Checked};
use onrecord::diagnostic;
use onrecord::resolve::resolve;
use onrecord::source::{FileId, Source};
use onrecord::syntax::parse;

fn check(text: &str) -> Checked {
    check_on(text, NaiveDate::from_ymd_opt(2026, 11, 26))
}

/// The same on another day, or on none.
fn check_on(text: &str, today: Option<NaiveDate>) -> Checked {
    check::check(resolve(&[parse(&Source::new(FileId(0), "sample.onr", text))]), today)
}

fn raised(text: &str) -> Vec<String> {
    check(text).diagnostics.iter().map(|found| format!("{} {}", found.code.id, found.message)).collect()
}

/// The ids of what is raised.
fn ids(text: &str) -> Vec<&'static str> {
    check(text).diagnostics.iter().map(|found| found.code.id).collect()
}

#[test]
fn every_code_of_checking_is_raised_by_its_wrong_file_alone_and_not_by_its_right_one() {
    let mut wrongs = Vec::new();
    for code in check::codes() {
        let (wrong, right) = (raised(code.wrong), raised(code.right));
        if wrong.len() != 1 || !wrong.iter().all(|one| one.starts_with(code.id)) {
            wrongs.push(format!("{} ({}): its wrong file raises {wrong:#?}", code.id, code.title));
        }
        if !right.is_empty() {
            wrongs.push(format!("{} ({}): its right file raises {right:#?}", code.id, code.title));
        }
    }
    assert!(wrongs.is_empty(), "{}", wrongs.join("\n"));
}

#[test]
fn no_code_is_used_twice() {
    let ids: Vec<_> = diagnostic::all_codes().iter().map(|code| code.id).collect();
    let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn every_finding_says_what_to_write_instead() {
    for code in check::codes() {
        for found in check(code.wrong).diagnostics {
            assert!(found.help.is_some() && !found.label.is_empty(), "{}: {found:?}", code.id);
        }
    }
}

const HOUSE: &str = "source HOUSE \"House policy\" {
  level house
  kind contractual
  checked 2026-11-23
  recheck by 2027-05-23
  civil time \"Etc/UTC\"
}
act recording \"Recording\" { means \"Capturing the sound.\" group capture }
act voice-recording \"Recording a voice\" { means \"Capturing one voice.\" under recording group capture }
act use \"Use\" { means \"Using what was captured.\" group use }
purpose service \"Service\" { means \"Serving the caller.\" }
purpose marketing \"Marketing\" { means \"Selling.\" }
role party \"Party\" { means \"Whoever is on the line.\" side neither human }
role customer \"Customer\" { means \"Who buys.\" under party side theirs human }
role agent \"Agent\" { means \"Who serves.\" under party side ours human }
artefact audio \"Audio\" { means \"The sound.\" }
event created \"Created\" { means \"The audio was made.\" }
fact location \"Place\" { means \"Where.\" of each party reads is in a place }
fact age \"Age\" { means \"How old.\" of each party years from 0 to 120 }
fact line \"Line\" { means \"The line.\" of each party reads uses one of { wired, cellular } }
judgment private \"Private\" { means \"It is private.\" asks \"Is it?\" }
";

/// The ids of what is raised by lines after the small vocabulary above.
fn on_house(lines: &str) -> Vec<&'static str> {
    ids(&format!("{HOUSE}{lines}"))
}

/// A rule with one prohibition and an exception that allows an act.
fn excepted(prohibited: &str, allowed: &str) -> Vec<&'static str> {
    on_house(&format!(
        "rule H-1 under HOUSE {{ prohibit {prohibited} except wide {{ allow {allowed} if judged private }} }}"
    ))
}

#[test]
fn an_exception_adds_a_way_where_the_two_acts_can_be_one_act() {
    for (prohibited, allowed) in [
        ("recording", "recording"),
        ("recording", "voice-recording"),
        ("voice-recording", "recording"),
        ("recording of customer", "recording of party"),
        ("recording of party", "recording of customer"),
        ("recording for service", "recording for marketing"),
        ("use", "use for service"),
        ("not recording", "not voice-recording"),
        ("use of audio for service", "use for service"),
    ] {
        assert_eq!(excepted(prohibited, allowed), [""; 0], "{prohibited} / {allowed}");
    }
    for (prohibited, allowed) in [
        ("recording", "use"),
        ("recording", "not recording"),
        ("recording of customer", "recording of agent"),
        ("use for service", "use for marketing"),
    ] {
        assert_eq!(excepted(prohibited, allowed), ["ONR0451"], "{prohibited} / {allowed}");
    }
}

#[test]
fn a_condition_that_can_never_hold_is_found_and_one_that_can_is_not() {
    let rule = |condition: &str| on_house(&format!("rule H-1 under HOUSE {{ prohibit recording if {condition} }}"));
    for condition in [
        "any customer who uses wired uses cellular",
        "any customer who is in US-CA is in US-WA",
        "any customer who is under 13 is at least 18",
        "any customer who uses wired uses not wired",
        "that party uses wired and that party uses cellular",
        "judged private and judged not private",
        "all of { judged private all of { judged not private } }",
    ] {
        assert_eq!(rule(condition), ["ONR0552"], "{condition}");
    }
    for condition in [
        "any customer uses wired and any customer uses cellular",
        "any customer who is in US is in US-WA",
        "any customer who is at least 13 is under 18",
        "every customer who uses wired uses cellular",
        "any customer who uses wired uses any of { wired, cellular }",
        "judged private or judged not private",
    ] {
        assert_eq!(rule(condition), [""; 0], "{condition}");
    }
}

#[test]
fn a_floor_crosses_a_ceiling_only_where_it_is_certainly_longer() {
    let rule = |floor: &str, ceiling: &str| {
        on_house(&format!(
            "rule H-1 under HOUSE {{ keep audio at least {floor} from created keep audio at most {ceiling} from created }}"
        ))
    };
    for (floor, ceiling) in
        [("2 years", "1 year"), ("31 days", "30 days"), ("2 months", "31 days"), ("5 weeks", "1 month")]
    {
        assert_eq!(rule(floor, ceiling), ["ONR0656"], "{floor} / {ceiling}");
    }
    for (floor, ceiling) in
        [("1 year", "1 year"), ("1 month", "30 days"), ("30 days", "1 month"), ("12 months", "1 year")]
    {
        assert_eq!(rule(floor, ceiling), [""; 0], "{floor} / {ceiling}");
    }
}

#[test]
fn what_was_found_wrong_before_is_not_found_wrong_again() {
    for (lines, id) in [
        ("rule H-1 under HOUSE { prohibit recrding }", "ONR0201"),
        ("rule H-1 under HOUSE { prohibit recrding except wide { allow recording } }", "ONR0201"),
        ("rule H-1 under HOUSE { prohibit recording except wide { allow recrding } }", "ONR0201"),
        ("rule H-1 under HOUSE { prohibit recording except wide { allow recording if judged privat } }", "ONR0201"),
        ("rule H-1 under HOUSE { prohibit recording if any customer uses celular }", "ONR0205"),
        ("except wide to H-1 { allow recording }", "ONR0201"),
        ("define often as judged privat", "ONR0201"),
        (
            "question q \"?\" { reading one \"One\" { cite \"A\" } reading other \"Other\" { cite \"B\" } }\nrule H-1 under HOUSE { prohibit recording under two }",
            "ONR0201",
        ),
        ("rule H-1 under HOSE { prohibit recording }", "ONR0201"),
        ("bundle acme \"Acme\" { guards recrding }", "ONR0201"),
        ("region R \"R\" { XX }", "ONR0204"),
        ("notice n \"N\" { states thing wording en \"Words.\" }", "ONR0201"),
        ("scenario \"S\" of HOUSE { given call from 2026-03-02T10:00:00Z expect recrding prohibited }", "ONR0201"),
    ] {
        let found = on_house(lines);
        assert!(found.contains(&id), "{lines}: {found:?}");
        let by_check: Vec<_> = found.iter().filter(|id| check::codes().any(|code| code.id == **id)).collect();
        assert!(by_check.is_empty(), "{lines}: {found:?}");
    }
}

#[test]
fn no_review_is_overdue_without_a_day_and_on_its_last_day() {
    let overdue = |today: Option<NaiveDate>| {
        let found = check_on(HOUSE, today).diagnostics;
        found.iter().any(|one| one.code.id == "ONR0354")
    };
    assert!(!overdue(None));
    assert!(!overdue(NaiveDate::from_ymd_opt(2027, 5, 23)));
    assert!(overdue(NaiveDate::from_ymd_opt(2027, 5, 24)));
}

#[test]
fn only_errors_make_a_policy_invalid() {
    assert!(check(HOUSE).is_valid());
    assert!(check(&format!("{HOUSE}rule H-1 under HOUSE {{ summary \"Nothing.\" }}")).is_valid(), "a warning");
    assert!(!check(&format!("{HOUSE}rule H-1 under HOUSE {{ displaces H-1 cite \"A\" }}")).is_valid(), "an error");
}

#[test]
fn every_fix_puts_its_finding_right() {
    for code in check::codes() {
        for found in check(code.wrong).diagnostics {
            let Some(fix) = found.fix else { continue };
            let mut text = code.wrong.to_owned();
            let mut edits = fix.edits;
            edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
            for (span, replacement) in edits {
                text.replace_range(span.range(), &replacement);
            }
            assert!(!ids(&text).contains(&code.id), "{}:\n{text}", code.id);
        }
    }
}

#[test]
fn checking_is_total_whatever_is_left_of_a_file() {
    for code in check::codes() {
        let lines: Vec<&str> = code.wrong.lines().collect();
        for cut in (0..lines.len()).step_by(2) {
            let text = [&lines[..cut], &lines[cut + 1..]].concat().join("\n");
            let found = check(&text).diagnostics;
            assert!(found.is_sorted_by_key(|one| one.span), "{}: {text}", code.id);
        }
    }
}

#[test]
fn no_finding_depends_on_the_order_of_the_files() {
    for code in check::codes() {
        let of = |files: [(u32, &str); 2]| {
            let files = files.map(|(id, text)| parse(&Source::new(FileId(id), "sample.onr", text)));
            let found = check::check(resolve(&files), NaiveDate::from_ymd_opt(2026, 11, 26)).diagnostics;
            let mut ids: Vec<_> = found.iter().map(|one| one.code.id).collect();
            ids.sort_unstable();
            ids
        };
        let region = "region ANYWHERE \"Anywhere\" { DE }\n";
        assert_eq!(of([(0, code.wrong), (1, region)]), of([(0, region), (1, code.wrong)]), "{}", code.id);
    }
}
