//! The library: version, statuses, its end, forks.
//!
//! Nothing runs before the first call. Every function may be called from any thread.

use std::ffi::{c_char, c_void};

use super::error::VsdkError;
use super::{guard, handle};
use crate::runtime::{self, Timeout};
use crate::{Error, Result, Status};

/// How a call ended: 0 is success, negative a failure, positive a piece of information.
///
/// Numbers are never reused. Treat an unknown negative one as a failure and an unknown positive
/// one as success without a result.
pub type VsdkStatus = i32;

/// Success.
pub const VSDK_STATUS_OK: VsdkStatus = 0;
/// Nothing to read within the time given.
pub const VSDK_STATUS_NO_EVENT: VsdkStatus = 1;
/// The meeting has ended and all its events were read, or a track has and all its frames were.
pub const VSDK_STATUS_CLOSED: VsdkStatus = 2;
/// The frame was not taken, for nobody is there to take it: the track is off, the meeting not
/// joined, or the connection is being made anew. Go on; frames are taken again once there is a way.
pub const VSDK_STATUS_NOT_SENDING: VsdkStatus = 3;
/// Not taken, for too much waits already: the network is slower than the app. Make less; data can
/// be sent again a little later, and a track of pictures goes on with its next key frame.
pub const VSDK_STATUS_FULL: VsdkStatus = 4;
/// The frame was not taken, for it cannot be decoded without one that was not sent. Make a key
/// frame.
pub const VSDK_STATUS_NEEDS_KEY_FRAME: VsdkStatus = 5;
/// The frame was not taken, for its layer is switched off for lack of bandwidth. Nothing is lost;
/// save the work of encoding it until its target is active again.
pub const VSDK_STATUS_LAYER_OFF: VsdkStatus = 6;
/// The frame was not taken, for the app's transform of frames has dropped it. A track of pictures
/// goes on with its next key frame.
pub const VSDK_STATUS_DROPPED: VsdkStatus = 7;

/// A required pointer was NULL.
///
/// - Cause: the handle of a call that failed before.
/// - Remedy: check the status of each call, and look at the first that failed, not at the last.
pub const VSDK_STATUS_NULL_POINTER: VsdkStatus = -1;
/// A handle is stale, was freed already, or is of another type.
///
/// - Cause: freed twice; used after its `_free`; a parent's handle in a forked child.
/// - Remedy: call each `_free` once, and use nothing after it. vsdk_debug_live_handles counts
///   what is live.
pub const VSDK_STATUS_INVALID_HANDLE: VsdkStatus = -2;
/// An argument has a value that is not allowed.
///
/// - Cause: an empty or too long text, an unknown constant, metadata that is no JSON object, a
///   wrong URL.
/// - Remedy: the message names the argument and says what it may be.
pub const VSDK_STATUS_INVALID_ARGUMENT: VsdkStatus = -3;
/// A text is not valid UTF-8.
///
/// - Cause: Latin-1 or UTF-16 text that was passed on.
/// - Remedy: convert it before the call.
pub const VSDK_STATUS_INVALID_UTF8: VsdkStatus = -4;
/// The object is in a state that does not allow the call.
///
/// - Cause: reading events while a handler is set; a result taken twice or too early; a meeting
///   that has ended.
/// - Remedy: the message says which of them it is.
pub const VSDK_STATUS_INVALID_STATE: VsdkStatus = -5;
/// This build or version cannot do it.
///
/// - Cause: vsdk_meeting_join in 0.1; event descriptors on Windows.
/// - Remedy: use another way, or a later version.
pub const VSDK_STATUS_UNSUPPORTED: VsdkStatus = -6;
/// A blocking call from inside a callback: it would wait for itself.
///
/// - Cause: creating a room, or waiting for an event, in a handler.
/// - Remedy: use the `_async` form or a thread of your own; vsdk_meeting_next_event and
///   vsdk_op_wait are allowed with a timeout of 0.
pub const VSDK_STATUS_WOULD_DEADLOCK: VsdkStatus = -7;
/// The process was forked; see vsdk_after_fork_child.
///
/// - Cause: `fork` without `exec`, as in a server with worker processes.
/// - Remedy: call vsdk_after_fork_child first thing in the child, or use the library only
///   there.
pub const VSDK_STATUS_FORKED: VsdkStatus = -8;
/// A defect of the library was caught at its boundary.
///
/// - Cause: a defect.
/// - Remedy: report it with its message. The library stays usable.
pub const VSDK_STATUS_PANIC: VsdkStatus = -9;
/// The deadline passed.
///
/// - Cause: a slow network or service; in vsdk_shutdown a callback that does not return.
/// - Remedy: allow more time. The message says what it was waiting for.
/// - Retry: yes; not a creation or deactivation, which may have been carried out.
pub const VSDK_STATUS_TIMEOUT: VsdkStatus = -10;
/// The operation was cancelled.
///
/// - Cause: vsdk_op_cancel.
/// - Remedy: nothing: it was asked for.
pub const VSDK_STATUS_CANCELLED: VsdkStatus = -11;
/// The library was shut down while the operation was running.
///
/// - Cause: vsdk_shutdown in another thread.
/// - Remedy: wait for operations before; or start them again, since the library may be used
///   again.
pub const VSDK_STATUS_SHUTDOWN: VsdkStatus = -12;
/// Header and library disagree about the ABI.
///
/// - Cause: an older or newer library is found first.
/// - Remedy: compile again, or take the other library out of the loader's path.
pub const VSDK_STATUS_ABI_MISMATCH: VsdkStatus = -13;
/// Threads, handles or descriptors are used up.
///
/// - Cause: limits of the process; handles that are never freed; children of forked children,
///   31 deep.
/// - Remedy: free handles, or raise the limits (`ulimit -n`, `ulimit -u`).
pub const VSDK_STATUS_RESOURCE_EXHAUSTED: VsdkStatus = -14;
/// No token: neither the options nor vsdk_config gave one.
///
/// - Cause: vsdk_config was not called, or failed.
/// - Remedy: call it first, or set a token on the options.
pub const VSDK_STATUS_NOT_CONFIGURED: VsdkStatus = -15;

