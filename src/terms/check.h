/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* check.h - is a .zub file of any kind what it should be, byte for byte? */
#ifndef ZUB_TERMS_CHECK_H
#define ZUB_TERMS_CHECK_H

#include "zubda.h" /* zub_check_file */

#endif
