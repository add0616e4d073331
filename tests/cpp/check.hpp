// What the programs of this folder share: checks that tell what failed, and their way out.
#ifndef CHECK_HPP
#define CHECK_HPP

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

#include <vsdk.hpp>

#define CHECK(condition) check(static_cast<bool>(condition), #condition, __FILE__, __LINE__)
#define CHECK_EQ(left, right) check_equal((left), (right), #left " == " #right, __FILE__, __LINE__)
// Evaluates the expression, which must throw an Error with this status; gives the Error.
#define CHECK_THROWS(expected, expression)                                                         \
    expect_error(vsdk::Status::expected, [&] { static_cast<void>(expression); }, #expression,      \
                 __FILE__, __LINE__)

[[noreturn]] inline void fail(const std::string &what, const char *file, int line) {
    std::cerr << file << ":" << line << ": " << what << std::endl;
    std::_Exit(EXIT_FAILURE);
}

inline void check(bool holds, const char *what, const char *file, int line) {
    if (!holds)
        fail(what, file, line);
}

template <class Left, class Right>
void check_equal(const Left &left, const Right &right, const char *what, const char *file, int line) {
    if (!(left == right)) {
        std::cerr << "left: " << left << "\nright: " << right << "\n";
        fail(what, file, line);
    }
}

template <class Function>
vsdk::Error expect_error(vsdk::Status status, Function function, const char *what, const char *file,
                         int line) {
    try {
        function();
    } catch (const vsdk::Error &error) {
        if (error.status() != status)
            fail(std::string(what) + " threw: " + error.what(), file, line);
        return error;
    }
    fail(std::string(what) + " did not throw", file, line);
}

namespace vsdk {
inline std::ostream &operator<<(std::ostream &out, Status status) { return out << name(status); }
} // namespace vsdk

// Runs a program's tests; at the end everything has been given back.
template <class Tests>
int run(Tests tests) {
    try {
        tests();
        vsdk::shutdown();
        CHECK_EQ(vsdk::live_handles(), 0);
        std::cout << "done" << std::endl;
        return EXIT_SUCCESS;
    } catch (const std::exception &exception) {
        std::cerr << "not caught: " << exception.what() << std::endl;
        return EXIT_FAILURE;
    }
}

#endif // CHECK_HPP
