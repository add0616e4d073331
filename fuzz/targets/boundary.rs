//! Any text through the C functions that take one: the status, the error object and the out
//! parameters agree, all text that comes back is UTF-8, and in the end no handle is left.
//!
//! An input is a sequence of C texts. The first byte of each says which function it is passed to
//! (see `CALLS`); a text of one byte 1 stands for NULL.
#![no_main]

use std::ffi::{CStr, CString, c_char};
use std::ptr::{dangling_mut, null, null_mut};

use libfuzzer_sys::fuzz_target;
use vsdk::ffi::config::*;
use vsdk::ffi::error::*;
use vsdk::ffi::library::*;
use vsdk::ffi::meeting::*;
use vsdk::ffi::meeting_options::*;
use vsdk::ffi::request_options::*;
use vsdk::ffi::room_list::*;
use vsdk::ffi::room_options::*;
use vsdk::ffi::snapshot::*;
use vsdk::ffi::token::*;
use vsdk::ffi::token_fetch::*;
use vsdk::ffi::token_mint::*;
use vsdk::ffi::token_report::*;
use vsdk_fuzz::assert_plain;

/// One object of each kind that takes texts.
struct Objects {
    config: *mut VsdkConfigOptions,
    fetch: *mut VsdkTokenFetchOptions,
    list: *mut VsdkRoomListOptions,
    meeting: *mut VsdkMeetingOptions,
    mint: *mut VsdkTokenMintOptions,
    request: *mut VsdkRequestOptions,
    room: *mut VsdkRoomOptions,
}

type Call = unsafe fn(&Objects, *const c_char, *mut *mut VsdkError) -> VsdkStatus;

macro_rules! calls {
    ($($letter:literal $object:ident $function:ident;)+) => {
        /// Setters, each with its letter. Nothing here sends anything.
        const CALLS: &[(u8, Call)] = &[$(
            // SAFETY: a handle, a C text or NULL, and a place for the error.
            ($letter, |objects, text, error| unsafe { $function(objects.$object, text, error) }),
        )+];
    };
}

calls! {
    b'j' meeting vsdk_meeting_options_set_json;
    b'i' meeting vsdk_meeting_options_set_meeting_id;
    b't' meeting vsdk_meeting_options_set_token;
    b'p' meeting vsdk_meeting_options_set_participant_id;
    b'n' meeting vsdk_meeting_options_set_name;
    b'm' meeting vsdk_meeting_options_set_metadata_json;
    b'd' meeting vsdk_meeting_options_set_device_info_json;
    b'l' meeting vsdk_meeting_options_set_translation_language;
    b's' meeting vsdk_meeting_options_set_signaling_base_url;
    b'b' meeting vsdk_meeting_options_set_api_base_url;
    b'C' room vsdk_room_options_set_custom_room_id;
    b'G' room vsdk_room_options_set_geo_fence;
    b'W' room vsdk_room_options_set_webhook_url;
    b'E' room vsdk_room_options_add_webhook_event;
    b'S' room vsdk_room_options_set_auto_start_json;
    b'P' room vsdk_room_options_add_allowed_participant_id;
    b'Q' list vsdk_room_list_options_set_query;
    b'R' request vsdk_request_options_set_token;
    b'k' mint vsdk_token_mint_options_set_api_key;
    b'x' mint vsdk_token_mint_options_set_secret;
    b'r' mint vsdk_token_mint_options_add_role;
    b'q' mint vsdk_token_mint_options_add_permission;
    b'c' mint vsdk_token_mint_options_set_claims_json;
    b'u' config vsdk_config_options_set_api_base_url;
    b'y' config vsdk_config_options_set_proxy;
    b'a' config vsdk_config_options_set_user_agent_suffix;
    b'e' config vsdk_config_options_set_extra_ca_pem;
    b'A' room set_auto_close;
    b'H' fetch set_value_of_header;
    b'N' fetch set_name_of_header;
}

