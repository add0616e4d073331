//! From the init-config call to leaving.

use devserver::{Options, Server};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::client::{Reply, call, claims, create, get, start, wait_until};
use crate::participant::{Participant, joining, room};

fn init_config(server: &Server, token: &str, room_id: &str) -> Reply {
    let body = json!({"roomId": room_id});
    let path = "/infra/v1/meetings/server-init-config";
    call(server, token, "POST", path, body)
}

#[test]
fn a_full_room_takes_nobody_before_somebody_has_left() {
    let server = Server::start(Options {
        participant_limit: 2,
        ..Options::default()
    })
    .unwrap();
    let room_id = room(&server);
    let ann = Participant::join(&server, &room_id, "ann");
    let bob = Participant::join(&server, &room_id, "bob");
    let mut eve = Participant::connect(&server, &room_id, "eve");
    let full = Err((4009, "The room is full".to_owned()));
    assert_eq!(eve.request("join", joining("eve")), full);
    // Whoever comes again takes the own place, and other rooms have places of their own.
    let _again = Participant::join(&server, &room_id, "bob");
    Participant::join(&server, &room(&server), "dan");
    assert_eq!(eve.request("join", joining("eve")), full);
    drop(bob);
    ann.leave();
    wait_until("one is left", || server.stats().participants == 1);
    eve.request("join", joining("eve")).unwrap();
}

#[test]
fn the_ice_servers_can_be_changed() {
    let server = start();
    let room_id = room(&server);
    let told = || {
        let reply = init_config(&server, &server.token(), &room_id).json();
        reply["data"]["iceServers"].as_str().unwrap().to_owned()
    };
    let nothing = told();
    let put = |servers: Value| call(&server, "", "PUT", "/admin/ice-servers", servers);
    let servers = json!([{"urls": "stun:127.0.0.1:3478"}]);
    assert_eq!(put(servers.clone()).json(), servers);
    assert_eq!(get(&server, "/admin/ice-servers").json(), servers);
    assert_ne!(told(), nothing);
    for wrong in [
        json!({}),
        json!([{"url": "stun:127.0.0.1"}]),
        json!(["stun:x"]),
    ] {
        assert_eq!(put(wrong).status, 400);
    }
    assert_eq!(put(json!([])).json(), json!([]));
    assert_eq!(told(), nothing);
}

#[test]
fn init_config_tells_where_to_connect() {
    let server = start();
    let reply = init_config(&server, &server.token(), &room(&server));
    assert_eq!(reply.status, 200, "{}", reply.text());
    let data = reply.json()["data"].clone();
    // As the request named the server, whatever address it listens on.
    assert_eq!(data["baseUrl"], "localhost");
    assert_eq!(data["signalingUrl"], "ws://localhost");
    assert_eq!(data["iceServers"], "DGO2b2NTLB3rcWF9q/O+Pg==");
    assert_eq!(data["observability"]["traces"]["enabled"], false);
}

#[test]
fn init_config_lists_the_ice_servers_it_was_told() {
    let server = Server::start(Options {
        ice_servers: json!([{"urls": "stun:127.0.0.1:3478"}]),
        ..Options::default()
    })
    .unwrap();
    let reply = init_config(&server, &server.token(), &room(&server));
    assert_eq!(
        reply.json()["data"]["iceServers"],
        "HxESWI4dOj/JUq8azziGdJdakcM+FKgFCduhVPqfc69DbXx6xMZj6GjgVmNtrx6Q"
    );
}

#[test]
fn two_participants_see_each_other() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::connect(&server, &room_id, "ann");
    let reply = ann.request("join", joining("Ann é😀")).unwrap();
    assert_eq!(reply, json!({"peers": [], "messages": []}));

    let mut bob = Participant::connect(&server, &room_id, "bob");
    let ann_as_seen = json!({
        "id": "ann", "displayName": "Ann é😀", "device": "Unknown", "mode": "SEND_AND_RECV",
        "metaData": {"of": "Ann é😀"}, "peerType": "normal", "isAgent": false,
    });
    let reply = bob.request("join", joining("bob")).unwrap();
    assert_eq!(reply["peers"], json!([ann_as_seen]));
    assert_eq!(bob.notification("newPeer"), ann_as_seen);
    let bob_as_seen = ann.notification("newPeer");
    assert_eq!(bob_as_seen["id"], "bob");
    assert_eq!(bob_as_seen["metaData"], json!({"of": "bob"}));
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn a_room_is_joined_by_its_custom_id_as_well() {
    let server = start();
    let room_id = create(&server, json!({"customRoomId": "my lesson"}))["roomId"].clone();
    let mut ann = Participant::join(&server, room_id.as_str().unwrap(), "ann");
    let _bob = Participant::join(&server, "my lesson", "bob");
    assert_eq!(ann.notification("newPeer")["id"], "bob");
}

