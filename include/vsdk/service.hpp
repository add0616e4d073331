/// @file
/// Services of a meeting, such as recording.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_SERVICE_HPP
#define VSDK_SERVICE_HPP

#include <cstdint>

#include "../vsdk.h"

namespace vsdk {

/// What a meeting may have running beside itself; see Meeting::start_service(). That the service
/// has livestream, HLS, translation and whiteboard for native clients is inferred.
enum class ServiceKind : std::int32_t {
    /// The meeting is recorded into a file.
    recording = VSDK_SERVICE_KIND_RECORDING,
    /// It is sent to other platforms, by RTMP.
    livestream = VSDK_SERVICE_KIND_LIVESTREAM,
    /// It can be watched with any player, by HLS.
    hls = VSDK_SERVICE_KIND_HLS,
    /// What is said is written down.
    transcription = VSDK_SERVICE_KIND_TRANSCRIPTION,
    /// What is said is translated.
    translation = VSDK_SERVICE_KIND_TRANSLATION,
    /// Everybody can draw on one board.
    whiteboard = VSDK_SERVICE_KIND_WHITEBOARD,
};

/// How far a service is: Event::code() of its events, and MeetingSnapshot::service_state().
enum class ServiceState : std::int32_t {
    /// It was asked for.
    starting = VSDK_SERVICE_STATE_STARTING,
    /// It runs.
    started = VSDK_SERVICE_STATE_STARTED,
    /// It was asked to end.
    stopping = VSDK_SERVICE_STATE_STOPPING,
    /// It does not run.
    stopped = VSDK_SERVICE_STATE_STOPPED,
    /// It runs, and what it makes can be watched: HLS only.
    playable = VSDK_SERVICE_STATE_PLAYABLE,
};

} // namespace vsdk

#endif // VSDK_SERVICE_HPP
