package vigie.bench;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** How benches tell the person who waits how it goes. */
final class Telling {
    private Telling() {}

    /** A line, with the load of the machine, which explains a strange figure. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would cost a library
    static void say(PrintStream progress, String format, @Nullable Object... values) {
        progress.printf(
                Locale.ROOT,
                "%s  (load %.1f)%n",
                String.format(Locale.ROOT, format, values),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        progress.flush();
    }
}
