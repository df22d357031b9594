/** The tour: a whole story on an embedded cluster, measured before and after. */
@NullMarked
package org.howdah.rehearsal;

import org.jspecify.annotations.NullMarked;
