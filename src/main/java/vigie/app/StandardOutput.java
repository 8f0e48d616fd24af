package vigie.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Whether anybody still reads our standard output. Writing would tell, but a quiet room may have
 * nothing to write for long; {@code poll(2)} tells without writing. Java has no other way to ask.
 */
final class StandardOutput {
    private static final Logger LOG = LoggerFactory.getLogger(StandardOutput.class);

    /** {@code struct pollfd { int fd; short events; short revents; }}. */
    private static final long SIZE = 8;

    private static final long EVENTS_AT = 4;
    private static final long REVENTS_AT = 6;
    private static final int DESCRIPTOR = 1;
    private static final int ERROR_OR_HANG_UP = 0x08 | 0x10;

    private static final Optional<MethodHandle> POLL = poll();

    private StandardOutput() {}

    @SuppressWarnings("restricted") // poll(2) with its own signature
    private static Optional<MethodHandle> poll() {
        String system = System.getProperty("os.name", "");
        if (!system.startsWith("Linux") && !system.startsWith("Mac")) {
            return Optional.empty();
        }
        try {
            Linker linker = Linker.nativeLinker();
            SymbolLookup lookup = linker.defaultLookup();
            return lookup.find("poll")
                    .map(address ->
                            linker.downcallHandle(
                                    address,
                                    FunctionDescriptor.of(
                                            ValueLayout.JAVA_INT,
                                            ValueLayout.ADDRESS,
                                            ValueLayout.JAVA_LONG,
                                            ValueLayout.JAVA_INT)));
        } catch (UnsupportedOperationException | IllegalCallerException notHere) {
            LOG.debug("no native calls: the reader's end shows at the next line", notHere);
            return Optional.empty();
        }
    }

    /** Whether its reader is gone for good; false where that cannot be told. */
    static boolean isAbandoned() {
        return POLL.isPresent() && isAbandoned(POLL.get());
    }

    private static boolean isAbandoned(MethodHandle poll) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocate(SIZE);
            asked.set(ValueLayout.JAVA_INT, 0, DESCRIPTOR);
            asked.set(ValueLayout.JAVA_SHORT, EVENTS_AT, (short) 0);
            int told = (int) poll.invokeExact(asked, 1L, 0);
            return told == 1
                    && (asked.get(ValueLayout.JAVA_SHORT, REVENTS_AT) & ERROR_OR_HANG_UP) != 0;
        } catch (Throwable impossible) { // the signature of invokeExact
            LOG.debug("poll failed", impossible);
            return false;
        }
    }
}
