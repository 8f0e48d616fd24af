package vigie.store;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

/** What MariaDB and the network answer, as sentences with a remedy. */
final class DatabaseFaults {
    /** MariaDB's error numbers; https://mariadb.com/kb/en/mariadb-error-code-reference/. */
    private static final int TOO_MANY_CONNECTIONS = 1040;

    private static final int NO_ACCESS_TO_SCHEMA = 1044;
    private static final int REFUSED = 1045;
    private static final int NO_SCHEMA = 1049;
    private static final int SHUTTING_DOWN = 1053;
    private static final int HOST_BLOCKED = 1129;
    private static final int HOST_NOT_ALLOWED = 1130;
    private static final int NO_RIGHT_ON_TABLE = 1142;
    private static final int NO_RIGHT_ON_COLUMN = 1143;
    private static final int LOCK_WAIT = 1205;
    private static final int TOO_MANY_OF_USER = 1203;
    private static final int DEADLOCK = 1213;
    private static final int LIMIT_OF_USER = 1226;
    private static final int NO_RIGHT = 1227;
    private static final int OLD_CLIENT = 1251;
    private static final int READ_ONLY = 1290;
    private static final int PLUGIN_MISSING = 1524;
    private static final int REFUSED_NO_PASSWORD = 1698;
    private static final int PASSWORD_EXPIRED = 1820;
    private static final int KILLED = 1927;
    private static final int PASSWORD_EXPIRED_LOGIN = 1862;
    private static final int TOO_SLOW = 1969;
    private static final int NEEDS_TLS = 3159;
    private static final int ACCOUNT_LOCKED = 4151;

    /** The driver's words, and the server's. */
    private static final Pattern PLUGIN =
            Pattern.compile(
                    "(?:plugin type was = |[Pp]lugin )'(?<name>[A-Za-z0-9_]{1,64})'(?: is not"
                            + " loaded)?");

    private DatabaseFaults() {}

    /** Whether another host may still answer: nobody there, or nobody there who lets us in yet. */
    static boolean isUnreachable(SQLException failed) {
        int code = failed.getErrorCode();
        if (code == TOO_MANY_CONNECTIONS || code == SHUTTING_DOWN) {
            return true;
        }
        // Above 1000 it is an answer of a server, and so is what its login or certificate led to.
        return code < 1000
                && state(failed).startsWith("08")
                && !isAboutTls(failed)
                && !PLUGIN.matcher(message(failed)).find();
    }

    private static boolean isAboutTls(SQLException failed) {
        return find(failed, CertificateException.class).isPresent()
                || find(failed, SSLException.class).isPresent()
                || message(failed).contains("SSL hostname verification failed");
    }

    static Fault of(SQLException failed, DatabaseAddress address) {
        String hosts = address.shownHosts();
        String user = address.user();
        String schema = address.schema();
        return switch (failed.getErrorCode()) {
            // The account's method takes no password, so none could have been right.
            case REFUSED_NO_PASSWORD ->
                    blocked(
                            failed,
                            "noPassword",
                            hosts,
                            user,
                            Accounts.passwordRecipe(Accounts.account(user, "%")));
            case REFUSED ->
                    blocked(
                            failed,
                            address.password().isEmpty() ? "refusedWithout" : "refused",
                            hosts,
                            user,
                            Accounts.readerRecipe(user, schema));
            case NO_ACCESS_TO_SCHEMA ->
                    blocked(
                            failed,
                            "noAccess",
                            hosts,
                            user,
                            schema,
                            Accounts.grantRecipe(user, schema));
            case NO_SCHEMA -> blocked(failed, "noSchema", hosts, schema);
            case NO_RIGHT, NO_RIGHT_ON_TABLE, NO_RIGHT_ON_COLUMN ->
                    blocked(
                            failed,
                            "noRight",
                            hosts,
                            user,
                            schema,
                            Accounts.grantRecipe(user, schema));
            case HOST_NOT_ALLOWED ->
                    blocked(
                            failed,
                            "hostNotAllowed",
                            hosts,
                            user,
                            Accounts.readerRecipe(user, schema));
            case HOST_BLOCKED -> blocked(failed, "hostBlocked", hosts);
            case OLD_CLIENT, PLUGIN_MISSING -> plugin(failed, address);
            case PASSWORD_EXPIRED, PASSWORD_EXPIRED_LOGIN ->
                    blocked(failed, "expired", hosts, user, Accounts.account(user, "%"));
            case ACCOUNT_LOCKED ->
                    blocked(failed, "locked", hosts, user, Accounts.account(user, "%"));
            case NEEDS_TLS -> blocked(failed, "needsTls", hosts);
            case READ_ONLY -> blocked(failed, "readOnly", hosts);
            case TOO_MANY_CONNECTIONS, TOO_MANY_OF_USER, LIMIT_OF_USER ->
                    passing(failed, "tooMany", hosts, user);
            case SHUTTING_DOWN, KILLED -> passing(failed, "gone", hosts);
            case TOO_SLOW -> passing(failed, "slow", hosts);
            case LOCK_WAIT, DEADLOCK -> passing(failed, "busy", hosts);
            default -> byCause(failed, address);
        };
    }

