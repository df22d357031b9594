package org.howdah.proxy;

import java.util.Optional;
import java.util.function.Consumer;
import org.howdah.transport.Channel;
import org.howdah.wire.StartupMessage;

/**
 * Decides how a client must prove who it is: by the settings or the HBA file, by what is known of
 * the user, and by the connection. Whether the database exists is not looked at: only who has
 * proven himself may learn that. One for each loop.
 */
final class Authenticator {

    private final Proxy proxy;
    private final ProxyLoop home;
    private final Proofs proofs;

    Authenticator(Proxy proxy, ProxyLoop home) {
        this.proxy = proxy;
        this.home = home;
        this.proofs =
                new Proofs(proxy.admission().secrets(), proxy.admission().accounts().iterations());
    }

    /**
     * A client that wants to come in.
     *
     * @param encryption {@link Encryption#NONE} on a plain connection
     */
    record Applicant(Channel channel, StartupMessage startup, Encryption encryption) {
        String user() {
            return startup.user();
        }

        boolean console() {
            return startup.database().equals(ConsoleDoor.DATABASE);
        }
    }

    /** Finds the proof that is demanded, at once or later on the same loop. */
    void proof(Applicant who, Consumer<Proof> told) {
        LoginSettings login = proxy.settings().login();
        Demand demand = Demand.of(login, who.channel(), who.encryption().on(), who.startup());
        Optional<Refusal> refusal = refusal(demand, who);
        if (refusal.isPresent()) {
            told.accept(new Verdict(new Proof.Step.Failed(refusal.get())));
        } else if (runsProxy(who)) {
            told.accept(Verdict.PROVEN);
        } else if (demand.method() == AuthMethod.ANY) {
            told.accept(Verdict.PROVEN);
        } else {
            proxy.admission()
                    .accounts()
                    .find(
                            home,
                            who.startup().database(),
                            who.user(),
                            found -> found(demand, who, found, told));
        }
    }

    /** Who runs the proxy may enter its console as the user pgbouncer. */
    boolean runsProxy(Applicant who) {
        return who.console()
                && who.user().equals(ConsoleDoor.DATABASE)
                && who.channel()
                        .peerUser()
                        .filter(proxy.admission().environment().user()::equals)
                        .isPresent();
    }

    private static Optional<Refusal> refusal(Demand demand, Applicant who) {
        if (demand.method() == AuthMethod.REJECT) {
            return Optional.of(Refusal.notAdmitted(who.user(), who.startup().database()));
        }
        if (demand.method() == AuthMethod.PEER) {
            Optional<String> outer = who.channel().peerUser();
            if (outer.isEmpty()) {
                return Optional.of(Refusal.NO_PEER);
            }
            return demand.permits(outer.get(), who.user())
                    ? Optional.empty()
                    : Optional.of(Refusal.otherName("peer", who.user()));
        }
        boolean certified = demand.method() == AuthMethod.CERTIFICATE;
        if (!certified && !demand.certificate()) {
            return Optional.empty();
        }
        var certificate = who.encryption().certificate();
        if (certificate.isEmpty()) {
            return Optional.of(Refusal.NO_CERTIFICATE);
        }
        Optional<String> name = CommonName.of(certificate.get());
        boolean permitted =
                (!certified && !demand.certificateName())
                        || name.filter(outer -> demand.permits(outer, who.user())).isPresent();
        return permitted
                ? Optional.empty()
                : Optional.of(Refusal.otherName("certificate", who.user()));
    }

    private void found(Demand demand, Applicant who, Lookup lookup, Consumer<Proof> told) {
        switch (lookup) {
            case Lookup.Failed(Refusal why) -> told.accept(new Verdict(new Proof.Step.Failed(why)));
            case Lookup.Found(Account account) -> prepared(demand, who, Optional.of(account), told);
            case Lookup.Unknown() -> prepared(demand, who, Optional.empty(), told);
        }
    }

    private void prepared(
            Demand demand, Applicant who, Optional<Account> account, Consumer<Proof> told) {
        proofs.iterations(proxy.admission().accounts().iterations());
        Optional<Runnable> preparation =
                proofs.preparation(
                        demand.method(), who.user(), account, proxy.admission().accounts().usual());
        if (preparation.isEmpty()) {
            told.accept(proof(demand, who, account));
            return;
        }
        boolean accepted =
                proxy.admission()
                        .slowWork()
                        .run(() -> {
                            preparation.get().run();
                            home.loop().execute(() -> told.accept(proof(demand, who, account)));
                        });
        if (!accepted) {
            told.accept(new Verdict(new Proof.Step.Failed(Refusal.TOO_MANY_LOGINS)));
        }
    }

    private Proof proof(Demand demand, Applicant who, Optional<Account> account) {
        return switch (demand.method()) {
            case PASSWORD, MD5, SCRAM_SHA_256 ->
                    proofs.proof(
                            demand.method(),
                            who.user(),
                            account,
                            proxy.admission().accounts().usual(),
                            who.encryption().binding());
            case TRUST, CERTIFICATE, PEER, ANY, HBA, REJECT ->
                    new Verdict(
                            account.<Proof.Step>map(
                                            known -> new Proof.Step.Proven(known.credentials()))
                                    .orElse(
                                            new Proof.Step.Failed(
                                                    Refusal.unknownUser(who.user()))));
        };
    }
}
