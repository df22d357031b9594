import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table: what pgbench does.
 *
 * @param mode simple, extended or prepared
 * @param clients connections of pgbench
 * @param connects whether each transaction has a connection of its own
 * @param must the least ratio of throughput and the largest of CPU per query that are to be reached; 0:
 *     none
 */
record Row(String name, String mode, int clients, boolean connects, double mustTps, double mustCpu) {

    static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("simple 1", "simple", 1, false, 0.95, 0.95));
        rows.add(new Row("simple 8", "simple", 8, false, 0.95, 0.95));
        rows.add(new Row("simple 64", "simple", 64, false, 1.15, 0.75));
        rows.add(new Row("simple 500", "simple", 500, false, 1.15, 0.75));
        rows.add(new Row("prepared 8", "prepared", 8, false, 1.1, 0.8));
        rows.add(new Row("prepared 64", "prepared", 64, false, 1.3, 0.65));
        rows.add(new Row("prepared 500", "prepared", 500, false, 1.4, 0.6));
        rows.add(new Row("extended 8", "extended", 8, false, 1.3, 0.85));
        rows.add(new Row("extended 64", "extended", 64, false, 1.6, 0.7));
        rows.add(new Row("connects 8", "simple", 8, true, 0.95, 1.0));
        return rows;
    }

    /** Whether this target can do it at all. */
    boolean suits(Target target) {
        return switch (target.name()) {
            case "direct" -> clients <= 64 && !connects;
            case "haproxy" -> clients <= 64;
            case "pgpool" -> clients <= 64 && !connects;
            case "debian-pgbouncer" -> !mode.equals("prepared");
            default -> true;
        };
    }
}
