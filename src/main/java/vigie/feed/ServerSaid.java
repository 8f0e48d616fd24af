package vigie.feed;

import java.io.IOException;
import java.io.Serial;

/** What a server answers in place of the log. The message is its own text, without SQL. */
final class ServerSaid extends IOException {
    @Serial private static final long serialVersionUID = 1L;

    private final int code;
    private final String state;
    private final boolean aboutLogin;

    /**
     * @param code MariaDB's error number; 0 where the client itself refuses
     * @param state the SQLSTATE; may be empty
     * @param aboutLogin whether it was said before the login was through
     */
    ServerSaid(String text, int code, String state, boolean aboutLogin) {
        super(text);
        this.code = code;
        this.state = state;
        this.aboutLogin = aboutLogin;
    }

    int code() {
        return code;
    }

    String state() {
        return state;
    }

    boolean isAboutLogin() {
        return aboutLogin;
    }
}
