//! The part of the page that shows who is where.

use std::fmt::{self, Write};

use super::escaped::Escaped;
use crate::sfu::FORWARDS;
use crate::signaling::{MeetingView, ParticipantView, TrackView};

/// The most rows of participants, in all meetings together: beyond, a page would take longer to show
/// than it stays true.
const ROWS_SHOWN: usize = 500;
/// The most meetings.
const MEETINGS_SHOWN: usize = 100;

pub(super) fn write_meetings(html: &mut String, meetings: &[MeetingView]) -> fmt::Result {
    let total = meetings.len();
    writeln!(html, "<h2>Meetings <small>{total}</small></h2>")?;
    if total == 0 {
        html.push_str("<p>Nobody is connected.</p>\n");
        return Ok(());
    }
    html.push_str(match FORWARDS {
        true => "<p>Services make no files: what is shown of them is what signalling tells.</p>\n",
        false => {
            "<p>No audio, video or data flows here yet, and services make no files: what is shown \
             is what signalling tells.</p>\n"
        }
    });
    let mut rows = ROWS_SHOWN;
    for meeting in meetings.iter().take(MEETINGS_SHOWN) {
        write_meeting(html, meeting, &mut rows)?;
    }
    if total > MEETINGS_SHOWN {
        writeln!(
            html,
            "<p>The newest {MEETINGS_SHOWN} of {total} meetings.</p>"
        )?;
    }
    Ok(())
}

fn write_meeting(html: &mut String, meeting: &MeetingView, rows: &mut usize) -> fmt::Result {
    let running = match meeting.running.is_empty() {
        true => "nothing".to_owned(),
        false => meeting.running.join(", "),
    };
    write!(
        html,
        "<h3><code>{}</code></h3>\n<p class=\"session\">Session <code>{}</code>, since {}. \
         Running: <b>{running}</b>.",
        Escaped(&meeting.room_id),
        Escaped(&meeting.session_id),
        meeting.started_at,
    )?;
    if !meeting.characters.is_empty() {
        html.push_str(" Characters: ");
        for (index, name) in meeting.characters.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(html, "{comma}<bdi>{}</bdi>", Escaped(name))?;
        }
        html.push('.');
    }
    html.push_str("</p>\n");
    let shown = meeting.participants.len().min(*rows);
    *rows -= shown;
    if shown > 0 {
        html.push_str(
            "<div class=\"wide\"><table>\n<thead><tr><th>Name</th><th>Participant id</th>\
             <th>Mode</th><th>Mic</th><th>Webcam</th><th>Share</th><th>In the meeting</th>",
        );
        if FORWARDS {
            html.push_str("<th>Sends</th><th>Receives</th>");
        }
        html.push_str("</tr></thead>\n<tbody>\n");
        for participant in &meeting.participants[..shown] {
            let speaks = meeting.active_speaker.as_deref() == Some(&participant.id);
            write_participant(html, participant, speaks)?;
        }
        html.push_str("</tbody>\n</table></div>\n");
    }
    let hidden = meeting.participants.len() - shown;
    if hidden > 0 {
        writeln!(html, "<p>And {hidden} more.</p>")?;
    }
    Ok(())
}

fn write_participant(
    html: &mut String,
    participant: &ParticipantView,
    speaks: bool,
) -> fmt::Result {
    let agent = match participant.peer_type.as_str() {
        "agent" => " <small>agent</small>",
        _ => "",
    };
    let speaks = if speaks { " <small>speaks</small>" } else { "" };
    let flag = |on: bool| if on { "on" } else { "off" };
    let since = match &participant.joined_at {
        // The time of day is enough on the same day; the rest shows when it is pointed at.
        Some(moment) => {
            let time = moment.split(['T', '.']).nth(1).unwrap_or(moment);
            format!("since <time datetime=\"{moment}\" title=\"{moment}\">{time} UTC</time>")
        }
        None => participant.entry.to_owned(),
    };
    // Foreign text must not turn what stands around it, as right-to-left marks would.
    write!(
        html,
        "<tr><td class=\"name\"><bdi>{}</bdi>{agent}{speaks}</td><td class=\"name\"><bdi>{}</bdi></td>\
         <td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{since}</td>",
        Escaped(&participant.display_name),
        Escaped(&participant.id),
        Escaped(&participant.mode),
        flag(participant.mic),
        flag(participant.webcam),
        flag(participant.share),
    )?;
    if FORWARDS {
        html.push_str("<td>");
        for track in &participant.tracks {
            write_track(html, track)?;
        }
        write!(html, "</td><td>{}</td>", participant.receives)?;
    }
    html.push_str("</tr>\n");
    Ok(())
}

fn write_track(html: &mut String, track: &TrackView) -> fmt::Result {
    write!(html, "<div>{}", track.kind)?;
    if track.paused {
        html.push_str(", paused");
    }
    if let Some(figures) = &track.figures {
        let codec = figures.codec.split('/').next_back().unwrap_or_default();
        let lost = figures.packets_lost.max(0) as f64;
        let percent = 100.0 * lost / (figures.packets as f64 + lost).max(1.0);
        let rate = figures.bits_per_second / 1000;
        write!(html, ", {codec}, {rate} kbit/s, {percent:.1} % lost")?;
        if figures.layers.len() > 1 {
            for layer in &figures.layers {
                let rate = layer.bits_per_second / 1000;
                write!(html, ", {} {rate}", Escaped(&layer.name))?;
            }
        }
    }
    html.push_str("</div>\n");
    Ok(())
}
