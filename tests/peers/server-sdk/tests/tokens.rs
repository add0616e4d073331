//! Tokens of the SDK before the library, tokens of the library before the SDK, and both before the
//! local service.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::json;
use server_sdk::{API_KEY, SECRET, Service, mint_options, our_request, our_token, their_client};
use videosdk::{Grant, RoomCreateParams, TokenOptions, decode_token, verify_token};
use vsdk::redact::Secret;
use vsdk::token::{Context, FindingCode, Purpose, inspect, mint, permission, role};
use vsdk::{MeetingOptions, RoomOptions, Status};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

/// An SDK that never sends anything.
fn their_mint() -> videosdk::Client {
    their_client("http://127.0.0.1:1").build().unwrap()
}

fn findings(token: &str, context: &Context<'_>) -> Vec<FindingCode> {
    let report = inspect(token, context);
    report.findings().iter().map(|found| found.code).collect()
}

#[test]
fn the_doctor_has_nothing_against_the_sdks_token_for_requests() {
    let token = their_mint().generate_token().unwrap();
    let report = inspect(&token, &Context::new(Purpose::Rest));
    assert_eq!(report.findings(), []);
    assert_eq!(report.api_key(), Some(API_KEY));
    let life = report.expires_at().unwrap() - report.issued_at().unwrap();
    assert_eq!(Duration::from_secs(life.unsigned_abs()), DAY);
    // It is for requests only, and the doctor knows that too.
    let joining = Context::new(Purpose::Join);
    assert_eq!(findings(&token, &joining), [FindingCode::RoleCannotJoin]);
}

#[test]
fn the_doctor_has_nothing_against_the_sdks_token_for_a_participant() {
    let token = their_mint()
        .access_token()
        .unwrap()
        .set_participant("ann")
        .grant(Grant::AllowJoin)
        .for_room("abcd-efgh-ijkl")
        .expires_in(Duration::from_secs(7200))
        .set_claim("seat", 7)
        .to_jwt()
        .unwrap();
    let joining = Context {
        room_id: Some("abcd-efgh-ijkl"),
        participant_id: Some("ann"),
        ..Context::new(Purpose::Join)
    };
    let report = inspect(&token, &joining);
    assert_eq!(report.findings(), []);
    assert_eq!(report.room_id(), Some("abcd-efgh-ijkl"));
    assert_eq!(report.participant_id(), Some("ann"));

    for (context, code) in [
        (
            Context {
                room_id: Some("other"),
                ..joining
            },
            FindingCode::RoomMismatch,
        ),
        (
            Context {
                participant_id: Some("bob"),
                ..joining
            },
            FindingCode::ParticipantMismatch,
        ),
        (Context::new(Purpose::Rest), FindingCode::RoleCannotUseRest),
    ] {
        assert_eq!(findings(&token, &context), [code]);
    }
}

/// What the SDK lets pass and the service does not.
#[test]
fn the_doctor_warns_of_what_the_sdk_signs_without_a_word() {
    let participant = || their_mint().access_token().unwrap();
    let mixed = participant()
        .grants([Grant::AskJoin, Grant::AllowMod])
        .to_jwt()
        .unwrap();
    let lasting = participant().expires_in(30 * DAY).to_jwt().unwrap();
    let idle = participant().set_claim("permissions", json!(["publish"]));
    for (token, code) in [
        (mixed, FindingCode::AskJoinMixed),
        (lasting, FindingCode::LongLife),
        (idle.to_jwt().unwrap(), FindingCode::PermissionUnknown),
    ] {
        let found = findings(&token, &Context::new(Purpose::Join));
        assert!(found.contains(&code), "{code:?}: {found:?}");
    }
}

#[test]
fn the_library_works_with_the_sdks_tokens() {
    let service = Service::start();
    let theirs = service.theirs();
    let token = theirs.generate_token().unwrap();
    let request = our_request(service.url(), &token);
    let room = vsdk::create_room(&RoomOptions::new(), &request)
        .wait()
        .unwrap();

    let token = theirs
        .access_token()
        .unwrap()
        .set_participant("ann")
        .grant(Grant::AllowJoin)
        .for_room(room.id())
        .to_jwt()
        .unwrap();
    let mut options = MeetingOptions::new(room.id());
    options
        .set_token(Some(&token))
        .set_participant_id(Some("ann"))
        .unwrap();
    let meeting = vsdk::init_meeting(&options).unwrap();
    let expires_at = decode_token(&token).unwrap().expires_at;
    assert_eq!(meeting.snapshot().token_expires_at(), expires_at);

    options.set_participant_id(Some("bob")).unwrap();
    let error = vsdk::init_meeting(&options).unwrap_err();
    assert_eq!(error.status(), Status::TokenParticipantMismatch);
}

