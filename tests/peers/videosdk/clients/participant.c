/*
 * A participant that is told what to do, a line at a time, and tells all that it sees:
 *
 *   participant API_URL TOKEN ROOM ID NAME METADATA
 *
 *   subscribe TOPIC
 *   publish TOPIC PERSIST RECEIVER MESSAGE    RECEIVER: an id, or - for everybody
 *   moderate ID WHAT                          WHAT: the number of a moderation
 *   end
 *   snapshot
 *
 * The end of the input makes it leave. It prints `event JSON` for each event, `snapshot JSON`, and
 * after each line `done STATUS SERVICE_CODE`, joining included.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

static VsdkMeeting *meeting;

static void print_event(const VsdkEvent *event, void *user_data) {
    (void)user_data;
    printf("event %s\n", vsdk_event_json(event));
}

static void done(VsdkStatus status, VsdkError *error) {
    printf("done %s %d\n", vsdk_status_name(status), vsdk_error_service_code(error));
    vsdk_error_free(error);
}

static VsdkStatus join(char **words, VsdkError **error) {
    VsdkConfigOptions *config = vsdk_config_options_new();
    VsdkMeetingOptions *options = vsdk_meeting_options_new();
    int failed = vsdk_config_options_set_api_base_url(config, words[1], error) ||
                 vsdk_config_options_set_token(config, words[2], error) ||
                 vsdk_config_with(config, error) ||
                 vsdk_meeting_options_set_meeting_id(options, words[3], error) ||
                 vsdk_meeting_options_set_participant_id(options, words[4], error) ||
                 vsdk_meeting_options_set_name(options, words[5], error) ||
                 vsdk_meeting_options_set_metadata_json(options, words[6], error) ||
                 vsdk_init_meeting(options, &meeting, error) ||
                 vsdk_meeting_set_event_handler(meeting, print_event, NULL, NULL, error);
    vsdk_config_options_free(config);
    vsdk_meeting_options_free(options);
    return failed ? vsdk_error_status(*error)
                  : vsdk_meeting_join(meeting, VSDK_TIMEOUT_DEFAULT, error);
}

static VsdkStatus publish(const char *topic, const char *persist, const char *receiver,
                          const char *message, VsdkError **error) {
    VsdkPublishOptions *options = vsdk_publish_options_new();
    VsdkStatus status = vsdk_publish_options_set_persist(options, atoi(persist), error);
    if (status == VSDK_STATUS_OK && strcmp(receiver, "-") != 0)
        status = vsdk_publish_options_add_send_only(options, receiver, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_meeting_publish(meeting, topic, message, options, VSDK_TIMEOUT_DEFAULT, error);
    vsdk_publish_options_free(options);
    return status;
}

static VsdkStatus print_snapshot(VsdkError **error) {
    VsdkMeetingSnapshot *snapshot = NULL;
    VsdkStatus status = vsdk_meeting_snapshot(meeting, &snapshot, error);
    if (status == VSDK_STATUS_OK)
        printf("snapshot %s\n", vsdk_meeting_snapshot_json(snapshot));
    vsdk_meeting_snapshot_free(snapshot);
    return status;
}

static VsdkStatus obey(char *line, VsdkError **error) {
    char *what = strtok(line, " "), *one = strtok(NULL, " ");
    if (strcmp(what, "subscribe") == 0)
        return vsdk_meeting_subscribe(meeting, one, VSDK_TIMEOUT_DEFAULT, error);
    if (strcmp(what, "publish") == 0) {
        char *persist = strtok(NULL, " "), *receiver = strtok(NULL, " ");
        return publish(one, persist, receiver, strtok(NULL, ""), error);
    }
    if (strcmp(what, "moderate") == 0)
        return vsdk_meeting_moderate(meeting, one, atoi(strtok(NULL, " ")), VSDK_TIMEOUT_DEFAULT, error);
    if (strcmp(what, "end") == 0)
        return vsdk_meeting_end(meeting, VSDK_TIMEOUT_DEFAULT, error);
    return print_snapshot(error);
}

int main(int count, char **words) {
    VsdkError *error = NULL;
    char *line = NULL;
    size_t capacity = 0;
    if (count != 7)
        return EXIT_FAILURE;
    setvbuf(stdout, NULL, _IOLBF, 0);
    VsdkStatus status = join(words, &error);
    done(status, error);
    int joined = status == VSDK_STATUS_OK;
    while (joined && getline(&line, &capacity, stdin) > 0) {
        error = NULL;
        line[strcspn(line, "\n")] = '\0';
        status = obey(line, &error);
        done(status, error);
    }
    free(line);
    vsdk_meeting_leave(meeting, VSDK_TIMEOUT_DEFAULT, NULL);
    vsdk_meeting_free(meeting);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return vsdk_debug_live_handles(VSDK_HANDLE_KIND_ALL) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
