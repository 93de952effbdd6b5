import { createHash } from 'node:crypto';

/** Stands in the bundled code until the id is known. */
export const buildIdPlaceholder = 'DEVGEN_BUILD_ID_PLACEHOLDER';

/** Puts in the id of this build: a hash of everything that was built, so that it changes exactly when that does. */
export function stampBuildId(files) {
  const hash = createHash('sha256');
  for (const path of [...files.keys()].sort()) hash.update(`${path}\0${files.get(path)}\0`);
  const id = hash.digest('hex').slice(0, 16);
  return new Map([...files].map(([path, text]) => [path, text.replaceAll(buildIdPlaceholder, id)]));
}