/// The token is not a token of this service.
///
/// - Cause: `Bearer`, quotes or a line break around it; an API key; a cut copy; no `apikey` in
///   it.
/// - Remedy: pass it exactly as it was issued. vsdk_token_inspect says what is wrong with it.
pub const VSDK_STATUS_TOKEN_MALFORMED: VsdkStatus = -100;
/// The token's life is over.
///
/// - Cause: a temporary token of last week; a clock that is wrong.
/// - Remedy: fetch a fresh token, or set the clock; for boards without one there is
///   vsdk_config_options_set_clock_check.
pub const VSDK_STATUS_TOKEN_EXPIRED: VsdkStatus = -101;
/// The token is not valid yet.
///
/// - Cause: its `nbf` lies in the future, because two clocks differ.
/// - Remedy: wait, leave `nbf` out, or set the clock.
pub const VSDK_STATUS_TOKEN_NOT_YET_VALID: VsdkStatus = -102;
/// The token's permissions contradict each other (service number 4008).
///
/// - Cause: `ask_join` beside `allow_join` or `allow_mod`.
/// - Remedy: let `ask_join` stand alone, or leave it out.
pub const VSDK_STATUS_TOKEN_PERMISSIONS: VsdkStatus = -103;
/// The token is for another room (service number 4022).
///
/// - Cause: a token with `roomId`.
/// - Remedy: use a token for this room, or one without `roomId`.
pub const VSDK_STATUS_TOKEN_ROOM_MISMATCH: VsdkStatus = -104;
/// The token is for another participant (service number 4023).
///
/// - Cause: a token with `participantId`.
/// - Remedy: join under that id, or use another token.
pub const VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH: VsdkStatus = -105;
/// The token's roles do not allow this use (service number 4024).
///
/// - Cause: `crawler` alone cannot join; `rtc` alone cannot create rooms.
/// - Remedy: use a token with the right role, or one without roles.
pub const VSDK_STATUS_TOKEN_ROLE: VsdkStatus = -106;
/// The token server answered, but with no token in its reply.
///
/// - Cause: the wrong path; a token server without its API key or secret.
/// - Remedy: its reply has to be `{"token": "..."}`: look into its log.
pub const VSDK_STATUS_TOKEN_SERVER_REPLY: VsdkStatus = -107;

