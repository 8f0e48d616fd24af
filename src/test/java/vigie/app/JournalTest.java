package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class JournalTest {
    @Test
    void an_entry_begins_with_its_priority_and_has_no_time() {
        assertThat(
                        List.of(
                                line(Level.ERROR, "broken", null),
                                line(Level.WARN, "odd", null),
                                line(Level.INFO, "as it should be", null),
                                line(Level.DEBUG, "detail", null)))
                .containsExactly(
                        "<3>vigie.test: broken\n",
                        "<4>vigie.test: odd\n",
                        "<6>vigie.test: as it should be\n",
                        "<7>vigie.test: detail\n");
    }

    @Test
    void each_line_of_what_was_thrown_has_the_priority_too() {
        String lines = line(Level.ERROR, "broken", new IOException("a pipe"));
        assertThat(lines).startsWith("<3>vigie.test: broken\n<3>java.io.IOException: a pipe\n");
        assertThat(lines.lines()).allMatch(line -> line.startsWith("<3>"));
    }

    @Test
    void a_stream_is_the_journal_only_where_the_variable_names_that_very_stream(
            @TempDir Path folder) throws IOException {
        Path stream = Files.createFile(folder.resolve("stream"));
        Path other = Files.createFile(folder.resolve("other"));
        String named =
                Files.getAttribute(stream, "unix:dev")
                        + ":"
                        + Files.getAttribute(stream, "unix:ino");
        assertThat(
                        List.of(
                                Journal.isStream(Map.of("JOURNAL_STREAM", named), stream),
                                Journal.isStream(Map.of("JOURNAL_STREAM", named), other),
                                Journal.isStream(Map.of(), stream),
                                Journal.isStream(
                                        Map.of("JOURNAL_STREAM", named), folder.resolve("none"))))
                .containsExactly(true, false, false, false);
    }

    private static String line(Level level, String message, @Nullable Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LoggingEvent event =
                new LoggingEvent(
                        "vigie",
                        context.getLogger("vigie.test"),
                        level,
                        message,
                        thrown,
                        new Object[0]);
        return new Journal().doLayout(event);
    }
}
