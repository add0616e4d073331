internal import CVsdk

/// How media is doing at one moment; see ``Meeting/mediaStatistics()``.
///
/// The library looks at its transports once a second; take new statistics to see what has changed.
/// Counts begin anew with each transport: after a lost connection they begin at 0 again. What is absent
/// is not known.
public struct MediaStatistics: Hashable, Sendable {
    /// Every track, those of this participant first.
    public let tracks: [TrackStatistics]

    /// All of them; what is not known is null: a JSON object.
    public let json: String

    private let transports: [TransportDirection: TransportStatistics]

    init(reading statistics: OpaquePointer) throws {
        tracks = try (0..<vsdk_media_statistics_track_count(statistics)).map { index in
            try TrackStatistics(reading: statistics, at: index)
        }
        json = text(vsdk_media_statistics_json(statistics))
        var transports: [TransportDirection: TransportStatistics] = [:]
        for direction in [TransportDirection.send, .receive] {
            transports[direction] = try TransportStatistics(reading: statistics, direction)
        }
        self.transports = transports
    }

    /// How one way is doing; `nil` when there is no such way at the moment, or no such direction.
    public func transport(_ direction: TransportDirection) -> TransportStatistics? {
        transports[direction]
    }
}

/// How one way of media is doing; see ``MediaStatistics/transport(_:)``.
public struct TransportStatistics: Hashable, Sendable {
    /// Whether something can go this way.
    public let isConnected: Bool

    /// All datagrams that were sent together, in bytes, without the headers of UDP and TCP.
    public let bytesSent: Int

    /// All datagrams that were received, likewise.
    public let bytesReceived: Int

    /// How many datagrams were sent: media, repairs, reports, data, and what keeps the way open.
    public let packetsSent: Int

    /// How many datagrams were received, likewise.
    public let packetsReceived: Int

    /// There and back.
    public let roundTrip: Duration?

    /// What the network carries, in kilobits per second; always absent for what is received.
    public let estimatedKbps: Int?

    /// Which part of the packets that were sent in the last second got lost, 0 to 1.
    public let lossSent: Double?

    /// Which part of the packets that were to come in the last second got lost, 0 to 1.
    public let lossReceived: Double?

    /// What it goes by, once a way was found.
    public let `protocol`: TransportProtocol?

    /// Absent when there is no such way.
    fileprivate init?(reading statistics: OpaquePointer, _ direction: TransportDirection) throws {
        var found = VsdkTransportStatistics()
        found.struct_size = MemoryLayout<VsdkTransportStatistics>.size
        try call { error in
            vsdk_media_statistics_transport(statistics, direction.rawValue, &found, error)
        }
        guard found.is_open != 0 else { return nil }
        isConnected = found.is_connected != 0
        bytesSent = Int(found.bytes_sent)
        bytesReceived = Int(found.bytes_received)
        packetsSent = Int(found.packets_sent)
        packetsReceived = Int(found.packets_received)
        roundTrip = known(milliseconds: found.round_trip_ms)
        estimatedKbps = known(Int64(found.estimated_kbps))
        lossSent = known(found.loss_sent)
        lossReceived = known(found.loss_received)
        `protocol` = found.protocol < 0 ? nil : TransportProtocol(rawValue: found.protocol)
    }
}

/// How one track is doing; see ``MediaStatistics/tracks``.
public struct TrackStatistics: Hashable, Sendable {
    /// Its id, as events tell it.
    public let trackId: String

    /// Who sends it.
    public let participantId: String

    /// Whether that is this participant.
    public let isLocal: Bool

    /// What it is.
    public let kind: TrackKind

    /// How it is encoded.
    public let codec: Codec

    /// How many frames were taken: from the app when it is sent, from the network when it is received.
    public let frames: Int

    /// Of a track that is sent, the frames that were refused because too many waited, or needed one
    /// that was; of one that is received, those that were not read in time. Those that a transform
    /// dropped are among them.
    public let framesDropped: Int

