//! A descriptor for event loops: readable while there is something to read.

use std::io::Read;
use std::os::fd::AsRawFd;
#[cfg(test)]
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;

use crate::{Error, Result, Status};

/// A pair of sockets: one byte is in it exactly while there is something to read.
pub(super) struct Readiness {
    reader: UnixStream,
    writer: socket2::Socket,
    readable: bool,
}

impl Readiness {
    pub(super) fn new() -> Result<Self> {
        let pair = || -> std::io::Result<Self> {
            let (reader, writer) = UnixStream::pair()?;
            reader.set_nonblocking(true)?;
            writer.set_nonblocking(true)?;
            let writer = socket2::Socket::from(std::os::fd::OwnedFd::from(writer));
            // The app may close its end by mistake; that must not end the process by SIGPIPE.
            #[cfg(target_vendor = "apple")]
            writer.set_nosigpipe(true)?;
            Ok(Self {
                reader,
                writer,
                readable: false,
            })
        };
        pair().map_err(|error| {
            Error::new(
                Status::ResourceExhausted,
                format!("No descriptor could be made: {error}"),
                "Raise the limit of open files for this process (ulimit -n).",
            )
        })
    }

    pub(super) fn set(&mut self, readable: bool) {
        if readable == self.readable {
            return;
        }
        self.readable = readable;
        if readable {
            #[cfg(not(target_vendor = "apple"))]
            const FLAGS: i32 = libc::MSG_NOSIGNAL;
            #[cfg(target_vendor = "apple")]
            const FLAGS: i32 = 0;
            // One byte always fits; when the app broke the pair there is nobody left to tell.
            let _ = self.writer.send_with_flags(&[1], FLAGS);
        } else {
            let _ = (&self.reader).read(&mut [0; 1]);
        }
    }

    pub(super) fn descriptor(&self) -> i32 {
        self.reader.as_raw_fd()
    }

    #[cfg(test)]
    pub(super) fn borrow(&self) -> BorrowedFd<'_> {
        self.reader.as_fd()
    }
}
