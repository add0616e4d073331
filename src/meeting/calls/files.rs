//! Files that participants give each other by way of the service (protocol, section 1.4).

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::config;
use crate::http::{Address, Call, Peer, Purpose, Reply, authorization};
use crate::meeting::object::Meeting;
use crate::meeting::options::{invalid, label};
use crate::runtime::{Operation, Prepared, Timeout};
use crate::{Result, Status};

const UPLOAD: Purpose = Purpose {
    operation: "meeting_upload_file",
    goal: "upload the file",
    peer: Peer::Service,
};
const FETCH: Purpose = Purpose {
    operation: "meeting_fetch_file",
    goal: "fetch the file",
    peer: Peer::Service,
};

/// The largest file that is uploaded, in bytes: it travels as Base64 within JSON.
pub const MAX_UPLOAD_BYTES: usize = 10 * 1024 * 1024;

/// The largest file that is fetched, in bytes.
pub const MAX_FETCH_BYTES: usize = 64 * 1024 * 1024;

/// Where the service keeps what is uploaded, beside the server that was asked (inferred).
const SERVICE_DOMAIN: &str = ".videosdk.live";

impl Meeting {
    /// Uploads a file of at most 10 MiB, and gives the URL from which those who may join the room
    /// can fetch it; tell them, e.g. in a message. The meeting need not be joined.
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::InvalidArgument`] when the file is empty or too large.
    pub fn upload_file(
        &self,
        name: &str,
        bytes: &[u8],
        timeout: impl Into<Timeout>,
    ) -> Operation<String> {
        let call = self.upload_file_call(name, bytes, timeout.into());
        Operation::of(UPLOAD.operation, call)
    }

    pub(crate) fn upload_file_call(
        &self,
        name: &str,
        bytes: &[u8],
        timeout: Timeout,
    ) -> Result<Prepared<String>> {
        let name = label("name", name)?;
        if bytes.is_empty() {
            return Err(invalid(
                "The file is empty, and the service keeps none without bytes".to_owned(),
                "Check that it was read: empty files often come from a reading that failed.",
            ));
        }
        if bytes.len() > MAX_UPLOAD_BYTES {
            return Err(invalid(
                format!(
                    "The file has {} bytes; at most {MAX_UPLOAD_BYTES} are allowed",
                    bytes.len()
                ),
                "Make it smaller, or share it by a service for files.",
            ));
        }
        let body = json!({"fileName": name, "base64Data": STANDARD.encode(bytes)}).to_string();
        let shared = Arc::clone(&self.shared);
        Ok(Prepared::new(
            UPLOAD.operation,
            timeout,
            move |worker, deadline| async move {
                let service = &shared.identity.api_base_url;
                let path = service.url().path().trim_end_matches('/');
                let mut address = service.at(&format!("{path}/base64-upload"));
                let (room_id, token) = shared.room_and_token();
                address.query_pairs_mut().append_pair("roomId", &room_id);
                let mut call = Call::post(UPLOAD, address, body, deadline);
                call.headers.insert(AUTHORIZATION, authorization(&token)?);
                let client = config::current().network.client(worker);
                read_url(&client.send(call).await?)
            },
        ))
    }

    /// Fetches a file of at most 64 MiB that somebody has uploaded. The token goes only to the
    /// server that the meeting uses and to hosts of the service.
    ///
    /// # Errors
    ///
    /// The server's refusal; [`Status::InvalidArgument`] when it is no URL,
    /// [`Status::NetworkInsecure`] for one without TLS that leaves this machine,
    /// [`Status::ResponseTooLarge`].
    pub fn fetch_file(&self, url: &str, timeout: impl Into<Timeout>) -> Operation<Vec<u8>> {
        let call = self.fetch_file_call(url, timeout.into());
        Operation::of(FETCH.operation, call)
    }

    pub(crate) fn fetch_file_call(&self, url: &str, timeout: Timeout) -> Result<Prepared<Vec<u8>>> {
        let address = Address::parse("URL of the file", url)?;
        let shared = Arc::clone(&self.shared);
        Ok(Prepared::new(
            FETCH.operation,
            timeout,
            move |worker, deadline| async move {
                let is_known = is_of_service(&address, &shared.identity.api_base_url);
                let mut call = Call::get(FETCH, address, deadline);
                if is_known {
                    let (_, token) = shared.room_and_token();
                    call.headers.insert(AUTHORIZATION, authorization(&token)?);
                }
                let client = config::current().network.client(worker);
                client.fetch(&call, MAX_FETCH_BYTES).await
            },
        ))
    }
}

fn read_url(reply: &Reply) -> Result<String> {
    let body: Value = serde_json::from_str(&reply.body).unwrap_or_default();
    match body["url"].as_str() {
        Some(url) if !url.is_empty() => Ok(url.to_owned()),
        _ => Err(reply.unusable(
            Status::InvalidResponse,
            "the URL of the file",
            "Check the base URL: what answered is not the VideoSDK service, or not this version of it.",
        )),
    }
}

/// Whether the token may be shown to that server: others have sent the URL, and it may lead
/// anywhere.
fn is_of_service(file: &Address, service: &Address) -> bool {
    let (file, service) = (file.target(), service.target());
    file.origin == service.origin || file.secure && file.host.ends_with(SERVICE_DOMAIN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_goes_to_the_service_alone() {
        let service = Address::parse("URL", "https://api.videosdk.live/prefix").unwrap();
        for (url, is_known) in [
            ("https://api.videosdk.live/files/1", true),
            ("https://cdn.videosdk.live/1", true),
            ("http://cdn.videosdk.live/1", false),
            ("http://api.videosdk.live/1", false),
            ("https://videosdk.live.evil.example/1", false),
            ("https://evilvideosdk.live/1", false),
            ("https://files.example/1", false),
        ] {
            let file = Address::parse("URL", url).unwrap();
            assert_eq!(is_of_service(&file, &service), is_known, "{url}");
        }
    }
}
