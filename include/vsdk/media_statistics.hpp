/// @file
/// Statistics of media: how it is doing at one moment.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEDIA_STATISTICS_HPP
#define VSDK_MEDIA_STATISTICS_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detail.hpp"
#include "media.hpp"

namespace vsdk {

/// Which way media goes, as this participant sees it.
enum class TransportDirection : std::int32_t {
    /// To the service.
    send = VSDK_TRANSPORT_DIRECTION_SEND,
    /// From the service.
    receive = VSDK_TRANSPORT_DIRECTION_RECEIVE,
};

/// What media goes by.
enum class TransportProtocol : std::int32_t {
    /// UDP.
    udp = VSDK_TRANSPORT_PROTOCOL_UDP,
    /// TCP.
    tcp = VSDK_TRANSPORT_PROTOCOL_TCP,
};

/// Milliseconds and parts of them.
using FractionalMilliseconds = std::chrono::duration<double, std::milli>;

/// How one way of media is doing; see MediaStatistics::transport(). What is absent is not known.
struct TransportStatistics {
    /// Whether something can go this way.
    bool is_connected = false;
    /// All datagrams together, in bytes, without the headers of UDP and TCP.
    std::int64_t bytes_sent = 0;
    /// Likewise.
    std::int64_t bytes_received = 0;
    /// How many datagrams: media, repairs, reports, data, and what keeps the way open.
    std::int64_t packets_sent = 0;
    /// Likewise.
    std::int64_t packets_received = 0;
    /// There and back.
    std::optional<FractionalMilliseconds> round_trip;
    /// What the network carries, in kilobits per second; never of what is received.
    std::optional<std::int32_t> estimated_kbps;
    /// Which part of the packets that were sent in the last second got lost, 0 to 1.
    std::optional<double> loss_sent;
    /// Which part of the packets that were to come in the last second got lost, 0 to 1.
    std::optional<double> loss_received;
    /// What it goes by, once a way was found.
    std::optional<TransportProtocol> protocol;
};

/// How one stream of a track is doing: one of the sizes of a simulcast, or all there is. What is
/// absent is not known.
struct StreamStatistics {
    /// What its packets are known by (RFC 3550), once some flowed.
    std::optional<std::int64_t> ssrc;
    /// What was in its packets, with those that were sent again, in bytes.
    std::int64_t bytes = 0;
    /// How many packets, with those that were sent again.
    std::int64_t packets = 0;
    /// Of a track that is sent, how many packets the service reports never to have got the first
    /// time.
    std::optional<std::int64_t> packets_lost;
    /// Messages that asked for packets once more (NACK): from the service for a track that is sent,
    /// to it for one that is received. One can ask for several packets.
    std::int64_t nack_count = 0;
    /// Likewise those that asked for a key frame because pictures were lost (PLI).
    std::int64_t pli_count = 0;
    /// Likewise those that asked for a key frame for another reason (FIR).
    std::int64_t fir_count = 0;
    /// Which part of the packets got lost before any were sent again, 0 to 1, by the last report of
    /// whoever receives it.
    std::optional<double> loss;
    /// There and back, by that report.
    std::optional<FractionalMilliseconds> round_trip;
    /// How unevenly packets come, by that report.
    std::optional<FractionalMilliseconds> jitter;
};

/// How the sound of one track is played, which is decoded here.
struct PlayoutStatistics {
    /// How long sound is held back, against the fastest packets.
    FractionalMilliseconds delay{};
    /// How long it should be, for most packets to come in time.
    FractionalMilliseconds target_delay{};
    /// All that was asked for, in frames of 48,000 hertz.
    std::int64_t played_frames = 0;
    /// Of those, what was made up because it got lost or was late.
    std::int64_t concealed_frames = 0;
    /// Of those, what was silence because nothing was to be heard.
    std::int64_t silent_frames = 0;
    /// What was left out to shorten the delay, in frames of 48,000 hertz.
    std::int64_t removed_frames = 0;
    /// What was played twice to lengthen it, likewise.
    std::int64_t inserted_frames = 0;
    /// Packets that came too late to be played.
    std::int64_t late_packets = 0;
    /// Packets that the transform of frames has dropped.
    std::int64_t dropped_packets = 0;
};

/// How the pictures of one track are encoded, which raw ones are pushed for. All count from the
/// beginning of the input.
struct EncodingStatistics {
    /// How many pictures were encoded, in one size or in several.
    std::int64_t pictures = 0;
    /// Those that a later one has overtaken because the encoder was too slow.
    std::int64_t overtaken = 0;
    /// How often one was left out in one size or in all, because the network or the bit rate does
    /// not carry more.
    std::int64_t left_out = 0;
    /// How long one takes, in all its sizes; the mean of the last ten or so.
    FractionalMilliseconds encode_time{};
    /// By what each side is divided because the encoder would not keep up otherwise; 1 while it
    /// does.
    double reduced_by = 1;
};

/// How the pictures of one track are decoded, of which raw ones are asked for. All count from the
/// beginning of the output.
struct DecodingStatistics {
    /// How many pictures were decoded.
    std::int64_t pictures = 0;
    /// Of those, what a later one has overtaken before it was read.
    std::int64_t overtaken = 0;
    /// Frames that could not be decoded, for want of others or because they came faster than they
    /// are decoded.
    std::int64_t undecodable = 0;
    /// How long one takes; the mean of the last ten or so.
    FractionalMilliseconds decode_time{};
};

/// How one track is doing; see MediaStatistics::tracks().
struct TrackStatistics {
    /// Its id, as events tell it.
    std::string track_id;
    /// Who sends it.
    std::string participant_id;
    /// Whether that is this participant.
    bool is_local = false;
    /// What it is.
    TrackKind kind = TrackKind::audio;
    /// How it is encoded.
    Codec codec = Codec::opus;
    /// How many frames were taken: from the program when it is sent, from the network when it is
    /// received.
    std::int64_t frames = 0;
    /// Of a track that is sent, the frames that were refused because too many waited, or needed one
    /// that was; of one that is received, those that were not read in time.
    std::int64_t frames_dropped = 0;
    /// Of a track that is received, the frames that could not have been decoded for want of others.
    std::optional<std::int64_t> frames_undecodable;
    /// Of a track that is received, how often frames were missing on arrival, lost for good on the
    /// way.
    std::optional<std::int64_t> frame_gaps;
    /// One for each layer of a track that is sent, the smallest first; else one.
    std::vector<StreamStatistics> streams;
    /// While raw sound is asked for.
    std::optional<PlayoutStatistics> playout;
    /// While raw pictures are pushed.
    std::optional<EncodingStatistics> encoding;
    /// While raw pictures are asked for.
    std::optional<DecodingStatistics> decoding;
};

namespace detail {

/// -1 stands for what is not known.
inline std::optional<std::int64_t> known(std::int64_t number) {
    return number < 0 ? std::nullopt : std::optional<std::int64_t>(number);
}

inline std::optional<double> known(double number) {
    return number < 0 ? std::nullopt : std::optional<double>(number);
}

inline std::optional<FractionalMilliseconds> known_time(double milliseconds) {
    return milliseconds < 0
               ? std::nullopt
               : std::optional<FractionalMilliseconds>(FractionalMilliseconds(milliseconds));
}

} // namespace detail

/// How media is doing at one moment; see Meeting::media_statistics(). Immutable: from any thread,
/// several at once.
///
/// The library looks at its transports once a second; take new statistics to see what has changed.
/// Counts begin anew with each transport: after a lost connection they begin at 0 again.
class MediaStatistics : public detail::Object<VsdkMediaStatistics> {
public:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit MediaStatistics(VsdkMediaStatistics *owned) noexcept : Object(owned) {}

