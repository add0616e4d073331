// Records a meeting: what is heard and seen goes into files, one for each track: Opus into Ogg, VP8
// into IVF, H.264 into a file of start codes.
//
//   Record --room ID --directory recording                until the input ends (Ctrl-D)
//   Record --room ID --directory recording --seconds 60   for a minute
//
// The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart.
import java.io.File
import java.io.IOException
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import vsdk.ConfigOptions
import vsdk.EventType
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.Mode
import vsdk.ReceivedFrame
import vsdk.TrackKind
import vsdk.Vsdk
import vsdk.VsdkException

private const val USAGE = """usage: record [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
              [--directory DIRECTORY] [--seconds N]

  --token TOKEN          a token, e.g. a temporary one from the dashboard
  --token-url URL        where to fetch one (default http://localhost:3000/get-token)
  --room ID              record this room instead of creating one
  --name NAME            the name that others see
  --api-url URL          another server than https://api.videosdk.live
  --directory DIRECTORY  where the files go; it has to be there (default .)
  --seconds N            end after so long; otherwise it ends with its input"""

private class RecordArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
    var directory: String = ".",
    var seconds: Long? = null,
)

private fun readArguments(values: Array<String>): RecordArguments {
    val arguments = RecordArguments()
    val left = values.iterator()
    while (left.hasNext()) {
        val option = left.next()
        if (option == "--help") {
            println(USAGE)
            exitProcess(0)
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
            "--directory" -> arguments.directory = value
            "--seconds" -> arguments.seconds = value.toLongOrNull()?.takeIf { it > 0 }
                ?: fail("--seconds wants a number from 1 on")
            else -> fail(USAGE)
        }
    }
    return arguments
}

private fun fail(why: String): Nothing {
    System.err.println(why)
    exitProcess(1)
}

/** Gives the token to the library: the one that was passed, or a fetched one. */
private suspend fun configure(arguments: RecordArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** The files of all tracks. Belongs to the media thread as long as the frame handler is set. */
private class Recording(private val directory: String) {
    /** By the id of the track; without a writer when it cannot be recorded. */
    private val writers = LinkedHashMap<String, MediaWriter?>()

    var hasFailed = false
        private set

    fun write(frame: ReceivedFrame) {
        if (frame.trackId !in writers) writers[frame.trackId] = begin(frame)
        val writer = writers[frame.trackId] ?: return
        try {
            writer.write(frame)
        } catch (error: IOException) {
            fail(writer.path, error)
            writer.abandon()
            writers[frame.trackId] = null
        }
    }

    /** The file of a new track. */
    private fun begin(frame: ReceivedFrame): MediaWriter? {
        val kind = when (frame.kind) {
            TrackKind.AUDIO -> "audio"
            TrackKind.VIDEO -> "video"
            TrackKind.SHARE -> "share"
            TrackKind.SHARE_AUDIO -> "share-audio"
            else -> "track"
        }
        val extension = MediaWriter.extension(frame.codec)
        if (extension == null) {
            println("* $kind of ${frame.participantId} is not recorded: its codec has no kind of file here")
            return null
        }
        // Numbers instead of names, which the others choose.
        val path = "$directory/${writers.size + 1}-$kind.$extension"
        return try {
            MediaWriter(path, frame.codec).also { println("* $path: $kind of ${frame.participantId}") }
        } catch (error: IOException) {
            fail(path, error)
            null
        }
    }

    /** Ends all files. */
    fun finish() {
        for (writer in writers.values.filterNotNull()) {
            println("* ${writer.path}: ${writer.frames} frames")
            try {
                writer.finish()
            } catch (error: IOException) {
                fail(writer.path, error)
            }
        }
    }

    private fun fail(path: String, error: IOException) {
        System.err.println("cannot write $path: ${error.reason(path)}")
        hasFailed = true
    }
}

/** Makes the meeting in the room that was asked for, or in a new one, only to receive. */
private suspend fun makeMeeting(arguments: RecordArguments): Meeting {
    val room = arguments.room ?: Vsdk.createRoom().use { it.id }
    println("room $room")
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = arguments.name
            mode = Mode.RECV_ONLY
        },
    )
}

/** Waits until the time is over, or the input or the meeting has ended. */
private suspend fun awaitEnd(meeting: Meeting, seconds: Long?): Unit = coroutineScope {
    val watching = launch {
        val end = meeting.events.first { it.type == EventType.MEETING_LEFT }
        println("* the meeting has ended: ${end.text}")
    }
    val waiting = launch {
        if (seconds != null) delay(seconds.seconds) else endOfInput().await()
        watching.cancel()
    }
    watching.join()
    waiting.cancel()
}

/** Its thread reads until the input or the program ends. */
private fun endOfInput(): CompletableDeferred<Unit> {
    val end = CompletableDeferred<Unit>()
    thread(isDaemon = true) {
        generateSequence(::readLine).count()
        end.complete(Unit)
    }
    return end
}

private suspend fun run(arguments: RecordArguments, recording: Recording) {
    configure(arguments)
    makeMeeting(arguments).use { meeting ->
        // Before joining, so that no frame comes earlier.
        meeting.setFrameHandler(recording::write)
        try {
            meeting.join()
            println("* recording")
            awaitEnd(meeting, arguments.seconds)
        } finally {
            // From here on nothing is written any more.
            meeting.setFrameHandler(null)
            recording.finish()
        }
    }
    Vsdk.shutdown()
}

fun main(values: Array<String>) {
    val arguments = readArguments(values)
    val folder = File(arguments.directory)
    val problem = when {
        !folder.exists() -> "No such file or directory"
        !folder.isDirectory -> "Not a directory"
        !folder.canWrite() -> "Permission denied"
        else -> null
    }
    if (problem != null) fail("cannot write into ${arguments.directory}: $problem")
    val recording = Recording(arguments.directory)
    try {
        runBlocking { run(arguments, recording) }
    } catch (error: VsdkException) {
        fail("${error.operation} failed: ${error.message}\n  ${error.remedy}")
    }
    if (recording.hasFailed) exitProcess(1)
}
