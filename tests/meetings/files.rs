//! Files by way of the service.

use std::net::TcpListener;

use vsdk::Status;
use vsdk::meeting::MAX_UPLOAD_BYTES;

use super::support::{Client, LONG, room, server, token_with};

#[test]
fn a_file_is_uploaded_and_fetched_byte_for_byte() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let bob = Client::new(&server, &room, "bob", |_| ());
    // All bytes, no text among them; more than an ordinary reply may have.
    let file: Vec<u8> = (0..3 * 1024 * 1024_u32)
        .map(|at| (at % 251) as u8)
        .collect();
    let url = ann
        .meeting
        .upload_file("photo é.bin", &file, LONG)
        .wait()
        .expect("a URL");
    assert!(url.starts_with(server.http_url()), "{url}");
    let fetched = bob.meeting.fetch_file(&url, LONG).wait().expect("the file");
    assert!(fetched == file, "{} bytes came", fetched.len());
}

#[test]
fn what_cannot_be_uploaded_or_fetched_says_why() {
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let upload = |bytes: &[u8]| ann.meeting.upload_file("file", bytes, LONG).wait();
    let error = upload(&vec![0; MAX_UPLOAD_BYTES + 1]).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
    assert!(error.message().contains("10485761 bytes"), "{error}");
    assert_eq!(error.operation(), "meeting_upload_file");
    let error = upload(&[]).unwrap_err();
    assert_eq!(error.status(), Status::InvalidArgument);
    assert!(error.message().contains("empty"), "{error}");
    upload(&vec![0; MAX_UPLOAD_BYTES]).expect("the largest that there may be");

    let fetch = |url: &str| ann.meeting.fetch_file(url, LONG).wait().unwrap_err();
    let error = fetch(&format!("{}/files/none", server.http_url()));
    assert_eq!(
        (error.status(), error.http_status()),
        (Status::NotFound, Some(404))
    );
    assert_eq!(error.operation(), "meeting_fetch_file");
    assert_eq!(fetch("no url").status(), Status::InvalidArgument);
    assert_eq!(
        fetch("http://files.example/1").status(),
        Status::NetworkInsecure
    );

    // The token of another account may neither upload nor fetch.
    let other = token_with(&server, |claims| claims["apikey"] = "another".into());
    let eve = Client::with_token(&server, &room, "eve", &other, |_| ());
    let error = eve
        .meeting
        .upload_file("file", b"x", LONG)
        .wait()
        .unwrap_err();
    assert_eq!(
        (error.status(), error.service_code()),
        (Status::Unauthorized, Some(4001))
    );
}

#[test]
fn a_url_that_leads_elsewhere_gets_no_token() {
    use std::io::{Read, Write};
    let server = server();
    let room = room(&server);
    let ann = Client::new(&server, &room, "ann", |_| ());
    let elsewhere = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!(
        "http://{}/file",
        elsewhere.local_addr().expect("an address")
    );
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = elsewhere.accept().expect("a connection");
        let mut request = Vec::new();
        while !request.windows(4).any(|end| end == b"\r\n\r\n") {
            let mut part = [0; 1024];
            let count = stream.read(&mut part).expect("a request");
            request.extend_from_slice(&part[..count]);
        }
        let reply = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe";
        stream.write_all(reply).expect("a reader");
        String::from_utf8(request).expect("a head is text")
    });
    let fetched = ann.meeting.fetch_file(&url, LONG).wait().expect("the file");
    assert_eq!(fetched, b"\xff\xfe");
    let request = thread.join().expect("a request").to_lowercase();
    assert!(request.starts_with("get /file "), "{request}");
    assert!(!request.contains("authorization"), "{request}");
    // Every token begins like that.
    assert!(!request.contains("eyj"), "{request}");
}
