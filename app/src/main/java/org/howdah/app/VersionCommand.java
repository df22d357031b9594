package org.howdah.app;

import java.util.concurrent.Callable;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.ServerVersion;
import picocli.CommandLine.Command;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "version", description = "Show the version of Howdah, Java and the servers.")
final class VersionCommand implements Callable<Integer> {
    private final Context context;

    VersionCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (context.options().json()) {
            ObjectNode json = JsonMapper.shared().createObjectNode();
            json.put("version", Version.current());
            json.put("java", Runtime.version().toString());
            json.put("oldestPostgres", ServerVersion.OLDEST_MAJOR);
            json.put("newestPostgres", ServerVersion.NEWEST_MAJOR);
            context.printJson(json);
        } else {
            context.out().println("howdah " + Version.current());
            context.out().println("Java " + Runtime.version());
            context.out()
                    .println(
                            "PostgreSQL %d to %d"
                                    .formatted(
                                            ServerVersion.OLDEST_MAJOR,
                                            ServerVersion.NEWEST_MAJOR));
        }
        return ExitCode.FINE.number();
    }
}
