package dev.kstack.checks.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file cannot be read or written, in words; many of Java's messages are only its name. */
public final class Trouble {
  private Trouble() {}

  /** Why, without the name of a class. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file or folder";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof DirectoryNotEmptyException) {
      return "a folder is in the way";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something else is in the way";
    }
    if (e instanceof NotDirectoryException) {
      return "not a folder";
    }
    if (e instanceof CharacterCodingException) {
      return "not text in UTF-8";
    }
    if (e instanceof FileSystemException f) {
      return f.getReason() == null ? "the file system refuses" : lower(f.getReason());
    }
    return e.getMessage() == null ? "it fails" : lower(e.getMessage());
  }

  private static String lower(String reason) {
    return Character.toLowerCase(reason.charAt(0)) + reason.substring(1);
  }
}
