package org.howdah.embedded;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * This machine as the servers on it see it: the state directory, the account that runs them, where
 * temporary directories go and where archives of binaries are looked for.
 */
public final class Host {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PLENTY_BYTES = 2L << 30;

    private final StateDirectory state;
    private final Account account;
    private final Path temporary;
    private final List<Path> archives;
    private final String architecture;

    private Host(
            StateDirectory state,
            Account account,
            Path temporary,
            List<Path> archives,
            String architecture) {
        this.state = state;
        this.account = account;
        this.temporary = temporary;
        this.archives = archives;
        this.architecture = architecture;
    }

    /**
     * Reads {@code HOWDAH_STATE}, {@code HOME}, {@code HOWDAH_RUN_AS} (root only: the account that
     * runs the servers) and {@code HOWDAH_BINARIES} (directories of binaries jars, separated by
     * colons).
     *
     * @param properties system properties: {@code user.home}, {@code user.name}, {@code
     *     java.io.tmpdir}, {@code os.arch} and {@code howdah.binaries} (like the variable)
     */
    public static Host of(Map<String, String> environment, Map<String, String> properties) {
        String archives =
                environment.getOrDefault("HOWDAH_BINARIES", "")
                        + ":"
                        + properties.getOrDefault("howdah.binaries", "");
        return new Host(
                StateDirectory.of(environment, home(environment, properties)),
                Account.resolve(
                        Optional.ofNullable(environment.get("HOWDAH_RUN_AS")),
                        properties.getOrDefault("user.name", "?")),
                Path.of(properties.getOrDefault("java.io.tmpdir", "/tmp")),
                Arrays.stream(archives.split(":", -1))
                        .filter(text -> !text.isBlank())
                        .map(Path::of)
                        .toList(),
                properties.getOrDefault("os.arch", "amd64"));
    }

    /** As for other programs, the variable {@code HOME} counts more than the list of accounts. */
    private static Path home(Map<String, String> environment, Map<String, String> properties) {
        String home = environment.getOrDefault("HOME", "");
        return Path.of(home.isBlank() ? properties.getOrDefault("user.home", "/") : home);
    }

    /** The host as this process' own environment and system properties describe it. */
    public static Host local() {
        Properties properties = System.getProperties();
        Map<String, String> texts = new HashMap<>();
        properties.stringPropertyNames().forEach(n -> texts.put(n, properties.getProperty(n)));
        return of(System.getenv(), texts);
    }

    /** The same machine with its state elsewhere. */
    public Host withState(StateDirectory other) {
        return new Host(other, account, temporary, archives, architecture);
    }

    /**
     * The same machine with its temporary directories in memory, if there is plenty: a data
     * directory of a thousand files is made and deleted there in a tenth of the time that disks and
     * their journals take.
     */
    public Host inMemory() {
        boolean roomy =
                Files.isWritable(MEMORY) && MEMORY.toFile().getUsableSpace() >= PLENTY_BYTES;
        return roomy ? new Host(state, account, MEMORY, archives, architecture) : this;
    }

    public StateDirectory state() {
        return state;
    }

    /** The name of the account that runs the servers. */
    public String accountName() {
        return account.name();
    }

    /**
     * The PostgreSQL of this major version, unpacked. Its archive is looked for on the class path,
     * in the directory {@code binaries} beside this room's jar or classes, and in the directories
     * named by {@code HOWDAH_BINARIES}; without an archive, what was unpacked before is used.
     */
    public Binaries binaries(int major) {
        return new Unpacking(this).of(major);
    }

    Account account() {
        return account;
    }

    Path temporary() {
        return temporary;
    }

    List<Path> archives() {
        return archives;
    }

    String architecture() {
        return architecture;
    }
}
