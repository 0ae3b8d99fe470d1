/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* whole.h - all weighted rows of a matrix at once, for what walks them many
 * times. */
#ifndef ZUB_VECTORS_WHOLE_H
#define ZUB_VECTORS_WHOLE_H

#include "zubda.h"
#include "base/csr.h"

/* Every row in order, entries of value 0 left out; 8 bytes an entry, the
 * caller releases it. ZUB_ELIMIT: 2^31 rows or entries. ZUB_ENOMEM, and what
 * zub_matrix_read says. On failure *out is empty. */
zub_status zub_matrix_whole(zub_csr *out, zub_matrix *matrix,
                            zub_error *error);

#endif
