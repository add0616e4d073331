//! Reading JSON of the service by parts that know where they stand, so that an error can say it.

use serde_json::Value;

use crate::redact::shown;
use crate::{Error, Result, Status};

/// The longest text that is accepted, in bytes.
const MAX_TEXT_BYTES: usize = 1024;

/// A value in what the service sent, and the way to it, e.g. `rtpParameters.codecs[0].mimeType`.
pub(super) struct Part<'value> {
    path: String,
    value: &'value Value,
}

impl<'value> Part<'value> {
    /// The whole; `name` is what errors call it.
    pub(super) fn root(name: &str, value: &'value Value) -> Self {
        Self {
            path: name.to_owned(),
            value,
        }
    }

    /// A field, unless it is absent or null.
    pub(super) fn optional(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name)?;
        (!value.is_null()).then(|| Self {
            path: self.path_of(name),
            value,
        })
    }

    /// A field that must be there.
    pub(super) fn required(&self, name: &str) -> Result<Self> {
        self.optional(name)
            .ok_or_else(|| unreadable(format!("`{}` is missing", self.path_of(name))))
    }

    /// The parts of an array that has at most `limit` of them.
    pub(super) fn items(&self, limit: usize) -> Result<Vec<Self>> {
        let Value::Array(values) = self.value else {
            return Err(self.wrong("an array"));
        };
        if values.len() > limit {
            return Err(self.wrong(&format!("an array of at most {limit} elements")));
        }
        let item = |(index, value)| Self {
            path: format!("{}[{index}]", self.path),
            value,
        };
        Ok(values.iter().enumerate().map(item).collect())
    }

    /// The parts of an array field, none when it is absent.
    pub(super) fn optional_items(&self, name: &str, limit: usize) -> Result<Vec<Self>> {
        self.optional(name)
            .map_or_else(|| Ok(Vec::new()), |part| part.items(limit))
    }

    /// A text that is not too long.
    pub(super) fn text(&self) -> Result<&'value str> {
        match self.value.as_str() {
            Some(text) if text.len() <= MAX_TEXT_BYTES => Ok(text),
            Some(_) => Err(self.wrong(&format!("a text of at most {MAX_TEXT_BYTES} bytes"))),
            None => Err(self.wrong("a text")),
        }
    }

    /// A text with something in it.
    pub(super) fn non_empty_text(&self) -> Result<&'value str> {
        match self.text()? {
            "" => Err(self.wrong("a text that is not empty")),
            text => Ok(text),
        }
    }

    /// True or false.
    pub(super) fn flag(&self) -> Result<bool> {
        self.value
            .as_bool()
            .ok_or_else(|| self.wrong("true or false"))
    }

    /// A whole number from `least` to `most`.
    pub(super) fn number<T: TryFrom<u64>>(&self, least: u64, most: u64) -> Result<T> {
        self.value
            .as_u64()
            .filter(|number| (least..=most).contains(number))
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| self.wrong(&format!("a whole number from {least} to {most}")))
    }

    /// The value as it is, for what is only passed on or compared.
    pub(super) fn value(&self) -> &'value Value {
        self.value
    }

    /// The error for a value that is not `expected`; shows it when it is a short one.
    pub(super) fn wrong(&self, expected: &str) -> Error {
        let found = match self.value {
            Value::Array(_) | Value::Object(_) => String::new(),
            Value::String(text) => format!(": {}", shown(text)),
            other => format!(": {other}"),
        };
        unreadable(format!("`{}` is not {expected}{found}", self.path))
    }

    /// The error for a value that is well formed and makes no sense.
    pub(super) fn senseless(&self, reason: &str) -> Error {
        unreadable(format!("`{}` {reason}", self.path))
    }

    fn path_of(&self, name: &str) -> String {
        format!("{}.{name}", self.path)
    }
}

fn unreadable(message: String) -> Error {
    Error::new(
        Status::InvalidResponse,
        message,
        "Look for a newer version of the library; when there is none, report this message.",
    )
}
