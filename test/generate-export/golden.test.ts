import { join } from 'node:path';
import { expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/generate/export/export-format.ts';
import { EXPORTERS } from '../../src/generate/export/exporters.ts';
import { repository } from '../rig/project.ts';
import { EVERYTHING, exported } from './export-fixture.ts';

const GOLDEN = join(repository, 'test/golden/export');

test.each(EXPORT_FORMATS)('%s is exported as the golden files have it', async (format) => {
  for (const { path, text } of exported(format, EVERYTHING).files) {
    await expect(text).toMatchFileSnapshot(join(GOLDEN, path.replace(/^deploy\//, '')));
  }
});

test.each(EXPORT_FORMATS)('%s is exported to its own place, the same each time', (format) => {
  const { files } = exported(format, EVERYTHING);
  expect(files.filter(({ path }) => !path.startsWith(EXPORTERS[format].place))).toEqual([]);
  expect(exported(format, EVERYTHING).files).toEqual(files);
});

test.each(EXPORT_FORMATS)('%s has the path of the checkout only where its system takes no other', (format) => {
  const isAbsolute = exported(format, EVERYTHING).files.some(({ text }) => text.includes('/srv/shop'));
  expect(isAbsolute).toBe(EXPORTERS[format].limits.absolutePath !== null);
});

test.each(EXPORT_FORMATS)('%s has each instance, by a name that it takes', (format) => {
  const services = {
    api: { command: 'serve', port: 8000, instances: 2, envFile: ['api.env'] },
    web: { command: 'serve', port: 5173, dependsOn: ['api'], env: { API: '$API_URL' } },
  };
  const envFiles = { root: [], services: { api: ['api.env'] } };
  const all = exported(format, { services, envFiles, ownDotenv: { api: { A: 'x' } } })
    .files.map(({ path, text }) => path + text)
    .join('\n');
  expect(all).not.toMatch(/api\.\d/);
  for (const part of ['api-1', 'api-2', '8000', '8001']) expect(all).toContain(part);
  expect(all.match(/api\.env/g)?.length).toBeGreaterThan(1);
});

test.each(EXPORT_FORMATS)('%s holds nothing of what is in an env file', (format) => {
  expect(exported(format, EVERYTHING).files.filter(({ text }) => text.includes('hunter2'))).toEqual([]);
});
