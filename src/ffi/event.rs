//! Events: what a meeting tells.
//!
//! An event is immutable: what is read from it stays valid until it is freed, or, in an event
//! handler, until the handler returns.

use once_cell::sync::OnceCell;
use std::ffi::c_char;
use std::sync::Arc;

use super::error::VsdkError;
use super::guard;
use super::handle::{self, object};
use super::library::VsdkStatus;
use super::out::Out;
use super::text::{self, Text};
use crate::meeting::Event;

/// What kind of event it is. Ignore those that are unknown.
pub type VsdkEventType = i32;
/// The meeting is in another state.
///
/// - When: after each change of state; the first is that of vsdk_init_meeting, the last the end.
///   After a lost connection CONNECTED comes once topics and values are subscribed and observed
///   again. CONNECTING can follow CONNECTED: when the meeting is switched.
/// - code: the new state, a VSDK_MEETING_STATE_ constant.
/// - text: its name, e.g. `INITIALISED`.
/// - status: why, a VSDK_STATUS_ constant, when the app did not ask for it; else 0.
/// - json: with a status, `message` and `remedy` say more, `serviceCode` and `serviceText` are
///   what the service gave. With CONNECTED, `lostTopics` and `lostKeys` are what could not be
///   subscribed and observed again on a new connection.
/// - participant_id: the participant that the meeting joins as.
pub const VSDK_EVENT_TYPE_STATE_CHANGED: VsdkEventType = 1;
/// The token works, but not for long or not as one would think.
///
/// - When: once for each warning, behind the first event of a meeting and after each
///   vsdk_meeting_set_token.
/// - code: the finding, a VSDK_TOKEN_FINDING_ constant.
/// - text: what it is, and what to do about it.
/// - participant_id: the participant that the meeting joins as.
/// - json: `finding` is its name, a text.
pub const VSDK_EVENT_TYPE_TOKEN_WARNING: VsdkEventType = 2;
/// The token's life is over in a minute or less. Hand in a fresh one with vsdk_meeting_set_token.
///
/// - When: 60 seconds before the end, once for each token; at once when less is left of it.
/// - code: the time left, in seconds.
/// - text: the same in words.
/// - participant_id: the participant that the meeting joins as.
/// - json: `expiresAt` is the end, in seconds since 1970 (UTC).
pub const VSDK_EVENT_TYPE_TOKEN_EXPIRING: VsdkEventType = 3;
/// Events were lost because they were not read in time. Read the snapshot again.
///
/// - When: behind the events that waited before the loss, as soon as there is room for it.
/// - code: how many were lost.
/// - json: `lost` is the same number, without an upper limit.
pub const VSDK_EVENT_TYPE_OVERFLOW: VsdkEventType = 4;
/// Something is not as it should be, but the meeting goes on.
///
/// - When: e.g. when the ICE servers cannot be read, or a message of the service is malformed.
/// - text: what it is.
/// - participant_id: the participant that the meeting joins as.
pub const VSDK_EVENT_TYPE_WARNING: VsdkEventType = 5;
/// The service reported an error.
///
/// - When: whenever it does; the meeting goes on.
/// - code: the service's own number; 0 without one.
/// - text: the service's words, redacted.
/// - status: a VSDK_STATUS_ constant for the number.
pub const VSDK_EVENT_TYPE_ERROR: VsdkEventType = 6;
/// The connection was lost and is made anew.
///
/// - When: before each try.
/// - code: the number of the try, from 1.
/// - text: why it is needed: how the connection, or the last try, ended.
/// - status: VSDK_STATUS_CONNECTION_LOST.
/// - participant_id: the participant that the meeting joins as.
/// - json: `attempt` and `attempts` are the try and how many there are, `delayMs` the time until
///   it, in milliseconds.
pub const VSDK_EVENT_TYPE_RECONNECTING: VsdkEventType = 7;
/// This participant is no longer in the room.
///
/// - When: once, before the state that follows from it.
/// - code: the service's number for the reason, e.g. 1002 for removed, 1101 for left by the app.
/// - text: its name, e.g. `REMOVE_PEER`.
/// - participant_id: the participant that the meeting joined as.
pub const VSDK_EVENT_TYPE_MEETING_LEFT: VsdkEventType = 8;
/// The service told something that this version does not know.
///
/// - When: whenever it does.
/// - text: the name of what was told.
/// - json: `data` is what it held, without secrets.
pub const VSDK_EVENT_TYPE_UNKNOWN: VsdkEventType = 9;
/// Somebody is in the room.
///
/// - When: for everybody who is there already, behind the state CONNECTED (on a new connection
///   before it), and for each newcomer; never for the own participant.
/// - participant_id: who.
/// - text: the name.
/// - json: `participant` is what the snapshot has of it.
pub const VSDK_EVENT_TYPE_PARTICIPANT_JOINED: VsdkEventType = 100;
/// Somebody is no longer in the room.
///
/// - When: once for each who leaves while this participant is in the room.
/// - participant_id: who.
/// - code: the service's number for the reason, e.g. 1001 for a lost connection; 1007 when it is
///   unknown.
/// - text: its name.
pub const VSDK_EVENT_TYPE_PARTICIPANT_LEFT: VsdkEventType = 101;
/// Somebody has another name.
///
/// - When: on each change.
/// - participant_id: who.
/// - text: the new name.
pub const VSDK_EVENT_TYPE_PARTICIPANT_NAME_CHANGED: VsdkEventType = 102;
/// Somebody does something else with media.
///
/// - When: on each change, also of the own participant.
/// - participant_id: who.
/// - code: a VSDK_MODE_ constant; 0 when it is unknown.
/// - text: its name, e.g. `RECV_ONLY`.
pub const VSDK_EVENT_TYPE_PARTICIPANT_MODE_CHANGED: VsdkEventType = 103;
/// Somebody tells something else about itself.
///
/// - When: when it came back with other metadata.
/// - participant_id: who.
/// - json: `metaData` is all of it, an object or null.
pub const VSDK_EVENT_TYPE_PARTICIPANT_METADATA_CHANGED: VsdkEventType = 104;
/// Somebody began or stopped to send.
///
/// - When: on each change, also of the own participant.
/// - participant_id: who.
/// - code: 1 or 0.
/// - text: what: `audio`, `video`, `share` or `shareAudio`.
pub const VSDK_EVENT_TYPE_MEDIA_STATE_CHANGED: VsdkEventType = 105;
/// Somebody else speaks, or nobody.
///
/// - When: on each change.
/// - participant_id: who; NULL for nobody.
pub const VSDK_EVENT_TYPE_ACTIVE_SPEAKER_CHANGED: VsdkEventType = 106;
/// Somebody was pinned or unpinned for everybody.
///
/// - When: on each change.
/// - participant_id: who.
/// - json: `cam` and `share` are what is pinned now, `pinnedBy` is who did it.
pub const VSDK_EVENT_TYPE_PIN_STATE_CHANGED: VsdkEventType = 107;
/// Somebody asks to be let in.
///
/// - When: to those whose token has the permission `allow_join`.
/// - participant_id: who.
/// - text: the name.
pub const VSDK_EVENT_TYPE_ENTRY_REQUESTED: VsdkEventType = 200;
/// It was decided whether somebody is let in.
///
/// - When: to those who may decide, and to who asked.
/// - participant_id: who asked.
/// - code: 1 when it is let in, else 0.
/// - text: the decision, `allowed` or `denied`.
pub const VSDK_EVENT_TYPE_ENTRY_RESPONDED: VsdkEventType = 201;
/// Somebody asks this participant to switch its microphone on.
///
/// - When: on each request. A microphone that is added or enabled accepts it, and everybody is told
///   so by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
/// - participant_id: who asks.
pub const VSDK_EVENT_TYPE_MIC_REQUESTED: VsdkEventType = 202;
/// Somebody asks this participant to switch its camera on.
///
/// - When: on each request. A camera that is added or enabled accepts it, and everybody is told so
///   by MEDIA_STATE_CHANGED; who does nothing declines it: the service knows no word for that.
/// - participant_id: who asks.
pub const VSDK_EVENT_TYPE_WEBCAM_REQUESTED: VsdkEventType = 203;
/// Somebody asks this participant to go on in another meeting.
///
/// - When: on each request.
/// - participant_id: who asks.
/// - text: the id of that meeting.
/// - json: `data` is what came with it, without the token.
pub const VSDK_EVENT_TYPE_SWITCH_REQUESTED: VsdkEventType = 204;
/// A message came on a topic that is subscribed.
///
/// - When: for what was kept before the subscription, in order, and for each new one.
/// - participant_id: the sender.
/// - text: the topic.
/// - payload: the message, UTF-8.
/// - code: 1 when it is from before the subscription, else 0.
/// - json: `message`, `id`, `timestamp`, `payload` and `sendOnly` as the service
///   tells them.
pub const VSDK_EVENT_TYPE_MESSAGE: VsdkEventType = 300;
/// A value that is observed has changed.
///
/// - When: on each change.
/// - participant_id: who changed it.
/// - text: the key.
/// - payload: the value, UTF-8.
/// - code: 0 when the value is gone, else 1.
/// - json: `value` is the value; absent when it is gone.
pub const VSDK_EVENT_TYPE_STORE_VALUE_CHANGED: VsdkEventType = 301;
/// The recording is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
/// - text: the name of the state, e.g. `RECORDING_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_RECORDING_STATE_CHANGED: VsdkEventType = 400;
/// The livestream is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
/// - text: the name of the state, e.g. `LIVESTREAM_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_LIVESTREAM_STATE_CHANGED: VsdkEventType = 401;
/// The HLS stream is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped, 5 playable; 0 when it is unknown.
/// - text: the name of the state, e.g. `HLS_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_HLS_STATE_CHANGED: VsdkEventType = 402;
/// The transcription is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
/// - text: the name of the state, e.g. `TRANSCRIPTION_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_TRANSCRIPTION_STATE_CHANGED: VsdkEventType = 403;
/// The translation is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
/// - text: the name of the state, e.g. `TRANSLATION_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_TRANSLATION_STATE_CHANGED: VsdkEventType = 404;
/// The whiteboard is in another state.
///
/// - When: on each change, to everybody in the room; and when the service told nothing of it on a
///   new connection: then it is unknown.
/// - code: 1 starting, 2 started, 3 stopping, 4 stopped; 0 when it is unknown.
/// - text: the name of the state, e.g. `WHITEBOARD_STARTED`.
/// - json: what else the service tells, e.g. URLs.
pub const VSDK_EVENT_TYPE_WHITEBOARD_STATE_CHANGED: VsdkEventType = 405;
/// Somebody said something.
///
/// - When: while a transcription runs.
/// - participant_id: who.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_TRANSCRIPTION_TEXT: VsdkEventType = 410;
/// Somebody said something, translated.
///
/// - When: while a translation runs.
/// - participant_id: who.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_TRANSLATION_TEXT: VsdkEventType = 411;
/// Somebody wants translations in another language.
///
/// - When: on each change.
/// - participant_id: who.
/// - text: the language.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_TRANSLATION_LANGUAGE_CHANGED: VsdkEventType = 412;
/// An agent does something else.
///
/// - When: on each change.
/// - participant_id: the agent.
/// - text: `idle`, `listening`, `thinking` or `speaking`.
pub const VSDK_EVENT_TYPE_AGENT_STATE_CHANGED: VsdkEventType = 500;
/// An agent heard or said something.
///
/// - When: for each piece of it.
/// - participant_id: who spoke.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_AGENT_TRANSCRIPT: VsdkEventType = 501;
/// Figures of an agent.
///
/// - When: when the agent tells them.
/// - participant_id: the agent.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_AGENT_METRICS: VsdkEventType = 502;
/// A character joined.
///
/// - When: once for each.
/// - participant_id: the character.
/// - text: its name.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_JOINED: VsdkEventType = 510;
/// A character left.
///
/// - When: once for each.
/// - participant_id: the character.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_LEFT: VsdkEventType = 511;
/// A character is in another state.
///
/// - When: on each change.
/// - participant_id: the character.
/// - text: the state, e.g. `CHARACTER_SPEAKING`.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_STATE_CHANGED: VsdkEventType = 512;
/// A character said something.
///
/// - When: for each message.
/// - participant_id: the character.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_MESSAGE: VsdkEventType = 513;
/// Somebody said something to a character.
///
/// - When: for each message.
/// - participant_id: the character.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_USER_MESSAGE: VsdkEventType = 514;
/// A character sent data.
///
/// - When: for each piece.
/// - participant_id: the character.
/// - text: the topic.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_DATA: VsdkEventType = 515;
/// A character failed.
///
/// - When: on each failure.
/// - participant_id: the character.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CHARACTER_ERROR: VsdkEventType = 516;
/// A connection to another meeting was opened.
///
/// - When: once for each.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CONNECTION_OPENED: VsdkEventType = 600;
/// A connection to another meeting was closed.
///
/// - When: once for each.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CONNECTION_CLOSED: VsdkEventType = 601;
/// Somebody in a connected meeting wrote something.
///
/// - When: for each message.
/// - participant_id: who.
/// - text: what.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CONNECTION_MESSAGE: VsdkEventType = 602;
/// Somebody joined a connected meeting.
///
/// - When: once for each.
/// - participant_id: who.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_JOINED: VsdkEventType = 603;
/// Somebody left a connected meeting.
///
/// - When: once for each.
/// - participant_id: who.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_CONNECTION_PARTICIPANT_LEFT: VsdkEventType = 604;
/// Media is relayed to another meeting.
///
/// - When: on each beginning.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_MEDIA_RELAY_STARTED: VsdkEventType = 610;
/// Media is no longer relayed to another meeting.
///
/// - When: on each end.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_MEDIA_RELAY_STOPPED: VsdkEventType = 611;
/// Media could not be relayed to another meeting.
///
/// - When: on each failure.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_MEDIA_RELAY_ERROR: VsdkEventType = 612;
/// Somebody in another meeting asks to relay its media to this one.
///
/// - When: on each request.
/// - participant_id: who asks.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_MEDIA_RELAY_REQUESTED: VsdkEventType = 613;
/// Another meeting answered to the wish to relay media there.
///
/// - When: on each answer.
/// - participant_id: who decided.
/// - text: the id of that meeting.
/// - json: `data` is all of it.
pub const VSDK_EVENT_TYPE_MEDIA_RELAY_RESPONDED: VsdkEventType = 614;
/// Somebody sends a track that can be received now.
///
/// - When: once for each track, also for those that were sent before this participant joined.
/// - participant_id: who sends it.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that, e.g. `audio`.
/// - json: `codec` is its name, `spatialLayers` and `temporalLayers` are their numbers, `paused`
///   says whether it rests, `appData` is what its sender tells with it.
pub const VSDK_EVENT_TYPE_TRACK_ADDED: VsdkEventType = 700;
/// A track is no longer sent.
///
/// - When: once for each that was added; its frames that are left can still be read.
/// - participant_id: who sent it.
/// - track_id: the track.
/// - code: what it was, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_TRACK_REMOVED: VsdkEventType = 701;
/// A track rests: its sender has paused it.
///
/// - When: on each pause.
/// - participant_id: who sends it.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_TRACK_PAUSED: VsdkEventType = 702;
/// A track goes on.
///
/// - When: on each end of a pause.
/// - participant_id: who sends it.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_TRACK_RESUMED: VsdkEventType = 703;
/// A track comes in another size or rate.
///
/// - When: on each change.
/// - participant_id: who sends it.
/// - track_id: the track.
/// - code: the spatial layer; -1 for none.
/// - text: what the track is, e.g. `video`.
/// - json: `spatialLayer` and `temporalLayer` are the layers.
pub const VSDK_EVENT_TYPE_TRACK_LAYERS_CHANGED: VsdkEventType = 704;
/// One of this participant's own tracks is sent from now on.
///
/// - When: once the service has taken it, again after each new connection.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_TRACK_PUBLISHED: VsdkEventType = 710;
/// One of this participant's own tracks is no longer sent.
///
/// - When: when it was switched off or taken out, or the connection is lost.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_TRACK_UNPUBLISHED: VsdkEventType = 711;
/// One of this participant's own tracks cannot be sent.
///
/// - When: e.g. when the room does not offer its codec, or the service refuses it.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: why.
/// - status: a VSDK_STATUS_ constant.
/// - json: `remedy` is what to do, `serviceCode` the service's own number or null.
pub const VSDK_EVENT_TYPE_TRACK_FAILED: VsdkEventType = 712;
/// The options of the meeting want a microphone or a camera, but there is no track to send.
///
/// - When: once for each, after joining; what is added later is sent all the same.
/// - participant_id: this participant.
/// - code: what is missing, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that, `audio` or `video`.
pub const VSDK_EVENT_TYPE_SOURCE_MISSING: VsdkEventType = 713;
/// Somebody cannot decode one of this participant's own tracks without a key frame: make one.
///
/// - When: when nobody has asked since the last key frame.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: what it is, a VSDK_TRACK_KIND_ constant.
/// - text: the name of that.
pub const VSDK_EVENT_TYPE_KEY_FRAME_REQUESTED: VsdkEventType = 714;
/// The network allows something else for one of this participant's own tracks.
///
/// - When: when a layer goes on or off, or its rate changes by a tenth. Ask the track for the
///   target of its encoder.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: the layer; 0 is the smallest.
pub const VSDK_EVENT_TYPE_ENCODER_TARGET_CHANGED: VsdkEventType = 715;
/// Network or processor limit one of this participant's own pictures, or no longer do.
///
/// - When: when for two seconds a layer is off or all together get less than four fifths of what
///   they want; then when for four seconds they get nearly all of it. For the processor, whenever
///   the pictures of a camera become smaller than they should be, smaller still, or larger again. A track that is no longer sent
///   is not limited any more, and nothing but VSDK_EVENT_TYPE_TRACK_UNPUBLISHED says so.
/// - participant_id: this participant.
/// - track_id: the track.
/// - code: 1 when it is limited from now on, 0 when it no longer is.
/// - text: what is scarce: `bandwidth`, or `cpu` when raw pictures are not encoded in time.
/// - json: `state` is `detected` or `resolved`, as the official clients say it; `wantedKbps` and
///   `grantedKbps` are what all its layers together want and get, in kilobits per second; for the
///   processor `reducedBy` is by what each side is divided.
pub const VSDK_EVENT_TYPE_QUALITY_LIMITATION_CHANGED: VsdkEventType = 716;
/// The way for media is another one.
///
/// - When: on each change.
/// - participant_id: this participant.
/// - code: 1 connected, 2 disconnected, which is mended by itself, 3 failed.
/// - text: which way, `send` or `receive`.
/// - status: why it failed, a VSDK_STATUS_ constant; else 0.
/// - json: `state` is the name of the state, `reason` says more where there is more to say.
pub const VSDK_EVENT_TYPE_TRANSPORT_STATE_CHANGED: VsdkEventType = 720;
/// Data came.
///
/// - When: for each piece; the order is not that in which they were sent.
/// - participant_id: who sent it.
/// - payload: the data.
/// - text: `text` when it is UTF-8, else `binary`.
/// - code: how it was sent, a VSDK_RELIABILITY_ constant.
pub const VSDK_EVENT_TYPE_DATA: VsdkEventType = 730;
/// Microphones or speakers of this machine came or went, or another one is the default.
///
/// - When: within some two seconds of each change, after vsdk_meeting_watch_devices.
/// - participant_id: this participant.
/// - code: which, a VSDK_DEVICE_KIND_ constant.
/// - text: the name of that, `microphone` or `speaker`.
/// - json: `added` and `removed` are lists of devices, each with `id` and `name`; `default` is the
///   device that is the default now, null when that is as before.
pub const VSDK_EVENT_TYPE_DEVICES_CHANGED: VsdkEventType = 740;
/// A microphone or speaker could not be opened by the library, or does not work any more.
///
/// - When: when the microphone that the options or vsdk_meeting_set_mic_enabled want cannot be
///   opened, and once for each open device that fails. The meeting goes on.
/// - participant_id: this participant.
/// - code: what it is, a VSDK_DEVICE_KIND_ constant.
/// - text: why.
/// - status: a VSDK_STATUS_ constant.
/// - json: `remedy` is what to do, `kind` is `microphone` or `speaker`, `device` has `id` and `name`
///   of the device; it is null when none could be opened.
pub const VSDK_EVENT_TYPE_DEVICE_FAILED: VsdkEventType = 741;

