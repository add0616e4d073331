/*
 * Linked to programs of the documentation that are run: points the library to the service of the
 * test before main, so that the programs can be printed as users write them.
 */
#include <stdio.h>
#include <stdlib.h>

#include <vsdk.h>

#ifdef __cplusplus
extern "C"
#endif
__attribute__((constructor)) void use_local_service(void);

void use_local_service(void) {
    VsdkError *error = NULL;
    VsdkConfigOptions *options = vsdk_config_options_new();
    const char *url = getenv("README_SERVICE");

    if (vsdk_config_options_set_api_base_url(options, url, &error) != VSDK_STATUS_OK ||
        vsdk_config_with(options, &error) != VSDK_STATUS_OK) {
        fprintf(stderr, "%s\n", vsdk_error_message(error));
        exit(3);
    }
    vsdk_config_options_free(options);
}
