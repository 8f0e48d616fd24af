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

    private static final String WHOLE = "as it was made";
    private static final String SUM =
            "10e3b64ab4d97b2ca3307d5902a3c83c77976b353c5270f1f9ff6ef65df5c546";

    @TempDir Path place;

    private String start(Map<String, String> environment) throws IOException, InterruptedException {
        return start(environment, "$LC_ALL|$VIGIE_SYSTEM_LANG|$#");
    }

    /** What Java would say, and how. */
    private String start(Map<String, String> environment, String says)
            throws IOException, InterruptedException {
        Path home = Files.createDirectories(place.resolve("ein Platz"));
        Path script = Files.createDirectories(home.resolve("bin")).resolve("vigie");
        Files.copy(SCRIPT, script);
        Path java = Files.createDirectories(home.resolve("lib/runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"" + says + "\"\n");
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

    private static final String CACHE = "$2|$VIGIE_DAMAGED";

    @Test
    void after_a_fault_of_java_a_cache_that_is_as_it_was_made_is_used() throws Exception {
        assertThat(start(afterFault(WHOLE), CACHE))
                .isEqualTo("-XX:AOTCache=" + place + "/ein Platz/lib/app/app.aot|");
        assertThat(place.resolve("state/vigie/java-fault.log")).doesNotExist();
        assertThat(place.resolve("state/vigie/java-fault.log.1")).exists();
    }

    @Test
    void after_a_fault_of_java_a_damaged_cache_is_told_and_not_used() throws Exception {
        Map<String, String> environment = afterFault("damaged");
        assertThat(start(environment, CACHE))
                .isEqualTo(
                        "-XX:AOTCache=%1$s/ein Platz/lib/app/none.aot|%1$s/ein Platz/lib/app/app.aot"
                                .formatted(place));
        assertThat(place.resolve("state/vigie/java-fault.log"))
                .as("the next start must know it too")
                .exists();
    }

    @Test
    void without_a_fault_nobody_reads_the_cache_before_java() throws Exception {
        Map<String, String> environment = afterFault("damaged");
        Files.delete(place.resolve("state/vigie/java-fault.log"));
        assertThat(start(environment, CACHE)).endsWith("app.aot|");
    }

    @Test
    void without_a_home_no_folder_is_made() throws Exception {
        assertThat(start(Map.of("LC_ALL", "C.UTF-8"), "$3"))
                .isEqualTo("-XX:ErrorFile=/nonexistent/vigie/java-fault.log");
        assertThat(Path.of("/nonexistent")).doesNotExist();
    }

    @Test
    void a_relative_folder_is_none_and_is_not_made_where_somebody_stands() throws Exception {
        assertThat(
                        start(
                                Map.of(
                                        "LC_ALL", "C.UTF-8",
                                        "HOME", place + "/home",
                                        "XDG_STATE_HOME", "relative"),
                                "$3|$(cd relative 2>/dev/null && pwd)"))
                .isEqualTo("-XX:ErrorFile=" + place + "/home/.local/state/vigie/java-fault.log|");
    }

    @Test
    void a_folder_with_a_percent_sign_is_named_as_java_reads_it() throws Exception {
        Map<String, String> environment =
                Map.of("LC_ALL", "C.UTF-8", "XDG_STATE_HOME", place + "/50%p");
        assertThat(start(environment, "$3"))
                .isEqualTo("-XX:ErrorFile=" + place + "/50%%p/vigie/java-fault.log");
        assertThat(place.resolve("50%p/vigie")).isDirectory();
    }

    /** A state folder with what Java wrote, and a cache with the sums of another text. */
    private Map<String, String> afterFault(String cache) throws IOException {
        Path app = Files.createDirectories(place.resolve("ein Platz/lib/app"));
        Files.writeString(app.resolve("app.aot"), cache);
        Files.writeString(app.resolve("app.aot.sha256"), SUM + "  app.aot\n");
        Path state = Files.createDirectories(place.resolve("state/vigie"));
        Files.writeString(state.resolve("java-fault.log"), "# A fatal error");
        return Map.of("LC_ALL", "C.UTF-8", "XDG_STATE_HOME", place.resolve("state").toString());
    }
}
