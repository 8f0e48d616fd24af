package vigie.incident;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;

/** This program's version, as the build wrote it down. */
final class Program {
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");
    private static final String UNKNOWN = "0";

    private Program() {}

    static String version() {
        Properties properties = new Properties();
        try (InputStream in = Program.class.getResourceAsStream("/vigie/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the program's version", unreadable);
        }
        String version = properties.getProperty("version", UNKNOWN);
        // Where no build filled it in, the name of its place stands there.
        return VERSION.matcher(version).matches() ? version : UNKNOWN;
    }
}
