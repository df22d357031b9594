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
            description = "How many streaming readers beside the writer (default: 0).")
    private int readers;

    @Option(
            names = "--quorum",
            paramLabel = "K",
            description = "How many readers must have a commit on disk before it is reported.")
    private @Nullable Integer quorum;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The writer's port, the readers' are those after it (default: free ones).")
    private @Nullable Integer port;

    @Option(
            names = "--major",
            paramLabel = "MAJOR",
            description = "PostgreSQL's major version (default: 18).")
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
            try (LocalCluster cluster = LocalCluster.start(directory, options(), host)) {
                new ClusterListing(context, cluster).print();
            }
            return ExitCode.FINE.number();
        }
        try (var _ = context.surroundings().interruption().during(stopped::countDown);
                LocalCluster cluster = LocalCluster.start(directory, options(), host)) {
            new ClusterListing(context, cluster).print();
            if (!cluster.owned()) {
                context.err().println("The cluster runs already; it is left as it is.");
                return ExitCode.FINE.number();
            }
            context.err().println("Press Ctrl-C to stop it.");
            context.out().flush();
            stopped.await();
            context.err().println("Stopping ...");
        }
        return ExitCode.FINE.number();
    }

    private ClusterOptions options() {
        ServerOptions server =
                ServerOptions.defaults()
                        .withLifetime(detach ? Lifetime.DETACHED : Lifetime.TIED);
        server = major == null ? server : server.withMajor(major);
        server = port == null ? server : server.withPort(port);
        OptionalInt wanted = quorum == null ? OptionalInt.empty() : OptionalInt.of(quorum);
        ClusterOptions options =
                ClusterOptions.defaults().withServer(server).withReaders(readers);
        return wanted.isPresent() ? options.withQuorum(wanted.getAsInt()) : options;
    }
}
