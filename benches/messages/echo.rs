//! A WebSocket without anything around it, and a server that sends back what comes.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio::sync::mpsc::unbounded_channel;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{accept_async, client_async};

use super::ways::{Arrivals, Schedule, TOPIC, number, text};

/// As many threads as the service has.
fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("threads")
}

/// Serves on a port, which it tells, as long as the process lives.
pub fn serve() -> u16 {
    let runtime = Box::leak(Box::new(runtime()));
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"));
    let listener = listener.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    runtime.spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            tokio::spawn(echo(socket));
        }
    });
    port
}

async fn echo(socket: TcpStream) {
    socket.set_nodelay(true).expect("a socket");
    let mut socket = accept_async(socket).await.expect("a WebSocket");
    while let Some(Ok(message)) = socket.next().await {
        if !message.is_text() || socket.send(message).await.is_err() {
            break;
        }
    }
}

/// The frame that publishes a message, as the library sends it.
fn frame(number: usize) -> String {
    let data = json!({"topic": TOPIC, "message": text(number), "options": {}, "payload": null});
    let frame = json!({
        "request": true, "id": number + 3, "method": "pubsubPublish", "data": data,
    });
    frame.to_string()
}

fn number_in(frame: &str) -> usize {
    let frame: Value = serde_json::from_str(frame).expect("JSON");
    number(frame["data"]["message"].as_str().expect("a text"))
}

/// Sends so many messages to that port; the microseconds that each took.
pub fn send(port: &str, rate: usize, count: usize) -> Vec<f64> {
    let runtime = runtime();
    let (sender, mut frames) = unbounded_channel();
    runtime.block_on(async {
        let address = format!("127.0.0.1:{port}");
        let socket = TcpStream::connect(&address).await.expect("the server");
        socket.set_nodelay(true).expect("a socket");
        let (socket, _) = client_async(format!("ws://{address}/"), socket)
            .await
            .expect("a WebSocket");
        let (mut sink, mut stream) = socket.split();
        let schedule = Schedule::new(rate, count);
        std::thread::spawn(move || schedule.keep(|number| drop(sender.send(frame(number)))));
        tokio::spawn(async move {
            while let Some(frame) = frames.recv().await {
                sink.send(Message::text(frame)).await.expect("it is sent");
            }
            // Dropping it would not close the connection under the reader; keep both equally long.
            sink
        });
        let receive = async move {
            let mut arrivals = Arrivals::new(schedule);
            while let Some(Ok(message)) = stream.next().await {
                let text = message.into_text().expect("a text");
                if arrivals.note(number_in(&text)) {
                    break;
                }
            }
            arrivals.times_us()
        };
        // On a thread of the runtime, as the sending.
        tokio::spawn(receive).await.expect("no panic")
    })
}
