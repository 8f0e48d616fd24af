package vigie.store.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import vigie.store.EmbeddedServer;
import vigie.store.Folders;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Gives tests a database on a real server, by parameter:
 *
 * <pre>
 * &#64;ExtendWith(EmbeddedMariaDb.class)
 * class FeedTest {
 *     &#64;Test
 *     void a_committed_row_arrives(TestDatabase database) { … }
 * }
 * </pre>
 *
 * <p>One server serves the whole test JVM; it starts with the first class that asks and ends with
 * the JVM. Its data lies under {@code target} and is used again by the next run. Each test class,
 * nested ones included, has a schema of its own, which is empty when the class starts and dropped
 * when it ends. The binlog starts anew with the JVM, and all classes write to it.
 *
 * <p>Tests that change the server itself (its settings, its life) start one of their own with
 * {@link #start}.
 */
public final class EmbeddedMariaDb implements ParameterResolver, AfterAllCallback {
    private static final Namespace NAMESPACE = Namespace.create(EmbeddedMariaDb.class);
    private static final int MOST_JVMS = 4;

    /** Where tests may put what the next run can use again. */
    public static final Path SHARED_FOLDER = Path.of("target", "test-server").toAbsolutePath();

    /** The user's cache: the unpacked program is the same for all checkouts. */
    public static Path cache() {
        return Folders.of(System.getenv()).cache();
    }

    /**
     * A server of the caller's own, who closes it.
     *
     * @param settings further words for the server
     */
    public static EmbeddedServer start(Path folder, String... settings) throws Fault {
        return EmbeddedServer.start(
                new EmbeddedServer.Options(folder, cache(), false, List.of(settings)), step -> {});
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestDatabase.class || type == EmbeddedServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        EmbeddedServer server = server(context);
        return parameter.getParameter().getType() == EmbeddedServer.class
                ? server
                : classStore(context)
                        .computeIfAbsent(
                                context.getRequiredTestClass(),
                                type -> create(server, context.getRequiredTestClass()),
                                TestDatabase.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestDatabase database =
                context.getStore(NAMESPACE)
                        .remove(context.getRequiredTestClass(), TestDatabase.class);
        if (database != null) {
            database.drop();
        }
    }

    private static Store classStore(ExtensionContext context) {
        ExtensionContext at = context;
        // A method's context has the class's as its parent; what is kept there lives as long as it.
        while (at.getTestMethod().isPresent() && at.getParent().isPresent()) {
            at = at.getParent().get();
        }
        return at.getStore(NAMESPACE);
    }

    private static EmbeddedServer server(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent("server", key -> new Shared(startShared()), Shared.class)
                .server();
    }

    private static EmbeddedServer startShared() {
        Fault last = null;
        // A second test JVM in the same checkout takes the next folder.
        for (int i = 1; i <= MOST_JVMS; i++) {
            try {
                EmbeddedServer server = start(SHARED_FOLDER.resolve(String.valueOf(i)));
                TestDatabase.clear(server);
                return server;
            } catch (Fault fault) {
                if (!fault.sentence().key().equals("store.server.busy")) {
                    throw new IllegalStateException(fault.sentence().toString(), fault);
                }
                last = fault;
            }
        }
        throw new IllegalStateException("all test servers are in use", last);
    }

    private static TestDatabase create(EmbeddedServer server, Class<?> type) {
        String words =
                type.getName()
                        .substring(type.getPackageName().length() + 1)
                        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                        .replaceAll("[^A-Za-z0-9]+", "_")
                        .toLowerCase(Locale.ROOT);
        String schema = "t_" + words;
        return TestDatabase.create(server, schema.substring(0, Math.min(60, schema.length())));
    }

    /** Closed by JUnit after the last test. */
    private record Shared(EmbeddedServer server) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }
}
