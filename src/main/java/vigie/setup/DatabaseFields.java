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
    /** Stands before hosts that are to be understood alone. */
    private static final String LOGIN = "mariadb://x@";

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

    /** Whether more than a host is typed as the host: a whole address, or its end. */
    public boolean isSpreadable() {
        return isAddress(host) || host.indexOf('/') >= 0;
    }

    /**
     * The fields with what was typed as the host in its places. The end of an address, as in {@code
     * host:3307/schema}, leaves the account as it is.
     *
     * @throws Fault of kind USAGE: it is no address, or not yet
     */
    public DatabaseFields spread() throws Fault {
        if (isAddress(host)) {
            return of(DatabaseAddress.required(host.strip()));
        }
        DatabaseFields end = of(address(LOGIN + host.strip()));
        return new DatabaseFields(
                end.host(),
                end.port(),
                end.schema(),
                user,
                password,
                end.tls().equals(new Tls.Off()) ? tls : end.tls());
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
                    Fault.Kind.USAGE, Sentence.of("setup.db.host-wrong"), "not a host: reserved");
        }
        String list =
                List.of(hosts.split(",", -1)).stream()
                        .map(this::hostAndPort)
                        .collect(Collectors.joining(","));
        // Only the hosts need understanding here; the rest is not encoded and may hold anything.
        List<HostPort> understood = address(LOGIN + list + "/").hosts();
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
        return address(typed.url());
    }

    /** Each field is judged as what it is: nothing is encoded there, and no address is shown. */
    private static DatabaseAddress address(String url) throws Fault {
        try {
            return DatabaseAddress.parse(url);
        } catch (Fault wrong) {
            Sentence sentence =
                    switch (wrong.sentence().key()) {
                        case "store.url.port" -> Sentence.of("setup.db.port-wrong");
                        case "store.url.host",
                                "store.url.hostName",
                                "store.url.space",
                                "store.url.percent" ->
                                Sentence.of("setup.db.host-wrong");
                        case "store.url.schema" -> Sentence.of("setup.db.schema-wrong");
                        default -> wrong.sentence();
                    };
            throw new Fault(Fault.Kind.USAGE, sentence, String.valueOf(wrong.getMessage()));
        }
    }

    private String hostAndPort(String one) {
        String name = one.strip();
        boolean bare = name.indexOf(':') != name.lastIndexOf(':') && !name.startsWith("[");
        String guarded = bare ? "[" + name + "]" : name;
        boolean named = guarded.lastIndexOf(':') > guarded.lastIndexOf(']') && !bare;
        return named || port.isBlank() ? guarded : guarded + ":" + port.strip();
    }
}
