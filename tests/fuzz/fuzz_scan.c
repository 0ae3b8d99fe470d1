/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_scan.c - the first byte chooses a language, the second how many words
 * are asked for at once; the words of the rest must be those of ICU. */
#include <assert.h>
#include <stdint.h>

#include "../scan_laws.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const langs[] = {"und", "fi", "en_US_POSIX", "ar"};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static scan_oracle oracle;
    static zub_scanner *scanner;

    if (size < 2 || (!scanner && zub_scanner_new(&scanner, NULL) != ZUB_OK))
        return 0;
    zub_slice text = {(const char *)data + 2, size - 2};
    assert(scan_oracle_read(&oracle, text, langs[data[0] % 4]));
    for (int way = 0; way < ZUB_SCAN_WAYS; way++) {
        zub_scanner_go(scanner, (zub_scan_way)way);
        assert(broken_scan_law(scanner, &oracle, text, langs[data[0] % 4],
                               data[1] + 1u) == NULL);
    }
    return 0;
}