#[test]
fn the_sdk_verifies_the_librarys_tokens() {
    let mut options = mint_options();
    options
        .set_permissions([permission::ALLOW_JOIN])
        .set_roles([role::CRAWLER, role::RTC])
        .set_room_id("abcd-efgh-ijkl")
        .set_participant_id("ann")
        .set_lifetime(Duration::from_secs(600))
        .set_extra_claims(json!({"seat": 7}).as_object().unwrap().clone());
    let token = mint(&options).unwrap();
    let text = token.text().expose();

    let claims = verify_token(text, SECRET).unwrap();
    assert_eq!(claims.api_key.as_deref(), Some(API_KEY));
    assert_eq!(claims.permissions, [permission::ALLOW_JOIN]);
    assert_eq!(claims.roles, [role::CRAWLER, role::RTC]);
    assert_eq!(claims.version, Some(2));
    assert_eq!(claims.raw["roomId"], "abcd-efgh-ijkl");
    assert_eq!(claims.raw["participantId"], "ann");
    assert_eq!(claims.raw["seat"], 7);
    assert_eq!(claims.expires_at, token.expires_at());
    assert_eq!(claims.expires_at.unwrap() - claims.issued_at.unwrap(), 600);

    let error = verify_token(text, "another-secret").unwrap_err();
    assert!(error.is_authentication(), "{error}");
    // One changed character in the claims, and the signature is no longer theirs.
    let (head, rest) = text.split_once('.').unwrap();
    let forged = format!("{head}.{}", rest.replacen("ey", "eZ", 1));
    assert!(verify_token(&forged, SECRET).is_err());
}

#[test]
fn an_expired_token_is_expired_for_both() {
    let mut options = mint_options();
    options
        .set_issued_at(now() - 7200)
        .set_lifetime(Duration::from_secs(3600));
    let token = mint(&options).unwrap();
    let text = token.text().expose();
    let error = verify_token(text, SECRET).unwrap_err();
    assert!(error.to_string().contains("expired"), "{error}");
    let context = Context::new(Purpose::Any);
    assert_eq!(findings(text, &context), [FindingCode::Expired]);
}

#[tokio::test]
async fn the_sdk_works_with_the_librarys_tokens() {
    let service = Service::start();
    let with = |token: &str| {
        let client = videosdk::Client::builder()
            .token(token)
            .base_url(service.url());
        client.max_retries(0).build().unwrap()
    };
    let theirs = with(our_token().text().expose());
    let room = theirs.rooms().create(RoomCreateParams::default()).await;
    let room_id = room.unwrap().room_id;

    let mut for_requests = mint_options();
    for_requests.set_roles([role::CRAWLER]);
    let theirs = with(mint(&for_requests).unwrap().text().expose());
    assert!(theirs.rooms().validate(&room_id).await.unwrap().valid);

    // What the library lets nobody mint by accident, the service refuses.
    let mut for_joining = mint_options();
    for_joining.set_roles([role::RTC]);
    let theirs = with(mint(&for_joining).unwrap().text().expose());
    let error = theirs.rooms().get(&room_id).await.unwrap_err();
    assert!(error.is_permission(), "{error}");
    let mut for_another_room = mint_options();
    for_another_room.set_room_id("another");
    let theirs = with(mint(&for_another_room).unwrap().text().expose());
    let error = theirs.rooms().get(&room_id).await.unwrap_err();
    assert!(error.is_permission(), "{error}");
    let mut of_a_stranger = mint_options();
    of_a_stranger.set_secret(Secret::new("another-secret"));
    let theirs = with(mint(&of_a_stranger).unwrap().text().expose());
    let error = theirs.rooms().get(&room_id).await.unwrap_err();
    assert!(error.is_authentication(), "{error}");
}

#[tokio::test]
async fn what_the_sdk_is_told_to_sign_otherwise_is_judged_alike_by_service_and_doctor() {
    let service = Service::start();
    for (options, expected) in [
        (
            TokenOptions {
                version: Some(1),
                ..TokenOptions::default()
            },
            FindingCode::VersionUnknown,
        ),
        (
            TokenOptions {
                roles: Some(vec!["rtc".into()]),
                ..TokenOptions::default()
            },
            FindingCode::RoleCannotUseRest,
        ),
    ] {
        let theirs = their_client(service.url()).token_options(options).build();
        let theirs = theirs.unwrap();
        let found = inspect(
            &theirs.generate_token().unwrap(),
            &Context::new(Purpose::Rest),
        );
        let codes: Vec<_> = found.findings().iter().map(|found| found.code).collect();
        assert!(codes.contains(&expected), "{codes:?}");
        let answer = theirs.rooms().create(RoomCreateParams::default()).await;
        assert!(answer.is_err(), "{expected:?}: the service lets it pass");
    }
}
