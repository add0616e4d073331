//! Tracks that are sent and received, and data.

use std::sync::Arc;
use std::time::Instant;

use crate::media::audio::EncoderSettings;
use crate::media::coding::check_coded_here;
use crate::media::negotiation::PreferredLayers;
use crate::media::plane::TrackKey;
use crate::media::sink::{self, Frames, TrackSink};
use crate::media::source::TrackSource;
use crate::media::transform::SentTransform;
use crate::media::{
    AudioFormat, AudioInput, AudioOutput, Codec, EncodedFrame, EncoderTarget, FrameTransform, Kind,
    LayerInfo, MediaStatistics, PictureFormat, Pushed, ReceivedFrame, Reliability, Sent, TrackKind,
    TrackOptions, VideoInput, VideoOutput,
};
use crate::meeting::object::Meeting;
use crate::meeting::session::Session;
use crate::meeting::shared::{Shared, Waiting};
use crate::runtime::{Callback, Next, Operation, Prepared, Timeout};
use crate::{Error, Result, Status};

const NEXT_FRAME: &str = "remote_track_next_frame";
const PAUSE_TRACK: &str = "remote_track_pause";
const RESUME_TRACK: &str = "remote_track_resume";
const SET_LAYERS: &str = "remote_track_set_preferred_layers";
const SET_VIEWPORT: &str = "remote_track_set_viewport";

/// A track that this participant sends. Dropping it takes it out of the meeting.
///
/// It may be there before the meeting is joined, and stays through lost connections: whenever there
/// is a way, it is sent.
pub struct LocalTrack {
    pub(super) shared: Arc<Shared>,
    key: TrackKey,
    source: Arc<TrackSource>,
    layers: Vec<LayerInfo>,
    encoder: Option<EncoderSettings>,
    transform: Arc<SentTransform>,
    id: String,
}

impl Meeting {
    /// Adds a track that is sent from now on, or once the meeting is joined.
    ///
    /// [`EventType::TrackPublished`](crate::meeting::EventType::TrackPublished) says when the others
    /// can receive it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the meeting is over.
    pub fn add_track(&self, options: &TrackOptions) -> Result<LocalTrack> {
        LocalTrack::add(&self.shared, options).map_err(|error| error.during("meeting_add_track"))
    }

    /// A track of somebody else, by the id that
    /// [`EventType::TrackAdded`](crate::meeting::EventType::TrackAdded) tells.
    ///
    /// # Errors
    ///
    /// [`Status::NotFound`] when nobody sends a track with that id.
    pub fn remote_track(&self, track_id: &str) -> Result<RemoteTrack> {
        let sink = self.shared.tracks.sink(track_id).ok_or_else(|| {
            Error::new(
                Status::NotFound,
                format!(
                    "There is no track {} in the meeting",
                    crate::redact::shown(track_id)
                ),
                "Use the track id of a TRACK_ADDED event; a track is there until TRACK_REMOVED.",
            )
            .during("meeting_remote_track")
        })?;
        Ok(RemoteTrack {
            shared: Arc::clone(&self.shared),
            sink,
        })
    }

    /// From now on the frames of all tracks go to the handler, on the thread for media, but for those
    /// that an [`AudioOutput`] or [`VideoOutput`] takes; `None` lets them wait for [`RemoteTrack::next_frame`] again.
    ///
    /// # Errors
    ///
    /// When the library's threads cannot be started.
    pub fn set_frame_handler(&self, handler: Option<Callback<Arc<ReceivedFrame>>>) -> Result<()> {
        self.shared.tracks.set_frame_handler(handler.as_ref())
    }

    /// From now on every frame that is sent or received becomes what the transform makes of it;
    /// `None` leaves frames as they are. Made for encryption from end to end: set it before joining,
    /// so that nothing goes out without, and before the first frame comes.
    ///
    /// It is called by the thread that pushes a frame, and by the one that reads it or calls the
    /// frame handler; inside, the rules of callbacks hold. When this returns, an earlier transform is
    /// not running and will not run again, unless this is called inside a callback. Once the meeting
    /// is dropped, nothing goes on that was to be transformed.
    pub fn set_frame_transform(&self, transform: Option<FrameTransform>) {
        self.shared.tracks.transform.set(transform);
    }

