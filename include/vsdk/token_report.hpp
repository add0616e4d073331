/// @file
/// Token reports: the doctor's findings about a token, without network and without secret.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_TOKEN_REPORT_HPP
#define VSDK_TOKEN_REPORT_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"
#include "text.hpp"

namespace vsdk {

/// What a token is meant for.
enum class TokenPurpose : std::int32_t {
    /// Not known.
    any = VSDK_TOKEN_PURPOSE_ANY,
    /// Joining a meeting.
    join = VSDK_TOKEN_PURPOSE_JOIN,
    /// The REST API, such as creating a room.
    rest = VSDK_TOKEN_PURPOSE_REST,
};

/// How bad a finding is.
enum class Severity : std::int32_t {
    /// Good to know.
    notice = VSDK_SEVERITY_NOTICE,
    /// It works, but not for long or not as one would think.
    warning = VSDK_SEVERITY_WARNING,
    /// The service is certain to refuse it.
    error = VSDK_SEVERITY_ERROR,
};

/// What a finding is about.
enum class TokenFinding : std::int32_t {
    /// There is no token in the text.
    empty = VSDK_TOKEN_FINDING_EMPTY,
    /// The text is longer than any token.
    too_long = VSDK_TOKEN_FINDING_TOO_LONG,
    /// `Bearer` stands before the token.
    bearer_prefix = VSDK_TOKEN_FINDING_BEARER_PREFIX,
    /// `Basic` stands before the token.
    basic_prefix = VSDK_TOKEN_FINDING_BASIC_PREFIX,
    /// Quotes stand around the token.
    quotes = VSDK_TOKEN_FINDING_QUOTES,
    /// White space stands around the token, often a line break at its end.
    white_space_around = VSDK_TOKEN_FINDING_WHITE_SPACE_AROUND,
    /// White space stands inside the token.
    white_space_inside = VSDK_TOKEN_FINDING_WHITE_SPACE_INSIDE,
    /// The token is broken into lines.
    line_break_inside = VSDK_TOKEN_FINDING_LINE_BREAK_INSIDE,
    /// The text is an API key, not a token.
    looks_like_api_key = VSDK_TOKEN_FINDING_LOOKS_LIKE_API_KEY,
    /// The text is an API secret, not a token.
    looks_like_secret = VSDK_TOKEN_FINDING_LOOKS_LIKE_SECRET,
    /// The text does not consist of three parts with dots between them.
    not_three_parts = VSDK_TOKEN_FINDING_NOT_THREE_PARTS,
    /// The header or the payload is empty.
    part_empty = VSDK_TOKEN_FINDING_PART_EMPTY,
    /// The header is not base64url.
    header_not_base64url = VSDK_TOKEN_FINDING_HEADER_NOT_BASE64URL,
    /// The payload is not base64url.
    payload_not_base64url = VSDK_TOKEN_FINDING_PAYLOAD_NOT_BASE64URL,
    /// The signature is not base64url.
    signature_not_base64url = VSDK_TOKEN_FINDING_SIGNATURE_NOT_BASE64URL,
    /// A part is standard base64 (`+`, `/`, `=`) where base64url is needed.
    standard_base64 = VSDK_TOKEN_FINDING_STANDARD_BASE64,
    /// The header is not JSON.
    header_not_json = VSDK_TOKEN_FINDING_HEADER_NOT_JSON,
    /// The header is JSON, but not an object.
    header_not_object = VSDK_TOKEN_FINDING_HEADER_NOT_OBJECT,
    /// The payload is not JSON.
    payload_not_json = VSDK_TOKEN_FINDING_PAYLOAD_NOT_JSON,
    /// The payload is JSON, but not an object.
    payload_not_object = VSDK_TOKEN_FINDING_PAYLOAD_NOT_OBJECT,
    /// The header does not say how the token is signed.
    algorithm_missing = VSDK_TOKEN_FINDING_ALGORITHM_MISSING,
    /// The token is signed in another way than HS256, or not at all.
    algorithm_not_hs256 = VSDK_TOKEN_FINDING_ALGORITHM_NOT_HS256,
    /// The signature is empty.
    signature_missing = VSDK_TOKEN_FINDING_SIGNATURE_MISSING,
    /// The signature is not as long as HS256 makes it: the token was cut, or something was added.
    signature_length = VSDK_TOKEN_FINDING_SIGNATURE_LENGTH,
    /// The claim `apikey` is missing.
    api_key_missing = VSDK_TOKEN_FINDING_API_KEY_MISSING,
    /// The claim `apikey` is written in another way, e.g. `apiKey`.
    api_key_misspelt = VSDK_TOKEN_FINDING_API_KEY_MISSPELT,
    /// The claim `apikey` is empty.
    api_key_empty = VSDK_TOKEN_FINDING_API_KEY_EMPTY,
    /// The claim `apikey` is not text.
    api_key_not_text = VSDK_TOKEN_FINDING_API_KEY_NOT_TEXT,
    /// The claim `apikey` has white space in it.
    api_key_white_space = VSDK_TOKEN_FINDING_API_KEY_WHITE_SPACE,
    /// The claim `apikey` holds what looks like the API secret.
    api_key_looks_like_secret = VSDK_TOKEN_FINDING_API_KEY_LOOKS_LIKE_SECRET,
    /// The claim `version` is text; it has to be a number.
    version_is_text = VSDK_TOKEN_FINDING_VERSION_IS_TEXT,
    /// The claim `version` is missing though other claims need it.
    version_missing = VSDK_TOKEN_FINDING_VERSION_MISSING,
    /// The claim `version` is something else than the number 2.
    version_unknown = VSDK_TOKEN_FINDING_VERSION_UNKNOWN,
    /// The claim `roomId` or `participantId` is not text.
    id_not_text = VSDK_TOKEN_FINDING_ID_NOT_TEXT,
    /// The claim `roomId` or `participantId` is empty.
    id_empty = VSDK_TOKEN_FINDING_ID_EMPTY,
    /// A claim is written in a way that the service does not read.
    claim_misspelt = VSDK_TOKEN_FINDING_CLAIM_MISSPELT,
    /// The token's life is over.
    expired = VSDK_TOKEN_FINDING_EXPIRED,
    /// The token is not valid yet.
    not_yet_valid = VSDK_TOKEN_FINDING_NOT_YET_VALID,
    /// The token claims to be issued in the future.
    issued_in_future = VSDK_TOKEN_FINDING_ISSUED_IN_FUTURE,
    /// The token's life is over within a minute.
    expires_soon = VSDK_TOKEN_FINDING_EXPIRES_SOON,
    /// The token lives longer than seven days.
    long_life = VSDK_TOKEN_FINDING_LONG_LIFE,
    /// The token never expires.
    no_expiry = VSDK_TOKEN_FINDING_NO_EXPIRY,
    /// This machine's clock differs from the service's.
    clock_skew = VSDK_TOKEN_FINDING_CLOCK_SKEW,
    /// A time is not a number.
    time_not_number = VSDK_TOKEN_FINDING_TIME_NOT_NUMBER,
    /// A time has a fraction of a second.
    time_fraction = VSDK_TOKEN_FINDING_TIME_FRACTION,
    /// A time is negative, or beyond the year 9999.
    time_out_of_range = VSDK_TOKEN_FINDING_TIME_OUT_OF_RANGE,
    /// A time is given in milliseconds; it has to be in seconds.
    time_in_milliseconds = VSDK_TOKEN_FINDING_TIME_IN_MILLISECONDS,
    /// The token expires no later than it was issued.
    no_life = VSDK_TOKEN_FINDING_NO_LIFE,
    /// The claim `permissions` is missing, which means full rights.
    permissions_missing = VSDK_TOKEN_FINDING_PERMISSIONS_MISSING,
    /// The claim `permissions` is empty, which means full rights.
    permissions_empty = VSDK_TOKEN_FINDING_PERMISSIONS_EMPTY,
    /// The claim `permissions` is not an array.
    permissions_not_array = VSDK_TOKEN_FINDING_PERMISSIONS_NOT_ARRAY,
    /// An entry of `permissions` is not text.
    permission_not_text = VSDK_TOKEN_FINDING_PERMISSION_NOT_TEXT,
    /// An entry of `permissions` is none that the service knows.
    permission_unknown = VSDK_TOKEN_FINDING_PERMISSION_UNKNOWN,
    /// `ask_join` stands beside other permissions.
    ask_join_mixed = VSDK_TOKEN_FINDING_ASK_JOIN_MIXED,
    /// No permission admits the holder to a meeting, e.g. `allow_mod` alone.
    no_join_permission = VSDK_TOKEN_FINDING_NO_JOIN_PERMISSION,
    /// The claim `roles` is not an array.
    roles_not_array = VSDK_TOKEN_FINDING_ROLES_NOT_ARRAY,
    /// The claim `roles` is empty.
    roles_empty = VSDK_TOKEN_FINDING_ROLES_EMPTY,
    /// An entry of `roles` is not text.
    role_not_text = VSDK_TOKEN_FINDING_ROLE_NOT_TEXT,
    /// An entry of `roles` is none that the service knows.
    role_unknown = VSDK_TOKEN_FINDING_ROLE_UNKNOWN,
    /// The roles allow the REST API only, not joining.
    role_cannot_join = VSDK_TOKEN_FINDING_ROLE_CANNOT_JOIN,
    /// The roles allow joining only, not the REST API.
    role_cannot_use_rest = VSDK_TOKEN_FINDING_ROLE_CANNOT_USE_REST,
    /// The token is for another room.
    room_mismatch = VSDK_TOKEN_FINDING_ROOM_MISMATCH,
    /// The token is for another participant.
    participant_mismatch = VSDK_TOKEN_FINDING_PARTICIPANT_MISMATCH,
    /// The token is for one participant id, and the caller named none.
    participant_id_not_given = VSDK_TOKEN_FINDING_PARTICIPANT_ID_NOT_GIVEN,
};

/// One finding of the doctor.
struct Finding {
    /// What it is about.
    TokenFinding code;
    /// The stable name of what it is about, e.g. "BEARER_PREFIX".
    std::string name;
    /// How bad it is.
    Severity severity;
    /// What is the case, with the values at hand; English.
    std::string explanation;
    /// What to do about it; English.
    std::string remedy;
    /// The number under which the service refuses it, e.g. 4002.
    std::optional<std::int32_t> service_code;
};

/// The doctor's findings about a token. Immutable: from any thread, several at once.
class TokenReport : public detail::Object<VsdkTokenReport> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit TokenReport(VsdkTokenReport *owned) noexcept : Object(owned) {}

