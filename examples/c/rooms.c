/*
 * Rooms on the service: create, list, look up, deactivate.
 *
 *   rooms create [CUSTOM_ID]
 *   rooms list [PAGE]
 *   rooms validate ID
 *   rooms get ID
 *   rooms deactivate ID
 *
 * The token comes from the environment variable VIDEOSDK_TOKEN, or is fetched from the URL in
 * VIDEOSDK_TOKEN_URL; another server than the service's own from VIDEOSDK_API_ENDPOINT.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vsdk.h>

static int usage(void) {
    fputs("usage: rooms create [CUSTOM_ID] | list [PAGE] | validate ID | get ID | deactivate ID\n", stderr);
    return EXIT_FAILURE;
}

static void show(const VsdkRoom *room) {
    const char *custom_id = vsdk_room_custom_id(room);
    const char *created = vsdk_room_created_at(room);
    printf("%-16s  %-10s  %-24s  %s\n", vsdk_room_id(room),
           vsdk_room_is_disabled(room) ? "disabled" : "open", created != NULL ? created : "-",
           custom_id != NULL ? custom_id : "-");
}

static VsdkStatus configure(VsdkError **error) {
    const char *token = getenv("VIDEOSDK_TOKEN");
    const char *token_url = getenv("VIDEOSDK_TOKEN_URL");
    VsdkConfigOptions *options = vsdk_config_options_new();
    VsdkToken *fetched = NULL;
    VsdkStatus status =
        vsdk_config_options_set_api_base_url(options, getenv("VIDEOSDK_API_ENDPOINT"), error);

    if (status == VSDK_STATUS_OK && token == NULL && token_url != NULL) {
        status = vsdk_token_fetch(token_url, NULL, VSDK_TIMEOUT_DEFAULT, &fetched, error);
        token = vsdk_token_text(fetched);
    }
    if (status == VSDK_STATUS_OK && token != NULL)
        status = vsdk_config_options_set_token(options, token, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_config_with(options, error);
    vsdk_config_options_free(options);
    vsdk_token_free(fetched);
    return status;
}

static VsdkStatus create(const char *custom_id, VsdkRoom **room, VsdkError **error) {
    VsdkRoomOptions *options = vsdk_room_options_new();
    VsdkStatus status = VSDK_STATUS_OK;

    if (custom_id != NULL)
        status = vsdk_room_options_set_custom_room_id(options, custom_id, error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_create_room(options, VSDK_TIMEOUT_DEFAULT, room, error);
    vsdk_room_options_free(options);
    return status;
}

static VsdkStatus list(int page, VsdkError **error) {
    VsdkRoomListOptions *options = vsdk_room_list_options_new();
    VsdkRoomList *rooms = NULL;
    VsdkStatus status = vsdk_room_list_options_set_page(options, page, error);
    size_t index;

    if (status == VSDK_STATUS_OK)
        status = vsdk_rooms_list(options, VSDK_TIMEOUT_DEFAULT, &rooms, error);
    for (index = 0; index < vsdk_room_list_count(rooms) && status == VSDK_STATUS_OK; index++) {
        VsdkRoom *room = NULL;
        status = vsdk_room_list_room(rooms, index, &room, error);
        if (status == VSDK_STATUS_OK)
            show(room);
        vsdk_room_free(room);
    }
    if (status == VSDK_STATUS_OK)
        printf("page %lld of %lld, %lld rooms in all\n", (long long)vsdk_room_list_page(rooms),
               (long long)vsdk_room_list_last_page(rooms), (long long)vsdk_room_list_total(rooms));
    vsdk_room_list_free(rooms);
    vsdk_room_list_options_free(options);
    return status;
}

int main(int count, char **values) {
    const char *command = count > 1 ? values[1] : "";
    const char *id = count > 2 ? values[2] : NULL;
    int needs_id = strcmp(command, "create") != 0 && strcmp(command, "list") != 0;
    VsdkRoom *room = NULL;
    VsdkError *error = NULL;
    VsdkStatus status;

    if (needs_id && id == NULL)
        return usage();
    status = configure(&error);
    if (status == VSDK_STATUS_OK) {
        if (strcmp(command, "create") == 0)
            status = create(id, &room, &error);
        else if (strcmp(command, "list") == 0)
            status = list(id != NULL ? atoi(id) : 1, &error);
        else if (strcmp(command, "validate") == 0)
            status = vsdk_room_validate(id, NULL, VSDK_TIMEOUT_DEFAULT, &room, &error);
        else if (strcmp(command, "get") == 0)
            status = vsdk_room_get(id, NULL, VSDK_TIMEOUT_DEFAULT, &room, &error);
        else if (strcmp(command, "deactivate") == 0)
            status = vsdk_room_deactivate(id, NULL, VSDK_TIMEOUT_DEFAULT, &room, &error);
        else
            return usage();
    }
    if (room != NULL)
        show(room);
    if (status != VSDK_STATUS_OK)
        fprintf(stderr, "%s\n  %s\n", vsdk_error_message(error), vsdk_error_remedy(error));

    vsdk_room_free(room);
    vsdk_error_free(error);
    vsdk_shutdown(VSDK_TIMEOUT_DEFAULT, NULL);
    return status == VSDK_STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
