//! What the service refused, in the one vocabulary (protocol, section 2.4).

use crate::http::presentable;
use crate::redact::Redactor;
use crate::signaling::Refusal;
use crate::{Error, Status};

/// The status for a number of the service; `None` for numbers without one of their own.
fn status(code: i32) -> Option<Status> {
    Some(match code {
        4001 | 4002 | 4053 | 401 => Status::Unauthorized,
        4003 | 4052 | 404 => Status::NotFound,
        4004 | 400 => Status::BadRequest,
        4005 => Status::DuplicateParticipant,
        4008 => Status::TokenPermissions,
        4006 | 4007 | 4021 | 4025 | 403 => Status::Forbidden,
        4009 | 4010 | 4026..=4030 | 4041 => Status::LimitReached,
        4022 => Status::TokenRoomMismatch,
        4023 => Status::TokenParticipantMismatch,
        4024 => Status::TokenRole,
        5000 => Status::ServerError,
        _ => return None,
    })
}

fn remedy(status: Status) -> &'static str {
    match status {
        Status::Unauthorized => {
            "Hand in a token that has not expired, signed with the secret of its API key, with vsdk_meeting_set_token(), and join again."
        }
        Status::NotFound => {
            "Check the meeting id, and that the token belongs to the account that made the room."
        }
        Status::BadRequest => "Correct what the service names.",
        Status::DuplicateParticipant => "Join with another participant id, or with none.",
        Status::TokenPermissions => {
            "Use a token with allow_join or with ask_join, not with both, and with allow_mod for moderation."
        }
        Status::Forbidden => "Use a token whose permissions cover this.",
        Status::LimitReached => {
            "Try again when somebody has left, or raise the limits of the room or the account."
        }
        Status::TokenRoomMismatch => "Use a token for this room, or one without a room.",
        Status::TokenParticipantMismatch => {
            "Use a token for this participant id, or one without a participant id; a room may list who is allowed, too."
        }
        Status::TokenRole => "Use a token whose roles include `rtc`, or one without roles.",
        Status::ServerError => "Try again in a moment.",
        _ => "Look the service's number up; its text says more where there is one.",
    }
}

/// The error for a request that was not carried out; `goal` follows "Could not", and the redactor
/// knows what was secret in the request.
pub(super) fn error(goal: &str, refusal: &Refusal, redactor: &Redactor) -> Error {
    let status = refusal.code.and_then(status).unwrap_or(Status::Refused);
    let text = refusal
        .reason
        .as_deref()
        .and_then(|text| presentable(text, redactor));
    let number = refusal
        .code
        .map_or_else(String::new, |code| format!(" with the number {code}"));
    let words = match &text {
        Some(text) => format!(": \u{201c}{text}\u{201d}"),
        None => " and gave no reason".to_owned(),
    };
    let message = format!("Could not {goal}: the service refused it{number}{words}");
    let mut error = Error::new(status, message, remedy(status));
    if let Some(code) = refusal.code {
        error = error.with_service_code(code);
    }
    if let Some(text) = text {
        error = error.with_service_text(text);
    }
    error
}

/// A refusal that came by HTTP, with the status of its number where that says more. What was not
/// found is the meeting, whatever else calls by HTTP look for.
pub(super) fn refined(error: Error) -> Error {
    let status = error.service_code().and_then(status);
    match status.unwrap_or(error.status()) {
        Status::NotFound => error.with_status(Status::NotFound, remedy(Status::NotFound)),
        status if status != error.status() => error.with_status(status, remedy(status)),
        _ => error,
    }
}

/// Whether connecting anew cannot help: neither time nor a fresh token changes it.
pub(super) fn is_definite(error: &Error) -> bool {
    matches!(
        error.status(),
        Status::NotFound
            | Status::Forbidden
            | Status::BadRequest
            | Status::TokenPermissions
            | Status::TokenRoomMismatch
            | Status::TokenParticipantMismatch
            | Status::TokenRole
            | Status::EntryDenied
            | Status::Removed
            | Status::MeetingEnded
            | Status::DuplicateParticipant
            | Status::NetworkInsecure
            | Status::TokenMalformed
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_keeps_number_and_text_and_gets_a_status() {
        let refusal = |code, reason: Option<&str>| {
            let reason = reason.map(str::to_owned);
            let refusal = Refusal { code, reason };
            error("join the meeting", &refusal, &Redactor::new())
        };
        let full = refusal(Some(4009), Some("The room is full"));
        assert_eq!(full.status(), Status::LimitReached);
        assert_eq!(full.service_code(), Some(4009));
        assert_eq!(full.service_text(), Some("The room is full"));
        assert_eq!(
            full.message(),
            "Could not join the meeting: the service refused it with the number 4009: \u{201c}The room is full\u{201d}"
        );
        let silent = refusal(None, None);
        assert_eq!(silent.status(), Status::Refused);
        assert!(silent.message().ends_with("refused it and gave no reason"));
        let telling = refusal(Some(4123), Some("secret=hunter22"));
        assert!(!telling.to_string().contains("hunter22"), "{telling}");
    }

    #[test]
    fn each_number_has_its_status_and_a_remedy_of_its_own() {
        use Status::*;
        let known = [
            (400, BadRequest),
            (401, Unauthorized),
            (403, Forbidden),
            (404, NotFound),
            (4001, Unauthorized),
            (4002, Unauthorized),
            (4003, NotFound),
            (4004, BadRequest),
            (4005, DuplicateParticipant),
            (4006, Forbidden),
            (4007, Forbidden),
            (4008, TokenPermissions),
            (4009, LimitReached),
            (4010, LimitReached),
            (4021, Forbidden),
            (4022, TokenRoomMismatch),
            (4023, TokenParticipantMismatch),
            (4024, TokenRole),
            (4025, Forbidden),
            (4026, LimitReached),
            (4027, LimitReached),
            (4028, LimitReached),
            (4029, LimitReached),
            (4030, LimitReached),
            (4041, LimitReached),
            (4052, NotFound),
            (4053, Unauthorized),
            (5000, ServerError),
        ];
        let unknown = remedy(Refused);
        for number in (0..10_000).chain([-1, i32::MIN, i32::MAX]) {
            let expected = known.iter().find(|(known, _)| *known == number);
            let expected = expected.map(|(_, status)| *status);
            assert_eq!(status(number), expected, "{number}");
            let (code, reason) = (Some(number), None);
            let told = error("x", &Refusal { code, reason }, &Redactor::new());
            assert_eq!(told.status(), expected.unwrap_or(Refused), "{number}");
            assert_eq!(told.service_code(), Some(number));
            assert_eq!(told.remedy() == unknown, expected.is_none(), "{number}");
        }
    }

    #[test]
    fn the_number_says_more_than_the_http_status() {
        let by_http = Error::new(Status::Forbidden, "m", "r").with_service_code(4022);
        assert_eq!(refined(by_http).status(), Status::TokenRoomMismatch);
        let without = Error::new(Status::Forbidden, "m", "r");
        assert_eq!(refined(without.clone()), without);
    }

    #[test]
    fn a_meeting_that_was_not_found_is_told_in_the_words_of_joining() {
        for number in [None, Some(4003)] {
            let mut error = Error::new(Status::NotFound, "m", "Look at the custom room id.");
            if let Some(number) = number {
                error = error.with_service_code(number);
            }
            let refined = refined(error);
            assert_eq!(refined.status(), Status::NotFound);
            assert!(
                refined.remedy().starts_with("Check the meeting id"),
                "{refined}"
            );
        }
    }
}
