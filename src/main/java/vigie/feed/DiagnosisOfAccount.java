package vigie.feed;

import vigie.feed.DiagnosisFacts.Answer;
import vigie.store.Accounts;
import vigie.store.LoginMethod;
import vigie.store.OwnSchema;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Judges an account: how it logs in, what limits it, what it may do too much or too little. */
final class DiagnosisOfAccount {
    /** A console with its pools, its stream, its clock, its duty. */
    private static final int MOST_CONNECTIONS = 12;

    /** An account for Vigie alone, where the present one can do more than it should. */
    private static final String RECOMMENDED_USER = "vigie";

    /** As {@link Accounts#ownSchemaGrants} gives them. */
    private static final Set<String> NEEDED_FOR_OWN =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "INDEX");

    private static final Set<String> WRITING_OWN =
            Set.of("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER");

    /** Names under which others than Vigie log in. */
    private static final Set<String> OTHERS =
            Set.of("root", "admin", "mysql", "homeassistant", "home_assistant", "hass");

    private static final Set<String> LOGIN_REFUSED =
            Set.of("store.db.refused", "store.db.refusedWithout", "store.db.hostNotAllowed");

    private DiagnosisOfAccount() {}

    static List<Finding> of(DiagnosisFacts facts) {
        List<Finding> findings = new ArrayList<>();
        findings.add(method(facts));
        findings.add(connections(facts));
        findings.add(rights(facts));
        return findings;
    }

    private static Finding method(DiagnosisFacts facts) {
        Optional<AccountLogin> login = facts.login().known();
        if (login.isEmpty()) {
            return Finding.unchecked("method", say("doctor.unanswered"));
        }
        // One that proves nothing over the network is passed over by the server.
        String plugin =
                login.get().plugins().stream()
                        .filter(name -> !isLocalOnly(name))
                        .findFirst()
                        .orElse(login.get().plugins().getFirst());
        LoginMethod method = LoginMethod.named(plugin);
        if (method.readsBinlog() || isProved(facts)) {
            return Finding.ok("method", say("doctor.method.ok", method.sentence(plugin)));
        }
        return Finding.blocked(
                "method",
                say("doctor.method.other", facts.account(), method.sentence(plugin)),
                say("doctor.run", Accounts.passwordRecipe(facts.account()) + ";"));
    }

    private static boolean isLocalOnly(String plugin) {
        LoginMethod method = LoginMethod.named(plugin);
        return method == LoginMethod.UNIX_SOCKET || method == LoginMethod.NAMED_PIPE;
    }

    private static Finding connections(DiagnosisFacts facts) {
        Optional<AccountLogin> login = facts.login().known();
        int most = login.map(AccountLogin::mostConnections).orElse(0);
        int ofAll = (int) facts.settings().number("max_user_connections").orElse(0);
        int limit = most > 0 ? most : Math.max(0, ofAll);
        if (login.map(AccountLogin::perHour).orElse(false)) {
            return Finding.warning(
                    "connections",
                    say("doctor.connections.hourly"),
                    say(
                            "doctor.run",
                            "ALTER USER "
                                    + facts.account()
                                    + " WITH MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0"
                                    + " MAX_CONNECTIONS_PER_HOUR 0;"));
        }
        if (limit == 0) {
            return Finding.ok("connections", say("doctor.connections.free"));
        }
        if (limit >= MOST_CONNECTIONS) {
            return Finding.ok("connections", say("doctor.connections.ok", Integer.toString(limit)));
        }
        return Finding.warning(
                "connections",
                say(
                        "doctor.connections.few",
                        Integer.toString(limit),
                        Integer.toString(MOST_CONNECTIONS)),
                say(
                        "doctor.run",
                        "ALTER USER "
                                + facts.account()
                                + " WITH MAX_USER_CONNECTIONS "
                                + 2 * MOST_CONNECTIONS
                                + ";"));
    }

    private static Finding rights(DiagnosisFacts facts) {
        Optional<AccountRights> rights = facts.rights().known();
        if (rights.isEmpty()) {
            return Finding.unchecked("rights", say("doctor.unanswered"));
        }
        String schema = facts.address().schema();
        Set<String> needless = rights.get().needless(schema);
        if (needless.isEmpty()) {
            return enough(facts, rights.get());
        }
        String account = Accounts.account(RECOMMENDED_USER, "%");
        return Finding.warning(
                "rights",
                say("doctor.rights.more", facts.account(), String.join(", ", needless)),
                facts.account().equals(account)
                        ? say(
                                "doctor.rights.less",
                                "REVOKE ALL PRIVILEGES, GRANT OPTION FROM " + account + ";")
                        : say(
                                "doctor.rights.another",
                                Accounts.readerRecipe(RECOMMENDED_USER, schema)));
    }

    /** No more than needed; what the server lets a reader do outweighs what it lists. */
    private static Finding enough(DiagnosisFacts facts, AccountRights rights) {
        if (facts.settings().isOn("log_bin")
                && !isProved(facts)
                && !rights.hasGlobal("REPLICATION SLAVE")) {
            return Finding.warning(
                    "rights",
                    say("doctor.rights.no-log"),
                    say(
                            "doctor.run",
                            "GRANT REPLICATION SLAVE ON *.* TO " + facts.account() + ";"));
        }
        String own = facts.own().schema();
        boolean writes = rights.missingOn(own, WRITING_OWN).size() < WRITING_OWN.size();
        return Finding.ok(
                "rights", writes ? say("doctor.rights.own", own) : say("doctor.rights.ok"));
    }

    /** Whether the log was read with this account. */
    private static boolean isProved(DiagnosisFacts facts) {
        return facts.log().stream().known().map(Optional::isEmpty).orElse(false);
    }

    /**
     * The account to give rights to: the present one, or one of Vigie's own where that is Home
     * Assistant's or an administrator's.
     */
    static String recommended(DiagnosisFacts facts) {
        boolean tooMuch =
                facts.rights()
                        .known()
                        .map(rights -> !rights.needless(facts.address().schema()).isEmpty())
                        .orElse(false);
        return tooMuch || isOthers(facts.address().user())
                ? Accounts.account(RECOMMENDED_USER, "%")
                : facts.account();
    }

    /** As {@link #recommended(DiagnosisFacts)}, where nobody was let in and only a name is had. */
    static String recommended(String user) {
        return Accounts.account(isOthers(user) ? RECOMMENDED_USER : user, "%");
    }

    private static boolean isOthers(String user) {
        return OTHERS.contains(user.toLowerCase(Locale.ROOT));
    }

    /** Judges whether Vigie may keep its own schema. */
    static Finding own(DiagnosisFacts facts) {
        DiagnosisFacts.Own own = facts.own();
        if (own.refused().isPresent()) {
            return refused(own, own.refused().get());
        }
        Optional<String> newer = own.version().filter(DiagnosisOfAccount::isNewer);
        if (newer.isPresent()) {
            return Finding.warning(
                    "own",
                    say("doctor.own.newer", own.schema(), newer.get(), OwnSchema.known()),
                    say("doctor.own.newer.remedy"));
        }
        return switch (own.rights()) {
            case Answer.Known<AccountRights>(AccountRights rights) -> {
                Set<String> missing = rights.missingOn(own.schema(), NEEDED_FOR_OWN);
                if (!missing.isEmpty() && !own.separate()) {
                    String account = recommended(facts);
                    yield Finding.ok(
                            "own",
                            say("doctor.own.optional", own.account(), own.schema()),
                            say("doctor.own.optional.remedy", grants(account, own.schema())));
                }
                if (!missing.isEmpty()) {
                    yield Finding.warning(
                            "own",
                            say(
                                    "doctor.own.denied",
                                    own.account(),
                                    own.schema(),
                                    String.join(", ", missing)),
                            say("doctor.run", grants(own.account(), own.schema())));
                }
                yield Finding.ok(
                        "own",
                        own.version().isPresent()
                                ? say("doctor.own.there", own.schema(), own.version().get())
                                : say(
                                        own.exists() ? "doctor.own.begun" : "doctor.own.possible",
                                        own.schema()));
            }
            case Answer.Denied<AccountRights>(), Answer.Unknown<AccountRights>() ->
                    Finding.unchecked(
                            "own", say("doctor.own.unknown", own.account(), own.schema()));
        };
    }

    private static boolean isNewer(String version) {
        return version.matches("\\d{1,9}") && Integer.parseInt(version) > OwnSchema.known();
    }

    /** The account of VIGIE_DB_URL was not let in. */
    private static Finding refused(DiagnosisFacts.Own own, Fault fault) {
        if (fault.kind() == Fault.Kind.PASSING) {
            return Finding.unchecked("own", fault.sentence());
        }
        return LOGIN_REFUSED.contains(fault.sentence().key())
                ? Finding.warning(
                        "own",
                        say("doctor.own.refused", own.account()),
                        say(
                                "doctor.own.refused.remedy",
                                Accounts.creation(own.account())
                                        + "; "
                                        + grants(own.account(), own.schema())))
                : DiagnosisRemedies.finding(Finding.Grade.WARNING, "own", fault.sentence());
    }

    private static String grants(String account, String schema) {
        return String.join("; ", Accounts.ownSchemaGrants(account, schema)) + ";";
    }

    private static Sentence say(String key, Object... values) {
        return Sentence.of(key, values);
    }
}
