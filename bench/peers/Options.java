import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the caller wants. */
record Options(
        Path project,
        Path pgbouncer,
        int rounds,
        int seconds,
        int warmUp,
        List<String> rows,
        List<String> targets,
        Optional<Path> work,
        boolean help) {

    static Options parse(List<String> arguments) {
        Path project = Path.of(arguments.getFirst());
        Options options =
                new Options(
                        project,
                        Path.of("pgbouncer"),
                        5,
                        4,
                        10,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        false);
        for (int i = 1; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            options = options.with(name, value);
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--pgbouncer" ->
                    new Options(project, Path.of(value), rounds, seconds, warmUp, rows, targets, work, help);
            case "--rounds" ->
                    new Options(
                            project, pgbouncer, Integer.parseInt(value), seconds, warmUp, rows, targets, work, help);
            case "--seconds" ->
                    new Options(
                            project, pgbouncer, rounds, Integer.parseInt(value), warmUp, rows, targets, work, help);
            case "--warm-up" ->
                    new Options(
                            project, pgbouncer, rounds, seconds, Integer.parseInt(value), rows, targets, work, help);
            case "--rows" ->
                    new Options(
                            project, pgbouncer, rounds, seconds, warmUp, List.of(value.split(",")), targets, work, help);
            case "--targets" ->
                    new Options(
                            project, pgbouncer, rounds, seconds, warmUp, rows, List.of(value.split(",")), work, help);
            case "--work" ->
                    new Options(
                            project, pgbouncer, rounds, seconds, warmUp, rows, targets, Optional.of(Path.of(value)), help);
            case "--help" ->
                    new Options(project, pgbouncer, rounds, seconds, warmUp, rows, targets, work, true);
            default -> throw new IllegalArgumentException("There is no option " + name + "; see --help.");
        };
    }

    boolean wants(Row row) {
        return rows.isEmpty() || rows.stream().anyMatch(row.name()::contains);
    }

    boolean wants(String target) {
        return targets.isEmpty() || targets.contains(target);
    }

    boolean has(String program) {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
