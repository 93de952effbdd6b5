import { expect, test } from 'vitest';
import { EXPORT_FORMATS } from '../../src/generate/export/export-format.ts';
import { exportPlan } from '../../src/generate/export/export-plan.ts';
import { noteLine } from '../../src/generate/export/notes.ts';
import { dollars, EVERYTHING, exported, NO_FILES, planOf, type Sample } from './export-fixture.ts';

/** What a format says about a project of one service. */
function said(format: (typeof EXPORT_FORMATS)[number], sample: Sample): readonly string[] {
  return exported(format, sample).notes.map(({ topic }) => topic);
}

test.each(EXPORT_FORMATS)('what %s cannot say stands in the files, too', (format) => {
  const { files, notes } = exported(format, EVERYTHING);
  const text = files.map((file) => file.text).join('');
  const missing = notes.flatMap(({ services, ...note }) =>
    services.filter(
      (name) =>
        !text.includes(noteLine({ ...note, services: [name] })) && !text.includes(noteLine({ ...note, services })),
    ),
  );
  expect(missing).toEqual([]);
});

test('what a service does not use is not said of it', () => {
  const services = { plain: { command: 'serve', restart: { policy: 'always' as const } } };
  expect(said('kubernetes', { services })).toEqual(['image', 'backoff', 'crashLoop']);
  expect(said('procfile', { services })).toEqual([]);
});

test('a port that is left to devgen is a number, and that is said', () => {
  const services = {
    any: { command: 'serve $PORT', port: 'auto' },
    fixed: { command: 'serve $PORT', port: 3000 },
    other: { command: 'serve $PORT', port: 'auto' },
  };
  const { files, notes } = exported('procfile', { services });
  expect(files[0]?.text).toMatch(/^any: .*export PORT=3001; .*export FIXED_PORT=3000; export OTHER_PORT=3002;/m);
  expect(notes.find(({ topic }) => topic === 'autoPort')).toMatchObject({ services: ['any', 'other'] });
});

test('a variable that nothing defines is named, also where only a definition refers to it', () => {
  const api = {
    command: 'serve --key $KEY --home $HOME',
    env: { URL_OF: dollars('https://§{REGION}.example'), A: '$KEY' },
  };
  const { notes } = exported('launchd', { services: { api } });
  expect(notes.find(({ topic }) => topic === 'missingVariables')?.text).toBe('needs from elsewhere: $KEY, $REGION');
});

test('a port that is no port is an error, not a file', () => {
  const plan = planOf({ services: { api: { command: 'serve', port: '$NO_SUCH' } } });
  expect(exportPlan('compose', { plan, root: '/srv/shop', envFiles: NO_FILES })).toMatchObject({
    ok: false,
    error: [{ reason: 'port-invalid', service: 'api' }],
  });
});

test('an env file wins over the config, and what the config adds to it is put behind', () => {
  const api = { command: 'serve', env: { MODE: 'config', PATH: './bin:$PATH', BOTH: '$BOTH-more' } };
  const { files } = exported('procfile', {
    services: { api },
    ownDotenv: { api: { MODE: 'file', BOTH: 'file' } },
    envFiles: { root: [], services: { api: ['.env.api'] } },
  });
  expect(files[0]?.text).not.toContain('MODE');
  expect(files[0]?.text).toContain(
    dollars(
      'set -a; . ./.env.api; set +a; PATH=./bin:§{PATH}; export PATH; BOTH=§{BOTH}-more; export BOTH; exec serve',
    ),
  );
});

test('the env files of the root are read only where the config names something in them', () => {
  const services = {
    uses: { command: 'serve', env: { KEY: '$TOKEN' } },
    asks: { command: dollars('serve §{TOKEN:-none}') },
    plain: { command: 'serve', env: { TOKEN: 'own' } },
  };
  const envFiles = { root: ['.env'], services: {} };
  const { files } = exported('procfile', { services, dotenv: { TOKEN: 'secret' }, envFiles });
  const lines = Object.fromEntries((files[0]?.text ?? '').split('\n').map((line) => line.split(': ', 2)));
  expect(lines.uses).toContain(
    'if [ -f ./.env ]; then set -a; . ./.env; set +a; fi; KEY=$'.replace('$', dollars('§{TOKEN}')),
  );
  expect(lines.asks).toContain('. ./.env;');
  expect(lines.plain).not.toContain('.env');
  expect(lines.plain).toContain('export TOKEN=own;');
});

test('a service that names its own host is told of it, and in a container listens on every address', () => {
  const services = { api: { command: 'serve --host $HOST --port $PORT', port: 8000, env: { SELF: '$URL/$KEY' } } };
  expect(exported('procfile', { services }).files[0]?.text).toContain('export HOST=localhost;');
  const compose = exported('compose', { services }).files[0]?.text ?? '';
  expect(compose).toContain('      HOST: "0.0.0.0"\n');
  expect(compose).toContain(dollars('SELF=http://localhost:8000/§§{KEY}; export SELF'));
});
