//! What a meeting wants its media to travel over.

use crate::choice::choice;

choice! {
    /// How media travels.
    PreferredProtocol, "preferred protocol" {
        /// UDP, or TCP where UDP does not get through.
        UdpOverTcp = 1, "UDP_OVER_TCP";
        /// UDP only.
        UdpOnly = 2, "UDP_ONLY";
        /// TCP only.
        TcpOnly = 3, "TCP_ONLY";
    }
}
