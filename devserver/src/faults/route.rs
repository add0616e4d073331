//! Which requests a fault is for.

/// A pattern such as `POST /v2/rooms`, `/get-token`, `GET /v2/*` or `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RoutePattern {
    /// `None` fits every method.
    method: Option<String>,
    path: String,
    /// Whether more may follow after `path`.
    prefix: bool,
}

impl RoutePattern {
    /// An optional method and a path, which is compared as it is on the wire: percent-encoded and
    /// without the query. A `*` at the end of the path fits anything from there on.
    pub fn parse(text: &str) -> Result<RoutePattern, String> {
        let text = text.trim();
        let (method, path) = match text.split_once(' ') {
            Some((method, path)) => (method, path.trim()),
            None => ("*", text),
        };
        let method = match method {
            "*" => None,
            method
                if !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase()) =>
            {
                Some(method.to_owned())
            }
            _ => return Err(format!("the method in {text:?} must be in capitals, or *")),
        };
        let (path, prefix) = match path.strip_suffix('*') {
            Some(path) => (path, true),
            None => (path, false),
        };
        if !(path.starts_with('/') || path.is_empty() && prefix) || path.contains(['*', '?', ' ']) {
            return Err(format!(
                "{text:?} is not a route; write for example \"POST /v2/rooms\", \"/get-token\", \
                 \"GET /v2/rooms/*\" or \"*\""
            ));
        }
        Ok(RoutePattern {
            method,
            path: path.to_owned(),
            prefix,
        })
    }

    pub fn is_everything(&self) -> bool {
        self.method.is_none() && self.prefix && self.path.is_empty()
    }

    pub fn matches(&self, method: &str, path: &str) -> bool {
        let path_fits = if self.prefix {
            path.starts_with(&self.path)
        } else {
            path == self.path
        };
        path_fits && self.method.as_deref().is_none_or(|wanted| wanted == method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_what_they_say() {
        for (pattern, method, path, fits) in [
            ("*", "GET", "/anything", true),
            ("* *", "GET", "/anything", true),
            ("POST *", "POST", "/anything", true),
            ("POST *", "GET", "/anything", false),
            ("/get-token", "GET", "/get-token", true),
            ("/get-token", "POST", "/get-token", true),
            ("/get-token", "GET", "/get-token/x", false),
            ("POST /v2/rooms", "POST", "/v2/rooms", true),
            ("POST /v2/rooms", "GET", "/v2/rooms", false),
            ("POST /v2/rooms", "POST", "/v2/rooms/deactivate", false),
            ("POST /v2/rooms*", "POST", "/v2/rooms/deactivate", true),
            ("* /v2/*", "DELETE", "/v2/rooms", true),
            ("* /v2/*", "DELETE", "/v3/rooms", false),
        ] {
            let parsed = RoutePattern::parse(pattern).unwrap();
            assert_eq!(
                parsed.matches(method, path),
                fits,
                "{pattern} {method} {path}"
            );
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "",
            "POST",
            "post /v2/rooms",
            "POST v2/rooms",
            "/a*b",
            "/a?b=1",
            "/a b /c",
        ] {
            assert!(RoutePattern::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_the_bare_star_is_everything() {
        assert!(RoutePattern::parse("*").unwrap().is_everything());
        for pattern in ["GET *", "/*", "/"] {
            assert!(
                !RoutePattern::parse(pattern).unwrap().is_everything(),
                "{pattern}"
            );
        }
    }
}