    /// The sound of everybody together, now and later, for playing. The frames of all tracks with
    /// sound go there from now on, until it is dropped. What is too loud together is turned down.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when one of these tracks has a frame handler of its own;
    /// [`Status::Unsupported`] when this build cannot decode.
    pub fn audio_mixer(&self, format: AudioFormat) -> Result<AudioOutput> {
        AudioOutput::of_all(&self.shared.tracks, format)
            .map_err(|error| error.during("meeting_audio_mixer"))
    }

    /// How media is doing, as it stood within the last second.
    #[must_use]
    pub fn media_statistics(&self) -> MediaStatistics {
        self.shared.media_statistics()
    }

    /// Sends data to everybody who receives media; never waits for the network.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] (service number 3072) above 15 KiB;
    /// [`Status::InvalidState`] (service number 3048) while there is no connection for media.
    pub fn send_data(&self, data: &[u8], is_text: bool, reliability: Reliability) -> Result<Sent> {
        self.shared
            .tracks
            .outbox
            .push(reliability, is_text, data)
            .map_err(|error| error.during("meeting_send_data"))
    }
}

impl LocalTrack {
    /// Adds a track to a meeting.
    pub(in crate::meeting) fn add(shared: &Arc<Shared>, options: &TrackOptions) -> Result<Self> {
        let layers: Vec<LayerInfo> = options
            .layers()
            .iter()
            .map(|layer| LayerInfo {
                scale: layer.scale.unwrap_or(1.0),
                max_kbps: layer.max_kbps.unwrap_or(0),
                max_fps: layer.max_fps.unwrap_or(0),
            })
            .collect();
        let source = TrackSource::new(options.kind, options.codec(), layers.len());
        let source = Arc::new(source);
        let key = shared.tracks.add_source(&source);
        let added = shared.with(|session, now| session.add_track(now, key, options.clone()));
        if let Err(error) = added {
            shared.tracks.remove_source(key);
            return Err(error);
        }
        let transform = SentTransform {
            slot: Arc::clone(&shared.tracks.transform),
            kind: source.kind,
            codec: source.codec,
            participant_id: shared.identity.participant_id.clone(),
            track_id: key.id(),
        };
        Ok(LocalTrack {
            shared: Arc::clone(shared),
            key,
            source,
            layers,
            encoder: options.encoder(),
            transform: Arc::new(transform),
            id: key.id(),
        })
    }

    /// What events call it.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(in crate::meeting) fn key(&self) -> TrackKey {
        self.key
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> TrackKind {
        self.source.kind
    }

    /// How its frames have to be encoded.
    #[must_use]
    pub fn codec(&self) -> Codec {
        self.source.codec
    }

    /// The sizes in which its pictures have to be encoded, the smallest first; one for sound.
    #[must_use]
    pub fn layers(&self) -> &[LayerInfo] {
        &self.layers
    }

    /// Sends a frame; never waits for the network.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for a frame that cannot be one; [`Status::InvalidState`] while
    /// there is an [`AudioInput`] or [`VideoInput`].
    pub fn push(&self, frame: EncodedFrame) -> Result<Pushed> {
        self.source
            .check_no_input()
            .and_then(|()| {
                let transform = &self.transform;
                self.source.push(frame, |frame| transform.apply(frame))
            })
            .map_err(|error| error.during("local_track_push"))
    }

    /// An input for raw sound, which is encoded as the track's audio profile says. It makes the
    /// track's frames from now on, until it is dropped.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the track has one already; [`Status::InvalidArgument`] when it
    /// carries no sound; [`Status::Unsupported`] when its codec is not Opus, or this build has none.
    pub fn audio_input(&self, format: AudioFormat) -> Result<AudioInput> {
        self.input_maker()
            .and_then(|make| make(format))
            .map_err(|error| error.during("local_track_audio_input"))
    }

