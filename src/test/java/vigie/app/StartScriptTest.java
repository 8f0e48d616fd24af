package vigie.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** The installed command, with a Java in its tree that only tells how it was called. */
class StartScriptTest {
    private static final Path SCRIPT = Path.of("jlink/root/opt/vigie/bin/vigie");

    @TempDir Path place;

    private String start(Map<String, String> environment) throws IOException, InterruptedException {
        Path home = Files.createDirectories(place.resolve("ein Platz"));
        Path script = Files.createDirectories(home.resolve("bin")).resolve("vigie");
        Files.copy(SCRIPT, script);
        Path java = Files.createDirectories(home.resolve("lib/runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$LC_ALL|$VIGIE_SYSTEM_LANG|$#\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder call = new ProcessBuilder("sh", script.toString(), "one two");
        call.redirectErrorStream(true)
                .environment()
                .keySet()
                .removeIf(name -> !name.equals("PATH"));
        call.environment().putAll(environment);
        Process process = call.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return said.strip();
    }

    @Test
    void a_locale_that_is_not_there_is_replaced_by_one_that_is_and_its_language_kept()
            throws Exception {
        assertThat(start(Map.of("LANG", "fr_XX.UTF-8"))).isEqualTo("C.UTF-8|fr_XX.UTF-8|8");
    }

    @Test
    void one_missing_part_of_the_locale_is_enough() throws Exception {
        assertThat(start(Map.of("LANG", "fr_XX.UTF-8", "LC_CTYPE", "C.UTF-8")))
                .isEqualTo("C.UTF-8|fr_XX.UTF-8|8");
    }

    @Test
    void a_locale_that_is_there_and_can_all_names_stays() throws Exception {
        assertThat(start(Map.of("LC_ALL", "C.UTF-8"))).isEqualTo("C.UTF-8||8");
    }
}
