import type { Diagnostic } from '../base/diagnostic.ts';
import { ok, type Result } from '../base/result.ts';
import type { ConfigFile } from './find-config.ts';
import { readPackageDocument } from './package-document.ts';
import { readScriptDocument } from './script-document.ts';
import type { SourceDocument } from './source.ts';
import { readYamlDocument } from './yaml-document.ts';

/** Parses, or for a script runs, a config file. */
export async function readSourceDocument(file: ConfigFile): Promise<Result<SourceDocument, Diagnostic[]>> {
  switch (file.format) {
    case 'yaml':
    case 'json':
    case 'yaml-or-json':
      return readYamlDocument(file);
    case 'package':
      return ok(readPackageDocument(file));
    case 'script':
    case 'typescript':
      return readScriptDocument(file);
  }
}
