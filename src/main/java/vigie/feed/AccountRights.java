package vigie.feed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an account may do, as {@code SHOW GRANTS} tells it; the rights of its active roles included.
 * The text itself, which holds a hash of the password, is not kept.
 *
 * @param grants each right with its scope
 */
record AccountRights(List<Grant> grants) {
    /** In place of a list of rights. */
    private static final String ALL = "ALL PRIVILEGES";

    /** Rights by which an account changes what Home Assistant has recorded. */
    private static final Set<String> WRITING =
            Set.of(ALL, "INSERT", "UPDATE", "DELETE", "DROP", "ALTER", "CREATE", "DELETE HISTORY");

    /** Rights over the whole server that a reader has no use for. */
    private static final Set<String> RULING =
            Set.of(
                    ALL,
                    "SUPER",
                    "FILE",
                    "SHUTDOWN",
                    "CREATE USER",
                    "GRANT OPTION",
                    "BINLOG ADMIN",
                    "REPLICATION MASTER ADMIN",
                    "REPLICATION SLAVE ADMIN",
                    "READ_ONLY ADMIN",
                    "CONNECTION ADMIN",
                    "SET USER",
                    "PROCESS",
                    "RELOAD");

    private static final String NAME = "`(?:[^`]|``)*`";
    private static final Pattern LINE =
            Pattern.compile(
                    "GRANT (?<rights>.+?) ON (?:TABLE )?(?<schema>\\*|"
                            + NAME
                            + ")\\.(?<table>\\*|"
                            + NAME
                            + ") TO .*?(?<option> WITH GRANT OPTION.*)?");

    /**
     * Rights in one scope.
     *
     * @param rights in capitals, as the server writes them
     * @param schema a pattern in the way of LIKE; {@code *} for all
     * @param allTables whether they hold for every table of it
     */
    record Grant(Set<String> rights, String schema, boolean allTables) {
        Grant {
            rights = Set.copyOf(rights);
        }

        boolean isGlobal() {
            return schema.equals("*");
        }

        boolean covers(String name) {
            return isGlobal() || like(schema).matcher(name).matches();
        }

        private static Pattern like(String pattern) {
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                if (c == '\\' && i + 1 < pattern.length()) {
                    i++;
                    regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
                } else {
                    regex.append(
                            switch (c) {
                                case '%' -> ".*";
                                case '_' -> ".";
                                default -> Pattern.quote(String.valueOf(c));
                            });
                }
            }
            return Pattern.compile(regex.toString(), Pattern.DOTALL);
        }
    }

    AccountRights {
        grants = List.copyOf(grants);
    }

    /** Reads the lines of {@code SHOW GRANTS}; a line of another kind says nothing of rights. */
    static AccountRights read(List<String> lines) {
        List<Grant> grants = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                Set<String> rights = new TreeSet<>();
                // A right on some columns only, SELECT (`a`), is none on the table.
                Arrays.stream(matcher.group("rights").split(",(?![^(]*\\))"))
                        .map(right -> right.strip().toUpperCase(Locale.ROOT))
                        .filter(right -> right.indexOf('(') < 0)
                        .forEach(rights::add);
                if (matcher.group("option") != null) {
                    rights.add("GRANT OPTION");
                }
                grants.add(
                        new Grant(
                                rights,
                                unquoted(matcher.group("schema")),
                                matcher.group("table").equals("*")));
            }
        }
        return new AccountRights(grants);
    }

    private static String unquoted(String name) {
        return name.startsWith("`")
                ? name.substring(1, name.length() - 1).replace("``", "`")
                : name;
    }

    /** Whether it has this right over the whole server. */
    boolean hasGlobal(String... names) {
        return grants.stream()
                .filter(Grant::isGlobal)
                .anyMatch(grant ->
                        grant.rights().contains(ALL)
                                || Arrays.stream(names).anyMatch(grant.rights()::contains));
    }

    /** Which of these rights it lacks on every table of a schema. */
    Set<String> missingOn(String schema, Set<String> needed) {
        Set<String> missing = new TreeSet<>(needed);
        for (Grant grant : grants) {
            if (grant.allTables() && grant.covers(schema)) {
                if (grant.rights().contains(ALL)) {
                    return Set.of();
                }
                missing.removeAll(grant.rights());
            }
        }
        return missing;
    }

    /** What it may do that a reader of this schema needs not; sorted, empty where nothing. */
    Set<String> needless(String schema) {
        Set<String> found = new TreeSet<>();
        for (Grant grant : grants) {
            if (grant.isGlobal()) {
                grant.rights().stream()
                        .filter(right -> RULING.contains(right) || WRITING.contains(right))
                        .forEach(right -> found.add(right + " ON *.*"));
            } else if (grant.covers(schema)) {
                grant.rights().stream()
                        .filter(right -> WRITING.contains(right) || right.equals("GRANT OPTION"))
                        .forEach(right -> found.add(right + " ON " + schema + ".*"));
            }
        }
        return found;
    }
}
