//! Pictures as encoders want them and decoders give them.

/// An I420 picture without gaps between its rows and planes. Filling it again with one of the same
/// size asks for no memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct I420 {
    width: usize,
    height: usize,
    data: Vec<u8>,
}

/// One plane, row after row.
#[derive(Clone, Copy)]
pub(super) struct Plane<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bytes: &'a [u8],
}

/// The same, to be filled.
pub(super) struct PlaneMut<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bytes: &'a mut [u8],
}

impl I420 {
    pub(super) fn size(&self) -> (usize, usize) {
        (self.width, self.height)
    }

    /// Makes it one of that size, whatever it shows then.
    pub(super) fn resize(&mut self, (width, height): (usize, usize)) {
        (self.width, self.height) = (width, height);
        let (half_width, half_height) = self.half();
        self.data
            .resize(width * height + 2 * half_width * half_height, 0);
    }

    fn half(&self) -> (usize, usize) {
        (self.width.div_ceil(2), self.height.div_ceil(2))
    }

    /// Y, U and V.
    pub(super) fn planes(&self) -> [Plane<'_>; 3] {
        planes(&self.data, self.size())
    }

    /// Likewise.
    pub(super) fn planes_mut(&mut self) -> [PlaneMut<'_>; 3] {
        let (half_width, half_height) = self.half();
        let (y, rest) = self.data.split_at_mut(self.width * self.height);
        let (u, v) = rest.split_at_mut(half_width * half_height);
        let half = |bytes| PlaneMut {
            width: half_width,
            height: half_height,
            bytes,
        };
        let whole = PlaneMut {
            width: self.width,
            height: self.height,
            bytes: y,
        };
        [whole, half(u), half(v)]
    }

    /// All of it, plane after plane.
    pub(super) fn copy_to(&self, bytes: &mut Vec<u8>) {
        bytes.clear();
        bytes.extend_from_slice(&self.data);
    }
}

/// Y, U and V of a picture of that size without gaps.
pub(super) fn planes(data: &[u8], (width, height): (usize, usize)) -> [Plane<'_>; 3] {
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let (y, rest) = data.split_at(width * height);
    let (u, v) = rest.split_at(half_width * half_height);
    let half = |bytes| Plane {
        width: half_width,
        height: half_height,
        bytes,
    };
    let whole = Plane {
        width,
        height,
        bytes: y,
    };
    [whole, half(u), half(v)]
}

impl<'a> Plane<'a> {
    pub(super) fn row(&self, row: usize) -> &'a [u8] {
        &self.bytes[row * self.width..][..self.width]
    }
}
