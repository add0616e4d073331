/*
 * Two meetings at once: what somebody writes in one room is repeated in the other.
 *
 *   two_meetings                              two new rooms; their ids are printed
 *   two_meetings --room ID --other-room ID    rooms that exist
 *
 * The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart.
 */
#include <getopt.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <vsdk.h>

#define TOPIC "CHAT"

struct arguments {
    const char *token;
    const char *token_url;
    const char *api_url;
    const char *rooms[2];
    long messages; /* 0: without end */
};

/* A meeting, and what is known of it. */
struct side {
    VsdkMeeting *meeting;
    char room[1025];
    char own_id[1025];
};

static void usage(FILE *out) {
    fputs("usage: two_meetings [--token TOKEN | --token-url URL] [--room ID] [--other-room ID] [--messages N] [--api-url URL]\n"
          "\n"
          "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID        one room, instead of creating it\n"
          "  --other-room ID  the other one, instead of creating it\n"
          "  --messages N     leave after so many messages (default: when the input ends)\n"
          "  --api-url URL    another server than https://api.videosdk.live\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},      {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},       {"other-room", required_argument, NULL, 'o'},
        {"messages", required_argument, NULL, 'm'},   {"api-url", required_argument, NULL, 'a'},
        {"help", no_argument, NULL, 'h'},             {NULL, 0, NULL, 0},
    };
    int option;
    arguments->token = getenv("VIDEOSDK_TOKEN");
    arguments->token_url = "http://localhost:3000/get-token";
    while ((option = getopt_long(count, values, "", options, NULL)) != -1) {
        switch (option) {
        case 't': arguments->token = optarg; break;
        case 'u': arguments->token_url = optarg; arguments->token = NULL; break;
        case 'r': arguments->rooms[0] = optarg; break;
        case 'o': arguments->rooms[1] = optarg; break;
        case 'm': arguments->messages = strtol(optarg, NULL, 10); break;
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

    if (arguments->token == NULL)
        status = vsdk_token_fetch(arguments->token_url, NULL, VSDK_TIMEOUT_DEFAULT, &fetched, error);
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

/* Joins the room, or a new one, and subscribes its chat. */
static VsdkStatus join(const char *id, struct side *side, VsdkError **error) {
    VsdkRoom *room = NULL;
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    VsdkStatus status = VSDK_STATUS_OK;

    if (id == NULL) {
        status = vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, error);
        id = vsdk_room_id(room);
    }
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_meeting_id(options, id, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_name(options, "relay", error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_init_meeting(options, &side->meeting, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_join(side->meeting, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_subscribe(side->meeting, TOPIC, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_snapshot(side->meeting, &snapshot, error);
    if (status == VSDK_STATUS_OK) {
        snprintf(side->room, sizeof side->room, "%s", vsdk_meeting_snapshot_meeting_id(snapshot));
        snprintf(side->own_id, sizeof side->own_id, "%s",
                 vsdk_meeting_snapshot_participant_id(snapshot));
    }
    vsdk_meeting_snapshot_free(snapshot);
    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return status;
}

/* Repeats a message of one side on the other. */
static VsdkStatus repeat(const struct side *from, const struct side *to, const VsdkEvent *event,
                         VsdkError **error) {
    const uint8_t *message = NULL;
    size_t length = 0;
    VsdkStatus status = vsdk_event_payload(event, &message, &length, error);
    const char *name = vsdk_event_participant_name(event) ? vsdk_event_participant_name(event) : "?";
    size_t size = strlen(name) + length + sizeof ": ";
    char *text = malloc(size);

    if (text == NULL)
        abort();
    snprintf(text, size, "%s: %.*s", name, (int)length, (const char *)message);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_publish(to->meeting, TOPIC, text, NULL, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        printf("%s -> %s: %s\n", from->room, to->room, text);
    free(text);
    return status;
}

/* Repeats what waits on one side; VSDK_STATUS_NO_EVENT when that is all. */
static VsdkStatus repeat_all(const struct side *from, const struct side *to, long *repeated,
                             VsdkError **error) {
    VsdkStatus status = VSDK_STATUS_OK;

    while (status == VSDK_STATUS_OK) {
        VsdkEvent *event = NULL;
        status = vsdk_meeting_next_event(from->meeting, 0, &event, error);
        /* Earlier ones were written when nobody was there to repeat them, and so they stay. */
        if (vsdk_event_type(event) == VSDK_EVENT_TYPE_MESSAGE && vsdk_event_code(event) == 0 &&
            strcmp(vsdk_event_participant_id(event), from->own_id) != 0) {
            status = repeat(from, to, event, error);
            ++*repeated;
        }
        if (vsdk_event_type(event) == VSDK_EVENT_TYPE_MEETING_LEFT)
            status = VSDK_STATUS_CLOSED;
        vsdk_event_free(event);
    }
    return status;
}

static VsdkStatus relay(const struct side *sides, long messages, VsdkError **error) {
    struct pollfd sources[3] = {{STDIN_FILENO, POLLIN, 0}, {-1, POLLIN, 0}, {-1, POLLIN, 0}};
    char ignored[512];
    long repeated = 0;
    VsdkStatus status = VSDK_STATUS_OK;

    if (messages > 0)
        sources[0].fd = -1; /* the input does not matter then */
    for (int it = 0; it < 2 && status == VSDK_STATUS_OK; ++it)
        status = vsdk_meeting_event_descriptor(sides[it].meeting, &sources[it + 1].fd, error);
    while (status == VSDK_STATUS_OK) {
        status = repeat_all(&sides[0], &sides[1], &repeated, error);
        if (status == VSDK_STATUS_NO_EVENT)
            status = repeat_all(&sides[1], &sides[0], &repeated, error);
        if (status != VSDK_STATUS_NO_EVENT || (messages > 0 && repeated >= messages))
            break;
        status = VSDK_STATUS_OK;
        if (poll(sources, 3, -1) > 0 && sources[0].revents != 0 &&
            read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
            break;
    }
    return status < 0 ? status : VSDK_STATUS_OK;
}

int main(int count, char **values) {
    struct arguments arguments = {0};
    struct side sides[2] = {0};
    VsdkError *error = NULL;
    int succeeded;

    if (!read_arguments(count, values, &arguments))
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);

    succeeded = vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
                configure(&arguments, &error) == VSDK_STATUS_OK &&
                join(arguments.rooms[0], &sides[0], &error) == VSDK_STATUS_OK &&
                join(arguments.rooms[1], &sides[1], &error) == VSDK_STATUS_OK;
    if (succeeded) {
        printf("rooms %s %s\n", sides[0].room, sides[1].room);
        succeeded = relay(sides, arguments.messages, &error) == VSDK_STATUS_OK &&
                    vsdk_meeting_leave(sides[0].meeting, VSDK_TIMEOUT_DEFAULT, &error) == VSDK_STATUS_OK &&
                    vsdk_meeting_leave(sides[1].meeting, VSDK_TIMEOUT_DEFAULT, &error) == VSDK_STATUS_OK;
    }
    if (!succeeded)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));

    vsdk_error_free(error);
    vsdk_meeting_free(sides[0].meeting);
    vsdk_meeting_free(sides[1].meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}
