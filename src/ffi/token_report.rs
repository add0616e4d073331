//! Token reports: the doctor's findings about a token, without network and without secret.
//!
//! A report is immutable: texts read from it stay valid until it is freed.

use std::ffi::c_char;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::Text;
use super::{guard, text};
use crate::token::{Finding, Purpose, Report};
use crate::{Error, Result, Status, config};

/// What a token is meant for.
pub type VsdkTokenPurpose = i32;
/// Not known.
pub const VSDK_TOKEN_PURPOSE_ANY: VsdkTokenPurpose = 0;
/// Joining a meeting.
pub const VSDK_TOKEN_PURPOSE_JOIN: VsdkTokenPurpose = 1;
/// The REST API, such as creating a room.
pub const VSDK_TOKEN_PURPOSE_REST: VsdkTokenPurpose = 2;

/// How bad a finding is.
pub type VsdkSeverity = i32;
/// Good to know.
pub const VSDK_SEVERITY_NOTICE: VsdkSeverity = 1;
/// It works, but not for long or not as one would think.
pub const VSDK_SEVERITY_WARNING: VsdkSeverity = 2;
/// The service is certain to refuse it.
pub const VSDK_SEVERITY_ERROR: VsdkSeverity = 3;

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

/// The doctor's findings about a token.
pub struct VsdkTokenReport {
    _opaque: [u8; 0],
}

struct ReportObject {
    report: Report,
    header: Option<Text>,
    claims: Option<Text>,
    api_key: Option<Text>,
    room_id: Option<Text>,
    participant_id: Option<Text>,
    findings: Vec<FindingTexts>,
    json: Text,
}

struct FindingTexts {
    name: Text,
    explanation: Text,
    remedy: Text,
}

object!(ReportObject, TokenReport, VsdkTokenReport);

impl From<Report> for ReportObject {
    fn from(report: Report) -> Self {
        Self {
            header: Text::optional(report.header_json()),
            claims: Text::optional(report.claims_json()),
            api_key: Text::optional(report.api_key()),
            room_id: Text::optional(report.room_id()),
            participant_id: Text::optional(report.participant_id()),
            findings: report.findings().iter().map(FindingTexts::from).collect(),
            json: Text::new(&report.to_json()),
            report,
        }
    }
}

impl From<&Finding> for FindingTexts {
    fn from(finding: &Finding) -> Self {
        Self {
            name: Text::new(finding.code.name()),
            explanation: Text::new(&finding.explanation),
            remedy: Text::new(&finding.remedy),
        }
    }
}

/// Examines a token for any use.
///
/// Never fails because of what is wrong with the token: that is what the report is for.
///
/// @param[in] token The text to examine, whatever it is.
/// @param[out] report owned, free with vsdk_token_report_free. The report; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_inspect(
    token: *const c_char,
    report: *mut *mut VsdkTokenReport,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        let report = Out::new(report, std::ptr::null_mut());
        guard::status("token_inspect", error, || {
            let report = report.required("report")?;
            let token = text::required(token, "token")?;
            report.set(inspect(token, Purpose::Any, None, None)?);
            Ok(())
        })
    }
}

/// Examines a token for one use.
///
/// @param[in] token The text to examine, whatever it is.
/// @param[in] purpose What it is meant for: VSDK_TOKEN_PURPOSE_ANY, VSDK_TOKEN_PURPOSE_JOIN or VSDK_TOKEN_PURPOSE_REST.
/// @param[in] room_id nullable. The room it is meant for; NULL when that is not known.
/// @param[in] participant_id nullable. The participant it is meant for; NULL when that is not known.
/// @param[out] report owned, free with vsdk_token_report_free. The report; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_inspect_for(
    token: *const c_char,
    purpose: VsdkTokenPurpose,
    room_id: *const c_char,
    participant_id: *const c_char,
    report: *mut *mut VsdkTokenReport,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for texts and out-parameters.
    unsafe {
        let report = Out::new(report, std::ptr::null_mut());
        guard::status("token_inspect", error, || {
            let report = report.required("report")?;
            let token = text::required(token, "token")?;
            let room_id = text::optional(room_id, "room_id")?;
            let participant_id = text::optional(participant_id, "participant_id")?;
            report.set(inspect(
                token,
                purpose_from(purpose)?,
                room_id,
                participant_id,
            )?);
            Ok(())
        })
    }
}

fn inspect(
    token: &str,
    purpose: Purpose,
    room_id: Option<&str>,
    participant_id: Option<&str>,
) -> Result<*mut VsdkTokenReport> {
    let config = config::current();
    let context = config.context(purpose, room_id, participant_id);
    handle::insert(ReportObject::from(crate::token::inspect(token, &context)))
}

fn purpose_from(purpose: VsdkTokenPurpose) -> Result<Purpose> {
    match purpose {
        VSDK_TOKEN_PURPOSE_ANY => Ok(Purpose::Any),
        VSDK_TOKEN_PURPOSE_JOIN => Ok(Purpose::Join),
        VSDK_TOKEN_PURPOSE_REST => Ok(Purpose::Rest),
        _ => Err(Error::new(
            Status::InvalidArgument,
            format!("{purpose} is no purpose"),
            "Pass VSDK_TOKEN_PURPOSE_ANY, VSDK_TOKEN_PURPOSE_JOIN or VSDK_TOKEN_PURPOSE_REST.",
        )),
    }
}

