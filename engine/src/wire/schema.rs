//! JSON Schema 2020-12 of the JSON forms, generated from them.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

use super::decision::DecisionForm;
use super::form::ContextForm;

/// The schema of a call, `onrecord.context/1`.
#[must_use]
pub fn context() -> String {
    written::<ContextForm<'_>>(SchemaSettings::draft2020_12().for_deserialize(), "onrecord.context/1")
}

/// The schema of a decision, `onrecord.decision/1`.
#[must_use]
pub fn decision() -> String {
    written::<DecisionForm<'_>>(SchemaSettings::draft2020_12().for_serialize(), "onrecord.decision/1")
}

fn written<T: JsonSchema>(settings: SchemaSettings, title: &str) -> String {
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}
