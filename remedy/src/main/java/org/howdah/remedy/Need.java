package org.howdah.remedy;

import java.util.Optional;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.ServerVersion;
import org.howdah.postgres.StatementException;

/** What has to be given before a remedy that the server refused can be made. */
final class Need {
    private static final String NOT_ALLOWED = "42501";
    private static final String DISK_FULL = "53100";
    private static final int ALTER_SYSTEM_GRANTED = 15;
    private static final int MAINTAIN_GRANTED = 17;

    private Need() {}

    /** The failure as a sentence, with a hint where somebody must do something about it. */
    static String explain(
            HowdahException failure, Journal.Proposal proposal, ServerVersion version) {
        String sentence = String.valueOf(failure.getMessage());
        return hint(failure, proposal, version)
                .map(hint -> withHint(sentence, hint))
                .orElse(sentence);
    }

    static String withHint(String sentence, String hint) {
        return sentence + "; hint: " + hint;
    }

    private static Optional<String> hint(
            HowdahException failure, Journal.Proposal proposal, ServerVersion version) {
        if (!(failure instanceof StatementException refused)) {
            return Optional.empty();
        }
        return switch (refused.sqlState()) {
            case NOT_ALLOWED -> Optional.of(right(proposal, version));
            case DISK_FULL -> Optional.of(refused.hint());
            default -> Optional.empty();
        };
    }

    // https://www.postgresql.org/docs/current/ddl-priv.html
    // https://www.postgresql.org/docs/current/predefined-roles.html
    private static String right(Journal.Proposal proposal, ServerVersion version) {
        if (proposal.subject().kind() == Subject.Kind.SETTING) {
            return version.major() < ALTER_SYSTEM_GRANTED
                    ? "it needs a superuser"
                    : "it needs a superuser, or GRANT ALTER SYSTEM ON PARAMETER for this setting"
                            + " and GRANT EXECUTE ON FUNCTION pg_reload_conf()";
        }
        return switch (proposal.kind()) {
            case "vacuum", "analyze", "reindex" -> maintenance(version);
            default -> "it needs the owner of the table, a member of that role or a superuser";
        };
    }

    /** For VACUUM, ANALYZE and REINDEX. */
    static String maintenance(ServerVersion version) {
        return version.major() < MAINTAIN_GRANTED
                ? "it needs the owner of the table or of the database, or a superuser"
                : "it needs the owner of the table, GRANT MAINTAIN on it, or the role pg_maintain";
    }
}
