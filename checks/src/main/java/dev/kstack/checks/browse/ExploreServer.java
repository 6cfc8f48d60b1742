package dev.kstack.checks.browse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.explore.SearchResult.Counterexample.Step;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.html.Page;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.StoredTrace;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves the explorer's page, on 127.0.0.1 and nowhere else. Only who knows the token in its
 * address gets anything. Other pages in the same browser do not know it; those that have their name
 * resolve to 127.0.0.1 are told by the Host that they ask for.
 */
public final class ExploreServer implements AutoCloseable {
  private static final int TOKEN_BYTES = 16;
  private static final int THREADS = 4;
  private static final int MOST_BYTES = 8 << 20;
  private static final int SECONDS_TO_STOP = 1;

  private final Tour tour;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final String token;
  private final String host;
  private final String policy = Page.ofExplorer().policy() + "; frame-ancestors 'none'";
  private final Semaphore search = new Semaphore(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ObjectMapper mapper = new ObjectMapper();

  private ExploreServer(Tour tour) throws IOException {
    this.tour = tour;
    byte[] secret = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(secret);
    token = HexFormat.of().formatHex(secret);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    host = "127.0.0.1:" + server.getAddress().getPort();
    server.createContext("/", this::answer);
    server.setExecutor(threads);
  }

  /**
   * Begins to serve, at a free port.
   *
   * @param budget of each search for a violation
   * @param begin a trace of this machine to begin with; null for none
   * @throws IOException if there is no port
   * @throws dev.kstack.checks.report.UsageException if the trace is of another machine
   */
  public static ExploreServer start(
      Job job,
      Catalogue catalogue,
      Budget budget,
      ModelSources sources,
      @Nullable StoredTrace begin)
      throws IOException {
    ImmutableList<Step> first = begin == null ? ImmutableList.of() : Tour.stepsOf(begin, job);
    ExploreServer server = new ExploreServer(new Tour(job, catalogue, budget, sources, first));
    server.server.start();
    return server;
  }

  /** Where the page is, with the token: for the user alone. */
  public String address() {
    return "http://%s/%s/".formatted(host, token);
  }

  /** Waits until the page was told to stop, but no longer; true if it was. */
  public boolean awaitStop(long milliseconds) throws InterruptedException {
    return stopped.await(milliseconds, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    server.stop(SECONDS_TO_STOP);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        String what = admitted(exchange);
        if (what.isEmpty()) {
          demand(exchange, "GET");
          send(exchange, 200, "text/html; charset=utf-8", tour.page());
        } else {
          demand(exchange, "POST");
          send(exchange, 200, "application/json", act(what, body(exchange)).toString());
        }
      } catch (Refusal e) {
        send(exchange, e.status(), "application/json", complaint(e.getMessage()));
      } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
        // One request fails, the server lives on.
        send(exchange, 500, "application/json", complaint("an error in kstack itself: " + e));
      }
    }
  }

  private String complaint(String message) {
    return mapper.createObjectNode().put("error", message).toString();
  }

  /** What is asked for, behind the token. */
  private String admitted(HttpExchange exchange) throws Refusal {
    Headers headers = exchange.getRequestHeaders();
    if (!host.equals(headers.getFirst("Host"))) {
      throw new Refusal(403, "this is served at 127.0.0.1 only, under no other name");
    }
    String origin = headers.getFirst("Origin");
    if (origin != null && !origin.equals("http://" + host)) {
      throw new Refusal(403, "another page may not ask here");
    }
    String path = exchange.getRequestURI().getPath();
    int end = path.indexOf('/', 1);
    String given = end < 0 ? "" : path.substring(1, end);
    if (!MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8))) {
      throw new Refusal(403, "the address needs the token that kstack printed");
    }
    return path.substring(end + 1);
  }

  private static void demand(HttpExchange exchange, String method) throws Refusal {
    if (!exchange.getRequestMethod().equals(method)) {
      throw new Refusal(405, "here only %s is understood".formatted(method));
    }
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (method.equals("POST") && !"application/json".equals(type)) {
      throw new Refusal(415, "the request must be application/json");
    }
  }

  private JsonNode body(HttpExchange exchange) throws Refusal, IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && length.length() > 7 && Long.parseLong(length) > MOST_BYTES) {
      throw tooLarge();
    }
    try (InputStream in = exchange.getRequestBody()) {
      byte[] bytes = in.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw tooLarge();
      }
      JsonNode body = mapper.readTree(bytes);
      if (!body.isObject()) {
        throw new Refusal(400, "the request is no object of JSON");
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "the request is not JSON");
    }
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "a request has at most %,d bytes".formatted(MOST_BYTES));
  }

  private ObjectNode act(String what, JsonNode body) throws Refusal {
    switch (what) {
      case "look":
        return tour.look(PathJson.read(body.path("steps")), body.path("from").asInt());
      case "nearest":
        return nearest(body);
      case "trace":
        return tour.trace(PathJson.read(body.path("steps")), body.path("property").asText());
      case "open":
        return tour.open(body.path("trace").asText());
      case "stop":
        stopped.countDown();
        return mapper.createObjectNode();
      default:
        throw new Refusal(404, "there is nothing of that name");
    }
  }

  private ObjectNode nearest(JsonNode body) throws Refusal {
    if (!search.tryAcquire()) {
      throw new Refusal(409, "a search is under way; one at a time");
    }
    try {
      return tour.nearest(PathJson.read(body.path("steps")), body.path("property").asText());
    } finally {
      search.release();
    }
  }

  private void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type);
    headers.set("Content-Security-Policy", policy);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
