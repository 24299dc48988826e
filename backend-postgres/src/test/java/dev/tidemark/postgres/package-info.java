/**
 * What the storage contract of the kit cannot know of PostgreSQL: servers, roles, plans and
 * poolers.
 */
@NullMarked
package dev.tidemark.postgres;

import org.jspecify.annotations.NullMarked;
