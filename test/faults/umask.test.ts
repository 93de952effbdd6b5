import { lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { configFile, server } from '../rig/config.ts';
import { reservePort } from '../rig/ports.ts';
import { createProject, repository } from '../rig/project.ts';
import { run } from '../rig/run.ts';

const WRITABLE_BY_OTHERS = 0o022;

test('whatever the umask is, other users can write nothing that devgen makes', async () => {
  const project = await createProject({ files: configFile({ web: server('web', await reservePort()) }) });
  const before = everythingIn(project.root);
  const withoutMask = (...words: readonly string[]) =>
    run('sh', ['-c', 'umask 000; exec "$@"', 'sh', ...words], { cwd: project.root, environment: project.environment });

  const generated = await withoutMask(process.execPath, join(repository, 'dist/cli.js'), 'generate');
  expect(generated, generated.stderr).toMatchObject({ code: 0 });
  expect(await withoutMask('./dev', 'start')).toMatchObject({ code: 0 });
  expect(await withoutMask('./dev', 'stop')).toMatchObject({ code: 0 });

  const made = everythingIn(project.root).filter((path) => !before.includes(path));
  expect(made).toContain('.devgen/runtime');
  const open = made.filter((path) => {
    const stats = lstatSync(join(project.root, path), { throwIfNoEntry: false });
    return stats !== undefined && !stats.isSymbolicLink() && (stats.mode & WRITABLE_BY_OTHERS) !== 0;
  });
  expect(open).toEqual([]);
});

function everythingIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) =>
    relative(folder, join(entry.parentPath, entry.name)),
  );
}
