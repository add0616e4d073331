// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Library
import com.sun.jna.Native
import com.sun.jna.NativeLibrary
import com.sun.jna.Platform
import com.sun.jna.Pointer
import com.sun.jna.ptr.PointerByReference

/** The functions of the library, which is loaded and checked at the first use. */
internal val native: NativeFunctions get() = LoadedLibrary.functions

private object LoadedLibrary {
    // Lazily rather than in an initialiser, whose exceptions the JVM wraps and never repeats.
    val functions: NativeFunctions by lazy(::load)

    private fun load(): NativeFunctions {
        val options = HashMap<String, Any>()
        options[Library.OPTION_STRING_ENCODING] = "UTF-8"
        // JNA would make our symbols visible to every library that is loaded later, and another
        // one may begin its names with vsdk_ too.
        if (!Platform.isWindows()) {
            options[Library.OPTION_OPEN_FLAGS] = RTLD_LAZY or (if (Platform.isMac()) RTLD_LOCAL_MAC else 0)
        }
        val library = NativeLibrary.getInstance("vsdk", options)
        Native.register(NativeFunctions::class.java, library)
        return NativeFunctions().also { it.requireAbi(VSDK_ABI_VERSION) }
    }

    private const val RTLD_LAZY = 1
    private const val RTLD_LOCAL_MAC = 4
}

internal fun NativeFunctions.requireAbi(version: Int) {
    val error = PointerByReference()
    val status = vsdk_check_abi(version, error)
    if (status < 0) throw exception(status, error.value)
}

/** Calls a function whose last parameter is the error, and throws what it reports. */
internal inline fun call(function: NativeFunctions.(error: PointerByReference) -> Int): Int {
    val functions = native
    val error = PointerByReference()
    val status = functions.function(error)
    if (status < 0) throw functions.exception(status, error.value)
    return status
}

/** Calls a function whose last parameters are an object and the error. */
internal inline fun make(
    function: NativeFunctions.(made: PointerByReference, error: PointerByReference) -> Int,
): Pointer {
    val made = PointerByReference()
    call { error -> function(made, error) }
    return made.value
}

/** The text at this address, copied. */
internal fun Pointer.text(): String = getString(0, "UTF-8")
