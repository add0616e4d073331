/// @file
/// Agents: what they tell of themselves.
///
/// SPDX-License-Identifier: MIT OR Apache-2.0
#ifndef VSDK_AGENT_HPP
#define VSDK_AGENT_HPP

#include <cstdint>

#include "../vsdk.h"

namespace vsdk {

/// What an agent is doing; see Meeting::send_agent_state().
enum class AgentState : std::int32_t {
    /// Nothing.
    idle = VSDK_AGENT_STATE_IDLE,
    /// Somebody speaks to it.
    listening = VSDK_AGENT_STATE_LISTENING,
    /// It looks for an answer.
    thinking = VSDK_AGENT_STATE_THINKING,
    /// It speaks.
    speaking = VSDK_AGENT_STATE_SPEAKING,
};

} // namespace vsdk

#endif // VSDK_AGENT_HPP
