package org.howdah.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where secrets and rules come from. What cannot be read is a problem at the place that named it,
 * or in the file itself.
 */
public interface LoginSources {

    /** Secrets by user. */
    Map<String, Secret> users(Path file, Position named, Problems problems);

    /**
     * The rules of an HBA file in their order.
     *
     * @param maps the file of ident maps, where there is one
     */
    List<HbaRule> rules(Path file, Optional<Path> maps, Position named, Problems problems);

    /** A variable of the environment. */
    Optional<String> variable(String name);
}
