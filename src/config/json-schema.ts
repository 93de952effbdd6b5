import * as z from 'zod/mini';
import { configSchema } from './config.ts';

/**
 * The JSON Schema (draft-07, the newest that the YAML language server reads) of a config, for editors: derived from the
 * schema that the runtime checks with, so the two cannot disagree. Ends with a newline.
 */
export function configJsonSchema(): string {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' });
  const titled = { $schema: schema.$schema, title: 'devgen config', ...schema };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
