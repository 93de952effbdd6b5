import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { searchDirectories } from '../../config/search-directories.ts';

/**
 * The root of the project whose files were generated, nearest to `directory`. The config is not asked for: it may be
 * broken, or gone.
 */
export function findGenerated(directory: string): Result<string, readonly Diagnostic[]> {
  const root = searchDirectories(directory).find((each) => existsSync(join(each, '.devgen')));
  return root === undefined ? err([nothingHere(directory)]) : ok(root);
}

function nothingHere(directory: string): Diagnostic {
  return {
    code: 'generate/nothing-here',
    message: `devgen has generated nothing in \`${directory}\` or above it`,
    hint: '`npx devgen init` does.',
  };
}
