//! Pictures of others, as the app wants to have them.

use std::sync::Arc;

use super::arrivals::Arrivals;
use super::capture::{self, CAPTURE_IMAGE};
use super::decoding::Decoding;
use super::image::{ImageFormat, ImageSettings};
use super::picture::PictureFormat;
use super::received::ReceivedPicture;
use crate::media::sink::{FrameOutput, TrackSink};
use crate::runtime::{Callback, Next, Operation, Prepared, Timeout, engine};
use crate::{Error, Result, Status};

const NEXT_PICTURE: &str = "video_output_next_picture";

/// The pictures of a track of somebody else, decoded for showing. Dropping it gives the frames of the
/// track back.
///
/// They are decoded on a thread of the library. Of those that are not read in time only the latest
/// is kept.
pub struct VideoOutput {
    format: PictureFormat,
    sink: Arc<TrackSink>,
    arrivals: Arc<Arrivals>,
}

/// What [`VideoOutput::next_picture`] found.
#[derive(Debug)]
pub enum NextPicture {
    /// The latest one.
    Picture(ReceivedPicture),
    /// None within the time given.
    None,
    /// None, and none will come: the track is no longer sent.
    Closed,
}

impl VideoOutput {
    /// Of one track, whose frames come here from now on.
    pub(crate) fn new(sink: &Arc<TrackSink>, format: PictureFormat) -> Result<Self> {
        if !matches!(format, PictureFormat::I420 | PictureFormat::Rgba) {
            return Err(Error::new(
                Status::InvalidArgument,
                format!("Pictures are not decoded as {}", format.name()),
                "Ask for i420 or rgba.",
            ));
        }
        let pump = engine()?.video_pump()?;
        let arrivals = Arc::new(Arrivals::new(&sink.transform, &pump));
        let decoding = Decoding::new(&arrivals, sink.codec, format)?;
        let output: Arc<dyn FrameOutput> = Arc::<Arrivals>::clone(&arrivals);
        sink.add_output(&output)?;
        pump.add(Box::new(decoding));
        Ok(Self {
            format,
            sink: Arc::clone(sink),
            arrivals,
        })
    }

    /// How its pictures lie in memory.
    #[must_use]
    pub fn format(&self) -> PictureFormat {
        self.format
    }

    /// The latest picture, if it was not read yet; else the next one, waiting for it as long as
    /// `timeout` says.
    ///
    /// # Errors
    ///
    /// [`Status::WouldDeadlock`] when it would have to wait inside a callback.
    pub fn next_picture(&self, timeout: Timeout) -> Result<NextPicture> {
        let next = self.arrivals.pictures.next(NEXT_PICTURE, timeout);
        Ok(match next.map_err(|error| error.during(NEXT_PICTURE))? {
            Next::Item(picture) => NextPicture::Picture(picture),
            Next::None => NextPicture::None,
            Next::Closed => NextPicture::Closed,
        })
    }

    /// A still image of what it shows: the bytes of a file with the latest picture, or with the
    /// first when there was none yet. Whoever reads pictures gets them all the same.
    ///
    /// A JPEG has a quality from 1 to 100, 0 for a good one; a PNG has none, so 0. Encoding takes place
    /// on a thread for that.
    ///
    /// # Errors
    ///
    /// [`Status::InvalidArgument`] for another quality, [`Status::InvalidState`] when the track is no
    /// longer sent or the output is dropped, [`Status::Timeout`] when no picture came,
    /// [`Status::ResourceExhausted`] when 16 captures are under way.
    pub fn capture_image(
        &self,
        format: ImageFormat,
        quality: i32,
        timeout: impl Into<Timeout>,
    ) -> Operation<Vec<u8>> {
        let call = self.capture_image_call(format, quality, timeout.into());
        Operation::of(CAPTURE_IMAGE, call)
    }

    pub(crate) fn capture_image_call(
        &self,
        format: ImageFormat,
        quality: i32,
        timeout: Timeout,
    ) -> Result<Prepared<Vec<u8>>> {
        let settings = ImageSettings::new(format, quality)?;
        capture::capture(&self.arrivals, settings, timeout)
    }

    /// Called on the thread for media whenever there is a picture after there was none, and when no
    /// more will come.
    ///
    /// # Errors
    ///
    /// When the library's threads cannot be started.
    pub fn set_wake_handler(&self, handler: Option<Callback<()>>) -> Result<()> {
        self.arrivals.pictures.set_wake_handler(handler)
    }
}

impl Drop for VideoOutput {
    fn drop(&mut self) {
        self.arrivals.captures.end_with_output();
        let output: Arc<dyn FrameOutput> = Arc::<Arrivals>::clone(&self.arrivals);
        self.sink.remove_output(&output);
        self.arrivals.pictures.forget_callbacks();
    }
}
