package vigie.feed;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.network.SSLMode;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.store.DatabaseAddress;
import vigie.store.HostPort;
import vigie.store.Tls;
import vigie.store.TlsTrust;
import vigie.text.Sentence;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * One connection that streams the log. The library brings the protocol; it is not asked to keep
 * alive, to reconnect or to count positions, all of which it does at the cost of lost rows.
 */
final class StreamClient {
    /** How often an idle server says that it is there. */
    static final Duration HEARTBEAT = Duration.ofSeconds(1);

    /** Silence for this long means that the connection is dead, whatever TCP says. */
    static final Duration SILENCE = Duration.ofSeconds(3);

    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** Kept, because an unreferenced logger forgets its level. */
    private static final java.util.logging.Logger LIBRARY =
            java.util.logging.Logger.getLogger("com.github.shyiko");

    static {
        // It logs positions at each connect, and events that it could not deliver with their data.
        LIBRARY.setLevel(Level.SEVERE);
    }

    /** Takes events; what it throws ends the connection. */
    interface Taker {
        void take(BinlogEvent event) throws StreamFault;
    }

    /**
     * Why a connection ended.
     *
     * @param fault what the taker threw, or an event that cannot be read
     * @param error what the network or the server said
     */
    record End(Optional<StreamFault> fault, Optional<Exception> error) {}

    private final BinaryLogClient client;
    private final HostPort host;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;
    private @Nullable StreamFault fault;
    private @Nullable Exception error;

    /**
     * @param serverId unique among all that read this server's log
     * @param firstSilence how long the server may take to find the beginning
     * @param untilEnd whether to stop at the log's present end instead of waiting for more
     */
    StreamClient(
            DatabaseAddress address,
            HostPort host,
            StreamStart start,
            long serverId,
            Duration firstSilence,
            boolean untilEnd) {
        this.host = host;
        client =
                new BinaryLogClient(
                        host.host(), host.port(), address.user(), address.password().reveal());
        client.setServerId(serverId);
        client.setBlocking(!untilEnd);
        client.setKeepAlive(false);
        client.setHeartbeatInterval(HEARTBEAT.toMillis());
        client.setConnectTimeout(SILENCE.toMillis());
        client.setEventDeserializer(new WholeEventDeserializer());
        client.setThreadFactory(
                work -> Thread.ofPlatform().daemon().name("vigie-feed-helper").unstarted(work));
        client.setSocketFactory(() -> open(firstSilence));
        encrypt(address.tls());
        switch (start) {
            case StreamStart.AtGtid(GtidPosition position) -> {
                if (position.isEmpty()) {
                    throw new IllegalArgumentException("an empty position means now");
                }
                client.setGtidSet(position.toString());
            }
            case StreamStart.AtFile(String file, long offset) -> {
                client.setBinlogFilename(file);
                client.setBinlogPosition(offset);
            }
        }
    }

    private Socket open(Duration firstSilence) throws SocketException {
        Socket fresh = new Socket();
        fresh.setTcpNoDelay(true);
        fresh.setKeepAlive(true);
        fresh.setSoTimeout((int) firstSilence.toMillis());
        socket = fresh;
        return fresh;
    }

    private void encrypt(Tls tls) {
        if (tls instanceof Tls.Off) {
            client.setSSLMode(SSLMode.DISABLED);
            return;
        }
        boolean verify = tls instanceof Tls.Verify;
        SSLContext context = TlsTrust.context(tls);
        // Names are compared by the JDK's own rule in the handshake.
        client.setSSLMode(SSLMode.REQUIRED);
        client.setSslSocketFactory(plain -> {
            try {
                SSLSocket secure =
                        (SSLSocket)
                                context.getSocketFactory()
                                        .createSocket(plain, host.host(), host.port(), true);
                if (verify) {
                    SSLParameters parameters = secure.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    secure.setSSLParameters(parameters);
                }
                return secure;
            } catch (IOException failed) {
                SocketException refused = new SocketException("no TLS");
                refused.initCause(failed);
                throw refused;
            }
        });
    }

    /** Streams on the calling thread until the connection ends. */
    End run(Taker taker) {
        client.registerEventListener(event -> take(event, taker));
        client.registerLifecycleListener(
                new BinaryLogClient.AbstractLifecycleListener() {
                    @Override
                    public void onCommunicationFailure(BinaryLogClient from, Exception reason) {
                        error = reason;
                    }

                    @Override
                    public void onEventDeserializationFailure(
                            BinaryLogClient from, Exception reason) {
                        end(
                                new StreamFault(
                                        StreamFault.Remedy.RETRY,
                                        Sentence.of("feed.undecodable"),
                                        "event not read: " + reason.getMessage(),
                                        reason));
                    }
                });
        try {
            if (!aborted) {
                client.connect();
            }
        } catch (IOException refused) {
            error = refused;
        } catch (RuntimeException broken) {
            // The library parses the server's greeting without checks.
            error = broken;
        } finally {
            close();
        }
        return new End(Optional.ofNullable(fault), Optional.ofNullable(error));
    }

    private void take(Event event, Taker taker) {
        if (fault == null && event.getData() instanceof BinlogEvent binlogEvent) {
            try {
                taker.take(binlogEvent);
            } catch (StreamFault cannotGoOn) {
                end(cannotGoOn);
            }
        }
    }

    private void end(StreamFault reason) {
        if (fault == null) {
            fault = reason;
        }
        try {
            client.disconnect();
        } catch (IOException closing) {
            LOG.debug("while disconnecting", closing);
        }
    }

    /** The stream has begun: from now on silence is short. */
    void begun() {
        Socket open = socket;
        try {
            if (open != null) {
                open.setSoTimeout((int) SILENCE.toMillis());
            }
        } catch (SocketException closed) {
            LOG.debug("while shortening the silence", closed);
        }
    }

    /** Ends the connection. Any thread; returns at once. */
    void abort() {
        aborted = true;
        close();
    }

    private void close() {
        Socket open = socket;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException closing) {
            LOG.debug("while closing", closing);
        }
    }
}
