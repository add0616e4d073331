/*
 * Explains a token: what is in it, what is wrong with it, and what to do. Needs no network and no
 * secret.
 *
 *   token_doctor TOKEN
 *   token_doctor --room ID --participant ID --for join|rest TOKEN
 *   some-command | token_doctor -                read it from standard input
 *
 * Without a token, the environment variable VIDEOSDK_TOKEN is examined. The exit status is 0 when
 * nothing was found that the service is certain to refuse.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

static void usage(FILE *out) {
    fputs("usage: token_doctor [--for join|rest] [--room ID] [--participant ID] [TOKEN | -]\n", out);
}

static const char *severity_name(VsdkSeverity severity) {
    switch (severity) {
    case VSDK_SEVERITY_ERROR: return "ERROR";
    case VSDK_SEVERITY_WARNING: return "WARNING";
    case VSDK_SEVERITY_NOTICE: return "NOTICE";
    default: return "?";
    }
}

static void show_text(const char *label, const char *text) {
    printf("%-14s%s\n", label, text != NULL ? text : "-");
}

static void show_life(const VsdkTokenReport *report) {
    long long left = (long long)vsdk_token_report_seconds_left(report);
    if (vsdk_token_report_claims_json(report) == NULL)
        printf("%-14s-\n", "life");
    else if (vsdk_token_report_expires_at_s(report) < 0)
        printf("%-14sno end\n", "life");
    else if (left < 0)
        printf("%-14sended %lld s ago\n", "life", -left);
    else
        printf("%-14s%lld s left\n", "life", left);
}

static void show(const VsdkTokenReport *report) {
    size_t count = vsdk_token_report_finding_count(report);
    size_t index;

    show_text("API key", vsdk_token_report_api_key(report));
    show_text("room", vsdk_token_report_room_id(report));
    show_text("participant", vsdk_token_report_participant_id(report));
    show_life(report);
    show_text("claims", vsdk_token_report_claims_json(report));
    printf("\n");
    for (index = 0; index < count; index++) {
        printf("%-8s  %s\n", severity_name(vsdk_token_report_finding_severity(report, index)),
               vsdk_token_report_finding_name(report, index));
        printf("          %s.\n", vsdk_token_report_finding_explanation(report, index));
        printf("          %s\n", vsdk_token_report_finding_remedy(report, index));
    }
    if (count == 0)
        printf("Nothing was found.\n");
    printf("\n%s\n", vsdk_token_report_is_usable(report)
                         ? "Usable, as far as can be told without the secret."
                         : "Not usable: mend the errors above.");
}

int main(int count, char **values) {
    static const struct option options[] = {
        {"for", required_argument, NULL, 'f'},         {"room", required_argument, NULL, 'r'},
        {"participant", required_argument, NULL, 'p'}, {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    static char input[65536];
    VsdkTokenPurpose purpose = VSDK_TOKEN_PURPOSE_ANY;
    const char *room = NULL, *participant = NULL, *token;
    VsdkTokenReport *report = NULL;
    VsdkError *error = NULL;
    int option, usable;

    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 'f':
            if (strcmp(optarg, "join") == 0)
                purpose = VSDK_TOKEN_PURPOSE_JOIN;
            else if (strcmp(optarg, "rest") == 0)
                purpose = VSDK_TOKEN_PURPOSE_REST;
            else
                return usage(stderr), EXIT_FAILURE;
            break;
        case 'r': room = optarg; break;
        case 'p': participant = optarg; break;
        case 'h': return usage(stdout), EXIT_SUCCESS;
        default: return usage(stderr), EXIT_FAILURE;
        }
    }
    token = optind < count ? values[optind] : getenv("VIDEOSDK_TOKEN");
    if (token == NULL)
        return usage(stderr), EXIT_FAILURE;
    if (strcmp(token, "-") == 0) {
        /* Unchanged, so that a line break at its end is found, as a server would. */
        input[fread(input, 1, sizeof input - 1, stdin)] = '\0';
        token = input;
    }

    if (vsdk_token_inspect_for(token, purpose, room, participant, &report, &error) != VSDK_STATUS_OK) {
        fprintf(stderr, "%s\n  %s\n", vsdk_error_message(error), vsdk_error_remedy(error));
        vsdk_error_free(error);
        return EXIT_FAILURE;
    }
    show(report);
    usable = vsdk_token_report_is_usable(report);
    vsdk_token_report_free(report);
    return usable ? EXIT_SUCCESS : EXIT_FAILURE;
}
