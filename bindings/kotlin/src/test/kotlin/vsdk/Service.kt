// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import java.io.File
import java.net.HttpURLConnection
import java.net.URL
import java.util.concurrent.TimeUnit

/** The local service, in a process of its own. */
class Service : AutoCloseable {
    val apiKey = "3f9a1c52-6d0e-4b7a-9e44-0c1d2e3f4a5b"
    val secret = "kotlin-marked-secret-0123456789abcdef0123456789abcdef0123456789abcd"

    private val process = ProcessBuilder(
        File(System.getProperty("vsdk.devserver")).absolutePath,
        "--http", "127.0.0.1:0", "--api-key", apiKey, "--secret", secret,
    ).redirectError(ProcessBuilder.Redirect.INHERIT).start()

    val url: String = run {
        val line = process.inputStream.bufferedReader().readLine() ?: error("devserver said nothing")
        Regex("\"http\":\"([^\"]*)\"").find(line)?.groupValues?.get(1) ?: error(line)
    }

    val tokenUrl = "$url/get-token"

    /** Lets the next requests that fit fail; the fault as docs/local-service.md describes it. */
    fun fault(json: String) = post("faults", json)

    /** Breaks off every connection for signalling. */
    fun cutSockets() = post("sockets", """{"kind":"cut"}""")

    /** Sends every client that message, as the service sends its own. */
    fun sendToSockets(text: String) = post(
        "sockets",
        """{"kind":"send","text":"${text.replace("\\", "\\\\").replace("\"", "\\\"")}"}""",
    )

    private fun post(route: String, json: String) {
        val connection = URL("$url/admin/$route").openConnection() as HttpURLConnection
        connection.requestMethod = "POST"
        connection.doOutput = true
        connection.connectTimeout = 10_000
        connection.readTimeout = 10_000
        connection.outputStream.use { it.write(json.toByteArray()) }
        check(connection.responseCode in 200..299) { "${connection.responseCode} for $json" }
        connection.disconnect()
    }

    fun mint(build: TokenMintOptions.() -> Unit = {}): String {
        val options = TokenMintOptions {
            apiKey = this@Service.apiKey
            secret = this@Service.secret
            build()
        }
        return Vsdk.mintToken(options).use { it.text }
    }

    /** Makes this service the configured one, with a token that may do everything. */
    fun configure() {
        Vsdk.configWith(ConfigOptions { token = mint(); apiBaseUrl = url })
    }

    override fun close() {
        process.destroy()
        check(process.waitFor(20, TimeUnit.SECONDS)) { "devserver did not end" }
    }
}
