//! Which ways to the service are tried, and when: direct ones first, and others as long as none is
//! connected. Without sockets and without a clock; which of those that work is taken, ICE decides.

use std::time::{Duration, Instant};

use crate::media::PreferredProtocol;

/// How long a way is looked for before the next kind is tried as well.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How long everything is tried before it is tried once more with new sockets.
const LAST_PATIENCE: Duration = Duration::from_secs(20);

/// Without a word by UDP for so long it is lost. Consent checks, one in three seconds, are answered
/// where nothing else comes: that many seconds are four that were not, because unanswered ones are
/// repeated sooner.
const SILENCE: Duration = Duration::from_secs(7);

/// How datagrams get to the service, in the order in which they are tried; ICE prefers the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Udp,
    Tcp,
    /// By UDP, through a TURN server that is reached by whatever it offers.
    ///
    /// STUN servers are not asked: they would tell this end its own address, which the service does
    /// not want to know. It only answers, to wherever the checks come from.
    Relays,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Open(Kind),
    /// Closes all that is open of that kind, because there is another way: nothing comes by UDP any
    /// more; or what was only tried for want of a better way is no longer needed. A server that
    /// relays would keep an allocation for it, and ICE goes on telling the service to take it as
    /// well: what the service sends would change between the two ways with every check.
    Leave(Kind),
    /// Everything that is open is closed and opened anew.
    StartOver,
}

/// What there is to try.
#[derive(Clone, Copy, Debug)]
pub(super) struct Offers {
    pub(super) udp: bool,
    pub(super) tcp: bool,
    pub(super) relays: bool,
}

pub(super) struct Ways {
    /// In the order in which they are tried.
    kinds: Vec<Kind>,
    /// How many of them are open.
    open: usize,
    /// When something was opened or lost; what waits for that counts from there.
    changed_at: Instant,
    is_connected: bool,
    /// What came by each kind, while that counts.
    heard: [Option<Heard>; 3],
}

/// That something comes.
#[derive(Clone, Copy)]
struct Heard {
    /// From when on it was never silent.
    since: Instant,
    /// The latest.
    at: Instant,
}

impl Ways {
    pub(super) fn new(protocol: PreferredProtocol, offers: Offers, now: Instant) -> Self {
        let (udp, tcp) = match protocol {
            PreferredProtocol::UdpOverTcp => (true, true),
            PreferredProtocol::UdpOnly => (true, false),
            PreferredProtocol::TcpOnly => (false, true),
        };
        let mut kinds = Vec::new();
        if udp && offers.udp {
            kinds.push(Kind::Udp);
        }
        if tcp && offers.tcp {
            kinds.push(Kind::Tcp);
        }
        if offers.relays {
            kinds.push(Kind::Relays);
        }
        Self {
            kinds,
            open: 0,
            changed_at: now,
            is_connected: false,
            heard: [None; 3],
        }
    }

