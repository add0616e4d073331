//! The page for people at `/`. Without scripts it shows what there was when it was loaded; its own
//! script, the only one that a browser lets it run, loads it again when something has changed.

use std::fmt::{self, Write};
use std::sync::{Arc, LazyLock};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::escaped::Escaped;
use super::meetings::write_meetings;
use crate::app::App;
use crate::http::replies::typed_reply;
use crate::signaling::MeetingView;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");
/// The page loads nothing but itself and runs nothing but its own script, which is named by its hash;
/// this makes browsers hold it to that. No other page may show it in a frame.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let script = STANDARD.encode(digest(&SHA256, SCRIPT.as_bytes()));
    format!(
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; \
         script-src 'sha256-{script}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
});
/// Older rooms are left out of the page, which stays readable after a long test run.
const ROOMS_SHOWN: usize = 200;

/// `GET /`
pub(in crate::http) async fn page(State(app): State<Arc<App>>) -> Response {
    let meetings = app.signaling.view().await;
    let mut html = String::new();
    write_page(&mut html, &app, &meetings).expect("writing to a String never fails");
    let mut response = typed_reply(StatusCode::OK, "text/html; charset=utf-8", html.into());
    let policy = HeaderValue::from_str(&POLICY).expect("the policy is ASCII");
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    response
}

fn write_page(html: &mut String, app: &App, meetings: &[MeetingView]) -> fmt::Result {
    write!(
        html,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>devserver</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )?;
    write_service(html, app)?;
    write_first_steps(html, app)?;
    html.push_str("<div id=\"live\">\n");
    writeln!(html, "<p>As of {}</p>", app.clock.now())?;
    write_meetings(html, meetings)?;
    write_rooms(html, app)?;
    write_faults(html, app)?;
    write_counters(html, app)?;
    write!(
        html,
        "</div>\n</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

fn write_service(html: &mut String, app: &App) -> fmt::Result {
    html.push_str(
        "<header>\n<h1>devserver</h1>\n<p>A local VideoSDK service for development. It forgets \
         everything when it stops. <span id=\"connection\"><a href=\"/\">Reload</a></span></p>\n\
         </header>\n<dl>\n",
    );
    let addresses = [
        ("http", &app.addresses.http),
        ("https", &app.addresses.https),
    ];
    for (scheme, address) in addresses {
        let address = address.as_deref().unwrap_or("off");
        writeln!(
            html,
            "<dt>{scheme}</dt><dd><code>{}</code></dd>",
            Escaped(address)
        )?;
    }
    let api_key = Escaped(&app.keys.api_key);
    writeln!(
        html,
        "<dt>API key</dt><dd><code>{api_key}</code></dd>\n</dl>"
    )
}

fn write_first_steps(html: &mut String, app: &App) -> fmt::Result {
    let base = app.addresses.preferred();
    let steps = format!(
        "# 1. A token, good for two hours\n\
         TOKEN=$(curl -s {base}/get-token | cut -d'\"' -f4); echo \"$TOKEN\"\n\n\
         # 2. A room\n\
         curl -X POST {base}/v2/rooms -H \"Authorization: $TOKEN\"\n\n\
         # 3. All rooms\n\
         curl {base}/v2/rooms -H \"Authorization: $TOKEN\"\n\n\
         # 4. See how your program takes an overloaded service, once\n\
         curl {base}/admin/faults \\\n  \
         -d '{{\"route\":\"POST /v2/rooms\",\"status\":429,\"headers\":{{\"retry-after\":\"2\"}}}}'\n"
    );
    write!(
        html,
        "<h2>First steps</h2>\n<pre><code>{}</code></pre>\n",
        Escaped(&steps)
    )
}

fn write_rooms(html: &mut String, app: &App) -> fmt::Result {
    let world = app.world();
    let total = world.newest_first().count();
    writeln!(html, "<h2>Rooms <small>{total}</small></h2>")?;
    if total == 0 {
        html.push_str("<p>None yet. Step 2 makes one.</p>\n");
        return Ok(());
    }
    html.push_str(
        "<div class=\"wide\"><table>\n<thead><tr><th>Room id</th><th>Own id</th>\
         <th>Created</th><th>State</th></tr></thead>\n<tbody>\n",
    );
    for room in world.newest_first().take(ROOMS_SHOWN) {
        writeln!(
            html,
            "<tr><td><code>{}</code></td><td class=\"own\">{}</td><td>{}</td><td>{}</td></tr>",
            Escaped(&room.room_id),
            Escaped(room.spec.custom_room_id.as_deref().unwrap_or("\u{2013}")),
            room.created_at,
            if room.disabled {
                "deactivated"
            } else {
                "active"
            },
        )?;
    }
    html.push_str("</tbody>\n</table></div>\n");
    if total > ROOMS_SHOWN {
        writeln!(html, "<p>The newest {ROOMS_SHOWN} of {total}.</p>")?;
    }
    Ok(())
}

fn write_faults(html: &mut String, app: &App) -> fmt::Result {
    let faults = app.faults.list_all();
    if faults.is_empty() {
        return Ok(());
    }
    html.push_str(
        "<h2>Faults</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Route</th><th>Kind</th>\
         <th>Applied</th><th>Remaining</th></tr></thead>\n<tbody>\n",
    );
    for active in faults {
        let remaining = active
            .remaining
            .map_or("always".to_owned(), |count| count.to_string());
        let kind = json!(active.fault.kind());
        writeln!(
            html,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td><td>{remaining}</td></tr>",
            Escaped(&active.fault.route),
            Escaped(kind.as_str().unwrap_or_default()),
            active.applied,
        )?;
    }
    html.push_str("</tbody>\n</table></div>\n");
    Ok(())
}

fn write_counters(html: &mut String, app: &App) -> fmt::Result {
    let stats = app.stats();
    html.push_str("<h2>Counters</h2>\n<dl>\n");
    writeln!(
        html,
        "<dt>Connections</dt><dd>{} open, at most {} at once, {} in all</dd>",
        stats.connections_open, stats.connections_peak, stats.connections_total
    )?;
    writeln!(
        html,
        "<dt>Requests</dt><dd>{} waiting, at most {} at once, {} in all, {} with a fault</dd>",
        stats.requests_open, stats.requests_peak, stats.requests_total, stats.faults_applied
    )?;
    for (route, count) in &stats.requests_by_route {
        writeln!(
            html,
            "<dt><code>{}</code></dt><dd>{count}</dd>",
            Escaped(route)
        )?;
    }
    html.push_str("</dl>\n");
    Ok(())
}
