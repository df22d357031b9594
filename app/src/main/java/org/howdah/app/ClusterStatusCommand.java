package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.NodeStatus;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = "Show the cluster's nodes; exit code 1 where one of them does not run.")
final class ClusterStatusCommand implements Callable<Integer> {
    private final Context context;

    @Mixin private ClusterCommand.Place place = new ClusterCommand.Place();

    ClusterStatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Host host = ClusterCommand.Place.host(context);
        try (LocalCluster cluster = LocalCluster.open(place.resolve(context, host), host)) {
            new ClusterListing(context, cluster).print();
            boolean running =
                    cluster.status().stream()
                            .allMatch(node -> node.state() == NodeStatus.State.RUNNING);
            return (running ? ExitCode.FINE : ExitCode.FINDINGS).number();
        }
    }
}
