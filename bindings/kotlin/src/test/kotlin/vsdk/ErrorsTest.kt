// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import java.util.concurrent.LinkedBlockingQueue

/** Failures carry all that is known, and nothing that is secret. */
class ErrorsTest : CleanTest() {
    @Test
    fun `an exception has every field of the error`() = Service().use { service ->
        service.configure()
        service.fault(
            """{"route":"POST /v2/rooms","status":429,"body":"{\"statusCode\":429,\"error\":\"slow down\"}",
               "contentType":"application/json","times":null,
               "headers":{"retry-after":"90","x-request-id":"request-7"}}""",
        )
        for (failure in listOf(
            failure { Vsdk.createRoomBlocking() },
            failure { runBlocking { Vsdk.createRoom() } },
        )) {
            assertTrue(failure is VsdkServiceException)
            assertEquals(Status.RATE_LIMITED, failure.status)
            assertEquals("RATE_LIMITED", failure.name)
            assertEquals(429, failure.httpStatus)
            assertEquals("slow down", failure.serviceText)
            assertEquals("request-7", failure.requestId)
            assertEquals(90_000, failure.retryAfterMs)
            assertTrue(failure.isRetryable)
            assertTrue(failure.message.isNotEmpty() && failure.remedy.isNotEmpty())
            assertTrue(failure.operation.contains("create_room"), failure.operation)
            assertEquals(
                "vsdk.VsdkServiceException: ${failure.operation}: ${failure.message} [RATE_LIMITED, HTTP 429]. ${failure.remedy}",
                failure.toString(),
            )
        }
    }

    @Test
    fun `what is not known is absent`() {
        val failure = failure { Vsdk.config("nothing") }
        assertTrue(failure is VsdkTokenException)
        for (field in listOf(failure.httpStatus, failure.serviceText, failure.requestId, failure.retryAfterMs)) {
            assertNull(field)
        }
        assertFalse(failure.isRetryable)
    }

    @Test
    fun `each text of an error is in its place, and the service's number is kept`() = Service().use { service ->
        val empty = failure { Vsdk.initMeeting(MeetingOptions { meetingId = "lesson"; name = "" }) }
        assertTrue(empty.message.contains("`name` is empty"), empty.message)
        assertTrue(empty.remedy.startsWith("Pass a text"), empty.remedy)
        service.configure()
        service.fault(
            """{"route":"POST /v2/rooms","status":401,"body":"{\"code\":4002,\"message\":\"Invalid token\"}",
               "contentType":"application/json"}""",
        )
        val refused = failure { Vsdk.createRoomBlocking() }
        assertEquals(4002, refused.serviceCode)
        assertNull(refused.retryAfterMs)
        val unreached = failure { Vsdk.createRoomBlocking(RoomOptions { apiBaseUrl = "http://127.0.0.1:1" }) }
        for (field in listOf(unreached.httpStatus, unreached.serviceCode, unreached.serviceText, unreached.requestId)) {
            assertNull(field)
        }
    }

    @Test
    fun `subclasses tell what to catch`() = Service().use { service ->
        service.configure()
        fun kind(block: () -> Unit) = failure(block).javaClass
        assertEquals(VsdkTokenException::class.java, kind { Vsdk.config("Bearer a.b.c") })
        assertEquals(VsdkServiceException::class.java, kind { Vsdk.getRoomBlocking("none") })
        assertEquals(VsdkException::class.java, kind { Vsdk.initMeeting(MeetingOptions()) })
        service.fault("""{"route":"*","kind":"stall"}""")
        assertEquals(VsdkTimeoutException::class.java, kind { Vsdk.createRoomBlocking(null, 20) })
        Vsdk.configWith(ConfigOptions { apiBaseUrl = "http://127.0.0.1:1" })
        assertEquals(VsdkNetworkException::class.java, kind { Vsdk.createRoomBlocking() })
        // Each number of the header is in the right range.
        for (number in -399..-1) {
            val status = Status.of(number)
            if (status.name == "UNKNOWN") continue
            val expected = when {
                status.name == "TIMEOUT" -> VsdkTimeoutException::class.java
                status.name.startsWith("TOKEN_") -> VsdkTokenException::class.java
                status.name.startsWith("NETWORK_") -> VsdkNetworkException::class.java
                number in -299..-220 -> VsdkServiceException::class.java
                number <= -300 -> VsdkMeetingException::class.java
                else -> VsdkException::class.java
            }
            assertEquals(expected, VsdkException.of(status, "", "").javaClass, status.name)
        }
    }

    @Test
    fun `an exception can be serialised`() {
        val bytes = ByteArrayOutputStream()
        ObjectOutputStream(bytes).use { it.writeObject(failure { Vsdk.config("nothing") }) }
        val read = ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() }
        assertEquals(Status.TOKEN_MALFORMED, (read as VsdkException).status)
        assertEquals("TOKEN_MALFORMED", read.name)
    }

    @Test
    fun `secrets are in no error, no record and no text of an object`() = Service().use { service ->
        val said = LinkedBlockingQueue<String>()
        Vsdk.setLogHandler(LogLevel.TRACE) { level, target, message -> said.add("$level $target $message") }
        val token = service.mint()
        service.configure()
        fun failing(block: () -> Unit) = failure(block).let {
            said.addAll(listOf("$it", it.message, it.remedy, "${it.serviceText}", it.stackTraceToString()))
        }
        val mintOptions = TokenMintOptions { apiKey = service.apiKey; secret = service.secret; lifetimeS = 0 }
        failing { Vsdk.mintToken(mintOptions) }
        failing { Vsdk.config("Bearer $token") }
        failing { Vsdk.config("$token\u0000") }
        service.fault("""{"route":"*","status":401,"body":"bad token $token","times":null}""")
        failing { Vsdk.createRoomBlocking(RoomOptions { this.token = token }) }
        said.add(mintOptions.toString() + RoomOptions { this.token = token } + ConfigOptions { this.token = token })
        Vsdk.mintToken(TokenMintOptions { apiKey = service.apiKey; secret = service.secret }).use { said.add("$it") }
        Vsdk.shutdownBlocking()
        assertTrue(said.size > 15, "${said.size}")
        for (text in said) {
            assertFalse(text.contains(token.substringAfterLast('.')), text)
            assertFalse(text.contains(service.secret), text)
        }
    }
}
