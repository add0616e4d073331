// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/**
 * A failure: what happened, why, and what to do.
 *
 * Print [message] and [remedy]. Neither they nor any other field ever hold a token or another
 * secret. The subclasses are for `catch`: [VsdkTokenException], [VsdkNetworkException],
 * [VsdkServiceException], [VsdkMeetingException] and [VsdkTimeoutException].
 */
public open class VsdkException internal constructor(details: ErrorDetails) :
    RuntimeException(details.message) {
    /** How the call ended. */
    public val status: Status = details.status

    /** The stable name of the status, e.g. "TOKEN_EXPIRED". */
    public val name: String = details.name

    /** What happened and why: one English sentence with the values at hand. */
    override val message: String = details.message

    /** What to do about it: English, possibly empty. */
    public val remedy: String = details.remedy

    /** During what it happened, e.g. "create_room"; possibly empty. */
    public val operation: String = details.operation

    /** The HTTP status of the reply, e.g. 401; null when there was no reply. */
    public val httpStatus: Int? = details.httpStatus

    /** The service's own number for it, e.g. 4002 for an invalid token; null when there is none. */
    public val serviceCode: Int? = details.serviceCode

    /** The service's own words, with secrets taken out; null when there are none. */
    public val serviceText: String? = details.serviceText

    /** The id under which the service logged the request: give it to its support. */
    public val requestId: String? = details.requestId

    /** How many milliseconds the service asked to wait before the next try; null if it did not. */
    public val retryAfterMs: Long? = details.retryAfterMs

    /**
     * Whether the same call can succeed later without any change, and may be made again. False for
     * a creation that may have been carried out in spite of the failure.
     */
    public val isRetryable: Boolean = details.isRetryable

    /** All of it that matters to a reader, on one line. */
    override fun toString(): String = buildString {
        append(this@VsdkException.javaClass.name).append(": ")
        if (operation.isNotEmpty()) append(operation).append(": ")
        append(message).append(" [").append(name)
        httpStatus?.let { append(", HTTP ").append(it) }
        serviceCode?.let { append(", service number ").append(it) }
        append(']')
        if (remedy.isNotEmpty()) append(". ").append(remedy)
    }

    internal companion object {
        private const val serialVersionUID = 1L

        fun of(status: Status, message: String, remedy: String): VsdkException =
            from(ErrorDetails(status, status.name, message, remedy))

        fun from(details: ErrorDetails): VsdkException = when (details.status.number) {
            Status.TIMEOUT.number -> VsdkTimeoutException(details)
            in TOKENS -> VsdkTokenException(details)
            in NETWORKS -> VsdkNetworkException(details)
            in ANSWERS -> VsdkServiceException(details)
            in MEETINGS -> VsdkMeetingException(details)
            else -> VsdkException(details)
        }

        // The ranges of the C header's statuses.
        private val TOKENS = -199..-100
        private val NETWORKS = -219..-200
        private val ANSWERS = -299..-220
        private val MEETINGS = -399..-300
    }
}

/** The token cannot work: it is malformed, expired, or for something else. */
public class VsdkTokenException internal constructor(details: ErrorDetails) :
    VsdkException(details)

/** The other side could not be reached, or the connection to it broke. */
public class VsdkNetworkException internal constructor(details: ErrorDetails) :
    VsdkException(details)

/** The service answered, and the answer is a refusal or makes no sense. */
public open class VsdkServiceException internal constructor(details: ErrorDetails) :
    VsdkException(details)

/**
 * Something in a meeting did not work: its connection was lost, this participant was not let in or
 * was removed, somebody ended it, or the service refused what was asked of it.
 */
public class VsdkMeetingException internal constructor(details: ErrorDetails) :
    VsdkServiceException(details)

/** The deadline passed. */
public class VsdkTimeoutException internal constructor(details: ErrorDetails) :
    VsdkException(details)

/** The fields of a [VsdkException]. */
internal class ErrorDetails(
    val status: Status,
    val name: String,
    val message: String,
    val remedy: String,
    val operation: String = "",
    val httpStatus: Int? = null,
    val serviceCode: Int? = null,
    val serviceText: String? = null,
    val requestId: String? = null,
    val retryAfterMs: Long? = null,
    val isRetryable: Boolean = false,
)

/** What failed with this status, read from the error, which is freed; NULL when there is none. */
internal fun NativeFunctions.exception(status: Int, error: Pointer?): VsdkException {
    if (error == null) {
        val name = vsdk_status_name(status)?.text() ?: UNKNOWN_NAME
        return VsdkException.from(
            ErrorDetails(Status.of(status), name, "It failed with the status $name", ""),
        )
    }
    try {
        return VsdkException.from(
            ErrorDetails(
                status = Status.of(vsdk_error_status(error)),
                name = vsdk_error_name(error)?.text() ?: UNKNOWN_NAME,
                message = vsdk_error_message(error)?.text().orEmpty(),
                remedy = vsdk_error_remedy(error)?.text().orEmpty(),
                operation = vsdk_error_operation(error)?.text().orEmpty(),
                httpStatus = vsdk_error_http_status(error).takeIf { it != 0 },
                serviceCode = vsdk_error_service_code(error).takeIf { it != 0 },
                serviceText = vsdk_error_service_text(error)?.text(),
                requestId = vsdk_error_request_id(error)?.text(),
                retryAfterMs = vsdk_error_retry_after_ms(error).takeIf { it >= 0 },
                isRetryable = vsdk_error_is_retryable(error) != 0,
            ),
        )
    } finally {
        vsdk_error_free(error)
    }
}
