/**
 * @file vsdk.h
 * @brief vsdk 0.1.0: a client for VideoSDK (videosdk.live).
 *
 * Errors. A function that can fail returns a VsdkStatus: 0 is success, negative a failure, positive
 * an answer that is neither. Its last parameter `VsdkError **error` may be NULL; else it is always
 * written (NULL on success) and never read, and what it received is freed with vsdk_error_free().
 * Every other out-parameter is NULL or 0 (a descriptor: -1) unless it succeeds. Besides the statuses in its own comment,
 * each function can return VSDK_STATUS_NULL_POINTER, VSDK_STATUS_INVALID_HANDLE,
 * VSDK_STATUS_INVALID_UTF8, VSDK_STATUS_FORKED and VSDK_STATUS_PANIC; getters that return no status
 * answer NULL or 0 instead.
 *
 * Ownership. A pointer to one of the types below is a handle. Handles marked `owned` are the
 * caller's, to be freed exactly once with the function named there: from any thread, also inside
 * callbacks; NULL is ignored. No function consumes a handle. A handle that was freed or is of
 * another type is recognised and refused. What is marked `borrowed` lives as long as its owner.
 *
 * Text. NUL-terminated UTF-8 in both directions. Text that comes out is borrowed, NULL means absent.
 * Payloads are a pointer and a size_t; (NULL, 0) is empty.
 *
 * Threads. Every function may be called from any thread at any time.
 *
 * Callbacks. Always three arguments: function, user_data, destroy. `user_data` belongs to the
 * library from the call on; `destroy` runs exactly once, after the last call of the function has
 * returned, also when the registration fails. Callbacks run one after the other on one thread of the
 * library: a slow one delays all others. Handlers of frames do so on a thread of their own, the
 * media thread. They may call anything, but a function that blocks answers
 * VSDK_STATUS_WOULD_DEADLOCK there.
 *
 * Time. `timeout_ms` is in milliseconds: 0 does not wait, VSDK_TIMEOUT_DEFAULT is 30 seconds,
 * VSDK_TIMEOUT_INFINITE waits for ever where it is allowed. A deadline that passed is
 * VSDK_STATUS_TIMEOUT.
 *
 * Structures. The few that are no handles begin with their size: begin each with its macro, as in
 * `VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;`, and set its fields after that.
 *
 * Media. The app encodes and decodes, the library carries encoded frames: vsdk_meeting_add_track()
 * gives a track to push them to, vsdk_meeting_remote_track() one of somebody else to read them from.
 * vsdk_meeting_send_data() sends data to everybody.
 *
 * Process. vsdk_shutdown() ends everything; the library can be used again afterwards. In a forked
 * child everything answers VSDK_STATUS_FORKED until vsdk_after_fork_child() was called.
 *
 * A complete program, to be started with a token as its argument:
 *
 * @code
 * #include <stdio.h>
 * #include <vsdk.h>
 *
 * int main(int argc, char **argv) {
 *     const char *token = argc > 1 ? argv[1] : "";
 *     VsdkMeetingOptions *options = vsdk_meeting_options_new();
 *     VsdkMeeting *meeting = NULL;
 *     VsdkRoom *room = NULL;
 *     VsdkError *error = NULL;
 *     int ready =
 *         vsdk_config(token, &error) == VSDK_STATUS_OK &&
 *         vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, &error) == VSDK_STATUS_OK &&
 *         vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), &error) == VSDK_STATUS_OK &&
 *         vsdk_meeting_options_set_name(options, "Ann", &error) == VSDK_STATUS_OK &&
 *         vsdk_init_meeting(options, &meeting, &error) == VSDK_STATUS_OK;
 *
 *     if (ready)
 *         printf("Ann can join the meeting in room %s.\n", vsdk_room_id(room));
 *     else
 *         fprintf(stderr, "%s\n  %s\n", vsdk_error_message(error), vsdk_error_remedy(error));
 *
 *     vsdk_meeting_free(meeting);
 *     vsdk_room_free(room);
 *     vsdk_meeting_options_free(options);
 *     vsdk_error_free(error);
 *     return ready ? 0 : 1;
 * }
 * @endcode
 *
 * Generated from the library's sources. SPDX-License-Identifier: MIT OR Apache-2.0
 */

#ifndef VSDK_H
#define VSDK_H

#include <stddef.h>
#include <stdint.h>

/** The major version. */
#define VSDK_VERSION_MAJOR 0
/** The minor version. */
#define VSDK_VERSION_MINOR 1
/** The patch version. */
#define VSDK_VERSION_PATCH 0
/** The version as text. */
#define VSDK_VERSION "0.1.0"
/** The version as one number: major * 1000000 + minor * 1000 + patch. */
#define VSDK_VERSION_NUMBER 1000
/** The binary interface this header describes; give it to vsdk_check_abi() first of all. */
#define VSDK_ABI_VERSION 0

/* Windows programs that use the DLL define VSDK_SHARED; nothing is needed elsewhere. */
#if defined(_WIN32)
#  if defined(VSDK_SHARED)
#    define VSDK_API __declspec(dllimport)
#  else
#    define VSDK_API
#  endif
#elif defined(__GNUC__)
#  define VSDK_API __attribute__((visibility("default")))
#else
#  define VSDK_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Objects -------------------------------------------------------------------------------- */

/** One failure. */
typedef struct VsdkError VsdkError;

/** Something that is under way. */
typedef struct VsdkOp VsdkOp;

/** What vsdk_config_with changes; what is not set stays as it is. */
typedef struct VsdkConfigOptions VsdkConfigOptions;

/** A token. Immutable. */
typedef struct VsdkToken VsdkToken;

/** What a token is minted from. */
typedef struct VsdkTokenMintOptions VsdkTokenMintOptions;

/** How a token is fetched. */
typedef struct VsdkTokenFetchOptions VsdkTokenFetchOptions;

/** The doctor's findings about a token. */
typedef struct VsdkTokenReport VsdkTokenReport;

/** Whose token a request carries, and where it goes. */
typedef struct VsdkRequestOptions VsdkRequestOptions;

/** What a room is created from. */
typedef struct VsdkRoomOptions VsdkRoomOptions;

/** A room as the service described it. */
typedef struct VsdkRoom VsdkRoom;

/** Which rooms are listed. */
typedef struct VsdkRoomListOptions VsdkRoomListOptions;

/** One page of rooms. Immutable. */
typedef struct VsdkRoomList VsdkRoomList;

/** What a meeting is made from. */
typedef struct VsdkMeetingOptions VsdkMeetingOptions;

/** A meeting. */
typedef struct VsdkMeeting VsdkMeeting;

/** How a message is published. */
typedef struct VsdkPublishOptions VsdkPublishOptions;

/** What a service is started with. */
typedef struct VsdkServiceOptions VsdkServiceOptions;

/** What a track is made from. */
typedef struct VsdkTrackOptions VsdkTrackOptions;

/** A frame of somebody else. */
typedef struct VsdkReceivedFrame VsdkReceivedFrame;

/** A track that this participant sends. */
typedef struct VsdkLocalTrack VsdkLocalTrack;

/** A track that somebody else sends. */
typedef struct VsdkRemoteTrack VsdkRemoteTrack;

/** How media is doing. */
typedef struct VsdkMediaStatistics VsdkMediaStatistics;

/** Raw sound for a track that this participant sends. */
typedef struct VsdkAudioInput VsdkAudioInput;

/** The sound of a track of somebody else, or of all of them together. */
typedef struct VsdkAudioOutput VsdkAudioOutput;

/** Microphones or speakers, as they were at one moment. Immutable. */
typedef struct VsdkDeviceList VsdkDeviceList;

/** An open microphone or speaker. */
typedef struct VsdkAudioDevice VsdkAudioDevice;

/** Raw pictures for a track that this participant sends. */
typedef struct VsdkVideoInput VsdkVideoInput;

/** The pictures of a track of somebody else, decoded for showing. */
typedef struct VsdkVideoOutput VsdkVideoOutput;

/** A decoded picture of somebody else. */
typedef struct VsdkReceivedPicture VsdkReceivedPicture;

/** A text or bytes. */
typedef struct VsdkContent VsdkContent;

/** All of a meeting at one moment. */
typedef struct VsdkMeetingSnapshot VsdkMeetingSnapshot;

/** Somebody in the room. */
typedef struct VsdkParticipant VsdkParticipant;

/** One event of a meeting. */
typedef struct VsdkEvent VsdkEvent;

/* ---- The library ----------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_library The library
 * The library: version, statuses, its end, forks.
 *
 * Nothing runs before the first call. Every function may be called from any thread.
 * @{
 */

/** A time in milliseconds that stands for 30 seconds. */
#define VSDK_TIMEOUT_DEFAULT INT64_C(-1)
/** A time that stands for "as long as it takes": for waiting on events and operations only. */
#define VSDK_TIMEOUT_INFINITE INT64_C(-2)

/**
 * How a call ended: 0 is success, negative a failure, positive a piece of information.
 *
 * Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive
 * one as success without a result.
 */
typedef int32_t VsdkStatus;

/** Success. */
#define VSDK_STATUS_OK 0
/** Nothing to read within the time given. */
#define VSDK_STATUS_NO_EVENT 1
/** The meeting has ended and all its events were read, or a track has and all its frames were. */
#define VSDK_STATUS_CLOSED 2
/**
 * The frame was not taken, for nobody is there to take it: the track is off, the meeting not
 * joined, or the connection is being made anew. Go on; frames are taken again once there is a way.
 */
#define VSDK_STATUS_NOT_SENDING 3
/**
 * Not taken, for too much waits already: the network is slower than the app. Make less; data can
 * be sent again a little later, and a track of pictures goes on with its next key frame.
 */
#define VSDK_STATUS_FULL 4
/**
 * The frame was not taken, for it cannot be decoded without one that was not sent. Make a key
 * frame.
 */
#define VSDK_STATUS_NEEDS_KEY_FRAME 5
/**
 * The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is lost;
 * save the work of encoding it until its target is active again.
 */
#define VSDK_STATUS_LAYER_OFF 6
/**
 * The frame was not taken, for the app's transform of frames has dropped it. A track of pictures
 * goes on with its next key frame.
 */
#define VSDK_STATUS_DROPPED 7

/**
 * A required pointer was NULL.
 *
 * - Cause: the handle of a call that failed before.
 * - Remedy: check the status of each call, and look at the first that failed, not at the last.
 */
#define VSDK_STATUS_NULL_POINTER (-1)

/**
 * A handle is stale, was freed already, or is of another type.
 *
 * - Cause: freed twice; used after its `_free`; a parent's handle in a forked child.
 * - Remedy: call each `_free` once, and use nothing after it. vsdk_debug_live_handles counts
 *   what is live.
 */
#define VSDK_STATUS_INVALID_HANDLE (-2)

/**
 * An argument has a value that is not allowed.
 *
 * - Cause: an empty or too long text, an unknown constant, metadata that is no JSON object, a
 *   wrong URL.
 * - Remedy: the message names the argument and says what it may be.
 */
#define VSDK_STATUS_INVALID_ARGUMENT (-3)

/**
 * A text is not valid UTF-8.
 *
 * - Cause: Latin-1 or UTF-16 text that was passed on.
 * - Remedy: convert it before the call.
 */
#define VSDK_STATUS_INVALID_UTF8 (-4)

/**
 * The object is in a state that does not allow the call.
 *
 * - Cause: reading events while a handler is set; a result taken twice or too early; a meeting
 *   that has ended.
 * - Remedy: the message says which of them it is.
 */
#define VSDK_STATUS_INVALID_STATE (-5)

/**
 * This build or version cannot do it.
 *
 * - Cause: vsdk_meeting_join in 0.1; event descriptors on Windows.
 * - Remedy: use another way, or a later version.
 */
#define VSDK_STATUS_UNSUPPORTED (-6)

/**
 * A blocking call from inside a callback: it would wait for itself.
 *
 * - Cause: creating a room, or waiting for an event, in a handler.
 * - Remedy: use the `_async` form or a thread of your own; vsdk_meeting_next_event and
 *   vsdk_op_wait are allowed with a timeout of 0.
 */
#define VSDK_STATUS_WOULD_DEADLOCK (-7)

/**
 * The process was forked; see vsdk_after_fork_child.
 *
 * - Cause: `fork` without `exec`, as in a server with worker processes.
 * - Remedy: call vsdk_after_fork_child first thing in the child, or use the library only
 *   there.
 */
#define VSDK_STATUS_FORKED (-8)

/**
 * A defect of the library was caught at its boundary.
 *
 * - Cause: a defect.
 * - Remedy: report it with its message. The library stays usable.
 */
#define VSDK_STATUS_PANIC (-9)

/**
 * The deadline passed.
 *
 * - Cause: a slow network or service; in vsdk_shutdown a callback that does not return.
 * - Remedy: allow more time. The message says what it was waiting for.
 * - Retry: yes; not a creation or deactivation, which may have been carried out.
 */
#define VSDK_STATUS_TIMEOUT (-10)

/**
 * The operation was cancelled.
 *
 * - Cause: vsdk_op_cancel.
 * - Remedy: nothing: it was asked for.
 */
#define VSDK_STATUS_CANCELLED (-11)

/**
 * The library was shut down while the operation was running.
 *
 * - Cause: vsdk_shutdown in another thread.
 * - Remedy: wait for operations before; or start them again, since the library may be used
 *   again.
 */
#define VSDK_STATUS_SHUTDOWN (-12)

/**
 * Header and library disagree about the ABI.
 *
 * - Cause: an older or newer library is found first.
 * - Remedy: compile again, or take the other library out of the loader's path.
 */
#define VSDK_STATUS_ABI_MISMATCH (-13)

/**
 * Threads, handles or descriptors are used up.
 *
 * - Cause: limits of the process; handles that are never freed; children of forked children,
 *   31 deep.
 * - Remedy: free handles, or raise the limits (`ulimit -n`, `ulimit -u`).
 */
#define VSDK_STATUS_RESOURCE_EXHAUSTED (-14)

/**
 * No token: neither the options nor vsdk_config gave one.
 *
 * - Cause: vsdk_config was not called, or failed.
 * - Remedy: call it first, or set a token on the options.
 */
#define VSDK_STATUS_NOT_CONFIGURED (-15)

/**
 * The token is not a token of this service.
 *
 * - Cause: `Bearer`, quotes or a line break around it; an API key; a cut copy; no `apikey` in
 *   it.
 * - Remedy: pass it exactly as it was issued. vsdk_token_inspect says what is wrong with it.
 */
#define VSDK_STATUS_TOKEN_MALFORMED (-100)

/**
 * The token's life is over.
 *
 * - Cause: a temporary token of last week; a clock that is wrong.
 * - Remedy: fetch a fresh token, or set the clock; for boards without one there is
 *   vsdk_config_options_set_clock_check.
 */
#define VSDK_STATUS_TOKEN_EXPIRED (-101)

/**
 * The token is not valid yet.
 *
 * - Cause: its `nbf` lies in the future, because two clocks differ.
 * - Remedy: wait, leave `nbf` out, or set the clock.
 */
#define VSDK_STATUS_TOKEN_NOT_YET_VALID (-102)

/**
 * The token's permissions contradict each other (service number 4008).
 *
 * - Cause: `ask_join` beside `allow_join` or `allow_mod`.
 * - Remedy: let `ask_join` stand alone, or leave it out.
 */
#define VSDK_STATUS_TOKEN_PERMISSIONS (-103)

/**
 * The token is for another room (service number 4022).
 *
 * - Cause: a token with `roomId`.
 * - Remedy: use a token for this room, or one without `roomId`.
 */
#define VSDK_STATUS_TOKEN_ROOM_MISMATCH (-104)

/**
 * The token is for another participant (service number 4023).
 *
 * - Cause: a token with `participantId`.
 * - Remedy: join under that id, or use another token.
 */
#define VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH (-105)

/**
 * The token's roles do not allow this use (service number 4024).
 *
 * - Cause: `crawler` alone cannot join; `rtc` alone cannot create rooms.
 * - Remedy: use a token with the right role, or one without roles.
 */
#define VSDK_STATUS_TOKEN_ROLE (-106)

/**
 * The token server answered, but with no token in its reply.
 *
 * - Cause: the wrong path; a token server without its API key or secret.
 * - Remedy: its reply has to be `{"token": "..."}`: look into its log.
 */
#define VSDK_STATUS_TOKEN_SERVER_REPLY (-107)

/**
 * The host name could not be resolved.
 *
 * - Cause: a misspelt host; no network.
 * - Remedy: check the name and the network.
 * - Retry: yes.
 */
#define VSDK_STATUS_NETWORK_DNS (-200)

/**
 * No connection could be made.
 *
 * - Cause: nothing listens there; a firewall.
 * - Remedy: check host and port, and that the server runs.
 * - Retry: yes.
 */
#define VSDK_STATUS_NETWORK_CONNECT (-201)

/**
 * The TLS handshake failed.
 *
 * - Cause: an unknown issuer, a wrong name, a wrong clock, plain http on an https port.
 * - Remedy: the message says which. A certificate authority of your own is added with
 *   vsdk_config_options_set_extra_ca_pem.
 */
#define VSDK_STATUS_NETWORK_TLS (-202)

/**
 * The proxy refused or failed.
 *
 * - Cause: wrong credentials; a host that the proxy does not allow.
 * - Remedy: check the proxy's URL and its rules.
 */
#define VSDK_STATUS_NETWORK_PROXY (-203)

/**
 * The connection broke during the exchange.
 *
 * - Cause: a server that restarts; something in between that cuts connections.
 * - Remedy: what only reads was repeated already. After a failed creation look whether the
 *   room exists.
 * - Retry: yes; not a creation or deactivation, which may have been carried out.
 */
#define VSDK_STATUS_NETWORK_BROKEN (-204)

/**
 * Plain http or ws to a host that is not this machine.
 *
 * - Cause: `http://` in a base URL or in the URL of a token server.
 * - Remedy: use https. In a network of your own there is
 *   vsdk_config_options_set_allow_plain_http.
 */
#define VSDK_STATUS_NETWORK_INSECURE (-205)

/**
 * The reply is not what the protocol promises.
 *
 * - Cause: a login page or proxy answered; the wrong base URL.
 * - Remedy: check the base URL.
 */
#define VSDK_STATUS_INVALID_RESPONSE (-220)

/**
 * The reply is larger than the library accepts.
 *
 * - Cause: something else answered; very large pages of rooms.
 * - Remedy: check the URL; ask for smaller pages.
 */
#define VSDK_STATUS_RESPONSE_TOO_LARGE (-221)

/**
 * The server answered with a redirect; redirects are never followed.
 *
 * - Cause: `http` in place of `https`; an address that has moved.
 * - Remedy: if the host in the message is right, use it in the URL.
 */
#define VSDK_STATUS_REDIRECT (-222)

/**
 * HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
 *
 * - Cause: a value that only the service can judge; an unknown room in vsdk_room_validate.
 * - Remedy: correct what the service names.
 */
#define VSDK_STATUS_BAD_REQUEST (-230)

/**
 * HTTP 401: the token was refused.
 *
 * - Cause: signed with another secret; expired; the account is not active.
 * - Remedy: look at the token with vsdk_token_inspect; check API key and secret.
 */
#define VSDK_STATUS_UNAUTHORIZED (-231)

/**
 * HTTP 403: the token's rights do not cover this.
 *
 * - Cause: its roles or permissions.
 * - Remedy: use a token with the role `crawler`, or without roles.
 */
#define VSDK_STATUS_FORBIDDEN (-232)

/**
 * HTTP 404, and 402, which this service uses for the same.
 *
 * - Cause: a room of another account; a custom id where only a room id is taken.
 * - Remedy: check the id, and whose token it is.
 */
#define VSDK_STATUS_NOT_FOUND (-233)

/**
 * HTTP 409: it exists already, or contradicts what exists.
 *
 * - Cause: an id that is taken.
 * - Remedy: use what exists, or another id.
 */
#define VSDK_STATUS_CONFLICT (-234)

/**
 * HTTP 429: too many requests.
 *
 * - Cause: a token or room made anew for each use; many programs with one account.
 * - Remedy: keep tokens and rooms instead of making new ones.
 * - Retry: yes, after vsdk_error_retry_after_ms.
 */
#define VSDK_STATUS_RATE_LIMITED (-235)

/**
 * HTTP 5xx: the service failed.
 *
 * - Cause: a fault or an overload of the service.
 * - Remedy: wait a moment; give the request id to its support.
 * - Retry: yes; not a creation or deactivation, which may have been carried out.
 */
#define VSDK_STATUS_SERVER_ERROR (-236)

/**
 * The connection to the meeting was lost.
 *
 * - Cause: the network, or the service. Requests that were under way fail with it: they may or
 *   may not have been carried out.
 * - Remedy: wait while the meeting is RECONNECTING; when it is FAILED, join again.
 * - Retry: yes.
 */
#define VSDK_STATUS_CONNECTION_LOST (-300)

/**
 * Somebody in the room decided not to let this participant in.
 *
 * - Cause: a token with the permission `ask_join`, and a host who said no.
 * - Remedy: ask the hosts, or use a token with `allow_join`.
 */
#define VSDK_STATUS_ENTRY_DENIED (-301)

/**
 * The participant was removed from the meeting.
 *
 * - Cause: another participant or the REST API removed it.
 * - Remedy: tell the user; nobody is brought back by itself.
 */
#define VSDK_STATUS_REMOVED (-302)

/**
 * The meeting was ended for everybody.
 *
 * - Cause: a participant or the REST API ended it, or the service gave no reason.
 * - Remedy: tell the user; joining the room again begins a new session.
 */
#define VSDK_STATUS_MEETING_ENDED (-303)

/**
 * Somebody joined with the same participant id.
 *
 * - Cause: the same id is used by two programs, or twice by one; the later one stays.
 * - Remedy: give each its own id, or none.
 */
#define VSDK_STATUS_DUPLICATE_PARTICIPANT (-304)

/**
 * A limit of the room or the account is reached, e.g. the number of participants.
 *
 * - Cause: the room is full, or the plan of the account allows no more.
 * - Remedy: wait until somebody leaves, or raise the limit.
 */
#define VSDK_STATUS_LIMIT_REACHED (-305)

/**
 * The service refused a request of the meeting; its own number says why.
 *
 * - Cause: e.g. a recording that could not be started.
 * - Remedy: look up vsdk_error_service_code, and read the service's text.
 */
#define VSDK_STATUS_REFUSED (-306)

/** A kind of handle, for counting. */
typedef int32_t VsdkHandleKind;

/** All kinds together. */
#define VSDK_HANDLE_KIND_ALL 0
/** VsdkError. */
#define VSDK_HANDLE_KIND_ERROR 1
/** VsdkOp. */
#define VSDK_HANDLE_KIND_OP 2
/** VsdkConfigOptions. */
#define VSDK_HANDLE_KIND_CONFIG_OPTIONS 3
/** VsdkToken. */
#define VSDK_HANDLE_KIND_TOKEN 4
/** VsdkTokenMintOptions. */
#define VSDK_HANDLE_KIND_TOKEN_MINT_OPTIONS 5
/** VsdkTokenFetchOptions. */
#define VSDK_HANDLE_KIND_TOKEN_FETCH_OPTIONS 6
/** VsdkTokenReport. */
#define VSDK_HANDLE_KIND_TOKEN_REPORT 7
/** VsdkRequestOptions. */
#define VSDK_HANDLE_KIND_REQUEST_OPTIONS 8
/** VsdkRoomOptions. */
#define VSDK_HANDLE_KIND_ROOM_OPTIONS 9
/** VsdkRoomListOptions. */
#define VSDK_HANDLE_KIND_ROOM_LIST_OPTIONS 10
/** VsdkRoom. */
#define VSDK_HANDLE_KIND_ROOM 11
/** VsdkRoomList. */
#define VSDK_HANDLE_KIND_ROOM_LIST 12
/** VsdkMeetingOptions. */
#define VSDK_HANDLE_KIND_MEETING_OPTIONS 13
/** VsdkMeeting. */
#define VSDK_HANDLE_KIND_MEETING 14
/** VsdkMeetingSnapshot. */
#define VSDK_HANDLE_KIND_MEETING_SNAPSHOT 15
/** VsdkEvent. */
#define VSDK_HANDLE_KIND_EVENT 16
/** VsdkParticipant. */
#define VSDK_HANDLE_KIND_PARTICIPANT 17
/** VsdkPublishOptions. */
#define VSDK_HANDLE_KIND_PUBLISH_OPTIONS 18
/** VsdkServiceOptions. */
#define VSDK_HANDLE_KIND_SERVICE_OPTIONS 19
/** VsdkContent. */
#define VSDK_HANDLE_KIND_CONTENT 20
/** VsdkTrackOptions. */
#define VSDK_HANDLE_KIND_TRACK_OPTIONS 21
/** VsdkLocalTrack. */
#define VSDK_HANDLE_KIND_LOCAL_TRACK 22
/** VsdkRemoteTrack. */
#define VSDK_HANDLE_KIND_REMOTE_TRACK 23
/** VsdkReceivedFrame. */
#define VSDK_HANDLE_KIND_RECEIVED_FRAME 24
/** VsdkMediaStatistics. */
#define VSDK_HANDLE_KIND_MEDIA_STATISTICS 25
/** VsdkAudioInput. */
#define VSDK_HANDLE_KIND_AUDIO_INPUT 26
/** VsdkAudioOutput. */
#define VSDK_HANDLE_KIND_AUDIO_OUTPUT 27
/** VsdkVideoInput. */
#define VSDK_HANDLE_KIND_VIDEO_INPUT 28
/** VsdkVideoOutput. */
#define VSDK_HANDLE_KIND_VIDEO_OUTPUT 29
/** VsdkReceivedPicture. */
#define VSDK_HANDLE_KIND_RECEIVED_PICTURE 30
/** VsdkDeviceList. */
#define VSDK_HANDLE_KIND_DEVICE_LIST 31
/** VsdkAudioDevice. */
#define VSDK_HANDLE_KIND_AUDIO_DEVICE 32

/**
 * Ends the life of a callback's user data; may be NULL where there is nothing to end.
 *
 * Called exactly once, after the last call of the callback has returned, also when registering
 * it failed. It may run on any thread.
 */
typedef void (*VsdkDestroyFn)(void *user_data);

/**
 * The version of the library, e.g. "0.1.0".
 *
 * @return borrowed from the library. Never NULL.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_version(void);

/**
 * The ABI number of the library; programs and bindings compare it with vsdk_check_abi.
 *
 * @return The number.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_abi_version(void);

/**
 * Checks that the library speaks the ABI that the caller was compiled against.
 *
 * @param[in] abi_version VSDK_ABI_VERSION of the header.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_ABI_MISMATCH.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_check_abi(int32_t abi_version, VsdkError **error);

/**
 * The stable name of a status, e.g. "TOKEN_EXPIRED".
 *
 * @param[in] status Any number.
 * @return borrowed from the library. "UNKNOWN" for a number that it does not know.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_status_name(VsdkStatus status);

/**
 * Ends everything that runs: operations complete with VSDK_STATUS_SHUTDOWN, meetings end, the
 * callbacks that are due are made, all threads of the library stop.
 *
 * Handles stay valid until they are freed, and the library may be used again.
 *
 * @param[in] timeout_ms How long to wait, in milliseconds, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK.
 * @note Blocks until all has ended, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_shutdown(int64_t timeout_ms, VsdkError **error);

/**
 * Makes the library usable in a forked child, from nothing: no configuration, no handles.
 *
 * Until then every function answers VSDK_STATUS_FORKED in the child. What the parent had stays
 * the parent's: its handles are not valid here, and nothing of it is stopped or destroyed.
 *
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE outside a forked child,
 * VSDK_STATUS_RESOURCE_EXHAUSTED after 31 generations of forks.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_after_fork_child(VsdkError **error);

/**
 * How many handles are live: a program that frees all it was given ends with 0.
 *
 * @param[in] kind VSDK_HANDLE_KIND_ALL or one kind.
 * @return The number; 0 for a kind that does not exist.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_debug_live_handles(VsdkHandleKind kind);

/** @} */

