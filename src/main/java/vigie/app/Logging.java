package vigie.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;

import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

import vigie.store.Folders;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log: one file in the state folder, rotated at 5 MB, five kept; JSON lines with {@code
 * VIGIE_LOG=json}. Nothing goes to the console: standard output belongs to results, standard error
 * to sentences. Where standard error is systemd's journal, each entry goes there too.
 */
final class Logging {
    private static final FileSize LARGEST = FileSize.valueOf("5MB");
    private static volatile Path file = Path.of("vigie.log");

    private Logging() {}

    /** Where the log is. */
    static Path file() {
        return file;
    }

    /**
     * Starts logging. Called once, before the first command runs.
     *
     * @param json whether the file has JSON lines
     * @param journal whether standard error is systemd's journal
     */
    static void start(Folders folders, boolean json, boolean journal) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        context.reset();
        file = folders.state().resolve("vigie.log");

        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(file.toString());
        // Several commands may run beside each other on one log.
        appender.setPrudent(false);
        appender.setAppend(true);

        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(context);
        rolling.setParent(appender);
        rolling.setFileNamePattern(file + ".%i");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(5);
        rolling.start();

        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(LARGEST);
        trigger.start();

        appender.setRollingPolicy(rolling);
        appender.setTriggeringPolicy(trigger);
        appender.setEncoder(json ? json(context) : plain(context));

        context.getLogger("ROOT").setLevel(Level.INFO);
        if (mayBeWritten(file)) {
            appender.start();
            context.getLogger("ROOT").addAppender(appender);
        }
        if (journal) {
            context.getLogger("ROOT").addAppender(journal(context));
        }
        // The client library logs SQL and host details at its own discretion; ours says what
        // matters.
        context.getLogger("org.mariadb.jdbc").setLevel(Level.ERROR);
        context.getLogger("com.zaxxer.hikari").setLevel(Level.WARN);
        context.getLogger("com.github.shyiko").setLevel(Level.ERROR);

        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Whether it is a file, or none yet: opening a pipe would wait for its reader. */
    static boolean mayBeWritten(Path log) {
        return Files.isRegularFile(log) || Files.notExists(log);
    }

    private static ConsoleAppender<ILoggingEvent> journal(LoggerContext context) {
        Journal lines = new Journal();
        lines.setContext(context);
        lines.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(lines);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }

    private static Encoder<ILoggingEvent> json(LoggerContext context) {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> plain(LoggerContext context) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(
                "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX,UTC} %-5level %logger{20} [%thread] %msg%n%ex{30}");
        encoder.start();
        return encoder;
    }
}
