// Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
// secret.
//
//   TokenDoctor TOKEN
//   TokenDoctor --room ID --participant ID --for join|rest TOKEN
//   some-command | TokenDoctor -                 read it from standard input
//
// Without a token, the environment variable VIDEOSDK_TOKEN is examined. The exit status is 0 when
// nothing was found that the service is certain to refuse.
import kotlin.system.exitProcess
import vsdk.Severity
import vsdk.TokenPurpose
import vsdk.TokenReport
import vsdk.Vsdk
import vsdk.VsdkException

private const val USAGE =
    "usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]"

private class Question(
    var token: String? = null,
    var purpose: TokenPurpose = TokenPurpose.ANY,
    var room: String? = null,
    var participant: String? = null,
)

private fun misused(): Nothing {
    System.err.println(USAGE)
    exitProcess(1)
}

private fun readQuestion(values: Array<String>): Question {
    val question = Question()
    val left = values.iterator()
    fun value() = if (left.hasNext()) left.next() else misused()
    while (left.hasNext()) {
        when (val argument = left.next()) {
            "--for" -> question.purpose = when (value()) {
                "join" -> TokenPurpose.JOIN
                "rest" -> TokenPurpose.REST
                else -> misused()
            }
            "--room" -> question.room = value()
            "--participant" -> question.participant = value()
            "--help" -> {
                println(USAGE)
                exitProcess(0)
            }
            else -> if (argument.startsWith("--")) misused() else question.token = argument
        }
    }
    return question
}

private fun severityName(severity: Severity) = when (severity) {
    Severity.ERROR, Severity.WARNING, Severity.NOTICE -> severity.name
    else -> "?"
}

private fun life(report: TokenReport): String {
    val left = report.secondsLeft
    return when {
        report.claimsJson == null -> "-"
        left == null || report.expiresAt == null -> "no end"
        left < 0 -> "ended ${-left} s ago"
        else -> "$left s left"
    }
}

private fun show(report: TokenReport) {
    fun line(label: String, text: String?) = println(label.padEnd(14) + (text ?: "-"))
    line("API key", report.apiKey)
    line("room", report.roomId)
    line("participant", report.participantId)
    line("life", life(report))
    line("claims", report.claimsJson)
    println()
    val findings = report.findings
    for (finding in findings) {
        println("${severityName(finding.severity).padEnd(8)}  ${finding.name}")
        println("          ${finding.explanation}.")
        println("          ${finding.remedy}")
    }
    if (findings.isEmpty()) println("Nothing was found.")
    println()
    println(
        if (report.isUsable) "Usable, as far as can be told without the secret."
        else "Not usable: mend the errors above.",
    )
}

fun main(values: Array<String>) {
    val question = readQuestion(values)
    var token = question.token ?: System.getenv("VIDEOSDK_TOKEN") ?: misused()
    // Unchanged, so that a line break at its end is found, as a server would.
    if (token == "-") token = System.`in`.readBytes().decodeToString()
    val isUsable = try {
        Vsdk.inspectToken(token, question.purpose, question.room, question.participant).use {
            show(it)
            it.isUsable
        }
    } catch (error: VsdkException) {
        System.err.println("${error.message}\n  ${error.remedy}")
        exitProcess(1)
    }
    if (!isUsable) exitProcess(1)
}
