// As participant.c, which says what it reads and prints.
import kotlin.system.exitProcess
import kotlinx.coroutines.runBlocking
import vsdk.ConfigOptions
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Moderation
import vsdk.Vsdk
import vsdk.VsdkException

private fun tell(line: String) {
    // As one piece, because handlers tell from another thread; in UTF-8, whatever the locale is.
    System.out.write((line + "\n").encodeToByteArray())
    System.out.flush()
}

private suspend fun obey(meeting: Meeting, line: String) {
    val words = line.substringAfter(" ")
    when (line.substringBefore(" ")) {
        "subscribe" -> meeting.subscribe(words)
        "publish" -> {
            val (topic, persist, receiver, message) = words.split(" ", limit = 4)
            val receivers = if (receiver == "-") emptyList() else listOf(receiver)
            meeting.publish(topic, message, persist == "1", receivers)
        }
        "moderate" -> {
            val (participantId, number) = words.split(" ")
            meeting.moderate(participantId, Moderation.of(number.toInt()))
        }
        "end" -> meeting.end()
        else -> tell("snapshot " + meeting.snapshot().use { it.json })
    }
}

private inline fun done(action: () -> Unit): Boolean = try {
    action()
    tell("done OK 0")
    true
} catch (error: VsdkException) {
    tell("done ${error.status.name} ${error.serviceCode ?: 0}")
    false
}

private suspend fun takePart(arguments: Array<String>) {
    Vsdk.configWith(ConfigOptions { apiBaseUrl = arguments[0]; token = arguments[1] })
    val options = MeetingOptions {
        meetingId = arguments[2]
        participantId = arguments[3]
        name = arguments[4]
        metadataJson = arguments[5]
    }
    Vsdk.initMeeting(options).use { meeting ->
        meeting.setEventHandler { tell("event " + it.json) }
        if (done { meeting.join() }) {
            for (line in System.`in`.bufferedReader().lineSequence()) done { obey(meeting, line) }
        }
        meeting.leave()
    }
    Vsdk.shutdown()
}

fun main(arguments: Array<String>) {
    runBlocking { takePart(arguments) }
    exitProcess(if (Vsdk.liveHandles() == 0L) 0 else 1)
}