/* ---- Errors ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_error Errors
 * Errors: what happened, why, and what to do.
 *
 * Every function that can fail has `VsdkError **error` as its last parameter. It may be NULL.
 * Otherwise it is always written: NULL on success, a new object on failure; what was in it
 * before is not read. Errors are immutable and never contain a token or another secret.
 * @{
 */

/**
 * The status of the failure.
 *
 * @param[in] error The error.
 * @return The status; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_error_status(const VsdkError *error);

/**
 * The stable name of its status, e.g. "TOKEN_EXPIRED".
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_name(const VsdkError *error);

/**
 * What happened and why: one English sentence with the values at hand.
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_message(const VsdkError *error);

/**
 * What to do about it: English, possibly empty.
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_remedy(const VsdkError *error);

/**
 * During what it happened, e.g. "create_room"; possibly empty.
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_operation(const VsdkError *error);

/**
 * The HTTP status of the reply.
 *
 * @param[in] error The error.
 * @return The status, e.g. 401; 0 when there was no reply.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_error_http_status(const VsdkError *error);

/**
 * The service's own number for it, e.g. 4002 for an invalid token.
 *
 * @param[in] error The error.
 * @return The number; 0 when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_error_service_code(const VsdkError *error);

/**
 * The service's own words, with secrets taken out.
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when there are none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_service_text(const VsdkError *error);

/**
 * The id under which the service logged the request: give it to its support.
 *
 * @param[in] error The error.
 * @return borrowed from error. NULL when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_error_request_id(const VsdkError *error);

/**
 * How long the service asked to wait before the next try, in milliseconds.
 *
 * @param[in] error The error.
 * @return The time; -1 when it did not ask.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_error_retry_after_ms(const VsdkError *error);

/**
 * Whether the same call can succeed later without any change, and may be made again.
 *
 * 0 for a creation that may have been carried out in spite of the failure.
 *
 * @param[in] error The error.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_error_is_retryable(const VsdkError *error);

/**
 * Frees an error.
 *
 * @param[in] error nullable, freed. The error.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_error_free(VsdkError *error);

/** @} */

/* ---- Log records ----------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_log Log records
 * Log records: silent unless a handler is set.
 *
 * Only the library's own records, never those of the libraries below it, and never a secret.
 * @{
 */

/** How important a record is; a handler gets those of its level and the more important ones. */
typedef int32_t VsdkLogLevel;

/** No records. */
#define VSDK_LOG_LEVEL_OFF 0
/** Something failed that the app is not told in another way. */
#define VSDK_LOG_LEVEL_ERROR 1
/** Something that will likely become a failure. */
#define VSDK_LOG_LEVEL_WARNING 2
/** The milestones: configured, initialised, ended. */
#define VSDK_LOG_LEVEL_INFO 3
/** Requests, retries, operations with their times. */
#define VSDK_LOG_LEVEL_DEBUG 4
/** Everything. */
#define VSDK_LOG_LEVEL_TRACE 5

/**
 * Receives a log record. Runs on the dispatcher thread; the texts are valid during the call.
 *
 * `target` is the part of the library it comes from, e.g. "rooms".
 */
typedef void (*VsdkLogFn)(VsdkLogLevel level, const char *target, const char *message,
                          void *user_data);

/**
 * Sets the handler for log records in the place of the present one.
 *
 * When this returns, the earlier handler is not running and will not run again, unless it is
 * called from inside that handler. At most 1,024 records wait; more are counted and reported.
 *
 * @param[in] level VSDK_LOG_LEVEL_OFF to VSDK_LOG_LEVEL_TRACE.
 * @param[in] handler nullable. NULL for silence.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_set_log_handler(VsdkLogLevel level, VsdkLogFn handler, void *user_data,
                                         VsdkDestroyFn destroy, VsdkError **error);

/** @} */

/* ---- Operations ------------------------------------------------------------------------------ */

/**
 * @defgroup vsdk_operation Operations
 * Operations: what an `_async` call has started.
 *
 * An operation completes exactly once: with its result, with its error, cancelled, or shut down.
 * It goes on when its handle is freed; vsdk_op_cancel ends it. Its own time limit was given to
 * the call that started it.
 * @{
 */

/**
 * Told once when an operation has completed. Runs on the dispatcher thread.
 *
 * `op` is borrowed and valid during the call, whether or not the app kept a handle of its own:
 * take the result out of it here. `status` is how it ended.
 */
typedef void (*VsdkOpFn)(VsdkOp *op, VsdkStatus status, void *user_data);

/**
 * Waits until the operation has completed, in whatever way.
 *
 * How it ended is told by vsdk_op_outcome and the vsdk_op_take_ functions.
 *
 * @param[in] op The operation.
 * @param[in] timeout_ms How long to wait, in milliseconds: 0 only asks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK when it has completed, VSDK_STATUS_TIMEOUT while it is running, VSDK_STATUS_WOULD_DEADLOCK.
 * @note Blocks until the operation completes, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_wait(const VsdkOp *op, int64_t timeout_ms, VsdkError **error);

/**
 * Asks the operation to end with VSDK_STATUS_CANCELLED; no effect once it has completed.
 *
 * @param[in] op The operation.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_cancel(const VsdkOp *op, VsdkError **error);

/**
 * How the operation ended: its own status, with its own error.
 *
 * @param[in] op The operation.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, or the status with which it failed.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_outcome(const VsdkOp *op, VsdkError **error);

/**
 * Takes the token out of a completed vsdk_token_fetch_async.
 *
 * @param[in] op The operation.
 * @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
 * taken before, or when the operation has another result; else the status with which it failed.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_take_token(const VsdkOp *op, VsdkToken **token, VsdkError **error);

/**
 * Takes the room out of a completed operation.
 *
 * @param[in] op The operation.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
 * taken before, or when the operation has another result; else the status with which it failed.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_take_room(const VsdkOp *op, VsdkRoom **room, VsdkError **error);

/**
 * Takes the list out of a completed vsdk_rooms_list_async.
 *
 * @param[in] op The operation.
 * @param[out] list owned, free with vsdk_room_list_free. The list; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
 * taken before, or when the operation has another result; else the status with which it failed.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_take_room_list(const VsdkOp *op, VsdkRoomList **list,
                                           VsdkError **error);

/**
 * Takes the content out of a completed operation.
 *
 * @param[in] op The operation.
 * @param[out] content owned, free with vsdk_content_free. The content; NULL on failure, and for a value that is not there.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
 * taken before, or when the operation has another result; else the status with which it failed.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_op_take_content(const VsdkOp *op, VsdkContent **content,
                                         VsdkError **error);

/**
 * Frees the handle; the operation goes on.
 *
 * @param[in] op nullable, freed. The operation.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_op_free(VsdkOp *op);

/** @} */

/* ---- Configuration --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_config Configuration
 * Configuration: what applies to the whole process unless an object says otherwise.
 *
 * vsdk_config(token) is all that most programs need.
 * @{
 */

/**
 * Sets the token that applies wherever options give none, like VideoSDK.config(token).
 *
 * The doctor looks at it first (see vsdk_token_inspect): what can never work fails here, with
 * the reason. A later call replaces it; meetings that are initialised already keep theirs.
 *
 * @param[in] token The token as it was issued: no prefix, no quotes, no white space.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config(const char *token, VsdkError **error);

/**
 * Changes what is set in the options and leaves the rest as it is. All or nothing.
 *
 * @param[in] options The changes; they are copied.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_with(const VsdkConfigOptions *options, VsdkError **error);

/**
 * Options that change nothing yet.
 *
 * @return owned, free with vsdk_config_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkConfigOptions *vsdk_config_options_new(void);

/**
 * The token, as for vsdk_config.
 *
 * @param[in] options The options.
 * @param[in] token The token.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_token(VsdkConfigOptions *options, const char *token,
                                                  VsdkError **error);

/**
 * The base URL of the REST API.
 *
 * @param[in] options The options.
 * @param[in] api_base_url nullable. E.g. "http://127.0.0.1:3000"; NULL for https://api.videosdk.live.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_api_base_url(VsdkConfigOptions *options,
                                                         const char *api_base_url,
                                                         VsdkError **error);

/**
 * An HTTP proxy for all requests.
 *
 * The environment's proxy variables are not looked at.
 *
 * @param[in] options The options.
 * @param[in] proxy nullable. E.g. "http://user:password@host:3128"; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_proxy(VsdkConfigOptions *options, const char *proxy,
                                                  VsdkError **error);

/**
 * Certificate authorities that are trusted besides the platform's.
 *
 * @param[in] options The options.
 * @param[in] extra_ca_pem nullable. One or more certificates in PEM; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_extra_ca_pem(VsdkConfigOptions *options,
                                                         const char *extra_ca_pem,
                                                         VsdkError **error);

/**
 * What is added to the User-Agent header.
 *
 * @param[in] options The options.
 * @param[in] user_agent_suffix nullable. E.g. "my-app/2.1"; NULL for nothing.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_user_agent_suffix(VsdkConfigOptions *options,
                                                              const char *user_agent_suffix,
                                                              VsdkError **error);

/**
 * Whether tokens are checked against this machine's clock.
 *
 * Switch it off on boards without a clock: the service then is the only judge of expiry.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_clock_check(VsdkConfigOptions *options, int32_t enabled,
                                                        VsdkError **error);

/**
 * Whether plain http may leave this machine: everyone on the way can then read the token.
 *
 * @param[in] options The options.
 * @param[in] allow 1 or 0 (the default).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_config_options_set_allow_plain_http(VsdkConfigOptions *options,
                                                             int32_t allow, VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_config_options_free(VsdkConfigOptions *options);

/** @} */

/* ---- Tokens ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_token Tokens
 * Tokens: as they were minted or fetched.
 * @{
 */

/**
 * The token's text, for vsdk_config or the options of a room or meeting. A secret.
 *
 * @param[in] token The token.
 * @return borrowed from token. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_text(const VsdkToken *token);

/**
 * When the token's life is over, as far as it can be read.
 *
 * @param[in] token The token.
 * @return Seconds since 1970 (UTC); -1 when it has no end.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_token_expires_at_s(const VsdkToken *token);

/**
 * Frees a token.
 *
 * @param[in] token nullable, freed. The token.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_token_free(VsdkToken *token);

/** @} */

/* ---- Minting tokens -------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_token_mint Minting tokens
 * Minting tokens: for servers, tests and demos.
 *
 * Minting needs the API secret, which belongs on a server and never into an app.
 * @{
 */

/**
 * Options for a token that may join and moderate, in any room, for an hour.
 *
 * @return owned, free with vsdk_token_mint_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTokenMintOptions *vsdk_token_mint_options_new(void);

/**
 * The API key of the project. Required.
 *
 * @param[in] options The options.
 * @param[in] api_key The key, from the dashboard.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_api_key(VsdkTokenMintOptions *options,
                                                        const char *api_key, VsdkError **error);

/**
 * The API secret of the project. Required. Keep it on a server.
 *
 * @param[in] options The options.
 * @param[in] secret The secret, from the dashboard.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_secret(VsdkTokenMintOptions *options,
                                                       const char *secret, VsdkError **error);

/**
 * Adds a permission; the first one replaces the default allow_join and allow_mod.
 *
 * @param[in] options The options.
 * @param[in] permission "allow_join", "ask_join" (alone) or "allow_mod".
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_add_permission(VsdkTokenMintOptions *options,
                                                           const char *permission,
                                                           VsdkError **error);

/**
 * Adds a role; without any the token is good for everything.
 *
 * @param[in] options The options.
 * @param[in] role "rtc" (joining) or "crawler" (the REST API).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_add_role(VsdkTokenMintOptions *options,
                                                     const char *role, VsdkError **error);

/**
 * Makes the token good for this room only.
 *
 * @param[in] options The options.
 * @param[in] room_id The room id.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_room_id(VsdkTokenMintOptions *options,
                                                        const char *room_id, VsdkError **error);

/**
 * Makes the token good for this participant only.
 *
 * @param[in] options The options.
 * @param[in] participant_id The participant id.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_participant_id(VsdkTokenMintOptions *options,
                                                               const char *participant_id,
                                                               VsdkError **error);

/**
 * How long the token is good for.
 *
 * @param[in] options The options.
 * @param[in] lifetime_s Seconds, from 1; default 3,600.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_lifetime_s(VsdkTokenMintOptions *options,
                                                           int64_t lifetime_s, VsdkError **error);

/**
 * Further claims, besides those that have a setter.
 *
 * @param[in] options The options.
 * @param[in] json A JSON object; it cannot contain claims that have a setter, nor iat and exp.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint_options_set_claims_json(VsdkTokenMintOptions *options,
                                                            const char *json, VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_token_mint_options_free(VsdkTokenMintOptions *options);

/**
 * Mints a token: signs it with the API secret. For servers, tests and demos.
 *
 * Refuses what the service would refuse later, with the reason.
 *
 * @param[in] options What to mint.
 * @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TOKEN_PERMISSIONS.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_mint(const VsdkTokenMintOptions *options, VsdkToken **token,
                                    VsdkError **error);

/** @} */

/* ---- Fetching tokens ------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_token_fetch Fetching tokens
 * Fetching tokens: an app gets its token from a server of its own.
 * @{
 */

/**
 * Options that add nothing to the request.
 *
 * @return owned, free with vsdk_token_fetch_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTokenFetchOptions *vsdk_token_fetch_options_new(void);

/**
 * Sets a header, such as the app's own login.
 *
 * @param[in] options The options.
 * @param[in] name The name, e.g. "Authorization".
 * @param[in] value The value; treated as a secret.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_fetch_options_set_header(VsdkTokenFetchOptions *options,
                                                        const char *name, const char *value,
                                                        VsdkError **error);

/**
 * Asks for a token for this room, with the query parameter roomId.
 *
 * @param[in] options The options.
 * @param[in] room_id nullable. The room id; NULL for any.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_fetch_options_set_room_id(VsdkTokenFetchOptions *options,
                                                         const char *room_id, VsdkError **error);

/**
 * Asks for a token for this participant, with the query parameter peerId.
 *
 * @param[in] options The options.
 * @param[in] participant_id nullable. The participant id; NULL for any.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_fetch_options_set_participant_id(VsdkTokenFetchOptions *options,
                                                                const char *participant_id,
                                                                VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_token_fetch_options_free(VsdkTokenFetchOptions *options);

/**
 * Fetches a token from a token server: GET with JSON expected, {"token": "..."}.
 *
 * @param[in] url Where, e.g. "http://localhost:3000/get-token". Plain http only on this machine, unless the configuration allows more.
 * @param[in] options nullable. What to add to the request; NULL for nothing.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_TOKEN_SERVER_REPLY, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the server has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_fetch(const char *url, const VsdkTokenFetchOptions *options,
                                     int64_t timeout_ms, VsdkToken **token, VsdkError **error);

/**
 * Starts vsdk_token_fetch; take the token with vsdk_op_take_token.
 *
 * @param[in] url As for vsdk_token_fetch.
 * @param[in] options nullable. As for vsdk_token_fetch.
 * @param[in] timeout_ms As for vsdk_token_fetch.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_fetch_async(const char *url, const VsdkTokenFetchOptions *options,
                                           int64_t timeout_ms, VsdkOpFn callback, void *user_data,
                                           VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/** @} */

/* ---- Token findings -------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_token_finding Token findings
 * Token findings: what the doctor can say about a token. docs/tokens.md explains each.
 * @{
 */

/** What a finding is about. */
typedef int32_t VsdkTokenFinding;

/** There is no token in the text. */
#define VSDK_TOKEN_FINDING_EMPTY 100
/** The text is longer than any token. */
#define VSDK_TOKEN_FINDING_TOO_LONG 101
/** `Bearer` stands before the token. */
#define VSDK_TOKEN_FINDING_BEARER_PREFIX 102
/** `Basic` stands before the token. */
#define VSDK_TOKEN_FINDING_BASIC_PREFIX 103
/** Quotes stand around the token. */
#define VSDK_TOKEN_FINDING_QUOTES 104
/** White space stands around the token, often a line break at its end. */
#define VSDK_TOKEN_FINDING_WHITE_SPACE_AROUND 105
/** White space stands inside the token. */
#define VSDK_TOKEN_FINDING_WHITE_SPACE_INSIDE 106
/** The token is broken into lines. */
#define VSDK_TOKEN_FINDING_LINE_BREAK_INSIDE 107
/** The text is an API key, not a token. */
#define VSDK_TOKEN_FINDING_LOOKS_LIKE_API_KEY 108
/** The text is an API secret, not a token. */
#define VSDK_TOKEN_FINDING_LOOKS_LIKE_SECRET 109
/** The text does not consist of three parts with dots between them. */
#define VSDK_TOKEN_FINDING_NOT_THREE_PARTS 200
/** The header or the payload is empty. */
#define VSDK_TOKEN_FINDING_PART_EMPTY 201
/** The header is not base64url. */
#define VSDK_TOKEN_FINDING_HEADER_NOT_BASE64URL 202
/** The payload is not base64url. */
#define VSDK_TOKEN_FINDING_PAYLOAD_NOT_BASE64URL 203
/** The signature is not base64url. */
#define VSDK_TOKEN_FINDING_SIGNATURE_NOT_BASE64URL 204
/** A part is standard base64 (`+`, `/`, `=`) where base64url is needed. */
#define VSDK_TOKEN_FINDING_STANDARD_BASE64 205
/** The header is not JSON. */
#define VSDK_TOKEN_FINDING_HEADER_NOT_JSON 206
/** The header is JSON, but not an object. */
#define VSDK_TOKEN_FINDING_HEADER_NOT_OBJECT 207
/** The payload is not JSON. */
#define VSDK_TOKEN_FINDING_PAYLOAD_NOT_JSON 208
/** The payload is JSON, but not an object. */
#define VSDK_TOKEN_FINDING_PAYLOAD_NOT_OBJECT 209
/** The header does not say how the token is signed. */
#define VSDK_TOKEN_FINDING_ALGORITHM_MISSING 210
/** The token is signed in another way than HS256, or not at all. */
#define VSDK_TOKEN_FINDING_ALGORITHM_NOT_HS256 211
/** The signature is empty. */
#define VSDK_TOKEN_FINDING_SIGNATURE_MISSING 212
/** The signature is not as long as HS256 makes it: the token was cut, or something was added. */
#define VSDK_TOKEN_FINDING_SIGNATURE_LENGTH 213
/** The claim `apikey` is missing. */
#define VSDK_TOKEN_FINDING_API_KEY_MISSING 300
/** The claim `apikey` is written in another way, e.g. `apiKey`. */
#define VSDK_TOKEN_FINDING_API_KEY_MISSPELT 301
/** The claim `apikey` is empty. */
#define VSDK_TOKEN_FINDING_API_KEY_EMPTY 302
/** The claim `apikey` is not text. */
#define VSDK_TOKEN_FINDING_API_KEY_NOT_TEXT 303
/** The claim `apikey` has white space in it. */
#define VSDK_TOKEN_FINDING_API_KEY_WHITE_SPACE 304
/** The claim `apikey` holds what looks like the API secret. */
#define VSDK_TOKEN_FINDING_API_KEY_LOOKS_LIKE_SECRET 305
/** The claim `version` is text; it has to be a number. */
#define VSDK_TOKEN_FINDING_VERSION_IS_TEXT 310
/** The claim `version` is missing though other claims need it. */
#define VSDK_TOKEN_FINDING_VERSION_MISSING 311
/** The claim `version` is something else than the number 2. */
#define VSDK_TOKEN_FINDING_VERSION_UNKNOWN 312
/** The claim `roomId` or `participantId` is not text. */
#define VSDK_TOKEN_FINDING_ID_NOT_TEXT 320
/** The claim `roomId` or `participantId` is empty. */
#define VSDK_TOKEN_FINDING_ID_EMPTY 321
/** A claim is written in a way that the service does not read. */
#define VSDK_TOKEN_FINDING_CLAIM_MISSPELT 322
/** The token's life is over. */
#define VSDK_TOKEN_FINDING_EXPIRED 400
/** The token is not valid yet. */
#define VSDK_TOKEN_FINDING_NOT_YET_VALID 401
/** The token claims to be issued in the future. */
#define VSDK_TOKEN_FINDING_ISSUED_IN_FUTURE 402
/** The token's life is over within a minute. */
#define VSDK_TOKEN_FINDING_EXPIRES_SOON 403
/** The token lives longer than seven days. */
#define VSDK_TOKEN_FINDING_LONG_LIFE 404
/** The token never expires. */
#define VSDK_TOKEN_FINDING_NO_EXPIRY 405
/** This machine's clock differs from the service's. */
#define VSDK_TOKEN_FINDING_CLOCK_SKEW 406
/** A time is not a number. */
#define VSDK_TOKEN_FINDING_TIME_NOT_NUMBER 407
/** A time has a fraction of a second. */
#define VSDK_TOKEN_FINDING_TIME_FRACTION 408
/** A time is negative, or beyond the year 9999. */
#define VSDK_TOKEN_FINDING_TIME_OUT_OF_RANGE 409
/** A time is given in milliseconds; it has to be in seconds. */
#define VSDK_TOKEN_FINDING_TIME_IN_MILLISECONDS 410
/** The token expires no later than it was issued. */
#define VSDK_TOKEN_FINDING_NO_LIFE 411
/** The claim `permissions` is missing, which means full rights. */
#define VSDK_TOKEN_FINDING_PERMISSIONS_MISSING 500
/** The claim `permissions` is empty, which means full rights. */
#define VSDK_TOKEN_FINDING_PERMISSIONS_EMPTY 501
/** The claim `permissions` is not an array. */
#define VSDK_TOKEN_FINDING_PERMISSIONS_NOT_ARRAY 502
/** An entry of `permissions` is not text. */
#define VSDK_TOKEN_FINDING_PERMISSION_NOT_TEXT 503
/** An entry of `permissions` is none that the service knows. */
#define VSDK_TOKEN_FINDING_PERMISSION_UNKNOWN 504
/** `ask_join` stands beside other permissions. */
#define VSDK_TOKEN_FINDING_ASK_JOIN_MIXED 505
/** No permission admits the holder to a meeting, e.g. `allow_mod` alone. */
#define VSDK_TOKEN_FINDING_NO_JOIN_PERMISSION 506
/** The claim `roles` is not an array. */
#define VSDK_TOKEN_FINDING_ROLES_NOT_ARRAY 600
/** The claim `roles` is empty. */
#define VSDK_TOKEN_FINDING_ROLES_EMPTY 601
/** An entry of `roles` is not text. */
#define VSDK_TOKEN_FINDING_ROLE_NOT_TEXT 602
/** An entry of `roles` is none that the service knows. */
#define VSDK_TOKEN_FINDING_ROLE_UNKNOWN 603
/** The roles allow the REST API only, not joining. */
#define VSDK_TOKEN_FINDING_ROLE_CANNOT_JOIN 604
/** The roles allow joining only, not the REST API. */
#define VSDK_TOKEN_FINDING_ROLE_CANNOT_USE_REST 605
/** The token is for another room. */
#define VSDK_TOKEN_FINDING_ROOM_MISMATCH 700
/** The token is for another participant. */
#define VSDK_TOKEN_FINDING_PARTICIPANT_MISMATCH 701
/** The token is for one participant id, and the caller named none. */
#define VSDK_TOKEN_FINDING_PARTICIPANT_ID_NOT_GIVEN 702

/** @} */

/* ---- Token reports --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_token_report Token reports
 * Token reports: the doctor's findings about a token, without network and without secret.
 *
 * A report is immutable: texts read from it stay valid until it is freed.
 * @{
 */

/** What a token is meant for. */
typedef int32_t VsdkTokenPurpose;

/** Not known. */
#define VSDK_TOKEN_PURPOSE_ANY 0
/** Joining a meeting. */
#define VSDK_TOKEN_PURPOSE_JOIN 1
/** The REST API, such as creating a room. */
#define VSDK_TOKEN_PURPOSE_REST 2

/** How bad a finding is. */
typedef int32_t VsdkSeverity;

/** Good to know. */
#define VSDK_SEVERITY_NOTICE 1
/** It works, but not for long or not as one would think. */
#define VSDK_SEVERITY_WARNING 2
/** The service is certain to refuse it. */
#define VSDK_SEVERITY_ERROR 3

/**
 * Examines a token for any use.
 *
 * Never fails because of what is wrong with the token: that is what the report is for.
 *
 * @param[in] token The text to examine, whatever it is.
 * @param[out] report owned, free with vsdk_token_report_free. The report; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_inspect(const char *token, VsdkTokenReport **report,
                                       VsdkError **error);

/**
 * Examines a token for one use.
 *
 * @param[in] token The text to examine, whatever it is.
 * @param[in] purpose What it is meant for: VSDK_TOKEN_PURPOSE_ANY, VSDK_TOKEN_PURPOSE_JOIN or VSDK_TOKEN_PURPOSE_REST.
 * @param[in] room_id nullable. The room it is meant for; NULL when that is not known.
 * @param[in] participant_id nullable. The participant it is meant for; NULL when that is not known.
 * @param[out] report owned, free with vsdk_token_report_free. The report; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_token_inspect_for(const char *token, VsdkTokenPurpose purpose,
                                           const char *room_id, const char *participant_id,
                                           VsdkTokenReport **report, VsdkError **error);

/**
 * Whether nothing was found that the service is certain to refuse.
 *
 * Without the secret nobody can tell whether the signature is genuine.
 *
 * @param[in] report The report.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_token_report_is_usable(const VsdkTokenReport *report);

/**
 * How long the token is still good for.
 *
 * @param[in] report The report.
 * @return Seconds, negative after its end; INT64_MAX when it has no end.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_token_report_seconds_left(const VsdkTokenReport *report);

/**
 * When the token's life is over.
 *
 * @param[in] report The report.
 * @return Seconds since 1970 (UTC); -1 when it has no end.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_token_report_expires_at_s(const VsdkTokenReport *report);

/**
 * When the token was issued.
 *
 * @param[in] report The report.
 * @return Seconds since 1970 (UTC); -1 when it does not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_token_report_issued_at_s(const VsdkTokenReport *report);

/**
 * The API key it belongs to.
 *
 * @param[in] report The report.
 * @return borrowed from report. NULL when the token does not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_api_key(const VsdkTokenReport *report);

/**
 * The one room it is good for.
 *
 * @param[in] report The report.
 * @return borrowed from report. NULL when the token does not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_room_id(const VsdkTokenReport *report);

/**
 * The one participant it is good for.
 *
 * @param[in] report The report.
 * @return borrowed from report. NULL when the token does not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_participant_id(const VsdkTokenReport *report);

/**
 * Its header.
 *
 * @param[in] report The report.
 * @return borrowed from report. A JSON object; NULL when it cannot be read.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_header_json(const VsdkTokenReport *report);

/**
 * Its claims.
 *
 * @param[in] report The report.
 * @return borrowed from report. A JSON object; NULL when they cannot be read.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_claims_json(const VsdkTokenReport *report);

/**
 * All of the report.
 *
 * @param[in] report The report.
 * @return borrowed from report. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_json(const VsdkTokenReport *report);

/**
 * How many findings there are.
 *
 * @param[in] report The report.
 * @return The number.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API size_t vsdk_token_report_finding_count(const VsdkTokenReport *report);

/**
 * What the finding is about.
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return A VSDK_TOKEN_FINDING_ constant; 0 when there is no such finding.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTokenFinding vsdk_token_report_finding_code(const VsdkTokenReport *report,
                                                         size_t index);

/**
 * How bad it is.
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return A VSDK_SEVERITY_ constant; 0 when there is no such finding.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkSeverity vsdk_token_report_finding_severity(const VsdkTokenReport *report,
                                                         size_t index);

/**
 * The number under which the service refuses it, e.g. 4002.
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return The number; 0 when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_token_report_finding_service_code(const VsdkTokenReport *report,
                                                        size_t index);

/**
 * The stable name of what it is about, e.g. "BEARER_PREFIX".
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return borrowed from report. NULL when there is no such finding.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_finding_name(const VsdkTokenReport *report, size_t index);

/**
 * What is the case, with the values at hand; English.
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return borrowed from report. NULL when there is no such finding.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_finding_explanation(const VsdkTokenReport *report,
                                                           size_t index);

/**
 * What to do about it; English.
 *
 * @param[in] report The report.
 * @param[in] index Which finding, from 0.
 * @return borrowed from report. NULL when there is no such finding.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_token_report_finding_remedy(const VsdkTokenReport *report, size_t index);

/**
 * Frees a report.
 *
 * @param[in] report nullable, freed. The report.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_token_report_free(VsdkTokenReport *report);

/** @} */

