/// @file
/// Meetings: media and data, and choosing what to receive.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_MEETING_MEDIA_HPP
#define VSDK_MEETING_MEDIA_HPP

#include <cstdint>
#include <optional>
#include <utility>

#include "audio.hpp"
#include "bytes.hpp"
#include "detail.hpp"
#include "devices.hpp"
#include "frame.hpp"
#include "frame_transform.hpp"
#include "local_track.hpp"
#include "media.hpp"
#include "media_statistics.hpp"
#include "operation.hpp"
#include "remote_track.hpp"
#include "text.hpp"
#include "timeout.hpp"
#include "track_options.hpp"

namespace vsdk {

/// What a Meeting does with media.
///
/// By default a meeting receives what everybody sends. With auto_consume switched off in its options
/// it receives nothing until it is asked for, participant by participant, with subscribe_tracks().
/// In either case pause_all_tracks() saves what nobody needs at the moment. These ask the service,
/// come in two forms and throw as in Meeting.
class MeetingMedia : public detail::Object<VsdkMeeting> {
public:
    /// Adds a track that is sent from now on, or once the meeting is joined; the options are copied.
    ///
    /// It stays through lost connections until it is destroyed. EventType::track_published says
    /// when the others can receive it, EventType::track_failed that they cannot. Does not block.
    /// Throws Error (invalid_state when the meeting is over, resource_exhausted).
    LocalTrack add_track(const TrackOptions &options) {
        return detail::make<LocalTrack>(vsdk_meeting_add_track, native_handle(),
                                        options.native_handle());
    }

    /// A track of somebody else, which is there from EventType::track_added to
    /// EventType::track_removed. Several objects of one track share its frames: each frame is read
    /// by one of them. Does not block. Throws Error (not_found when nobody sends a track with that
    /// id, resource_exhausted).
    RemoteTrack remote_track(const TextArg &track_id) const {
        return detail::make<RemoteTrack>(vsdk_meeting_remote_track, native_handle(),
                                         track_id.c_str());
    }

    /// The sound of everybody together, now and later, for playing. The frames of all tracks with
    /// sound go there from now on, until it is destroyed. What is too loud together is turned down.
    /// Does not block. Throws Error (invalid_state when one of these tracks has a frame handler of
    /// its own, invalid_argument for other formats, unsupported when this build of the library
    /// cannot decode, resource_exhausted).
    AudioOutput audio_mixer(AudioFormat format) {
        return detail::make<AudioOutput>(vsdk_meeting_audio_mixer, native_handle(),
                                         format.sample_rate, format.channels);
    }

    /// Opens a speaker, the default one without an id, and plays everybody together on it, as
    /// audio_mixer() does, until it is destroyed. Blocks and throws as LocalTrack::open_microphone().
    AudioDevice open_speaker(const TextArg &device_id = nullptr) {
        return detail::make<AudioDevice>(vsdk_audio_device_open_speaker, native_handle(),
                                         device_id.c_str());
    }

    /// Switches the microphone on or off: all tracks of the kind audio that were added, and where
    /// there is none, the default microphone of this machine, which is opened and closed again.
    ///
    /// Does not block: EventType::track_published says when others hear it, EventType::device_failed
    /// that it could not be opened. Throws Error (invalid_state when the meeting is over, unsupported
    /// when there is no track and this build of the library opens no devices).
    void set_mic_enabled(bool enabled) {
        detail::call(vsdk_meeting_set_mic_enabled, native_handle(), detail::flag(enabled));
    }

    /// Tells of microphones and speakers that come and go, as EventType::devices_changed, or no
    /// longer: it looks every two seconds. What list_devices() gives after this has returned is told
    /// of when it changes.
    ///
    /// Blocks until they were listed once, at most ten seconds, and throws as list_devices(), and
    /// invalid_state when the meeting is over.
    void watch_devices(bool enabled = true) {
        detail::call(vsdk_meeting_watch_devices, native_handle(), detail::flag(enabled));
    }

    /// From now on the frames of all tracks go to the handler, those that wait first, but for those
    /// that an AudioOutput takes; an empty one lets them wait again. It takes the place of the
    /// handlers of single tracks.
    ///
    /// When this returns, an earlier handler is not running and will not run again, unless this is
    /// called from inside it. Throws Error (resource_exhausted).
    void set_frame_handler(FrameHandler handler) {
        detail::set_handler(detail::on_frame, std::move(handler), vsdk_meeting_set_frame_handler,
                            native_handle());
    }

    /// How media is doing, as it stood at the last look: there is one each second. Does not block.
    /// Throws Error (null_pointer once closed, resource_exhausted).
    MediaStatistics media_statistics() const {
        return detail::make<MediaStatistics>(vsdk_meeting_media_statistics, native_handle());
    }

