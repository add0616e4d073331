//! The status page in a browser. tests/status_page.sh runs this, where Chromium is.

use std::net::SocketAddr;
use std::path::Path;

use devserver::{Options, Server};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::client::start;
use crate::participant::{Participant, joining, room, rtp_parameters};

/// A name that would do something if it were taken for markup.
const NAME: &str = "Ann <script>window.harmed = 1</script><img src=x onerror='window.harmed = 1'>";

/// The cells of all rows of participants, as a person sees them.
const ROWS: &str = "[...document.querySelectorAll('#live td:first-child bdi')]\
    .map(name => [...name.closest('tr').cells].map(cell => cell.innerText))";

#[test]
#[ignore = "needs Chromium: run tests/status_page.sh"]
fn a_row_appears_and_goes_without_loading_the_page_again() {
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("status_page");
    std::fs::create_dir_all(&pictures).unwrap();
    let server = start();
    let room_id = room(&server);
    let mut browser = Browser::start(&pictures);
    let page = browser.open(&format!("{}/", server.http_url()), true);
    browser.until(&page, "connection.innerText === 'Kept up to date.'");
    assert_eq!(browser.value(&page, ROWS), json!([]));
    // Loading the page again would forget it.
    browser.value(&page, "window.loadedOnce = true");

    let mut ann = Participant::connect(&server, &room_id, "p1");
    ann.request("join", joining(NAME)).unwrap();
    browser.until(&page, &format!("{ROWS}[0]?.[6].startsWith('since ')"));
    let row = |browser: &mut Browser, index: usize| {
        let mut row = browser.value(&page, ROWS)[index].take();
        row.as_array_mut().unwrap().truncate(6);
        row
    };
    assert_eq!(
        row(&mut browser, 0),
        json!([NAME, "p1", "SEND_AND_RECV", "off", "off", "off"])
    );

    let transport = json!({"producing": true, "consuming": false});
    let transport = ann.request("createWebRtcTransport", transport).unwrap();
    let produce = json!({
        "transportId": transport["id"], "kind": "audio", "appData": {},
        "rtpParameters": rtp_parameters("audio", 1),
    });
    ann.request("produce", produce).unwrap();
    ann.request("startRecording", json!({})).unwrap();
    let bob = Participant::join(&server, &room_id, "bob");
    browser.until(&page, &format!("{ROWS}.length === 2"));
    browser.until(&page, "live.innerText.includes('Running: recording.')");
    assert_eq!(
        row(&mut browser, 0),
        json!([NAME, "p1", "SEND_AND_RECV", "on", "off", "off"])
    );
    browser.keep_picture(&page, &pictures.join("joined.png"));

    // What is there is there without scripts too.
    let still = browser.open(&format!("{}/", server.http_url()), false);
    assert_eq!(browser.value(&still, ROWS)[0][0], NAME);
    assert_eq!(browser.value(&still, "connection.innerText"), "Reload");

    // Behind another page it rests, and finds what it has missed when it is seen again.
    bob.leave();
    browser.show(&page);
    browser.until(&page, &format!("{ROWS}.length === 1"));
    ann.leave();
    browser.until(&page, "live.innerText.includes('Nobody is connected.')");
    assert_eq!(browser.value(&page, ROWS), json!([]));
    browser.keep_picture(&page, &pictures.join("left.png"));

    assert_eq!(browser.value(&page, "window.loadedOnce"), true);
    for shown in [&page, &still] {
        assert_eq!(browser.value(shown, "window.harmed"), Value::Null);
    }
    // Its own script is what the policy allows.
    assert_eq!(browser.complaints, Vec::<Value>::new());
}

#[test]
#[ignore = "needs Chromium: run tests/status_page.sh"]
fn a_page_says_that_the_service_is_gone_and_finds_the_next_one() {
    let pictures = Path::new(env!("CARGO_TARGET_TMPDIR")).join("status_page_again");
    std::fs::create_dir_all(&pictures).unwrap();
    let server = start();
    let room_id = room(&server);
    let url = server.http_url().to_owned();
    let address: SocketAddr = url.strip_prefix("http://").unwrap().parse().unwrap();
    let mut browser = Browser::start(&pictures);
    let page = browser.open(&format!("{url}/"), true);
    browser.until(&page, &format!("live.innerText.includes({room_id:?})"));
    drop(server);
    browser.until(&page, "connection.innerText.startsWith('No connection')");
    let options = Options {
        http: Some(address),
        ..Options::default()
    };
    let _next = Server::start(options).unwrap();
    browser.until(&page, "connection.innerText === 'Kept up to date.'");
    // The connection is there first, and what it brings comes after it.
    browser.until(&page, &format!("!live.innerText.includes({room_id:?})"));
}
