//! The help pages, as the documentation shows them.

use crate::{root, run};

const VERBS: [&str; 8] = ["new", "check", "decide", "explain", "test", "fmt", "lsp", "schema"];

/// The page of the documentation is what `--help` prints. `UPDATE=1 cargo test` writes it.
#[test]
fn the_page_of_the_documentation_is_what_help_prints() {
    let page = root().join("docs/src/command.md");
    let mut text = String::from(
        "# The command\n\nThis page is what `onrecord --help` and `onrecord help VERB` print.\n\n```text\n",
    );
    text += &run(&["--help"]).out;
    text += "```\n";
    for verb in VERBS {
        let ran = run(&["help", verb]);
        assert_eq!(ran.code, 0, "{verb}: {}", ran.err);
        text += &format!("\n## onrecord {verb}\n\n```text\n{}```\n", ran.out);
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&page, &text).unwrap();
    }
    let shown = std::fs::read_to_string(&page).unwrap_or_default();
    assert_eq!(shown, text, "docs/src/command.md differs from --help: run the test again with UPDATE=1");
}

#[test]
fn arguments_that_make_no_sense_end_with_2_and_say_what_was_meant() {
    let ran = run(&["chek"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("check"), "{}", ran.err);
}
