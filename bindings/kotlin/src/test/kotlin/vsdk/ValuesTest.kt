// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertSame
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.time.Duration
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.nanoseconds
import kotlin.time.Duration.Companion.seconds

class ValuesTest : CleanTest() {
    @Test
    fun `a number that is unknown is kept`() {
        val unknown = EventType.of(4711)
        assertEquals(4711, unknown.number)
        assertEquals("UNKNOWN", unknown.name)
        assertEquals("UNKNOWN (4711)", unknown.toString())
        assertEquals(EventType.of(4711), unknown)
        assertEquals(EventType.of(4711).hashCode(), unknown.hashCode())
        assertNotEquals(EventType.of(4712), unknown)
    }

    @Test
    fun `a number that is known is its constant`() {
        assertSame(Status.TOKEN_EXPIRED, Status.of(-101))
        assertEquals("TOKEN_EXPIRED", Status.of(-101).toString())
        assertSame(HandleKind.EVENT, HandleKind.of(16))
    }

    @Test
    fun `values of two kinds are never equal`() {
        assertNotEquals(Mode.of(1) as Any, MeetingState.of(1) as Any)
    }

    @Test
    fun `the names of statuses are those of the library`() {
        for (number in -399..10) {
            assertEquals(native.vsdk_status_name(number)?.text(), Status.of(number).name)
        }
    }

    @Test
    fun `times are rounded up and never negative`() {
        assertEquals(0, Duration.ZERO.toTimeoutMs())
        assertEquals(0, (-5).seconds.toTimeoutMs())
        assertEquals(0, (-Duration.INFINITE).toTimeoutMs())
        assertEquals(1, 1.nanoseconds.toTimeoutMs())
        assertEquals(1, 1.milliseconds.toTimeoutMs())
        assertEquals(2, 1001.microseconds.toTimeoutMs())
        assertEquals(-2, Duration.INFINITE.toTimeoutMs())
        assertTrue((Long.MAX_VALUE / 4).milliseconds.toTimeoutMs() > 1_000_000_000_000)
    }

    @Test
    fun `texts go in as UTF-8 with a NUL behind them`() {
        assertEquals(listOf(0x61, 0xc3, 0xa4, 0xf0, 0x9f, 0x8e, 0x99, 0), "aä🎙".native().map { it.toInt() and 0xff })
        assertEquals(listOf<Byte>(0), "".native().toList())
    }

    @Test
    fun `a text with a NUL in it is refused`() {
        val failure = failure { Vsdk.inspectToken("abc\u0000def") }
        assertEquals(Status.INVALID_ARGUMENT, failure.status)
        assertEquals("A text has a NUL character at position 3", failure.message)
        assertEquals("Pass the text without it: texts end at their first NUL.", failure.remedy)
    }

    @Test
    fun `half of a surrogate pair is refused`() {
        assertEquals(Status.INVALID_UTF8, failure { Vsdk.config("a\ud83c") }.status)
        assertEquals(Status.INVALID_UTF8, failure { Vsdk.config("\udf99a") }.status)
    }

    @Test
    fun `options say what was assigned`() {
        val options = MeetingOptions { name = "Ann"; mode = Mode.RECV_ONLY }
        assertEquals("Ann", options.name)
        assertEquals(Mode.RECV_ONLY, options.mode)
        assertNull(options.micEnabled)
        options.name = null
        assertNull(options.name)
    }

    @Test
    fun `the library is the one that these declarations are for`() {
        assertEquals(VSDK_ABI_VERSION, Vsdk.abiVersion)
        assertTrue(Regex("""\d+\.\d+\.\d+.*""").matches(Vsdk.version))
        assertEquals(Status.ABI_MISMATCH, failure { native.requireAbi(VSDK_ABI_VERSION + 1) }.status)
    }
}
