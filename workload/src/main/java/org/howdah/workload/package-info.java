/** Generated data, the load driver and its histograms. */
@NullMarked
package org.howdah.workload;

import org.jspecify.annotations.NullMarked;
