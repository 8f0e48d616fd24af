package vigie.store;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the way to the server is guarded; {@code ?ssl=…} of an address. */
public sealed interface Tls {
    /** Not at all; without {@code ?ssl=}. */
    record Off() implements Tls {}

    /**
     * Encrypted, whoever answers: {@code ssl=require}. Helps against listening, not against lies.
     */
    record Require() implements Tls {}

    /**
     * Encrypted, and the certificate is signed by an authority that this Java trusts and names the
     * host: {@code ssl=verify}.
     */
    record Verify() implements Tls {}

    /**
     * Encrypted, and the certificate is exactly this one: {@code ssl=fingerprint=…}. For the
     * self-signed certificates that most MariaDB servers have.
     *
     * @param sha256 the SHA-256 of the certificate, 64 lower-case hex digits
     */
    record Fingerprint(String sha256) implements Tls {
        private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

        public Fingerprint {
            if (!HEX.matcher(sha256).matches()) {
                throw new IllegalArgumentException("not a SHA-256 fingerprint");
            }
        }

        /**
         * Reads what {@code openssl x509 -noout -fingerprint -sha256} prints: hex digits of either
         * case, with or without colons. Empty when it is something else.
         */
        static Optional<Fingerprint> read(String text) {
            String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
            return HEX.matcher(digits).matches()
                    ? Optional.of(new Fingerprint(digits))
                    : Optional.empty();
        }

        /** With colons and in capitals, as openssl prints it. */
        public String shown() {
            return HexFormat.ofDelimiter(":")
                    .withUpperCase()
                    .formatHex(HexFormat.of().parseHex(sha256));
        }
    }
}
