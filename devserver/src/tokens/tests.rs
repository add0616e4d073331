use super::*;
use jsonwebtoken::DecodingKey;

const NOW: i64 = 1_800_000_000;

fn keys() -> Keys {
    Keys {
        api_key: "key-1".to_owned(),
        secret: "a secret".to_owned(),
    }
}

fn now() -> Timestamp {
    Timestamp::from_milliseconds(NOW * 1000)
}

/// Good claims, changed by the fields of `changes`; null takes a field out.
fn claims(changes: Value) -> Value {
    let mut claims = json!({
        "apikey": "key-1", "permissions": ["allow_join"], "iat": NOW, "exp": NOW + 60,
    });
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn check(changes: Value) -> Result<Claims, Refusal> {
    keys().check_for_rest(Some(&sign(&claims(changes), "a secret")), now())
}

#[test]
fn good_tokens_pass() {
    for changes in [
        json!({}),
        json!({"exp": null}),
        json!({"exp": NOW + 1}),
        json!({"exp": NOW as f64 + 0.5}),
        json!({"nbf": NOW}),
        json!({"nbf": NOW - 1}),
        json!({"iat": null}),
        json!({"permissions": null}),
        json!({"permissions": []}),
        json!({"permissions": ["ask_join"]}),
        json!({"permissions": ["allow_join", "allow_mod"]}),
        json!({"version": "2"}),
        json!({"roles": ["crawler"], "version": 2}),
        json!({"roles": ["rtc", "crawler"], "version": 2}),
        json!({"roles": [], "version": 2}),
        json!({"roomId": "r", "version": 2}),
        json!({"participantId": "p", "version": 2.0}),
        json!({"somethingElse": {"x": 1}}),
    ] {
        let result = check(changes.clone());
        assert!(result.is_ok(), "{changes}: {result:?}");
    }
}

#[test]
fn bad_tokens_are_refused_with_a_reason() {
    for (changes, status, reason) in [
        (json!({"apikey": null}), 401, "it has no claim apikey"),
        (json!({"apikey": 7}), 401, "apikey must be a string"),
        (
            json!({"apikey": "key-2"}),
            401,
            "not the API key of this project",
        ),
        (json!({"exp": NOW}), 401, "exp has passed"),
        (json!({"exp": NOW - 1}), 401, "exp has passed"),
        (json!({"exp": "soon"}), 401, "exp must be a number"),
        (json!({"nbf": NOW + 1}), 401, "nbf has not come"),
        (json!({"nbf": "later"}), 401, "nbf must be a number"),
        (
            json!({"permissions": "allow_join"}),
            401,
            "permissions must be an array",
        ),
        (
            json!({"permissions": [1]}),
            401,
            "permissions must be an array",
        ),
        (
            json!({"permissions": ["allow_all"]}),
            401,
            "\"allow_all\" is not known",
        ),
        (
            json!({"permissions": ["ask_join", "allow_join"]}),
            401,
            "must be the only one",
        ),
        (
            json!({"permissions": ["allow_mod", "ask_join"]}),
            401,
            "must be the only one",
        ),
        (
            json!({"roles": ["admin"], "version": 2}),
            401,
            "\"admin\" is not known",
        ),
        (
            json!({"roles": "rtc", "version": 2}),
            401,
            "roles must be an array",
        ),
        (
            json!({"roles": ["rtc"], "version": 2}),
            403,
            "can join, but not use the REST",
        ),
        (
            json!({"roles": ["crawler"]}),
            401,
            "the number 2, because it has the claim roles",
        ),
        (
            json!({"roles": ["crawler"], "version": "2"}),
            401,
            "version is a string",
        ),
        (
            json!({"roles": ["crawler"], "version": 1}),
            401,
            "must be the number 2",
        ),
        (
            json!({"roomId": "r"}),
            401,
            "because it has the claim roomId",
        ),
        (
            json!({"roomId": "", "version": 2}),
            401,
            "roomId must be a string with text",
        ),
        (
            json!({"participantId": "p"}),
            401,
            "because it has the claim participantId",
        ),
        (
            json!({"participantId": 5, "version": 2}),
            401,
            "participantId must be a string",
        ),
    ] {
        let refusal = check(changes.clone()).expect_err(&changes.to_string());
        assert_eq!(refusal.http_status(), status, "{changes}: {refusal}");
        assert!(refusal.to_string().contains(reason), "{changes}: {refusal}");
    }
}

#[test]
fn what_is_no_token_of_ours_is_refused_with_a_reason() {
    let good = sign(&claims(json!({})), "a secret");
    let other_secret = sign(&claims(json!({})), "another secret");
    let other_algorithm = jsonwebtoken::encode(
        &Header::new(Algorithm::HS384),
        &claims(json!({})),
        &EncodingKey::from_secret(b"a secret"),
    )
    .unwrap();
    // {"alg":"none"} with the payload of a good token and no signature.
    let payload = good.split('.').nth(1).unwrap();
    let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
    let text_payload = sign(&json!("text"), "a secret");
    let tampered = format!("{good}x");
    for (token, reason) in [
        (String::new(), "Please log in"),
        (format!("Bearer {good}"), "without \"Bearer \""),
        (format!("bearer {good}"), "without \"Bearer \""),
        (format!("Basic {good}"), "without \"Basic \""),
        (format!("\"{good}\""), "quotes"),
        ("key-1".to_owned(), "this is the API key"),
        ("a.b".to_owned(), "three parts"),
        ("a.b.c".to_owned(), "cannot be read"),
        ("Bear\u{20ac}r".to_owned(), "three parts"),
        (other_secret, "does not fit the secret"),
        (tampered, "Token is invalid"),
        (other_algorithm, "not signed with HS256"),
        (unsigned, "Token is invalid"),
        (text_payload, "cannot be read"),
    ] {
        let refusal = keys()
            .check_for_rest(Some(&token), now())
            .expect_err(&token);
        assert_eq!(refusal.http_status(), 401, "{token}: {refusal}");
        assert!(refusal.to_string().contains(reason), "{token}: {refusal}");
    }
    assert_eq!(keys().check_for_rest(None, now()), Err(Refusal::Missing));
}

#[test]
fn a_token_without_permissions_has_full_rights() {
    let full = vec![Permission::AllowJoin, Permission::AllowModeration];
    assert_eq!(check(json!({"permissions": []})).unwrap().permissions, full);
    assert_eq!(
        check(json!({"permissions": null})).unwrap().permissions,
        full
    );
    let asking = check(json!({"permissions": ["ask_join"]})).unwrap();
    assert_eq!(asking.permissions, [Permission::AskJoin]);
}

#[test]
fn a_joining_token_passes_where_it_is_not_the_rest_interface() {
    let token = sign(&claims(json!({"roles": ["rtc"], "version": 2})), "a secret");
    assert_eq!(keys().check(&token, now()).unwrap().roles, [Role::Rtc]);
}

#[test]
fn a_room_restriction_admits_that_room_only() {
    let restricted = check(json!({"roomId": "lab", "version": 2})).unwrap();
    assert!(restricted.admits_room(&["aaaa-bbbb-cccc", "lab"]));
    assert!(!restricted.admits_room(&["aaaa-bbbb-cccc"]));
    assert!(check(json!({})).unwrap().admits_room(&["aaaa-bbbb-cccc"]));
}

#[test]
fn the_token_endpoints_claims_are_those_of_the_sample_servers() {
    let decode = |token: &str| -> Value {
        let mut validation = jsonwebtoken::Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        let key = DecodingKey::from_secret(b"a secret");
        jsonwebtoken::decode::<Value>(token, &key, &validation)
            .unwrap()
            .claims
    };
    let restriction = |room_id: Option<&str>| Restriction {
        room_id: room_id.map(str::to_owned),
        participant_id: Some("ann".to_owned()),
        permissions: Vec::new(),
    };
    assert_eq!(
        decode(&keys().ordinary_token(&Restriction::default(), now())),
        json!({
            "apikey": "key-1", "permissions": ["allow_join", "allow_mod"],
            "iat": NOW, "exp": NOW + 7200,
        })
    );
    assert_eq!(
        decode(&keys().ordinary_token(&restriction(Some("room")), now())),
        json!({
            "apikey": "key-1", "permissions": ["allow_join", "allow_mod"],
            "iat": NOW, "exp": NOW + 7200,
            "version": 2, "roles": ["rtc"], "roomId": "room", "participantId": "ann",
        })
    );
    let one = decode(&keys().ordinary_token(&restriction(None), now()));
    assert_eq!(one["version"], 2);
    assert_eq!(one.get("roomId"), None);
}

#[test]
fn random_keys_differ_from_run_to_run() {
    let (one, two) = (Keys::random(), Keys::random());
    assert_ne!(one.api_key, two.api_key);
    assert_ne!(one.secret, two.secret);
    assert_eq!(one.api_key.len(), 36);
    assert_eq!(one.secret.len(), 64);
}
