package org.howdah.proxy;

import java.util.Map;

/** The words of settings that take one of a few. */
final class SettingWords {
    private SettingWords() {}

    /** What {@code transport} says. */
    enum Transports {
        AUTO,
        IO_URING,
        NIO
    }

    /** What {@code load_balance_hosts} says. */
    enum HostOrder {
        ROTATE,
        STAY
    }

    static final SettingType<PoolMode> POOL_MODE =
            SettingType.choice(
                    Map.of(
                            "session", PoolMode.SESSION,
                            "transaction", PoolMode.TRANSACTION,
                            "statement", PoolMode.STATEMENT),
                    Map.of());

    static final SettingType<TlsSettings.Mode> SSL_MODE =
            SettingType.choice(
                    Map.of(
                            "disable", TlsSettings.Mode.DISABLE,
                            "allow", TlsSettings.Mode.ALLOW,
                            "prefer", TlsSettings.Mode.PREFER,
                            "require", TlsSettings.Mode.REQUIRE,
                            "verify-ca", TlsSettings.Mode.VERIFY_CA,
                            "verify-full", TlsSettings.Mode.VERIFY_FULL),
                    Map.of());

    static final SettingType<AuthMethod> AUTH_TYPE =
            SettingType.choice(
                    Map.of(
                            "any", AuthMethod.ANY,
                            "cert", AuthMethod.CERTIFICATE,
                            "hba", AuthMethod.HBA,
                            "md5", AuthMethod.MD5,
                            "plain", AuthMethod.PASSWORD,
                            "scram-sha-256", AuthMethod.SCRAM_SHA_256,
                            "trust", AuthMethod.TRUST),
                    Map.of(
                            "pam", "Howdah cannot do: it does not ask the modules of the system",
                            "ldap", "Howdah cannot do: it does not ask directories"));

    static final SettingType<Transports> TRANSPORT =
            SettingType.choice(
                    Map.of(
                            "auto", Transports.AUTO,
                            "io_uring", Transports.IO_URING,
                            "nio", Transports.NIO),
                    Map.of());

    static final SettingType<HostOrder> HOST_ORDER =
            SettingType.choice(
                    Map.of("round-robin", HostOrder.ROTATE, "disable", HostOrder.STAY), Map.of());
}
