package dev.tidemark.postgres.internal.store;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An array of byte strings as a parameter, for a connection that cannot make one. PostgreSQL's
 * driver, wherever it stands behind, takes the name of the type and the text. Handed over as a text
 * alone, the array would be read anew for each row that it is compared with: the cast of a text to
 * an array is no constant to the server.
 */
final class ByteStrings implements Array {
  private final byte[][] values;

  ByteStrings(byte[][] values) {
    this.values = values;
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return Arrays.stream(values)
        .map(value -> "\"\\\\x" + hex.formatHex(value) + '"')
        .collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String getBaseTypeName() {
    return "bytea";
  }

  @Override
  public int getBaseType() {
    return Types.BINARY;
  }

  @Override
  public Object getArray() {
    return values;
  }

  @Override
  public Object getArray(Map<String, Class<?>> types) {
    return values;
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    throw parameterOnly();
  }

  @Override
  public Object getArray(long index, int count, Map<String, Class<?>> types) throws SQLException {
    throw parameterOnly();
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    throw parameterOnly();
  }

  @Override
  public ResultSet getResultSet(Map<String, Class<?>> types) throws SQLException {
    throw parameterOnly();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    throw parameterOnly();
  }

  @Override
  public ResultSet getResultSet(long index, int count, Map<String, Class<?>> types)
      throws SQLException {
    throw parameterOnly();
  }

  @Override
  public void free() {
    // Nothing but memory.
  }

  private static SQLException parameterOnly() {
    return new SQLFeatureNotSupportedException("the array is a parameter, not a result");
  }
}