#[test]
fn rooms_do_not_see_each_other() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let mut bob = Participant::join(&server, &room(&server), "bob");
    assert_eq!(ann.settled(), Vec::<Value>::new());
    assert_eq!(bob.settled(), Vec::<Value>::new());
}

#[test]
fn those_who_have_not_joined_are_not_seen_and_see_nothing() {
    let server = start();
    let room_id = room(&server);
    let mut watching = Participant::connect(&server, &room_id, "watching");
    let mut ann = Participant::join(&server, &room_id, "ann");
    let (code, reason) = watching.request("closeRoom", json!({})).unwrap_err();
    assert_eq!(code, 4025);
    assert!(reason.contains("Join first"), "{reason}");
    assert_eq!(watching.settled(), Vec::<Value>::new());
    watching.leave();
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn leaving_and_a_lost_socket_are_told_apart() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    Participant::join(&server, &room_id, "bob").leave();
    let reason = json!({"code": 1101, "message": "MANUAL_LEAVE_CALLED"});
    let gone = ann.notification("peerClosed");
    assert_eq!(gone, json!({"peerId": "bob", "reason": reason}));

    drop(Participant::join(&server, &room_id, "eve"));
    let reason = json!({"code": 1001, "message": "WEBSOCKET_DISCONNECTED"});
    let gone = ann.notification("peerClosed");
    assert_eq!(gone, json!({"peerId": "eve", "reason": reason}));

    let mut tim = Participant::join(&server, &room_id, "tim");
    let named = json!({"leaveReason": "MANUAL_LEAVE_CALLED"});
    tim.request("definePeerLeftReason", named).unwrap();
    drop(tim);
    assert_eq!(ann.notification("peerClosed")["reason"]["code"], 1101);
}

#[test]
fn the_same_participant_id_removes_the_earlier_one() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    let mut again = Participant::connect(&server, &room_id, "bob");
    let reply = again.request("join", joining("another bob")).unwrap();
    let present = reply["peers"].as_array().unwrap();
    assert_eq!(present.len(), 1, "{present:?}");
    assert_eq!(present[0]["id"], "ann");

    let reason = json!({"code": 1011, "message": "DUPLICATE_PARTICIPANT"});
    assert_eq!(bob.asked("close"), json!({"reason": reason}));
    assert_eq!(bob.closing(), Some(1000));
    assert_eq!(ann.notification("newPeer")["displayName"], "bob");
    let gone = ann.notification("peerClosed");
    assert_eq!(gone, json!({"peerId": "bob", "reason": reason}));
    assert_eq!(ann.notification("newPeer")["displayName"], "another bob");
    assert_eq!(ann.settled(), Vec::<Value>::new());
}

