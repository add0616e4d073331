//! Images of what an output shows, for whoever asks. Nothing is taken from those who read pictures.

use std::sync::{Arc, Mutex};

use tokio::sync::oneshot;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use super::arrivals::Arrivals;
use super::i420::I420;
use super::image::{ImageSettings, Pixels};
use crate::runtime::{Prepared, Pumped, Timeout, engine, lock, panics};
use crate::{Error, Result, Status};

pub(super) const CAPTURE_IMAGE: &str = "video_output_capture_image";

/// How many captures of one output are under way at once: each may have a picture of its own.
const MOST_CAPTURES: usize = 16;

/// Who wants to have the picture that an output shows.
pub(super) struct Captures {
    state: Mutex<State>,
    slots: Arc<Semaphore>,
}

#[derive(Default)]
struct State {
    waiting: Vec<oneshot::Sender<Result<Arc<I420>>>>,
    /// Why no picture will come.
    end: Option<Error>,
}

/// A picture that was asked for.
pub(super) struct Asked {
    picture: oneshot::Receiver<Result<Arc<I420>>>,
    slot: OwnedSemaphorePermit,
}

impl Default for Captures {
    fn default() -> Self {
        Self {
            state: Mutex::default(),
            slots: Arc::new(Semaphore::new(MOST_CAPTURES)),
        }
    }
}

impl Captures {
    /// # Errors
    ///
    /// [`Status::InvalidState`] when none will come, [`Status::ResourceExhausted`] when too many have
    /// asked.
    pub(super) fn ask(&self) -> Result<Asked> {
        let mut state = lock(&self.state);
        if let Some(end) = &state.end {
            return Err(end.clone());
        }
        let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else {
            return Err(Error::new(
                Status::ResourceExhausted,
                format!("{MOST_CAPTURES} captures of this output are under way already"),
                "Wait for one of them before the next, or cancel what is no longer wanted.",
            ));
        };
        let (sender, picture) = oneshot::channel();
        // Of those that were cancelled nothing is left.
        state.waiting.retain(|it| !it.is_closed());
        state.waiting.push(sender);
        Ok(Asked { picture, slot })
    }

    /// Gives everybody who waits what is shown now.
    pub(super) fn give(&self, shown: &I420) {
        let waiting = std::mem::take(&mut lock(&self.state).waiting);
        if waiting.iter().all(oneshot::Sender::is_closed) {
            return;
        }
        let picture = Arc::new(shown.clone());
        for one in waiting {
            // Who was cancelled meanwhile has no need of it.
            let _ = one.send(Ok(Arc::clone(&picture)));
        }
    }

    /// No more pictures will come, for the track is over.
    pub(super) fn end_with_track(&self) {
        self.end(Error::new(
            Status::InvalidState,
            "The track is no longer sent, so the output shows nothing",
            "Capture while it is sent; a picture that was read can be encoded at any time.",
        ));
    }

    /// Nobody will see any more pictures.
    pub(super) fn end_with_output(&self) {
        self.end(Error::new(
            Status::InvalidState,
            "The output was freed before there was a picture to capture",
            "Free it when its captures have completed, or cancel them first.",
        ));
    }

    fn end(&self, why: Error) {
        let waiting = {
            let mut state = lock(&self.state);
            state.end.get_or_insert_with(|| why.clone());
            std::mem::take(&mut state.waiting)
        };
        for one in waiting {
            let _ = one.send(Err(why.clone()));
        }
    }
}

/// Captures what an output shows: the latest picture, or the first one.
pub(super) fn capture(
    arrivals: &Arrivals,
    settings: ImageSettings,
    timeout: Timeout,
) -> Result<Prepared<Vec<u8>>> {
    let pump = engine()?.image_pump()?;
    let Asked { picture, slot } = arrivals.ask_for_picture()?;
    let work = move |_, deadline| async move {
        let late = [
            "No picture came in time",
            "Give it more time, or look whether the track is paused and others see it.",
        ];
        let picture = in_time(picture, deadline, timeout, late).await?;
        let (sender, image) = oneshot::channel();
        pump.add(Box::new(Encoding {
            picture,
            settings,
            image: Some(sender),
            _slot: slot,
        }));
        let late = ["The image was not encoded in time", "Give it more time."];
        in_time(image, deadline, timeout, late).await
    };
    Ok(Prepared::new(CAPTURE_IMAGE, timeout, work))
}

async fn in_time<T>(
    awaited: oneshot::Receiver<Result<T>>,
    deadline: Instant,
    timeout: Timeout,
    [late, remedy]: [&str; 2],
) -> Result<T> {
    match timeout_at(deadline, awaited).await {
        Ok(Ok(result)) => result,
        // Whoever was to answer always does, unless its thread has ended.
        Ok(Err(_)) => Err(crate::runtime::shut_down()),
        Err(_) => {
            let milliseconds = timeout.bounded().as_millis();
            let message = format!("{late}, within {milliseconds} ms");
            Err(Error::new(Status::Timeout, message, remedy))
        }
    }
}

/// A picture that becomes an image, on a thread for that: it takes so long that neither the network
/// nor the next pictures can wait for it.
struct Encoding {
    picture: Arc<I420>,
    settings: ImageSettings,
    image: Option<oneshot::Sender<Result<Vec<u8>>>>,
    /// Until nothing of it is left.
    _slot: OwnedSemaphorePermit,
}

impl Pumped for Encoding {
    fn turn(&mut self) -> bool {
        let wanted = self.image.take().filter(|image| !image.is_closed());
        if let Some(image) = wanted {
            let pixels = Pixels::I420(self.picture.planes());
            let encoded = panics::caught(|| self.settings.encode(&pixels));
            let _ = image.send(encoded.flatten());
        }
        false
    }
}
