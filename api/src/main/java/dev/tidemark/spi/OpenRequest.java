package dev.tidemark.spi;

/**
 * Which store to open, and how.
 *
 * @param location where it is
 * @param mode what may be done to it
 */
public record OpenRequest(StoreLocation location, OpenMode mode) {}
