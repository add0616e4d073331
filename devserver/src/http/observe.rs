//! What happens around every request: counting, the date and the request id.

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::DATE;
use axum::http::{HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use super::App;
use super::misbehave::Untouched;
use crate::stats::Counters;
use crate::world::random_hex;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

pub(super) async fn observe(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    app.counters.request_arrived(route_of(&request));
    let _open = OpenRequest(app.counters.clone());
    let mut response = next.run(request).await;
    let untouched = response
        .extensions_mut()
        .remove::<Untouched>()
        .unwrap_or_default();
    for (name, value) in [(DATE, app.clock.http_date()), (REQUEST_ID, random_hex(8))] {
        if untouched.0.contains(&name) || response.headers().contains_key(&name) {
            continue;
        }
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// The name under which a request is counted. Only names from a fixed set, so that a client cannot
/// fill the memory.
fn route_of(request: &Request) -> String {
    let known = [
        Method::GET,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::HEAD,
        Method::OPTIONS,
    ];
    let method = known.iter().find(|method| *method == request.method());
    let method = method.map_or("OTHER", |method| method.as_str());
    let path = request.extensions().get::<MatchedPath>();
    format!(
        "{method} {}",
        path.map_or("(no such route)", |path| path.as_str())
    )
}

/// Counts a request as open until it is dropped, also when the connection ends first.
struct OpenRequest(Arc<Counters>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        self.0.request_ended();
    }
}