#[test]
fn tokens_are_checked_before_a_socket_is_opened() {
    let server = start();
    let room_id = room(&server);
    let other = room(&server);
    let version = |more: Value| {
        let mut all = json!({"version": 2});
        all.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        server.mint(&claims(&server, all))
    };
    let now = std::time::SystemTime::now();
    let now = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for (token, status, code) in [
        (String::new(), 401, 4002),
        ("a.b.c".to_owned(), 401, 4002),
        (
            server.mint(&claims(&server, json!({"exp": now}))),
            401,
            4002,
        ),
        (
            server.mint(&claims(&server, json!({"apikey": "another"}))),
            401,
            4001,
        ),
        (
            server.mint(&claims(
                &server,
                json!({"permissions": ["ask_join", "allow_mod"]}),
            )),
            403,
            4008,
        ),
        (
            server.mint(&claims(&server, json!({"permissions": ["allow_mod"]}))),
            403,
            4008,
        ),
        (version(json!({"roomId": other})), 403, 4022),
        (version(json!({"roles": ["crawler"]})), 403, 4024),
    ] {
        let reply = init_config(&server, &token, &room_id);
        assert_eq!(
            (reply.status, &reply.json()["code"]),
            (status, &json!(code))
        );
        let refused = Participant::try_connect(&server, &room_id, "ann", &token);
        let (at, body) = refused.err().unwrap();
        assert_eq!((at, &body["code"]), (status, &json!(code)), "{body}");
    }
    // Whom a token is for is known only when the socket is opened.
    let token = version(json!({"participantId": "bob", "roomId": room_id, "roles": ["rtc"]}));
    assert_eq!(init_config(&server, &token, &room_id).status, 200);
    let refused = Participant::try_connect(&server, &room_id, "ann", &token);
    assert_eq!(refused.err().unwrap().1["code"], 4023);
    assert!(Participant::try_connect(&server, &room_id, "bob", &token).is_ok());
}

#[test]
fn rooms_are_checked_before_a_socket_is_opened() {
    let server = start();
    let token = server.token();
    let disabled = room(&server);
    let body = json!({"roomId": disabled});
    call(&server, &token, "POST", "/v2/rooms/deactivate", body);
    for (room_id, status, code) in [("none", 402, 4003), (&disabled, 403, 4052)] {
        let reply = init_config(&server, &token, room_id);
        assert_eq!(
            (reply.status, &reply.json()["code"]),
            (status, &json!(code))
        );
        let refused = Participant::try_connect(&server, room_id, "ann", &token);
        assert_eq!(refused.err().unwrap().1["code"], code);
    }
    let guarded = create(&server, json!({"allowedParticipantIds": ["ann"]}));
    let guarded = guarded["roomId"].as_str().unwrap();
    assert!(Participant::try_connect(&server, guarded, "ann", &token).is_ok());
    let refused = Participant::try_connect(&server, guarded, "bob", &token);
    assert_eq!(refused.err().unwrap().1["code"], 4023);
}

#[test]
fn a_token_in_the_join_is_checked_too() {
    let server = start();
    let mut ann = Participant::connect(&server, &room(&server), "ann");
    let mut with_secret = joining("ann");
    with_secret["secret"] = json!("a.b.c");
    assert_eq!(
        ann.request("join", with_secret.clone()).unwrap_err().0,
        4002
    );
    with_secret["secret"] = json!(server.token());
    ann.request("join", with_secret).unwrap();
    assert_eq!(ann.request("join", joining("ann")).unwrap_err().0, 400);
}

#[test]
fn what_is_no_frame_is_told() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    ann.send_text("{");
    let error = ann.notification("error");
    assert_eq!(error["code"], 400);
    let text = error["message"].as_str().unwrap();
    assert!(text.contains("must be JSON"), "{text}");
    ann.send_text(r#"{"request":true,"id":77,"method":5}"#);
    assert_eq!(ann.answer(77).unwrap_err().0, 400);
    assert_eq!(ann.request("inventedMethod", json!({})).unwrap_err().0, 404);
    // The connection is as good as before.
    ann.request("getTransportStats", json!({"peerId": "ann"}))
        .unwrap();
}

#[test]
fn a_message_that_is_too_long_ends_the_connection() {
    let server = start();
    let room_id = room(&server);
    let mut ann = Participant::join(&server, &room_id, "ann");
    let mut bob = Participant::join(&server, &room_id, "bob");
    // The length is known from the first bytes, so the service may end it before all are sent.
    let long = "x".repeat(1024 * 1024 + 1);
    let _ = bob.socket.send(Message::text(long));
    assert!(matches!(bob.closing(), Some(1009) | None));
    assert_eq!(ann.notification("peerClosed")["reason"]["code"], 1001);
}

#[test]
fn stopping_the_server_closes_sockets() {
    let server = start();
    let mut ann = Participant::join(&server, &room(&server), "ann");
    let closing = std::thread::spawn(move || ann.closing());
    server.stop();
    assert_eq!(closing.join().unwrap(), Some(1000));
    assert_eq!(server.stats().connections_open, 0);
}