    /// What makes an input for raw sound, wherever its layout becomes known.
    pub(in crate::meeting) fn input_maker(
        &self,
    ) -> Result<impl FnOnce(AudioFormat) -> Result<AudioInput> + Send + use<>> {
        let encoder = self.encoder.ok_or_else(|| no_sound(self.source.kind))?;
        check_coded_here(self.source.codec)?;
        let (source, transform) = (Arc::clone(&self.source), Arc::clone(&self.transform));
        Ok(move |format| AudioInput::new(&source, &transform, format, &encoder))
    }

    /// An input for raw pictures, which are encoded in the sizes of the track's layers. It makes the
    /// track's frames from now on, until it is dropped.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the track has one already; [`Status::InvalidArgument`] when it
    /// carries no pictures; [`Status::Unsupported`] when its codec is not VP8, or this build has none.
    pub fn video_input(&self) -> Result<VideoInput> {
        check_pictures(self.source.kind, self.source.codec)
            .and_then(|()| VideoInput::new(&self.source, &self.transform, &self.layers))
            .map_err(|error| error.during("local_track_video_input"))
    }

    /// What its encoder should do for that layer; `None` when there is no such layer.
    #[must_use]
    pub fn encoder_target(&self, layer: u8) -> Option<EncoderTarget> {
        self.source.target(layer)
    }

    /// Whether frames are taken now.
    #[must_use]
    pub fn is_sending(&self) -> bool {
        self.source.is_sending()
    }

    /// Switches it off or on again, like muting: the others see that it is off.
    pub fn set_enabled(&self, enabled: bool) {
        self.shared
            .with(|session, now| session.enable_track(now, self.key, enabled));
    }
}

impl Drop for LocalTrack {
    fn drop(&mut self) {
        self.shared
            .with(|session, now| session.remove_track(now, self.key));
        self.shared.tracks.remove_source(self.key);
    }
}

/// What [`RemoteTrack::next_frame`] found.
#[derive(Clone, Debug)]
pub enum NextFrame {
    /// The next frame.
    Frame(Arc<ReceivedFrame>),
    /// None within the time given.
    None,
    /// None, and none will come: the track is no longer sent.
    Closed,
}

/// A track that somebody else sends.
pub struct RemoteTrack {
    pub(super) shared: Arc<Shared>,
    sink: Arc<TrackSink>,
}

