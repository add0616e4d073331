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
/// The meeting has ended and all its events were read.
pub const VSDK_STATUS_CLOSED: VsdkStatus = 2;

/// A required pointer was NULL.
pub const VSDK_STATUS_NULL_POINTER: VsdkStatus = -1;
/// A handle is stale, was freed already, or is of another type.
pub const VSDK_STATUS_INVALID_HANDLE: VsdkStatus = -2;
/// An argument has a value that is not allowed.
pub const VSDK_STATUS_INVALID_ARGUMENT: VsdkStatus = -3;
/// A text is not valid UTF-8.
pub const VSDK_STATUS_INVALID_UTF8: VsdkStatus = -4;
/// The object is in a state that does not allow the call.
pub const VSDK_STATUS_INVALID_STATE: VsdkStatus = -5;
/// This build or version cannot do it.
pub const VSDK_STATUS_UNSUPPORTED: VsdkStatus = -6;
/// A blocking call from inside a callback: it would wait for itself.
pub const VSDK_STATUS_WOULD_DEADLOCK: VsdkStatus = -7;
/// The process was forked; see vsdk_after_fork_child.
pub const VSDK_STATUS_FORKED: VsdkStatus = -8;
/// A defect of the library was caught at its boundary.
pub const VSDK_STATUS_PANIC: VsdkStatus = -9;
/// The deadline passed.
pub const VSDK_STATUS_TIMEOUT: VsdkStatus = -10;
/// The operation was cancelled.
pub const VSDK_STATUS_CANCELLED: VsdkStatus = -11;
/// The library was shut down while the operation was running.
pub const VSDK_STATUS_SHUTDOWN: VsdkStatus = -12;
/// Header and library disagree about the ABI.
pub const VSDK_STATUS_ABI_MISMATCH: VsdkStatus = -13;
/// Threads, handles or descriptors are used up.
pub const VSDK_STATUS_RESOURCE_EXHAUSTED: VsdkStatus = -14;
/// No token: neither the options nor vsdk_config gave one.
pub const VSDK_STATUS_NOT_CONFIGURED: VsdkStatus = -15;

/// The token is not a token of this service.
pub const VSDK_STATUS_TOKEN_MALFORMED: VsdkStatus = -100;
/// The token's life is over.
pub const VSDK_STATUS_TOKEN_EXPIRED: VsdkStatus = -101;
/// The token is not valid yet.
pub const VSDK_STATUS_TOKEN_NOT_YET_VALID: VsdkStatus = -102;
/// The token's permissions contradict each other (service number 4008).
pub const VSDK_STATUS_TOKEN_PERMISSIONS: VsdkStatus = -103;
/// The token is for another room (service number 4022).
pub const VSDK_STATUS_TOKEN_ROOM_MISMATCH: VsdkStatus = -104;
/// The token is for another participant (service number 4023).
pub const VSDK_STATUS_TOKEN_PARTICIPANT_MISMATCH: VsdkStatus = -105;
/// The token's roles do not allow this use (service number 4024).
pub const VSDK_STATUS_TOKEN_ROLE: VsdkStatus = -106;
/// The token server answered, but with no token in its reply.
pub const VSDK_STATUS_TOKEN_SERVER_REPLY: VsdkStatus = -107;

/// The host name could not be resolved.
pub const VSDK_STATUS_NETWORK_DNS: VsdkStatus = -200;
/// No connection could be made.
pub const VSDK_STATUS_NETWORK_CONNECT: VsdkStatus = -201;
/// The TLS handshake failed.
pub const VSDK_STATUS_NETWORK_TLS: VsdkStatus = -202;
/// The proxy refused or failed.
pub const VSDK_STATUS_NETWORK_PROXY: VsdkStatus = -203;
/// The connection broke during the exchange.
pub const VSDK_STATUS_NETWORK_BROKEN: VsdkStatus = -204;
/// Plain http or ws to a host that is not this machine.
pub const VSDK_STATUS_NETWORK_INSECURE: VsdkStatus = -205;
/// The reply is not what the protocol promises.
pub const VSDK_STATUS_INVALID_RESPONSE: VsdkStatus = -220;
/// The reply is larger than the library accepts.
pub const VSDK_STATUS_RESPONSE_TOO_LARGE: VsdkStatus = -221;
/// The server answered with a redirect; redirects are never followed.
pub const VSDK_STATUS_REDIRECT: VsdkStatus = -222;
/// HTTP 400 and other 4xx without a status of their own: the request was refused as wrong.
pub const VSDK_STATUS_BAD_REQUEST: VsdkStatus = -230;
/// HTTP 401: the token was refused.
pub const VSDK_STATUS_UNAUTHORIZED: VsdkStatus = -231;
/// HTTP 403: the token's rights do not cover this.
pub const VSDK_STATUS_FORBIDDEN: VsdkStatus = -232;
/// HTTP 404, and 402, which this service uses for the same.
pub const VSDK_STATUS_NOT_FOUND: VsdkStatus = -233;
/// HTTP 409: it exists already, or contradicts what exists.
pub const VSDK_STATUS_CONFLICT: VsdkStatus = -234;
/// HTTP 429: too many requests.
pub const VSDK_STATUS_RATE_LIMITED: VsdkStatus = -235;
/// HTTP 5xx: the service failed.
pub const VSDK_STATUS_SERVER_ERROR: VsdkStatus = -236;

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
    use std::ffi::CString;
    static NAMES: once_cell::sync::Lazy<Vec<(i32, CString)>> = once_cell::sync::Lazy::new(|| {
        Status::ALL
            .iter()
            .map(|status| {
                (
                    status.code(),
                    CString::new(status.name()).unwrap_or_default(),
                )
            })
            .collect()
    });
    match status {
        VSDK_STATUS_OK => c"OK",
        VSDK_STATUS_NO_EVENT => c"NO_EVENT",
        VSDK_STATUS_CLOSED => c"CLOSED",
        _ => NAMES
            .iter()
            .find(|(code, _)| *code == status)
            .map_or(c"UNKNOWN", |(_, name)| name),
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
