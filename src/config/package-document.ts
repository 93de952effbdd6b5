import { parseDocument } from 'yaml';
import { withEnvAsWritten } from './env-as-written.ts';
import type { ConfigFile } from './find-config.ts';
import { locateIn } from './locate-node.ts';
import type { SourceDocument } from './source.ts';

/** The value of `devgen` in a `package.json`, which was found to be JSON and to have that key. */
export function readPackageDocument({ file, text: raw }: ConfigFile): SourceDocument {
  const text = raw.replace(/^\uFEFF/, '');
  const { devgen } = JSON.parse(text) as { devgen: unknown };
  // For the places only: what is wrong elsewhere in that file is not ours to report.
  const document = parseDocument(text, { schema: 'json', uniqueKeys: false, logLevel: 'error' });
  return {
    data: withEnvAsWritten(devgen, document, ['devgen']),
    locate: locateIn(document, { file, text, prefix: ['devgen'] }),
  };
}
