// Talks and listens: a WAV file is the microphone, and what everybody says is written to another.
//
//   Talk --room ID --input speech.wav --output heard.wav    until the input has been said
//   Talk --room ID --output heard.wav --seconds 60          listens for a minute
//
// A program with a sound device does the same on the thread of its device, without the waiting. The
// token comes from --token, VIDEOSDK_TOKEN or --token-url, as in Quickstart.
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Locale
import kotlin.system.exitProcess
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlin.time.TimeSource
import kotlinx.coroutines.delay
import kotlinx.coroutines.runBlocking
import vsdk.AudioFormat
import vsdk.AudioOutput
import vsdk.ConfigOptions
import vsdk.Meeting
import vsdk.MeetingOptions
import vsdk.TrackKind
import vsdk.Vsdk
import vsdk.VsdkException

/** What is said and heard at a time: 10 ms. */
private const val CHUNKS_PER_SECOND = 100

/** Of the file that is written, whatever the others send. */
private val OUTPUT = AudioFormat(48_000, 2)

private const val USAGE = """usage: talk [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]
            [--input FILE.wav] [--output FILE.wav] [--seconds N]

  --token TOKEN      a token, e.g. a temporary one from the dashboard
  --token-url URL    where to fetch one (default http://localhost:3000/get-token)
  --room ID          join this room instead of creating one
  --name NAME        the name that others see
  --api-url URL      another server than https://api.videosdk.live
  --input FILE.wav   what is said: PCM of 16 bits; without it nothing is
  --output FILE.wav  where to write what is heard (default heard.wav)
  --seconds N        end after so long; otherwise when all has been said"""

private class TalkArguments(
    var token: String? = System.getenv("VIDEOSDK_TOKEN"),
    var tokenUrl: String = "http://localhost:3000/get-token",
    var apiUrl: String? = null,
    var room: String? = null,
    var name: String? = null,
    var input: String? = null,
    var output: String = "heard.wav",
    var seconds: Long? = null,
)

private fun readArguments(values: Array<String>): TalkArguments {
    val arguments = TalkArguments()
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
            "--input" -> arguments.input = value
            "--output" -> arguments.output = value
            "--seconds" -> arguments.seconds = value.toLongOrNull()?.takeIf { it > 0 }
                ?: fail("--seconds wants a number from 1 on")
            else -> fail(USAGE)
        }
    }
    if (arguments.input == null && arguments.seconds == null) {
        fail("without --input, --seconds has to say when to end")
    }
    return arguments
}

private fun fail(why: String): Nothing {
    System.err.println(why)
    exitProcess(1)
}

/** Gives the token to the library: the one that was passed, or a fetched one. */
private suspend fun configure(arguments: TalkArguments) {
    val given = arguments.token ?: Vsdk.fetchToken(arguments.tokenUrl).use { it.text }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = arguments.apiUrl
        },
    )
}

/** Makes the meeting in the room that was asked for, or in a new one. */
private suspend fun makeMeeting(arguments: TalkArguments): Meeting {
    val room = arguments.room ?: Vsdk.createRoom().use { it.id }
    println("room $room")
    return Vsdk.initMeeting(
        MeetingOptions {
            meetingId = room
            name = arguments.name
        },
    )
}

/** A microphone for what is said. */
private class Voice(private val file: WavReader, meeting: Meeting) : AutoCloseable {
    private val format = file.format
    private val track = meeting.addTrack(TrackKind.AUDIO)
    private val input = track.audioInput(format)
    private val chunk = memory((format.sampleRate / CHUNKS_PER_SECOND + 1) * format.channels)

    /** What is said before anybody can hear it is lost. */
    suspend fun awaitListeners() {
        while (!track.isSending) delay(10.milliseconds)
    }

    /** Says the chunk with that number; false when there is nothing left. */
    fun say(number: Long): Boolean {
        // Not every rate is a multiple of 100: together the chunks are as long as their time.
        val begin = format.sampleRate * number / CHUNKS_PER_SECOND
        val end = format.sampleRate * (number + 1) / CHUNKS_PER_SECOND
        chunk.clear().limit((end - begin).toInt() * format.channels * 2)
        file.read(chunk)
        if (!chunk.hasRemaining()) return false
        input.push(chunk.asShortBuffer())
        return true
    }

    override fun close() {
        input.close()
        track.close()
    }
}

/** For samples outside the heap, where the library uses them as they are, and in the order of WAV. */
private fun memory(samples: Int) = ByteBuffer.allocateDirect(samples * 2).order(ByteOrder.LITTLE_ENDIAN)

/** Says and hears at the pace of a sound device, until the end. */
private suspend fun talkAndListen(voice: Voice?, mixer: AudioOutput, heard: WavWriter, seconds: Long?) {
    val chunk = memory(OUTPUT.sampleRate / CHUNKS_PER_SECOND * OUTPUT.channels)
    var decoded = 0L
    var concealed = 0L
    voice?.awaitListeners()
    println("* talking")
    val begin = TimeSource.Monotonic.markNow()
    var number = 0L
    while (seconds == null || number < seconds * CHUNKS_PER_SECOND) {
        val hasSaid = voice?.say(number) ?: false
        if (seconds == null && !hasSaid) break
        val pulled = mixer.pull(chunk.asShortBuffer())
        decoded += pulled.decodedFrames
        concealed += pulled.concealedFrames
        heard.write(chunk)
        val due = 1.seconds * (++number).toDouble() / CHUNKS_PER_SECOND
        delay((due - begin.elapsedNow()).coerceAtLeast(Duration.ZERO))
    }
    fun Long.inSeconds() = "%.1f".format(Locale.ROOT, toDouble() / OUTPUT.sampleRate)
    println("* ${(decoded + concealed).inSeconds()} s were heard, ${concealed.inSeconds()} s of that made up")
}

/** Joins, says what is to be said, and writes down what everybody says. */
private suspend fun run(arguments: TalkArguments, said: WavReader?, heard: WavWriter) {
    configure(arguments)
    makeMeeting(arguments).use { meeting ->
        meeting.join()
        val voice = said?.let { Voice(it, meeting) }
        voice.use {
            meeting.audioMixer(OUTPUT).use { mixer -> talkAndListen(voice, mixer, heard, arguments.seconds) }
        }
    }
    Vsdk.shutdown()
}

fun main(values: Array<String>) {
    val arguments = readArguments(values)
    val said = try {
        arguments.input?.let(::WavReader)
    } catch (error: IOException) {
        fail("cannot say ${arguments.input}: ${error.message}")
    }
    var hasFailed = false
    try {
        val heard = WavWriter(arguments.output, OUTPUT)
        try {
            said.use { runBlocking { run(arguments, it, heard) } }
        } catch (error: VsdkException) {
            System.err.println("${error.operation} failed: ${error.message}\n  ${error.remedy}")
            hasFailed = true
        } finally {
            heard.finish()
        }
    } catch (error: IOException) {
        fail("cannot write ${arguments.output}: ${error.reason(arguments.output)}")
    }
    if (hasFailed) exitProcess(1)
}
