import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server, the proxies before it, and pgbench. Everything is ended by {@link #close}. */
final class Stage implements AutoCloseable {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final Pattern DONE =
            Pattern.compile("number of transactions actually processed: ([0-9]+)");
    private static final String CHECKED =
            """
            \\set aid random(1, 100000 * :scale)
            SELECT aid AS got, abalance FROM pgbench_accounts WHERE aid = :aid \\gset
            \\if :got <> :aid
            SELECT 1 / 0;
            \\endif
            """;

    private final Options options;
    private final Path work;
    private final int serverPort;
    private final List<Target> targets = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();

    private Stage(Options options, Path work) throws IOException {
        this.options = options;
        this.work = work;
        this.serverPort = freePort();
    }

    static Stage set(Options options) throws IOException, InterruptedException {
        Path work =
                options.work().isPresent()
                        ? Files.createDirectories(options.work().get())
                        : Files.createTempDirectory("howdah-peers");
        work.toFile().setReadable(true, false);
        work.toFile().setExecutable(true, false);
        Stage stage = new Stage(options, work);
        try {
            stage.startServer();
            stage.startProxies();
            return stage;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            stage.close();
            throw failure;
        }
    }

    private void startServer() throws IOException, InterruptedException {
        Path howdah = options.project().resolve("howdah");
        call(
                "cluster",
                List.of(
                        howdah.toString(),
                        "cluster",
                        "start",
                        "--data",
                        work.resolve("cluster").toString(),
                        "--port",
                        "" + serverPort,
                        "--detach"));
        awaitPort(serverPort);
        trustLoopback(work.resolve("cluster/node1/data"));
        call(
                "fill",
                List.of("pgbench", "-h", "127.0.0.1", "-p", "" + serverPort, "-U", "postgres", "-i", "-q", "-s", "10", "postgres"));
        Files.writeString(work.resolve("checked.sql"), CHECKED);
    }

    /** Poolers differ in how they learn passwords; the server of this comparison asks for none. */
    private void trustLoopback(Path data) throws IOException, InterruptedException {
        Files.writeString(
                data.resolve("pg_hba.conf"),
                "local all all trust\nhost all all 127.0.0.1/32 trust\n");
        String process = Peers.read(data.resolve("postmaster.pid")).lines().findFirst().orElseThrow();
        call("reload", List.of("kill", "-HUP", process));
    }

    private void startProxies() throws IOException, InterruptedException {
        pgbouncer("pgbouncer", options.pgbouncer().toString(), true);
        if (options.wants("howdah")) {
            howdah("howdah", "");
        }
        if (options.wants("howdah-nio")) {
            howdah("howdah-nio", "transport = nio\n");
        }
        if (options.wants("debian-pgbouncer") && Files.isExecutable(Path.of("/usr/sbin/pgbouncer"))) {
            pgbouncer("debian-pgbouncer", "/usr/sbin/pgbouncer", false);
        }
        if (options.wants("haproxy") && Files.isExecutable(Path.of("/usr/sbin/haproxy"))) {
            haproxy();
        }
        if (options.wants("pgpool") && Files.isExecutable(Path.of("/usr/sbin/pgpool"))) {
            pgpool();
        }
        if (options.wants("direct")) {
            targets.add(new Target("direct", serverPort, 0));
        }
    }

    private String ini(int port, boolean prepared, String more) throws IOException {
        Files.writeString(work.resolve("userlist.txt"), "\"postgres\" \"\"\n");
        return """
        [databases]
        postgres = host=127.0.0.1 port=%d
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = trust
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 20
        max_client_conn = 70000
        query_wait_timeout = 120
        query_timeout = 60
        idle_transaction_timeout = 60
        ignore_startup_parameters = extra_float_digits
        admin_users = postgres
        log_connections = 0
        log_disconnections = 0
        %s%s"""
                .formatted(
                        serverPort,
                        port,
                        work.resolve("userlist.txt"),
                        prepared ? "max_prepared_statements = 200\n" : "",
                        more);
    }

    private void pgbouncer(String name, String program, boolean prepared)
            throws IOException, InterruptedException {
        int port = freePort();
        Path file = work.resolve(name + ".ini");
        Files.writeString(file, ini(port, prepared, ""));
        // PgBouncer does not run as root.
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--reuid", "nobody", "--clear-groups"));
        }
        command.addAll(List.of(program, "-q", file.toString()));
        start(name, port, command);
    }

    private void howdah(String name, String more) throws IOException, InterruptedException {
        int port = freePort();
        Path file = work.resolve(name + ".ini");
        Files.writeString(file, ini(port, true, more + "loops = 1\n"));
        start(
                name,
                port,
                List.of(options.project().resolve("howdah").toString(), "proxy", "-q", file.toString()));
    }

    private void haproxy() throws IOException, InterruptedException {
        int port = freePort();
        Path file = work.resolve("haproxy.cfg");
        Files.writeString(
                file,
                """
                global
                    nbthread 1
                    maxconn 9000
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 300s
                    timeout server 300s
                listen postgres
                    bind 127.0.0.1:%d
                    server one 127.0.0.1:%d
                """
                        .formatted(port, serverPort));
        start("haproxy", port, List.of("/usr/sbin/haproxy", "-db", "-f", file.toString()));
    }

    private void pgpool() throws IOException, InterruptedException {
        int port = freePort();
        Path file = work.resolve("pgpool.conf");
        Files.writeString(
                file,
                """
                listen_addresses = '127.0.0.1'
                port = %d
                pcp_port = %d
                unix_socket_directories = '%s'
                pcp_socket_dir = '%s'
                backend_clustering_mode = 'raw'
                backend_hostname0 = '127.0.0.1'
                backend_port0 = %d
                num_init_children = 70
                max_pool = 1
                enable_pool_hba = off
                pid_file_name = '%s'
                logdir = '%s'
                """
                        .formatted(port, freePort(), work, work, serverPort, work.resolve("pgpool.pid"), work));
        start("pgpool", port, List.of("/usr/sbin/pgpool", "-n", "-f", file.toString()));
    }

    private void start(String name, int port, List<String> command)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve(name + ".log").toFile())
                        .start();
        processes.add(process);
        awaitPort(port);
        targets.add(new Target(name, port, process.pid()));
    }

    List<Target> targetsOf(Row row) {
        return targets.stream().filter(row::suits).toList();
    }

    /** Runs each target for a while in each mode, so that what compiles itself has done so. */
    void warmUp() throws IOException, InterruptedException {
        for (Target target : targets) {
            for (Row row : Row.all()) {
                if (row.clients() == 64 && row.suits(target)) {
                    pgbench(row, target, Math.max(1, options.warmUp() / 3));
                }
            }
        }
    }

    /** One run. */
    Run run(Row row, Target target) throws IOException, InterruptedException {
        long before = target.ticks();
        String output = pgbench(row, target, options.seconds());
        long ticks = target.ticks() - before;
        return new Run(
                target, number(TPS, output), ticks * 10_000.0 / number(DONE, output));
    }

    private String pgbench(Row row, Target target, int seconds)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "pgbench", "-h", "127.0.0.1", "-p", "" + target.port(), "-U", "postgres",
                                "-n", "-M", row.mode(), "-c", "" + row.clients(),
                                "-j", row.clients() == 1 ? "1" : "2", "-T", "" + seconds,
                                "-s", "10", "-f", work.resolve("checked.sql").toString()));
        if (row.connects()) {
            command.add("-C");
        }
        command.add("postgres");
        return call("pgbench", command);
    }

    private static double number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench said nothing of " + pattern + ":\n" + text);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private String call(String name, List<String> command) throws IOException, InterruptedException {
        Path log = work.resolve(name + ".out");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("PGSSLMODE", "disable");
        builder.environment().put("PGGSSENCMODE", "disable");
        Process process = builder.start();
        int exit = process.waitFor();
        String output = Files.readString(log);
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + exit + ":\n" + output);
        }
        return output;
    }

    void printMemory() throws IOException {
        System.out.printf(Locale.ROOT, "%nresident memory after all rows%n");
        for (Target target : targets) {
            if (target.process() != 0) {
                System.out.printf(
                        Locale.ROOT, "  %-18s %8.1f MB%n", target.name(), target.residentKilobytes() / 1024.0);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("nothing listens on port " + port);
    }

    @Override
    public void close() throws IOException {
        for (Process process : processes.reversed()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            try {
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException interruption) {
                Thread.currentThread().interrupt();
            }
        }
        stopServer();
        if (options.work().isEmpty()) {
            try (Stream<Path> files = Files.walk(work)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        }
    }

    private void stopServer() throws IOException {
        try {
            call(
                    "stop",
                    List.of(
                            options.project().resolve("howdah").toString(),
                            "cluster",
                            "stop",
                            "--data",
                            work.resolve("cluster").toString()));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException notStarted) {
            System.err.println(notStarted.getMessage());
        }
    }
}
