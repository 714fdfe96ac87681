/// What every implementation of a port must do, as tests that it passes by extending them.
///
/// A store extends [TaskStoreContract], [TaskListContract], [CancelAndRetryContract],
/// [LeasesContract], [OutcomesContract], [RescueContract], [HistoryContract],
/// [ArtifactStoreContract] and, for what no one thought of, the model test of
/// `dev.errand.testkit.model`. An artifact storage extends [ArtifactStorageContract], signals
/// extend [SignalsContract], runs [RunStoreContract], users with their logins and API keys
/// [AccessContract].
@NullMarked
package dev.errand.testkit.contract;

import org.jspecify.annotations.NullMarked;
