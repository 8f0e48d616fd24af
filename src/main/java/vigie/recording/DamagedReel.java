package vigie.recording;

import org.jspecify.annotations.Nullable;

/** Bytes that were taken for a packed reel and are none. */
public final class DamagedReel extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedReel(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
