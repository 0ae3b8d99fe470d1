/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* folder.h - where the trained models are. */
#ifndef ZUB_CLI_FOLDER_H
#define ZUB_CLI_FOLDER_H

#include "zubda.h"

/* Opens the first of: `asked` (--models), $ZUBDA_MODELS, and, beside the
 * folder of the program, ../share/zubda/models and ../models. One that was
 * asked for must be there; of the variable's a missing one is only warned of,
 * unless `quiet`; without any there are no models, which is fine. */
zub_status zub_folder_open_models(zub_models **out, const char *asked,
                                  bool quiet, zub_error *error);

#endif
