//! Token reports: the doctor's findings about a token, without network and without secret.
//!
//! A report is immutable: texts read from it stay valid until it is freed.

use std::ffi::c_char;

use super::error::VsdkError;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::Text;
use super::token_finding::VsdkTokenFinding;
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