    /// Whether nothing was found that the service is certain to refuse. Without the secret nobody
    /// can tell whether the signature is genuine. Never throws.
    bool is_usable() const noexcept { return vsdk_token_report_is_usable(native_handle()) != 0; }

    /// How long the token is still good for, negative after its end; absent when it has no end.
    std::optional<std::chrono::seconds> time_left() const noexcept {
        const std::int64_t seconds = vsdk_token_report_seconds_left(native_handle());
        if (seconds == (std::numeric_limits<std::int64_t>::max)())
            return std::nullopt;
        return std::chrono::seconds(seconds);
    }

    /// When the token's life is over; absent when it has no end.
    std::optional<TimeSeconds> expires_at() const noexcept {
        return detail::optional_time(vsdk_token_report_expires_at_s(native_handle()));
    }

    /// When the token was issued; absent when it does not say.
    std::optional<TimeSeconds> issued_at() const noexcept {
        return detail::optional_time(vsdk_token_report_issued_at_s(native_handle()));
    }

    /// The API key it belongs to; absent when it does not say.
    std::optional<std::string> api_key() const {
        return detail::optional_text(vsdk_token_report_api_key(native_handle()));
    }

    /// The one room it is good for; absent when it does not say.
    std::optional<std::string> room_id() const {
        return detail::optional_text(vsdk_token_report_room_id(native_handle()));
    }

