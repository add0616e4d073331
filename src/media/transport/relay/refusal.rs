//! Why a TURN server relays nothing: the client's library keeps the reason to itself.

use turn_client_proto::types::message::ALLOCATE;
use turn_client_proto::types::stun::attribute::ErrorCode;
use turn_client_proto::types::stun::message::Message;

/// Looks at what the server answers.
#[derive(Default)]
pub(super) struct Refusals {
    /// The first request has no credentials: the server has to say for what they are made.
    was_asked_for_credentials: bool,
}

impl Refusals {
    /// The reason, if that message refuses an allocation for good.
    pub(super) fn look_at(&mut self, message: &[u8]) -> Option<String> {
        let message = Message::from_bytes(message).ok()?;
        if !message.is_response() || message.method() != ALLOCATE {
            return None;
        }
        let code = message.attribute::<ErrorCode>().ok()?.code();
        let reason = match code {
            ErrorCode::UNAUTHORIZED if !self.was_asked_for_credentials => {
                self.was_asked_for_credentials = true;
                return None;
            }
            // The request is repeated with the new nonce.
            ErrorCode::STALE_NONCE => return None,
            ErrorCode::UNAUTHORIZED => "it does not accept the credentials",
            ErrorCode::FORBIDDEN => "it forbids to relay",
            ErrorCode::ALLOCATION_QUOTA_REACHED => "the quota of these credentials is used up",
            ErrorCode::INSUFFICIENT_CAPACITY => "it has no capacity left",
            _ => "it refuses to relay",
        };
        Some(format!("{reason} ({code})"))
    }
}

#[cfg(test)]
mod tests {
    use turn_client_proto::types::stun::message::{
        Message, MessageType, MessageWrite, MessageWriteExt, MessageWriteVec,
    };
    use turn_client_proto::types::stun::message::{MessageClass, TransactionId};

    use super::*;

    fn refusal(code: u16) -> Vec<u8> {
        let kind = MessageType::from_class_method(MessageClass::Error, ALLOCATE);
        let id = TransactionId::generate();
        let mut message = Message::builder(kind, id, MessageWriteVec::new());
        let attribute = ErrorCode::builder(code).reason("no").build().unwrap();
        message.add_attribute(&attribute).unwrap();
        message.finish()
    }

    #[test]
    fn only_what_is_final_counts() {
        let mut refusals = Refusals::default();
        assert_eq!(refusals.look_at(&refusal(401)), None);
        assert_eq!(refusals.look_at(&refusal(438)), None);
        assert_eq!(refusals.look_at(b"\x40\x00\x00\x04data"), None);
        let reason = refusals.look_at(&refusal(401)).expect("it is final");
        assert!(reason.contains("credentials (401)"), "{reason}");
    }

    #[test]
    fn every_code_has_a_reason() {
        for (code, words) in [
            (403, "forbids"),
            (486, "quota"),
            (508, "capacity"),
            (500, "refuses"),
        ] {
            let reason = Refusals::default()
                .look_at(&refusal(code))
                .expect("it is final");
            assert!(
                reason.contains(words) && reason.contains(&code.to_string()),
                "{reason}"
            );
        }
    }
}
