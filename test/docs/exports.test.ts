import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/generate/export/export-format.ts';
import { createProject, repository } from '../rig/project.ts';

const text = readFileSync(join(repository, 'docs/exports.md'), 'utf8');
const [, config = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
const shown = [...text.matchAll(/```console\n\$ npx devgen ([^\n]*)\n([\s\S]*?)```/g)];

test('every format has its part', () => {
  expect([...text.matchAll(/^## ([a-z-]+)$/gm)].map(([, name]) => name)).toEqual(EXPORT_FORMATS);
});

test.each(shown.map(([, command = '', output = '']) => ({ command, output })))(
  '`devgen $command` prints what the document shows',
  async ({ command, output }) => {
    const files = { 'devgen.config.yaml': config, 'backend/.env': 'DB_PASSWORD=x\n', 'frontend/.keep': '' };
    const project = await createProject({ files, programs: 'none' });
    const { stdout, stderr } = await project.devgen(command.split(' '));
    expect(stdout + stderr).toBe(output);
  },
);
