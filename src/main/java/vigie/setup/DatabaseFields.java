package vigie.setup;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Secret;
import vigie.store.Tls;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A database address as it is typed, field by field; not yet one.
 *
 * @param host one name or number, or several with their ports, separated by commas
 * @param port of the hosts that name none; blank: {@value DatabaseAddress#DEFAULT_PORT}
 * @param schema blank: {@value DatabaseAddress#DEFAULT_SCHEMA}
 * @param user the account
 * @param password as it is, not encoded
 * @param tls how the way is guarded
 */
public record DatabaseFields(
        String host, String port, String schema, String user, Secret password, Tls tls) {
    private static final List<String> SCHEMES =
            List.of("mysql://", "mariadb://", "jdbc:mariadb://");

    /** Nothing is typed yet. */
    public static final DatabaseFields EMPTY =
            new DatabaseFields(
                    "",
                    Integer.toString(DatabaseAddress.DEFAULT_PORT),
                    DatabaseAddress.DEFAULT_SCHEMA,
                    "",
                    Secret.NONE,
                    new Tls.Off());

    /** The fields that make this address. */
    public static DatabaseFields of(DatabaseAddress address) {
        List<HostPort> hosts = address.hosts();
        boolean one = hosts.size() == 1;
        HostPort first = hosts.getFirst();
        return new DatabaseFields(
                one
                        ? first.host()
                        : hosts.stream().map(HostPort::toString).collect(Collectors.joining(",")),
                one ? Integer.toString(first.port()) : "",
                address.schema(),
                address.user(),
                address.password(),
                address.tls());
    }

    /** Whether a text that was pasted somewhere is meant to be a whole address. */
    public static boolean isAddress(String text) {
        String start = text.strip();
        return SCHEMES.stream()
                .anyMatch(scheme -> start.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    /** Whether enough is typed to be understood. */
    public boolean isComplete() {
        return !host.isBlank() && !user.isBlank();
    }

    /**
     * The address.
     *
     * @throws Fault of kind USAGE that says what is wrong and what is right
     */
    public DatabaseAddress address() throws Fault {
        String hosts = host.strip();
        if (hosts.chars().anyMatch(c -> "/@?#".indexOf(c) >= 0)) {
            throw new Fault(
                    Fault.Kind.USAGE, Sentence.of("store.url.hostName"), "not a host: reserved");
        }
        String list =
                List.of(hosts.split(",", -1)).stream()
                        .map(this::hostAndPort)
                        .collect(Collectors.joining(","));
        // Only the hosts need understanding here; the rest is not encoded and may hold anything.
        List<HostPort> understood = DatabaseAddress.parse("mariadb://x@" + list + "/").hosts();
        String account = user.strip();
        if (account.isEmpty()) {
            throw new Fault(Fault.Kind.USAGE, Sentence.of("store.url.user"), "no user");
        }
        String name = schema.strip();
        DatabaseAddress typed =
                new DatabaseAddress(
                        understood,
                        account,
                        password,
                        name.isEmpty() ? DatabaseAddress.DEFAULT_SCHEMA : name,
                        tls);
        // What the file would be read back as: a schema that is no name is found out here.
        return DatabaseAddress.parse(typed.url());
    }

    private String hostAndPort(String one) {
        String name = one.strip();
        boolean bare = name.indexOf(':') != name.lastIndexOf(':') && !name.startsWith("[");
        String guarded = bare ? "[" + name + "]" : name;
        boolean named = guarded.lastIndexOf(':') > guarded.lastIndexOf(']') && !bare;
        return named || port.isBlank() ? guarded : guarded + ":" + port.strip();
    }
}