unsafe fn set_auto_close(
    options: *mut VsdkRoomOptions,
    kind: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the caller's.
    unsafe { vsdk_room_options_set_auto_close(options, kind, 5, error) }
}

unsafe fn set_value_of_header(
    options: *mut VsdkTokenFetchOptions,
    value: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the caller's.
    unsafe { vsdk_token_fetch_options_set_header(options, c"X-User".as_ptr(), value, error) }
}

unsafe fn set_name_of_header(
    options: *mut VsdkTokenFetchOptions,
    name: *const c_char,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the caller's.
    unsafe { vsdk_token_fetch_options_set_header(options, name, c"ann".as_ptr(), error) }
}

fuzz_target!(|input: &[u8]| {
    // SAFETY: all pointers are handles, or C texts that live until the end of this function.
    unsafe {
        let objects = Objects {
            config: vsdk_config_options_new(),
            fetch: vsdk_token_fetch_options_new(),
            list: vsdk_room_list_options_new(),
            meeting: vsdk_meeting_options_new(),
            mint: vsdk_token_mint_options_new(),
            request: vsdk_request_options_new(),
            room: vsdk_room_options_new(),
        };
        for text in input.split(|byte| *byte == 0) {
            let Some((letter, text)) = text.split_first() else {
                continue;
            };
            let c_text = CString::new(text).expect("a text between two NULs");
            let pointer = if text == [1] { null() } else { c_text.as_ptr() };
            let is_utf8 = pointer.is_null() || str::from_utf8(text).is_ok();
            if let Some((_, call)) = CALLS.iter().find(|(name, _)| name == letter) {
                let status = failing(|error| call(&objects, pointer, error));
                assert_eq!(status == VSDK_STATUS_INVALID_UTF8, !is_utf8);
                assert!(status != VSDK_STATUS_NULL_POINTER || pointer.is_null());
            } else if *letter == b'T' {
                inspect(pointer, is_utf8);
            }
        }
        configure(&objects);
        meet(&objects);
        mint(&objects);
        vsdk_config_options_free(objects.config);
        vsdk_token_fetch_options_free(objects.fetch);
        vsdk_room_list_options_free(objects.list);
        vsdk_meeting_options_free(objects.meeting);
        vsdk_token_mint_options_free(objects.mint);
        vsdk_request_options_free(objects.request);
        vsdk_room_options_free(objects.room);
    }
    assert_eq!(
        vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL),
        0,
        "a handle is left"
    );
});

/// Makes a call that may fail, and looks at its error object; gives the status.
unsafe fn failing(call: impl FnOnce(*mut *mut VsdkError) -> VsdkStatus) -> VsdkStatus {
    // What was in the place before is garbage that must not be read.
    let mut error: *mut VsdkError = dangling_mut();
    let status = call(&raw mut error);
    assert_eq!(status < 0, !error.is_null(), "status {status}");
    assert_ne!(status, VSDK_STATUS_PANIC);
    if error.is_null() {
        return status;
    }
    // SAFETY: a live handle, until it is freed.
    unsafe {
        assert_eq!(vsdk_error_status(error), status);
        for text in [
            vsdk_error_name,
            vsdk_error_message,
            vsdk_error_remedy,
            vsdk_error_operation,
        ] {
            let text = read(text(error)).expect("a text");
            assert!(!text.is_empty());
            assert_plain(text);
        }
        assert_eq!(read(vsdk_error_service_text(error)), None);
        vsdk_error_free(error);
        assert_eq!(
            (vsdk_error_status(error), read(vsdk_error_message(error))),
            (0, None)
        );
        vsdk_error_free(error);
    }
    status
}

/// Makes a call with an out parameter: it is written, and with an object exactly on success.
unsafe fn making<T>(
    call: impl FnOnce(*mut *mut T, *mut *mut VsdkError) -> VsdkStatus,
) -> Option<*mut T> {
    let mut object: *mut T = dangling_mut();
    // SAFETY: the place of the object outlives the call.
    let status = unsafe { failing(|error| call(&raw mut object, error)) };
    assert_eq!(status == VSDK_STATUS_OK, !object.is_null());
    (status == VSDK_STATUS_OK).then_some(object)
}

