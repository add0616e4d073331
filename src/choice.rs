//! How enumerations are declared whose values have a number in C and a name.
#![forbid(unsafe_code)]

use crate::{Error, Status};

macro_rules! choice {
    (
        $(#[$doc:meta])* $name:ident, $what:literal {
            $($(#[$variant_doc:meta])* $variant:ident = $number:literal, $wire:literal;)+
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum $name {
            $($(#[$variant_doc])* $variant = $number,)+
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// Its name; for settings the one that the service uses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $($name::$variant => $wire,)+
                }
            }

            /// The value with that number.
            ///
            /// # Errors
            ///
            /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the numbers there are.
            pub fn from_number(number: i32) -> $crate::Result<Self> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|choice| *choice as i32 == number)
                    .ok_or_else(|| $crate::choice::unknown($what, &number.to_string(), &[$(concat!($number, " (", $wire, ")"),)+]))
            }

            /// The value with that name.
            ///
            /// # Errors
            ///
            /// [`Status::InvalidArgument`](crate::Status::InvalidArgument), naming the names there are.
            pub fn from_name(name: &str) -> $crate::Result<Self> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|choice| choice.name() == name)
                    .ok_or_else(|| $crate::choice::unknown($what, &$crate::redact::shown(name), &[$($wire,)+]))
            }
        }
    };
}

pub(crate) use choice;

pub(crate) fn unknown(what: &str, given: &str, known: &[&str]) -> Error {
    Error::new(
        Status::InvalidArgument,
        format!("{given} is no {what}"),
        format!("Use one of: {}.", known.join(", ")),
    )
}
