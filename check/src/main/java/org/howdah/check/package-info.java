/** The checks: facts in, findings out; the thresholds live here. */
@NullMarked
package org.howdah.check;

import org.jspecify.annotations.NullMarked;
