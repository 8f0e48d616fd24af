package vigie.app;

import vigie.store.DatabaseAddress;
import vigie.text.Fault;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts that leave the machine: whatever stands where an address has its
 * password, and every secret that it was told of, in each way in which it may be spelled.
 */
final class Scrub {
    private static final String IN_PLACE = "…";

    /** Shorter, it would be found in half of all words, and protects nothing. */
    private static final int SHORTEST = 3;

    private static final Pattern IN_ADDRESS = Pattern.compile("://[^:/@\\s\"«»]*:(\\S*)@");

    /** Longest first: one secret may be a part of another. */
    private final Set<String> secrets =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    Scrub() {}

    /** A secret, as it is used. */
    void secret(String text) {
        for (String each : new String[] {text, text.strip()}) {
            add(each);
            String encoded = URLEncoder.encode(each, StandardCharsets.UTF_8);
            add(encoded);
            add(encoded.replace("+", "%20"));
            add(each.replace("\\", "\\\\").replace("\"", "\\\""));
            add(each.replace("'", "''"));
        }
    }

    /** An address as somebody wrote it, or a text that holds some; wrong ones too. */
    void addresses(String text) {
        Matcher matcher = IN_ADDRESS.matcher(text);
        while (matcher.find()) {
            secret(matcher.group(1));
        }
        try {
            address(DatabaseAddress.parse(text.strip()));
        } catch (Fault noAddress) {
            // What stood in a password's place is known already.
            return;
        }
    }

    void address(DatabaseAddress address) {
        secret(address.password().reveal());
    }

    /** The text without secrets. */
    String clean(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, IN_PLACE);
        }
        return DatabaseAddress.withoutPasswords(clean);
    }

    private void add(String secret) {
        if (secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }
}
