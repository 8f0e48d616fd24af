package vigie.app;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** Vigie's version, as the build wrote it down. */
final class Version implements CommandLine.IVersionProvider {
    Version() {}

    @Override
    public String[] getVersion() {
        return new String[] {
            "Vigie " + number(), "Java " + Runtime.version() + ", " + System.getProperty("os.name")
        };
    }

    static String number() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/vigie/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "?");
    }
}
