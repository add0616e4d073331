//! Microphones and speakers of this machine.

use std::sync::Arc;

use crate::media::devices::{AudioDevice, DeviceKind, Feed, Wish, is_present};
use crate::media::{AudioFormat, AudioOutput};
use crate::meeting::calls::{LocalTrack, RemoteTrack};
use crate::meeting::devices::is_over;
use crate::meeting::object::Meeting;
use crate::meeting::shared::Shared;
use crate::runtime::{is_dispatcher_thread, would_deadlock};
use crate::{Error, Result};

const SET_MIC_ENABLED: &str = "meeting_set_mic_enabled";
const WATCH_DEVICES: &str = "meeting_watch_devices";
const OPEN_MICROPHONE: &str = "audio_device_open_microphone";
const OPEN_SPEAKER: &str = "audio_device_open_speaker";
const OPEN_TRACK_SPEAKER: &str = "audio_device_open_track_speaker";

impl Meeting {
    /// Switches the microphone on or off, as `unmuteMic()` and `muteMic()` of the official clients do.
    ///
    /// That is all tracks of the kind audio that the app has added. Where there is none, the default
    /// microphone of this machine is opened, and closed again. It never waits:
    /// [`EventType::TrackPublished`](crate::meeting::EventType::TrackPublished) says when others hear
    /// it, [`EventType::DeviceFailed`](crate::meeting::EventType::DeviceFailed) that it could not be
    /// opened.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidState`](crate::Status::InvalidState) when the meeting is over;
    /// [`Status::Unsupported`](crate::Status::Unsupported) when there is no track, and this build
    /// opens no devices.
    pub fn set_mic_enabled(&self, enabled: bool) -> Result<()> {
        let failed = |error: Error| error.during(SET_MIC_ENABLED);
        let shared = &self.shared;
        if shared.devices.is_over() {
            return Err(failed(is_over()));
        }
        if !enabled {
            shared.with(|session, _| session.forget_wanted_microphone());
            shared.devices.take_microphone_out();
            shared.with(|session, now| session.enable_microphones(now, false));
            return Ok(());
        }
        // Its track is there, and is to be sent only once there is something to hear.
        if shared.devices.is_opening_microphone() {
            return Ok(());
        }
        if !shared.with(|session, now| session.enable_microphones(now, true)) {
            is_present().map_err(failed)?;
            shared.open_microphone();
        }
        Ok(())
    }

    /// Tells of microphones and speakers that come and go, as
    /// [`EventType::DevicesChanged`](crate::meeting::EventType::DevicesChanged), or no longer. It
    /// looks every two seconds. What is listed after this has returned is told of when it changes.
    ///
    /// # Errors
    ///
    /// As [`list_devices`](crate::media::list_devices);
    /// [`Status::InvalidState`](crate::Status::InvalidState) when the meeting is over.
    pub fn watch_devices(&self, enabled: bool) -> Result<()> {
        if is_dispatcher_thread() {
            return Err(would_deadlock(WATCH_DEVICES));
        }
        if !enabled {
            self.shared.devices.stop_watching();
            return Ok(());
        }
        let watched = self.shared.watch_devices();
        watched.map_err(|error| error.during(WATCH_DEVICES))
    }

    /// Opens a speaker, the default one without an id, and plays everybody together on it, as
    /// [`Self::audio_mixer`] does.
    ///
    /// # Errors
    ///
    /// As [`LocalTrack::open_microphone`].
    pub fn open_speaker(&self, device_id: Option<&str>) -> Result<AudioDevice> {
        let tracks = Arc::clone(&self.shared.tracks);
        let make = Ok(move |format| AudioOutput::of_all(&tracks, format));
        open_speaker(&self.shared, OPEN_SPEAKER, device_id, make)
    }
}

