package vigie.store;

import vigie.text.Sentence;

import java.util.Locale;

/**
 * How an account proves who it is: MariaDB's authentication plug-ins, each under the names that the
 * server and its clients have for it.
 */
public enum LoginMethod {
    /** A password, proved by SHA-1: the only one that every client speaks. */
    NATIVE,
    /** MySQL's newer password; MariaDB has it since 11.8 as a plug-in. */
    CACHING_SHA2,
    /** MySQL's older SHA-256 password. */
    SHA256,
    /** A password, proved by an Ed25519 signature. */
    ED25519,
    /** A password, proved by a signature with a salted key. */
    PARSEC,
    /** Kerberos, or Windows' own. */
    GSSAPI,
    /** The name of the Linux user, on the server's machine only. */
    UNIX_SOCKET,
    /** The Linux machine's own log-in. */
    PAM,
    /** The name of the Windows user, on the server's machine only. */
    NAMED_PIPE,
    /** A password from before 2004. */
    OLD,
    /** None that we know. */
    OTHER;

    /** The method of this plug-in's name; {@link #OTHER} for one that we do not know. */
    public static LoginMethod named(String plugin) {
        return switch (plugin.strip().toLowerCase(Locale.ROOT)) {
            case "mysql_native_password" -> NATIVE;
            case "caching_sha2_password" -> CACHING_SHA2;
            case "sha256_password" -> SHA256;
            case "ed25519", "client_ed25519" -> ED25519;
            case "parsec" -> PARSEC;
            case "gssapi", "auth_gssapi", "auth_gssapi_client" -> GSSAPI;
            case "unix_socket", "auth_socket" -> UNIX_SOCKET;
            case "pam", "auth_pam", "dialog", "mysql_clear_password" -> PAM;
            case "named_pipe", "auth_named_pipe" -> NAMED_PIPE;
            case "mysql_old_password" -> OLD;
            default -> OTHER;
        };
    }

    /** Whether the binlog's client can log in by it. */
    public boolean readsBinlog() {
        return this == NATIVE || this == CACHING_SHA2;
    }

    /**
     * The method within a sentence, "by …".
     *
     * @param plugin the name that the server gave, for one that we do not know
     */
    public Sentence sentence(String plugin) {
        return this == OTHER
                ? Sentence.of("store.method.other", plugin)
                : Sentence.of("store.method." + name().toLowerCase(Locale.ROOT));
    }
}
