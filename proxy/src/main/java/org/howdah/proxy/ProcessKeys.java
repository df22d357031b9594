package org.howdah.proxy;

import static org.howdah.proxy.SettingKey.global;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the process does beside its work. */
public final class ProcessKeys {
    private ProcessKeys() {}

    static final SettingKey<String> CONFFILE =
            global("conffile", SettingType.TEXT, "", "The file that the next reload reads.")
                    .keeping();

    static final SettingKey<String> JOB_NAME =
            global("job_name", SettingType.TEXT, "pgbouncer", "Name of the service on Windows.")
                    .fixed()
                    .without("there is no Windows service");

    static final SettingKey<Optional<Path>> LOGFILE =
            global(
                    "logfile",
                    SettingType.FILE,
                    "",
                    "File that the log is written to beside standard error; a reload opens it anew.");

    static final SettingKey<Integer> PEER_ID =
            global(
                            "peer_id",
                            SettingType.COUNT,
                            "0",
                            "Number of this process among those that share an address.")
                    .without(
                            "one process has as many loops as it needs; requests to cancel are not forwarded to others");

    static final SettingKey<Optional<Path>> PIDFILE =
            global("pidfile", SettingType.FILE, "", "File that holds the number of the process.")
                    .fixed();

    static final SettingKey<Integer> PKT_BUF =
            global(
                            "pkt_buf",
                            SettingType.COUNT,
                            "4096",
                            "Size of the internal buffer of a connection.")
                    .fixed()
                    .without("buffers are shared by all connections and grow as needed");

    static final SettingKey<Optional<Path>> RESOLV_CONF =
            global("resolv_conf", SettingType.FILE, "", "Configuration of the resolver.")
                    .fixed()
                    .without("the system's resolver is asked");

    static final SettingKey<Integer> SBUF_LOOPCNT =
            global(
                            "sbuf_loopcnt",
                            SettingType.COUNT,
                            "5",
                            "How much is read from one connection before the next.")
                    .without("every connection gets its turn in any case");

    static final SettingKey<String> SERVICE_NAME =
            global("service_name", SettingType.TEXT, "", "Alias of job_name.")
                    .fixed()
                    .keeping()
                    .without("there is no Windows service");

    static final SettingKey<Boolean> SYSLOG =
            global("syslog", SettingType.SWITCH, "0", "Sends the log to syslog.")
                    .without(
                            "the log goes to standard error and logfile; systemd takes standard error");

    static final SettingKey<String> SYSLOG_FACILITY =
            global("syslog_facility", SettingType.WORD, "daemon", "Facility in syslog.")
                    .without("the log goes to standard error and logfile");

    static final SettingKey<String> SYSLOG_IDENT =
            global("syslog_ident", SettingType.TEXT, "pgbouncer", "Name of the program in syslog.")
                    .without("the log goes to standard error and logfile");

    static final SettingKey<String> USER =
            global("user", SettingType.TEXT, "", "User of the system to become after the start.")
                    .fixed()
                    .keeping()
                    .without(
                            "the process stays who started it; start it as that user, such as with User= in systemd");

    static final List<SettingKey<?>> ALL =
            List.of(
                    CONFFILE,
                    JOB_NAME,
                    LOGFILE,
                    PEER_ID,
                    PIDFILE,
                    PKT_BUF,
                    RESOLV_CONF,
                    SBUF_LOOPCNT,
                    SERVICE_NAME,
                    SYSLOG,
                    SYSLOG_FACILITY,
                    SYSLOG_IDENT,
                    USER);
}
