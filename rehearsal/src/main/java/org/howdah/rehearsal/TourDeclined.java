package org.howdah.rehearsal;

import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/** The person in front of the tour did not want the cluster mended. */
public final class TourDeclined extends HowdahException {
    TourDeclined() {
        super(
                "tour-declined",
                "The tour ended before anything was mended",
                "Run it with --yes to be asked nothing",
                ExitCode.REFUSED);
    }
}
