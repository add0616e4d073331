//! Device lists: the microphones or the speakers of this machine.
//!
//! Devices are there in a library that was built with its feature `devices`. Listing opens none, so
//! it is not certain that each can be opened.

use std::ffi::c_char;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::Text;
use crate::Result;
use crate::media::{Device, DeviceKind, list_devices};

/// What a device is for.
pub type VsdkDeviceKind = i32;
/// It records.
pub const VSDK_DEVICE_KIND_MICROPHONE: VsdkDeviceKind = 1;
/// It plays.
pub const VSDK_DEVICE_KIND_SPEAKER: VsdkDeviceKind = 2;

/// Microphones or speakers, as they were at one moment. Immutable.
pub struct VsdkDeviceList {
    _opaque: [u8; 0],
}

pub(super) struct DeviceListObject(Vec<Described>);

object!(DeviceListObject, DeviceList, VsdkDeviceList);

/// A device as C reads it.
pub(super) struct Described {
    pub(super) id: Text,
    pub(super) name: Text,
    pub(super) is_default: bool,
}

impl From<&Device> for Described {
    fn from(device: &Device) -> Self {
        Self {
            id: Text::new(device.id()),
            name: Text::new(device.name()),
            is_default: device.is_default(),
        }
    }
}

/// Something about a device of the list; `absent` when there is none.
fn look<T>(
    list: *const VsdkDeviceList,
    index: usize,
    absent: T,
    look: impl FnOnce(&Described) -> T,
) -> Result<T> {
    let object = handle::get::<DeviceListObject>(list)?;
    Ok(object.0.get(index).map_or(absent, look))
}

/// Lists the microphones or the speakers that there are now, at most 256.
///
/// None there is no failure: the list is empty then.
///
/// @param[in] kind A VSDK_DEVICE_KIND_ constant.
/// @param[out] list owned, free with vsdk_device_list_free. The list; NULL on failure.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK, VSDK_STATUS_INVALID_ARGUMENT for another kind, VSDK_STATUS_NOT_FOUND without a sound system, VSDK_STATUS_TIMEOUT when that does not answer, VSDK_STATUS_UNSUPPORTED when this build opens no devices, VSDK_STATUS_WOULD_DEADLOCK, VSDK_STATUS_RESOURCE_EXHAUSTED.
/// @note Blocks until the sound system has answered, at most 10 seconds.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_devices_list(
    kind: VsdkDeviceKind,
    list: *mut *mut VsdkDeviceList,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let list = Out::new(list, std::ptr::null_mut());
        guard::status("devices_list", error, || {
            let list = list.required("list")?;
            let kind = DeviceKind::from_number(kind)?;
            let devices = list_devices(kind)?.iter().map(Described::from).collect();
            list.set(handle::insert(DeviceListObject(devices))?);
            Ok(())
        })
    }
}

/// How many devices are in the list.
///
/// @param[in] list The list.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_device_list_count(list: *const VsdkDeviceList) -> usize {
    guard::value(0, || {
        let object = handle::get::<DeviceListObject>(list)?;
        Ok(object.0.len())
    })
}

/// What the sound system knows a device by, the same whenever it is there.
///
/// @param[in] list The list.
/// @param[in] index Which device, from 0.
/// @return borrowed from list. NULL when there is no such device.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_device_list_id(
    list: *const VsdkDeviceList,
    index: usize,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        look(list, index, std::ptr::null(), |device| device.id.pointer())
    })
}

/// What a person knows a device by.
///
/// @param[in] list The list.
/// @param[in] index Which device, from 0.
/// @return borrowed from list. NULL when there is no such device.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_device_list_name(
    list: *const VsdkDeviceList,
    index: usize,
) -> *const c_char {
    guard::value(std::ptr::null(), || {
        look(list, index, std::ptr::null(), |device| {
            device.name.pointer()
        })
    })
}

/// Whether a device is the one that is opened when none is named.
///
/// @param[in] list The list.
/// @param[in] index Which device, from 0.
/// @return 1 or 0; 0 when there is no such device.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_device_list_is_default(
    list: *const VsdkDeviceList,
    index: usize,
) -> i32 {
    guard::value(0, || {
        look(list, index, 0, |device| i32::from(device.is_default))
    })
}

/// Frees a list.
///
/// @param[in] list nullable, freed. The list.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_device_list_free(list: *mut VsdkDeviceList) {
    guard::value((), || {
        handle::free::<DeviceListObject>(list);
        Ok(())
    });
}