    /// Whether there is nothing to try.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
    }

    /// Those that were needed so far.
    pub(super) fn needed(&self) -> &[Kind] {
        &self.kinds[..self.open]
    }

    /// Whether nothing comes after that kind.
    pub(super) fn is_last(&self, kind: Kind) -> bool {
        self.kinds.last() == Some(&kind)
    }

    /// All that were needed are opened anew.
    pub(super) fn start_over(&mut self, now: Instant) {
        self.changed_at = now;
        self.heard = [None; 3];
    }

    /// Whether a way was found. When it is lost, the next one need not wait.
    pub(super) fn set_connected(&mut self, is_connected: bool, now: Instant) {
        if self.is_connected && !is_connected {
            self.skip(now);
        }
        self.is_connected = is_connected;
    }

    /// A kind cannot even be tried: the next one need not wait.
    pub(super) fn skip(&mut self, now: Instant) {
        self.changed_at = now.checked_sub(PATIENCE).unwrap_or(now);
    }

    /// Something came from the service.
    pub(super) fn heard(&mut self, kind: Kind, now: Instant) {
        let heard = &mut self.heard[kind as usize];
        let steady = heard.filter(|one| now.duration_since(one.at) < SILENCE);
        let since = steady.map_or(now, |one| one.since);
        *heard = Some(Heard { since, at: now });
    }

    /// What is to be done by now.
    pub(super) fn due(&mut self, now: Instant) -> Option<Step> {
        let (step, at) = self.next()?;
        if at > now {
            return None;
        }
        match step {
            Step::Open(_) => {
                self.open += 1;
                self.changed_at = now;
            }
            Step::Leave(kind) => {
                self.heard[kind as usize] = None;
                // UDP is what all begins with, and comes back with that alone.
                if kind != Kind::Udp {
                    self.open -= 1;
                }
            }
            Step::StartOver => self.start_over(now),
        }
        Some(step)
    }

    /// The kind that was opened last, when a better one has carried something all the time for so long
    /// since then that it would be missed by now. At once: what just came says that the service sends
    /// that way at this moment, so nothing is lost.
    fn unneeded(&self) -> Option<(Step, Instant)> {
        let (last, better) = self.kinds[..self.open].split_last()?;
        let mut heard = better.iter().filter_map(|kind| self.heard[*kind as usize]);
        let steady = heard.find(|one| one.at >= one.since.max(self.changed_at) + SILENCE)?;
        Some((Step::Leave(*last), steady.at))
    }

    /// When to ask again, as things stand.
    pub(super) fn wait_until(&self) -> Option<Instant> {
        self.next().map(|(_, at)| at)
    }

    fn next(&self) -> Option<(Step, Instant)> {
        if self.is_connected {
            if let Some(unneeded) = self.unneeded() {
                return Some(unneeded);
            }
            let heard_at = self.heard[Kind::Udp as usize]?.at;
            let silent_at = heard_at + SILENCE;
            let mut others = self.heard[Kind::Tcp as usize..].iter().flatten();
            if others.any(|other| other.at > heard_at) {
                return Some((Step::Leave(Kind::Udp), silent_at));
            }
            // The next one is opened before this one is given up.
            let kind = *self.kinds.get(self.open)?;
            let at = silent_at.max(self.changed_at + PATIENCE);
            return Some((Step::Open(kind), at));
        }
        Some(match (self.open, self.kinds.get(self.open)) {
            (0, Some(kind)) => (Step::Open(*kind), self.changed_at),
            (_, Some(kind)) => (Step::Open(*kind), self.changed_at + PATIENCE),
            (_, None) => (Step::StartOver, self.changed_at + LAST_PATIENCE),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: Offers = Offers {
        udp: true,
        tcp: true,
        relays: false,
    };
    const ALL: Offers = Offers {
        relays: true,
        ..BOTH
    };

    /// Steps with the milliseconds at which they were taken, until that moment.
    struct Course {
        begin: Instant,
        now: Instant,
        ways: Ways,
    }

    impl Course {
        fn new(protocol: PreferredProtocol, offers: Offers) -> Self {
            let begin = Instant::now();
            Self {
                begin,
                now: begin,
                ways: Ways::new(protocol, offers, begin),
            }
        }

        fn connect(&mut self, is_connected: bool) {
            self.ways.set_connected(is_connected, self.now);
        }

        fn until(&mut self, milliseconds: u64) -> Vec<(u64, Step)> {
            let end = self.begin + Duration::from_millis(milliseconds);
            let mut steps = Vec::new();
            while let Some(at) = self.ways.wait_until().filter(|at| *at <= end) {
                self.now = self.now.max(at);
                let step = self.ways.due(self.now).expect("it is due");
                let since = self.now.duration_since(self.begin);
                steps.push((u64::try_from(since.as_millis()).unwrap(), step));
                assert!(steps.len() < 100, "it never ends");
            }
            self.now = end;
            assert_eq!(self.ways.due(end), None);
            steps
        }
    }

    const UDP: Step = Step::Open(Kind::Udp);
    const TCP: Step = Step::Open(Kind::Tcp);
    const RELAYS: Step = Step::Open(Kind::Relays);

    #[test]
    fn others_follow_while_nothing_is_connected() {
        for (protocol, offers, steps) in [
            (
                PreferredProtocol::UdpOverTcp,
                BOTH,
                vec![(0, UDP), (1500, TCP)],
            ),
            (
                PreferredProtocol::UdpOverTcp,
                ALL,
                vec![(0, UDP), (1500, TCP), (3000, RELAYS)],
            ),
            (PreferredProtocol::UdpOnly, BOTH, vec![(0, UDP)]),
            (
                PreferredProtocol::UdpOnly,
                ALL,
                vec![(0, UDP), (1500, RELAYS)],
            ),
            (
                PreferredProtocol::TcpOnly,
                ALL,
                vec![(0, TCP), (1500, RELAYS)],
            ),
            (PreferredProtocol::TcpOnly, BOTH, vec![(0, TCP)]),
            (
                PreferredProtocol::UdpOverTcp,
                Offers { udp: false, ..BOTH },
                vec![(0, TCP)],
            ),
        ] {
            let mut course = Course::new(protocol, offers);
            assert_eq!(course.until(15_000), steps, "{protocol:?}");
            let last = steps.last().expect("there is one").0;
            assert_eq!(
                course.until(30_000),
                [(last + 20_000, Step::StartOver)],
                "{protocol:?}"
            );
            let opened: Vec<Step> = steps.iter().map(|(_, step)| *step).collect();
            let needed = course.ways.needed().iter();
            assert_eq!(
                needed.map(|kind| Step::Open(*kind)).collect::<Vec<_>>(),
                opened
            );
        }
    }

    #[test]
    fn a_protocol_that_is_not_offered_leaves_nothing() {
        let offers = Offers { tcp: false, ..BOTH };
        let ways = Ways::new(PreferredProtocol::TcpOnly, offers, Instant::now());
        assert!(ways.is_empty());
    }

    #[test]
    fn nothing_follows_what_is_connected() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, BOTH);
        assert_eq!(course.until(100), [(0, UDP)]);
        course.connect(true);
        for second in 1..60 {
            let now = course.now;
            course.ways.heard(Kind::Udp, now);
            assert_eq!(course.until(second * 1000), []);
        }
    }

    #[test]
    fn what_cannot_be_tried_is_not_waited_for() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, BOTH);
        assert_eq!(course.until(0), [(0, UDP)]);
        course.ways.skip(course.now);
        assert_eq!(course.until(1000), [(0, TCP)]);
    }

    #[test]
    fn silence_by_udp_lets_the_next_take_over() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, BOTH);
        course.until(100);
        course.connect(true);
        let now = course.now;
        course.ways.heard(Kind::Udp, now);
        assert_eq!(course.until(7099), []);
        assert_eq!(course.until(8000), [(7100, TCP)]);
        // It is not left for something that may never work.
        assert_eq!(course.until(60_000), []);
        let now = course.now;
        course.ways.heard(Kind::Tcp, now);
        assert_eq!(course.until(60_000), [(60_000, Step::Leave(Kind::Udp))]);
        assert_eq!(course.until(90_000), []);
    }

    #[test]
    fn a_way_that_is_lost_calls_for_the_next_at_once() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, BOTH);
        course.until(100);
        course.connect(true);
        course.until(30_000);
        course.connect(false);
        assert_eq!(course.until(30_000), [(30_000, TCP)]);
        // Another one had its time, so all begins anew after the last patience alone.
        assert_eq!(course.until(49_999), []);
        assert_eq!(course.until(50_000), [(50_000, Step::StartOver)]);
    }

    #[test]
    fn anew_all_that_were_needed_get_their_time() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, BOTH);
        course.until(10_000);
        course.ways.start_over(course.now);
        assert_eq!(course.ways.needed(), [Kind::Udp, Kind::Tcp]);
        assert_eq!(course.until(29_999), []);
        assert_eq!(course.until(30_000), [(30_000, Step::StartOver)]);
    }

    /// Something comes by that kind once a second, until that moment.
    fn hear(course: &mut Course, kind: Kind, milliseconds: u64) -> Vec<(u64, Step)> {
        let mut steps = Vec::new();
        let end = course.begin + Duration::from_millis(milliseconds);
        while course.now < end {
            let now = course.now;
            course.ways.heard(kind, now);
            let since = u64::try_from(now.duration_since(course.begin).as_millis()).unwrap();
            steps.extend(course.until(since + 1000));
        }
        steps
    }

    #[test]
    fn what_a_better_way_has_replaced_is_left_and_comes_back_when_it_is_needed() {
        let mut course = Course::new(PreferredProtocol::UdpOverTcp, ALL);
        assert_eq!(course.until(4000), [(0, UDP), (1500, TCP), (3000, RELAYS)]);
        course.connect(true);
        assert_eq!(hear(&mut course, Kind::Relays, 10_000), []);
        // TCP connects late: it is preferred to a relay.
        let left = (17_000, Step::Leave(Kind::Relays));
        assert_eq!(hear(&mut course, Kind::Tcp, 20_000), [left]);
        assert_eq!(course.ways.needed(), [Kind::Udp, Kind::Tcp]);
        // And UDP to that.
        let left = (27_000, Step::Leave(Kind::Tcp));
        assert_eq!(hear(&mut course, Kind::Udp, 40_000), [left]);
        assert_eq!(course.ways.needed(), [Kind::Udp]);
        course.connect(false);
        assert_eq!(course.until(42_000), [(40_000, TCP), (41_500, RELAYS)]);
    }

    #[test]
    fn a_better_way_that_is_silent_now_and_then_replaces_nothing() {
        let mut course = Course::new(PreferredProtocol::UdpOnly, ALL);
        assert_eq!(course.until(2000), [(0, UDP), (1500, RELAYS)]);
        course.connect(true);
        for begin in [2, 14, 26] {
            let until = (begin + 5) * 1000;
            assert_eq!(hear(&mut course, Kind::Udp, until), []);
            assert_eq!(course.until(until + 7000), []);
        }
    }
}
