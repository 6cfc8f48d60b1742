package dev.kstack.checks.report;

/**
 * How wide what people read may be.
 *
 * @param columns of a terminal; 0 if output goes elsewhere
 */
public record Screen(int columns) {
  /** Set by the launcher, which can tell; Java cannot. */
  public static final String COLUMNS = "kstack.columns";

  private static final int MAIL = 80;
  private static final int READABLE = 120;
  private static final int PARAGRAPH = 100;
  private static final int LEAST = 60;

  /** Where this program's output goes. */
  public static Screen ofThisProgram() {
    return new Screen(Math.max(0, Integer.getInteger(COLUMNS, 0)));
  }

  /** Of sentences: what a mail or a log has, where nothing better is known. */
  public int ofText() {
    return columns == 0 ? MAIL : Math.max(LEAST, Math.min(READABLE, columns));
  }

  /** Of paragraphs around tables and traces that are that wide. */
  public int ofParagraphs() {
    return columns == 0 ? PARAGRAPH : Math.max(LEAST, Math.min(PARAGRAPH, columns));
  }

  /** Of the lines of a trace: as in the files, unless a terminal is narrower. */
  public int ofTraces() {
    return columns == 0 ? Integer.MAX_VALUE : Math.max(LEAST, columns);
  }

  /** Of tables, which people or programs look through: unlimited but on a terminal. */
  public int ofTables() {
    return columns == 0 ? Integer.MAX_VALUE : Math.max(LEAST, columns);
  }
}
