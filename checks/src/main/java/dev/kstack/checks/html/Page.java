package dev.kstack.checks.html;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * A page that is one file: its style, its script and its data are in it, and it may load and run
 * nothing else. What the data say is never read as markup: the script writes text only.
 */
public final class Page {
  private static final String TEMPLATE = text("page.html");
  private static final String STYLE = text("style.css");
  private static final String VIEW = text("view.js");

  private final String connect;
  private final String script;

  private Page(String connect, String script) {
    this.connect = connect;
    this.script = VIEW + text(script);
  }

  /** The report of a check, which talks to nobody. */
  static Page ofReport() {
    return new Page("'none'", "report.js");
  }

  /** The page of {@code kstack explore}, which talks to the server that it is from. */
  public static Page ofExplorer() {
    return new Page("'self'", "explore.js");
  }

  /** What the page may do, as the value of {@code Content-Security-Policy}. */
  public String policy() {
    return "default-src 'none'; script-src 'sha256-%s'; style-src 'sha256-%s'; connect-src %s;"
            .formatted(hash(script), hash(STYLE), connect)
        + " base-uri 'none'; form-action 'none'";
  }

  /** The page with its data. */
  public String with(ObjectNode data) {
    return TEMPLATE
        .replace("@POLICY@", policy())
        .replace("@STYLE@", STYLE)
        .replace("@SCRIPT@", script)
        .replace("@DATA@", embedded(data)); // last: nothing in it is replaced
  }

  /** In JSON these stand in strings only; as escapes they end no element and begin no comment. */
  private static String embedded(ObjectNode data) {
    return data.toString().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
  }

  private static String hash(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(String resource) {
    try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