    /// The one participant it is good for; absent when it does not say.
    std::optional<std::string> participant_id() const {
        return detail::optional_text(vsdk_token_report_participant_id(native_handle()));
    }

    /// Its header as a JSON object; absent when it cannot be read.
    std::optional<std::string> header_json() const {
        return detail::optional_text(vsdk_token_report_header_json(native_handle()));
    }

    /// Its claims as a JSON object; absent when they cannot be read.
    std::optional<std::string> claims_json() const {
        return detail::optional_text(vsdk_token_report_claims_json(native_handle()));
    }

    /// All of the report as a JSON object.
    std::string json() const { return detail::text(vsdk_token_report_json(native_handle())); }

    /// The findings, copied: mistakes of shape first, then what is wrong for the use in question.
    std::vector<Finding> findings() const {
        const VsdkTokenReport *const report = native_handle();
        const std::size_t count = vsdk_token_report_finding_count(report);
        std::vector<Finding> findings;
        findings.reserve(count);
        for (std::size_t index = 0; index < count; ++index) {
            Finding finding;
            finding.code =
                static_cast<TokenFinding>(vsdk_token_report_finding_code(report, index));
            finding.name = detail::text(vsdk_token_report_finding_name(report, index));
            finding.severity =
                static_cast<Severity>(vsdk_token_report_finding_severity(report, index));
            finding.explanation =
                detail::text(vsdk_token_report_finding_explanation(report, index));
            finding.remedy = detail::text(vsdk_token_report_finding_remedy(report, index));
            const std::int32_t service_code =
                vsdk_token_report_finding_service_code(report, index);
            if (service_code != 0)
                finding.service_code = service_code;
            findings.push_back(std::move(finding));
        }
        return findings;
    }
};

/// Examines a token for any use; `token` is the text to examine, whatever it is.
///
/// Never throws because of what is wrong with the token: that is what the report is for. Throws
/// Error (null_pointer, invalid_utf8; invalid_argument for a NUL inside). From any thread.
inline TokenReport inspect_token(const TextArg &token) {
    return detail::make<TokenReport>(vsdk_token_inspect, token.c_str());
}

/// Examines a token for one use: in this room and as this participant, or absent for those that
/// are not known. Throws Error (invalid_argument for a purpose that does not exist; else as
/// inspect_token() above). From any thread.
inline TokenReport inspect_token(const TextArg &token, TokenPurpose purpose,
                                 const TextArg &room_id = nullptr,
                                 const TextArg &participant_id = nullptr) {
    return detail::make<TokenReport>(vsdk_token_inspect_for, token.c_str(),
                                     static_cast<VsdkTokenPurpose>(purpose), room_id.c_str(),
                                     participant_id.c_str());
}

} // namespace vsdk

#endif // VSDK_TOKEN_REPORT_HPP
