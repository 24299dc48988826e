/**
 * What a run of the kit has shown: failures that name their rule, and the closing report of rules
 * shown, refused and not verified.
 */
@NullMarked
package dev.tidemark.conformance.kit.report;

import org.jspecify.annotations.NullMarked;
