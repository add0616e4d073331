//! From `src/ffi` to `vsdk.h`, `api.json`, `exports.txt` and what the bindings are made from.
//!
//! ```text
//! src/ffi/room.rs --source--> names and prose --section (cbindgen)--> C declarations
//! all sections + frame.h --header--> vsdk.h --c--> declarations --api--> api.json, exports.txt
//!                                           \--contract--> every way in which its comments break the rules
//! api --bindings--> the declarations that the other languages cannot take from the header
//! api --pages--> docs/errors.md, docs/events.md, docs/reference
//! ```
//!
//! The header text is the contract: what is checked and exported as data is read back from it.

pub mod api;
pub mod bindings;
pub mod c;
pub mod contract;
pub mod documentation;
pub mod header;
pub mod link;
pub mod pages;
pub mod reading;
pub mod section;
pub mod source;

use std::path::Path;

/// The number in `VSDK_ABI_VERSION` and in the library's file name; 0 until 1.0.
pub const ABI_VERSION: u32 = 0;

/// The sections of the header, in its order: each is a file of `src/ffi`.
pub const SECTIONS: &[&str] = &[
    "library",
    "error",
    "log",
    "operation",
    "config",
    "token",
    "token_mint",
    "token_fetch",
    "token_finding",
    "token_report",
    "request_options",
    "room_options",
    "room",
    "room_list",
    "meeting_options",
    "meeting",
    "meeting_joining",
    "publish_options",
    "meeting_messages",
    "meeting_moderation",
    "meeting_switching",
    "service_options",
    "meeting_services",
    "meeting_store",
    "meeting_files",
    "meeting_agents",
    "track_options",
    "received_frame",
    "meeting_media",
    "local_track",
    "remote_track",
    "media_statistics",
    "coding_statistics",
    "meeting_receiving",
    "frame_transform",
    "audio_input",
    "audio_output",
    "device_list",
    "audio_device",
    "meeting_devices",
    "video_input",
    "video_output",
    "received_picture",
    "content",
    "snapshot",
    "participant",
    "event",
];

/// A file that is made from the sources and committed.
pub struct Generated {
    /// Where it belongs in the source tree: `include/vsdk.h`.
    pub path: String,
    /// What it has to contain.
    pub text: String,
}

/// Generates everything, or tells every reason why the sources do not allow it.
pub fn generate(root: &Path, version: &str) -> Result<Vec<Generated>, Vec<String>> {
    let directory = root.join("src/ffi");
    let stray = source::exports_outside(&directory, SECTIONS);
    if !stray.is_empty() {
        return Err(stray);
    }

    let mut sections = Vec::new();
    let mut problems = Vec::new();
    for name in SECTIONS {
        match section::read(root, name) {
            Ok(section) => sections.push(section),
            Err(found) => problems.extend(found),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }

    let header = header::stitch(&sections, version, ABI_VERSION);
    let api = reading::read(&header, version, ABI_VERSION).map_err(|problem| vec![problem])?;
    let problems = contract::problems(&header, &api);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut generated = bindings::generate(&api);
    generated.extend(pages::generate(&api));
    generated.extend([
        Generated {
            path: "bindings/api.json".to_owned(),
            text: api.to_json(),
        },
        Generated {
            path: "bindings/exports.txt".to_owned(),
            text: api.exports(),
        },
        Generated {
            path: "include/vsdk.h".to_owned(),
            text: header,
        },
    ]);
    Ok(generated)
}
