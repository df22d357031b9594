package org.howdah.app;

import java.util.Locale;
import java.util.stream.Collectors;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.NodeStatus;
import org.howdah.embedded.Server;
import org.howdah.report.Style;
import org.howdah.report.TerminalTable;
import org.howdah.report.TerminalTable.Cell;
import org.howdah.report.TerminalTable.Column;
import org.howdah.report.Units;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The nodes of a local cluster: names, roles, how to connect. */
final class ClusterListing {
    private final Context context;
    private final LocalCluster cluster;

    ClusterListing(Context context, LocalCluster cluster) {
        this.context = context;
        this.cluster = cluster;
    }

    void print() {
        if (context.options().json()) {
            context.printJson(json());
            return;
        }
        TerminalTable table =
                TerminalTable.of(
                        Column.left("NODE"),
                        Column.left("ROLE"),
                        Column.left("STATE"),
                        Column.right("LAG"),
                        Column.right("PORT"));
        for (NodeStatus node : cluster.status()) {
            table.row(
                    Cell.of(node.name()),
                    Cell.of(lower(node.role())),
                    new Cell(lower(node.state()), style(node.state())),
                    Cell.of(
                            node.replayLagBytes().isPresent()
                                    ? Units.bytes(node.replayLagBytes().getAsLong())
                                    : ""),
                    Cell.of(Integer.toString(node.port())));
        }
        context.out().print(table.render(context.terminal()));
        context.out().println();
        // Not in the table: no line of it may be broken when it is copied.
        cluster.status().forEach(node -> context.out().println(node.name() + "  " + dsn(node)));
        if (cluster.running()) {
            String all =
                    cluster.status().stream().map(this::quoted).collect(Collectors.joining(" "));
            context.err().println();
            context.err().println("Check it with: howdah check " + all);
        }
    }

    private String quoted(NodeStatus node) {
        String dsn = dsn(node);
        return dsn.contains("?") ? "'" + dsn + "'" : dsn;
    }

    private String dsn(NodeStatus node) {
        return cluster.server(node.name()).dsn(Server.DATABASE);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Style style(NodeStatus.State state) {
        return switch (state) {
            case RUNNING -> Style.GOOD;
            case FROZEN -> Style.CRITICAL;
            case STOPPED -> Style.MUTED;
        };
    }

    private ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("directory", cluster.directory().toString());
        ArrayNode nodes = json.putArray("nodes");
        for (NodeStatus node : cluster.status()) {
            ObjectNode one = nodes.addObject();
            one.put("name", node.name());
            one.put("role", lower(node.role()));
            one.put("state", lower(node.state()));
            one.put("port", node.port());
            one.put("dsn", dsn(node));
            node.pid().ifPresent(pid -> one.put("pid", pid));
            node.replayLagBytes().ifPresent(lag -> one.put("replayLagBytes", lag));
        }
        return json;
    }
}
