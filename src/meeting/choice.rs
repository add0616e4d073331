//! Settings with a fixed set of values, each with its number in C and its name on the wire.

use crate::redact::shown;
use crate::{Error, Result, Status};

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

            /// The name that the service uses.
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
            /// [`Status::InvalidArgument`], naming the numbers there are.
            pub fn from_number(number: i32) -> Result<Self> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|choice| *choice as i32 == number)
                    .ok_or_else(|| unknown($what, &number.to_string(), &[$(concat!($number, " (", $wire, ")"),)+]))
            }

            /// The value with that name, as the service writes it.
            ///
            /// # Errors
            ///
            /// [`Status::InvalidArgument`], naming the names there are.
            pub fn from_name(name: &str) -> Result<Self> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|choice| choice.name() == name)
                    .ok_or_else(|| unknown($what, &shown(name), &[$($wire,)+]))
            }
        }
    };
}

fn unknown(what: &str, given: &str, known: &[&str]) -> Error {
    Error::new(
        Status::InvalidArgument,
        format!("{given} is no {what}"),
        format!("Use one of: {}.", known.join(", ")),
    )
}

choice! {
    /// What a participant does with media.
    Mode, "mode" {
        /// Sends and receives.
        SendAndReceive = 1, "SEND_AND_RECV";
        /// Receives only.
        ReceiveOnly = 2, "RECV_ONLY";
        /// Neither: events, messages and moderation only.
        SignallingOnly = 3, "SIGNALLING_ONLY";
    }
}

choice! {
    /// How media travels.
    PreferredProtocol, "preferred protocol" {
        /// UDP, or TCP where UDP does not get through.
        UdpOverTcp = 1, "UDP_OVER_TCP";
        /// UDP only.
        UdpOnly = 2, "UDP_ONLY";
        /// TCP only.
        TcpOnly = 3, "TCP_ONLY";
    }
}

choice! {
    /// The largest picture that the camera publishes.
    MaxResolution, "resolution" {
        /// 1280 x 720.
        Hd = 1, "hd";
        /// 640 x 360.
        Sd = 2, "sd";
    }
}

choice! {
    /// The codec of published audio.
    AudioCodec, "audio codec" {
        /// Opus, the service's default.
        Opus = 1, "opus";
        /// G.711 µ-law.
        Pcmu = 2, "pcmu";
        /// G.711 A-law.
        Pcma = 3, "pcma";
        /// G.722.
        G722 = 4, "g722";
    }
}

choice! {
    /// What kind of participant this is.
    PeerType, "peer type" {
        /// A person or an ordinary program.
        Normal = 1, "normal";
        /// An AI agent; others see it as one.
        Agent = 2, "agent";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_find_their_value_and_only_it() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_number(*mode as i32).unwrap(), *mode);
            assert_eq!(Mode::from_name(mode.name()).unwrap(), *mode);
        }
        let error = Mode::from_number(9).unwrap_err();
        assert_eq!(error.message(), "9 is no mode");
        assert_eq!(
            error.remedy(),
            "Use one of: 1 (SEND_AND_RECV), 2 (RECV_ONLY), 3 (SIGNALLING_ONLY)."
        );
        assert!(PreferredProtocol::from_name("udp_only").is_err());
    }
}
