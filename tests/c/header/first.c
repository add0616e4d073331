/* Before any other header: vsdk.h brings all it needs. Twice: the guard holds. */
#include <vsdk.h>
#include <vsdk.h>

#include <stdio.h>
#include <string.h>

const char *version_in_second_unit(void);

int main(void) {
    VsdkError *error = NULL;
    VsdkEncodedFrame frame = VSDK_ENCODED_FRAME_INIT;
    VsdkEncoderTarget target = VSDK_ENCODER_TARGET_INIT;
    if (strcmp(vsdk_version(), VSDK_VERSION) != 0) return 1;
    if (strcmp(vsdk_version(), version_in_second_unit()) != 0) return 2;
    if (vsdk_abi_version() != VSDK_ABI_VERSION) return 3;
    if (vsdk_check_abi(VSDK_ABI_VERSION, &error) != VSDK_STATUS_OK || error != NULL) return 4;
    if (vsdk_check_abi(VSDK_ABI_VERSION + 1, &error) != VSDK_STATUS_ABI_MISMATCH) return 5;
    if (vsdk_error_status(error) != VSDK_STATUS_ABI_MISMATCH) return 6;
    vsdk_error_free(error);
    if (vsdk_local_track_push(NULL, &frame, NULL) != VSDK_STATUS_NULL_POINTER) return 7;
    if (vsdk_local_track_encoder_target(NULL, 0, &target, NULL) != VSDK_STATUS_NULL_POINTER) return 8;
    printf("%s %d\n", vsdk_version(), VSDK_VERSION_NUMBER);
    return 0;
}
