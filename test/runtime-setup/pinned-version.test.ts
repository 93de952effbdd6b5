import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { pinnedVersion } from '../../src/runtime/setup/pinned-version.ts';
import { temporaryFolder } from '../rig/temporary-folder.ts';

test.each([
  ['pnpm', 'package.json', '{ "packageManager": "pnpm@9.15.0+sha512.abc" }', '9.15.0'],
  ['node', '.nvmrc', 'v22.3.0\n', 'v22.3.0'],
  ['python3', '.python-version', '3.12\n', '3.12'],
  ['python3', '.python-version', '# for pyenv\n3.13\n', '3.13'],
  ['python3', 'pyproject.toml', '[project]\nrequires-python = ">=3.11"\n', '>=3.11'],
  ['bundle', 'Gemfile', 'source "x"\nruby "3.3.1"\n', '3.3.1'],
  ['go', 'go.mod', 'module x\n\ngo 1.22\n', '1.22'],
  ['cargo', 'rust-toolchain.toml', '[toolchain]\nchannel = "1.80"\n', '1.80'],
  ['dotnet', 'global.json', '{"sdk":{"version":"8.0.100"}}', '8.0.100'],
  ['mix', '.tool-versions', 'erlang 27\nmix 1.17.2\n', '1.17.2'],
  ['uv', 'mise.toml', '[tools]\nuv = "0.5.1"\n', '0.5.1'],
])('%s is pinned by %s', (tool, file, text, version) => {
  const root = temporaryFolder();
  write(join(root, file), text);
  expect(pinnedVersion(root, 'apps/api', tool)).toEqual({ version, file });
});

test('what lies nearer to the step counts, and nothing outside the project does', () => {
  const folder = temporaryFolder();
  write(join(folder, '.nvmrc'), '16');
  write(join(folder, 'shop/.nvmrc'), '20');
  write(join(folder, 'shop/web/.nvmrc'), '22');
  expect(pinnedVersion(join(folder, 'shop'), 'web', 'node')).toEqual({ version: '22', file: 'web/.nvmrc' });
  expect(pinnedVersion(join(folder, 'shop'), 'api', 'node')).toEqual({ version: '20', file: '.nvmrc' });
  expect(pinnedVersion(join(folder, 'shop'), '.', 'go')).toBeNull();
});

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
