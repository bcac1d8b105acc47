//! How often a decision allocates: `cargo bench -p onrecord --bench allocations`.

#![allow(
    missing_docs,
    dead_code,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a bench"
)]

mod calls;
mod load;
mod policy;

use std::hint::black_box;

use allocation_counter::measure;
use onrecord::context::Context;
use onrecord::evaluate::{Options, evaluate};
use onrecord::wire::context_json;

const CALLS: usize = 10_000;

fn main() {
    let (set, engine, options) = (load::load(0), load::engine(0), Options::default());
    let contexts: Vec<Context> = calls::facts(CALLS).iter().map(|call| calls::context(&set, call)).collect();
    let texts: Vec<String> = contexts.iter().map(|call| context_json(call, calls::at(), &set.tree)).collect();
    let prebuilt = measure(|| {
        for context in &contexts {
            black_box(evaluate(&set, black_box(context), &options, calls::at()));
        }
    });
    let from_json = measure(|| {
        for text in &texts {
            black_box(engine.decide_json(black_box(text)).is_ok());
        }
    });
    println!("{:<34} {:>12}", "", "allocations");
    for (what, counted) in [("prebuilt call, 60 rules", prebuilt), ("from JSON to JSON, 60 rules", from_json)] {
        println!("{what:<34} {:>12.1}", counted.count_total as f64 / CALLS as f64);
    }
}
