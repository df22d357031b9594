package org.howdah.pgbouncer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.proxy.HbaRule;
import org.howdah.proxy.IdentMap;
import org.howdah.proxy.LoginSources;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Secret;

/**
 * Secrets and rules from PgBouncer's files.
 *
 * @param directory what relative names are about
 * @param environment its variables
 */
public record LoginFiles(Path directory, Map<String, String> environment) implements LoginSources {

    public LoginFiles {
        environment = Map.copyOf(environment);
    }

    @Override
    public Map<String, Secret> users(Path file, Position named, Problems problems) {
        return TextFile.read(directory.resolve(file), "auth_file", named, problems)
                .map(text -> UserList.parse(text, file.toString(), problems))
                .orElse(Map.of());
    }

    @Override
    public List<HbaRule> rules(Path file, Optional<Path> maps, Position named, Problems problems) {
        Path rules = directory.resolve(file);
        Map<String, IdentMap> known =
                maps.flatMap(ident ->
                                TextFile.read(
                                                directory.resolve(ident),
                                                "auth_ident_file",
                                                named,
                                                problems)
                                        .map(text ->
                                                IdentFile.parse(text, ident.toString(), problems)))
                        .orElse(Map.of());
        return TextFile.read(rules, "auth_hba_file", named, problems)
                .map(text -> HbaFile.parse(text, rules, known, problems))
                .orElse(List.of());
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }
}
