// A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.
//
//   Greeter                        in a new room; its id is printed for the guests
//   Greeter --room ID --guests 2   in a room that exists; leaves after two guests
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart. Guests whose token
// has the permission ask_join and not allow_join have to ask.
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlinx.coroutines.channels.awaitClose
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.callbackFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.merge
import kotlinx.coroutines.runBlocking
import vsdk.ConfigOptions
import vsdk.Event
import vsdk.EventType
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Moderation
import vsdk.Vsdk
import vsdk.VsdkException

private const val TOPIC = "CHAT"

private const val USAGE = """usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --guests N       leave after so many guests (default: when the input ends)
  --api-url URL    another server than https://api.videosdk.live"""

private class GreeterArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
    /** 0: without end. */
    var guests: Int = 0,
)

private fun readArguments(values: Array<String>): GreeterArguments {
    val arguments = GreeterArguments()
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
            "--name" -> arguments.name = value
            "--guests" -> arguments.guests = value.toIntOrNull() ?: misused()
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
private suspend fun configure(arguments: GreeterArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Makes the meeting in the room that was asked for, or in a new one; microphone and camera are off. */
private suspend fun makeMeeting(arguments: GreeterArguments): Meeting {
    val room = arguments.room ?: Vsdk.createRoom().use { it.id }
    println("room $room")
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = arguments.name
        },
    )
}

/** Tells once, with null, that the input has ended. Its thread waits for that. */
private fun endOfInput(): Flow<Event?> = callbackFlow {
    thread(isDaemon = true) {
        generateSequence(::readLine).count()
        trySend(null)
    }
    awaitClose()
}

private suspend fun letIn(meeting: Meeting, id: String, name: String) {
    meeting.moderate(id, Moderation.ALLOW_ENTRY)
    println("* $name asks to come in: let in")
}

/** Sends a welcome that only the newcomer gets, who subscribes the topic later. */
private suspend fun welcome(meeting: Meeting, id: String, name: String) {
    meeting.publish(TOPIC, "Welcome, $name!", persist = true, sendOnly = listOf(id))
    println("* $name joined: welcomed")
}

/** Greets until there were enough guests, or the input or the meeting ends. */
private suspend fun greet(meeting: Meeting, guests: Int) {
    meeting.join()
    var welcomed = 0
    val events = if (guests > 0) meeting.events else merge(meeting.events, endOfInput())
    val last = events.first { event ->
        val id = event?.participantId.orEmpty()
        val name = event?.participantName.orEmpty()
        when (event?.type) {
            EventType.ENTRY_REQUESTED -> letIn(meeting, id, name)
            EventType.PARTICIPANT_JOINED -> {
                welcome(meeting, id, name)
                welcomed++
            }
        }
        event == null || event.type == EventType.MEETING_LEFT || guests in 1..welcomed
    }
    if (last?.type == EventType.MEETING_LEFT) println("* the meeting has ended: ${last.text}")
    meeting.leave()
}

private suspend fun run(arguments: GreeterArguments) {
    configure(arguments)
    makeMeeting(arguments).use { greet(it, arguments.guests) }
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
