//! The least of a service: answers every request about rooms, on this machine only.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const ROOM: &str = r#"{"roomId":"abcd-efgh-ijkl","customRoomId":"lesson","userId":"u","disabled":false,"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-01T00:00:00.000Z","id":"r"}"#;

/// Starts it for the rest of the process; gives its base URL.
pub fn start() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("loopback has free ports");
    let address = listener.local_addr().expect("just bound");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || serve(stream));
        }
    });
    format!("http://{address}")
}

/// One connection, as many requests as it brings.
fn serve(stream: TcpStream) -> Option<()> {
    let mut writer = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut request = String::new();
        reader
            .read_line(&mut request)
            .ok()
            .filter(|read| *read > 0)?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
            let (name, value) = line.trim_end().split_once(": ").unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.parse().ok()?;
            }
            if line.trim_end().is_empty() {
                break;
            }
        }
        reader.read_exact(&mut vec![0; length]).ok()?;
        let body = answer(request.split(' ').nth(1)?, request.starts_with("GET "));
        write!(
            writer,
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .ok()?;
    }
}

fn answer(path: &str, reads: bool) -> String {
    let is_list = path.split('?').next() == Some("/v2/rooms");
    if reads && is_list {
        format!(
            r#"{{"pageInfo":{{"currentPage":1,"perPage":20,"lastPage":1,"total":1}},"data":[{ROOM}]}}"#
        )
    } else {
        ROOM.to_owned()
    }
}
