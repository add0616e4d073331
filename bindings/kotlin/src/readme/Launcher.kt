// SPDX-License-Identifier: MIT OR Apache-2.0
import vsdk.ConfigOptions
import vsdk.Vsdk

// Points the library to the service of the test, and then starts a program of the documentation,
// so that those can be printed as users write them: Launcher <class> <arguments ...>
fun main(arguments: Array<String>) {
    Vsdk.configWith(ConfigOptions { apiBaseUrl = System.getenv("README_SERVICE") })
    Class.forName(arguments[0])
        .getMethod("main", Array<String>::class.java)
        .apply { isAccessible = true } // A program's class need not be public in Java.
        .invoke(null, arguments.drop(1).toTypedArray())
}
