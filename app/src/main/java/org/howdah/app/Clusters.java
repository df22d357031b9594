package org.howdah.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Secret;

/** Turns what a person or the configuration file names into nodes that can be connected to. */
final class Clusters {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final int COMMAND_SECONDS = 30;

    private final Environment environment;

    Clusters(Environment environment) {
        this.environment = environment;
    }

    /** Whether passwords are fetched: a look at the configuration need not run commands. */
    enum Passwords {
        FETCHED,
        LEFT_OUT
    }

    /** The nodes that connection strings name; one with several hosts names as many nodes. */
    List<Dsn> nodes(List<String> texts) {
        List<Dsn> nodes = new ArrayList<>();
        for (String text : texts) {
            Dsn dsn = Dsn.parse(text, environment);
            if (dsn.parameters().containsKey("target_session_attrs")) {
                nodes.add(dsn);
            } else {
                dsn.hosts().forEach(host -> nodes.add(dsn.withHost(host)));
            }
        }
        return nodes;
    }

    List<Dsn> nodes(Configuration.ClusterEntry cluster, Passwords passwords) {
        String what = "cluster " + cluster.name();
        if (cluster.nodes().isEmpty()) {
            throw invalid("The " + what + " has no nodes", "Name its connection strings");
        }
        List<Dsn> nodes =
                nodes(cluster.nodes().stream().map(text -> substitute(text, what)).toList());
        Optional<Secret> password =
                passwords == Passwords.LEFT_OUT
                        ? Optional.empty()
                        : password(cluster.passwordVariable(), cluster.passwordCommand(), what);
        return password.map(
                        secret -> nodes.stream().map(node -> node.withPassword(secret)).toList())
                .orElse(nodes);
    }

    Dsn repository(Configuration.RepositoryEntry repository) {
        Dsn dsn = Dsn.parse(substitute(repository.dsn(), "repository"), environment);
        return password(repository.passwordVariable(), repository.passwordCommand(), "repository")
                .map(dsn::withPassword)
                .orElse(dsn);
    }

    private String substitute(String text, String what) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(variable(match.group(1), what)));
    }

    private String variable(String name, String what) {
        return environment
                .variable(name)
                .orElseThrow(() ->
                        invalid(
                                "The environment variable "
                                        + name
                                        + ", which the "
                                        + what
                                        + " needs, is not set",
                                "Set it, or correct its name in the configuration file"));
    }

    private Optional<Secret> password(
            Optional<String> variable, Optional<String> command, String what) {
        if (variable.isPresent() && command.isPresent()) {
            throw invalid(
                    "The " + what + " has both password_variable and password_command",
                    "Leave one of them out");
        }
        return variable.map(name -> new Secret(variable(name, what)))
                .or(() -> command.map(line -> run(line, what)));
    }

    /** The first line that a command prints; what else it prints goes nowhere. */
    private static Secret run(String command, String what) {
        try {
            Process process =
                    new ProcessBuilder("/bin/sh", "-c", command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            process.getOutputStream().close();
            String line;
            try (InputStream out = process.getInputStream()) {
                line =
                        new String(out.readAllBytes(), StandardCharsets.UTF_8)
                                .lines()
                                .findFirst()
                                .orElse("");
            }
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)
                    || process.exitValue() != 0
                    || line.isEmpty()) {
                process.destroyForcibly();
                throw invalid(
                        "The password_command of the " + what + " printed no password",
                        "Run it by hand; it must end with 0 and print the password on one line");
            }
            return new Secret(line);
        } catch (IOException failure) {
            throw invalid(
                    "The password_command of the " + what + " cannot be run", "Run it by hand");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw invalid(
                    "The password_command of the " + what + " was interrupted", "Run it again");
        }
    }

    private static HowdahException invalid(String sentence, String hint) {
        return new HowdahException("configuration-invalid", sentence, hint, ExitCode.USAGE);
    }
}
