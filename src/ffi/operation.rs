//! Operations: what an `_async` call has started.
//!
//! An operation completes exactly once: with its result, with its error, cancelled, or shut down.
//! It goes on when its handle is freed; vsdk_op_cancel ends it. Its own time limit was given to
//! the call that started it.

use std::ffi::c_void;

use super::callback::UserData;
use super::content::{ContentObject, VsdkContent};
use super::error::VsdkError;
use super::guard;
use super::handle::{self, Object, object};
use super::library::{self, VSDK_STATUS_OK, VsdkStatus};
use super::out::Out;
use super::room::{RoomObject, VsdkRoom};
use super::room_list::{RoomListObject, VsdkRoomList};
use super::token::{TokenObject, VsdkToken};
use crate::runtime::{OnFinish, Operation, Prepared};
use crate::token::Token;
use crate::{Error, Result, Room, RoomList, Status};

/// Something that is under way.
pub struct VsdkOp {
    _opaque: [u8; 0],
}

/// Told once when an operation has completed. Runs on the dispatcher thread.
///
/// `op` is borrowed and valid during the call, whether or not the app kept a handle of its own:
/// take the result out of it here. `status` is how it ended.
pub type VsdkOpFn =
    Option<unsafe extern "C" fn(op: *mut VsdkOp, status: VsdkStatus, user_data: *mut c_void)>;

/// An operation, by what it results in.
pub(super) enum OperationObject {
    Nothing(Operation<()>),
    Token(Operation<Token>),
    Room(Operation<Room>),
    RoomList(Operation<RoomList>),
    Text(Operation<String>),
    OptionalText(Operation<Option<String>>),
    Bytes(Operation<Vec<u8>>),
}

object!(OperationObject, Operation, VsdkOp);

macro_rules! each {
    ($object:expr, $operation:ident => $body:expr) => {
        match $object {
            OperationObject::Nothing($operation) => $body,
            OperationObject::Token($operation) => $body,
            OperationObject::Room($operation) => $body,
            OperationObject::RoomList($operation) => $body,
            OperationObject::Text($operation) => $body,
            OperationObject::OptionalText($operation) => $body,
            OperationObject::Bytes($operation) => $body,
        }
    };
}

/// What an operation can result in.
pub(super) trait Outcome: Send + Sized + 'static {
    fn object(operation: Operation<Self>) -> OperationObject;
}

macro_rules! outcome {
    ($type:ty, $variant:ident) => {
        impl Outcome for $type {
            fn object(operation: Operation<Self>) -> OperationObject {
                OperationObject::$variant(operation)
            }
        }
    };
}

outcome!((), Nothing);
outcome!(Token, Token);
outcome!(Room, Room);
outcome!(RoomList, RoomList);
outcome!(String, Text);
outcome!(Option<String>, OptionalText);
outcome!(Vec<u8>, Bytes);

/// The app's completion callback as the core calls it; `None` when there is none.
fn on_finish<T: Outcome>(callback: VsdkOpFn, user_data: UserData) -> Option<OnFinish<T>> {
    let callback = callback?;
    Some(Box::new(move |operation: &Operation<T>| {
        let status = operation
            .outcome()
            .map_or_else(|error| error.status().code(), |()| VSDK_STATUS_OK);
        // A handle of its own for the call: the app's may be freed already, or never have existed.
        let Ok(handle) = handle::insert(T::object(operation.share())) else {
            // SAFETY: as below; without a handle the status alone is told.
            unsafe { callback(std::ptr::null_mut(), status, user_data.pointer()) };
            return;
        };
        // SAFETY: the app vouches for its function and the pointer that goes with it.
        unsafe { callback(handle, status, user_data.pointer()) };
        handle::free::<OperationObject>(handle);
    }))
}

/// The body of a call that waits for its result. `prepare` reads the arguments.
///
/// # Safety
///
/// `place` and `error` are NULL or writable through the call.
pub(super) unsafe fn blocking<T: Outcome, O: Object + From<T>>(
    name: &'static str,
    place: *mut *mut O::Handle,
    place_name: &str,
    error: *mut *mut VsdkError,
    prepare: impl FnOnce() -> Result<Prepared<T>>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        let place = Out::new(place, std::ptr::null_mut());
        guard::status(name, error, || {
            let place = place.required(place_name)?;
            let result = prepare()?.wait()?;
            place.set(handle::insert(O::from(result))?);
            Ok(())
        })
    }
}

/// The body of a call that only starts its operation; `prepare` as for [`blocking`].
///
/// # Safety
///
/// `op` and `error` are NULL or writable through the call.
pub(super) unsafe fn starting<T: Outcome>(
    name: &'static str,
    callback: VsdkOpFn,
    user_data: UserData,
    op: *mut *mut VsdkOp,
    error: *mut *mut VsdkError,
    prepare: impl FnOnce() -> Result<Prepared<T>>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        let op = Out::new(op, std::ptr::null_mut());
        guard::status(name, error, || {
            let operation = prepare()?.start(on_finish(callback, user_data))?;
            if let Some(place) = op.optional() {
                place.set(handle::insert(T::object(operation))?);
            }
            Ok(())
        })
    }
}

