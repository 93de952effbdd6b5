import { isAside } from './aside.ts';
import { baseName, parentOf } from './paths.ts';
import type { Repository } from './repository.ts';

/** The files whose name fits a pattern, those in folders of examples, tests and deployment left out. */
export function filesCalled(repository: Repository, name: RegExp): readonly string[] {
  return [...repository.files].filter((file) => name.test(baseName(file)) && !isAside(parentOf(file)));
}
