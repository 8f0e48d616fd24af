package vigie.feed;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.ServerException;

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
final class StreamClient implements LogStream {
    private static final Logger LOG = LoggerFactory.getLogger(StreamClient.class);

    /** Kept, because an unreferenced logger forgets its level. */
    private static final java.util.logging.Logger LIBRARY =
            java.util.logging.Logger.getLogger("com.github.shyiko");

    static {
        // It logs positions at each connect, and events that it could not deliver with their data.
        LIBRARY.setLevel(Level.SEVERE);
    }

    private final BinaryLogClient client;
    private final HostPort host;
    private volatile @Nullable Socket socket;
    private volatile boolean aborted;
    private @Nullable StreamFault fault;
    private @Nullable Exception error;

    /** As {@link LogStream#of}. */
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

    @Override
    public End run(Taker taker) {
        client.registerEventListener(event -> take(event, taker));
        client.registerLifecycleListener(
                new BinaryLogClient.AbstractLifecycleListener() {
                    @Override
                    public void onCommunicationFailure(BinaryLogClient from, Exception reason) {
                        error = translated(reason);
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
            error = translated(refused);
        } catch (RuntimeException broken) {
            // The library parses the server's greeting without checks.
            error = broken;
        } finally {
            close();
        }
        return new End(Optional.ofNullable(fault), Optional.ofNullable(error));
    }

    /** In our own words, so that nobody else need know the library's. */
    private static Exception translated(Exception said) {
        if (!(said instanceof ServerException server)) {
            return said;
        }
        String state = server.getSqlState();
        ServerSaid ours =
                new ServerSaid(
                        String.valueOf(server.getMessage()),
                        server.getErrorCode(),
                        state == null ? "" : state,
                        server instanceof AuthenticationException);
        ours.initCause(server);
        return ours;
    }

    private void take(Event event, Taker taker) {
        BinlogEvent ours = WholeEventDeserializer.carried(event);
        if (fault == null && ours != null) {
            try {
                taker.take(ours);
            } catch (StreamFault cannotGoOn) {
                end(cannotGoOn);
            } catch (RuntimeException broken) {
                // The library would log it and go on behind the event.
                end(
                        new StreamFault(
                                StreamFault.Remedy.RETRY,
                                Sentence.of("feed.undecodable"),
                                "event not taken: " + broken,
                                broken));
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

    @Override
    public void begun() {
        Socket open = socket;
        try {
            if (open != null) {
                open.setSoTimeout((int) SILENCE.toMillis());
            }
        } catch (SocketException closed) {
            LOG.debug("while shortening the silence", closed);
        }
    }

    @Override
    public void abort() {
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
