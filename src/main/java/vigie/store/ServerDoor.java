package vigie.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of a server without an account: whether its name is known, whether something
 * listens there, what it calls itself, which certificate it has. A closed type, one record for each
 * way it can end.
 */
public sealed interface ServerDoor {
    /** Each of the steps ends after this long. */
    Duration PATIENCE = Connector.CONNECT_TIMEOUT;

    /** No host of that name is known, or the name service does not answer. */
    record UnknownName() implements ServerDoor {}

    /**
     * Nothing can be reached there.
     *
     * @param addresses the host's, at least one
     * @param why as the network says it
     */
    record Shut(List<String> addresses, Why why) implements ServerDoor {
        public Shut {
            addresses = List.copyOf(addresses);
        }
    }

    /** Why nothing can be reached. */
    enum Why {
        /** The machine answers that nothing listens at that port. */
        NOTHING_LISTENS,
        /** Nobody answers at all. */
        NO_ANSWER,
        /** The network knows no way there. */
        NO_WAY
    }

    /**
     * Something listens, and it does not speak as MariaDB does within {@link #PATIENCE}.
     *
     * @param silent whether it says nothing at all, as a frozen server does
     */
    record Stranger(List<String> addresses, boolean silent) implements ServerDoor {
        public Stranger {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * The server answers, and lets nobody from here in.
     *
     * @param code MariaDB's error number
     */
    record Refusing(List<String> addresses, int code) implements ServerDoor {
        public Refusing {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A server that lets us try.
     *
     * @param addresses the host's, the one that was asked first
     * @param roundTrip of the TCP connection, by this machine's monotonic clock
     * @param version as the server greets, {@code 10.11.19-MariaDB}
     * @param offersTls whether it can encrypt
     * @param certificate empty where it cannot, or where no encrypted connection came about
     */
    record Open(
            List<String> addresses,
            Duration roundTrip,
            String version,
            boolean offersTls,
            Optional<Certificate> certificate)
            implements ServerDoor {
        public Open {
            addresses = List.copyOf(addresses);
        }

        /** Whether the way leaves this machine. */
        public boolean isLocal() {
            try {
                return InetAddress.getByName(addresses.getFirst()).isLoopbackAddress();
            } catch (UnknownHostException impossible) {
                return false;
            }
        }
    }

    /**
     * What a server identifies itself with.
     *
     * @param sha256 its fingerprint
     * @param selfSigned whether no authority stands behind it
     * @param trusted whether an authority that this Java trusts does; its name is not looked at
     * @param until when it ends
     */
    record Certificate(Tls.Fingerprint sha256, boolean selfSigned, boolean trusted, Instant until) {
        /** What to add to the address so that only this certificate is believed. */
        public String option() {
            return "?ssl=fingerprint=" + sha256.sha256();
        }
    }

    /**
     * Looks, on the calling thread; ends within four times {@link #PATIENCE}. The server counts it
     * as one connection that did not log in.
     */
    static ServerDoor look(HostPort host) {
        return DoorLook.at(host);
    }
}
