// What participants give each other: values that all of them have, and files.
//
//   sharing BASE_URL STALLED_URL       nothing ever comes from the second
#include <chrono>
#include <cstdint>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check.hpp"
#include "guest.hpp"

using namespace std::chrono_literals;
using vsdk::EventType;
using Bytes = std::vector<std::uint8_t>;
using OptionalText = std::optional<std::string>;

namespace {

std::string new_room() { return vsdk::create_room().id(); }

void shared_values() {
    const std::string room = new_room();
    Guest ann(room, "ann");
    Guest bob(room, "bob");
    CHECK_THROWS(invalid_state, ann.meeting.store_get("topic"));
    ann.meeting.join();
    bob.meeting.join();
    CHECK(bob.meeting.store_get("topic") == std::nullopt);
    ann.meeting.store_set("topic", "before");
    CHECK(bob.meeting.store_get("topic", LONG) == "before");

    bob.meeting.store_observe("topic", LONG);
    for (const OptionalText &value : {OptionalText("é😀"), OptionalText(""), OptionalText()}) {
        ann.meeting.store_set("topic", value, LONG);
        const vsdk::Event changed = bob.next(EventType::store_value_changed);
        CHECK_EQ(changed.text().value(), "topic");
        CHECK_EQ(changed.participant_id().value(), "ann");
        CHECK_EQ(changed.code(), value ? 1 : 0);
        CHECK_EQ(message(changed), value.value_or(""));
        CHECK(bob.meeting.store_get("topic") == value); // "" is a value, too.
    }

    bob.meeting.store_stop_observing("topic");
    ann.meeting.store_set("topic", "unseen");
    bob.meeting.store_observe("other");
    ann.meeting.store_set("other", "seen");
    // In order: the other would have come before.
    CHECK_EQ(bob.next(EventType::store_value_changed).text().value(), "other");

    const std::string longest(1024, 'x');
    ann.meeting.store_set(longest, longest);
    CHECK(ann.meeting.store_get(longest) == longest);
    const vsdk::Error error = CHECK_THROWS(invalid_argument, ann.meeting.store_set("key", longest + 'x'));
    CHECK_EQ(error.operation(), "meeting_store_set");
    CHECK_EQ(error.service_code().value(), 3073);
    CHECK_THROWS(invalid_argument, ann.meeting.store_get(""));
    CHECK_THROWS(null_pointer, ann.meeting.store_set(nullptr, "value"));
    CHECK_THROWS(invalid_argument, ann.meeting.store_set("key", std::string("a\0b", 3)));
}

// Each in its form that does not wait; values come as they are, also those that are not there.
void shared_values_without_waiting() {
    Guest ann(new_room(), "ann");
    ann.meeting.join();
    ann.meeting.store_observe_async("key").get();
    ann.meeting.store_set_async("key", "a value").get();
    CHECK_EQ(message(ann.next(EventType::store_value_changed)), "a value");
    vsdk::Op<OptionalText> reading = ann.meeting.store_get_async("key");
    CHECK(reading.get() == "a value");
    CHECK_THROWS(invalid_state, reading.take()); // It was taken.
    CHECK(ann.meeting.store_get_async("none").get() == std::nullopt);

    std::promise<OptionalText> promise;
    std::future<OptionalText> future = promise.get_future();
    ann.meeting.store_get_async("key", LONG, vsdk::fulfil(std::move(promise)));
    CHECK(future.get() == "a value");
    std::promise<void> told;
    ann.meeting.store_get_async("none", LONG, [&](vsdk::Result<OptionalText> result) {
        CHECK(result.value() == std::nullopt); // Its success has nothing in it.
        CHECK_THROWS(would_deadlock, ann.meeting.store_get("key"));
        told.set_value();
    });
    told.get_future().get();

    ann.meeting.store_stop_observing_async("key").get();
    ann.meeting.store_set_async("key", nullptr).get();
    CHECK(ann.meeting.store_get("key") == std::nullopt);
    CHECK_EQ(ann.waiting(EventType::store_value_changed), 0U);
    CHECK_THROWS(invalid_argument, ann.meeting.store_get_async("key", vsdk::infinite));
    CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::content), 0);
}

