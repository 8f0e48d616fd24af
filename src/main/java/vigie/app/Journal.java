package vigie.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Lines of the log as systemd's journal takes them from standard error: each begins with its
 * priority, and has no time, which the journal adds.
 */
final class Journal extends LayoutBase<ILoggingEvent> {
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int INFO = 6;
    private static final int DEBUG = 7;

    Journal() {}

    /**
     * Whether standard error is the journal. The variable alone does not say it: a terminal opened
     * from a desktop has inherited it.
     */
    static boolean isStandardError(Map<String, String> environment) {
        return isStream(environment, Path.of("/proc/self/fd/2"));
    }

    static boolean isStream(Map<String, String> environment, Path stream) {
        String journal = environment.get("JOURNAL_STREAM");
        if (journal == null) {
            return false;
        }
        try {
            return journal.equals(
                    Files.getAttribute(stream, "unix:dev")
                            + ":"
                            + Files.getAttribute(stream, "unix:ino"));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = event.getLoggerName() + ": " + event.getFormattedMessage();
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            text += "\n" + ThrowableProxyUtil.asString(thrown);
        }
        // A line without a priority would be taken for another entry of a lesser one.
        String begin = "<" + priority(event.getLevel()) + ">";
        return text.lines()
                .map(line -> begin + line.replace("\t", "    "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static int priority(Level level) {
        if (level.isGreaterOrEqual(Level.ERROR)) {
            return ERROR;
        }
        if (level.isGreaterOrEqual(Level.WARN)) {
            return WARNING;
        }
        return level.isGreaterOrEqual(Level.INFO) ? INFO : DEBUG;
    }
}
