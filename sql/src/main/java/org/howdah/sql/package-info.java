/** Lexing, classifying and normalising SQL text; the one fingerprint. */
@NullMarked
package org.howdah.sql;

import org.jspecify.annotations.NullMarked;
