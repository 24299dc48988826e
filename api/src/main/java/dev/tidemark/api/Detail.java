package dev.tidemark.api;

import java.util.Locale;

/** The names of the details that an error carries. */
public enum Detail {
  /** The argument that was refused. */
  ARGUMENT,
  /** What is wrong. */
  PROBLEM,
  /** What to do about it. */
  REMEDY,
  /** The document. */
  DOCUMENT,
  /** The operation. */
  OPERATION,
  /** The node. */
  NODE,
  /** The parent. */
  PARENT,
  /** The position in the log. */
  POSITION,
  /** The peer whose progress is meant. */
  PEER,
  /** The store's URI, without secrets. */
  STORE,
  /** The scheme of the store's URI. */
  SCHEME,
  /** The backends that were found. */
  FOUND,
  /** The Maven artifact to add. */
  ARTIFACT,
  /** The file. */
  FILE,
  /** The line. */
  LINE,
  /** What was expected. */
  EXPECTED,
  /** What was there. */
  ACTUAL,
  /** The limit that was passed. */
  LIMIT,
  /** The engine's SQLSTATE. */
  SQLSTATE,
  /** The engine's own error code. */
  VENDOR_CODE,
  /** How often the call was tried. */
  ATTEMPTS;

  /**
   * Returns the name as it stands in messages.
   *
   * @return lower case
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
