import { expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/generate/export/export-format.ts';
import { exported, NO_FILES } from './export-fixture.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal may take for a command.
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const EVIL = 'a\u001b[2J\u0007\u009b2J\u007f';

test.each(EXPORT_FORMATS)('an export to %s holds no control character, whatever the config holds', (format) => {
  const service = { command: `node ${EVIL}.js`, cwd: EVIL, port: 8000, env: { EVIL }, before: `echo ${EVIL}` };
  const envFiles = { ...NO_FILES, services: { web: [`${EVIL}\nKey=value`] } };
  const { files } = exported(format, { services: { web: service }, ownDotenv: { web: { A: '1' } }, envFiles });
  expect(files.length).toBeGreaterThan(0);
  for (const { path, text } of files) {
    expect(text, path).not.toMatch(CONTROL);
    // A line of a unit is a setting.
    if (format === 'systemd') expect(text, path).not.toMatch(/^Key=value$/m);
  }
});
