/* A blocking call asks little of the stack of whoever makes it, over TLS too. How many KiB the thread
 * has is the last argument.
 */
#include "service.h"

static const char *https_url, *ca_pem;

static void *call_everything(void *argument) {
    VsdkConfigOptions *options = vsdk_config_options_new();
    VsdkToken *token = NULL, *none = NULL;
    VsdkRoomList *list = NULL;
    CHECK_OK(vsdk_config_options_set_extra_ca_pem(options, ca_pem, &error));
    CHECK_OK(vsdk_config_options_set_api_base_url(options, https_url, &error));
    CHECK_OK(vsdk_config_with(options, &error));
    CHECK_OK(vsdk_token_fetch(url_at("/get-token", ""), NULL, VSDK_TIMEOUT_DEFAULT, &token, &error));
    CHECK_OK(vsdk_config_options_set_token(options, vsdk_token_text(token), &error));
    CHECK_OK(vsdk_config_with(options, &error));
    create_and_free_room();
    CHECK_OK(vsdk_rooms_list(NULL, VSDK_TIMEOUT_DEFAULT, &list, &error));
    CHECK_NUMBER(1, vsdk_room_list_count(list));
    vsdk_meeting_free(new_meeting(NULL));
    CHECK_FAILS(VSDK_STATUS_NETWORK_CONNECT,
                vsdk_token_fetch("http://127.0.0.1:1/", NULL, VSDK_TIMEOUT_DEFAULT, &none, &error));
    vsdk_room_list_free(list);
    vsdk_token_free(token);
    vsdk_config_options_free(options);
    return argument;
}

int main(int count, char **words) {
    pthread_attr_t attributes;
    pthread_t thread;
    CHECK(count == 4);
    https_url = words[1];
    ca_pem = words[2];
    snprintf(service_url, sizeof service_url, "%s", https_url);
    CHECK(pthread_attr_init(&attributes) == 0);
    CHECK(pthread_attr_setstacksize(&attributes, (size_t)atoi(words[3]) * 1024) == 0);
    CHECK(pthread_create(&thread, &attributes, call_everything, NULL) == 0);
    CHECK(pthread_join(thread, NULL) == 0);
    CHECK(pthread_attr_destroy(&attributes) == 0);
    return all_is_over();
}
