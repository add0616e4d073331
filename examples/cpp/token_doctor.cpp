// Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
// secret.
//
//   token_doctor TOKEN
//   token_doctor --room ID --participant ID --for join|rest TOKEN
//   some-command | token_doctor -                read it from standard input
//
// Without a token, the environment variable VIDEOSDK_TOKEN is examined. The exit status is 0 when
// nothing was found that the service is certain to refuse.
#include <getopt.h>

#include <cstdlib>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <vsdk.hpp>

namespace {

int usage(std::ostream &out, int code) {
    out << "usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]\n";
    return code;
}

const char *severity_name(vsdk::Severity severity) {
    switch (severity) {
    case vsdk::Severity::error: return "ERROR";
    case vsdk::Severity::warning: return "WARNING";
    case vsdk::Severity::notice: return "NOTICE";
    default: return "?";
    }
}

void show_text(const char *label, const std::optional<std::string> &text) {
    std::cout << std::left << std::setw(14) << label << text.value_or("-") << "\n";
}

std::string life(const vsdk::TokenReport &report) {
    const auto left = report.time_left();
    if (!report.claims_json())
        return "-";
    if (!report.expires_at() || !left)
        return "no end";
    if (left->count() < 0)
        return "ended " + std::to_string(-left->count()) + " s ago";
    return std::to_string(left->count()) + " s left";
}

void show(const vsdk::TokenReport &report) {
    const std::vector<vsdk::Finding> findings = report.findings();

    show_text("API key", report.api_key());
    show_text("room", report.room_id());
    show_text("participant", report.participant_id());
    show_text("life", life(report));
    show_text("claims", report.claims_json());
    std::cout << "\n";
    for (const vsdk::Finding &finding : findings)
        std::cout << std::left << std::setw(8) << severity_name(finding.severity) << "  "
                  << finding.name << "\n          " << finding.explanation << ".\n          "
                  << finding.remedy << "\n";
    if (findings.empty())
        std::cout << "Nothing was found.\n";
    std::cout << "\n"
              << (report.is_usable() ? "Usable, as far as can be told without the secret."
                                     : "Not usable: mend the errors above.")
              << "\n";
}

} // namespace

int main(int count, char **values) {
    static const option options[] = {
        {"for", required_argument, nullptr, 'f'},         {"room", required_argument, nullptr, 'r'},
        {"participant", required_argument, nullptr, 'p'}, {"help", no_argument, nullptr, 'h'},
        {nullptr, 0, nullptr, 0},
    };
    vsdk::TokenPurpose purpose = vsdk::TokenPurpose::any;
    const char *room = nullptr;
    const char *participant = nullptr;

    for (int chosen; (chosen = getopt_long(count, values, "", options, nullptr)) != -1;) {
        switch (chosen) {
        case 'f':
            if (std::string(optarg) == "join")
                purpose = vsdk::TokenPurpose::join;
            else if (std::string(optarg) == "rest")
                purpose = vsdk::TokenPurpose::rest;
            else
                return usage(std::cerr, EXIT_FAILURE);
            break;
        case 'r': room = optarg; break;
        case 'p': participant = optarg; break;
        case 'h': return usage(std::cout, EXIT_SUCCESS);
        default: return usage(std::cerr, EXIT_FAILURE);
        }
    }
    const char *argument = optind < count ? values[optind] : std::getenv("VIDEOSDK_TOKEN");
    if (argument == nullptr)
        return usage(std::cerr, EXIT_FAILURE);
    std::string token = argument;
    // Unchanged, so that a line break at its end is found, as a server would.
    if (token == "-")
        token.assign(std::istreambuf_iterator<char>(std::cin), {});

    try {
        const vsdk::TokenReport report = vsdk::inspect_token(token, purpose, room, participant);
        show(report);
        return report.is_usable() ? EXIT_SUCCESS : EXIT_FAILURE;
    } catch (const vsdk::Error &error) {
        std::cerr << error.message() << "\n  " << error.remedy() << "\n";
        return EXIT_FAILURE;
    }
}
