/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Statuses have texts, errors have words that can be shown anywhere. */
#include "test.h"

#include <errno.h>

#include "base/error.h"
#include "base/utf8.h"

static void every_status_has_its_text(void)
{
#define X(name, code, text)                                                   \
    CHECK_INT(ZUB_##name, code);                                              \
    CHECK_STR(zub_status_text(ZUB_##name), text);
    ZUB_STATUS_MAP(X)
#undef X
}

static void an_unknown_status_has_one_too(void)
{
    CHECK_STR(zub_status_text((zub_status)-99), "unknown status");
    CHECK_STR(zub_version(), ZUB_VERSION);
}

static void a_failure_has_status_words_and_no_position(void)
{
    zub_error error;

    CHECK_INT(zub_fail(&error, ZUB_EINVAL, "no method '%s'", "x"), ZUB_EINVAL);
    CHECK_INT(error.status, ZUB_EINVAL);
    CHECK(error.position == ZUB_NO_POSITION);
    CHECK_STR(error.message, "no method 'x'");
}

static void a_failure_may_have_a_position(void)
{
    zub_error error;

    zub_fail_at(&error, ZUB_EFORMAT, 812, "damaged at %d", 812);
    CHECK(error.position == 812);
    CHECK_STR(error.message, "damaged at 812");
}

static void nobody_needs_to_listen(void)
{
    CHECK_INT(zub_fail(NULL, ZUB_EIO, "x"), ZUB_EIO);
    CHECK_INT(zub_fail_at(NULL, ZUB_EIO, 1, "x"), ZUB_EIO);
    CHECK_INT(zub_fail_errno(NULL, ZUB_EIO, "read", "x", ENOENT), ZUB_EIO);
    CHECK_INT(zub_fail_memory(NULL), ZUB_ENOMEM);
    zub_error_clear(NULL);
}

static void the_system_says_why(void)
{
    zub_error error;

    zub_fail_errno(&error, ZUB_EIO, "read", "a.txt", ENOENT);
    CHECK_STR(error.message, "cannot read 'a.txt': No such file or directory");
    zub_fail_errno(&error, ZUB_EIO, "read", "a.txt", 99999);
    CHECK(strlen(error.message) > strlen("cannot read 'a.txt': "));
}

static void a_cleared_error_is_ok_and_empty(void)
{
    zub_error error;

    zub_fail_memory(&error);
    zub_error_clear(&error);
    CHECK_INT(error.status, ZUB_OK);
    CHECK_STR(error.message, "");
    CHECK(error.position == ZUB_NO_POSITION);
}

static void long_messages_end_with_a_whole_character(void)
{
    char name[1200];
    zub_error error;

    for (size_t shift = 0; shift < 4; shift++) {
        memset(name, 'x', shift);
        for (size_t i = shift; i + 4 < sizeof name; i += 4)
            memcpy(name + i, "\xF0\x9F\x93\xB0", 4);
        name[sizeof name - 8] = '\0';
        zub_fail(&error, ZUB_EIO, "%s", name);
        zub_slice message = {error.message, strlen(error.message)};
        CHECK_INT(zub_utf8_first_invalid(message), message.size);
        CHECK(message.size > 500 && message.size < sizeof error.message);
    }
}

static void bytes_that_are_no_text_are_shown_as_question_marks(void)
{
    zub_error error;

    zub_fail(&error, ZUB_EIO, "'%s'", "a\xFF\x1B[31m\nb\xC2\x9B\xD8\xA7");
    CHECK_STR(error.message, "'a??[31m?b?\xD8\xA7'");
}

int main(void)
{
    RUN(every_status_has_its_text);
    RUN(an_unknown_status_has_one_too);
    RUN(a_failure_has_status_words_and_no_position);
    RUN(a_failure_may_have_a_position);
    RUN(nobody_needs_to_listen);
    RUN(the_system_says_why);
    RUN(a_cleared_error_is_ok_and_empty);
    RUN(long_messages_end_with_a_whole_character);
    RUN(bytes_that_are_no_text_are_shown_as_question_marks);
    return DONE();
}
