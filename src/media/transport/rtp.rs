//! What was negotiated, in the words of the WebRTC library.

use str0m::format::{Codec as RtpCodec, FormatParams};
use str0m::media::{Frequency, Pt};
use str0m::rtp::Extension;

use crate::media::negotiation::{Codec, NegotiatedCodec};

/// What the service fills the line with to find out how much it carries.
pub(super) const PROBATOR_MID: &str = "probator";
pub(super) const PROBATOR_SSRC: u32 = 1234;
pub(super) const PROBATOR_PAYLOAD_TYPE: u8 = 127;

/// All header extensions that negotiation knows.
const EXTENSIONS: &[Extension] = &[
    Extension::RtpMid,
    Extension::RtpStreamId,
    Extension::RepairedRtpStreamId,
    Extension::AbsoluteSendTime,
    Extension::TransportSequenceNumber,
    Extension::AudioLevel,
    Extension::VideoOrientation,
    Extension::TransmissionTimeOffset,
    Extension::AbsoluteCaptureTime,
    Extension::PlayoutDelay,
];

pub(super) fn extension(uri: &str) -> Option<Extension> {
    EXTENSIONS
        .iter()
        .find(|known| known.as_uri() == uri)
        .cloned()
}

fn codec(codec: Codec) -> RtpCodec {
    match codec {
        Codec::Opus => RtpCodec::Opus,
        Codec::Pcmu => RtpCodec::PCMU,
        Codec::Pcma => RtpCodec::PCMA,
        Codec::G722 => RtpCodec::G722,
        Codec::Vp8 => RtpCodec::Vp8,
        Codec::H264 => RtpCodec::H264,
        Codec::Vp9 => RtpCodec::Vp9,
        Codec::Av1 => RtpCodec::Av1,
    }
}

/// The clock in which the WebRTC library counts frames.
pub(super) fn clock(codec: Codec) -> Frequency {
    match codec {
        // Its frames are counted in samples, though RTP counts half of them (RFC 3551, 4.5.2).
        Codec::G722 => Frequency::SIXTEEN_KHZ,
        Codec::Pcmu | Codec::Pcma => Frequency::EIGHT_KHZ,
        Codec::Opus => Frequency::FORTY_EIGHT_KHZ,
        Codec::Vp8 | Codec::H264 | Codec::Vp9 | Codec::Av1 => Frequency::NINETY_KHZ,
    }
}

/// Makes a payload type known to a transport.
pub(super) fn declare_codec(config: &mut str0m::format::CodecConfig, negotiated: &NegotiatedCodec) {
    let payload_type = Pt::from(negotiated.payload_type);
    let repair = negotiated.retransmission_payload_type.map(Pt::from);
    if negotiated.codec == Codec::H264 {
        let profile = negotiated.parameters.get("profile-level-id");
        let profile = profile
            .and_then(serde_json::Value::as_str)
            .and_then(|text| u32::from_str_radix(text, 16).ok());
        config.add_h264(payload_type, repair, true, profile.unwrap_or(0x0042_e01f));
        return;
    }
    let channels = (negotiated.codec == Codec::Opus).then_some(2);
    config.add_config(
        payload_type,
        repair,
        codec(negotiated.codec),
        clock(negotiated.codec),
        channels,
        FormatParams::default(),
    );
}

/// Makes the filling known, or the estimate of the service would take it for lost. It is declared as
/// sound because nobody looks into that.
pub(super) fn declare_probator(config: &mut str0m::format::CodecConfig) {
    config.add_config(
        Pt::from(PROBATOR_PAYLOAD_TYPE),
        None,
        RtpCodec::Opus,
        Frequency::FORTY_EIGHT_KHZ,
        Some(2),
        FormatParams::default(),
    );
}

/// The payload type of what is sent to find out how much the network carries: the first that suits
/// pictures. It has to be nothing else's. Those packets have the SSRC 0, and a service on mediasoup
/// takes one with the payload type of a codec for the first layer of a simulcast, which names no SSRC;
/// the real first layer would never be heard of again.
pub(super) fn declare_probes(config: &mut str0m::format::CodecConfig) {
    config.add_config(
        Pt::from(PROBATOR_PAYLOAD_TYPE),
        None,
        RtpCodec::Vp8,
        Frequency::NINETY_KHZ,
        None,
        FormatParams::default(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::negotiation::header_extension::understood;

    #[test]
    fn every_extension_that_is_negotiated_is_known() {
        for uri in understood() {
            assert!(extension(uri).is_some(), "{uri}");
        }
        assert!(extension("urn:unknown").is_none());
    }
}
