//! Which size and rate of a picture the service is asked for.
//!
//! The app chooses by hand or says how large it shows the picture; what it said last holds, on later
//! connections too. The service is asked only for what it was not asked for last.

use serde_json::Value;

use super::consumer::ConsumerParameters;
use super::producer::MAX_ENCODINGS;

/// Which size and rate to receive at most; 0 is the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PreferredLayers {
    pub(crate) spatial: u8,
    pub(crate) temporal: u8,
}

/// What the app has said of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LayerWish {
    /// Its own choice.
    Layers(PreferredLayers),
    /// How large it shows the picture, in pixels.
    Viewport { width: u32, height: u32 },
}

/// What there is to choose from, what the app wants of it, and what the service knows of that.
#[derive(Clone, Debug)]
pub(crate) struct LayerChoice {
    /// At least 1.
    spatial_layers: u8,
    /// At least 1.
    temporal_layers: u8,
    /// In pixels, those of the lowest layer first; none when the sender does not tell them.
    sizes: Vec<(u32, u32)>,
    wish: Option<LayerWish>,
    /// What the service was asked for last on this connection.
    asked: Option<PreferredLayers>,
}

impl LayerChoice {
    /// `app_data`: what the sender says of its picture.
    pub(crate) fn new(parameters: &ConsumerParameters, app_data: &Value) -> Self {
        Self {
            spatial_layers: parameters.spatial_layers,
            temporal_layers: parameters.temporal_layers,
            sizes: sizes(app_data).unwrap_or_default(),
            wish: None,
            asked: None,
        }
    }

    /// Goes on with what was wanted of the same picture on an earlier connection.
    pub(crate) fn continue_from(&mut self, earlier: &Self) {
        self.wish = earlier.wish;
    }

    /// From now on that is wanted, and nothing else.
    pub(crate) fn set_wish(&mut self, wish: LayerWish) {
        self.wish = Some(wish);
    }

    /// What the service has yet to be asked for.
    pub(crate) fn due(&self) -> Option<PreferredLayers> {
        let wanted = match self.wish? {
            LayerWish::Layers(layers) => layers,
            // There is nothing to choose from, and nothing was chosen by hand.
            LayerWish::Viewport { .. } if self.spatial_layers == 1 && self.asked.is_none() => {
                return None;
            }
            LayerWish::Viewport { width, height } => self.covering((width, height)),
        };
        (self.asked != Some(wanted)).then_some(wanted)
    }

    /// The service was asked for that.
    pub(crate) fn set_asked(&mut self, layers: PreferredLayers) {
        self.asked = Some(layers);
    }

    /// It did not do it. What was asked for after that counts.
    pub(crate) fn forget_asked(&mut self, layers: PreferredLayers) {
        if self.asked == Some(layers) {
            self.asked = None;
        }
    }

    /// The smallest layer that covers that size, at its full rate; the highest where none does or
    /// sizes are not known. Of layers of one size it is the best.
    fn covering(&self, (width, height): (u32, u32)) -> PreferredLayers {
        let highest = self.spatial_layers - 1;
        let pixels = |size: (u32, u32)| u64::from(size.0) * u64::from(size.1);
        let layers = (0..).zip(&self.sizes);
        let smallest = layers
            .filter(|(_, size)| size.0 >= width && size.1 >= height)
            .min_by_key(|(layer, size)| (pixels(**size), std::cmp::Reverse(*layer)));
        let spatial = smallest.map_or(highest, |(layer, _)| highest.min(layer));
        PreferredLayers {
            spatial,
            temporal: self.temporal_layers - 1,
        }
    }
}

/// The sizes of the layers, if the sender tells all of them.
fn sizes(app_data: &Value) -> Option<Vec<(u32, u32)>> {
    let size = (app_data["width"].as_f64()?, app_data["height"].as_f64()?);
    let encodings = app_data["encodings"].as_array()?;
    if encodings.len() > MAX_ENCODINGS {
        return None;
    }
    let layer = |encoding: &Value| {
        let scale = match &encoding["scaleResolutionDownBy"] {
            Value::Null => 1.0,
            scale => scale.as_f64().filter(|scale| *scale >= 1.0)?,
        };
        // Ladders have factors such as 2.667, which are meant to give whole pixels.
        let side = |length: f64| {
            let side = (length / scale).round();
            (1.0..=f64::from(u32::MAX))
                .contains(&side)
                .then_some(side as u32)
        };
        Some((side(size.0)?, side(size.1)?))
    };
    encodings.iter().map(layer).collect()
}
