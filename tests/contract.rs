//! The build refuses a header whose comments break the rules: each rule, broken once.

#[path = "../build/mod.rs"]
#[allow(dead_code, missing_docs)] // The build uses the rest.
mod generator;
mod support;

use generator::{contract, reading};

/// What is replaced in the header, by what, and what the complaint says.
const BREAKS: &[(&str, &str, &str)] = &[
    ("/** Success. */\n", "", "VSDK_STATUS_OK has no comment"),
    ("/** Success. */", "/** Success */", "full stop"),
    (
        "/** Success. */",
        "/** Success, see vsdk_none(). */",
        "names vsdk_none, which does not exist",
    ),
    (
        "/** Success. */",
        "/** Success, see VSDK_STATUS_NONE. */",
        "VSDK_STATUS_NONE",
    ),
    (
        "/** Success. */",
        "/** Success, see vsdk_none_*. */",
        "vsdk_none_",
    ),
    (
        "/** Success. */",
        "/** Success, see [`Status::Ok`]. */",
        "means nothing in C",
    ),
    (
        "#define VSDK_STATUS_OK 0",
        "#define STATUS_OK 0",
        "does not begin with VSDK_",
    ),
    ("VSDK_STATUS_CLOSED 2", "VSDK_STATUS_OK 2", "declared twice"),
    (
        " * - Cause: vsdk_op_cancel.\n",
        "",
        "VSDK_STATUS_CANCELLED must list Cause, Remedy",
    ),
    (
        " * - Remedy: nothing: it was asked for.\n",
        " * - Remedy: nothing: it was asked for\n",
        "VSDK_STATUS_CANCELLED has a Remedy without a full stop",
    ),
    (
        " * - When: after each change of state",
        " * - status: after each change of state",
        "must list When it comes",
    ),
    (
        " * - code: the new state",
        " * - number: the new state",
        "lists `number`, but there is no vsdk_event_number",
    ),
    (
        "/** Made, not joined. */",
        "/**\n * Made, not joined.\n *\n * - Cause: a call.\n */",
        "lists [\"Cause\"], which nothing is made from",
    ),
    (
        "@param[in] abi_version VSDK_ABI_VERSION of the header.\n",
        "\n",
        "vsdk_check_abi has no @param for `abi_version`",
    ),
    (
        "@param[in] abi_version V",
        "@param abi_version V",
        "needs @param[in] or @param[out]",
    ),
    (
        "@param[in] abi_version V",
        "@param[out] abi_version V",
        "must say @param[in]",
    ),
    (
        "@param[in] abi_version V",
        "@param[in] abi V",
        "`abi`, which is no parameter",
    ),
    (
        "@param[in] abi_version VSDK_ABI_VERSION of the header.",
        "@param[in] abi_version",
        "says nothing about",
    ),
    (
        "@return VSDK_STATUS_OK, VSDK_STATUS_ABI_MISMATCH.\n",
        "\n",
        "vsdk_check_abi has no @return",
    ),
    (
        "@return VSDK_STATUS_OK, VSDK_STATUS_ABI_MISMATCH.",
        "@return Whether they fit.",
        "without any VSDK_STATUS_*",
    ),
    (
        "@return VSDK_STATUS_OK, VSDK_STATUS_ABI_MISMATCH.",
        "@return VSDK_STATUS_OK, VSDK_STATUS_ABI_WRONG.",
        "VSDK_STATUS_ABI_WRONG, which does not exist",
    ),
    (
        "@return borrowed from the library.",
        "@return From the library.",
        "owned or borrowed",
    ),
    (
        "@return borrowed from the library.",
        "@return borrowed from it.",
        "`it`, which is no parameter",
    ),
    (
        "@note Does not block.\n * @since",
        "@since",
        "exactly one of `@note Blocks.`",
    ),
    (
        "@note Does not block.\n",
        "@note Does not block.\n * @note Blocks.\n",
        "exactly one of",
    ),
    (" * @since 0.1\n", "", "needs one `@since`"),
    ("@since 0.1\n", "@since soon\n", "needs one `@since`"),
    (
        "@since 0.1\n",
        "@since 0.1\n * @brief Twice.\n",
        "uses @brief",
    ),
    (
        "@param[out] error nullable, owned, free with vsdk_error_free. ",
        "@param[out] error owned, free with vsdk_error_free. ",
        "VsdkError ** last, as nullable `error`",
    ),
    (
        "@param[out] error nullable, owned, free with vsdk_error_free. ",
        "@param[in] error nullable, owned, free with vsdk_error_free. ",
        "must say @param[out] for `error`",
    ),
    (
        "@param[out] error nullable, owned, free with vsdk_error_free. ",
        "@param[out] error ",
        "must say whether `error` is owned",
    ),
    (
        "free with vsdk_error_free.",
        "free with vsdk_error_end.",
        "which does not exist",
    ),
    (
        "int32_t abi_version, VsdkError **error",
        "VsdkError **error, int32_t abi_version",
        "another order",
    ),
    (
        "@param[in] user_data nullable. ",
        "@param[in] user_data ",
        "must have nullable `void *user_data",
    ),
    (
        "VsdkDestroyFn destroy,",
        "VsdkStatus destroy,",
        "behind `handler`",
    ),
    (
        "    size_t struct_size;\n    /** What the encoder made",
        "    size_t size;\n    /** What the encoder made",
        "VsdkEncodedFrame must begin with `size_t struct_size`",
    ),
    (
        "    /** Always 0. */\n",
        "",
        "VsdkEncoderTarget has `reserved`, which has no comment",
    ),
    (
        "initially VSDK_AUDIO_LEVEL_UNKNOWN.",
        "initially VSDK_AUDIO_LEVEL_NONE.",
        "sets `audio_level` to VSDK_AUDIO_LEVEL_NONE, which does not exist",
    ),
    (
        "    int32_t kbps;",
        "    int64_t kbps;",
        "VsdkEncoderTarget has a gap before `kbps`",
    ),
    (
        "    int64_t packets_received;",
        "    int32_t packets_received;",
        "VsdkTransportStatistics has a gap before `round_trip_ms`",
    ),
    (
        "    /** Always 0. */\n    int32_t reserved;\n",
        "",
        "VsdkEncoderTarget has a gap at its end",
    ),
];

