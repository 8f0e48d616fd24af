package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

class LoggingTest {
    @TempDir Path folder;

    @Test
    void a_log_that_is_no_file_is_left_alone() throws Exception {
        assertThat(Logging.mayBeWritten(folder)).isFalse();
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThat(Logging.mayBeWritten(pipe)).isFalse();
    }

    @Test
    void a_log_is_written_where_there_is_one_or_none_yet() throws Exception {
        assertThat(Logging.mayBeWritten(folder.resolve("vigie.log"))).isTrue();
        assertThat(Logging.mayBeWritten(Files.createFile(folder.resolve("vigie.log")))).isTrue();
    }
}