/// One event of a meeting.
pub struct VsdkEvent {
    _opaque: [u8; 0],
}

pub(super) struct EventObject {
    event: Arc<Event>,
    name: Text,
    participant_id: Option<Text>,
    participant_name: Option<Text>,
    track_id: Option<Text>,
    text: Option<Text>,
    /// Made when it is asked for: most events are never read as JSON.
    json: OnceCell<Text>,
}

object!(EventObject, Event, VsdkEvent);

impl From<Arc<Event>> for EventObject {
    fn from(event: Arc<Event>) -> Self {
        Self {
            name: Text::new(event.kind().name()),
            participant_id: Text::optional(event.participant_id()),
            participant_name: Text::optional(event.participant_name()),
            track_id: Text::optional(event.track_id()),
            text: Text::optional(event.text()),
            json: OnceCell::new(),
            event,
        }
    }
}

/// What kind of event it is.
///
/// @param[in] event The event.
/// @return A VSDK_EVENT_TYPE_ constant; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_type(event: *const VsdkEvent) -> VsdkEventType {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.kind() as VsdkEventType)
    })
}

/// The stable name of its type, e.g. "STATE_CHANGED".
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_type_name(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.name.pointer())
    })
}

/// Its number in the order of this meeting's events, from 1. A gap means lost events.
///
/// @param[in] event The event.
/// @return The number; 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_sequence(event: *const VsdkEvent) -> i64 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(i64::try_from(object.event.sequence()).unwrap_or(i64::MAX))
    })
}