/// The host name could not be resolved.
///
/// - Cause: a misspelt host; no network.
/// - Remedy: check the name and the network.
/// - Retry: yes.
pub const VSDK_STATUS_NETWORK_DNS: VsdkStatus = -200;
/// No connection could be made.
///
/// - Cause: nothing listens there; a firewall.
/// - Remedy: check host and port, and that the server runs.
/// - Retry: yes.
pub const VSDK_STATUS_NETWORK_CONNECT: VsdkStatus = -201;
/// The TLS handshake failed.
///
/// - Cause: an unknown issuer, a wrong name, a wrong clock, plain http on an https port.
/// - Remedy: the message says which. A certificate authority of your own is added with
///   vsdk_config_options_set_extra_ca_pem.
pub const VSDK_STATUS_NETWORK_TLS: VsdkStatus = -202;
/// The proxy refused or failed.
///
/// - Cause: wrong credentials; a host that the proxy does not allow.
/// - Remedy: check the proxy's URL and its rules.
pub const VSDK_STATUS_NETWORK_PROXY: VsdkStatus = -203;
/// The connection broke during the exchange.
///
/// - Cause: a server that restarts; something in between that cuts connections.
/// - Remedy: what only reads was repeated already. After a failed creation look whether the
///   room exists.
/// - Retry: yes; not a creation or deactivation, which may have been carried out.
pub const VSDK_STATUS_NETWORK_BROKEN: VsdkStatus = -204;
/// Plain http or ws to a host that is not this machine.
///
/// - Cause: `http://` in a base URL or in the URL of a token server.
/// - Remedy: use https. In a network of your own there is
///   vsdk_config_options_set_allow_plain_http.
pub const VSDK_STATUS_NETWORK_INSECURE: VsdkStatus = -205;
/// The reply is not what the protocol promises.
///
/// - Cause: a login page or proxy answered; the wrong base URL.
/// - Remedy: check the base URL.
pub const VSDK_STATUS_INVALID_RESPONSE: VsdkStatus = -220;
/// The reply is larger than the library accepts.
///
/// - Cause: something else answered; very large pages of rooms.
/// - Remedy: check the URL; ask for smaller pages.
pub const VSDK_STATUS_RESPONSE_TOO_LARGE: VsdkStatus = -221;
/// The server answered with a redirect; redirects are never followed.
///
/// - Cause: `http` in place of `https`; an address that has moved.
/// - Remedy: if the host in the message is right, use it in the URL.
pub const VSDK_STATUS_REDIRECT: VsdkStatus = -222;
/// HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
///
/// - Cause: a value that only the service can judge; an unknown room in vsdk_room_validate.
/// - Remedy: correct what the service names.
pub const VSDK_STATUS_BAD_REQUEST: VsdkStatus = -230;
/// HTTP 401: the token was refused.
///
/// - Cause: signed with another secret; expired; the account is not active.
/// - Remedy: look at the token with vsdk_token_inspect; check API key and secret.
pub const VSDK_STATUS_UNAUTHORIZED: VsdkStatus = -231;
/// HTTP 403: the token's rights do not cover this.
///
/// - Cause: its roles or permissions.
/// - Remedy: use a token with the role `crawler`, or without roles.
pub const VSDK_STATUS_FORBIDDEN: VsdkStatus = -232;
/// HTTP 404, and 402, which this service uses for the same.
///
/// - Cause: a room of another account; a custom id where only a room id is taken.
/// - Remedy: check the id, and whose token it is.
pub const VSDK_STATUS_NOT_FOUND: VsdkStatus = -233;
/// HTTP 409: it exists already, or contradicts what exists.
///
/// - Cause: an id that is taken.
/// - Remedy: use what exists, or another id.
pub const VSDK_STATUS_CONFLICT: VsdkStatus = -234;
/// HTTP 429: too many requests.
///
/// - Cause: a token or room made anew for each use; many programs with one account.
/// - Remedy: keep tokens and rooms instead of making new ones.
/// - Retry: yes, after vsdk_error_retry_after_ms.
pub const VSDK_STATUS_RATE_LIMITED: VsdkStatus = -235;
/// HTTP 5xx: the service failed.
///
/// - Cause: a fault or an overload of the service.
/// - Remedy: wait a moment; give the request id to its support.
/// - Retry: yes; not a creation or deactivation, which may have been carried out.
pub const VSDK_STATUS_SERVER_ERROR: VsdkStatus = -236;