/* ---- Request options ------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_request_options Request options
 * Request options: for a call with another token, or to another server, than the configured ones.
 * @{
 */

/**
 * Options that stand for the configured token and server.
 *
 * @return owned, free with vsdk_request_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkRequestOptions *vsdk_request_options_new(void);

/**
 * Another token than the configured one.
 *
 * @param[in] options The options.
 * @param[in] token nullable. The token; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_request_options_set_token(VsdkRequestOptions *options, const char *token,
                                                   VsdkError **error);

/**
 * Another server than the configured one.
 *
 * @param[in] options The options.
 * @param[in] api_base_url nullable. The base URL of its REST API; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_request_options_set_api_base_url(VsdkRequestOptions *options,
                                                          const char *api_base_url,
                                                          VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_request_options_free(VsdkRequestOptions *options);

/** @} */

/* ---- Room options ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_room_options Room options
 * Room options: what vsdk_create_room creates. All are optional.
 * @{
 */

/** No duration for vsdk_room_options_set_auto_close: the service's default. */
#define VSDK_AUTO_CLOSE_DURATION_DEFAULT INT64_C(-1)

/**
 * Options with the service's defaults.
 *
 * @return owned, free with vsdk_room_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkRoomOptions *vsdk_room_options_new(void);

/**
 * Another token than the configured one.
 *
 * @param[in] options The options.
 * @param[in] token nullable. The token; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_token(VsdkRoomOptions *options, const char *token,
                                                VsdkError **error);

/**
 * Another server than the configured one.
 *
 * @param[in] options The options.
 * @param[in] api_base_url nullable. The base URL of its REST API; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_api_base_url(VsdkRoomOptions *options,
                                                       const char *api_base_url, VsdkError **error);

/**
 * An id of your own. Creating with one that exists gives the existing room.
 *
 * @param[in] options The options.
 * @param[in] custom_room_id The id: any text that is not empty.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_custom_room_id(VsdkRoomOptions *options,
                                                         const char *custom_room_id,
                                                         VsdkError **error);

/**
 * Keeps the media in a region.
 *
 * @param[in] options The options.
 * @param[in] geo_fence E.g. "us001", "eu001", "in002"; the default is that of the API key.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_geo_fence(VsdkRoomOptions *options, const char *geo_fence,
                                                    VsdkError **error);

/**
 * The older name of the geo fence, for services that still read it.
 *
 * @param[in] options The options.
 * @param[in] region As for vsdk_room_options_set_geo_fence.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_region(VsdkRoomOptions *options, const char *region,
                                                 VsdkError **error);

/**
 * Where the service reports what happens in the room.
 *
 * @param[in] options The options.
 * @param[in] url An https URL of at most 512 characters.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_webhook_url(VsdkRoomOptions *options, const char *url,
                                                      VsdkError **error);

/**
 * Adds an event that the webhook is told of; none means all.
 *
 * @param[in] options The options.
 * @param[in] event E.g. "participant-joined", or "session*" for several.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_add_webhook_event(VsdkRoomOptions *options, const char *event,
                                                        VsdkError **error);

/**
 * When the room closes by itself.
 *
 * @param[in] options The options.
 * @param[in] kind "session-ends" or "session-end-and-deactivate".
 * @param[in] duration How long a session may last, or VSDK_AUTO_CLOSE_DURATION_DEFAULT. The service's documents disagree whether it counts minutes or seconds: set it with care.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_auto_close(VsdkRoomOptions *options, const char *kind,
                                                     int64_t duration, VsdkError **error);

/**
 * What starts by itself with a session: recording, HLS, composition.
 *
 * @param[in] options The options.
 * @param[in] json The JSON object autoStartConfig, e.g. {"recording": {"config": {...}}}.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_auto_start_json(VsdkRoomOptions *options,
                                                          const char *json, VsdkError **error);

/**
 * Whether several recordings or streams of one kind may run at once.
 *
 * @param[in] options The options.
 * @param[in] recording 1 or 0.
 * @param[in] hls 1 or 0.
 * @param[in] rtmp 1 or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_set_multi_composition(VsdkRoomOptions *options,
                                                            int32_t recording, int32_t hls,
                                                            int32_t rtmp, VsdkError **error);

/**
 * Adds a participant who may join; none means everyone.
 *
 * @param[in] options The options.
 * @param[in] participant_id The participant id.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_options_add_allowed_participant_id(VsdkRoomOptions *options,
                                                                 const char *participant_id,
                                                                 VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_room_options_free(VsdkRoomOptions *options);

/** @} */

/* ---- Rooms ----------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_room Rooms
 * Rooms: create, look up, deactivate.
 *
 * A room is immutable: texts read from it stay valid until it is freed. A blocking call may take
 * its whole time limit; what can be repeated safely is repeated within it.
 * @{
 */

/**
 * Creates a room.
 *
 * @param[in] options nullable. What to create; NULL for the service's defaults.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_create_room(const VsdkRoomOptions *options, int64_t timeout_ms,
                                     VsdkRoom **room, VsdkError **error);

/**
 * Starts vsdk_create_room; take the room with vsdk_op_take_room.
 *
 * @param[in] options nullable. As for vsdk_create_room.
 * @param[in] timeout_ms As for vsdk_create_room.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_create_room_async(const VsdkRoomOptions *options, int64_t timeout_ms,
                                           VsdkOpFn callback, void *user_data,
                                           VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Looks a room up and checks that it belongs to the account of the token.
 *
 * @param[in] room_id Its room id or custom id.
 * @param[in] request nullable. Another token or server; NULL for the configured ones.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_validate(const char *room_id, const VsdkRequestOptions *request,
                                       int64_t timeout_ms, VsdkRoom **room, VsdkError **error);

/**
 * Starts vsdk_room_validate; take the room with vsdk_op_take_room.
 *
 * @param[in] room_id As for vsdk_room_validate.
 * @param[in] request nullable. As for vsdk_room_validate.
 * @param[in] timeout_ms As for vsdk_room_validate.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_validate_async(const char *room_id, const VsdkRequestOptions *request,
                                             int64_t timeout_ms, VsdkOpFn callback, void *user_data,
                                             VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Looks a room up.
 *
 * @param[in] room_id Its room id, custom id or database id.
 * @param[in] request nullable. Another token or server; NULL for the configured ones.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_get(const char *room_id, const VsdkRequestOptions *request,
                                  int64_t timeout_ms, VsdkRoom **room, VsdkError **error);

/**
 * Starts vsdk_room_get; take the room with vsdk_op_take_room.
 *
 * @param[in] room_id As for vsdk_room_get.
 * @param[in] request nullable. As for vsdk_room_get.
 * @param[in] timeout_ms As for vsdk_room_get.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_get_async(const char *room_id, const VsdkRequestOptions *request,
                                        int64_t timeout_ms, VsdkOpFn callback, void *user_data,
                                        VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Closes a room for good: nobody can join it any more.
 *
 * @param[in] room_id Its room id; the service takes no custom id here.
 * @param[in] request nullable. Another token or server; NULL for the configured ones.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_deactivate(const char *room_id, const VsdkRequestOptions *request,
                                         int64_t timeout_ms, VsdkRoom **room, VsdkError **error);

/**
 * Starts vsdk_room_deactivate; take the room with vsdk_op_take_room.
 *
 * @param[in] room_id As for vsdk_room_deactivate.
 * @param[in] request nullable. As for vsdk_room_deactivate.
 * @param[in] timeout_ms As for vsdk_room_deactivate.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_deactivate_async(const char *room_id,
                                               const VsdkRequestOptions *request,
                                               int64_t timeout_ms, VsdkOpFn callback,
                                               void *user_data, VsdkDestroyFn destroy, VsdkOp **op,
                                               VsdkError **error);

/**
 * Its room id: what a meeting takes as meeting id.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_id(const VsdkRoom *room);

/**
 * Your own id of it.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_custom_id(const VsdkRoom *room);

/**
 * The service's internal id of it.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_database_id(const VsdkRoom *room);

/**
 * The account it belongs to.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_user_id(const VsdkRoom *room);

/**
 * The API key it belongs to.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_api_key(const VsdkRoom *room);

/**
 * The region in which its media stays.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_geo_fence(const VsdkRoom *room);

/**
 * Where the service reports what happens in it.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_webhook_url(const VsdkRoom *room);

/**
 * When it closes by itself, e.g. "session-ends".
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_auto_close_type(const VsdkRoom *room);

/**
 * What starts by itself with a session: a JSON object.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_auto_start_json(const VsdkRoom *room);

/**
 * When it was created, e.g. "2026-07-01T08:30:00.125Z".
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_created_at(const VsdkRoom *room);

/**
 * When it was changed last.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_updated_at(const VsdkRoom *room);

/**
 * Its address in the REST API.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_room_link(const VsdkRoom *room);

/**
 * The address of its sessions in the REST API.
 *
 * @param[in] room The room.
 * @return borrowed from room. NULL when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_session_link(const VsdkRoom *room);

/**
 * Whether it was deactivated.
 *
 * @param[in] room The room.
 * @return 1 or 0; 0 when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_room_is_disabled(const VsdkRoom *room);

/**
 * How long a session may last, in the unit of the service.
 *
 * @param[in] room The room.
 * @return The duration; -1 when the service did not say.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_room_auto_close_duration(const VsdkRoom *room);

/**
 * All that the service said about it, as it came.
 *
 * @param[in] room The room.
 * @return borrowed from room. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_room_json(const VsdkRoom *room);

/**
 * Frees a room; the room on the service stays.
 *
 * @param[in] room nullable, freed. The room.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_room_free(VsdkRoom *room);

/** @} */

/* ---- Room lists ------------------------------------------------------------------------------ */

/**
 * @defgroup vsdk_room_list Room lists
 * Room lists: the rooms of an account, one page at a time.
 * @{
 */

/**
 * The first page of all rooms, in the service's own page size.
 *
 * @return owned, free with vsdk_room_list_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkRoomListOptions *vsdk_room_list_options_new(void);

/**
 * Another token than the configured one.
 *
 * @param[in] options The options.
 * @param[in] token nullable. The token; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_token(VsdkRoomListOptions *options,
                                                     const char *token, VsdkError **error);

/**
 * Another server than the configured one.
 *
 * @param[in] options The options.
 * @param[in] api_base_url nullable. The base URL of its REST API; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_api_base_url(VsdkRoomListOptions *options,
                                                            const char *api_base_url,
                                                            VsdkError **error);

/**
 * Which page.
 *
 * @param[in] options The options.
 * @param[in] page From 1.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_page(VsdkRoomListOptions *options, int32_t page,
                                                    VsdkError **error);

/**
 * How many rooms a page has.
 *
 * @param[in] options The options.
 * @param[in] per_page From 1; the service sets the upper limit.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_per_page(VsdkRoomListOptions *options,
                                                        int32_t per_page, VsdkError **error);

/**
 * Lists only the room with this id.
 *
 * @param[in] options The options.
 * @param[in] room_id A room id or custom id.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_query(VsdkRoomListOptions *options,
                                                     const char *room_id, VsdkError **error);

/**
 * Lists the rooms of this account; for administrators.
 *
 * @param[in] options The options.
 * @param[in] user_id The account.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_options_set_user_id(VsdkRoomListOptions *options,
                                                       const char *user_id, VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_room_list_options_free(VsdkRoomListOptions *options);

/**
 * Lists rooms.
 *
 * @param[in] options nullable. Which ones; NULL for the first page of all.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] list owned, free with vsdk_room_list_free. The page; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_rooms_list(const VsdkRoomListOptions *options, int64_t timeout_ms,
                                    VsdkRoomList **list, VsdkError **error);

/**
 * Starts vsdk_rooms_list; take the page with vsdk_op_take_room_list.
 *
 * @param[in] options nullable. As for vsdk_rooms_list.
 * @param[in] timeout_ms As for vsdk_rooms_list.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_rooms_list_async(const VsdkRoomListOptions *options, int64_t timeout_ms,
                                          VsdkOpFn callback, void *user_data, VsdkDestroyFn destroy,
                                          VsdkOp **op, VsdkError **error);

/**
 * How many rooms are on the page.
 *
 * @param[in] list The page.
 * @return The number.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API size_t vsdk_room_list_count(const VsdkRoomList *list);

/**
 * A room of the page.
 *
 * @param[in] list The page.
 * @param[in] index Which one, from 0.
 * @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such room.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_room_list_room(const VsdkRoomList *list, size_t index, VsdkRoom **room,
                                        VsdkError **error);

/**
 * Which page it is, from 1.
 *
 * @param[in] list The page.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_room_list_page(const VsdkRoomList *list);

/**
 * How many rooms a full page has.
 *
 * @param[in] list The page.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_room_list_per_page(const VsdkRoomList *list);

/**
 * How many pages there are.
 *
 * @param[in] list The page.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_room_list_last_page(const VsdkRoomList *list);

/**
 * How many rooms there are on all pages.
 *
 * @param[in] list The page.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_room_list_total(const VsdkRoomList *list);

/**
 * Frees a page.
 *
 * @param[in] list nullable, freed. The page.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_room_list_free(VsdkRoomList *list);

/** @} */

/* ---- Meeting options ------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_options Meeting options
 * Meeting options: what initMeeting({...}) takes in the official SDKs.
 *
 * Only the meeting id is required. docs/options.md lists every option of every platform.
 * @{
 */

/** What a participant does with media. */
typedef int32_t VsdkMode;

/** Sends and receives: the default. */
#define VSDK_MODE_SEND_AND_RECV 1
/** Receives only. */
#define VSDK_MODE_RECV_ONLY 2
/** Neither: events, messages and moderation only. */
#define VSDK_MODE_SIGNALLING_ONLY 3

/** How media travels. */
typedef int32_t VsdkPreferredProtocol;

/** UDP, or TCP where UDP does not get through: the default. */
#define VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP 1
/** UDP only. */
#define VSDK_PREFERRED_PROTOCOL_UDP_ONLY 2
/** TCP only. */
#define VSDK_PREFERRED_PROTOCOL_TCP_ONLY 3

/** The largest picture that the camera publishes. */
typedef int32_t VsdkMaxResolution;

/** 1280 x 720: the default. */
#define VSDK_MAX_RESOLUTION_HD 1
/** 640 x 360. */
#define VSDK_MAX_RESOLUTION_SD 2

/** The codec of published audio. */
typedef int32_t VsdkAudioCodec;

/** Opus: the default. */
#define VSDK_AUDIO_CODEC_OPUS 1
/** G.711 mu-law. */
#define VSDK_AUDIO_CODEC_PCMU 2
/** G.711 A-law. */
#define VSDK_AUDIO_CODEC_PCMA 3
/** G.722. */
#define VSDK_AUDIO_CODEC_G722 4

/** What kind of participant this is. */
typedef int32_t VsdkPeerType;

/** A person or an ordinary program: the default. */
#define VSDK_PEER_TYPE_NORMAL 1
/** An AI agent; others see it as one. */
#define VSDK_PEER_TYPE_AGENT 2

/**
 * Options with their defaults.
 *
 * @return owned, free with vsdk_meeting_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkMeetingOptions *vsdk_meeting_options_new(void);

/**
 * Sets everything that a JSON object names, with the names of the official SDKs:
 * {"meetingId": "...", "name": "...", "micEnabled": true, "metaData": {...}, ...}.
 *
 * A null puts an option back to its default. All or nothing: a name that does not exist is an error.
 *
 * @param[in] options The options.
 * @param[in] json The object.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_json(VsdkMeetingOptions *options, const char *json,
                                                  VsdkError **error);

/**
 * The room to meet in. Required.
 *
 * @param[in] options The options.
 * @param[in] meeting_id A room id of the service, or a custom one; at most 1,024 bytes, not empty.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_meeting_id(VsdkMeetingOptions *options,
                                                        const char *meeting_id, VsdkError **error);

/**
 * The token of this meeting.
 *
 * It is looked at by vsdk_init_meeting, where room and participant are known.
 *
 * @param[in] options The options.
 * @param[in] token nullable. The token; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_token(VsdkMeetingOptions *options, const char *token,
                                                   VsdkError **error);

/**
 * The participant's id. Joining with an id removes whoever is in the room with it.
 *
 * @param[in] options The options.
 * @param[in] participant_id nullable. At most 1,024 bytes, not empty; NULL for 8 random characters.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_participant_id(VsdkMeetingOptions *options,
                                                            const char *participant_id,
                                                            VsdkError **error);

/**
 * The name that others see.
 *
 * @param[in] options The options.
 * @param[in] name nullable. At most 1,024 bytes, not empty; NULL for 6 random characters.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_name(VsdkMeetingOptions *options, const char *name,
                                                  VsdkError **error);

/**
 * Whether the microphone is wanted from the start.
 *
 * A library has no device of its own: publishing begins once a source is attached.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 or 0 (the default).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_mic_enabled(VsdkMeetingOptions *options,
                                                         int32_t enabled, VsdkError **error);

/**
 * Whether the camera is wanted from the start.
 *
 * A library has no device of its own: publishing begins once a source is attached.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 or 0 (the default).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_webcam_enabled(VsdkMeetingOptions *options,
                                                            int32_t enabled, VsdkError **error);

/**
 * What others read about this participant.
 *
 * @param[in] options The options.
 * @param[in] json nullable. A JSON object of at most 64 KiB; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_metadata_json(VsdkMeetingOptions *options,
                                                           const char *json, VsdkError **error);

/**
 * What this participant does with media.
 *
 * @param[in] options The options.
 * @param[in] mode VSDK_MODE_SEND_AND_RECV (the default), VSDK_MODE_RECV_ONLY or VSDK_MODE_SIGNALLING_ONLY.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_mode(VsdkMeetingOptions *options, VsdkMode mode,
                                                  VsdkError **error);

/**
 * How media travels.
 *
 * @param[in] options The options.
 * @param[in] preferred_protocol VSDK_PREFERRED_PROTOCOL_UDP_OVER_TCP (the default), VSDK_PREFERRED_PROTOCOL_UDP_ONLY or VSDK_PREFERRED_PROTOCOL_TCP_ONLY.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_preferred_protocol(VsdkMeetingOptions *options,
                                                                VsdkPreferredProtocol preferred_protocol,
                                                                VsdkError **error);

/**
 * The largest picture that the camera publishes.
 *
 * @param[in] options The options.
 * @param[in] max_resolution VSDK_MAX_RESOLUTION_HD (the default) or VSDK_MAX_RESOLUTION_SD.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_max_resolution(VsdkMeetingOptions *options,
                                                            VsdkMaxResolution max_resolution,
                                                            VsdkError **error);

/**
 * The codec of published audio.
 *
 * @param[in] options The options.
 * @param[in] audio_codec VSDK_AUDIO_CODEC_OPUS (the default), VSDK_AUDIO_CODEC_PCMU, VSDK_AUDIO_CODEC_PCMA or VSDK_AUDIO_CODEC_G722.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_audio_codec(VsdkMeetingOptions *options,
                                                         VsdkAudioCodec audio_codec,
                                                         VsdkError **error);

/**
 * What kind of participant this is.
 *
 * @param[in] options The options.
 * @param[in] peer_type VSDK_PEER_TYPE_NORMAL (the default) or VSDK_PEER_TYPE_AGENT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_peer_type(VsdkMeetingOptions *options,
                                                       VsdkPeerType peer_type, VsdkError **error);

/**
 * Whether the camera publishes several simulcast layers.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_multi_stream(VsdkMeetingOptions *options,
                                                          int32_t enabled, VsdkError **error);

/**
 * Whether the media of others comes without asking for it; else with vsdk_meeting_subscribe_tracks.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_auto_consume(VsdkMeetingOptions *options,
                                                          int32_t enabled, VsdkError **error);

/**
 * Whether the service may ask for another video codec during the meeting.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_codec_switch_enabled(VsdkMeetingOptions *options,
                                                                  int32_t enabled,
                                                                  VsdkError **error);

/**
 * Whether the service may bundle what it tells about large rooms.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_batching_enabled(VsdkMeetingOptions *options,
                                                              int32_t enabled, VsdkError **error);

/**
 * Whether the service may keep diagnostic data of this participant.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_debug_mode(VsdkMeetingOptions *options,
                                                        int32_t enabled, VsdkError **error);

/**
 * Whether data channels are opened.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_chat_enabled(VsdkMeetingOptions *options,
                                                          int32_t enabled, VsdkError **error);

/**
 * The language into which the service translates for this participant.
 *
 * @param[in] options The options.
 * @param[in] translation_language nullable. E.g. "en"; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_translation_language(VsdkMeetingOptions *options,
                                                                  const char *translation_language,
                                                                  VsdkError **error);

/**
 * The language that this participant speaks.
 *
 * @param[in] options The options.
 * @param[in] speaking_language nullable. E.g. "de"; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_speaking_language(VsdkMeetingOptions *options,
                                                               const char *speaking_language,
                                                               VsdkError **error);

/**
 * What the service keeps about the device, added to the library's own.
 *
 * @param[in] options The options.
 * @param[in] json nullable. A JSON object of at most 64 KiB; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_device_info_json(VsdkMeetingOptions *options,
                                                              const char *json, VsdkError **error);

/**
 * The base URL of the REST API for this meeting.
 *
 * It is looked at by vsdk_init_meeting.
 *
 * @param[in] options The options.
 * @param[in] api_base_url nullable. E.g. "http://127.0.0.1:3000"; NULL for the configured one.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_api_base_url(VsdkMeetingOptions *options,
                                                          const char *api_base_url,
                                                          VsdkError **error);

/**
 * The signalling service for this meeting.
 *
 * It is looked at by vsdk_init_meeting.
 *
 * @param[in] options The options.
 * @param[in] signaling_base_url nullable. A host, host:port or URL; NULL for that of the API.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_options_set_signaling_base_url(VsdkMeetingOptions *options,
                                                                const char *signaling_base_url,
                                                                VsdkError **error);

/**
 * Frees the options; meetings made from them keep their own copy.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_meeting_options_free(VsdkMeetingOptions *options);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting Meetings
 * Meetings: made from options, read through snapshots and events.
 *
 * Events come either from vsdk_meeting_next_event or to an event handler, not both. The queue
 * exists from vsdk_init_meeting on, so nothing that happens before the first read is lost. It
 * holds 4,096 events; what comes beyond that is refused and reported with one
 * VSDK_EVENT_TYPE_OVERFLOW.
 * @{
 */

/** Where a meeting stands. */
typedef int32_t VsdkMeetingState;

/** Made, not joined. */
#define VSDK_MEETING_STATE_INITIALISED 1
/** Joining. */
#define VSDK_MEETING_STATE_CONNECTING 2
/** Waits until somebody in the room lets it in. */
#define VSDK_MEETING_STATE_WAITING_ENTRY 3
/** In the room. */
#define VSDK_MEETING_STATE_CONNECTED 4
/** Lost the connection and is making a new one. */
#define VSDK_MEETING_STATE_RECONNECTING 5
/** Leaving. */
#define VSDK_MEETING_STATE_LEAVING 6
/** Has left: the end. */
#define VSDK_MEETING_STATE_LEFT 7
/** Could not join or lost the connection for good. */
#define VSDK_MEETING_STATE_FAILED 8

/** Receives an event. Runs on the dispatcher thread; `event` is borrowed, valid during the call. */
typedef void (*VsdkEventFn)(const VsdkEvent *event, void *user_data);

/** Told that there is something to read. Runs on the dispatcher thread, of tracks on the media thread. */
typedef void (*VsdkWakeFn)(void *user_data);

/**
 * Makes a meeting from its options, like VideoSDK.initMeeting({...}).
 *
 * Checks everything that can be checked without a network: the options, and whether the token
 * can join this room as this participant. The first event is VSDK_EVENT_TYPE_STATE_CHANGED to
 * VSDK_MEETING_STATE_INITIALISED; warnings about the token follow.
 *
 * @param[in] options What to make it from; they are copied.
 * @param[out] meeting owned, free with vsdk_meeting_free. The meeting; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_CONFIGURED, VSDK_STATUS_NETWORK_INSECURE, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS, VSDK_STATUS_TOKEN_ROOM_MISMATCH, VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH, VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_init_meeting(const VsdkMeetingOptions *options, VsdkMeeting **meeting,
                                      VsdkError **error);

/**
 * All of the meeting at this moment.
 *
 * @param[in] meeting The meeting.
 * @param[out] snapshot owned, free with vsdk_meeting_snapshot_free. The snapshot; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_snapshot(const VsdkMeeting *meeting,
                                          VsdkMeetingSnapshot **snapshot, VsdkError **error);

/**
 * Hands in a fresh token: the next time one is needed, this is used.
 *
 * @param[in] meeting The meeting.
 * @param[in] token The token.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE after the end, VSDK_STATUS_TOKEN_MALFORMED, VSDK_STATUS_TOKEN_EXPIRED, VSDK_STATUS_TOKEN_NOT_YET_VALID, VSDK_STATUS_TOKEN_PERMISSIONS, VSDK_STATUS_TOKEN_ROOM_MISMATCH, VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH, VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_token(const VsdkMeeting *meeting, const char *token,
                                           VsdkError **error);

/**
 * The next event.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
 * @param[out] event owned, free with vsdk_event_free. The event; NULL when there is none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
 * none will come, VSDK_STATUS_INVALID_STATE while an event handler is set, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Blocks until there is an event, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_next_event(const VsdkMeeting *meeting, int64_t timeout_ms,
                                            VsdkEvent **event, VsdkError **error);

/**
 * From now on events go to the handler, those that wait first; NULL lets them wait again.
 *
 * When this returns, an earlier handler is not running and will not run again, unless it is
 * called from inside that handler. A slow handler delays the callbacks of everyone.
 *
 * @param[in] meeting The meeting.
 * @param[in] handler nullable. NULL to read events with vsdk_meeting_next_event again.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_event_handler(const VsdkMeeting *meeting, VsdkEventFn handler,
                                                   void *user_data, VsdkDestroyFn destroy,
                                                   VsdkError **error);

/**
 * Sets what is called whenever there is something to read after there was nothing.
 *
 * Made for event loops: let it signal the loop, and read there with a timeout of 0 until
 * VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED.
 *
 * @param[in] meeting The meeting.
 * @param[in] handler nullable. NULL for none.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_wake_handler(const VsdkMeeting *meeting, VsdkWakeFn handler,
                                                  void *user_data, VsdkDestroyFn destroy,
                                                  VsdkError **error);

/**
 * A descriptor that polls readable while there is something to read, made on demand.
 *
 * It belongs to the meeting and lives as long: poll it, never read or close it.
 *
 * @param[in] meeting The meeting.
 * @param[out] descriptor The descriptor.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_UNSUPPORTED on Windows.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_event_descriptor(const VsdkMeeting *meeting, int32_t *descriptor,
                                                  VsdkError **error);

/**
 * Frees a meeting; one that was not left leaves in the background.
 *
 * Its handlers are taken out, whoever waits for its events is woken, and its descriptor closes.
 *
 * @param[in] meeting nullable, freed. The meeting.
 * @note Does not block, except for a running call of its handlers.
 * @since 0.1
 */
