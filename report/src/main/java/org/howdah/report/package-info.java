/** Presentation: terminal tables, progress bars, units, SVG charts, self-contained HTML pages. */
@NullMarked
package org.howdah.report;

import org.jspecify.annotations.NullMarked;