/// The connection to the meeting was lost.
///
/// - Cause: the network, or the service. Requests that were under way fail with it: they may or
///   may not have been carried out.
/// - Remedy: wait while the meeting is RECONNECTING; when it is FAILED, join again.
/// - Retry: yes.
pub const VSDK_STATUS_CONNECTION_LOST: VsdkStatus = -300;
/// Somebody in the room decided not to let this participant in.
///
/// - Cause: a token with the permission `ask_join`, and a host who said no.
/// - Remedy: ask the hosts, or use a token with `allow_join`.
pub const VSDK_STATUS_ENTRY_DENIED: VsdkStatus = -301;
/// The participant was removed from the meeting.
///
/// - Cause: another participant or the REST API removed it.
/// - Remedy: tell the user; nobody is brought back by itself.
pub const VSDK_STATUS_REMOVED: VsdkStatus = -302;
/// The meeting was ended for everybody.
///
/// - Cause: a participant or the REST API ended it, or the service gave no reason.
/// - Remedy: tell the user; joining the room again begins a new session.
pub const VSDK_STATUS_MEETING_ENDED: VsdkStatus = -303;
/// Somebody joined with the same participant id.
///
/// - Cause: the same id is used by two programs, or twice by one; the later one stays.
/// - Remedy: give each its own id, or none.
pub const VSDK_STATUS_DUPLICATE_PARTICIPANT: VsdkStatus = -304;
/// A limit of the room or the account is reached, e.g. the number of participants.
///
/// - Cause: the room is full, or the plan of the account allows no more.
/// - Remedy: wait until somebody leaves, or raise the limit.
pub const VSDK_STATUS_LIMIT_REACHED: VsdkStatus = -305;
/// The service refused a request of the meeting; its own number says why.
///
/// - Cause: e.g. a recording that could not be started.
/// - Remedy: look up vsdk_error_service_code, and read the service's text.
pub const VSDK_STATUS_REFUSED: VsdkStatus = -306;

/// A time in milliseconds that stands for 30 seconds.
pub const VSDK_TIMEOUT_DEFAULT: i64 = -1;
/// A time that stands for "as long as it takes": for waiting on events and operations only.
pub const VSDK_TIMEOUT_INFINITE: i64 = -2;