VSDK_API void vsdk_meeting_free(VsdkMeeting *meeting);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_joining Meetings
 * Meetings: joining, leaving, ending.
 *
 * A meeting joins once; after a failure, and after a join that was cancelled, it may join again.
 * A connection that is lost is made anew by itself.
 * @{
 */

/**
 * Joins the room: connects, asks to be let in where the token demands it, and waits until that is
 * decided.
 *
 * When it has succeeded, the state is VSDK_MEETING_STATE_CONNECTED and a snapshot has everybody in
 * the room. When it has failed, the state is VSDK_MEETING_STATE_FAILED, its event tells the same
 * error, and the meeting may be joined again. Give it minutes where somebody has to let this
 * participant in.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR, and those of meetings, VSDK_STATUS_CONNECTION_LOST to VSDK_STATUS_REFUSED.
 * @note Blocks until the room is joined, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_join(const VsdkMeeting *meeting, int64_t timeout_ms,
                                      VsdkError **error);

/**
 * Starts vsdk_meeting_join; how it ended is told by vsdk_op_outcome.
 *
 * Cancelled, it is given up, and the meeting may be joined again.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms As for vsdk_meeting_join.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_join_async(const VsdkMeeting *meeting, int64_t timeout_ms,
                                            VsdkOpFn callback, void *user_data,
                                            VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Leaves: says goodbye to the service, and whoever waits for events is woken.
 *
 * The state becomes VSDK_MEETING_STATE_LEFT. Leaving twice is no mistake. Events that are left can
 * still be read.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms How long to wait for the service, in milliseconds, or VSDK_TIMEOUT_DEFAULT; 0 begins to leave and does not wait.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT when it goes on by itself, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_SHUTDOWN.
 * @note Blocks until the service has taken note, at most `timeout_ms`. A meeting that is not joined has nothing to wait for.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_leave(const VsdkMeeting *meeting, int64_t timeout_ms,
                                       VsdkError **error);

/**
 * Starts vsdk_meeting_leave; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms As for vsdk_meeting_leave.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_leave_async(const VsdkMeeting *meeting, int64_t timeout_ms,
                                             VsdkOpFn callback, void *user_data,
                                             VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Ends the meeting for everybody in the room. Needs a token with the permission to moderate.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_end(const VsdkMeeting *meeting, int64_t timeout_ms,
                                     VsdkError **error);

/**
 * Starts vsdk_meeting_end; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] timeout_ms As for vsdk_meeting_end.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_end_async(const VsdkMeeting *meeting, int64_t timeout_ms,
                                           VsdkOpFn callback, void *user_data,
                                           VsdkDestroyFn destroy, VsdkOp **op, VsdkError **error);

/**
 * Makes the connection anew at once: after a change of networks, without waiting until the loss of
 * the old one is noticed.
 *
 * The state becomes VSDK_MEETING_STATE_RECONNECTING, and VSDK_MEETING_STATE_CONNECTED when it is
 * done.
 *
 * @param[in] meeting The meeting.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when this participant is not in the room.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_refresh_connection(const VsdkMeeting *meeting, VsdkError **error);

/** @} */

/* ---- How a message is published -------------------------------------------------------------- */

/**
 * @defgroup vsdk_publish_options How a message is published
 * How a message is published.
 * @{
 */

/**
 * To everybody who has subscribed, kept for nobody.
 *
 * @return owned, free with vsdk_publish_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkPublishOptions *vsdk_publish_options_new(void);

/**
 * Whether those who subscribe later get the message as well.
 *
 * @param[in] options The options.
 * @param[in] persist 1 or 0 (the default).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_publish_options_set_persist(VsdkPublishOptions *options, int32_t persist,
                                                     VsdkError **error);

/**
 * Sends the message only to this participant and to others that are added; without any it goes
 * to everybody.
 *
 * @param[in] options The options.
 * @param[in] participant_id The participant's id.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_publish_options_add_send_only(VsdkPublishOptions *options,
                                                       const char *participant_id,
                                                       VsdkError **error);

/**
 * What goes with the message.
 *
 * @param[in] options The options.
 * @param[in] payload_json nullable. A JSON object; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when it is no JSON object.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_publish_options_set_payload_json(VsdkPublishOptions *options,
                                                          const char *payload_json,
                                                          VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_publish_options_free(VsdkPublishOptions *options);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_messages Meetings
 * Meetings: messages by topic.
 *
 * Messages come as events of the type VSDK_EVENT_TYPE_MESSAGE, in the order in which the service
 * took them.
 * @{
 */

/**
 * Publishes a message to all who have subscribed the topic, this participant too.
 *
 * While the connection is made anew, it waits for the new one; what was sent already is never sent
 * again.
 *
 * @param[in] meeting The meeting.
 * @param[in] topic The topic, at most 1,024 bytes.
 * @param[in] message The message.
 * @param[in] options nullable. How; NULL for everybody who has subscribed, kept for nobody.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_publish(const VsdkMeeting *meeting, const char *topic,
                                         const char *message, const VsdkPublishOptions *options,
                                         int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_publish; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] topic As for vsdk_meeting_publish.
 * @param[in] message As for vsdk_meeting_publish.
 * @param[in] options nullable. As for vsdk_meeting_publish.
 * @param[in] timeout_ms As for vsdk_meeting_publish.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_publish_async(const VsdkMeeting *meeting, const char *topic,
                                               const char *message,
                                               const VsdkPublishOptions *options,
                                               int64_t timeout_ms, VsdkOpFn callback,
                                               void *user_data, VsdkDestroyFn destroy, VsdkOp **op,
                                               VsdkError **error);

/**
 * Subscribes a topic.
 *
 * Messages that were kept come first, as events before this has succeeded. On a new connection it
 * is subscribed again by itself.
 *
 * @param[in] meeting The meeting.
 * @param[in] topic The topic, at most 1,024 bytes.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_subscribe(const VsdkMeeting *meeting, const char *topic,
                                           int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_subscribe; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] topic As for vsdk_meeting_subscribe.
 * @param[in] timeout_ms As for vsdk_meeting_subscribe.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_subscribe_async(const VsdkMeeting *meeting, const char *topic,
                                                 int64_t timeout_ms, VsdkOpFn callback,
                                                 void *user_data, VsdkDestroyFn destroy,
                                                 VsdkOp **op, VsdkError **error);

/**
 * From now on no message of the topic comes any more. One that is not subscribed is no mistake.
 *
 * @param[in] meeting The meeting.
 * @param[in] topic The topic.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_unsubscribe(const VsdkMeeting *meeting, const char *topic,
                                             VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_moderation Meetings
 * Meetings: what participants do with each other.
 *
 * Whether the token permits it, the service decides.
 * @{
 */

/** Something that is done to a participant. */
typedef int32_t VsdkModeration;

/** Lets in who asked for it. */
#define VSDK_MODERATION_ALLOW_ENTRY 1
/** Does not let in who asked for it. */
#define VSDK_MODERATION_DENY_ENTRY 2
/** Asks to switch the microphone on; the participant decides. */
#define VSDK_MODERATION_REQUEST_MIC 3
/** Switches the microphone off. */
#define VSDK_MODERATION_DISABLE_MIC 4
/** Asks to switch the camera on; the participant decides. */
#define VSDK_MODERATION_REQUEST_WEBCAM 5
/** Switches the camera off. */
#define VSDK_MODERATION_DISABLE_WEBCAM 6
/** Removes from the meeting. */
#define VSDK_MODERATION_REMOVE 7
/** Pins the camera for everybody. That the service has pins for native clients is inferred. */
#define VSDK_MODERATION_PIN_CAMERA 8
/** Takes the pin off the camera. */
#define VSDK_MODERATION_UNPIN_CAMERA 9
/** Pins the shared screen for everybody. */
#define VSDK_MODERATION_PIN_SCREEN_SHARE 10
/** Takes the pin off the shared screen. */
#define VSDK_MODERATION_UNPIN_SCREEN_SHARE 11

/**
 * Does something to a participant: lets it in, asks for its microphone, removes it, and so on.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id The participant.
 * @param[in] moderation A VSDK_MODERATION_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_moderate(const VsdkMeeting *meeting, const char *participant_id,
                                          VsdkModeration moderation, int64_t timeout_ms,
                                          VsdkError **error);

/**
 * Starts vsdk_meeting_moderate; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id As for vsdk_meeting_moderate.
 * @param[in] moderation As for vsdk_meeting_moderate.
 * @param[in] timeout_ms As for vsdk_meeting_moderate.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_moderate_async(const VsdkMeeting *meeting,
                                                const char *participant_id,
                                                VsdkModeration moderation, int64_t timeout_ms,
                                                VsdkOpFn callback, void *user_data,
                                                VsdkDestroyFn destroy, VsdkOp **op,
                                                VsdkError **error);

/**
 * Changes what this participant does with media. Everybody is told.
 *
 * That the service has it for native clients is inferred.
 *
 * @param[in] meeting The meeting.
 * @param[in] mode A VSDK_MODE_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_change_mode(const VsdkMeeting *meeting, VsdkMode mode,
                                             int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_change_mode; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] mode As for vsdk_meeting_change_mode.
 * @param[in] timeout_ms As for vsdk_meeting_change_mode.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_change_mode_async(const VsdkMeeting *meeting, VsdkMode mode,
                                                   int64_t timeout_ms, VsdkOpFn callback,
                                                   void *user_data, VsdkDestroyFn destroy,
                                                   VsdkOp **op, VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_switching Meetings
 * Meetings: going to another meeting on the same connection.
 * @{
 */

/**
 * Goes to another meeting, as the same participant.
 *
 * The state is VSDK_MEETING_STATE_CONNECTING on the way and VSDK_MEETING_STATE_CONNECTED there; a
 * snapshot has the other meeting id then. Topics and observed values do not come along. What fails
 * after it has left the one meeting ends in VSDK_MEETING_STATE_FAILED; joining then leads back to
 * the meeting that it was in.
 *
 * @param[in] meeting The meeting.
 * @param[in] meeting_id The id of the other room.
 * @param[in] token nullable. The token for there; NULL for the present one.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_switch_to(const VsdkMeeting *meeting, const char *meeting_id,
                                           const char *token, int64_t timeout_ms,
                                           VsdkError **error);

/**
 * Starts vsdk_meeting_switch_to; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] meeting_id As for vsdk_meeting_switch_to.
 * @param[in] token nullable. As for vsdk_meeting_switch_to.
 * @param[in] timeout_ms As for vsdk_meeting_switch_to.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED, and those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_switch_to_async(const VsdkMeeting *meeting, const char *meeting_id,
                                                 const char *token, int64_t timeout_ms,
                                                 VsdkOpFn callback, void *user_data,
                                                 VsdkDestroyFn destroy, VsdkOp **op,
                                                 VsdkError **error);

/**
 * Asks a participant to go on in another meeting, with VSDK_EVENT_TYPE_SWITCH_REQUESTED; it decides.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id The participant.
 * @param[in] meeting_id The id of the other room.
 * @param[in] token nullable. A token for there; NULL for none.
 * @param[in] payload_json nullable. A JSON value that goes with it; NULL for none.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_request_switch(const VsdkMeeting *meeting,
                                                const char *participant_id, const char *meeting_id,
                                                const char *token, const char *payload_json,
                                                int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_request_switch; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id As for vsdk_meeting_request_switch.
 * @param[in] meeting_id As for vsdk_meeting_request_switch.
 * @param[in] token nullable. As for vsdk_meeting_request_switch.
 * @param[in] payload_json nullable. As for vsdk_meeting_request_switch.
 * @param[in] timeout_ms As for vsdk_meeting_request_switch.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_request_switch_async(const VsdkMeeting *meeting,
                                                      const char *participant_id,
                                                      const char *meeting_id, const char *token,
                                                      const char *payload_json, int64_t timeout_ms,
                                                      VsdkOpFn callback, void *user_data,
                                                      VsdkDestroyFn destroy, VsdkOp **op,
                                                      VsdkError **error);

/** @} */

/* ---- What a service of a meeting is started with --------------------------------------------- */

/**
 * @defgroup vsdk_service_options What a service of a meeting is started with
 * What a service of a meeting is started with.
 *
 * What is not set, the service decides. An option that the service of that kind does not know is
 * refused when it is started.
 * @{
 */

/** How participants are arranged in a recording or stream. */
typedef int32_t VsdkLayout;

/** All are equally large. */
#define VSDK_LAYOUT_GRID 1
/** One is large, nobody else is seen. */
#define VSDK_LAYOUT_SPOTLIGHT 2
/** One is large, the others are beside it. */
#define VSDK_LAYOUT_SIDEBAR 3

/** Who comes first in a layout. */
typedef int32_t VsdkLayoutPriority;

/** Who speaks. */
#define VSDK_LAYOUT_PRIORITY_SPEAKER 1
/** Who is pinned. */
#define VSDK_LAYOUT_PRIORITY_PIN 2

/** The colours of a recording or stream. */
typedef int32_t VsdkTheme;

/** Those of the service. */
#define VSDK_THEME_DEFAULT 1
/** Light ones. */
#define VSDK_THEME_LIGHT 2
/** Dark ones. */
#define VSDK_THEME_DARK 3

/** What is recorded or streamed. */
typedef int32_t VsdkServiceContent;

/** Picture and sound. */
#define VSDK_SERVICE_CONTENT_VIDEO_AND_AUDIO 1
/** Sound only. */
#define VSDK_SERVICE_CONTENT_AUDIO 2

/** How good a recording or stream is. */
typedef int32_t VsdkServiceQuality;

/** Low. */
#define VSDK_SERVICE_QUALITY_LOW 1
/** Medium. */
#define VSDK_SERVICE_QUALITY_MEDIUM 2
/** High. */
#define VSDK_SERVICE_QUALITY_HIGH 3
/** The highest; known from the REST interface alone. */
#define VSDK_SERVICE_QUALITY_ULTRA 4

/** Which way up a recording or stream is; known from the REST interface alone. */
typedef int32_t VsdkOrientation;

/** Wider than high. */
#define VSDK_ORIENTATION_LANDSCAPE 1
/** Higher than wide. */
#define VSDK_ORIENTATION_PORTRAIT 2

/**
 * As the service decides.
 *
 * @return owned, free with vsdk_service_options_free. NULL when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkServiceOptions *vsdk_service_options_new(void);

/**
 * How participants are arranged: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] layout A VSDK_LAYOUT_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_layout(VsdkServiceOptions *options, VsdkLayout layout,
                                                    VsdkError **error);

/**
 * Who comes first in the layout: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] layout_priority A VSDK_LAYOUT_PRIORITY_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_layout_priority(VsdkServiceOptions *options,
                                                             VsdkLayoutPriority layout_priority,
                                                             VsdkError **error);

/**
 * How many participants are seen at most: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] participants From 1; the service has its own limit.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_grid_size(VsdkServiceOptions *options,
                                                       int32_t participants, VsdkError **error);

/**
 * The colours: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] theme A VSDK_THEME_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_theme(VsdkServiceOptions *options, VsdkTheme theme,
                                                   VsdkError **error);

/**
 * Whether there is a picture: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] content A VSDK_SERVICE_CONTENT_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_content(VsdkServiceOptions *options,
                                                     VsdkServiceContent content, VsdkError **error);

/**
 * How good it is: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] quality A VSDK_SERVICE_QUALITY_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_quality(VsdkServiceOptions *options,
                                                     VsdkServiceQuality quality, VsdkError **error);

/**
 * Which way up it is: recording, livestream and HLS.
 *
 * @param[in] options The options.
 * @param[in] orientation A VSDK_ORIENTATION_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_orientation(VsdkServiceOptions *options,
                                                         VsdkOrientation orientation,
                                                         VsdkError **error);

/**
 * Where a livestream goes, one more with each call. A livestream needs at least one.
 *
 * @param[in] options The options.
 * @param[in] url The URL of the platform, as it gave it.
 * @param[in] stream_key The key that it gave: a secret.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_add_output(VsdkServiceOptions *options, const char *url,
                                                    const char *stream_key, VsdkError **error);

/**
 * The URL that the service calls when something happens: recording and transcription.
 *
 * @param[in] options The options.
 * @param[in] webhook_url nullable. The URL; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_webhook_url(VsdkServiceOptions *options,
                                                         const char *webhook_url,
                                                         VsdkError **error);

/**
 * The language that is spoken: transcription.
 *
 * @param[in] options The options.
 * @param[in] language nullable. E.g. "en"; NULL for the service's choice.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_language(VsdkServiceOptions *options,
                                                      const char *language, VsdkError **error);

/**
 * All else, as the service names it. What was set by name goes before it.
 *
 * @param[in] options The options.
 * @param[in] json nullable. A JSON object; NULL for none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_service_options_set_json(VsdkServiceOptions *options, const char *json,
                                                  VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_service_options_free(VsdkServiceOptions *options);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_services Meetings
 * Meetings: services, such as recording.
 *
 * How far a service is, events such as VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED tell everybody, and
 * snapshots have the latest. That native clients have livestream, HLS, translation and whiteboard
 * is inferred.
 * @{
 */

/** What a meeting may have running beside itself. */
typedef int32_t VsdkServiceKind;

/** The meeting is recorded into a file. */
#define VSDK_SERVICE_KIND_RECORDING 1
/** It is sent to other platforms, by RTMP. */
#define VSDK_SERVICE_KIND_LIVESTREAM 2
/** It can be watched with any player, by HLS. */
#define VSDK_SERVICE_KIND_HLS 3
/** What is said is written down. */
#define VSDK_SERVICE_KIND_TRANSCRIPTION 4
/** What is said is translated. */
#define VSDK_SERVICE_KIND_TRANSLATION 5
/** Everybody can draw on one board. */
#define VSDK_SERVICE_KIND_WHITEBOARD 6

/** How far a service is; `code` of its events. */
typedef int32_t VsdkServiceState;

/** It was asked for. */
#define VSDK_SERVICE_STATE_STARTING 1
/** It runs. */
#define VSDK_SERVICE_STATE_STARTED 2
/** It was asked to end. */
#define VSDK_SERVICE_STATE_STOPPING 3
/** It does not run. */
#define VSDK_SERVICE_STATE_STOPPED 4
/** It runs, and what it makes can be watched: HLS only. */
#define VSDK_SERVICE_STATE_PLAYABLE 5

/**
 * Starts a service. It has succeeded when the service agreed.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind A VSDK_SERVICE_KIND_ constant.
 * @param[in] options nullable. How; NULL for what the service decides.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_start_service(const VsdkMeeting *meeting, VsdkServiceKind kind,
                                               const VsdkServiceOptions *options,
                                               int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_start_service; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind As for vsdk_meeting_start_service.
 * @param[in] options nullable. As for vsdk_meeting_start_service.
 * @param[in] timeout_ms As for vsdk_meeting_start_service.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_start_service_async(const VsdkMeeting *meeting,
                                                     VsdkServiceKind kind,
                                                     const VsdkServiceOptions *options,
                                                     int64_t timeout_ms, VsdkOpFn callback,
                                                     void *user_data, VsdkDestroyFn destroy,
                                                     VsdkOp **op, VsdkError **error);

/**
 * Stops a service.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind A VSDK_SERVICE_KIND_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_stop_service(const VsdkMeeting *meeting, VsdkServiceKind kind,
                                              int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_stop_service; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind As for vsdk_meeting_stop_service.
 * @param[in] timeout_ms As for vsdk_meeting_stop_service.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_stop_service_async(const VsdkMeeting *meeting,
                                                    VsdkServiceKind kind, int64_t timeout_ms,
                                                    VsdkOpFn callback, void *user_data,
                                                    VsdkDestroyFn destroy, VsdkOp **op,
                                                    VsdkError **error);

/**
 * Has what is said translated into another language for this participant, while the translation
 * runs. Everybody is told.
 *
 * @param[in] meeting The meeting.
 * @param[in] language E.g. "en".
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_change_translation_language(const VsdkMeeting *meeting,
                                                             const char *language,
                                                             int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_change_translation_language; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] language As for vsdk_meeting_change_translation_language.
 * @param[in] timeout_ms As for vsdk_meeting_change_translation_language.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_change_translation_language_async(const VsdkMeeting *meeting,
                                                                   const char *language,
                                                                   int64_t timeout_ms,
                                                                   VsdkOpFn callback,
                                                                   void *user_data,
                                                                   VsdkDestroyFn destroy,
                                                                   VsdkOp **op, VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_store Meetings
 * Meetings: values that everybody in the session shares.
 *
 * They last as long as the session. That native clients have the store is inferred.
 * @{
 */

/**
 * Sets a value for everybody.
 *
 * @param[in] meeting The meeting.
 * @param[in] key The name of the value, at most 1,024 bytes.
 * @param[in] value nullable. The value, at most 1,024 bytes; NULL takes it away.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_set(const VsdkMeeting *meeting, const char *key,
                                           const char *value, int64_t timeout_ms,
                                           VsdkError **error);

/**
 * Starts vsdk_meeting_store_set; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] key As for vsdk_meeting_store_set.
 * @param[in] value nullable. As for vsdk_meeting_store_set.
 * @param[in] timeout_ms As for vsdk_meeting_store_set.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_set_async(const VsdkMeeting *meeting, const char *key,
                                                 const char *value, int64_t timeout_ms,
                                                 VsdkOpFn callback, void *user_data,
                                                 VsdkDestroyFn destroy, VsdkOp **op,
                                                 VsdkError **error);

/**
 * Reads a value.
 *
 * @param[in] meeting The meeting.
 * @param[in] key The name of the value, at most 1,024 bytes.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] value owned, free with vsdk_content_free. The value; NULL on failure, and when there is none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_get(const VsdkMeeting *meeting, const char *key,
                                           int64_t timeout_ms, VsdkContent **value,
                                           VsdkError **error);

/**
 * Starts vsdk_meeting_store_get; take what it results in with vsdk_op_take_content.
 *
 * @param[in] meeting The meeting.
 * @param[in] key As for vsdk_meeting_store_get.
 * @param[in] timeout_ms As for vsdk_meeting_store_get.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_get_async(const VsdkMeeting *meeting, const char *key,
                                                 int64_t timeout_ms, VsdkOpFn callback,
                                                 void *user_data, VsdkDestroyFn destroy,
                                                 VsdkOp **op, VsdkError **error);

/**
 * From now on changes of a value come as VSDK_EVENT_TYPE_STORE_VALUE_CHANGED. On a new connection it
 * is observed again by itself.
 *
 * @param[in] meeting The meeting.
 * @param[in] key The name of the value, at most 1,024 bytes.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_observe(const VsdkMeeting *meeting, const char *key,
                                               int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_store_observe; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] key As for vsdk_meeting_store_observe.
 * @param[in] timeout_ms As for vsdk_meeting_store_observe.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_observe_async(const VsdkMeeting *meeting, const char *key,
                                                     int64_t timeout_ms, VsdkOpFn callback,
                                                     void *user_data, VsdkDestroyFn destroy,
                                                     VsdkOp **op, VsdkError **error);

/**
 * From now on changes of a value come no more.
 *
 * @param[in] meeting The meeting.
 * @param[in] key The name of the value, at most 1,024 bytes.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_stop_observing(const VsdkMeeting *meeting, const char *key,
                                                      int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_store_stop_observing; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] key As for vsdk_meeting_store_stop_observing.
 * @param[in] timeout_ms As for vsdk_meeting_store_stop_observing.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_store_stop_observing_async(const VsdkMeeting *meeting,
                                                            const char *key, int64_t timeout_ms,
                                                            VsdkOpFn callback, void *user_data,
                                                            VsdkDestroyFn destroy, VsdkOp **op,
                                                            VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_files Meetings
 * Meetings: files that participants give each other.
 *
 * They go by way of the service; the meeting need not be joined.
 * @{
 */

/**
 * Uploads a file, for those who may join the room.
 *
 * Tell them the URL, e.g. in a message; vsdk_meeting_fetch_file fetches it.
 *
 * @param[in] meeting The meeting.
 * @param[in] name The name of the file.
 * @param[in] bytes nullable. What is in it, at most 10 MiB; it may be NULL when `length` is 0, and an empty file is refused.
 * @param[in] length How many bytes.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] url owned, free with vsdk_content_free. The URL of the file; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_upload_file(const VsdkMeeting *meeting, const char *name,
                                             const uint8_t *bytes, size_t length,
                                             int64_t timeout_ms, VsdkContent **url,
                                             VsdkError **error);

/**
 * Starts vsdk_meeting_upload_file; take what it results in with vsdk_op_take_content.
 *
 * @param[in] meeting The meeting.
 * @param[in] name As for vsdk_meeting_upload_file.
 * @param[in] bytes nullable. As for vsdk_meeting_upload_file.
 * @param[in] length As for vsdk_meeting_upload_file.
 * @param[in] timeout_ms As for vsdk_meeting_upload_file.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_upload_file_async(const VsdkMeeting *meeting, const char *name,
                                                   const uint8_t *bytes, size_t length,
                                                   int64_t timeout_ms, VsdkOpFn callback,
                                                   void *user_data, VsdkDestroyFn destroy,
                                                   VsdkOp **op, VsdkError **error);

/**
 * Fetches a file of at most 64 MiB that somebody has uploaded.
 *
 * The token goes only to the server that the meeting uses and to hosts of the service.
 *
 * @param[in] meeting The meeting.
 * @param[in] url The URL.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] content owned, free with vsdk_content_free. What is in it; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED, those of tokens, VSDK_STATUS_TOKEN_MALFORMED to VSDK_STATUS_TOKEN_ROLE, and those of networks and replies, VSDK_STATUS_NETWORK_DNS to VSDK_STATUS_SERVER_ERROR.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_fetch_file(const VsdkMeeting *meeting, const char *url,
                                            int64_t timeout_ms, VsdkContent **content,
                                            VsdkError **error);

/**
 * Starts vsdk_meeting_fetch_file; take what it results in with vsdk_op_take_content.
 *
 * @param[in] meeting The meeting.
 * @param[in] url As for vsdk_meeting_fetch_file.
 * @param[in] timeout_ms As for vsdk_meeting_fetch_file.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_fetch_file_async(const VsdkMeeting *meeting, const char *url,
                                                  int64_t timeout_ms, VsdkOpFn callback,
                                                  void *user_data, VsdkDestroyFn destroy,
                                                  VsdkOp **op, VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_agents Meetings
 * Meetings: what an agent tells of itself.
 *
 * For meetings that were made with VSDK_PEER_TYPE_AGENT.
 * @{
 */

/** What an agent is doing. */
typedef int32_t VsdkAgentState;

/** Nothing. */
#define VSDK_AGENT_STATE_IDLE 1
/** Somebody speaks to it. */
#define VSDK_AGENT_STATE_LISTENING 2
/** It looks for an answer. */
#define VSDK_AGENT_STATE_THINKING 3
/** It speaks. */
#define VSDK_AGENT_STATE_SPEAKING 4

/**
 * Tells what this agent is doing; the others get VSDK_EVENT_TYPE_AGENT_STATE_CHANGED.
 *
 * @param[in] meeting The meeting.
 * @param[in] state A VSDK_AGENT_STATE_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_state(const VsdkMeeting *meeting, VsdkAgentState state,
                                                  int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_send_agent_state; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] state As for vsdk_meeting_send_agent_state.
 * @param[in] timeout_ms As for vsdk_meeting_send_agent_state.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_state_async(const VsdkMeeting *meeting,
                                                        VsdkAgentState state, int64_t timeout_ms,
                                                        VsdkOpFn callback, void *user_data,
                                                        VsdkDestroyFn destroy, VsdkOp **op,
                                                        VsdkError **error);

/**
 * Tells what was said, by this agent or to it; the others get VSDK_EVENT_TYPE_AGENT_TRANSCRIPT.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id Who spoke.
 * @param[in] words What was said.
 * @param[in] is_final 1 when these words will not change any more, else 0.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_transcript(const VsdkMeeting *meeting,
                                                       const char *participant_id,
                                                       const char *words, int32_t is_final,
                                                       int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_send_agent_transcript; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id As for vsdk_meeting_send_agent_transcript.
 * @param[in] words As for vsdk_meeting_send_agent_transcript.
 * @param[in] is_final As for vsdk_meeting_send_agent_transcript.
 * @param[in] timeout_ms As for vsdk_meeting_send_agent_transcript.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_transcript_async(const VsdkMeeting *meeting,
                                                             const char *participant_id,
                                                             const char *words, int32_t is_final,
                                                             int64_t timeout_ms, VsdkOpFn callback,
                                                             void *user_data, VsdkDestroyFn destroy,
                                                             VsdkOp **op, VsdkError **error);

/**
 * Tells figures of this agent; the others get VSDK_EVENT_TYPE_AGENT_METRICS.
 *
 * @param[in] meeting The meeting.
 * @param[in] metrics_json A JSON object of whatever it measures.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_metrics(const VsdkMeeting *meeting,
                                                    const char *metrics_json, int64_t timeout_ms,
                                                    VsdkError **error);

/**
 * Starts vsdk_meeting_send_agent_metrics; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] metrics_json As for vsdk_meeting_send_agent_metrics.
 * @param[in] timeout_ms As for vsdk_meeting_send_agent_metrics.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_agent_metrics_async(const VsdkMeeting *meeting,
                                                          const char *metrics_json,
                                                          int64_t timeout_ms, VsdkOpFn callback,
                                                          void *user_data, VsdkDestroyFn destroy,
                                                          VsdkOp **op, VsdkError **error);

/** @} */

/* ---- Tracks ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_track_options Tracks
 * Tracks: what one that this participant sends is made from.
 *
 * Options are copied by vsdk_meeting_add_track: they can be changed and used again.
 * @{
 */

/** What a track is: shared screens and their sound are told from the rest. */
typedef int32_t VsdkTrackKind;

/** A microphone, or any other sound. */
#define VSDK_TRACK_KIND_AUDIO 1
/** A camera, or any other picture. */
#define VSDK_TRACK_KIND_VIDEO 2
/** A shared screen. */
#define VSDK_TRACK_KIND_SHARE 3
/** The sound of what is shared. */
#define VSDK_TRACK_KIND_SHARE_AUDIO 4

/** How a track is encoded. */
typedef int32_t VsdkCodec;

/** Opus, 48 kHz. */
#define VSDK_CODEC_OPUS 1
/** G.711 mu-law. */
#define VSDK_CODEC_PCMU 2
/** G.711 A-law. */
#define VSDK_CODEC_PCMA 3
/** G.722. */
#define VSDK_CODEC_G722 4
/** VP8. */
#define VSDK_CODEC_VP8 5
/** H.264, baseline; frames are access units with start codes (Annex B). */
#define VSDK_CODEC_H264 6
/** VP9, profile 0. */
#define VSDK_CODEC_VP9 7
/** AV1, main profile. */
#define VSDK_CODEC_AV1 8

/** What the bit rates of pictures aim at. */
typedef int32_t VsdkBitrateMode;

/** Little bandwidth. */
#define VSDK_BITRATE_MODE_BANDWIDTH_OPTIMIZED 1
/** Between the two. */
#define VSDK_BITRATE_MODE_BALANCED 2
/** A good picture. */
#define VSDK_BITRATE_MODE_HIGH_QUALITY 3

/** What is heard by a microphone. */
typedef int32_t VsdkAudioProfile;

/** Speech, over little bandwidth. */
#define VSDK_AUDIO_PROFILE_SPEECH_LOW_QUALITY 1
/** Speech. */
#define VSDK_AUDIO_PROFILE_SPEECH_STANDARD 2
/** Music. */
#define VSDK_AUDIO_PROFILE_MUSIC_STANDARD 3
/** Music in stereo. */
#define VSDK_AUDIO_PROFILE_STANDARD_STEREO 4
/** Music, over much bandwidth. */
#define VSDK_AUDIO_PROFILE_HIGH_QUALITY 5
/** The same in stereo. */
#define VSDK_AUDIO_PROFILE_HIGH_QUALITY_STEREO 6

/** The height and rate of a shared screen. */
typedef int32_t VsdkScreenShareProfile;

/** 640 x 360, 30 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H360_FPS30 1
/** 720 x 480, 15 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H480_FPS15 2
/** 720 x 480, 30 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H480_FPS30 3
/** 1280 x 720, 5 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H720_FPS5 4
/** 1280 x 720, 15 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H720_FPS15 5
/** 1280 x 720, 30 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H720_FPS30 6
/** 1920 x 1080, 15 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H1080_FPS15 7
/** 1920 x 1080, 30 pictures per second. */
#define VSDK_SCREEN_SHARE_PROFILE_H1080_FPS30 8

/**
 * How the pixels of a picture lie in memory.
 *
 * Colours are those of BT.601, brightness in I420 and NV12 from 16 to 235.
 */
typedef int32_t VsdkPictureFormat;

/**
 * Three planes: brightness, then the colour differences U and V in half the width and height,
 * rounded up.
 */
#define VSDK_PICTURE_FORMAT_I420 1
/** Two planes: brightness, then U and V by turns in half the width and height, rounded up. */
#define VSDK_PICTURE_FORMAT_NV12 2
/** One plane of four bytes for each pixel: red, green, blue, and one of no meaning for what is sent. */
#define VSDK_PICTURE_FORMAT_RGBA 3
/** One plane of four bytes for each pixel: blue, green, red, and one of no meaning for what is sent. */
#define VSDK_PICTURE_FORMAT_BGRA 4

/**
 * A track of that kind, on from the start.
 *
 * @param[in] kind A VSDK_TRACK_KIND_ constant.
 * @return owned, free with vsdk_track_options_free. NULL for another number, and when no more handles can be made.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTrackOptions *vsdk_track_options_new(VsdkTrackKind kind);

/**
 * How its frames are encoded; default Opus and VP8.
 *
 * @param[in] options The options.
 * @param[in] codec A VSDK_CODEC_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT also when that codec encodes something else than the track is.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_codec(VsdkTrackOptions *options, VsdkCodec codec,
                                                 VsdkError **error);

/**
 * Whether it is on from the start.
 *
 * @param[in] options The options.
 * @param[in] enabled 1 (the default) or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_enabled(VsdkTrackOptions *options, int32_t enabled,
                                                   VsdkError **error);

/**
 * The size of its pictures, from which layers and bit rates follow; default 1280 x 720.
 *
 * @param[in] options The options.
 * @param[in] width The width in pixels, 1 to 16,384.
 * @param[in] height The height in pixels, 1 to 16,384.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_size(VsdkTrackOptions *options, int32_t width,
                                                int32_t height, VsdkError **error);

/**
 * What its bit rates aim at; default VSDK_BITRATE_MODE_BALANCED.
 *
 * @param[in] options The options.
 * @param[in] bitrate_mode A VSDK_BITRATE_MODE_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_bitrate_mode(VsdkTrackOptions *options,
                                                        VsdkBitrateMode bitrate_mode,
                                                        VsdkError **error);

/**
 * Whether it is sent in several sizes at once (simulcast), so that each receiver gets what fits.
 *
 * vsdk_local_track_layer_count and its neighbours say which sizes the encoder has to make.
 *
 * @param[in] options The options.
 * @param[in] multi_stream 1 or 0 (the default).
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_multi_stream(VsdkTrackOptions *options,
                                                        int32_t multi_stream, VsdkError **error);

/**
 * In how many sizes it is sent at most.
 *
 * @param[in] options The options.
 * @param[in] max_layers 1 to 3; default 3.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_max_layers(VsdkTrackOptions *options, int32_t max_layers,
                                                      VsdkError **error);

/**
 * What is heard; default VSDK_AUDIO_PROFILE_SPEECH_STANDARD. Receivers are told of it.
 *
 * @param[in] options The options.
 * @param[in] audio_profile A VSDK_AUDIO_PROFILE_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_audio_profile(VsdkTrackOptions *options,
                                                         VsdkAudioProfile audio_profile,
                                                         VsdkError **error);

/**
 * The size and rate of a shared screen; without one only the network limits it.
 *
 * @param[in] options The options.
 * @param[in] share_profile A VSDK_SCREEN_SHARE_PROFILE_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_share_profile(VsdkTrackOptions *options,
                                                         VsdkScreenShareProfile share_profile,
                                                         VsdkError **error);

/**
 * What the others are told with the track.
 *
 * The names `share`, `encodings`, `width`, `height` and `peerId` in it are the service's own.
 *
 * @param[in] options The options.
 * @param[in] app_data_json A JSON object of at most 16 KiB.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_track_options_set_app_data_json(VsdkTrackOptions *options,
                                                         const char *app_data_json,
                                                         VsdkError **error);

/**
 * Frees the options.
 *
 * @param[in] options nullable, freed. The options.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_track_options_free(VsdkTrackOptions *options);

/** @} */

/* ---- Frames ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_received_frame Frames
 * Frames: what others send, as it came.
 *
 * A frame is one packet of sound or one encoded picture, for a decoder. It is immutable: what is
 * read from it stays valid until it is freed, or, in a frame handler, until the handler returns.
 * @{
 */

/** Where how loud a frame is stands: nobody knows. */
#define VSDK_AUDIO_LEVEL_UNKNOWN 1

/**
 * Receives a frame. Runs on the media thread; `frame` is borrowed, valid during the call.
 *
 * That thread is another one than the dispatcher's, one for the whole process: its handlers run
 * one after the other, and a slow one makes all tracks lose frames. What it may call is what every
 * callback may.
 */
typedef void (*VsdkFrameFn)(const VsdkReceivedFrame *frame, void *user_data);

/**
 * Who sent it.
 *
 * @param[in] frame The frame.
 * @return borrowed from frame. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_received_frame_participant_id(const VsdkReceivedFrame *frame);

/**
 * Which track it belongs to.
 *
 * @param[in] frame The frame.
 * @return borrowed from frame. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_received_frame_track_id(const VsdkReceivedFrame *frame);

/**
 * What that track is.
 *
 * @param[in] frame The frame.
 * @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTrackKind vsdk_received_frame_kind(const VsdkReceivedFrame *frame);

/**
 * How it is encoded.
 *
 * @param[in] frame The frame.
 * @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkCodec vsdk_received_frame_codec(const VsdkReceivedFrame *frame);

/**
 * What is in it, for a decoder.
 *
 * @param[in] frame The frame.
 * @param[out] data borrowed from frame. The bytes; NULL when there are none.
 * @param[out] length Their number.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_received_frame_data(const VsdkReceivedFrame *frame, const uint8_t **data,
                                             size_t *length, VsdkError **error);

/**
 * When it was recorded.
 *
 * @param[in] frame The frame.
 * @return Microseconds from an arbitrary moment of its track; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_received_frame_timestamp_us(const VsdkReceivedFrame *frame);

/**
 * Whether it can be decoded without those before it. Every frame of sound can.
 *
 * @param[in] frame The frame.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_frame_is_key_frame(const VsdkReceivedFrame *frame);

/**
 * Whether frames are missing just before it: lost on the way, or dropped because they were not read
 * in time.
 *
 * Sound that is not read in time loses its oldest frames; pictures lose all up to a key frame.
 *
 * @param[in] frame The frame.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_frame_follows_gap(const VsdkReceivedFrame *frame);

/**
 * How loud it is.
 *
 * @param[in] frame The frame.
 * @return Decibels below full scale, 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when its sender does not tell, or the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_frame_audio_level(const VsdkReceivedFrame *frame);

/**
 * Frees a frame that was read with vsdk_remote_track_next_frame.
 *
 * @param[in] frame nullable, freed. The frame.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_received_frame_free(VsdkReceivedFrame *frame);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_media Meetings
 * Meetings: media and data.
 *
 * The library takes and gives encoded frames, and does all that is between. A track to send is added with vsdk_meeting_add_track, before or
 * after joining, and gets its frames with vsdk_local_track_push. A track of somebody else comes as
 * an event of the type VSDK_EVENT_TYPE_TRACK_ADDED; vsdk_meeting_remote_track gives it, and its
 * frames are read with vsdk_remote_track_next_frame or come to a handler. Sound the library also
 * encodes and decodes: see vsdk_local_track_audio_input, vsdk_remote_track_audio_output and
 * vsdk_meeting_audio_mixer. So are pictures, in a build that can:
 * see vsdk_local_track_video_input and vsdk_remote_track_video_output. Data goes to everybody with
 * vsdk_meeting_send_data and comes as an event of the type VSDK_EVENT_TYPE_DATA.
 * @{
 */

/** How data is delivered. Neither way keeps the order. */
typedef int32_t VsdkReliability;

/** What is lost is sent again, up to five times. */
#define VSDK_RELIABILITY_RELIABLE 1
/** What is lost stays lost; it never waits behind reliable data. */
#define VSDK_RELIABILITY_UNRELIABLE 2

/**
 * Adds a track that is sent from now on, or once the meeting is joined.
 *
 * It stays through lost connections until vsdk_local_track_free: whenever there is a way, it is
 * sent. VSDK_EVENT_TYPE_TRACK_PUBLISHED says when the others can receive it,
 * VSDK_EVENT_TYPE_TRACK_FAILED that they cannot.
 *
 * @param[in] meeting The meeting.
 * @param[in] options What to make it from; they are copied.
 * @param[out] track owned, free with vsdk_local_track_free. The track; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_add_track(const VsdkMeeting *meeting,
                                           const VsdkTrackOptions *options, VsdkLocalTrack **track,
                                           VsdkError **error);

/**
 * A track of somebody else, which is there from VSDK_EVENT_TYPE_TRACK_ADDED to
 * VSDK_EVENT_TYPE_TRACK_REMOVED.
 *
 * Several handles of one track share its frames: each frame is read by one of them.
 *
 * @param[in] meeting The meeting.
 * @param[in] track_id Its id, from the event.
 * @param[out] track owned, free with vsdk_remote_track_free. The track; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when nobody sends a track with that id, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_remote_track(const VsdkMeeting *meeting, const char *track_id,
                                              VsdkRemoteTrack **track, VsdkError **error);

/**
 * The sound of everybody together, now and later, for playing.
 *
 * The frames of all tracks with sound go there from now on, until the output is freed. What is too
 * loud together is turned down. Tracks with other codecs than Opus are not heard.
 *
 * @param[in] meeting The meeting.
 * @param[in] sample_rate Of what will be pulled: 8,000 to 192,000 hertz.
 * @param[in] channels 1 or 2. How many channels will be pulled.
 * @param[out] output owned, free with vsdk_audio_output_free. The output; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when one of these tracks has a frame handler of its own, VSDK_STATUS_INVALID_ARGUMENT for other formats, VSDK_STATUS_UNSUPPORTED when this build cannot decode, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_audio_mixer(const VsdkMeeting *meeting, int32_t sample_rate,
                                             int32_t channels, VsdkAudioOutput **output,
                                             VsdkError **error);

/**
 * From now on the frames of all tracks go to the handler, those that wait first; NULL lets them
 * wait again.
 *
 * It takes the place of the handlers of single tracks; frames that an audio output takes do not
 * come to it. When this returns, an earlier handler is not
 * running and will not run again, unless it is called from inside that handler.
 *
 * @param[in] meeting The meeting.
 * @param[in] handler nullable. NULL to read frames with vsdk_remote_track_next_frame again.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_frame_handler(const VsdkMeeting *meeting, VsdkFrameFn handler,
                                                   void *user_data, VsdkDestroyFn destroy,
                                                   VsdkError **error);

/**
 * How media is doing, as it stood at the last look: there is one each second.
 *
 * @param[in] meeting The meeting.
 * @param[out] statistics owned, free with vsdk_media_statistics_free. The statistics; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_media_statistics(const VsdkMeeting *meeting,
                                                  VsdkMediaStatistics **statistics,
                                                  VsdkError **error);

/**
 * Sends data to everybody who receives media; never waits for the network.
 *
 * VSDK_STATUS_FULL says that too much waits already: send it again a little later, or leave it.
 *
 * @param[in] meeting The meeting.
 * @param[in] data nullable. The data, at most 15 KiB; it may be NULL when `length` is 0.
 * @param[in] length How many bytes.
 * @param[in] is_text 1 or 0. Whether the others get it as a text, which has to be UTF-8.
 * @param[in] reliability A VSDK_RELIABILITY_ constant.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT, with the service number 3072 when it is too long, VSDK_STATUS_INVALID_STATE (service number 3048) while there is no connection for media.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_send_data(const VsdkMeeting *meeting, const uint8_t *data,
                                           size_t length, int32_t is_text,
                                           VsdkReliability reliability, VsdkError **error);

/** @} */

/* ---- Local tracks ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_local_track Local tracks
 * Local tracks: what this participant sends.
 *
 * A track may be there before the meeting is joined, and stays through lost connections: whenever
 * there is a way, what is pushed is sent. Pushing never waits for the network. A frame that is not
 * taken is no failure: the status says why, and the target of the encoder what to do. Ask for it
 * before each picture, or after VSDK_EVENT_TYPE_KEY_FRAME_REQUESTED and
 * VSDK_EVENT_TYPE_ENCODER_TARGET_CHANGED. One thread for each track is usual; any number may use it.
 * @{
 */

/** A frame to send: one packet of an audio encoder, or one encoded picture. */
typedef struct VsdkEncodedFrame {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** What the encoder made; copied. Of H.264 an access unit with start codes (Annex B). */
    const uint8_t *data;
    /** How many bytes, at most 1,120 of sound, which goes into one packet (RFC 7587), and 4 MiB of pictures. */
    size_t length;
    /** When it was recorded: microseconds from 0 on, on any clock that all tracks of this participant share. */
    int64_t timestamp_us;
    /** 1 when it can be decoded without those before it, else 0. Of no meaning for sound. */
    int32_t is_key_frame;
    /** Which of the sizes of a simulcast it is; 0 is the smallest, and the only one otherwise. */
    int32_t layer;
    /** A VSDK_CODEC_ constant, which has to be that of the track; 0 leaves it unchecked. */
    VsdkCodec codec;
    /** initially VSDK_AUDIO_LEVEL_UNKNOWN. How loud it is, in decibels below full scale: 0 to -127. It tells the service who speaks. */
    int32_t audio_level;
} VsdkEncodedFrame;

/** What every VsdkEncodedFrame is set to before its fields are. */
#define VSDK_ENCODED_FRAME_INIT {sizeof(VsdkEncodedFrame), NULL, 0, 0, 0, 0, 0, VSDK_AUDIO_LEVEL_UNKNOWN}

/** What an encoder should do for one layer of a track. */
typedef struct VsdkEncoderTarget {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** 1 when its frames are sent; 0 while it is switched off for lack of bandwidth. */
    int32_t is_active;
    /** In kilobits per second; 0 while it is not known. */
    int32_t kbps;
    /** 1 when somebody waits for a key frame, else 0. */
    int32_t wants_key_frame;
    /** Always 0. */
    int32_t reserved;
} VsdkEncoderTarget;

/** What every VsdkEncoderTarget is set to before its fields are. */
#define VSDK_ENCODER_TARGET_INIT {sizeof(VsdkEncoderTarget), 0, 0, 0, 0}

/**
 * What events call it.
 *
 * @param[in] track The track.
 * @return borrowed from track. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_local_track_id(const VsdkLocalTrack *track);

/**
 * What it is.
 *
 * @param[in] track The track.
 * @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTrackKind vsdk_local_track_kind(const VsdkLocalTrack *track);

/**
 * How its frames have to be encoded.
 *
 * @param[in] track The track.
 * @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkCodec vsdk_local_track_codec(const VsdkLocalTrack *track);

/**
 * In how many sizes its pictures have to be encoded; 1 for sound.
 *
 * @param[in] track The track.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_local_track_layer_count(const VsdkLocalTrack *track);

/**
 * What width and height of the source are divided by for a layer.
 *
 * @param[in] track The track.
 * @param[in] layer The layer; 0 is the smallest.
 * @return The divisor, 1 for the whole picture; 0 when there is no such layer.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API double vsdk_local_track_layer_scale(const VsdkLocalTrack *track, int32_t layer);

/**
 * The bit rate of a layer, at most.
 *
 * @param[in] track The track.
 * @param[in] layer The layer; 0 is the smallest.
 * @return In kilobits per second; 0 when only the network limits it, and when there is no such layer.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_local_track_layer_max_kbps(const VsdkLocalTrack *track, int32_t layer);

/**
 * The rate of pictures of a layer, at most.
 *
 * @param[in] track The track.
 * @param[in] layer The layer; 0 is the smallest.
 * @return In pictures per second; 0 when nothing limits it, and when there is no such layer.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_local_track_layer_max_fps(const VsdkLocalTrack *track, int32_t layer);

/**
 * Sends a frame; never waits for the network.
 *
 * Every positive status says that the frame was not taken, and why. After
 * VSDK_STATUS_NEEDS_KEY_FRAME make a key frame; after VSDK_STATUS_FULL frames of pictures are
 * refused up to the next one; after VSDK_STATUS_LAYER_OFF save the work for this layer until its
 * target is active; after VSDK_STATUS_NOT_SENDING nothing is to be done, and pictures begin with a
 * key frame once there is a way. A transform of frames runs within this call.
 *
 * @param[in] track The track.
 * @param[in] frame The frame; it and its data are copied.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_NEEDS_KEY_FRAME, VSDK_STATUS_LAYER_OFF, VSDK_STATUS_DROPPED when the transform of frames has dropped it, VSDK_STATUS_INVALID_ARGUMENT for what cannot be a frame of this track, VSDK_STATUS_INVALID_STATE while it has an audio input.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_local_track_push(const VsdkLocalTrack *track,
                                          const VsdkEncodedFrame *frame, VsdkError **error);

/**
 * An input for raw sound, which makes the track's frames from now on, until it is freed.
 *
 * @param[in] track The track, one with sound that is encoded as Opus.
 * @param[in] sample_rate Of what will be pushed: 8,000 to 192,000 hertz.
 * @param[in] channels 1 or 2. How many channels will be pushed.
 * @param[out] input owned, free with vsdk_audio_input_free. The input; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when it has one already, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_local_track_audio_input(const VsdkLocalTrack *track, int32_t sample_rate,
                                                 int32_t channels, VsdkAudioInput **input,
                                                 VsdkError **error);

/**
 * An input for raw pictures, which makes the track's frames from now on, until it is freed.
 *
 * They are encoded in the sizes of the track's layers, and the bit rates follow what the network
 * carries.
 *
 * @param[in] track The track, one with pictures that are encoded as VP8.
 * @param[out] input owned, free with vsdk_video_input_free. The input; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when it has one already, VSDK_STATUS_INVALID_ARGUMENT for a track of sound, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_local_track_video_input(const VsdkLocalTrack *track,
                                                 VsdkVideoInput **input, VsdkError **error);

/**
 * What its encoder should do for a layer.
 *
 * @param[in] track The track.
 * @param[in] layer The layer; 0 is the smallest.
 * @param[in,out] target VSDK_ENCODER_TARGET_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such layer.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_local_track_encoder_target(const VsdkLocalTrack *track, int32_t layer,
                                                    VsdkEncoderTarget *target, VsdkError **error);

/**
 * Whether frames are taken now.
 *
 * @param[in] track The track.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_local_track_is_sending(const VsdkLocalTrack *track);

/**
 * Switches it off or on again, like muting: the others see that it is off.
 *
 * @param[in] track The track.
 * @param[in] enabled 1 or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_local_track_set_enabled(const VsdkLocalTrack *track, int32_t enabled,
                                                 VsdkError **error);

/**
 * Frees a track, and takes it out of the meeting: the others see that it is gone.
 *
 * @param[in] track nullable, freed. The track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_local_track_free(VsdkLocalTrack *track);

/** @} */

/* ---- Remote tracks --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_remote_track Remote tracks
 * Remote tracks: what others send.
 *
 * Frames are read with vsdk_remote_track_next_frame, or come to a handler on the media thread, not
 * both. About a second of sound and two of pictures wait to be read; what is lost beyond that is
 * told by vsdk_received_frame_follows_gap.
 * @{
 */

/**
 * Its id, the same for everybody in the meeting.
 *
 * @param[in] track The track.
 * @return borrowed from track. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_remote_track_id(const VsdkRemoteTrack *track);

/**
 * Who sends it.
 *
 * @param[in] track The track.
 * @return borrowed from track. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_remote_track_participant_id(const VsdkRemoteTrack *track);

/**
 * What it is.
 *
 * @param[in] track The track.
 * @return A VSDK_TRACK_KIND_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkTrackKind vsdk_remote_track_kind(const VsdkRemoteTrack *track);

/**
 * How its frames are encoded.
 *
 * @param[in] track The track.
 * @return A VSDK_CODEC_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkCodec vsdk_remote_track_codec(const VsdkRemoteTrack *track);

/**
 * The next frame.
 *
 * @param[in] track The track.
 * @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
 * @param[out] frame owned, free with vsdk_received_frame_free. The frame; NULL when there is none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
 * none will come, for the track is no longer sent, VSDK_STATUS_INVALID_STATE while a frame handler is set or there is an output for raw sound or pictures, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Blocks until there is a frame, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_next_frame(const VsdkRemoteTrack *track, int64_t timeout_ms,
                                                 VsdkReceivedFrame **frame, VsdkError **error);

/**
 * From now on its frames go to the handler, those that wait first; NULL lets them wait again.
 *
 * When this returns, an earlier handler is not running and will not run again, unless it is called
 * from inside that handler. It ends with the track, whether or not this handle is freed.
 *
 * @param[in] track The track.
 * @param[in] handler nullable. NULL to read frames with vsdk_remote_track_next_frame again.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while there is an output for raw sound or pictures, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_set_frame_handler(const VsdkRemoteTrack *track,
                                                        VsdkFrameFn handler, void *user_data,
                                                        VsdkDestroyFn destroy, VsdkError **error);

/**
 * Sets what is called whenever there is something to read after there was nothing, and at the end
 * of the track.
 *
 * Made for event loops: let it signal the loop, and read there with a timeout of 0 until
 * VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED. It is kept until it is taken out, the meeting is
 * freed, or the track is over and all its handles are freed.
 *
 * @param[in] track The track.
 * @param[in] handler nullable. NULL for none.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_set_wake_handler(const VsdkRemoteTrack *track,
                                                       VsdkWakeFn handler, void *user_data,
                                                       VsdkDestroyFn destroy, VsdkError **error);

/**
 * How many frames wait to be read. A transform may still drop some of them.
 *
 * @param[in] track The track.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_remote_track_waiting_frames(const VsdkRemoteTrack *track);

/**
 * Throws away the frames that wait, e.g. to be in time again after a pause of the app.
 *
 * The next frame tells of the gap; pictures go on with a key frame, which is asked for.
 *
 * @param[in] track The track.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_flush(const VsdkRemoteTrack *track, VsdkError **error);

/**
 * Its sound, decoded for playing; its frames go there from now on, until the output is freed.
 *
 * Several outputs each get all of it.
 *
 * @param[in] track The track, one with sound that is encoded as Opus.
 * @param[in] sample_rate Of what will be pulled: 8,000 to 192,000 hertz.
 * @param[in] channels 1 or 2. How many channels will be pulled.
 * @param[out] output owned, free with vsdk_audio_output_free. The output; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the track has a frame handler, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_audio_output(const VsdkRemoteTrack *track,
                                                   int32_t sample_rate, int32_t channels,
                                                   VsdkAudioOutput **output, VsdkError **error);

/**
 * Its pictures, decoded for showing; its frames go there from now on, until the output is freed.
 *
 * Several outputs each get all of them. It begins with a key frame, which is asked for.
 *
 * @param[in] track The track, one with pictures that are encoded as VP8.
 * @param[in] format VSDK_PICTURE_FORMAT_I420 or VSDK_PICTURE_FORMAT_RGBA.
 * @param[out] output owned, free with vsdk_video_output_free. The output; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE when the track has a frame handler, VSDK_STATUS_INVALID_ARGUMENT for other formats and for a track of sound, VSDK_STATUS_UNSUPPORTED for other codecs and when this build has none, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_video_output(const VsdkRemoteTrack *track,
                                                   VsdkPictureFormat format,
                                                   VsdkVideoOutput **output, VsdkError **error);

/**
 * Asks its sender for a key frame; at most twice a second that is passed on.
 *
 * @param[in] track The track.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_request_key_frame(const VsdkRemoteTrack *track,
                                                        VsdkError **error);

/**
 * Lets the service send nothing of it for now.
 *
 * @param[in] track The track.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_pause(const VsdkRemoteTrack *track, int64_t timeout_ms,
                                            VsdkError **error);

/**
 * Starts vsdk_remote_track_pause; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] track The track.
 * @param[in] timeout_ms As for vsdk_remote_track_pause.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_pause_async(const VsdkRemoteTrack *track, int64_t timeout_ms,
                                                  VsdkOpFn callback, void *user_data,
                                                  VsdkDestroyFn destroy, VsdkOp **op,
                                                  VsdkError **error);

/**
 * Lets the service go on with it after vsdk_remote_track_pause.
 *
 * @param[in] track The track.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_resume(const VsdkRemoteTrack *track, int64_t timeout_ms,
                                             VsdkError **error);

/**
 * Starts vsdk_remote_track_resume; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] track The track.
 * @param[in] timeout_ms As for vsdk_remote_track_resume.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_resume_async(const VsdkRemoteTrack *track, int64_t timeout_ms,
                                                   VsdkOpFn callback, void *user_data,
                                                   VsdkDestroyFn destroy, VsdkOp **op,
                                                   VsdkError **error);

/**
 * How large it is shown: the smallest size that covers that is received, if it is sent in several.
 *
 * It comes at its full rate; where none covers it, or the sender does not tell sizes, the largest
 * comes. With 0 x 0, when nothing of it is seen, that is the smallest: to receive nothing there is
 * vsdk_remote_track_pause. A side of 0 beside another one leaves that side open.
 *
 * Fit to be called whenever a window changes: the service is asked, and not waited for, only when
 * another size follows. It takes the place of vsdk_remote_track_set_preferred_layers: what was said
 * last of the two holds, for all handles of the track, and is asked for again by itself when the
 * track comes back on a new connection.
 *
 * @param[in] track The track, one with pictures.
 * @param[in] width In pixels of the screen, not negative.
 * @param[in] height Likewise.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for negative sizes and for a track of sound, VSDK_STATUS_NOT_FOUND when it is no longer sent.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_set_viewport(const VsdkRemoteTrack *track, int32_t width,
                                                   int32_t height, VsdkError **error);

/**
 * Which size and rate of it to receive at most, if it is sent in several.
 *
 * It takes the place of vsdk_remote_track_set_viewport: what was said last of the two holds, and is
 * asked for again by itself when the track comes back on a new connection.
 *
 * @param[in] track The track.
 * @param[in] spatial_layer The size; 0 is the smallest.
 * @param[in] temporal_layer The rate; 0 is the lowest.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_set_preferred_layers(const VsdkRemoteTrack *track,
                                                           int32_t spatial_layer,
                                                           int32_t temporal_layer,
                                                           int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_remote_track_set_preferred_layers; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] track The track.
 * @param[in] spatial_layer As for vsdk_remote_track_set_preferred_layers.
 * @param[in] temporal_layer As for vsdk_remote_track_set_preferred_layers.
 * @param[in] timeout_ms As for vsdk_remote_track_set_preferred_layers.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when it is no longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_remote_track_set_preferred_layers_async(const VsdkRemoteTrack *track,
                                                                 int32_t spatial_layer,
                                                                 int32_t temporal_layer,
                                                                 int64_t timeout_ms,
                                                                 VsdkOpFn callback, void *user_data,
                                                                 VsdkDestroyFn destroy, VsdkOp **op,
                                                                 VsdkError **error);

/**
 * Frees a handle of a track; the track itself goes on.
 *
 * @param[in] track nullable, freed. The track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_remote_track_free(VsdkRemoteTrack *track);

/** @} */

/* ---- Statistics of media --------------------------------------------------------------------- */

/**
 * @defgroup vsdk_media_statistics Statistics of media
 * Statistics of media: how it is doing at one moment.
 *
 * Statistics are immutable: texts read from them stay valid until they are freed. The library looks
 * at its transports once a second; take new ones to see what has changed. Counts begin anew with
 * each transport: after a lost connection they begin at 0 again. A number that is not known, or not
 * yet, is -1, and no other number is negative.
 * @{
 */

/** Which way media goes, as this participant sees it. */
typedef int32_t VsdkTransportDirection;

/** To the service. */
#define VSDK_TRANSPORT_DIRECTION_SEND 1
/** From the service. */
#define VSDK_TRANSPORT_DIRECTION_RECEIVE 2

/** What media goes by. */
typedef int32_t VsdkTransportProtocol;

/** UDP. */
#define VSDK_TRANSPORT_PROTOCOL_UDP 1
/** TCP. */
#define VSDK_TRANSPORT_PROTOCOL_TCP 2

/** How one way of media is doing. */
typedef struct VsdkTransportStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** All datagrams together, in bytes, without the headers of UDP and TCP. */
    int64_t bytes_sent;
    /** Likewise. */
    int64_t bytes_received;
    /** How many datagrams: media, repairs, reports, data, and what keeps the way open. */
    int64_t packets_sent;
    /** Likewise. */
    int64_t packets_received;
    /** There and back, in milliseconds; -1 when it is not known. */
    double round_trip_ms;
    /** Which part of the packets that were sent in the last second got lost, 0 to 1; -1 when it is not known. */
    double loss_sent;
    /** Which part of the packets that were to come in the last second got lost, 0 to 1; -1 when it is not known. */
    double loss_received;
    /** What the network carries, in kilobits per second; -1 when it is not known, and for what is received. */
    int32_t estimated_kbps;
    /** A VSDK_TRANSPORT_PROTOCOL_ constant; -1 while no way was found. */
    VsdkTransportProtocol protocol;
    /** 1 while there is a way in this direction at all; else 0, and nothing else is known. */
    int32_t is_open;
    /** 1 while something can go this way, else 0. */
    int32_t is_connected;
} VsdkTransportStatistics;

