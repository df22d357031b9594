package org.howdah.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Named sets of connection parameters.
 *
 * <p>https://www.postgresql.org/docs/current/libpq-pgservice.html
 */
final class ServiceFile {
    private ServiceFile() {}

    /**
     * The parameters of a service: from the person's file, or else from the system's.
     *
     * @param given the person's file where the connection string or the environment names one
     */
    static Map<DsnKeyword, String> read(
            String service, Optional<Path> given, Environment environment) {
        Path personal = given.orElseGet(() -> environment.home().resolve(".pg_service.conf"));
        if (given.isPresent() && !Files.exists(personal)) {
            throw DsnText.invalid(
                    "The service file " + personal + " does not exist",
                    "Correct PGSERVICEFILE or servicefile=");
        }
        Optional<Path> system =
                environment
                        .variable("PGSYSCONFDIR")
                        .map(directory -> Path.of(directory, "pg_service.conf"));
        for (Path file : system.map(path -> List.of(personal, path)).orElse(List.of(personal))) {
            if (Files.exists(file)) {
                Optional<Map<DsnKeyword, String>> section = section(service, file);
                if (section.isPresent()) {
                    return section.get();
                }
            }
        }
        throw DsnText.invalid(
                "There is no service \"" + service + "\" in " + personal,
                "Add a section [" + service + "] with host=, port=, dbname=, user=");
    }

    private static Optional<Map<DsnKeyword, String>> section(String service, Path file) {
        List<String> lines = lines(file);
        Map<DsnKeyword, String> values = new EnumMap<>(DsnKeyword.class);
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("[")) {
                if (found) {
                    break;
                }
                found = line.equals("[" + service + "]");
            } else if (found) {
                pair(line, file + ", line " + (i + 1), values);
            }
        }
        return found ? Optional.of(values) : Optional.empty();
    }

    private static void pair(String line, String place, Map<DsnKeyword, String> values) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            throw DsnText.invalid(
                    "The service file has a line without \"=\": " + place,
                    "Write one parameter a line: host=db1.example.com");
        }
        String name = line.substring(0, equals).strip();
        DsnKeyword keyword =
                DsnKeyword.find(name)
                        .orElseThrow(() ->
                                DsnText.invalid(
                                        "The service file has a parameter that is not"
                                                + " known: "
                                                + place,
                                        DsnKeyword.hint(name)));
        if (keyword == DsnKeyword.SERVICE || keyword == DsnKeyword.SERVICEFILE) {
            throw DsnText.invalid(
                    "A service may not name another service: " + place,
                    "Write the parameters themselves");
        }
        values.putIfAbsent(keyword, line.substring(equals + 1).strip());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new HowdahException(
                    "dsn-invalid",
                    "The service file " + file + " cannot be read",
                    "Check its permissions and that it is UTF-8",
                    ExitCode.USAGE,
                    failure);
        }
    }
}