/// Ends the life of a callback's user data; may be NULL where there is nothing to end.
///
/// Called exactly once, after the last call of the callback has returned, also when registering
/// it failed. It may run on any thread.
pub type VsdkDestroyFn = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// A kind of handle, for counting.
pub type VsdkHandleKind = i32;
/// All kinds together.
pub const VSDK_HANDLE_KIND_ALL: VsdkHandleKind = 0;
/// VsdkError.
pub const VSDK_HANDLE_KIND_ERROR: VsdkHandleKind = 1;
/// VsdkOp.
pub const VSDK_HANDLE_KIND_OP: VsdkHandleKind = 2;
/// VsdkConfigOptions.
pub const VSDK_HANDLE_KIND_CONFIG_OPTIONS: VsdkHandleKind = 3;
/// VsdkToken.
pub const VSDK_HANDLE_KIND_TOKEN: VsdkHandleKind = 4;
/// VsdkTokenMintOptions.
pub const VSDK_HANDLE_KIND_TOKEN_MINT_OPTIONS: VsdkHandleKind = 5;
/// VsdkTokenFetchOptions.
pub const VSDK_HANDLE_KIND_TOKEN_FETCH_OPTIONS: VsdkHandleKind = 6;
/// VsdkTokenReport.
pub const VSDK_HANDLE_KIND_TOKEN_REPORT: VsdkHandleKind = 7;
/// VsdkRequestOptions.
pub const VSDK_HANDLE_KIND_REQUEST_OPTIONS: VsdkHandleKind = 8;
/// VsdkRoomOptions.
pub const VSDK_HANDLE_KIND_ROOM_OPTIONS: VsdkHandleKind = 9;
/// VsdkRoomListOptions.
pub const VSDK_HANDLE_KIND_ROOM_LIST_OPTIONS: VsdkHandleKind = 10;
/// VsdkRoom.
pub const VSDK_HANDLE_KIND_ROOM: VsdkHandleKind = 11;
/// VsdkRoomList.
pub const VSDK_HANDLE_KIND_ROOM_LIST: VsdkHandleKind = 12;
/// VsdkMeetingOptions.
pub const VSDK_HANDLE_KIND_MEETING_OPTIONS: VsdkHandleKind = 13;
/// VsdkMeeting.
pub const VSDK_HANDLE_KIND_MEETING: VsdkHandleKind = 14;
/// VsdkMeetingSnapshot.
pub const VSDK_HANDLE_KIND_MEETING_SNAPSHOT: VsdkHandleKind = 15;
/// VsdkEvent.
pub const VSDK_HANDLE_KIND_EVENT: VsdkHandleKind = 16;
/// VsdkParticipant.
pub const VSDK_HANDLE_KIND_PARTICIPANT: VsdkHandleKind = 17;
/// VsdkPublishOptions.
pub const VSDK_HANDLE_KIND_PUBLISH_OPTIONS: VsdkHandleKind = 18;
/// VsdkServiceOptions.
pub const VSDK_HANDLE_KIND_SERVICE_OPTIONS: VsdkHandleKind = 19;
/// VsdkContent.
pub const VSDK_HANDLE_KIND_CONTENT: VsdkHandleKind = 20;
/// VsdkTrackOptions.
pub const VSDK_HANDLE_KIND_TRACK_OPTIONS: VsdkHandleKind = 21;
/// VsdkLocalTrack.
pub const VSDK_HANDLE_KIND_LOCAL_TRACK: VsdkHandleKind = 22;
/// VsdkRemoteTrack.
pub const VSDK_HANDLE_KIND_REMOTE_TRACK: VsdkHandleKind = 23;
/// VsdkReceivedFrame.
pub const VSDK_HANDLE_KIND_RECEIVED_FRAME: VsdkHandleKind = 24;
/// VsdkMediaStatistics.
pub const VSDK_HANDLE_KIND_MEDIA_STATISTICS: VsdkHandleKind = 25;
/// VsdkAudioInput.
pub const VSDK_HANDLE_KIND_AUDIO_INPUT: VsdkHandleKind = 26;
/// VsdkAudioOutput.
pub const VSDK_HANDLE_KIND_AUDIO_OUTPUT: VsdkHandleKind = 27;
/// VsdkVideoInput.
pub const VSDK_HANDLE_KIND_VIDEO_INPUT: VsdkHandleKind = 28;
/// VsdkVideoOutput.
pub const VSDK_HANDLE_KIND_VIDEO_OUTPUT: VsdkHandleKind = 29;
/// VsdkReceivedPicture.
pub const VSDK_HANDLE_KIND_RECEIVED_PICTURE: VsdkHandleKind = 30;
/// VsdkDeviceList.
pub const VSDK_HANDLE_KIND_DEVICE_LIST: VsdkHandleKind = 31;
/// VsdkAudioDevice.
pub const VSDK_HANDLE_KIND_AUDIO_DEVICE: VsdkHandleKind = 32;

/// The ABI that this library speaks; the header's is VSDK_ABI_VERSION.
const ABI_VERSION: i32 = 0;

/// The version of the library, e.g. "0.1.0".
///
/// @return borrowed from the library. Never NULL.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}

/// The ABI number of the library; programs and bindings compare it with vsdk_check_abi.
///
/// @return The number.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_abi_version() -> i32 {
    ABI_VERSION
}

/// Checks that the library speaks the ABI that the caller was compiled against.
///
/// @param[in] abi_version VSDK_ABI_VERSION of the header.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_ABI_MISMATCH.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_check_abi(
    abi_version: i32,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("check_abi", error, || {
            if abi_version == ABI_VERSION {
                return Ok(());
            }
            Err(Error::new(
                Status::AbiMismatch,
                format!(
                    "The program was compiled against ABI {abi_version}, this library ({}) speaks ABI {ABI_VERSION}",
                    env!("CARGO_PKG_VERSION")
                ),
                "Compile against the header that belongs to the installed library, or install the library that belongs to the header.",
            ))
        })
    }
}

/// The stable name of a status, e.g. "TOKEN_EXPIRED".
///
/// @param[in] status Any number.
/// @return borrowed from the library. "UNKNOWN" for a number that it does not know.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_status_name(status: VsdkStatus) -> *const c_char {
    status_name(status).as_ptr()
}