/** What every VsdkTransportStatistics is set to before its fields are. */
#define VSDK_TRANSPORT_STATISTICS_INIT {sizeof(VsdkTransportStatistics), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** How one track is doing. */
typedef struct VsdkTrackStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** Its id, as events tell it; borrowed from the statistics, valid until they are freed. */
    const char *track_id;
    /** Who sends it; borrowed from the statistics, valid until they are freed. */
    const char *participant_id;
    /** How many frames were taken: from the app when it is sent, from the network when it is received. */
    int64_t frames;
    /** Of a track that is sent, the frames that were refused because too many waited, or needed one that was; of one that is received, those that were not read in time. Of both, those that the transform of frames has dropped. */
    int64_t frames_dropped;
    /** Of a track that is received, the frames that could not have been decoded for want of others; -1 for one that is sent. */
    int64_t frames_undecodable;
    /** Of a track that is received, how often frames were missing on arrival, lost for good on the way; -1 for one that is sent. */
    int64_t frame_gaps;
    /** How many streams it has: one for each layer of a track that is sent, else one. */
    size_t stream_count;
    /** 1 when this participant sends it, else 0. */
    int32_t is_local;
    /** What it is, a VSDK_TRACK_KIND_ constant. */
    VsdkTrackKind kind;
    /** How it is encoded, a VSDK_CODEC_ constant. */
    VsdkCodec codec;
    /** Always 0. */
    int32_t reserved;
} VsdkTrackStatistics;

