//! `onrecord schema`: the forms of a call and of a decision, as JSON Schema.

use clap::{Args, ValueEnum};
use onrecord::wire::schema;

use crate::exit::Exit;
use crate::screen;
use crate::trouble::Trouble;

/// Print the form of a call or of a decision, as JSON Schema 2020-12
#[derive(Args, Debug)]
pub struct Schema {
    /// Which form
    #[arg(value_enum)]
    form: Form,
}

/// A JSON form.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    /// What `decide --call` reads
    Context,
    /// What `decide --json` prints
    Decision,
}

impl Schema {
    /// Runs the verb.
    pub fn run(&self) -> Result<Exit, Trouble> {
        let schema = match self.form {
            Form::Context => schema::context(),
            Form::Decision => schema::decision(),
        };
        screen::print(&format!("{}\n", schema.trim_end()));
        Ok(Exit::Fine)
    }
}
