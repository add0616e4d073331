// Rooms on the service: create, list, look up, deactivate.
//
//   Rooms create [CUSTOM_ID]
//   Rooms list [PAGE]
//   Rooms validate ID
//   Rooms get ID
//   Rooms deactivate ID
//
// The token comes from the environment variable VIDEOSDK_TOKEN, or is fetched from the URL in
// VIDEOSDK_TOKEN_URL; another server than the service's own from VIDEOSDK_API_ENDPOINT.
import kotlin.system.exitProcess
import vsdk.ConfigOptions
import vsdk.Room
import vsdk.RoomListOptions
import vsdk.RoomOptions
import vsdk.Vsdk
import vsdk.VsdkException

private fun misused(): Nothing {
    System.err.println(
        "usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID | deactivate ID",
    )
    exitProcess(1)
}

/** Shows a room, and gives it back. */
private fun show(shown: Room) = shown.use { room ->
    val state = if (room.isDisabled) "disabled" else "open"
    val columns = listOf(room.id.padEnd(16), state.padEnd(10), (room.createdAt ?: "-").padEnd(24))
    println(columns.joinToString("  ") + "  " + (room.customId ?: "-"))
}

private suspend fun configure() {
    val given = System.getenv("VIDEOSDK_TOKEN")
        ?: System.getenv("VIDEOSDK_TOKEN_URL")?.let { url -> Vsdk.fetchToken(url).use { it.text } }
    Vsdk.configWith(
        ConfigOptions {
            token = given
            apiBaseUrl = System.getenv("VIDEOSDK_API_ENDPOINT")
        },
    )
}

private suspend fun list(number: Int) {
    Vsdk.listRooms(RoomListOptions { page = number }).use { rooms ->
        for (room in rooms) show(room)
        println("page ${rooms.page} of ${rooms.lastPage}, ${rooms.total} rooms in all")
    }
}

private suspend fun run(command: String, id: String?) {
    configure()
    when (command) {
        "create" -> show(Vsdk.createRoom(RoomOptions { customRoomId = id }))
        "list" -> list(id?.toIntOrNull() ?: 1)
        "validate" -> show(Vsdk.validateRoom(id ?: misused()))
        "get" -> show(Vsdk.getRoom(id ?: misused()))
        "deactivate" -> show(Vsdk.deactivateRoom(id ?: misused()))
        else -> misused()
    }
    Vsdk.shutdown()
}

suspend fun main(values: Array<String>) {
    val command = values.getOrNull(0) ?: misused()
    val id = values.getOrNull(1)
    if (id == null && command != "create" && command != "list") misused()
    try {
        run(command, id)
    } catch (error: VsdkException) {
        System.err.println("${error.message}\n  ${error.remedy}")
        exitProcess(1)
    }
}
