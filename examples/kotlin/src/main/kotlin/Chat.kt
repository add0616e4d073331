// A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
// goes.
//
//   Chat --name Ann                  in a new room; its id is printed for the others
//   Chat --name Bob --room ID        in a room that exists
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart.
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel
import kotlinx.coroutines.channels.trySendBlocking
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import vsdk.ConfigOptions
import vsdk.Event
import vsdk.EventType
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.MeetingState
import vsdk.Vsdk
import vsdk.VsdkException

private const val TOPIC = "CHAT"

private const val USAGE = """usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live"""

private class ChatArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
)

private fun readArguments(values: Array<String>): ChatArguments {
    val arguments = ChatArguments()
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
private suspend fun configure(arguments: ChatArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Makes the meeting in the room that was asked for, or in a new one; microphone and camera are off. */
private suspend fun makeMeeting(arguments: ChatArguments): Meeting {
    val room = arguments.room ?: Vsdk.createRoom().use { it.id }
    println("room $room")
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = arguments.name
        },
    )
}

/** What is typed, line by line. Its thread waits for the next one until the program ends. */
private fun lines(): ReceiveChannel<String> {
    val lines = Channel<String>()
    thread(isDaemon = true) {
        generateSequence(::readLine).takeWhile { lines.trySendBlocking(it).isSuccess }.count()
        lines.close()
    }
    return lines
}

/** Prints who is in the room; gives up to which event that is. */
private fun printRoom(meeting: Meeting): Long = meeting.snapshot().use {
    val names = it.participants.map { one -> if (one.isLocal) "${one.name} (you)" else one.name }
    println("* in the room: ${names.joinToString()}")
    it.eventSequence
}

private fun printEvent(event: Event, seen: Long) {
    val name = event.participantName ?: "?"
    val isNew = event.sequence > seen
    when {
        event.type == EventType.MESSAGE -> {
            val earlier = if (event.code == 1) "(earlier) " else ""
            println("$earlier$name: ${event.payload.decodeToString()}")
        }
        !isNew -> Unit
        event.type == EventType.PARTICIPANT_JOINED -> println("* $name joined")
        event.type == EventType.PARTICIPANT_LEFT -> println("* $name left")
        event.state == MeetingState.RECONNECTING -> println("* connection lost, trying again")
        event.state == MeetingState.CONNECTED -> println("* back in the room")
    }
}

/** Whether the meeting has ended: then the event that says why is on its way. */
private fun isOver(meeting: Meeting): Boolean = meeting.snapshot().use {
    it.state == MeetingState.LEFT || it.state == MeetingState.FAILED
}

/** Passes messages on in both directions until the input or the meeting ends. */
private suspend fun chat(meeting: Meeting): Unit = coroutineScope {
    meeting.join()
    val seen = printRoom(meeting)
    meeting.subscribe(TOPIC)

    val lines = lines()
    var hasLeft = false
    launch {
        for (line in lines) {
            if (line.isEmpty()) continue
            try {
                // Those who come later are to see it too.
                meeting.publish(TOPIC, line, persist = true)
            } catch (error: VsdkException) {
                if (!isOver(meeting)) throw error
                return@launch
            }
        }
        hasLeft = true
        meeting.leave()
    }
    val end = meeting.events
        .onEach { printEvent(it, seen) }
        .first { it.type == EventType.MEETING_LEFT }
    lines.cancel()
    println(if (hasLeft) "* you left" else "* the meeting has ended: ${end.text}")
}

private suspend fun run(arguments: ChatArguments) {
    configure(arguments)
    makeMeeting(arguments).use { chat(it) }
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
