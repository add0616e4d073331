/*
 * Prints a token minted by the library, for others to verify.
 *
 *   mint [--permission NAME]... [--role NAME]... [--room ID] [--participant ID]
 *        [--lifetime SECONDS] [--claims JSON]
 *
 * The API key and the secret come from VIDEOSDK_API_KEY and VIDEOSDK_SECRET.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>

#include <vsdk.h>

static VsdkStatus set(VsdkTokenMintOptions *mint, int option, const char *value, VsdkError **error) {
    switch (option) {
    case 'p': return vsdk_token_mint_options_add_permission(mint, value, error);
    case 'r': return vsdk_token_mint_options_add_role(mint, value, error);
    case 'm': return vsdk_token_mint_options_set_room_id(mint, value, error);
    case 'i': return vsdk_token_mint_options_set_participant_id(mint, value, error);
    case 'l': return vsdk_token_mint_options_set_lifetime_s(mint, atoll(value), error);
    case 'c': return vsdk_token_mint_options_set_claims_json(mint, value, error);
    default: exit(EXIT_FAILURE); /* getopt has told why. */
    }
}

int main(int count, char **values) {
    static const struct option options[] = {
        {"permission", required_argument, NULL, 'p'}, {"role", required_argument, NULL, 'r'},
        {"room", required_argument, NULL, 'm'},       {"participant", required_argument, NULL, 'i'},
        {"lifetime", required_argument, NULL, 'l'},   {"claims", required_argument, NULL, 'c'},
        {NULL, 0, NULL, 0},
    };
    VsdkTokenMintOptions *mint = vsdk_token_mint_options_new();
    VsdkToken *token = NULL;
    VsdkError *error = NULL;
    VsdkStatus status =
        vsdk_token_mint_options_set_api_key(mint, getenv("VIDEOSDK_API_KEY"), &error);
    int option;

    if (status == VSDK_STATUS_OK)
        status = vsdk_token_mint_options_set_secret(mint, getenv("VIDEOSDK_SECRET"), &error);
    while (status == VSDK_STATUS_OK &&
           (option = getopt_long(count, values, "", options, NULL)) != -1)
        status = set(mint, option, optarg, &error);
    if (status == VSDK_STATUS_OK)
        status = vsdk_token_mint(mint, &token, &error);
    if (status == VSDK_STATUS_OK)
        printf("%s\n", vsdk_token_text(token));
    else
        fprintf(stderr, "%s\n", vsdk_error_message(error));

    vsdk_error_free(error);
    vsdk_token_free(token);
    vsdk_token_mint_options_free(mint);
    return status == VSDK_STATUS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
