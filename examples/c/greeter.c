/*
 * A host that never sleeps: lets in everybody who asks, and welcomes everybody who comes.
 *
 *   greeter                        in a new room; its id is printed for the guests
 *   greeter --room ID --guests 2   in a room that exists; leaves after two guests
 *
 * The token comes from --token, VIDEOSDK_TOKEN or --token-url, as in quickstart. Guests whose token
 * has the permission ask_join and not allow_join have to ask.
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
    long guests; /* 0: without end */
};

static void usage(FILE *out) {
    fputs("usage: greeter [--token TOKEN | --token-url URL] [--room ID] [--name NAME] [--guests N] [--api-url URL]\n"
          "\n"
          "  --token TOKEN    a token, e.g. a temporary one from the dashboard\n"
          "  --token-url URL  where to fetch one (default http://localhost:3000/get-token)\n"
          "  --room ID        meet in this room instead of creating one\n"
          "  --name NAME      the name that others see\n"
          "  --guests N       leave after so many guests (default: when the input ends)\n"
          "  --api-url URL    another server than https://api.videosdk.live\n",
          out);
}

static int read_arguments(int count, char **values, struct arguments *arguments) {
    static const struct option options[] = {
        {"token", required_argument, NULL, 't'},   {"token-url", required_argument, NULL, 'u'},
        {"room", required_argument, NULL, 'r'},    {"name", required_argument, NULL, 'n'},
        {"guests", required_argument, NULL, 'g'},  {"api-url", required_argument, NULL, 'a'},
        {"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0},
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
        case 'g': arguments->guests = strtol(optarg, NULL, 10); break;
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

/* Sends a welcome that only the newcomer gets, who subscribes the topic later. */
static VsdkStatus welcome(const VsdkMeeting *meeting, const VsdkEvent *event, VsdkError **error) {
    VsdkPublishOptions *options = vsdk_publish_options_new();
    char message[2048];
    VsdkStatus status = vsdk_publish_options_set_persist(options, 1, error);

    snprintf(message, sizeof message, "Welcome, %s!", vsdk_event_participant_name(event));
    if (status == VSDK_STATUS_OK)
        status = vsdk_publish_options_add_send_only(options, vsdk_event_participant_id(event), error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_publish(meeting, TOPIC, message, options, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        printf("* %s joined: welcomed\n", vsdk_event_participant_name(event));
    vsdk_publish_options_free(options);
    return status;
}

static VsdkStatus let_in(const VsdkMeeting *meeting, const VsdkEvent *event, VsdkError **error) {
    VsdkStatus status = vsdk_meeting_moderate(meeting, vsdk_event_participant_id(event),
                                              VSDK_MODERATION_ALLOW_ENTRY, VSDK_TIMEOUT_DEFAULT, error);
    if (status == VSDK_STATUS_OK)
        printf("* %s asks to come in: let in\n", vsdk_event_participant_name(event));
    return status;
}

/* Does what the event asks for; VSDK_STATUS_CLOSED when this participant is no longer in the room. */
static VsdkStatus answer(const VsdkMeeting *meeting, const VsdkEvent *event, long *welcomed,
                         VsdkError **error) {
    switch (vsdk_event_type(event)) {
    case VSDK_EVENT_TYPE_ENTRY_REQUESTED: return let_in(meeting, event, error);
    case VSDK_EVENT_TYPE_PARTICIPANT_JOINED: ++*welcomed; return welcome(meeting, event, error);
    case VSDK_EVENT_TYPE_MEETING_LEFT:
        printf("* the meeting has ended: %s\n", vsdk_event_text(event));
        return VSDK_STATUS_CLOSED;
    default: return VSDK_STATUS_OK;
    }
}

static VsdkStatus greet(const VsdkMeeting *meeting, long guests, VsdkError **error) {
    struct pollfd sources[2] = {{STDIN_FILENO, POLLIN, 0}, {-1, POLLIN, 0}};
    char ignored[512];
    long welcomed = 0;
    VsdkStatus status = vsdk_meeting_event_descriptor(meeting, &sources[1].fd, error);

    if (guests > 0)
        sources[0].fd = -1; /* the input does not matter then */
    while (status == VSDK_STATUS_OK) {
        VsdkEvent *event = NULL;
        status = vsdk_meeting_next_event(meeting, 0, &event, error);
        if (status == VSDK_STATUS_OK) {
            status = answer(meeting, event, &welcomed, error);
            vsdk_event_free(event);
            if (guests > 0 && welcomed == guests)
                break;
        } else if (status == VSDK_STATUS_NO_EVENT) {
            status = VSDK_STATUS_OK;
            if (poll(sources, 2, -1) > 0 && sources[0].revents != 0 &&
                read(STDIN_FILENO, ignored, sizeof ignored) <= 0)
                break;
        }
    }
    return status == VSDK_STATUS_OK ? vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, error) : status;
}

int main(int count, char **values) {
    struct arguments arguments = {0};
    VsdkError *error = NULL;
    VsdkMeeting *meeting = NULL;
    int succeeded;

    if (!read_arguments(count, values, &arguments))
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);

    succeeded = vsdk_check_abi(VSDK_ABI_VERSION, &error) == VSDK_STATUS_OK &&
                configure(&arguments, &error) == VSDK_STATUS_OK &&
                join(&arguments, &meeting, &error) == VSDK_STATUS_OK &&
                greet(meeting, arguments.guests, &error) >= VSDK_STATUS_OK;
    if (!succeeded)
        fprintf(stderr, "%s failed: %s\n  %s\n", vsdk_error_operation(error),
                vsdk_error_message(error), vsdk_error_remedy(error));

    vsdk_error_free(error);
    vsdk_meeting_free(meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return succeeded ? EXIT_SUCCESS : EXIT_FAILURE;
}
