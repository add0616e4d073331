/*
 * From nothing to an initialised meeting: get a token, create a room, make the meeting, and show
 * what came back.
 *
 *   quickstart                                   token from http://localhost:3000/get-token
 *   quickstart --token TOKEN                     a temporary token from the dashboard
 *   quickstart --token-url URL                   your own token server
 *   quickstart --room ID --name Ann              meet in a room that exists
 *
 * Without --token, the environment variable VIDEOSDK_TOKEN is looked at first.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

struct arguments {
    const char *token;
    const char *token_url;
    const char *api_url;
    const char *room;
    const char *name;
};

static void usage(FILE *out) {
    fputs("usage: quickstart [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
          "\n"
          "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID        meet in this room instead of creating one\n"
          "  --name NAME      the name that others see\n"
          "  --api-url URL    another server than https://api.videosdk.live\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},   {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},    {"name", required_argument, NULL, 'n'},
        {"api-url", required_argument, NULL, 'a'}, {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int option;
    arguments->token = getenv("VIDEOSDK_TOKEN");
    arguments->token_url = "http://localhost:3000/get-token";
    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 't': arguments->token = optarg; break;
        case 'u': arguments->token_url = optarg; arguments->token = NULL; break;
        case 'r': arguments->room = optarg; break;
        case 'n': arguments->name = optarg; break;
        case 'a': arguments->api_url = optarg; break;
        case 'h': usage(stdout); exit(EXIT_SUCCESS);
        default: usage(stderr); return 0;
        }
    }
    return 1;
}

/* Gives the token to the library: the one that was passed, or a fetched one. */
static VsdkStatus configure(const struct arguments *arguments, VsdkError **error) {
    VsdkToken *fetched = NULL;
    VsdkConfigOptions *options = vsdk_config_options_new();
    VsdkStatus status = VSDK_STATUS_OK;

    if (arguments->token == NULL) {
        printf("fetching a token from %s\n", arguments->token_url);
        status = vsdk_token_fetch(arguments->token_url, NULL, VSDK_TIMEOUT_DEFAULT, &fetched, error);
    }
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_options_set_token(
            options, fetched ? vsdk_token_text(fetched) : arguments->token, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_options_set_api_base_url(options, arguments->api_url, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_with(options, error);

    vsdk_config_options_free(options);
    vsdk_token_free(fetched);
    return status;
}

/* Finds the room that was asked for, or creates one. */
static VsdkStatus find_room(const struct arguments *arguments, VsdkRoom **room, VsdkError **error) {
    if (arguments->room != NULL)
        return vsdk_room_validate(arguments->room, NULL, VSDK_TIMEOUT_DEFAULT, room, error);
    printf("creating a room\n");
    return vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, room, error);
}

/* Makes the meeting; nothing is sent anywhere yet. */
static VsdkStatus make_meeting(const struct arguments *arguments, const VsdkRoom *room,
                               VsdkMeeting **meeting, VsdkError **error) {
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    VsdkStatus status = vsdk_meeting_options_set_meeting_id(options, vsdk_room_id(room), error);

    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_name(options, arguments->name, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_mic_enabled(options, 1, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_metadata_json(options, "{\"from\": \"quickstart\"}", error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_init_meeting(options, meeting, error);

    vsdk_meeting_options_free(options);
    return status;
}

static VsdkStatus show(const VsdkRoom *room, const VsdkMeeting *meeting, VsdkError **error) {
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkEvent *event = NULL;
    VsdkStatus status = vsdk_meeting_snapshot(meeting, &snapshot, error);

    if (status != VSDK_STATUS_OK)
        return status;
    printf("room         %s\n", vsdk_room_id(room));
    printf("created      %s\n", vsdk_room_created_at(room) ? vsdk_room_created_at(room) : "-");
    printf("participant  %s\n", vsdk_meeting_snapshot_participant_id(snapshot));
    printf("name         %s\n", vsdk_meeting_snapshot_name(snapshot));
    printf("microphone   %s\n", vsdk_meeting_snapshot_mic_enabled(snapshot) ? "wanted" : "off");
    printf("meeting      %s\n", vsdk_meeting_snapshot_json(snapshot));
    vsdk_meeting_snapshot_free(snapshot);

    /* Everything that has happened so far waits in the queue. */
    while ((status = vsdk_meeting_next_event(meeting, 0, &event, error)) == VSDK_STATUS_OK) {
        printf("event %lld      %s %s\n", (long long)vsdk_event_sequence(event),
               vsdk_event_type_name(event), vsdk_event_text(event) ? vsdk_event_text(event) : "");
        vsdk_event_free(event);
    }
    return status < 0 ? status : VSDK_STATUS_OK;
}

int main(int count, char **values) {
    struct arguments arguments = {0};
    VsdkError *error = NULL;
    VsdkRoom *room = NULL;
    VsdkMeeting *meeting = NULL;
    int succeeded;

    if (!read_arguments(count, values, &arguments))
        return EXIT_FAILURE;

    succeeded = vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
                configure(&arguments, &error) == VSDK_STATUS_OK &&
                find_room(&arguments, &room, &error) == VSDK_STATUS_OK &&
                make_meeting(&arguments, room, &meeting, &error) == VSDK_STATUS_OK &&
                show(room, meeting, &error) == VSDK_STATUS_OK;
    if (!succeeded)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));

    /* Every _free takes NULL, so one way out serves all cases. */
    vsdk_error_free(error);
    vsdk_meeting_free(meeting);
    vsdk_room_free(room);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}
