internal import CVsdk

/// One page of the rooms of an account: a collection of ``Room``.
public struct RoomList: RandomAccessCollection, Hashable, Sendable {
    /// Which page it is, from 1.
    public let page: Int

    /// How many rooms a full page has.
    public let perPage: Int

    /// How many pages there are.
    public let lastPage: Int

    /// How many rooms there are on all pages.
    public let total: Int

    private let rooms: [Room]

    /// The first room's position.
    public var startIndex: Int { rooms.startIndex }

    /// The position behind the last room.
    public var endIndex: Int { rooms.endIndex }

    /// The room at a position of this page.
    public subscript(position: Int) -> Room { rooms[position] }
}

/// Which rooms ``listRooms(_:timeout:)`` lists: by default the first page of all.
public struct RoomListOptions: Hashable, Sendable {
    /// Another token; `nil` for the configured one.
    @Secret public var token: String?

    /// The base URL of another server's REST API; `nil` for the configured one.
    public var apiBaseUrl: String?

    /// Which page, from 1; `nil` for the first.
    public var page: Int?

    /// How many rooms a page has, from 1; the service sets the upper limit, and the size for `nil`.
    public var perPage: Int?

    /// Lists only the room with this room id or custom id.
    public var query: String?

    /// Lists the rooms of this account; for administrators.
    public var userId: String?

    /// One page of all rooms.
    public init(page: Int? = nil, perPage: Int? = nil) {
        self.page = page
        self.perPage = perPage
    }
}

/// Lists rooms, one page at a time.
///
/// - Parameters:
///   - options: Which ones.
///   - timeout: How long all of it may take.
/// - Throws: As ``createRoom(_:timeout:)``.
public func listRooms(
    _ options: RoomListOptions = RoomListOptions(), timeout: Duration = defaultTimeout
) async throws -> RoomList {
    try await perform(taking: RoomList.taken) { pending in
        try options.withC { options in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_rooms_list_async(
                    options, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }
}

extension RoomList {
    /// The result of a completed operation.
    @Sendable fileprivate static func taken(from operation: OpaquePointer) throws -> RoomList {
        try read(RoomList.init(reading:), free: vsdk_room_list_free) { list, error in
            vsdk_op_take_room_list(operation, list, error)
        }
    }

    private init(reading list: OpaquePointer) throws {
        page = Int(vsdk_room_list_page(list))
        perPage = Int(vsdk_room_list_per_page(list))
        lastPage = Int(vsdk_room_list_last_page(list))
        total = Int(vsdk_room_list_total(list))
        rooms = try (0..<vsdk_room_list_count(list)).map { index in
            try read(Room.init(reading:), free: vsdk_room_free) { room, error in
                vsdk_room_list_room(list, index, room, error)
            }
        }
    }
}

extension RoomListOptions {
    func withC<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        try withOptions(vsdk_room_list_options_new, free: vsdk_room_list_options_free) { options in
            try set(options, vsdk_room_list_options_set_token, token)
            try set(options, vsdk_room_list_options_set_api_base_url, apiBaseUrl)
            if let page {
                try call { error in
                    vsdk_room_list_options_set_page(options, Int32(clamping: page), error)
                }
            }
            if let perPage {
                try call { error in
                    vsdk_room_list_options_set_per_page(options, Int32(clamping: perPage), error)
                }
            }
            try set(options, vsdk_room_list_options_set_query, query)
            try set(options, vsdk_room_list_options_set_user_id, userId)
            return try body(options)
        }
    }
}
