//! The router of a room: what its participants send and receive meets here.

use std::num::{NonZeroU8, NonZeroU16, NonZeroU32};
use std::sync::Arc;

use mediasoup::audio_level_observer::AudioLevelObserver;
use mediasoup::prelude::{
    AudioLevelObserverOptions, MimeTypeAudio, MimeTypeVideo, RouterOptions, RtcpFeedback,
    RtpCodecCapability, RtpCodecParametersParameters, RtpHeaderExtensionUri, RtpObserver,
    RtpObserverAddProducerOptions, WebRtcTransportOptions,
};
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::engine::Sfu;
use super::tracks::Producer;
use super::transport::Transport;
use crate::sfu::{Event, Failed, TransportWish};

/// How often the loudest audio is looked for, in milliseconds.
const SPEAKER_INTERVAL: u16 = 400;
/// What is not louder than this is silence, in dBov.
const SPEAKER_THRESHOLD: i8 = -60;
/// The bit rate with which a transport begins to send, until it is known what the way carries. On
/// loopback that is plenty.
const FIRST_BITRATE: u64 = 2_000_000;

/// Made when it is first used.
#[derive(Clone)]
pub(crate) struct Router {
    room_id: Arc<str>,
    cell: Arc<OnceCell<Parts>>,
}

struct Parts {
    router: mediasoup::prelude::Router,
    observer: AudioLevelObserver,
}

impl Router {
    pub fn new(room_id: &str) -> Router {
        Router {
            room_id: room_id.into(),
            cell: Arc::default(),
        }
    }

    async fn parts(&self, sfu: &Sfu) -> Result<&Parts, Failed> {
        self.cell.get_or_try_init(|| self.make(sfu)).await
    }

    async fn make(&self, sfu: &Sfu) -> Result<Parts, Failed> {
        let worker = &sfu.engine().await?.worker;
        let router = worker.create_router(RouterOptions::new(codecs())).await?;
        router.on_close(sfu.counters.routers.opened()).detach();
        let mut options = AudioLevelObserverOptions::default();
        options.max_entries = NonZeroU16::MIN;
        options.interval = SPEAKER_INTERVAL;
        options.threshold = SPEAKER_THRESHOLD;
        let observer = router.create_audio_level_observer(options).await?;
        let (room_id, sender) = (self.room_id.clone(), sfu.sender.clone());
        let tell = move |producer_id: Option<String>| {
            let room_id = room_id.to_string();
            let _ = sender.try_send(Event::Speaker {
                room_id,
                producer_id,
            });
        };
        let loud = tell.clone();
        observer
            .on_volumes(move |volumes| {
                let loudest = volumes.first();
                loud(loudest.map(|loudest| super::tracks::origin(&loudest.producer)));
            })
            .detach();
        observer.on_silence(move || tell(None)).detach();
        Ok(Parts { router, observer })
    }

    pub async fn capabilities(&self, sfu: &Sfu) -> Result<Value, Failed> {
        let mut capabilities = self.parts(sfu).await?.router.rtp_capabilities();
        capabilities
            .header_extensions
            .retain(|extension| OFFERED_EXTENSIONS.contains(&extension.uri));
        Ok(json!(capabilities))
    }

    pub async fn create_transport(
        &self,
        sfu: &Sfu,
        wish: TransportWish,
    ) -> Result<Transport, Failed> {
        let server = sfu.engine().await?.server.clone();
        let mut options = WebRtcTransportOptions::new_with_server(server);
        options.enable_udp = wish.udp;
        options.enable_tcp = wish.tcp;
        options.prefer_udp = true;
        options.enable_sctp = true;
        options.initial_available_outgoing_bitrate = FIRST_BITRATE;
        let router = &self.parts(sfu).await?.router;
        let transport = router.create_webrtc_transport(options).await?;
        Ok(Transport::new(transport, sfu))
    }

    /// Finding the loudest takes this audio into account, as long as it is sent.
    pub async fn listen_to(&self, sfu: &Sfu, producer: &Producer) -> Result<(), Failed> {
        let Parts { router, observer } = self.parts(sfu).await?;
        let here = producer.in_router(router).await?;
        observer
            .add_producer(RtpObserverAddProducerOptions::new(here.id()))
            .await?;
        Ok(())
    }
}

/// Of those that mediasoup has, the ones that clients of the service use.
const OFFERED_EXTENSIONS: [RtpHeaderExtensionUri; 7] = [
    RtpHeaderExtensionUri::Mid,
    RtpHeaderExtensionUri::RtpStreamId,
    RtpHeaderExtensionUri::RepairRtpStreamId,
    RtpHeaderExtensionUri::AbsSendTime,
    RtpHeaderExtensionUri::TransportWideCcDraft01,
    RtpHeaderExtensionUri::SsrcAudioLevel,
    RtpHeaderExtensionUri::AbsCaptureTime,
];

/// VP8 stands first: clients take the first that they can send. mediasoup adds the formats for
/// retransmissions.
fn codecs() -> Vec<RtpCodecCapability> {
    const VIDEO_CLOCK: NonZeroU32 = NonZeroU32::new(90_000).unwrap();
    let video = |mime_type, parameters| RtpCodecCapability::Video {
        mime_type,
        preferred_payload_type: None,
        clock_rate: VIDEO_CLOCK,
        parameters,
        rtcp_feedback: vec![
            RtcpFeedback::Nack,
            RtcpFeedback::NackPli,
            RtcpFeedback::CcmFir,
            RtcpFeedback::GoogRemb,
            RtcpFeedback::TransportCc,
        ],
    };
    let h264 = |profile_level_id: &'static str| {
        let parameters = RtpCodecParametersParameters::from([
            ("packetization-mode", 1_u32.into()),
            ("level-asymmetry-allowed", 1_u32.into()),
            ("profile-level-id", profile_level_id.into()),
        ]);
        video(MimeTypeVideo::H264, parameters)
    };
    vec![
        RtpCodecCapability::Audio {
            mime_type: MimeTypeAudio::Opus,
            preferred_payload_type: None,
            clock_rate: const { NonZeroU32::new(48_000).unwrap() },
            channels: const { NonZeroU8::new(2).unwrap() },
            parameters: RtpCodecParametersParameters::default(),
            rtcp_feedback: vec![RtcpFeedback::TransportCc],
        },
        video(MimeTypeVideo::Vp8, RtpCodecParametersParameters::default()),
        h264("42e01f"),
        h264("42001f"),
    ]
}
