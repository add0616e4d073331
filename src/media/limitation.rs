//! Whether the network leaves a picture less than it wants, told with patience: what goes up and down
//! within a moment is no news.

use super::allocation::Layer;

/// Below this part of what all its layers want together, a picture is limited; so it is whenever one
/// of them is off.
const LIMITED_BELOW: (u64, u64) = (4, 5);

/// From this part on, it is no longer. What is between the two changes nothing.
const FREE_FROM: (u64, u64) = (19, 20);

/// How often it has to be found so in a row; it is looked at once a second. Being limited is told
/// soon, so that an app can explain itself; that it is over, once it is likely to stay so.
const LOOKS_UNTIL_LIMITED: u32 = 2;
const LOOKS_UNTIL_FREE: u32 = 4;

/// What was told of one track, and what speaks against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limitation {
    is_limited: bool,
    /// How often in a row it was found to be otherwise.
    looks: u32,
}

impl Limitation {
    /// What the layers want and get, looked at once more. Whether it is limited now, when that is
    /// news.
    pub(crate) fn look(&mut self, layers: &[Layer]) -> Option<bool> {
        let all: u64 = layers.iter().map(|layer| u64::from(layer.wanted)).sum();
        let got: u64 = layers.iter().map(|layer| u64::from(layer.granted)).sum();
        let is_below = |(part, whole): (u64, u64)| got * whole < all * part;
        let is_off = layers.iter().any(|layer| layer.granted == 0);
        let is_otherwise = match self.is_limited {
            false => is_off || is_below(LIMITED_BELOW),
            true => !is_off && !is_below(FREE_FROM),
        };
        let patience = match self.is_limited {
            false => LOOKS_UNTIL_LIMITED,
            true => LOOKS_UNTIL_FREE,
        };
        self.looks = if is_otherwise { self.looks + 1 } else { 0 };
        if self.looks < patience {
            return None;
        }
        *self = Self {
            is_limited: !self.is_limited,
            looks: 0,
        };
        Some(self.is_limited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAMERA: &[u32] = &[150, 400, 1500];

    fn layers(wanted: &[u32], granted: &[u32]) -> Vec<Layer> {
        let layers = wanted.iter().zip(granted);
        layers
            .map(|(&wanted, &granted)| Layer { wanted, granted })
            .collect()
    }

    /// What is told when these rates of a single layer that wants 1,000 kbit/s are found in turn.
    fn told(rates: &[u32]) -> Vec<(usize, bool)> {
        let mut limitation = Limitation::default();
        let looks = rates.iter().enumerate();
        looks
            .filter_map(|(index, kbps)| Some((index, limitation.look(&layers(&[1000], &[*kbps]))?)))
            .collect()
    }

    #[test]
    fn a_moment_is_no_news_in_either_direction() {
        assert_eq!(told(&[500, 1000, 500, 1000, 500]), []);
        assert_eq!(told(&[500, 500, 500]), [(1, true)]);
        let free = [500, 500, 1000, 1000, 1000, 500, 1000, 1000, 1000, 1000];
        assert_eq!(told(&free), [(1, true), (9, false)]);
    }

    #[test]
    fn between_the_two_borders_nothing_changes() {
        assert_eq!(told(&[800; 10]), []);
        assert_eq!(told(&[799; 10])[0], (1, true));
        let mut rates = vec![100, 100];
        rates.extend([949; 10]);
        assert_eq!(told(&rates), [(1, true)]);
        rates.extend([950; 10]);
        assert_eq!(told(&rates), [(1, true), (15, false)]);
    }

    #[test]
    fn a_layer_that_is_off_limits_however_small_it_is() {
        // A shared screen: its highest layer is the cheapest.
        let wanted = &[1000, 500, 20];
        let limited = &layers(wanted, &[1000, 500, 0]);
        let free = &layers(wanted, wanted);
        let mut limitation = Limitation::default();
        assert_eq!(limitation.look(limited), None);
        assert_eq!(limitation.look(limited), Some(true));
        for _ in 0..10 {
            assert_eq!(limitation.look(limited), None);
        }
        for _ in 0..3 {
            assert_eq!(limitation.look(free), None);
        }
        assert_eq!(limitation.look(free), Some(false));
    }

    #[test]
    fn a_picture_that_gets_all_is_never_limited() {
        let mut limitation = Limitation::default();
        for _ in 0..10 {
            assert_eq!(limitation.look(&layers(CAMERA, CAMERA)), None);
        }
        assert_eq!(limitation, Limitation::default());
    }
}
