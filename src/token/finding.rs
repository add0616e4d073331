//! What can be wrong with a token: the table of findings.

use std::fmt;

use crate::error::{Error, Status};

/// How much a [`Finding`] matters; the numbers are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i32)]
pub enum Severity {
    /// Good to know; nothing needs to change.
    Notice = 1,
    /// It may work, but probably not as intended.
    Warning = 2,
    /// The service is certain to refuse this use.
    Error = 3,
}

impl Severity {
    /// The number used in C.
    #[must_use]
    pub const fn level(self) -> i32 {
        self as i32
    }

    /// The stable name: `error`, `warning` or `notice`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Notice => "notice",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Declares [`FindingCode`] once: number, name, status and service number cannot drift apart.
macro_rules! finding_codes {
    (@service) => { None };
    (@service $service:literal) => { Some($service) };
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $status:ident
        $(, $service:literal)?;)+) => {
        /// What a [`Finding`] is about. Numbers are stable and never reused.
        ///
        /// Ranges: 100 … 199 the text, 200 … 299 the three parts, 300 … 399 key, version and
        /// names of claims, 400 … 499 time, 500 … 599 permissions, 600 … 699 roles,
        /// 700 … 799 restriction to a room or participant.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        #[repr(i32)]
        pub enum FindingCode {
            $($(#[$doc])* $variant = $number,)+
        }

        impl FindingCode {
            /// Every code, in the order of declaration.
            pub const ALL: &[FindingCode] = &[$(FindingCode::$variant,)+];

            /// The number used in C.
            #[must_use]
            pub const fn code(self) -> i32 {
                self as i32
            }

            /// The stable name, e.g. `BEARER_PREFIX`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(FindingCode::$variant => $name,)+
                }
            }

            /// The status of the [`Error`] that this finding becomes when it is a hard one.
            #[must_use]
            pub const fn status(self) -> Status {
                match self {
                    $(FindingCode::$variant => Status::$status,)+
                }
            }

            /// The number under which the service refuses it, where one is documented.
            #[must_use]
            pub const fn service_code(self) -> Option<i32> {
                match self {
                    $(FindingCode::$variant => finding_codes!(@service $($service)?),)+
                }
            }
        }
    };
}

