import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints one row of the comparison: a line for each target. */
final class Table {

    private Table() {}

    static void print(Row row, List<Target> targets, List<List<Run>> rounds) {
        Target base = targets.getFirst();
        System.out.printf(Locale.ROOT, "%n%s%n", row.name());
        System.out.printf(
                Locale.ROOT,
                "  %-18s %10s %10s %8s %8s%n",
                "target",
                "queries/s",
                "CPU us/q",
                "x TPS",
                "x CPU");
        for (Target target : targets) {
            double tps = median(values(rounds, target, Run::queriesPerSecond));
            double cpu = median(values(rounds, target, Run::cpuMicros));
            double tpsRatio = median(ratios(rounds, target, base, Run::queriesPerSecond));
            double cpuRatio = median(ratios(rounds, target, base, Run::cpuMicros));
            System.out.printf(
                    Locale.ROOT,
                    "  %-18s %10.0f %10.1f %8.2f %8.2f  %s%n",
                    target.name(),
                    tps,
                    cpu,
                    tpsRatio,
                    cpuRatio,
                    verdict(row, target, tpsRatio, cpuRatio));
        }
        System.out.flush();
    }

    private static String verdict(Row row, Target target, double tps, double cpu) {
        if (!target.name().equals("howdah")) {
            return "";
        }
        boolean reached = tps >= row.mustTps() && cpu <= row.mustCpu();
        return String.format(
                Locale.ROOT,
                "must >= %.2f / <= %.2f: %s",
                row.mustTps(),
                row.mustCpu(),
                reached ? "reached" : "MISSED");
    }

    private interface Value {
        double of(Run run);
    }

    private static List<Double> values(List<List<Run>> rounds, Target target, Value value) {
        List<Double> values = new ArrayList<>();
        for (List<Run> round : rounds) {
            values.add(value.of(find(round, target)));
        }
        return values;
    }

    private static List<Double> ratios(
            List<List<Run>> rounds, Target target, Target base, Value value) {
        List<Double> ratios = new ArrayList<>();
        for (List<Run> round : rounds) {
            ratios.add(value.of(find(round, target)) / value.of(find(round, base)));
        }
        return ratios;
    }

    private static Run find(List<Run> round, Target target) {
        return round.stream().filter(run -> run.target().equals(target)).findFirst().orElseThrow();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
