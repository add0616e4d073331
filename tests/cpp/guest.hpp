// Somebody in a meeting, for the programs of this folder: a meeting, and what it told.
#ifndef GUEST_HPP
#define GUEST_HPP

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "check.hpp"

// Only catches what hangs.
constexpr std::chrono::minutes LONG{2};

class Guest {
public:
    Guest(const std::string &room, const char *id, const vsdk::TextArg &token = nullptr)
        : Guest(vsdk::MeetingOptions().set_meeting_id(room).set_participant_id(id).set_name(id).set_token(
              token)) {}
    explicit Guest(const vsdk::MeetingOptions &options) : meeting(vsdk::init_meeting(options)) {}

    // The first event of that type, about or from that participant if one is named, that was not
    // given yet; waits for it.
    vsdk::Event next(vsdk::EventType type, const std::string &participant = {}) {
        return take([&](const vsdk::Event &event) {
            return event.type() == type &&
                   (participant.empty() || event.participant_id() == participant);
        });
    }

    // The change to that state; waits for it.
    vsdk::Event next(vsdk::MeetingState state) {
        return take([&](const vsdk::Event &event) { return event.state() == state; });
    }

    // How many events of that type have come and were not given yet.
    std::size_t waiting(vsdk::EventType type) {
        for (vsdk::Event &event : meeting.events(std::chrono::seconds(0)))
            read_.push_back(std::move(event));
        std::size_t count = 0;
        for (const vsdk::Event &event : read_)
            count += event.type() == type;
        return count;
    }

    vsdk::MeetingState state() const { return meeting.snapshot().state(); }

    // The participant with that id, as this one sees it.
    vsdk::Participant sees(const std::string &id) const {
        for (vsdk::Participant &participant : meeting.snapshot().participants())
            if (participant.id() == id)
                return std::move(participant);
        fail("there is no participant " + id, __FILE__, __LINE__);
    }

    std::vector<std::string> sees_ids() const {
        std::vector<std::string> ids;
        for (const vsdk::Participant &participant : meeting.snapshot().participants())
            ids.push_back(participant.id());
        return ids;
    }

    vsdk::Meeting meeting;

private:
    template <class Fits>
    vsdk::Event take(Fits fits) {
        for (std::size_t index = 0;; ++index) {
            if (index == read_.size())
                read_.push_back(std::move(meeting.next_event(LONG).value()));
            if (fits(read_[index])) {
                vsdk::Event found = std::move(read_[index]);
                read_.erase(read_.begin() + static_cast<std::ptrdiff_t>(index));
                return found;
            }
        }
    }

    std::vector<vsdk::Event> read_;
};

// The message that an event carries.
inline std::string message(const vsdk::Event &event) {
    const auto bytes = event.payload();
    return std::string(bytes.begin(), bytes.end());
}

#endif // GUEST_HPP
