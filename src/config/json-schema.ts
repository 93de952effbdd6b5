import * as z from 'zod/mini';
import { configSchema } from './config.ts';

/**
 * The JSON Schema (draft-07, the newest that the YAML language server reads) of a config, for editors: derived from the
 * schema that the runtime checks with, so the two cannot disagree. Ends with a newline.
 */
export function configJsonSchema(): string {
  // Draft-07 is what editors take a schema for that names none; its own name begins with `http://`, and some
  // repositories (Spring's `nohttp`) do not build with such an address in any file.
  const { $schema: _, ...schema } = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
  return `${JSON.stringify({ title: 'devgen config', ...schema }, null, 2)}\n`;
}
