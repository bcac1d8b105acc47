//! Values that may have several shapes in JSON: an act is a name or an object, a fact is almost anything.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::{Errors, Path};
use super::form::{PartlyForm, PhraseForm};
use super::json::Json;
use super::record::{Read, Text, wrong};

/// An act: its name, or more.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ActForm<'a> {
    /// Its name.
    Name(Text<'a>),
    /// More.
    Phrase(PhraseForm<'a>),
}

/// The least that is known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum AtLeastForm<'a> {
    /// So many years.
    Years(u32),
    /// These values.
    Values(Vec<Text<'a>>),
}

/// What is known of a fact; `null` is asked and not known.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum FactForm<'a> {
    /// Asked, and not known.
    Unknown(()),
    /// Yes or no.
    Flag(bool),
    /// A number of years.
    Years(u32),
    /// A value or a place.
    Value(Text<'a>),
    /// These together, no others.
    Values(Vec<Text<'a>>),
    /// Partly known.
    Partly(PartlyForm<'a>),
}

/// What a value is made from, by the shape that stands in the text; `None` for a shape that it does not have.
trait Shapes<'a>: Sized {
    /// What may stand there.
    const WANTED: &'static str;
    /// Whether an object may.
    const OBJECT: bool;
    /// The object.
    type Object: Deserialize<'a> + Read<'a>;
    fn object(object: Self::Object) -> Option<Self>;
    fn text(text: Text<'a>) -> Option<Self>;
    fn list(list: Vec<Text<'a>>) -> Option<Self>;
    fn years(years: u32) -> Option<Self>;
    fn flag(flag: bool) -> Option<Self>;
    fn null() -> Option<Self>;
    /// What stands for a value that could not be read, where its place in a list counts.
    fn placeholder() -> Option<Self> {
        None
    }
}

impl<'a> Shapes<'a> for ActForm<'a> {
    const WANTED: &'static str = "an act: its name, or an object `{\"act\": …}`";
    const OBJECT: bool = true;
    type Object = PhraseForm<'a>;
    fn object(object: PhraseForm<'a>) -> Option<Self> {
        Some(Self::Phrase(object))
    }
    fn text(text: Text<'a>) -> Option<Self> {
        Some(Self::Name(text))
    }
    fn placeholder() -> Option<Self> {
        Some(Self::Name(Text("".into())))
    }
    fn list(_: Vec<Text<'a>>) -> Option<Self> {
        None
    }
    fn years(_: u32) -> Option<Self> {
        None
    }
    fn flag(_: bool) -> Option<Self> {
        None
    }
    fn null() -> Option<Self> {
        None
    }
}

impl<'a> Shapes<'a> for AtLeastForm<'a> {
    const WANTED: &'static str = "a whole number of years, or a list of values";
    const OBJECT: bool = false;
    type Object = PartlyForm<'a>;
    fn object(_: PartlyForm<'a>) -> Option<Self> {
        None
    }
    fn text(_: Text<'a>) -> Option<Self> {
        None
    }
    fn list(list: Vec<Text<'a>>) -> Option<Self> {
        Some(Self::Values(list))
    }
    fn years(years: u32) -> Option<Self> {
        Some(Self::Years(years))
    }
    fn flag(_: bool) -> Option<Self> {
        None
    }
    fn null() -> Option<Self> {
        None
    }
}

impl<'a> Shapes<'a> for FactForm<'a> {
    const WANTED: &'static str = "what is known of the fact";
    const OBJECT: bool = true;
    type Object = PartlyForm<'a>;
    fn object(object: PartlyForm<'a>) -> Option<Self> {
        Some(Self::Partly(object))
    }
    fn text(text: Text<'a>) -> Option<Self> {
        Some(Self::Value(text))
    }
    fn list(list: Vec<Text<'a>>) -> Option<Self> {
        Some(Self::Values(list))
    }
    fn years(years: u32) -> Option<Self> {
        Some(Self::Years(years))
    }
    fn flag(flag: bool) -> Option<Self> {
        Some(Self::Flag(flag))
    }
    fn null() -> Option<Self> {
        Some(Self::Unknown(()))
    }
}

/// Reads by the shape that stands there.
struct Shape<T>(PhantomData<T>);

impl<'de, T: Shapes<'de>> Visitor<'de> for Shape<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::WANTED)
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        made(T::null())
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<T, E> {
        made(T::flag(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<T, E> {
        made(u32::try_from(value).ok().and_then(T::years))
    }

    fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<T, E> {
        made(if value.is_empty() { None } else { T::text(Text(value.into())) })
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<T, E> {
        made(if value.is_empty() { None } else { T::text(Text(value.to_owned().into())) })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        made(T::list(Vec::deserialize(SeqAccessDeserializer::new(seq))?))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        made(T::object(T::Object::deserialize(MapAccessDeserializer::new(map))?))
    }
}

fn made<T, E: de::Error>(value: Option<T>) -> Result<T, E> {
    value.ok_or_else(|| E::custom("a value of another shape"))
}

/// Reads on after a mistake, by the shape that stands there.
fn shaped<'j, T: Shapes<'j>>(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<T> {
    let found = match json {
        Json::Null => T::null(),
        Json::Bool(flag) => T::flag(*flag),
        Json::Whole(number) => u32::try_from(*number).ok().and_then(T::years),
        Json::Text(_) => Text::read(json, at, errors).and_then(T::text),
        Json::List(_) => Vec::read(json, at, errors).and_then(T::list),
        Json::Object(_) if T::OBJECT => T::Object::read(json, at, errors).and_then(T::object),
        Json::Number(_) => return wrong(json, at, errors, "a whole number"),
        Json::Object(_) => None,
    };
    found.or_else(|| wrong(json, at, errors, T::WANTED))
}

macro_rules! shaped {
    ($($name:ident)+) => {$(
        impl<'de: 'a, 'a> Deserialize<'de> for $name<'a> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Shape::<$name<'de>>(PhantomData))
            }
        }
        impl<'j> Read<'j> for $name<'j> {
            fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
                shaped(json, at, errors).or_else(Self::placeholder)
            }
        }
    )+};
}
shaped!(ActForm AtLeastForm FactForm);
