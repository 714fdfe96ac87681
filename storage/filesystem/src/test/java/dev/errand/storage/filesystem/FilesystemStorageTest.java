package dev.errand.storage.filesystem;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.testkit.contract.ArtifactStorageContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilesystemStorageTest extends ArtifactStorageContract {
  @TempDir private Path folder;

  @Override
  protected ArtifactStorage emptyStorage() throws IOException {
    return new FilesystemStorage(folder);
  }
}
