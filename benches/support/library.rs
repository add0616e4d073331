//! The C ABI, as a program that loads the shared library sees it.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::ptr::null_mut;

/// Any handle.
pub type Handle = *mut c_void;
type Callback = Option<unsafe extern "C" fn(Handle, i32, *mut c_void)>;
type Destroy = Option<unsafe extern "C" fn(*mut c_void)>;

pub const TIMEOUT_DEFAULT: i64 = -1;
pub const TIMEOUT_INFINITE: i64 = -2;

/// Where the library under test is: `VSDK_BENCH_LIBRARY_DIR`, or where cargo builds it.
pub fn directory() -> PathBuf {
    if let Some(directory) = std::env::var_os("VSDK_BENCH_LIBRARY_DIR") {
        return directory.into();
    }
    let program = std::env::current_exe().expect("the path of this program");
    program
        .ancestors()
        .nth(2)
        .expect("<profile>/deps/<program>")
        .to_owned()
}

/// The library's file.
pub fn file() -> PathBuf {
    let name = if cfg!(target_vendor = "apple") {
        "libvsdk.dylib"
    } else {
        "libvsdk.so"
    };
    directory().join(name)
}

macro_rules! functions {
    ($($name:ident($($argument:ty),*) -> $result:ty;)+) => {
        /// Functions of the library, by the names in its header.
        pub struct Library {
            $(pub $name: unsafe extern "C" fn($($argument),*) -> $result,)+
        }

        impl Library {
            /// Loads the library, for as long as the process lives.
            pub fn load() -> Self {
                let path = file();
                let name = CString::new(path.as_os_str().as_bytes()).expect("a path without NUL");
                // SAFETY: loading it runs none of its code.
                let library = unsafe { libc::dlopen(name.as_ptr(), libc::RTLD_NOW | libc::RTLD_LOCAL) };
                assert!(
                    !library.is_null(),
                    "{}: build it first, with `packaging/build.sh`: {}",
                    path.display(),
                    // SAFETY: after a failure there is a text.
                    unsafe { CStr::from_ptr(libc::dlerror()) }.to_string_lossy()
                );
                Self {
                    $($name: {
                        let name = CString::new(stringify!($name)).expect("a name without NUL");
                        // SAFETY: the library was loaded above.
                        let address = unsafe { libc::dlsym(library, name.as_ptr()) };
                        assert!(!address.is_null(), "{name:?} is missing");
                        // SAFETY: the types are those of the header.
                        unsafe {
                            std::mem::transmute::<
                                *mut c_void,
                                unsafe extern "C" fn($($argument),*) -> $result,
                            >(address)
                        }
                    },)+
                }
            }
        }
    };
}

functions! {
    vsdk_error_message(Handle) -> *const c_char;
    vsdk_config_options_new() -> Handle;
    vsdk_config_options_set_token(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_config_options_set_api_base_url(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_config_options_set_extra_ca_pem(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_config_options_free(Handle) -> ();
    vsdk_config_with(Handle, *mut Handle) -> c_int;
    vsdk_room_options_new() -> Handle;
    vsdk_room_options_set_custom_room_id(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_create_room(Handle, i64, *mut Handle, *mut Handle) -> c_int;
    vsdk_create_room_async(Handle, i64, Callback, *mut c_void, Destroy, *mut Handle, *mut Handle) -> c_int;
    vsdk_op_wait(Handle, i64, *mut Handle) -> c_int;
    vsdk_op_take_room(Handle, *mut Handle, *mut Handle) -> c_int;
    vsdk_op_free(Handle) -> ();
    vsdk_room_is_disabled(Handle) -> c_int;
    vsdk_room_free(Handle) -> ();
    vsdk_meeting_options_new() -> Handle;
    vsdk_meeting_options_set_meeting_id(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_meeting_options_set_participant_id(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_meeting_options_set_name(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_meeting_options_set_token(Handle, *const c_char, *mut Handle) -> c_int;
    vsdk_meeting_options_set_mic_enabled(Handle, i32, *mut Handle) -> c_int;
    vsdk_meeting_options_set_webcam_enabled(Handle, i32, *mut Handle) -> c_int;
    vsdk_meeting_options_free(Handle) -> ();
    vsdk_init_meeting(Handle, *mut Handle, *mut Handle) -> c_int;
    vsdk_meeting_join(Handle, i64, *mut Handle) -> c_int;
    vsdk_meeting_leave(Handle, i64, *mut Handle) -> c_int;
    vsdk_meeting_free(Handle) -> ();
}

impl Library {
    /// Calls a function with room for its error; ends the program when there is one.
    pub fn check(&self, call: impl FnOnce(*mut Handle) -> c_int) {
        let mut error = null_mut();
        if call(&raw mut error) < 0 {
            // SAFETY: the call failed, so the error is an object, and its text lives as long.
            let message = unsafe { CStr::from_ptr((self.vsdk_error_message)(error)) };
            panic!("{}", message.to_string_lossy());
        }
    }

    /// Sets the token, the server, and whom to trust besides the platform, for the whole process.
    pub fn configure(&self, token: &str, url: Option<&str>, ca_pem: Option<&str>) {
        let text = |text: &str| CString::new(text).expect("a text without NUL");
        let (token, url, ca_pem) = (text(token), url.map(text), ca_pem.map(text));
        // SAFETY: handles from the library, texts that end with NUL.
        unsafe {
            let options = (self.vsdk_config_options_new)();
            self.check(|error| {
                (self.vsdk_config_options_set_token)(options, token.as_ptr(), error)
            });
            if let Some(url) = &url {
                self.check(|error| {
                    (self.vsdk_config_options_set_api_base_url)(options, url.as_ptr(), error)
                });
            }
            if let Some(pem) = &ca_pem {
                self.check(|error| {
                    (self.vsdk_config_options_set_extra_ca_pem)(options, pem.as_ptr(), error)
                });
            }
            self.check(|error| (self.vsdk_config_with)(options, error));
            (self.vsdk_config_options_free)(options);
        }
    }

    /// Room options with an own id for the room.
    pub fn room_options(&self, custom_room_id: &CStr) -> Handle {
        // SAFETY: a handle from the library, a text that ends with NUL.
        unsafe {
            let options = (self.vsdk_room_options_new)();
            self.check(|error| {
                let id = custom_room_id.as_ptr();
                (self.vsdk_room_options_set_custom_room_id)(options, id, error)
            });
            options
        }
    }

    /// Creates a room and gives its handle; NULL options are the service's defaults.
    pub fn create_room(&self, options: Handle) -> Handle {
        let mut room = null_mut();
        // SAFETY: the out-parameters are local variables.
        self.check(|error| unsafe {
            (self.vsdk_create_room)(options, TIMEOUT_DEFAULT, &raw mut room, error)
        });
        room
    }
}
