/*
 * Around the snippets of the documentation: what they may use without declaring it. A snippet is
 * put in the place of the line SNIPPET.
 */
#include <stdio.h>
#include <string.h>

#include <vsdk.h>

int snippet(const char *api_key, const char *secret, const char *token_text, VsdkError *error, VsdkRoom *room,
            VsdkMeeting *meeting, VsdkMeetingOptions *options, VsdkVideoOutput *output);

int snippet(const char *api_key, const char *secret, const char *token_text, VsdkError *error, VsdkRoom *room,
            VsdkMeeting *meeting, VsdkMeetingOptions *options, VsdkVideoOutput *output) {
    (void)api_key, (void)secret, (void)token_text, (void)error, (void)room, (void)meeting, (void)options, (void)output;
    {
SNIPPET
    }
    return 0;
}

int main(void) {
    return 0;
}