#[test]
fn the_header_as_it_is_breaks_no_rule() {
    assert_eq!(problems(&support::generated("include/vsdk.h")), [""; 0]);
}

#[test]
fn every_rule_is_watched() {
    let header = support::generated("include/vsdk.h");
    for (whole, broken, complaint) in BREAKS {
        let changed = header.replacen(whole, broken, 1);
        assert!(changed != header, "`{whole}` is not in the header any more");
        let found = problems(&changed);
        assert!(
            found.iter().any(|problem| problem.contains(complaint)),
            "`{broken}` for `{whole}` should be told as `{complaint}`, but: {found:#?}"
        );
    }
}

fn problems(header: &str) -> Vec<String> {
    match reading::read(header, "0.1.0", 0) {
        Ok(api) => contract::problems(header, &api),
        Err(problem) => vec![problem],
    }
}

#[test]
fn nothing_gets_lost_between_the_sources_and_the_header() {
    let computed = "pub const VSDK_COMPUTED: i32 = i32::MAX.count_ones() as i32;\n";
    let function = "pub extern \"C\" fn vsdk_not_exported() {}\n";
    for (file, addition, complaint) in [
        ("room.rs", computed, "room.rs: VSDK_COMPUTED has no C form"),
        (
            "room.rs",
            function,
            "room.rs: vsdk_not_exported has no C form",
        ),
        (
            "handle.rs",
            function,
            "handle.rs: vsdk_not_exported is exported from a file",
        ),
    ] {
        let root = copied_sources();
        let path = root.join("src/ffi").join(file);
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        std::fs::write(&path, format!("{text}{addition}")).unwrap();
        let found = generator::generate(&root, "0.1.0")
            .err()
            .unwrap_or_default();
        assert!(
            found.iter().any(|it| it.contains(complaint)),
            "{complaint}: {found:#?}"
        );
    }
}

#[test]
fn versions_are_packed_so_that_they_compare() {
    let generated = generator::generate(support::root(), "12.34.56-beta.1")
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let header = generated.iter().find(|it| it.path == "include/vsdk.h");
    let header = &header.expect("a header").text;
    for line in [
        "#define VSDK_VERSION_MAJOR 12\n",
        "#define VSDK_VERSION_MINOR 34\n",
        "#define VSDK_VERSION_PATCH 56\n",
        "#define VSDK_VERSION \"12.34.56-beta.1\"\n",
        "#define VSDK_VERSION_NUMBER 12034056\n",
    ] {
        assert!(header.contains(line), "{line}");
    }
}

#[test]
fn committed_files_are_the_generated_ones() {
    let files = generator::generate(support::root(), env!("CARGO_PKG_VERSION"))
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    assert!(files.iter().any(|it| it.path == "include/vsdk.h"));
    for file in files {
        assert!(
            support::generated(&file.path) == file.text,
            "{}: the build generated something else",
            file.path
        );
        assert!(
            support::committed(&file.path) == file.text,
            "{} is not what the sources say; run `make header`",
            file.path
        );
    }
}

/// A copy of what the header is made from, to be broken.
fn copied_sources() -> std::path::PathBuf {
    let copy = support::scratch().join("sources");
    let _ = std::fs::remove_dir_all(&copy);
    std::fs::create_dir_all(copy.join("src/ffi")).unwrap();
    std::fs::copy(
        support::root().join("cbindgen.toml"),
        copy.join("cbindgen.toml"),
    )
    .unwrap();
    for entry in std::fs::read_dir(support::root().join("src/ffi"))
        .unwrap()
        .flatten()
    {
        std::fs::copy(entry.path(), copy.join("src/ffi").join(entry.file_name())).unwrap();
    }
    copy
}
