package org.howdah.proxy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.howdah.wire.StoredPassword;

/**
 * Who may come in: the users' file, and for the others a query on a server. Its answers are kept
 * for a moment, so that a rush of logins of one user asks once. Any thread.
 */
final class Accounts {

    private final AuthQuery query;
    private final Recent<Asked, Lookup> recent = new Recent<>(10_000);
    private final Map<Asked, List<Waiting>> asking = new HashMap<>();
    private volatile ProxySettings settings;
    private volatile UsersFile file;
    private volatile Optional<UsersFile.Form> queried = Optional.empty();

    Accounts(ProxySettings settings, AuthQuery query) {
        this.settings = settings;
        this.file = UsersFile.of(settings.login());
        this.query = query;
    }

    /** What was asked where. */
    private record Asked(String database, String user) {}

    private record Waiting(ProxyLoop home, Consumer<Lookup> told) {}

    void settings(ProxySettings next) {
        settings = next;
        file = UsersFile.of(next.login());
        recent.clear();
    }

    /** From the users' file alone. */
    Optional<Account> ofFile(String user) {
        return Optional.ofNullable(file.accounts().get(user));
    }

    /** How the secrets of users are mostly kept. */
    UsersFile.Form usual() {
        return queried.or(() -> file.usual()).orElse(UsersFile.Form.SCRAM);
    }

    /** Of the verifiers that there are mostly. */
    int iterations() {
        return file.iterations();
    }

    /**
     * Looks for a user. Called by the loop; the answer comes at once or later on the same loop.
     *
     * @param database as the client named it
     */
    void find(ProxyLoop home, String database, String user, Consumer<Lookup> told) {
        Account known = file.accounts().get(user);
        if (known != null) {
            told.accept(new Lookup.Found(known));
            return;
        }
        Optional<AuthQuery.Question> question = AuthQuery.question(settings, database, user);
        if (question.isEmpty()) {
            told.accept(new Lookup.Unknown());
            return;
        }
        Asked asked = new Asked(question.get().database(), user);
        Optional<Lookup> fresh = recent.find(asked, home.loop().turnNanos());
        if (fresh.isPresent()) {
            told.accept(fresh.get());
            return;
        }
        synchronized (asking) {
            List<Waiting> others = asking.get(asked);
            if (others != null) {
                others.add(new Waiting(home, told));
                return;
            }
            asking.put(asked, new ArrayList<>(List.of(new Waiting(home, told))));
        }
        query.ask(home, question.get(), answer -> answered(home, asked, answer));
    }

    private void answered(ProxyLoop home, Asked asked, Lookup answer) {
        List<Waiting> all;
        synchronized (asking) {
            all = asking.remove(asked);
        }
        if (!(answer instanceof Lookup.Failed)) {
            recent.keep(asked, answer, home.loop().turnNanos());
        }
        if (answer instanceof Lookup.Found(Account(String _, Optional<StoredPassword> password))
                && password.isPresent()) {
            queried = password.map(UsersFile.Form::of);
        }
        for (Waiting one : all == null ? List.<Waiting>of() : all) {
            one.home().loop().execute(() -> one.told().accept(answer));
        }
    }

    /** What was asked about this user is not believed any longer. */
    void forget(String user) {
        recent.forget(asked -> asked.user().equals(user));
    }
}
