package org.howdah.embedded;

import java.util.OptionalInt;

/**
 * How a cluster is made and run.
 *
 * @param server for all its servers; with a port, the writer gets it and the readers those after it
 * @param readers how many besides the writer
 * @param feedback whether readers keep the writer from removing rows that their queries see ({@code
 *     hot_standby_feedback})
 * @param quorum how many readers must have a commit on disk before the client hears of it ({@code
 *     ANY quorum (…)}); empty: commits wait for none
 */
public record ClusterOptions(
        ServerOptions server, int readers, boolean feedback, OptionalInt quorum) {

    private static final int MOST_READERS = 8;

    public ClusterOptions {
        if (readers < 0 || readers > MOST_READERS) {
            throw EmbeddedException.usage(
                    "A cluster on one machine cannot have " + readers + " readers.",
                    "Choose between 0 and " + MOST_READERS + ".");
        }
        if (quorum.isPresent() && (quorum.getAsInt() < 1 || quorum.getAsInt() > readers)) {
            throw EmbeddedException.usage(
                    "A quorum of "
                            + quorum.getAsInt()
                            + " cannot be reached with "
                            + readers
                            + " readers: every commit would wait for ever.",
                    "Choose a quorum between 1 and the number of readers.");
        }
        int last = server.port().orElse(1) + readers;
        if (last > ServerOptions.HIGHEST_PORT) {
            throw EmbeddedException.usage(
                    "The ports of "
                            + readers
                            + " readers after port "
                            + server.port().orElse(1)
                            + " end at "
                            + last
                            + ", which is no TCP port.",
                    "Choose a port up to " + (ServerOptions.HIGHEST_PORT - readers) + ".");
        }
    }

    /** A writer and no reader, with {@link ServerOptions#defaults()}. */
    public static ClusterOptions defaults() {
        return new ClusterOptions(ServerOptions.defaults(), 0, false, OptionalInt.empty());
    }

    /** For tests: with {@link ServerOptions#throwaway()}. */
    public static ClusterOptions throwaway() {
        return defaults().withServer(ServerOptions.throwaway());
    }

    public ClusterOptions withServer(ServerOptions newServer) {
        return new ClusterOptions(newServer, readers, feedback, quorum);
    }

    public ClusterOptions withReaders(int newReaders) {
        return new ClusterOptions(server, newReaders, feedback, quorum);
    }

    public ClusterOptions withFeedback(boolean newFeedback) {
        return new ClusterOptions(server, readers, newFeedback, quorum);
    }

    /** Set the number of readers first. */
    public ClusterOptions withQuorum(int newQuorum) {
        return new ClusterOptions(server, readers, feedback, OptionalInt.of(newQuorum));
    }
}
