// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.lang.ref.PhantomReference
import java.lang.ref.ReferenceQueue
import java.util.Collections
import java.util.concurrent.ConcurrentHashMap

/**
 * Frees what programs forgot to close, once the garbage collector has found it.
 *
 * `java.lang.ref.Cleaner` would do, but Android has it from API 33 on only.
 */
internal object Cleaner {
    private val queue = ReferenceQueue<Any>()

    // A phantom reference that is itself unreachable is never told.
    private val pending: MutableSet<Cleanable> =
        Collections.newSetFromMap(ConcurrentHashMap<Cleanable, Boolean>())

    init {
        Thread(::run, "vsdk-cleaner").apply { isDaemon = true }.start()
    }

    /** How many objects are neither closed nor collected. */
    val count: Int get() = pending.size

    /** Runs `action` once, when `owner` is collected or at [Cleanable.clean]; it must not hold `owner`. */
    fun register(owner: Any, action: Runnable): Cleanable =
        Cleanable(owner, action).also(pending::add)

    private fun run() {
        while (true) {
            try {
                (queue.remove() as Cleanable).clean()
            } catch (_: Throwable) {
                // Nobody is left to tell, and the next object still has to be freed.
            }
        }
    }

    class Cleanable(owner: Any, private val action: Runnable) : PhantomReference<Any>(owner, queue) {
        fun clean() {
            if (pending.remove(this)) {
                clear()
                action.run()
            }
        }
    }
}
