// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer
import kotlin.time.Instant

/** The doctor's findings about a token; see [Vsdk.inspectToken]. Immutable. */
public class TokenReport internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_token_report_free, lendsTexts = true) {

    /**
     * Whether nothing was found that the service is certain to refuse. Without the secret nobody
     * can tell whether the signature is genuine.
     */
    public val isUsable: Boolean get() = lend { vsdk_token_report_is_usable(it) != 0 }

    /** How many seconds it is still good for, negative after its end; null when it has no end. */
    public val secondsLeft: Long?
        get() = lend { vsdk_token_report_seconds_left(it) }.takeIf { it != Long.MAX_VALUE }

    /** When the token's life is over; null when it has no end. */
    public val expiresAt: Instant? get() = lend { instant(vsdk_token_report_expires_at_s(it)) }

    /** When the token was issued; null when it does not say. */
    public val issuedAt: Instant? get() = lend { instant(vsdk_token_report_issued_at_s(it)) }

    /** The API key it belongs to; null when it does not say. */
    public val apiKey: String? get() = text { vsdk_token_report_api_key(it) }

    /** The one room it is good for; null when it does not say. */
    public val roomId: String? get() = text { vsdk_token_report_room_id(it) }

    /** The one participant it is good for; null when it does not say. */
    public val participantId: String? get() = text { vsdk_token_report_participant_id(it) }

    /** Its header as a JSON object; null when it cannot be read. */
    public val headerJson: String? get() = text { vsdk_token_report_header_json(it) }

    /** Its claims as a JSON object; null when they cannot be read. */
    public val claimsJson: String? get() = text { vsdk_token_report_claims_json(it) }

    /** All of the report as a JSON object. */
    public val json: String get() = text { vsdk_token_report_json(it) }.orEmpty()

    /** The findings, copied: mistakes of shape first, then what is wrong for the use in question. */
    public val findings: List<Finding>
        get() = lend { report ->
            List(vsdk_token_report_finding_count(report).toInt()) { index ->
                finding(report, index.toLong())
            }
        }

    private fun NativeFunctions.finding(report: Pointer, index: Long) = Finding(
        code = TokenFinding.of(vsdk_token_report_finding_code(report, index)),
        name = vsdk_token_report_finding_name(report, index)?.text().orEmpty(),
        severity = Severity.of(vsdk_token_report_finding_severity(report, index)),
        explanation = vsdk_token_report_finding_explanation(report, index)?.text().orEmpty(),
        remedy = vsdk_token_report_finding_remedy(report, index)?.text().orEmpty(),
        serviceCode = vsdk_token_report_finding_service_code(report, index).takeIf { it != 0 },
    )
}

/** One finding of the doctor. A plain value: nothing to close. */
public class Finding internal constructor(
    /** What it is about. */
    public val code: TokenFinding,
    /** The stable name of what it is about, e.g. "BEARER_PREFIX". */
    public val name: String,
    /** How bad it is. */
    public val severity: Severity,
    /** What is the case, with the values at hand; English. */
    public val explanation: String,
    /** What to do about it; English. */
    public val remedy: String,
    /** The number under which the service refuses it, e.g. 4002; null when there is none. */
    public val serviceCode: Int?,
) {
    /** How bad it is, its name, and the explanation. */
    override fun toString(): String = "$severity $name: $explanation"
}