impl RemoteTrack {
    /// Its id, the same for everybody in the meeting.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.sink.track_id
    }

    /// Who sends it.
    #[must_use]
    pub fn participant_id(&self) -> &str {
        &self.sink.participant_id
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> TrackKind {
        self.sink.kind
    }

    /// How its frames are encoded.
    #[must_use]
    pub fn codec(&self) -> Codec {
        self.sink.codec
    }

    /// The next frame, waiting for it as long as `timeout` says. Sound that is not read in time loses
    /// its oldest frames, pictures lose all up to a key frame; the next frame tells of the gap.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while a frame handler is set or an [`AudioOutput`] or [`VideoOutput`] takes them;
    /// [`Status::WouldDeadlock`] when it would have to wait inside a callback.
    pub fn next_frame(&self, timeout: Timeout) -> Result<NextFrame> {
        let deadline = timeout.deadline();
        let mut left = timeout;
        loop {
            let next = self.sink.frames.next(NEXT_FRAME, left);
            match next.map_err(|error| error.during(NEXT_FRAME))? {
                Next::Item(waiting) => {
                    if let Some(frame) = self.sink.open(&waiting) {
                        return Ok(NextFrame::Frame(frame));
                    }
                }
                Next::None => return Ok(NextFrame::None),
                Next::Closed => return Ok(NextFrame::Closed),
            }
            // The app's transform dropped it: perhaps there is another one in time.
            if let Some(deadline) = deadline {
                left = deadline.saturating_duration_since(Instant::now()).into();
            }
        }
    }

    /// Puts a frame that could not be handed on back to where it was taken from.
    pub(crate) fn put_back(&self, frame: Arc<ReceivedFrame>) {
        let is_open = true;
        self.sink.frames.put_back(sink::Waiting { frame, is_open });
    }

    /// How many frames wait to be read. A transform may still drop some of them.
    #[must_use]
    pub fn waiting_frames(&self) -> usize {
        self.sink.frames.look(Frames::len)
    }

    /// Throws away the frames that wait. The next one tells of the gap; pictures go on with a key
    /// frame, which is asked for.
    pub fn flush(&self) {
        let is_gap = self.sink.frames.edit(Frames::flush);
        if is_gap && self.kind().kind() == Kind::Video {
            self.request_key_frame();
        }
    }

    /// Called on the thread for media whenever there is something to read after there was nothing,
    /// and when nothing more will come.
    ///
    /// # Errors
    ///
    /// When the library's threads cannot be started.
    pub fn set_wake_handler(&self, handler: Option<Callback<()>>) -> Result<()> {
        self.sink.frames.set_wake_handler(handler)
    }

    /// From now on its frames go to the handler, on the thread for media; `None` lets them wait.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] while an [`AudioOutput`] or [`VideoOutput`] takes them, and when the
    /// library's threads cannot be started.
    pub fn set_frame_handler(&self, handler: Option<Callback<Arc<ReceivedFrame>>>) -> Result<()> {
        let set = self.sink.set_handler(handler);
        set.map_err(|error| error.during("remote_track_set_frame_handler"))
    }

    /// Its sound, decoded for playing. Its frames go there from now on, until it is dropped; several
    /// outputs each get all of it.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the track has a frame handler; [`Status::InvalidArgument`] when
    /// it carries no sound; [`Status::Unsupported`] when its codec is not Opus, or this build has
    /// none.
    pub fn audio_output(&self, format: AudioFormat) -> Result<AudioOutput> {
        self.output_maker()
            .and_then(|make| make(format))
            .map_err(|error| error.during("remote_track_audio_output"))
    }

    /// What makes an output for raw sound, wherever its layout becomes known.
    pub(super) fn output_maker(
        &self,
    ) -> Result<impl FnOnce(AudioFormat) -> Result<AudioOutput> + Send + use<>> {
        match self.sink.kind.kind() {
            Kind::Audio => check_coded_here(self.sink.codec)?,
            Kind::Video => return Err(no_sound(self.sink.kind)),
        }
        let sink = Arc::clone(&self.sink);
        Ok(move |format| AudioOutput::of_track(&sink, format))
    }

    /// Its pictures, decoded for showing, as I420 or RGBA. Its frames go there from now on, until it is
    /// dropped; several outputs each get all of them. It begins with a key frame, which is asked for.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`] when the track has a frame handler; [`Status::InvalidArgument`] when
    /// it carries no pictures, and for other formats; [`Status::Unsupported`] when its codec is not
    /// VP8, or this build has none.
    pub fn video_output(&self, format: PictureFormat) -> Result<VideoOutput> {
        let output = check_pictures(self.sink.kind, self.sink.codec)
            .and_then(|()| VideoOutput::new(&self.sink, format))
            .map_err(|error| error.during("remote_track_video_output"))?;
        self.request_key_frame();
        Ok(output)
    }

    /// Asks its sender for a key frame; at most twice a second that is passed on.
    pub fn request_key_frame(&self) {
        let id = self.sink.track_id.to_string();
        self.shared
            .with(|session, now| session.request_key_frame(now, &id));
    }

    /// Lets the service send nothing of it for now, also on a new connection.
    ///
    /// # Errors
    ///
    /// The service's refusal; [`Status::NotFound`] when it is no longer sent.
    pub fn pause(&self, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(PAUSE_TRACK, self.pause_call(timeout.into()))
    }

    pub(crate) fn pause_call(&self, timeout: Timeout) -> Result<Prepared<()>> {
        self.pause_or_resume(PAUSE_TRACK, "pause the track", true, timeout)
    }

    /// Lets the service go on with it.
    ///
    /// # Errors
    ///
    /// As [`Self::pause`].
    pub fn resume(&self, timeout: impl Into<Timeout>) -> Operation<()> {
        Operation::of(RESUME_TRACK, self.resume_call(timeout.into()))
    }

    pub(crate) fn resume_call(&self, timeout: Timeout) -> Result<Prepared<()>> {
        self.pause_or_resume(RESUME_TRACK, "go on with the track", false, timeout)
    }

    fn pause_or_resume(
        &self,
        name: &'static str,
        goal: &'static str,
        pauses: bool,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let id = self.consumer(name, goal)?;
        let begin = move |session: &mut Session<Waiting>, now, waiter| {
            session.pause_track(now, &id, pauses, waiter)
        };
        Ok(super::waiting(&self.shared, name, timeout, begin, |_| {
            Ok(())
        }))
    }

    /// Which size and rate of it to receive at most, if it is sent in several; 0 is the lowest.
    ///
    /// It takes the place of [`Self::set_viewport`]: what was said last of the two holds, and is asked
    /// for again by itself when the track comes back on a new connection.
    ///
    /// # Errors
    ///
    /// As [`Self::pause`].
    pub fn set_preferred_layers(
        &self,
        spatial: u8,
        temporal: u8,
        timeout: impl Into<Timeout>,
    ) -> Operation<()> {
        let call = self.set_preferred_layers_call(spatial, temporal, timeout.into());
        Operation::of(SET_LAYERS, call)
    }

    pub(crate) fn set_preferred_layers_call(
        &self,
        spatial: u8,
        temporal: u8,
        timeout: Timeout,
    ) -> Result<Prepared<()>> {
        let id = self.consumer(SET_LAYERS, "choose the layers of the track")?;
        let layers = PreferredLayers { spatial, temporal };
        let begin = move |session: &mut Session<Waiting>, now, waiter| {
            session.prefer_layers(now, &id, layers, waiter)
        };
        let read = |_| Ok(());
        Ok(super::waiting(
            &self.shared,
            SET_LAYERS,
            timeout,
            begin,
            read,
        ))
    }

    /// How large it is shown, in pixels of the screen: the smallest size that covers that is received,
    /// if it is sent in several, at its full rate; the largest where none does, or the sender does not
    /// tell sizes. With 0 x 0, when nothing of it is seen, that is the smallest; a side of 0 leaves
    /// that side open.
    ///
    /// Never waits, and asks the service only when another size follows: fit to be called whenever a
    /// window changes. It takes the place of [`Self::set_preferred_layers`]: what was said last of the
    /// two holds, and is asked for again by itself when the track comes back on a new connection.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] when it carries no pictures; [`Status::NotFound`] when it is no
    /// longer sent.
    pub fn set_viewport(&self, width: u32, height: u32) -> Result<()> {
        let wrong = |error: Error| error.during(SET_VIEWPORT);
        check_carries_pictures(self.sink.kind).map_err(wrong)?;
        let track_id = &self.sink.track_id;
        let size = (width, height);
        let is_there = self
            .shared
            .with(|session, now| session.set_viewport(now, track_id, size));
        match is_there {
            true => Ok(()),
            false => Err(wrong(not_received("choose its size"))),
        }
    }

    /// Its id in the service now.
    fn consumer(&self, name: &'static str, goal: &'static str) -> Result<String> {
        let track_id = &self.sink.track_id;
        let id = self
            .shared
            .look(|state| state.session.consumer_of(track_id).map(str::to_owned));
        id.ok_or_else(|| not_received(goal).during(name))
    }
}

fn not_received(goal: &str) -> Error {
    Error::new(
        Status::NotFound,
        format!("Could not {goal}: it is not received at the moment"),
        "A track can be asked for from TRACK_ADDED to TRACK_REMOVED, and not while the connection is made anew.",
    )
}

fn no_sound(kind: TrackKind) -> Error {
    Error::new(
        Status::InvalidArgument,
        format!("A track of the kind {} carries no sound", kind.name()),
        "Use a track of the kind audio or shareAudio.",
    )
}

fn check_pictures(kind: TrackKind, codec: Codec) -> Result<()> {
    check_carries_pictures(kind)?;
    check_coded_here(codec)
}

fn check_carries_pictures(kind: TrackKind) -> Result<()> {
    match kind.kind() {
        Kind::Video => Ok(()),
        Kind::Audio => Err(Error::new(
            Status::InvalidArgument,
            format!("A track of the kind {} carries no pictures", kind.name()),
            "Use a track of the kind video or share.",
        )),
    }
}
