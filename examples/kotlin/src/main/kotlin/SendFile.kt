// Sends files into a meeting in real time, as microphone and camera: Opus from Ogg, VP8 from IVF,
// H.264 from a file of start codes.
//
//   SendFile --room ID speech.ogg film.ivf
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart. Key frames come
// where the file has them: who joins in between sees a picture from the next one on.
import kotlin.system.exitProcess
import kotlin.time.Duration
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import vsdk.Codec
import vsdk.ConfigOptions
import vsdk.EventType
import vsdk.LocalTrack
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Pushed
import vsdk.TrackKind
import vsdk.TrackOptions
import vsdk.Vsdk
import vsdk.VsdkException

private const val MAX_FILES = 4

/** What is pushed last needs a moment to go out. */
private val LAST_FRAMES = 1.seconds

private const val USAGE = """usage: send_file [--token TOKEN | --token-url URL] [--room ID] [--name NAME]
                 [--api-url URL] [--delay SECONDS] [--fps N] FILE ...

  FILE             Ogg with Opus, IVF with VP8, or H.264 with start codes; at most 4
  --token TOKEN    a token, e.g. a temporary one from the dashboard
  --token-url URL  where to fetch one (default http://localhost:3000/get-token)
  --room ID        send into this room instead of creating one
  --name NAME      the name that others see
  --api-url URL    another server than https://api.videosdk.live
  --delay SECONDS  begin so long after joining, so that others are ready (default 2)
  --fps N          pictures per second of H.264, which has no times (default 30)"""

private class SendArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
    var delay: Long = 2,
    var picturesPerSecond: Long = 30,
    val files: MutableList<String> = mutableListOf(),
)

private fun readArguments(values: Array<String>): SendArguments {
    val arguments = SendArguments()
    val left = values.iterator()
    while (left.hasNext()) {
        val option = left.next()
        if (option == "--help") {
            println(USAGE)
            exitProcess(0)
        }
        if (!option.startsWith("--")) {
            arguments.files += option
            continue
        }
        val value = if (left.hasNext()) left.next() else fail(USAGE)
        when (option) {
            "--token" -> arguments.token = value
            "--token-url" -> {
                arguments.tokenUrl = value
                arguments.token = null
            }
            "--room" -> arguments.room = value
            "--name" -> arguments.name = value
            "--api-url" -> arguments.apiUrl = value
            "--delay" -> arguments.delay = value.toLongOrNull()?.takeIf { it in 0..3600 }
                ?: fail("--delay wants a number of seconds, 0 to 3600")
            "--fps" -> arguments.picturesPerSecond = value.toLongOrNull()?.takeIf { it in 1..1000 }
                ?: fail("--fps wants a number from 1 to 1000")
            else -> fail(USAGE)
        }
    }
    if (arguments.files.size !in 1..MAX_FILES) fail(USAGE)
    return arguments
}

private fun fail(why: String): Nothing {
    System.err.println(why)
    exitProcess(1)
}

/** A file, and the track that it is sent as. */
private class SentFile(val path: String, picturesPerSecond: Long) {
    val reader = MediaReader.open(path, picturesPerSecond)

    /** What is due next; null at the end. */
    var frame: MediaFrame? = reader.next() ?: throw MediaFileException("cannot send $path: there is no frame in it")
        private set

    private var sent = 0
    private var notTaken = 0

    fun addTo(meeting: Meeting): LocalTrack {
        val kind = if (reader.codec == Codec.OPUS) TrackKind.AUDIO else TrackKind.VIDEO
        return meeting.addTrack(
            TrackOptions(kind) {
                codec = reader.codec
                if (reader.width > 0) setSize(reader.width, reader.height)
            },
        )
    }

    /** Sends what is due, and goes on to the next. */
    fun push(frame: MediaFrame, track: LocalTrack) {
        // What is not taken is skipped: a file cannot make a key frame.
        val pushed = track.push(frame.data, frame.timestampUs, frame.isKeyFrame)
        if (pushed == Pushed.QUEUED) sent++ else notTaken++
        this.frame = reader.next()
    }

    fun report() = println("* $path: $sent frames sent, $notTaken not taken")
}

/** Gives the token to the library: the one that was passed, or a fetched one. */
private suspend fun configure(arguments: SendArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Makes the meeting in the room that was asked for, or in a new one. */
private suspend fun makeMeeting(arguments: SendArguments): Meeting {
    val room = arguments.room ?: Vsdk.createRoom().use { it.id }
    println("room $room")
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = arguments.name
        },
    )
}

/** Sends all files at the pace of their times. */
private suspend fun sendFiles(files: Map<SentFile, LocalTrack>) {
    val begin = TimeSource.Monotonic.markNow()
    while (true) {
        val (file, frame) = files.keys.mapNotNull { file -> file.frame?.let { file to it } }
            .minByOrNull { (_, frame) -> frame.timestampUs } ?: break
        delay((frame.timestampUs.microseconds - begin.elapsedNow()).coerceAtLeast(Duration.ZERO))
        file.push(frame, files.getValue(file))
    }
    delay(LAST_FRAMES)
}

/** Sends, and watches what becomes of it; whether all was sent. */
private suspend fun send(meeting: Meeting, files: Map<SentFile, LocalTrack>, wait: Duration): Boolean =
    coroutineScope {
        var isComplete = false
        val sending = launch {
            // Until there is a way for all, so that nothing of the beginning is lost.
            while (!files.values.all { it.isSending }) delay(20.milliseconds)
            delay(wait)
            println("* sending")
            sendFiles(files)
            isComplete = true
        }
        val watching = launch {
            meeting.events.collect { event ->
                when (event.type) {
                    EventType.MEETING_LEFT -> println("* the meeting has ended: ${event.text}")
                    EventType.TRACK_FAILED -> System.err.println("a track cannot be sent: ${event.text}")
                    else -> return@collect
                }
                sending.cancel()
            }
        }
        sending.join()
        watching.cancel()
        isComplete
    }

private suspend fun run(arguments: SendArguments, files: List<SentFile>): Boolean {
    configure(arguments)
    val isComplete = makeMeeting(arguments).use { meeting ->
        meeting.join()
        val tracks = files.associateWith { it.addTo(meeting) }
        try {
            send(meeting, tracks, arguments.delay.seconds)
        } finally {
            tracks.values.forEach { it.close() }
        }
    }
    files.forEach { it.report() }
    Vsdk.shutdown()
    return isComplete
}

fun main(values: Array<String>) {
    val arguments = readArguments(values)
    try {
        val files = arguments.files.map { SentFile(it, arguments.picturesPerSecond) }
        if (!runBlocking { run(arguments, files) }) exitProcess(1)
    } catch (error: VsdkException) {
        fail("${error.operation} failed: ${error.message}\n  ${error.remedy}")
    } catch (error: MediaFileException) {
        fail(error.message.orEmpty())
    }
}
