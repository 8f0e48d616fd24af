package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Tells systemd that this process still runs, where its unit has a {@code WatchdogSec}: one that is
 * frozen as a whole cannot see that by itself. A window that stands while its process runs is seen
 * by the wall's own watchdog. Java has no datagrams on the socket that systemd listens at, so the C
 * library is called.
 */
final class Lifeline {
    private static final Logger LOG = LoggerFactory.getLogger(Lifeline.class);

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;

    /** The longest name that {@code sockaddr_un} has room for. */
    private static final int LONGEST = 107;

    private Lifeline() {}

    /**
     * How often to tell, which is three times in the patience that systemd has; empty where it does
     * not wait for this process.
     *
     * @param process the number of this process
     */
    static Optional<Duration> every(Map<String, String> environment, long process) {
        String meant = environment.getOrDefault("WATCHDOG_PID", "");
        if (!isName(environment.getOrDefault("NOTIFY_SOCKET", ""))
                || !(meant.isEmpty() || meant.equals(Long.toString(process)))) {
            return Optional.empty();
        }
        try {
            long micros = Long.parseLong(environment.getOrDefault("WATCHDOG_USEC", "0"));
            return micros > 0
                    ? Optional.of(Duration.of(micros, ChronoUnit.MICROS).dividedBy(3))
                    : Optional.empty();
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** Whether there can be a socket of that name. */
    private static boolean isName(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        return bytes > 0 && bytes <= LONGEST;
    }

    /** Tells from now on until the process ends, on a thread of its own; never throws. */
    static void hold(Map<String, String> environment) {
        every(environment, ProcessHandle.current().pid())
                .ifPresent(pause ->
                        Thread.ofPlatform()
                                .daemon()
                                .name("vigie-lifeline")
                                .start(() ->
                                        tell(
                                                environment.getOrDefault("NOTIFY_SOCKET", ""),
                                                pause)));
    }

    private static void tell(String socket, Duration pause) {
        try (Arena arena = Arena.ofConfined()) {
            Said said = new Said(arena, socket);
            while (true) {
                said.send("WATCHDOG=1");
                Thread.sleep(pause);
            }
        } catch (InterruptedException ending) {
            LOG.debug("systemd is not told any more");
        }
    }

    /** A socket to systemd. */
    static final class Said {
        private final MethodHandle sendto;
        private final int socket;
        private final MemorySegment address;

        /**
         * Opens it.
         *
         * @param name as {@code NOTIFY_SOCKET} has it: a path, or with {@code @} first a name apart
         *     from any file
         */
        @SuppressWarnings("restricted") // what calls C is: two functions whose forms do not change
        Said(Arena arena, String name) {
            Linker linker = Linker.nativeLinker();
            MethodHandle open =
                    linker.downcallHandle(
                            linker.defaultLookup().find("socket").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT));
            sendto =
                    linker.downcallHandle(
                            linker.defaultLookup().find("sendto").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            address = arena.allocateFrom(ValueLayout.JAVA_BYTE, address(name));
            try {
                socket = (int) open.invokeExact(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            } catch (Throwable impossible) { // the signature of invokeExact
                throw new IllegalStateException("no socket to systemd", impossible);
            }
        }

        /** Whether the whole text went out. */
        boolean send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            try (Arena once = Arena.ofConfined()) {
                MemorySegment content = once.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
                return (long)
                                sendto.invokeExact(
                                        socket,
                                        content,
                                        (long) bytes.length,
                                        0,
                                        address,
                                        (int) address.byteSize())
                        == bytes.length;
            } catch (Throwable impossible) { // the signature of invokeExact
                throw new IllegalStateException("systemd cannot be told", impossible);
            }
        }

        /** The {@code sockaddr_un} of a name, as long as it is: a name apart has no end mark. */
        static byte[] address(String name) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > LONGEST) {
                throw new IllegalArgumentException("longer than a socket's name: " + name);
            }
            boolean apart = name.startsWith("@");
            ByteBuffer all =
                    ByteBuffer.allocate(Short.BYTES + bytes.length + (apart ? 0 : 1))
                            .order(ByteOrder.nativeOrder())
                            .putShort((short) AF_UNIX)
                            .put(bytes);
            byte[] whole = Arrays.copyOf(all.array(), all.capacity());
            if (apart) {
                whole[Short.BYTES] = 0;
            }
            return whole;
        }
    }
}
