//! Files that no author meant: a finding and a remedy, never a crash, and never a wait.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::{Ran, folder, run_in};

/// What is promised is a second, in a release build on a quiet machine; a test runs unoptimised beside others.
const PATIENCE: Duration = Duration::from_secs(10);

fn check(name: &str, content: &[u8]) -> Ran {
    let folder = folder(&format!("bad-input-{name}"));
    std::fs::write(folder.join("file.onr"), content).unwrap();
    let begun = Instant::now();
    let ran = run_in(&folder, &["check", "--today", "2026-11-26", "file.onr"], b"");
    assert!(begun.elapsed() < PATIENCE, "{name} took {:?}", begun.elapsed());
    assert!(ran.out.len() < 20_000, "{name}: {} bytes of report", ran.out.len());
    ran
}

fn has(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
    for word in words {
        assert!(ran.out.contains(word), "no {word:?} in\n{}", ran.out);
    }
}

#[test]
fn a_nest_that_is_deeper_than_any_reader() {
    let nest = |depth: usize| {
        let (open, close) = ("any of { ".repeat(depth), " }".repeat(depth));
        format!("rule A \"a\" under B {{\n  prohibit recording if {open}x{close}\n}}\n")
    };
    has(&check("nest-65", nest(65).as_bytes()), 1, &["file.onr:2:", "64"]);
    has(&check("nest-20000", nest(20_000).as_bytes()), 1, &["64"]);
    has(&check("nest-100000", nest(100_000).as_bytes()), 1, &["more than 1 MiB"]);
    let braces = format!("rule A \"a\" under B {}{}", "{".repeat(100_000), "}".repeat(100_000));
    has(&check("braces-100000", braces.as_bytes()), 1, &["64"]);
    let parentheses = "(".repeat(100_000);
    has(&check("parentheses", parentheses.as_bytes()), 1, &["ONR"]);
}

#[test]
fn a_line_of_ten_megabytes() {
    let line = format!("rule A \"{}\"", "x".repeat(10_000_000));
    has(&check("line-10m", line.as_bytes()), 1, &["more than 1 MiB", "help"]);
    let shorter = format!("rule A \"{}\n", "x".repeat(1_000_000));
    has(&check("line-1m", shorter.as_bytes()), 1, &["closing quote"]);
}

#[test]
fn a_file_of_nuls() {
    has(&check("nuls", &[0; 500_000]), 1, &["control characters", "help"]);
}

#[test]
fn a_mark_at_the_beginning_and_windows_line_ends() {
    let text = "\u{feff}source HOUSE \"House\" {\r\n  level       house\r\n  kind        contractual\r\n  checked     2026-11-23\r\n  \
                recheck by  2027-05-23\r\n}\r\n";
    has(&check("bom", text.as_bytes()), 0, &["1 file"]);
    let wrong = text.replace("contractual", "contractul");
    has(&check("bom-wrong", wrong.as_bytes()), 1, &["file.onr:3:15", "contractual"]);
}

#[test]
fn a_text_that_never_ends() {
    has(&check("open-text", b"source HOUSE \"House {\n  level house\n}\n"), 1, &["file.onr:1:14", "closing quote"]);
}

#[test]
fn a_file_that_is_not_utf_8_text() {
    let ran = check("latin-1", b"source HOUSE \"M\xfcller\" {\n  level house\n}\n");
    has(&ran, 2, &["file.onr:1:16", "UTF-8", "save the file as UTF-8"]);
}

#[test]
fn a_file_that_is_not_there_and_a_folder_without_policies() {
    let folder = folder("nothing");
    let ran = run_in(&folder, &["check", "no-such.onr"], b"");
    has(&ran, 2, &["no file or folder no-such.onr"]);
    let ran = run_in(&folder, &["check"], b"");
    has(&ran, 2, &["no policy file", "onrecord new"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_leads_back_to_itself_is_read_once() {
    let folder = folder("loop");
    std::fs::write(folder.join("a.onr"), "# nothing\n").unwrap();
    std::os::unix::fs::symlink(&folder, folder.join("again")).unwrap();
    std::os::unix::fs::symlink(folder.join("nowhere"), folder.join("gone.onr")).unwrap();
    let ran = run_in(&folder, &["check", "."], b"");
    has(&ran, 2, &["no file or folder gone.onr"]);
    std::fs::remove_file(folder.join("gone.onr")).unwrap();
    has(&run_in(&folder, &["check", "."], b""), 0, &["1 file,"]);
}

#[test]
fn a_bundle_of_more_than_64_mebibytes() {
    let folder = folder("large");
    let comment = format!("# {}\n", "x".repeat(1_000_000));
    for file in 0..68 {
        std::fs::write(folder.join(format!("{file}.onr")), &comment).unwrap();
    }
    has(&run_in(&folder, &["check", "."], b""), 2, &["more than 64 MiB", "name fewer"]);
    std::fs::remove_dir_all(Path::new(&folder)).unwrap();
}
