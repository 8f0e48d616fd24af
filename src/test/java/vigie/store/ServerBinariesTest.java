package vigie.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.EmbeddedMariaDb;
import vigie.text.Fault;
import vigie.text.Words;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

class ServerBinariesTest {
    @TempDir Path cache;

    @Test
    void programs_that_unpack_at_once_do_not_disturb_each_other() throws Exception {
        List<Future<ServerBinaries>> unpacked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int i = 0; i < 3; i++) {
                Callable<ServerBinaries> unpack = () -> ServerBinaries.in(cache, step -> {});
                unpacked.add(threads.submit(unpack));
            }
        }
        for (Future<ServerBinaries> one : unpacked) {
            assertThat(one.get().program()).isExecutable();
            assertThat(one.get().missingLibraries()).isEmpty();
        }
        assertThat(entries()).hasSize(1);
        assertThat(Files.size(unpacked.getFirst().get().program())).isLessThan(40L << 20);
    }

    @Test
    void what_was_cleared_or_left_half_done_is_put_right() throws Exception {
        ServerBinaries binaries = ServerBinaries.in(cache, step -> {});
        Files.delete(binaries.home().resolve("share/english/errmsg.sys"));
        Path dead = Files.createDirectory(cache.resolve("unpacking-999999999-123"));
        Path other =
                Files.createDirectory(
                        cache.resolve("unpacking-" + ProcessHandle.current().pid() + "-9"));
        Path foreign = Files.createDirectory(cache.resolve("unpacking-of-mine"));
        ServerBinaries.in(cache, step -> {});
        assertThat(binaries.home().resolve("share/english/errmsg.sys")).exists();
        assertThat(dead).doesNotExist();
        assertThat(other).exists();
        assertThat(foreign).exists();
    }

    @Test
    void a_missing_library_is_named_with_the_package_that_brings_it() throws Exception {
        ServerBinaries good = ServerBinaries.in(EmbeddedMariaDb.cache(), step -> {});
        // Another installation of the same program, linked against a library nobody has.
        ServerBinaries poor = new ServerBinaries(ServerBinaries.in(cache, step -> {}).home());
        byte[] program = Files.readAllBytes(good.program());
        replace(program, "libsystemd.so.0", "libaio.so.1\0\0\0\0");
        replace(program, "libcrypt.so.1", "libvigx.so.7\0");
        Files.write(poor.program(), program);
        Fault fault =
                catchThrowableOfType(
                        Fault.class,
                        () ->
                                EmbeddedServer.start(
                                                new EmbeddedServer.Options(
                                                        cache.resolve("db"),
                                                        cache,
                                                        false,
                                                        List.of()),
                                                step -> {})
                                        .close());
        List<String> missing = new ArrayList<>(poor.missingLibraries());
        assertThat(missing).contains("libvigx.so.7");
        assertThat(Words.in(Locale.ENGLISH).say(fault.sentence()))
                .isEqualTo(
                        "The embedded MariaDB misses libraries of the system ("
                                + String.join(", ", missing)
                                + "): apt-get install "
                                + ServerLog.packages(missing));
        assertThat(ServerLog.packages(List.of("libaio.so.1", "libvigx.so.7", "libaio.so.1")))
                .isEqualTo("libaio1 libvigx7");
    }

    private static void replace(byte[] program, String from, String to) {
        String text = new String(program, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(from + "\0");
        byte[] bytes = to.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, program, at, bytes.length);
    }

    private List<Path> entries() throws Exception {
        try (Stream<Path> entries = Files.list(cache)) {
            return entries.toList();
        }
    }
}