fn status_name(status: VsdkStatus) -> &'static std::ffi::CStr {
    match status {
        VSDK_STATUS_OK => c"OK",
        VSDK_STATUS_NO_EVENT => c"NO_EVENT",
        VSDK_STATUS_CLOSED => c"CLOSED",
        VSDK_STATUS_NOT_SENDING => c"NOT_SENDING",
        VSDK_STATUS_FULL => c"FULL",
        VSDK_STATUS_NEEDS_KEY_FRAME => c"NEEDS_KEY_FRAME",
        VSDK_STATUS_LAYER_OFF => c"LAYER_OFF",
        VSDK_STATUS_DROPPED => c"DROPPED",
        _ => {
            let mut known = Status::ALL.iter();
            let found = known.find(|known| known.code() == status);
            found.map_or(c"UNKNOWN", |found| found.c_name())
        }
    }
}

/// Ends everything that runs: operations complete with VSDK_STATUS_SHUTDOWN, meetings end, the
/// callbacks that are due are made, all threads of the library stop.
///
/// Handles stay valid until they are freed, and the library may be used again.
///
/// @param[in] timeout_ms How long to wait, in milliseconds, or VSDK_TIMEOUT_DEFAULT.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_TIMEOUT, VSDK_STATUS_WOULD_DEADLOCK.
/// @note Blocks until all has ended, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_shutdown(timeout_ms: i64, error: *mut *mut VsdkError) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe { guard::status("shutdown", error, || runtime::shutdown(finite(timeout_ms)?)) }
}

/// Makes the library usable in a forked child, from nothing: no configuration, no handles.
///
/// Until then every function answers VSDK_STATUS_FORKED in the child. What the parent had stays
/// the parent's: its handles are not valid here, and nothing of it is stopped or destroyed.
///
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE outside a forked child,
/// VSDK_STATUS_RESOURCE_EXHAUSTED after 31 generations of forks.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_after_fork_child(error: *mut *mut VsdkError) -> VsdkStatus {
    // Before the guard, which answers for forked children without asking anything.
    let outcome = runtime::after_fork_child();
    // SAFETY: the header's contract for `error`.
    unsafe { guard::status("after_fork_child", error, || outcome) }
}

/// How many handles are live: a program that frees all it was given ends with 0.
///
/// @param[in] kind VSDK_HANDLE_KIND_ALL or one kind.
/// @return The number; 0 for a kind that does not exist.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub extern "C" fn vsdk_debug_live_handles(kind: VsdkHandleKind) -> i64 {
    guard::value(0, || Ok(usize::try_from(kind).map_or(0, handle::live)))
}

/// A time in milliseconds that may be infinite.
pub(super) fn timeout(timeout_ms: i64) -> Result<Timeout> {
    match timeout_ms {
        VSDK_TIMEOUT_DEFAULT => Ok(Timeout::Default),
        VSDK_TIMEOUT_INFINITE => Ok(Timeout::Infinite),
        _ => u64::try_from(timeout_ms)
            .map(|milliseconds| Timeout::After(std::time::Duration::from_millis(milliseconds)))
            .map_err(|_| {
                Error::new(
                    Status::InvalidArgument,
                    format!("{timeout_ms} ms is no time"),
                    "Pass milliseconds from 0, VSDK_TIMEOUT_DEFAULT, or, where it says so, VSDK_TIMEOUT_INFINITE.",
                )
            }),
    }
}

/// A time in milliseconds for something that must end.
pub(super) fn finite(timeout_ms: i64) -> Result<Timeout> {
    match timeout(timeout_ms)? {
        Timeout::Infinite => Err(Error::new(
            Status::InvalidArgument,
            "VSDK_TIMEOUT_INFINITE is for waiting on events and operations only",
            "Pass a number of milliseconds or VSDK_TIMEOUT_DEFAULT.",
        )),
        finite => Ok(finite),
    }
}

/// A flag, which is 0 or 1.
pub(super) fn flag(value: i32, name: &str) -> Result<bool> {
    match value {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Error::new(
            Status::InvalidArgument,
            format!("`{name}` is {value}; it is a flag"),
            "Pass 0 or 1.",
        )),
    }
}

/// For the tests of the boundary itself: panics under the guard.
#[cfg(vsdk_test)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_test_panic(error: *mut *mut VsdkError) -> VsdkStatus {
    // SAFETY: the contract of every function for `error`.
    unsafe { guard::status("test_panic", error, || panic!("on purpose")) }
}
