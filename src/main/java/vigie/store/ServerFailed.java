package vigie.store;

import java.io.Serial;

/** The server ended or never came up; why is in its log. */
final class ServerFailed extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    ServerFailed(String message) {
        super(message);
    }
}