/// A text that the library lends out.
unsafe fn read<'text>(text: *const c_char) -> Option<&'text str> {
    // SAFETY: the library's contract: NULL, or a C text that lives as long as its object.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_str().expect("UTF-8"))
}

unsafe fn read_json(text: *const c_char) {
    // SAFETY: the same contract.
    let Some(text) = (unsafe { read(text) }) else {
        return;
    };
    let value: serde_json::Value = serde_json::from_str(text).expect("JSON");
    assert!(value.is_object(), "{text}");
}

unsafe fn inspect(token: *const c_char, is_utf8: bool) {
    // SAFETY: a C text or NULL, and handles.
    unsafe {
        let purpose = VSDK_TOKEN_PURPOSE_JOIN;
        let report = making(|report, error| {
            vsdk_token_inspect_for(token, purpose, token, token, report, error)
        });
        let Some(report) = report else {
            assert!(token.is_null() || !is_utf8);
            return;
        };
        for json in [
            vsdk_token_report_json,
            vsdk_token_report_header_json,
            vsdk_token_report_claims_json,
        ] {
            read_json(json(report));
        }
        read(vsdk_token_report_api_key(report));
        read(vsdk_token_report_room_id(report));
        read(vsdk_token_report_participant_id(report));
        let count = vsdk_token_report_finding_count(report);
        for index in 0..count {
            assert!(vsdk_token_report_finding_code(report, index) > 0);
            for text in [
                vsdk_token_report_finding_name,
                vsdk_token_report_finding_explanation,
                vsdk_token_report_finding_remedy,
            ] {
                assert_plain(read(text(report, index)).expect("a text"));
            }
        }
        assert_eq!(read(vsdk_token_report_finding_name(report, count)), None);
        vsdk_token_report_free(report);
    }
}

/// Sets the configuration and puts it back to what it was.
unsafe fn configure(objects: &Objects) {
    // SAFETY: handles.
    unsafe {
        failing(|error| vsdk_config_with(objects.config, error));
        let options = vsdk_config_options_new();
        for reset in [
            vsdk_config_options_set_api_base_url,
            vsdk_config_options_set_proxy,
            vsdk_config_options_set_user_agent_suffix,
            vsdk_config_options_set_extra_ca_pem,
        ] {
            assert_eq!(reset(options, null(), null_mut()), VSDK_STATUS_OK);
        }
        assert_eq!(vsdk_config_with(options, null_mut()), VSDK_STATUS_OK);
        vsdk_config_options_free(options);
    }
}

unsafe fn meet(objects: &Objects) {
    // SAFETY: handles.
    unsafe {
        let meeting = making(|meeting, error| vsdk_init_meeting(objects.meeting, meeting, error));
        let Some(meeting) = meeting else {
            return;
        };
        let snapshot = making(|snapshot, error| vsdk_meeting_snapshot(meeting, snapshot, error));
        let snapshot = snapshot.expect("a snapshot");
        read_json(vsdk_meeting_snapshot_json(snapshot));
        read_json(vsdk_meeting_snapshot_metadata_json(snapshot));
        assert!(read(vsdk_meeting_snapshot_meeting_id(snapshot)).is_some_and(|id| !id.is_empty()));
        assert!(read(vsdk_meeting_snapshot_name(snapshot)).is_some_and(|name| !name.is_empty()));
        vsdk_meeting_snapshot_free(snapshot);
        vsdk_meeting_free(meeting);
    }
}

unsafe fn mint(objects: &Objects) {
    // SAFETY: handles.
    unsafe {
        let token = making(|token, error| vsdk_token_mint(objects.mint, token, error));
        let Some(token) = token else {
            return;
        };
        let text = read(vsdk_token_text(token)).expect("a text");
        assert_eq!(text.split('.').count(), 3, "{text}");
        inspect(vsdk_token_text(token), true);
        vsdk_token_free(token);
    }
}
