// Operations: waited for, taken, cancelled, told, turned into futures.
//
//   async BASE_URL STALLED_URL        the second one never answers
#include <chrono>
#include <future>
#include <memory>
#include <string>

#include "check.hpp"

using namespace std::chrono_literals;

namespace {

void results() {
    vsdk::Op<vsdk::Room> op = vsdk::create_room_async();
    CHECK(op.wait());
    CHECK(op.is_completed());
    CHECK(!op.outcome());
    const vsdk::Room room = op.take();
    CHECK(!room.id().empty());
    CHECK_THROWS(invalid_state, op.take());
    CHECK(!op.outcome()); // Still a success.

    CHECK_EQ(vsdk::validate_room_async(room.id()).get().id(), room.id());
    CHECK_EQ(vsdk::get_room_async(room.id()).get().id(), room.id());
    CHECK(vsdk::list_rooms_async().get().size() >= 1);
    CHECK(vsdk::deactivate_room_async(room.id()).get().is_disabled());

    vsdk::Op<vsdk::Room> missing = vsdk::get_room_async("nowhere");
    missing.wait();
    CHECK_EQ(missing.outcome().value().status(), vsdk::Status::not_found);
    CHECK_THROWS(not_found, missing.take());
    CHECK_THROWS(not_found, missing.get());
}

void cancelling(const std::string &stalled) {
    const std::string url = stalled + "/get-token";
    vsdk::Op<vsdk::Token> op = vsdk::fetch_token_async(url);
    CHECK(!op.wait(0ms));
    CHECK(!op.wait(20ms));
    CHECK(!op.is_completed());
    CHECK_THROWS(invalid_state, op.take());
    CHECK_THROWS(invalid_state, op.outcome());
    op.cancel();
    op.cancel();
    CHECK(op.wait());
    CHECK_EQ(op.outcome().value().status(), vsdk::Status::cancelled);
    CHECK_THROWS(cancelled, op.take());
    op.cancel(); // Too late, and no mistake.

    // The operation's own time limit.
    CHECK_THROWS(timeout, vsdk::fetch_token_async(url, {}, 30ms).get());

    // The end of the library ends it too; whoever waits is told.
    std::promise<vsdk::Token> promise;
    std::future<vsdk::Token> future = promise.get_future();
    vsdk::Op<vsdk::Token> last = vsdk::fetch_token_async(url, {}, vsdk::default_timeout,
                                                         vsdk::fulfil(std::move(promise)));
    vsdk::shutdown();
    CHECK_EQ(last.outcome().value().status(), vsdk::Status::shutdown);
    CHECK_THROWS(shutdown, future.get());
}

void telling() {
    // Nobody keeps the operation: it goes on, and tells.
    std::promise<std::string> id;
    vsdk::create_room_async({}, vsdk::default_timeout, [&id](vsdk::Result<vsdk::Room> room) {
        id.set_value(room.value().id());
    });
    CHECK(!id.get_future().get().empty());

    std::promise<vsdk::Status> status;
    vsdk::get_room_async("nowhere", {}, vsdk::default_timeout, [&status](vsdk::Result<vsdk::Room> room) {
        CHECK(!room);
        CHECK_EQ(room.error().operation(), "room_get");
        status.set_value(room.error().status());
    });
    CHECK_EQ(status.get_future().get(), vsdk::Status::not_found);
}

void futures(const std::string &stalled) {
    std::promise<vsdk::Room> made;
    std::future<vsdk::Room> room = made.get_future();
    vsdk::create_room_async({}, vsdk::default_timeout, vsdk::fulfil(std::move(made)));
    CHECK(!room.get().id().empty());

    std::promise<vsdk::Token> fetched;
    std::future<vsdk::Token> token = fetched.get_future();
    const vsdk::Op<vsdk::Token> op = vsdk::fetch_token_async(
        stalled + "/get-token", {}, vsdk::default_timeout, vsdk::fulfil(std::move(fetched)));
    CHECK(token.wait_for(20ms) == std::future_status::timeout);
    op.cancel();
    CHECK_THROWS(cancelled, token.get());
}

} // namespace

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        results();
        telling();
        futures(values[2]);
        cancelling(values[2]);
    });
}
