//! Frames of protoo: JSON objects, one in each text message (protocol, section 3.1).

use serde_json::{Map, Value, json};

use crate::json;

/// A frame of the service.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Frame {
    /// Wants an answer with the same id. Its ids are the service's own.
    Request {
        id: u64,
        method: String,
        data: Value,
    },
    /// Answers a request of ours.
    Response {
        id: u64,
        answer: Result<Value, Refusal>,
    },
    Notification {
        method: String,
        data: Value,
    },
}

/// What the service says about a request that it did not carry out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Option<i32>,
    /// As it came: not fit to be shown yet.
    pub(crate) reason: Option<String>,
}

/// A message that is no frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Of the request that it seems to be: even that is answered.
    pub(crate) request: Option<u64>,
    pub(crate) reason: &'static str,
}

impl Frame {
    pub(crate) fn parse(text: &str) -> Result<Self, Malformed> {
        let Ok(Value::Object(mut fields)) = serde_json::from_str(&json::paired(text)) else {
            return Err(malformed(None, "it is not a JSON object"));
        };
        let id = fields.get("id").and_then(Value::as_u64);
        if is_set(&fields, "response") {
            let id = id.ok_or(malformed(None, "a response has no id"))?;
            let answer = read_answer(&mut fields);
            return Ok(Self::Response { id, answer });
        }
        let is_request = is_set(&fields, "request");
        if !is_request && !is_set(&fields, "notification") {
            let reason = "it is neither request, response nor notification";
            return Err(malformed(None, reason));
        }
        let asked = if is_request { id } else { None };
        let Some(Value::String(method)) = fields.remove("method") else {
            return Err(malformed(asked, "its method is not a text"));
        };
        let data = fields.remove("data").unwrap_or_default();
        if !is_request {
            return Ok(Self::Notification { method, data });
        }
        let id = id.ok_or(malformed(None, "a request has no id"))?;
        Ok(Self::Request { id, method, data })
    }
}

fn malformed(request: Option<u64>, reason: &'static str) -> Malformed {
    Malformed { request, reason }
}

fn is_set(fields: &Map<String, Value>, name: &str) -> bool {
    fields.get(name) == Some(&Value::Bool(true))
}

/// An answer is good only when it says so. Refusals of the other front end come within a good
/// answer (protocol, section 3.2); that they may come here too is inferred.
fn read_answer(fields: &mut Map<String, Value>) -> Result<Value, Refusal> {
    let data = fields.remove("data").unwrap_or_default();
    if is_set(fields, "ok") {
        if data["status"] != "error" {
            return Ok(data);
        }
        return Err(Refusal {
            code: number(&data["errorCode"]),
            reason: data["message"].as_str().map(str::to_owned),
        });
    }
    Err(Refusal {
        code: fields.get("errorCode").and_then(number),
        reason: match fields.remove("errorReason") {
            Some(Value::String(reason)) => Some(reason),
            _ => None,
        },
    })
}

fn number(value: &Value) -> Option<i32> {
    match value {
        Value::String(digits) => digits.parse().ok(),
        other => other.as_i64().and_then(|code| i32::try_from(code).ok()),
    }
}

/// The text of a request.
pub(crate) fn request(id: u64, method: &str, data: &Value) -> String {
    json!({"request": true, "id": id, "method": method, "data": data}).to_string()
}

/// The text of the good answer to a request of the service.
pub(crate) fn accepted(id: u64, data: &Value) -> String {
    json!({"response": true, "id": id, "ok": true, "data": data}).to_string()
}

