/*
 * A chat in the terminal: what you write goes to everybody in the room, and you see who comes and
 * goes.
 *
 *   chat --name Ann                  in a new room; its id is printed for the others
 *   chat --name Bob --room ID        in a room that exists
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
    const char *room;
    const char *name;
};

static void usage(FILE *out) {
    fputs("usage: chat [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--api-url URL]\n"
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

/* Joins the room that was asked for, or a new one, with microphone and camera off. */
static VsdkStatus join(const struct arguments *arguments, VsdkMeeting **meeting, VsdkError **error) {
    VsdkRoom *room = NULL;
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    const char *id = arguments->room;
    VsdkStatus status = VSDK_STATUS_OK;

    if (id == NULL) {
        status = vsdk_create_room(NULL, VSDK_TIMEOUT_DEFAULT, &room, error);
        id = vsdk_room_id(room);
    }
    if (status == VSDK_STATUS_OK) {
        printf("room %s\n", id);
        status = vsdk_meeting_options_set_meeting_id(options, id, error);
    }
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_options_set_name(options, arguments->name, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_init_meeting(options, meeting, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_join(*meeting, VSDK_TIMEOUT_DEFAULT, error);

    vsdk_meeting_options_free(options);
    vsdk_room_free(room);
    return status;
}

/* Prints who is in the room; events up to `sequence` are from before that. */
static VsdkStatus print_room(const VsdkMeeting *meeting, int64_t *sequence, VsdkError **error) {
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkStatus status = vsdk_meeting_snapshot(meeting, &snapshot, error);
    size_t count = vsdk_meeting_snapshot_participant_count(snapshot);

    for (size_t index = 0; index < count && status == VSDK_STATUS_OK; ++index) {
        VsdkParticipant *participant = NULL;
        status = vsdk_meeting_snapshot_participant(snapshot, index, &participant, error);
        if (status == VSDK_STATUS_OK)
            printf("%s%s%s", index == 0 ? "* in the room: " : ", ", vsdk_participant_name(participant),
                   vsdk_participant_is_local(participant) ? " (you)" : "");
        vsdk_participant_free(participant);
    }
    if (count > 0)
        printf("\n");
    *sequence = vsdk_meeting_snapshot_event_sequence(snapshot);
    vsdk_meeting_snapshot_free(snapshot);
    return status;
}

static void print_event(const VsdkEvent *event, int64_t seen) {
    const char *name = vsdk_event_participant_name(event);
    const uint8_t *message = NULL;
    size_t length = 0;

    switch (vsdk_event_type(event)) {
    case VSDK_EVENT_TYPE_MESSAGE:
        vsdk_event_payload(event, &message, &length, NULL);
        printf("%s%s: %.*s\n", vsdk_event_code(event) == 1 ? "(earlier) " : "", name ? name : "?",
               (int)length, (const char *)message);
        break;
    case VSDK_EVENT_TYPE_PARTICIPANT_JOINED:
        if (vsdk_event_sequence(event) > seen)
            printf("* %s joined\n", name);
        break;
    case VSDK_EVENT_TYPE_PARTICIPANT_LEFT:
        if (vsdk_event_sequence(event) > seen)
            printf("* %s left\n", name);
        break;
    case VSDK_EVENT_TYPE_STATE_CHANGED:
        if (vsdk_event_sequence(event) <= seen)
            break;
        if (vsdk_event_code(event) == VSDK_MEETING_STATE_RECONNECTING)
            printf("* connection lost, trying again\n");
        if (vsdk_event_code(event) == VSDK_MEETING_STATE_CONNECTED)
            printf("* back in the room\n");
        break;
    default: break;
    }
}

/* Prints what has happened; VSDK_STATUS_CLOSED when this participant is no longer in the room. */
static VsdkStatus print_events(const VsdkMeeting *meeting, int64_t seen, int has_left,
                               VsdkError **error) {
    VsdkEvent *event = NULL;
    VsdkStatus status;

    while ((status = vsdk_meeting_next_event(meeting, 0, &event, error)) == VSDK_STATUS_OK) {
        int is_over = vsdk_event_type(event) == VSDK_EVENT_TYPE_MEETING_LEFT;
        if (!is_over)
            print_event(event, seen);
        else if (has_left)
            printf("* you left\n");
        else
            printf("* the meeting has ended: %s\n", vsdk_event_text(event));
        vsdk_event_free(event);
        if (is_over)
            return VSDK_STATUS_CLOSED;
    }
    return status;
}

/* Passes messages on in both directions until the input or the meeting ends. */
static VsdkStatus chat(const VsdkMeeting *meeting, int64_t seen, VsdkError **error) {
    VsdkPublishOptions *options = vsdk_publish_options_new();
    struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {-1, POLLIN, 0}};
    char *line = NULL;
    size_t capacity = 0;
    int has_left = 0;
    VsdkStatus status = vsdk_meeting_event_descriptor(meeting, &sources[1].fd, error);

    /* Those who come later are to see it too. */
    if (status == VSDK_STATUS_OK)
        status = vsdk_publish_options_set_persist(options, 1, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_subscribe(meeting, TOPIC, VSDK_TIMEOUT_DEFAULT, error);

    /* poll() does not know what stdio has read ahead. */
    setvbuf(stdin, NULL, _IONBF, 0);
    while (status == VSDK_STATUS_OK) {
        status = print_events(meeting, seen, has_left, error);
        if (status != VSDK_STATUS_NO_EVENT)
            break;
        status = VSDK_STATUS_OK;
        if (poll(sources, 2, -1) < 0 || sources[0].revents == 0)
            continue;
        if (getline(&line, &capacity, stdin) < 0) {
            has_left = 1;
            sources[0].fd = -1;
            status = vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, error);
            continue;
        }
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '\0')
            status = vsdk_meeting_publish(meeting, TOPIC, line, options, VSDK_TIMEOUT_DEFAULT, error);
    }
    /* When the meeting has ended, what to tell is why it did, and not what failed because of that. */
    if (status < 0 && print_events(meeting, seen, has_left, NULL) == VSDK_STATUS_CLOSED) {
        vsdk_error_free(*error);
        *error = NULL;
        status = VSDK_STATUS_CLOSED;
    }
    free(line);
    vsdk_publish_options_free(options);
    return status < 0 ? status : VSDK_STATUS_OK;
}

int main(int count, char **values) {
    struct arguments arguments = {0};
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    int64_t seen = 0;
    int succeeded;

    if (!read_arguments(count, values, &arguments))
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);

    succeeded = vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
                configure(&arguments, &error) == VSDK_STATUS_OK &&
                join(&arguments, &meeting, &error) == VSDK_STATUS_OK &&
                print_room(meeting, &seen, &error) == VSDK_STATUS_OK &&
                chat(meeting, seen, &error) == VSDK_STATUS_OK;
    if (!succeeded)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));

    vsdk_error_free(error);
    vsdk_meeting_free(meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}
