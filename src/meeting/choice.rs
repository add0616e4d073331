//! Values out of a fixed set, each with its number in C and its name: for settings that on the wire.

pub(super) use crate::choice::choice;
pub use crate::media::PreferredProtocol;

choice! {
    /// What a participant does with media.
    Mode, "mode" {
        /// Sends and receives.
        SendAndReceive = 1, "SEND_AND_RECV";
        /// Receives only.
        ReceiveOnly = 2, "RECV_ONLY";
        /// Neither: events, messages and moderation only.
        SignallingOnly = 3, "SIGNALLING_ONLY";
    }
}

choice! {
    /// The largest picture that the camera publishes.
    MaxResolution, "resolution" {
        /// 1280 x 720.
        Hd = 1, "hd";
        /// 640 x 360.
        Sd = 2, "sd";
    }
}

choice! {
    /// The codec of published audio.
    AudioCodec, "audio codec" {
        /// Opus, the service's default.
        Opus = 1, "opus";
        /// G.711 µ-law.
        Pcmu = 2, "pcmu";
        /// G.711 A-law.
        Pcma = 3, "pcma";
        /// G.722.
        G722 = 4, "g722";
    }
}

choice! {
    /// What kind of participant this is.
    PeerType, "peer type" {
        /// A person or an ordinary program.
        Normal = 1, "normal";
        /// An AI agent; others see it as one.
        Agent = 2, "agent";
    }
}

choice! {
    /// What a meeting may have running beside itself (protocol, section 13).
    ServiceKind, "service" {
        /// The meeting is recorded into a file.
        Recording = 1, "recording";
        /// It is sent to other platforms, by RTMP.
        Livestream = 2, "livestream";
        /// It can be watched with any player, by HLS.
        Hls = 3, "hls";
        /// What is said is written down.
        Transcription = 4, "transcription";
        /// What is said is translated.
        Translation = 5, "translation";
        /// Everybody can draw on one board.
        Whiteboard = 6, "whiteboard";
    }
}

choice! {
    /// How far a service is.
    ServiceState, "state of a service" {
        /// It was asked for.
        Starting = 1, "STARTING";
        /// It runs.
        Started = 2, "STARTED";
        /// It was asked to end.
        Stopping = 3, "STOPPING";
        /// It does not run.
        Stopped = 4, "STOPPED";
        /// It runs, and what it makes can be watched: HLS only.
        Playable = 5, "PLAYABLE";
    }
}

choice! {
    /// How the participants are arranged in a recording or stream.
    Layout, "layout" {
        /// All are equally large.
        Grid = 1, "GRID";
        /// One is large, nobody else is seen.
        Spotlight = 2, "SPOTLIGHT";
        /// One is large, the others are beside it.
        Sidebar = 3, "SIDEBAR";
    }
}

choice! {
    /// Who comes first in a layout.
    LayoutPriority, "layout priority" {
        /// Who speaks.
        Speaker = 1, "SPEAKER";
        /// Who is pinned.
        Pin = 2, "PIN";
    }
}

choice! {
    /// The colours of a recording or stream.
    Theme, "theme" {
        /// Those of the service.
        Default = 1, "DEFAULT";
        /// Light ones.
        Light = 2, "LIGHT";
        /// Dark ones.
        Dark = 3, "DARK";
    }
}

choice! {
    /// What is recorded or streamed.
    ServiceContent, "content" {
        /// Picture and sound.
        VideoAndAudio = 1, "video-and-audio";
        /// Sound only.
        Audio = 2, "audio";
    }
}

choice! {
    /// How good a recording or stream is.
    ServiceQuality, "quality" {
        /// Low.
        Low = 1, "low";
        /// Medium.
        Medium = 2, "med";
        /// High.
        High = 3, "high";
        /// The highest; known from the REST interface alone.
        Ultra = 4, "ultra";
    }
}

choice! {
    /// Which way up a recording or stream is; known from the REST interface alone.
    Orientation, "orientation" {
        /// Wider than high.
        Landscape = 1, "landscape";
        /// Higher than wide.
        Portrait = 2, "portrait";
    }
}

choice! {
    /// What an agent is doing.
    AgentState, "agent state" {
        /// Nothing.
        Idle = 1, "idle";
        /// Somebody speaks to it.
        Listening = 2, "listening";
        /// It looks for an answer.
        Thinking = 3, "thinking";
        /// It speaks.
        Speaking = 4, "speaking";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_find_their_value_and_only_it() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_number(*mode as i32).unwrap(), *mode);
            assert_eq!(Mode::from_name(mode.name()).unwrap(), *mode);
        }
        let error = Mode::from_number(9).unwrap_err();
        assert_eq!(error.message(), "9 is no mode");
        assert_eq!(
            error.remedy(),
            "Use one of: 1 (SEND_AND_RECV), 2 (RECV_ONLY), 3 (SIGNALLING_ONLY)."
        );
        assert!(PreferredProtocol::from_name("udp_only").is_err());
    }
}
