#include <vsdk.hpp>

#include "second.hpp"

std::string_view second_version() {
    vsdk::check_abi();
    return vsdk::version();
}

void throw_in_a_callback() {
    vsdk::set_log_handler(vsdk::LogLevel::trace,
                          [](vsdk::LogLevel, std::string_view, std::string_view) { throw 1; });
    // Both ends are on record; one throw is enough.
    vsdk::Op<vsdk::Token> op = vsdk::fetch_token_async(
        "http://127.0.0.1:1/", {}, std::chrono::milliseconds(1), [](auto) {
            vsdk::set_log_handler(vsdk::LogLevel::off, nullptr);
            throw 2;
        });
    vsdk::set_log_handler(vsdk::LogLevel::off, nullptr);
    op.wait();
    vsdk::shutdown();
}
