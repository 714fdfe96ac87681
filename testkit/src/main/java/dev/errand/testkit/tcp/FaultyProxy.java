package dev.errand.testkit.tcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A way to a server that fails on demand: a TCP proxy on loopback that can hold back, lose or cut
/// what passes through it.
///
/// At first everything flows. Thread-safe; each connection is carried by two virtual threads.
public final class FaultyProxy implements AutoCloseable {
  private final InetSocketAddress target;
  private final ServerSocket entrance;
  private final Gate gate = new Gate();
  private final Set<Link> links = ConcurrentHashMap.newKeySet();
  private final Thread porter;
  private volatile boolean refusing;

  private FaultyProxy(InetSocketAddress target, ServerSocket entrance) {
    this.target = target;
    this.entrance = entrance;
    this.porter =
        Thread.ofVirtual().name("faulty-proxy-" + entrance.getLocalPort()).unstarted(this::welcome);
  }

  /// Opens a proxy on a free port of 127.0.0.1 that leads to `target`, which need not listen yet.
  public static FaultyProxy to(InetSocketAddress target) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    FaultyProxy proxy = new FaultyProxy(target, new ServerSocket(0, 100, loopback));
    proxy.porter.start();
    return proxy;
  }

  /// The port to connect to on 127.0.0.1.
  public int port() {
    return entrance.getLocalPort();
  }

  /// How many connections are open through the proxy.
  public int connections() {
    return links.size();
  }

  /// Holds everything back, on connections that are open and on new ones, until [#resume]: like a
  /// network that is slow beyond all patience.
  public void stall() {
    gate.stall();
  }

  /// Takes everything and delivers nothing, on connections that are open and on new ones, until
  /// [#resume]; these connections stay dead even then: like a router that lost its memory.
  public void blackHole() {
    gate.loseEverything();
    links.forEach(Link::lose);
  }

  /// Cuts every connection and lets none through until [#resume]: like a server that is gone.
  public void refuse() {
    refusing = true;
    cut();
  }

  /// Lets everything flow again, first what was held back.
  public void resume() {
    refusing = false;
    gate.open();
  }

  /// Resets every connection that is open; new ones are none the worse for it.
  public void cut() {
    List.copyOf(links).forEach(Link::cut);
  }

  /// Cuts every connection and lets no more in.
  @Override
  public void close() throws IOException {
    refusing = true;
    entrance.close();
    awaitPorter();
    cut();
  }

  /// The port stays open until nobody waits at it any more.
  private void awaitPorter() {
    try {
      porter.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void welcome() {
    while (!entrance.isClosed()) {
      try {
        Socket client = entrance.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException _) {
        // The proxy was closed, or the client was gone before it was let in.
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Link link = new Link(client, server, gate, links::remove);
    links.add(link);
    gate.admit(link);
    if (refusing) {
      link.cut();
      return;
    }
    try {
      server.connect(target);
      link.carry();
    } catch (IOException _) {
      link.cut();
    }
  }
}
