//! HTTPS: extra certificates, HTTP/2, and why a connection is refused.

use super::*;
use crate::error::Status;

fn secure_server() -> Server {
    let https = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    let http = Some(SocketAddr::from(([127, 0, 0, 1], 0)));
    Server::start(Options {
        http,
        https,
        ..Options::default()
    })
    .expect("a server")
}

fn trusting(server: &Server) -> Client {
    client_with(Settings {
        extra_ca_pem: Some(server.ca_pem().to_owned()),
        ..Settings::default()
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extra_certificate_is_trusted_and_http_2_is_used() {
    let server = secure_server();
    let client = trusting(&server);
    let call = get(server.https_url(), &server.token(), far());
    assert_eq!(
        send(&client, call.clone()).await.expect("a reply").status,
        200
    );
    // reqwest's own view of the connection.
    let secure = client.secure_client().expect("built by the first call");
    let mut request = reqwest::Request::new(call.method.clone(), call.address.url().clone());
    *request.headers_mut() = call.headers.clone();
    let response = secure.execute(request).await.expect("a reply");
    assert_eq!(response.version(), reqwest::Version::HTTP_2);
    assert_eq!(server.stats().connections_total, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_somebody_else_is_refused() {
    let server = secure_server();
    let other = secure_server();
    let error = error_of(
        &trusting(&other),
        get(server.https_url(), &server.token(), far()),
    )
    .await;
    assert_eq!(error.status(), Status::NetworkTls, "{error}");
    assert!(
        error.message().contains("nobody this machine trusts"),
        "{error}"
    );
    assert!(error.remedy().contains("extra CA"), "{error}");
    assert_eq!(server.stats().requests_total, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_for_another_name_is_refused() {
    let server = secure_server();
    let port = url::Url::parse(server.https_url())
        .ok()
        .and_then(|url| url.port())
        .expect("a port");
    // The same server under an address that its certificate does not name.
    let listener = TcpListener::bind("127.0.0.2:0").expect("all of 127/8 is this machine");
    let relay = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for mut near in listener.incoming().flatten() {
            let mut far = TcpStream::connect(("127.0.0.1", port)).expect("the server");
            let (mut back_far, mut back_near) =
                (far.try_clone().unwrap(), near.try_clone().unwrap());
            thread::spawn(move || std::io::copy(&mut back_far, &mut back_near));
            thread::spawn(move || std::io::copy(&mut near, &mut far));
        }
    });
    let error = error_of(
        &trusting(&server),
        get(&format!("https://{relay}"), "t", far()),
    )
    .await;
    assert_eq!(error.status(), Status::NetworkTls, "{error}");
    assert!(
        error.message().contains("not for the name `127.0.0.2`"),
        "{error}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wrong_scheme_is_recognised() {
    let server = secure_server();
    let secured_plain = server.http_url().replace("http:", "https:");
    let error = error_of(&trusting(&server), get(&secured_plain, "t", far())).await;
    assert_eq!(error.status(), Status::NetworkTls, "{error}");
    assert!(error.remedy().contains("http://"), "{error}");
    let plain_secured = server.https_url().replace("https:", "http:");
    let error = error_of(&trusting(&server), post(&plain_secured, "t", far())).await;
    assert_eq!(error.status(), Status::InvalidResponse, "{error}");
    assert!(error.remedy().contains("https://"), "{error}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_burst_over_https_keeps_to_32_connections() {
    let server = secure_server();
    let client = trusting(&server);
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..300 {
        let client = client.clone();
        let call = get(server.https_url(), &server.token(), far());
        running.spawn(async move { send(&client, call).await.map(|reply| reply.status) });
    }
    while let Some(outcome) = running.join_next().await {
        assert_eq!(outcome.expect("no panic").expect("a list"), 200);
    }
    assert!(
        server.stats().connections_peak <= MAX_IN_FLIGHT,
        "{:?}",
        server.stats()
    );
}
