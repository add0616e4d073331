//! Proxies: used when the settings ask, and blamed when they are at fault.

use super::*;
use crate::error::Status;
use crate::redact::Secret;

fn through(proxy: &str) -> Client {
    client_with(Settings {
        proxy: Some(Secret::new(proxy)),
        ..Settings::default()
    })
}

async fn refused(proxy: &str, target: &str) -> Error {
    let error = error_of(&through(proxy), get(target, "t", far())).await;
    assert!(!error.to_string().contains("hunter22"), "{error}");
    error
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_is_used_and_gets_its_credentials() {
    let address = scripted(|mut stream| {
        let mut head = [0; 4096];
        let length = stream.read(&mut head).unwrap_or(0);
        let head = String::from_utf8_lossy(&head[..length]).to_lowercase();
        // base64 of ann:hunter22
        let good = head.starts_with("get http://127.0.0.1:9/v2/rooms http/1.1")
            && head.contains("proxy-authorization: basic yw5uomh1bnrlcjiy");
        let status = if good { "200 OK" } else { "400 Bad Request" };
        let _ = write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\n{{}}");
    });
    let client = through(&format!("http://ann:hunter22@{address}"));
    send(&client, get("http://127.0.0.1:9", "t", far()))
        .await
        .expect("the proxy answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_is_not_there_is_named() {
    let port = closed_port();
    for target in ["http://127.0.0.1:9", "https://api.example"] {
        let error = refused(&format!("http://ann:hunter22@127.0.0.1:{port}"), target).await;
        assert_eq!(error.status(), Status::NetworkProxy, "{error}");
        assert!(
            error.message().contains(&format!("127.0.0.1:{port}")),
            "{error}"
        );
    }
    let error = refused("http://no-such-host.invalid:1", "https://api.example").await;
    assert_eq!(error.status(), Status::NetworkProxy, "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proxy_that_refuses_is_blamed() {
    let wants = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
    let proxy = format!("http://ann:hunter22@{}", scripted(replying(wants)));
    for target in ["http://127.0.0.1:9", "https://api.example"] {
        let error = refused(&proxy, target).await;
        assert_eq!(error.status(), Status::NetworkProxy, "{error}");
        assert!(
            error.message().contains("user name and password"),
            "{error}"
        );
    }
    let forbids = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    let proxy = format!("http://{}", scripted(replying(forbids)));
    let error = refused(&proxy, "https://api.example").await;
    assert_eq!(error.status(), Status::NetworkProxy, "{error}");
    assert!(
        error
            .message()
            .contains("refused to connect to api.example:443"),
        "{error}"
    );
}
