//! What the sound that is played is made of.

use std::collections::VecDeque;
use std::ops::AddAssign;

/// Where a frame comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Content {
    /// From a packet.
    Decoded,
    /// Made up, because the packet got lost or is late.
    Concealed,
    /// Nothing was to be heard.
    Silence,
}

/// How many frames are of which kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Shares {
    pub(in super::super) decoded: usize,
    pub(in super::super) concealed: usize,
    pub(in super::super) silent: usize,
}

impl Shares {
    pub(in super::super) fn of(content: Content, frames: usize) -> Self {
        let mut shares = Self::default();
        *shares.of_mut(content) = frames;
        shares
    }

    fn of_mut(&mut self, content: Content) -> &mut usize {
        match content {
            Content::Decoded => &mut self.decoded,
            Content::Concealed => &mut self.concealed,
            Content::Silence => &mut self.silent,
        }
    }

    pub(in super::super) fn frames(self) -> usize {
        self.decoded + self.concealed + self.silent
    }

    /// In another number of frames.
    pub(in super::super) fn scaled(self, frames: usize) -> Self {
        let all = self.frames().max(1);
        let decoded = self.decoded * frames / all;
        let silent = self.silent * frames / all;
        // What is left of a frame is as likely made up as not.
        Self {
            decoded,
            concealed: if self.concealed == 0 {
                0
            } else {
                frames - decoded - silent
            },
            silent: if self.concealed == 0 {
                frames - decoded
            } else {
                silent
            },
        }
    }

    /// Of several that sound at once: what anybody says is heard.
    pub(in super::super) fn together(self, other: Self) -> Self {
        let frames = self.frames();
        let decoded = self.decoded.max(other.decoded);
        let concealed = self.concealed.max(other.concealed).min(frames - decoded);
        Self {
            decoded,
            concealed,
            silent: frames - decoded - concealed,
        }
    }
}

impl AddAssign for Shares {
    fn add_assign(&mut self, other: Self) {
        self.decoded += other.decoded;
        self.concealed += other.concealed;
        self.silent += other.silent;
    }
}

/// What the frames of a queue are, one after the other.
pub(in super::super) struct Contents {
    pieces: VecDeque<(Content, usize)>,
}

impl Contents {
    /// With room for so many pieces; beyond, the last one takes in what comes.
    pub(in super::super) fn new(pieces: usize) -> Self {
        Self {
            pieces: VecDeque::with_capacity(pieces),
        }
    }

    pub(in super::super) fn push(&mut self, content: Content, frames: usize) {
        let is_full = self.pieces.len() == self.pieces.capacity();
        match self.pieces.back_mut() {
            Some((last, count)) if *last == content || is_full => *count += frames,
            _ => self.pieces.push_back((content, frames)),
        }
    }

    pub(in super::super) fn push_shares(&mut self, shares: Shares) {
        for (content, frames) in [
            (Content::Decoded, shares.decoded),
            (Content::Concealed, shares.concealed),
            (Content::Silence, shares.silent),
        ] {
            if frames > 0 {
                self.push(content, frames);
            }
        }
    }

    pub(in super::super) fn take(&mut self, frames: usize) -> Shares {
        let mut shares = Shares::default();
        let mut left = frames;
        while let Some((content, count)) = self.pieces.front_mut() {
            let taken = left.min(*count);
            *shares.of_mut(*content) += taken;
            *count -= taken;
            left -= taken;
            if *count > 0 {
                break;
            }
            self.pieces.pop_front();
            if left == 0 {
                break;
            }
        }
        shares
    }

    /// What the next frame is.
    pub(in super::super) fn next(&self) -> Option<Content> {
        self.pieces.front().map(|(content, _)| *content)
    }

    /// More of the next.
    pub(in super::super) fn lengthen(&mut self, frames: usize) {
        if let Some((_, count)) = self.pieces.front_mut() {
            *count += frames;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_comes_out_in_the_same_shares() {
        let mut contents = Contents::new(8);
        contents.push(Content::Decoded, 100);
        contents.push(Content::Concealed, 50);
        contents.push(Content::Concealed, 50);
        contents.push(Content::Silence, 10);
        let shares = |decoded, concealed, silent| Shares {
            decoded,
            concealed,
            silent,
        };
        assert_eq!(contents.take(60), shares(60, 0, 0));
        assert_eq!(contents.take(100), shares(40, 60, 0));
        contents.lengthen(5);
        assert_eq!(contents.take(1_000), shares(0, 45, 10));
        assert_eq!(contents.next(), None);
        let one = shares(300, 100, 80);
        assert_eq!(one.scaled(441).frames(), 441);
        assert_eq!(shares(300, 0, 180).scaled(441), shares(275, 0, 166));
        assert_eq!(one.together(shares(0, 200, 280)), shares(300, 180, 0));
    }
}
