// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Timeout
import java.util.concurrent.TimeUnit

/** Every test leaves nothing behind: no handle, no callback, no object that waits to be freed. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class CleanTest {
    /** What a failed test has left does not fail the next one. */
    @BeforeEach
    fun collectLeftovers() {
        repeat(50) {
            if (Cleaner.count == 0) return
            System.gc()
            Thread.sleep(20)
        }
    }

    @AfterEach
    fun nothingIsLeft() {
        Vsdk.setLogHandler(LogLevel.OFF, null)
        Vsdk.setCallbackExceptionHandler(null)
        // An operation lets its callback go a moment after it has told that it has completed.
        eventually("live handles, callbacks, objects") {
            Triple(Vsdk.liveHandles(), Callbacks.count, Cleaner.count) == Triple(0L, 0, 0)
        }
    }

    /** The VsdkException that this throws. */
    protected fun failure(block: () -> Unit): VsdkException =
        assertThrows(VsdkException::class.java) { block() }

    protected fun status(block: () -> Unit): Status = failure(block).status

    /** Waits until it is so. The time only catches hangs. */
    protected fun eventually(what: String, isSo: () -> Boolean) {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
        while (!isSo()) {
            check(System.nanoTime() < end) {
                "$what: ${Vsdk.liveHandles()}, ${Callbacks.count}, ${Cleaner.count}"
            }
            Thread.sleep(2)
        }
    }

    protected fun assertStatus(expected: Status, block: () -> Unit) {
        assertEquals(expected, status(block))
    }
}
