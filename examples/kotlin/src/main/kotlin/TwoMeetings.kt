// Two meetings at once: what somebody writes in one room is repeated in the other.
//
//   TwoMeetings                              two new rooms; their ids are printed
//   TwoMeetings --room ID --other-room ID    rooms that exist
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart.
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.runBlocking
import vsdk.ConfigOptions
import vsdk.Event
import vsdk.EventType
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Vsdk
import vsdk.VsdkException

private const val TOPIC = "CHAT"

private const val USAGE = """usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] [--messages N] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        one room, instead of creating it
  --other-room ID  the other one, instead of creating it
  --messages N     leave after so many messages (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live"""

private class RelayArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var otherRoom: String? = null,
    /** 0: without end. */
    var messages: Int = 0,
)

private fun readArguments(values: Array<String>): RelayArguments {
    val arguments = RelayArguments()
    val left = values.iterator()
    while (left.hasNext()) {
        val option = left.next()
        if (option == "--help") {
            println(USAGE)
            exitProcess(0)
        }
        val value = if (left.hasNext()) left.next() else misused()
        when (option) {
            "--token" -> arguments.token = value
            "--token-url" -> {
                arguments.tokenUrl = value
                arguments.token = null
            }
            "--room" -> arguments.room = value
            "--other-room" -> arguments.otherRoom = value
            "--messages" -> arguments.messages = value.toIntOrNull() ?: misused()
            "--api-url" -> arguments.apiUrl = value
            else -> misused()
        }
    }
    return arguments
}

private fun misused(): Nothing {
    System.err.println(USAGE)
    exitProcess(1)
}

/** Gives the token to the library: the one that was passed, or a fetched one. */
private suspend fun configure(arguments: RelayArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Makes the meeting in the room, or in a new one. */
private suspend fun makeMeeting(id: String?): Meeting {
    val room = id ?: Vsdk.createRoom().use { it.id }
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = "relay"
        },
    )
}

/** A meeting that was joined, and what is known of it. */
private class Side(val meeting: Meeting, val room: String, val ownId: String)

private suspend fun join(meeting: Meeting): Side {
    meeting.join()
    meeting.subscribe(TOPIC)
    return meeting.snapshot().use { Side(meeting, it.meetingId, it.participantId) }
}

/** What has happened on one side; without an event, the input has ended. */
private data class News(val event: Event?, val from: Side, val to: Side)

private fun news(from: Side, to: Side): Flow<News> = from.meeting.events.map { News(it, from, to) }

/** Tells once that the input has ended. Its thread waits for that. */
private fun endOfInput(side: Side): Flow<News> = callbackFlow {
    thread(isDaemon = true) {
        generateSequence(::readLine).count()
        trySend(News(null, side, side))
    }
    awaitClose()
}

/** Earlier ones were written when nobody was there to repeat them, and so they stay. */
private fun isToBeRepeated(event: Event, from: Side) =
    event.type == EventType.MESSAGE && event.code == 0 && event.participantId != from.ownId

private suspend fun repeat(event: Event, from: Side, to: Side) {
    val text = "${event.participantName ?: "?"}: ${event.payload.decodeToString()}"
    to.meeting.publish(TOPIC, text)
    println("${from.room} -> ${to.room}: $text")
}

/** Repeats until there were enough messages, or the input or a meeting ends. */
private suspend fun relay(one: Side, other: Side, messages: Int) {
    val both = merge(news(one, other), news(other, one))
    val all = if (messages > 0) both else merge(both, endOfInput(one))
    var repeated = 0
    all.first { (event, from, to) ->
        if (event != null && isToBeRepeated(event, from)) {
            repeat(event, from, to)
            repeated++
        }
        event == null || event.type == EventType.MEETING_LEFT || messages in 1..repeated
    }
}

private suspend fun run(arguments: RelayArguments) {
    configure(arguments)
    makeMeeting(arguments.room).use { first ->
        val one = join(first)
        makeMeeting(arguments.otherRoom).use { second ->
            val other = join(second)
            println("rooms ${one.room} ${other.room}")
            relay(one, other, arguments.messages)
            first.leave()
            second.leave()
        }
    }
    Vsdk.shutdown()
}

fun main(values: Array<String>) {
    val arguments = readArguments(values)
    try {
        runBlocking { run(arguments) }
    } catch (error: VsdkException) {
        System.err.println("${error.operation} failed: ${error.message}\n  ${error.remedy}")
        exitProcess(1)
    }
}
