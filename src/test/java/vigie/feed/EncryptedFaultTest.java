package vigie.feed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import vigie.store.testing.ServerVersion;
import vigie.text.Fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** Debian's server only: the embedded one has no plug-in that keeps keys. */
@ExtendWith(FaultTable.class)
class EncryptedFaultTest {
    @Test
    void row_17_an_encrypted_log_is_followed_like_any_other(@TempDir Path folder)
            throws Fault, IOException, SQLException {
        String plugins = ServerVersion.pluginFolder("file_key_management.so");
        Path keys = folder.resolve("keys");
        Files.writeString(
                keys, "1;a7addd9adea9978fda19f21e6be987880e68ac92632ca052e5bb42b1a506939a\n");
        try (PrivateServer server =
                        PrivateServer.start(
                                ServerVersion.DEBIAN,
                                folder.resolve("server"),
                                plugins,
                                "--plugin-load-add=file_key_management",
                                "--file-key-management-filename=" + keys,
                                "--encrypt-binlog=ON");
                Followed followed = Followed.live(server)) {
            followed.write(10);
            server.execute("FLUSH BINARY LOGS");
            followed.write(5);
            server.killDumpThreads();
            followed.write(5);
            followed.assertExactWithoutResync();
        }
    }
}
