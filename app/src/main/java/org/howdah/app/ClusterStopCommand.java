package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.postgres.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "stop", description = "Stop all nodes of the cluster; the data stays.")
final class ClusterStopCommand implements Callable<Integer> {
    private final Context context;

    @Mixin private ClusterCommand.Place place = new ClusterCommand.Place();

    ClusterStopCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Host host = ClusterCommand.Place.host(context);
        try (LocalCluster cluster = LocalCluster.open(place.resolve(context, host), host)) {
            boolean running = cluster.running();
            cluster.stop();
            context.err()
                    .println(
                            running
                                    ? "Stopped the cluster in " + cluster.directory()
                                    : "The cluster in " + cluster.directory() + " does not run");
            return ExitCode.FINE.number();
        }
    }
}
