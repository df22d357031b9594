package org.howdah.app;

import java.io.PrintStream;
import org.howdah.report.Terminal;
import org.howdah.repository.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What every command shares: the world outside, the global options, how results are printed. */
final class Context {
    private final Surroundings surroundings;
    private final GlobalOptions options;

    Context(Surroundings surroundings, GlobalOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    GlobalOptions options() {
        return options;
    }

    PrintStream out() {
        return surroundings.out();
    }

    PrintStream err() {
        return surroundings.err();
    }

    /** What standard output can show, as far as the options allow. */
    Terminal terminal() {
        Terminal terminal = surroundings.terminal();
        return options.noColor()
                ? new Terminal(terminal.width(), false, terminal.unicode(), terminal.interactive())
                : terminal;
    }

    /** What the configuration file says; everything by default where there is none. */
    Configuration configuration() {
        return ConfigurationFile.find(
                        options.configuration(),
                        surroundings.directory(),
                        surroundings.environment())
                .map(ConfigurationFile::read)
                .orElseGet(Configuration::empty);
    }

    /** The repository that the configuration file names, or our own. */
    Repository repository() {
        return Repository.open(
                new ConfiguredLimits(configuration()).repository(surroundings.environment()),
                surroundings.environment(),
                surroundings.clock());
    }

    void printJson(JsonNode document) {
        JsonMapper mapper = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        out().println(mapper.writeValueAsString(document));
    }
}
