//! The building blocks of the JSON forms: records, lists, texts and fixed words. Each is read twice over: by serde, fast and strict;
//! and, when serde refuses, by `Read`, which goes on after a mistake so that all of them are reported.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::error::{Errors, Path};
use super::json::Json;
use crate::nearest::nearest;

/// Reading on after a mistake: every mistake is recorded, and what cannot be read is left out.
pub trait Read<'j>: Sized {
    /// Reads a value.
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self>;
}

/// Says that a value has the wrong shape.
pub fn wrong<T>(json: &Json, at: &Path<'_>, errors: &mut Errors, wanted: &str) -> Option<T> {
    errors.push(at, format!("{} stands here", json.what()), Some(format!("write {wanted}")));
    None
}

impl<'j> Read<'j> for bool {
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
        match json {
            Json::Bool(value) => Some(*value),
            other => wrong(other, at, errors, "`true` or `false`"),
        }
    }
}

impl<'j> Read<'j> for Option<bool> {
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            Json::Bool(value) => Some(Some(*value)),
            other => wrong(other, at, errors, "`true`, `false` or `null`"),
        }
    }
}

impl<'j> Read<'j> for u32 {
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
        match json {
            Json::Whole(number) => {
                u32::try_from(*number).ok().or_else(|| wrong(json, at, errors, "a number below 4,294,967,296"))
            }
            other => wrong(other, at, errors, "a whole number"),
        }
    }
}

// ------------------------------------------------------------------------------------------------ texts

/// Declares a kind of text, with its JSON Schema.
macro_rules! texts {
    ($($(#[$meta:meta])* $name:ident $schema:tt)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name<'a>(pub Cow<'a, str>);

        impl Deref for $name<'_> {
            type Target = str;
            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl<'de: 'a, 'a> Deserialize<'de> for $name<'a> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(AnyText).map(Self)
            }
        }

        impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self)
            }
        }

        impl<'j> Read<'j> for $name<'j> {
            fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
                match json {
                    Json::Text(text) if !text.is_empty() => return Some(Self(Cow::Borrowed(text))),
                    Json::Text(_) => errors.push(at, "the text is empty", None),
                    other => wrong(other, at, errors, "a text in quotation marks").unwrap_or_default(),
                }
                Some(Self(Cow::Borrowed("")))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name<'_> {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn inline_schema() -> bool {
                true
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    )+};
}

texts! {
    /// A text that is not empty: a name or an identifier.
    Text { "type": "string", "minLength": 1 }
    /// An instant, RFC 3339 with an offset.
    InstantText { "type": "string", "format": "date-time" }
    /// A day, `YYYY-MM-DD`.
    DayText { "type": "string", "format": "date" }
    /// An ISO 3166-1 or 3166-2 code.
    RegionText { "type": "string", "pattern": "^[A-Z]{2}(-[A-Z0-9]{1,3})?$" }
    /// A BCP 47 language tag.
    LanguageText { "type": "string", "pattern": "^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$" }
}

struct AnyText;

impl<'de> Visitor<'de> for AnyText {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text that is not empty")
    }

    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        if text.is_empty() { Err(E::custom("an empty text")) } else { Ok(Cow::Borrowed(text)) }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        if text.is_empty() { Err(E::custom("an empty text")) } else { Ok(Cow::Owned(text.to_owned())) }
    }
}

// ------------------------------------------------------------------------------------------------ lists, named values

impl<'j, T: Read<'j>> Read<'j> for Vec<T> {
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
        match json {
            Json::List(list) => Some(
                list.iter().enumerate().filter_map(|(index, one)| T::read(one, &at.index(index), errors)).collect(),
            ),
            other => wrong(other, at, errors, "a list: `[…]`"),
        }
    }
}

/// Values by name, in the order in which they were written; each name once.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<'a, T>(pub Vec<(Cow<'a, str>, T)>);

impl<'de: 'a, 'a, T: Deserialize<'de>> Deserialize<'de> for Named<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
            type Value = Vec<(Cow<'de, str>, T)>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut found: Self::Value = Vec::new();
                while let Some((name, value)) = map.next_entry::<Text<'de>, T>()? {
                    if found.iter().any(|(known, _)| *known == name.0) {
                        return Err(de::Error::custom("a name that is written twice"));
                    }
                    found.push((name.0, value));
                }
                Ok(found)
            }
        }
        deserializer.deserialize_map(Entries(PhantomData)).map(Self)
    }
}

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        self.0.iter().try_for_each(|(name, value)| map.serialize_entry(name, value))?;
        map.end()
    }
}

