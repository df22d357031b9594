package org.howdah.rehearsal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.Host;
import org.howdah.embedded.Lifetime;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.Server;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.StopMode;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.report.Progress;
import org.howdah.workload.ConnectionSource;
import org.howdah.workload.Faults;
import org.howdah.workload.Loader;
import org.howdah.workload.Names;
import org.howdah.workload.Population;

/**
 * The tour's own cluster: a writer with the workload's data, neglected, and two readers, which are
 * copied from the writer when it is in bad shape, since that is quicker than replaying how it got
 * there.
 */
final class TourCluster implements AutoCloseable {
    private static final int READERS = 2;

    private final LocalCluster cluster;
    private final boolean temporary;
    private final Names names;
    private final Population population;
    private volatile boolean stopped;

    private TourCluster(
            LocalCluster cluster, boolean temporary, Names names, Population population) {
        this.cluster = cluster;
        this.temporary = temporary;
        this.names = names;
        this.population = population;
    }

    /** Starts the writer, empty. */
    static TourCluster start(TourOptions options, Names names, Population population, Host host) {
        ServerOptions server =
                ServerOptions.defaults()
                        .withSettings(
                                Map.of(
                                        "shared_buffers", "512MB",
                                        "max_wal_size", "4GB",
                                        "min_wal_size", "1GB",
                                        "checkpoint_timeout", "15min",
                                        "track_activity_query_size", "8192"));
        ClusterOptions cluster = ClusterOptions.defaults().withServer(server);
        options.data().filter(LocalCluster::exists).ifPresent(TourCluster::refuse);
        LocalCluster started =
                options.data()
                        .map(directory ->
                                LocalCluster.start(
                                        directory,
                                        cluster.withServer(server.withLifetime(Lifetime.DETACHED)),
                                        host))
                        .orElseGet(() -> LocalCluster.temporary(cluster, host));
        return new TourCluster(started, options.data().isEmpty(), names, population);
    }

    private static void refuse(Path directory) {
        throw new HowdahException(
                "tour-directory-taken",
                "There is a cluster in " + directory + " already",
                "Choose a directory that does not exist; the tour makes it",
                ExitCode.USAGE);
    }

    /** Loads the data, puts the usual faults in and adds the readers. */
    void bringIntoBadShape(Progress progress) {
        new Loader(writer(), names, population).load(Loader.Statistics.STALE, progress);
        Faults.apply(Faults.usual(), ConnectionSource.of(writer()), names, progress);
        forgetTheLoading();
        try (Progress.Step step = progress.step("Adding two readers")) {
            for (int reader = 0; reader < READERS; reader++) {
                step.note(cluster.addReader());
            }
        }
    }

    /**
     * What loading asked of the server is not part of the workload; this server is the tour's own.
     */
    private void forgetTheLoading() {
        try (Session session = Session.open(writer(), SessionOptions.changing("rehearsal"))) {
            String schema = session.extensionSchema("pg_stat_statements").orElseThrow();
            session.execute("SELECT \"" + schema + "\".pg_stat_statements_reset()");
        }
    }

    Names names() {
        return names;
    }

    Population population() {
        return population;
    }

    Dsn writer() {
        return dsn(cluster.writer());
    }

    List<Dsn> readers() {
        return cluster.readers().stream().map(TourCluster::dsn).toList();
    }

    /** The writer first. */
    List<Dsn> nodes() {
        List<Dsn> nodes = new ArrayList<>(List.of(writer()));
        nodes.addAll(readers());
        return nodes;
    }

    Optional<ConnectionSource> reader() {
        return readers().stream().findFirst().map(ConnectionSource::of);
    }

    private static Dsn dsn(Server server) {
        return Dsn.parse(server.dsn(Server.DATABASE), Environment.ofProcess());
    }

    /**
     * Stops the servers under whatever runs on them: at once where their data is deleted anyway, in
     * order where it stays. From then on, closing stops them, too.
     */
    void stopServers() {
        stopped = true;
        StopMode mode = temporary ? StopMode.IMMEDIATE : StopMode.FAST;
        try {
            cluster.servers().values().forEach(server -> server.stop(mode));
        } catch (EmbeddedException gone) {
            // Somebody else is faster and deletes the cluster at this moment.
        }
    }

    @Override
    public void close() {
        if (stopped) {
            stopServers();
        }
        cluster.close();
    }
}
