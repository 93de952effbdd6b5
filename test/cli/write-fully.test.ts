import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { repository } from '../rig/project.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

const BYTES = 3_000_000;

/** A program that writes a lot to its stdout, says on stderr what came of it, and exits at once. */
async function program(): Promise<string> {
  const file = join(temporaryFolder(), 'writer.mjs');
  await build({
    stdin: {
      contents: `
        import { writeFully } from './src/cli/screen/write-fully.ts';
        // Opening the stream makes a pipe non-blocking, as a parent that shares it may.
        process.stdout.isTTY;
        const result = writeFully(1, 'x'.repeat(${BYTES}));
        writeFully(2, result);
        process.exit(0);`,
      resolveDir: repository,
      loader: 'ts',
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: file,
  });
  return file;
}

it('everything arrives at a reader that is slow, although the process exits right after', async () => {
  const file = await program();
  const text = execFileSync('sh', ['-c', `"${process.execPath}" "${file}" 2>/dev/null | (sleep 0.2; wc -c)`], {
    encoding: 'utf8',
  });
  expect(Number(text)).toBe(BYTES);
});

it('a reader that leaves is noticed quietly', async () => {
  const child = spawn(process.execPath, [await program()], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.once('data', () => child.stdout.destroy());
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  expect([code, said]).toEqual([0, 'closed']);
});

it('a closed descriptor is no error', async () => {
  const file = await program();
  const text = execFileSync('sh', ['-c', `"${process.execPath}" "${file}" 2>&1 >&-`], { encoding: 'utf8' });
  // Node opens /dev/null in the place of a standard stream that is closed.
  expect(['lost', 'written']).toContain(text);
});
