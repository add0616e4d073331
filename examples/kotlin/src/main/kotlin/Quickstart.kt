// From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
// what came back.
//
//   Quickstart                                   token from http://localhost:3000/get-token
//   Quickstart --token TOKEN                     a temporary token from the dashboard
//   Quickstart --token-url URL                   your own token server
//   Quickstart --room ID --name Ann              meet in a room that exists
//
// Without --token, the environment variable VIDEOSDK_TOKEN is looked at first.
import kotlin.system.exitProcess
import vsdk.ConfigOptions
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Room
import vsdk.Vsdk
import vsdk.VsdkException

private const val USAGE = """usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]

  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        meet in this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live"""

private class Arguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
)

private fun readArguments(values: Array<String>): Arguments {
    val arguments = Arguments()
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
private suspend fun configure(arguments: Arguments) {
    val given = arguments.token ?: run {
        println("fetching a token from ${arguments.tokenUrl}")
        Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Finds the room that was asked for, or creates one. */
private suspend fun findRoom(arguments: Arguments): Room {
    arguments.room?.let { return Vsdk.validateRoom(it) }
    println("creating a room")
    return Vsdk.createRoom()
}

private fun show(room: Room, meeting: Meeting) {
    meeting.snapshot().use {
        println("room         ${room.id}")
        println("created      ${room.createdAt ?: "-"}")
        println("participant  ${it.participantId}")
        println("name         ${it.name}")
        println("microphone   ${if (it.micEnabled) "wanted" else "off"}")
        println("meeting      ${it.json}")
    }
    // Everything that has happened so far waits in the queue.
    while (true) {
        val event = meeting.nextEventBlocking(0).event ?: break
        println("event ${event.sequence}      ${event.typeName} ${event.text ?: ""}")
    }
}

private suspend fun run(arguments: Arguments) {
    configure(arguments)
    findRoom(arguments).use { room ->
        val options = MeetingOptions {
            meetingId = room.id
            name = arguments.name
            micEnabled = true
            metadataJson = """{"from": "quickstart"}"""
        }
        // Nothing is sent anywhere yet.
        Vsdk.initMeeting(options).use { meeting -> show(room, meeting) }
    }
    Vsdk.shutdown()
}

suspend fun main(values: Array<String>) {
    val arguments = readArguments(values)
    try {
        run(arguments)
    } catch (error: VsdkException) {
        System.err.println("${error.operation} failed: ${error.message}\n  ${error.remedy}")
        exitProcess(1)
    }
}
