//! The page for people at `/`, and the same as JSON.

use std::fmt::{self, Write};
use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::json;

use super::App;
use super::replies::{ok, typed_reply};

const STYLE: &str = include_str!("status_page.css");
/// The page loads nothing and runs nothing; this makes browsers hold it to that.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/// Older rooms are left out of the page, which stays readable after a long test run.
const ROOMS_SHOWN: usize = 200;

/// `GET /status.json`
pub(super) async fn json(State(app): State<Arc<App>>) -> Response {
    let rooms: Vec<_> = {
        let world = app.world();
        let rooms = world.newest_first().map(|room| {
            json!({
                "roomId": room.room_id,
                "customRoomId": room.spec.custom_room_id,
                "createdAt": room.created_at.to_string(),
                "disabled": room.disabled,
            })
        });
        rooms.collect()
    };
    ok(&json!({
        "service": "devserver",
        "version": env!("CARGO_PKG_VERSION"),
        "apiKey": app.keys.api_key,
        "time": app.clock.now().to_string(),
        "addresses": app.addresses,
        "rooms": rooms,
        "stats": app.stats(),
        "faults": app.faults.list_all(),
        "signalingFaults": app.faults.list_signaling(),
    }))
}

/// `GET /`
pub(super) async fn page(State(app): State<Arc<App>>) -> Response {
    let mut html = String::new();
    write_page(&mut html, &app).expect("writing to a String never fails");
    let mut response = typed_reply(StatusCode::OK, "text/html; charset=utf-8", html.into());
    let policy = HeaderValue::from_static(POLICY);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy);
    response
}

fn write_page(html: &mut String, app: &App) -> fmt::Result {
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
    write_rooms(html, app)?;
    write_faults(html, app)?;
    write_counters(html, app)?;
    html.push_str("</main>\n</body>\n</html>\n");
    Ok(())
}

fn write_service(html: &mut String, app: &App) -> fmt::Result {
    html.push_str(
        "<header>\n<h1>devserver</h1>\n<p>A local VideoSDK service for development. It forgets \
         everything when it stops. <a href=\"/\">Reload</a></p>\n</header>\n<dl>\n",
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
    writeln!(html, "<dt>API key</dt><dd><code>{api_key}</code></dd>")?;
    writeln!(
        html,
        "<dt>Time</dt><dd><code>{}</code></dd>\n</dl>",
        app.clock.now()
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

/// Text that cannot be taken for markup, neither between tags nor in a quoted attribute.
struct Escaped<'text>(&'text str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let text = "<script>alert('1' & \"2\")</script> \u{1f600}";
        assert_eq!(
            Escaped(text).to_string(),
            "&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt; \u{1f600}"
        );
    }
}
