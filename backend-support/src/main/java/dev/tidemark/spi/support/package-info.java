/**
 * What backends have in common, for their authors: rows and parts of rows as bytes ({@link
 * dev.tidemark.spi.support.RowCodec}, {@link dev.tidemark.spi.support.OperationKind}, {@link
 * dev.tidemark.spi.support.NodeFlags}), the turns of the writers of this process ({@link
 * dev.tidemark.spi.support.WriterTurns}) and what every transaction checks ({@link
 * dev.tidemark.spi.support.TransactionState}). A backend may use some of it, or nothing.
 *
 * <p>All forms of bytes are stored for ever: later releases read what this one wrote. None has an
 * order that means anything, so nothing can be searched or sorted by them; none has a checksum.
 * Bytes that cannot be what they stand for fail as {@link
 * dev.tidemark.spi.support.DamagedBytesException}, which a backend reports as {@link
 * dev.tidemark.api.ErrorCode#STORE_CORRUPT}.
 */
@NullMarked
package dev.tidemark.spi.support;

import org.jspecify.annotations.NullMarked;
