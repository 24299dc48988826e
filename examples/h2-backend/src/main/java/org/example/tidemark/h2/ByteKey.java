package org.example.tidemark.h2;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Bytes that are equal when their content is, to find what a row was asked for by. */
record ByteKey(ByteBuffer bytes) {
  static ByteKey of(ResultSet row) throws SQLException {
    return new ByteKey(ByteBuffer.wrap(row.getBytes(1)));
  }

  static <T> Map<ByteKey, T> index(Collection<T> values, Function<T, byte[]> key) {
    Map<ByteKey, T> byKey = new HashMap<>();
    values.forEach(value -> byKey.put(new ByteKey(ByteBuffer.wrap(key.apply(value))), value));
    return byKey;
  }
}
