import { isAside } from '../../repository/aside.ts';
import { baseName, parentOf } from '../../repository/paths.ts';
import type { Repository } from '../../repository/repository.ts';

const MAX_FILES = 4000;

/** The repository's Python sources that are neither tests nor migrations. */
export function pythonFiles(repository: Repository): readonly string[] {
  return repository.remember('python-files', () =>
    [...repository.files]
      .filter(
        (file) =>
          file.endsWith('.py') &&
          !isAside(parentOf(file)) &&
          !isTestFile(file) &&
          !/(^|\/)(migrations|alembic|management)\//.test(file),
      )
      .slice(0, MAX_FILES),
  );
}

function isTestFile(file: string): boolean {
  return /^(tests?_.*|.*_tests?|tests?|conftest|setup|noxfile|tasks|fabfile)\.py$/.test(baseName(file));
}
