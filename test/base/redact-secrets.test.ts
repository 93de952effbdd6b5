import { describe, expect, test } from 'vitest';
import { cleanText } from '../../src/base/clean-text.ts';
import { redactData } from '../../src/base/redact-data.ts';
import { redactor, secretValues, writtenSecrets } from '../../src/base/redact-secrets.ts';

describe('redaction', () => {
  const redact = redactor(
    secretValues({
      API_KEY: 'abcdef123456',
      GITHUB_TOKEN: 'abcdef',
      SHORT_TOKEN: 'dev',
      KEYBOARD: 'qwertz-layout',
      PWD: '/home/me/project',
      NODE_ENV: 'development',
      DATABASE_URL: 'postgres://me:p%40ssw0rd@localhost/db',
      DEPLOY_KEY: '-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----',
      PIN_SECRET: 'a b"c&d',
    }),
  );

  test.each([
    ['the key is abcdef123456.', 'the key is ***.'],
    ['the token is abcdef.', 'the token is ***.'],
    [
      'npm run dev in /home/me/project with qwertz-layout, development',
      'npm run dev in /home/me/project with qwertz-layout, development',
    ],
    ['SECRET_KEY=xyz node server.js', 'SECRET_KEY=*** node server.js'],
    ['DB_PASSWORD="a b" DEBUG=1 node .', 'DB_PASSWORD=*** DEBUG=1 node .'],
    ['postgres://me:pass@localhost:5432/db', 'postgres://me:***@localhost:5432/db'],
    ['http://localhost:8000/a@b', 'http://localhost:8000/a@b'],
    ['curl -H "Authorization: Bearer abc.def-123"', 'curl -H "Authorization: Bearer ***"'],
    ['serve --password hunter2 --port 80', 'serve --password *** --port 80'],
    ['serve --api-key=hunter2', 'serve --api-key=***'],
    ['it said p%40ssw0rd', 'it said ***'],
    ['line two: MIIEvQIBADANBg', 'line two: ***'],
    ['?pin=a%20b%22c%26d', '?pin=***'],
    ['{"pin":"a b\\"c&d"}', '{"pin":"***"}'],
    [`pushed with ghp_${'x1'.repeat(18)}`, 'pushed with ***'],
    ['said xoxb-1234567890 to it', 'said *** to it'],
    ['jwt eyJzyxwvuts.eyJzyxwvuts.zyxwvuts', 'jwt ***'],
    ['with BEARER abcdef', 'with BEARER ***'],
    ['serve --password "hunter 2" --port 80', 'serve --password *** --port 80'],
    [
      'psql -W \u0024{DB_PASSWORD:-hunter22} \u0024{LEVEL:-debug}',
      'psql -W \u0024{DB_PASSWORD:-***} \u0024{LEVEL:-debug}',
    ],
    ['psql -W \u0024{DB_PASSWORD:-$OTHER}', 'psql -W \u0024{DB_PASSWORD:-$OTHER}'],
    ['', ''],
  ])('of `%s` is `%s`', (text, redacted) => expect(redact(text)).toBe(redacted));
});

test.each([
  ...[
    'a.',
    'a-',
    'eyJ-',
    'eyJaaaaaaaa.',
    'x://',
    'x://a:',
    'a="',
    "a='",
    'bearer  ',
    '--token=',
    'token-',
    '\u0024{A:-',
    ' ',
  ],
  ...['\u001b]', '\u001b[0', '\u009d', '\u001b[1m'],
])('a line of 60 KB of `%s` is masked and cleaned in less than a second of work', (piece) => {
  // What lets every pattern look at the line.
  const line = `= :// - \u0024{ eyJ bearer abcdefghijklmnopqrst ${piece.repeat(60_000 / piece.length)}`;
  const before = process.cpuUsage();
  cleanText(redactor(['hunter2-secret'])(line), 'styled');
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1000);
});

test('what a text writes as a secret is told, but for what only names a variable', () => {
  const text =
    'TOKEN=abc123 serve --password "x y" $A=b API_KEY=$KEY postgres://me:p4ss@db \u0024{DB_SECRET:-s3cret} PORT=80';
  expect(writtenSecrets(text).toSorted()).toEqual(['abc123', 'p4ss', 's3cret', 'x y']);
});

test('of data, what programs find their way by stays, and a secret variable shows nothing of even a short value', () => {
  const redact = redactor(['failed', 'hunter2-secret']);
  expect(redactData({ run: '0123456789abcdef' }, redact)).toEqual({ run: '0123456789abcdef' });
  expect(redactData({ run: 'TOKEN=x1 serve' }, redact)).toEqual({ run: 'TOKEN=*** serve' });
  const data = { kind: 'failed', env: { DB_PASSWORD: 'x', MODE: 'y' }, lastLines: ['it failed with hunter2-secret'] };
  expect(redactData(data, redact)).toEqual({
    kind: 'failed',
    env: { DB_PASSWORD: '***', MODE: 'y' },
    lastLines: ['it *** with ***'],
  });
});

test.each(['API_KEY', 'apikey', 'db-password', 'Access_Key', 'SIGNINGKEY', 'X_DSN', 'SECRET'])(
  'a variable with the name %s is secret',
  (name) => expect(secretValues({ [name]: 'value' })).toEqual(['value']),
);

test.each(['KEYBOARD', 'MONKEY', 'PWD', 'OLDPWD', 'PASSENGER', 'TOKENS_PER_MINUTE'])(
  'a variable with the name %s is not secret',
  (name) => expect(secretValues({ [name]: 'value' })).toEqual([]),
);
