import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OwnCommands } from '../../src/cli/elsewhere/own-commands.ts';
import { callTool } from '../../src/cli/mcp/call-tool.ts';
import { TOOLS } from '../../src/cli/mcp/tools.ts';

test('a result has at most 8 KB with its frame, however many quotes its data is full of', async () => {
  const document = fc.dictionary(
    fc.constantFrom('services', 'errors', 'lines'),
    fc.array(fc.oneof(fc.string({ maxLength: 3000 }), fc.constant('"\\'.repeat(500)), fc.jsonValue()), {
      maxLength: 60,
    }),
  );
  await fc.assert(
    fc.asyncProperty(document, async (data) => {
      const [tool] = TOOLS;
      if (tool === undefined) throw new Error('there are no tools');
      const commands = { call: async () => ({ documents: [data], notes: [], code: 0 }) };
      const context = { commands: commands as unknown as OwnCommands, signal: new AbortController().signal };
      const result = await callTool(tool, {}, context);
      expect(Buffer.byteLength(JSON.stringify({ jsonrpc: '2.0', id: 123_456, result }))).toBeLessThanOrEqual(8192);
      // Zero has one sign in JSON.
      expect(JSON.parse(result.content[0]?.text ?? '')).toEqual(JSON.parse(JSON.stringify(result.structuredContent)));
    }),
    { numRuns: 60 },
  );
});
