internal import CVsdk

/// An open microphone, which a track sends, or an open speaker; see ``LocalTrack/openMicrophone(_:)``,
/// ``Meeting/openSpeaker(_:)`` and ``RemoteTrack/openSpeaker(_:)``.
///
/// One that is closed, or no longer referenced, closes the device, and waits for what that does at the
/// moment. It also ends when it fails, which ``EventType/deviceFailed`` tells, and with the meeting.
///
/// `@unchecked Sendable` for the same reason as ``Meeting``.
public final class AudioDevice: @unchecked Sendable {
    /// What it is for.
    public let kind: DeviceKind

    /// What the sound system knows it by.
    public let id: String

    /// What a person knows it by.
    public let name: String

    /// How its sound is laid out; of more than two channels the first two are used.
    public let format: AudioFormat

    private let handle: OpaquePointer

    init(owning handle: OpaquePointer) {
        self.handle = handle
        kind = DeviceKind(rawValue: vsdk_audio_device_kind(handle))
        id = text(vsdk_audio_device_id(handle))
        name = text(vsdk_audio_device_name(handle))
        format = AudioFormat(
            vsdk_audio_device_sample_rate(handle), vsdk_audio_device_channels(handle))
    }

    deinit {
        vsdk_audio_device_free(handle)
    }

    /// Closes it. Again is no mistake.
    public func close() {
        withHandle { handle in vsdk_audio_device_free(handle) }
    }

    /// How loud what it hears or plays is, sent or not, in decibels below full scale: 0 to -127; `nil`
    /// once closed.
    public var level: Int? {
        let level = withHandle { handle in vsdk_audio_device_level(handle) }
        return level == VSDK_AUDIO_LEVEL_UNKNOWN ? nil : Int(level)
    }

    /// Whether it works: it has not failed, it is not closed, and the meeting is not over.
    public var isOpen: Bool {
        withHandle { handle in vsdk_audio_device_is_open(handle) } != 0
    }

    /// The handle for the duration of a call, in which the device stays alive.
    private func withHandle<Value>(_ body: (OpaquePointer) throws -> Value) rethrows -> Value {
        try withExtendedLifetime(self) { try body(handle) }
    }
}

/// Opens a device with that id, or the default one, on a thread that may wait.
private func open(
    _ deviceId: String?,
    _ function: @escaping @Sendable (UnsafePointer<CChar>?, Place, Place) throws -> VsdkStatus
) async throws -> AudioDevice {
    try await performBlocking {
        var device: OpaquePointer?
        try deviceId.withC { id in
            try call { error in try function(id, &device, error) }
        }
        return AudioDevice(owning: try present(device))
    }
}

extension LocalTrack {
    /// Opens a microphone and sends what it hears as this track: it is its input until it is closed or
    /// no longer referenced. Mute it with ``setEnabled(_:)``.
    ///
    /// It is done also when the task is cancelled, within ten seconds.
    ///
    /// - Parameter deviceId: Which one, from ``listDevices(_:)``; `nil` for the default one.
    /// - Throws: ``VsdkError`` (`notFound` when it is not there, `resourceExhausted` when another
    ///   program has it, `forbidden` when it may not be used, `timeout` when the sound system does not
    ///   answer, `invalidState` when the track has an input already or the meeting is over,
    ///   `invalidArgument` for a track of pictures, `unsupported` for other codecs than Opus and when
    ///   this build of the library opens no devices, `invalidHandle` once closed).
    public func openMicrophone(_ deviceId: String? = nil) async throws -> AudioDevice {
        try await open(deviceId) { [self] id, device, error in
            withHandle { track in vsdk_audio_device_open_microphone(track, id, device, error) }
        }
    }
}

extension RemoteTrack {
    /// Opens a speaker and plays this track alone on it, as ``audioOutput(_:)`` does, until it is closed
    /// or no longer referenced.
    ///
    /// - Parameter deviceId: Which one, from ``listDevices(_:)``; `nil` for the default one.
    /// - Throws: As ``LocalTrack/openMicrophone(_:)``; ``VsdkError`` (`invalidState`) while a frame
    ///   handler is set.
    public func openSpeaker(_ deviceId: String? = nil) async throws -> AudioDevice {
        let device = try await open(deviceId) { [self] id, device, error in
            withHandle { track in vsdk_audio_device_open_track_speaker(track, id, device, error) }
        }
        // Whoever waits for a frame learns that an output takes them.
        wake.give()
        return device
    }
}

extension Meeting {
    /// Opens a speaker and plays everybody together on it, as ``audioMixer(_:)`` does, until it is
    /// closed or no longer referenced.
    ///
    /// - Parameter deviceId: Which one, from ``listDevices(_:)``; `nil` for the default one.
    /// - Throws: As ``LocalTrack/openMicrophone(_:)``.
    public func openSpeaker(_ deviceId: String? = nil) async throws -> AudioDevice {
        let device = try await open(deviceId) { [self] id, device, error in
            withHandle { meeting in vsdk_audio_device_open_speaker(meeting, id, device, error) }
        }
        // Whoever waits for a frame learns that an output takes them.
        trackSignals.give()
        return device
    }

    /// Switches the microphone on or off: all tracks of the kind audio that were added, and where there
    /// is none, the default microphone of this machine, which is opened and closed again. Does not
    /// wait.
    ///
    /// ``EventType/trackPublished`` says when others hear it, ``EventType/deviceFailed`` that it could
    /// not be opened.
    ///
    /// - Throws: ``VsdkError`` (`invalidState` when the meeting is over, `unsupported` when there is no
    ///   track and this build of the library opens no devices, `invalidHandle` once closed).
    public func setMicEnabled(_ enabled: Bool) throws {
        try withHandle { meeting in
            try call { error in vsdk_meeting_set_mic_enabled(meeting, enabled.flag, error) }
        }
    }

    /// Tells of microphones and speakers that come and go, as ``EventType/devicesChanged``, or no
    /// longer: it looks every two seconds. What ``listDevices(_:)`` gives after this has returned is
    /// told of when it changes.
    ///
    /// - Throws: As ``listDevices(_:)``; ``VsdkError`` (`invalidState` when the meeting is over,
    ///   `invalidHandle` once closed).
    public func watchDevices(_ enabled: Bool = true) async throws {
        try await performBlocking { [self] in
            try withHandle { meeting in
                try call { error in vsdk_meeting_watch_devices(meeting, enabled.flag, error) }
            }
        }
    }
}
