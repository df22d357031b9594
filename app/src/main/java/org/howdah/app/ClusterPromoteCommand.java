package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.postgres.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "promote",
        description = {
            "Make a reader the writer; the former writer becomes a reader.",
            "Without a node, the reader that has received most."
        })
final class ClusterPromoteCommand implements Callable<Integer> {
    private final Context context;

    @Mixin private ClusterCommand.Place place = new ClusterCommand.Place();

    @Parameters(arity = "0..1", paramLabel = "NODE", description = "A node, such as node2.")
    private @Nullable String node;

    ClusterPromoteCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Host host = ClusterCommand.Place.host(context);
        try (LocalCluster cluster = LocalCluster.open(place.resolve(context, host), host)) {
            String promoted = node == null ? cluster.promote() : promote(cluster, node);
            context.err().println(promoted + " is the writer now");
            new ClusterListing(context, cluster).print();
            return ExitCode.FINE.number();
        }
    }

    private static String promote(LocalCluster cluster, String node) {
        cluster.promote(node);
        return node;
    }
}
