package dev.tidemark.postgres.internal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tidemark.postgres.internal.store.SqlFailures.Moment;
import dev.tidemark.spi.OpenMode;
import dev.tidemark.spi.OpenRequest;
import dev.tidemark.spi.StoreLocation;
import dev.tidemark.spi.StoreSchema;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A store that was found, checked and if need be created.
 *
 * @param name what it is called
 * @param options its parameters
 * @param sessions begins transactions
 * @param pool what is closed with the store; null where the connections are the application's
 * @param listening where a connection that listens comes from
 * @param isPlain whether PostgreSQL's own driver is used
 * @param isReadOnly whether writing is refused
 */
public record OpenedStore(
    StoreName name,
    StoreOptions options,
    Sessions sessions,
    @Nullable HikariDataSource pool,
    DataSource listening,
    boolean isPlain,
    boolean isReadOnly) {
  private static final long MAX_LIFETIME = TimeUnit.MINUTES.toMillis(30);
  private static final long IDLE_TIMEOUT = TimeUnit.MINUTES.toMillis(5);
  private static final long KEEPALIVE = TimeUnit.MINUTES.toMillis(2);

  /**
   * Opens a store on connections of its own.
   *
   * @param request which one, and how
   * @return the store
   * @throws dev.tidemark.api.TidemarkException as {@link dev.tidemark.spi.BackendProvider#open}
   *     says
   */
  public static OpenedStore open(OpenRequest request) {
    StoreOptions options = StoreOptions.of(request.location());
    StoreName name = StoreName.of(request.location(), options);
    DriverSource driver = new DriverSource(request.location(), options);
    // Before the pool, which would try again for a while whatever the reason.
    boolean isPlain = ensureCurrent(driver, name, request.mode());
    HikariDataSource pool = pool(driver, options);
    return new OpenedStore(
        name,
        options,
        new Sessions(pool, name, options),
        pool,
        driver,
        isPlain,
        request.mode() == OpenMode.READ);
  }

  /**
   * Opens a store on connections of the application.
   *
   * @param source the application's source
   * @param request how to open it
   * @return the store
   * @throws dev.tidemark.api.TidemarkException as {@link dev.tidemark.spi.BackendProvider#open}
   *     says
   */
  public static OpenedStore open(DataSource source, OpenRequest request) {
    StoreOptions options = options(request.location());
    StoreName name = StoreName.of(request.location(), options);
    boolean isPlain = ensureCurrent(source, name, request.mode());
    return new OpenedStore(
        name,
        options,
        new Sessions(source, name, options),
        null,
        source,
        isPlain,
        request.mode() == OpenMode.READ);
  }

  /**
   * Returns the step that makes a store's schema.
   *
   * @param location the store
   * @return the step
   */
  public static StoreSchema schema(StoreLocation location) {
    StoreOptions options = StoreOptions.of(location);
    return new Schema(new DriverSource(location, options), StoreName.of(location, options));
  }

  /**
   * Returns the step that makes a store's schema, on connections of the application.
   *
   * @param source the application's source
   * @param location the store
   * @return the step
   */
  public static StoreSchema schema(DataSource source, StoreLocation location) {
    return new Schema(source, StoreName.of(location, options(location)));
  }

  private static StoreOptions options(StoreLocation location) {
    Addresses.ensureClear(location);
    for (String parameter : location.parameters().keySet()) {
      if (!StoreOptions.isOwn(parameter)) {
        throw StoreOptions.invalid(
            location,
            "the application's connections have no parameter " + parameter,
            "set it in the application's data source");
      }
    }
    return StoreOptions.of(location);
  }

  private static boolean ensureCurrent(DataSource source, StoreName name, OpenMode mode) {
    Moment moment = Moment.CONNECTING;
    try (Borrowed borrowed = Borrowed.from(source)) {
      moment = Moment.WORKING;
      borrowed.connection().setAutoCommit(true);
      new Schema(source, name).ensureCurrent(borrowed.connection(), mode);
      return borrowed.isPlain();
    } catch (SQLException e) {
      throw SqlFailures.translate(name, e, moment);
    }
  }

  /** Connections come when they are needed and go when they are not; none is opened here. */
  private static HikariDataSource pool(DataSource driver, StoreOptions options) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(driver);
    config.setPoolName("tidemark-postgresql");
    config.setAutoCommit(false);
    config.setMinimumIdle(0);
    config.setMaximumPoolSize(options.poolSize());
    config.setConnectionTimeout(options.connectionTimeout());
    config.setValidationTimeout(Math.min(5_000, options.connectionTimeout()));
    config.setInitializationFailTimeout(-1);
    config.setIdleTimeout(IDLE_TIMEOUT);
    config.setKeepaliveTime(KEEPALIVE);
    config.setMaxLifetime(MAX_LIFETIME);
    return new HikariDataSource(config);
  }
}
