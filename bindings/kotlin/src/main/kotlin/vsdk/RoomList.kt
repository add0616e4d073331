// SPDX-License-Identifier: MIT OR Apache-2.0
package vsdk

import com.sun.jna.Pointer

/** One page of rooms: `for (room in list)`. Immutable. */
public class RoomList internal constructor(pointer: Pointer) :
    NativeObject(pointer, NativeFunctions::vsdk_room_list_free, lendsTexts = true),
    Iterable<Room> {

    /** How many rooms are on the page. */
    public val size: Int get() = lend { vsdk_room_list_count(it) }.toInt()

    /** Which page it is, from 1. */
    public val page: Long get() = lend { vsdk_room_list_page(it) }

    /** How many rooms a full page has. */
    public val perPage: Long get() = lend { vsdk_room_list_per_page(it) }

    /** How many pages there are. */
    public val lastPage: Long get() = lend { vsdk_room_list_last_page(it) }

    /** How many rooms there are on all pages. */
    public val total: Long get() = lend { vsdk_room_list_total(it) }

    /**
     * A room of the page, from 0. It lives on its own: yours to close. Throws [VsdkException] with
     * [Status.INVALID_ARGUMENT] when there is no such room.
     */
    public operator fun get(index: Int): Room = lend { list ->
        Room(make { room, error -> vsdk_room_list_room(list, index.toLong(), room, error) })
    }

    /** The rooms one after the other, each made when it is reached and yours to close. */
    override fun iterator(): Iterator<Room> = (0 until size).asSequence().map(::get).iterator()
}
