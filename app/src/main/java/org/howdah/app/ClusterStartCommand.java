package org.howdah.app;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.Lifetime;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.ServerOptions;
import org.howdah.postgres.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description = {
            "Make or start a cluster and stay until Ctrl-C, which stops it.",
            "With --detach it runs on until \"howdah cluster stop\"."
        })
final class ClusterStartCommand implements Callable<Integer> {
    private final Context context;

    @Mixin private ClusterCommand.Place place = new ClusterCommand.Place();

    @Option(
            names = "--readers",
            paramLabel = "N",
            description =
                    "How many streaming readers beside the writer (default: what is there, or 0).")
    private @Nullable Integer readers;

    @Option(
            names = "--quorum",
            paramLabel = "K",
            description = "How many readers must have a commit on disk before it is reported.")
    private @Nullable Integer quorum;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description =
                    "The writer's port, the readers' are those after it (default: free ones).")
    private @Nullable Integer port;

    @Option(
            names = "--major",
            paramLabel = "MAJOR",
            description = "PostgreSQL's major version (default: what is there, or 18).")
    private @Nullable Integer major;

    @Option(names = "--detach", description = "Return, and let the cluster run on.")
    private boolean detach;

    ClusterStartCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        Host host = ClusterCommand.Place.host(context);
        Path directory = place.resolve(context, host);
        CountDownLatch stopped = new CountDownLatch(1);
        if (detach) {
            try (LocalCluster cluster = start(directory, host)) {
                new ClusterListing(context, cluster).print();
            }
            return ExitCode.FINE.number();
        }
        try (var _ = context.surroundings().interruption().during(stopped::countDown);
                LocalCluster cluster = start(directory, host)) {
            new ClusterListing(context, cluster).print();
            if (!cluster.owned()) {
                context.err().println("The cluster runs already; it is left as it is.");
                return ExitCode.FINE.number();
            }
            context.err().println("Press Ctrl-C to stop it.");
            context.out().flush();
            Thread.startVirtualThread(() -> {
                // "howdah cluster stop" ends this command too.
                cluster.awaitEnd();
                stopped.countDown();
            });
            stopped.await();
            context.err().println("Stopping ...");
        }
        return ExitCode.FINE.number();
    }

    /** A cluster that is there starts as it is, unless the command line asks for a shape. */
    private LocalCluster start(Path directory, Host host) {
        Lifetime lifetime = detach ? Lifetime.DETACHED : Lifetime.TIED;
        boolean anyShape = readers == null && quorum == null && port == null && major == null;
        return anyShape && LocalCluster.exists(directory)
                ? LocalCluster.resume(directory, lifetime, host)
                : LocalCluster.start(directory, options(lifetime), host);
    }

    private ClusterOptions options(Lifetime lifetime) {
        ServerOptions server = ServerOptions.defaults().withLifetime(lifetime);
        server = major == null ? server : server.withMajor(major);
        server = port == null ? server : server.withPort(port);
        OptionalInt wanted = quorum == null ? OptionalInt.empty() : OptionalInt.of(quorum);
        ClusterOptions options =
                ClusterOptions.defaults()
                        .withServer(server)
                        .withReaders(readers == null ? 0 : readers);
        return wanted.isPresent() ? options.withQuorum(wanted.getAsInt()) : options;
    }
}
