package org.howdah.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who runs the servers. PostgreSQL refuses to run as root, so root hands them to another account;
 * anybody else runs them as himself.
 *
 * @param switched whether a server must change to this account when it starts
 */
record Account(String name, int uid, int gid, boolean switched) {

    /** For root the configured account, else {@code postgres}, else {@code nobody}. */
    static Account resolve(Optional<String> configured, String currentUser) {
        int uid = Posix.effectiveUser();
        if (uid != 0) {
            return new Account(currentUser, uid, -1, false);
        }
        if (configured.isPresent()) {
            return lookUp(configured.get())
                    .filter(account -> account.uid() != 0)
                    .orElseThrow(() ->
                            new EmbeddedException(
                                    "The account "
                                            + configured.get()
                                            + " cannot run PostgreSQL: it does not exist or"
                                            + " is root.",
                                    "Name an ordinary account of this machine in"
                                            + " HOWDAH_RUN_AS."));
        }
        return lookUp("postgres")
                .or(() -> lookUp("nobody"))
                .orElseThrow(() ->
                        new EmbeddedException(
                                "Root may not run PostgreSQL, and this machine has neither"
                                        + " an account postgres nor nobody.",
                                "Create one (`useradd --system postgres`) or name another"
                                        + " in HOWDAH_RUN_AS."));
    }

    private static Optional<Account> lookUp(String name) {
        Command.Result result = Command.run(List.of("getent", "passwd", name));
        if (result.exitCode() != 0) {
            return Optional.empty();
        }
        String[] fields = result.output().strip().split(":", -1);
        return Optional.of(
                new Account(
                        fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), true));
    }

    /**
     * What stands before a command to run it as this account with no privilege left.
     *
     * @param tied whether the command is interrupted (a fast shutdown, for PostgreSQL) when the
     *     thread that started it ends
     */
    List<String> prefix(boolean tied) {
        List<String> prefix = new ArrayList<>();
        if (!switched && !tied) {
            return prefix;
        }
        prefix.add("setpriv");
        if (switched) {
            prefix.add("--reuid=" + uid);
            prefix.add("--regid=" + gid);
            prefix.add("--init-groups");
            prefix.add("--inh-caps=-all");
        }
        prefix.add("--no-new-privs");
        if (tied) {
            prefix.add("--pdeathsig=INT");
        }
        prefix.add("--");
        return prefix;
    }
}