/// When it happened.
///
/// @param[in] event The event.
/// @return Milliseconds since 1970 (UTC); 0 when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_time_ms(event: *const VsdkEvent) -> i64 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.time_ms())
    })
}

/// Whom it is about or from.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when it is about nobody.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_participant_id(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.participant_id))
    })
}

/// What that participant was called at that moment.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when it is about nobody, or nothing told the name.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_participant_name(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.participant_name))
    })
}

/// Which track it is about.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when it is about none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_track_id(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.track_id))
    })
}

/// A number whose meaning depends on the type.
///
/// @param[in] event The event.
/// @return The number; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_code(event: *const VsdkEvent) -> i32 {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.code())
    })
}

/// A text whose meaning depends on the type.
///
/// @param[in] event The event.
/// @return borrowed from event. NULL when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_text(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(text::pointer(&object.text))
    })
}

/// The failure behind it.
///
/// @param[in] event The event.
/// @return A VSDK_STATUS_ constant; 0 when there is none.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_status(event: *const VsdkEvent) -> VsdkStatus {
    guard::value(0, || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object.event.status().map_or(0, crate::Status::code))
    })
}

/// Bytes whose meaning depends on the type; mostly none.
///
/// @param[in] event The event.
/// @param[out] payload borrowed from event. The bytes; NULL when there are none.
/// @param[out] length Their number.
/// @param[out] error nullable, owned, free with vsdk_error_free. NULL on success.
/// @return VSDK_STATUS_OK.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_payload(
    event: *const VsdkEvent,
    payload: *mut *const u8,
    length: *mut usize,
    error: *mut *mut VsdkError,
) -> VsdkStatus {
    // SAFETY: the header's contract for the out-parameters.
    unsafe {
        let (payload, length) = (Out::new(payload, std::ptr::null()), Out::new(length, 0));
        guard::status("event_payload", error, || {
            let (payload, length) = (payload.required("payload")?, length.required("length")?);
            let object = handle::get::<EventObject>(event)?;
            let bytes = object.event.payload();
            if !bytes.is_empty() {
                payload.set(bytes.as_ptr());
            }
            length.set(bytes.len());
            Ok(())
        })
    }
}

/// All of it, also what has no getter of its own.
///
/// @param[in] event The event.
/// @return borrowed from event. A JSON object; NULL when the handle is not valid.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_json(event: *const VsdkEvent) -> *const c_char {
    guard::value(std::ptr::null(), || {
        let object = handle::get::<EventObject>(event)?;
        Ok(object
            .json
            .get_or_init(|| Text::new(&object.event.to_json()))
            .pointer())
    })
}

/// Frees an event that was read with vsdk_meeting_next_event.
///
/// @param[in] event nullable, freed. The event.
/// @note Does not block.
/// @since 0.1
#[unsafe(no_mangle)]
pub unsafe extern "C" fn vsdk_event_free(event: *mut VsdkEvent) {
    guard::value((), || {
        handle::free::<EventObject>(event);
        Ok(())
    });
}
