//! What waits for a stream to take it.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;

use super::udp::MOST_UNSENT;

/// Frames in order. The one that has begun is sent to its end; of the others, those that find no
/// place any more are lost, as on any network.
#[derive(Default)]
pub(super) struct Unsent {
    frames: VecDeque<Vec<u8>>,
    /// Bytes of the first one that are sent.
    written: usize,
}

impl Unsent {
    pub(super) fn push(&mut self, frame: Vec<u8>) {
        if self.frames.len() < MOST_UNSENT {
            self.frames.push_back(frame);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Writes as much as the stream takes. When that is not all, the task is woken to go on.
    pub(super) fn write<S: AsyncWrite + Unpin>(
        &mut self,
        stream: &mut S,
        context: &mut Context<'_>,
    ) -> io::Result<()> {
        let mut has_written = false;
        while let Some(frame) = self.frames.front() {
            let rest = &frame[self.written..];
            match Pin::new(&mut *stream).poll_write(context, rest) {
                Poll::Pending => break,
                Poll::Ready(Ok(0)) => return Err(ErrorKind::WriteZero.into()),
                Poll::Ready(Ok(count)) => {
                    has_written = true;
                    self.written += count;
                    if count == rest.len() {
                        self.frames.pop_front();
                        self.written = 0;
                    }
                }
                Poll::Ready(Err(error)) => return Err(error),
            }
        }
        // TLS keeps what its own stream did not take.
        if has_written && let Poll::Ready(Err(error)) = Pin::new(stream).poll_flush(context) {
            return Err(error);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    /// Takes so many bytes at once, and that often until somebody has read.
    struct Narrow {
        at_once: usize,
        times: usize,
        taken: Vec<u8>,
    }

    impl AsyncWrite for Narrow {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            if self.times == 0 {
                return Poll::Pending;
            }
            self.times -= 1;
            let count = bytes.len().min(self.at_once);
            self.taken.extend(&bytes[..count]);
            Poll::Ready(Ok(count))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[test]
    fn frames_go_out_whole_however_little_the_stream_takes() {
        for (at_once, times) in [(1, 1), (2, 3), (3, 2), (100, 1)] {
            let mut stream = Narrow {
                at_once,
                times,
                taken: Vec::new(),
            };
            let mut context = Context::from_waker(Waker::noop());
            let mut unsent = Unsent::default();
            unsent.push(b"first".to_vec());
            unsent.push(b"second".to_vec());
            while !unsent.is_empty() {
                unsent.write(&mut stream, &mut context).expect("it takes");
                stream.times = times;
            }
            assert_eq!(stream.taken, b"firstsecond");
        }
    }

    #[test]
    fn what_finds_no_place_is_lost_whole() {
        let mut stream = Narrow {
            at_once: 3,
            times: 1,
            taken: Vec::new(),
        };
        let mut context = Context::from_waker(Waker::noop());
        let mut unsent = Unsent::default();
        for number in 0..MOST_UNSENT + 10 {
            unsent.push(format!("{number:05}").into_bytes());
        }
        unsent.write(&mut stream, &mut context).expect("it takes");
        stream.times = usize::MAX;
        unsent.write(&mut stream, &mut context).expect("it takes");
        let expected: String = (0..MOST_UNSENT)
            .map(|number| format!("{number:05}"))
            .collect();
        assert_eq!(String::from_utf8(stream.taken).unwrap(), expected);
    }

    #[test]
    fn a_stream_that_takes_nothing_any_more_is_an_error() {
        let mut stream = Narrow {
            at_once: 0,
            times: 1,
            taken: Vec::new(),
        };
        let mut context = Context::from_waker(Waker::noop());
        let mut unsent = Unsent::default();
        unsent.push(b"first".to_vec());
        assert!(unsent.write(&mut stream, &mut context).is_err());
    }
}
