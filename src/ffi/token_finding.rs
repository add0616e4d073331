//! Token findings: what the doctor can say about a token. docs/tokens.md explains each.

/// What a finding is about.
pub type VsdkTokenFinding = i32;
/// There is no token in the text.
pub const VSDK_TOKEN_FINDING_EMPTY: VsdkTokenFinding = 100;
/// The text is longer than any token.
pub const VSDK_TOKEN_FINDING_TOO_LONG: VsdkTokenFinding = 101;
/// `Bearer` stands before the token.
pub const VSDK_TOKEN_FINDING_BEARER_PREFIX: VsdkTokenFinding = 102;
/// `Basic` stands before the token.
pub const VSDK_TOKEN_FINDING_BASIC_PREFIX: VsdkTokenFinding = 103;
/// Quotes stand around the token.
pub const VSDK_TOKEN_FINDING_QUOTES: VsdkTokenFinding = 104;
/// White space stands around the token, often a line break at its end.
pub const VSDK_TOKEN_FINDING_WHITE_SPACE_AROUND: VsdkTokenFinding = 105;
/// White space stands inside the token.
pub const VSDK_TOKEN_FINDING_WHITE_SPACE_INSIDE: VsdkTokenFinding = 106;
/// The token is broken into lines.
pub const VSDK_TOKEN_FINDING_LINE_BREAK_INSIDE: VsdkTokenFinding = 107;
/// The text is an API key, not a token.
pub const VSDK_TOKEN_FINDING_LOOKS_LIKE_API_KEY: VsdkTokenFinding = 108;
/// The text is an API secret, not a token.
pub const VSDK_TOKEN_FINDING_LOOKS_LIKE_SECRET: VsdkTokenFinding = 109;
/// The text does not consist of three parts with dots between them.
pub const VSDK_TOKEN_FINDING_NOT_THREE_PARTS: VsdkTokenFinding = 200;
/// The header or the payload is empty.
pub const VSDK_TOKEN_FINDING_PART_EMPTY: VsdkTokenFinding = 201;
/// The header is not base64url.
pub const VSDK_TOKEN_FINDING_HEADER_NOT_BASE64URL: VsdkTokenFinding = 202;
/// The payload is not base64url.
pub const VSDK_TOKEN_FINDING_PAYLOAD_NOT_BASE64URL: VsdkTokenFinding = 203;
/// The signature is not base64url.
pub const VSDK_TOKEN_FINDING_SIGNATURE_NOT_BASE64URL: VsdkTokenFinding = 204;
/// A part is standard base64 (`+`, `/`, `=`) where base64url is needed.
pub const VSDK_TOKEN_FINDING_STANDARD_BASE64: VsdkTokenFinding = 205;
/// The header is not JSON.
pub const VSDK_TOKEN_FINDING_HEADER_NOT_JSON: VsdkTokenFinding = 206;
/// The header is JSON, but not an object.
pub const VSDK_TOKEN_FINDING_HEADER_NOT_OBJECT: VsdkTokenFinding = 207;
/// The payload is not JSON.
pub const VSDK_TOKEN_FINDING_PAYLOAD_NOT_JSON: VsdkTokenFinding = 208;
/// The payload is JSON, but not an object.
pub const VSDK_TOKEN_FINDING_PAYLOAD_NOT_OBJECT: VsdkTokenFinding = 209;
/// The header does not say how the token is signed.
pub const VSDK_TOKEN_FINDING_ALGORITHM_MISSING: VsdkTokenFinding = 210;
/// The token is signed in another way than HS256, or not at all.
pub const VSDK_TOKEN_FINDING_ALGORITHM_NOT_HS256: VsdkTokenFinding = 211;
/// The signature is empty.
pub const VSDK_TOKEN_FINDING_SIGNATURE_MISSING: VsdkTokenFinding = 212;
/// The signature is not as long as HS256 makes it: the token was cut, or something was added.
pub const VSDK_TOKEN_FINDING_SIGNATURE_LENGTH: VsdkTokenFinding = 213;
/// The claim `apikey` is missing.
pub const VSDK_TOKEN_FINDING_API_KEY_MISSING: VsdkTokenFinding = 300;
/// The claim `apikey` is written in another way, e.g. `apiKey`.
pub const VSDK_TOKEN_FINDING_API_KEY_MISSPELT: VsdkTokenFinding = 301;
/// The claim `apikey` is empty.
pub const VSDK_TOKEN_FINDING_API_KEY_EMPTY: VsdkTokenFinding = 302;
/// The claim `apikey` is not text.
pub const VSDK_TOKEN_FINDING_API_KEY_NOT_TEXT: VsdkTokenFinding = 303;
/// The claim `apikey` has white space in it.
pub const VSDK_TOKEN_FINDING_API_KEY_WHITE_SPACE: VsdkTokenFinding = 304;
/// The claim `apikey` holds what looks like the API secret.
pub const VSDK_TOKEN_FINDING_API_KEY_LOOKS_LIKE_SECRET: VsdkTokenFinding = 305;
/// The claim `version` is text; it has to be a number.
pub const VSDK_TOKEN_FINDING_VERSION_IS_TEXT: VsdkTokenFinding = 310;
/// The claim `version` is missing though other claims need it.
pub const VSDK_TOKEN_FINDING_VERSION_MISSING: VsdkTokenFinding = 311;
/// The claim `version` is something else than the number 2.
pub const VSDK_TOKEN_FINDING_VERSION_UNKNOWN: VsdkTokenFinding = 312;
/// The claim `roomId` or `participantId` is not text.
pub const VSDK_TOKEN_FINDING_ID_NOT_TEXT: VsdkTokenFinding = 320;
/// The claim `roomId` or `participantId` is empty.
pub const VSDK_TOKEN_FINDING_ID_EMPTY: VsdkTokenFinding = 321;
/// A claim is written in a way that the service does not read.
pub const VSDK_TOKEN_FINDING_CLAIM_MISSPELT: VsdkTokenFinding = 322;
/// The token's life is over.
pub const VSDK_TOKEN_FINDING_EXPIRED: VsdkTokenFinding = 400;
/// The token is not valid yet.
pub const VSDK_TOKEN_FINDING_NOT_YET_VALID: VsdkTokenFinding = 401;
/// The token claims to be issued in the future.
pub const VSDK_TOKEN_FINDING_ISSUED_IN_FUTURE: VsdkTokenFinding = 402;
/// The token's life is over within a minute.
pub const VSDK_TOKEN_FINDING_EXPIRES_SOON: VsdkTokenFinding = 403;
/// The token lives longer than seven days.
pub const VSDK_TOKEN_FINDING_LONG_LIFE: VsdkTokenFinding = 404;
/// The token never expires.
pub const VSDK_TOKEN_FINDING_NO_EXPIRY: VsdkTokenFinding = 405;
/// This machine's clock differs from the service's.
pub const VSDK_TOKEN_FINDING_CLOCK_SKEW: VsdkTokenFinding = 406;
/// A time is not a number.
pub const VSDK_TOKEN_FINDING_TIME_NOT_NUMBER: VsdkTokenFinding = 407;
/// A time has a fraction of a second.
pub const VSDK_TOKEN_FINDING_TIME_FRACTION: VsdkTokenFinding = 408;
/// A time is negative, or beyond the year 9999.
pub const VSDK_TOKEN_FINDING_TIME_OUT_OF_RANGE: VsdkTokenFinding = 409;
/// A time is given in milliseconds; it has to be in seconds.
pub const VSDK_TOKEN_FINDING_TIME_IN_MILLISECONDS: VsdkTokenFinding = 410;
/// The token expires no later than it was issued.
pub const VSDK_TOKEN_FINDING_NO_LIFE: VsdkTokenFinding = 411;
/// The claim `permissions` is missing, which means full rights.
pub const VSDK_TOKEN_FINDING_PERMISSIONS_MISSING: VsdkTokenFinding = 500;
/// The claim `permissions` is empty, which means full rights.
pub const VSDK_TOKEN_FINDING_PERMISSIONS_EMPTY: VsdkTokenFinding = 501;
/// The claim `permissions` is not an array.
pub const VSDK_TOKEN_FINDING_PERMISSIONS_NOT_ARRAY: VsdkTokenFinding = 502;
/// An entry of `permissions` is not text.
pub const VSDK_TOKEN_FINDING_PERMISSION_NOT_TEXT: VsdkTokenFinding = 503;
/// An entry of `permissions` is none that the service knows.
pub const VSDK_TOKEN_FINDING_PERMISSION_UNKNOWN: VsdkTokenFinding = 504;
/// `ask_join` stands beside other permissions.
pub const VSDK_TOKEN_FINDING_ASK_JOIN_MIXED: VsdkTokenFinding = 505;
/// No permission admits the holder to a meeting, e.g. `allow_mod` alone.
pub const VSDK_TOKEN_FINDING_NO_JOIN_PERMISSION: VsdkTokenFinding = 506;
/// The claim `roles` is not an array.
pub const VSDK_TOKEN_FINDING_ROLES_NOT_ARRAY: VsdkTokenFinding = 600;
/// The claim `roles` is empty.
pub const VSDK_TOKEN_FINDING_ROLES_EMPTY: VsdkTokenFinding = 601;
/// An entry of `roles` is not text.
pub const VSDK_TOKEN_FINDING_ROLE_NOT_TEXT: VsdkTokenFinding = 602;
/// An entry of `roles` is none that the service knows.
pub const VSDK_TOKEN_FINDING_ROLE_UNKNOWN: VsdkTokenFinding = 603;
/// The roles allow the REST API only, not joining.
pub const VSDK_TOKEN_FINDING_ROLE_CANNOT_JOIN: VsdkTokenFinding = 604;
/// The roles allow joining only, not the REST API.
pub const VSDK_TOKEN_FINDING_ROLE_CANNOT_USE_REST: VsdkTokenFinding = 605;
/// The token is for another room.
pub const VSDK_TOKEN_FINDING_ROOM_MISMATCH: VsdkTokenFinding = 700;
/// The token is for another participant.
pub const VSDK_TOKEN_FINDING_PARTICIPANT_MISMATCH: VsdkTokenFinding = 701;
/// The token is for one participant id, and the caller named none.
pub const VSDK_TOKEN_FINDING_PARTICIPANT_ID_NOT_GIVEN: VsdkTokenFinding = 702;
