/// @file
/// vsdk for C++17: a client for VideoSDK (videosdk.live). Header-only, over vsdk.h.
///
/// Errors. What fails throws vsdk::Error, which says what happened, why, and what to do. The
/// comment of a function names the statuses of its own; besides them each can throw null_pointer
/// (the object was closed or moved from, or a required text is absent), invalid_argument (a text
/// has a NUL inside), invalid_utf8, forked and panic, and std::bad_alloc. What is marked noexcept,
/// and every destructor, does not throw.
///
/// Ownership. One class for each object of vsdk.h, move-only; its destructor frees what it holds,
/// and close() does so earlier. Texts that come out are copies.
///
/// Threads. Every function may be called from any thread at any time. One object may be used by
/// several threads at once, except while it is moved, closed or destroyed.
///
/// Callbacks. Any std::function; it and what it captures is destroyed exactly once, after its last
/// call. Callbacks run one after the other on one thread of the library: a slow one delays all
/// others. Handlers of frames do so on a thread of their own, transforms of frames on those that push and
/// read them. They may call anything, but what
/// blocks throws would_deadlock there. Exceptions never leave a callback: they end it and go to
/// set_callback_exception_handler(), or nowhere.
///
/// Media. The library carries encoded frames: Meeting::add_track() gives a track to push them to,
/// Meeting::remote_track() one of somebody else to read them from. Sound it also encodes and decodes:
/// see LocalTrack::audio_input(), RemoteTrack::audio_output() and Meeting::audio_mixer().
/// Meeting::send_data() sends data to everybody.
///
/// Enumerations. They may hold values that this header does not know: always have a default.
///
/// A complete program, to be started with a token as its argument:
///
/// @code
/// #include <iostream>
/// #include <vsdk.hpp>
///
/// int main(int argc, char **argv) {
///     try {
///         vsdk::config(argc > 1 ? argv[1] : "");
///         vsdk::Room room = vsdk::create_room();
///         vsdk::Meeting meeting = vsdk::init_meeting(
///             vsdk::MeetingOptions().set_meeting_id(room.id()).set_name("Ann"));
///         meeting.join();
///         std::cout << "Ann is in the room " << room.id() << ".\n";
///         meeting.leave();
///     } catch (const vsdk::Error &error) {
///         std::cerr << error.message() << "\n  " << error.remedy() << "\n";
///         return 1;
///     }
/// }
/// @endcode
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_HPP
#define VSDK_HPP

#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 201703L
#error "vsdk.hpp needs C++17; vsdk.h works from C++11 on."
#endif

#include "vsdk/agent.hpp"
#include "vsdk/audio.hpp"
#include "vsdk/bytes.hpp"
#include "vsdk/config.hpp"
#include "vsdk/devices.hpp"
#include "vsdk/error.hpp"
#include "vsdk/event.hpp"
#include "vsdk/event_range.hpp"
#include "vsdk/frame.hpp"
#include "vsdk/frame_transform.hpp"
#include "vsdk/library.hpp"
#include "vsdk/local_track.hpp"
#include "vsdk/log.hpp"
#include "vsdk/media.hpp"
#include "vsdk/media_statistics.hpp"
#include "vsdk/meeting.hpp"
#include "vsdk/meeting_media.hpp"
#include "vsdk/meeting_options.hpp"
#include "vsdk/moderation.hpp"
#include "vsdk/next.hpp"
#include "vsdk/operation.hpp"
#include "vsdk/participant.hpp"
#include "vsdk/publish_options.hpp"
#include "vsdk/pushed.hpp"
#include "vsdk/remote_track.hpp"
#include "vsdk/room.hpp"
#include "vsdk/room_options.hpp"
#include "vsdk/service.hpp"
#include "vsdk/service_options.hpp"
#include "vsdk/snapshot.hpp"
#include "vsdk/text.hpp"
#include "vsdk/timeout.hpp"
#include "vsdk/token.hpp"
#include "vsdk/token_report.hpp"
#include "vsdk/track_options.hpp"
#include "vsdk/video.hpp"

#endif // VSDK_HPP