void files(const std::string &base) {
    const std::string room = new_room();
    Guest ann(room, "ann"); // It need not be joined.
    Guest bob(room, "bob");
    Bytes every(3 * 1024 * 1024); // More than an ordinary reply may have.
    for (std::size_t at = 0; at < every.size(); ++at)
        every[at] = static_cast<std::uint8_t>(at % 256);
    const std::string url = ann.meeting.upload_file("photo é.bin", every, LONG);
    CHECK_EQ(url.rfind(base, 0), 0U);
    CHECK(bob.meeting.fetch_file(url, LONG) == every);

    // Zero bytes first, inside and last, from whatever holds bytes.
    const Bytes zeros = {0, 7, 0, 255, 0};
    const std::string text(zeros.begin(), zeros.end());
    CHECK(bob.meeting.fetch_file(ann.meeting.upload_file("file", zeros)) == zeros);
    CHECK(bob.meeting.fetch_file(ann.meeting.upload_file("file", text)) == zeros);
    CHECK(bob.meeting.fetch_file(ann.meeting.upload_file("file", std::string_view(text))) == zeros);
    CHECK(bob.meeting.fetch_file(ann.meeting.upload_file("file", {zeros.data(), zeros.size()})) == zeros);

    const vsdk::Error empty = CHECK_THROWS(invalid_argument, ann.meeting.upload_file("file", Bytes()));
    CHECK_EQ(empty.operation(), "meeting_upload_file");
    CHECK_THROWS(invalid_argument, ann.meeting.upload_file("file", {nullptr, 0}));
    CHECK_THROWS(null_pointer, ann.meeting.upload_file("file", {nullptr, 1}));
    CHECK_THROWS(invalid_argument, ann.meeting.upload_file("file", Bytes(10 * 1024 * 1024 + 1)));
    CHECK_THROWS(invalid_argument, ann.meeting.upload_file("", zeros));
    const vsdk::Error none = CHECK_THROWS(not_found, ann.meeting.fetch_file(base + "/files/none"));
    CHECK_EQ(none.http_status().value(), 404);
    CHECK_EQ(none.operation(), "meeting_fetch_file");
    CHECK_THROWS(invalid_argument, ann.meeting.fetch_file("no url"));
    CHECK_THROWS(network_insecure, ann.meeting.fetch_file("http://files.example/1"));
}

void files_without_waiting(const std::string &stalled) {
    Guest ann(new_room(), "ann");
    Bytes bytes = {1, 0, 2};
    vsdk::Op<std::string> uploading = ann.meeting.upload_file_async("file", bytes);
    bytes.assign(3, 9); // They were copied.
    const std::string url = uploading.get();
    CHECK_THROWS(invalid_state, uploading.take());
    CHECK((ann.meeting.fetch_file_async(url).get() == Bytes{1, 0, 2}));

    std::promise<Bytes> promise;
    std::future<Bytes> fetched = promise.get_future();
    ann.meeting.upload_file_async("file", bytes, LONG, [&](vsdk::Result<std::string> result) {
        ann.meeting.fetch_file_async(result.value(), LONG, vsdk::fulfil(std::move(promise)));
    });
    CHECK((fetched.get() == Bytes{9, 9, 9}));

    std::promise<Bytes> failing;
    std::future<Bytes> failed = failing.get_future();
    ann.meeting.fetch_file_async(url + "x", LONG, vsdk::fulfil(std::move(failing)));
    CHECK_THROWS(not_found, failed.get());
    CHECK_THROWS(invalid_argument, ann.meeting.upload_file_async("file", Bytes()).get());

    CHECK_THROWS(timeout, ann.meeting.fetch_file(stalled + "/files/1", 50ms));
    CHECK_THROWS(timeout, ann.meeting.fetch_file_async(stalled + "/files/1", 50ms).get());
    vsdk::Op<Bytes> hanging = ann.meeting.fetch_file_async(stalled + "/files/1", LONG);
    CHECK(!hanging.wait(50ms));
    CHECK_THROWS(invalid_state, hanging.take());
    hanging.cancel();
    CHECK_THROWS(cancelled, hanging.get());
    CHECK_EQ(vsdk::live_handles(vsdk::HandleKind::content), 0);
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        shared_values();
        shared_values_without_waiting();
        files(base);
        files_without_waiting(values[2]);
    });
}
