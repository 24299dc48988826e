/**
 * What the storage contract of the kit cannot know of SQLite: files, processes, plans and damage.
 */
@NullMarked
package dev.tidemark.sqlite;

import org.jspecify.annotations.NullMarked;
