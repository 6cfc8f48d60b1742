package dev.kstack.checks.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kstack.checks.explore.Budget;
import dev.kstack.checks.html.ModelSources;
import dev.kstack.checks.report.Catalogue;
import dev.kstack.checks.report.Job;
import dev.kstack.checks.report.Replay;
import dev.kstack.checks.report.SizeOptions;
import dev.kstack.checks.report.StoredTrace;
import dev.kstack.checks.report.Subject;
import dev.kstack.model.design.Designs;
import dev.kstack.model.hardware.Hardware;
import dev.kstack.model.kernel.Assumptions;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server of the explorer's page, asked by those who should and by those who should not. */
class ExploreServerTest {
  private static final Catalogue CATALOGUE = new Catalogue(Designs.ALL);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private ExploreServer server;
  private URI page;

  @BeforeEach
  void start() throws IOException {
    server =
        ExploreServer.start(
            job(),
            CATALOGUE,
            new Budget(1_000_000, 60, 1L << 30),
            ModelSources.ofThisBuild(),
            null);
    page = URI.create(server.address());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  static Job job() {
    Subject subject = CATALOGUE.find("switch-out+H8");
    return new Job(subject, Assumptions.of(Hardware.MANUALS), SizeOptions.NONE.of(subject));
  }

  private HttpResponse<String> post(String what, JsonNode body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(page.resolve(what))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()))
            .build(),
        BodyHandlers.ofString());
  }

  private JsonNode ask(String what, JsonNode body) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(what, body);
    assertEquals(200, answer.statusCode(), answer::body);
    return mapper.readTree(answer.body());
  }

  private ObjectNode path(JsonNode steps) {
    ObjectNode body = mapper.createObjectNode();
    body.set("steps", steps);
    return body;
  }

  private int status(URI address) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
        .statusCode();
  }

  private void assertLives() throws IOException, InterruptedException {
    assertEquals(200, status(page));
  }

  /** What a client writes by itself is answered with that status. */
  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", page.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      byte[] bytes = socket.getInputStream().readNBytes(12);
      return new String(bytes, StandardCharsets.US_ASCII);
    }
  }

  @Test
  void withoutTheTokenNothing() throws Exception {
    assertEquals(403, status(page.resolve("/")));
    assertEquals(403, status(page.resolve("/look")));
    String wrong = page.getPath().replaceAll("[0-9a-f]", "0");
    assertEquals(403, status(page.resolve(wrong)));
    assertLives();
  }

  @Test
  void underAnotherNameNothing() throws IOException, InterruptedException {
    String get = "GET " + page.getPath() + " HTTP/1.1\r\nConnection: close\r\nHost: ";
    assertEquals("HTTP/1.1 403", raw(get + "evil.example:" + page.getPort() + "\r\n\r\n"));
    assertEquals("HTTP/1.1 403", raw(get + "localhost:" + page.getPort() + "\r\n\r\n"));
    assertEquals("HTTP/1.1 200", raw(get + "127.0.0.1:" + page.getPort() + "\r\n\r\n"));
    assertLives();
  }

  @Test
  void anotherPageMayNotAsk() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(page.resolve("look"))
            .POST(BodyPublishers.ofString("{\"steps\":[]}"));
    int foreign =
        client
            .send(
                request
                    .copy()
                    .header("Origin", "https://evil.example")
                    .header("Content-Type", "application/json")
                    .build(),
                BodyHandlers.discarding())
            .statusCode();
    assertEquals(403, foreign);
    int simple =
        client
            .send(
                request.copy().header("Content-Type", "text/plain").build(),
                BodyHandlers.discarding())
            .statusCode();
    assertEquals(415, simple, "what a form could send");
  }

  @Test
  void aHundredMegabytesAreRefused() throws Exception {
    String head =
        "POST %slook HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n"
            .formatted(page.getPath(), page.getPort());
    assertEquals("HTTP/1.1 413", raw(head + "Content-Length: 104857600\r\n\r\n{"));
    assertEquals("HTTP/1.1 413", sendChunks(head + "Transfer-Encoding: chunked\r\n\r\n", 100));
    assertLives();
  }

  /** Megabytes without saying how many, until the server answers or has enough. */
  private String sendChunks(String head, int megabytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", page.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] chunk =
          ("100000\r\n" + " ".repeat(1 << 20) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      try {
        for (int i = 0; i < megabytes && socket.getInputStream().available() == 0; i++) {
          out.write(chunk);
        }
      } catch (SocketException enough) {
        assertTrue(enough.getMessage() != null);
      }
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void nonsenseIsRefusedInOneLine() throws IOException, InterruptedException {
    for (String body :
        new String[] {
          "",
          "[]",
          "{",
          "{\"steps\":7}",
          "{\"steps\":[[]]}",
          "{\"steps\":[[99]]}",
          "{\"steps\":[[-1]]}",
          "{\"steps\":[[0,77]]}",
          "{\"steps\":[[\"<b>\"]]}",
          "[".repeat(100_000)
        }) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(page.resolve("look"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      assertEquals(400, answer.statusCode(), body + " -> " + answer.body());
      assertFalse(mapper.readTree(answer.body()).path("error").asText().contains("\n"));
    }
    assertEquals(404, post("nothing", mapper.createObjectNode()).statusCode());
    assertLives();
  }

  @Test
  void boundToLoopbackAlone() throws IOException {
    assertEquals("127.0.0.1", page.getHost());
    for (NetworkInterface net : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (var address : Collections.list(net.getInetAddresses())) {
        if (address instanceof Inet4Address && !address.isLoopbackAddress()) {
          assertThrows(
              ConnectException.class,
              () -> {
                try (Socket socket = new Socket()) {
                  socket.connect(new InetSocketAddress(address, page.getPort()), 2_000);
                }
              });
        }
      }
    }
  }

  /** The way to the nearest violation, step by step, and as a trace that replay confirms. */
  @Test
  void thePathToTheNearestViolationIsATrace() throws IOException, InterruptedException {
    ObjectNode from = path(mapper.createArrayNode()).put("property", "no-stack-fault");
    JsonNode steps = ask("nearest", from).get("steps");

    JsonNode shown = ask("look", path(steps)).get("steps");
    assertEquals(steps.size(), shown.size());
    assertTrue(shown.get(shown.size() - 1).get("r").toString().contains("no-stack-fault"));

    JsonNode trace = ask("trace", path(steps).put("property", "no-stack-fault"));
    assertTrue(trace.get("shows").asBoolean());
    Replay replay = Replay.of(StoredTrace.parse(trace.get("trace").asText(), CATALOGUE));
    assertTrue(replay.confirmed(), replay.text());
    assertEquals(
        steps,
        ask("open", mapper.createObjectNode().put("trace", trace.get("trace").asText()))
            .get("steps"));
  }

  /** Every step that is offered can be taken, and leads to the state that was shown. */
  @Test
  void whatIsOfferedCanBeTaken() throws IOException, InterruptedException {
    var steps = mapper.createArrayNode();
    for (int depth = 0; depth < 12; depth++) {
      JsonNode ahead = ask("look", path(steps)).get("ahead");
      assertTrue(ahead.size() > 1, "there is a choice");
      for (JsonNode offer : ahead) {
        var longer = steps.deepCopy();
        longer.add(offer.get("step"));
        JsonNode taken = ask("look", path(longer).put("from", depth)).get("steps");
        assertEquals(offer.get("d"), taken.get(0).get("d"));
      }
      steps.add(ahead.get(depth % ahead.size()).get("step"));
    }
  }

  @Test
  void stopsWhenItIsTold() throws IOException, InterruptedException {
    assertFalse(server.awaitStop(1));
    ask("stop", mapper.createObjectNode());
    assertTrue(server.awaitStop(1_000));
    server.close();
    assertThrows(ConnectException.class, () -> status(page));
  }
}