impl LocalTrack {
    /// Opens a microphone, the default one without an id, and sends what it hears as this track: it
    /// is its [`AudioInput`](crate::media::AudioInput).
    ///
    /// Dropping the device closes it; [`Self::set_enabled`] mutes it. When it fails later, the
    /// meeting tells [`EventType::DeviceFailed`](crate::meeting::EventType::DeviceFailed).
    ///
    /// # Errors
    ///
    /// [`Status::NotFound`](crate::Status::NotFound) when it is not there,
    /// [`Status::ResourceExhausted`](crate::Status::ResourceExhausted) when another program has it,
    /// [`Status::Forbidden`](crate::Status::Forbidden) when it may not be used,
    /// [`Status::Timeout`](crate::Status::Timeout) when the sound system does not answer,
    /// [`Status::InvalidState`](crate::Status::InvalidState) when the meeting is over, and what
    /// [`Self::audio_input`] answers; [`Status::Unsupported`](crate::Status::Unsupported) in a build
    /// without the feature `devices`.
    pub fn open_microphone(&self, device_id: Option<&str>) -> Result<AudioDevice> {
        let kind = DeviceKind::Microphone;
        let feed = self.input_maker().map(|make| {
            let feed = move |format: AudioFormat| make(format).map(Feed::Microphone);
            Box::new(feed) as MakeFeed
        });
        open(&self.shared, OPEN_MICROPHONE, kind, device_id, feed)
    }
}

impl RemoteTrack {
    /// Opens a speaker, the default one without an id, and plays this track alone on it, as
    /// [`Self::audio_output`] does.
    ///
    /// # Errors
    ///
    /// As [`LocalTrack::open_microphone`].
    pub fn open_speaker(&self, device_id: Option<&str>) -> Result<AudioDevice> {
        let make = self.output_maker();
        open_speaker(&self.shared, OPEN_TRACK_SPEAKER, device_id, make)
    }
}

type MakeFeed = Box<dyn FnOnce(AudioFormat) -> Result<Feed> + Send>;

fn open_speaker(
    shared: &Arc<Shared>,
    operation: &'static str,
    device_id: Option<&str>,
    make: Result<impl FnOnce(AudioFormat) -> Result<AudioOutput> + Send + 'static>,
) -> Result<AudioDevice> {
    let feed = make.map(|make| {
        let feed = move |format: AudioFormat| make(format).map(Box::new).map(Feed::Speaker);
        Box::new(feed) as MakeFeed
    });
    open(shared, operation, DeviceKind::Speaker, device_id, feed)
}

fn open(
    shared: &Arc<Shared>,
    operation: &'static str,
    kind: DeviceKind,
    device_id: Option<&str>,
    feed: Result<MakeFeed>,
) -> Result<AudioDevice> {
    if is_dispatcher_thread() {
        return Err(would_deadlock(operation));
    }
    let opened = || {
        is_present()?;
        if shared.devices.is_over() {
            return Err(is_over());
        }
        let meeting = Arc::downgrade(shared);
        let wish = Wish {
            kind,
            id: device_id.map(str::to_owned),
            feed: feed?,
            failed: Box::new(move |device, error| {
                if let Some(shared) = meeting.upgrade() {
                    shared.tell_device_failed(kind, Some(device), error);
                }
            }),
        };
        let device = wish.open()?;
        shared.devices.enter(&device)?;
        Ok(device)
    };
    opened().map_err(|error: Error| error.during(operation))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Status;
    use crate::media::{TrackKind, TrackOptions};
    use crate::meeting::shared::tests::meeting;

    #[test]
    fn switching_the_microphone_is_switching_the_tracks_of_the_app() {
        let meeting = meeting();
        let track = meeting.add_track(&TrackOptions::new(TrackKind::Audio));
        meeting.set_mic_enabled(true).unwrap();
        meeting.set_mic_enabled(false).unwrap();
        drop(track);
        // Whoever tests with devices may have a microphone, which is not for us to open.
        if is_present().is_err() {
            let refused = meeting.set_mic_enabled(true).unwrap_err();
            assert_eq!(refused.status(), Status::Unsupported);
            assert_eq!(refused.operation(), SET_MIC_ENABLED);
            assert!(refused.remedy().contains("`devices`"), "{refused}");
        }
        meeting.set_mic_enabled(false).unwrap();
        meeting.close();
        for enabled in [true, false] {
            let refused = meeting.set_mic_enabled(enabled).unwrap_err();
            assert_eq!(refused.status(), Status::InvalidState);
        }
    }
}
