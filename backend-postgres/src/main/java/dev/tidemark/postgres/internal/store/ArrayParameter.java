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
import java.util.stream.Stream;

/**
 * An array as a parameter, for a connection that cannot make one. PostgreSQL's driver, wherever it
 * stands behind, takes the name of the type and the text. Handed over as a text alone, the array
 * would be read anew for each row that it is compared with: the cast of a text to an array is no
 * constant to the server.
 */
final class ArrayParameter implements Array {
  private final String typeName;
  private final int type;
  private final Object[] values;
  private final String text;

  private ArrayParameter(String typeName, int type, Object[] values, Stream<String> texts) {
    this.typeName = typeName;
    this.type = type;
    this.values = values;
    this.text = texts.collect(Collectors.joining(",", "{", "}"));
  }

  static ArrayParameter of(byte[][] values) {
    HexFormat hex = HexFormat.of();
    return new ArrayParameter(
        "bytea",
        Types.BINARY,
        values,
        Arrays.stream(values).map(value -> "\"\\\\x" + hex.formatHex(value) + '"'));
  }

  static ArrayParameter of(Long[] values) {
    return new ArrayParameter(
        "int8", Types.BIGINT, values, Arrays.stream(values).map(String::valueOf));
  }

  @Override
  public String toString() {
    return text;
  }

  @Override
  public String getBaseTypeName() {
    return typeName;
  }

  @Override
  public int getBaseType() {
    return type;
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