/** What every VsdkTrackStatistics is set to before its fields are. */
#define VSDK_TRACK_STATISTICS_INIT {sizeof(VsdkTrackStatistics), NULL, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** How one stream of a track is doing: one of the sizes of a simulcast, or all there is. */
typedef struct VsdkStreamStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** What its packets are known by (RFC 3550); -1 before some flowed. */
    int64_t ssrc;
    /** What was in its packets, with those that were sent again, in bytes. */
    int64_t bytes;
    /** How many packets, with those that were sent again. */
    int64_t packets;
    /** Of a track that is sent, how many packets the service reports never to have got the first time; -1 before it reports, and for a track that is received. */
    int64_t packets_lost;
    /** Messages that asked for packets once more (NACK): from the service for a track that is sent, to it for one that is received. One can ask for several packets. */
    int64_t nack_count;
    /** Likewise those that asked for a key frame because pictures were lost (PLI). */
    int64_t pli_count;
    /** Likewise those that asked for a key frame for another reason (FIR). */
    int64_t fir_count;
    /** Which part of the packets got lost before any were sent again, 0 to 1, by the last report of whoever receives it; -1 when it is not known. */
    double loss;
    /** There and back, in milliseconds, by that report; -1 when it is not known. */
    double round_trip_ms;
    /** How unevenly packets come, in milliseconds, by that report; -1 when it is not known. */
    double jitter_ms;
} VsdkStreamStatistics;

/** What every VsdkStreamStatistics is set to before its fields are. */
#define VSDK_STREAM_STATISTICS_INIT {sizeof(VsdkStreamStatistics), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * How one way of media is doing.
 *
 * @param[in] statistics The statistics.
 * @param[in] direction A VSDK_TRANSPORT_DIRECTION_ constant.
 * @param[in,out] transport VSDK_TRANSPORT_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, also when there is no such way at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such direction.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_transport(const VsdkMediaStatistics *statistics,
                                                    VsdkTransportDirection direction,
                                                    VsdkTransportStatistics *transport,
                                                    VsdkError **error);

/**
 * How many tracks there are, those of this participant included.
 *
 * @param[in] statistics The statistics.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API size_t vsdk_media_statistics_track_count(const VsdkMediaStatistics *statistics);

/**
 * How one track is doing: those of this participant come first.
 *
 * @param[in] statistics The statistics.
 * @param[in] index Which one, from 0.
 * @param[in,out] track VSDK_TRACK_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_track(const VsdkMediaStatistics *statistics, size_t index,
                                                VsdkTrackStatistics *track, VsdkError **error);

/**
 * How one stream of a track is doing: the smallest layer comes first.
 *
 * @param[in] statistics The statistics.
 * @param[in] track_index Of which track, from 0.
 * @param[in] stream_index Which one, from 0.
 * @param[in,out] stream VSDK_STREAM_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such track or stream.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_stream(const VsdkMediaStatistics *statistics,
                                                 size_t track_index, size_t stream_index,
                                                 VsdkStreamStatistics *stream, VsdkError **error);

/**
 * All of them; what is not known is null.
 *
 * @param[in] statistics The statistics.
 * @return borrowed from statistics. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_media_statistics_json(const VsdkMediaStatistics *statistics);

/**
 * Frees statistics.
 *
 * @param[in] statistics nullable, freed. The statistics.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_media_statistics_free(VsdkMediaStatistics *statistics);

/** @} */

/* ---- How raw media is doing ------------------------------------------------------------------ */

/**
 * @defgroup vsdk_coding_statistics How raw media is doing
 * How raw media is doing: what is encoded and decoded here, at one moment.
 * @{
 */

/** How the sound of one track is played, which is decoded here. */
typedef struct VsdkPlayoutStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** How long sound is held back, against the fastest packets, in milliseconds. */
    double delay_ms;
    /** How long it should be, for most packets to come in time, in milliseconds. */
    double target_delay_ms;
    /** All that was asked for, in frames of 48,000 hertz. */
    int64_t played_frames;
    /** Of those, what was made up because it got lost or was late. */
    int64_t concealed_frames;
    /** Of those, what was silence because nothing was to be heard. */
    int64_t silent_frames;
    /** What was left out to shorten the delay, in frames of 48,000 hertz. */
    int64_t removed_frames;
    /** What was played twice to lengthen it, likewise. */
    int64_t inserted_frames;
    /** Packets that came too late to be played. */
    int64_t late_packets;
    /** Packets that the transform of frames has dropped. */
    int64_t dropped_packets;
    /** 1 while raw sound is asked for; else 0, and nothing else is known. */
    int32_t is_active;
    /** Always 0. */
    int32_t reserved;
} VsdkPlayoutStatistics;

/** What every VsdkPlayoutStatistics is set to before its fields are. */
#define VSDK_PLAYOUT_STATISTICS_INIT {sizeof(VsdkPlayoutStatistics), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}

/** How the pictures of one track are encoded, which raw ones are pushed for. All count from the beginning of the input. */
typedef struct VsdkEncodingStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** How many pictures were encoded, in one size or in several. */
    int64_t pictures;
    /** Those that a later one has overtaken because the encoder was too slow. */
    int64_t overtaken;
    /** How often one was left out in one size or in all, because the network or the bit rate does not carry more. */
    int64_t left_out;
    /** How long one takes, in all its sizes, in milliseconds; the mean of the last ten or so. */
    double encode_ms;
    /** By what each side is divided because the encoder would not keep up otherwise; 1 while it does. */
    double reduced_by;
    /** 1 while raw pictures are pushed; else 0, and nothing else is known. */
    int32_t is_active;
    /** Always 0. */
    int32_t reserved;
} VsdkEncodingStatistics;

/** What every VsdkEncodingStatistics is set to before its fields are. */
#define VSDK_ENCODING_STATISTICS_INIT {sizeof(VsdkEncodingStatistics), 0, 0, 0, 0, 0, 0, 0}

/** How the pictures of one track are decoded, of which raw ones are asked for. All count from the beginning of the output. */
typedef struct VsdkDecodingStatistics {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** How many pictures were decoded. */
    int64_t pictures;
    /** Of those, what a later one has overtaken before it was read. */
    int64_t overtaken;
    /** Frames that could not be decoded, for want of others or because they came faster than they are decoded. */
    int64_t undecodable;
    /** How long one takes, in milliseconds; the mean of the last ten or so. */
    double decode_ms;
    /** 1 while raw pictures are asked for; else 0, and nothing else is known. */
    int32_t is_active;
    /** Always 0. */
    int32_t reserved;
} VsdkDecodingStatistics;

/** What every VsdkDecodingStatistics is set to before its fields are. */
#define VSDK_DECODING_STATISTICS_INIT {sizeof(VsdkDecodingStatistics), 0, 0, 0, 0, 0, 0}

/**
 * How the sound of a track is played, while an output or a mixer takes it.
 *
 * @param[in] statistics The statistics.
 * @param[in] track_index Of which track, from 0.
 * @param[in,out] playout VSDK_PLAYOUT_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_playout(const VsdkMediaStatistics *statistics,
                                                  size_t track_index,
                                                  VsdkPlayoutStatistics *playout,
                                                  VsdkError **error);

/**
 * How the pictures of a track are encoded, while it has an input for raw ones.
 *
 * @param[in] statistics The statistics.
 * @param[in] track_index Of which track, from 0.
 * @param[in,out] encoding VSDK_ENCODING_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_encoding(const VsdkMediaStatistics *statistics,
                                                   size_t track_index,
                                                   VsdkEncodingStatistics *encoding,
                                                   VsdkError **error);

/**
 * How the pictures of a track are decoded, while an output takes them.
 *
 * @param[in] statistics The statistics.
 * @param[in] track_index Of which track, from 0.
 * @param[in,out] decoding VSDK_DECODING_STATISTICS_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, also when nothing of the kind is done at the moment, VSDK_STATUS_INVALID_ARGUMENT when there is no such track.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_media_statistics_decoding(const VsdkMediaStatistics *statistics,
                                                   size_t track_index,
                                                   VsdkDecodingStatistics *decoding,
                                                   VsdkError **error);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_receiving Meetings
 * Meetings: choosing what to receive.
 *
 * By default a meeting receives what everybody sends. With auto_consume switched off in its options
 * it receives nothing until the app asks for it with vsdk_meeting_subscribe_tracks, participant by
 * participant. What somebody sends is told by VSDK_EVENT_TYPE_MEDIA_STATE_CHANGED and the snapshot.
 * In either case vsdk_meeting_pause_all_tracks saves what nobody needs at the moment.
 * @{
 */

/** What tracks carry. */
typedef int32_t VsdkMediaKind;

/** Sound: of microphones and of what is shared. */
#define VSDK_MEDIA_KIND_AUDIO 1
/** Pictures: of cameras and of shared screens. */
#define VSDK_MEDIA_KIND_VIDEO 2

/**
 * Receives what somebody sends of that kind, now and later.
 *
 * Only in a meeting with auto_consume switched off. VSDK_EVENT_TYPE_TRACK_ADDED tells of each
 * track. On a new connection it is subscribed again by itself; when the participant leaves, it ends.
 * That shared screens and their sound belong to it is inferred.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id Whose.
 * @param[in] kind A VSDK_MEDIA_KIND_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when nobody else in the meeting has that id, VSDK_STATUS_INVALID_STATE when the meeting receives everything by itself or this participant receives no media or is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_subscribe_tracks(const VsdkMeeting *meeting,
                                                  const char *participant_id, VsdkMediaKind kind,
                                                  int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_subscribe_tracks; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id As for vsdk_meeting_subscribe_tracks.
 * @param[in] kind As for vsdk_meeting_subscribe_tracks.
 * @param[in] timeout_ms As for vsdk_meeting_subscribe_tracks.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_subscribe_tracks_async(const VsdkMeeting *meeting,
                                                        const char *participant_id,
                                                        VsdkMediaKind kind, int64_t timeout_ms,
                                                        VsdkOpFn callback, void *user_data,
                                                        VsdkDestroyFn destroy, VsdkOp **op,
                                                        VsdkError **error);

/**
 * Receives what somebody sends of that kind no longer, after vsdk_meeting_subscribe_tracks.
 *
 * VSDK_EVENT_TYPE_TRACK_REMOVED tells of each track.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id Whose.
 * @param[in] kind A VSDK_MEDIA_KIND_ constant.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_NOT_FOUND when nobody else in the meeting has that id, VSDK_STATUS_INVALID_STATE when the meeting receives everything by itself or this participant receives no media or is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_unsubscribe_tracks(const VsdkMeeting *meeting,
                                                    const char *participant_id, VsdkMediaKind kind,
                                                    int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_unsubscribe_tracks; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] participant_id As for vsdk_meeting_unsubscribe_tracks.
 * @param[in] kind As for vsdk_meeting_unsubscribe_tracks.
 * @param[in] timeout_ms As for vsdk_meeting_unsubscribe_tracks.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_unsubscribe_tracks_async(const VsdkMeeting *meeting,
                                                          const char *participant_id,
                                                          VsdkMediaKind kind, int64_t timeout_ms,
                                                          VsdkOpFn callback, void *user_data,
                                                          VsdkDestroyFn destroy, VsdkOp **op,
                                                          VsdkError **error);

/**
 * Lets the service send nothing of that kind for now, or of any kind.
 *
 * Tracks that are new begin paused as well, on later connections too, until
 * vsdk_meeting_resume_all_tracks. A single one can be had with vsdk_remote_track_resume.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind A VSDK_TRACK_KIND_ constant; 0 for all kinds.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, also when the service did it for some of them only.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_pause_all_tracks(const VsdkMeeting *meeting, VsdkTrackKind kind,
                                                  int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_pause_all_tracks; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind As for vsdk_meeting_pause_all_tracks.
 * @param[in] timeout_ms As for vsdk_meeting_pause_all_tracks.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_pause_all_tracks_async(const VsdkMeeting *meeting,
                                                        VsdkTrackKind kind, int64_t timeout_ms,
                                                        VsdkOpFn callback, void *user_data,
                                                        VsdkDestroyFn destroy, VsdkOp **op,
                                                        VsdkError **error);

/**
 * Lets the service go on with all of that kind, or with everything, after
 * vsdk_meeting_pause_all_tracks: with tracks that were paused one by one as well.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind A VSDK_TRACK_KIND_ constant; 0 for all kinds.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when this participant is not in the room, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_CANCELLED when it was left meanwhile, VSDK_STATUS_SHUTDOWN, VSDK_STATUS_RESOURCE_EXHAUSTED, VSDK_STATUS_CONNECTION_LOST when it may have been carried out or not, VSDK_STATUS_REFUSED, also when the service did it for some of them only.
 * @note Blocks until the service has answered, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_resume_all_tracks(const VsdkMeeting *meeting, VsdkTrackKind kind,
                                                   int64_t timeout_ms, VsdkError **error);

/**
 * Starts vsdk_meeting_resume_all_tracks; how it ended is told by vsdk_op_outcome.
 *
 * @param[in] meeting The meeting.
 * @param[in] kind As for vsdk_meeting_resume_all_tracks.
 * @param[in] timeout_ms As for vsdk_meeting_resume_all_tracks.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_resume_all_tracks_async(const VsdkMeeting *meeting,
                                                         VsdkTrackKind kind, int64_t timeout_ms,
                                                         VsdkOpFn callback, void *user_data,
                                                         VsdkDestroyFn destroy, VsdkOp **op,
                                                         VsdkError **error);

/** @} */

/* ---- Frames ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_frame_transform Frames
 * Frames: what the app does to them on their way.
 *
 * A transform stands between encoder and network, and between network and decoder: it gets each
 * frame and says what becomes of it. It is made for encryption from end to end, with which the
 * service carries what it cannot read. The library brings no cipher and no keys.
 *
 * It writes to a buffer that is large enough for every cipher: nothing is allocated or freed across
 * the boundary, and one that fails half-way has said nothing, so that its frame is dropped.
 *
 * The service looks into frames, and so does the library: into their beginning, to find key frames.
 * Leave it as it is, as others do: 10 bytes of a key frame of VP8, 3 of its other frames, 1 of Opus.
 * Of H.264 start codes and the byte behind each stay, and none may come about by encrypting. What is
 * left readable should be authenticated.
 * @{
 */

/** By how many bytes a frame may grow: there is room for its length and this many. */
#define VSDK_FRAME_GROWTH_BYTES 8192

/** What a transform is told of a frame. */
typedef struct VsdkFrameInfo {
    /** The size of the structure as the library was compiled with it. */
    size_t struct_size;
    /** Who sends it: the same at both ends. Valid during the call. */
    const char *participant_id;
    /** What events call the track here: not the same at both ends. Valid during the call. */
    const char *track_id;
    /** As in the frame, in microseconds: not the same at both ends. */
    int64_t timestamp_us;
    /** A VSDK_TRACK_KIND_ constant. */
    VsdkTrackKind kind;
    /** A VSDK_CODEC_ constant. */
    VsdkCodec codec;
    /** 1 when this participant sends it, 0 when it is somebody else's. */
    int32_t is_sent;
    /** 1 when it can be decoded without those before it, as all sound can, else 0. */
    int32_t is_key_frame;
    /** Which of the sizes of a simulcast it is, where it is sent; always 0 where it is received. */
    int32_t layer;
    /** Always 0. */
    int32_t reserved;
} VsdkFrameInfo;

/** What every VsdkFrameInfo is set to before its fields are. */
#define VSDK_FRAME_INFO_INIT {sizeof(VsdkFrameInfo), NULL, NULL, 0, 0, 0, 0, 0, 0, 0}

/**
 * Says what becomes of a frame. `info` and `data` are borrowed, valid during the call.
 *
 * It writes to `output`, which has `capacity` bytes: `length` and VSDK_FRAME_GROWTH_BYTES, and all 0 at
 * first; and sets `written` to how many of them are the frame. Left at 0, as it is at first, or
 * larger than `capacity`, it drops the frame, and so does a frame that is sent and becomes more than
 * 1,120 bytes of sound or 4 MiB of pictures. What is dropped is counted as such in the statistics, and pictures go on with a
 * key frame.
 *
 * Runs on the thread that pushes the frame, or on the one that reads it: that is the media thread
 * when there is a frame handler. Of raw sound, on a thread of the library that encodes, and on the
 * one that pulls. No lock of the library is held. Several threads may be in it at
 * once, for different frames; those of one track come in their order, if the app pushes and reads
 * them with one thread. The rules of callbacks hold inside, whatever the thread.
 */
typedef void (*VsdkFrameTransformFn)(const VsdkFrameInfo *info, const uint8_t *data, size_t length,
                                     uint8_t *output, size_t capacity, size_t *written,
                                     void *user_data);

