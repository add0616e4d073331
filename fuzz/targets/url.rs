//! Any base URL, token URL, signalling host and id: a URL that is built stays on its server and
//! below its path, and holds the ids as they are.
//!
//! An input is a URL in the first line, an id in the second, and another in all that follows.
#![no_main]

use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;
use url::{Host, Url};
use vsdk::fuzzing::{list_url, room_url, signaling_url, token_url};
use vsdk::token::FetchOptions;
use vsdk::{Result, RoomListOptions};
use vsdk_fuzz::{assert_told, lines};

fuzz_target!(|input: &str| {
    let ([base, id], other) = lines(input);
    for call in [None, Some("validate")] {
        let build = |base: &str| room_url(base, call, id);
        if let Some(built) = checked(base, build) {
            assert_room_url(base, &built, call, id);
        }
    }
    let mut options = RoomListOptions::new();
    options.set_query(id).set_user_id(other);
    if let Some(built) = checked(base, |base| list_url(base, &options)) {
        let expected = [("query", id), ("userId", other)];
        let pairs: Vec<_> = built.query_pairs().collect();
        assert!(
            pairs
                .iter()
                .map(|(key, value)| (&**key, &**value))
                .eq(expected),
            "{built}"
        );
        assert_eq!(built.path(), below(base, "/v2/rooms"));
        assert_same_server(base, &built);
    }
    let mut options = FetchOptions::new();
    options
        .set_room_id(Some(id))
        .set_participant_id(Some(other));
    if let Some(built) = checked(base, |url| token_url(url, &options)) {
        assert_token_url(base, &built, id, other);
    }
    if let Some(built) = checked(base, signaling_url) {
        assert_signaling_url(&built);
    }
});

/// What is built, after a look at what the library says; white space around changes nothing.
fn checked(text: &str, build: impl Fn(&str) -> Result<String>) -> Option<Url> {
    let built = build(text);
    for spaced in [
        format!(" {text}"),
        format!("{text}\r\n"),
        text.trim().to_owned(),
    ] {
        assert_eq!(build(&spaced), built, "{spaced:?} is not {text:?}");
    }
    built.inspect_err(assert_told).ok().map(|built| {
        let url = Url::parse(&built).expect("a URL");
        assert_eq!(url.as_str(), built, "a URL that is not in its final form");
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
        assert!(
            url.username().is_empty() && url.password().is_none(),
            "{url}"
        );
        url
    })
}

fn assert_room_url(base: &str, built: &Url, call: Option<&str>, id: &str) {
    assert_same_server(base, built);
    assert_eq!((built.query(), built.fragment()), (None, None), "{built}");
    let call = call.map_or(String::new(), |call| format!("/{call}"));
    let rooms = below(base, &format!("/v2/rooms{call}/"));
    let segment = built.path().strip_prefix(&rooms);
    let segment = segment.unwrap_or_else(|| panic!("{built} is not below {rooms}"));
    assert!(!segment.contains(['/', '\\']), "{built}");
    assert_eq!(
        percent_decode_str(segment).decode_utf8().as_deref(),
        Ok(id),
        "{built}"
    );
}

fn assert_token_url(text: &str, built: &Url, id: &str, other: &str) {
    let given = Url::parse(text.trim()).expect("an accepted URL");
    assert_same_server(text, built);
    assert_eq!(
        (built.path(), built.fragment()),
        (given.path(), given.fragment())
    );
    let added = [("roomId", id), ("peerId", other)].map(|(key, value)| (key.into(), value.into()));
    let expected: Vec<_> = given.query_pairs().chain(added).collect();
    assert!(built.query_pairs().eq(expected), "{built}");
}

/// Nothing leaves the machine without TLS, unless that was allowed.
fn assert_signaling_url(built: &Url) {
    if built.scheme() == "https" {
        return;
    }
    let stays = match built.host().expect("a host") {
        Host::Domain(name) => name.trim_end_matches('.') == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    };
    assert!(stays, "{built}");
}

fn assert_same_server(base: &str, built: &Url) {
    let base = Url::parse(base.trim()).expect("an accepted URL");
    assert_eq!(base.origin(), built.origin());
    assert_eq!(base.host(), built.host());
}

/// The path of the base URL with more behind it.
fn below(base: &str, path: &str) -> String {
    let base = Url::parse(base.trim()).expect("an accepted URL");
    format!("{}{path}", base.path().trim_end_matches('/'))
}
