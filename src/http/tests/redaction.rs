//! Secrets that go out with a request never come back in an error, whatever the server does.

use super::*;
use crate::redact::Secret;
use devserver::FaultKind;

const TOKEN: &str = "marked-token/+\"7f3a";
const PLAIN_TOKEN: &str = "marked-token-7f3a";
const PROXY_PASSWORD: &str = "marked-password-9c";

/// Everything that a user can see of an error.
pub(crate) fn all_of(error: &Error) -> String {
    format!(
        "{error} {error:?} {} {:?} {:?}",
        error.remedy(),
        error.service_text(),
        error.request_id()
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn no_failure_repeats_the_token() {
    let quoted = serde_json::Value::from(TOKEN).to_string();
    let long = format!("{} {TOKEN}", "x".repeat(290));
    let bodies = [
        TOKEN.to_owned(),
        quoted.clone(),
        format!(r#"{{"error":{quoted}}}"#),
        format!(r#"{{"error":{{"message":"bad {}"#, quoted.trim_matches('"')),
        format!("<title>{TOKEN}</title>"),
        format!("<p>{TOKEN}</p>"),
        format!(r#"{{"token":{quoted},"message":"no"}}"#),
        "marked-token%2F%2B%227f3a".to_owned(),
        long,
    ];
    for body in bodies {
        for http in [200, 401, 500] {
            let server = server();
            add(
                &server,
                Fault::reply("*", http, &body)
                    .header("x-request-id", TOKEN)
                    .always(),
            );
            let error = match send(&client(), post(server.http_url(), TOKEN, far())).await {
                Ok(reply) => reply.unusable(crate::Status::InvalidResponse, "a room", "Look."),
                Err(error) => error,
            };
            assert!(
                !all_of(&error).contains("marked-token"),
                "{body}: {}",
                all_of(&error)
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_broken_connection_repeats_the_token() {
    // Only letters that a host can have, so that it can come back as any part of a URL.
    let location = format!("http://{PLAIN_TOKEN}@{PLAIN_TOKEN}/{PLAIN_TOKEN}?x={PLAIN_TOKEN}");
    for fault in [
        Fault::redirect("*", &location),
        Fault::new("*", FaultKind::Reset),
        Fault::new("*", FaultKind::CloseBeforeReply),
        Fault::new("*", FaultKind::HttpGarbage).body(PLAIN_TOKEN),
        Fault::new("*", FaultKind::CutBody).body(PLAIN_TOKEN),
        Fault::new("*", FaultKind::Stall),
        Fault::new("*", FaultKind::EndlessBody).body(PLAIN_TOKEN),
    ] {
        let server = server();
        add(&server, fault.always());
        let call = post(server.http_url(), PLAIN_TOKEN, after(1000));
        let error = error_of(&client(), call).await;
        assert!(
            !all_of(&error).contains("marked-token"),
            "{}",
            all_of(&error)
        );
    }
    for base in [
        "https://no-such-host.invalid",
        "http://no-such-host.invalid",
    ] {
        let error = error_of(&client(), post(base, PLAIN_TOKEN, after(300))).await;
        assert!(
            !all_of(&error).contains("marked-token"),
            "{}",
            all_of(&error)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_failure_repeats_the_credentials_of_the_proxy() {
    let echo = "HTTP/1.1 500 No\r\nContent-Length: 35\r\n\r\nuser marked-user marked-password-9c!";
    let there = scripted(replying(echo));
    for address in [there.to_string(), format!("127.0.0.1:{}", closed_port())] {
        let proxy = Secret::new(format!("http://marked-user:{PROXY_PASSWORD}@{address}"));
        let client = client_with(Settings {
            proxy: Some(proxy),
            ..Settings::default()
        });
        for target in ["http://127.0.0.1:9", "https://api.example"] {
            let error = error_of(&client, post(target, "t", far())).await;
            assert!(!all_of(&error).contains("marked-"), "{}", all_of(&error));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_anybody_sends_is_no_secret_unless_this_call_has_it_as_one() {
    let said = "a websocket, an Upgrade, protoo and application/json";
    let server = server();
    add(&server, Fault::reply("*", 400, said).always());
    let error = error_of(&client(), post(server.http_url(), "Upgrade", far())).await;
    let told = error.service_text().expect("the reply's text");
    assert!(told.contains("application/json"), "{told}");
    assert!(told.contains("websocket"), "{told}");
    assert!(!told.contains("Upgrade"), "{told}");
}