    /// Sends at most 15 KiB of data to everybody who receives media, as EventType::data; with
    /// `is_text` they get it as a text, which has to be UTF-8. Never waits for the network. Throws
    /// Error (invalid_argument, with the service number 3072 when it is too long; invalid_state,
    /// with 3048, while there is no connection for media).
    Sent send_data(const BytesArg &data, bool is_text = false,
                   Reliability reliability = Reliability::reliable) {
        return static_cast<Sent>(detail::call(vsdk_meeting_send_data, native_handle(), data.data(),
                                              data.size(), detail::flag(is_text),
                                              static_cast<VsdkReliability>(reliability)));
    }

    /// Receives what somebody sends of that kind, now and later; only in a meeting with auto_consume
    /// switched off. EventType::track_added tells of each track.
    ///
    /// On a new connection it is subscribed again by itself; when the participant leaves, it ends.
    /// That shared screens and their sound belong to it is inferred. Throws Error (not_found when
    /// nobody else in the meeting has that id; invalid_state when the meeting receives everything by
    /// itself or this participant receives no media; and as in Meeting).
    void subscribe_tracks(const TextArg &participant_id, MediaKind kind,
                          Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_subscribe_tracks, native_handle(), participant_id.c_str(),
                     static_cast<VsdkMediaKind>(kind), timeout.c_value());
    }

    /// Starts subscribe_tracks() and does not wait.
    Op<void> subscribe_tracks_async(const TextArg &participant_id, MediaKind kind,
                                    Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_subscribe_tracks_async,
                                   native_handle(), participant_id.c_str(),
                                   static_cast<VsdkMediaKind>(kind), timeout.c_value());
    }

    /// Receives what somebody sends of that kind no longer. EventType::track_removed tells of each
    /// track. Blocks and throws as subscribe_tracks().
    void unsubscribe_tracks(const TextArg &participant_id, MediaKind kind,
                            Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_unsubscribe_tracks, native_handle(), participant_id.c_str(),
                     static_cast<VsdkMediaKind>(kind), timeout.c_value());
    }

    /// Starts unsubscribe_tracks() and does not wait.
    Op<void> unsubscribe_tracks_async(const TextArg &participant_id, MediaKind kind,
                                      Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_unsubscribe_tracks_async,
                                   native_handle(), participant_id.c_str(),
                                   static_cast<VsdkMediaKind>(kind), timeout.c_value());
    }

    /// Lets the service send nothing of that kind for now, or, with std::nullopt, of any kind.
    ///
    /// Tracks that are new begin paused as well, on later connections too, until
    /// resume_all_tracks(). A single one can be had with RemoteTrack::resume(). Throws as in Meeting;
    /// refused also when the service did it for some of them only.
    void pause_all_tracks(std::optional<TrackKind> kind = std::nullopt,
                          Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_pause_all_tracks, native_handle(), number(kind),
                     timeout.c_value());
    }

    /// Starts pause_all_tracks() and does not wait.
    Op<void> pause_all_tracks_async(std::optional<TrackKind> kind = std::nullopt,
                                    Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_pause_all_tracks_async,
                                   native_handle(), number(kind), timeout.c_value());
    }

    /// Lets the service go on with all of that kind, or with everything: with tracks that were paused
    /// one by one as well. Blocks and throws as pause_all_tracks().
    void resume_all_tracks(std::optional<TrackKind> kind = std::nullopt,
                           Timeout timeout = default_timeout) {
        detail::call(vsdk_meeting_resume_all_tracks, native_handle(), number(kind),
                     timeout.c_value());
    }

    /// Starts resume_all_tracks() and does not wait.
    Op<void> resume_all_tracks_async(std::optional<TrackKind> kind = std::nullopt,
                                     Timeout timeout = default_timeout, Then<void> then = {}) {
        return detail::start<void>(std::move(then), vsdk_meeting_resume_all_tracks_async,
                                   native_handle(), number(kind), timeout.c_value());
    }

    /// From now on every frame that is sent or received becomes what the transform makes of it; an
    /// empty one leaves frames as they are. See FrameTransform.
    ///
    /// Set it before joining, so that nothing goes out without. When this returns, an earlier
    /// transform is not running and will not run again, unless this is called inside a callback. Once
    /// the meeting is closed, nothing goes on that was to be transformed.
    void set_frame_transform(FrameTransform transform) {
        detail::set_handler(detail::on_transform, std::move(transform),
                            vsdk_meeting_set_frame_transform, native_handle());
    }

protected:
    /// Takes over a handle of vsdk.h. Never throws.
    explicit MeetingMedia(VsdkMeeting *owned) noexcept : Object(owned) {}

private:
    static VsdkTrackKind number(std::optional<TrackKind> kind) noexcept {
        return kind ? static_cast<VsdkTrackKind>(*kind) : 0;
    }
};

} // namespace vsdk

#endif // VSDK_MEETING_MEDIA_HPP
