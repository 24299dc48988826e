package dev.tidemark.core;

import dev.tidemark.api.CatchUpPolicy;
import dev.tidemark.api.Telemetry;
import dev.tidemark.core.internal.append.Appender;
import dev.tidemark.core.internal.catchup.CatchUpEngine;
import dev.tidemark.core.internal.notify.ChangePublisher;
import dev.tidemark.core.internal.transaction.UnitsOfWork;
import dev.tidemark.spi.Backend;

/** What the documents of one opened store share. */
record StoreContext(
    Backend backend,
    UnitsOfWork units,
    CatchUpEngine catchUp,
    Appender appender,
    ChangePublisher publisher,
    Telemetry telemetry,
    CatchUpPolicy policy) {}
