// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

/** Somebody in a meeting of a test, and what it was told and nobody has asked for yet. */
class Client(val meeting: Meeting) : AutoCloseable {
    private val waiting = mutableListOf<Event>()

    /** The first event that fits, waiting for it; those before it can still be asked for. */
    fun next(what: String, fits: (Event) -> Boolean): Event {
        waiting.firstOrNull(fits)?.let {
            waiting.remove(it)
            return it
        }
        while (true) {
            // The time only catches hangs.
            val event = meeting.nextEventBlocking(60_000).event ?: error("no $what, but $waiting")
            if (fits(event)) return event
            waiting += event
        }
    }

    fun next(type: EventType): Event = next("$type") { it.type == type }

    fun state(state: MeetingState): Event = next("$state") { it.state == state }

    /** The message as text. */
    fun message(): String = next(EventType.MESSAGE).payload.decodeToString()

    /** All that came so far and was not asked for. */
    fun rest(): List<Event> {
        while (true) waiting += meeting.nextEventBlocking(0).event ?: break
        return waiting.toList().also { waiting.clear() }
    }

    /** All until the end, none of which was asked for. */
    fun untilTheEnd(): List<Event> {
        while (true) {
            val next = meeting.nextEventBlocking(60_000)
            waiting += next.event ?: break
        }
        return rest()
    }

    val names: List<String>
        get() = meeting.snapshot().use { it.participants.map(Participant::name) }

    val state: MeetingState get() = meeting.snapshot().use { it.state }

    override fun close() = meeting.close()
}

/** A participant of that id in the room; not joined yet. */
fun Service.client(
    room: String,
    id: String,
    token: String = mint(),
    build: MeetingOptions.() -> Unit = {},
): Client {
    val options = MeetingOptions {
        meetingId = room
        participantId = id
        name = id.replaceFirstChar { it.uppercase() }
        this.token = token
        apiBaseUrl = url
        build()
    }
    return Client(Vsdk.initMeeting(options))
}

/** A room, and those who are in it, in the order of their joining; all of it is closed afterwards. */
fun Service.meet(
    vararg ids: String,
    mode: Mode = Mode.SEND_AND_RECV,
    test: (List<Client>) -> Unit,
) {
    configure()
    val room = Vsdk.createRoomBlocking().use { it.id }
    val clients = mutableListOf<Client>()
    try {
        for (id in ids) {
            clients += client(room, id) { this.mode = mode }.apply { meeting.joinBlocking() }
        }
        // Until everybody knows of everybody.
        for ((index, client) in clients.withIndex()) {
            repeat(ids.size - 1) { client.next(EventType.PARTICIPANT_JOINED) }
            check(client.names.size == ids.size) { "$index: ${client.names}" }
        }
        test(clients)
    } finally {
        clients.forEach { it.close() }
    }
}

/** The room that somebody meets in. */
val Client.room: String get() = meeting.snapshot().use { it.meetingId }