    /// How one way is doing; absent when there is no such way at the moment. Throws Error
    /// (invalid_argument when there is no such direction).
    std::optional<TransportStatistics> transport(TransportDirection direction) const {
        VsdkTransportStatistics found = VSDK_TRANSPORT_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_transport, native_handle(),
                     static_cast<VsdkTransportDirection>(direction), &found);
        if (found.is_open == 0)
            return std::nullopt;
        TransportStatistics transport;
        transport.is_connected = found.is_connected != 0;
        transport.bytes_sent = found.bytes_sent;
        transport.bytes_received = found.bytes_received;
        transport.packets_sent = found.packets_sent;
        transport.packets_received = found.packets_received;
        transport.round_trip = detail::known_time(found.round_trip_ms);
        if (found.estimated_kbps >= 0)
            transport.estimated_kbps = found.estimated_kbps;
        transport.loss_sent = detail::known(found.loss_sent);
        transport.loss_received = detail::known(found.loss_received);
        if (found.protocol >= 0)
            transport.protocol = static_cast<TransportProtocol>(found.protocol);
        return transport;
    }

    /// Every track, those of this participant first; none once closed.
    std::vector<TrackStatistics> tracks() const {
        const std::size_t count = vsdk_media_statistics_track_count(native_handle());
        std::vector<TrackStatistics> tracks;
        tracks.reserve(count);
        for (std::size_t index = 0; index < count; ++index)
            tracks.push_back(track(index));
        return tracks;
    }