/**
 * From now on every frame that is sent or received in the meeting becomes what the transform makes
 * of it; NULL leaves frames as they are.
 *
 * Set it before joining, so that nothing goes out without. One transform serves both directions and
 * all tracks: `info` tells them apart. When this returns, an earlier transform is not running and
 * will not run again, unless it is called from inside a callback. Once the meeting is freed, nothing
 * goes on that was to be transformed.
 *
 * @param[in] meeting The meeting.
 * @param[in] transform nullable. NULL for none.
 * @param[in] user_data nullable. Passed to the transform; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block, except for running calls of the earlier transform.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_frame_transform(const VsdkMeeting *meeting,
                                                     VsdkFrameTransformFn transform,
                                                     void *user_data, VsdkDestroyFn destroy,
                                                     VsdkError **error);

/** @} */

/* ---- Audio inputs ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_audio_input Audio inputs
 * Audio inputs: raw sound of the app, for a track that it sends.
 *
 * What is pushed is converted, encoded as the track's audio profile says, and sent. A frame is one
 * sample of each channel, the left one first. The functions that push may be called on a real-time
 * thread, such as that of a sound device: they neither wait nor ask for memory. One thread for each
 * input is usual.
 * @{
 */

/** The capture time of samples that are pushed as soon as they were recorded. */
#define VSDK_CAPTURE_TIME_NOW INT64_C(-1)

/**
 * Sends samples of 16 bits; may be called on a real-time thread.
 *
 * Every positive status says that the samples were not taken, and why. VSDK_STATUS_FULL: encoding
 * does not keep up, or another thread is pushing right now. VSDK_STATUS_NOT_SENDING: the meeting is
 * not joined, the track is switched off, or the connection is being made anew; go on pushing.
 *
 * @param[in] input The input.
 * @param[in] samples nullable. The samples, which are copied; it may be NULL when there are none.
 * @param[in] sample_count How many, those of all channels together; at most a second.
 * @param[in] capture_time_us When the first of them was recorded: microseconds from 0 on, on the clock of this participant's other tracks; or VSDK_CAPTURE_TIME_NOW.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT for half a frame, more than a second, and a time before 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_input_push_s16(const VsdkAudioInput *input, const int16_t *samples,
                                              size_t sample_count, int64_t capture_time_us,
                                              VsdkError **error);

/**
 * Sends samples of -1 to 1; may be called on a real-time thread.
 *
 * As vsdk_audio_input_push_s16. What is beyond full scale is cut off; what is no number is silence.
 *
 * @param[in] input The input.
 * @param[in] samples nullable. The samples, which are copied; it may be NULL when there are none.
 * @param[in] sample_count How many, those of all channels together; at most a second.
 * @param[in] capture_time_us When the first of them was recorded: microseconds from 0 on, on the clock of this participant's other tracks; or VSDK_CAPTURE_TIME_NOW.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_FULL, VSDK_STATUS_INVALID_ARGUMENT for half a frame, more than a second, and a time before 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_input_push_f32(const VsdkAudioInput *input, const float *samples,
                                              size_t sample_count, int64_t capture_time_us,
                                              VsdkError **error);

/**
 * How loud what is pushed is, sent or not; may be called on a real-time thread.
 *
 * It follows within a twentieth of a second. 0 is full scale all the time, the loudest tone has -3.
 *
 * @param[in] input The input.
 * @return In decibels below full scale: 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_input_level(const VsdkAudioInput *input);

/**
 * Its rate.
 *
 * @param[in] input The input.
 * @return In hertz; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_input_sample_rate(const VsdkAudioInput *input);

/**
 * How many channels it has.
 *
 * @param[in] input The input.
 * @return 1 or 2; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_input_channels(const VsdkAudioInput *input);

/**
 * Frees an input; the track stays, and takes encoded frames or another input again.
 *
 * @param[in] input nullable, freed. The input.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_audio_input_free(VsdkAudioInput *input);

/** @} */

/* ---- Audio outputs --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_audio_output Audio outputs
 * Audio outputs: raw sound of others, one track or all of them together.
 *
 * Sound is pulled at the pace at which it is played, and held back just long enough for most of it
 * to come in time. What is late or lost is made up; where nothing comes there is silence: a buffer
 * is always filled. A frame is one sample of each channel, the left one first. The functions that
 * pull may be called on a real-time thread, such as that of a sound device: they neither wait for
 * the network nor ask for memory. Of one output one thread at a time pulls.
 * @{
 */

/** What a buffer was filled with; the numbers of frames add up to those of the buffer. */
typedef struct VsdkPulledAudio {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** How many frames are as they were sent. */
    int64_t decoded_frames;
    /** How many were made up, because they got lost on the way or are late. */
    int64_t concealed_frames;
    /** How many are silence: nothing came, or a pause of speech. */
    int64_t silent_frames;
    /** How loud the buffer is, in decibels below full scale: 0 to -127. */
    int32_t audio_level;
    /** Always 0. */
    int32_t reserved;
} VsdkPulledAudio;

/** What every VsdkPulledAudio is set to before its fields are. */
#define VSDK_PULLED_AUDIO_INIT {sizeof(VsdkPulledAudio), 0, 0, 0, 0, 0}

/**
 * Fills a buffer with samples of 16 bits; may be called on a real-time thread.
 *
 * @param[in] output The output.
 * @param[out] samples The buffer, all of which is filled; silence on failure, but for one of more than a second.
 * @param[in] sample_count How many samples it holds, those of all channels together; at most a second.
 * @param[in,out] info nullable. VSDK_PULLED_AUDIO_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for half a frame and more than a second, VSDK_STATUS_WOULD_DEADLOCK inside a callback while another call pulls from the output.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_output_pull_s16(const VsdkAudioOutput *output, int16_t *samples,
                                               size_t sample_count, VsdkPulledAudio *info,
                                               VsdkError **error);

/**
 * Fills a buffer with samples of -1 to 1; may be called on a real-time thread.
 *
 * @param[in] output The output.
 * @param[out] samples The buffer, all of which is filled; silence on failure, but for one of more than a second.
 * @param[in] sample_count How many samples it holds, those of all channels together; at most a second.
 * @param[in,out] info nullable. VSDK_PULLED_AUDIO_INIT, which is filled in; all 0 on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for half a frame and more than a second, VSDK_STATUS_WOULD_DEADLOCK inside a callback while another call pulls from the output.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_output_pull_f32(const VsdkAudioOutput *output, float *samples,
                                               size_t sample_count, VsdkPulledAudio *info,
                                               VsdkError **error);

/**
 * Its rate.
 *
 * @param[in] output The output.
 * @return In hertz; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_output_sample_rate(const VsdkAudioOutput *output);

/**
 * How many channels it has.
 *
 * @param[in] output The output.
 * @return 1 or 2; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_output_channels(const VsdkAudioOutput *output);

/**
 * Frees an output; the frames of its tracks can be read again, or go to their handler.
 *
 * @param[in] output nullable, freed. The output.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_audio_output_free(VsdkAudioOutput *output);

/** @} */

/* ---- Device lists ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_device_list Device lists
 * Device lists: the microphones or the speakers of this machine.
 *
 * Devices are there in a library that was built with its feature `devices`. Listing opens none, so
 * it is not certain that each can be opened.
 * @{
 */

/** What a device is for. */
typedef int32_t VsdkDeviceKind;

/** It records. */
#define VSDK_DEVICE_KIND_MICROPHONE 1
/** It plays. */
#define VSDK_DEVICE_KIND_SPEAKER 2

/**
 * Lists the microphones or the speakers that there are now, at most 256.
 *
 * None there is no failure: the list is empty then.
 *
 * @param[in] kind A VSDK_DEVICE_KIND_ constant.
 * @param[out] list owned, free with vsdk_device_list_free. The list; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for another kind, VSDK_STATUS_NOT_FOUND without a sound system, VSDK_STATUS_TIMEOUT when that does not answer, VSDK_STATUS_UNSUPPORTED when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Blocks until the sound system has answered, at most 10 seconds.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_devices_list(VsdkDeviceKind kind, VsdkDeviceList **list,
                                      VsdkError **error);

/**
 * How many devices are in the list.
 *
 * @param[in] list The list.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API size_t vsdk_device_list_count(const VsdkDeviceList *list);

/**
 * What the sound system knows a device by, the same whenever it is there.
 *
 * @param[in] list The list.
 * @param[in] index Which device, from 0.
 * @return borrowed from list. NULL when there is no such device.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_device_list_id(const VsdkDeviceList *list, size_t index);

/**
 * What a person knows a device by.
 *
 * @param[in] list The list.
 * @param[in] index Which device, from 0.
 * @return borrowed from list. NULL when there is no such device.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_device_list_name(const VsdkDeviceList *list, size_t index);

/**
 * Whether a device is the one that is opened when none is named.
 *
 * @param[in] list The list.
 * @param[in] index Which device, from 0.
 * @return 1 or 0; 0 when there is no such device.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_device_list_is_default(const VsdkDeviceList *list, size_t index);

/**
 * Frees a list.
 *
 * @param[in] list nullable, freed. The list.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_device_list_free(VsdkDeviceList *list);

/** @} */

/* ---- Audio devices --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_audio_device Audio devices
 * Audio devices: an open microphone that a track sends, or an open speaker.
 *
 * A device does what an app would do with an audio input or an audio output: in the layout that it
 * has itself, on a thread of its own, without copies in between. It is there from the call that
 * opens it until it is freed, fails (VSDK_EVENT_TYPE_DEVICE_FAILED), or the meeting is over. A
 * library that was built without its feature `devices` answers VSDK_STATUS_UNSUPPORTED.
 * @{
 */

/**
 * Opens a microphone and sends what it hears as the track: it is the track's audio input.
 *
 * Mute it with vsdk_local_track_set_enabled.
 *
 * @param[in] track The track, one with sound that is encoded as Opus.
 * @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
 * @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when the track has an input already or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs, for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
 * @note Blocks until it is open, at most 10 seconds.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_device_open_microphone(const VsdkLocalTrack *track,
                                                      const char *device_id,
                                                      VsdkAudioDevice **device, VsdkError **error);

/**
 * Opens a speaker and plays everybody together on it, as vsdk_meeting_audio_mixer does.
 *
 * @param[in] meeting The meeting.
 * @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
 * @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when a track has a frame handler of its own or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_UNSUPPORTED for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
 * @note Blocks until it is open, at most 10 seconds.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_device_open_speaker(const VsdkMeeting *meeting,
                                                   const char *device_id, VsdkAudioDevice **device,
                                                   VsdkError **error);

/**
 * Opens a speaker and plays one track alone on it, as vsdk_remote_track_audio_output does.
 *
 * @param[in] track The track, one with sound that is encoded as Opus.
 * @param[in] device_id nullable. Its id, from vsdk_device_list_id; NULL for the default one.
 * @param[out] device owned, free with vsdk_audio_device_free. The device; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_FOUND when it is not there or cannot be had, VSDK_STATUS_RESOURCE_EXHAUSTED when another program has it, VSDK_STATUS_FORBIDDEN when this program may not use it, VSDK_STATUS_TIMEOUT when the sound system does not answer, VSDK_STATUS_INVALID_STATE when the track has a frame handler or the meeting is over, VSDK_STATUS_INVALID_ARGUMENT for a track of pictures, VSDK_STATUS_UNSUPPORTED for other codecs, for sound that is not understood, and when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK.
 * @note Blocks until it is open, at most 10 seconds.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_audio_device_open_track_speaker(const VsdkRemoteTrack *track,
                                                         const char *device_id,
                                                         VsdkAudioDevice **device,
                                                         VsdkError **error);

/**
 * What it is for.
 *
 * @param[in] device The device.
 * @return A VSDK_DEVICE_KIND_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkDeviceKind vsdk_audio_device_kind(const VsdkAudioDevice *device);

/**
 * What the sound system knows it by.
 *
 * @param[in] device The device.
 * @return borrowed from device. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_audio_device_id(const VsdkAudioDevice *device);

/**
 * What a person knows it by.
 *
 * @param[in] device The device.
 * @return borrowed from device. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_audio_device_name(const VsdkAudioDevice *device);

/**
 * The rate at which it records or plays.
 *
 * @param[in] device The device.
 * @return In hertz; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_device_sample_rate(const VsdkAudioDevice *device);

/**
 * How many of its channels are used; of more than two the first two are.
 *
 * @param[in] device The device.
 * @return 1 or 2; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_device_channels(const VsdkAudioDevice *device);

/**
 * How loud what it hears or plays is, sent or not.
 *
 * @param[in] device The device.
 * @return In decibels below full scale: 0 to -127; VSDK_AUDIO_LEVEL_UNKNOWN when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_device_level(const VsdkAudioDevice *device);

/**
 * Whether it works: it has not failed, and the meeting is not over.
 *
 * @param[in] device The device.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_audio_device_is_open(const VsdkAudioDevice *device);

/**
 * Closes and frees a device; a track takes encoded frames or another input again.
 *
 * @param[in] device nullable, freed. The device.
 * @note Does not block, except for what the device does at the moment: some 20 milliseconds, and a running transform of frames.
 * @since 0.1
 */
VSDK_API void vsdk_audio_device_free(VsdkAudioDevice *device);

/** @} */

/* ---- Meetings -------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_meeting_devices Meetings
 * Meetings: microphones and speakers of this machine.
 *
 * In a library that was built with its feature `devices`, vsdk_meeting_options_set_mic_enabled opens
 * the default microphone once the meeting is joined, unless the app has added a track of the kind
 * audio by then. Where there is none, VSDK_EVENT_TYPE_DEVICE_FAILED says so, and the meeting goes on.
 * @{
 */

/**
 * Switches the microphone on or off, like unmuteMic() and muteMic() of the official clients.
 *
 * That is all tracks of the kind audio that the app has added. Where there is none, the default
 * microphone of this machine is opened and sent, and closed again.
 * VSDK_EVENT_TYPE_TRACK_PUBLISHED says when others hear it, VSDK_EVENT_TYPE_DEVICE_FAILED that it
 * could not be opened. Before joining it is opened at once, and sent once the meeting is joined.
 *
 * @param[in] meeting The meeting.
 * @param[in] enabled 1 or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_UNSUPPORTED when there is no track and this build opens no devices.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_set_mic_enabled(const VsdkMeeting *meeting, int32_t enabled,
                                                 VsdkError **error);

/**
 * Tells of microphones and speakers that come and go, or no longer.
 *
 * They come as events of the type VSDK_EVENT_TYPE_DEVICES_CHANGED: it looks every two seconds, on a
 * thread of its own, until the meeting is over. What vsdk_devices_list lists after this has returned
 * is told of when it changes.
 *
 * @param[in] meeting The meeting.
 * @param[in] enabled 1 or 0.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the meeting is over, VSDK_STATUS_NOT_FOUND without a sound system, VSDK_STATUS_TIMEOUT when that does not answer, VSDK_STATUS_UNSUPPORTED when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Blocks until the devices were listed once, at most 10 seconds.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_watch_devices(const VsdkMeeting *meeting, int32_t enabled,
                                               VsdkError **error);

/** @} */

/* ---- Video inputs ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_video_input Video inputs
 * Video inputs: raw pictures of the app, for a track that it sends.
 *
 * What is pushed is converted, turned upright, made as small as each layer of the track wants it,
 * encoded by a thread of the library, and sent. Pictures may have any size, and another one from one
 * to the next. One that is not encoded before the next comes makes place for it: whoever films faster
 * than is encoded sends fewer pictures, and no late ones. Any number of threads may push.
 * @{
 */

/** A raw picture to send. */
typedef struct VsdkVideoPicture {
    /** The size of the structure as the program was compiled with it. */
    size_t struct_size;
    /** The first plane: brightness, or all colours; copied. */
    const uint8_t *first_plane;
    /** How many bytes it has: those of its rows with their stride; behind the last row nothing need be. */
    size_t first_length;
    /** Of I420 the colour difference U, of NV12 U and V by turns; else not looked at. */
    const uint8_t *second_plane;
    /** How many bytes it has. */
    size_t second_length;
    /** Of I420 the colour difference V; else not looked at. */
    const uint8_t *third_plane;
    /** How many bytes it has. */
    size_t third_length;
    /** initially VSDK_CAPTURE_TIME_NOW. When it was filmed: microseconds from 0 on, on the clock of this participant's other tracks. */
    int64_t capture_time_us;
    /** A VSDK_PICTURE_FORMAT_ constant. */
    VsdkPictureFormat format;
    /** In pixels, before it is turned: 1 to 16,383, and with the height at most 7680 x 4320 pixels. */
    int32_t width;
    /** In pixels, likewise. */
    int32_t height;
    /** How far it has to be turned clockwise to be upright, in degrees: 0, 90, 180 or 270. */
    int32_t rotation;
    /** How far the beginnings of two rows of the first plane are apart, in bytes. */
    int32_t first_stride;
    /** Likewise of the second plane. */
    int32_t second_stride;
    /** Likewise of the third plane. */
    int32_t third_stride;
    /** Always 0. */
    int32_t reserved;
} VsdkVideoPicture;

/** What every VsdkVideoPicture is set to before its fields are. */
#define VSDK_VIDEO_PICTURE_INIT {sizeof(VsdkVideoPicture), NULL, 0, NULL, 0, NULL, 0, VSDK_CAPTURE_TIME_NOW, 0, 0, 0, 0, 0, 0, 0, 0}

/**
 * Sends a picture.
 *
 * Every positive status says that it was not taken, and why. VSDK_STATUS_NOT_SENDING: the meeting is
 * not joined, the track is switched off, or the connection is being made anew; go on pushing. The
 * statistics of media tell how many made place for later ones.
 *
 * @param[in] input The input.
 * @param[in] picture The picture, begun with VSDK_VIDEO_PICTURE_INIT.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NOT_SENDING, VSDK_STATUS_INVALID_ARGUMENT for sizes, strides, formats, turns and times that cannot be.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_video_input_push(const VsdkVideoInput *input,
                                          const VsdkVideoPicture *picture, VsdkError **error);

/**
 * Frees an input; the track stays, and takes encoded frames or another input again.
 *
 * @param[in] input nullable, freed. The input.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_video_input_free(VsdkVideoInput *input);

/** @} */

/* ---- Video outputs --------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_video_output Video outputs
 * Video outputs: raw pictures of others, one track each.
 *
 * The pictures of a track are decoded by a thread of the library. Of those that are not read in time
 * only the latest is kept: whoever is slow sees fewer of them, and no late ones.
 * @{
 */

/** How an image is encoded. */
typedef int32_t VsdkImageFormat;

/** PNG: every pixel as it was decoded. */
#define VSDK_IMAGE_FORMAT_PNG 1
/** JPEG: a fraction of that size, without what is hardly seen. */
#define VSDK_IMAGE_FORMAT_JPEG 2

/**
 * The latest picture, if it was not read yet; else the next one.
 *
 * @param[in] output The output.
 * @param[in] timeout_ms How long to wait for one, in milliseconds: 0 only looks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
 * @param[out] picture owned, free with vsdk_received_picture_free. The picture; NULL when there is none.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_NO_EVENT when none came in time, VSDK_STATUS_CLOSED when
 * none will come, for the track is no longer sent, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_INVALID_ARGUMENT.
 * @note Blocks until there is a picture, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_video_output_next_picture(const VsdkVideoOutput *output,
                                                   int64_t timeout_ms,
                                                   VsdkReceivedPicture **picture,
                                                   VsdkError **error);

/**
 * Captures what it shows, as a still image.
 *
 * That is the latest picture, whether it was read or not, or the first one when there was none yet.
 * Nothing is taken from those who read pictures. The image is encoded on a thread for that, and up to
 * 16 captures of an output may be under way. Freeing the output ends those that still wait for a
 * picture.
 *
 * @param[in] output The output.
 * @param[in] format A VSDK_IMAGE_FORMAT_ constant.
 * @param[in] quality Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
 * @param[in] timeout_ms Milliseconds for all of it, or VSDK_TIMEOUT_DEFAULT.
 * @param[out] image owned, free with vsdk_content_free. The bytes of an image file; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the track is no
 * longer sent or the output is freed meanwhile, VSDK_STATUS_TIMEOUT when there was no picture in time,
 * VSDK_STATUS_RESOURCE_EXHAUSTED when too many are under way, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_SHUTDOWN.
 * @note Blocks until the image is there, at most `timeout_ms`.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_video_output_capture_image(const VsdkVideoOutput *output,
                                                    VsdkImageFormat format, int32_t quality,
                                                    int64_t timeout_ms, VsdkContent **image,
                                                    VsdkError **error);

/**
 * Starts vsdk_video_output_capture_image; take the image with vsdk_op_take_content.
 *
 * @param[in] output The output.
 * @param[in] format As for vsdk_video_output_capture_image.
 * @param[in] quality As for vsdk_video_output_capture_image.
 * @param[in] timeout_ms As for vsdk_video_output_capture_image.
 * @param[in] callback nullable. Told when it has completed.
 * @param[in] user_data nullable. Passed to the callback; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] op nullable, owned, free with vsdk_op_free. The operation; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_INVALID_STATE when the track is no
 * longer sent, VSDK_STATUS_RESOURCE_EXHAUSTED when too many are under way.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_video_output_capture_image_async(const VsdkVideoOutput *output,
                                                          VsdkImageFormat format, int32_t quality,
                                                          int64_t timeout_ms, VsdkOpFn callback,
                                                          void *user_data, VsdkDestroyFn destroy,
                                                          VsdkOp **op, VsdkError **error);

/**
 * Sets what is called whenever there is a picture after there was none, and at the end of the track.
 *
 * Made for event loops: let it signal the loop, and read there with a timeout of 0 until
 * VSDK_STATUS_NO_EVENT or VSDK_STATUS_CLOSED. It runs on the media thread, and is kept until it is
 * taken out or the output is freed.
 *
 * @param[in] output The output.
 * @param[in] handler nullable. NULL for none.
 * @param[in] user_data nullable. Passed to the handler; owned by the library from here on.
 * @param[in] destroy nullable. Called once for `user_data`.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block, except for a running call of the earlier handler.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_video_output_set_wake_handler(const VsdkVideoOutput *output,
                                                       VsdkWakeFn handler, void *user_data,
                                                       VsdkDestroyFn destroy, VsdkError **error);

/**
 * How its pictures lie in memory.
 *
 * @param[in] output The output.
 * @return A VSDK_PICTURE_FORMAT_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkPictureFormat vsdk_video_output_format(const VsdkVideoOutput *output);

/**
 * Frees an output; the frames of its track can be read again, or go to their handler.
 *
 * @param[in] output nullable, freed. The output.
 * @note Does not block, except for a running call of its wake handler.
 * @since 0.1
 */
VSDK_API void vsdk_video_output_free(VsdkVideoOutput *output);

/** @} */

/* ---- Received pictures ----------------------------------------------------------------------- */

/**
 * @defgroup vsdk_received_picture Received pictures
 * Received pictures: what others send, decoded.
 *
 * A picture is immutable: what is read from it stays valid until it is freed, whatever becomes of
 * its track and its output. Free it soon: its memory is used again for the next ones.
 * @{
 */

/**
 * Who sent it.
 *
 * @param[in] picture The picture.
 * @return borrowed from picture. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_received_picture_participant_id(const VsdkReceivedPicture *picture);

/**
 * Which track it belongs to.
 *
 * @param[in] picture The picture.
 * @return borrowed from picture. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_received_picture_track_id(const VsdkReceivedPicture *picture);

/**
 * How its pixels lie in memory: as its output was asked for.
 *
 * @param[in] picture The picture.
 * @return A VSDK_PICTURE_FORMAT_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkPictureFormat vsdk_received_picture_format(const VsdkReceivedPicture *picture);

/**
 * How wide it is.
 *
 * @param[in] picture The picture.
 * @return In pixels; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_picture_width(const VsdkReceivedPicture *picture);

/**
 * How high it is.
 *
 * @param[in] picture The picture.
 * @return In pixels; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_picture_height(const VsdkReceivedPicture *picture);

/**
 * When it was filmed.
 *
 * @param[in] picture The picture.
 * @return Microseconds from an arbitrary moment of its track; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_received_picture_timestamp_us(const VsdkReceivedPicture *picture);

/**
 * Whether the picture that was read before it from the same output had another size, or there was
 * none.
 *
 * @param[in] picture The picture.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_received_picture_is_resized(const VsdkReceivedPicture *picture);

/**
 * One of its planes, row after row.
 *
 * @param[in] picture The picture.
 * @param[in] plane Which one, counted from 0: I420 has Y, U and V, RGBA only one.
 * @param[out] data borrowed from picture. The bytes.
 * @param[out] length Their number.
 * @param[out] stride How far the beginnings of two rows are apart, in bytes.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when its format has no such plane.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_received_picture_plane(const VsdkReceivedPicture *picture, int32_t plane,
                                                const uint8_t **data, size_t *length,
                                                size_t *stride, VsdkError **error);

/**
 * Encodes it as a still image.
 *
 * That takes about 20 milliseconds for each million pixels, on the calling thread: not one that draws.
 *
 * @param[in] picture The picture.
 * @param[in] format A VSDK_IMAGE_FORMAT_ constant.
 * @param[in] quality Of a JPEG, from 1 (small) to 100 (good), or 0 for a good one; of a PNG 0.
 * @param[out] image owned, free with vsdk_content_free. The bytes of an image file; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT, VSDK_STATUS_RESOURCE_EXHAUSTED.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_received_picture_encode_image(const VsdkReceivedPicture *picture,
                                                       VsdkImageFormat format, int32_t quality,
                                                       VsdkContent **image, VsdkError **error);

/**
 * Frees a picture that was read with vsdk_video_output_next_picture.
 *
 * @param[in] picture nullable, freed. The picture.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_received_picture_free(VsdkReceivedPicture *picture);

/** @} */

/* ---- Content --------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_content Content
 * Content: a text or bytes that a call results in.
 *
 * The address of a file that was uploaded, a file that was fetched, a value of the store. It is
 * immutable: what is read from it stays valid until it is freed.
 * @{
 */

/**
 * It as a text.
 *
 * @param[in] content The content.
 * @return borrowed from content. NULL when it is not UTF-8.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_content_text(const VsdkContent *content);

/**
 * It as bytes.
 *
 * @param[in] content The content.
 * @param[out] bytes borrowed from content. The bytes; NULL when there are none.
 * @param[out] length Their number.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_content_bytes(const VsdkContent *content, const uint8_t **bytes,
                                       size_t *length, VsdkError **error);

/**
 * Frees a content.
 *
 * @param[in] content nullable, freed. The content.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_content_free(VsdkContent *content);

/** @} */

/* ---- Snapshots ------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_snapshot Snapshots
 * Snapshots: all of a meeting at one moment.
 *
 * A snapshot is immutable: texts read from it stay valid until it is freed. Take another one to
 * see what has changed.
 * @{
 */

