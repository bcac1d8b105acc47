//! The story that the recorder of `engine/examples` tells on the shipped policies.

#[path = "../../engine/examples/recorder.rs"]
mod recorder;

#[test]
fn the_recorder_tells_the_story_of_a_call() {
    insta::assert_snapshot!(recorder::story().unwrap());
}