    /// All of them; what is not known is null: a JSON object.
    std::string json() const { return detail::text(vsdk_media_statistics_json(native_handle())); }

private:
    TrackStatistics track(std::size_t index) const {
        VsdkTrackStatistics found = VSDK_TRACK_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_track, native_handle(), index, &found);
        TrackStatistics track;
        track.track_id = detail::text(found.track_id);
        track.participant_id = detail::text(found.participant_id);
        track.is_local = found.is_local != 0;
        track.kind = static_cast<TrackKind>(found.kind);
        track.codec = static_cast<Codec>(found.codec);
        track.frames = found.frames;
        track.frames_dropped = found.frames_dropped;
        track.frames_undecodable = detail::known(found.frames_undecodable);
        track.frame_gaps = detail::known(found.frame_gaps);
        track.streams.reserve(found.stream_count);
        for (std::size_t stream_index = 0; stream_index < found.stream_count; ++stream_index)
            track.streams.push_back(stream(index, stream_index));
        track.playout = playout(index);
        track.encoding = encoding(index);
        track.decoding = decoding(index);
        return track;
    }

    StreamStatistics stream(std::size_t track_index, std::size_t stream_index) const {
        VsdkStreamStatistics found = VSDK_STREAM_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_stream, native_handle(), track_index, stream_index,
                     &found);
        StreamStatistics stream;
        stream.ssrc = detail::known(found.ssrc);
        stream.bytes = found.bytes;
        stream.packets = found.packets;
        stream.packets_lost = detail::known(found.packets_lost);
        stream.nack_count = found.nack_count;
        stream.pli_count = found.pli_count;
        stream.fir_count = found.fir_count;
        stream.loss = detail::known(found.loss);
        stream.round_trip = detail::known_time(found.round_trip_ms);
        stream.jitter = detail::known_time(found.jitter_ms);
        return stream;
    }

    std::optional<PlayoutStatistics> playout(std::size_t track_index) const {
        VsdkPlayoutStatistics found = VSDK_PLAYOUT_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_playout, native_handle(), track_index, &found);
        if (found.is_active == 0)
            return std::nullopt;
        PlayoutStatistics playout;
        playout.delay = FractionalMilliseconds(found.delay_ms);
        playout.target_delay = FractionalMilliseconds(found.target_delay_ms);
        playout.played_frames = found.played_frames;
        playout.concealed_frames = found.concealed_frames;
        playout.silent_frames = found.silent_frames;
        playout.removed_frames = found.removed_frames;
        playout.inserted_frames = found.inserted_frames;
        playout.late_packets = found.late_packets;
        playout.dropped_packets = found.dropped_packets;
        return playout;
    }

    std::optional<EncodingStatistics> encoding(std::size_t track_index) const {
        VsdkEncodingStatistics found = VSDK_ENCODING_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_encoding, native_handle(), track_index, &found);
        if (found.is_active == 0)
            return std::nullopt;
        EncodingStatistics encoding;
        encoding.pictures = found.pictures;
        encoding.overtaken = found.overtaken;
        encoding.left_out = found.left_out;
        encoding.encode_time = FractionalMilliseconds(found.encode_ms);
        encoding.reduced_by = found.reduced_by;
        return encoding;
    }

    std::optional<DecodingStatistics> decoding(std::size_t track_index) const {
        VsdkDecodingStatistics found = VSDK_DECODING_STATISTICS_INIT;
        detail::call(vsdk_media_statistics_decoding, native_handle(), track_index, &found);
        if (found.is_active == 0)
            return std::nullopt;
        DecodingStatistics decoding;
        decoding.pictures = found.pictures;
        decoding.overtaken = found.overtaken;
        decoding.undecodable = found.undecodable;
        decoding.decode_time = FractionalMilliseconds(found.decode_ms);
        return decoding;
    }
};

} // namespace vsdk

#endif // VSDK_MEDIA_STATISTICS_HPP