    /// Of a track that is received, the frames that could not have been decoded for want of others.
    public let framesUndecodable: Int?

    /// Of a track that is received, how often frames were missing on arrival, lost for good on the way.
    public let frameGaps: Int?

    /// One for each layer of a track that is sent, the smallest first; else one.
    public let streams: [StreamStatistics]

    /// While raw sound is asked for.
    public let playout: PlayoutStatistics?

    /// While raw pictures are pushed.
    public let encoding: EncodingStatistics?

    /// While raw pictures are asked for.
    public let decoding: DecodingStatistics?

    fileprivate init(reading statistics: OpaquePointer, at index: Int) throws {
        var found = VsdkTrackStatistics()
        found.struct_size = MemoryLayout<VsdkTrackStatistics>.size
        try call { error in vsdk_media_statistics_track(statistics, index, &found, error) }
        trackId = text(found.track_id)
        participantId = text(found.participant_id)
        isLocal = found.is_local != 0
        kind = TrackKind(rawValue: found.kind)
        codec = Codec(rawValue: found.codec)
        frames = Int(found.frames)
        framesDropped = Int(found.frames_dropped)
        framesUndecodable = known(found.frames_undecodable)
        frameGaps = known(found.frame_gaps)
        streams = try (0..<found.stream_count).map { stream in
            try StreamStatistics(reading: statistics, ofTrack: index, at: stream)
        }
        playout = try PlayoutStatistics(reading: statistics, ofTrack: index)
        encoding = try EncodingStatistics(reading: statistics, ofTrack: index)
        decoding = try DecodingStatistics(reading: statistics, ofTrack: index)
    }
}

/// How one stream of a track is doing: one of the sizes of a simulcast, or all there is.
public struct StreamStatistics: Hashable, Sendable {
    /// What its packets are known by (RFC 3550), once some flowed.
    public let ssrc: Int?

    /// What was in its packets, with those that were sent again, in bytes.
    public let bytes: Int

    /// How many packets, with those that were sent again.
    public let packets: Int

    /// Of a track that is sent, how many packets the service reports never to have got the first time.
    public let packetsLost: Int?

    /// Messages that asked for packets once more (NACK): from the service for a track that is sent, to
    /// it for one that is received. One can ask for several packets.
    public let nackCount: Int

    /// Likewise those that asked for a key frame because pictures were lost (PLI).
    public let pliCount: Int

    /// Likewise those that asked for a key frame for another reason (FIR).
    public let firCount: Int

    /// Which part of the packets got lost before any were sent again, 0 to 1, by the last report of
    /// whoever receives it.
    public let loss: Double?

    /// There and back, by that report.
    public let roundTrip: Duration?

    /// How unevenly packets come, by that report.
    public let jitter: Duration?

    fileprivate init(
        reading statistics: OpaquePointer, ofTrack track: Int, at index: Int
    ) throws {
        var found = VsdkStreamStatistics()
        found.struct_size = MemoryLayout<VsdkStreamStatistics>.size
        try call { error in vsdk_media_statistics_stream(statistics, track, index, &found, error) }
        ssrc = known(found.ssrc)
        bytes = Int(found.bytes)
        packets = Int(found.packets)
        packetsLost = known(found.packets_lost)
        nackCount = Int(found.nack_count)
        pliCount = Int(found.pli_count)
        firCount = Int(found.fir_count)
        loss = known(found.loss)
        roundTrip = known(milliseconds: found.round_trip_ms)
        jitter = known(milliseconds: found.jitter_ms)
    }
}

/// How the sound of one track is played, which is decoded here.
public struct PlayoutStatistics: Hashable, Sendable {
    /// How long sound is held back, against the fastest packets.
    public let delay: Duration

    /// How long it should be, for most packets to come in time.
    public let targetDelay: Duration

    /// All that was asked for, in frames of 48,000 hertz.
    public let playedFrames: Int

    /// Of those, what was made up because it got lost or was late.
    public let concealedFrames: Int

    /// Of those, what was silence because nothing was to be heard.
    public let silentFrames: Int

