// Exceptions carry all that is known. The service refuses to create rooms in a way that has every
// field; see the test that starts this program.
//
//   errors BASE_URL EXPIRED_TOKEN
#include <chrono>
#include <exception>
#include <string>

#include "check.hpp"

using namespace std::chrono_literals;

int main(int, char **values) {
    return run([&] {
        const std::string base = values[1];
        CHECK_THROWS(not_configured, vsdk::create_room());

        const vsdk::Error expired = CHECK_THROWS(token_expired, vsdk::config(values[2]));
        CHECK_EQ(expired.operation(), "config");
        CHECK(expired.service_code().has_value());
        CHECK(!expired.http_status() && !expired.retry_after() && !expired.retryable());
        CHECK(!expired.service_text() && !expired.request_id());
        CHECK(std::string(expired.what()).find(values[2]) == std::string::npos);

        vsdk::config_with(vsdk::ConfigOptions()
                              .set_token(vsdk::fetch_token(base + "/get-token").text())
                              .set_api_base_url(base));
        const vsdk::Error limited = CHECK_THROWS(rate_limited, vsdk::create_room({}, 500ms));
        CHECK_EQ(limited.name(), "RATE_LIMITED");
        CHECK_EQ(limited.operation(), "create_room");
        CHECK(!limited.message().empty() && !limited.remedy().empty());
        CHECK_EQ(limited.http_status().value(), 429);
        CHECK_EQ(limited.service_text().value(), "slow down");
        CHECK_EQ(limited.request_id().value(), "request-7");
        CHECK(limited.retry_after().value() == 90s);
        CHECK(limited.retryable());
        CHECK_EQ(std::string(limited.what()), "create_room: " + limited.message() +
                                                  " [RATE_LIMITED, HTTP 429]. " + limited.remedy());

        // An exception outlives everything, and travels.
        std::exception_ptr kept;
        try {
            vsdk::get_room("nowhere");
        } catch (...) {
            kept = std::current_exception();
        }
        vsdk::shutdown();
        const vsdk::Error missing = CHECK_THROWS(not_found, std::rethrow_exception(kept));
        CHECK_EQ(missing.http_status().value(), 402);
        CHECK_EQ(missing.operation(), "room_get");
        CHECK(missing.service_text().has_value());

        CHECK_THROWS(network_connect, vsdk::fetch_token("http://127.0.0.1:1/get-token", {}, 2s));
        CHECK_THROWS(network_insecure, vsdk::fetch_token("http://example.org/get-token"));
        CHECK_THROWS(invalid_argument, vsdk::create_room({}, vsdk::infinite));
    });
}
