//! One error type for everything: what happened, why, and what to do about it.

use std::ffi::CStr;
use std::fmt;
use std::time::Duration;

/// The result of every fallible operation of this library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Declares [`Status`] once: number, name and meaning stay together and cannot drift apart.
macro_rules! statuses {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal;)+) => {
        /// What kind of failure an [`Error`] is. Numbers are stable and never reused.
        ///
        /// Ranges: -1 … -99 use of the library, -100 … -199 tokens, -200 … -299 network and
        /// service replies, -300 … -399 meetings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum Status {
            $($(#[$doc])* $variant = $number,)+
        }

        impl Status {
            /// Every status, in the order of declaration.
            pub const ALL: &[Status] = &[$(Status::$variant,)+];

            /// The number used in C: negative.
            #[must_use]
            pub const fn code(self) -> i32 {
                self as i32
            }

            /// The stable name, e.g. `TOKEN_EXPIRED`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Status::$variant => $name,)+
                }
            }

            /// The same for C.
            pub(crate) const fn c_name(self) -> &'static CStr {
                match self {
                    $(Status::$variant => const { c_text(concat!($name, "\0")) },)+
                }
            }
        }
    };
}

const fn c_text(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("one NUL, at the end"),
    }
}

statuses! {
    /// A required pointer was NULL.
    NullPointer = -1, "NULL_POINTER";
    /// A handle is stale, was freed already, or is of another type.
    InvalidHandle = -2, "INVALID_HANDLE";
    /// An argument has a value that is not allowed.
    InvalidArgument = -3, "INVALID_ARGUMENT";
    /// A text is not valid UTF-8.
    InvalidUtf8 = -4, "INVALID_UTF8";
    /// The object is in a state that does not allow the call.
    InvalidState = -5, "INVALID_STATE";
    /// This build or version cannot do it.
    Unsupported = -6, "UNSUPPORTED";
    /// A blocking call from inside a callback: it would wait for itself.
    WouldDeadlock = -7, "WOULD_DEADLOCK";
    /// The process was forked; the child has no running library.
    Forked = -8, "FORKED";
    /// A defect of the library was caught at its boundary.
    Panic = -9, "PANIC";
    /// The deadline passed.
    Timeout = -10, "TIMEOUT";
    /// The operation was cancelled.
    Cancelled = -11, "CANCELLED";
    /// The library was shut down while the operation was running.
    Shutdown = -12, "SHUTDOWN";
    /// Header and library disagree about the ABI.
    AbiMismatch = -13, "ABI_MISMATCH";
    /// Threads, handles or descriptors are used up.
    ResourceExhausted = -14, "RESOURCE_EXHAUSTED";
    /// No token: neither the options nor `config` gave one.
    NotConfigured = -15, "NOT_CONFIGURED";

    /// The token is not a token of this service.
    TokenMalformed = -100, "TOKEN_MALFORMED";
    /// The token's life is over.
    TokenExpired = -101, "TOKEN_EXPIRED";
    /// The token is not valid yet.
    TokenNotYetValid = -102, "TOKEN_NOT_YET_VALID";
    /// The token's permissions contradict each other (service number 4008).
    TokenPermissions = -103, "TOKEN_PERMISSIONS";
    /// The token is for another room (service number 4022).
    TokenRoomMismatch = -104, "TOKEN_ROOM_MISMATCH";
    /// The token is for another participant (service number 4023).
    TokenParticipantMismatch = -105, "TOKEN_PARTICIPANT_MISMATCH";
    /// The token's roles do not allow this use (service number 4024).
    TokenRole = -106, "TOKEN_ROLE";
    /// The token server answered, but with no token in its reply.
    TokenServerReply = -107, "TOKEN_SERVER_REPLY";

    /// The host name could not be resolved.
    NetworkDns = -200, "NETWORK_DNS";
    /// No connection could be made.
    NetworkConnect = -201, "NETWORK_CONNECT";
    /// The TLS handshake failed.
    NetworkTls = -202, "NETWORK_TLS";
    /// The proxy refused or failed.
    NetworkProxy = -203, "NETWORK_PROXY";
    /// The connection broke during the exchange.
    NetworkBroken = -204, "NETWORK_BROKEN";
    /// Plain `http` or `ws` to a host that is not this machine.
    NetworkInsecure = -205, "NETWORK_INSECURE";
    /// The reply is not what the protocol promises.
    InvalidResponse = -220, "INVALID_RESPONSE";
    /// The reply is larger than the library accepts.
    ResponseTooLarge = -221, "RESPONSE_TOO_LARGE";
    /// The server answered with a redirect; redirects are never followed.
    Redirect = -222, "REDIRECT";
    /// HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
    BadRequest = -230, "BAD_REQUEST";
    /// HTTP 401: the token was refused.
    Unauthorized = -231, "UNAUTHORIZED";
    /// HTTP 403: the token's rights do not cover this.
    Forbidden = -232, "FORBIDDEN";
    /// HTTP 404, and 402, which this service uses for the same.
    NotFound = -233, "NOT_FOUND";
    /// HTTP 409: it exists already, or contradicts what exists.
    Conflict = -234, "CONFLICT";
    /// HTTP 429: too many requests.
    RateLimited = -235, "RATE_LIMITED";
    /// HTTP 5xx: the service failed.
    ServerError = -236, "SERVER_ERROR";

    /// The connection to the meeting was lost.
    ConnectionLost = -300, "CONNECTION_LOST";
    /// Somebody in the room decided not to let this participant in.
    EntryDenied = -301, "ENTRY_DENIED";
    /// The participant was removed from the meeting.
    Removed = -302, "REMOVED";
    /// The meeting was ended for everybody.
    MeetingEnded = -303, "MEETING_ENDED";
    /// Somebody joined with the same participant id.
    DuplicateParticipant = -304, "DUPLICATE_PARTICIPANT";
    /// A limit of the room or the account is reached, e.g. the number of participants.
    LimitReached = -305, "LIMIT_REACHED";
    /// The service refused a request; its own number says why.
    Refused = -306, "REFUSED";
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A failure, told for a person: status, message, remedy, and what the service said.
///
/// No field ever holds a secret: whatever comes from outside goes through
/// [`Redactor`](crate::redact::Redactor) before it is put in here.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    // Boxed: a `Result` stays as small as its success value on every path that works.
    details: Box<Details>,
}

