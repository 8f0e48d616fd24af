package vigie.store;

import org.jspecify.annotations.Nullable;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which database, where, and as whom: a {@code MARIADB_URL} understood. No text this class gives
 * out holds the password, {@link #url()} excepted.
 *
 * @param hosts at least one, in the order in which they are tried
 * @param user never empty
 * @param password may be empty
 * @param schema Home Assistant's database; {@link #DEFAULT_SCHEMA} when the address names none
 * @param tls how the way is guarded
 */
public record DatabaseAddress(
        List<HostPort> hosts, String user, Secret password, String schema, Tls tls) {
    /** The schema of an address without one: what Home Assistant's documents and add-on use. */
    public static final String DEFAULT_SCHEMA = "homeassistant";

    /** The port of a host without one. */
    public static final int DEFAULT_PORT = 3306;

    private static final Set<String> SERVER_SCHEMAS =
            Set.of("mysql", "sys", "information_schema", "performance_schema");

    private static final Pattern QUOTED = Pattern.compile("(://[^:/@\\s\"«»]*):\\S*@");

    public DatabaseAddress {
        hosts = List.copyOf(hosts);
        if (hosts.isEmpty() || user.isEmpty() || schema.isEmpty()) {
            throw new IllegalArgumentException("an address has a host, a user and a schema");
        }
    }

    /**
     * Reads an address: {@code mysql://}, {@code mariadb://} or {@code jdbc:mariadb://}, then
     * {@code user:password@host:port,host:port/schema?ssl=…}. User, password and schema are
     * percent-decoded; IPv6 stands in brackets. The JDBC form may name {@code user} and {@code
     * password} after the question mark. {@code charset=utf8mb4}, which Home Assistant's own
     * address carries, is accepted and means nothing here.
     *
     * @throws Fault of kind USAGE that says what is wrong and what is right, never the password
     */
    public static DatabaseAddress parse(String url) throws Fault {
        return AddressParser.parse(url, DEFAULT_SCHEMA);
    }

    /**
     * Reads an address that must be there.
     *
     * @throws Fault of kind BLOCKED when it is null or blank: it names {@code vigie setup}, {@code
     *     MARIADB_URL} and {@code --db-url}; otherwise as {@link #parse}
     */
    public static DatabaseAddress required(@Nullable String url) throws Fault {
        if (url == null || url.isBlank()) {
            throw new Fault(
                    Fault.Kind.BLOCKED, Sentence.of("store.url.missing"), "no database address");
        }
        return parse(url);
    }

    /**
     * Where Vigie keeps its own tables beside this database.
     *
     * @param url {@code VIGIE_DB_URL}, which may name another account and another schema; empty:
     *     this account and {@link OwnSchema#DEFAULT_NAME}
     * @throws Fault of kind USAGE when it is no address, names other hosts than this one, or names
     *     a schema that is not Vigie's to write
     */
    public DatabaseAddress own(Optional<String> url) throws Fault {
        DatabaseAddress own =
                url.isEmpty()
                        ? withSchema(OwnSchema.DEFAULT_NAME)
                        : AddressParser.parse(url.get(), OwnSchema.DEFAULT_NAME);
        if (!sameServer(own)) {
            // Two logs have no common order, and no transaction spans two servers.
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("store.own.otherServer", own.shownHosts(), shownHosts()),
                    "VIGIE_DB_URL names another server");
        }
        if (own.schema().equalsIgnoreCase(schema)
                || SERVER_SCHEMAS.contains(own.schema().toLowerCase(Locale.ROOT))) {
            throw new Fault(
                    Fault.Kind.USAGE,
                    Sentence.of("store.own.notOurs", own.schema(), OwnSchema.DEFAULT_NAME),
                    "Vigie's own schema would be somebody else's");
        }
        return own;
    }

    /**
     * A text for people, in which somebody may have quoted an address: without its password.
     * Whatever stands between the user's name and the last {@code @} of the word is taken for one.
     */
    public static String withoutPasswords(String text) {
        return QUOTED.matcher(text).replaceAll("$1:…@");
    }

    /** The same server and account with another schema. */
    public DatabaseAddress withSchema(String other) {
        return new DatabaseAddress(hosts, user, password, other, tls);
    }

    /** The same server, account and schema with this password. */
    public DatabaseAddress withPassword(Secret other) {
        return new DatabaseAddress(hosts, user, other, schema, tls);
    }

    /** The same account and schema at one of the hosts only. */
    public DatabaseAddress at(HostPort host) {
        return new DatabaseAddress(List.of(host), user, password, schema, tls);
    }

    /** Whether both name the same hosts; their order and case do not matter. */
    public boolean sameServer(DatabaseAddress other) {
        return names(this).equals(names(other));
    }

    private static List<String> names(DatabaseAddress address) {
        return address.hosts.stream()
                .map(host -> host.toString().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .toList();
    }

    /** The hosts for people, {@code db1:3306, db2:3306}. */
    public String shownHosts() {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(", "));
    }

    /** For people: user, hosts and schema, without the password. */
    public String shown() {
        return "mariadb://"
                + encode(user)
                + "@"
                + hosts.stream().map(HostPort::toString).collect(Collectors.joining(","))
                + "/"
                + encode(schema);
    }

    /**
     * The whole address, <b>with the password</b>; {@link #parse} reads it back. For files that
     * only their owner may read.
     */
    public String url() {
        String login = encode(user) + (password.isEmpty() ? "" : ":" + encode(password.reveal()));
        String guard =
                switch (tls) {
                    case Tls.Off() -> "";
                    case Tls.Require() -> "?ssl=require";
                    case Tls.Verify() -> "?ssl=verify";
                    case Tls.Fingerprint(String sha256) -> "?ssl=fingerprint=" + sha256;
                };
        return "mariadb://"
                + login
                + "@"
                + hosts.stream()
                        .map(host -> host.toString().replace("%", "%25"))
                        .collect(Collectors.joining(","))
                + "/"
                + encode(schema)
                + guard;
    }

    /** As {@link #shown()}. */
    @Override
    public String toString() {
        return shown();
    }

    /** Everything but the unreserved characters of RFC 3986 as {@code %XX} of its UTF-8 bytes. */
    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", octet & 0xff));
            }
        }
        return encoded.toString();
    }
}
