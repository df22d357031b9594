/** Advice on indexes, proven by EXPLAIN of the real statements. */
@NullMarked
package org.howdah.advisor;

import org.jspecify.annotations.NullMarked;