    private static Fault byCause(SQLException failed, DatabaseAddress address) {
        String hosts = address.shownHosts();
        Optional<TlsTrust.WrongCertificate> wrong = find(failed, TlsTrust.WrongCertificate.class);
        if (wrong.isPresent()) {
            return blocked(failed, "wrongCertificate", hosts, wrong.get().found().shown());
        }
        boolean tls = isAboutTls(failed);
        if (tls && isCutOff(failed)) {
            return passing(failed, "gone", hosts);
        }
        if (find(failed, CertificateException.class).isPresent()
                || (tls
                        && (message(failed).contains("ertifica")
                                || message(failed).contains("trustAnchors")))) {
            return blocked(failed, "certificate", hosts);
        }
        if (message(failed).contains("ssl not enabled in the server")) {
            return blocked(failed, "noTls", hosts);
        }
        if (tls) {
            return blocked(failed, "tls", hosts);
        }
        if (PLUGIN.matcher(message(failed)).find()
                || message(failed).contains("authentication p")) {
            return plugin(failed, address);
        }
        Optional<UnknownHostException> unknown = find(failed, UnknownHostException.class);
        if (unknown.isPresent() || find(failed, UnresolvedAddressException.class).isPresent()) {
            return passing(failed, "unknownHost", hosts);
        }
        if (find(failed, NoRouteToHostException.class).isPresent()) {
            return passing(failed, "noRoute", hosts);
        }
        if (find(failed, ConnectException.class).isPresent()) {
            return message(failed).contains("timed out")
                    ? passing(failed, "timeout", hosts, Connector.CONNECT_TIMEOUT.toSeconds())
                    : passing(failed, "closedPort", hosts);
        }
        if (find(failed, SocketTimeoutException.class).isPresent()
                || failed instanceof SQLTimeoutException) {
            return message(failed).toLowerCase(Locale.ROOT).contains("connect")
                    ? passing(failed, "timeout", hosts, Connector.CONNECT_TIMEOUT.toSeconds())
                    : passing(failed, "slow", hosts);
        }
        if (state(failed).startsWith("08")) {
            return passing(failed, "gone", hosts);
        }
        return new Fault(
                Fault.Kind.FAILED,
                Sentence.of(
                        "store.db.other",
                        hosts,
                        String.valueOf(failed.getErrorCode()),
                        state(failed)),
                logText(failed, "other"),
                failed);
    }

    private static Fault plugin(SQLException failed, DatabaseAddress address) {
        Matcher named = PLUGIN.matcher(message(failed));
        String plugin = named.find() ? String.valueOf(named.group("name")) : "?";
        return blocked(
                failed,
                "plugin",
                address.shownHosts(),
                address.user(),
                LoginMethod.named(plugin).sentence(plugin),
                Accounts.passwordRecipe(Accounts.account(address.user(), "%")));
    }

    /** The other end went away while the encryption was agreed on: that is no wrong certificate. */
    private static boolean isCutOff(SQLException failed) {
        return find(failed, CertificateException.class).isEmpty()
                && (find(failed, EOFException.class).isPresent()
                        || find(failed, SocketException.class).isPresent()
                        || find(failed, SocketTimeoutException.class).isPresent());
    }

    private static Fault blocked(SQLException cause, String key, Object... values) {
        return new Fault(
                Fault.Kind.BLOCKED,
                Sentence.of("store.db." + key, values),
                logText(cause, key),
                cause);
    }

    private static Fault passing(SQLException cause, String key, Object... values) {
        return new Fault(
                Fault.Kind.PASSING,
                Sentence.of("store.db." + key, values),
                logText(cause, key),
                cause);
    }

    private static String logText(SQLException failed, String key) {
        return "database: " + key + " (" + failed.getErrorCode() + ", " + state(failed) + ")";
    }

    private static String state(SQLException failed) {
        return failed.getSQLState() == null ? "" : failed.getSQLState();
    }

    /** The texts of the exception and its causes; the driver tells some things only there. */
    private static String message(Throwable failed) {
        StringBuilder text = new StringBuilder();
        Throwable at = failed;
        for (int depth = 0; at != null && depth < 8; depth++) {
            text.append(at.getMessage()).append('\n');
            at = at.getCause();
        }
        return text.toString();
    }

    private static <T extends Throwable> Optional<T> find(Throwable failed, Class<T> type) {
        Throwable at = failed;
        for (int depth = 0; at != null && depth < 8; depth++) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }
}
