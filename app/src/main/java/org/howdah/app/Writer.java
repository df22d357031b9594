package org.howdah.app;

import java.util.List;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/** Finds the node that can be changed. */
final class Writer {
    private Writer() {}

    /**
     * @throws HowdahException where no node can be reached or all of them are readers
     */
    static Dsn among(List<Dsn> nodes) {
        HowdahException last =
                new HowdahException(
                        "cluster-no-writer",
                        "The cluster has no nodes",
                        "Name at least one connection string",
                        ExitCode.USAGE);
        for (Dsn node : nodes) {
            Dsn primary = node.withParameter("target_session_attrs", "primary");
            try (Session session = Session.open(primary, SessionOptions.reading("app"))) {
                return session.dsn();
            } catch (HowdahException notThisOne) {
                last = notThisOne;
            }
        }
        throw last;
    }
}
