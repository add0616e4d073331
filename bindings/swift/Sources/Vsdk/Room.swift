internal import CVsdk

/// A room as the service described it. What is absent, the service did not say.
public struct Room: Hashable, Identifiable, Sendable {
    /// Its room id: what a meeting takes as meeting id.
    public let id: String

    /// Your own id of it.
    public let customId: String?

    /// The service's internal id of it.
    public let databaseId: String?

    /// The account it belongs to.
    public let userId: String?

    /// The API key it belongs to.
    public let apiKey: String?

    /// The region in which its media stays.
    public let geoFence: String?

    /// Where the service reports what happens in it.
    public let webhookUrl: String?

    /// When it closes by itself, e.g. `session-ends`.
    public let autoCloseType: String?

    /// How long a session may last, in the unit of the service.
    public let autoCloseDuration: Int?

    /// What starts by itself with a session: a JSON object.
    public let autoStartJson: String?

    /// When it was created, as the service writes it, e.g. `2026-07-01T08:30:00.125Z`.
    public let createdAt: String?

    /// When it was changed last, as the service writes it.
    public let updatedAt: String?

    /// Its address in the REST API.
    public let roomLink: String?

    /// The address of its sessions in the REST API.
    public let sessionLink: String?

    /// Whether it was deactivated; `false` when the service did not say.
    public let isDisabled: Bool

    /// All that the service said about it, as it came: a JSON object.
    public let json: String
}

/// Creates a room.
///
/// - Parameters:
///   - options: What to create.
///   - timeout: How long all of it may take.
/// - Throws: ``VsdkError`` (`notConfigured`, `invalidArgument`, `timeout`, `shutdown`, those of
///   tokens, networks and replies); `CancellationError` when the task is cancelled: the service may
///   have created the room nevertheless.
public func createRoom(
    _ options: RoomOptions = RoomOptions(), timeout: Duration = defaultTimeout
) async throws -> Room {
    try await perform(taking: Room.taken) { pending in
        try options.withC { options in
            try pending.start { callback, userData, destroy, operation, error in
                vsdk_create_room_async(
                    options, timeout.milliseconds, callback, userData, destroy, operation, error)
            }
        }
    }
}

/// Looks a room up and checks that it belongs to the account of the token.
///
/// - Parameters:
///   - id: Its room id or custom id.
///   - request: Another token or server.
///   - timeout: How long all of it may take.
/// - Throws: As ``createRoom(_:timeout:)``, and `notFound`.
public func validateRoom(
    _ id: String,
    request: RequestOptions = RequestOptions(),
    timeout: Duration = defaultTimeout
) async throws -> Room {
    try await ask(vsdk_room_validate_async, about: id, request, timeout)
}

/// Looks a room up.
///
/// - Parameters:
///   - id: Its room id, custom id or database id.
///   - request: Another token or server.
///   - timeout: How long all of it may take.
/// - Throws: As ``createRoom(_:timeout:)``, and `notFound`.
public func getRoom(
    _ id: String,
    request: RequestOptions = RequestOptions(),
    timeout: Duration = defaultTimeout
) async throws -> Room {
    try await ask(vsdk_room_get_async, about: id, request, timeout)
}

/// Closes a room for good: nobody can join it any more.
///
/// - Parameters:
///   - id: Its room id; the service takes no custom id here.
///   - request: Another token or server.
///   - timeout: How long all of it may take.
/// - Throws: As ``createRoom(_:timeout:)``, and `notFound`.
public func deactivateRoom(
    _ id: String,
    request: RequestOptions = RequestOptions(),
    timeout: Duration = defaultTimeout
) async throws -> Room {
    try await ask(vsdk_room_deactivate_async, about: id, request, timeout)
}

/// The functions of vsdk.h that answer something about one room.
private typealias Question = (
    UnsafePointer<CChar>?, OpaquePointer?, Int64, VsdkOpFn?, UnsafeMutableRawPointer?,
    VsdkDestroyFn?, Place?, Place?
) -> VsdkStatus

private func ask(
    _ question: Question, about id: String, _ request: RequestOptions, _ timeout: Duration
) async throws -> Room {
    try await perform(taking: Room.taken) { pending in
        try id.withC { id in
            try request.withC { request in
                try pending.start { callback, userData, destroy, operation, error in
                    question(
                        id, request, timeout.milliseconds, callback, userData, destroy, operation,
                        error)
                }
            }
        }
    }
}

extension Room {
    /// The result of a completed operation.
    @Sendable fileprivate static func taken(from operation: OpaquePointer) throws -> Room {
        try read(Room.init(reading:), free: vsdk_room_free) { room, error in
            vsdk_op_take_room(operation, room, error)
        }
    }

    init(reading room: OpaquePointer) {
        let autoCloseDuration = vsdk_room_auto_close_duration(room)
        id = text(vsdk_room_id(room))
        customId = optionalText(vsdk_room_custom_id(room))
        databaseId = optionalText(vsdk_room_database_id(room))
        userId = optionalText(vsdk_room_user_id(room))
        apiKey = optionalText(vsdk_room_api_key(room))
        geoFence = optionalText(vsdk_room_geo_fence(room))
        webhookUrl = optionalText(vsdk_room_webhook_url(room))
        autoCloseType = optionalText(vsdk_room_auto_close_type(room))
        self.autoCloseDuration = autoCloseDuration < 0 ? nil : Int(autoCloseDuration)
        autoStartJson = optionalText(vsdk_room_auto_start_json(room))
        createdAt = optionalText(vsdk_room_created_at(room))
        updatedAt = optionalText(vsdk_room_updated_at(room))
        roomLink = optionalText(vsdk_room_room_link(room))
        sessionLink = optionalText(vsdk_room_session_link(room))
        isDisabled = vsdk_room_is_disabled(room) != 0
        json = text(vsdk_room_json(room))
    }
}