#[derive(Clone, PartialEq, Eq)]
struct Details {
    status: Status,
    message: String,
    remedy: String,
    operation: String,
    http_status: Option<u16>,
    service_code: Option<i32>,
    service_text: Option<String>,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    retryable: bool,
}

impl Error {
    /// An error with what happened (`message`) and what to do about it (`remedy`).
    ///
    /// Both are English sentences; `message` names the cause with the values at hand.
    #[must_use]
    pub fn new(status: Status, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            details: Box::new(Details {
                status,
                message: message.into(),
                remedy: remedy.into(),
                operation: String::new(),
                http_status: None,
                service_code: None,
                service_text: None,
                request_id: None,
                retry_after: None,
                retryable: matches!(
                    status,
                    Status::Timeout
                        | Status::NetworkDns
                        | Status::NetworkConnect
                        | Status::NetworkBroken
                        | Status::RateLimited
                        | Status::ServerError
                        | Status::ConnectionLost
                ),
            }),
        }
    }

    /// Names the operation during which it happened, e.g. `create_room`; the first name stays.
    #[must_use]
    pub fn during(mut self, operation: &str) -> Self {
        if self.details.operation.is_empty() {
            self.details.operation = operation.to_owned();
        }
        self
    }

    /// Adds the HTTP status of the reply.
    #[must_use]
    pub fn with_http_status(mut self, status: u16) -> Self {
        self.details.http_status = Some(status);
        self
    }

    /// Adds the service's own error number, e.g. 4002.
    #[must_use]
    pub fn with_service_code(mut self, code: i32) -> Self {
        self.details.service_code = Some(code);
        self
    }

    /// Adds the service's own words, already redacted.
    #[must_use]
    pub fn with_service_text(mut self, text: impl Into<String>) -> Self {
        self.details.service_text = Some(text.into());
        self
    }

    /// Adds the id under which the service logged the request.
    #[must_use]
    pub fn with_request_id(mut self, id: impl Into<String>) -> Self {
        self.details.request_id = Some(id.into());
        self
    }

    /// Adds how long the service asks to wait before the next try.
    #[must_use]
    pub fn with_retry_after(mut self, wait: Duration) -> Self {
        self.details.retry_after = Some(wait);
        self
    }

    /// Another status, and what to do about it, for the same failure.
    #[must_use]
    pub(crate) fn with_status(mut self, status: Status, remedy: &str) -> Self {
        self.details.status = status;
        self.details.remedy = remedy.to_owned();
        self
    }

    /// Overrides whether the same call can succeed later without any change.
    #[must_use]
    pub fn with_retryable(mut self, retryable: bool) -> Self {
        self.details.retryable = retryable;
        self
    }

    /// The kind of failure.
    #[must_use]
    pub fn status(&self) -> Status {
        self.details.status
    }

    /// What happened and why, in English.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.details.message
    }

    /// What to do about it, in English.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.details.remedy
    }

    /// The operation during which it happened, e.g. `create_room`; empty when unknown.
    #[must_use]
    pub fn operation(&self) -> &str {
        &self.details.operation
    }

    /// The HTTP status of the reply, when there was one.
    #[must_use]
    pub fn http_status(&self) -> Option<u16> {
        self.details.http_status
    }

    /// The service's own error number (e.g. 4002), when it gave one or one is documented.
    #[must_use]
    pub fn service_code(&self) -> Option<i32> {
        self.details.service_code
    }

    /// The service's own words, redacted, when there were any.
    #[must_use]
    pub fn service_text(&self) -> Option<&str> {
        self.details.service_text.as_deref()
    }

    /// The id under which the service logged the request: give it to its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.details.request_id.as_deref()
    }

    /// How long the service asked to wait before the next try.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.details.retry_after
    }

    /// Whether the same call can succeed later without any change, and may be made again: not so
    /// for a creation that may have been carried out in spite of the failure.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.details.retryable
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let details = &self.details;
        if !details.operation.is_empty() {
            write!(f, "{}: ", details.operation)?;
        }
        write!(f, "{} [{}", details.message, details.status)?;
        if let Some(http) = details.http_status {
            write!(f, ", HTTP {http}")?;
        }
        if let Some(code) = details.service_code {
            write!(f, ", service number {code}")?;
        }
        f.write_str("]")?;
        if !details.remedy.is_empty() {
            write!(f, ". {}", details.remedy)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_and_names_are_unique_and_negative() {
        let numbers: HashSet<i32> = Status::ALL.iter().map(|status| status.code()).collect();
        let names: HashSet<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        assert_eq!(numbers.len(), Status::ALL.len());
        assert_eq!(names.len(), Status::ALL.len());
        assert!(numbers.iter().all(|number| *number < 0));
    }

    #[test]
    fn display_tells_operation_cause_numbers_and_remedy() {
        let error = Error::new(Status::NotFound, "no room `a`", "Check the id.")
            .with_http_status(402)
            .with_service_code(4003)
            .during("room_get")
            .during("outer");
        assert_eq!(
            error.to_string(),
            "room_get: no room `a` [NOT_FOUND, HTTP 402, service number 4003]. Check the id."
        );
    }

    #[test]
    fn only_passing_faults_are_retryable() {
        assert!(Error::new(Status::RateLimited, "", "").is_retryable());
        assert!(!Error::new(Status::Unauthorized, "", "").is_retryable());
        assert!(
            !Error::new(Status::Timeout, "", "")
                .with_retryable(false)
                .is_retryable()
        );
    }
}
