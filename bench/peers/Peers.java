import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures Howdah's proxy against PgBouncer and others on this machine: the same server, the same pool,
 * one after the other in changing order, round after round; what is compared are the ratios within a
 * round, of which the median is printed.
 */
final class Peers {

    private Peers() {}

    static final String HELP =
            """
            Usage: bench/peers/run [OPTIONS]
            Compares the proxy with other poolers on this machine. Needs pgbench.
              --pgbouncer PATH   PgBouncer 1.25 or newer: the base of all ratios (default: the one on the PATH)
              --rounds N         rounds of each row (default 5)
              --seconds N        length of one run (default 4)
              --warm-up N        seconds for which each proxy is warmed up (default 10)
              --rows A,B         only rows whose name has one of these parts, such as "simple"
              --targets A,B      only these of: howdah, howdah-nio, pgbouncer, debian-pgbouncer, haproxy, pgpool, direct
              --work DIR         where to put files (default: a temporary directory)
            """;

    public static void main(String[] arguments) throws Exception {
        Options options = Options.parse(List.of(arguments));
        if (options.help()) {
            System.out.print(HELP);
            return;
        }
        try (Stage stage = Stage.set(options)) {
            stage.warmUp();
            for (Row row : Row.all()) {
                if (options.wants(row)) {
                    measure(stage, row, options.rounds());
                }
            }
            stage.printMemory();
        }
    }

    private static void measure(Stage stage, Row row, int rounds)
            throws IOException, InterruptedException {
        List<Target> targets = stage.targetsOf(row);
        List<List<Run>> results = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            List<Target> order = new ArrayList<>(targets);
            if (round % 2 == 1) {
                Collections.reverse(order);
            }
            List<Run> runs = new ArrayList<>();
            for (Target target : order) {
                runs.add(stage.run(row, target));
            }
            results.add(runs);
        }
        Table.print(row, targets, results);
    }

    /** Reads a small file, as those of /proc. */
    static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
