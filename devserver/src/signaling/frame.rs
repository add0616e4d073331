//! Frames of the protoo protocol: JSON objects, one in each text message.

use serde_json::{Map, Value, json};
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

/// A request of a client.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Request {
    pub id: u64,
    pub method: String,
    /// An empty object when the client sent none, or null.
    pub data: Map<String, Value>,
}

/// What a client may send.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Frame {
    Request(Request),
    /// The answer to a request of ours.
    Response {
        id: u64,
        answer: Result<Value, String>,
    },
    Notification {
        method: String,
    },
}

/// A message that is no frame: the id to answer to, when it has one, and what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    pub id: Option<u64>,
    pub reason: String,
}

impl Malformed {
    pub fn new(reason: &str) -> Malformed {
        Malformed {
            id: None,
            reason: reason.to_owned(),
        }
    }
}

impl Frame {
    pub fn parse(text: &str) -> Result<Frame, Malformed> {
        let malformed = |id, reason: &str| Malformed {
            id,
            reason: reason.to_owned(),
        };
        let mut frame: Map<String, Value> = match serde_json::from_str(text) {
            Ok(Value::Object(frame)) => frame,
            Ok(_) => return Err(malformed(None, "a frame must be a JSON object")),
            Err(error) => return Err(malformed(None, &format!("a frame must be JSON: {error}"))),
        };
        let is = |name: &str| frame.get(name) == Some(&Value::Bool(true));
        let (request, response, notification) = (is("request"), is("response"), is("notification"));
        let id = frame.get("id").and_then(Value::as_u64);
        if response {
            let id = id.ok_or_else(|| malformed(None, "a response needs the id of its request"))?;
            let answer = if frame.get("ok") == Some(&Value::Bool(true)) {
                Ok(frame.remove("data").unwrap_or_default())
            } else {
                let reason = frame.get("errorReason").and_then(Value::as_str);
                Err(reason.unwrap_or_default().to_owned())
            };
            return Ok(Frame::Response { id, answer });
        }
        if !request && !notification {
            let reason = "a frame must have request, response or notification set to true";
            return Err(malformed(id, reason));
        }
        let method = match frame.remove("method") {
            Some(Value::String(method)) => method,
            _ => return Err(malformed(id, "the method must be a string")),
        };
        if notification {
            return Ok(Frame::Notification { method });
        }
        let id = id.ok_or_else(|| malformed(None, "the id of a request must be a whole number"))?;
        let data = match frame.remove("data") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(data)) => data,
            Some(_) => return Err(malformed(Some(id), "data must be an object")),
        };
        Ok(Frame::Request(Request { id, method, data }))
    }
}

/// A frame as it is sent. Clones share the text, so that one that goes to everybody in a room is
/// written once.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    text: Utf8Bytes,
    is_binary: bool,
}

impl Outgoing {
    pub fn accepted(id: u64, data: &Value) -> Outgoing {
        Outgoing::of(&json!({"response": true, "id": id, "ok": true, "data": data}))
    }

    pub fn refused(id: u64, code: u16, reason: &str) -> Outgoing {
        Outgoing::of(&json!({
            "response": true, "id": id, "ok": false, "errorCode": code, "errorReason": reason,
        }))
    }

    pub fn request(id: u64, method: &str, data: &Value) -> Outgoing {
        Outgoing::of(&json!({"request": true, "id": id, "method": method, "data": data}))
    }

    pub fn notification(method: &str, data: &Value) -> Outgoing {
        Outgoing::of(&json!({"notification": true, "method": method, "data": data}))
    }

    /// Any text, which need not be a frame.
    pub fn text(text: &str) -> Outgoing {
        Outgoing {
            text: text.into(),
            is_binary: false,
        }
    }

    /// The same in a binary message, which no frame is.
    pub fn binary(text: &str) -> Outgoing {
        Outgoing {
            is_binary: true,
            ..Outgoing::text(text)
        }
    }

    fn of(frame: &Value) -> Outgoing {
        Outgoing::text(&frame.to_string())
    }

    pub fn length(&self) -> usize {
        self.text.len()
    }

    pub fn into_message(self) -> Message {
        match self.is_binary {
            true => Message::Binary(self.text.into()),
            false => Message::Text(self.text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        Frame::parse(text).unwrap_err().reason
    }

    #[test]
    fn requests_are_read_with_data_with_null_and_without() {
        for data in [r#","data":{}"#, r#","data":null"#, ""] {
            let text = format!(r#"{{"request":true,"id":7,"method":"join"{data}}}"#);
            let expected = Request {
                id: 7,
                method: "join".to_owned(),
                data: Map::new(),
            };
            assert_eq!(Frame::parse(&text), Ok(Frame::Request(expected)), "{text}");
        }
    }

    #[test]
    fn responses_are_read_whether_good_or_bad() {
        let good = r#"{"response":true,"id":1,"ok":true,"data":{"a":1}}"#;
        let answer = Ok(json!({"a": 1}));
        assert_eq!(Frame::parse(good), Ok(Frame::Response { id: 1, answer }));
        let bad = r#"{"response":true,"id":2,"ok":false,"errorCode":403,"errorReason":"no"}"#;
        let answer = Err("no".to_owned());
        assert_eq!(Frame::parse(bad), Ok(Frame::Response { id: 2, answer }));
    }

    #[test]
    fn what_is_no_frame_is_told_apart() {
        for (text, expected) in [
            ("{", "must be JSON"),
            ("[]", "must be a JSON object"),
            (
                r#"{"id":1,"method":"x"}"#,
                "request, response or notification",
            ),
            (r#"{"request":true,"id":1}"#, "method must be a string"),
            (r#"{"request":true,"method":"x"}"#, "id of a request"),
            (
                r#"{"request":true,"id":-1,"method":"x"}"#,
                "id of a request",
            ),
            (
                r#"{"request":true,"id":1,"method":"x","data":[]}"#,
                "data must be an object",
            ),
            (r#"{"response":true,"ok":true}"#, "id of its request"),
        ] {
            assert!(reason(text).contains(expected), "{text}: {}", reason(text));
        }
        let with_id = Frame::parse(r#"{"request":true,"id":9,"method":5}"#);
        assert_eq!(with_id.unwrap_err().id, Some(9));
    }
}
