/** Finding, remedy, guard, policy, journal and the one runner. */
@NullMarked
package org.howdah.remedy;

import org.jspecify.annotations.NullMarked;