    /// What was left out to shorten the delay, in frames of 48,000 hertz.
    public let removedFrames: Int

    /// What was played twice to lengthen it, likewise.
    public let insertedFrames: Int

    /// Packets that came too late to be played.
    public let latePackets: Int

    /// Packets that the transform of frames has dropped.
    public let droppedPackets: Int

    /// Absent unless raw sound is asked for.
    fileprivate init?(reading statistics: OpaquePointer, ofTrack track: Int) throws {
        var found = VsdkPlayoutStatistics()
        found.struct_size = MemoryLayout<VsdkPlayoutStatistics>.size
        try call { error in vsdk_media_statistics_playout(statistics, track, &found, error) }
        guard found.is_active != 0 else { return nil }
        delay = .milliseconds(found.delay_ms)
        targetDelay = .milliseconds(found.target_delay_ms)
        playedFrames = Int(found.played_frames)
        concealedFrames = Int(found.concealed_frames)
        silentFrames = Int(found.silent_frames)
        removedFrames = Int(found.removed_frames)
        insertedFrames = Int(found.inserted_frames)
        latePackets = Int(found.late_packets)
        droppedPackets = Int(found.dropped_packets)
    }
}

/// How the pictures of one track are encoded, which raw ones are pushed for. All count from the
/// beginning of the input.
public struct EncodingStatistics: Hashable, Sendable {
    /// How many pictures were encoded, in one size or in several.
    public let pictures: Int

    /// Those that a later one has overtaken because the encoder was too slow.
    public let overtaken: Int

    /// How often one was left out in one size or in all, because the network or the bit rate does not
    /// carry more.
    public let leftOut: Int

    /// How long one takes, in all its sizes; the mean of the last ten or so.
    public let encodeTime: Duration

    /// By what each side is divided because the encoder would not keep up otherwise; 1 while it does.
    public let reducedBy: Double

    /// Absent unless raw pictures are pushed.
    fileprivate init?(reading statistics: OpaquePointer, ofTrack track: Int) throws {
        var found = VsdkEncodingStatistics()
        found.struct_size = MemoryLayout<VsdkEncodingStatistics>.size
        try call { error in vsdk_media_statistics_encoding(statistics, track, &found, error) }
        guard found.is_active != 0 else { return nil }
        pictures = Int(found.pictures)
        overtaken = Int(found.overtaken)
        leftOut = Int(found.left_out)
        encodeTime = .milliseconds(found.encode_ms)
        reducedBy = found.reduced_by
    }
}

/// How the pictures of one track are decoded, of which raw ones are asked for. All count from the
/// beginning of the output.
public struct DecodingStatistics: Hashable, Sendable {
    /// How many pictures were decoded.
    public let pictures: Int

    /// Of those, what a later one has overtaken before it was read.
    public let overtaken: Int

    /// Frames that could not be decoded, for want of others or because they came faster than they are
    /// decoded.
    public let undecodable: Int

    /// How long one takes; the mean of the last ten or so.
    public let decodeTime: Duration

    /// Absent unless raw pictures are asked for.
    fileprivate init?(reading statistics: OpaquePointer, ofTrack track: Int) throws {
        var found = VsdkDecodingStatistics()
        found.struct_size = MemoryLayout<VsdkDecodingStatistics>.size
        try call { error in vsdk_media_statistics_decoding(statistics, track, &found, error) }
        guard found.is_active != 0 else { return nil }
        pictures = Int(found.pictures)
        overtaken = Int(found.overtaken)
        undecodable = Int(found.undecodable)
        decodeTime = .milliseconds(found.decode_ms)
    }
}

/// -1 stands for what is not known.
private func known(_ number: Int64) -> Int? {
    number < 0 ? nil : Int(number)
}

private func known(_ number: Double) -> Double? {
    number < 0 ? nil : number
}

private func known(milliseconds: Double) -> Duration? {
    milliseconds < 0 ? nil : .milliseconds(milliseconds)
}