finding_codes! {
    /// There is no token in the text.
    Empty = 100, "EMPTY", TokenMalformed, 4002;
    /// The text is longer than any token.
    TooLong = 101, "TOO_LONG", TokenMalformed, 4002;
    /// `Bearer` stands before the token.
    BearerPrefix = 102, "BEARER_PREFIX", TokenMalformed, 4002;
    /// `Basic` stands before the token.
    BasicPrefix = 103, "BASIC_PREFIX", TokenMalformed, 4002;
    /// Quotes stand around the token.
    Quotes = 104, "QUOTES", TokenMalformed, 4002;
    /// White space stands around the token, often a line break at its end.
    WhiteSpaceAround = 105, "WHITE_SPACE_AROUND", TokenMalformed, 4002;
    /// White space stands inside the token.
    WhiteSpaceInside = 106, "WHITE_SPACE_INSIDE", TokenMalformed, 4002;
    /// The token is broken into lines.
    LineBreakInside = 107, "LINE_BREAK_INSIDE", TokenMalformed, 4002;
    /// The text is an API key, not a token.
    LooksLikeApiKey = 108, "LOOKS_LIKE_API_KEY", TokenMalformed, 4002;
    /// The text is an API secret, not a token.
    LooksLikeSecret = 109, "LOOKS_LIKE_SECRET", TokenMalformed, 4002;

    /// The text does not consist of three parts with dots between them.
    NotThreeParts = 200, "NOT_THREE_PARTS", TokenMalformed, 4002;
    /// The header or the payload is empty.
    PartEmpty = 201, "PART_EMPTY", TokenMalformed, 4002;
    /// The header is not base64url.
    HeaderNotBase64Url = 202, "HEADER_NOT_BASE64URL", TokenMalformed, 4002;
    /// The payload is not base64url.
    PayloadNotBase64Url = 203, "PAYLOAD_NOT_BASE64URL", TokenMalformed, 4002;
    /// The signature is not base64url.
    SignatureNotBase64Url = 204, "SIGNATURE_NOT_BASE64URL", TokenMalformed, 4002;
    /// A part is standard base64 (`+`, `/`, `=`) where base64url is needed.
    StandardBase64 = 205, "STANDARD_BASE64", TokenMalformed, 4002;
    /// The header is not JSON.
    HeaderNotJson = 206, "HEADER_NOT_JSON", TokenMalformed, 4002;
    /// The header is JSON, but not an object.
    HeaderNotObject = 207, "HEADER_NOT_OBJECT", TokenMalformed, 4002;
    /// The payload is not JSON.
    PayloadNotJson = 208, "PAYLOAD_NOT_JSON", TokenMalformed, 4002;
    /// The payload is JSON, but not an object.
    PayloadNotObject = 209, "PAYLOAD_NOT_OBJECT", TokenMalformed, 4002;
    /// The header does not say how the token is signed.
    AlgorithmMissing = 210, "ALGORITHM_MISSING", TokenMalformed, 4002;
    /// The token is signed in another way than HS256, or not at all.
    AlgorithmNotHs256 = 211, "ALGORITHM_NOT_HS256", TokenMalformed, 4002;
    /// The signature is empty.
    SignatureMissing = 212, "SIGNATURE_MISSING", TokenMalformed, 4002;
    /// The signature is not as long as HS256 makes it: the token was cut, or something was added.
    SignatureLength = 213, "SIGNATURE_LENGTH", TokenMalformed, 4002;

    /// The claim `apikey` is missing.
    ApiKeyMissing = 300, "API_KEY_MISSING", TokenMalformed, 4001;
    /// The claim `apikey` is written in another way, e.g. `apiKey`.
    ApiKeyMisspelt = 301, "API_KEY_MISSPELT", TokenMalformed, 4001;
    /// The claim `apikey` is empty.
    ApiKeyEmpty = 302, "API_KEY_EMPTY", TokenMalformed, 4001;
    /// The claim `apikey` is not text.
    ApiKeyNotText = 303, "API_KEY_NOT_TEXT", TokenMalformed, 4001;
    /// The claim `apikey` has white space in it.
    ApiKeyWhiteSpace = 304, "API_KEY_WHITE_SPACE", TokenMalformed, 4001;
    /// The claim `apikey` holds what looks like the API secret.
    ApiKeyLooksLikeSecret = 305, "API_KEY_LOOKS_LIKE_SECRET", TokenMalformed, 4001;
    /// The claim `version` is text; it has to be a number.
    VersionIsText = 310, "VERSION_IS_TEXT", TokenMalformed;
    /// The claim `version` is missing though other claims need it.
    VersionMissing = 311, "VERSION_MISSING", TokenMalformed;
    /// The claim `version` is something else than the number 2.
    VersionUnknown = 312, "VERSION_UNKNOWN", TokenMalformed;
    /// The claim `roomId` or `participantId` is not text.
    IdNotText = 320, "ID_NOT_TEXT", TokenMalformed;
    /// The claim `roomId` or `participantId` is empty.
    IdEmpty = 321, "ID_EMPTY", TokenMalformed;
    /// A claim is written in a way that the service does not read.
    ClaimMisspelt = 322, "CLAIM_MISSPELT", TokenMalformed;

    /// The token's life is over.
    Expired = 400, "EXPIRED", TokenExpired, 4002;
    /// The token is not valid yet.
    NotYetValid = 401, "NOT_YET_VALID", TokenNotYetValid, 4002;
    /// The token claims to be issued in the future.
    IssuedInFuture = 402, "ISSUED_IN_FUTURE", TokenNotYetValid;
    /// The token's life is over within a minute.
    ExpiresSoon = 403, "EXPIRES_SOON", TokenExpired;
    /// The token lives longer than seven days.
    LongLife = 404, "LONG_LIFE", TokenMalformed;
    /// The token never expires.
    NoExpiry = 405, "NO_EXPIRY", TokenMalformed;
    /// This machine's clock differs from the service's.
    ClockSkew = 406, "CLOCK_SKEW", TokenMalformed;
    /// A time is not a number.
    TimeNotNumber = 407, "TIME_NOT_NUMBER", TokenMalformed, 4002;
    /// A time has a fraction of a second.
    TimeFraction = 408, "TIME_FRACTION", TokenMalformed;
    /// A time is negative, or beyond the year 9999.
    TimeOutOfRange = 409, "TIME_OUT_OF_RANGE", TokenMalformed, 4002;
    /// A time is given in milliseconds; it has to be in seconds.
    TimeInMilliseconds = 410, "TIME_IN_MILLISECONDS", TokenMalformed, 4002;
    /// The token expires no later than it was issued.
    NoLife = 411, "NO_LIFE", TokenExpired;

    /// The claim `permissions` is missing, which means full rights.
    PermissionsMissing = 500, "PERMISSIONS_MISSING", TokenPermissions;
    /// The claim `permissions` is empty, which means full rights.
    PermissionsEmpty = 501, "PERMISSIONS_EMPTY", TokenPermissions;
    /// The claim `permissions` is not an array.
    PermissionsNotArray = 502, "PERMISSIONS_NOT_ARRAY", TokenPermissions;
    /// An entry of `permissions` is not text.
    PermissionNotText = 503, "PERMISSION_NOT_TEXT", TokenPermissions;
    /// An entry of `permissions` is none that the service knows.
    PermissionUnknown = 504, "PERMISSION_UNKNOWN", TokenPermissions;
    /// `ask_join` stands beside other permissions.
    AskJoinMixed = 505, "ASK_JOIN_MIXED", TokenPermissions, 4008;
    /// No permission admits the holder to a meeting, e.g. `allow_mod` alone.
    NoJoinPermission = 506, "NO_JOIN_PERMISSION", TokenPermissions;

    /// The claim `roles` is not an array.
    RolesNotArray = 600, "ROLES_NOT_ARRAY", TokenRole;
    /// The claim `roles` is empty.
    RolesEmpty = 601, "ROLES_EMPTY", TokenRole;
    /// An entry of `roles` is not text.
    RoleNotText = 602, "ROLE_NOT_TEXT", TokenRole;
    /// An entry of `roles` is none that the service knows.
    RoleUnknown = 603, "ROLE_UNKNOWN", TokenRole;
    /// The roles allow the REST API only, not joining.
    RoleCannotJoin = 604, "ROLE_CANNOT_JOIN", TokenRole, 4024;
    /// The roles allow joining only, not the REST API.
    RoleCannotUseRest = 605, "ROLE_CANNOT_USE_REST", TokenRole;

    /// The token is for another room.
    RoomMismatch = 700, "ROOM_MISMATCH", TokenRoomMismatch, 4022;
    /// The token is for another participant.
    ParticipantMismatch = 701, "PARTICIPANT_MISMATCH", TokenParticipantMismatch, 4023;
    /// The token is for one participant id, and the caller named none.
    ParticipantIdNotGiven = 702, "PARTICIPANT_ID_NOT_GIVEN", TokenParticipantMismatch;
}

impl fmt::Display for FindingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One thing worth knowing about a token: what it is, and what to do about it.
///
/// Neither text ever holds the token, its signature, or anything shaped like a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// What it is about.
    pub code: FindingCode,
    /// How much it matters for the use that was asked about.
    pub severity: Severity,
    /// What is the case, in English, with the values at hand; no full stop at its end.
    pub explanation: String,
    /// What to do about it, in English sentences.
    pub remedy: String,
    /// The number under which the service refuses it, where one is documented.
    pub service_code: Option<i32>,
}

impl Finding {
    pub(super) fn new(
        code: FindingCode,
        severity: Severity,
        explanation: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            explanation: explanation.into(),
            remedy: remedy.into(),
            service_code: code.service_code(),
        }
    }

    /// Whether the service is certain to refuse the token because of this.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The same as an [`Error`], for callers that stop here.
    #[must_use]
    pub fn to_error(&self) -> Error {
        let error = Error::new(self.code.status(), &*self.explanation, &*self.remedy);
        match self.service_code {
            Some(code) => error.with_service_code(code),
            None => error,
        }
    }
}