/// The text of the answer to a request of the service that is not carried out.
pub(crate) fn refused(id: u64, code: i32, reason: &str) -> String {
    json!({"response": true, "id": id, "ok": false, "errorCode": code, "errorReason": reason})
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(code: Option<i32>, reason: Option<&str>) -> Result<Value, Refusal> {
        Err(Refusal {
            code,
            reason: reason.map(str::to_owned),
        })
    }

    #[test]
    fn answers_are_good_only_when_they_say_so() {
        for (fields, answer) in [
            (r#""ok":true,"data":{"a":1}"#, Ok(json!({"a": 1}))),
            (r#""ok":true"#, Ok(Value::Null)),
            (
                r#""ok":false,"errorCode":403,"errorReason":"no""#,
                refusal(Some(403), Some("no")),
            ),
            (
                r#""errorCode":"4025","errorReason":5"#,
                refusal(Some(4025), None),
            ),
            (r#""ok":"true","data":{}"#, refusal(None, None)),
            (
                r#""ok":true,"data":{"status":"error","message":"off","errorCode":4011}"#,
                refusal(Some(4011), Some("off")),
            ),
            (r#""ok":false,"errorCode":99999999999"#, refusal(None, None)),
        ] {
            let text = format!(r#"{{"response":true,"id":7,{fields}}}"#);
            let expected = Frame::Response { id: 7, answer };
            assert_eq!(Frame::parse(&text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn requests_and_notifications_are_told_apart_with_data_and_without() {
        let request = |data| Frame::Request {
            id: 3,
            method: "close".to_owned(),
            data,
        };
        let notification = |data| Frame::Notification {
            method: "newPeer".to_owned(),
            data,
        };
        for (text, frame) in [
            (
                r#"{"request":true,"id":3,"method":"close","data":{"a":1}}"#,
                request(json!({"a": 1})),
            ),
            (
                r#"{"request":true,"id":3,"method":"close"}"#,
                request(Value::Null),
            ),
            (
                r#"{"notification":true,"method":"newPeer","data":{"id":"p2"}}"#,
                notification(json!({"id": "p2"})),
            ),
            (
                r#"{"notification":true,"method":"newPeer","id":3}"#,
                notification(Value::Null),
            ),
            // A name that was cut in the middle of an emoji.
            (
                r#"{"notification":true,"method":"newPeer","data":{"id":"An\ud83d"}}"#,
                notification(json!({"id": "An\u{fffd}"})),
            ),
        ] {
            assert_eq!(Frame::parse(text), Ok(frame), "{text}");
        }
    }

    #[test]
    fn what_is_no_frame_says_why_and_whom_to_answer() {
        let deep = "[".repeat(100_000);
        for (text, request, reason) in [
            ("", None, "not a JSON object"),
            ("[]", None, "not a JSON object"),
            (deep.as_str(), None, "not a JSON object"),
            (r#"{"id":1,"method":"x"}"#, None, "neither request"),
            (
                r#"{"request":1,"id":1,"method":"x"}"#,
                None,
                "neither request",
            ),
            (
                r#"{"request":true,"id":1}"#,
                Some(1),
                "method is not a text",
            ),
            (
                r#"{"notification":true,"id":1,"method":[]}"#,
                None,
                "method is not a text",
            ),
            (
                r#"{"request":true,"id":-1,"method":"x"}"#,
                None,
                "has no id",
            ),
            (r#"{"response":true,"id":"1","ok":true}"#, None, "has no id"),
        ] {
            let malformed = Frame::parse(text).unwrap_err();
            assert_eq!(malformed.request, request, "{text}");
            assert!(malformed.reason.contains(reason), "{text}: {malformed:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_by_the_same_rules() {
        let data = json!({"text": "é😀\"\\\u{0}\u{2028}"});
        for (text, frame) in [
            (
                request(10_000_000, "join", &data),
                Frame::Request {
                    id: 10_000_000,
                    method: "join".to_owned(),
                    data: data.clone(),
                },
            ),
            (
                accepted(4, &data),
                Frame::Response {
                    id: 4,
                    answer: Ok(data.clone()),
                },
            ),
            (
                refused(5, 403, "no"),
                Frame::Response {
                    id: 5,
                    answer: refusal(Some(403), Some("no")),
                },
            ),
        ] {
            assert_eq!(Frame::parse(&text), Ok(frame));
        }
    }
}
