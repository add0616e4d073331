//! Replies in the service's own shapes.

use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::tokens::Refusal;
use crate::world::InvalidField;

/// A reply that is an error, in the shape that the service uses most:
/// `{"statusCode": 401, "error": "..."}`.
#[derive(Debug)]
pub(crate) struct ErrorReply {
    status: StatusCode,
    text: String,
    code: Option<u16>,
}

impl ErrorReply {
    pub fn new(status: StatusCode, text: impl Into<String>) -> ErrorReply {
        ErrorReply {
            status,
            text: text.into(),
            code: None,
        }
    }

    /// With the service's own number, which calls that belong to joining have.
    pub fn with_code(self, code: u16) -> ErrorReply {
        ErrorReply {
            code: Some(code),
            ..self
        }
    }

    pub fn bad_request(text: impl Into<String>) -> ErrorReply {
        ErrorReply::new(StatusCode::BAD_REQUEST, text)
    }

    /// The service says 402 where others say 404; it has nothing to do with payment.
    pub fn not_found(text: impl Into<String>) -> ErrorReply {
        ErrorReply::new(StatusCode::PAYMENT_REQUIRED, text)
    }
}

impl IntoResponse for ErrorReply {
    fn into_response(self) -> Response {
        let mut body = json!({"statusCode": self.status.as_u16(), "error": self.text});
        if let Some(code) = self.code {
            body["code"] = json!(code);
        }
        json_reply(self.status, &body)
    }
}

impl From<Refusal> for ErrorReply {
    fn from(refusal: Refusal) -> ErrorReply {
        let status = StatusCode::from_u16(refusal.http_status());
        ErrorReply::new(
            status.unwrap_or(StatusCode::UNAUTHORIZED),
            refusal.to_string(),
        )
    }
}

impl From<InvalidField> for ErrorReply {
    fn from(field: InvalidField) -> ErrorReply {
        ErrorReply::bad_request(field.to_string())
    }
}

pub(crate) fn ok(body: &Value) -> Response {
    json_reply(StatusCode::OK, body)
}

pub(crate) fn json_reply(status: StatusCode, body: &Value) -> Response {
    typed_reply(
        status,
        "application/json; charset=utf-8",
        body.to_string().into(),
    )
}

pub(crate) fn typed_reply(status: StatusCode, content_type: &'static str, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    // Tokens and live state: nothing here is worth keeping.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