/**
 * Where the meeting stands.
 *
 * @param[in] snapshot The snapshot.
 * @return A VSDK_MEETING_STATE_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkMeetingState vsdk_meeting_snapshot_state(const VsdkMeetingSnapshot *snapshot);

/**
 * The room's id, as it was given.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_meeting_id(const VsdkMeetingSnapshot *snapshot);

/**
 * The local participant's id.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_participant_id(const VsdkMeetingSnapshot *snapshot);

/**
 * The local participant's name.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_name(const VsdkMeetingSnapshot *snapshot);

/**
 * Whether the microphone is wanted.
 *
 * @param[in] snapshot The snapshot.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_meeting_snapshot_mic_enabled(const VsdkMeetingSnapshot *snapshot);

/**
 * Whether the camera is wanted.
 *
 * @param[in] snapshot The snapshot.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_meeting_snapshot_webcam_enabled(const VsdkMeetingSnapshot *snapshot);

/**
 * What the local participant does with media.
 *
 * @param[in] snapshot The snapshot.
 * @return A VSDK_MODE_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkMode vsdk_meeting_snapshot_mode(const VsdkMeetingSnapshot *snapshot);

/**
 * What others read about the local participant.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. A JSON object; NULL when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_metadata_json(const VsdkMeetingSnapshot *snapshot);

/**
 * How many are in the room, the local participant included.
 *
 * @param[in] snapshot The snapshot.
 * @return The number; 1 while the meeting is not joined, 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API size_t vsdk_meeting_snapshot_participant_count(const VsdkMeetingSnapshot *snapshot);

/**
 * One of those who are in the room: the local participant first, then in the order in which they
 * were seen.
 *
 * @param[in] snapshot The snapshot.
 * @param[in] index Which one, from 0.
 * @param[out] participant owned, free with vsdk_participant_free. The participant; NULL on failure.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT when there is no such participant.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_meeting_snapshot_participant(const VsdkMeetingSnapshot *snapshot,
                                                      size_t index, VsdkParticipant **participant,
                                                      VsdkError **error);

/**
 * Up to which event it is: what events with greater numbers tell has happened since.
 *
 * @param[in] snapshot The snapshot.
 * @return The number of the latest event when it was taken; 0 before the first, or when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_meeting_snapshot_event_sequence(const VsdkMeetingSnapshot *snapshot);

/**
 * Who speaks.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. The participant's id; NULL when nobody does.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_active_speaker_id(const VsdkMeetingSnapshot *snapshot);

/**
 * The session that the service counts this meeting to.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. NULL before it was told.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_session_id(const VsdkMeetingSnapshot *snapshot);

/**
 * How far a service is.
 *
 * @param[in] snapshot The snapshot.
 * @param[in] kind A VSDK_SERVICE_KIND_ constant.
 * @return A VSDK_SERVICE_STATE_ constant; 0 when nothing was told of it, there is no such service, or the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkServiceState vsdk_meeting_snapshot_service_state(const VsdkMeetingSnapshot *snapshot,
                                                              VsdkServiceKind kind);

/**
 * When the token's life is over.
 *
 * @param[in] snapshot The snapshot.
 * @return Seconds since 1970 (UTC); -1 when it has no end.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_meeting_snapshot_token_expires_at_s(const VsdkMeetingSnapshot *snapshot);

/**
 * All of it, also what has no getter of its own.
 *
 * @param[in] snapshot The snapshot.
 * @return borrowed from snapshot. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_meeting_snapshot_json(const VsdkMeetingSnapshot *snapshot);

/**
 * Frees a snapshot.
 *
 * @param[in] snapshot nullable, freed. The snapshot.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_meeting_snapshot_free(VsdkMeetingSnapshot *snapshot);

/** @} */

/* ---- Participants ---------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_participant Participants
 * Participants: somebody in the room, as a snapshot has them.
 *
 * A participant is immutable and outlives the snapshot that it was read from: texts read from it
 * stay valid until it is freed. The next snapshot has what changed.
 * @{
 */

/**
 * Its id.
 *
 * @param[in] participant The participant.
 * @return borrowed from participant. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_participant_id(const VsdkParticipant *participant);

/**
 * Its name.
 *
 * @param[in] participant The participant.
 * @return borrowed from participant. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_participant_name(const VsdkParticipant *participant);

/**
 * Whether it is the participant of this meeting object itself.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_local(const VsdkParticipant *participant);

/**
 * What it does with media.
 *
 * @param[in] participant The participant.
 * @return A VSDK_MODE_ constant; 0 when it is not known or the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkMode vsdk_participant_mode(const VsdkParticipant *participant);

/**
 * What kind of participant it is.
 *
 * @param[in] participant The participant.
 * @return A VSDK_PEER_TYPE_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkPeerType vsdk_participant_peer_type(const VsdkParticipant *participant);

/**
 * What it tells about itself.
 *
 * @param[in] participant The participant.
 * @return borrowed from participant. A JSON object; NULL when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_participant_metadata_json(const VsdkParticipant *participant);

/**
 * Whether its microphone is on.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_mic_on(const VsdkParticipant *participant);

/**
 * Whether its camera is on.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_webcam_on(const VsdkParticipant *participant);

/**
 * Whether it shares a screen.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_screen_share_on(const VsdkParticipant *participant);

/**
 * Whether it shares the sound of what it shares.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_screen_share_audio_on(const VsdkParticipant *participant);

/**
 * Whether its camera is pinned.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_camera_pinned(const VsdkParticipant *participant);

/**
 * Whether its shared screen is pinned.
 *
 * @param[in] participant The participant.
 * @return 1 or 0.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_participant_is_screen_share_pinned(const VsdkParticipant *participant);

/**
 * What an agent is doing.
 *
 * @param[in] participant The participant.
 * @return borrowed from participant. "idle", "listening", "thinking" or "speaking"; NULL when it told nothing.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_participant_agent_state(const VsdkParticipant *participant);

/**
 * When this meeting first saw it, the local participant: when it joined.
 *
 * @param[in] participant The participant.
 * @return Milliseconds since 1970 (UTC); 0 before that.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_participant_joined_at_ms(const VsdkParticipant *participant);

/**
 * All of it, also what has no getter of its own.
 *
 * @param[in] participant The participant.
 * @return borrowed from participant. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_participant_json(const VsdkParticipant *participant);

/**
 * Frees a participant.
 *
 * @param[in] participant nullable, freed. The participant.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_participant_free(VsdkParticipant *participant);

/** @} */

/* ---- Events ---------------------------------------------------------------------------------- */

/**
 * @defgroup vsdk_event Events
 * Events: what a meeting tells.
 *
 * An event is immutable: what is read from it stays valid until it is freed, or, in an event
 * handler, until the handler returns.
 * @{
 */

/** What kind of event it is. Ignore those that are unknown. */
typedef int32_t VsdkEventType;

/**
 * The meeting is in another state.
 *
 * - When: after each change of state; the first is that of vsdk_init_meeting, the last the end.
 *   After a lost connection CONNECTED comes once topics and values are subscribed and observed
 *   again. CONNECTING can follow CONNECTED: when the meeting is switched.
 * - code: the new state, a VSDK_MEETING_STATE_ constant.
 * - text: its name, e.g. `INITIALISED`.
 * - status: why, a VSDK_STATUS_ constant, when the app did not ask for it; else 0.
 * - json: with a status, `message` and `remedy` say more, `serviceCode` and `serviceText` are
 *   what the service gave. With CONNECTED, `lostTopics` and `lostKeys` are what could not be
 *   subscribed and observed again on a new connection.
 * - participant_id: the participant that the meeting joins as.
 */
#define VSDK_EVENT_TYPE_STATE_CHANGED 1

/**
 * The token works, but not for long or not as one would think.
 *
 * - When: once for each warning, behind the first event of a meeting and after each
 *   vsdk_meeting_set_token.
 * - code: the finding, a VSDK_TOKEN_FINDING_ constant.
 * - text: what it is, and what to do about it.
 * - participant_id: the participant that the meeting joins as.
 * - json: `finding` is its name, a text.
 */
#define VSDK_EVENT_TYPE_TOKEN_WARNING 2

/**
 * The token's life is over in a minute or less. Hand in a fresh one with vsdk_meeting_set_token.
 *
 * - When: 60 seconds before the end, once for each token; at once when less is left of it.
 * - code: the time left, in seconds.
 * - text: the same in words.
 * - participant_id: the participant that the meeting joins as.
 * - json: `expiresAt` is the end, in seconds since 1970 (UTC).
 */
#define VSDK_EVENT_TYPE_TOKEN_EXPIRING 3

/**
 * Events were lost because they were not read in time. Read the snapshot again.
 *
 * - When: behind the events that waited before the loss, as soon as there is room for it.
 * - code: how many were lost.
 * - json: `lost` is the same number, without an upper limit.
 */
#define VSDK_EVENT_TYPE_OVERFLOW 4

/**
 * Something is not as it should be, but the meeting goes on.
 *
 * - When: e.g. when the ICE servers cannot be read, or a message of the service is malformed.
 * - text: what it is.
 * - participant_id: the participant that the meeting joins as.
 */
#define VSDK_EVENT_TYPE_WARNING 5

/**
 * The service reported an error.
 *
 * - When: whenever it does; the meeting goes on.
 * - code: the service's own number; 0 without one.
 * - text: the service's words, redacted.
 * - status: a VSDK_STATUS_ constant for the number.
 */
#define VSDK_EVENT_TYPE_ERROR 6

/**
 * The connection was lost and is made anew.
 *
 * - When: before each try.
 * - code: the number of the try, from 1.
 * - text: why it is needed: how the connection, or the last try, ended.
 * - status: VSDK_STATUS_CONNECTION_LOST.
 * - participant_id: the participant that the meeting joins as.
 * - json: `attempt` and `attempts` are the try and how many there are, `delayMs` the time until
 *   it, in milliseconds.
 */
#define VSDK_EVENT_TYPE_RECONNECTING 7

/**
 * This participant is no longer in the room.
 *
 * - When: once, before the state that follows from it.
 * - code: the service's number for the reason, e.g. 1002 for removed, 1101 for left by the app.
 * - text: its name, e.g. `REMOVE_PEER`.
 * - participant_id: the participant that the meeting joined as.
 */
#define VSDK_EVENT_TYPE_MEETING_LEFT 8

/**
 * The service told something that this version does not know.
 *
 * - When: whenever it does.
 * - text: the name of what was told.
 * - json: `data` is what it held, without secrets.
 */
#define VSDK_EVENT_TYPE_UNKNOWN 9

/**
 * Somebody is in the room.
 *
 * - When: for everybody who is there already, behind the state CONNECTED (on a new connection
 *   before it), and for each newcomer; never for the own participant.
 * - participant_id: who.
 * - text: the name.
 * - json: `participant` is what the snapshot has of it.
 */
#define VSDK_EVENT_TYPE_PARTICIPANT_JOINED 100

/**
 * Somebody is no longer in the room.
 *
 * - When: once for each who leaves while this participant is in the room.
 * - participant_id: who.
 * - code: the service's number for the reason, e.g. 1001 for a lost connection; 1007 when it is
 *   unknown.
 * - text: its name.
 */
#define VSDK_EVENT_TYPE_PARTICIPANT_LEFT 101

/**
 * Somebody has another name.
 *
 * - When: on each change.
 * - participant_id: who.
 * - text: the new name.
 */
#define VSDK_EVENT_TYPE_PARTICIPANT_NAME_CHANGED 102

/**
 * Somebody does something else with media.
 *
 * - When: on each change, also of the own participant.
 * - participant_id: who.
 * - code: a VSDK_MODE_ constant; 0 when it is unknown.
 * - text: its name, e.g. `RECV_ONLY`.
 */
#define VSDK_EVENT_TYPE_PARTICIPANT_MODE_CHANGED 103

/**
 * Somebody tells something else about itself.
 *
 * - When: when it came back with other metadata.
 * - participant_id: who.
 * - json: `metaData` is all of it, an object or null.
 */
#define VSDK_EVENT_TYPE_PARTICIPANT_METADATA_CHANGED 104

/**
 * Somebody began or stopped to send.
 *
 * - When: on each change, also of the own participant.
 * - participant_id: who.
 * - code: 1 or 0.
 * - text: what: `audio`, `video`, `share` or `shareAudio`.
 */
#define VSDK_EVENT_TYPE_MEDIA_STATE_CHANGED 105

/**
 * Somebody else speaks, or nobody.
 *
 * - When: on each change.
 * - participant_id: who; NULL for nobody.
 */
#define VSDK_EVENT_TYPE_ACTIVE_SPEAKER_CHANGED 106

/**
 * Somebody was pinned or unpinned for everybody.
 *
 * - When: on each change.
 * - participant_id: who.
 * - json: `cam` and `share` are what is pinned now, `pinnedBy` is who did it.
 */
#define VSDK_EVENT_TYPE_PIN_STATE_CHANGED 107

/**
 * Somebody asks to be let in.
 *
 * - When: to those whose token has the permission `allow_join`.
 * - participant_id: who.
 * - text: the name.
 */
#define VSDK_EVENT_TYPE_ENTRY_REQUESTED 200

/**
 * It was decided whether somebody is let in.
 *
 * - When: to those who may decide, and to who asked.
 * - participant_id: who asked.
 * - code: 1 when it is let in, else 0.
 * - text: the decision, `allowed` or `denied`.
 */
#define VSDK_EVENT_TYPE_ENTRY_RESPONDED 201

/**
 * Somebody asks this participant to switch its microphone on.
 *
 * - When: on each request. A microphone that is added or enabled accepts it, and everybody is told
 *   so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
 * - participant_id: who asks.
 */
#define VSDK_EVENT_TYPE_MIC_REQUESTED 202

/**
 * Somebody asks this participant to switch its camera on.
 *
 * - When: on each request. A camera that is added or enabled accepts it, and everybody is told so
 *   by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
 * - participant_id: who asks.
 */
#define VSDK_EVENT_TYPE_WEBCAM_REQUESTED 203

/**
 * Somebody asks this participant to go on in another meeting.
 *
 * - When: on each request.
 * - participant_id: who asks.
 * - text: the id of that meeting.
 * - json: `data` is what came with it, without the token.
 */
#define VSDK_EVENT_TYPE_SWITCH_REQUESTED 204

/**
 * A message came on a topic that is subscribed.
 *
 * - When: for what was kept before the subscription, in order, and for each new one.
 * - participant_id: the sender.
 * - text: the topic.
 * - payload: the message, UTF-8.
 * - code: 1 when it is from before the subscription, else 0.
 * - json: `message`, `id`, `timestamp`, `payload` and `sendOnly` as the service
 *   tells them.
 */
#define VSDK_EVENT_TYPE_MESSAGE 300

/**
 * A value that is observed has changed.
 *
 * - When: on each change.
 * - participant_id: who changed it.
 * - text: the key.
 * - payload: the value, UTF-8.
 * - code: 0 when the value is gone, else 1.
 * - json: `value` is the value; absent when it is gone.
 */
#define VSDK_EVENT_TYPE_STORE_VALUE_CHANGED 301

/**
 * The recording is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
 * - text: the name of the state, e.g. `RECORDING_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED 400

/**
 * The livestream is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
 * - text: the name of the state, e.g. `LIVESTREAM_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_LIVESTREAM_STATE_CHANGED 401

/**
 * The HLS stream is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped, 5 playable; 0 when it is unknown.
 * - text: the name of the state, e.g. `HLS_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_HLS_STATE_CHANGED 402

/**
 * The transcription is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
 * - text: the name of the state, e.g. `TRANSCRIPTION_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_TRANSCRIPTION_STATE_CHANGED 403

/**
 * The translation is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
 * - text: the name of the state, e.g. `TRANSLATION_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_TRANSLATION_STATE_CHANGED 404

/**
 * The whiteboard is in another state.
 *
 * - When: on each change, to everybody in the room; and when the service told nothing of it on a
 *   new connection: then it is unknown.
 * - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
 * - text: the name of the state, e.g. `WHITEBOARD_STARTED`.
 * - json: what else the service tells, e.g. URLs.
 */
#define VSDK_EVENT_TYPE_WHITEBOARD_STATE_CHANGED 405

/**
 * Somebody said something.
 *
 * - When: while a transcription runs.
 * - participant_id: who.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_TRANSCRIPTION_TEXT 410

/**
 * Somebody said something, translated.
 *
 * - When: while a translation runs.
 * - participant_id: who.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_TRANSLATION_TEXT 411

/**
 * Somebody wants translations in another language.
 *
 * - When: on each change.
 * - participant_id: who.
 * - text: the language.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_TRANSLATION_LANGUAGE_CHANGED 412

/**
 * An agent does something else.
 *
 * - When: on each change.
 * - participant_id: the agent.
 * - text: `idle`, `listening`, `thinking` or `speaking`.
 */
#define VSDK_EVENT_TYPE_AGENT_STATE_CHANGED 500

/**
 * An agent heard or said something.
 *
 * - When: for each piece of it.
 * - participant_id: who spoke.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_AGENT_TRANSCRIPT 501

/**
 * Figures of an agent.
 *
 * - When: when the agent tells them.
 * - participant_id: the agent.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_AGENT_METRICS 502

/**
 * A character joined.
 *
 * - When: once for each.
 * - participant_id: the character.
 * - text: its name.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_JOINED 510

/**
 * A character left.
 *
 * - When: once for each.
 * - participant_id: the character.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_LEFT 511

/**
 * A character is in another state.
 *
 * - When: on each change.
 * - participant_id: the character.
 * - text: the state, e.g. `CHARACTER_SPEAKING`.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_STATE_CHANGED 512

/**
 * A character said something.
 *
 * - When: for each message.
 * - participant_id: the character.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_MESSAGE 513

/**
 * Somebody said something to a character.
 *
 * - When: for each message.
 * - participant_id: the character.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_USER_MESSAGE 514

/**
 * A character sent data.
 *
 * - When: for each piece.
 * - participant_id: the character.
 * - text: the topic.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_DATA 515

/**
 * A character failed.
 *
 * - When: on each failure.
 * - participant_id: the character.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CHARACTER_ERROR 516

/**
 * A connection to another meeting was opened.
 *
 * - When: once for each.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CONNECTION_OPENED 600

/**
 * A connection to another meeting was closed.
 *
 * - When: once for each.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CONNECTION_CLOSED 601

/**
 * Somebody in a connected meeting wrote something.
 *
 * - When: for each message.
 * - participant_id: who.
 * - text: what.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CONNECTION_MESSAGE 602

/**
 * Somebody joined a connected meeting.
 *
 * - When: once for each.
 * - participant_id: who.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_JOINED 603

/**
 * Somebody left a connected meeting.
 *
 * - When: once for each.
 * - participant_id: who.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_LEFT 604

/**
 * Media is relayed to another meeting.
 *
 * - When: on each beginning.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_MEDIA_RELAY_STARTED 610

/**
 * Media is no longer relayed to another meeting.
 *
 * - When: on each end.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_MEDIA_RELAY_STOPPED 611

/**
 * Media could not be relayed to another meeting.
 *
 * - When: on each failure.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_MEDIA_RELAY_ERROR 612

/**
 * Somebody in another meeting asks to relay its media to this one.
 *
 * - When: on each request.
 * - participant_id: who asks.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_MEDIA_RELAY_REQUESTED 613

/**
 * Another meeting answered to the wish to relay media there.
 *
 * - When: on each answer.
 * - participant_id: who decided.
 * - text: the id of that meeting.
 * - json: `data` is all of it.
 */
#define VSDK_EVENT_TYPE_MEDIA_RELAY_RESPONDED 614

/**
 * Somebody sends a track that can be received now.
 *
 * - When: once for each track, also for those that were sent before this participant joined.
 * - participant_id: who sends it.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that, e.g. `audio`.
 * - json: `codec` is its name, `spatialLayers` and `temporalLayers` are their numbers, `paused`
 *   says whether it rests, `appData` is what its sender tells with it.
 */
#define VSDK_EVENT_TYPE_TRACK_ADDED 700

/**
 * A track is no longer sent.
 *
 * - When: once for each that was added; its frames that are left can still be read.
 * - participant_id: who sent it.
 * - track_id: the track.
 * - code: what it was, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_TRACK_REMOVED 701

/**
 * A track rests: its sender has paused it.
 *
 * - When: on each pause.
 * - participant_id: who sends it.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_TRACK_PAUSED 702

/**
 * A track goes on.
 *
 * - When: on each end of a pause.
 * - participant_id: who sends it.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_TRACK_RESUMED 703

/**
 * A track comes in another size or rate.
 *
 * - When: on each change.
 * - participant_id: who sends it.
 * - track_id: the track.
 * - code: the spatial layer; -1 for none.
 * - text: what the track is, e.g. `video`.
 * - json: `spatialLayer` and `temporalLayer` are the layers.
 */
#define VSDK_EVENT_TYPE_TRACK_LAYERS_CHANGED 704

/**
 * One of this participant's own tracks is sent from now on.
 *
 * - When: once the service has taken it, again after each new connection.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_TRACK_PUBLISHED 710

/**
 * One of this participant's own tracks is no longer sent.
 *
 * - When: when it was switched off or taken out, or the connection is lost.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_TRACK_UNPUBLISHED 711

/**
 * One of this participant's own tracks cannot be sent.
 *
 * - When: e.g. when the room does not offer its codec, or the service refuses it.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: why.
 * - status: a VSDK_STATUS_ constant.
 * - json: `remedy` is what to do, `serviceCode` the service's own number or null.
 */
#define VSDK_EVENT_TYPE_TRACK_FAILED 712

/**
 * The options of the meeting want a microphone or a camera, but there is no track to send.
 *
 * - When: once for each, after joining; what is added later is sent all the same.
 * - participant_id: this participant.
 * - code: what is missing, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that, `audio` or `video`.
 */
#define VSDK_EVENT_TYPE_SOURCE_MISSING 713

/**
 * Somebody cannot decode one of this participant's own tracks without a key frame: make one.
 *
 * - When: when nobody has asked since the last key frame.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: what it is, a VSDK_TRACK_KIND_ constant.
 * - text: the name of that.
 */
#define VSDK_EVENT_TYPE_KEY_FRAME_REQUESTED 714

/**
 * The network allows something else for one of this participant's own tracks.
 *
 * - When: when a layer goes on or off, or its rate changes by a tenth. Ask the track for the
 *   target of its encoder.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: the layer; 0 is the smallest.
 */
#define VSDK_EVENT_TYPE_ENCODER_TARGET_CHANGED 715

/**
 * Network or processor limit one of this participant's own pictures, or no longer do.
 *
 * - When: when for two seconds a layer is off or all together get less than four fifths of what
 *   they want; then when for four seconds they get nearly all of it. For the processor, whenever
 *   the pictures of a camera become smaller than they should be, smaller still, or larger again. A track that is no longer sent
 *   is not limited any more, and nothing but VSDK_EVENT_TYPE_TRACK_UNPUBLISHED says so.
 * - participant_id: this participant.
 * - track_id: the track.
 * - code: 1 when it is limited from now on, 0 when it no longer is.
 * - text: what is scarce: `bandwidth`, or `cpu` when raw pictures are not encoded in time.
 * - json: `state` is `detected` or `resolved`, as the official clients say it; `wantedKbps` and
 *   `grantedKbps` are what all its layers together want and get, in kilobits per second; for the
 *   processor `reducedBy` is by what each side is divided.
 */
#define VSDK_EVENT_TYPE_QUALITY_LIMITATION_CHANGED 716

/**
 * The way for media is another one.
 *
 * - When: on each change.
 * - participant_id: this participant.
 * - code: 1 connected, 2 disconnected, which is mended by itself, 3 failed.
 * - text: which way, `send` or `receive`.
 * - status: why it failed, a VSDK_STATUS_ constant; else 0.
 * - json: `state` is the name of the state, `reason` says more where there is more to say.
 */
#define VSDK_EVENT_TYPE_TRANSPORT_STATE_CHANGED 720

/**
 * Data came.
 *
 * - When: for each piece; the order is not that in which they were sent.
 * - participant_id: who sent it.
 * - payload: the data.
 * - text: `text` when it is UTF-8, else `binary`.
 * - code: how it was sent, a VSDK_RELIABILITY_ constant.
 */
#define VSDK_EVENT_TYPE_DATA 730

/**
 * Microphones or speakers of this machine came or went, or another one is the default.
 *
 * - When: within some two seconds of each change, after vsdk_meeting_watch_devices.
 * - participant_id: this participant.
 * - code: which, a VSDK_DEVICE_KIND_ constant.
 * - text: the name of that, `microphone` or `speaker`.
 * - json: `added` and `removed` are lists of devices, each with `id` and `name`; `default` is the
 *   device that is the default now, null when that is as before.
 */
#define VSDK_EVENT_TYPE_DEVICES_CHANGED 740

/**
 * A microphone or speaker could not be opened by the library, or does not work any more.
 *
 * - When: when the microphone that the options or vsdk_meeting_set_mic_enabled want cannot be
 *   opened, and once for each open device that fails. The meeting goes on.
 * - participant_id: this participant.
 * - code: what it is, a VSDK_DEVICE_KIND_ constant.
 * - text: why.
 * - status: a VSDK_STATUS_ constant.
 * - json: `remedy` is what to do, `kind` is `microphone` or `speaker`, `device` has `id` and `name`
 *   of the device; it is null when none could be opened.
 */
#define VSDK_EVENT_TYPE_DEVICE_FAILED 741

/**
 * What kind of event it is.
 *
 * @param[in] event The event.
 * @return A VSDK_EVENT_TYPE_ constant; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkEventType vsdk_event_type(const VsdkEvent *event);

/**
 * The stable name of its type, e.g. "STATE_CHANGED".
 *
 * @param[in] event The event.
 * @return borrowed from event. NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_type_name(const VsdkEvent *event);

/**
 * Its number in the order of this meeting's events, from 1. A gap means lost events.
 *
 * @param[in] event The event.
 * @return The number; 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_event_sequence(const VsdkEvent *event);

/**
 * When it happened.
 *
 * @param[in] event The event.
 * @return Milliseconds since 1970 (UTC); 0 when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int64_t vsdk_event_time_ms(const VsdkEvent *event);

/**
 * Whom it is about or from.
 *
 * @param[in] event The event.
 * @return borrowed from event. NULL when it is about nobody.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_participant_id(const VsdkEvent *event);

/**
 * What that participant was called at that moment.
 *
 * @param[in] event The event.
 * @return borrowed from event. NULL when it is about nobody, or nothing told the name.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_participant_name(const VsdkEvent *event);

/**
 * Which track it is about.
 *
 * @param[in] event The event.
 * @return borrowed from event. NULL when it is about none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_track_id(const VsdkEvent *event);

/**
 * A number whose meaning depends on the type.
 *
 * @param[in] event The event.
 * @return The number; 0 when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API int32_t vsdk_event_code(const VsdkEvent *event);

/**
 * A text whose meaning depends on the type.
 *
 * @param[in] event The event.
 * @return borrowed from event. NULL when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_text(const VsdkEvent *event);

/**
 * The failure behind it.
 *
 * @param[in] event The event.
 * @return A VSDK_STATUS_ constant; 0 when there is none.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_event_status(const VsdkEvent *event);

/**
 * Bytes whose meaning depends on the type; mostly none.
 *
 * @param[in] event The event.
 * @param[out] payload borrowed from event. The bytes; NULL when there are none.
 * @param[out] length Their number.
 * @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
 * @return VSDK_STATUS_OK.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API VsdkStatus vsdk_event_payload(const VsdkEvent *event, const uint8_t **payload,
                                       size_t *length, VsdkError **error);

/**
 * All of it, also what has no getter of its own.
 *
 * @param[in] event The event.
 * @return borrowed from event. A JSON object; NULL when the handle is not valid.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API const char *vsdk_event_json(const VsdkEvent *event);

/**
 * Frees an event that was read with vsdk_meeting_next_event.
 *
 * @param[in] event nullable, freed. The event.
 * @note Does not block.
 * @since 0.1
 */
VSDK_API void vsdk_event_free(VsdkEvent *event);

/** @} */

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* VSDK_H */