/// Waits until the operation has completed, in whatever way.
///
/// How it ended is told by vsdk_op_outcome and the vsdk_op_take_ functions.
///
/// @param[in] op The operation.
/// @param[in] timeout_ms How long to wait, in milliseconds: 0 only asks, VSDK_TIMEOUT_DEFAULT, VSDK_TIMEOUT_INFINITE.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK when it has completed, VSDK_STATUS_TIMEOUT while it is running, VSDK_STATUS_WOULD_DEADLOCK.
/// @note Blocks until the operation completes, at most `timeout_ms`.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_wait(
    op: *const VsdkOp,
    timeout_ms: i64,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("op_wait", error, || {
            let object = handle::get::<OperationObject>(op)?;
            let timeout = library::timeout(timeout_ms)?;
            each!(&*object, operation => operation.wait_completed(timeout))
        })
    }
}

/// Asks the operation to end with VSDK_STATUS_CANCELLED; no effect once it has completed.
///
/// @param[in] op The operation.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_cancel(
    op: *const VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("op_cancel", error, || {
            let object = handle::get::<OperationObject>(op)?;
            each!(&*object, operation => operation.cancel());
            Ok(())
        })
    }
}

/// How the operation ended: its own status, with its own error.
///
/// @param[in] op The operation.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, or the status with which it failed.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_outcome(
    op: *const VsdkOp,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for `error`.
    unsafe {
        guard::status("op_outcome", error, || {
            let object = handle::get::<OperationObject>(op)?;
            each!(&*object, operation => operation.outcome())
        })
    }
}

/// Takes the token out of a completed vsdk_token_fetch_async.
///
/// @param[in] op The operation.
/// @param[out] token owned, free with vsdk_token_free. The token; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
/// taken before, or when the operation has another result; else the status with which it failed.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_take_token(
    op: *const VsdkOp,
    token: *mut *mut VsdkToken,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        take(
            "op_take_token",
            op,
            token,
            "token",
            error,
            |object| match object {
                OperationObject::Token(operation) => Ok(TokenObject::from(operation.take()?)),
                _ => Err(other_result("token")),
            },
        )
    }
}

/// Takes the room out of a completed operation.
///
/// @param[in] op The operation.
/// @param[out] room owned, free with vsdk_room_free. The room; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
/// taken before, or when the operation has another result; else the status with which it failed.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_take_room(
    op: *const VsdkOp,
    room: *mut *mut VsdkRoom,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        take(
            "op_take_room",
            op,
            room,
            "room",
            error,
            |object| match object {
                OperationObject::Room(operation) => Ok(RoomObject::from(operation.take()?)),
                _ => Err(other_result("room")),
            },
        )
    }
}

/// Takes the list out of a completed vsdk_rooms_list_async.
///
/// @param[in] op The operation.
/// @param[out] list owned, free with vsdk_room_list_free. The list; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
/// taken before, or when the operation has another result; else the status with which it failed.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_take_room_list(
    op: *const VsdkOp,
    list: *mut *mut VsdkRoomList,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        take(
            "op_take_room_list",
            op,
            list,
            "list",
            error,
            |object| match object {
                OperationObject::RoomList(operation) => Ok(RoomListObject::from(operation.take()?)),
                _ => Err(other_result("room list")),
            },
        )
    }
}

/// Takes the content out of a completed operation.
///
/// @param[in] op The operation.
/// @param[out] content owned, free with vsdk_content_free. The content; NULL on failure, and for a value that is not there.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_STATE while it is running, when the result was
/// taken before, or when the operation has another result; else the status with which it failed.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_take_content(
    op: *const VsdkOp,
    content: *mut *mut VsdkContent,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let content = Out::new(content, std::ptr::null_mut());
        guard::status("op_take_content", error, || {
            let content = content.required("content")?;
            let object = handle::get::<OperationObject>(op)?;
            let taken: Option<ContentObject> = match &*object {
                OperationObject::Text(operation) => Some(operation.take()?.into()),
                OperationObject::OptionalText(operation) => operation.take()?.map(Into::into),
                OperationObject::Bytes(operation) => Some(operation.take()?.into()),
                _ => return Err(other_result("content")),
            };
            if let Some(taken) = taken {
                content.set(handle::insert(taken)?);
            }
            Ok(())
        })
    }
}

/// Frees the handle; the operation goes on.
///
/// @param[in] op nullable, freed. The operation.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_op_free(op: *mut VsdkOp) {
    guard::value((), || {
        handle::free::<OperationObject>(op);
        Ok(())
    });
}

/// # Safety
///
/// `place` and `error` are NULL or writable through the call.
unsafe fn take<T: Object>(
    name: &'static str,
    op: *const VsdkOp,
    place: *mut *mut T::Handle,
    place_name: &str,
    error: *mut *mut VsdkError,
    result: impl FnOnce(&OperationObject) -> Result<T>,
) -> VsdkStatus {
    // SAFETY: the same contract.
    unsafe {
        let place = Out::new(place, std::ptr::null_mut());
        guard::status(name, error, || {
            let place = place.required(place_name)?;
            let object = handle::get::<OperationObject>(op)?;
            place.set(handle::insert(result(&object)?)?);
            Ok(())
        })
    }
}

fn other_result(wanted: &str) -> Error {
    Error::new(
        Status::InvalidState,
        format!("This operation does not result in a {wanted}"),
        "Use the vsdk_op_take_ function that belongs to the call that started it.",
    )
}