impl ReportObject {
    /// The finding at an index that comes from outside.
    fn finding(&self, index: usize) -> Result<(&Finding, &FindingTexts)> {
        self.report
            .findings()
            .get(index)
            .zip(self.findings.get(index))
            .ok_or_else(|| {
                Error::new(
                    Status::InvalidArgument,
                    format!("There is no finding {index}"),
                    "Ask vsdk_token_report_finding_count() first.",
                )
            })
    }
}

/// Whether nothing was found that the service is certain to refuse.
///
/// Without the secret nobody can tell whether the signature is genuine.
///
/// @param[in] report The report.
/// @return 1 or 0.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_is_usable(report: *const VsdkTokenReport) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(i32::from(object.report.is_usable()))
    })
}

/// How long the token is still good for.
///
/// @param[in] report The report.
/// @return Seconds, negative after its end; INT64_MAX when it has no end.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_seconds_left(report: *const VsdkTokenReport) -> i64 {
    guard::value(i64::MAX, || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(object.report.seconds_left().unwrap_or(i64::MAX))
    })
}

/// When the token's life is over.
///
/// @param[in] report The report.
/// @return Seconds since 1970 (UTC); -1 when it has no end.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_expires_at_s(report: *const VsdkTokenReport) -> i64 {
    guard::value(-1, || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(object.report.expires_at().unwrap_or(-1))
    })
}

/// When the token was issued.
///
/// @param[in] report The report.
/// @return Seconds since 1970 (UTC); -1 when it does not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_issued_at_s(report: *const VsdkTokenReport) -> i64 {
    guard::value(-1, || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(object.report.issued_at().unwrap_or(-1))
    })
}

/// The API key it belongs to.
///
/// @param[in] report The report.
/// @return borrowed from report. NULL when the token does not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_api_key(
    report: *const VsdkTokenReport,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(text::pointer(&object.api_key))
    })
}

/// The one room it is good for.
///
/// @param[in] report The report.
/// @return borrowed from report. NULL when the token does not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_room_id(
    report: *const VsdkTokenReport,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(text::pointer(&object.room_id))
    })
}

/// The one participant it is good for.
///
/// @param[in] report The report.
/// @return borrowed from report. NULL when the token does not say.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_participant_id(
    report: *const VsdkTokenReport,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(text::pointer(&object.participant_id))
    })
}

/// Its header.
///
/// @param[in] report The report.
/// @return borrowed from report. A JSON object; NULL when it cannot be read.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_header_json(
    report: *const VsdkTokenReport,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(text::pointer(&object.header))
    })
}

/// Its claims.
///
/// @param[in] report The report.
/// @return borrowed from report. A JSON object; NULL when they cannot be read.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_claims_json(
    report: *const VsdkTokenReport,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(text::pointer(&object.claims))
    })
}

/// All of the report.
///
/// @param[in] report The report.
/// @return borrowed from report. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_json(report: *const VsdkTokenReport) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(object.json.pointer())
    })
}

/// How many findings there are.
///
/// @param[in] report The report.
/// @return The number.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_count(report: *const VsdkTokenReport) -> usize {
    guard::value(0, || {
        let object = handle::get::<ReportObject>(report)?;
        Ok(object.findings.len())
    })
}

/// What the finding is about.
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return A VSDK_TOKEN_FINDING_ constant; 0 when there is no such finding.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_code(
    report: *const VsdkTokenReport,
    index: usize,
) -> VsdkTokenFinding {
    guard::value(0, || {
        let object = handle::get::<ReportObject>(report)?;
        let (finding, _) = object.finding(index)?;
        Ok(finding.code as VsdkTokenFinding)
    })
}

/// How bad it is.
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return A VSDK_SEVERITY_ constant; 0 when there is no such finding.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_severity(
    report: *const VsdkTokenReport,
    index: usize,
) -> VsdkSeverity {
    guard::value(0, || {
        let object = handle::get::<ReportObject>(report)?;
        let (finding, _) = object.finding(index)?;
        Ok(finding.severity as VsdkSeverity)
    })
}

/// The number under which the service refuses it, e.g. 4002.
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return The number; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_service_code(
    report: *const VsdkTokenReport,
    index: usize,
) -> i32 {
    guard::value(0, || {
        let object = handle::get::<ReportObject>(report)?;
        let (finding, _) = object.finding(index)?;
        Ok(finding.service_code.unwrap_or(0))
    })
}

/// The stable name of what it is about, e.g. "BEARER_PREFIX".
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return borrowed from report. NULL when there is no such finding.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_name(
    report: *const VsdkTokenReport,
    index: usize,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        let (_, texts) = object.finding(index)?;
        Ok(texts.name.pointer())
    })
}

/// What is the case, with the values at hand; English.
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return borrowed from report. NULL when there is no such finding.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_explanation(
    report: *const VsdkTokenReport,
    index: usize,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        let (_, texts) = object.finding(index)?;
        Ok(texts.explanation.pointer())
    })
}

/// What to do about it; English.
///
/// @param[in] report The report.
/// @param[in] index Which finding, from 0.
/// @return borrowed from report. NULL when there is no such finding.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_finding_remedy(
    report: *const VsdkTokenReport,
    index: usize,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<ReportObject>(report)?;
        let (_, texts) = object.finding(index)?;
        Ok(texts.remedy.pointer())
    })
}

/// Frees a report.
///
/// @param[in] report nullable, freed. The report.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_token_report_free(report: *mut VsdkTokenReport) {
    guard::value((), || {
        handle::free::<ReportObject>(report);
        Ok(())
    });
}
