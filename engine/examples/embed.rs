//! The shortest way to embed the engine: texts in, a call in, a decision out. `cargo run --example embed < call.json`

#![allow(clippy::disallowed_methods, reason = "a service reads its policies")]

use std::{env, error::Error, fs, io};

use onrecord::engine::Engine;

fn main() -> Result<(), Box<dyn Error>> {
    let mut builder = Engine::builder();
    for path in env::args().skip(1) {
        builder = builder.source(path.clone(), fs::read_to_string(&path)?);
    }
    let engine = builder.build()?; // an error holds every finding; keep the engine: it is cheap to clone and shared between threads
    let call = io::read_to_string(io::stdin())?;
    match engine.decide_json(&call) {
        Ok(decision) => println!("{decision}"),
        Err(errors) => errors.iter().for_each(|error| eprintln!("line {}: {error}", error.line)), // no decision, so no permission
    }
    Ok(())
}