impl<'j, T: Read<'j>> Read<'j> for Named<'j, T> {
    fn read(json: &'j Json, at: &Path<'_>, errors: &mut Errors) -> Option<Self> {
        let Json::Object(entries) = json else { return wrong(json, at, errors, "an object: `{…}`") };
        let mut found: Vec<(Cow<'j, str>, T)> = Vec::new();
        for (name, value) in entries {
            if once(entries, name, at, errors) {
                found
                    .extend(T::read(value, &at.field(name), errors).map(|value| (Cow::Borrowed(name.as_str()), value)));
            }
        }
        Some(Self(found))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Named<'_, T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let value = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": value })
    }
}

/// Whether a key is written once; said of its first occurrence.
fn once(entries: &[(String, Json)], name: &str, at: &Path<'_>, errors: &mut Errors) -> bool {
    let once = entries.iter().filter(|(other, _)| other == name).count() == 1;
    if !once {
        errors.push(&at.field(name), format!("`{name}` is written twice"), Some("write it once".to_owned()));
    }
    once
}

// ------------------------------------------------------------------------------------------------ records, fixed words

/// The fields of an object that a record knows; those it does not know are reported, with the nearest that it does.
pub struct Fields<'j>(&'j [(String, Json)]);

impl<'j> Fields<'j> {
    /// The fields of an object.
    pub fn of(json: &'j Json, known: &[&'static str], what: &str, at: &Path<'_>, errors: &mut Errors) -> Self {
        let Json::Object(entries) = json else {
            return wrong(json, at, errors, what).unwrap_or(Self(&[]));
        };
        for (name, _) in entries {
            if known.contains(&name.as_str()) {
                once(entries, name, at, errors);
            } else {
                let help = match nearest(name, known.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("the fields here are {}", listed(known.iter().copied())),
                };
                errors.push(&at.field(name), format!("there is no field `{name}` here"), Some(help));
            }
        }
        Self(entries)
    }

    /// A field: `None` when it is absent, `null`, or wrong (which is recorded).
    pub fn get<T: Read<'j>>(&self, name: &str, at: &Path<'_>, errors: &mut Errors) -> Option<T> {
        let (_, value) = self.0.iter().find(|(other, _)| other == name)?;
        if *value == Json::Null { None } else { T::read(value, &at.field(name), errors) }
    }
}

/// Names in a sentence.
pub fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// Declares a record: an object whose fields may all be absent or `null` (what is required is asked for when names are resolved,
/// so that everything is reported together).
macro_rules! record {
    ($(#[$meta:meta])* $name:ident $what:literal { $($(#[$field_meta:meta])* $field:ident: $type:ty,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
        pub struct $name<'a> {
            $($(#[$field_meta])* #[serde(skip_serializing_if = "Option::is_none")] pub $field: Option<$type>,)+
        }

        impl<'a> $crate::wire::record::Read<'a> for $name<'a> {
            fn read(
                json: &'a $crate::wire::json::Json,
                at: &$crate::wire::error::Path<'_>,
                errors: &mut $crate::wire::error::Errors,
            ) -> Option<Self> {
                const KNOWN: &[&str] = &[$(stringify!($field)),+];
                let fields = $crate::wire::record::Fields::of(json, KNOWN, $what, at, errors);
                Some(Self { $($field: fields.get(stringify!($field), at, errors),)+ })
            }
        }
    };
}
pub(crate) use record;

/// Declares an enumeration of fixed words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$word_meta:meta])* $variant:ident $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $name {
            $($(#[$word_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// The word.
            #[allow(dead_code, reason = "not every enumeration is named in a message")]
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }

        impl<'j> $crate::wire::record::Read<'j> for $name {
            fn read(
                json: &'j $crate::wire::json::Json,
                at: &$crate::wire::error::Path<'_>,
                errors: &mut $crate::wire::error::Errors,
            ) -> Option<Self> {
                const WORDS: &[&str] = &[$($word),+];
                match json {
                    $($crate::wire::json::Json::Text(text) if text == $word => Some(Self::$variant),)+
                    $crate::wire::json::Json::Text(text) => {
                        let help = match $crate::nearest::nearest(text, WORDS.iter().copied()) {
                            Some(meant) => format!("did you mean `{meant}`?"),
                            None => format!("write one of {}", $crate::wire::record::listed(WORDS.iter().copied())),
                        };
                        errors.push(at, format!("`{text}` is not one of the words that may stand here"), Some(help));
                        None
                    }
                    other => $crate::wire::record::wrong(
                        other,
                        at,
                        errors,
                        &format!("one of {}", $crate::wire::record::listed(WORDS.iter().copied())),
                    ),
                }
            }
        }
    };
}
pub(crate) use words;
