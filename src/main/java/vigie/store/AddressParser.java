package vigie.store;

import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads addresses. Written by hand and not with {@link java.net.URI}, because that puts the whole
 * text, password included, into its exceptions, and because it knows no list of hosts.
 *
 * <p>No fault carries a piece of the text that might be the password: only names of options after
 * the question mark, and hosts after the at sign, once the text is known to be free of stray
 * reserved characters.
 */
final class AddressParser {
    private static final List<String> SCHEMES =
            List.of("jdbc:mariadb://", "mariadb://", "mysql://");
    private static final int MOST_HOSTS = 16;
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}_](?:[\\p{L}\\p{N}._-]*[\\p{L}\\p{N}_.])?");
    private static final Pattern IPV6 =
            Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[\\w.-]+)?");
    private static final Pattern SCHEMA = Pattern.compile("[^\\p{Cntrl}/\\\\?#`%&]{1,64}");

    private AddressParser() {}

    static DatabaseAddress parse(String url, String defaultSchema) throws Fault {
        String text = url.strip();
        String scheme =
                SCHEMES.stream()
                        .filter(known -> text.regionMatches(true, 0, known, 0, known.length()))
                        .findFirst()
                        .orElseThrow(() -> wrong("scheme"));
        String rest = text.substring(scheme.length());
        if (rest.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            throw wrong("space");
        }
        if (rest.indexOf('#') >= 0) {
            throw wrong("reserved");
        }
        int end = firstOf(rest, '/', '?');
        String authority = rest.substring(0, end);
        String path = rest.substring(end);
        // An at sign behind the first slash or question mark, or a second one, can only come from
        // a password that was not percent-encoded.
        if (path.indexOf('@') >= 0 || authority.indexOf('@') != authority.lastIndexOf('@')) {
            throw wrong("reserved");
        }
        int question = path.indexOf('?');
        Map<String, String> options = options(question < 0 ? "" : path.substring(question + 1));
        String schema = schema(question < 0 ? path : path.substring(0, question), defaultSchema);

        int at = authority.indexOf('@');
        String login = at < 0 ? "" : authority.substring(0, at);
        int colon = login.indexOf(':');
        String user = decode(colon < 0 ? login : login.substring(0, colon));
        String password = colon < 0 ? "" : decode(login.substring(colon + 1));
        boolean jdbc = scheme.startsWith("jdbc:");
        if (jdbc && options.containsKey("user") && user.isEmpty()) {
            user = options.getOrDefault("user", "");
            options.remove("user");
        }
        if (jdbc && options.containsKey("password") && password.isEmpty()) {
            password = options.getOrDefault("password", "");
            options.remove("password");
        }
        if (user.isEmpty()) {
            throw wrong("user");
        }
        if (user.chars().anyMatch(Character::isISOControl)
                || password.chars().anyMatch(c -> c == 0)) {
            throw wrong("space");
        }
        return new DatabaseAddress(
                hosts(authority.substring(at + 1)),
                user,
                Secret.of(password),
                schema,
                tls(options));
    }

    private static List<HostPort> hosts(String list) throws Fault {
        List<HostPort> hosts = new ArrayList<>();
        for (String one : list.split(",", -1)) {
            hosts.add(host(one));
        }
        if (hosts.size() > MOST_HOSTS) {
            throw wrong("hosts", MOST_HOSTS);
        }
        return hosts;
    }

    private static HostPort host(String text) throws Fault {
        String name;
        String port;
        if (text.startsWith("[")) {
            int close = text.indexOf(']');
            if (close < 0) {
                throw wrong("bracket");
            }
            name = decode(text.substring(1, close));
            port = text.substring(close + 1);
            if (!IPV6.matcher(name).matches() || !(port.isEmpty() || port.startsWith(":"))) {
                throw wrong("bracket");
            }
        } else {
            int colon = text.indexOf(':');
            if (colon != text.lastIndexOf(':')) {
                throw wrong("bracket");
            }
            name = decode(colon < 0 ? text : text.substring(0, colon));
            port = colon < 0 ? "" : text.substring(colon);
            if (name.isEmpty()) {
                throw wrong("host");
            }
            if (!NAME.matcher(name).matches()) {
                throw wrong("hostName");
            }
        }
        return new HostPort(name, port(port));
    }

    private static int port(String text) throws Fault {
        if (text.isEmpty()) {
            return DatabaseAddress.DEFAULT_PORT;
        }
        String digits = text.substring(1);
        if (!digits.matches("[0-9]{1,5}")) {
            throw wrong("port");
        }
        int port = Integer.parseInt(digits);
        if (port < 1 || port > 65535) {
            throw wrong("port");
        }
        return port;
    }

    private static String schema(String path, String defaultSchema) throws Fault {
        String name = decode(path.startsWith("/") ? path.substring(1) : path);
        if (name.isEmpty()) {
            return defaultSchema;
        }
        if (!SCHEMA.matcher(name).matches()) {
            throw wrong("schema");
        }
        return name;
    }

    private static Map<String, String> options(String query) throws Fault {
        Map<String, String> options = new HashMap<>();
        for (String option : query.split("&", -1)) {
            if (option.isEmpty()) {
                continue;
            }
            int equals = option.indexOf('=');
            String key = decode(equals < 0 ? option : option.substring(0, equals));
            String value = equals < 0 ? "" : decode(option.substring(equals + 1));
            if (options.put(key, value) != null) {
                throw wrong("twice", key);
            }
        }
        return options;
    }

    private static Tls tls(Map<String, String> options) throws Fault {
        Tls tls = new Tls.Off();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "ssl" -> tls = guard(value);
                case "charset" -> {
                    if (!value.toLowerCase(Locale.ROOT).matches("utf8(mb4)?")) {
                        throw wrong("charset");
                    }
                }
                default -> {
                    String key = option.getKey();
                    throw key.matches("[A-Za-z][A-Za-z_-]{0,30}")
                            ? wrong("option", key)
                            : wrong("options");
                }
            }
        }
        return tls;
    }

    private static Tls guard(String value) throws Fault {
        String prefix = "fingerprint=";
        if (value.regionMatches(true, 0, prefix, 0, prefix.length())) {
            return Tls.Fingerprint.read(value.substring(prefix.length()))
                    .orElseThrow(() -> wrong("fingerprint"));
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "require" -> new Tls.Require();
            case "verify" -> new Tls.Verify();
            default -> throw wrong("ssl");
        };
    }

    private static int firstOf(String text, char one, char other) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == one || text.charAt(i) == other) {
                return i;
            }
        }
        return text.length();
    }

    private static String decode(String text) throws Fault {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw wrong("percent");
                }
                bytes.write(high << 4 | low);
                i += 3;
            } else {
                int point = text.codePointAt(i);
                bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(point);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw wrong("percent");
        }
    }

    private static Fault wrong(String key, Object... values) {
        return new Fault(
                Fault.Kind.USAGE,
                Sentence.of("store.url." + key, values),
                "database address not understood: " + key);
    }
}
