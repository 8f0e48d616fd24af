package vigie.store;

import vigie.text.Fault;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the data of a new server: what {@code mariadb-install-db} does, less the help texts, the
 * {@code sys} and {@code test} schemas and the passwordless accounts, so that it takes one second.
 */
final class ServerSetUp {
    /** The account that rules the embedded server; only over loopback, only with its password. */
    static final String ROOT = "'root'@'127.0.0.1'";

    private static final List<String> SCRIPTS =
            List.of(
                    "share/mariadb_system_tables.sql",
                    "share/mariadb_performance_tables.sql",
                    "share/mariadb_system_tables_data.sql");
    private static final int LONGEST_SECONDS = 60;

    private ServerSetUp() {}

    /**
     * Makes the data folder. It appears under its name when it is whole; what a killed attempt left
     * is made anew.
     *
     * @param settings the words that the later server gets for its storage, less the data folder
     * @throws ServerFailed with what the server said
     */
    static void run(
            ServerFolder folder, ServerBinaries binaries, List<String> settings, Secret root)
            throws Fault, IOException, ServerFailed, InterruptedException {
        Path fresh = folder.newData();
        Trees.delete(fresh);
        OwnerOnly.folder(fresh);
        List<String> command = new ArrayList<>();
        command.add(binaries.program().toString());
        // Without this, option files of an installed MariaDB would be read.
        command.add("--no-defaults");
        command.add("--datadir=" + fresh);
        command.addAll(settings);
        command.add("--bootstrap");
        command.add("--skip-networking");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.log().toFile()))
                        .start();
        // It reads statements until its input ends, so it ends when this program does.
        try (OutputStream input = process.getOutputStream()) {
            input.write(statements(root).getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // The server said in its log why it stopped reading; its exit status is read below.
            process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        }
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new ServerFailed("the data of the server could not be made");
            }
        } finally {
            process.destroyForcibly();
        }
        Files.move(fresh, folder.data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String statements(Secret root) throws Fault, IOException {
        StringBuilder text = new StringBuilder();
        text.append("CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n");
        for (String script : SCRIPTS) {
            text.append(ServerBinaries.text(script)).append('\n');
        }
        // mariadb.sys owns the views over the tables of accounts and cannot log in.
        text.append("DELETE FROM mysql.global_priv WHERE User<>'mariadb.sys';\n");
        text.append("DELETE FROM mysql.proxies_priv;\n");
        text.append("FLUSH PRIVILEGES;\n");
        for (String statement : rootStatements(root)) {
            text.append(statement).append(";\n");
        }
        return text.toString();
    }

    /** Statements after which root has this password and every right. One per line, one each. */
    static List<String> rootStatements(Secret root) {
        return List.of(
                "CREATE USER IF NOT EXISTS " + ROOT + Accounts.identified(root),
                "ALTER USER " + ROOT + Accounts.identified(root),
                "GRANT ALL PRIVILEGES ON *.* TO " + ROOT + " WITH GRANT OPTION");
    }
}
